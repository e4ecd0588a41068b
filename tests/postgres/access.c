/* access.c: who gets which rows of a server, tried as SQL by login roles of their own, past the
 * program. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "care/unit/role.h"
#include "db/server/server.h"
#include "db/server/server_access.h"
#include "db/server/server_login.h"
#include "tests/postgres/asserts.h"

#define DENIED "42501"

/* Those who sign in: their number, login and role. The worker is assigned to client 1, the
 * colleague to client 2; client 3 has protected identity and is the named officer's. Nobody is at
 * it but they. */
static const struct {
    int id;
    const char *login;
    StaffRole role;
    gboolean active;
} people[] = {
    {11, "worker", ROLE_SUPPORT_WORKER, TRUE}, {12, "colleague", ROLE_SUPPORT_WORKER, TRUE},
    {13, "officer", ROLE_CASE_OFFICER, TRUE},  {14, "named", ROLE_CASE_OFFICER, TRUE},
    {15, "lead", ROLE_TEAM_LEAD, TRUE},        {16, "admin", ROLE_ADMINISTRATOR, TRUE},
    {17, "former", ROLE_TEAM_LEAD, FALSE},
};
static const char *const roles[] = {"support_worker", "case_officer", "team_lead", "administrator"};

static PGconn *connect_as(const char *who)
{
    g_autofree char *role = who != NULL ? g_strconcat("reach.", who, NULL) : NULL;
    g_autofree char *where =
        g_strdup_printf("dbname=reach%s%s options='-c client_min_messages=error'",
                        role != NULL ? " user=" : "", role != NULL ? role : "");
    PGconn *connection = LIB->PQconnectdb(where);

    if (LIB->PQstatus(connection) != CONNECTION_OK)
        fail_msg("%s: %s", where, LIB->PQerrorMessage(connection));
    return connection;
}

/* The first value of the answer, "" where it has none; the SQLSTATE after a '!' where it is
 * refused. New. */
static char *answer_of(PGconn *connection, const char *sql)
{
    PGresult *result = LIB->PQexec(connection, sql);
    const ExecStatusType status = LIB->PQresultStatus(result);
    char *answer;

    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        answer = g_strconcat("!", LIB->PQresultErrorField(result, PG_DIAG_SQLSTATE), NULL);
    else
        answer = g_strdup(LIB->PQntuples(result) > 0 ? LIB->PQgetvalue(result, 0, 0) : "");
    LIB->PQclear(result);
    return answer;
}

static void run(PGconn *connection, const char *sql)
{
    PGresult *result = LIB->PQexec(connection, sql);
    const ExecStatusType status = LIB->PQresultStatus(result);

    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        fail_msg("%s: %s", sql, LIB->PQerrorMessage(connection));
    LIB->PQclear(result);
}

/* --- a unit with rows in every table ---------------------------------------------------------- */

/* Of every table three rows, for clients 1, 2 and 3: each number in one that is no colleague's is
 * the client's. Who they are of is staff 90, who cannot sign in. `given`: the row of client `nth`,
 * its own number so much higher, as an INSERT. The checks of a column are read for a value that it
 * takes; where words are sealed that begins as they do. */
static const char FILL[] =
    "CREATE FUNCTION pg_temp.row_of(t regclass, nth int, higher int) RETURNS text LANGUAGE plpgsql "
    "AS $$"
    " DECLARE a record; names text := ''; row_values text := ''; v text; BEGIN"
    "  FOR a IN SELECT attname, atttypid::regtype::text AS type, attnotnull,"
    "    (SELECT min(substring(pg_get_constraintdef(k.oid) FROM '''([^'']+)''')) FROM "
    "pg_constraint k"
    "     WHERE k.conrelid = t AND k.contype = 'c' AND k.conkey = ARRAY[p.attnum]) AS taken"
    "   FROM pg_attribute p WHERE attrelid = t AND attnum > 0 AND NOT attisdropped LOOP"
    "   v := CASE WHEN a.attname = 'unit_id' THEN '1' WHEN a.attname IN ('done_ms', "
    "'completed_ms', 'not_done',"
    "     'ended_on', 'withdrawn_ms', 'held_by', 'merged_into', 'login') THEN 'NULL'"
    "    WHEN a.attname IN ('staff_id', 'cover_id', 'created_by', 'support_worker_id', "
    "'case_officer_id')"
    "     OR a.attname LIKE '%\\_by' AND a.type = 'bigint' THEN '90'"
    "    WHEN a.attname IN ('stand_in', 'rebase', 'is_protected', 'interview') THEN '0'"
    "    WHEN a.attname IN ('date', 'day', 'starts_on') THEN '''2020-01-01'''"
    "    WHEN a.attname IN ('id', 'seq', 'key', 'hash', 'heading', 'item') THEN quote_literal(nth "
    "+ higher)"
    "    WHEN a.type = 'bigint' THEN nth::text WHEN a.type = 'bytea' THEN quote_literal('\\x00') "
    "|| '::bytea'"
    "    WHEN a.type = 'double precision' THEN '0'"
    "    ELSE quote_literal(coalesce(a.taken, nth::text)) END;"
    "   IF EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = t AND k.conname = 'sealed_' || "
    "a.attname) THEN"
    "    v := quote_literal('~' || nth + higher); END IF;"
    "   IF a.attname = 'protection' THEN v := CASE nth WHEN 3 THEN '''marked''' ELSE '''none''' "
    "END; END IF;"
    "   names := names || ', ' || quote_ident(a.attname); row_values := row_values || ', ' || v;"
    "  END LOOP;"
    "  RETURN format('INSERT INTO %s (%s) VALUES (%s)', t, substr(names, 3), substr(row_values, "
    "3));"
    " END $$";
