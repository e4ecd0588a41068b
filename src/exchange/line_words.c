/* line_words.c: the weeks' line in sentences. */
#include "exchange/line_words.h"

#include <math.h>

#include "base/i18n.h"
#include "base/text.h"
#include "exchange/week_words.h"

#define YEAR_WEEKS 52 /* the least a year has: more have a number twice */

char *line_words_week(const WeekLine *line, gsize nth)
{
    const Week week = week_line_week(line, nth)->week;
    return line->weeks->len <= YEAR_WEEKS ? g_strdup_printf("%d", week % 100)
                                          : g_strdup_printf("%d %d", week % 100, week / 100);
}

static void append(GString *text, char *sentence)
{
    if (text->len > 0)
        g_string_append_c(text, ' ');
    g_string_append(text, sentence);
    g_free(sentence);
}

/* --- signals ---------------------------------------------------------------------------------- */

static const char *where(const WeekLine *line, int side)
{
    if (line->chart->kind == SPC_RUN)
        return side > 0 ? C_("weeks in a row", "above the median")
                        : C_("weeks in a row", "below the median");
    return side > 0 ? C_("weeks in a row", "above the centre line")
                    : C_("weeks in a row", "below the centre line");
}

static char *run_what(const WeekLine *line, const WeekSignal *signal)
{
    g_autofree char *first = line_words_week(line, signal->first);
    g_autofree char *last = line_words_week(line, signal->last);
    if (signal->goes_on)
        return g_strdup_printf(signal->side > 0 ? _("more visits are not taken since week %s")
                                                : _("fewer visits are not taken since week %s"),
                               first);
    return g_strdup_printf(signal->side > 0
                               ? _("more visits were not taken from week %s to week %s")
                               : _("fewer visits were not taken from week %s to week %s"),
                           first, last);
}

static void append_run(GString *text, const WeekLine *line, const WeekSignal *signal)
{
    const RunSignal *runs = &signal->part->runs;
    g_autofree char *what = run_what(line, signal);
    /* TRANSLATORS: "12 weeks in a row below the median: fewer visits are not taken since week 34."
     */
    append(text, g_strdup_printf(_("%d weeks in a row %s: %s."), runs->told.length,
                                 where(line, signal->side), what));
    append(text,
           g_strdup_printf(_("By chance alone it would hardly be more than %d."), runs->run_limit));
}

/* Too few crossings: the line keeps to one side, then to the other. */
static void append_crossings(GString *text, const WeekLine *line, const WeekSignal *signal)
{
    const RunSignal *runs = &signal->part->runs;
    if (signal->side != 0) {
        g_autofree char *what = run_what(line, signal);
        /* TRANSLATORS: "The line has moved: fewer visits are not taken since week 34 (below the
         * median)." */
        append(text,
               g_strdup_printf(_("The line has moved: %s (%s)."), what, where(line, signal->side)));
    }
    append(text,
           g_strdup_printf(ngettext("It crosses the middle %d time; by chance alone it would "
                                    "hardly be fewer than %d.",
                                    "It crosses the middle %d times; by chance alone it would "
                                    "hardly be fewer than %d.",
                                    (gulong)runs->crossings),
                           runs->crossings, runs->crossings_limit));
    if (signal->side == 0)
        append(text, g_strdup(_("Which way the line goes cannot be said yet.")));
}

/* "Above the upper limit: week 23 (21.0 %), week 28 (19.1 %)." */
static void append_outside(GString *text, const WeekLine *line, const GArray *signals, int side)
{
    g_autoptr(GString) weeks = g_string_new(NULL);
    for (guint i = 0; i < signals->len; i++) {
        const WeekSignal *signal = &g_array_index(signals, WeekSignal, i);
        if (signal->kind != WEEK_OUTSIDE || signal->side != side)
            continue;
        g_autofree char *week = line_words_week(line, signal->first);
        g_autofree char *share = week_words_share(line->chart->points[signal->first].value);
        if (weeks->len > 0)
            g_string_append(weeks, ", ");
        /* TRANSLATORS: a week and its share: "week 23 (21.0 %)" */
        g_string_append_printf(weeks, _("week %s (%s)"), week, share);
    }
    if (weeks->len > 0)
        append(text, g_strdup_printf(side > 0 ? _("Above the upper limit: %s.")
                                              : _("Below the lower limit: %s."),
                                     weeks->str));
}

static void append_nearest(GString *text, const WeekLine *line, const WeekSignal *signal)
{
    if (signal->nearest == NULL)
        return;
    const gsize point = week_line_point_of(line, signal->nearest);
    g_autofree char *week = line_words_week(line, point);
    append(text, g_strdup_printf(point > signal->first
                                     ? _("The nearest change, “%s”, came after that: week %s.")
                                     : _("The nearest change: “%s”, week %s."),
                                 signal->nearest->name, week));
}

