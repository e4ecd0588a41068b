/* completion_tasks.c: the tasks that each shipped form ends in, and what a correction makes of
 * them. */
#include "care/client/closing.h"
#include "care/client/decision.h"
#include "tests/unit/care/fixture_completion.h"

/* --- tasks ------------------------------------------------------------------------------------ */

static void test_intake_tasks(void **state)
{
    const Desk *desk = *state;
    const Given more[] = {{"handlaggare", "", "Grundare Ett"},
                          {"foretradare-behovs", "", "true"},
                          {"foretradare-anmalan", "", "2026-11-27"},
                          {"freda-gjord", "", "planned"},
                          {"freda-uppfoljning-dag", "", "2026-11-30"},
                          {"aterkoppling-vill", "", "true"},
                          {"aterkoppling-dag", "", "2026-11-23"},
                          {"aterkoppling-tid", "", "10:15"},
                          {"aterkoppling-om", "", "Fråga om\nnycklarna"},
                          {"tva-fragor-dag", "", "2026-12-04"},
                          {0}};
    gint64 id = 0;
    gint64 response = intake(desk, more, &id);
    g_autoptr(GPtrArray) all = tasks(desk->officer, response);
    assert_int_equal(all->len, 4);
    assert_task(task_from(all, "foretradare-anmalan", ""), TASK_FOLLOW_UP, "2026-11-27",
                task_from(all, "foretradare-anmalan", "")->note);
    const Task *call = task_from(all, "aterkoppling-dag", "");
    assert_non_null(call);
    assert_int_equal(call->kind, TASK_CALL_BACK);
    assert_int_equal(call->due_date, date_parse("2026-11-23"));
    assert_int_equal(call->due_time, 10 * 60 + 15);
    assert_true(g_str_has_prefix(call->note, "Aktualisering: "));
    assert_true(g_str_has_suffix(call->note, "? Fråga om nycklarna"));
    assert_int_equal(call->client_id, id);
    assert_int_equal(call->response_id, response);
    assert_int_equal(call->staff_id, session_staff_id(desk->lead)); /* the case officer's */
    const Task *follow_up = task_from(all, "freda-uppfoljning-dag", "");
    assert_int_equal(follow_up->kind, TASK_FOLLOW_UP);
    assert_int_equal(follow_up->due_time, -1);
    assert_int_equal(task_from(all, "tva-fragor-dag", "")->due_date, date_parse("2026-12-04"));
}

/* The plan of two questions: who promised to ring does it. */
static void test_two_questions(void **state)
{
    const Desk *desk = *state;
    const Given given[] = {{"svart", "", "Jag sover"},      {"da", "", "Ring"},
                           {"ringa", "", "true"},           {"ringa-dag", "", "2026-12-01"},
                           {"ringa-tid", "", "14:00"},      {"uppfoljning-dag", "", "2026-11-21"},
                           {"nasta-dag", "", "2027-01-10"}, {0}};
    gint64 response = complete(desk->worker, "handlingsplan-tva-fragor", desk->client, given);
    g_autoptr(GPtrArray) all = tasks(desk->worker, response);
    assert_int_equal(all->len, 2);
    const Task *call = task_from(all, "ringa-dag", "");
    assert_int_equal(call->kind, TASK_FOLLOW_UP);
    assert_int_equal(call->due_time, 14 * 60);
    assert_int_equal(call->staff_id, session_staff_id(desk->worker));
    assert_int_equal(task_from(all, "nasta-dag", "")->due_time, -1);
}

static const Given PLAN[] = {
    {"nulage-ord", "", "Bra"},
    {"steg-vad", "1", "Ringa vården"},
    {"steg-vem", "1", "Anna"},
    {"steg-nar", "1", "2026-12-01"},
    {"steg-vad", "2", "Köpa färg"},
    {"steg-vem", "2", "berit stöd"},
    {"steg-nar", "2", "2026-12-08"},
    {"steg-vad", "3", "Måla"},
    {"steg-vem", "3", DOES_NOT_KNOW},
    {"steg-nar", "3", DOES_NOT_KNOW},
    {"uppfoljning-dag", "", "2027-02-01"},
    {"uppfoljning-gjord", "", "2026-11-20"},
    {"fortsatter", "", "continues"},
    {"nasta-dag", "", "2027-03-01"},
    {0},
};