/* What stands beside one's own number is not of a client. */
#define NO_ROWS_OF "'server_saved', 'meta', 'staff', 'unit', 'cover'"
static const char ROWS[] =
    "DO $$ DECLARE t regclass; k record; BEGIN"
    /* What a policy says is to be seen, and not what another table says after it. */
    " FOR k IN SELECT conrelid::regclass AS t, conname FROM pg_constraint WHERE contype = 'f' LOOP"
    "  EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', k.t, k.conname); END LOOP;"
    " FOR t IN SELECT c.oid FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND "
    "relkind = 'r'"
    "  AND relname NOT IN (" NO_ROWS_OF ") LOOP"
    "  FOR nth IN 1 .. 3 LOOP EXECUTE pg_temp.row_of(t, nth, 0); END LOOP; END LOOP;"
    " INSERT INTO unit (id, name, created_ms) VALUES (1, 'Enheten', 0);"
    " INSERT INTO staff (id, unit_id, name, role, created_ms) VALUES (90, 1, 'Ingen', "
    "'support-worker', 0);"
    " UPDATE client SET support_worker_id = 10 + id WHERE id < 3;"
    " UPDATE client SET support_worker_id = NULL WHERE id = 3;"
    " UPDATE client SET case_officer_id = NULL;"
    " UPDATE series SET staff_id = NULL;"
    " UPDATE client_named_staff SET staff_id = 14 WHERE client_id = 3;"
    " END $$";

static int setup(void **state)
{
    g_autoptr(Secret) key = NULL;
    g_autoptr(Db) db = NULL;
    gsize count;
    const Migration *list = migrate_embedded(&count);

    (void)state;
    i18n_init("en");
    assert_ok(secret_init(&error));
    assert_ok(server_library(&error) != NULL);
    PGconn *server = LIB->PQconnectdb("dbname=postgres");
    run(server, "CREATE DATABASE reach");
    LIB->PQfinish(server);
    key = secret_new(DB_KEY_BYTES);
    assert_ok(
        (db = server_open("dbname=reach", "reach.unit", key, DB_CREATE, list, count, &error)));
    PGconn *owner = connect_as(NULL);
    run(owner, FILL);
    run(owner, ROWS);
    for (gsize i = 0; i < G_N_ELEMENTS(people); i++) {
        g_autofree char *role = g_strconcat("reach.", people[i].login, NULL);
        g_autofree char *sql = g_strdup_printf(
            "INSERT INTO staff (id, unit_id, login, name, role, active, created_ms)"
            " VALUES (%d, 1, '%s', '%s', '%s', %d, 0); CREATE ROLE \"%s\" LOGIN IN ROLE reach_%s",
            people[i].id, people[i].login, people[i].login, role_code(people[i].role),
            people[i].active, role, roles[people[i].role]);
        run(owner, sql);
    }
    run(owner, "CREATE ROLE \"reach.#recovery\" LOGIN IN ROLE reach_administrator");
    LIB->PQfinish(owner);
    return 0;
}

/* --- the catalogue ---------------------------------------------------------------------------- */

static void assert_none(const char *what, const char *sql)
{
    PGconn *owner = connect_as(NULL);
    g_autofree char *found = answer_of(owner, sql);

    LIB->PQfinish(owner);
    if (*found != '\0')
        fail_msg("%s: %s", what, found);
}

