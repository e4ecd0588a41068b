/* week_cell.c: the counts of the weeks: read where they hold, else counted and kept. */
#include "care/visit/week_cell.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "care/unit/access.h"
#include "care/visit/week_count_private.h"

void week_cells_free(WeekCells *cells)
{
    if (cells == NULL)
        return;
    g_array_unref(cells->cells);
    g_string_chunk_free(cells->values);
    g_free(cells);
}

static WeekCells *week_cells_new(void)
{
    WeekCells *cells = g_new0(WeekCells, 1);
    cells->cells = g_array_new(FALSE, FALSE, sizeof(WeekCell));
    cells->values = g_string_chunk_new(1024);
    return cells;
}

static void add_cell(WeekCells *cells, Week week, Split split, const char *value,
                     const SplitCounts *counts)
{
    const WeekCell cell = {.week = week,
                           .split = split,
                           .value = g_string_chunk_insert_const(cells->values, value),
                           .counts = *counts};
    g_array_append_val(cells->cells, cell);
}

/* --- what is kept ----------------------------------------------------------------------------- */

/* The columns of CELLS. */
enum { CELL_WEEK, CELL_SPLIT, CELL_VALUE, CELL_COUNTS };

/* In one reading which weeks hold and what they say, so that nobody changes it between. */
#define CELLS                                                                                      \
    "SELECT k.week, c.split, c.value, c.planned, c.recorded, c.missed, c.otherwise, c.behind,"     \
    " c.offered, c.taken, c.took_place, c.rebooked, c.persons FROM week_counted k"                 \
    " LEFT JOIN week_cell c ON c.unit_id = k.unit_id AND c.group_id = :group"                      \
    " AND c.week = k.week WHERE k.unit_id = :unit AND k.week BETWEEN :from AND :to"

static SplitCounts counts_of(DbStatement *row)
{
    int at = CELL_COUNTS;
    SplitCounts counts = {0};
    counts.planned = db_int(row, at++);
    counts.recorded = db_int(row, at++);
    counts.missed = db_int(row, at++);
    counts.otherwise = db_int(row, at++);
    counts.behind = db_int(row, at++);
    counts.offered = db_int(row, at++);
    counts.taken = db_int(row, at++);
    counts.took_place = db_int(row, at++);
    counts.rebooked = db_int(row, at++);
    counts.persons = db_int(row, at++);
    return counts;
}

/* Also which weeks hold: `held` has a flag for each. */
static gboolean read_kept(Session *session, Week from, Week to, gint64 group_id, WeekCells *cells,
                          gboolean *held, GError **error)
{
    g_autoptr(DbStatement) rows =
        db_query(session_db(session), CELLS,
                 DB_PARAMS(DB_INT("group", group_id), DB_INT("unit", session_unit_id(session)),
                           DB_INT("from", from), DB_INT("to", to)),
                 error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        const Week week = (Week)db_int(rows, CELL_WEEK);
        Split split;
        held[week_between(from, week)] = TRUE;
        if (db_is_null(rows, CELL_SPLIT) || !split_parse(db_text(rows, CELL_SPLIT), &split))
            continue;
        const SplitCounts counts = counts_of(rows);
        add_cell(cells, week, split, db_text(rows, CELL_VALUE), &counts);
    }
    return step == DB_STEP_DONE;
}

