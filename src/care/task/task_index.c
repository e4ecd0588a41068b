/* task_index.c: the open ones, as a list, counted, and narrowed by words. */
#include "care/task/task_index.h"

#include "base/clock.h"
#include "care/task/call_clock.h"
#include "care/task/task_filter_private.h"
#include "care/task/task_private.h"
#include "care/unit/access.h"
#include "care/unit/pick.h"

/* What has no time of its own comes after what was agreed for one. */
#define ANY_TIME "24:00"
#define MINUTE_OF_ANY (24 * 60)
#define WHEN_DUE "t.due_date, COALESCE(t.due_time, '" ANY_TIME "'), t.id"
#define OPEN_TASKS                                                                                 \
    " FROM task t LEFT JOIN client c ON c.id = t.client_id"                                        \
    " LEFT JOIN call_request k ON k.task_id = t.id"                                                \
    " LEFT JOIN response q ON q.id = t.response_id"                                                \
    " WHERE t.unit_id = :unit AND t.done_ms IS NULL AND " TASK_FOR_ME                              \
    " AND (:mine = 0 OR t.staff_id = :me OR t.staff_id IS NULL OR t.staff_id IN"                   \
    " (SELECT k.staff_id FROM cover k WHERE " COVERS_NOW "))"

typedef struct {
    gint64 id, client_id, staff_id, came_ms;
    Date due;
    int minute; /* MINUTE_OF_ANY: at any time */
    TaskKind kind;
    char *subject; /* Task's; owned */
} Entry;

struct TaskIndex {
    Session *session;
    GArray *all;      /* Entry */
    GArray *shown;    /* guint: which of them */
    GPtrArray *staff; /* PickOption *, when a word has been typed */
};

/* --- reading ---------------------------------------------------------------------------------- */

static void entry_clear(gpointer data)
{
    g_free(((Entry *)data)->subject);
}

static void take_row(GArray *all, DbStatement *row)
{
    const Entry entry = {.id = db_int(row, 0),
                         .kind = task_kind_parse(db_text(row, 1)),
                         .client_id = db_int(row, 2),
                         .staff_id = db_int(row, 3),
                         .due = date_parse(db_text(row, 4)),
                         .minute = db_is_null(row, 5) ? MINUTE_OF_ANY : time_parse(db_text(row, 5)),
                         .came_ms = db_int(row, 6),
                         .subject = task_subject_of(row, 2, 7)};
    g_array_append_val(all, entry);
}

static gboolean read_all(TaskIndex *index, gboolean mine, GError **error)
{
    Session *session = index->session;
    g_autoptr(DbStatement) rows =
        db_query(session_db(session),
                 "SELECT t.id, t.kind, t.client_id, t.staff_id, t.due_date, t.due_time, k.came_ms,"
                 " " TASK_SUBJECT OPEN_TASKS " ORDER BY " WHEN_DUE,
                 DB_PARAMS(DB_INT("unit", session_unit_id(session)), DB_INT("mine", mine),
                           CLIENT_GUARD(session)),
                 error);
    DbStep step = rows != NULL ? DB_STEP_ROW : DB_STEP_ERROR;
    while (step == DB_STEP_ROW && (step = db_step(rows, error)) == DB_STEP_ROW)
        take_row(index->all, rows);
    return step == DB_STEP_DONE;
}

TaskIndex *task_index_new(Session *session, TaskFilter filter, GError **error)
{
    if (!access_require(session, PERMIT_CLIENT_READ, error))
        return NULL;
    g_autoptr(TaskIndex) index = g_new0(TaskIndex, 1);
    index->session = session;
    index->all = g_array_new(FALSE, FALSE, sizeof(Entry));
    g_array_set_clear_func(index->all, entry_clear);
    index->shown = g_array_new(FALSE, FALSE, sizeof(guint));
    return read_all(index, filter.mine, error) && task_index_narrow(index, filter.words, error)
               ? g_steal_pointer(&index)
               : NULL;
}

void task_index_free(TaskIndex *index)
{
    if (index == NULL)
        return;
    g_array_unref(index->all);
    g_array_unref(index->shown);
    g_clear_pointer(&index->staff, g_ptr_array_unref);
    g_free(index);
}

/* --- those with the words --------------------------------------------------------------------- */

static gboolean has_words(const Entry *entry, const GArray *words, Date today, gint64 now_ms)
{
    const TaskAsked asked = {.kind = entry->kind,
                             .due = entry->due,
                             .overdue = task_is_late(entry->due, entry->came_ms, today, now_ms),
                             .staff_id = entry->staff_id,
                             .client_id = entry->client_id,
                             .subject = entry->subject};
    for (guint i = 0; i < words->len; i++)
        if (!task_word_means(&g_array_index(words, TaskWord, i), &asked))
            return FALSE;
    return TRUE;
}