static void no_table_is_forgotten(void **state)
{
#define OURS "c.relnamespace = 'public'::regnamespace"
    (void)state;
    assert_none("no row security is forced",
                "SELECT string_agg(relname, ' ') FROM pg_class c WHERE " OURS
                " AND relkind IN ('r', 'p')"
                " AND NOT (relrowsecurity AND relforcerowsecurity)");
    assert_none("access.sql does not name it",
                "SELECT string_agg(relname, ' ') FROM pg_class c WHERE " OURS " AND relkind = 'r'"
                " AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname "
                "<> 'access_owner')");
    assert_none("is not the owner's", "SELECT string_agg(relname, ' ') FROM pg_class c WHERE " OURS
                                      " AND relkind IN ('r', 'v', 'S')"
                                      " AND pg_get_userbyid(relowner) <> 'reach_owner'");
    assert_none("is everybody's",
                "SELECT string_agg(relname, ' ') FROM pg_class c, aclexplode(relacl) a WHERE " OURS
                " AND a.grantee = 0");
    assert_none("is everybody's to call",
                "SELECT string_agg(proname, ' ') FROM pg_proc p, aclexplode(coalesce(proacl, "
                "acldefault('f', proowner))) a"
                " WHERE p.pronamespace = 'public'::regnamespace AND a.grantee = 0");
    assert_none(
        "finds its tables by whatever path the caller has",
        "SELECT string_agg(proname, ' ') FROM pg_proc p WHERE p.pronamespace = "
        "'public'::regnamespace"
        " AND NOT coalesce(proconfig::text LIKE '%search_path=pg_catalog%pg_temp%', false)");
    assert_none(
        "may be emptied, pointed to or given triggers",
        "SELECT string_agg(DISTINCT relname, ' ') FROM pg_class c, aclexplode(relacl) a WHERE " OURS
        " AND a.grantee <> c.relowner AND a.privilege_type IN ('TRUNCATE', 'REFERENCES', "
        "'TRIGGER')");
    assert_none("owns a login role",
                "SELECT string_agg(rolname, ' ') FROM pg_roles WHERE rolname LIKE 'reach\\_%'"
                " AND (rolcanlogin OR rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls)");
}

/* But for the two that are asked of a row that is written. A call once a row of a million takes 15
 * s. */
static void nothing_is_called_for_each_row(void **state)
{
    (void)state;
    assert_none(
        "is called for each row",
        "SELECT string_agg(p.polrelid::regclass::text || ' ' || p.polname, ', ') FROM pg_policy p,"
        " regexp_replace(coalesce(pg_get_expr(polqual, polrelid), '') || "
        "coalesce(pg_get_expr(polwithcheck, polrelid), ''),"
        "  'access_(was_mine|just_made|laid_out)', '', 'g') AS said"
        " WHERE regexp_replace(said, 'SELECT access_\\w+\\([^)]*\\) AS access_\\w+', '', 'g') LIKE "
        "'%access\\_%'");
}

static void permits_are_those_of_the_program(void **state)
{
    static const char *const permits[PERMIT_COUNT] = {[PERMIT_CLIENT_READ] = "client-read",
                                                      [PERMIT_CLIENT_EDIT] = "client-edit",
                                                      [PERMIT_VISIT_RECORD] = "visit-record",
                                                      [PERMIT_WALK] = "walk",
                                                      [PERMIT_INTERVIEW] = "interview",
                                                      [PERMIT_REVIEW] = "review",
                                                      [PERMIT_IMPORT] = "import",
                                                      [PERMIT_USERS] = "users",
                                                      [PERMIT_CHECK] = "check",
                                                      [PERMIT_TAKE_CLOSED] = "take-closed",
                                                      [PERMIT_IMPROVE] = "improve",
                                                      [PERMIT_BACKUP] = "backup",
                                                      [PERMIT_LOG] = "log"};

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(people); i++) {
        PGconn *one = connect_as(people[i].login);
        for (int permit = 0; permit < PERMIT_COUNT; permit++) {
            g_autofree char *sql = g_strdup_printf("SELECT access_may('%s')", permits[permit]);
            g_autofree char *may = answer_of(one, sql);
            const gboolean wanted =
                people[i].active && role_permits(people[i].role, (Permit)permit);
            if (!g_str_equal(may, wanted ? "t" : "f"))
                fail_msg("%s, %s: %s", people[i].login, permits[permit], may);
        }
        LIB->PQfinish(one);
    }
}

