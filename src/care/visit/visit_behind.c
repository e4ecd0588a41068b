/* visit_behind.c: the visits behind a figure of the week's review. */
#include "care/visit/visit_behind.h"

/* Those of each outcome are fetched on their own, in the order of the list. */
static int compare_visits(gconstpointer a, gconstpointer b)
{
    const Visit *left = *(Visit *const *)a, *right = *(Visit *const *)b;
    if (left->date != right->date)
        return left->date < right->date ? -1 : 1;
    if (left->start != right->start)
        return left->start < right->start ? -1 : 1;
    return (left->id > right->id) - (left->id < right->id);
}

gboolean visit_behind_lacks_cause(const VisitQuery *query)
{
    return query->outcome < 0 && query->cause != NULL && query->cause[0] == '\0';
}

GPtrArray *visit_behind(Session *session, const VisitQuery *query, const Visit *after, int limit,
                        GError **error)
{
    if (!visit_behind_lacks_cause(query))
        return visit_list(session, query, after, limit, error);
    g_autoptr(GPtrArray) merged = g_ptr_array_new_with_free_func((GDestroyNotify)visit_free);
    for (Outcome outcome = OUTCOME_NONE; outcome < OUTCOME_COUNT; outcome++) {
        if (!outcome_has_cause(outcome))
            continue;
        VisitQuery one = *query;
        one.outcome = (int)outcome;
        GPtrArray *visits = visit_list(session, &one, after, limit, error);
        if (visits == NULL)
            return NULL;
        g_ptr_array_extend_and_steal(merged, visits);
    }
    g_ptr_array_sort(merged, compare_visits);
    if (merged->len > (guint)limit)
        g_ptr_array_set_size(merged, limit);
    return g_steal_pointer(&merged);
}

static gboolean count_more(Session *session, const VisitQuery *query, gint64 *count, gint64 *closed,
                           GError **error)
{
    gint64 seen = 0, unseen = 0;
    if (!visit_count(session, query, &seen, error) ||
        !visit_count_closed(session, query, &unseen, error))
        return FALSE;
    *count += seen;
    *closed += unseen;
    return TRUE;
}

gboolean visit_behind_count(Session *session, const VisitQuery *query, gint64 *count,
                            gint64 *closed, GError **error)
{
    *count = *closed = 0;
    if (!visit_behind_lacks_cause(query))
        return count_more(session, query, count, closed, error);
    for (Outcome outcome = OUTCOME_NONE; outcome < OUTCOME_COUNT; outcome++) {
        VisitQuery one = *query;
        one.outcome = (int)outcome;
        if (outcome_has_cause(outcome) && !count_more(session, &one, count, closed, error))
            return FALSE;
    }
    return TRUE;
}
