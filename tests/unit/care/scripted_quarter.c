/* A half year lived day by day, of which everything is known: calls within and past their 48 hours,
 * over the year's turn and both changes of the clock; decisions that end, go on, are ended and
 * refused, with the visits after them; orders, plans in time, late and missing; absences, closings
 * and waits. Every figure of both quarters comes out as it was lived. Issue 11. */
#include "care/client/care_order.h"
#include "care/client/closing.h"
#include "care/client/closing_count.h"
#include "care/client/implementation_count.h"
#include "care/completion/decision_rows.h"
#include "care/completion/wait_rows.h"
#include "care/response/response_answers_private.h"
#include "care/task/call_request.h"
#include "care/visit/absence.h"
#include "care/visit/absence_count.h"
#include "tests/unit/care/fixture_completion.h"

enum { CALLS = 8, DECISIONS = 6 };

typedef struct {
    const Desk *desk;
    gint64 emil, yusuf, anna, olle, britt;
    gint64 call[CALLS];
    gint64 decision[DECISIONS], sip, late_visit;
} Lived;

/* --- what is done ----------------------------------------------------------------------------- */

static void ring(Lived *lived, int number, const char *caller)
{
    g_autoptr(CallRequest) request = call_request_new();
    request->caller = g_strdup(caller);
    assert_ok(call_request_add(lived->desk->lead, request, &error));
    lived->call[number] = request->task_id;
}

static void call_back(Lived *lived, int number)
{
    assert_ok(task_finish(lived->desk->lead, lived->call[number], "Talades vid.", &error));
}

static void ring_again(Lived *lived, int number)
{
    assert_ok(call_request_remind(lived->desk->lead, lived->call[number], &error));
}

/* How many visits are to be settled. */
static gint64 decide(Lived *lived, int number, gint64 client, const char *kind,
                     const char *received, const char *to)
{
    gint64 after = -1;
    g_autoptr(Decision) decision = decision_new();
    decision->client_id = client;
    decision->kind = g_strdup(kind);
    decision->support = g_strdup("housing-support");
    decision->law = g_strdup(decision_law_on(clock_today(), FALSE));
    decision->decided_by = g_strdup("Harriet Ek");
    decision->reasons = g_strdup("Behovet är ett annat.");
    decision->received_on = date_parse(received);
    decision->decided_on = clock_today();
    decision->valid_from = strcmp(kind, "ended") == 0 ? DATE_NONE : clock_today();
    decision->valid_to = date_parse(to);
    assert_ok(decision_enter(lived->desk->officer, decision, &after, &error));
    lived->decision[number] = decision->id;
    return after;
}

static void order(const Lived *lived, int number)
{
    g_autoptr(Decision) decision = NULL;
    g_autoptr(CareOrder) order = NULL;
    assert_ok((decision = decision_get(lived->desk->officer, lived->decision[number], &error)));
    assert_ok((order = care_order_new(lived->desk->officer, decision, &error)));
    order->sent = clock_today();
    assert_ok(care_order_add(lived->desk->officer, order, &error));
}

static Implementation *plan_for(const Lived *lived, int number)
{
    const DbParam *params = DB_PARAMS(DB_INT("id", lived->decision[number]));
    gint64 id = 0;
    assert_ok(opened_get_int(session_db(lived->desk->lead),
                         "SELECT id FROM implementation WHERE decision_id = :id", params, 0, &id,
                         &error));
    Implementation *plan = NULL;
    assert_ok((plan = implementation_get(lived->desk->officer, id, &error)));
    return plan;
}

static void plan_comes(const Lived *lived, int number, ImplementationPart part)
{
    g_autoptr(Implementation) plan = plan_for(lived, number);
    plan->arrived = clock_today();
    plan->part = part;
    assert_ok(implementation_change(lived->desk->officer, plan, &error));
}

static void plan_is_late(const Lived *lived, int number)
{
    g_autoptr(Implementation) plan = plan_for(lived, number);
    assert_ok(implementation_tell_late(lived->desk->officer, plan->id, &error));
}

static Visit *visit_of(const Lived *lived, gint64 client, const char *day)
{
    Visit *visit = planned_visit(&lived->desk->visits, day, "13:00");
    visit->client_id = client;
    return visit;
}

