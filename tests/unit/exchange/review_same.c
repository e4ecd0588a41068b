/* The review says the same in every way out, and what is slowly counted from the visits (A3, A4,
 * A5): on a unit where five hundred things were recorded, corrected and undone at random. */
#include <json-glib/json-glib.h>

#include "exchange/report.h"
#include "exchange/week_words.h"
#include "tests/slow_review.h"
#include "tests/unit/care/fixture_visit.h"

#define VISITS 260
#define OPERATIONS 500

static void plan_all(const Visits *visits, GRand *rand)
{
    for (int i = 0; i < VISITS; i++) {
        g_autoptr(Visit) visit = planned_visit(visits, "2026-11-22", "10:00");
        visit->date -= g_rand_int_range(rand, 0, 140);
        visit->start = 480 + i;
        visit->staff_id = i % 3 == 0 ? visits->staff : i % 3 == 1 ? visits->colleague : 0;
        assert_ok(visit_add(visits->session, visit, &error));
    }
}

static void operate(const Visits *visits, GRand *rand)
{
    static const char *const causes[] = {NULL, "sjuk", "ork", "INS"};
    const int stored = (int)fixture_int(visits->session, "SELECT COUNT(*) FROM visit");
    gint64 id = ask(visits, "SELECT id FROM visit ORDER BY id LIMIT 1 OFFSET :id",
                    g_rand_int_range(rand, 0, stored));
    g_autoptr(GError) error = NULL;
    if (g_rand_int_range(rand, 0, 8) == 0) {
        visit_undo(visits->session, id, NULL, &error);
        return;
    }
    g_autoptr(Visit) visit = get(visits, id);
    VisitOutcome what = came((Outcome)g_rand_int_range(rand, 1, OUTCOME_COUNT), NULL);
    if (g_rand_int_range(rand, 0, 2) == 0)
        what.outcome = OUTCOME_DONE;
    if (outcome_has_cause(what.outcome))
        what.cause =
            (char *)causes[g_rand_int_range(rand, 0, outcome_is_missed(what.outcome) ? 3 : 4)];
    what.alternative = (Alternative)g_rand_int_range(rand, 0, OFFER_COUNT);
    what.alternative_taken = g_rand_int_range(rand, -1, 2);
    NewTime time = {
        .date = visit->date + g_rand_int_range(rand, 1, 12), .start = 600, .minutes = 45};
    gboolean with_time = what.outcome != OUTCOME_DONE && g_rand_int_range(rand, 0, 2) == 0;
    if (!visit_record(visits->session, id, visit->version, &what,
                      with_time ? &(VisitTimes){time, {.date = DATE_NONE}} : NULL, NULL, &error))
        fail_msg("%s", error->message);
}

/* Records what is left of two weeks in three, so that there are weeks of every kind. */
static void record_the_rest(const Visits *visits)
{
    assert_ok(db_run(session_db(visits->session),
                     "CREATE TEMP TABLE rest AS SELECT id FROM visit"
                     " WHERE outcome IS NULL AND week % 3 <> 0",
                     NULL, &error));
    while (fixture_int(visits->session, "SELECT COUNT(*) FROM rest") > 0) {
        gint64 id = fixture_int(visits->session, "SELECT MIN(id) FROM rest");
        record(visits, id, came(OUTCOME_DONE, NULL));
        assert_ok(db_run(session_db(visits->session), "DELETE FROM rest WHERE id = :id",
                         DB_PARAMS(DB_INT("id", id)), &error));
    }
}

static void assert_same_share(double share, double slow)
{
    assert_int_equal(isnan(share), isnan(slow));
    if (!isnan(slow) && !(fabs(share - slow) < 1e-12))
        fail_msg("%.15g is not %.15g", share, slow);
}

static void assert_json_share(JsonObject *object, const char *name, double slow)
{
    assert_int_equal(json_object_get_null_member(object, name), isnan(slow));
    if (!isnan(slow))
        assert_true(fabs(json_object_get_double_member(object, name) - slow) < 0.5e-4 + 1e-9);
}

static void assert_said(const char *text, char *sentence)
{
    if (strstr(text, sentence) == NULL)
        fail_msg("“%s” is not in\n%s", sentence, text);
    g_free(sentence);
}

static void assert_same_causes(const WeekReview *review, JsonObject *json, const char *text,
                               const SlowUnit *unit, int from, int to)
{
    JsonArray *causes = json_object_get_array_member(json, "causes");
    int visits = 0;
    for (int week = from; week <= to; week++)
        visits += slow_week(unit, week).with_cause;
    assert_int_equal(review->cause_visits, visits);
    assert_int_equal(json_object_get_int_member(json, "cause_visits"), visits);
    assert_int_equal(json_object_get_int_member(json, "without_cause"),
                     slow_cause(unit, from, to, ""));
    for (guint i = 0; i < json_array_get_length(causes); i++) {
        JsonObject *cause = json_array_get_object_element(causes, i);
        const char *code = json_object_get_string_member(cause, "code");
        const int count = slow_cause(unit, from, to, code);
        assert_int_equal(json_object_get_int_member(cause, "count"), count);
        assert_json_share(cause, "share", (double)count / visits);
        g_autofree char *share = week_words_share((double)count / visits);
        assert_said(text,
                    g_strdup_printf("  %s: %d, %s\n", json_object_get_string_member(cause, "label"),
                                    count, share));
    }
}