static void test_plan(void **state)
{
    const Desk *desk = *state;
    gint64 response = complete(desk->worker, "handlingsplan", desk->client, PLAN);
    g_autoptr(GPtrArray) all = tasks(desk->worker, response);
    assert_int_equal(all->len, 5);
    assert_task(task_from(all, "steg-vad", "1"), TASK_ACTION, "2026-12-01", "Ringa vården (Anna)");
    assert_int_equal(task_from(all, "steg-vad", "1")->staff_id, session_staff_id(desk->worker));
    assert_task(task_from(all, "steg-vad", "2"), TASK_ACTION, "2026-12-08",
                "Köpa färg (berit stöd)");
    assert_int_equal(task_from(all, "steg-vad", "2")->staff_id, desk->visits.staff);
    /* Without a day it is looked at when the plan is. */
    assert_task(task_from(all, "steg-vad", "3"), TASK_ACTION, "2027-03-01", "Måla");
    assert_int_equal(task_from(all, "uppfoljning-dag", "")->due_date, date_parse("2027-02-01"));
    assert_int_equal(task_from(all, "nasta-dag", "")->kind, TASK_FOLLOW_UP);
}

/* A day moves, an action goes, another comes; what has been done stays done. */
static void test_plan_corrected(void **state)
{
    const Desk *desk = *state;
    gint64 response = complete(desk->worker, "handlingsplan", desk->client, PLAN);
    g_autoptr(GPtrArray) before = tasks(desk->worker, response);
    gint64 done = task_from(before, "steg-vad", "1")->id;
    gint64 buy = task_from(before, "steg-vad", "2")->id;
    gint64 paint = task_from(before, "steg-vad", "3")->id;
    gint64 moved = task_from(before, "nasta-dag", "")->id;
    assert_ok(task_finish(desk->worker, done, "Ringde", &error));
    assert_ok(task_postpone(desk->worker, moved, date_parse("2027-03-08"), &error));

    /* The first is taken away, so that the others move up; the last of them becomes another. */
    const Given given[] = {{"steg-nar", "1", "2026-12-10"},
                           {"steg-vad", "3", "Hänga tavlor"},
                           {"steg-vem", "3", "Anna"},
                           {"steg-nar", "3", "2026-12-20"},
                           {"uppfoljning-dag", "", "2027-02-02"},
                           {0}};
    gint64 correction = correct_without(desk->worker, response, "steg", 1, given);
    g_autoptr(GPtrArray) none = tasks(desk->worker, response);
    assert_int_equal(none->len, 0);
    g_autoptr(GPtrArray) after = tasks(desk->worker, correction);
    assert_int_equal(after->len, 6);
    for (guint i = 0; i < after->len; i++) {
        const Task *task = g_ptr_array_index(after, i);
        if (task->id == done) {
            assert_true(task->done_ms != 0);
        } else if (task->id == buy) {
            assert_string_equal(task->instance, "1");
            assert_task(task, TASK_ACTION, "2026-12-10", "Köpa färg (berit stöd)");
        } else if (task->id == paint) {
            assert_string_equal(task->instance, "2");
            assert_int_equal(task->done_ms, 0);
        } else if (task->id == moved) {
            assert_int_equal(task->due_date,
                             date_parse("2027-03-08")); /* as it was moved by hand */
        } else if (g_str_equal(task->item, "uppfoljning-dag")) {
            assert_int_equal(task->due_date, date_parse("2027-02-02"));
        } else {
            assert_string_equal(task->instance, "3");
            assert_task(task, TASK_ACTION, "2026-12-20", "Hänga tavlor (Anna)");
        }
    }

    /* And one that was not done goes. */
    gint64 again = correct_without(desk->worker, correction, "steg", 3, NULL);
    g_autoptr(GPtrArray) last = tasks(desk->worker, again);
    assert_int_equal(last->len, 6);
    const Task *gone = task_from(last, "steg-vad", "3");
    assert_true(gone->done_ms != 0);
    assert_sound(desk->lead);
}

