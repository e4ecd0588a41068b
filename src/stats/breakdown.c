/* breakdown.c: the cells of the weeks added up. Arithmetic only. */
#include "stats/breakdown.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "care/client/group.h"
#include "stats/few_persons.h"
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

/* Whose a count is: of those asked for, and of the unit's others, where those are a group or its
 * rest. */
typedef enum { OWN, OTHER, SIDES } Side;

/* A row while it is added up. */
typedef struct {
    Split split;
    const char *value;
    SplitCounts *weeks[SIDES];
    gint64 persons[SIDES]; /* of all the weeks; 0: not counted */
} Sum;

static void sum_free(gpointer data)
{
    Sum *sum = data;
    for (Side side = OWN; side < SIDES; side++)
        g_free(sum->weeks[side]);
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

static void add_cells(GHashTable *sums, const Breakdown *breakdown, Side side,
                      const WeekCells *cells, int sign)
{
    for (guint i = 0; i < cells->cells->len; i++) {
        const WeekCell *cell = &g_array_index(cells->cells, WeekCell, i);
        const Sum key = {.split = cell->split, .value = cell->value};
        Sum *sum = g_hash_table_lookup(sums, &key);
        if (sum == NULL) {
            sum = g_memdup2(&key, sizeof key);
            for (Side each = OWN; each < SIDES; each++)
                sum->weeks[each] = g_new0(SplitCounts, breakdown->week_count);
            g_hash_table_add(sums, sum);
        }
        split_add(&sum->weeks[side][week_between(breakdown->query.from, cell->week)], &cell->counts,
                  sign);
    }
}

/* Persons cannot be added, for most come in several weeks. */
static SplitCounts total(const Breakdown *breakdown, const Sum *sum, Side side)
{
    SplitCounts all = {0};
    gint64 persons = 0;
    for (guint i = 0; i < breakdown->week_count; i++) {
        split_add(&all, &sum->weeks[side][i], 1);
        persons = MAX(persons, sum->weeks[side][i].persons);
    }
    all.persons = MAX(persons, sum->persons[side]);
    return all;
}

/* Whether any visit has the value: what the rest has is all that the group does not. */
static gboolean has_visits(const SplitCounts *counts)
{
    return counts->planned > 0 || counts->behind > 0;
}

static void add_row(Breakdown *breakdown, Sum *sum, const FewCell *cell)
{
    BreakdownRow *row = g_new0(BreakdownRow, 1);
    row->value = g_strdup(sum->value);
    row->hidden = cell->hidden;
    if (!cell->hidden)
        row->counts = cell->own;
    if (!cell->hidden && breakdown->query.by_week && breakdown->query.group_id == 0 &&
        !split_is_personal(sum->split))
        row->weeks = g_steal_pointer(&sum->weeks[OWN]);
    g_ptr_array_add(breakdown->rows[sum->split], row);
}

/* Everything that is of a group, and what tells of persons. */
static gboolean hides(const Breakdown *breakdown, Split split)
{
    return split != SPLIT_ALL && (breakdown->query.group_id != 0 || split_is_personal(split));
}

/* Those of one split. */
static void add_rows(Breakdown *breakdown, const GPtrArray *sums, Split split)
{
    g_autofree FewCell *cells = g_new0(FewCell, sums->len);
    g_autoptr(GPtrArray) of = g_ptr_array_new();
    for (guint i = 0; i < sums->len; i++) {
        Sum *sum = sums->pdata[i];
        if (sum->split != split)
            continue;
        const FewCell cell = {.own = total(breakdown, sum, OWN),
                              .other = total(breakdown, sum, OTHER)};
        if (!has_visits(&cell.own) && !has_visits(&cell.other))
            continue;
        cells[of->len] = cell;
        g_ptr_array_add(of, sum);
    }
    if (hides(breakdown, split))
        few_persons_hide(cells, of->len, BREAKDOWN_PERSONS_LEAST, breakdown->query.group_id != 0);
    for (guint i = 0; i < of->len; i++)
        if (cells[i].hidden || has_visits(&cells[i].own))
            add_row(breakdown, of->pdata[i], &cells[i]);
}

static gint compare_sums(gconstpointer left, gconstpointer right)
{
    const Sum *a = *(Sum *const *)left, *b = *(Sum *const *)right;
    return a->split != b->split ? (int)a->split - (int)b->split : strcmp(a->value, b->value);
}

/* In an order that is the same each time: of those alike the first is hidden with the others. */
static void add_all_rows(Breakdown *breakdown, GHashTable *sums)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    GHashTableIter iter;
    gpointer sum;
    g_hash_table_iter_init(&iter, sums);
    while (g_hash_table_iter_next(&iter, &sum, NULL))
        g_ptr_array_add(all, sum);
    g_ptr_array_sort(all, compare_sums);
    const Split end = breakdown->query.whole ? SPLIT_ALL + 1 : SPLIT_COUNT;
    for (Split split = SPLIT_ALL; split < end; split++)
        add_rows(breakdown, all, split);
    if (breakdown->rows[SPLIT_ALL]->len > 0)
        breakdown->all = ((const BreakdownRow *)breakdown->rows[SPLIT_ALL]->pdata[0])->counts;
}

