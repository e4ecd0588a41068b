/* work UNIT.db PASSPHRASE-FILE: leaves in a unit what neither a file read in nor --plain can:
 * somebody with protected identity, a new time, a correction, a recording taken back, a series, an
 * institution and a task of one's own, a group, an improvement work, weeks that are counted, a
 * colleague's client opened for a reason, a month of the log signed, and two laptops: one that has
 * come home with a visit that two had recorded, and one that is away. */
#include <stdio.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/care_order.h"
#include "care/client/client_named.h"
#include "care/client/client_reason.h"
#include "care/client/closing.h"
#include "care/client/consent_entry.h"
#include "care/client/contact_note.h"
#include "care/client/dispute.h"
#include "care/client/group.h"
#include "care/client/implementation.h"
#include "care/client/log_review.h"
#include "care/client/quote.h"
#include "care/client/risk_note.h"
#include "care/completion/decision_entry.h"
#include "care/improvement/cycle.h"
#include "care/improvement/improvement.h"
#include "care/improvement/week_note.h"
#include "care/laptop/homecoming.h"
#include "care/placement/institution.h"
#include "care/task/call_request.h"
#include "care/task/task.h"
#include "care/unit/audit_carry.h"
#include "care/unit/cover.h"
#include "care/unit/opening.h"
#include "care/unit/staff.h"
#include "care/visit/absence.h"
#include "care/visit/out.h"
#include "care/visit/second.h"
#include "care/visit/series.h"
#include "care/visit/visit_add.h"
#include "care/visit/visit_record.h"
#include "care/visit/visit_undo.h"
#include "care/visit/week_cell.h"

/* A number of Skatteverket's for tests. */
#define NUMBER "19880212-2393"

static Session *sign_in(const char *database, const char *login, const char *passphrase_file,
                        GError **error)
{
    g_autofree char *text = NULL;
    g_autoptr(Secret) passphrase = NULL;

    if (!g_file_get_contents(passphrase_file, &text, NULL, error))
        return NULL;
    passphrase = secret_from_text(g_strchomp(text));
    const SessionOpening opening = {.database = database, .login = login, .passphrase = passphrase};
    return session_open(&opening, error);
}

/* Somebody whose card one other colleague may open. */
static gint64 add_protected(Session *session, GError **error)
{
    g_autoptr(Client) client = client_new();
    g_autoptr(GPtrArray) staff = staff_list(session, error);

    client->name = g_strdup("Gunvor Sköld");
    client->number = g_strdup("B9");
    client->id_kind = ID_PERSONNUMMER;
    client->id_number = g_strdup(NUMBER);
    client->phone = g_strdup("070-174 06 05");
    client->address = g_strdup("Björkgatan 3");
    client->protection = PROTECTION_MARKED;
    if (!staff || !client_add(session, client, error))
        return 0;
    for (guint i = 0; i < staff->len; i++) {
        const Staff *one = staff->pdata[i];
        if (one->role == ROLE_SUPPORT_WORKER &&
            !client_name_staff(session, client->id, one->id, TRUE, error))
            return 0;
    }
    return client->id;
}

/* A visit of an hour at nine. New. */
static Visit *plan(Session *session, gint64 client_id, Date date, GError **error)
{
    g_autoptr(Visit) visit = visit_new();

    visit->client_id = client_id;
    visit->date = date;
    visit->start = 9 * 60;
    visit->minutes = 60;
    return visit_add(session, visit, error) ? g_steal_pointer(&visit) : NULL;
}

static gboolean record(Session *session, const Visit *visit, gint64 version, Outcome outcome,
                       const VisitTimes *times, GError **error)
{
    VisitOutcome what;
    gboolean done;

    visit_outcome_init(&what);
    what.outcome = outcome;
    what.words = g_strdup("Så som det sades.");
    if (outcome == OUTCOME_REBOOKED)
        what.by = BY_CLIENT;
    done = visit_record(session, visit->id, version, &what, times, NULL, error);
    visit_outcome_clear(&what);
    return done;
}

