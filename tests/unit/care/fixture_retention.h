/* fixture_retention.h: a unit whose clients were last noted about in November 2026; in March 2032 a
 * team lead and a case officer look at who is to be deleted. */
#pragma once

#include "tests/unit/care/fixture_client.h"

#include "care/client/client_named.h"
#include "care/client/retention.h"

#define NUMBER_KEPT "19440115-5488" /* born on the 15th */

typedef struct {
    Fixture unit; /* first */
    gint64 due, other, kept, hidden;
    Session *lead, *officer;
} Gallring;

static inline void retention_clock(const char *now)
{
    g_setenv("DAGSFORM_NOW", now, TRUE);
    assert_ok(clock_init(&error));
}

static inline int retention_setup(void **state)
{
    Gallring *unit = g_new0(Gallring, 1);
    fixture_start(&unit->unit);
    fixture_make(&unit->unit, ROLE_ADMINISTRATOR);
    fixture_user(&unit->unit, "hand", ROLE_CASE_OFFICER);
    fixture_user(&unit->unit, "led", ROLE_TEAM_LEAD);
    fixture_user(&unit->unit, "stod", ROLE_SUPPORT_WORKER);
    fixture_reopen(&unit->unit, "hand");
    unit->officer = unit->unit.session;
    unit->lead = fixture_open(&unit->unit, "led");
    unit->due = add(unit->officer, "Emil Ärlig", NUMBER_WOMAN, "B1");
    unit->other = add(unit->officer, "Yusuf Essen", NUMBER_OTHER, "B2");
    unit->kept = add(unit->officer, "Karin Kvar", NUMBER_KEPT, "B3");
    g_autoptr(Client) hidden = client_new();
    hidden->name = g_strdup("Siv Skyddad");
    hidden->birth_date = date_parse("1999-09-14");
    hidden->protection = PROTECTION_MARKED;
    assert_ok(client_add(unit->officer, hidden, &error)); /* and so the case officer is named */
    unit->hidden = hidden->id;
    *state = unit;
    return 0;
}

static inline int retention_teardown(void **state)
{
    Gallring *unit = *state;
    session_close(unit->lead);
    fixture_end(&unit->unit);
    g_free(unit);
    return 0;
}
#define RETENTION_TEST(f) cmocka_unit_test_setup_teardown(f, retention_setup, retention_teardown)

/* "due 2, confirmed 0, kept 1, open 0, closed 1". New. */
static inline char *said_of(Session *session)
{
    g_autoptr(RetentionProposal) proposal = NULL;
    assert_ok((proposal = retention_read(session, &error)));
    return g_strdup_printf("due %d, confirmed %d, kept %d, open %d, closed %d", (int)proposal->due,
                           (int)proposal->confirmed, (int)proposal->kept, (int)proposal->open,
                           (int)proposal->closed);
}

static inline void assert_proposal(Session *session, const char *wanted)
{
    g_autofree char *said = said_of(session);
    assert_string_equal(said, wanted);
}

static inline void propose(Session *session)
{
    g_autoptr(RetentionProposal) proposal = NULL;
    assert_ok((proposal = retention_propose(session, &error)));
}

static inline gint64 confirm(Session *session)
{
    gint64 count = 0;
    g_autoptr(RetentionProposal) seen = NULL;
    assert_ok((seen = retention_read(session, &error)));
    assert_ok(retention_confirm(session, seen, &count, &error));
    return count;
}

/* In March 2032, in Huddinge. */
static inline void propose_in_2032(const Gallring *unit, Session *by)
{
    retention_clock("2032-03-01T10:00");
    assert_ok(retention_municipality_set(unit->lead, "0126", &error));
    propose(by);
}
