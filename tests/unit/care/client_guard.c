/* client_guard: everything that is kept about somebody with protected identity is closed to a
 * colleague whose role allows it, and open to those who are named (B2). One test for each reader
 * and writer: a new one is added to the table. */
#include "care/client/client_guard.h"

#include "care/client/care_order.h"
#include "care/client/client_merge.h"
#include "care/client/client_named.h"
#include "care/client/closing.h"
#include "care/client/consent_entry.h"
#include "care/client/contact_note.h"
#include "care/client/decision_version.h"
#include "care/client/dispute.h"
#include "care/client/group.h"
#include "care/client/implementation.h"
#include "care/client/plan.h"
#include "care/client/quote.h"
#include "care/client/risk_note.h"
#include "care/completion/decision_entry.h"
#include "care/laptop/laptop_proposal.h"
#include "care/placement/placement.h"
#include "care/visit/absence.h"
#include "care/visit/out.h"
#include "care/visit/second.h"
#include "care/visit/series.h"
#include "care/visit/visit_history.h"
#include "care/visit/visit_propose.h"
#include "tests/unit/care/fixture_response.h"

/* What there is of the protected person; the visit is another's (Berit's), and recorded. */
typedef struct {
    const Desk *desk;
    gint64 client, visit, planned, series, task, response, placement, decision, order, plan,
        consent;
} Kept;

static Series *weekly_series(const Kept *kept)
{
    Series *series = g_new0(Series, 1);
    series->client_id = kept->client;
    series->staff_id = kept->desk->visits.staff;
    series->rrule = g_strdup("FREQ=WEEKLY");
    series->starts_on = date_parse("2026-11-25");
    series->ends_on = DATE_NONE;
    series->start = 15 * 60;
    series->minutes = 60;
    return series;
}

static gint64 plan_hidden(const Kept *kept, const char *date)
{
    g_autoptr(Visit) visit = planned_visit(&kept->desk->visits, date, "13:00");
    visit->client_id = kept->client;
    assert_ok(visit_add(kept->desk->lead, visit, &error));
    return visit->id;
}

static Decision *granted_to(gint64 client)
{
    Decision *decision = decision_new();
    decision->client_id = client;
    decision->kind = g_strdup("granted");
    decision->decided_on = clock_today();
    decision->decided_by = g_strdup("Harriet Ek");
    return decision;
}

static Kept keep(const Desk *desk)
{
    Kept kept = {.desk = desk, .client = desk->hidden};
    kept.visit = plan_hidden(&kept, "2026-11-20");
    kept.planned = plan_hidden(&kept, "2026-11-24");
    const VisitOutcome what = everything();
    assert_ok(visit_record(desk->lead, kept.visit, 1, &what, NULL, NULL, &error));
    g_autoptr(Series) series = weekly_series(&kept);
    assert_ok(series_add(desk->lead, series, &error));
    kept.series = series->id;
    g_autoptr(Task) task = task_new();
    task->client_id = kept.client;
    task->staff_id = desk->visits.staff;
    task->due_date = clock_today();
    assert_ok(task_add(desk->lead, task, &error));
    kept.task = task->id;
    g_autoptr(Response) response = begin(desk->lead, "liten", kept.client);
    kept.response = response->id;
    Placement placement = {
        .client_id = kept.client, .started_on = date_parse("2026-01-07"), .ended_on = DATE_NONE};
    assert_ok(placement_save(desk->lead, &placement, &error));
    kept.placement = placement.id;
    g_autoptr(Decision) decision = granted_to(kept.client);
    assert_ok(decision_enter(desk->lead, decision, NULL, &error));
    kept.decision = decision->id;
    g_autoptr(CareOrder) order = NULL;
    assert_ok((order = care_order_new(desk->lead, decision, &error)));
    assert_ok(care_order_add(desk->lead, order, &error));
    kept.order = order->id;
    g_autoptr(GPtrArray) plans = NULL;
    assert_ok((plans = implementation_of_client(desk->lead, kept.client, &error)));
    kept.plan = ((const Implementation *)plans->pdata[0])->id;
    g_autoptr(Consent) no = consent_entry_new(kept.client);
    no->given = FALSE;
    assert_ok(consent_enter(desk->lead, no, 0, &error));
    kept.consent = no->id;
    return kept;
}

