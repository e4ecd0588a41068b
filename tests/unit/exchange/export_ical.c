/* export_ical.c: one's own visits as a calendar, which names nobody. */
#include "care/visit/visit_record.h"
#include "tests/unit/exchange/fixture_export.h"

#include <libical/ical.h>

static gint64 add_person(Session *session, const char *name, Protection protection, gboolean mine)
{
    g_autoptr(Client) client = client_new();
    client->name = g_strdup(name);
    client->protection = protection;
    client->support_worker_id = mine ? session_staff_id(session) : 0;
    client->active = TRUE;
    assert_ok(client_add(session, client, &error));
    return client->id;
}

static void plan(Session *session, gint64 client, gint64 staff, const char *date, int start,
                 Outcome outcome)
{
    g_autoptr(DbTransaction) tx = NULL;
    g_autoptr(VisitBatch) batch = NULL;
    g_autoptr(Visit) visit = visit_new();
    visit->client_id = client;
    visit->staff_id = staff;
    visit->date = date_parse(date);
    visit->start = start;
    visit->minutes = 90;
    visit->outcome.outcome = outcome;
    visit->outcome.words = g_strdup("mår dåligt");
    assert_ok((tx = db_transaction_large(session_db(session), &error)));
    assert_ok((batch = visit_batch_new(session, 0, &error)));
    assert_ok(visit_batch_add(batch, visit, &error) == BATCH_ADDED);
    assert_ok(visit_batch_finish(batch, &error));
    assert_ok(db_transaction_commit(tx, &error));
}

/* One's own of four clients, a colleague's of one's own client, one that was cancelled. */
static void plan_all(Session *session)
{
    const gint64 me = session_staff_id(session);
    const gint64 mine = add_person(session, "Anna Egen", PROTECTION_NONE, TRUE);
    plan(session, mine, me, "2026-07-01", 9 * 60, OUTCOME_NONE);
    plan(session, mine, me, "2026-12-01", 9 * 60, OUTCOME_NONE);
    plan(session, mine, 0, "2026-12-02", 9 * 60, OUTCOME_NONE);
    plan(session, mine, me, "2026-12-03", 9 * 60, OUTCOME_CANCELLED);
    plan(session, add_person(session, "Bo Annans", PROTECTION_NONE, FALSE), me, "2026-12-04",
         23 * 60, OUTCOME_NONE);
    plan(session, add_person(session, "Siv Skyddad", PROTECTION_MARKED, TRUE), me, "2026-12-05",
         9 * 60, OUTCOME_NONE);
}

static icalcomponent *calendar(Session *session, gboolean names)
{
    g_autofree char *text = exported(session,
                                     ORDER(.what = EXPORT_VISITS, .format = EXPORT_ICS,
                                           .names = names, .words = TRUE, .protected = TRUE),
                                     NULL);
    icalcomponent *parsed = icalparser_parse_string(text);
    assert_non_null(parsed);
    assert_int_equal(icalcomponent_isa(parsed), ICAL_VCALENDAR_COMPONENT);
    assert_int_equal(icalcomponent_count_errors(parsed), 0);
    return parsed;
}

static icalcomponent *event(icalcomponent *of, int nth)
{
    icalcomponent *at = icalcomponent_get_first_component(of, ICAL_VEVENT_COMPONENT);
    while (nth-- > 0)
        at = icalcomponent_get_next_component(of, ICAL_VEVENT_COMPONENT);
    return at;
}

/* In universal time, by the calendar's own time zone. */
static int utc_hour(icalcomponent *of, int nth)
{
    icaltimezone *zone = icaltimezone_new();
    icalcomponent *rules = icalcomponent_get_first_component(of, ICAL_VTIMEZONE_COMPONENT);
    assert_true(icaltimezone_set_component(zone, icalcomponent_new_clone(rules)));
    icaltimetype start = icalcomponent_get_dtstart(event(of, nth));
    start = icaltime_set_timezone(&start, zone);
    const icaltimetype utc = icaltime_convert_to_zone(start, icaltimezone_get_utc_timezone());
    icaltimezone_free(zone, 1);
    return utc.hour;
}