/* A done action stays what it was; what now stands in its place is to be done. */
static void test_done_and_replaced(void **state)
{
    const Desk *desk = *state;
    const Given given[] = {{"steg-vad", "1", "Ringa"},      {"steg-vem", "1", "Anna"},
                           {"steg-nar", "1", "2026-12-01"}, {"steg-vad", "2", "Ringa"},
                           {"steg-vem", "2", "Anna"},       {"steg-nar", "2", "2026-12-05"},
                           {"steg-vad", "3", "Skriva"},     {"steg-vem", "3", "Anna"},
                           {"steg-nar", "3", "2026-12-07"}, {0}};
    gint64 response = complete(desk->worker, "handlingsplan", desk->client, given);
    g_autoptr(GPtrArray) before = tasks(desk->worker, response);
    gint64 first = task_from(before, "steg-vad", "1")->id;
    gint64 second = task_from(before, "steg-vad", "2")->id;
    gint64 third = task_from(before, "steg-vad", "3")->id;
    assert_ok(task_finish(desk->worker, first, NULL, &error));
    assert_ok(task_finish(desk->worker, third, NULL, &error));

    const Given changed[] = {{"steg-vad", "2", "Besöka"}, {0}};
    gint64 correction = correct_without(desk->worker, response, "steg", 1, changed);
    g_autoptr(GPtrArray) after = tasks(desk->worker, correction);
    assert_int_equal(after->len, 4);
    for (guint i = 0; i < after->len; i++) {
        const Task *task = g_ptr_array_index(after, i);
        if (task->id == first || task->id == third) {
            assert_true(task->done_ms != 0);
            continue;
        }
        assert_int_equal(task->done_ms, 0);
        if (task->id == second)
            assert_task(task, TASK_ACTION, "2026-12-05", "Ringa (Anna)");
        else
            assert_task(task, TASK_ACTION, "2026-12-07", "Besöka (Anna)");
    }

    /* In the very place of a done one, too. */
    assert_ok(task_finish(desk->worker, second, NULL, &error));
    const Given other[] = {{"steg-vad", "1", "Mejla"}, {0}};
    gint64 again = correct(desk->worker, correction, other);
    g_autoptr(GPtrArray) last = tasks(desk->worker, again);
    assert_int_equal(last->len, 5);
    const Task *added = g_ptr_array_index(last, 4);
    assert_int_equal(added->done_ms, 0);
    assert_task(added, TASK_ACTION, "2026-12-05", "Mejla (Anna)");
}

/* A time and a note belong to the day above them; one above the first day, to that. */
static void test_days_in_one_group(void **state)
{
    const Desk *desk = *state;
    ship_text(desk, "dagar",
              "name: dagar\nversion: \"1\"\ntitle: Dagar\nkind: walk\nitem:\n"
              "  - {linkId: n1, type: string, text: Om?, mapsTo: task.note}\n"
              "  - {linkId: d1, type: date, text: Ett?, mapsTo: task.call-back}\n"
              "  - {linkId: t1, type: time, text: Tid?, mapsTo: task.due_time}\n"
              "  - {linkId: d2, type: date, text: Två?, mapsTo: task.follow-up}\n"
              "  - {linkId: t2, type: time, text: Tid?, mapsTo: task.due_time}\n");
    const Given given[] = {{"n1", "", "först"},      {"d1", "", "2026-12-01"}, {"t1", "", "09:00"},
                           {"d2", "", "2026-12-02"}, {"t2", "", "10:00"},      {0}};
    gint64 response = complete(desk->worker, "dagar", desk->client, given);
    g_autoptr(GPtrArray) all = tasks(desk->worker, response);
    assert_task(task_from(all, "d1", ""), TASK_CALL_BACK, "2026-12-01", "Dagar: Ett? först");
    assert_int_equal(task_from(all, "d1", "")->due_time, 9 * 60);
    assert_task(task_from(all, "d2", ""), TASK_FOLLOW_UP, "2026-12-02", "Dagar: Två?");
    assert_int_equal(task_from(all, "d2", "")->due_time, 10 * 60);
}