/* The weeks from one to another that do not hold, newest first. Array of Week. */
static GArray *weeks_open(Session *session, Week from, Week to, GError **error)
{
    const int count = week_between(from, to) + 1;
    g_autofree gboolean *held = g_new0(gboolean, (gsize)MAX(count, 1));
    g_autoptr(DbStatement) rows = db_query(
        session_db(session),
        "SELECT week FROM week_counted WHERE unit_id = :unit AND week BETWEEN :from AND :to",
        DB_PARAMS(DB_INT("unit", session_unit_id(session)), DB_INT("from", from), DB_INT("to", to)),
        error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        held[week_between(from, (Week)db_int(rows, 0))] = TRUE;
    if (step != DB_STEP_DONE)
        return NULL;
    GArray *open = g_array_new(FALSE, FALSE, sizeof(Week));
    for (int i = count - 1; i >= 0; i--) {
        const Week week = week_add(from, i);
        if (!held[i])
            g_array_append_val(open, week);
    }
    return open;
}

/* Whoever is shown no card would keep ages that are not known. */
static gboolean may_keep(Session *session)
{
    return !db_is_read_only(session_db(session)) && access_is_shown_clients(session);
}

/* --- keeping ---------------------------------------------------------------------------------- */

typedef struct {
    Session *session;
    gint64 group_id;
    Week week;
} Place;

static gboolean keep_cell(Split split, const char *value, const SplitCounts *counts, gpointer data,
                          GError **error)
{
    const Place *place = data;
    return db_run_later(
        session_db(place->session),
        "INSERT INTO week_cell (unit_id, group_id, week, split, value, planned, recorded,"
        " missed, otherwise, behind, offered, taken, took_place, rebooked, persons)"
        " VALUES (:unit, :group, :week, :split, :value, :planned, :recorded, :missed,"
        " :otherwise, :behind, :offered, :taken, :took_place, :rebooked, :persons)",
        DB_PARAMS(DB_INT("unit", session_unit_id(place->session)), DB_INT("group", place->group_id),
                  DB_INT("week", place->week), DB_TEXT("split", split_code(split)),
                  DB_TEXT("value", value), DB_INT("planned", counts->planned),
                  DB_INT("recorded", counts->recorded), DB_INT("missed", counts->missed),
                  DB_INT("otherwise", counts->otherwise), DB_INT("behind", counts->behind),
                  DB_INT("offered", counts->offered), DB_INT("taken", counts->taken),
                  DB_INT("took_place", counts->took_place), DB_INT("rebooked", counts->rebooked),
                  DB_INT("persons", counts->persons)),
        error);
}

static gboolean keep_week(Session *session, WeekCounter *counter, Week week,
                          const WeekPatience *patience, GError **error)
{
    const GArray *groups = week_counter_groups(counter);
    if (!week_counter_count(counter, week, patience, error))
        return FALSE;
    for (guint i = 0; i < groups->len; i++) {
        Place place = {session, g_array_index(groups, gint64, i), week};
        if (!db_run_later(session_db(session),
                          "DELETE FROM week_cell"
                          " WHERE unit_id = :unit AND group_id = :group AND week = :week",
                          DB_PARAMS(DB_INT("unit", session_unit_id(session)),
                                    DB_INT("group", place.group_id), DB_INT("week", week)),
                          error) ||
            !week_counter_each(counter, i, keep_cell, &place, error))
            return FALSE;
    }
    return db_run_later(
        session_db(session), "INSERT INTO week_counted (unit_id, week) VALUES (:unit, :week)",
        DB_PARAMS(DB_INT("unit", session_unit_id(session)), DB_INT("week", week)), error);
}

/* At most `most` weeks, in one transaction; another program may have been quicker. */
static gboolean keep_weeks(Session *session, Week from, Week to, int most,
                           const WeekPatience *patience, int *left, GError **error)
{
    g_autoptr(GArray) seen = weeks_open(session, from, to, error);
    if (seen == NULL)
        return FALSE;
    *left = (int)seen->len;
    if (seen->len == 0 || !may_keep(session))
        return TRUE;
    /* The pages read while nobody waits are given back at the end: nobody asks for them again. */
    g_autoptr(DbTransaction) tx =
        db_transaction_aside(session_db(session), patience != NULL, error);
    g_autoptr(GArray) open = tx != NULL ? weeks_open(session, from, to, error) : NULL;
    g_autoptr(WeekCounter) counter = open != NULL ? week_counter_new(session, error) : NULL;
    if (counter == NULL)
        return FALSE;
    const guint count = MIN(open->len, (guint)most);
    for (guint i = 0; i < count; i++)
        if (!keep_week(session, counter, g_array_index(open, Week, i), patience, error))
            return FALSE;
    *left = (int)(open->len - count);
    return db_transaction_commit(tx, error);
}

gboolean week_cells_prepare(Session *session, Week from, Week to, int most, int *left,
                            GError **error)
{
    int still = 0;
    return access_require(session, PERMIT_REVIEW, error) &&
           keep_weeks(session, from, to, most, NULL, left != NULL ? left : &still, error);
}

gboolean week_cells_prepare_next(Session *session, WeekCellsGoOn go_on, gpointer data,
                                 gboolean *left, GError **error)
{
    const Week to = week_of(clock_today());
    const WeekPatience patience = {go_on, data};
    gint64 from = 0;
    int still = 0;
    *left = FALSE;
    if (!may_keep(session) || !access_allows(session, PERMIT_REVIEW))
        return TRUE;
    if (!db_get_int(session_db(session), "SELECT MIN(week) FROM week_outcome WHERE unit_id = :unit",
                    DB_PARAMS(DB_INT("unit", session_unit_id(session))), 0, &from, error))
        return FALSE;
    if (from == 0 || from > to)
        return TRUE;
    const gboolean kept = keep_weeks(session, (Week)from, to, 1, &patience, &still, error);
    *left = kept && still > 0;
    return kept;
}

/* --- reading ---------------------------------------------------------------------------------- */

typedef struct {
    WeekCells *cells;
    Week week;
} Gathering;

static gboolean gather(Split split, const char *value, const SplitCounts *counts, gpointer data,
                       GError **error)
{
    const Gathering *gathering = data;
    (void)error;
    add_cell(gathering->cells, gathering->week, split, value, counts);
    return TRUE;
}

/* Counted for this once: where nothing can be written, or another program has just changed it. */
static gboolean count_weeks(Session *session, Week from, const gboolean *held, int count,
                            gint64 group_id, WeekCells *cells, GError **error)
{
    g_autoptr(WeekCounter) counter = NULL;
    for (int i = 0; i < count; i++) {
        if (held[i])
            continue;
        if (counter == NULL && (counter = week_counter_new(session, error)) == NULL)
            return FALSE;
        Gathering gathering = {cells, week_add(from, i)};
        if (!week_counter_count(counter, gathering.week, NULL, error))
            return FALSE;
        const GArray *groups = week_counter_groups(counter);
        for (guint group = 0; group < groups->len; group++)
            if (g_array_index(groups, gint64, group) == group_id)
                week_counter_each(counter, group, gather, &gathering, NULL);
    }
    return TRUE;
}

WeekCells *week_cells_read(Session *session, Week from, Week to, gint64 group_id, GError **error)
{
    int left = 0;
    if (!access_require(session, PERMIT_REVIEW, error))
        return NULL;
    const int count = MAX(0, week_between(from, to) + 1);
    g_autofree gboolean *held = g_new0(gboolean, (gsize)MAX(count, 1));
    g_autoptr(WeekCells) cells = week_cells_new();
    /* What cannot be kept, on a full disk, is counted all the same. */
    keep_weeks(session, from, to, G_MAXINT, NULL, &left, NULL);
    return read_kept(session, from, to, group_id, cells, held, error) &&
                   count_weeks(session, from, held, count, group_id, cells, error)
               ? g_steal_pointer(&cells)
               : NULL;
}

WeekCells *week_cells_count(Session *session, Week from, Week to, gint64 group_id, gboolean rest,
                            GError **error)
{
    if (!access_require(session, PERMIT_REVIEW, error))
        return NULL;
    g_autoptr(WeekCounter) counter = week_counter_new(session, error);
    g_autoptr(WeekCells) cells = week_cells_new();
    Gathering gathering = {cells, from};
    for (guint i = 0; counter != NULL && i < week_counter_groups(counter)->len; i++)
        if (g_array_index(week_counter_groups(counter), gint64, i) == group_id)
            return week_counter_count_days(counter, week_monday(from), week_monday(to) + 6, i, rest,
                                           error) &&
                           week_counter_each(counter, i, gather, &gathering, error)
                       ? g_steal_pointer(&cells)
                       : NULL;
    return counter != NULL ? g_steal_pointer(&cells) : NULL;
}

/* --- verifying -------------------------------------------------------------------------------- */

/* What is kept of a week, to be struck out by what is counted. */
typedef struct {
    GHashTable *kept; /* "split value" → SplitCounts * */
    gboolean all;     /* age and sex too */
    gboolean same;
} Comparison;

/* Whether whoever looks can count it. */
static gboolean is_compared(Split split, gboolean all)
{
    return all || (split != SPLIT_AGE && split != SPLIT_SEX);
}

static char *key_of(Split split, const char *value)
{
    return g_strdup_printf("%s %s", split_code(split), value);
}

static gboolean strike(Split split, const char *value, const SplitCounts *counts, gpointer data,
                       GError **error)
{
    Comparison *comparison = data;
    g_autofree char *key = key_of(split, value);
    (void)error;
    if (!is_compared(split, comparison->all))
        return TRUE;
    const SplitCounts *kept = g_hash_table_lookup(comparison->kept, key);
    if (kept == NULL || memcmp(kept, counts, sizeof *kept) != 0)
        comparison->same = FALSE;
    g_hash_table_remove(comparison->kept, key);
    return TRUE;
}

static gboolean is_as_counted(Session *session, WeekCounter *counter, guint group, Week week,
                              gboolean *same, GError **error)
{
    gboolean held = FALSE;
    g_autoptr(WeekCells) cells = week_cells_new();
    if (!read_kept(session, week, week, g_array_index(week_counter_groups(counter), gint64, group),
                   cells, &held, error))
        return FALSE;
    const gboolean all = access_is_shown_clients(session);
    g_autoptr(GHashTable) kept = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < cells->cells->len; i++) {
        WeekCell *cell = &g_array_index(cells->cells, WeekCell, i);
        if (is_compared(cell->split, all))
            g_hash_table_insert(kept, key_of(cell->split, cell->value), &cell->counts);
    }
    Comparison comparison = {.kept = kept, .all = all, .same = TRUE};
    week_counter_each(counter, group, strike, &comparison, NULL);
    *same = comparison.same && g_hash_table_size(kept) == 0;
    return TRUE;
}