static gint64 plan_visit(const Lived *lived, gint64 client, const char *day)
{
    g_autoptr(Visit) visit = visit_of(lived, client, day);
    assert_ok(visit_add(lived->desk->lead, visit, &error));
    return visit->id;
}

static void no_visit(const Lived *lived, gint64 client, const char *day)
{
    g_autoptr(Visit) visit = visit_of(lived, client, day);
    assert_fails(visit_add(lived->desk->lead, visit, &error), ERROR_INPUT);
}

static void visit_today(const Lived *lived, gint64 client, Outcome outcome)
{
    char today[DATE_SIZE];
    const VisitOutcome what = came(outcome, outcome == OUTCOME_CANCELLED ? "ork" : NULL);
    const gint64 id = plan_visit(lived, client, date_format(clock_today(), today));
    assert_ok(visit_record(lived->desk->lead, id, 1, &what, NULL, NULL, &error));
}

static void away(const Lived *lived, gint64 client, AwayCause cause, const char *to)
{
    g_autoptr(Absence) absence = absence_new(client);
    absence->cause = cause;
    absence->to = date_parse(to);
    assert_ok(absence_add(lived->desk->lead, absence, NULL, &error));
}

static void close_help(const Lived *lived, gint64 client, ClosingReason reason, int months)
{
    g_autoptr(Closing) closing = closing_new(client);
    closing->reason = reason;
    closing->months = months;
    assert_ok(closing_add(lived->desk->officer, closing, NULL, &error));
}

static void finish_follow_up(const Lived *lived, gint64 client)
{
    const DbParam *params = DB_PARAMS(DB_INT("id", client));
    gint64 id = 0;
    assert_ok(opened_get_int(session_db(lived->desk->lead),
                         "SELECT id FROM task WHERE kind = 'follow-up' AND client_id = :id", params,
                         0, &id, &error));
    assert_ok(task_finish(lived->desk->lead, id, "Det går bra.", &error));
}

static void write_sip(Lived *lived, const Given *given)
{
    g_autoptr(Answers) answers = answers_new();
    g_autoptr(DbTransaction) tx = NULL;
    give(answers, given);
    assert_ok((tx = db_transaction(session_db(lived->desk->officer), &error)));
    assert_ok(response_write_answers(lived->desk->officer, lived->sip, answers, 1, &error));
    assert_ok(db_transaction_commit(tx, &error));
}

static void begin_sip(Lived *lived, gint64 client, const Given *given)
{
    g_autoptr(Response) response = begin(lived->desk->officer, "sip", client);
    lived->sip = response->id;
    write_sip(lived, given);
}

static gint64 to_settle(const Lived *lived, gint64 client)
{
    gint64 count = 0;
    const DbParam *params = DB_PARAMS(DB_INT("id", client));
    assert_ok(opened_get_int(session_db(lived->desk->lead),
                         "SELECT COUNT(*) FROM task WHERE kind = 'decision' AND done_ms IS NULL"
                         " AND client_id = :id AND note LIKE 'Besök är planerade%'",
                         params, 0, &count, &error));
    return count;
}

static gint64 to_look_at(const Lived *lived, gint64 client, const char *day)
{
    gint64 count = 0;
    g_autofree char *note = g_strdup_printf("Beslutet gäller%%%s%%", day);
    const DbParam *params = DB_PARAMS(DB_INT("id", client), DB_TEXT("note", note));
    assert_ok(opened_get_int(session_db(lived->desk->lead),
                         "SELECT COUNT(*) FROM task WHERE kind = 'decision' AND done_ms IS NULL"
                         " AND client_id = :id AND note LIKE :note",
                         params, 0, &count, &error));
    return count;
}

/* --- the days --------------------------------------------------------------------------------- */

