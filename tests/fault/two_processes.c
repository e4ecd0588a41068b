/* Several programs on one file: nobody is ever told that it is busy, and nothing is lost. `make
 * faults` has two to ten of them side by side, for minutes. */
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib-unix.h>

#include "tests/unit/db/fixture.h"

#define WRITERS 4
#define WRITERS_MOST 10
#define SAVES 200
#define SAVES_ALL 1000
#define KILLS 12
#define KILLS_ALL 200

static gboolean all(void)
{
    return g_getenv("DAGSFORM_TEST_ALL") != NULL;
}

/* In a child nothing of cmocka may run: it says what is wrong and ends. */
static void child_fails(const char *what, const GError *error)
{
    fprintf(stderr, "process %d: %s: %s\n", (int)getpid(), what, error ? error->message : "");
    _exit(1);
}

static Db *child_open(const Fixture *f, const DbOptions *options)
{
    GError *error = NULL;
    Db *db = db_open_with(f->path, f->key, DB_READ_WRITE, options, &error);

    if (!db)
        child_fails("opening", error);
    return db;
}

/* One save: a new row, and a counter read and written back, as a program does that computes. */
static gboolean save(Db *db, const char *name, gint64 *id, GError **error)
{
    g_autoptr(DbTransaction) transaction = db_transaction(db, error);
    gint64 counter;

    if (transaction == NULL || (*id = db_new_id(db, "person", error)) == 0 ||
        !db_run(db, "INSERT INTO person (id, name) VALUES (:id, :name)",
                DB_PARAMS(DB_INT("id", *id), DB_TEXT("name", name)), error) ||
        !db_get_int(db, "SELECT CAST(value AS BIGINT) FROM meta WHERE key = 'counter'", NULL, 0,
                    &counter, error))
        return FALSE;
    g_autofree char *next = g_strdup_printf("%" G_GINT64_FORMAT, counter + 1);
    return db_meta_set(db, "counter", next, error) && db_transaction_commit(transaction, error);
}

static void write_much(const Fixture *f, int writer, int saves)
{
    Db *db = child_open(f, &small_options);

    for (int i = 0; i < saves; i++) {
        g_autofree char *name = g_strdup_printf("%d-%d", writer, i);
        GError *error = NULL;
        gint64 id;
        if (!save(db, name, &id, &error))
            child_fails("saving", error);
    }
    db_close(db);
    _exit(0);
}

/* Fetches the whole list again and again until the writers have gone, and holds it meanwhile. */
static void read_much(const Fixture *f, int writers_gone)
{
    Db *db = child_open(f, &small_options);
    gint64 before = 0;
    char byte;

    do {
        GError *error = NULL;
        g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(g_free);
        DbStatement *rows = db_query(db, "SELECT name FROM person ORDER BY id", NULL, &error);
        DbStep step = DB_STEP_ERROR;
        while (rows && (step = db_step(rows, &error)) == DB_STEP_ROW)
            g_ptr_array_add(list, g_strdup(db_text(rows, 0)));
        db_statement_release(rows);
        if (step != DB_STEP_DONE)
            child_fails("reading", error);
        if (list->len < before)
            child_fails("the list has become shorter", NULL);
        before = list->len;
    } while (read(writers_gone, &byte, 1) < 0); /* not blocking: -1 while a writer is there */
    db_close(db);
    _exit(0);
}

static void assert_ended_well(pid_t child)
{
    int status = -1;

    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void look_sound(Db *db)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);

    assert_ok(db_check(db, faults, NULL, NULL, &error));
    if (faults->len > 0)
        fail_msg("%s", (char *)faults->pdata[0]);
}

/* Beside them one that reads all the while. */
static void side_by_side(const Fixture *f, int count, int saves)
{
    pid_t writers[WRITERS_MOST], reader;
    int go[2], gone[2];
    g_autoptr(Db) db = NULL;

    db_close(fixture_open(f, DB_CREATE));
    assert_int_equal(pipe(go), 0);
    assert_true(g_unix_open_pipe(gone, 0, NULL) && g_unix_set_fd_nonblocking(gone[0], TRUE, NULL));
    for (int i = 0; i < count; i++) {
        writers[i] = fork();
        if (writers[i] == 0) {
            char byte;
            close(go[1]);
            if (read(go[0], &byte, 1) == 0) /* all begin together, when the parent closes it */
                write_much(f, i, saves);
            _exit(2);
        }
    }
    close(gone[1]);
    reader = fork();
    if (reader == 0) {
        close(go[1]);
        read_much(f, gone[0]);
    }
    close(go[0]);
    close(go[1]);
    for (int i = 0; i < count; i++)
        assert_ended_well(writers[i]);
    assert_ended_well(reader);
    close(gone[0]);
    db = fixture_open(f, DB_READ_WRITE);
    assert_int_equal(fixture_int(db, "SELECT count(*) FROM person"), count * saves);
    assert_int_equal(
        fixture_int(db, "SELECT CAST(value AS BIGINT) FROM meta WHERE key = 'counter'"),
        count * saves);
    assert_int_equal(fixture_int(db, "SELECT max(id) - min(id) FROM person"), count * saves - 1);
    look_sound(db);
    print_message("# %d saves: by %d programs side by side\n", count * saves, count);
}