static GArray *weeks_held(Session *session, GError **error)
{
    g_autoptr(GArray) weeks = g_array_new(FALSE, FALSE, sizeof(Week));
    g_autoptr(DbStatement) rows = db_query(
        session_db(session), "SELECT week FROM week_counted WHERE unit_id = :unit ORDER BY week",
        DB_PARAMS(DB_INT("unit", session_unit_id(session))), error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        const Week week = (Week)db_int(rows, 0);
        g_array_append_val(weeks, week);
    }
    return step == DB_STEP_DONE ? g_steal_pointer(&weeks) : NULL;
}

/* Whose first visit is not the one that is kept. */
static gboolean verify_first(Session *session, GPtrArray *faults, GError **error)
{
    gint64 wrong = 0;
    if (!db_get_int(session_db(session),
                    "SELECT COUNT(*) FROM client c LEFT JOIN first_visit k ON k.client_id = c.id"
                    " WHERE c.unit_id = :unit AND k.visit_id IS DISTINCT FROM"
                    " (SELECT f.id FROM visit f WHERE f.client_id = c.id AND f.stand_in = 0"
                    " AND (f.outcome IS NULL OR f.outcome NOT IN ('rebooked', 'unit-cancelled'))"
                    " ORDER BY f.date, f.start, f.id LIMIT 1)",
                    DB_PARAMS(DB_INT("unit", session_unit_id(session))), 0, &wrong, error))
        return FALSE;
    if (wrong > 0)
        g_ptr_array_add(faults, g_strdup_printf(ngettext("Of %d client another visit than the "
                                                         "first is kept as the first.",
                                                         "Of %d clients another visit than the "
                                                         "first is kept as the first.",
                                                         (gulong)wrong),
                                                (int)wrong));
    return TRUE;
}

