/* power_loss.c: the plug is pulled at every moment of a day's saving. What the files were told to
 * keep (a sync) is kept; of what was written since, any part: each write whole, not at all, or some
 * of its sectors, in any combination, and each change of a file's length or not. Thousands of such
 * disks are opened: nothing that was said to be saved is missing, and every save is whole or not
 * there.
 */
#include "tests/fault/harness_vfs.h"
#include "tests/unit/db/fixture.h"

#define SECTOR 512
#define SAVES 6
#define BIG_SAVE 30 /* rows in one transaction, more than the small cache below holds */
/* Made by chance for each moment, beside one that kept all and one that lost all; MANY
 * where DAGSFORM_TEST_ALL is set. */
#define DISKS 3
#define MANY 60

/* What was done to the files, in order. SAVED: the one who saved was told so. */
typedef struct {
    enum { WROTE, TRUNCATED, SYNCED, SAVED } what;
    int file;      /* 0: the database, 1: its journal */
    GBytes *bytes; /* WROTE */
    gint64 at;     /* where; TRUNCATED: the new length */
    int saves;     /* SAVED: so many by now */
} Step;

static GArray *steps; /* Step; NULL: nothing is noted */

static void step_clear(gpointer step)
{
    g_clear_pointer(&((Step *)step)->bytes, g_bytes_unref);
}

static int note(const Call *call)
{
    Step step = {.file = call->path != NULL && g_str_has_suffix(call->path, "-journal")};
    if (steps == NULL || call->path == NULL)
        return SQLITE_OK;
    if (call->operation == OP_WRITE) {
        step.what = WROTE;
        step.bytes = g_bytes_new(call->bytes, (gsize)call->size);
        step.at = call->at;
    } else if (call->operation == OP_TRUNCATE) {
        step.what = TRUNCATED;
        step.at = call->size;
    } else if (call->operation == OP_SYNC) {
        step.what = SYNCED;
    } else {
        /* A file that goes would have to be modelled too. */
        assert_int_not_equal(call->operation, OP_DELETE);
        return SQLITE_OK;
    }
    g_array_append_val(steps, step);
    return SQLITE_OK;
}

/* --- the day -----------------------------------------------------------------------------------
 */

static const DbOptions noted = {
    .vfs = ASKING_VFS, .migrations = small_schema, .migration_count = 1};

/* Persons with a note each, those of one save with its number as weight. */
static void save(Db *db, int number, int rows)
{
    g_autofree char *body = g_strnfill(3000, 'n');
    assert_ok(db_begin(db, &error));
    for (int i = 0; i < rows; i++) {
        g_autofree char *name = g_strdup_printf("save %d.%d", number, i);
        const gint64 person = fixture_add_inside(db, name);
        gint64 id;
        assert_ok((id = db_new_id(db, "note", &error)) != 0);
        assert_ok(db_run(
            db, "INSERT INTO note (id, person_id, body) VALUES (:id, :person, :body)",
            DB_PARAMS(DB_INT("id", id), DB_INT("person", person), DB_TEXT("body", body)), &error));
    }
    assert_ok(db_commit(db, &error));
    const Step step = {.what = SAVED, .saves = number + 1};
    g_array_append_val(steps, step);
}

static int rows_of_save(int number)
{
    return number % 3 == 1 ? BIG_SAVE : 1;
}

static void work(const Fixture *f)
{
    g_autoptr(Db) db = NULL;
    assert_ok(db = db_open_with(f->path, f->key, DB_READ_WRITE, &noted, &error));
    sqlite3_exec(db->handle, "PRAGMA cache_size = 10", NULL, NULL, NULL);
    for (int i = 0; i < SAVES; i++)
        save(db, i, rows_of_save(i));
}

/* --- the disk ----------------------------------------------------------------------------------
 */

static void put(GByteArray *disk, gint64 at, const guint8 *bytes, gsize length)
{
    const guint before = disk->len;
    if (before < at + (gint64)length)
        g_byte_array_set_size(disk, (guint)(at + (gint64)length));
    if (before < at)
        memset(disk->data + before, 0, (gsize)at - before);
    memcpy(disk->data + at, bytes, length);
}

static void cut(GByteArray *disk, gint64 length)
{
    const guint before = disk->len;
    g_byte_array_set_size(disk, (guint)length);
    if (before < length)
        memset(disk->data + before, 0, (gsize)length - before);
}

/* How much of what was not synced has arrived. */
typedef enum { ALL, NOTHING, BY_CHANCE } Luck;

static gboolean arrives(Luck luck, GRand *rand)
{
    return luck == ALL || (luck == BY_CHANCE && g_rand_boolean(rand));
}

