/* as_person.c: where DAGSFORM_TEST_AS_PERSON is set and units are on a server (tests/on_server.c),
 * whoever signs in goes on as a login role of their own, so that the server's policies hold for
 * what the program does: without it the tests are a superuser, whom none of them binds. The linker
 * leads the calls here. */
#include <stdlib.h>

#include "base/clock.h"
#include "care/unit/making.h"
#include "care/unit/opening.h"
#include "db/server/server_private.h"

static void run(Db *db, const char *sql)
{
    g_autoptr(GError) error = NULL;

    if (!server_run(db, sql, &error))
        g_error("%s: %s", sql, error->message);
}

/* What is on a laptop is in a file there, in which nobody else writes. */
static gboolean is_laptop(Db *db)
{
    g_autofree char *of = server_ask(db, "SELECT value FROM meta WHERE key = 'laptop_of'");
    return of != NULL;
}

/* Its groups are all four: a role is of the whole server, and a test's unit has people whom that of
 * another test calls the same. Which one they are in is for tests/postgres/access.c. */
static Session *become(Session *session)
{
    Db *db = session != NULL ? session_db(session) : NULL;
    char day[DATE_SIZE];

    if (getenv("DAGSFORM_TEST_AS_PERSON") == NULL || session == NULL || db->server == NULL ||
        session_is_recovery(session) || is_laptop(db))
        return session;
    g_autofree char *who = server_ask(db, "SELECT access_unit()");
    g_autofree char *make = g_strdup_printf(
        "DO $$ BEGIN PERFORM pg_advisory_xact_lock(2);"
        " IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%s.%s') THEN"
        " CREATE ROLE \"%s.%s\" LOGIN IN ROLE %s_support_worker, %s_case_officer, %s_team_lead,"
        " %s_administrator; END IF; END $$",
        who, session_login(session), who, session_login(session), who, who, who, who);
    g_autofree char *as =
        g_strdup_printf("SET SESSION AUTHORIZATION \"%s.%s\"", who, session_login(session));
    g_autofree char *now =
        g_strdup_printf("SET access.day = '%s'", date_format(clock_today(), day));
    if (db->read_only)
        run(db, "SET default_transaction_read_only = off");
    run(db, make);
    if (db->read_only)
        run(db, "SET default_transaction_read_only = on");
    run(db, now);
    /* The row that says what this program saved last is that of who it was until now. */
    db->server->program ^= 1;
    run(db, as);
    return session;
}

Session *__real_session_open(const SessionOpening *opening, GError **error);
Session *__wrap_session_open(const SessionOpening *opening, GError **error);
Session *__wrap_session_open(const SessionOpening *opening, GError **error)
{
    return become(__real_session_open(opening, error));
}

Session *__real_session_create(const SessionOpening *opening, const char *unit_name,
                               const char *staff_name, StaffRole role, Secret **recovery_code,
                               GError **error);
Session *__wrap_session_create(const SessionOpening *opening, const char *unit_name,
                               const char *staff_name, StaffRole role, Secret **recovery_code,
                               GError **error);
Session *__wrap_session_create(const SessionOpening *opening, const char *unit_name,
                               const char *staff_name, StaffRole role, Secret **recovery_code,
                               GError **error)
{
    return become(
        __real_session_create(opening, unit_name, staff_name, role, recovery_code, error));
}