/* --- each reader and writer: whether it gave or did what it was asked for --------------------- */

#define READER(name, call)                                                                         \
    static gboolean name(Session *session, const Kept *kept, GError **error)                       \
    {                                                                                              \
        g_autoptr(GPtrArray) rows = (call);                                                        \
        return rows != NULL;                                                                       \
    }
#define WRITER(name, call)                                                                         \
    static gboolean name(Session *session, const Kept *kept, GError **error)                       \
    {                                                                                              \
        return (call);                                                                             \
    }

static gboolean card(Session *session, const Kept *kept, GError **error)
{
    g_autoptr(Client) client = client_open(session, kept->client, error);
    return client != NULL;
}
static gboolean card_changed(Session *session, const Kept *kept, GError **error)
{
    g_autoptr(Client) client = client_open(kept->desk->lead, kept->client, error);
    assert_non_null(client);
    g_free(client->phone);
    client->phone = g_strdup("08-1");
    return client_change(session, client, error);
}
static gboolean one_visit(Session *session, const Kept *kept, GError **error)
{
    g_autoptr(Visit) visit = visit_get(session, kept->visit, error);
    return visit != NULL;
}
static gboolean recorded(Session *session, const Kept *kept, GError **error)
{
    g_autoptr(Visit) visit = get(&kept->desk->visits, kept->planned);
    const VisitOutcome done = came(OUTCOME_DONE, NULL);
    return visit_record(session, kept->planned, visit->version, &done, NULL, NULL, error);
}
static gboolean planned(Session *session, const Kept *kept, GError **error)
{
    g_autoptr(Visit) visit = planned_visit(&kept->desk->visits, "2026-11-27", "09:00");
    visit->client_id = kept->client;
    return visit_add(session, visit, error);
}
static gboolean series_planned(Session *session, const Kept *kept, GError **error)
{
    g_autoptr(Series) series = weekly_series(kept);
    return series_add(session, series, error);
}
static gboolean away(Session *session, const Kept *kept, GError **error)
{
    g_autoptr(Absence) absence = absence_new(kept->client);
    absence->from = absence->to = date_parse("2026-12-24");
    return absence_add(session, absence, NULL, error);
}
static gboolean decided(Session *session, const Kept *kept, GError **error)
{
    g_autoptr(Decision) decision = granted_to(kept->client);
    return decision_enter(session, decision, NULL, error);
}
static gboolean decision_read(Session *session, const Kept *kept, GError **error)
{
    g_autoptr(Decision) decision = decision_get(session, kept->decision, error);
    return decision != NULL;
}
static gboolean corrected(Session *session, const Kept *kept, GError **error)
{
    g_autoptr(Decision) decision = decision_get(kept->desk->lead, kept->decision, error);
    assert_non_null(decision);
    decision->month_minutes += 60;
    return decision_change(session, decision, NULL, error);
}
static gboolean order_read(Session *session, const Kept *kept, GError **error)
{
    g_autoptr(CareOrder) order = care_order_get(session, kept->order, error);
    return order != NULL;
}
static gboolean plan_got(Session *session, const Kept *kept, GError **error)
{
    g_autoptr(Implementation) plan = implementation_get(session, kept->plan, error);
    return plan != NULL;
}
static gboolean ordered(Session *session, const Kept *kept, GError **error)
{
    g_autoptr(Decision) decision = decision_get(kept->desk->lead, kept->decision, error);
    assert_non_null(decision);
    g_autoptr(CareOrder) order = care_order_new(session, decision, error);
    return care_order_add(session, order, error);
}
static gboolean order_changed(Session *session, const Kept *kept, GError **error)
{
    g_autoptr(CareOrder) order = care_order_get(kept->desk->lead, kept->order, error);
    assert_non_null(order);
    order->words = g_strdup("Mer.");
    return care_order_change(session, order, error);
}
static gboolean plan_noted(Session *session, const Kept *kept, GError **error)
{
    g_autoptr(Implementation) plan = implementation_new(kept->client, kept->decision);
    plan->due = clock_today();
    return implementation_add(session, plan, error);
}
static gboolean plan_changed(Session *session, const Kept *kept, GError **error)
{
    g_autoptr(Implementation) plan = implementation_get(kept->desk->lead, kept->plan, error);
    assert_non_null(plan);
    plan->due = clock_today() - 1;
    return implementation_change(session, plan, error);
}
static gboolean consent_entered(Session *session, const Kept *kept, GError **error)
{
    g_autoptr(Consent) consent = consent_entry_new(kept->client);
    consent->given = FALSE;
    return consent_enter(session, consent, 0, error);
}
static gboolean consent_kept(Session *session, const Kept *kept, GError **error)
{
    g_autoptr(Consent) consent = consent_get(session, kept->consent, error);
    return consent != NULL;
}
static gboolean consent_settled(Session *session, const Kept *kept, GError **error)
{
    return consent_settle(session, kept->consent, CONSENT_BOTH_HOLD, error);
}
static gboolean risk_read(Session *session, const Kept *kept, GError **error)
{
    g_autoptr(GPtrArray) all = risk_note_all(session, kept->client, error);
    return all != NULL;
}
static gboolean risk_stands(Session *session, const Kept *kept, GError **error)
{
    g_autoptr(RiskNote) note = risk_note_of(session, kept->client, error);
    return note != NULL;
}
static gboolean risk_written(Session *session, const Kept *kept, GError **error)
{
    gint64 before = 0;
    return opened_get_int(session_db(session),
                      "SELECT MAX(id) FROM risk_note WHERE client_id = :client"
                      " AND ended_ms IS NULL",
                      DB_PARAMS(DB_INT("client", kept->client)), 0, &before, error) &&
           risk_note_write(session, kept->client, "Hunden är lös.", before, error);
}
static gboolean went_out(Session *session, const Kept *kept, GError **error)
{
    gint64 id = 0;
    return out_go(session, kept->visit, clock_now_ms() + 3600 * 1000, &id, error) &&
           out_end(session, id, error);
}
static gboolean goes_along(Session *session, const Kept *kept, GError **error)
{
    return second_set(session, kept->planned, 0, FALSE, error);
}
/* Taken back at once: the others want somebody whose help goes on. */
static gboolean closed(Session *session, const Kept *kept, GError **error)
{
    g_autoptr(Closing) closing = closing_new(kept->client);
    closing->last_day = date_parse("2027-12-24");
    return closing_add(session, closing, NULL, error) &&
           closing_reopen(session, kept->client, DATE_NONE, NULL, error);
}
static gboolean task_given(Session *session, const Kept *kept, GError **error)
{
    g_autoptr(Task) task = task_new();
    task->client_id = kept->client;
    task->due_date = clock_today();
    return task_add(session, task, error);
}
static gboolean disputed(Session *session, const Kept *kept, GError **error)
{
    g_autoptr(Dispute) dispute = dispute_new();
    dispute->client_id = kept->client;
    dispute->about = DISPUTE_VISIT;
    dispute->about_id = kept->visit;
    dispute->entry = g_strdup("Besöket");
    dispute->words = g_strdup("Det var inte så.");
    dispute->said_on = clock_today();
    return dispute_add(session, dispute, error);
}
static gboolean plan_read(Session *session, const Kept *kept, GError **error)
{
    g_autoptr(GError) fault = NULL;
    g_autoptr(Plan) plan = plan_of_client(session, kept->client, &fault);
    gboolean given = fault == NULL && plan == NULL; /* there is none: no error */
    if (fault != NULL)
        g_propagate_error(error, g_steal_pointer(&fault));
    return given;
}
static gboolean latest(Session *session, const Kept *kept, GError **error)
{
    g_autoptr(GError) fault = NULL;
    g_autoptr(Answers) answers = NULL;
    g_autoptr(Response) response =
        response_latest(session, kept->client, "liten", &answers, &fault);
    gboolean given = fault == NULL && response == NULL; /* none is completed */
    if (fault != NULL)
        g_propagate_error(error, g_steal_pointer(&fault));
    return given;
}
static gboolean form_opened(Session *session, const Kept *kept, GError **error)
{
    g_autoptr(Form) form = NULL;
    g_autoptr(Answers) answers = NULL;
    g_autoptr(Response) response =
        response_open(session, kept->response, FALSE, FALSE, &form, &answers, error);
    return response != NULL;
}
static gboolean form_begun(Session *session, const Kept *kept, GError **error)
{
    g_autoptr(Form) form = response_form(session, "liten", error);
    assert_non_null(form);
    g_autoptr(Response) response =
        response_begin(session, form, kept->client, form->respondent, 0, NULL, error);
    return response != NULL;
}
static gboolean placement_read(Session *session, const Kept *kept, GError **error)
{
    g_autoptr(Placement) placement = placement_open(session, kept->placement, error);
    return placement != NULL;
}
static gboolean placement_added(Session *session, const Kept *kept, GError **error)
{
    Placement placement = {.client_id = kept->client,
                           .started_on = date_parse("2025-01-07"),
                           .ended_on = date_parse("2025-02-07")};
    return placement_save(session, &placement, error);
}
READER(history, client_history(session, kept->client, 10, error))
READER(named, client_named_staff(session, kept->client, error))
READER(consents, consent_of_client(session, kept->client, error))
READER(quotes, quote_of_client(session, kept->client, error))
READER(absences, absence_of_client(session, kept->client, error))
READER(closings, closing_of_client(session, kept->client, error))
READER(journal, contact_note_of_client(session, kept->client, error))
READER(proposals, proposal_of_client(session, kept->client, error))
READER(disputes, dispute_of_client(session, kept->client, error))
READER(merges, client_merges(session, kept->client, error))
READER(decisions, decision_of_client(session, kept->client, error))
READER(decision_before, decision_versions(session, kept->client, kept->decision, error))
READER(orders, care_order_of_client(session, kept->client, error))
READER(implementations, implementation_of_client(session, kept->client, error))
READER(responses, response_of_client(session, kept->client, error))
READER(groups, group_stays(session, kept->client, error))
READER(placements, placement_of_client(session, kept->client, error))
READER(placement_forms, response_of_placement(session, kept->placement, error))
READER(series_read, series_of_client(session, kept->client, error))
READER(visit_before, visit_history(session, kept->visit, error))
WRITER(order_sent, care_order_send(session, kept->order, clock_today(), error))
WRITER(told_late, implementation_tell_late(session, kept->plan, error))
WRITER(plan_removed, implementation_remove(session, kept->plan, error))
WRITER(undone, visit_undo(session, kept->visit, NULL, error))
WRITER(redone, visit_redo(session, kept->visit, NULL, error))
WRITER(task_done, task_finish(session, kept->task, NULL, error))
WRITER(removed, visit_remove(session, kept->planned, error))
WRITER(series_handed, series_hand_over(session, kept->series, session_staff_id(session),
                                       date_parse("2026-11-30"), NULL, error))
