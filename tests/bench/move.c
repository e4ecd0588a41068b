/* move.c: the unit of a city carried to a server and back, in one process. tests/bench/run starts the
 * server where PostgreSQL is there. */
#include <glib/gstdio.h>
#include <stdlib.h>

#include "db/db_move.h"
#include "db/server/server.h"
#include "db/server/server_private.h"
#include "tests/bench/harness.h"

#define SERVER_DATABASE "bench_move"

static void ask_server(const char *sql)
{
    PGconn *server = LIB->PQconnectdb("dbname=postgres");
    PGresult *result = LIB->PQexec(server, sql);

    bench_must(LIB->PQresultStatus(result) == PGRES_COMMAND_OK, NULL);
    LIB->PQclear(result);
    LIB->PQfinish(server);
}

static Db *open_server(const Secret *key)
{
    gsize count;
    const Migration *list = migrate_embedded(&count);
    Db *db = NULL;

    ask_server("CREATE DATABASE " SERVER_DATABASE);
    BENCH_OK(db = server_open("dbname=" SERVER_DATABASE, "city.unit", key, DB_CREATE, list, count,
                              &error));
    return db;
}

static Secret *key_of(const char *database)
{
    Session *session = bench_session(database, "led");
    const Secret *key = vault_data_key(session_vault(session));
    Secret *copy = secret_copy(key->bytes, key->length);

    session_close(session);
    return copy;
}

static double carry(Db *from, Db *to)
{
    const double before = bench_ms();
    g_autoptr(DbTransaction) source = NULL, target = NULL;

    BENCH_OK(source = db_transaction(from, &error));
    BENCH_OK(target = db_transaction_large(to, &error));
    BENCH_OK(db_move(from, to, NULL, &error));
    BENCH_OK(db_transaction_commit(target, &error));
    return (bench_ms() - before) / 1000;
}

static gint64 visits(Db *db)
{
    gint64 count = 0;

    BENCH_OK(db_get_int(db, "SELECT count(*) FROM visit", NULL, 0, &count, &error));
    return count;
}

int main(void)
{
    const char *database = bench_setting("BENCH_CITY");
    g_autofree char *home = g_strconcat(database, ".hem", NULL);

    bench_start();
    BENCH_OK(server_library(&error));
    g_autoptr(Secret) key = key_of(database);
    Db *from = NULL, *back = NULL;
    BENCH_OK(from = db_open(database, key, DB_READ_WRITE, &error));
    Db *server = open_server(key);
    const double there = carry(from, server);
    bench_at_most("a city carried to a server", there, "s", 300, "%d visits, each value read again",
                  (int)visits(server));
    BENCH_OK(back = db_open(home, key, DB_CREATE, &error));
    const double again = carry(server, back);
    bench_at_most("and back into a file", again, "s", 300, "%d visits", (int)visits(back));
    db_close(back);
    db_close(server);
    db_close(from);
    g_unlink(home);
    ask_server("DROP DATABASE " SERVER_DATABASE);
    return 0;
}
