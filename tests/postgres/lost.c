/* The way to the server is cut at every point of a save, or nothing comes through any more:
 * whatever is said is true, nothing is saved twice, and work goes on by itself. Between program and
 * server stands a proxy that hands on so many bytes and then cuts, or keeps the rest. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/i18n.h"
#include "db/server/server.h"
#include "tests/postgres/asserts.h"

#define PORT "5433"
/* Between two cuts, in bytes; each one in `make faults`. */
#define STEP 4

static const Migration schema[] = {
    {1, "0001-small",
     "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) /*sqlite: STRICT*/;\n"
     "CREATE TABLE person (id BIGINT PRIMARY KEY, name TEXT NOT NULL);\n"},
};

/* ---- the proxy ------------------------------------------------------------------------------- */

typedef enum { TO_SERVER, TO_PROGRAM } Way;

typedef struct {
    char *folder;
    int listener;
    GThread *thread;
    GMutex mutex;
    gboolean armed, closed; /* closed: nobody gets in */
    gboolean keeps; /* it does not cut: the rest is kept until the program gives up, or this ends */
    Way way;
    gint64 left; /* bytes that go through that way; then all is cut, once */
    int wake[2]; /* that it ends */
} Proxy;

static int at_socket(const char *folder, const char *port, gboolean listens)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    const int made = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    g_snprintf(address.sun_path, sizeof address.sun_path, "%s/.s.PGSQL.%s", folder, port);
    const int failed = listens ? bind(made, (void *)&address, sizeof address) || listen(made, 8)
                               : connect(made, (void *)&address, sizeof address);
    if (failed == 0)
        return made;
    close(made);
    return -1;
}

static gboolean write_all(int to, const char *bytes, gssize length)
{
    while (length > 0) {
        const gssize written = send(to, bytes, (gsize)length, MSG_NOSIGNAL);
        if (written <= 0)
            return FALSE;
        bytes += written;
        length -= written;
    }
    return TRUE;
}

static gboolean keeps(Proxy *proxy)
{
    g_mutex_lock(&proxy->mutex);
    const gboolean keeps = proxy->keeps;
    g_mutex_unlock(&proxy->mutex);
    return keeps;
}

static void set_keeps(Proxy *proxy, gboolean keeps)
{
    g_mutex_lock(&proxy->mutex);
    proxy->keeps = keeps;
    g_mutex_unlock(&proxy->mutex);
}

/* Until it ends that the rest is kept, which is looked for often. FALSE: the program goes before
 * that, or nothing is kept. */
static gboolean keep(Proxy *proxy, int program)
{
    enum { LOOK_MS = 5 };
    struct pollfd end = {program, POLLRDHUP, 0};
    gboolean kept = FALSE;

    while (keeps(proxy) && poll(&end, 1, LOOK_MS) == 0)
        kept = TRUE;
    return kept && !keeps(proxy);
}

/* FALSE: here it is cut. */
static gboolean hand_on(Proxy *proxy, int from, int to, Way way)
{
    const int program = way == TO_SERVER ? from : to;
    char bytes[8192];
    gssize length = recv(from, bytes, sizeof bytes, 0);

    if (length <= 0)
        return FALSE;
    g_mutex_lock(&proxy->mutex);
    const gboolean cuts = proxy->armed && proxy->way == way && length >= proxy->left;
    const gssize until = cuts ? (gssize)proxy->left : length;
    if (cuts)
        proxy->armed = FALSE;
    else if (proxy->armed && proxy->way == way)
        proxy->left -= length;
    g_mutex_unlock(&proxy->mutex);
    return write_all(to, bytes, until) &&
           (!cuts || (keep(proxy, program) && write_all(to, bytes + until, length - until)));
}

static gboolean is_closed(Proxy *proxy)
{
    g_mutex_lock(&proxy->mutex);
    const gboolean closed = proxy->closed;
    g_mutex_unlock(&proxy->mutex);
    return closed;
}

/* One program at a time; FALSE: the proxy ends. */
static gboolean serve(Proxy *proxy, int program)
{
    const int server = is_closed(proxy) ? -1 : at_socket(getenv("PGHOST"), "5432", FALSE);
    struct pollfd ends[] = {{program, POLLIN, 0}, {server, POLLIN, 0}, {proxy->wake[0], POLLIN, 0}};
    gboolean goes_on = server >= 0;

    while (goes_on && poll(ends, G_N_ELEMENTS(ends), -1) > 0 && ends[2].revents == 0) {
        if (ends[0].revents)
            goes_on = hand_on(proxy, program, server, TO_SERVER);
        if (goes_on && ends[1].revents)
            goes_on = hand_on(proxy, server, program, TO_PROGRAM);
    }
    close(program);
    if (server >= 0)
        close(server);
    return ends[2].revents == 0;
}

