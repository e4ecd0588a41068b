/* week_line.c: the weeks' line against a second computation, slow and obvious, on random weeks, and
 * what it takes for a signal. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "stats/week_line.h"

#define FIRST 202601
#define MOST 104

static ReviewWeek counted(Week week, gint64 missed, gint64 recorded)
{
    return (ReviewWeek){.week = week,
                        .over = TRUE,
                        .planned = recorded,
                        .recorded = recorded,
                        .missed = missed,
                        .rate = recorded > 0 ? (double)missed / (double)recorded : NAN};
}

/* A cycle that begins on the Wednesday of the nth week. */
static Cycle *begun(int nth, const char *name, CycleKind kind, gboolean rebase)
{
    Cycle *cycle = cycle_new(1, week_monday(week_add(FIRST, nth)) + 2);
    cycle->name = g_strdup(name);
    cycle->kind = kind;
    cycle->rebase = rebase;
    return cycle;
}

static GPtrArray *no_cycles(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)cycle_free);
}

static GPtrArray *no_notes(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)week_note_free);
}

static WeekLine *line_of(SpcKind kind, const ReviewWeek *weeks, guint count, GPtrArray *cycles)
{
    GArray *copy = g_array_new(FALSE, FALSE, sizeof(ReviewWeek));
    g_array_append_vals(copy, weeks, count);
    return week_line_new(kind, copy, cycles != NULL ? cycles : no_cycles(), no_notes(),
                         IMPROVEMENT_NO_TARGET);
}

/* Of 100 visits a week: '+' 30 not taken, '-' 10, '0' 20, '.' no share, '^' 95, 'v' 0. */
static WeekLine *line_by(SpcKind kind, const char *pattern, GPtrArray *cycles)
{
    ReviewWeek weeks[MOST];
    guint count = 0;
    for (; pattern[count] != '\0'; count++) {
        static const char signs[] = "+-0.^v";
        static const int missed[] = {30, 10, 20, 0, 95, 0};
        const int sign = (int)(strchr(signs, pattern[count]) - signs);
        weeks[count] =
            counted(week_add(FIRST, (int)count), missed[sign], pattern[count] == '.' ? 0 : 100);
    }
    return line_of(kind, weeks, count, cycles);
}

static void assert_near(double value, double expected)
{
    if (isnan(value) != isnan(expected) || fabs(value - expected) > 1e-12)
        fail_msg("%.15g is not %.15g", value, expected);
}

/* Of every point: which part it is in, by walking through the cycles; the part's share, by adding
 * up its weeks; and the limits by the formula. */
static void assert_slow_limits(const WeekLine *line, const ReviewWeek *weeks, int count,
                               const gboolean *begins)
{
    for (int i = 0; i < count; i++) {
        int first = i, end = i + 1;
        while (first > 0 && !begins[first])
            first--;
        while (end < count && !begins[end])
            end++;
        double missed = 0, of = 0;
        int base = 0;
        for (int w = first; w < end; w++) {
            if (isnan(weeks[w].rate))
                continue;
            missed += (double)weeks[w].missed;
            of += (double)weeks[w].recorded;
            base++;
        }
        const SpcPoint *point = &line->chart->points[i];
        const SpcPart *part = &line->chart->parts[point->part];
        assert_int_equal(part->first, first);
        assert_int_equal(part->count, end - first);
        assert_int_equal(part->base, base);
        assert_int_equal(part->trial, base < 12);
        assert_near(point->value, weeks[i].rate);
        assert_near(point->centre, of > 0 ? missed / of : NAN);
        if (isnan(weeks[i].rate)) {
            assert_true(isnan(point->upper));
            assert_int_equal(point->outside, 0);
            continue;
        }
        const double p = missed / of;
        const double wide = 3 * sqrt(p * (1 - p) / (double)weeks[i].recorded);
        assert_near(point->lower, p - wide < 0 ? 0 : p - wide);
        assert_near(point->upper, p + wide > 1 ? 1 : p + wide);
        assert_int_equal(point->outside, weeks[i].rate > point->upper   ? 1
                                         : weeks[i].rate < point->lower ? -1
                                                                        : 0);
    }
}