WRITER(series_ended, series_end(session, kept->series, date_parse("2026-12-01"), error))
WRITER(named_more, client_name_staff(session, kept->client, session_staff_id(session), TRUE, error))

/* In an order in which whoever may can do all of them, one after another. */
static const struct {
    const char *what;
    gboolean (*ask)(Session *session, const Kept *kept, GError **error);
} asked[] = {
    {"the card", card},
    {"its log", history},
    {"who is named", named},
    {"risk written", risk_written},
    {"risk", risk_read},
    {"risk that stands", risk_stands},
    {"out on a visit", went_out},
    {"two go", goes_along},
    {"consents", consents},
    {"consent entered", consent_entered},
    {"consent", consent_kept},
    {"consent settled", consent_settled},
    {"quotes for the meeting", quotes},
    {"when the client is away", absences},
    {"how the help ended", closings},
    {"journal", journal},
    {"what the client says is wrong", disputes},
    {"what came from a laptop", proposals},
    {"cards that were merged into the one", merges},
    {"decisions", decisions},
    {"a decision", decision_read},
    {"a decision's earlier versions", decision_before},
    {"orders", orders},
    {"an order", order_read},
    {"implementation plans", implementations},
    {"an implementation plan", plan_got},
    {"the plan's two questions", plan_read},
    {"forms", responses},
    {"the latest form", latest},
    {"a form", form_opened},
    {"groups", groups},
    {"placements", placements},
    {"a placement", placement_read},
    {"the forms of a placement", placement_forms},
    {"series", series_read},
    {"a visit", one_visit},
    {"a visit's earlier states", visit_before},
    {"changing the card", card_changed},
    {"planning a visit", planned},
    {"recording a visit", recorded},
    {"undoing", undone},
    {"redoing", redone},
    {"planning recurring visits", series_planned},
    {"noting that the client is away", away},
    {"entering a decision", decided},
    {"correcting a decision", corrected},
    {"ordering", ordered},
    {"changing an order", order_changed},
    {"noting that an order was sent", order_sent},
    {"awaiting an implementation plan", plan_noted},
    {"changing an implementation plan", plan_changed},
    {"telling that a plan is late", told_late},
    {"taking away an implementation plan", plan_removed},
    {"ending the help", closed},
    {"giving a task", task_given},
    {"doing a task", task_done},
    {"noting what the client says is wrong", disputed},
    {"beginning a form", form_begun},
    {"adding a placement", placement_added},
    {"giving recurring visits to another", series_handed},
    {"ending recurring visits", series_ended},
    {"naming oneself", named_more},
};

