/* Every write, sync, open, truncation, deletion and read of a day's work fails in turn, once or
 * from then on: no row that was said to be saved is ever missing, and the file is always sound. */
#include "tests/fault/harness_vfs.h"
#include "tests/unit/db/fixture.h"

#define SAVES 4
#define BIG_SAVE 30 /* rows in one transaction, more than the small cache below holds */

/* What shall fail. */
static struct {
    Operation operation;
    int code;
    gboolean stays;
    int countdown;
    int hits;
} plan;
static int faults_in_all;

static int answer(const Call *call)
{
    const Operation operation = call->operation;

    if (operation != plan.operation || plan.countdown > 1) {
        if (operation == plan.operation)
            plan.countdown--;
        return SQLITE_OK;
    }
    plan.hits++;
    faults_in_all++;
    if (!plan.stays)
        plan.countdown = G_MAXINT;
    return plan.code;
}

/* ---- the work -------------------------------------------------------------------------------- */

static const DbOptions faulty_options = {
    .vfs = ASKING_VFS, .migrations = small_schema, .migration_count = 1};

/* What goes wrong must be said in words, not as a fault of the program. */
static gboolean told(GError *error)
{
    if (!g_error_matches(error, DAGSFORM_ERROR, ERROR_IO) &&
        !g_error_matches(error, DAGSFORM_ERROR, ERROR_FULL))
        fail_msg("operation %d, result %d: code %d: %s", plan.operation, plan.code, error->code,
                 error->message);
    return FALSE;
}

/* `rows` persons, each with a note, saved together under the names NAME.0, NAME.1 … */
static gboolean save(Db *db, const char *name, int rows, GError **error)
{
    g_autoptr(DbTransaction) transaction = db_transaction(db, error);
    g_autofree char *body = g_strnfill(3000, 'n');

    if (transaction == NULL)
        return FALSE;
    for (int i = 0; i < rows; i++) {
        g_autofree char *full = g_strdup_printf("%s.%d", name, i);
        gint64 person = db_new_id(db, "person", error);
        gint64 note = person ? db_new_id(db, "note", error) : 0;
        if (!note ||
            !db_run(db, "INSERT INTO person (id, name) VALUES (:id, :name)",
                    DB_PARAMS(DB_INT("id", person), DB_TEXT("name", full)), error) ||
            !db_run(db, "INSERT INTO note (id, person_id, body) VALUES (:id, :person, :body)",
                    DB_PARAMS(DB_INT("id", note), DB_INT("person", person), DB_TEXT("body", body)),
                    error))
            return FALSE;
    }
    return db_transaction_commit(transaction, error);
}

/* Notes in `saved` the names that were said to be saved. Goes on after an error, as a user does
 * who tries again. */
static void work(const Fixture *f, GHashTable *saved)
{
    g_autoptr(GError) opening = NULL;
    g_autoptr(Db) db = db_open_with(f->path, f->key, DB_READ_WRITE, &faulty_options, &opening);

    if (!db) {
        told(opening);
        return;
    }
    sqlite3_exec(db->handle, "PRAGMA cache_size = 10", NULL, NULL, NULL);
    for (int i = 0; i < SAVES; i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *name = g_strdup_printf("save %d", i);
        int rows = i == 1 ? BIG_SAVE : 1;
        if (!save(db, name, rows, &error)) {
            told(error);
            continue;
        }
        for (int row = 0; row < rows; row++)
            g_hash_table_add(saved, g_strdup_printf("%s.%d", name, row));
    }
}

/* Reopened without faults: all that was saved is there, each save whole or not at all. */
static void look(const Fixture *f, GHashTable *saved)
{
    g_autoptr(Db) db = fixture_open(f, DB_READ_WRITE);
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    GHashTableIter iter;
    gpointer name;

    assert_ok(db_check(db, faults, NULL, NULL, &error));
    if (faults->len > 0)
        fail_msg("%s", (char *)faults->pdata[0]);
    g_hash_table_iter_init(&iter, saved);
    while (g_hash_table_iter_next(&iter, &name, NULL)) {
        gint64 there = 0;
        assert_ok(db_get_int(db, "SELECT count(*) FROM person WHERE name = :name",
                             DB_PARAMS(DB_TEXT("name", name)), 0, &there, &error));
        if (there != 1)
            fail_msg("%s was saved and is gone (operation %d)", (char *)name, plan.operation);
    }
    assert_int_equal(fixture_int(db, "SELECT count(*) FROM person"),
                     fixture_int(db, "SELECT count(*) FROM note"));
    assert_true(
        fixture_int(db, "SELECT count(*) FROM person WHERE name LIKE 'save 1.%'") % BIG_SAVE == 0);
}