/* --- each table, each role, each verb --------------------------------------------------------- */

/* Whose rows each gets to read, add, change and take away, a letter each of worker, officer, lead
 * and administrator: "1" one's own client's, "2" also the colleague's, "3" also the closed one's
 * (all), "-" none; where it is of no client, "3" and "-". */
static const struct {
    const char *table, *reads, *adds, *changes, *takes;
} rights[] = {
#include "tests/postgres/access_rights.h"
};

static char *first_line(PGconn *owner, const char *format, const char *table)
{
    g_autofree char *sql = g_strdup_printf(format, table);
    return answer_of(owner, sql);
}

/* How many of the three that is, as a letter of `rights`. */
static char letter(const char *rows)
{
    static const char *const sets[] = {"", "1", "12", "123"};
    for (gsize i = 0; i < G_N_ELEMENTS(sets); i++)
        if (g_str_equal(rows, sets[i]))
            return "-123"[i];
    return rows[0] == '!' ? '-' : '?';
}

static char try_rows(PGconn *one, const char *format, const char *table, const char *number,
                     const char *column)
{
    g_autofree char *rows = g_strdup_printf(format, table, number, column);
    g_autofree char *found = NULL;

    run(one, "BEGIN");
    found = answer_of(one, rows);
    run(one, "ROLLBACK");
    if (found[0] == '!' && strcmp(found + 1, DENIED) != 0 && strncmp(found + 1, "23", 2) != 0)
        fail_msg("%s: %s", rows, found);
    return letter(found);
}

/* A row that breaks a rule of the table has passed the policy: that one comes first. */
static char try_add(PGconn *one, char *const *adds)
{
    char rows[4] = "";

    for (int nth = 0; nth < 3; nth++) {
        run(one, "BEGIN");
        g_autofree char *said = answer_of(one, adds[nth]);
        run(one, "ROLLBACK");
        if (said[0] == '!' && strcmp(said + 1, DENIED) != 0 && strncmp(said + 1, "23", 2) != 0)
            fail_msg("%s: %s", adds[nth], said);
        if (strcmp(said, "!" DENIED) != 0) {
            const char number[] = {(char)('1' + nth), '\0'};
            g_strlcat(rows, number, sizeof rows);
        }
    }
    return letter(rows);
}

/* What tells a row of client n: a number of the key that is no colleague's and no unit's. */
#define NUMBER                                                                                     \
    "SELECT quote_ident(attname) FROM pg_attribute a WHERE attrelid = '%s'::regclass AND attnum "  \
    "> 0"                                                                                          \
    " AND (atttypid = 20 OR attname IN ('key', 'hash', 'heading')) AND attname NOT IN "            \
    "('unit_id', 'staff_id',"                                                                      \
    " 'demo', 'at_ms', 'created_ms', 'program') ORDER BY attname = 'client_id' DESC,"              \
    " attname IN ('id', 'seq', 'key', 'hash', 'heading') DESC, attnum LIMIT 1"
/* A column that whoever changes the row may write. */
#define COLUMN                                                                                     \
    "SELECT quote_ident(attname) FROM pg_attribute a WHERE attrelid = '%s'::regclass AND attnum "  \
    "> 0"                                                                                          \
    " AND attname NOT IN ('id', 'unit_id', 'client_id') AND NOT attisdropped ORDER BY attname = "  \
    "'changes' DESC, attnum DESC LIMIT 1"
#define READS "SELECT string_agg(DISTINCT right(%2$s::text, 1), '') FROM %1$s"
#define CHANGES                                                                                    \
    "WITH w AS (UPDATE %1$s SET %3$s = CASE '%1$s' WHEN 'audit' THEN NULL ELSE %3$s END"           \
    " RETURNING right(%2$s::text, 1) AS n) SELECT string_agg(DISTINCT n, '') FROM w"
#define TAKES                                                                                      \
    "WITH w AS (DELETE FROM %1$s RETURNING right(%2$s::text, 1) AS n) SELECT string_agg(DISTINCT " \
    "n, '') FROM w"

static void try_table(PGconn *owner, PGconn *const *ones, const char *table, char got[4][5])
{
    g_autofree char *number = first_line(owner, NUMBER, table);
    g_autofree char *column = first_line(owner, COLUMN, table);
    g_auto(GStrv) adds = g_new0(char *, 4);

    for (int nth = 0; nth < 3; nth++) {
        g_autofree char *sql =
            g_strdup_printf("SELECT pg_temp.row_of('%s', %d, 100)", table, nth + 1);
        adds[nth] = answer_of(owner, sql);
    }
    for (int i = 0; i < 4; i++) {
        got[0][i] = try_rows(ones[i], READS, table, number, column);
        got[1][i] = try_add(ones[i], adds);
        got[2][i] = try_rows(ones[i], CHANGES, table, number, column);
        got[3][i] = try_rows(ones[i], TAKES, table, number, column);
    }
}