static gint64 denials(const Desk *desk)
{
    return fixture_int(desk->lead, "SELECT count(*) FROM audit WHERE action = 'denied'");
}

static void test_b2_every_reader(void **state)
{
    const Desk *desk = *state;
    const Kept kept = keep(desk);
    for (gsize i = 0; i < G_N_ELEMENTS(asked); i++) {
        g_autoptr(GError) error = NULL;
        const gint64 before = denials(desk);
        const gboolean given = asked[i].ask(desk->officer, &kept, &error);
        if (given || !g_error_matches(error, DAGSFORM_ERROR, ERROR_DENIED) ||
            denials(desk) != before + 1)
            fail_msg("%s: %s, %s", asked[i].what, given ? "given" : "refused",
                     error != NULL ? error->message : "without a sentence or a line in the log");
    }
    for (gsize i = 0; i < G_N_ELEMENTS(asked); i++) {
        g_autoptr(GError) error = NULL;
        if (!asked[i].ask(desk->lead, &kept, &error))
            fail_msg("%s: %s", asked[i].what, error != NULL ? error->message : "refused");
    }
    g_autoptr(GError) error = NULL;
    assert_false(removed(desk->officer, &kept, &error));
    assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_DENIED));
}

static void assert_lists(Session *session, gint64 staff, gint64 visits, guint tasks)
{
    const VisitQuery queries[] = {
        {.from = DATE_NONE, .to = DATE_NONE, .outcome = -1, .staff_id = staff},
        {.from = date_parse("2026-11-20"), .to = DATE_NONE, .outcome = -1, .backwards = TRUE},
        {.from = DATE_NONE, .to = DATE_NONE, .outcome = -1, .missed = TRUE},
    };
    gint64 count = -1, open = 0, due = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(queries); i++) {
        g_autoptr(GPtrArray) rows = NULL;
        assert_ok((rows = visit_list(session, &queries[i], NULL, 99, &error)));
        assert_ok(visit_count(session, &queries[i], &count, &error));
        assert_int_equal(count, rows->len);
        assert_int_equal(count, queries[i].missed ? MIN(visits, 1) : visits);
    }
    g_autoptr(GPtrArray) list = NULL;
    assert_ok((list = task_list(session, (TaskFilter){0}, NULL, 9, &error)));
    assert_ok(task_count(session, (TaskFilter){0}, clock_today(), &open, &due, &error));
    assert_int_equal(list->len, tasks);
    assert_int_equal(open, tasks);
}