static void every_operation_fails_in_turn(void **state)
{
    static const struct {
        Operation operation;
        int code;
        int least; /* fault points there must be, or the test tests nothing */
    } cases[] = {
        {OP_OPEN, SQLITE_CANTOPEN, 2},       {OP_READ, SQLITE_IOERR_READ, 3},
        {OP_WRITE, SQLITE_IOERR_WRITE, 50},  {OP_WRITE, SQLITE_FULL, 50},
        {OP_SYNC, SQLITE_IOERR_FSYNC, 8},    {OP_TRUNCATE, SQLITE_IOERR_TRUNCATE, 3},
        {OP_DELETE, SQLITE_IOERR_DELETE, 0},
    };
    Fixture *f = *state;
    g_autofree char *fresh = NULL;
    gsize length;

    db_close(fixture_open(f, DB_CREATE));
    assert_true(g_file_get_contents(f->path, &fresh, &length, NULL));
    for (gsize i = 0; i < 2 * G_N_ELEMENTS(cases); i++) {
        int nth = 0;
        do {
            g_autoptr(GHashTable) saved =
                g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
            assert_true(g_file_set_contents(f->path, fresh, (gssize)length, NULL));
            plan.operation = cases[i / 2].operation;
            plan.code = cases[i / 2].code;
            plan.stays = i % 2;
            plan.countdown = ++nth;
            plan.hits = 0;
            work(f, saved);
            plan.operation = OP_NONE;
            look(f, saved);
            if (plan.hits == 0)
                assert_int_equal(g_hash_table_size(saved), SAVES - 1 + BIG_SAVE);
        } while (plan.hits > 0);
        assert_true(nth > cases[i / 2].least);
    }
}

static void look_at(const char *path, const Secret *key, int notes)
{
    g_autoptr(Db) db = NULL;

    assert_ok(db = db_open_with(path, key, DB_READ_ONLY, &small_options, &error));
    assert_int_equal(fixture_int(db, "SELECT count(*) FROM note"), notes);
}

/* A copy that could not be written leaves nothing behind, and the original as it was. */
static void a_backup_that_fails_leaves_nothing(void **state)
{
    static const struct {
        Operation operation;
        int code;
    } cases[] = {{OP_OPEN, SQLITE_CANTOPEN},
                 {OP_READ, SQLITE_IOERR_READ},
                 {OP_WRITE, SQLITE_FULL},
                 {OP_SYNC, SQLITE_IOERR_FSYNC}};
    Fixture *f = *state;
    g_autofree char *path = g_build_filename(f->folder, "copy.db", NULL);
    g_autoptr(Db) db = fixture_open(f, DB_CREATE);
    g_autoptr(GHashTable) none = g_hash_table_new(g_str_hash, g_str_equal);
    int refused = 0;

    assert_ok(save(db, "before", 20, &error));
    g_clear_pointer(&db, db_close);
    assert_ok(db = db_open_with(f->path, f->key, DB_READ_WRITE, &faulty_options, &error));
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        for (int nth = 1; nth == 1 || plan.hits > 0; nth++) {
            g_autoptr(GError) refusal = NULL;
            plan.operation = cases[i].operation;
            plan.code = cases[i].code;
            plan.stays = FALSE;
            plan.countdown = nth;
            plan.hits = 0;
            if (db_backup(db, path, &refusal)) {
                plan.operation = OP_NONE;
                look_at(path, f->key, 20);
                assert_int_equal(g_unlink(path), 0);
            } else {
                plan.operation = OP_NONE;
                told(refusal);
                refused++;
            }
            assert_int_equal(fixture_count(f, "copy.db"), 0);
        }
    }
    assert_true(refused > 50);
    g_clear_pointer(&db, db_close);
    look(f, none);
}

/* Two notes of many pages, and one whose pages are free: pages that hang together in chains. */
static void save_long_notes(Db *db)
{
    g_autofree char *body = g_strnfill(40000, 'n');
    for (gint64 id = 1; id <= 3; id++)
        assert_ok(db_run(db, "INSERT INTO note (id, body) VALUES (:id, :body)",
                         DB_PARAMS(DB_INT("id", id), DB_TEXT("body", body)), &error));
    assert_ok(db_run(db, "DELETE FROM note WHERE id = :id", DB_PARAMS(DB_INT("id", 3)), &error));
}

/* A disk that cannot be read is no damaged database: nobody is told to put a backup in its place. */
static void a_check_that_cannot_read_tells_no_damage(void **state)
{
    Fixture *f = *state;
    g_autoptr(Db) db = fixture_open(f, DB_CREATE);
    int refused = 0;

    assert_ok(save(db, "before", 20, &error));
    save_long_notes(db);
    g_clear_pointer(&db, db_close);
    assert_ok(db = db_open_with(f->path, f->key, DB_READ_WRITE, &faulty_options, &error));
    plan.code = SQLITE_IOERR_READ;
    for (int stays = 0; stays < 2; stays++) {
        for (int nth = 1; nth == 1 || plan.hits > 0; nth++) {
            g_autoptr(GError) refusal = NULL;
            g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
            plan.stays = stays;
            plan.countdown = nth;
            plan.hits = 0;
            plan.operation = OP_READ;
            const gboolean done = db_check(db, faults, NULL, NULL, &refusal);
            plan.operation = OP_NONE;
            if (faults->len > 0)
                fail_msg("read %d: %s", nth, (char *)faults->pdata[0]);
            if (!done)
                refused += !told(refusal);
        }
    }
    assert_true(refused > 50);
}