static void test_long_note(void **state)
{
    const Desk *desk = *state;
    g_autofree char *words = g_strnfill(20000, 'a');
    const Given given[] = {
        {"steg-vad", "1", words}, {"steg-vem", "1", "Anna"}, {"steg-nar", "1", "2026-12-01"}, {0}};
    gint64 response = complete(desk->worker, "handlingsplan", desk->client, given);
    g_autoptr(GPtrArray) all = tasks(desk->worker, response);
    assert_int_equal(all->len, 1);
    assert_true(g_str_has_suffix(task_from(all, "steg-vad", "1")->note, "…"));
}

static void test_sip(void **state)
{
    const Desk *desk = *state;
    const Given given[] = {{"sip-blir", "", "yes-sip"},
                           {"samtycke-ges", "", "true"},
                           {"samtycke-med", "", "Region Stockholm"},
                           {"samtycke-om", "", "Mötet"},
                           {"samtycke-dag", "", "2026-11-20"},
                           {"samtycke-till", "", "2027-11-20"},
                           {"kallelse-paminn", "", "2026-11-30"},
                           {"insats", "1", "Boendestöd"},
                           {"insats-huvudman", "1", "municipality"},
                           {"gor-vad", "1", "Ordna tid"},
                           {"gor-vem", "1", "Vårdcentralen"},
                           {"gor-nar", "1", "2026-12-15"},
                           {"uppfoljning-dag", "", "2027-01-15"},
                           {"uppfoljning-gjord", "", "2026-11-20"},
                           {"fortsatter", "", "continues"},
                           {"nasta-dag", "", "2027-06-15"},
                           {0}};
    gint64 response = complete(desk->officer, "sip", desk->client, given);
    g_autoptr(GPtrArray) all = tasks(desk->officer, response);
    assert_int_equal(all->len, 4);
    assert_non_null(task_from(all, "kallelse-paminn", ""));
    assert_non_null(task_from(all, "uppfoljning-dag", ""));
    assert_non_null(task_from(all, "nasta-dag", ""));
    assert_task(task_from(all, "gor-vad", "1"), TASK_ACTION, "2026-12-15",
                "Ordna tid (Vårdcentralen)");

    const Given no[] = {{"sip-blir", "", "declined"}, {"sip-avslag-igen", "", "2027-02-01"}, {0}};
    gint64 declined = complete(desk->officer, "sip", desk->client, no);
    g_autoptr(GPtrArray) later = tasks(desk->officer, declined);
    assert_int_equal(later->len, 1);
    assert_int_equal(task_from(later, "sip-avslag-igen", "")->due_date, date_parse("2027-02-01"));
}

/* --- whom to call back ------------------------------------------------------------------------ */

static const Given CALL_BACK[] = {
    {"aterkoppling-vill", "", "true"}, {"aterkoppling-dag", "", "2026-11-23"}, {0}};

static Task *call_back(const Desk *desk, const Given *more, gint64 *response)
{
    gint64 id = 0;
    g_autoptr(GArray) given = g_array_new(FALSE, FALSE, sizeof(Given));
    const Given end = {0};
    g_array_append_vals(given, CALL_BACK, G_N_ELEMENTS(CALL_BACK) - 1);
    for (; more->item != NULL; more++)
        g_array_append_val(given, *more);
    g_array_append_val(given, end);
    *response = intake(desk, (const Given *)(void *)given->data, &id);
    g_autoptr(GPtrArray) all = tasks(desk->officer, *response);
    for (guint i = 0; i < all->len; i++)
        if (((Task *)all->pdata[i])->kind == TASK_CALL_BACK)
            return g_ptr_array_steal_index(all, i);
    fail();
    return NULL;
}

