/* review.c: rates and causes. Arithmetic only. */
#include "stats/review.h"

#include "care/visit/meeting.h"

#include <math.h>
#include <string.h>

ReviewWeek review_week(const WeekOutcomes *outcomes, Date today)
{
    ReviewWeek week = {
        .week = outcomes->week, .over = week_of(today) > outcomes->week, .rate = NAN};
    for (Outcome outcome = OUTCOME_NONE; outcome < OUTCOME_COUNT; outcome++) {
        const gint64 visits = outcomes->visits[outcome] - outcomes->stand_in[outcome];
        week.visits[outcome] = visits;
        week.stand_ins += outcomes->stand_in[outcome];
        week.planned += outcome_counts(outcome) ? visits : 0;
        week.missed += outcome_is_missed(outcome) ? visits : 0;
    }
    week.unknown = week.visits[OUTCOME_NONE];
    week.recorded = week.planned - week.unknown;
    if (week.over && week.planned > 0 && review_is_recorded(&week))
        week.rate = (double)week.missed / (double)week.recorded;
    return week;
}

gboolean review_is_recorded(const ReviewWeek *week)
{
    return 100 * week->recorded >= REVIEW_RECORDED_PERCENT * week->planned;
}

/* --- causes --- */

static void cause_free(gpointer data)
{
    ReviewCause *cause = data;
    g_free(cause->code);
    g_free(cause);
}

/* Largest first, ties by code; "no cause given" after the causes that tie with it. */
static gint compare_causes(gconstpointer left, gconstpointer right)
{
    const ReviewCause *a = *(ReviewCause *const *)left, *b = *(ReviewCause *const *)right;
    if (a->count != b->count)
        return a->count > b->count ? -1 : 1;
    if (a->code == NULL || b->code == NULL)
        return (a->code == NULL) - (b->code == NULL);
    return strcmp(a->code, b->code);
}

static ReviewCause *cause_of(GPtrArray *causes, GHashTable *by_code, const char *code)
{
    const char *key = code != NULL ? code : "";
    ReviewCause *cause = g_hash_table_lookup(by_code, key);
    if (cause == NULL) {
        cause = g_new0(ReviewCause, 1);
        cause->code = g_strdup(code);
        g_ptr_array_add(causes, cause);
        g_hash_table_insert(by_code, (gpointer)key, cause);
    }
    return cause;
}

GPtrArray *review_causes(const GPtrArray *rows)
{
    GPtrArray *causes = g_ptr_array_new_with_free_func(cause_free);
    g_autoptr(GHashTable) by_code = g_hash_table_new(g_str_hash, g_str_equal);
    gint64 total = 0, cumulated = 0;
    for (guint i = 0; i < rows->len; i++) {
        const WeekCause *row = g_ptr_array_index(rows, i);
        const gint64 visits = row->visits - row->stand_in;
        if (!outcome_has_cause(row->outcome) || visits <= 0)
            continue;
        cause_of(causes, by_code, row->cause)->count += visits;
        total += visits;
    }
    g_ptr_array_sort(causes, compare_causes);
    for (guint i = 0; i < causes->len; i++) {
        ReviewCause *cause = g_ptr_array_index(causes, i);
        cumulated += cause->count;
        cause->share = (double)cause->count / (double)total;
        cause->cumulated = (double)cumulated / (double)total;
    }
    return causes;
}