static void each_gets_what_the_table_says(void **state)
{
    static const char *const who[] = {"worker", "officer", "lead", "admin"};
    PGconn *owner = connect_as(NULL), *ones[4];
    guint wrong = 0;

    (void)state;
    run(owner, FILL);
    for (int i = 0; i < 4; i++)
        ones[i] = connect_as(who[i]);
    PGresult *tables = LIB->PQexec(owner, "SELECT relname FROM pg_class c WHERE " OURS
                                          " AND relkind = 'r' AND relname NOT IN (" NO_ROWS_OF
                                          ") ORDER BY relname");
    if (getenv("GENERATE") == NULL)
        assert_int_equal(LIB->PQntuples(tables), G_N_ELEMENTS(rights));
    for (int t = 0; t < LIB->PQntuples(tables); t++) {
        const char *table = LIB->PQgetvalue(tables, t, 0);
        char got[4][5] = {"", "", "", ""};
        try_table(owner, ones, table, got);
        if (getenv("GENERATE") != NULL) {
            print_message("    {\"%s\", \"%s\", \"%s\", \"%s\", \"%s\"},\n", table, got[0], got[1],
                          got[2], got[3]);
            continue;
        }
        if (strcmp(rights[t].table, table) != 0 || strcmp(rights[t].reads, got[0]) != 0 ||
            strcmp(rights[t].adds, got[1]) != 0 || strcmp(rights[t].changes, got[2]) != 0 ||
            strcmp(rights[t].takes, got[3]) != 0) {
            print_message("# {\"%s\", \"%s\", \"%s\", \"%s\", \"%s\"},\n", table, got[0], got[1],
                          got[2], got[3]);
            wrong++;
        }
    }
    LIB->PQclear(tables);
    for (int i = 0; i < 4; i++)
        LIB->PQfinish(ones[i]);
    LIB->PQfinish(owner);
    assert_int_equal(wrong, 0);
}

/* --- by name ---------------------------------------------------------------------------------- */

#define TODAY "(SELECT access_day())"
/* Of the log, by the number that follows. */
#define ENTRY "ENTRY OF "