/* A7: the caller's name and number, never the client's in their stead. */
static void test_a7_the_caller_is_called_back(void **state)
{
    const Desk *desk = *state;
    gint64 response = 0;
    const Given health[] = {{"inkom-vem", "", "health"},
                            {"inkom-namn", "", "Stina Ek, Psykiatrin söder"},
                            {"inkom-telefon", "", "08-111 11"},
                            {"telefon", "", "070-222 22"},
                            {0}};
    g_autoptr(Task) task = call_back(desk, health, &response);
    assert_string_equal(task->contact, "Stina Ek, Psykiatrin söder");
    assert_string_equal(task->phone, "08-111 11");
    assert_true(task->response_completed);

    const Given moved[] = {{"inkom-telefon", "", "08-333 33"}, {0}};
    response = correct(desk->officer, response, moved);
    g_autoptr(GPtrArray) all = tasks(desk->officer, response);
    assert_string_equal(task_from(all, "aterkoppling-dag", "")->phone, "08-333 33");
}

static void test_a7_a_caller_without_a_number(void **state)
{
    const Desk *desk = *state;
    gint64 response = 0;
    const Given school[] = {{"inkom-vem", "", "school"}, {"telefon", "", "070-222 22"}, {0}};
    g_autoptr(Task) task = call_back(desk, school, &response);
    assert_string_equal(task->contact, "Skolan");
    assert_null(task->phone);
}

static void test_a7_the_client_has_called(void **state)
{
    const Desk *desk = *state;
    gint64 response = 0;
    const Given self[] = {{"inkom-vem", "", "client"}, {"telefon", "", "070-222 22"}, {0}};
    g_autoptr(Task) task = call_back(desk, self, &response);
    assert_null(task->contact);
    assert_string_equal(task->phone, "070-222 22");
}

/* --- what a correction settles ---------------------------------------------------------------- */

/* A13: what is answered by correction is due no more, neither as a task nor on the card. */
static void test_a13_the_outcome_settles_the_task(void **state)
{
    const Desk *desk = *state;
    gint64 client = 0;
    const Given due[] = {{"vag", "", "pre-assessment"},
                         {"forhands-om", "", "Oro"},
                         {"forhands-klar", "", "2026-12-04"},
                         {0}};
    gint64 response = intake(desk, due, &client);
    g_autoptr(GPtrArray) before = tasks(desk->officer, response);
    assert_int_equal(task_from(before, "forhands-klar", "")->done_ms, 0);

    const Given settled[] = {
        {"forhands-resultat", "", "not-open"}, {"forhands-skal", "", "Ingen oro"}, {0}};
    response = correct(desk->officer, response, settled);
    g_autoptr(GPtrArray) after = tasks(desk->officer, response);
    assert_int_equal(after->len, 1);
    assert_true(task_from(after, "forhands-klar", "")->done_ms != 0);
    g_autoptr(GPtrArray) decisions = NULL;
    assert_ok((decisions = decision_of_client(desk->officer, client, &error)));
    assert_int_equal(((Decision *)decisions->pdata[0])->due_on, DATE_NONE);

    /* An inquiry that is opened has a day of its own. */
    const Given opened[] = {
        {"forhands-resultat", "", "open"}, {"forhands-utredning-klar", "", "2027-03-20"}, {0}};
    response = correct(desk->officer, response, opened);
    g_autoptr(GPtrArray) last = tasks(desk->officer, response);
    assert_int_equal(task_from(last, "forhands-utredning-klar", "")->due_date,
                     date_parse("2027-03-20"));
}

/* D12: a colleague who was chosen as they were named the first time gets the task too, and nobody
 * does who only has the login that somebody's first name is. */
static void test_d12_a_colleague_stands_with_where_they_are_from(void **state)
{
    const Desk *desk = *state;
    const Given given[] = {{"steg-vad", "1", "Ringa vården"},
                           {"steg-vem", "1", "Berit Stöd, boendestödet"},
                           {"steg-vad", "2", "Köpa färg"},
                           {"steg-vem", "2", "Berit, mamma"},
                           {0}};
    gint64 response = complete(desk->worker, "handlingsplan", desk->client, given);
    g_autoptr(GPtrArray) all = tasks(desk->worker, response);
    assert_int_equal(task_from(all, "steg-vad", "1")->staff_id, desk->visits.staff);
    assert_int_equal(task_from(all, "steg-vad", "2")->staff_id, session_staff_id(desk->worker));
    assert_int_not_equal(desk->visits.staff, session_staff_id(desk->worker));
}

