/* consent_entry.c: consents entered on the card without a form, and a later no that meets an
 * earlier yes. Issue 11, D13. */
#include "care/client/client_words.h"
#include "care/client/consent_rows.h"
#include "tests/unit/care/fixture_completion.h"

static Consent *a_yes(const Desk *desk, const char *actors)
{
    Consent *consent = consent_entry_new(desk->client);
    consent->actors = g_strdup(actors);
    consent->scope = g_strdup("hur det går");
    consent->ends_on = date_parse("2027-05-22");
    return consent;
}

static gint64 enter(const Desk *desk, Consent *consent, gint64 replaces)
{
    g_autoptr(Consent) owned = consent;
    assert_ok(consent_enter(desk->worker, owned, replaces, &error));
    return owned->id;
}

static gint64 say_no(const Desk *desk)
{
    Consent *no = consent_entry_new(desk->client);
    no->given = FALSE;
    return enter(desk, no, 0);
}

static GPtrArray *consents(const Desk *desk)
{
    GPtrArray *all = NULL;
    assert_ok((all = consent_of_client(desk->worker, desk->client, &error)));
    return all;
}

static const Consent *of_id(const GPtrArray *all, gint64 id)
{
    for (guint i = 0; i < all->len; i++)
        if (((const Consent *)all->pdata[i])->id == id)
            return all->pdata[i];
    fail_msg("no consent %" G_GINT64_FORMAT, id);
    return NULL;
}

static void one_is_entered(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Consent) consent = a_yes(desk, "vårdcentralen");
    assert_ok(consent_enter(desk->worker, consent, 0, &error));
    assert_ok(consent_enter(desk->worker, consent, 0, &error)); /* once */
    g_autoptr(GPtrArray) all = consents(desk);
    assert_int_equal(all->len, 1);
    const Consent *kept = of_id(all, consent->id);
    assert_true(consent_holds(kept, clock_today()));
    assert_string_equal(kept->actors, "vårdcentralen");
    assert_int_equal(kept->response_id, 0);
    assert_sound(desk->lead);
}

static void what_cannot_be_is_refused(void **state)
{
    const Desk *desk = *state;
    const struct {
        const char *actors, *scope, *from, *until;
        gboolean given;
    } cases[] = {
        {NULL, "allt", "2026-11-22", "2027-01-01", TRUE},
        {"skolan", NULL, "2026-11-22", "2027-01-01", TRUE},
        {"skolan", "allt", "2026-11-22", NULL, TRUE},
        {"skolan", "allt", "2026-11-22", "2026-11-21", TRUE},
        {"skolan", "allt", "2026-01-22", "2026-11-21", TRUE},
        {"skolan", "allt", "2026-11-22", "2027-11-24", TRUE},
        {"skolan", "allt", NULL, "2027-01-01", TRUE},
        {NULL, NULL, "2026-11-23", NULL, FALSE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Consent) consent = consent_entry_new(desk->client);
        ConsentField field;
        consent->given = cases[i].given;
        consent->actors = g_strdup(cases[i].actors);
        consent->scope = g_strdup(cases[i].scope);
        consent->given_on = cases[i].from != NULL ? date_parse(cases[i].from) : DATE_NONE;
        consent->ends_on = cases[i].until != NULL ? date_parse(cases[i].until) : DATE_NONE;
        if (consent_entry_fault(consent, &field) == NULL)
            fail_msg("case %zu", i);
        assert_fails(consent_enter(desk->worker, consent, 0, &error), ERROR_INPUT);
    }
    g_autoptr(GPtrArray) all = consents(desk);
    assert_int_equal(all->len, 0);
}

