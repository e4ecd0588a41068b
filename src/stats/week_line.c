/* week_line.c: the weeks' shares as a control chart with changes, notes and a target beside them.
 */
#include "stats/week_line.h"

#include <math.h>

#include "base/clock.h"
#include "care/unit/access.h"

static gboolean is_within(const WeekLine *line, Week week)
{
    return week >= week_line_week(line, 0)->week &&
           week <= week_line_week(line, line->weeks->len - 1)->week;
}

static void keep_those_within(WeekLine *line)
{
    for (guint i = line->cycles->len; i > 0; i--)
        if (!is_within(line, week_of(((const Cycle *)line->cycles->pdata[i - 1])->from)))
            g_ptr_array_remove_index(line->cycles, i - 1);
    for (guint i = line->notes->len; i > 0; i--)
        if (!is_within(line, ((const WeekNote *)line->notes->pdata[i - 1])->week))
            g_ptr_array_remove_index(line->notes, i - 1);
}

/* Where the p chart begins anew. One that begins in the first week begins nothing. */
static GArray *starts_of(const WeekLine *line)
{
    GArray *starts = g_array_new(FALSE, FALSE, sizeof(gsize));
    gsize before = 0;
    for (guint i = 0; i < line->cycles->len; i++) {
        const Cycle *cycle = line->cycles->pdata[i];
        const gsize point = week_line_point_of(line, cycle);
        if (!cycle->rebase || point <= before)
            continue;
        g_array_append_val(starts, point);
        before = point;
    }
    return starts;
}

WeekLine *week_line_new(SpcKind kind, GArray *weeks, GPtrArray *cycles, GPtrArray *notes,
                        int target)
{
    WeekLine *line = g_new0(WeekLine, 1);
    line->weeks = weeks;
    line->cycles = cycles;
    line->notes = notes;
    line->target = target == IMPROVEMENT_NO_TARGET ? NAN : target / 1000.0;
    keep_those_within(line);
    g_autofree SpcInput *inputs = g_new0(SpcInput, weeks->len);
    for (guint i = 0; i < weeks->len; i++) {
        const ReviewWeek *week = week_line_week(line, i);
        inputs[i].count = isnan(week->rate) ? NAN : (double)week->missed;
        inputs[i].n = (double)week->recorded;
    }
    g_autoptr(GArray) starts = starts_of(line);
    line->chart = spc_new(kind, inputs, weeks->len, (const gsize *)(void *)starts->data,
                          kind == SPC_RUN ? 0 : starts->len, 0);
    return line;
}

GArray *week_line_weeks(Session *session, Week until, guint count, GError **error)
{
    g_autoptr(GArray) outcomes =
        summary_outcomes(session, week_add(until, 1 - (int)count), until, error);
    if (outcomes == NULL)
        return NULL;
    GArray *weeks = g_array_sized_new(FALSE, FALSE, sizeof(ReviewWeek), count);
    for (guint i = 0; i < outcomes->len; i++) {
        ReviewWeek week = review_week(&g_array_index(outcomes, WeekOutcomes, i), clock_today());
        g_array_append_val(weeks, week);
    }
    return weeks;
}

WeekLine *week_line_of(Session *session, SpcKind kind, GArray *weeks, GError **error)
{
    g_autoptr(GArray) own = weeks;
    const Week first = g_array_index(weeks, ReviewWeek, 0).week;
    const Week last = g_array_index(weeks, ReviewWeek, weeks->len - 1).week;
    g_autoptr(GPtrArray) works = improvement_list(session, error);
    g_autoptr(GPtrArray) cycles = works != NULL ? cycle_list(session, 0, error) : NULL;
    g_autoptr(GPtrArray) notes =
        cycles != NULL ? week_note_list(session, first, last, error) : NULL;
    if (notes == NULL)
        return NULL;
    return week_line_new(kind, g_steal_pointer(&own), g_steal_pointer(&cycles),
                         g_steal_pointer(&notes), improvement_target(works, week_monday(last) + 6));
}

WeekLine *week_line_read(Session *session, SpcKind kind, Week until, guint count, GError **error)
{
    GArray *weeks = access_require(session, PERMIT_REVIEW, error)
                        ? week_line_weeks(session, until, count, error)
                        : NULL;
    return weeks != NULL ? week_line_of(session, kind, weeks, error) : NULL;
}