/* Lists leave out what one may not see, also by a colleague's name and by the client's; whoever
 * is to go there sees their own visit. */
static void test_b2_lists(void **state)
{
    const Desk *desk = *state;
    const Kept kept = keep(desk);
    VisitQuery query = {
        .from = DATE_NONE, .to = DATE_NONE, .outcome = -1, .client_id = kept.client};
    gint64 count = -1;
    g_autoptr(GPtrArray) all = NULL;
    assert_ok((all = visit_list(desk->lead, &query, NULL, 99, &error)));
    assert_lists(desk->officer, desk->visits.staff, 0, 0);
    assert_lists(desk->lead, desk->visits.staff, all->len, 3); /* one to rebook, one plan */
    assert_ok(visit_count(desk->officer, &query, &count, &error));
    assert_int_equal(count, 0);
    assert_ok(visit_count_closed(desk->officer, &query, &count, &error));
    assert_int_equal(count, all->len);
    assert_ok(visit_count_closed(desk->lead, &query, &count, &error));
    assert_int_equal(count, 0);
    g_autoptr(Visit) own = planned_visit(&desk->visits, "2026-11-26", "10:00");
    own->client_id = kept.client;
    own->staff_id = session_staff_id(desk->worker);
    assert_ok(visit_add(desk->lead, own, &error));
    assert_ok(visit_count(desk->worker, &query, &count, &error));
    assert_int_equal(count, 1);
    assert_ok(visit_count_closed(desk->worker, &query, &count, &error));
    assert_int_equal(count, all->len);
    const VisitOutcome done = came(OUTCOME_DONE, NULL);
    assert_ok(visit_record(desk->worker, own->id, 1, &done, NULL, NULL, &error));
    assert_fails(client_open(desk->worker, kept.client, &error), ERROR_DENIED);
}