static void oct_01(Lived *lived)
{
    ring(lived, 0, "Lena");
    decide(lived, 0, lived->emil, "granted", "2026-09-20", "2027-01-15");
    order(lived, 0);
}
static void oct_02(Lived *lived)
{
    call_back(lived, 0); /* after 27 hours */
}
static void oct_05(Lived *lived)
{
    visit_today(lived, lived->emil, OUTCOME_DONE); /* 15 days after contact */
}
static void oct_10(Lived *lived)
{
    begin_sip(lived, lived->emil,
              (const Given[]){{"behov-dag", "", "2026-10-10"}, {"sip-blir", "", "yes-sip"}, {0}});
}
static void oct_13(Lived *lived)
{
    write_sip(lived, (const Given[]){{"behov-dag", "", "2026-10-10"},
                                     {"sip-blir", "", "yes-sip"},
                                     {"kallad-skickad", "1", "2026-10-13"},
                                     {0}});
}
static void oct_15(Lived *lived)
{
    plan_comes(lived, 0, HAD_PART_YES); /* on the day when it is due; 14 after the decision */
}
static void oct_20(Lived *lived)
{
    decide(lived, 1, lived->yusuf, "granted", "2026-10-05", "2026-12-31");
    order(lived, 1);
}
static void oct_22(Lived *lived)
{
    visit_today(lived, lived->yusuf, OUTCOME_CANCELLED); /* ends no wait */
}
static void oct_24(Lived *lived)
{
    ring(lived, 1, "Mona"); /* the night after, summer time ends */
}
static void oct_24_later(Lived *lived)
{
    ring(lived, 2, "Nils");
}
static void oct_25(Lived *lived)
{
    ring_again(lived, 1);
}
static void oct_26(Lived *lived)
{
    call_back(lived, 1); /* 48 hours to the minute: the clock shows one less */
}
static void oct_26_later(Lived *lived)
{
    call_back(lived, 2); /* 48 hours and a minute */
}
static void oct_27(Lived *lived)
{
    visit_today(lived, lived->yusuf, OUTCOME_DONE); /* 22 days after contact */
}
static void nov_05(Lived *lived)
{
    plan_is_late(lived, 1); /* it was due on 3 November */
}
static void nov_12(Lived *lived)
{
    plan_comes(lived, 1, HAD_PART_PARTLY); /* 23 days after the decision */
}
static void dec_15(Lived *lived)
{
    lived->late_visit = plan_visit(lived, lived->yusuf, "2026-12-29");
    plan_visit(lived, lived->emil, "2026-12-22");
    plan_visit(lived, lived->emil, "2026-12-28");
    plan_visit(lived, lived->emil, "2027-01-02");
    no_visit(lived, lived->yusuf, "2027-01-01"); /* past the decision's end */
    no_visit(lived, lived->emil, "2027-01-16");
}
static void dec_20(Lived *lived)
{
    decide(lived, 2, lived->anna, "granted", "2026-12-10", "");
    order(lived, 2);
    assert_int_equal(decide(lived, 5, lived->yusuf, "ended", "", "2026-12-22"), 1);
    assert_int_equal(to_settle(lived, lived->yusuf), 1);
    no_visit(lived, lived->yusuf, "2026-12-23");
}
static void dec_21(Lived *lived)
{
    away(lived, lived->emil, AWAY_HOLIDAY, "2027-01-03");
}
static void dec_23(Lived *lived)
{
    /* It goes on after all, to the day when summer time begins. */
    assert_int_equal(decide(lived, 5, lived->yusuf, "extended", "", "2027-03-28"), 0);
    assert_int_equal(to_settle(lived, lived->yusuf), 0);
    assert_int_equal(to_look_at(lived, lived->yusuf, "2027-03-28"), 1);
    assert_int_equal(to_look_at(lived, lived->yusuf, "2026-12-31"), 0);
    plan_visit(lived, lived->yusuf, "2027-03-28");
    no_visit(lived, lived->yusuf, "2027-03-29");
}
static void dec_30(Lived *lived)
{
    ring(lived, 3, "Olga");
    begin_sip(lived, lived->yusuf,
              (const Given[]){{"behov-dag", "", "2026-12-30"}, {"sip-blir", "", "yes-sip"}, {0}});
}
static void dec_31(Lived *lived)
{
    close_help(lived, lived->britt, CLOSING_GOALS, 1);
}
static void dec_31_later(Lived *lived)
{
    ring(lived, 4, "Pia"); /* half an hour before midnight */
}
static void jan_01(Lived *lived)
{
    ring_again(lived, 4);
}
static void jan_01_later(Lived *lived)
{
    call_back(lived, 3); /* 48 hours, over the year's turn */
}
static void jan_02(Lived *lived)
{
    ring_again(lived, 4);
    plan_comes(lived, 2, HAD_PART_NO); /* due on the third; 13 days after the decision */
    /* What is refused changes nothing of what was granted. */
    assert_int_equal(decide(lived, 5, lived->yusuf, "refused", "", ""), 0);
    no_visit(lived, lived->yusuf, "2027-03-29");
}
static void jan_03(Lived *lived)
{
    call_back(lived, 4); /* late */
}
static void jan_04(Lived *lived)
{
    decide(lived, 3, lived->olle, "granted", "2026-12-28", "");
    order(lived, 3);
    write_sip(lived, (const Given[]){{"behov-dag", "", "2026-12-30"},
                                     {"sip-blir", "", "yes-sip"},
                                     {"kallad-skickad", "1", "2027-01-04"},
                                     {0}});
}
static void jan_07(Lived *lived)
{
    visit_today(lived, lived->anna, OUTCOME_DONE_OTHERWISE); /* 28 days after contact */
}
static void jan_10(Lived *lived)
{
    decide(lived, 4, lived->emil, "extended", "", "2027-06-30"); /* without a plan */
    assert_int_equal(to_look_at(lived, lived->emil, "2027-06-30"), 1);
    assert_int_equal(to_look_at(lived, lived->emil, "2027-01-15"), 0);
}
static void jan_20(Lived *lived)
{
    plan_is_late(lived, 3); /* it was due on the 18th, and never comes */
}
static void jan_31(Lived *lived)
{
    finish_follow_up(lived, lived->britt);
}
static void mar_26(Lived *lived)
{
    ring(lived, 5, "Rut"); /* two nights later summer time begins */
}
static void mar_27(Lived *lived)
{
    away(lived, lived->anna, AWAY_HOSPITAL, "2027-03-30");
}
static void mar_28(Lived *lived)
{
    close_help(lived, lived->yusuf, CLOSING_MOVED, 0);
}
static void mar_28_later(Lived *lived)
{
    call_back(lived, 5); /* 48 hours: the clock shows one more */
}
static void mar_30(Lived *lived)
{
    ring(lived, 6, "Sara"); /* waits still */
}

