/* fixture_visit.h: a unit with clients and staff, for the tests of visits. The signed-in person is
 * a team lead; the clock stands at Sunday 22 November 2026, 10:00 (week 47). */
#pragma once

#include "care/client/client.h"
#include "care/task/task.h"
#include "care/visit/meeting.h"
#include "care/visit/summary.h"
#include "care/visit/visit.h"
#include "care/visit/visit_add.h"
#include "care/visit/visit_list.h"
#include "care/visit/visit_record.h"
#include "care/visit/visit_undo.h"
#include "care/visit/week_cell.h"
#include "tests/unit/care/fixture.h"

typedef struct {
    Fixture unit; /* first, so that the state is a Fixture too */
    Session *session;
    gint64 client, other, hidden; /* hidden: protected identity */
    gint64 staff, colleague;
} Visits;

static inline gint64 add_client(Session *session, const char *name, Protection protection)
{
    g_autoptr(Client) client = client_new();
    client->name = g_strdup(name);
    client->phone = g_strdup("08-123 45");
    client->birth_date = date_parse("1999-09-14");
    client->protection = protection;
    client->active = TRUE;
    assert_ok(client_add(session, client, &error));
    return client->id;
}

static inline gint64 add_staff(Session *session, const char *code, const char *name)
{
    gint64 id = 0;
    g_autoptr(DbTransaction) tx = NULL;
    assert_ok((tx = db_transaction(session_db(session), &error)));
    assert_ok((id = staff_add_known(session, code, name, ROLE_SUPPORT_WORKER, &error)));
    assert_ok(db_transaction_commit(tx, &error));
    return id;
}

/* Makes the client that support worker's own. */
static inline void make_own(Session *session, gint64 client, Session *worker)
{
    const DbParam *params =
        DB_PARAMS(DB_INT("id", client), DB_INT("worker", session_staff_id(worker)));
    assert_ok(db_run(session_db(session),
                     "UPDATE client SET support_worker_id = :worker WHERE id = :id", params, &error));
}

static inline int visits_setup(void **state)
{
    Visits *visits = g_new0(Visits, 1);
    fixture_start(&visits->unit);
    g_autofree char *shipped =
        g_build_filename(visits->unit.folder, "share", "dagsform", "forms", "avbokning.yaml", NULL);
    fixture_write(
        shipped, FORM_TEXT("1", CAUSE("sjuk", "Sjuk") CAUSE("ork", "Orkar inte")
                                    CAUSE("VIL", "Vill inte uppge") CAUSE(
                                        "INS", "Verksamhetens orsak") "        unitCause: true\n"));
    fixture_make(&visits->unit, ROLE_TEAM_LEAD);
    visits->session = visits->unit.session;
    visits->client = add_client(visits->session, "Emil Ärlig", PROTECTION_NONE);
    visits->other = add_client(visits->session, "Yusuf Essen", PROTECTION_NONE);
    visits->hidden = add_client(visits->session, "Siv Skyddad", PROTECTION_MARKED);
    visits->staff = add_staff(visits->session, "BS16", "Berit Stöd");
    visits->colleague = add_staff(visits->session, "BS15", "Carl Stöd");
    *state = visits;
    return 0;
}

static inline int visits_teardown(void **state)
{
    Visits *visits = *state;
    fixture_end(&visits->unit);
    g_free(visits);
    return 0;
}

#define VISIT_TEST(f) cmocka_unit_test_setup_teardown(f, visits_setup, visits_teardown)

static inline Visit *planned_visit(const Visits *visits, const char *date, const char *start)
{
    Visit *visit = visit_new();
    visit->client_id = visits->client;
    visit->staff_id = visits->staff;
    visit->date = date_parse(date);
    visit->start = time_parse(start);
    visit->minutes = 60;
    return visit;
}