/* D12: a yes that calls for something is something to do. */
static void test_d12_a_yes_makes_a_task(void **state)
{
    const Desk *desk = *state;
    gint64 client = 0;
    const Given sip[] = {{"sip-behovs", "", "true"}, {0}};
    gint64 response = intake(desk, sip, &client);
    g_autoptr(GPtrArray) all = tasks(desk->officer, response);
    const Task *task = task_from(all, "sip-behovs", "");
    assert_non_null(task);
    assert_int_equal(task->due_date, date_parse("2026-11-23"));
    /* What the child tells is an answer of its own, and the guide keeps its 24 questions. */
    const Given harmed[] = {
        {"bo-dar", "", "3"}, {"illa", "", "true"}, {"illa-ord", "", "Han slog mig en gång."}, {0}};
    gint64 interview = complete(desk->officer, "ubu-ungdom", desk->client, harmed);
    g_autoptr(GPtrArray) of_child = tasks(desk->officer, interview);
    assert_non_null(task_from(of_child, "illa", ""));
    g_auto(Opened) opened = open_it(desk->officer, interview, FALSE);
    const FormItem *told = form_item(opened.form, "illa-ord");
    assert_true(told->own_words && told->follow_up);
    assert_int_equal(form_questions(opened.form), 24);
    assert_string_equal(answers_get(opened.answers, "illa-ord", "")->value,
                        "Han slog mig en gång.");
}

/* Issue 11: each has its clock from the day the matter came in (2026-11-20), not from when the form
 * was done.
 */
static void test_intake_clocks(void **state)
{
    const Desk *desk = *state;
    const Given given[] = {{"tolk", "", "true"},
                           {"spraket", "", "ar"},
                           {"saker-barn", "", "worry"},
                           {"saker-skyddsbedomning", "", "false"},
                           {"info-anhorigstod", "", "true"},
                           {"foretradare-slag", "", "trustee"},
                           {"foretradare-namn", "1", "Karl Ek"},
                           {"foretradare-till", "1", "2027-03-01"},
                           {0}};
    gint64 client = 0;
    gint64 response = intake(desk, given, &client);
    g_autoptr(GPtrArray) all = tasks(desk->officer, response);
    assert_int_equal(all->len, 4);
    assert_task(task_from(all, "tolk", ""), TASK_OTHER, "2026-11-22", "Boka tolk (arabiska).");
    assert_task(task_from(all, "saker-skyddsbedomning", ""), TASK_OTHER, "2026-11-21",
                "Gör en skyddsbedömning. Skriv sedan i aktualiseringen vilken dag den gjordes, vem "
                "som gjorde den och vad den kom fram till.");
    assert_task(task_from(all, "info-anhorigstod", ""), TASK_OTHER, "2026-12-04",
                "Hör av dig till den anhöriga om anhörigstöd.");
    assert_task(task_from(all, "foretradare-till", "1"), TASK_FOLLOW_UP, "2027-01-18",
                "Uppdraget för Karl Ek går ut 2027-03-01. Fråga om det ska bli ett nytt.");

    /* The assessment is made: what was to be done is settled, and what it came to stands in the
     * form. */
    const Given made[] = {{"saker-skyddsbedomning", "", "true"},
                          {"skyddsbedomning-dag", "", "2026-11-21"},
                          {"skyddsbedomning-av", "", "Eva Ek"},
                          {"skyddsbedomning-utfall", "", "none"},
                          {0}};
    gint64 correction = correct(desk->officer, response, made);
    g_autoptr(GPtrArray) after = tasks(desk->officer, correction);
    assert_true(task_from(after, "saker-skyddsbedomning", "")->done_ms != 0);
    assert_int_equal(task_from(after, "tolk", "")->done_ms, 0);
    assert_sound(desk->lead);
}

/* D13: the end of a god man's mandate was seen by nobody. One that ends within six weeks is asked
 * about today. */
static void test_d13_mandate_ends_soon(void **state)
{
    const Desk *desk = *state;
    const Given given[] = {
        {"foretradare-slag", "", "agent"}, {"foretradare-till", "1", "2026-12-01"}, {0}};
    gint64 client = 0;
    gint64 response = intake(desk, given, &client);
    g_autoptr(GPtrArray) all = tasks(desk->officer, response);
    assert_task(task_from(all, "foretradare-till", "1"), TASK_FOLLOW_UP, "2026-11-22",
                "Företrädarens uppdrag går ut 2026-12-01. Fråga om det ska bli ett nytt.");
}