static const struct {
    const char *at;
    void (*live)(Lived *lived);
} DAYS[] = {
    {"2026-10-01T09:00", oct_01},       {"2026-10-02T12:00", oct_02},
    {"2026-10-05T14:00", oct_05},       {"2026-10-10T09:00", oct_10},
    {"2026-10-13T09:00", oct_13},       {"2026-10-15T09:00", oct_15},
    {"2026-10-20T09:00", oct_20},       {"2026-10-22T14:00", oct_22},
    {"2026-10-24T10:00", oct_24},       {"2026-10-24T11:00", oct_24_later},
    {"2026-10-25T10:00", oct_25},       {"2026-10-26T09:00", oct_26},
    {"2026-10-26T10:01", oct_26_later}, {"2026-10-27T14:00", oct_27},
    {"2026-11-05T09:00", nov_05},       {"2026-11-12T09:00", nov_12},
    {"2026-12-15T09:00", dec_15},       {"2026-12-20T09:00", dec_20},
    {"2026-12-21T08:00", dec_21},       {"2026-12-23T09:00", dec_23},
    {"2026-12-30T15:00", dec_30},       {"2026-12-31T12:00", dec_31},
    {"2026-12-31T23:30", dec_31_later}, {"2027-01-01T12:00", jan_01},
    {"2027-01-01T15:00", jan_01_later}, {"2027-01-02T12:00", jan_02},
    {"2027-01-03T08:00", jan_03},       {"2027-01-04T09:00", jan_04},
    {"2027-01-07T14:00", jan_07},       {"2027-01-10T09:00", jan_10},
    {"2027-01-20T09:00", jan_20},       {"2027-01-31T09:00", jan_31},
    {"2027-03-26T12:00", mar_26},       {"2027-03-27T09:00", mar_27},
    {"2027-03-28T10:00", mar_28},       {"2027-03-28T13:00", mar_28_later},
    {"2027-03-30T09:00", mar_30},
};