/* The old one stays to be seen, withdrawn from the day on which the new one begins. */
static void another_takes_its_place(void **state)
{
    const Desk *desk = *state;
    const gint64 old = enter(desk, a_yes(desk, "skolan"), 0);
    set_clock("2026-11-25T10:00");
    const gint64 new = enter(desk, a_yes(desk, "skolan och soc"), old);
    g_autoptr(GPtrArray) all = consents(desk);
    assert_int_equal(all->len, 2);
    assert_int_equal(of_id(all, old)->withdrawn_on, date_parse("2026-11-25"));
    assert_true(consent_holds(of_id(all, old), date_parse("2026-11-24")));
    assert_false(consent_holds(of_id(all, old), clock_today()));
    assert_true(consent_holds(of_id(all, new), clock_today()));
    g_autoptr(Consent) late = a_yes(desk, "ingen");
    assert_fails(consent_enter(desk->worker, late, old, &error), ERROR_CONFLICT);
    assert_sound(desk->lead);
}

/* One that is taken back, or over, is not made to last by another in its place. */
static void what_is_over_is_not_made_longer(void **state)
{
    const Desk *desk = *state;
    const gint64 old = enter(desk, a_yes(desk, "skolan"), 0);
    const char *const begins[] = {"2026-12-01", "2026-12-20"};
    for (gsize i = 0; i < G_N_ELEMENTS(begins); i++) {
        Consent *new = a_yes(desk, "skolan och soc");
        new->given_on = date_parse(begins[i]);
        enter(desk, new, old);
        g_autoptr(GPtrArray) all = consents(desk);
        assert_int_equal(of_id(all, old)->withdrawn_on, date_parse(begins[0]));
    }
    /* One that has run out was not withdrawn. */
    const gint64 short_one = enter(desk, a_yes(desk, "soc"), 0);
    set_clock("2027-05-24T10:00");
    Consent *after = a_yes(desk, "soc");
    after->ends_on = date_parse("2027-12-01");
    enter(desk, after, short_one);
    g_autoptr(GPtrArray) all = consents(desk);
    assert_int_equal(of_id(all, short_one)->withdrawn_on, DATE_NONE);
    assert_sound(desk->lead);
}

static void meet(const Desk *desk, ConsentSettled settled, gint64 *yes, gint64 *no)
{
    *yes = enter(desk, a_yes(desk, "skolan"), 0);
    set_clock("2026-11-25T10:00");
    *no = say_no(desk);
    {
        g_autoptr(GPtrArray) all = consents(desk);
        g_autoptr(GPtrArray) met = consent_met_by(all, of_id(all, *no));
        assert_int_equal(met->len, 1);
        assert_ptr_equal(consent_no_that_meets(all, of_id(all, *yes)), of_id(all, *no));
        assert_false(consent_holds(of_id(all, *yes), clock_today())); /* nothing is shared */
        g_autofree char *grounds = NULL;
        assert_ok(client_words_grounds(desk->worker, desk->client, &grounds, &error));
        assert_non_null(strstr(grounds, "later no"));
    }
    assert_ok(consent_settle(desk->worker, *no, settled, &error));
    assert_ok(consent_settle(desk->worker, *no, settled, &error)); /* once */
    assert_fails(consent_settle(desk->worker, *no, (settled + 1) % CONSENT_SETTLED_COUNT, &error),
                 ERROR_CONFLICT);
    assert_fails(consent_settle(desk->worker, *yes, settled, &error), ERROR_INPUT);
}

static void the_no_holds(void **state)
{
    const Desk *desk = *state;
    gint64 yes, no;
    meet(desk, CONSENT_NO_HOLDS, &yes, &no);
    g_autoptr(GPtrArray) all = consents(desk);
    assert_int_equal(of_id(all, yes)->withdrawn_on, date_parse("2026-11-25"));
    assert_false(consent_holds(of_id(all, yes), clock_today()));
    assert_sound(desk->lead);
}

static void the_yes_holds_or_both(void **state)
{
    const Desk *desk = *state;
    gint64 yes, no;
    meet(desk, CONSENT_YES_HOLDS, &yes, &no);
    g_autoptr(GPtrArray) all = consents(desk);
    assert_true(consent_holds(of_id(all, yes), clock_today()));
    assert_null(consent_no_that_meets(all, of_id(all, yes)));
    g_autofree char *said = client_words_consent(of_id(all, no));
    assert_string_equal(said, "said no, but the yes holds");
}

