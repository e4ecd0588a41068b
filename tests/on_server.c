/* on_server.c: stands in the place of src/db/db_place.c. Where DAGSFORM_TEST_SERVER has libpq's
 * words for a server, each unit is a database there that bears the number of its path, and an empty
 * file lies at the path, as one that names the server will. A new one is a copy of the database
 * "empty", which has the schema and no marks: to lay the schema anew takes a third of a second. */
#include <stdlib.h>
#include <string.h>

#include "db/server/server.h"
#include "db/server/server_private.h"

static const char *server_words(void)
{
    return getenv("DAGSFORM_TEST_SERVER");
}

static PGconn *connect_to(const char *database)
{
    g_autofree char *where = g_strconcat(server_words(), " dbname=", database, NULL);

    if (server_library(NULL) == NULL)
        g_error("there is no libpq");
    return LIB->PQconnectdb(where);
}

/* Whether it has rows. */
static gboolean ask(PGconn *server, const char *sql)
{
    PGresult *result = LIB->PQexec(server, sql);
    const ExecStatusType status = LIB->PQresultStatus(result);
    const gboolean rows = LIB->PQntuples(result) > 0;

    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        g_error("%s: %s", sql, LIB->PQerrorMessage(server));
    LIB->PQclear(result);
    return rows;
}

/* The server's day is that of the tests' clock: tests/as_person.c says it. */
#define DAY                                                                                        \
    "CREATE OR REPLACE FUNCTION access_day() RETURNS text LANGUAGE sql STABLE AS"                   \
    " $$ SELECT current_setting('access.day') $$"

/* Many tests may want the first. */
static void make_empty(PGconn *server)
{
    g_autofree char *where = g_strconcat(server_words(), " dbname=empty", NULL);
    g_autoptr(Secret) key = secret_new(DB_KEY_BYTES);
    g_autoptr(GError) error = NULL;
    gsize count;
    const Migration *list = migrate_embedded(&count);

    ask(server, "SELECT pg_advisory_lock(1)");
    if (!ask(server, "SELECT 1 FROM pg_database WHERE datname = 'empty'")) {
        ask(server, "CREATE DATABASE empty");
        db_close(server_open(where, "empty", key, DB_CREATE, list, count, &error));
        if (error)
            g_error("%s", error->message);
        PGconn *empty = connect_to("empty");
        ask(empty, "DELETE FROM meta WHERE key IN ('node', '" SERVER_WRITER "')");
        ask(empty, DAY);
        LIB->PQfinish(empty);
    }
    ask(server, "SELECT pg_advisory_unlock(1)");
}

typedef struct {
    char *name;
    char *path; /* of the file that names it; NULL: others are to be copied from it */
} Made;

/* Those of this program that nobody has any more go, or a thousand of them lie there at the end. */
static void drop_forsaken(PGconn *server, GArray *made)
{
    for (guint i = 0; i < made->len;) {
        Made *one = &g_array_index(made, Made, i);
        if (!one->path || g_file_test(one->path, G_FILE_TEST_EXISTS)) {
            i++;
            continue;
        }
        g_autofree char *drop =
            g_strdup_printf("DROP DATABASE IF EXISTS %s WITH (FORCE)", one->name);
        ask(server, drop);
        g_free(one->name);
        g_free(one->path);
        g_array_remove_index_fast(made, i);
    }
}

static void make(const char *name, const char *from, const char *path)
{
    static GArray *made;
    const Made one = {.name = g_strdup(name),
                      .path = strstr(path, ".kept-") ? NULL : g_strdup(path)};
    g_autofree char *drop = g_strdup_printf("DROP DATABASE IF EXISTS %s WITH (FORCE)", name);
    g_autofree char *create =
        g_strdup_printf("CREATE DATABASE %s TEMPLATE %s STRATEGY file_copy", name, from);
    PGconn *server = connect_to("postgres");

    ask(server, "SET client_min_messages = warning");
    make_empty(server);
    if (!made)
        made = g_array_new(FALSE, FALSE, sizeof(Made));
    drop_forsaken(server, made);
    g_array_append_val(made, one);
    ask(server, drop);
    ask(server, create);
    LIB->PQfinish(server);
    g_file_set_contents(path, name, -1, NULL);
}

char *db_server_of(const char *path, DbFlags flags)
{
    g_autofree char *full = g_canonicalize_filename(path, NULL);
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, full, -1);
    g_autofree char *name = g_strdup_printf("unit_%.16s", sum);
    g_autofree char *from = NULL;

    if (!server_words())
        return NULL;
    g_file_get_contents(full, &from, NULL, NULL);
    /* There to be made, or not there to be opened, or another file: the engine of files has the
     * sentence. */
    if ((flags & DB_CREATE) != 0 ? from != NULL : from == NULL || !g_str_has_prefix(from, "unit_"))
        return NULL;
    if (g_strcmp0(from, name) != 0)
        make(name, from ? from : "empty", full);
    return g_strconcat(server_words(), " dbname=", name, NULL);
}