static inline gint64 plan(const Visits *visits, const char *date, const char *start)
{
    g_autoptr(Visit) visit = planned_visit(visits, date, start);
    assert_ok(visit_add(visits->session, visit, &error));
    assert_true(visit->id != 0);
    return visit->id;
}

static inline Visit *get(const Visits *visits, gint64 id)
{
    Visit *visit = NULL;
    assert_ok((visit = visit_get(visits->session, id, &error)));
    return visit;
}

/* Texts are the caller's; nothing is to be cleared. */
static inline VisitOutcome came(Outcome outcome, const char *cause)
{
    VisitOutcome came_of;
    visit_outcome_init(&came_of);
    came_of.outcome = outcome;
    came_of.cause = (char *)cause;
    return came_of;
}

/* An outcome with all that can stand beside it. */
static inline VisitOutcome everything(void)
{
    VisitOutcome what = came(OUTCOME_CANCELLED, "ork");
    what.by = BY_RELATIVE;
    what.told = TOLD_SMS;
    what.notice = 5;
    what.cause_further = (char *)"sjuk";
    what.source = SOURCE_RELATIVE; /* D5 */
    what.words = (char *)"Jag \"orkar\" inte,\nsäger hon.";
    what.alternative = OFFER_PHONE;
    what.alternative_taken = 0;
    what.note = (char *)"Ringer på måndag";
    return what;
}

static inline void assert_same(const VisitOutcome *a, const VisitOutcome *b)
{
    assert_int_equal(a->outcome, b->outcome);
    assert_int_equal(a->by, b->by);
    assert_int_equal(a->told, b->told);
    assert_int_equal(a->notice, b->notice);
    assert_int_equal(g_strcmp0(a->cause, b->cause), 0);
    assert_int_equal(g_strcmp0(a->cause_further, b->cause_further), 0);
    assert_int_equal(a->source, b->source);
    assert_int_equal(g_strcmp0(a->words, b->words), 0);
    assert_int_equal(a->alternative, b->alternative);
    assert_int_equal(a->alternative_taken, b->alternative_taken);
    assert_int_equal(g_strcmp0(a->note, b->note), 0);
}

/* Records on the version that stands. */
static inline void record(const Visits *visits, gint64 id, VisitOutcome outcome)
{
    g_autoptr(Visit) visit = get(visits, id);
    assert_ok(visit_record(visits->session, id, visit->version, &outcome, NULL, NULL, &error));
}

static inline void record_with_time(const Visits *visits, gint64 id, VisitOutcome outcome,
                                    const char *date, const char *start)
{
    g_autoptr(Visit) visit = get(visits, id);
    NewTime time = {.date = date_parse(date), .start = time_parse(start), .minutes = 60};
    assert_ok(visit_record(visits->session, id, visit->version, &outcome,
                           &(VisitTimes){time, {.date = DATE_NONE}}, NULL, &error));
}

static inline gint64 ask(const Visits *visits, const char *sql, gint64 id)
{
    gint64 value = -1;
    assert_ok(opened_get_int(session_db(visits->session), sql, DB_PARAMS(DB_INT("id", id)), -1, &value,
                         &error));
    return value;
}

static inline gint64 open_rebook(const Visits *visits, gint64 visit)
{
    return ask(visits,
               "SELECT COUNT(*) FROM task WHERE visit_id = :id AND kind = 'rebook'"
               " AND done_ms IS NULL",
               visit);
}

/* The counts are those of the visits, and every reference leads somewhere. Those of the weeks
 * around the clock's day are kept anew, so that whatever comes next has to say which of them hold
 * no longer. */
static inline void assert_counts_true(const Visits *visits)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    assert_ok(meeting_verify(visits->session, faults, &error));
    if (faults->len > 0)
        fail_msg("%s", (const char *)g_ptr_array_index(faults, 0));
    assert_int_equal(fixture_faults(visits->session, NULL), 0);
    assert_ok(week_cells_prepare(visits->session, 202640, 202710, G_MAXINT, NULL, &error));
}