/* What is not recorded of the weeks shown that are over, by whom it is, and of no other week. */
static void assert_unrecorded(const WeekReview *review, const SlowUnit *unit)
{
    gint64 left = 0;
    for (guint i = 0; i < review->unrecorded->len; i++)
        left += ((const WeekUnrecorded *)review->unrecorded->pdata[i])->visits;
    for (guint i = 0; i < review->shown; i++) {
        const ReviewWeek *week = week_review_shown(review, i);
        left -= week->over ? slow_week(unit, week->week).unknown : 0;
    }
    assert_int_equal(left, 0);
    for (guint i = 0; i < review->unrecorded->len; i++) {
        const WeekUnrecorded *row = review->unrecorded->pdata[i];
        assert_in_range(row->week, week_review_shown(review, 0)->week,
                        week_review_last(review)->week);
        assert_true(row->week < week_of(clock_today()));
    }
}

/* `shown` weeks up to `until`, in every way out. */
static void assert_told_alike(const Visits *visits, const SlowUnit *unit, Week until, guint shown)
{
    g_autoptr(WeekReview) review = NULL;
    assert_ok((review = week_review_new(visits->session, until, shown, &error)));
    assert_int_equal(review->weeks->len, MAX(shown, REVIEW_WEEKS));
    assert_unrecorded(review, unit);
    g_autofree char *text = week_report_text(review, visits->session);
    g_autofree char *json = week_report_json(review, visits->session);
    g_autoptr(JsonParser) parser = json_parser_new();
    assert_ok(json_parser_load_from_data(parser, json, -1, &error));
    JsonObject *root = json_node_get_object(json_parser_get_root(parser));
    JsonArray *weeks = json_object_get_array_member(root, "weeks");
    for (guint i = 0; i < shown; i++) {
        const ReviewWeek *week = week_review_shown(review, i);
        const SlowWeek slow = slow_week(unit, week->week);
        JsonObject *object = json_array_get_object_element(weeks, i);
        assert_int_equal(week->planned, slow.planned);
        assert_int_equal(week->recorded, slow.recorded);
        assert_int_equal(week->missed, slow.missed);
        assert_int_equal(week->unknown, slow.unknown);
        assert_int_equal(week->stand_ins, slow.stand_ins);
        assert_same_share(week->rate, slow.rate);
        assert_int_equal(json_object_get_int_member(object, "planned"), slow.planned);
        assert_int_equal(json_object_get_int_member(object, "missed"), slow.missed);
        assert_json_share(object, "rate", slow.rate);
        if (slow.planned > 0)
            assert_said(text,
                        g_strdup_printf("%d visit%s planned, %d took place and %d %s not taken.",
                                        slow.planned, slow.planned == 1 ? " was" : "s were",
                                        slow.done, slow.missed, slow.missed == 1 ? "was" : "were"));
        if (!isnan(slow.rate)) {
            g_autofree char *share = week_words_share(slow.rate);
            assert_said(text, g_strdup_printf("Share not taken: %s.", share));
        }
    }
    const double median = slow_median(unit, until);
    assert_same_share(week_review_whole(review)->centre, median);
    assert_json_share(root, "median", median);
    if (week_review_whole(review)->base > 1) {
        g_autofree char *share = week_words_share(median);
        assert_said(text, g_strdup_printf("up to week %d, is %s.", until % 100, share));
    }
    assert_same_causes(review, root, text, unit, week_review_shown(review, 0)->week, until);
}

static void test_every_way_out_says_the_same(void **state)
{
    const Visits *visits = *state;
    g_autoptr(GRand) rand = g_rand_new_with_seed(20261122);
    int with_rate = 0, without = 0, stand_ins = 0;
    plan_all(visits, rand);
    for (int i = 0; i < OPERATIONS; i++)
        operate(visits, rand);
    record_the_rest(visits);
    assert_counts_true(visits);
    SlowUnit unit = slow_read(visits->session);
    for (Week week = 202627; week <= 202649; week = week_add(week, 1)) {
        const SlowWeek slow = slow_week(&unit, week);
        with_rate += !isnan(slow.rate);
        without += isnan(slow.rate);
        stand_ins += slow.stand_ins;
        assert_told_alike(visits, &unit, week, 1);
    }
    assert_told_alike(visits, &unit, 202647, 5);
    assert_told_alike(visits, &unit, 202649, 5);
    assert_told_alike(visits, &unit, 202647, 30);
    slow_free(&unit);
    assert_true(with_rate > 5);
    assert_true(without > 5);
    assert_true(stand_ins > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VISIT_TEST(test_every_way_out_says_the_same),
    };
    return cmocka_run_group_tests_name("exchange/review_same", tests, NULL, NULL);
}