static const struct {
    const char *what, *who, *sql, *wanted;
} cases[] = {
    {"a protected card is read by who is named", "named",
     "SELECT count(*) FROM client WHERE id = 3", "1"},
    {"and not by another officer", "officer", "SELECT count(*) FROM client WHERE id = 3", "0"},
    {"nor by the team lead", "lead", "SELECT count(*) FROM client WHERE protection <> 'none'", "0"},
    {"who cannot name themselves", "lead", "INSERT INTO client_named_staff VALUES (3, 15)",
     "!" DENIED},
    {"nor assign themselves", "lead",
     "UPDATE client SET case_officer_id = 15 WHERE id = 3 RETURNING 1", ""},
    {"nor take the protection away", "lead",
     "UPDATE client SET protection = 'none' WHERE id = 3 RETURNING 1", ""},
    {"nor give a reason", "worker",
     "INSERT INTO client_reason (id, unit_id, client_id, staff_id, day, reason, given_ms)"
     " VALUES (70, 1, 3, 11, " TODAY ", 'other', 0)",
     "!" DENIED},
    {"nor plan a visit there", "lead",
     "INSERT INTO visit (id, unit_id, client_id, staff_id, date, start, minutes, week)"
     " VALUES (70, 1, 3, 15, " TODAY ", '08:00', 30, 1)",
     "!" DENIED},
    {"an orphan is claimed by nobody", "lead",
     "UPDATE client SET support_worker_id = NULL WHERE id = 3 RETURNING 1", ""},
    {"the administrator sees no client", "admin", "SELECT count(*) FROM client", "0"},
    {"and no answer", "admin", "SELECT count(*) FROM answer", "0"},
    {"but counts visits", "admin", "SELECT count(*) FROM visit", "3"},

    {"a colleague's client opens by a reason", "worker",
     "INSERT INTO client_reason (id, unit_id, client_id, staff_id,"
     " day, reason, given_ms) VALUES (70, 1, 2, 11, " TODAY
     ", 'other', 0); SELECT count(*) FROM consent",
     "2"},
    {"of oneself", "worker",
     "INSERT INTO client_reason (id, unit_id, client_id, staff_id, day, reason, given_ms)"
     " VALUES (70, 1, 2, 12, " TODAY ", 'other', 0)",
     "!" DENIED},
    {"of today", "worker",
     "INSERT INTO client_reason (id, unit_id, client_id, staff_id, day, reason, given_ms)"
     " VALUES (70, 1, 2, 11, '2099-01-01', 'other', 0)",
     "!" DENIED},
    {"and without one it does not", "worker", "SELECT count(*) FROM consent", "1"},
    {"not by a visit that one gives oneself", "worker",
     "INSERT INTO visit (id, unit_id, client_id, staff_id, date, start,"
     " minutes, week) VALUES (70, 1, 2, 11, " TODAY ", '08:00', 30, 1)",
     "!" DENIED},
    {"nor one that one moves there", "worker", "UPDATE visit SET client_id = 2 WHERE id = 1",
     "!" DENIED},
    {"nor takes from a colleague", "worker",
     "UPDATE visit SET staff_id = 11 WHERE id = 2 RETURNING 1", ""},
    {"nor goes along on", "worker", "INSERT INTO visit_second VALUES (2, 11, 0)", "!" DENIED},
    {"nor a series", "worker",
     "INSERT INTO series (id, client_id, staff_id, rrule, starts_on, start, minutes, created_ms,"
     " created_by) VALUES (70, 2, 11, 'x', " TODAY ", '08:00', 30, 0, 11)",
     "!" DENIED},
    {"nor a series taken over", "worker", "UPDATE series SET staff_id = 11 WHERE id = 2",
     "!" DENIED},
    {"nor changed", "worker", "UPDATE series SET minutes = 5 WHERE id = 2", "!" DENIED},
    {"but laid out it is", "worker",
     "UPDATE series SET laid_out_to = '2099-01-01' WHERE id = 2 RETURNING 1", "1"},
    {"nor a task", "worker",
     "INSERT INTO task (id, unit_id, kind, client_id, staff_id, due_date, created_ms, created_by)"
     " VALUES (70, 1, 'other', 2, 11, " TODAY ", 0, 11)",
     "!" DENIED},
    {"nor a form", "worker",
     "INSERT INTO response (id, unit_id, client_id, staff_id, form, form_hash, title, begun_ms,"
     " continued_ms) VALUES (70, 1, 2, 11, 'x', '1', 'x', 0, 0)",
     "!" DENIED},
    {"nor by saying that one covers", "worker",
     "INSERT INTO cover (id, unit_id, staff_id, cover_id, from_on, to_on,"
     " created_ms, created_by) VALUES (70, 1, 12, 11, '2000-01-01', '2099-01-01', 0, 11)",
     "!" DENIED},

    {"an entry of the log is one's own", "worker", ENTRY "11", "1"},
    {"a forged one is refused", "worker", ENTRY "12", "!" DENIED},
    {"none is changed", "lead", "UPDATE audit SET staff_id = 12", "!" DENIED},
    {"nor rewritten", "lead", "UPDATE audit SET changes = 'y'", "!" DENIED},
    {"nor emptied by a worker", "worker",
     "UPDATE audit SET changes = NULL WHERE seq = 1 RETURNING 1", ""},
    {"nor taken away", "lead", "DELETE FROM audit", "!" DENIED},
    {"nor all of them", "lead", "TRUNCATE audit", "!" DENIED},

    {"another's draft is not read", "worker", "SELECT count(*) FROM draft WHERE staff_id <> 11",
     "0"},
    {"nor written", "worker", "INSERT INTO draft VALUES (12, 'x', 70, '~x', 0)", "!" DENIED},
    {"one's own is", "worker", "INSERT INTO draft VALUES (11, 'x', 70, '~x', 0) RETURNING 1", "1"},

    {"and nothing is kept in clear", "worker",
     "INSERT INTO draft VALUES (11, 'x', 71, 'Kvittblomma', 0)", "!23514"},

    {"another's laptop is not brought home", "worker",
     "INSERT INTO sync_op VALUES (2, 70, 'x', 'x', 0)", "!" DENIED},
    {"nor given up", "worker", "UPDATE away SET state = 'lost' WHERE node = 2 RETURNING 1", ""},
    {"nor taken over", "worker", "UPDATE away SET staff_id = 11 RETURNING 1", ""},
    {"whoever logs may", "lead", "UPDATE away SET state = 'lost' WHERE node = 2 RETURNING 1", "1"},
    {"what did not fit is not settled for another's client", "worker",
     "UPDATE away_proposal SET settled = 'left' WHERE client_id = 2 RETURNING 1", ""},

    {"nobody raises their own role", "worker",
     "UPDATE staff SET role = 'team-lead' WHERE id = 11 RETURNING 1", ""},
    {"nor does an officer by what is read in", "officer",
     "UPDATE staff SET role = 'team-lead' WHERE id = 13 RETURNING 1", ""},
    {"nor opens a login", "officer",
     "INSERT INTO staff (id, unit_id, login, name, role, created_ms)"
     " VALUES (70, 1, 'ny', 'Ny', 'team-lead', 0)",
     "!" DENIED},
    {"a role that the row says and the group does not is none", "admin",
     "UPDATE staff SET role = 'team-lead' WHERE id = 16; SELECT count(*) FROM client", "0"},
    {"no other group is put on", "worker", "SET ROLE reach_team_lead", "!" DENIED},
    {"nor the owner", "admin", "SET ROLE reach_owner", "!" DENIED},
    {"nor another person", "worker", "SET SESSION AUTHORIZATION \"reach.lead\"", "!" DENIED},
    {"one's own group changes nothing", "worker",
     "SET ROLE reach_support_worker; SELECT count(*) FROM consent", "1"},
    {"no group is given", "admin", "GRANT reach_team_lead TO \"reach.admin\"", "!" DENIED},
    {"no role is made", "admin", "CREATE ROLE \"reach.ny\" LOGIN", "!" DENIED},
    {"no policy is taken away", "admin", "DROP POLICY access_select ON client", "!" DENIED},
    {"nor passed by", "lead", "SET row_security = off; SELECT count(*) FROM client", "!" DENIED},
    {"no trigger is laid", "lead",
     "CREATE TRIGGER t BEFORE INSERT ON visit FOR EACH ROW EXECUTE FUNCTION "
     "suppress_redundant_updates_trigger()",
     "!" DENIED},
    {"nothing is made here", "lead", "CREATE TABLE public.t (i int)", "!" DENIED},
    {"nor a function before the others", "lead",
     "CREATE FUNCTION public.starts_with(text, text) RETURNS boolean"
     " LANGUAGE sql AS 'SELECT true'",
     "!" DENIED},
    {"nor for oneself", "lead", "CREATE TEMP TABLE staff (i int)", "!" DENIED},
    {"no file is read", "lead", "COPY visit FROM PROGRAM 'id'", "!" DENIED},

    {"the marks of the database stay", "admin",
     "UPDATE meta SET value = '0' WHERE key = 'schema_version' RETURNING 1", ""},
    {"nor does anybody say that the unit lies elsewhere", "lead",
     "INSERT INTO meta VALUES ('moved_to', '/x')", "!" DENIED},
    {"nor that it is on its way", "lead", "INSERT INTO meta VALUES ('moving_to', '/x')", "!" DENIED},
    {"nor that it is a laptop", "lead", "INSERT INTO meta VALUES ('laptop_of', '1')", "!" DENIED},
    {"nor what was laid on the server", "admin", "INSERT INTO meta VALUES ('server_laid', 'x')",
     "!" DENIED},
    {"nor that the key is another", "worker", "UPDATE meta SET value = 'x' WHERE key = 'writer'",
     "!" DENIED},
    {"nor takes a mark away under another name", "worker",
     "UPDATE meta SET key = 'x' WHERE key = 'writer'", "!" DENIED},
    {"the writer's turn is everybody's", "worker",
     "SELECT count(*) FROM (SELECT value FROM meta WHERE key = 'writer'"
     " FOR UPDATE) w",
     "1"},
    {"the recovery code sees no client", "#recovery", "SELECT count(*) FROM client", "0"},
    {"nor what is not read in", "#recovery", "SELECT count(*) FROM import", "0"},
    {"but manages users", "#recovery",
     "UPDATE staff SET role = 'team-lead' WHERE id = 11 RETURNING 1", "1"},
    {"and it stands in the log", "#recovery", ENTRY "0", "1"},
    {"who has left is nobody", "former", "SELECT count(*) FROM visit", "0"},
    {"and writes nothing", "former", ENTRY "17", "!" DENIED},
    {"nor takes a turn", "former", "SELECT count(*) FROM (SELECT 1 FROM meta FOR UPDATE) w", "0"},
};

