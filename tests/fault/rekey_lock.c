/* A change of key waits for whoever is writing, and holds nobody up meanwhile (B9). */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/db/fixture.h"

#define WATCHING_VFS "dagsform-watched-locks"

/* The end of a pipe that is told, once, that a lock could not be had; -1: nobody. The VFS has no
 * other way to know. */
static int tell = -1;
/* The file that was locked for itself alone, whether that was let go of, and the pages that were
 * written before and after. */
static sqlite3_file *holder;
static gboolean let_go;
static int locked_writes, unlocked_writes;
static sqlite3_io_methods real;

static int watched_lock(sqlite3_file *file, int level)
{
    int code = real.xLock(file, level);

    if (code == SQLITE_OK && level == SQLITE_LOCK_EXCLUSIVE && !holder)
        holder = file;
    if (code == SQLITE_BUSY && tell >= 0) {
        assert_int_equal(write(tell, "!", 1), 1);
        tell = -1;
    }
    return code;
}

static int watched_unlock(sqlite3_file *file, int level)
{
    if (file == holder)
        let_go = TRUE;
    return real.xUnlock(file, level);
}

static int watched_write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 at)
{
    *(file == holder && !let_go ? &locked_writes : &unlocked_writes) += 1;
    return real.xWrite(file, bytes, size, at);
}

static int watched_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
    static sqlite3_io_methods watched;
    sqlite3_vfs *guard = vfs->pAppData;
    int code = guard->xOpen(guard, name, file, flags, out);

    if (code == SQLITE_OK && (flags & SQLITE_OPEN_MAIN_DB)) {
        watched = real = *file->pMethods;
        watched.xLock = watched_lock;
        watched.xUnlock = watched_unlock;
        watched.xWrite = watched_write;
        file->pMethods = &watched;
    }
    return code;
}

static int register_watch(void **state)
{
    static sqlite3_vfs watching;

    (void)state;
    watching = *sqlite3_vfs_find(guard_register());
    watching.pAppData = sqlite3_vfs_find(guard_register());
    watching.zName = WATCHING_VFS;
    watching.pNext = NULL;
    watching.xOpen = watched_open;
    return sqlite3_vfs_register(&watching, 0) == SQLITE_OK ? 0 : -1;
}

static const DbOptions watching_options = {
    .vfs = WATCHING_VFS, .migrations = small_schema, .migration_count = 1};

/* Has written and not yet committed when the other one begins; commits once that one has met the
 * lock. */
static void write_meanwhile(const Fixture *f, int written, int met)
{
    g_autoptr(GError) error = NULL;
    Db *db = db_open_with(f->path, f->key, DB_READ_WRITE, &small_options, &error);
    char byte;

    if (!db || !db_begin(db, &error) ||
        !db_run(db, "INSERT INTO person (id, name) VALUES (1, 'writer')", NULL, &error) ||
        write(written, "!", 1) != 1 || read(met, &byte, 1) != 1 || !db_commit(db, &error)) {
        fprintf(stderr, "writing: %s\n", error ? error->message : "");
        _exit(1);
    }
    db_close(db);
    _exit(0);
}

static void b9_a_new_key_waits_for_the_writer_without_a_lock(void **state)
{
    Fixture *f = *state;
    g_autoptr(Secret) next = fixture_key(2);
    g_autoptr(Db) db = NULL;
    int written[2], met[2], status = -1;
    pid_t writer;
    char byte;

    db_close(fixture_open(f, DB_CREATE));
    assert_int_equal(pipe(written), 0);
    assert_int_equal(pipe(met), 0);
    writer = fork();
    if (writer == 0) {
        close(met[1]);
        write_meanwhile(f, written[1], met[0]);
    }
    close(written[1]);
    assert_ok(db = db_open_with(f->path, f->key, DB_READ_WRITE, &watching_options, &error));
    assert_int_equal(read(written[0], &byte, 1), 1);
    tell = met[1];
    assert_ok(db_rekey(db, next, NULL, &error));
    assert_int_equal(tell, -1);
    assert_true(locked_writes > 0);
    assert_int_equal(unlocked_writes, 0);
    assert_int_equal(waitpid(writer, &status, 0), writer);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    assert_int_equal(fixture_int(db, "SELECT count(*) FROM person WHERE name = 'writer'"), 1);
    close(written[0]);
    close(met[0]);
    close(met[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(b9_a_new_key_waits_for_the_writer_without_a_lock),
    };

    if (!secret_init(NULL))
        return 1;
    return cmocka_run_group_tests_name("rekey_lock", tests, register_watch, NULL);
}
