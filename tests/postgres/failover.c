/* The server that a unit lies on is killed under writers, and its synchronous standby takes over:
 * they go on by themselves within ten seconds, no save that was acknowledged is lost, and none is
 * there twice. Then the killed one becomes the standby, and the other is killed.
 *
 * Two rounds; 20 in `make faults`. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/i18n.h"
#include "db/server/server.h"
#include "tests/postgres/asserts.h"

#define ROUNDS 2
#define ROUNDS_ALL 20
#define WRITERS 4
#define SAVES_BETWEEN 20 /* of each writer */
#define GAP_MS_MOST 10000
#define REFUSED_MOST 3 /* of one save */

static const Migration schema[] = {
    {1, "0001-small",
     "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) /*sqlite: STRICT*/;\n"
     "CREATE TABLE person (id BIGINT PRIMARY KEY, name TEXT NOT NULL);\n"},
};

/* ---- a writer: what it shares with the parent is in memory ----------------------------------- */

typedef struct {
    int told;    /* saves acknowledged: of the writer w those named w-0, w-1 … */
    int gap_ms;  /* the longest from one to the next */
    int refused; /* how often it was told that something failed */
    int failed;  /* otherwise than it may */
} Writer;

typedef struct {
    Writer writers[WRITERS];
    int stop;
} Shared;

static gboolean save(Db *db, const char *name, GError **error)
{
    g_autoptr(DbTransaction) transaction = db_transaction(db, error);
    gint64 id, counter;

    if (transaction == NULL || (id = db_new_id(db, "person", error)) == 0 ||
        !db_run(db, "INSERT INTO person (id, name) VALUES (:id, :name)",
                DB_PARAMS(DB_INT("id", id), DB_TEXT("name", name)), error) ||
        !db_get_int(db, "SELECT CAST(value AS BIGINT) FROM meta WHERE key = 'counter'", NULL, 0,
                    &counter, error))
        return FALSE;
    g_autofree char *next = g_strdup_printf("%" G_GINT64_FORMAT, counter + 1);
    return db_meta_set(db, "counter", next, error) && db_transaction_commit(transaction, error);
}

/* Until it is saved, as a person would who is told that it was not. */
static gboolean save_at_last(Db *db, const char *name, Writer *writer)
{
    for (int times = 0; times <= REFUSED_MOST; times++) {
        g_autoptr(GError) error = NULL;
        /* A conflict tells that what nobody knew of is saved. */
        if (save(db, name, &error) || g_error_matches(error, DAGSFORM_ERROR, ERROR_CONFLICT))
            return TRUE;
        g_atomic_int_inc(&writer->refused);
        if (!g_error_matches(error, DAGSFORM_ERROR, ERROR_IO)) {
            fprintf(stderr, "%s: %s\n", name, error->message);
            return FALSE;
        }
    }
    fprintf(stderr, "%s: refused again and again\n", name);
    return FALSE;
}

static void write_much(Shared *shared, int number, const char *where)
{
    g_autoptr(Secret) key = secret_new(DB_KEY_BYTES);
    Writer *writer = &shared->writers[number];
    Db *db = server_open(where, "prov.unit", key, DB_READ_WRITE, schema, 1, NULL);
    gint64 last = g_get_monotonic_time();

    for (int i = 0; db && !g_atomic_int_get(&shared->stop); i++) {
        g_autofree char *name = g_strdup_printf("%d-%d", number, i);
        if (!save_at_last(db, name, writer))
            break;
        const gint64 now = g_get_monotonic_time();
        writer->gap_ms = MAX(writer->gap_ms, (int)((now - last) / 1000));
        last = now;
        g_atomic_int_set(&writer->told, i + 1);
    }
    if (!g_atomic_int_get(&shared->stop))
        g_atomic_int_set(&writer->failed, 1);
    db_close(db);
    _exit(0);
}

/* ---- two servers ----------------------------------------------------------------------------- */

typedef struct {
    char *folder; /* its socket and its data */
    pid_t process;
} Node;

static void shell(const char *format, ...) G_GNUC_PRINTF(1, 2);
static void shell(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_autofree char *command = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    char *arguments_of_bash[] = {(char *)"bash", (char *)"-c", command, NULL};
    int status = -1;
    if (!g_spawn_sync(NULL, arguments_of_bash, NULL,
                      G_SPAWN_SEARCH_PATH | G_SPAWN_CHILD_INHERITS_STDIN, NULL, NULL, NULL, NULL,
                      &status, NULL) ||
        status != 0)
        fail_msg("failed: %s", command);
}

#define LEND                                                                                       \
    "lend='setpriv --pdeathsig KILL'; [ $(id -u) != 0 ] || "                                       \
    "lend=\"$lend --reuid=65534 --regid=65534 --clear-groups\"; "

/* A copy of the server at `from`, and its standby if `follows`; started. */
static void start(Node *node, const char *from, gboolean follows)
{
    shell(LEND "rm -rf %s && $lend mkdir -m 700 %s && "
               "$lend pg_basebackup -h %s -D %s/data -c fast --no-sync %s && "
               "echo \"synchronous_standby_names = ''\" >>%s/data/postgresql.auto.conf",
          node->folder, node->folder, from, node->folder, follows ? "-R" : "", node->folder);
    g_autofree char *run = g_strdup_printf(
        LEND
        "exec $lend postgres -D %s/data -k %s -c listen_addresses= -c fsync=off"
        " -c shared_buffers=32MB -c max_connections=40"
        " -c wal_retrieve_retry_interval=100ms -c wal_receiver_status_interval=1s >%s/log 2>&1",
        node->folder, node->folder, node->folder);
    node->process = fork();
    if (node->process == 0) {
        execlp("bash", "bash", "-c", run, NULL);
        _exit(1);
    }
    shell("until pg_isready -q -h %s; do kill -0 %d || exit 1; sleep 0.02; done", node->folder,
          (int)node->process);
}