static void test_limits_are_those_counted_slowly(void **state)
{
    (void)state;
    g_autoptr(GRand) rand = g_rand_new_with_seed(20261129);
    int parts = 0, outside = 0, missing = 0;
    for (int round = 0; round < 500; round++) {
        const int count = g_rand_int_range(rand, 1, MOST + 1);
        ReviewWeek weeks[MOST];
        gboolean begins[MOST] = {FALSE};
        GPtrArray *cycles = no_cycles();
        for (int i = 0; i < count; i++) {
            const int recorded =
                g_rand_int_range(rand, 0, 6) == 0 ? 0 : g_rand_int_range(rand, 1, 500);
            const int missed = recorded > 0 ? g_rand_int_range(rand, 0, recorded / 3 + 1) : 0;
            weeks[i] = counted(week_add(FIRST, i), missed, recorded);
            missing += recorded == 0;
            if (g_rand_int_range(rand, 0, 15) == 0) {
                const gboolean rebase = g_rand_boolean(rand);
                g_ptr_array_add(cycles, begun(i, "x", CYCLE_CHANGE, rebase));
                begins[i] = rebase;
            }
        }
        g_autoptr(WeekLine) line = line_of(SPC_P, weeks, (guint)count, cycles);
        assert_slow_limits(line, weeks, count, begins);
        parts += (int)line->chart->part_count;
        for (int i = 0; i < count; i++)
            outside += line->chart->points[i].outside != 0;
    }
    assert_true(parts > 1000);
    assert_true(outside > 1000);
    assert_true(missing > 1000);
}

/* The run chart has one median, whatever has changed, and the rules of run_chart.h. */
static void test_a_run_chart_is_not_parted(void **state)
{
    (void)state;
    GPtrArray *cycles = no_cycles();
    g_ptr_array_add(cycles, begun(6, "Påminnelse", CYCLE_CHANGE, TRUE));
    g_autoptr(WeekLine) line = line_by(SPC_RUN, "++.+0+--+-----", cycles);
    double rates[14];
    for (int i = 0; i < 14; i++)
        rates[i] = week_line_week(line, (gsize)i)->rate;
    const RunSignal slow = run_signal(rates, 14, run_median(rates, 14));
    assert_int_equal(line->chart->part_count, 1);
    assert_int_equal(line->chart->parts[0].base, 13);
    assert_near(line->chart->parts[0].centre, run_median(rates, 14));
    assert_int_equal(line->chart->parts[0].runs.longest_run, slow.longest_run);
    assert_int_equal(line->chart->parts[0].runs.crossings, slow.crossings);
    assert_true(isnan(line->chart->points[0].upper));
}

/* What lies before or after the line is not on it; two that begin in one week begin one part, and
 * one that begins with the line none. */
static void test_only_what_is_in_the_weeks(void **state)
{
    (void)state;
    GPtrArray *cycles = no_cycles(), *notes = no_notes();
    static const int starts[] = {-1, 0, 4, 4, 9, 10};
    for (gsize i = 0; i < G_N_ELEMENTS(starts); i++)
        g_ptr_array_add(cycles, begun(starts[i], "x", CYCLE_CHANGE, TRUE));
    static const int noted[] = {-1, 3, 10};
    for (gsize i = 0; i < G_N_ELEMENTS(noted); i++) {
        WeekNote *note = g_new0(WeekNote, 1);
        note->week = week_add(FIRST, noted[i]);
        note->words = g_strdup_printf("%d", noted[i]);
        g_ptr_array_add(notes, note);
    }
    GArray *weeks = g_array_new(FALSE, FALSE, sizeof(ReviewWeek));
    for (int i = 0; i < 10; i++) {
        ReviewWeek week = counted(week_add(FIRST, i), i, 100);
        g_array_append_val(weeks, week);
    }
    g_autoptr(WeekLine) line = week_line_new(SPC_P, weeks, cycles, notes, 125);
    assert_int_equal(line->cycles->len, 4);
    assert_int_equal(line->notes->len, 1);
    assert_int_equal(line->chart->part_count, 3);
    assert_int_equal(line->chart->parts[1].first, 4);
    assert_int_equal(line->chart->parts[2].first, 9);
    assert_near(line->target, 0.125);
    assert_string_equal(week_line_note(line, 3)->words, "3");
    assert_null(week_line_note(line, 4));
}