static char *case_of(PGconn *owner, const char *sql)
{
    if (!g_str_has_prefix(sql, ENTRY))
        return g_strdup(sql);
    g_autofree char *entry = g_strdup_printf(
        "SELECT replace(pg_temp.row_of('audit', 1, 69), ', 90, ', ', %s, ') || ' RETURNING 1'",
        sql + strlen(ENTRY));
    return answer_of(owner, entry);
}

static void past_the_program(void **state)
{
    PGconn *owner = connect_as(NULL);

    run(owner, FILL);
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        PGconn *one = connect_as(cases[i].who);
        run(one, "BEGIN");
        g_autofree char *sql = case_of(owner, cases[i].sql);
        g_autofree char *got = answer_of(one, sql);
        LIB->PQfinish(one);
        if (strcmp(got, cases[i].wanted) != 0)
            fail_msg("%s: %s as %s: %s, not %s", cases[i].what, cases[i].sql, cases[i].who, got,
                     cases[i].wanted);
    }
    LIB->PQfinish(owner);
}

/* For the days of the cover, and no others; a protected client's stays closed. */
static void whoever_covers_sees_what_the_colleague_saw(void **state)
{
    static const struct {
        const char *from, *to, *wanted;
    } days[] = {{"access_day()", "access_day()", "1,2"},
                {"'2000-01-01'", "access_since()", "1"},
                {"'2099-01-01'", "'2099-02-01'", "1"}};

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(days); i++) {
        PGconn *owner = connect_as(NULL), *one = connect_as("worker");
        g_autofree char *cover = g_strdup_printf(
            "DELETE FROM cover; INSERT INTO cover (id, unit_id, staff_id, cover_id, from_on, to_on,"
            " created_ms, created_by) VALUES (1, 1, 12, 11, %s, %s, 0, 12);"
            " UPDATE client SET support_worker_id = 12 WHERE id = 3",
            days[i].from, days[i].to);
        run(owner, cover);
        g_autofree char *seen = answer_of(
            one, "SELECT string_agg(client_id::text, ',' ORDER BY client_id) FROM consent");
        run(owner, "DELETE FROM cover; UPDATE client SET support_worker_id = NULL WHERE id = 3");
        LIB->PQfinish(one);
        LIB->PQfinish(owner);
        assert_string_equal(seen, days[i].wanted);
    }
}