/* One visit gets a new time, one is corrected, one is taken back. */
static gboolean work_on_visits(Session *session, gint64 client_id, GError **error)
{
    const Date today = clock_today();
    g_autoptr(Visit) moved = plan(session, client_id, today - 4, error);
    g_autoptr(Visit) corrected = moved ? plan(session, client_id, today - 3, error) : NULL;
    g_autoptr(Visit) undone = corrected ? plan(session, client_id, today - 2, error) : NULL;
    VisitTimes times = VISIT_TIMES_NONE;

    times.new_time = (NewTime){.date = today + 1, .start = 600, .minutes = 45};
    return undone && record(session, moved, 1, OUTCOME_REBOOKED, &times, error) &&
           record(session, corrected, 1, OUTCOME_DONE, NULL, error) &&
           record(session, corrected, 2, OUTCOME_NO_SHOW, NULL, error) &&
           record(session, undone, 1, OUTCOME_DECLINED, NULL, error) &&
           visit_undo(session, undone->id, NULL, error);
}

/* Thursdays at one, for the client with the number B1. */
static gboolean add_series(Session *session, GError **error)
{
    g_autoptr(Series) series = g_new0(Series, 1);

    series->rrule = g_strdup("FREQ=WEEKLY;BYDAY=TH");
    series->starts_on = clock_today() + 3;
    series->ends_on = series->laid_out_to = DATE_NONE;
    series->start = 13 * 60;
    series->minutes = 30;
    return client_find(session, NULL, "B1", &series->client_id, error) &&
           series_add(session, series, error);
}

/* The client with the number B1 is in a group. */
static gboolean add_group(Session *session, GError **error)
{
    gint64 group_id = 0, client_id = 0;

    return group_add(session, "18–25", &group_id, error) &&
           client_find(session, NULL, "B1", &client_id, error) &&
           group_member_add(session, group_id, client_id, clock_today() - 14, DATE_NONE, error);
}

/* And lets the unit show what was said last week. */
static gboolean add_note(Session *session, GError **error)
{
    gint64 client = 0;
    if (!client_find(session, NULL, "B1", &client, error))
        return FALSE;
    g_autoptr(ContactNote) note = contact_note_new(client);
    note->party = g_strdup("Lena, syster");
    note->note = g_strdup("Ringde och berättade att det går bättre.");
    note->words = g_strdup("Han sover igen.");
    return contact_note_add(session, note, error);
}

/* Sent, and its plan has come. */
static gboolean order_it(Session *session, const Decision *decision, GError **error)
{
    g_autoptr(CareOrder) order = care_order_new(session, decision, error);
    if (order == NULL)
        return FALSE;
    order->aims = g_strdup("Att klara ekonomin själv.");
    order->words = g_strdup("Ring på två gånger.");
    order->phone = g_strdup("08-123 45");
    order->sent = clock_today();
    g_autoptr(GPtrArray) plans = care_order_add(session, order, error)
                                     ? implementation_of_client(session, decision->client_id, error)
                                     : NULL;
    if (plans == NULL || plans->len == 0)
        return FALSE;
    Implementation *plan = plans->pdata[0];
    plan->arrived = clock_today();
    plan->part = HAD_PART_PARTLY;
    plan->source = SOURCE_CLIENT;
    plan->words = g_strdup("Vi skrev den ihop.");
    plan->follow_up = clock_today() + 90;
    return implementation_change(session, plan, error) &&
           implementation_set_days(session, 21, error);
}

/* One that is entered on the card, whole. */
static gboolean add_decision(Session *session, gint64 client_id, GError **error)
{
    g_autoptr(Decision) decision = decision_new();
    decision->client_id = client_id;
    decision->kind = g_strdup("partly-refused");
    decision->law = g_strdup("sol-2025");
    decision->section = g_strdup("11 kap. 1 §");
    decision->support = g_strdup("housing-support");
    decision->reasons = g_strdup("Mer än så behövs inte nu.");
    decision->delegation = g_strdup("4.2");
    decision->decided_by = g_strdup("Eva");
    decision->decided_on = decision->valid_from = clock_today();
    decision->valid_to = clock_today() + 365;
    decision->month_minutes = 20 * 60;
    if (!decision_enter(session, decision, NULL, error))
        return FALSE;
    decision->month_minutes = 24 * 60;
    return decision_change(session, decision, NULL, error) && order_it(session, decision, error);
}

