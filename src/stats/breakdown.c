/* breakdown.c: the cells of the weeks added up. Arithmetic only. */
#include "stats/breakdown.h"

#include <math.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "care/client/group.h"
#include "stats/review.h"

static void row_free(gpointer data)
{
    BreakdownRow *row = data;
    g_free(row->value);
    g_free(row->weeks);
    g_free(row);
}

void breakdown_free(Breakdown *breakdown)
{
    if (breakdown == NULL)
        return;
    for (Split split = SPLIT_ALL; split < SPLIT_COUNT; split++)
        g_clear_pointer(&breakdown->rows[split], g_ptr_array_unref);
    g_free(breakdown);
}

/* --- adding up -------------------------------------------------------------------------------- */

/* A row while it is added up: all weeks of it, of the unit and of the group. */
typedef struct {
    Split split;
    const char *value;
    SplitCounts *weeks;
} Sum;

static void sum_free(gpointer data)
{
    Sum *sum = data;
    g_free(sum->weeks);
    g_free(sum);
}

static guint sum_hash(gconstpointer data)
{
    const Sum *sum = data;
    return g_str_hash(sum->value) * SPLIT_COUNT + (guint)sum->split;
}

static gboolean sum_equal(gconstpointer left, gconstpointer right)
{
    const Sum *a = left, *b = right;
    return a->split == b->split && g_str_equal(a->value, b->value);
}

static void add_cells(GHashTable *sums, const Breakdown *breakdown, const WeekCells *cells,
                      int sign)
{
    for (guint i = 0; i < cells->cells->len; i++) {
        const WeekCell *cell = &g_array_index(cells->cells, WeekCell, i);
        const Sum key = {.split = cell->split, .value = cell->value};
        Sum *sum = g_hash_table_lookup(sums, &key);
        if (sum == NULL) {
            sum = g_memdup2(&key, sizeof key);
            sum->weeks = g_new0(SplitCounts, breakdown->week_count);
            g_hash_table_add(sums, sum);
        }
        split_add(&sum->weeks[week_between(breakdown->query.from, cell->week)], &cell->counts,
                  sign);
    }
}

/* Persons cannot be added, for most come in several weeks. */
static SplitCounts total(const SplitCounts *weeks, guint count)
{
    SplitCounts all = {0};
    gint64 persons = 0;
    for (guint i = 0; i < count; i++) {
        split_add(&all, &weeks[i], 1);
        persons = MAX(persons, weeks[i].persons);
    }
    all.persons = persons;
    return all;
}

/* Whether any visit has the value: what the rest has is all that the group does not. */
static gboolean has_visits(const SplitCounts *counts)
{
    return counts->planned > 0 || counts->behind > 0;
}

static void add_rows(Breakdown *breakdown, GHashTable *sums)
{
    GHashTableIter iter;
    gpointer key;
    g_hash_table_iter_init(&iter, sums);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        Sum *sum = key;
        const SplitCounts counts = total(sum->weeks, breakdown->week_count);
        if (!has_visits(&counts))
            continue;
        BreakdownRow *row = g_new0(BreakdownRow, 1);
        row->value = g_strdup(sum->value);
        row->counts = counts;
        if (breakdown->query.by_week && !split_is_personal(sum->split))
            row->weeks = g_steal_pointer(&sum->weeks);
        g_ptr_array_add(breakdown->rows[sum->split], row);
        if (sum->split == SPLIT_ALL)
            breakdown->all = counts;
    }
}

static gint compare_rows(gconstpointer left, gconstpointer right, gpointer data)
{
    const BreakdownRow *a = *(BreakdownRow *const *)left, *b = *(BreakdownRow *const *)right;
    const Split split = *(const Split *)data;
    if (split == SPLIT_CAUSE && a->counts.behind != b->counts.behind)
        return a->counts.behind > b->counts.behind ? -1 : 1;
    return split_compare(split, a->value, b->value);
}

/* --- few persons ------------------------------------------------------------------------------ */

static void hide(BreakdownRow *row)
{
    row->hidden = TRUE;
    row->counts = (SplitCounts){0};
    g_clear_pointer(&row->weeks, g_free);
}

/* One that is hidden alone is what the others lack of the whole: so the next smallest goes too. */
static void hide_few(GPtrArray *rows)
{
    guint hidden = 0;
    BreakdownRow *next = NULL;
    for (guint i = 0; i < rows->len; i++) {
        BreakdownRow *row = g_ptr_array_index(rows, i);
        if (row->counts.persons < BREAKDOWN_PERSONS_LEAST) {
            hide(row);
            hidden++;
        } else if (next == NULL || row->counts.persons < next->counts.persons) {
            next = row;
        }
    }
    if (hidden == 1 && next != NULL)
        hide(next);
}

