/* task_import.c: rows of tasks, checked and added. One that is there already, open or done, stays
 * as it is. */
#include "care/task/task_import.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "care/unit/staff.h"
#include "exchange/table_import_private.h"

typedef struct {
    ImportClient who; /* client_id stays 0 where the row is about nobody */
    gboolean about;   /* the row is about a client */
    Task *task;
    char *worker; /* NULL: the whole unit's */
} TaskLine;

static void line_clear(gpointer data)
{
    TaskLine *line = data;
    import_client_clear(&line->who);
    task_free(line->task);
    g_free(line->worker);
}

static gpointer rows_new(ImportRun *run)
{
    (void)run;
    GArray *lines = g_array_new(FALSE, TRUE, sizeof(TaskLine));
    g_array_set_clear_func(lines, line_clear);
    return lines;
}

static void rows_free(gpointer data)
{
    g_array_unref(data);
}

static char *missing(const TableImport *import)
{
    return table_import_column_of(import, COLUMN_DUE_DATE, 0) < 0
               ? g_strdup(_("Say which column holds the day when it is due."))
               : NULL;
}

/* --- checking --------------------------------------------------------------------------------- */

static gboolean take_kind(const ImportCells *cells, const CsvRow *row, Task *task)
{
    const char *text = import_cell(cells, row, COLUMN_TASK_KIND);
    return !*text || task_kind_said(text, &task->kind) ||
           import_refuse_cell(cells, row, COLUMN_TASK_KIND,
                              _("“%s” is no kind of task known here. Write for instance follow-up "
                                "or other."),
                              text);
}

static gboolean take_visit(const ImportCells *cells, const CsvRow *row, TaskLine *line)
{
    Task *task = line->task;
    if (!import_date(cells, row, COLUMN_VISIT_DATE, &task->visit_date) ||
        !import_time(cells, row, COLUMN_VISIT_START, &task->visit_start))
        return FALSE;
    return task->visit_date == DATE_NONE || (line->about && task->visit_start >= 0) ||
           import_refuse(cells, row, COLUMN_VISIT_DATE,
                         g_strdup(_("A visit is told by client, day and time. Write all three.")));
}

static gboolean take(const ImportCells *cells, const CsvRow *row, Date today, TaskLine *line)
{
    if (!import_row_begin(cells, row))
        return FALSE;
    Task *task = line->task = task_new();
    line->about = !import_client_none(cells, row);
    line->who.line = row->line;
    if ((line->about && !import_client_take(cells, row, today, FALSE, &line->who)) ||
        !import_date(cells, row, COLUMN_DUE_DATE, &task->due_date) ||
        !import_time(cells, row, COLUMN_DUE_TIME, &task->due_time) ||
        !take_kind(cells, row, task) || !take_visit(cells, row, line))
        return FALSE;
    if (task->due_date == DATE_NONE)
        return import_refuse(cells, row, COLUMN_DUE_DATE,
                             g_strdup(_("The day when it is due is missing.")));
    task->note = import_words(cells, row, COLUMN_NOTE);
    line->worker = import_words(cells, row, COLUMN_STAFF);
    if (line->about)
        import_client_remark(cells, row, &line->who);
    return TRUE;
}

static void take_row(ImportRun *run, const ImportCells *cells, const CsvRow *row)
{
    TaskLine line = {0};
    if (take(cells, row, clock_today(), &line))
        g_array_append_val((GArray *)run->rows, line);
    else
        line_clear(&line);
}

static gboolean check_rows(ImportRun *run, CsvReader *reader, GError **error)
{
    return import_check_each(run, reader, take_row, error);
}

/* --- adding ----------------------------------------------------------------------------------- */

/* Which of those it is that are alike in the file, from 1. */
static int nth_of(GHashTable *alike, const Task *task)
{
    char *key = g_strdup_printf("%d %" G_GINT64_FORMAT " %d %d %d %d %s", (int)task->kind,
                                task->client_id, task->due_date, task->due_time, task->visit_date,
                                task->visit_start, task->note != NULL ? task->note : "");
    const int nth = GPOINTER_TO_INT(g_hash_table_lookup(alike, key)) + 1;
    g_hash_table_insert(alike, key, GINT_TO_POINTER(nth));
    return nth;
}

/* Somebody who may not open the client's card, as nobody may who is not known: what to read in
 * first. */
static void refuse_worker(ImportRun *run, const TaskLine *line)
{
    g_autofree char *who = table_import_quote(line->worker);
    table_import_refuse(
        run->import, line->who.line, COLUMN_STAFF,
        g_strdup_printf(_("%s may not open the client's card yet. Read in the clients and the "
                          "visits first, which say whose client it is, or empty the cell: then the "
                          "task is for the whole unit."),
                        who));
}

/* What speaks against it is the row's refusal. */
static gboolean add_task(ImportRun *run, TaskLine *line, GHashTable *alike, GError **error)
{
    g_autoptr(GError) fault = NULL;
    gboolean is_new;
    line->task->client_id = line->who.client_id;
    if (task_add_from_file(run->import->session, line->task, nth_of(alike, line->task), &is_new,
                           &fault)) {
        run->result->imported += is_new;
        run->result->duplicates += !is_new;
        return TRUE;
    }
    if (!g_error_matches(fault, DAGSFORM_ERROR, ERROR_INPUT)) {
        g_propagate_error(error, g_steal_pointer(&fault));
        return FALSE;
    }
    if (!task_may_be_given(run->import->session, line->task->client_id, line->task->staff_id, NULL))
        refuse_worker(run, line);
    else
        table_import_refuse(run->import, line->who.line, COLUMN_SKIP, g_strdup(fault->message));
    return TRUE;
}

/* Who is to do it. One who is not known is added only for a task that is about no client. FALSE
 * only on error; `*refused`: the row is. */
static gboolean find_worker(ImportRun *run, const GPtrArray *staff, TaskLine *line,
                            gboolean *refused, GError **error)
{
    gint64 *id = &line->task->staff_id;
    *refused = FALSE;
    if (line->worker == NULL)
        return TRUE;
    if (!line->about)
        return (*id = import_staff(run, staff, line->worker, ROLE_SUPPORT_WORKER, error)) != 0;
    if (!import_staff_known(run, staff, line->worker, id, error))
        return FALSE;
    *refused = *id == 0;
    if (*refused)
        refuse_worker(run, line);
    return TRUE;
}

/* What the rows are looked up in. */
typedef struct {
    GPtrArray *staff;
    GHashTable *alike;
} Known;

static gboolean add_line(ImportRun *run, guint index, gpointer data, GError **error)
{
    const Known *known = data;
    TaskLine *line = &g_array_index((GArray *)run->rows, TaskLine, index);
    ImportRefusal refusal = {0};
    if (line->about && !import_client_known(run, &line->who, &refusal, error))
        return FALSE;
    if (refusal.reason != NULL) {
        table_import_refuse(run->import, line->who.line, refusal.kind, refusal.reason);
        return TRUE;
    }
    gboolean refused;
    return find_worker(run, known->staff, line, &refused, error) &&
           (refused || add_task(run, line, known->alike, error));
}

static gboolean add_rows(ImportRun *run, gint64 import_id, GError **error)
{
    (void)import_id;
    g_autoptr(GHashTable) alike = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) staff = staff_list(run->import->session, error);
    Known known = {staff, alike};
    return staff != NULL &&
           import_add_each(run, ((GArray *)run->rows)->len, add_line, &known, error);
}

const ImportKind import_kind_tasks = {missing, rows_new, rows_free, check_rows, add_rows};
