/* quote.c: words that a client lets the unit show at its meeting: whose may be, and for how long.
 */
#include "care/client/quote.h"

#include "tests/unit/care/fixture_visit.h"

#define WORDS "Det var skönt att ni ringde dagen innan."

static gboolean add_words(const Visits *visits, gint64 client, const char *words, const char *said,
                          GError **error)
{
    g_autoptr(Quote) quote = quote_new();
    quote->client_id = client;
    quote->words = g_strdup(words);
    quote->said_on = said != NULL ? date_parse(said) : DATE_NONE;
    return quote_add(visits->session, quote, error);
}

/* Joined by "|"; new. */
static char *at_meeting(const Visits *visits)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GPtrArray) all = NULL;
    assert_ok(
        (all = quote_for_meeting(visits->session, clock_today() - 14, clock_today(), &error)));
    for (guint i = 0; i < all->len; i++)
        g_string_append_printf(text, "%s%s", i > 0 ? "|" : "", ((Quote *)all->pdata[i])->words);
    return g_strdup(text->str);
}

static void assert_meeting(const Visits *visits, const char *wanted)
{
    g_autofree char *said = at_meeting(visits);
    assert_string_equal(said, wanted);
}

static void names_are_found(void **state)
{
    (void)state;
    assert_true(quote_names("Emil tycker att det är bra", "Emil Ärlig"));
    assert_true(quote_names("det var ÄRLIGS idé", "Emil Ärlig"));
    assert_false(quote_names("ärligt talat orkar jag inte", "Emil Ärlig"));
    assert_false(quote_names(WORDS, "Emil Ärlig"));
    assert_false(quote_names("a b", "A B"));
}

static void taken_back_they_are_gone(void **state)
{
    const Visits *visits = *state;
    assert_meeting(visits, "");
    assert_ok(add_words(visits, visits->client, "  " WORDS "\n", "2026-11-20", &error));
    assert_ok(add_words(visits, visits->other, "Bra.", "2026-11-01", &error));
    assert_meeting(visits, "Bra.|" WORDS);
    g_autoptr(GPtrArray) all = NULL;
    assert_ok((all = quote_of_client(visits->session, visits->client, &error)));
    assert_int_equal(all->len, 1);
    const Quote *quote = all->pdata[0];
    assert_string_equal(quote->words, WORDS);
    assert_true(quote_holds(quote, clock_today()));
    assert_ok(quote_withdraw(visits->session, quote->id, &error));
    assert_ok(quote_withdraw(visits->session, quote->id, &error));
    assert_meeting(visits, "Bra.");
    g_autoptr(GPtrArray) after = NULL;
    assert_ok((after = quote_of_client(visits->session, visits->client, &error)));
    assert_false(quote_holds(after->pdata[0], clock_today()));
    assert_true(quote_holds(after->pdata[0], clock_today() - 1) ==
                (((Quote *)after->pdata[0])->allowed_on <= clock_today() - 1));
    assert_int_equal(
        fixture_int(visits->session,
                    "SELECT count(*) FROM audit WHERE entity = 'quote' AND client_id <> 0"),
        3);
}

/* A call that is made again after an error makes no other one. */
static void a_call_again_changes_nothing(void **state)
{
    const Visits *visits = *state;
    g_autoptr(Quote) quote = quote_new();
    quote->client_id = visits->client;
    quote->words = g_strdup(WORDS);
    quote->said_on = clock_today();
    assert_ok(quote_add(visits->session, quote, &error));
    assert_ok(quote_add(visits->session, quote, &error));
    assert_meeting(visits, WORDS);
}

static void what_may_not_be_shown_is_refused(void **state)
{
    const Visits *visits = *state;
    const struct {
        gint64 client;
        const char *words, *said, *reason;
    } cases[] = {
        {visits->client, " \n", "2026-11-20", "Write what the client said."},
        {visits->client, "Jag heter Emil.", "2026-11-20", "name"},
        {visits->client, WORDS, "2026-11-23", "today or earlier"},
        {visits->client, WORDS, NULL, "today or earlier"},
        {visits->hidden, WORDS, "2026-11-20", "protected identity"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        assert_false(add_words(visits, cases[i].client, cases[i].words, cases[i].said, &error));
        if (!g_error_matches(error, DAGSFORM_ERROR, ERROR_INPUT) ||
            strstr(error->message, cases[i].reason) == NULL)
            fail_msg("case %zu: %s", i, error->message);
    }
    assert_meeting(visits, "");
}

/* Whoever becomes protected afterwards is shown no more. */
static void protection_hides_them(void **state)
{
    const Visits *visits = *state;
    assert_ok(add_words(visits, visits->client, WORDS, "2026-11-20", &error));
    g_autoptr(Client) client = NULL;
    assert_ok((client = client_open(visits->session, visits->client, &error)));
    client->protection = PROTECTION_MARKED;
    assert_ok(client_change(visits->session, client, &error));
    assert_meeting(visits, "");
}

static void rows_are_taken(void **state)
{
    (void)state;
    const char *faults[QUOTE_ROW_COUNT];
    g_autoptr(Quote) quote = quote_new();
    char words[] = " " WORDS " ", day[] = "2026-11-20", yes[] = "1", no[] = "0", empty[] = "";
    char *good[] = {words, day, yes, NULL};
    assert_true(quote_rows_take(good, quote, faults));
    assert_string_equal(quote->words, WORDS);
    assert_int_equal(quote->said_on, date_parse("2026-11-20"));
    char *bad[] = {empty, words, no, NULL};
    assert_false(quote_rows_take(bad, quote, faults));
    for (int row = 0; row < QUOTE_ROW_COUNT; row++)
        assert_non_null(faults[row]);
    good[QUOTE_ROW_ALLOWED] = empty;
    assert_false(quote_rows_take(good, quote, faults));
    assert_null(faults[QUOTE_ROW_WORDS]);
    assert_non_null(faults[QUOTE_ROW_ALLOWED]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_found),        VISIT_TEST(taken_back_they_are_gone),
        VISIT_TEST(a_call_again_changes_nothing), VISIT_TEST(what_may_not_be_shown_is_refused),
        VISIT_TEST(protection_hides_them),        VISIT_TEST(rows_are_taken),
    };
    return cmocka_run_group_tests_name("care/quote", tests, NULL, NULL);
}