/* As it is on the morning of 1 April: the last call has an hour left. */
static Lived live(const Desk *desk)
{
    set_clock("2026-09-28T09:00");
    Lived lived = {.desk = desk, .emil = desk->client, .yusuf = desk->visits.other};
    lived.anna = add_client(desk->lead, "Anna Ny", PROTECTION_NONE);
    lived.olle = add_client(desk->lead, "Olle Väntar", PROTECTION_NONE);
    lived.britt = add_client(desk->lead, "Britt Klar", PROTECTION_NONE);
    for (gsize i = 0; i < G_N_ELEMENTS(DAYS); i++) {
        assert_true(i == 0 || strcmp(DAYS[i - 1].at, DAYS[i].at) < 0);
        set_clock(DAYS[i].at);
        DAYS[i].live(&lived);
    }
    set_clock("2027-04-01T08:00");
    return lived;
}

/* --- the truth -------------------------------------------------------------------------------- */

static void calls_come_out(const Desk *desk)
{
    const struct {
        int year, quarter, came, in_time, late, waiting, reminders, of_year;
    } truth[] = {{2026, 4, 5, 3, 2, 0, 1, 1}, {2027, 1, 2, 1, 0, 1, 2, 2}};
    for (gsize i = 0; i < G_N_ELEMENTS(truth); i++) {
        CallFigures now;
        assert_ok(call_figures(desk->lead, truth[i].year, truth[i].quarter, &now, &error));
        assert_int_equal(now.came, truth[i].came);
        assert_int_equal(now.in_time, truth[i].in_time);
        assert_int_equal(now.late, truth[i].late);
        assert_int_equal(now.waiting, truth[i].waiting);
        assert_int_equal(now.reminders, truth[i].reminders);
        assert_int_equal(now.reminders_year, truth[i].of_year);
    }
}

static void plans_come_out(const Desk *desk)
{
    const struct {
        int year, quarter, due, in_time, late, missing, waiting, yes, partly, no, told, bare;
    } truth[] = {{2026, 4, 2, 1, 1, 0, 0, 1, 1, 0, 1, 1}, {2027, 1, 2, 1, 0, 1, 0, 0, 0, 1, 1, 1}};
    for (gsize i = 0; i < G_N_ELEMENTS(truth); i++) {
        ImplementationFigures now;
        assert_ok(
            implementation_figures(desk->lead, truth[i].year, truth[i].quarter, &now, &error));
        assert_int_equal(now.due, truth[i].due);
        assert_int_equal(now.in_time, truth[i].in_time);
        assert_int_equal(now.late, truth[i].late);
        assert_int_equal(now.missing, truth[i].missing);
        assert_int_equal(now.waiting, truth[i].waiting);
        assert_int_equal(now.part[HAD_PART_YES], truth[i].yes);
        assert_int_equal(now.part[HAD_PART_PARTLY], truth[i].partly);
        assert_int_equal(now.part[HAD_PART_NO], truth[i].no);
        assert_int_equal(now.told, truth[i].told);
        assert_int_equal(now.bare, truth[i].bare);
    }
}

static void absences_come_out(const Desk *desk)
{
    const struct {
        int year, quarter;
        AwayCause cause;
        int absences, days, called_off;
    } truth[] = {{2026, 4, AWAY_HOLIDAY, 1, 11, 2},
                 {2026, 4, AWAY_HOSPITAL, 0, 0, 0},
                 {2027, 1, AWAY_HOLIDAY, 1, 3, 1},
                 {2027, 1, AWAY_HOSPITAL, 1, 4, 0}};
    for (gsize i = 0; i < G_N_ELEMENTS(truth); i++) {
        AbsenceFigures now;
        assert_ok(absence_figures(desk->lead, truth[i].year, truth[i].quarter, &now, &error));
        assert_int_equal(now.of[truth[i].cause].absences, truth[i].absences);
        assert_int_equal(now.of[truth[i].cause].days, truth[i].days);
        assert_int_equal(now.of[truth[i].cause].called_off, truth[i].called_off);
    }
}