static char *told(const WeekLine *line)
{
    g_autoptr(GArray) signals = week_line_signals(line);
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < signals->len; i++) {
        const WeekSignal *signal = &g_array_index(signals, WeekSignal, i);
        static const char *const kinds[] = {"run", "crossings", "outside"};
        g_string_append_printf(text, "%s%s%c%zu-%zu%s%s", text->len > 0 ? " " : "",
                               kinds[signal->kind],
                               signal->side > 0   ? '+'
                               : signal->side < 0 ? '-'
                                                  : '?',
                               signal->first, signal->last, signal->goes_on ? "…" : "",
                               signal == week_line_told(signals) ? "!" : "");
    }
    return g_string_free(text, FALSE);
}

static void test_signals(void **state)
{
    (void)state;
    static const struct {
        SpcKind kind;
        const char *pattern, *told;
    } cases[] = {
        {SPC_RUN, "+-+-+", ""},
        {SPC_RUN, "+-+-+-+-+-+-", ""},
        {SPC_RUN, "++++++++++++------------", "run-12-23…!"},
        {SPC_RUN, "++++++++-+--+-+-------", "run+0-7!"},
        {SPC_RUN, "++++++------", "crossings-6-11…!"},
        {SPC_RUN, "++++++------+-", "crossings?0-13…!"},
        {SPC_P, "0+0+0+^0+0+0+0", "outside+6-6!"},
        {SPC_P, "0+0+0+0+0+0+0+^v0+0+0+0+0+", "outside+14-14 outside-15-15!"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(WeekLine) line = line_by(cases[i].kind, cases[i].pattern, NULL);
        g_autofree char *found = told(line);
        if (strcmp(found, cases[i].told) != 0)
            fail_msg("%s: “%s” is not “%s”", cases[i].pattern, found, cases[i].told);
    }
}

/* A run of many weeks tells more than the week beyond its limits that comes after it. */
static void test_the_run_is_told_first(void **state)
{
    (void)state;
    g_autoptr(WeekLine) line = line_by(SPC_P, "00000000000000-----------0000000000000^", NULL);
    g_autoptr(GArray) signals = week_line_signals(line);
    assert_int_equal(week_line_told(signals)->kind, WEEK_RUN);
    assert_int_equal(g_array_index(signals, WeekSignal, signals->len - 1).kind, WEEK_OUTSIDE);
}

static void test_the_nearest_change(void **state)
{
    (void)state;
    GPtrArray *cycles = no_cycles();
    g_ptr_array_add(cycles, begun(2, "första", CYCLE_CHANGE, FALSE));
    g_ptr_array_add(cycles, begun(8, "andra", CYCLE_TEST, FALSE));
    g_autoptr(WeekLine) line = line_by(SPC_RUN, "++++++++++++------------", cycles);
    g_autoptr(WeekLine) none = line_by(SPC_RUN, "++++++++++++------------", NULL);
    static const struct {
        gsize point;
        const char *name;
    } cases[] = {{0, "första"}, {2, "första"}, {5, "första"}, {6, "andra"}, {23, "andra"}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_string_equal(week_line_nearest(line, cases[i].point)->name, cases[i].name);
    assert_null(week_line_nearest(none, 3));
    g_autoptr(GArray) signals = week_line_signals(line);
    assert_string_equal(g_array_index(signals, WeekSignal, 0).nearest->name, "andra");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_limits_are_those_counted_slowly),
        cmocka_unit_test(test_a_run_chart_is_not_parted),
        cmocka_unit_test(test_only_what_is_in_the_weeks),
        cmocka_unit_test(test_signals),
        cmocka_unit_test(test_the_run_is_told_first),
        cmocka_unit_test(test_the_nearest_change),
    };
    return cmocka_run_group_tests_name("stats/week_line", tests, NULL, NULL);
}