/* Whose latest visit that took place is not the one that is kept. */
static gboolean verify_latest(Session *session, GPtrArray *faults, GError **error)
{
    gint64 wrong = 0;
    if (!db_get_int(session_db(session),
                    "SELECT COUNT(*) FROM client c LEFT JOIN latest_visit k ON k.client_id = c.id"
                    " WHERE c.unit_id = :unit AND k.date || ' ' || k.start IS DISTINCT FROM"
                    " (SELECT l.date || ' ' || l.start FROM visit l WHERE l.client_id = c.id"
                    " AND l.outcome IN ('done', 'done-otherwise')"
                    " ORDER BY l.date DESC, l.start DESC LIMIT 1)",
                    DB_PARAMS(DB_INT("unit", session_unit_id(session))), 0, &wrong, error))
        return FALSE;
    if (wrong > 0)
        g_ptr_array_add(faults,
                        g_strdup_printf(ngettext("Of %d client another visit than the latest that "
                                                 "took place is kept as the latest.",
                                                 "Of %d clients another visit than the latest that "
                                                 "took place is kept as the latest.",
                                                 (gulong)wrong),
                                        (int)wrong));
    return TRUE;
}

gboolean week_cells_verify(Session *session, GPtrArray *faults, GError **error)
{
    char text[WEEK_SIZE];
    g_autoptr(GArray) weeks = weeks_held(session, error);
    g_autoptr(WeekCounter) counter = weeks != NULL ? week_counter_new(session, error) : NULL;
    if (counter == NULL || !verify_first(session, faults, error) ||
        !verify_latest(session, faults, error))
        return FALSE;
    for (guint i = 0; i < weeks->len; i++) {
        const Week week = g_array_index(weeks, Week, i);
        gboolean same = TRUE;
        if (!week_counter_count(counter, week, NULL, error))
            return FALSE;
        for (guint group = 0; same && group < week_counter_groups(counter)->len; group++)
            if (!is_as_counted(session, counter, group, week, &same, error))
                return FALSE;
        if (!same)
            g_ptr_array_add(faults,
                            g_strdup_printf(_("Week %s: the counts by cause, weekday, age and the "
                                              "like are not what the visits say."),
                                            week_format(week, text)));
    }
    return TRUE;
}