/* Nor is it told by way of what a new time would clash with when somebody is busy. */
static void test_b2_clashes(void **state)
{
    const Desk *desk = *state;
    const Kept kept = keep(desk);
    const Visit wanted = {.client_id = kept.client};
    const NewTime time = {.date = date_parse("2026-11-24"), .start = 13 * 60, .minutes = 60};
    g_autofree char *theirs = NULL, *own = NULL;
    assert_ok((theirs = visit_time_warning(desk->officer, &wanted, &time, &error)));
    assert_ok((own = visit_time_warning(desk->lead, &wanted, &time, &error)));
    assert_string_equal(theirs, "");
    assert_non_null(strstr(own, "Siv Skyddad"));
}

/* The list of clients says that there is such a person, and neither age nor number. */
static void test_b2_list_of_clients(void **state)
{
    const Desk *desk = *state;
    ClientRow *theirs = NULL, *own = NULL;
    assert_ok((theirs = client_glance(desk->officer, desk->hidden, &error)));
    assert_ok((own = client_glance(desk->lead, desk->hidden, &error)));
    assert_int_equal(theirs->birth_date, DATE_NONE);
    assert_int_equal(own->birth_date, date_parse("1999-09-14"));
    assert_int_not_equal(theirs->protection, PROTECTION_NONE);
    client_row_free(theirs);
    client_row_free(own);
}