/* A colleague who is away tomorrow. */
static gboolean add_cover(Session *session, GError **error)
{
    g_autoptr(Cover) cover = cover_new();
    cover->cover_id = session_staff_id(session);
    cover->from = cover->to = clock_today() + 1;
    cover->word = g_strdup("Nyckeln ligger i skåpet.");
    return db_get_int(session_db(session), "SELECT MIN(id) FROM staff WHERE id <> :me",
                      DB_PARAMS(DB_INT("me", session_staff_id(session))), 0, &cover->staff_id,
                      error) &&
           cover_add(session, cover, NULL, error);
}

static gboolean add_absence(Session *session, GError **error)
{
    gint64 client = 0;
    if (!client_find(session, NULL, "B1", &client, error))
        return FALSE;
    g_autoptr(Absence) absence = absence_new(client);
    absence->cause = AWAY_HOLIDAY;
    absence->from = clock_today() + 10;
    absence->to = absence->from + 7;
    absence->words = g_strdup("Hos sin syster.");
    return absence_add(session, absence, NULL, error);
}

/* The help ends, and goes on after all. */
static gboolean add_closing(Session *session, GError **error)
{
    gint64 client = 0;
    if (!client_find(session, NULL, "B1", &client, error))
        return FALSE;
    g_autoptr(Closing) closing = closing_new(client);
    closing->reason = CLOSING_LOST;
    closing->follows = FOLLOWS_RELATIVES;
    closing->last_day = clock_today() + 30;
    closing->words = g_strdup("Svarar inte i telefon.");
    return closing_add(session, closing, NULL, error) &&
           closing_reopen(session, client, closing->last_day + 3, NULL, error);
}

/* A yes and a later no, of which both hold; and what keeps whoever goes there safe. */
static gboolean add_consents(Session *session, gint64 client_id, GError **error)
{
    g_autoptr(Consent) yes = consent_entry_new(client_id);
    g_autoptr(Consent) no = consent_entry_new(client_id);
    yes->actors = g_strdup("Vårdcentralen");
    yes->scope = g_strdup("Hur det går.");
    yes->ends_on = clock_today() + 100;
    no->given = FALSE;
    return consent_enter(session, yes, 0, error) && consent_enter(session, no, 0, error) &&
           consent_settle(session, no->id, CONSENT_BOTH_HOLD, error);
}

/* The first visit of the series of the client with the number B1. */
static gboolean go_along(Session *session, gint64 staff_id, GError **error)
{
    gint64 visit = 0;
    return db_get_int(session_db(session), "SELECT MIN(id) FROM visit WHERE series_id IS NOT NULL",
                      NULL, 0, &visit, error) &&
           second_set(session, visit, staff_id, TRUE, error);
}

static gboolean go_there(Session *session, gint64 client_id, GError **error)
{
    gint64 out = 0, second = 0;
    g_autoptr(Visit) visit = plan(session, client_id, clock_today() + 1, error);
    return visit != NULL && risk_note_write(session, client_id, "Hunden är lös.", 0, error) &&
           db_get_int(session_db(session), "SELECT MIN(id) FROM staff WHERE id <> :me",
                      DB_PARAMS(DB_INT("me", session_staff_id(session))), 0, &second, error) &&
           second_set(session, visit->id, second, FALSE, error) &&
           go_along(session, second, error) &&
           out_go(session, visit->id, clock_now_ms() + 60000, &out, error) &&
           out_end(session, out, error);
}

static gboolean add_call(Session *session, GError **error)
{
    g_autoptr(CallRequest) request = call_request_new();
    request->caller = g_strdup("Lena, syster");
    request->phone = g_strdup("070-111 22 33");
    request->note = g_strdup("Vill veta hur det går.");
    return client_find(session, NULL, "B1", &request->client_id, error) &&
           call_request_add(session, request, error) &&
           call_request_remind(session, request->task_id, error);
}