static void hide_all(Breakdown *breakdown)
{
    breakdown->too_few = TRUE;
    breakdown->all = (SplitCounts){0};
    for (Split split = SPLIT_ALL; split < SPLIT_COUNT; split++)
        g_ptr_array_set_size(breakdown->rows[split], 0);
}

/* --- one ------------------------------------------------------------------------------------- */

static gboolean check(const BreakdownQuery *query, GError **error)
{
    const int weeks = week_between(query->from, query->to) + 1;
    if (weeks >= 1 && weeks <= BREAKDOWN_WEEKS_MOST)
        return TRUE;
    if (weeks < 1)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("The period ends before it begins. Choose a later last week."));
    else
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("The period is %d weeks long. Choose at most %d."), weeks,
                    BREAKDOWN_WEEKS_MOST);
    return FALSE;
}

/* Where the group or the rest is too small neither is shown: the one is what the other lacks of the
 * unit. */
static gboolean look_at_size(Breakdown *breakdown, Session *session, GError **error)
{
    const BreakdownQuery *query = &breakdown->query;
    const Date from = week_monday(query->from), to = week_monday(query->to) + 6;
    gboolean enough = TRUE;
    for (gboolean rest = FALSE; enough && rest <= TRUE; rest++)
        if (!group_has_persons(session, query->group_id, rest, from, to, BREAKDOWN_PERSONS_LEAST,
                               &enough, error))
            return FALSE;
    if (!enough)
        hide_all(breakdown);
    return TRUE;
}

/* The group's cells, or the unit's without the group's. */
static gboolean read_cells(Breakdown *breakdown, Session *session, GError **error)
{
    const BreakdownQuery *query = &breakdown->query;
    g_autoptr(WeekCells) unit = query->group_id == 0 || query->rest
                                    ? week_cells_read(session, query->from, query->to, 0, error)
                                    : NULL;
    g_autoptr(WeekCells) group =
        query->group_id != 0
            ? week_cells_read(session, query->from, query->to, query->group_id, error)
            : NULL;
    if ((query->group_id != 0 && group == NULL) ||
        ((query->group_id == 0 || query->rest) && unit == NULL))
        return FALSE;
    g_autoptr(GHashTable) sums = g_hash_table_new_full(sum_hash, sum_equal, sum_free, NULL);
    if (unit != NULL)
        add_cells(sums, breakdown, unit, 1);
    if (group != NULL)
        add_cells(sums, breakdown, group, query->rest ? -1 : 1);
    add_rows(breakdown, sums);
    return group == NULL || look_at_size(breakdown, session, error);
}

Breakdown *breakdown_new(Session *session, const BreakdownQuery *query, GError **error)
{
    if (!check(query, error))
        return NULL;
    g_autoptr(Breakdown) breakdown = g_new0(Breakdown, 1);
    breakdown->query = *query;
    breakdown->week_count = (guint)week_between(query->from, query->to) + 1;
    breakdown->over = week_of(clock_today()) > query->to;
    for (Split split = SPLIT_ALL; split < SPLIT_COUNT; split++)
        breakdown->rows[split] = g_ptr_array_new_with_free_func(row_free);
    if (!read_cells(breakdown, session, error))
        return NULL;
    for (Split split = SPLIT_ALL; split < SPLIT_COUNT; split++) {
        g_ptr_array_sort_with_data(breakdown->rows[split], compare_rows, &split);
        if (split_is_personal(split))
            hide_few(breakdown->rows[split]);
    }
    return g_steal_pointer(&breakdown);
}

/* --- asking ----------------------------------------------------------------------------------- */

const BreakdownRow *breakdown_find(const Breakdown *breakdown, Split split, const char *value)
{
    for (guint i = 0; i < breakdown->rows[split]->len; i++) {
        const BreakdownRow *row = g_ptr_array_index(breakdown->rows[split], i);
        if (g_str_equal(row->value, value))
            return row;
    }
    return NULL;
}

double breakdown_rate(const Breakdown *breakdown, const SplitCounts *counts)
{
    if (!breakdown->over || counts->recorded == 0 ||
        100 * counts->recorded < REVIEW_RECORDED_PERCENT * counts->planned)
        return NAN;
    return (double)counts->missed / (double)counts->recorded;
}

gint64 breakdown_part(Split split, const SplitCounts *counts)
{
    if (split_is_behind(split))
        return counts->behind;
    return split == SPLIT_OFFER ? counts->missed + counts->otherwise : counts->missed;
}

gint64 breakdown_whole(const Breakdown *breakdown, Split split)
{
    return breakdown_part(split, &breakdown->all);
}

static double share(gint64 part, gint64 whole)
{
    return whole > 0 ? (double)part / (double)whole : NAN;
}

double breakdown_share(const Breakdown *breakdown, Split split, const SplitCounts *counts)
{
    return share(breakdown_part(split, counts), breakdown_whole(breakdown, split));
}

double breakdown_support(const SplitCounts *counts)
{
    return share(counts->took_place, counts->missed + counts->otherwise);
}