#define MANDATE_TASKS "SELECT COUNT(*) FROM task WHERE mandate_on IS NOT NULL AND done_ms IS NULL"

/* Issue 11: the day stands on the card, and is changed there without the form: the task follows it,
 * as it does when there is no such day any more, or one where there was none. */
static void test_mandate_on_the_card(void **state)
{
    const Desk *desk = *state;
    const Given given[] = {
        {"foretradare-slag", "", "trustee"},     {"foretradare-namn", "1", "Gun Ek"},
        {"foretradare-till", "1", "2027-03-01"}, {"foretradare-namn", "2", "Ali Vik"},
        {"foretradare-till", "2", "2028-03-01"}, {0}};
    gint64 id = 0;
    gint64 response = intake(desk, given, &id);
    g_autoptr(Client) client = card(desk->officer, id);
    assert_int_equal(client->mandate_to, date_parse("2027-03-01"));
    assert_int_equal(fixture_int(desk->lead, MANDATE_TASKS), 2);
    assert_non_null(strstr(client->contact, "1 mars 2027"));
    client->mandate_to = date_parse("2027-06-30");
    assert_ok(client_change(desk->officer, client, &error));
    assert_int_equal(fixture_int(desk->lead, MANDATE_TASKS " AND due_date = '2027-05-19'"
                                                           " AND note LIKE '%Gun Ek%2027-06-30%'"),
                     1);
    assert_int_equal(fixture_int(desk->lead, MANDATE_TASKS), 2);
    assert_null(strstr(client->contact, "1 mars 2027"));
    assert_non_null(strstr(client->contact, "30 juni 2027"));
    /* What a correction says nothing new of stays as it was written by hand. */
    const Given more[] = {{"foretradare-slag", "", "trustee"},
                          {"foretradare-namn", "1", "Gun Ek"},
                          {"foretradare-till", "1", "2027-03-01"},
                          {"foretradare-namn", "2", "Ali Vik"},
                          {"foretradare-till", "2", "2028-03-01"},
                          {"telefon", "", "070-174 06 12"},
                          {0}};
    correct(desk->officer, response, more);
    g_autoptr(Client) again = card(desk->officer, id);
    assert_int_equal(again->mandate_to, date_parse("2027-06-30"));
    again->mandate_to = DATE_NONE;
    assert_ok(client_change(desk->officer, again, &error));
    assert_int_equal(fixture_int(desk->lead, MANDATE_TASKS), 1);
    again->mandate_to = date_parse("2026-12-01");
    assert_ok(client_change(desk->officer, again, &error));
    assert_int_equal(fixture_int(desk->lead, MANDATE_TASKS " AND due_date = '2026-11-22'"), 1);
    assert_sound(desk->lead);
}

static void test_mandate_of_a_new_card(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Client) client = client_new();
    client->name = g_strdup("Alva Ö");
    client->mandate_to = date_parse("2027-06-30");
    assert_ok(client_add(desk->officer, client, &error));
    assert_int_equal(fixture_int(desk->lead, MANDATE_TASKS), 1);
    g_autoptr(Client) kept = card(desk->officer, client->id);
    assert_int_equal(kept->mandate_to, date_parse("2027-06-30"));
}

/* Whose help has ended gets no clock by a correction of the intake, and no new matter in silence.
 */