char *line_words_signal(const WeekLine *line)
{
    g_autoptr(GArray) signals = week_line_signals(line);
    const WeekSignal *told = week_line_told(signals);
    GString *text = g_string_new(NULL);
    if (told == NULL && !week_line_is_judged(line))
        append(text, g_strdup_printf(_("There are too few weeks yet to tell a change from chance; "
                                       "it takes %d that differ from the median."),
                                     RUN_USEFUL_LEAST));
    else if (told == NULL)
        append(text, g_strdup(_("The weeks vary no more than they would by chance alone.")));
    for (guint i = 0; i < signals->len; i++) {
        const WeekSignal *signal = &g_array_index(signals, WeekSignal, i);
        if (signal->kind == WEEK_RUN)
            append_run(text, line, signal);
        else if (signal->kind == WEEK_CROSSINGS)
            append_crossings(text, line, signal);
    }
    append_outside(text, line, signals, 1);
    append_outside(text, line, signals, -1);
    if (told != NULL)
        append_nearest(text, line, told);
    return g_string_free(text, FALSE);
}

/* --- centre, limits and rules ----------------------------------------------------------------- */

/* The change that a part begins with; NULL for the first. */
static const Cycle *begun_by(const WeekLine *line, const SpcPart *part)
{
    for (guint i = 0; i < line->cycles->len; i++) {
        const Cycle *cycle = line->cycles->pdata[i];
        if (part->first > 0 && cycle->rebase && week_line_point_of(line, cycle) == part->first)
            return cycle;
    }
    return NULL;
}

static void append_part(GString *text, const WeekLine *line, const SpcPart *part)
{
    g_autofree char *first = line_words_week(line, part->first);
    g_autofree char *last = line_words_week(line, part->first + part->count - 1);
    g_autofree char *share = isnan(part->centre) ? g_strdup("–") : week_words_share(part->centre);
    const Cycle *cycle = begun_by(line, part);
    if (cycle != NULL)
        append(text, g_strdup_printf(_("Since “%s”, weeks %s–%s: centre line %s."), cycle->name,
                                     first, last, share));
    else
        append(text, g_strdup_printf(_("Weeks %s–%s: centre line %s."), first, last, share));
    if (part->trial)
        append(text,
               g_strdup_printf(_("Trial limits: they are of fewer than %d weeks."), SPC_TRIAL));
}

char *line_words_centre(const WeekLine *line)
{
    const SpcChart *chart = line->chart;
    GString *text = g_string_new(NULL);
    if (chart->kind == SPC_RUN) {
        const SpcPart *whole = &chart->parts[0];
        g_autofree char *share =
            isnan(whole->centre) ? g_strdup("–") : week_words_share(whole->centre);
        append(text, g_strdup_printf(ngettext("The median of %d week is %s.",
                                              "The median of %d weeks is %s.", (gulong)whole->base),
                                     (int)whole->base, share));
    } else {
        for (gsize i = 0; i < chart->part_count; i++)
            append_part(text, line, &chart->parts[i]);
    }
    if (!isnan(line->target)) {
        g_autofree char *target = week_words_share(line->target);
        append(text, g_strdup_printf(_("The target is %s."), target));
    }
    return g_string_free(text, FALSE);
}

static char *label(const char *format, double value)
{
    if (isnan(value))
        return NULL;
    g_autofree char *share = week_words_share(value);
    return g_strdup_printf(format, share);
}

char *line_words_centre_label(const WeekLine *line)
{
    const SpcChart *chart = line->chart;
    return label(chart->kind == SPC_RUN ? _("median %s") : C_("on a chart", "centre %s"),
                 chart->parts[chart->part_count - 1].centre);
}

char *line_words_target_label(const WeekLine *line)
{
    return label(C_("on a chart", "target %s"), line->target);
}

char *line_words_rules(const WeekLine *line)
{
    return g_strdup(line->chart->kind == SPC_RUN
                        ? _("Rules: Anhøj's for the longest run and the crossings.")
                        : _("Rules: limits at three standard deviations; Anhøj's for the longest "
                            "run and the crossings."));
}

/* --- one week --------------------------------------------------------------------------------- */

static void append_limits(GString *text, const SpcPoint *point)
{
    if (isnan(point->upper))
        return;
    g_autofree char *lower = text_number(point->lower * 100, 1);
    g_autofree char *upper = week_words_share(point->upper);
    append(text, g_strdup_printf(_("Limits %s–%s."), lower, upper));
    if (point->outside != 0)
        append(text, g_strdup(point->outside > 0 ? _("It lies above the upper limit.")
                                                 : _("It lies below the lower limit.")));
}

char *line_words_point(const WeekLine *line, gsize nth)
{
    const ReviewWeek *week = week_line_week(line, nth);
    const WeekNote *note = week_line_note(line, nth);
    g_autofree char *name = line_words_week(line, nth);
    GString *text = g_string_new(NULL);
    if (isnan(week->rate)) {
        append(text, g_strdup_printf(_("Week %s: no share."), name));
    } else {
        g_autofree char *share = week_words_share(week->rate);
        append(text, g_strdup_printf(_("Week %s: %s, %d of %d visits."), name, share,
                                     (int)week->missed, (int)week->recorded));
    }
    append_limits(text, &line->chart->points[nth]);
    for (guint i = 0; i < line->cycles->len; i++) {
        const Cycle *cycle = line->cycles->pdata[i];
        if (week_line_point_of(line, cycle) == nth)
            append(text, g_strdup_printf(cycle->kind == CYCLE_TEST ? _("A small test begins: “%s”.")
                                                                   : _("A change begins: “%s”."),
                                         cycle->name));
    }
    if (note != NULL)
        append(text, g_strdup_printf(_("Note: %s"), note->words));
    return g_string_free(text, FALSE);
}