static gint compare_rows(gconstpointer left, gconstpointer right, gpointer data)
{
    const BreakdownRow *a = *(BreakdownRow *const *)left, *b = *(BreakdownRow *const *)right;
    const Split split = *(const Split *)data;
    if (split == SPLIT_CAUSE && a->counts.behind != b->counts.behind)
        return a->counts.behind > b->counts.behind ? -1 : 1;
    return split_compare(split, a->value, b->value);
}

/* --- persons of a group ----------------------------------------------------------------------- */

/* Of so many visits persons are counted over all the weeks: of more a single week nearly always has
 * enough of them. */
enum { COUNTED_MOST = 2000 };

static gint64 planned_of(const Breakdown *breakdown, GHashTable *sums, Side side)
{
    const Sum key = {.split = SPLIT_ALL, .value = ""};
    const Sum *sum = g_hash_table_lookup(sums, &key);
    return sum != NULL ? total(breakdown, sum, side).planned : 0;
}

/* Whether the weeks one by one leave it open of some value if it is of few. */
static gboolean is_open(const Breakdown *breakdown, GHashTable *sums, Side side)
{
    GHashTableIter iter;
    gpointer key;
    g_hash_table_iter_init(&iter, sums);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        const SplitCounts counts = total(breakdown, key, side);
        if (has_visits(&counts) && counts.persons < BREAKDOWN_PERSONS_LEAST &&
            counts.planned + counts.behind >= BREAKDOWN_PERSONS_LEAST)
            return TRUE;
    }
    return FALSE;
}

static gboolean count_persons(const Breakdown *breakdown, GHashTable *sums, Session *session,
                              Side side, GError **error)
{
    const BreakdownQuery *query = &breakdown->query;
    if (query->whole || breakdown->week_count == 1 ||
        planned_of(breakdown, sums, side) > COUNTED_MOST || !is_open(breakdown, sums, side))
        return TRUE;
    g_autoptr(WeekCells) cells = week_cells_count(session, query->from, query->to, query->group_id,
                                                  query->rest == (side == OWN), error);
    for (guint i = 0; cells != NULL && i < cells->cells->len; i++) {
        const WeekCell *cell = &g_array_index(cells->cells, WeekCell, i);
        const Sum key = {.split = cell->split, .value = cell->value};
        Sum *sum = g_hash_table_lookup(sums, &key);
        if (sum != NULL)
            sum->persons[side] = cell->counts.persons;
    }
    return cells != NULL;
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

/* Whether the group and the rest are large enough: where one is not neither is shown, for the one is
 * what the other lacks of the unit. */
static gboolean look_at_size(Breakdown *breakdown, Session *session, GError **error)
{
    const BreakdownQuery *query = &breakdown->query;
    const Date from = week_monday(query->from), to = week_monday(query->to) + 6;
    gboolean enough = TRUE;
    for (gboolean rest = FALSE; enough && rest <= TRUE; rest++)
        if (!group_has_persons(session, query->group_id, rest, from, to, BREAKDOWN_PERSONS_LEAST,
                               &enough, error))
            return FALSE;
    breakdown->too_few = !enough;
    return TRUE;
}

/* The unit's cells, which are of the group and of the rest together. */
static gboolean read_group(Breakdown *breakdown, Session *session, const WeekCells *unit,
                           GHashTable *sums, WeekCells **group, GError **error)
{
    const BreakdownQuery *query = &breakdown->query;
    const Side members = query->rest ? OTHER : OWN, others = query->rest ? OWN : OTHER;
    if (!look_at_size(breakdown, session, error))
        return FALSE;
    if (breakdown->too_few)
        return TRUE;
    *group = week_cells_read(session, query->from, query->to, query->group_id, error);
    if (*group == NULL)
        return FALSE;
    add_cells(sums, breakdown, members, *group, 1);
    add_cells(sums, breakdown, others, unit, 1);
    add_cells(sums, breakdown, others, *group, -1);
    return count_persons(breakdown, sums, session, OWN, error) &&
           count_persons(breakdown, sums, session, OTHER, error);
}

static gboolean read_cells(Breakdown *breakdown, Session *session, GError **error)
{
    const BreakdownQuery *query = &breakdown->query;
    g_autoptr(WeekCells) unit = week_cells_read(session, query->from, query->to, 0, error);
    g_autoptr(WeekCells) group = NULL; /* for as long as its values are in `sums` */
    g_autoptr(GHashTable) sums = g_hash_table_new_full(sum_hash, sum_equal, sum_free, NULL);
    if (unit == NULL)
        return FALSE;
    if (query->group_id == 0)
        add_cells(sums, breakdown, OWN, unit, 1);
    else if (!read_group(breakdown, session, unit, sums, &group, error))
        return FALSE;
    add_all_rows(breakdown, sums);
    return TRUE;
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
    for (Split split = SPLIT_ALL; split < SPLIT_COUNT; split++)
        g_ptr_array_sort_with_data(breakdown->rows[split], compare_rows, &split);
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