static gpointer run_proxy(gpointer data)
{
    Proxy *proxy = data;
    struct pollfd ends[] = {{proxy->listener, POLLIN, 0}, {proxy->wake[0], POLLIN, 0}};

    while (poll(ends, G_N_ELEMENTS(ends), -1) > 0 && ends[1].revents == 0) {
        const int program = accept(proxy->listener, NULL, NULL);
        if (program >= 0 && !serve(proxy, program))
            break;
    }
    return NULL;
}

static void set_proxy(Proxy *proxy, gboolean closed, gboolean armed, Way way, gint64 left)
{
    g_mutex_lock(&proxy->mutex);
    proxy->closed = closed;
    proxy->armed = armed;
    proxy->way = way;
    proxy->left = left;
    g_mutex_unlock(&proxy->mutex);
}

static gboolean was_cut(Proxy *proxy)
{
    g_mutex_lock(&proxy->mutex);
    const gboolean cut = !proxy->armed;
    g_mutex_unlock(&proxy->mutex);
    return cut;
}

/* ---- a unit behind it ------------------------------------------------------------------------ */

typedef struct {
    Proxy proxy; /* first */
    char *where; /* through the proxy */
    Db *db;
    PGconn *server;
} Unit;

static char *ask_server(Unit *unit, const char *sql)
{
    PGresult *result = LIB->PQexec(unit->server, sql);
    char *answer = NULL;

    if (LIB->PQresultStatus(result) == PGRES_TUPLES_OK)
        answer = g_strdup(LIB->PQgetvalue(result, 0, 0));
    else if (LIB->PQresultStatus(result) != PGRES_COMMAND_OK)
        fail_msg("%s: %s", sql, LIB->PQerrorMessage(unit->server));
    LIB->PQclear(result);
    return answer;
}

static int setup(void **state)
{
    Unit *unit = g_new0(Unit, 1);
    Proxy *proxy = &unit->proxy;

    i18n_init("en");
    assert_ok(secret_init(&error));
    assert_ok(server_library(&error) != NULL);
    g_autoptr(Secret) key = secret_new(DB_KEY_BYTES);
    unit->server = LIB->PQconnectdb("dbname=postgres");
    g_free(ask_server(unit, "DROP DATABASE IF EXISTS lost WITH (FORCE)"));
    g_free(ask_server(unit, "CREATE DATABASE lost"));
    LIB->PQfinish(unit->server);
    unit->server = LIB->PQconnectdb("dbname=lost");
    proxy->folder = g_dir_make_tmp("proxy-XXXXXX", NULL);
    proxy->listener = at_socket(proxy->folder, PORT, TRUE);
    assert_true(proxy->listener >= 0);
    assert_int_equal(pipe(proxy->wake), 0);
    proxy->thread = g_thread_new("proxy", run_proxy, proxy);
    unit->where = g_strdup_printf("host=%s port=" PORT " dbname=lost", proxy->folder);
    assert_ok(
        (unit->db = server_open(unit->where, "prov.unit", key, DB_CREATE, schema, 1, &error)));
    *state = unit;
    return 0;
}

static int teardown(void **state)
{
    Unit *unit = *state;
    Proxy *proxy = &unit->proxy;
    g_autofree char *socket = g_strconcat(proxy->folder, "/.s.PGSQL." PORT, NULL);

    db_close(unit->db);
    LIB->PQfinish(unit->server);
    assert_int_equal(write(proxy->wake[1], "!", 1), 1);
    g_thread_join(proxy->thread);
    close(proxy->listener);
    close(proxy->wake[0]);
    close(proxy->wake[1]);
    g_remove(socket);
    assert_int_equal(g_rmdir(proxy->folder), 0);
    g_free(proxy->folder);
    g_free(unit->where);
    g_free(unit);
    return 0;
}

/* `begun`: NULL where that failed. */
static gboolean save_in(Db *db, DbTransaction *begun, const char *name, GError **error)
{
    g_autoptr(DbTransaction) transaction = begun;
    const gint64 id = transaction != NULL ? db_new_id(db, "person", error) : 0;

    return id != 0 &&
           db_run(db, "INSERT INTO person (id, name) VALUES (:id, :name)",
                  DB_PARAMS(DB_INT("id", id), DB_TEXT("name", name)), error) &&
           db_transaction_commit(transaction, error);
}

static gboolean save(Db *db, const char *name, GError **error)
{
    return save_in(db, db_transaction(db, error), name, error);
}

static int saved(Unit *unit, const char *name)
{
    g_autofree char *sql = g_strdup_printf("SELECT count(*) FROM person WHERE name = '%s'", name);
    g_autofree char *count = ask_server(unit, sql);

    return atoi(count);
}