static void writers_and_a_reader_side_by_side(void **state)
{
    const Fixture *f = *state;

    if (!all())
        side_by_side(f, WRITERS, SAVES);
    for (int count = 2; all() && count <= WRITERS_MOST; count++) {
        side_by_side(f, count, SAVES_ALL);
        assert_int_equal(g_unlink(f->path), 0);
    }
}

static void two_bring_one_file_up_to_date(void **state)
{
    static const Migration grown[] = {
        {1, "0001-small", "SELECT 'never run: the file has it'"},
        {2, "0002-more", "CREATE TABLE more (id BIGINT PRIMARY KEY) /*sqlite: STRICT*/"},
    };
    static const DbOptions options = {.migrations = grown, .migration_count = 2};
    Fixture *f = *state;
    pid_t children[2];
    int go[2];
    g_autoptr(Db) db = NULL;

    db_close(fixture_open(f, DB_CREATE));
    assert_int_equal(pipe(go), 0);
    for (int i = 0; i < 2; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            char byte;
            close(go[1]);
            if (read(go[0], &byte, 1) == 0)
                db_close(child_open(f, &options));
            _exit(0);
        }
    }
    close(go[0]);
    close(go[1]);
    assert_ended_well(children[0]);
    assert_ended_well(children[1]);
    assert_ok(db = db_open_with(f->path, f->key, DB_READ_WRITE, &options, &error));
    assert_int_equal(fixture_int(db, "PRAGMA user_version"), 2);
    assert_int_equal(fixture_count(f, "before"), 1);
}

/* Saves without end and tells each row's number once it is committed. */
static void write_and_tell(const Fixture *f, int round, int tell)
{
    Db *db = child_open(f, &small_options);

    for (int i = 0;; i++) {
        g_autofree char *name = g_strdup_printf("%d-%d", round, i);
        GError *error = NULL;
        gint64 id;
        if (!save(db, name, &id, &error))
            child_fails("saving", error);
        if (write(tell, &id, sizeof id) != sizeof id)
            _exit(1);
    }
}

static void a_killed_writer_loses_nothing(void **state)
{
    Fixture *f = *state;
    g_autoptr(GRand) chance = g_rand_new_with_seed(17);
    g_autoptr(GArray) told = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(Db) db = fixture_open(f, DB_CREATE);
    const int kills = all() ? KILLS_ALL : KILLS;

    for (int round = 0; round < kills; round++) {
        int tell[2], wanted = g_rand_int_range(chance, 1, 60);
        pid_t child;
        gint64 id;
        g_clear_pointer(&db, db_close);
        assert_int_equal(pipe(tell), 0);
        child = fork();
        if (child == 0) {
            close(tell[0]);
            write_and_tell(f, round, tell[1]);
        }
        close(tell[1]);
        for (int i = 0; read(tell[0], &id, sizeof id) == sizeof id; i++) {
            g_array_append_val(told, id);
            if (i == wanted)
                kill(child, SIGKILL);
        }
        close(tell[0]);
        waitpid(child, NULL, 0);
        db = fixture_open(f, DB_READ_WRITE);
        look_sound(db);
        assert_int_equal(
            fixture_int(db, "SELECT CAST(value AS BIGINT) FROM meta WHERE key = 'counter'"),
            fixture_int(db, "SELECT count(*) FROM person"));
    }
    assert_true((int)told->len > kills);
    for (guint i = 0; i < told->len; i++) {
        gint64 there = 0;
        assert_ok(db_get_int(db, "SELECT count(*) FROM person WHERE id = :id",
                             DB_PARAMS(DB_INT("id", g_array_index(told, gint64, i))), 0, &there,
                             &error));
        assert_int_equal(there, 1);
    }
    print_message("# %d kills: of a program that saves; %u saves told, none lost\n", kills, told->len);
}

#define T(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(writers_and_a_reader_side_by_side),
        T(two_bring_one_file_up_to_date),
        T(a_killed_writer_loses_nothing),
    };

    if (!secret_init(NULL))
        return 1;
    return cmocka_run_group_tests_name("two_processes", tests, NULL, NULL);
}
