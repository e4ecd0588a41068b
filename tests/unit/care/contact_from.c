/* contact_from.c: a note begins with the visit, or with who rang. D13: no contact note outside a form. */
#include "care/client/contact_from.h"
#include "tests/unit/care/fixture.h"

static void of_a_visit(void **state)
{
    (void)state;
    const Date today = date_parse("2026-11-23");
    const gint64 recorded = clock_now_ms();
    char time[sizeof "HH:MM:SS"];
    const Date recorded_on = clock_local(recorded, time);
    const struct {
        const char *date;
        VisitMode mode;
        Outcome outcome;
        Alternative alternative;
        ToldBy told;
        CancelledBy by;
        ContactMode how;
        int at;
        gboolean on_visit; /* the visit's day, else the recording's or today */
    } cases[] = {
        {"2026-11-20", VISIT_MODE_HOME, OUTCOME_DONE, 0, 0, 0, CONTACT_MEETING, 540, TRUE},
        {"2026-11-20", VISIT_MODE_PHONE, OUTCOME_DONE, 0, 0, 0, CONTACT_PHONE, 540, TRUE},
        {"2026-11-20", VISIT_MODE_VIDEO, OUTCOME_NONE, 0, 0, 0, CONTACT_OTHER, 540, TRUE},
        {"2026-11-20", VISIT_MODE_HOME, OUTCOME_DONE_OTHERWISE, OFFER_PHONE, 0, 0, CONTACT_PHONE, 540,
         TRUE},
        {"2026-11-20", VISIT_MODE_HOME, OUTCOME_NO_SHOW, 0, TOLD_NOT_AT_ALL, BY_CLIENT,
         CONTACT_MEETING, 540, TRUE},
        {"2026-11-30", VISIT_MODE_HOME, OUTCOME_NONE, 0, 0, 0, CONTACT_PHONE, -1, FALSE},
        {"2026-11-20", VISIT_MODE_HOME, OUTCOME_CANCELLED, 0, TOLD_SMS, BY_CLIENT, CONTACT_MESSAGE,
         -1, FALSE},
        {"2026-11-20", VISIT_MODE_HOME, OUTCOME_CANCELLED, 0, TOLD_PHONE, BY_RELATIVE, CONTACT_PHONE,
         -1, FALSE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Visit) visit = visit_new();
        visit->client_id = 7;
        visit->date = date_parse(cases[i].date);
        visit->start = 540;
        visit->mode = cases[i].mode;
        visit->outcome.outcome = cases[i].outcome;
        visit->outcome.alternative = cases[i].alternative;
        visit->outcome.told = cases[i].told;
        visit->outcome.by = cases[i].by;
        visit->recorded_ms = cases[i].told != 0 ? recorded : 0;
        g_autoptr(ContactNote) note = contact_from_visit(visit, today);
        const Date otherwise = visit->recorded_ms != 0 ? MIN(recorded_on, today) : today;
        if (note->client_id != 7 || note->mode != cases[i].how || note->time != cases[i].at ||
            note->day != (cases[i].on_visit ? visit->date : otherwise) ||
            (note->party != NULL) != (cases[i].by == BY_RELATIVE))
            fail_msg("case %zu", i);
    }
}

static void of_somebody_who_rang(void **state)
{
    (void)state;
    char time[sizeof "HH:MM:SS"];
    g_autoptr(Task) task = task_new();
    assert_null(contact_from_task(task)); /* about nobody */
    task->client_id = 7;
    task->contact = g_strdup("Kerstin, vårdcentralen");
    task->note = g_strdup("Om nya medicinen");
    g_autoptr(ContactNote) agreed = contact_from_task(task);
    assert_string_equal(agreed->party, "Kerstin, vårdcentralen");
    assert_null(agreed->note); /* what is to be done is not what was said */
    task->came_ms = clock_now_ms() - 3600 * 1000;
    g_autoptr(ContactNote) note = contact_from_task(task);
    assert_int_equal(note->mode, CONTACT_PHONE);
    assert_int_equal(note->day, clock_local(task->came_ms, time));
    time[sizeof "HH:MM" - 1] = '\0';
    assert_int_equal(note->time, time_parse(time));
    assert_string_equal(note->note, "Om nya medicinen");
    assert_string_equal(note->party, "Kerstin, vårdcentralen");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_a_visit),
        cmocka_unit_test(of_somebody_who_rang),
    };
    return cmocka_run_group_tests_name("care/contact_from", tests, NULL, NULL);
}