/* ---- tests ----------------------------------------------------------------------------------- */

typedef struct {
    int cuts, said_saved, said_failed;
} Figures;

/* FALSE: the save was over before so many bytes. */
static gboolean cut_after(Unit *unit, Way way, gint64 bytes, Figures *figures)
{
    g_autofree char *name = g_strdup_printf("%d-%d", way, (int)bytes);
    g_autoptr(GError) told = NULL;

    set_proxy(&unit->proxy, FALSE, TRUE, way, bytes);
    const gboolean said = save(unit->db, name, &told);
    const gboolean cut = was_cut(&unit->proxy);
    set_proxy(&unit->proxy, FALSE, FALSE, way, 0);
    if (saved(unit, name) != (said ? 1 : 0))
        fail_msg("cut after %d bytes: %s, but %d are there", (int)bytes,
                 said ? "said to be saved" : told->message, saved(unit, name));
    figures->cuts += cut;
    figures->said_saved += said && cut;
    if (said)
        return cut;
    figures->said_failed++;
    assert_true(g_error_matches(told, DAGSFORM_ERROR, ERROR_IO));
    /* Once more, as a person would. */
    assert_ok(save(unit->db, name, &error));
    assert_int_equal(saved(unit, name), 1);
    return TRUE;
}

static void cut_all(Unit *unit, int step, const char *what)
{
    for (Way way = TO_SERVER; way <= TO_PROGRAM; way++) {
        Figures figures = {0};
        gint64 bytes = 1;
        while (cut_after(unit, way, bytes, &figures))
            bytes += step;
        print_message("# %d faults: %s on the way to the %s; %d saved nevertheless, %d refused\n",
                      figures.cuts, what, way == TO_SERVER ? "server" : "program",
                      figures.said_saved, figures.said_failed);
        /* In the beginning, and in the answer to COMMIT, nobody notices; between them all do. */
        assert_true(figures.said_saved > 2 && figures.said_failed > 2);
    }
}

static int step(void)
{
    return g_getenv("DAGSFORM_TEST_ALL") != NULL ? 1 : STEP;
}

static void cut_at_every_point(void **state)
{
    cut_all(*state, step(), "cuts");
}

/* As a server that is stopped, or waits for one that is to confirm. */
static void silent_at_every_point(void **state)
{
    Unit *unit = *state;

    unit->db->server->silence_us = 20 * 1000;
    set_keeps(&unit->proxy, TRUE);
    cut_all(unit, 4 * step(), "silences");
}

static void let_on(gpointer data)
{
    set_keeps(data, FALSE);
}

/* Whoever waits is told of it; what then comes after all is taken. */
static void who_waits_is_told(void **state)
{
    Unit *unit = *state;
    const guint first = unit->db->server->nth;

    assert_ok(save(unit->db, "as long", &error));
    db_on_silence(unit->db, let_on, &unit->proxy);
    set_keeps(&unit->proxy, TRUE);
    set_proxy(&unit->proxy, FALSE, TRUE, TO_PROGRAM, 10);
    assert_ok(save(unit->db, "late", &error));
    assert_false(keeps(&unit->proxy));
    assert_int_equal(saved(unit, "late"), 1);
    assert_int_equal(unit->db->server->nth, first);
}

/* The number of bytes after which the answer to the COMMIT of a save would be cut. */
static gint64 answers_of_a_save(Unit *unit)
{
    assert_ok(save(unit->db, "as long", &error));
    set_proxy(&unit->proxy, FALSE, TRUE, TO_PROGRAM, G_MAXINT32);
    assert_ok(save(unit->db, "measure", &error));
    g_mutex_lock(&unit->proxy.mutex);
    const gint64 bytes = G_MAXINT32 - unit->proxy.left;
    g_mutex_unlock(&unit->proxy.mutex);
    return bytes;
}

/* The next commit of a save gets no answer, and nobody gets in to look. */
static void lose_the_answer(Unit *unit)
{
    const gint64 bytes = answers_of_a_save(unit);

    unit->db->server->patience_us = 1000;
    set_proxy(&unit->proxy, TRUE, TRUE, TO_PROGRAM, bytes - 2);
}

static void let_in_again(Unit *unit)
{
    set_proxy(&unit->proxy, FALSE, FALSE, TO_PROGRAM, 0);
}

/* Whoever saves it again, once; and it is there once. */
static void assert_told_that_it_is_saved(Unit *unit)
{
    g_autoptr(GError) told = NULL;

    assert_false(save(unit->db, "unsure!", &told));
    assert_true(g_error_matches(told, DAGSFORM_ERROR, ERROR_IO));
    assert_non_null(strstr(told->message, "has been saved"));
    assert_ok(save(unit->db, "another", &error));
    assert_int_equal(saved(unit, "unsure!"), 1);
}

