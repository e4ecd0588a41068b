/* risk_note.c: what whoever goes to a client must know, and who sees it. */
#include "care/client/risk_note.h"
#include "care/client/client_merge.h"
#include "tests/unit/care/fixture_response.h"

static int setup(void **state)
{
    desk_setup(state);
    set_clock("2026-11-23T09:00");
    return 0;
}
#define RISK_TEST(f) cmocka_unit_test_setup_teardown(f, setup, desk_teardown)

static gint64 a_visit(const Desk *desk, gint64 staff_id, const char *date)
{
    g_autoptr(Visit) visit = visit_new();
    visit->client_id = desk->client;
    visit->staff_id = staff_id;
    visit->date = date_parse(date);
    visit->start = 9 * 60;
    visit->minutes = 60;
    assert_ok(visit_add(desk->lead, visit, &error));
    return visit->id;
}

static char *seen(Session *session, gint64 client)
{
    g_autoptr(RiskNote) note = NULL;
    g_autoptr(GError) error = NULL;
    note = risk_note_of(session, client, &error);
    return note != NULL ? g_strdup(note->words) : NULL;
}

static void one_takes_the_place_of_another(void **state)
{
    const Desk *desk = *state;
    assert_ok(risk_note_write(desk->lead, desk->client, "Hunden är lös.", 0, &error));
    g_autoptr(RiskNote) first = NULL;
    assert_ok((first = risk_note_of(desk->lead, desk->client, &error)));
    assert_fails(risk_note_write(desk->lead, desk->client, "Annat", 0, &error), ERROR_CONFLICT);
    assert_ok(risk_note_write(desk->lead, desk->client, "Ring på baksidan.", first->id, &error));
    g_autoptr(RiskNote) second = NULL;
    assert_ok((second = risk_note_of(desk->lead, desk->client, &error)));
    assert_string_equal(second->words, "Ring på baksidan.");
    assert_ok(risk_note_write(desk->lead, desk->client, "  ", second->id, &error));
    assert_false(risk_note_stands(desk->lead, desk->client));
    g_autoptr(GPtrArray) all = NULL;
    assert_ok((all = risk_note_all(desk->lead, desk->client, &error)));
    assert_int_equal(all->len, 2);
    g_autofree char *too_long = g_strnfill(RISK_NOTE_MOST + 1, 'x');
    assert_fails(risk_note_write(desk->lead, desk->client, too_long, 0, &error), ERROR_INPUT);
    assert_sound(desk->lead);
}

/* Two cards of the same person may each have one: both are to be seen, whichever card they came
 * from, until somebody has written one in their place. */
static void two_that_stand_after_a_merge_are_both_seen(void **state)
{
    const Desk *desk = *state;
    const gint64 other = desk->visits.other;
    gint64 merge = 0;
    assert_ok(risk_note_write(desk->lead, other, "Hunden är lös.", 0, &error));
    assert_ok(risk_note_write(desk->lead, desk->client, "Grannen hotar.", 0, &error));
    g_autoptr(RiskNote) alone = NULL;
    assert_ok((alone = risk_note_of(desk->lead, desk->client, &error)));
    assert_ok(client_merge(desk->lead, desk->client, other, 0, &merge, &error));
    g_autofree char *both = seen(desk->lead, desk->client);
    assert_string_equal(both, "Hunden är lös.\nGrannen hotar.");
    /* Whoever had the page open has seen the one alone. */
    assert_fails(
        risk_note_write(desk->lead, desk->client, "Grannen hotar inte mer.", alone->id, &error),
        ERROR_CONFLICT);
    g_autoptr(RiskNote) note = NULL;
    assert_ok((note = risk_note_of(desk->lead, desk->client, &error)));
    assert_ok(risk_note_write(desk->lead, desk->client, "Hunden är lös.", note->id, &error));
    /* Whoever had seen both has not seen what took their place. */
    assert_fails(risk_note_write(desk->lead, desk->client, "Ingen fara.", note->id, &error),
                 ERROR_CONFLICT);
    g_autofree char *one = seen(desk->lead, desk->client);
    assert_string_equal(one, "Hunden är lös.");
    g_autoptr(RiskNote) last = NULL;
    assert_ok((last = risk_note_of(desk->lead, desk->client, &error)));
    assert_ok(risk_note_write(desk->lead, desk->client, "", last->id, &error));
    assert_false(risk_note_stands(desk->lead, desk->client)); /* nothing comes up from under it */
    assert_sound(desk->lead);
}

