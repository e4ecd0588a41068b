/* server_check.c: whether a server is as a unit needs it. What only its owner may look at is not
 * looked at: whoever signs in sees the catalogue and their own rows. */
#include "base/i18n.h"
#include "db/db_server.h"
#include "db/server/server_login.h"
#include "db/server/server_private.h"

static void add(GPtrArray *sentences, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void add(GPtrArray *sentences, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_ptr_array_add(sentences, g_strdup_vprintf(format, args));
    va_end(args);
}

/* ---- what is there --------------------------------------------------------------------------- */

DbServerFacts *db_server_facts(Db *db)
{
    PGconn *connection = db->server->connection;
    DbServerFacts *facts = g_new0(DbServerFacts, 1);
    const int version = LIB->PQserverVersion(connection);
    g_autofree char *names = server_ask(db, "SELECT " SERVER_STANDBYS);

    facts->host = g_strdup(LIB->PQhost(connection));
    facts->version = g_strdup_printf("%d.%d", version / 10000, version % 10000);
    if (LIB->PQsslInUse(connection))
        facts->encrypted = g_strdup(LIB->PQsslAttribute(connection, "protocol"));
    if (names != NULL && *names != '\0')
        facts->confirms = g_steal_pointer(&names);
    return facts;
}

void db_server_facts_free(DbServerFacts *facts)
{
    if (facts == NULL)
        return;
    g_free(facts->host);
    g_free(facts->version);
    g_free(facts->encrypted);
    g_free(facts->confirms);
    g_free(facts);
}

GPtrArray *db_server_facts_words(const DbServerFacts *facts)
{
    GPtrArray *words = g_ptr_array_new_with_free_func(g_free);

    add(words, _("Server: %s, PostgreSQL %s"), facts->host != NULL ? facts->host : "",
        facts->version);
    if (facts->encrypted != NULL)
        add(words, _("Connection: encrypted (%s)"), facts->encrypted);
    else
        add(words, "%s", _("Connection: a socket of this computer"));
    if (facts->confirms != NULL)
        add(words, _("Saves are confirmed by: %s"), facts->confirms);
    else
        add(words, "%s", _("Saves are confirmed by this server alone"));
    return words;
}

/* ---- what is amiss --------------------------------------------------------------------------- */

/* For each row of `sql` a sentence with its first column in it. */
static gboolean each(Db *db, const char *sql, const char *sentence, GPtrArray *faults,
                     GError **error)
{
    g_autoptr(DbStatement) rows = db_query(db, sql, NULL, error);
    DbStep step = DB_STEP_ERROR;

    while (rows && (step = db_step(rows, error)) == DB_STEP_ROW) {
        g_auto(GStrv) around = g_strsplit(sentence, "%s", 2);
        g_ptr_array_add(faults, g_strconcat(around[0], db_text(rows, 0), around[1], NULL));
    }
    return step == DB_STEP_DONE;
}

/* Another unit's database may begin with this one's name, so the kinds are named one by one. */
#define KINDS                                                                                      \
    "rolname IN (current_database() || '_owner', current_database() || '_support_worker',"        \
    " current_database() || '_case_officer', current_database() || '_team_lead',"                 \
    " current_database() || '_administrator')"
#define PEOPLE "starts_with(CAST(rolname AS TEXT), current_database() || '.')"

static gboolean check_roles(Db *db, GPtrArray *faults, GError **error)
{
    return each(db,
                "SELECT CAST(rolname AS TEXT) FROM pg_roles WHERE (" KINDS " OR " PEOPLE ")"
                " AND (rolsuper OR rolbypassrls OR rolreplication OR rolcreatedb OR (rolcreaterole"
                " AND rolname <> current_database() || '_owner'))",
                _("The role %s may do more on the server than the unit's roles are to. Whoever "
                  "runs the "
                  "server takes that back."),
                faults, error) &&
           each(db,
                "SELECT CAST(rolname AS TEXT) FROM pg_roles WHERE rolcanlogin"
                " AND " KINDS,
                _("The role %s is nobody's, but it can sign in on the server. Whoever runs the "
                  "server "
                  "closes it (NOLOGIN)."),
                faults, error) &&
           each(db,
                "SELECT CAST(rolname AS TEXT) FROM pg_roles r WHERE " PEOPLE " AND 1 <>"
                " (SELECT count(*) FROM pg_auth_members WHERE member = r.oid)",
                _("The role %s is not one kind of staff on the server. Set the roles again with: "
                  "dagsform server user"),
                faults, error);
}

#define TABLES                                                                                     \
    " FROM pg_class WHERE relnamespace = CAST('public' AS regnamespace) AND relkind = 'r' AND "

/* One sentence for all of them. */
static gboolean check_rows(Db *db, GPtrArray *faults, GError **error)
{
    return each(db,
                "SELECT string_agg(CAST(relname AS TEXT), ', ' ORDER BY relname)" TABLES
                "NOT (relrowsecurity AND relforcerowsecurity) HAVING count(*) > 0",
                _("The server does not hold who may see which rows of these tables: %s. Lay that anew "
                  "with: dagsform server upgrade"),
                faults, error) &&
           each(db,
                "SELECT string_agg(CAST(relname AS TEXT), ', ' ORDER BY relname)" TABLES
                "relowner <> coalesce((SELECT oid FROM pg_roles"
                " WHERE rolname = current_database() || '_owner'), 0) HAVING count(*) > 0",
                _("These tables do not belong to the unit's owner on the server: %s. Lay that anew with: "
                  "dagsform server upgrade"),
                faults, error);
}

const char *server_not_as_laid(void)
{
    return _("Who may see which rows is not on the server as the program laid it: somebody has "
             "changed "
             "it. Lay it anew with: dagsform server upgrade");
}

/* As they stood when they were laid: what somebody has changed since. */
gboolean server_is_as_laid(Db *db, gboolean *is, GError **error)
{
    g_autoptr(GError) failed = NULL;
    g_autofree char *laid = db_meta_get(db, SERVER_LAID, &failed);
    g_autofree char *now = failed ? NULL : server_laid(db);

    if (failed) {
        g_propagate_error(error, g_steal_pointer(&failed));
        return FALSE;
    }
    if (now == NULL)
        return server_error(db, NULL, NULL, error);
    *is = g_strcmp0(laid, now) == 0;
    return TRUE;
}

static gboolean check_policies(Db *db, GPtrArray *faults, GError **error)
{
    gboolean is = FALSE;

    if (!server_is_as_laid(db, &is, error))
        return FALSE;
    if (!is)
        add(faults, "%s", server_not_as_laid());
    return TRUE;
}

static void check_connection(Db *db, GPtrArray *faults)
{
    const char *host = LIB->PQhost(db->server->connection);

    if (host != NULL && *host != '/' && !LIB->PQsslInUse(db->server->connection))
        add(faults, "%s",
            _("The connection to the server is not encrypted. Do not work there; tell whoever "
              "runs the server."));
    if (db_lacks_standby(db))
        add(faults, "%s", _("No other server confirms what is saved just now."));
    g_autofree char *names = server_ask(db, "SELECT " SERVER_STANDBYS);
    if (!db->server->standby && names != NULL && *names != '\0')
        add(faults, "%s",
            _("Another server confirms what is saved, but the unit's file does not say so, and "
              "nobody would be told when it is gone. Write standby=true in that file."));
}

gboolean server_check(Db *db, GPtrArray *faults, DbProgress progress, gpointer data, GError **error)
{
    if (db->server->role == NULL)
        return server_run(db, "SELECT 1", error);
    check_connection(db, faults);
    const gboolean done = check_roles(db, faults, error) && check_rows(db, faults, error) &&
                          check_policies(db, faults, error);
    if (progress)
        progress(1.0, data);
    return done;
}

/* Policies and functions with whom they are for, as the catalogue has them; of its names and texts
 * alone, for a database that is restored has other numbers. */
char *server_laid(Db *db)
{
    return server_ask(
        db,
        "SELECT encode(sha256(convert_to(string_agg(said, chr(10) ORDER BY said COLLATE \"C\"), "
        "'UTF8')),"
        " 'hex') FROM ("
        "SELECT concat_ws('|', 'policy', tablename, policyname, permissive, roles, cmd, qual, "
        "with_check)"
        "  FROM pg_policies WHERE schemaname = 'public'"
        " UNION ALL SELECT concat_ws('|', 'function', proname, prosecdef, proconfig, prosrc,"
        "  pg_get_userbyid(proowner), (SELECT string_agg(CAST(a AS TEXT), ',' ORDER BY CAST(a AS "
        "TEXT) COLLATE \"C\") FROM unnest(proacl) a))"
        "  FROM pg_proc WHERE pronamespace = CAST('public' AS regnamespace)"
        " UNION ALL SELECT concat_ws('|', 'table', relname, relrowsecurity, relforcerowsecurity,"
        "  pg_get_userbyid(relowner), (SELECT string_agg(CAST(a AS TEXT), ',' ORDER BY CAST(a AS "
        "TEXT) COLLATE \"C\") FROM unnest(relacl) a))"
        "  FROM pg_class WHERE relnamespace = CAST('public' AS regnamespace) AND relkind IN ('r', "
        "'v', 'm', 'S')"
        " UNION ALL SELECT concat_ws('|', 'trigger', tgname, CAST(CAST(tgrelid AS regclass) AS "
        "TEXT), tgenabled)"
        "  FROM pg_trigger WHERE NOT tgisinternal"
        ") AS all_of_it (said)");
}