static void closings_come_out(const Desk *desk)
{
    ClosingFigures last, first;
    assert_ok(closing_figures(desk->lead, 2026, 4, &last, &error));
    assert_ok(closing_figures(desk->lead, 2027, 1, &first, &error));
    assert_int_equal(last.ended, 1);
    assert_int_equal(last.why[CLOSING_GOALS], 1);
    assert_int_equal(last.asked, 1);
    assert_int_equal(last.not_asked, 0);
    assert_int_equal(first.ended, 1);
    assert_int_equal(first.why[CLOSING_MOVED], 1);
    assert_int_equal(first.asked + first.not_asked, 0);
}

static int by_days(gconstpointer a, gconstpointer b)
{
    return (int)(*(const double *)a - *(const double *)b);
}

static void waits_come_out(const Desk *desk)
{
    const struct {
        const char *from, *to;
        WaitKind kind;
        const char *days;
        int waiting;
    } truth[] = {
        {"2026-10-01", "2026-12-31", WAIT_FIRST_VISIT, "15 22", 1}, /* Anna waits */
        {"2027-01-01", "2027-03-31", WAIT_FIRST_VISIT, "28", 1},    /* Olle waits */
        {"2026-10-01", "2026-12-31", WAIT_SIP_CALL, "3", 1},
        {"2027-01-01", "2027-03-31", WAIT_SIP_CALL, "5", 0},
        {"2026-10-01", "2026-12-31", WAIT_PLAN, "14 23", 1},
        {"2027-01-01", "2027-03-31", WAIT_PLAN, "13", 1},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(truth); i++) {
        WaitRows rows = {0};
        g_autoptr(GString) days = g_string_new(NULL);
        assert_ok(wait_rows_read(desk->lead, truth[i].kind, date_parse(truth[i].from),
                                 date_parse(truth[i].to), &rows, &error));
        g_array_sort(rows.days, by_days);
        for (guint j = 0; j < rows.days->len; j++)
            g_string_append_printf(days, "%s%d", j > 0 ? " " : "",
                                   (int)g_array_index(rows.days, double, j));
        assert_string_equal(days->str, truth[i].days);
        assert_int_equal(rows.waiting, truth[i].waiting);
        wait_rows_clear(&rows);
    }
}

static void every_figure_comes_out(void **state)
{
    const Desk *desk = *state;
    live(desk);
    calls_come_out(desk);
    plans_come_out(desk);
    absences_come_out(desk);
    closings_come_out(desk);
    waits_come_out(desk);
}

/* The same rows of a page, a day apart. */
static void the_law_follows_the_day(void **state)
{
    const Desk *desk = *state;
    const struct {
        const char *day, *law, *section;
    } sides[] = {{"2025-06-30", "sol-2001", "4 kap. 1 §"},
                 {"2025-07-01", "sol-2025", "11 kap. 1 §"}};
    for (gsize i = 0; i < G_N_ELEMENTS(sides); i++) {
        const char *faults[DECISION_ROW_COUNT];
        g_autoptr(Decision) decision = decision_new(), kept = NULL;
        g_auto(GStrv) values = decision_rows_values(desk->officer, NULL);
        g_free(values[DECISION_ROW_KIND]);
        values[DECISION_ROW_KIND] = g_strdup("0");
        g_free(values[DECISION_ROW_DECIDED]);
        values[DECISION_ROW_DECIDED] = g_strdup(sides[i].day);
        assert_true(decision_rows_take(values, decision, faults));
        decision->client_id = desk->client;
        assert_ok(decision_enter(desk->officer, decision, NULL, &error));
        assert_ok((kept = decision_get(desk->officer, decision->id, &error)));
        assert_string_equal(kept->law, sides[i].law);
        assert_string_equal(kept->section, sides[i].section);
        /* Corrected to the other side it rests on the other law. */
        const gsize other = 1 - i;
        g_auto(GStrv) again = decision_rows_of(kept);
        g_free(again[DECISION_ROW_DECIDED]);
        again[DECISION_ROW_DECIDED] = g_strdup(sides[other].day);
        g_free(again[DECISION_ROW_SECTION]);
        again[DECISION_ROW_SECTION] = g_strdup("");
        assert_true(decision_rows_take(again, kept, faults));
        assert_string_equal(kept->law, sides[other].law);
        assert_string_equal(kept->section, sides[other].section);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMPLETION_TEST(every_figure_comes_out),
        COMPLETION_TEST(the_law_follows_the_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
