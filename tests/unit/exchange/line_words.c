/* line_words.c: the weeks' line in sentences: which way, since which week, and the change nearest.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/i18n.h"
#include "exchange/line_words.h"

#define UNTIL 202647

static int english(void **state)
{
    (void)state;
    return i18n_init("en") ? 0 : -1;
}

static void assert_text(char *text, const char *expected)
{
    if (strcmp(text, expected) != 0)
        fail_msg("“%s” is not\n“%s”", text, expected);
    g_free(text);
}

static Cycle *begun(Week week, const char *name, CycleKind kind)
{
    Cycle *cycle = cycle_new(1, week_monday(week));
    cycle->name = g_strdup(name);
    cycle->kind = kind;
    cycle->rebase = kind == CYCLE_CHANGE;
    return cycle;
}

/* Weeks up to week 47 of 100 visits each: '+' 30 not taken, '-' 10, '0' 20, '.' no share, '^' 95.
 */
static WeekLine *line_of(SpcKind kind, const char *pattern, CycleKind what, Week changed,
                         int target)
{
    GArray *weeks = g_array_new(FALSE, FALSE, sizeof(ReviewWeek));
    GPtrArray *cycles = g_ptr_array_new_with_free_func((GDestroyNotify)cycle_free);
    GPtrArray *notes = g_ptr_array_new_with_free_func((GDestroyNotify)week_note_free);
    const int count = (int)strlen(pattern);
    for (int i = 0; i < count; i++) {
        static const char signs[] = "+-0.^";
        static const double rates[] = {0.3, 0.1, 0.2, NAN, 0.95};
        ReviewWeek week = {.week = week_add(UNTIL, i + 1 - count), .over = TRUE};
        week.rate = rates[strchr(signs, pattern[i]) - signs];
        week.recorded = isnan(week.rate) ? 0 : 100;
        week.missed = isnan(week.rate) ? 0 : (gint64)lround(week.rate * 100);
        g_array_append_val(weeks, week);
    }
    if (changed != 0)
        g_ptr_array_add(cycles, begun(changed, "Påminnelse dagen innan", what));
    WeekNote *note = g_new0(WeekNote, 1);
    note->week = UNTIL;
    note->words = g_strdup("Höstlov.");
    g_ptr_array_add(notes, note);
    return week_line_new(kind, weeks, cycles, notes, target);
}

static void what_has_changed_is_said(void **state)
{
    (void)state;
    static const struct {
        SpcKind kind;
        const char *pattern;
        Week changed;
        const char *text;
    } cases[] = {
        {SPC_RUN, "+-+-+", 0,
         "There are too few weeks yet to tell a change from chance; it takes 10 that differ from "
         "the median."},
        {SPC_RUN, "+-+-+-+-+-+-", 202640,
         "The weeks vary no more than they would by chance alone."},
        {SPC_RUN, "++++++++++++------------", 0,
         "12 weeks in a row below the median: fewer visits are not taken since week 36. By chance "
         "alone it would hardly be more than 8."},
        {SPC_RUN, "++++++++++++------------", 202635,
         "12 weeks in a row below the median: fewer visits are not taken since week 36. By chance "
         "alone it would hardly be more than 8. The nearest change: “Påminnelse dagen innan”, week "
         "35."},
        {SPC_RUN, "------------++++++++++++", 202638,
         "12 weeks in a row above the median: more visits are not taken since week 36. By chance "
         "alone it would hardly be more than 8. The nearest change, “Påminnelse dagen innan”, came "
         "after that: week 38."},
        {SPC_RUN, "++++++++-+--+-+-------", 0,
         "8 weeks in a row above the median: more visits were not taken from week 26 to week 33. "
         "By "
         "chance alone it would hardly be more than 7."},
        {SPC_RUN, "++++++------", 0,
         "The line has moved: fewer visits are not taken since week 42 (below the median). It "
         "crosses the middle 1 time; by chance alone it would hardly be fewer than 3."},
        {SPC_RUN, "++++++------+-", 202640,
         "It crosses the middle 3 times; by chance alone it would hardly be fewer than 4. Which "
         "way "
         "the line goes cannot be said yet."},
        {SPC_P, "0+0+0+^0+0+0+0", 202641,
         "Above the upper limit: week 40 (95.0 %). The nearest change, “Påminnelse dagen innan”, "
         "came after that: week 41."},
        {SPC_P, "++++++++++++------------", 0,
         "12 weeks in a row below the centre line: fewer visits are not taken since week 36. By "
         "chance alone it would hardly be more than 8."},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(WeekLine) line = line_of(cases[i].kind, cases[i].pattern, CYCLE_TEST,
                                           cases[i].changed, IMPROVEMENT_NO_TARGET);
        assert_text(line_words_signal(line), cases[i].text);
    }
}