static void test_closed_gets_no_clock(void **state)
{
    const Desk *desk = *state;
    gint64 client = 0;
    gint64 response = intake(desk, NULL, &client);
    g_autoptr(Closing) closing = closing_new(client);
    closing->last_day = date_parse("2026-11-21");
    closing->months = 0;
    assert_ok(closing_add(desk->lead, closing, NULL, &error));
    const Given sip[] = {{"sip-behovs", "", "true"}, {"tolk", "", "true"}, {0}};
    gint64 correction = correct(desk->officer, response, sip);
    g_autoptr(GPtrArray) all = tasks(desk->officer, correction);
    assert_int_equal(all->len, 0);
    g_autofree char *said =
        refused(desk->officer, "aktualisering", client, INTAKE, sip, ERROR_INPUT);
    assert_non_null(strstr(said, "2026-11-21"));
    assert_ok(closing_reopen(desk->lead, client, date_parse("2026-11-22"), NULL, &error));
    gint64 again = complete_both(desk->officer, "aktualisering", &client, INTAKE, sip);
    g_autoptr(GPtrArray) new = tasks(desk->officer, again);
    assert_int_equal(new->len, 2);
}

/* --- what stops a SIP ------------------------------------------------------------------------- */

/* A9: no SIP is completed when the consent does not hold, before its meeting, or for a child
 * without those who are to consent. */
static void test_a9_a_sip_rests_on_consent(void **state)
{
    const Desk *desk = *state;
    const Given sip[] = {{"sip-blir", "", "yes-sip"},
                         {"samtycke-ges", "", "true"},
                         {"samtycke-dag", "", "2026-11-01"},
                         {"samtycke-till", "", "2027-05-01"},
                         {"mote-dag", "", "2026-11-20"},
                         {"samtycke-galler", "", "true"},
                         {0}};
    const struct {
        Given more[4];
        const char *says;
    } cases[] = {
        {{{"samtycke-galler", "", "false"}, {0}}, "at the meeting"},
        {{{"samtycke-tillbaka", "", "2026-11-21"}, {0}}, "withdrawn"},
        {{{"samtycke-till", "", "2026-11-21"}, {0}}, "run out"},
        {{{"mote-dag", "", "2026-12-04"}, {0}}, "2026-12-04"},
        {{{"sip-under-18", "", "true"},
          {"samtycke-vems", "", "custodians"},
          {"samtycke-vardnadshavare", "", "one"},
          {0}},
         "guardians"},
        {{{"sip-under-18", "", "true"},
          {"samtycke-vems", "", "child"},
          {"samtycke-barnet-ja", "", "false"},
          {0}},
         "child"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *said =
            refused(desk->officer, "sip", desk->client, sip, cases[i].more, ERROR_INPUT);
        if (strstr(said, cases[i].says) == NULL)
            fail_msg("case %zu: %s", i, said);
    }
    const Given mature[] = {{"sip-under-18", "", "true"},
                            {"samtycke-vems", "", "child"},
                            {"samtycke-barnet-ja", "", "true"},
                            {0}};
    gint64 client = desk->client;
    gint64 made = complete_both(desk->officer, "sip", &client, sip, mature);
    /* That it has been withdrawn since is told by a correction. */
    const Given back[] = {{"samtycke-tillbaka", "", "2026-11-22"}, {0}};
    correct(desk->officer, made, back);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMPLETION_TEST(test_intake_tasks),
        COMPLETION_TEST(test_intake_clocks),
        COMPLETION_TEST(test_d13_mandate_ends_soon),
        COMPLETION_TEST(test_mandate_on_the_card),
        COMPLETION_TEST(test_mandate_of_a_new_card),
        COMPLETION_TEST(test_closed_gets_no_clock),
        COMPLETION_TEST(test_two_questions),
        COMPLETION_TEST(test_plan),
        COMPLETION_TEST(test_plan_corrected),
        COMPLETION_TEST(test_done_and_replaced),
        COMPLETION_TEST(test_days_in_one_group),
        COMPLETION_TEST(test_long_note),
        COMPLETION_TEST(test_sip),
        COMPLETION_TEST(test_a7_the_caller_is_called_back),
        COMPLETION_TEST(test_a7_a_caller_without_a_number),
        COMPLETION_TEST(test_a7_the_client_has_called),
        COMPLETION_TEST(test_a13_the_outcome_settles_the_task),
        COMPLETION_TEST(test_d12_a_colleague_stands_with_where_they_are_from),
        COMPLETION_TEST(test_d12_a_yes_makes_a_task),
        COMPLETION_TEST(test_a9_a_sip_rests_on_consent),
    };
    return cmocka_run_group_tests_name("care/completion_tasks", tests, NULL, NULL);
}