/* A no of an earlier day, one of the same form, and a yes that comes after a no, meet nothing. */
static void what_does_not_meet(void **state)
{
    const Desk *desk = *state;
    (void)desk;
    const Consent yes = {.id = 1,
                         .given = TRUE,
                         .given_on = 100,
                         .ends_on = 200,
                         .withdrawn_on = DATE_NONE,
                         .created_ms = 10,
                         .response_id = 7};
    const struct {
        Consent no;
        Date day;
        gboolean meets;
    } cases[] = {
        {{.id = 2, .given_on = 110, .created_ms = 20}, 120, TRUE},
        {{.id = 2, .given_on = 90, .created_ms = 20}, 120, FALSE},
        {{.id = 2, .given_on = 110, .created_ms = 5}, 120, FALSE},
        {{.id = 2, .given_on = 110, .created_ms = 20, .response_id = 7}, 120, FALSE},
        {{.id = 2, .given_on = 110, .created_ms = 20, .response_id = 8}, 120, TRUE},
        {{.id = 2, .given_on = 110, .created_ms = 20}, 201, FALSE},
        {{.id = 2, .given_on = 110, .created_ms = 20, .settled = (char *)"both"}, 120, FALSE},
        {{.id = 2, .given_on = 110, .created_ms = 20, .given = TRUE}, 120, FALSE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        if (consent_meets(&cases[i].no, &yes, cases[i].day) != cases[i].meets)
            fail_msg("case %zu", i);
}

/* A no in a form meets what was entered by hand. */
static void a_no_in_a_form_meets_it_too(void **state)
{
    const Desk *desk = *state;
    const gint64 yes = enter(desk, a_yes(desk, "skolan"), 0);
    set_clock("2026-11-22T11:00");
    const Given no[] = {
        {"namn", "", "Emil Ärlig"}, {"id-slag", "", "none"}, {"samtycke-ges", "", "refused"}, {0}};
    gint64 client = desk->client;
    complete_both(desk->officer, "aktualisering", &client, INTAKE, no);
    g_autoptr(GPtrArray) all = consents(desk);
    assert_true(of_id(all, yes)->met_by_no);
    assert_non_null(consent_no_that_meets(all, of_id(all, yes)));
}

static void rows_are_read(void **state)
{
    (void)state;
    const char *faults[CONSENT_ROW_COUNT];
    g_autoptr(Consent) consent = consent_entry_new(1);
    g_auto(GStrv) values = consent_rows_values(NULL);
    assert_false(consent_rows_take(values, consent, faults));
    assert_non_null(faults[CONSENT_ROW_ANSWER]);
    g_free(values[CONSENT_ROW_ANSWER]);
    values[CONSENT_ROW_ANSWER] = g_strdup("1");
    assert_true(consent_rows_take(values, consent, faults));
    assert_false(consent->given);
    g_free(values[CONSENT_ROW_ANSWER]);
    values[CONSENT_ROW_ANSWER] = g_strdup("0");
    assert_false(consent_rows_take(values, consent, faults));
    assert_non_null(faults[CONSENT_ROW_ACTORS]);
    assert_string_equal(consent_giver_name("agent"), "an agent with a power of attorney");
    assert_string_equal(consent_form_name("per video"), "per video");
    assert_null(consent_form_name(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMPLETION_TEST(one_is_entered),
        COMPLETION_TEST(what_cannot_be_is_refused),
        COMPLETION_TEST(another_takes_its_place),
        COMPLETION_TEST(what_is_over_is_not_made_longer),
        COMPLETION_TEST(the_no_holds),
        COMPLETION_TEST(the_yes_holds_or_both),
        COMPLETION_TEST(what_does_not_meet),
        COMPLETION_TEST(a_no_in_a_form_meets_it_too),
        COMPLETION_TEST(rows_are_read),
    };
    return cmocka_run_group_tests_name("care/consent_entry", tests, NULL, NULL);
}