void week_line_free(WeekLine *line)
{
    if (line == NULL)
        return;
    g_array_unref(line->weeks);
    g_ptr_array_unref(line->cycles);
    g_ptr_array_unref(line->notes);
    spc_free(line->chart);
    g_free(line);
}

const ReviewWeek *week_line_week(const WeekLine *line, gsize nth)
{
    return &g_array_index(line->weeks, ReviewWeek, nth);
}

gsize week_line_point_of(const WeekLine *line, const Cycle *cycle)
{
    return (gsize)week_between(week_line_week(line, 0)->week, week_of(cycle->from));
}

const WeekNote *week_line_note(const WeekLine *line, gsize nth)
{
    for (guint i = 0; i < line->notes->len; i++) {
        const WeekNote *note = line->notes->pdata[i];
        if (note->week == week_line_week(line, nth)->week)
            return note;
    }
    return NULL;
}

const Cycle *week_line_nearest(const WeekLine *line, gsize nth)
{
    const Cycle *nearest = NULL;
    int least = G_MAXINT;
    for (guint i = 0; i < line->cycles->len; i++) {
        const Cycle *cycle = line->cycles->pdata[i];
        const int distance = ABS((int)week_line_point_of(line, cycle) - (int)nth);
        if (distance < least) {
            nearest = cycle;
            least = distance;
        }
    }
    return nearest;
}

/* --- signals ---------------------------------------------------------------------------------- */

static void add_signal(const WeekLine *line, GArray *signals, WeekSignal signal)
{
    signal.nearest = signal.side != 0 ? week_line_nearest(line, signal.first) : NULL;
    g_array_append_val(signals, signal);
}

/* Crossings alone are judged at one in twenty, and the run that the line ends in may be of a single
 * week: it tells of the way the line went from half the length of a run that is too long. */
static gboolean tells_the_way(const RunSignal *runs)
{
    return 2 * runs->told.length > runs->run_limit;
}

static void add_runs(const WeekLine *line, GArray *signals, const SpcPart *part)
{
    const RunSignal *runs = &part->runs;
    if (!runs->signal)
        return;
    WeekSignal signal = {.kind = runs->told.length > runs->run_limit ? WEEK_RUN : WEEK_CROSSINGS,
                         .first = part->first,
                         .last = part->first + part->count - 1,
                         .goes_on = runs->told.last == runs->last.last,
                         .part = part};
    if (tells_the_way(runs)) {
        signal.side = runs->told.side;
        signal.first = runs->told.first;
        signal.last = runs->told.last;
    }
    add_signal(line, signals, signal);
}

static void add_outside(const WeekLine *line, GArray *signals)
{
    const SpcChart *chart = line->chart;
    for (gsize i = 0; i < chart->count; i++)
        if (chart->points[i].outside != 0)
            add_signal(line, signals,
                       (WeekSignal){.kind = WEEK_OUTSIDE,
                                    .side = chart->points[i].outside,
                                    .first = i,
                                    .last = i,
                                    .part = &chart->parts[chart->points[i].part]});
}

static gint by_first(gconstpointer a, gconstpointer b)
{
    const WeekSignal *left = a, *right = b;
    const int order = (left->first > right->first) - (left->first < right->first);
    return order != 0 ? order : (int)left->kind - (int)right->kind;
}

GArray *week_line_signals(const WeekLine *line)
{
    GArray *signals = g_array_new(FALSE, FALSE, sizeof(WeekSignal));
    for (gsize i = 0; i < line->chart->part_count; i++)
        add_runs(line, signals, &line->chart->parts[i]);
    add_outside(line, signals);
    g_array_sort(signals, by_first);
    return signals;
}

const WeekSignal *week_line_told(const GArray *signals)
{
    const WeekSignal *told = NULL;
    for (guint i = 0; i < signals->len; i++) {
        const WeekSignal *signal = &g_array_index(signals, WeekSignal, i);
        if (told == NULL || signal->kind != WEEK_OUTSIDE || told->kind == WEEK_OUTSIDE)
            told = signal;
    }
    return told;
}

gboolean week_line_is_judged(const WeekLine *line)
{
    for (gsize i = 0; i < line->chart->part_count; i++)
        if (line->chart->parts[i].runs.useful >= RUN_USEFUL_LEAST)
            return TRUE;
    return FALSE;
}