static gboolean add_quote(Session *session, GError **error)
{
    g_autoptr(Quote) quote = quote_new();

    quote->words = g_strdup("Det är lättare när någon ringer.");
    quote->said_on = clock_today() - 7;
    return client_find(session, NULL, "B1", &quote->client_id, error) &&
           quote_add(session, quote, error);
}

/* And says that something is wrong, which stands. */
static gboolean dispute(Session *session, GError **error)
{
    g_autoptr(Dispute) dispute = dispute_new();

    dispute->about = DISPUTE_CARD;
    dispute->field = g_strdup("address");
    dispute->entry = g_strdup("Adressen");
    dispute->words = g_strdup("Jag har flyttat.");
    dispute->said_on = clock_today() - 7;
    return client_find(session, NULL, "B1", &dispute->client_id, error) &&
           dispute_add(session, dispute, error) &&
           dispute_settle(session, dispute->id, DISPUTE_STANDS, "Folkbokförd där.", error);
}

/* With a change from last Monday on, and a note on that week. */
static gboolean improve(Session *session, GError **error)
{
    const Date monday = week_monday(week_of(clock_today() - 7));
    g_autoptr(Improvement) improvement = improvement_new(monday - 14);
    g_autoptr(Cycle) cycle = NULL;

    improvement->name = g_strdup("Färre uteblir");
    improvement->aim = g_strdup("Att fler möten blir av.");
    improvement->target = 100;
    if (!improvement_save(session, improvement, error))
        return FALSE;
    cycle = cycle_new(improvement->id, monday);
    cycle->name = g_strdup("Samtal dagen innan");
    cycle->prediction = g_strdup("Hälften så många uteblir.");
    return cycle_save(session, cycle, error) &&
           week_note_save(session, week_of(monday), NULL, "Två hade semester.", error);
}

/* The weeks that a review of the newest ones shows. */
static gboolean count_weeks(Session *session, GError **error)
{
    const Week week = week_of(clock_today());

    return week_cells_prepare(session, week_add(week, -1), week, 2, NULL, error);
}

/* Whom only eva goes to. */
static gboolean add_colleagues(Session *session, gint64 *id, GError **error)
{
    g_autoptr(Client) client = client_new();

    client->name = g_strdup("Olof Annorstädes");
    client->number = g_strdup("B10");
    client->support_worker_id = session_staff_id(session);
    if (!client_add(session, client, error))
        return FALSE;
    *id = client->id;
    return TRUE;
}

/* A colleague opens the card; the team lead looks at why, and signs the month before. */
static gboolean open_for_a_reason(Session *session, const char *database, const char *passphrase,
                                  GError **error)
{
    gint64 client_id = 0;
    if (!add_colleagues(session, &client_id, error))
        return FALSE;
    g_autoptr(Session) colleague = sign_in(database, "stod", passphrase, error);
    if (!colleague ||
        !client_give_reason(colleague, client_id, REASON_OTHER, "Vi möttes i trappan.", error))
        return FALSE;
    client_free(client_open(colleague, client_id, error));
    g_autoptr(GPtrArray) reasons = reason_list(session, FALSE, 1, error);
    return reasons && reasons->len == 1 &&
           reason_see(session, ((GivenReason *)reasons->pdata[0])->id, error) &&
           log_sign(session, date_from_ymd(2026, 10, 1), "Inget att anmärka på.", error);
}

/* On the laptop whose database is `part`. */
static Session *sign_in_away(const char *part, gboolean coming_home, const char *passphrase_file,
                             GError **error)
{
    g_autofree char *text = NULL;
    if (!g_file_get_contents(passphrase_file, &text, NULL, error))
        return NULL;
    g_autoptr(Secret) passphrase = secret_from_text(g_strchomp(text));
    const SessionOpening opening = {
        .database = part, .login = "eva", .passphrase = passphrase, .coming_home = coming_home};
    return session_open(&opening, error);
}