/* Those who go that day, those assigned and the team lead; nobody else, not even that there is one.
 */
static void it_is_seen_by_need(void **state)
{
    const Desk *desk = *state;
    assert_ok(risk_note_write(desk->lead, desk->client, "Hunden är lös.", 0, &error));
    assert_false(risk_note_stands(desk->officer, desk->client));
    g_autofree char *none = seen(desk->officer, desk->client);
    assert_null(none);
    const gint64 denied =
        fixture_int(desk->lead, "SELECT COUNT(*) FROM audit WHERE action = 'denied'");
    assert_fails(risk_note_write(desk->officer, desk->client, "Annat", 0, &error), ERROR_DENIED);
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM audit WHERE action = 'denied'"),
                     denied + 1);
    /* A visit of another day is none; one of that day is. */
    a_visit(desk, session_staff_id(desk->officer), "2026-11-24");
    assert_false(risk_may_see(desk->officer, desk->client));
    set_clock("2026-11-24T08:00");
    assert_true(risk_may_see(desk->officer, desk->client));
    g_autofree char *words = seen(desk->officer, desk->client);
    assert_string_equal(words, "Hunden är lös.");
    set_clock("2026-11-25T08:00");
    assert_false(risk_may_see(desk->officer, desk->client));
    /* Assigned. */
    {
        g_autoptr(Client) client = NULL;
        assert_ok((client = client_open(desk->lead, desk->client, &error)));
        client->case_officer_id = session_staff_id(desk->officer);
        assert_ok(client_change(desk->lead, client, &error));
    }
    assert_true(risk_may_see(desk->officer, desk->client));
    assert_true(risk_note_stands(desk->officer, desk->client));
    /* That it was read stands in the log. */
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM audit WHERE action = 'read'"
                                             " AND entity = 'risk_note'") > 0,
                     1);
    assert_sound(desk->lead);
}

/* What is kept about the person is theirs to get, and who did what stands in the log: whoever may open the card
 * can make both, and that stands there too. */
static void an_extract_and_the_log_tell_of_it(void **state)
{
    const Desk *desk = *state;
    assert_ok(risk_note_write(desk->lead, desk->client, "Hunden är lös.", 0, &error));
    assert_false(risk_may_see(desk->officer, desk->client));
    g_autoptr(GPtrArray) notes = NULL, events = NULL;
    assert_ok((notes = risk_note_all(desk->officer, desk->client, &error)));
    assert_int_equal(notes->len, 1);
    assert_ok((events = client_history(desk->officer, desk->client, 100, &error)));
    guint noted = 0, read = 0;
    for (guint i = 0; i < events->len; i++) {
        const ClientEvent *event = events->pdata[i];
        noted += g_str_equal(event->action, "noted a risk at visits");
        read += g_str_equal(event->action, "read the note on risk") &&
                g_str_equal(event->who, session_staff_name(desk->officer));
    }
    assert_int_equal(noted, 1);
    assert_int_equal(read, 1);
}

/* With protected identity the card alone decides: a team lead who is not named sees nothing. */
static void a_protected_card_comes_first(void **state)
{
    const Desk *desk = *state;
    assert_false(risk_may_see(desk->officer, desk->hidden));
    assert_fails(risk_note_of(desk->officer, desk->hidden, &error), ERROR_DENIED);
    assert_fails(risk_note_write(desk->officer, desk->hidden, "Hund", 0, &error), ERROR_DENIED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RISK_TEST(one_takes_the_place_of_another),
        RISK_TEST(two_that_stand_after_a_merge_are_both_seen),
        RISK_TEST(it_is_seen_by_need),
        RISK_TEST(an_extract_and_the_log_tell_of_it),
        RISK_TEST(a_protected_card_comes_first),
    };
    return cmocka_run_group_tests_name("care/risk_note", tests, NULL, NULL);
}