static void centre_and_parts_are_said(void **state)
{
    (void)state;
    g_autoptr(WeekLine) run = line_of(SPC_RUN, "+-+-+-+-+-+-", CYCLE_CHANGE, 0, 120);
    assert_text(line_words_centre(run), "The median of 12 weeks is 20.0 %. The target is 12.0 %.");
    assert_text(line_words_centre_label(run), "median 20.0 %");
    assert_text(line_words_target_label(run), "target 12.0 %");
    g_autoptr(WeekLine) none = line_of(SPC_RUN, "...", CYCLE_CHANGE, 0, IMPROVEMENT_NO_TARGET);
    assert_text(line_words_centre(none), "The median of 0 weeks is –.");
    assert_null(line_words_centre_label(none));
    assert_null(line_words_target_label(none));
    g_autoptr(WeekLine) p =
        line_of(SPC_P, "+++++++++++++---", CYCLE_CHANGE, 202645, IMPROVEMENT_NO_TARGET);
    assert_text(line_words_centre(p),
                "Weeks 32–44: centre line 30.0 %. Since “Påminnelse dagen innan”, weeks 45–47: "
                "centre line 10.0 %. Trial limits: they are of fewer than 12 weeks.");
    assert_text(line_words_centre_label(p), "centre 10.0 %");
    assert_text(line_words_rules(p), "Rules: limits at three standard deviations; Anhøj's for the "
                                     "longest run and the crossings.");
    assert_text(line_words_rules(run), "Rules: Anhøj's for the longest run and the crossings.");
}

static void a_week_is_said(void **state)
{
    (void)state;
    g_autoptr(WeekLine) run = line_of(SPC_RUN, "+-.0", CYCLE_CHANGE, 202646, IMPROVEMENT_NO_TARGET);
    assert_text(line_words_point(run, 0), "Week 44: 30.0 %, 30 of 100 visits.");
    assert_text(line_words_point(run, 2),
                "Week 46: no share. A change begins: “Påminnelse dagen innan”.");
    assert_text(line_words_point(run, 3), "Week 47: 20.0 %, 20 of 100 visits. Note: Höstlov.");
    g_autoptr(WeekLine) p =
        line_of(SPC_P, "0000000000000000000^", CYCLE_CHANGE, 0, IMPROVEMENT_NO_TARGET);
    assert_text(line_words_point(p, 19),
                "Week 47: 95.0 %, 95 of 100 visits. Limits 11.0–36.5 %. It "
                "lies above the upper limit. Note: Höstlov.");
}

/* On a line of more than a year a number alone could be two weeks. */
static void long_lines_say_the_year(void **state)
{
    (void)state;
    g_autofree char *pattern = g_strnfill(104, '0');
    g_autoptr(WeekLine) line = line_of(SPC_RUN, pattern, CYCLE_CHANGE, 0, IMPROVEMENT_NO_TARGET);
    assert_text(line_words_week(line, 0), "48 2024");
    assert_text(line_words_week(line, 103), "47 2026");
    g_autoptr(WeekLine) year =
        line_of(SPC_RUN, pattern + 104 - 52, CYCLE_CHANGE, 0, IMPROVEMENT_NO_TARGET);
    assert_text(line_words_week(year, 0), "48");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_has_changed_is_said),
        cmocka_unit_test(centre_and_parts_are_said),
        cmocka_unit_test(a_week_is_said),
        cmocka_unit_test(long_lines_say_the_year),
    };
    return cmocka_run_group_tests_name("exchange/line_words", tests, english, NULL);
}