static gboolean take_along(Session *session, const char *part, const char *passphrase_file,
                           GError **error)
{
    g_autofree char *text = NULL;
    if (!g_file_get_contents(passphrase_file, &text, NULL, error))
        return FALSE;
    g_autoptr(Secret) passphrase = secret_from_text(g_strchomp(text)), code = NULL;
    const SessionOpening opening = {.database = part, .login = "eva", .passphrase = passphrase};
    g_autoptr(Laptop) laptop = laptop_take_along(session, &opening, NULL, &code, error);
    return laptop != NULL;
}

/* One visit is recorded there alone, another at home meanwhile. */
static gboolean work_away(Session *session, const char *part, const char *passphrase_file,
                          const Visit *alone, const Visit *twice, GError **error)
{
    g_autoptr(Session) laptop = sign_in_away(part, FALSE, passphrase_file, error);
    return laptop && record(laptop, alone, 1, OUTCOME_DONE, NULL, error) &&
           record(session, twice, 1, OUTCOME_DONE, NULL, error) &&
           record(laptop, twice, 1, OUTCOME_NO_SHOW, NULL, error);
}

/* Beside the unit, where make takes the laptops' own files away. Forms that are being filled in
 * are away with the second. */
static gboolean go_away(Session *session, const char *database, const char *passphrase_file,
                        GError **error)
{
    const Date today = clock_today();
    g_autofree char *home = g_strconcat(database, ".away-1.db", NULL);
    g_autofree char *out = g_strconcat(database, ".away-2.db", NULL);
    Homecoming coming;
    gint64 client = 0;
    if (!client_find(session, NULL, "B10", &client, error))
        return FALSE;
    g_autoptr(Visit) alone = plan(session, client, today - 3, error);
    g_autoptr(Visit) twice = alone ? plan(session, client, today - 2, error) : NULL;
    if (!twice || !take_along(session, home, passphrase_file, error) ||
        !work_away(session, home, passphrase_file, alone, twice, error))
        return FALSE;
    g_autoptr(Session) laptop = sign_in_away(home, TRUE, passphrase_file, error);
    return laptop && homecoming_run(session, laptop, NULL, &coming, error) && coming.done == 1 &&
           coming.proposed == 1 && take_along(session, out, passphrase_file, error);
}

static gboolean work(Session *session, GError **error)
{
    gint64 client_id = add_protected(session, error);
    g_autoptr(Institution) institution = g_new0(Institution, 1);
    g_autoptr(Institution) emergency = g_new0(Institution, 1);
    g_autoptr(Task) task = task_new();

    institution->name = g_strdup("HVB Exemplet");
    institution->active = TRUE;
    emergency->name = g_strdup("Jourhem 7");
    emergency->kind = INSTITUTION_EMERGENCY_FOSTER_HOME;
    task->kind = TASK_OTHER;
    task->client_id = client_id;
    task->due_date = clock_today() + 7;
    task->note = g_strdup("Ring först.");
    return client_id && work_on_visits(session, client_id, error) && add_series(session, error) &&
           institution_add(session, institution, error) &&
           institution_add(session, emergency, error) && task_add(session, task, error) &&
           add_group(session, error) && add_quote(session, error) && add_note(session, error) &&
           dispute(session, error) && add_absence(session, error) && add_closing(session, error) &&
           add_consents(session, client_id, error) && go_there(session, client_id, error) &&
           add_call(session, error) && add_cover(session, error) &&
           add_decision(session, client_id, error) && improve(session, error) &&
           count_weeks(session, error);
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    Session *session = NULL;
    gboolean done;

    i18n_init("sv");
    done = argc == 3 && secret_init(NULL) && clock_init(&error) &&
           (session = sign_in(argv[1], "eva", argv[2], &error)) && work(session, &error) &&
           open_for_a_reason(session, argv[1], argv[2], &error) &&
           go_away(session, argv[1], argv[2], &error);
    session_close(session);
    if (!done)
        fprintf(stderr, "%s\n", error ? error->message : "work UNIT.db PASSPHRASE-FILE");
    return !done;
}