/* Laid once more it is as it was, and whoever has logged in meanwhile goes on. */
static void is_laid_anew(void **state)
{
#define LAID                                                                                       \
    "SELECT md5(string_agg(x, '|' ORDER BY x)) FROM (SELECT polrelid::regclass || polname ||"      \
    " coalesce(pg_get_expr(polqual, polrelid), '') || coalesce(pg_get_expr(polwithcheck, "         \
    "polrelid), '')"                                                                               \
    " FROM pg_policy UNION ALL SELECT relname || relacl::text FROM pg_class c WHERE " OURS         \
    ") y (x)"
    g_autoptr(Secret) key = secret_new(DB_KEY_BYTES);
    g_autoptr(Db) db = NULL;
    PGconn *owner = connect_as(NULL), *one = connect_as("worker");
    gsize count;
    const Migration *list = migrate_embedded(&count);

    (void)state;
    g_autofree char *before = answer_of(owner, LAID);
    assert_ok(
        (db = server_open("dbname=reach", "reach.unit", key, DB_READ_WRITE, list, count, &error)));
    /* As an upgrade does that changes a column of which policies speak. */
    g_autoptr(DbTransaction) tx = NULL;
    assert_ok((tx = db_transaction(db, &error)));
    assert_ok(server_access_lift(db, &error));
    assert_ok(server_run(db, "ALTER TABLE series ALTER COLUMN client_id TYPE BIGINT", &error));
    assert_ok(server_access_lay(db, &error));
    assert_ok(db_transaction_commit(tx, &error));
    g_autofree char *after = answer_of(owner, LAID);
    g_autofree char *seen = answer_of(one, "SELECT count(*) FROM consent");
    LIB->PQfinish(one);
    LIB->PQfinish(owner);
    assert_string_equal(before, after);
    assert_string_equal(seen, "1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_table_is_forgotten),
        cmocka_unit_test(nothing_is_called_for_each_row),
        cmocka_unit_test(permits_are_those_of_the_program),
        cmocka_unit_test(each_gets_what_the_table_says),
        cmocka_unit_test(past_the_program),
        cmocka_unit_test(whoever_covers_sees_what_the_colleague_saw),
        cmocka_unit_test(is_laid_anew),
    };
    return cmocka_run_group_tests_name("postgres/access", tests, setup, NULL);
}