/* Nobody can look it up: that is said, and before anything else is saved, what became of it. */
static void when_nobody_knows_it_is_said(void **state)
{
    Unit *unit = *state;
    g_autoptr(GError) told = NULL;

    lose_the_answer(unit);
    assert_false(save(unit->db, "unsure!", &told));
    assert_true(g_error_matches(told, DAGSFORM_ERROR, ERROR_IO));
    assert_non_null(strstr(told->message, "has not answered whether"));
    g_clear_error(&told);
    assert_false(save(unit->db, "unsure!", &told));
    assert_true(g_error_matches(told, DAGSFORM_ERROR, ERROR_IO));
    g_clear_error(&told);
    let_in_again(unit);
    assert_told_that_it_is_saved(unit);
}

/* Whoever locks meanwhile has what was typed when it is unlocked, on another connection. */
static void whoever_locks_meanwhile_is_told(void **state)
{
    Unit *unit = *state;
    g_autoptr(Secret) key = secret_new(DB_KEY_BYTES);

    lose_the_answer(unit);
    assert_false(save(unit->db, "unsure!", NULL));
    g_autofree DbUnsure *unsure = db_unsure(unit->db);
    assert_non_null(unsure);
    db_close(unit->db);
    let_in_again(unit);
    assert_ok((unit->db = server_open(unit->where, "prov.unit", key, 0, schema, 1, &error)));
    db_go_on(unit->db, unsure);
    assert_told_that_it_is_saved(unit);
}

/* What saves itself, as what is being typed does, comes before anybody saves anything: whoever then
 * saves is told all the same, or it would be there twice. */
static void what_is_written_aside_is_not_told(void **state)
{
    Unit *unit = *state;

    lose_the_answer(unit);
    assert_false(save(unit->db, "unsure!", NULL));
    assert_null(db_transaction_aside(unit->db, FALSE, NULL));
    let_in_again(unit);
    for (int i = 0; i < 2; i++) {
        g_autoptr(DbTransaction) aside = db_transaction_aside(unit->db, FALSE, NULL);
        assert_non_null(aside);
        assert_ok(db_transaction_commit(aside, &error));
    }
    assert_told_that_it_is_saved(unit);
}

/* Nor is it told of that itself: nobody has saved anything. */
static void what_became_of_it_is_not_told(void **state)
{
    Unit *unit = *state;
    g_autoptr(GError) told = NULL;

    lose_the_answer(unit);
    assert_false(save_in(unit->db, db_transaction_aside(unit->db, FALSE, NULL), "unsure!", &told));
    assert_non_null(strstr(told->message, "does not answer"));
    let_in_again(unit);
    assert_int_equal(saved(unit, "unsure!"), 1);
    assert_ok(save(unit->db, "another", &error));
}

static void whoever_has_found_it_is_not_told(void **state)
{
    Unit *unit = *state;

    lose_the_answer(unit);
    assert_false(save(unit->db, "unsure!", NULL));
    let_in_again(unit);
    db_commit_found(unit->db);
    assert_ok(save(unit->db, "another", &error));
}

/* The server ends the connection itself, as when it is stopped. */
static void what_the_server_ends_is_looked_up(void **state)
{
    Unit *unit = *state;
    g_autoptr(GError) told = NULL;

    assert_ok(db_begin(unit->db, &error));
    assert_ok(db_run(unit->db, "INSERT INTO person (id, name) VALUES (1, 'ended')", NULL, &error));
    g_free(ask_server(unit, "SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity"
                            " WHERE application_name = 'dagsform' AND datname = 'lost'"));
    assert_false(db_commit(unit->db, &told));
    assert_true(g_error_matches(told, DAGSFORM_ERROR, ERROR_IO));
    assert_int_equal(saved(unit, "ended"), 0);
    assert_ok(save(unit->db, "ended", &error));
    assert_int_equal(saved(unit, "ended"), 1);
}

#define LOST_TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        LOST_TEST(cut_at_every_point),
        LOST_TEST(silent_at_every_point),
        LOST_TEST(who_waits_is_told),
        LOST_TEST(when_nobody_knows_it_is_said),
        LOST_TEST(whoever_locks_meanwhile_is_told),
        LOST_TEST(what_is_written_aside_is_not_told),
        LOST_TEST(what_became_of_it_is_not_told),
        LOST_TEST(whoever_has_found_it_is_not_told),
        LOST_TEST(what_the_server_ends_is_looked_up),
    };

    return cmocka_run_group_tests_name("postgres/lost", tests, NULL, NULL);
}
