/* line_draw.c: a line of weeks as a chart on the screen. */
#include "ui/week/line_draw.h"

#include <math.h>

#include "base/i18n.h"
#include "exchange/line_words.h"
#include "exchange/week_words.h"
#include "ui/widgets/line_chart.h"

gboolean line_has_signal(const WeekLine *line)
{
    return spc_has_signal(line->chart);
}

/* "limit 16,2 %"; NULL without one. New. */
static char *limit_label(double value)
{
    if (isnan(value))
        return NULL;
    g_autofree char *share = week_words_share(value);
    return g_strdup_printf(C_("on a chart", "limit %s"), share);
}

static void fill_points(const WeekLine *line, LinePoint *points, GPtrArray *texts)
{
    const gsize count = line->weeks->len;
    for (gsize i = 0; i < count; i++) {
        const SpcPoint *point = &line->chart->points[i];
        char *label =
            g_strdup_printf(C_("week on an axis", "w%d"), week_line_week(line, i)->week % 100);
        g_ptr_array_add(texts, label);
        points[i] = (LinePoint){.value = 100 * point->value,
                                .label = label,
                                .marked = i + 1 == count,
                                .outside = point->outside != 0,
                                .noted = week_line_note(line, i) != NULL,
                                .centre = 100 * point->centre,
                                .limited = !isnan(point->upper),
                                .lower = 100 * point->lower,
                                .upper = 100 * point->upper};
    }
    for (guint i = 0; i < line->cycles->len; i++) {
        const Cycle *cycle = line->cycles->pdata[i];
        LinePoint *point = &points[week_line_point_of(line, cycle)];
        /* Of two in one week both names. */
        char *name = point->change != NULL ? g_strdup_printf("%s, %s", point->change, cycle->name)
                                           : g_strdup(cycle->name);
        g_ptr_array_add(texts, name);
        point->change = name;
    }
}

void line_draw(const WeekLine *line, int selected, Area area)
{
    const SpcChart *spc = line->chart;
    const SpcPoint *newest = &spc->points[spc->count - 1];
    g_autofree LinePoint *points = g_new0(LinePoint, spc->count);
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    fill_points(line, points, texts);
    g_autofree char *centre = line_words_centre_label(line);
    g_autofree char *target = line_words_target_label(line);
    g_autofree char *upper = limit_label(newest->upper);
    g_autofree char *lower = limit_label(newest->lower);
    line_chart_draw(area, &(LineChart){.points = points,
                                       .count = (int)spc->count,
                                       .selected = selected,
                                       .has_target = !isnan(line->target),
                                       .target = 100 * line->target,
                                       .centre_label = centre,
                                       .target_label = target,
                                       .upper_label = upper,
                                       .lower_label = lower,
                                       .format = "%.0f %%"});
}