/* From here on what it says is saved the other has too. */
static void wait_for_standby(const Node *node)
{
    shell("psql -q -h %s -c \"ALTER SYSTEM SET synchronous_standby_names = '*'\""
          " -c 'SELECT pg_reload_conf()' >/dev/null",
          node->folder);
    shell("until [ \"$(psql -h %s -Atc \"SELECT count(*) FROM pg_stat_replication"
          " WHERE sync_state = 'sync'\")\" = 1 ]; do sleep 0.02; done",
          node->folder);
}

static void kill_node(Node *node)
{
    kill(node->process, SIGKILL);
    assert_int_equal(waitpid(node->process, NULL, 0), node->process);
    node->process = 0;
}

/* ---- the drill ------------------------------------------------------------------------------- */

/* Each has saved as many more. */
static void wait_for_saves(Shared *shared, int more)
{
    int before[WRITERS];

    for (int i = 0; i < WRITERS; i++)
        before[i] = g_atomic_int_get(&shared->writers[i].told);
    for (int i = 0; i < WRITERS; i++)
        while (g_atomic_int_get(&shared->writers[i].told) < before[i] + more) {
            if (g_atomic_int_get(&shared->writers[i].failed))
                fail_msg("writer %d gave up", i);
            g_usleep(1000);
        }
}

static gint64 ask(Db *db, const char *sql, const char *name)
{
    gint64 value = -1;

    assert_ok(db_get_int(db, sql, DB_PARAMS(DB_TEXT("name", name)), -1, &value, &error));
    return value;
}

static void look(const Shared *shared, const char *where, int rounds)
{
    g_autoptr(Secret) key = secret_new(DB_KEY_BYTES);
    g_autoptr(Db) db = NULL;
    int told = 0, refused = 0, gap = 0;

    assert_ok((db = server_open(where, "prov.unit", key, DB_READ_WRITE, schema, 1, &error)));
    for (int i = 0; i < WRITERS; i++) {
        const Writer *writer = &shared->writers[i];
        g_autofree char *mine = g_strdup_printf("%d-%%", i);
        const gint64 there =
            ask(db, "SELECT count(DISTINCT name) FROM person WHERE name LIKE :name", mine);
        assert_false(writer->failed);
        assert_int_equal(there, writer->told);
        told += writer->told;
        refused += writer->refused;
        gap = MAX(gap, writer->gap_ms);
    }
    assert_int_equal(ask(db, "SELECT count(*) FROM person WHERE name <> :name", ""), told);
    assert_int_equal(
        ask(db, "SELECT CAST(value AS BIGINT) FROM meta WHERE key = 'counter' AND value <> :name",
            ""),
        told);
    print_message("# %d kills: of a server under %d programs; %d saves told, none lost, %d refused "
                  "once; the longest gap %d ms\n",
                  rounds, WRITERS, told, refused, gap);
    assert_true(gap < GAP_MS_MOST);
}

static void the_standby_takes_over(void **state)
{
    const int rounds = g_getenv("DAGSFORM_TEST_ALL") != NULL ? ROUNDS_ALL : ROUNDS;
    g_autofree char *a = g_strconcat(getenv("PGHOST"), "/a", NULL);
    g_autofree char *b = g_strconcat(getenv("PGHOST"), "/b", NULL);
    g_autofree char *where = g_strdup_printf("host=%s,%s dbname=drill", a, b);
    Node nodes[] = {{a, 0}, {b, 0}};
    Shared *shared =
        mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    g_autoptr(Secret) key = secret_new(DB_KEY_BYTES);
    Db *db = NULL;
    pid_t writers[WRITERS];

    (void)state;
    assert_true(shared != MAP_FAILED);
    start(&nodes[0], getenv("PGHOST"), FALSE);
    shell("createdb -h %s drill", a);
    assert_ok((db = server_open(where, "prov.unit", key, DB_CREATE, schema, 1, &error)));
    db_close(db);
    for (int i = 0; i < WRITERS; i++)
        if ((writers[i] = fork()) == 0)
            write_much(shared, i, where);
    for (int round = 0; round < rounds; round++) {
        Node *primary = &nodes[round % 2], *standby = &nodes[1 - round % 2];
        start(standby, primary->folder, TRUE);
        wait_for_standby(primary);
        wait_for_saves(shared, SAVES_BETWEEN);
        kill_node(primary);
        shell("psql -q -h %s -c 'SELECT pg_promote(true, 30)' >/dev/null", standby->folder);
        wait_for_saves(shared, SAVES_BETWEEN);
    }
    g_atomic_int_set(&shared->stop, 1);
    for (int i = 0; i < WRITERS; i++)
        assert_int_equal(waitpid(writers[i], NULL, 0), writers[i]);
    look(shared, where, rounds);
    kill_node(&nodes[rounds % 2]);
    munmap(shared, sizeof *shared);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_standby_takes_over)};

    i18n_init("en");
    if (!secret_init(NULL) || server_library(NULL) == NULL)
        return 1;
    return cmocka_run_group_tests_name("postgres/failover", tests, NULL, NULL);
}