/* A backup reads the file in pieces much larger than a page: first while others write, then again. */
static int piece, failing_piece;
static int answer_pieces(const Call *call)
{
    return call->operation == OP_READ && call->size > 10000 && ++piece == failing_piece
               ? SQLITE_IOERR_SHORT_READ
               : SQLITE_OK;
}

/* Whoever gives up a large change cuts the file shorter: what was to be read beforehand is gone then,
 * and what is there is read under the lock. */
static void a_file_that_grows_shorter_is_backed_up(void **state)
{
    Fixture *f = *state;
    g_autofree char *path = g_build_filename(f->folder, "copy.db", NULL);
    g_autoptr(Db) db = fixture_open(f, DB_CREATE);

    assert_ok(save(db, "before", 20, &error));
    g_clear_pointer(&db, db_close);
    assert_ok(db = db_open_with(f->path, f->key, DB_READ_WRITE, &faulty_options, &error));
    asking_vfs_answer = answer_pieces;
    for (failing_piece = 1; failing_piece <= 2; failing_piece++) {
        g_autoptr(GError) refusal = NULL;
        piece = 0;
        const gboolean done = db_backup(db, path, &refusal);
        assert_true(piece >= failing_piece);
        assert_int_equal(done, failing_piece == 1);
        if (done) {
            look_at(path, f->key, 20);
            assert_int_equal(g_unlink(path), 0);
        }
        assert_int_equal(fixture_count(f, "copy.db"), 0);
    }
    asking_vfs_answer = answer;
}

/* A change of key that fails keeps the old one, and the open connection goes on. */
static void a_new_key_that_fails_keeps_the_old_one(void **state)
{
    static const struct {
        Operation operation;
        int code;
    } cases[] = {{OP_OPEN, SQLITE_CANTOPEN},    {OP_READ, SQLITE_IOERR_READ},
                 {OP_WRITE, SQLITE_FULL},       {OP_WRITE, SQLITE_IOERR_WRITE},
                 {OP_SYNC, SQLITE_IOERR_FSYNC}, {OP_TRUNCATE, SQLITE_IOERR_TRUNCATE}};
    Fixture *f = *state;
    g_autoptr(Secret) next = fixture_key(2);
    g_autoptr(Db) db = fixture_open(f, DB_CREATE);
    g_autofree char *fresh = NULL;
    gsize length;
    int refused = 0;

    assert_ok(save(db, "before", 20, &error));
    g_clear_pointer(&db, db_close);
    assert_true(g_file_get_contents(f->path, &fresh, &length, NULL));
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        for (int nth = 1; nth == 1 || plan.hits > 0; nth++) {
            g_autoptr(GError) refusal = NULL;
            gboolean done;
            assert_true(g_file_set_contents(f->path, fresh, (gssize)length, NULL));
            assert_ok(db = db_open_with(f->path, f->key, DB_READ_WRITE, &faulty_options, &error));
            plan.operation = cases[i].operation;
            plan.code = cases[i].code;
            plan.stays = FALSE;
            plan.countdown = nth;
            plan.hits = 0;
            done = db_rekey(db, next, NULL, &refusal);
            plan.operation = OP_NONE;
            if (!done)
                refused += !told(refusal);
            g_clear_pointer(&db, db_close);
            /* An error may come after the change has taken place: then the new key fits. */
            db = db_open_with(f->path, f->key, DB_READ_WRITE, &small_options, NULL);
            if (!db)
                assert_ok(db = db_open_with(f->path, next, DB_READ_WRITE, &small_options, &error));
            else
                assert_false(done);
            assert_int_equal(fixture_int(db, "SELECT count(*) FROM note"), 20);
            g_clear_pointer(&db, db_close);
        }
    }
    assert_true(refused > 50);
}

#define T(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(every_operation_fails_in_turn),
        T(a_backup_that_fails_leaves_nothing),
        T(a_check_that_cannot_read_tells_no_damage),
        T(a_file_that_grows_shorter_is_backed_up),
        T(a_new_key_that_fails_keeps_the_old_one),
    };

    if (!secret_init(NULL))
        return 1;
    asking_vfs_answer = answer;
    const int failed = cmocka_run_group_tests_name("io_faults", tests, asking_vfs_register, NULL);
    print_message("# %d faults: of files below the rest\n", faults_in_all);
    return failed;
}