static void write_some(GByteArray *disk, const Step *step, Luck luck, GRand *rand)
{
    gsize length;
    const guint8 *bytes = g_bytes_get_data(step->bytes, &length);
    const gboolean torn = luck == BY_CHANCE && g_rand_int_range(rand, 0, 3) == 0;
    if (!torn && arrives(luck, rand))
        put(disk, step->at, bytes, length);
    for (gsize from = 0; torn && from < length;) {
        const gsize sector = SECTOR - (gsize)(step->at + (gint64)from) % SECTOR;
        const gsize part = MIN(sector, length - from);
        if (g_rand_boolean(rand))
            put(disk, step->at + (gint64)from, bytes + from, part);
        from += part;
    }
}

/* The last sync of a file among the first `moment` steps; 0: none. */
static guint synced_by(int file, guint moment)
{
    for (guint i = moment; i > 0; i--) {
        const Step *step = &g_array_index(steps, Step, i - 1);
        if (step->what == SYNCED && step->file == file)
            return i;
    }
    return 0;
}

static void lay_out(const char *path, const GByteArray *before, int file, guint moment, Luck luck,
                    GRand *rand)
{
    g_autoptr(GByteArray) disk = g_byte_array_new();
    const guint kept = synced_by(file, moment);
    g_byte_array_append(disk, before->data, before->len);
    for (guint i = 0; i < moment; i++) {
        const Step *step = &g_array_index(steps, Step, i);
        const Luck here = i < kept ? ALL : luck;
        if (step->what == WROTE && step->file == file)
            write_some(disk, step, here, rand);
        else if (step->what == TRUNCATED && step->file == file && arrives(here, rand))
            cut(disk, step->at);
    }
    assert_true(g_file_set_contents(path, (const char *)disk->data, disk->len, NULL));
}

/* --- after it ----------------------------------------------------------------------------------
 */

static void look(const Fixture *f, guint moment)
{
    int saves = 0;
    for (guint i = 0; i < moment; i++)
        if (g_array_index(steps, Step, i).what == SAVED)
            saves = g_array_index(steps, Step, i).saves;
    g_autoptr(Db) db = NULL;
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    assert_ok(db = db_open_with(f->path, f->key, DB_READ_WRITE, &small_options, &error));
    assert_ok(db_check(db, faults, NULL, NULL, &error));
    if (faults->len > 0)
        fail_msg("at step %u: %s", moment, (char *)faults->pdata[0]);
    for (int i = 0; i < SAVES; i++) {
        g_autofree char *sql =
            g_strdup_printf("SELECT count(*) FROM person p JOIN note n ON n.person_id = p.id"
                            " WHERE p.name LIKE 'save %d.%%' AND length(n.body) = 3000",
                            i);
        const gint64 there = fixture_int(db, sql);
        if (there != rows_of_save(i) && (i < saves || there != 0))
            fail_msg("at step %u: %d of save %d, and %d were saved", moment, (int)there, i, saves);
    }
}

static void nothing_saved_is_lost(void **state)
{
    Fixture *f = *state;
    g_autofree char *journal = g_strconcat(f->path, "-journal", NULL), *bytes = NULL;
    gsize length;
    g_autoptr(GByteArray) fresh = g_byte_array_new(), empty = g_byte_array_new();
    g_autoptr(GRand) rand = g_rand_new_with_seed(20261122);
    const int each = 2 + (g_getenv("DAGSFORM_TEST_ALL") != NULL ? MANY : DISKS);
    int disks = 0;

    db_close(fixture_open(f, DB_CREATE));
    assert_true(g_file_get_contents(f->path, &bytes, &length, NULL));
    g_byte_array_append(fresh, (const guint8 *)bytes, (guint)length);
    steps = g_array_new(FALSE, TRUE, sizeof(Step));
    g_array_set_clear_func(steps, step_clear);
    work(f);
    GArray *done = steps;
    for (guint moment = 0; moment <= done->len; moment++)
        for (int i = 0; i < each; i++, disks++) {
            const Luck luck = i == 0 ? ALL : i == 1 ? NOTHING : BY_CHANCE;
            lay_out(f->path, fresh, 0, moment, luck, rand);
            lay_out(journal, empty, 1, moment, luck, rand);
            look(f, moment);
        }
    print_message("# %d disks: after a power loss at one of %u moments: nothing lost\n", disks,
                  done->len + 1);
    assert_true(disks > 1000);
    g_clear_pointer(&steps, g_array_unref);
}

int main(void)
{
    const struct CMUnitTest tests[] = {T(nothing_saved_is_lost)};

    if (!secret_init(NULL))
        return 1;
    asking_vfs_answer = note;
    return cmocka_run_group_tests_name("power_loss", tests, asking_vfs_register, NULL);
}