/* B11: whose words one reads on a list, at a visit or in its history stands in the log, once a day;
 * on one's own visit they are one's own work. */
static void test_b11_words_are_logged(void **state)
{
    const Desk *desk = *state;
    static const char read[] = "SELECT count(*) FROM audit WHERE action = 'read'"
                               " AND entity = 'visit' AND client_id IS NOT NULL";
    const gint64 id = plan(&desk->visits, "2026-11-20", "09:00");
    const gint64 other = plan(&desk->visits, "2026-11-20", "11:00");
    const VisitOutcome done = came(OUTCOME_DONE, NULL);
    const VisitOutcome what = everything();
    assert_ok(visit_record(desk->lead, id, 1, &what, NULL, NULL, &error));
    assert_ok(visit_record(desk->lead, other, 1, &done, NULL, NULL, &error));
    g_autoptr(Visit) silent = visit_get(desk->officer, other, NULL);
    assert_non_null(silent);
    VisitQuery query = {.from = DATE_NONE,
                        .to = DATE_NONE,
                        .outcome = -1,
                        .client_id = desk->client,
                        .without_words = TRUE};
    g_autoptr(GPtrArray) without = visit_list(desk->officer, &query, NULL, 9, NULL);
    assert_null(((const Visit *)without->pdata[0])->outcome.words);
    assert_null(((const Visit *)without->pdata[0])->outcome.note);
    assert_int_equal(fixture_int(desk->lead, read), 0);
    query.without_words = FALSE;
    for (int twice = 0; twice < 2; twice++) {
        g_autoptr(GPtrArray) with = visit_list(desk->officer, &query, NULL, 9, NULL);
        assert_non_null(((const Visit *)with->pdata[0])->outcome.words);
        assert_int_equal(fixture_int(desk->lead, read), 1);
    }
    g_autoptr(Visit) one = visit_get(desk->other, id, NULL);
    g_autoptr(GPtrArray) before = visit_history(desk->other, id, NULL);
    assert_true(one != NULL && before != NULL);
    assert_int_equal(fixture_int(desk->lead, read), 2);
    set_clock("2026-11-23T08:00");
    assert_ok(clock_init(&error));
    g_autoptr(GPtrArray) next_day = visit_list(desk->officer, &query, NULL, 9, NULL);
    assert_non_null(next_day);
    assert_int_equal(fixture_int(desk->lead, read), 3);
    set_clock("2026-11-22T10:00");
    assert_ok(clock_init(&error));
}

/* B20: the card's log has all that concerns the client, in words. */
static void test_b20_log_of_everything(void **state)
{
    static const char *const expected[] = {
        "added a placement",
        "began a form: Liten",
        "added a task",
        "planned recurring visits",
        "recorded a visit: 2026-11-20",
        "planned a visit: 2026-11-24",
        "planned a visit: 2026-11-20",
        "added the client",
    };
    const Desk *desk = *state;
    const Kept kept = keep(desk);
    g_autoptr(GPtrArray) events = NULL;
    assert_ok((events = client_history(desk->lead, kept.client, 99, &error)));
    guint met = 0;
    for (guint i = 0; i < events->len; i++) {
        const ClientEvent *event = events->pdata[i];
        g_autofree char *text = event->what != NULL
                                    ? g_strdup_printf("%s: %s", event->action, event->what)
                                    : g_strdup(event->action);
        assert_false(event->changed_card && event->what == NULL);
        if (met < G_N_ELEMENTS(expected) && g_str_equal(text, expected[met]))
            met++;
    }
    assert_int_equal(met, G_N_ELEMENTS(expected));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(test_b2_every_reader),       DESK_TEST(test_b2_lists),
        DESK_TEST(test_b2_list_of_clients),    DESK_TEST(test_b11_words_are_logged),
        DESK_TEST(test_b20_log_of_everything), DESK_TEST(test_b2_clashes),
    };
    return cmocka_run_group_tests_name("care/client_guard", tests, NULL, NULL);
}