gboolean task_index_narrow(TaskIndex *index, const char *typed, GError **error)
{
    if (typed != NULL && index->staff == NULL &&
        (index->staff = pick_staff_all(index->session, error)) == NULL)
        return FALSE;
    g_autoptr(GArray) words = task_words_read(index->session, index->staff, typed, error);
    if (words == NULL)
        return FALSE;
    const Date today = clock_today();
    const gint64 now_ms = clock_now_ms();
    g_array_set_size(index->shown, 0);
    for (guint i = 0; i < index->all->len; i++)
        if (has_words(&g_array_index(index->all, Entry, i), words, today, now_ms))
            g_array_append_val(index->shown, i);
    return TRUE;
}

static const Entry *shown_at(const TaskIndex *index, guint place)
{
    return &g_array_index(index->all, Entry, g_array_index(index->shown, guint, place));
}

void task_index_count(const TaskIndex *index, Date today, gint64 *open, gint64 *due)
{
    guint until = 0;
    while (until < index->shown->len && shown_at(index, until)->due <= today)
        until++;
    *open = index->shown->len;
    *due = until;
}

/* --- what stands on each ---------------------------------------------------------------------- */

#define EIGHT(n) ":" n "0, :" n "1, :" n "2, :" n "3, :" n "4, :" n "5, :" n "6, :" n "7"
#define EIGHT_OF(n, ids)                                                                           \
    DB_INT(n "0", (ids)[0]), DB_INT(n "1", (ids)[1]), DB_INT(n "2", (ids)[2]),                     \
        DB_INT(n "3", (ids)[3]), DB_INT(n "4", (ids)[4]), DB_INT(n "5", (ids)[5]),                 \
        DB_INT(n "6", (ids)[6]), DB_INT(n "7", (ids)[7])
enum { AT_ONCE = 32 };

/* Those of `ids` (0: none) that are open and for the reader still, in order. */
static GPtrArray *read_these(const TaskIndex *index, const gint64 ids[AT_ONCE], GError **error)
{
    g_autoptr(DbStatement) rows = db_query(
        session_db(index->session),
        TASK_COLUMNS " WHERE t.id IN (" EIGHT("a") ", " EIGHT("b") ", " EIGHT("d") ", " EIGHT(
            "e") ") AND t.done_ms IS NULL AND " TASK_FOR_ME " ORDER BY " WHEN_DUE,
        DB_PARAMS(EIGHT_OF("a", ids), EIGHT_OF("b", ids + 8), EIGHT_OF("d", ids + 16),
                  EIGHT_OF("e", ids + 24), CLIENT_GUARD(index->session)),
        error);
    return rows != NULL ? task_from_rows(rows, error) : NULL;
}

static gboolean comes_after(const Entry *entry, const Task *task)
{
    const int minute = task->due_time >= 0 ? task->due_time : MINUTE_OF_ANY;
    return entry->due != task->due_date ? entry->due > task->due_date
           : entry->minute != minute    ? entry->minute > minute
                                        : entry->id > task->id;
}

/* The first place behind a task, which need not be among those shown any more. */
static guint place_after(const TaskIndex *index, const Task *task)
{
    guint low = 0, high = index->shown->len;
    while (task != NULL && low < high) {
        const guint middle = low + (high - low) / 2;
        if (comes_after(shown_at(index, middle), task))
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

GPtrArray *task_index_list(const TaskIndex *index, const Task *after, int limit, GError **error)
{
    g_autoptr(GPtrArray) tasks = g_ptr_array_new_with_free_func((GDestroyNotify)task_free);
    guint place = place_after(index, after);
    while ((int)tasks->len < limit && place < index->shown->len) {
        gint64 ids[AT_ONCE] = {0};
        const guint count = MIN((guint)AT_ONCE, (guint)limit - tasks->len);
        for (guint i = 0; i < count && place < index->shown->len; i++)
            ids[i] = shown_at(index, place++)->id;
        GPtrArray *read = read_these(index, ids, error);
        if (read == NULL)
            return NULL;
        g_ptr_array_extend_and_steal(tasks, read);
    }
    return g_steal_pointer(&tasks);
}

/* --- without keeping them --------------------------------------------------------------------- */

GPtrArray *task_list(Session *session, TaskFilter filter, const Task *after, int limit,
                     GError **error)
{
    g_autoptr(TaskIndex) index = task_index_new(session, filter, error);
    return index != NULL ? task_index_list(index, after, limit, error) : NULL;
}

gboolean task_count(Session *session, TaskFilter filter, Date today, gint64 *open, gint64 *due,
                    GError **error)
{
    g_autoptr(TaskIndex) index = task_index_new(session, filter, error);
    if (index != NULL)
        task_index_count(index, today, open, due);
    return index != NULL;
}
