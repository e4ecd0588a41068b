/* outcome_words.c: what came of a visit in words, and what was recorded on it before (D15). */
#include "care/visit/outcome_words.h"

#include "tests/unit/care/fixture_visit.h"

static void assert_text(char *text, const char *expected)
{
    if (expected == NULL) {
        assert_null(text);
        return;
    }
    assert_non_null(text);
    assert_string_equal(text, expected);
    g_free(text);
}

static void outcomes(void **state)
{
    (void)state;
    VisitOutcome outcome;
    visit_outcome_init(&outcome);
    assert_text(outcome_words(&outcome), "nothing recorded");
    assert_text(outcome_words_alternative(&outcome, NULL), NULL);
    outcome.outcome = OUTCOME_DONE;
    assert_text(outcome_words(&outcome), "Done");
    outcome.outcome = OUTCOME_CANCELLED;
    outcome.by = BY_CLIENT;
    outcome.told = TOLD_PHONE;
    outcome.notice = 30;
    assert_text(outcome_words(&outcome),
                "Cancelled (the client, by phone, at least 24 hours before)");
    outcome.outcome = OUTCOME_NO_SHOW;
    outcome.by = BY_NONE;
    outcome.told = TOLD_NONE;
    assert_text(outcome_words(&outcome), "Not present");
    outcome.alternative = OFFER_PHONE;
    g_autoptr(Visit) visit = visit_new();
    assert_text(outcome_words_alternative(&outcome, visit), "a phone call");
    outcome.alternative_taken = 1;
    assert_text(outcome_words_alternative(&outcome, NULL), "a phone call: accepted");
    assert_text(outcome_words_alternative(&outcome, visit), "a phone call: accepted");
    visit->date = visit->alternative_date = date_parse("2026-11-25");
    visit->alternative_start = 600;
    assert_text(outcome_words_alternative(&outcome, visit), "a phone call: accepted");
    visit->alternative_outcome = OUTCOME_DONE_OTHERWISE;
    assert_text(outcome_words_alternative(&outcome, visit), "a phone call: accepted, took place");
    visit->alternative_outcome = OUTCOME_NO_SHOW;
    assert_text(outcome_words_alternative(&outcome, visit),
                "a phone call: accepted, did not take place");
    /* D8: on another day that is told too. */
    visit->date--;
    assert_text(outcome_words_alternative(&outcome, visit),
                "a phone call: accepted, did not take place 25/11");
    visit->alternative_outcome = OUTCOME_DONE;
    assert_text(outcome_words_alternative(&outcome, visit),
                "a phone call: accepted, took place 25/11");
    visit->alternative_outcome = OUTCOME_NONE;
    assert_text(outcome_words_alternative(&outcome, visit), "a phone call: accepted, 25/11 10:00");
    outcome.alternative_taken = 0;
    assert_text(outcome_words_alternative(&outcome, visit), "a phone call: declined");
    outcome.alternative = OFFER_NOTHING;
    assert_text(outcome_words_alternative(&outcome, visit), "nothing was offered");
    visit_outcome_clear(&outcome);
}

static void new_times(void **state)
{
    (void)state;
    g_autoptr(Visit) visit = visit_new();
    assert_text(outcome_words_new_time(visit), NULL);
    visit->new_date = date_from_ymd(2026, 11, 27);
    visit->new_start = 600;
    assert_text(outcome_words_new_time(visit), "Friday 2026-11-27, 10:00");
    visit->new_outcome = OUTCOME_DONE;
    assert_text(outcome_words_new_time(visit), "Friday 2026-11-27, 10:00 (Done)");
}

static void test_d15_history(void **state)
{
    const Visits *visits = *state;
    gint64 id = plan(visits, "2026-11-20", "09:00");
    VisitOutcome outcome;
    g_autofree char *text = NULL;
    visit_outcome_init(&outcome);
    outcome.outcome = OUTCOME_DONE;
    assert_ok(visit_record(visits->session, id, 1, &outcome, NULL, NULL, &error));
    outcome.outcome = OUTCOME_NO_SHOW;
    outcome.cause = g_strdup("sjuk");
    outcome.words = g_strdup("Hon var sjuk");
    assert_ok(visit_record(visits->session, id, 2, &outcome, NULL, NULL, &error));
    visit_outcome_clear(&outcome);
    g_autoptr(Visit) visit = visit_get(visits->session, id, NULL);
    assert_ok(text = outcome_words_history(visits->session, visit, &error));
    assert_non_null(g_str_has_prefix(text, "Now, recorded 2026-11-22 10:00 by ") ? text : NULL);
    assert_non_null(strstr(text, "Not present\nCause: Sjuk\nOwn words: “Hon var sjuk”\n\nBefore, "));
    assert_true(g_str_has_suffix(text, ":\nDone\n\nBefore, until "
                                       "founder changed it 2026-11-22 10:00:\nnothing recorded") ||
                strstr(text, ":\nDone") != NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VISIT_TEST(outcomes),
        VISIT_TEST(new_times),
        VISIT_TEST(test_d15_history),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