static void a_calendar_has_times_and_no_names(void **state)
{
    Units *units = *state;
    plan_all(units->unit.session);
    icalcomponent *own = calendar(units->unit.session, FALSE);
    assert_int_equal(icalcomponent_count_components(own, ICAL_VEVENT_COMPONENT), 5);
    assert_int_equal(icalcomponent_count_components(own, ICAL_VTIMEZONE_COMPONENT), 1);
    for (int i = 0; i < 5; i++) {
        assert_string_equal(icalcomponent_get_summary(event(own, i)), "Visit");
        assert_int_equal(icaldurationtype_as_int(icalcomponent_get_duration(event(own, i))),
                         90 * 60);
        icalproperty *start =
            icalcomponent_get_first_property(event(own, i), ICAL_DTSTART_PROPERTY);
        icalparameter *zone = icalproperty_get_first_parameter(start, ICAL_TZID_PARAMETER);
        assert_string_equal(icalparameter_get_tzid(zone), "Europe/Stockholm");
    }
    /* Nine in summer and nine in winter. */
    assert_int_equal(utc_hour(own, 0), 7);
    assert_int_equal(utc_hour(own, 1), 8);
    assert_int_equal(icalcomponent_get_status(event(own, 1)), ICAL_STATUS_CONFIRMED);
    assert_int_equal(icalcomponent_get_status(event(own, 2)), ICAL_STATUS_CANCELLED);
    icalcomponent_free(own);
}

static void names_are_of_ones_own_and_unprotected(void **state)
{
    Units *units = *state;
    plan_all(units->unit.session);
    icalcomponent *own = calendar(units->unit.session, TRUE);
    assert_string_equal(icalcomponent_get_summary(event(own, 0)), "Visit: Anna Egen");
    assert_string_equal(icalcomponent_get_summary(event(own, 3)), "Visit");
    assert_string_equal(icalcomponent_get_summary(event(own, 4)), "Visit");
    char *text = icalcomponent_as_ical_string_r(own);
    assert_null(strstr(text, "Siv"));
    assert_null(strstr(text, "Bo Annans"));
    assert_null(strstr(text, "dåligt"));
    icalmemory_free_buffer(text);
    icalcomponent_free(own);
}

static void a_visit_keeps_its_uid(void **state)
{
    Units *units = *state;
    Session *session = units->unit.session;
    plan_all(session);
    icalcomponent *before = calendar(session, FALSE);
    assert_ok(db_run(session_db(session),
                     "UPDATE visit SET start = '10:00', version = version + 1"
                     " WHERE date = '2026-12-01'",
                     NULL, &error));
    icalcomponent *after = calendar(session, FALSE);
    for (int i = 0; i < 5; i++)
        assert_string_equal(icalcomponent_get_uid(event(before, i)),
                            icalcomponent_get_uid(event(after, i)));
    assert_string_not_equal(icalcomponent_get_uid(event(after, 0)),
                            icalcomponent_get_uid(event(after, 1)));
    assert_int_equal(icalcomponent_get_sequence(event(after, 1)),
                     icalcomponent_get_sequence(event(before, 1)) + 1);
    icalcomponent_free(before);
    icalcomponent_free(after);
}

static void nothing_else_is_a_calendar(void **state)
{
    Units *units = *state;
    ExportResult result;
    const ExportOrder order = ORDER(.what = EXPORT_CLIENTS, .format = EXPORT_ICS);
    g_autoptr(GError) fault = NULL;
    assert_null(export_text(units->unit.session, &order, &result, &fault));
    assert_true(g_error_matches(fault, DAGSFORM_ERROR, ERROR_INPUT));
    icalcomponent *empty = calendar(units->unit.session, FALSE);
    assert_int_equal(icalcomponent_count_components(empty, ICAL_VEVENT_COMPONENT), 0);
    icalcomponent_free(empty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNITS_TEST(a_calendar_has_times_and_no_names),
        UNITS_TEST(names_are_of_ones_own_and_unprotected),
        UNITS_TEST(a_visit_keeps_its_uid),
        UNITS_TEST(nothing_else_is_a_calendar),
    };

    return cmocka_run_group_tests_name("exchange/export_ical", tests, NULL, NULL);
}
