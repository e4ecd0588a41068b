/* server_connection.c: a connection made, and made anew when it is lost. */
#include <sys/random.h>

#include "base/i18n.h"
#include "db/server/server_private.h"

#define OLDEST_SERVER 150000

/* Half a minute for the writer's lock, as with a file. Whoever has it and falls silent, a computer
 * that was closed or whose network is gone, lets the others in within a minute: no transaction of
 * the program waits for a person.
 *
 * A statement is planned once, as by a file's engine, whatever it is asked with next: under the
 * policies a day's list takes twice as long to plan as to run. Nothing of it is worth being
 * compiled, which takes a hundred times as long again. */
#define SETTINGS                                                                                   \
    " options='-c lock_timeout=30s -c client_min_messages=warning"                                 \
    " -c plan_cache_mode=force_generic_plan -c jit=off"                                            \
    " -c idle_in_transaction_session_timeout=60s -c tcp_keepalives_idle=10"                        \
    " -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c tcp_user_timeout=25s'"             \
    " client_encoding=UTF8 connect_timeout=4 keepalives_idle=5 keepalives_interval=2"              \
    " keepalives_count=3 tcp_user_timeout=10000 application_name=dagsform"
/* Where one of several hosts has taken over, that one. */
#define WRITES " target_session_attrs=read-write"

/* Longer than the lock is waited for; nothing that a person asks takes so long. */
#define SILENCE_US (40 * G_USEC_PER_SEC)
#define AT_ONCE_US (2 * G_USEC_PER_SEC)
#define PATIENCE_US (10 * G_USEC_PER_SEC)
#define PAUSE_US (100 * 1000)

static PGconn *connection_of(Db *db)
{
    return db->server->connection;
}

static void ignore_notice(void *data, const PGresult *result)
{
    (void)data;
    (void)result;
}

static gboolean suits(Db *db, GError **error)
{
    if (LIB->PQserverVersion(connection_of(db)) < OLDEST_SERVER) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_VERSION,
                            _("The server is too old: PostgreSQL 15 or later is needed."));
        return FALSE;
    }
    g_autofree char *order =
        server_ask(db, "SELECT datcollate FROM pg_database WHERE datname = current_database()");
    if (order == NULL)
        return server_error(db, NULL, NULL, error);
    if (g_str_equal(order, "C"))
        return TRUE;
    g_set_error_literal(
        error, DAGSFORM_ERROR, ERROR_VERSION,
        _("The database on the server sorts by another order than the program. Make it "
          "anew with LC_COLLATE 'C'."));
    return FALSE;
}

static gboolean is_connected(Db *db, GError **error)
{
    return LIB->PQstatus(connection_of(db)) == CONNECTION_OK ||
           (!server_refusal(db, error) && (LIB->PQstatus(connection_of(db)) == CONNECTION_OK ||
                                           server_error(db, NULL, NULL, error)));
}

static gboolean set_up(Db *db, GError **error)
{
    LIB->PQsetNoticeReceiver(connection_of(db), ignore_notice, NULL);
    return is_connected(db, error) &&
           (LIB->PQsetnonblocking(connection_of(db), 1) == 0 ||
            server_error(db, NULL, NULL, error)) &&
           (!db->read_only || server_run(db, "SET default_transaction_read_only = on", error)) &&
           suits(db, error);
}

static gboolean draw(guint64 *program, GError **error)
{
    if (getrandom(program, sizeof *program, 0) != sizeof *program) {
        fault_set(error, "no random numbers");
        return FALSE;
    }
    *program &= G_MAXINT64;
    return TRUE;
}

void server_take_key(Db *db, const Secret *key)
{
    seal_keys_free(db->server->seal);
    g_free(db->server->seal_mark);
    db->server->seal = seal_keys_new(key);
    db->server->seal_mark = seal_mark(db->server->seal);
}

/* The words as they stand in `where`, then who; nothing of it is an argument, in the environment or
 * in a log. */
static PGconn *connect_now(struct Server *server)
{
    const gint64 began = g_get_monotonic_time();
    const char *const names[] = {"dbname", "user", "password", NULL};
    const char *const values[] = {server->where, server->role,
                                  server->password ? (const char *)server->password->bytes : NULL,
                                  NULL};

    PGconn *connection = LIB->PQconnectdbParams(names, values, 1);
    server->at_once = g_get_monotonic_time() - began < AT_ONCE_US;
    return connection;
}

gboolean server_connect(Db *db, const char *where, const char *role, const Secret *password,
                        GError **error)
{
    struct Server *server = db->server = g_new0(struct Server, 1);

    server->where = g_strconcat(where, SETTINGS, db->read_only ? "" : WRITES, NULL);
    server->role = g_strdup(role);
    server->password = password ? secret_copy(password->bytes, password->length) : NULL;
    server->patience_us = PATIENCE_US;
    server->silence_us = SILENCE_US;
    server->connection = connect_now(server);
    server->nth = 1;
    server_take_key(db, db->key);
    return draw(&server->program, error) && set_up(db, error);
}

/* Once; what was made ready went with the connection that is lost. With the password as it is now:
 * it changes with the passphrase. */
static gboolean connect_anew(Db *db)
{
    struct Server *server = db->server;

    server->nth++;
    LIB->PQfinish(server->connection);
    server->connection = connect_now(server);
    return set_up(db, NULL) && LIB->PQstatus(server->connection) == CONNECTION_OK;
}

/* A standby takes over within seconds: whoever saves meanwhile waits and is told nothing. */
gboolean server_came_back(Db *db)
{
    struct Server *server = db->server;
    const gint64 began = g_get_monotonic_time();
    const gint64 until = began + (server->given_up ? 0 : server->patience_us);
    gboolean back;

    if (server->connecting || LIB->PQstatus(server->connection) == CONNECTION_OK)
        return FALSE;
    server->connecting = TRUE;
    server->refused = FALSE;
    while (!(back = connect_anew(db)) && !server->refused && g_get_monotonic_time() < until) {
        server_tell_silence(db, began);
        g_usleep(PAUSE_US);
    }
    server->connecting = FALSE;
    server->given_up = !back;
    return back;
}
