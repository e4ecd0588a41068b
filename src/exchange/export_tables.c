/* export_tables.c: tasks, clients and weeks as rows. */
#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "care/client/client.h"
#include "care/task/task_index.h"
#include "exchange/export_private.h"
#include "stats/week_review.h"

enum { PAGE = 500, WEEKS_MOST = 520 };

/* --- tasks ------------------------------------------------------------------------------------ */

static const ExportColumn TASKS[] = {
    {"due-date", N_("Due"), CELL_DATE, 11, FALSE},
    {"due-time", N_("Due at"), CELL_TIME, 8, FALSE},
    {"kind", N_("Kind of task"), CELL_TEXT, 24, FALSE},
    {"client-number", N_("Client number"), CELL_TEXT, 14, FALSE},
    {"id-number", N_("Identity number"), CELL_TEXT, 15, FALSE},
    {"client", N_("Client"), CELL_TEXT, 24, FALSE},
    {"staff", N_("Staff"), CELL_TEXT, 22, FALSE},
    {"visit-date", N_("Day of the visit"), CELL_DATE, 13, FALSE},
    {"visit-start", N_("Time of the visit"), CELL_TIME, 13, FALSE},
    {"note", N_("Note"), CELL_TEXT, 40, TRUE},
};

static gboolean add_task(Export *export, const Task *task, GHashTable *clients, GError **error)
{
    const ClientRow *client = g_hash_table_lookup(clients, &task->client_id);
    const ExportCell cells[G_N_ELEMENTS(TASKS)] = {
        CELL_OF_DATE(task->due_date),
        CELL_OF_TIME(task->due_time),
        CELL_OF_CODE(task_kind_code(task->kind), task_kind_name(task->kind)),
        CELL_OF_TEXT(client != NULL ? client->number : NULL),
        CELL_OF_TEXT(client != NULL ? client->id_number : NULL),
        CELL_OF_TEXT(task->client_name),
        CELL_OF_TEXT(task->staff_name),
        CELL_OF_DATE(task->visit_date),
        CELL_OF_NUMBER_IF(task->visit_start, task->visit_date != DATE_NONE),
        CELL_OF_TEXT(task->note),
    };
    return export_add(export, cells, error);
}

static gboolean tasks_rows(Export *export, GError **error)
{
    g_autoptr(GHashTable) clients = export_clients(export->session, error);
    g_autoptr(GPtrArray) page = NULL;
    const TaskFilter filter = {.mine = export->order->mine, .words = export->order->search};
    g_autoptr(TaskIndex) index =
        clients != NULL ? task_index_new(export->session, filter, error) : NULL;
    if (index == NULL)
        return FALSE;
    do {
        const Task *after = page != NULL ? page->pdata[PAGE - 1] : NULL;
        GPtrArray *next = task_index_list(index, after, PAGE, error);
        g_clear_pointer(&page, g_ptr_array_unref);
        page = next;
        if (page == NULL)
            return FALSE;
        for (guint i = 0; i < page->len; i++) {
            const Task *task = page->pdata[i];
            if (export_within(export->order, task->due_date) &&
                export_takes(export, task->client_id,
                             export_protection(clients, task->client_id)) &&
                !add_task(export, task, clients, error))
                return FALSE;
        }
    } while (page->len == PAGE);
    return TRUE;
}

const ExportTable export_table_tasks = {"task", TASKS, G_N_ELEMENTS(TASKS), tasks_rows};

/* --- clients ---------------------------------------------------------------------------------- */

static const ExportColumn CLIENTS[] = {
    {"client-number", N_("Client number"), CELL_TEXT, 14, FALSE},
    {"id-number", N_("Identity number"), CELL_TEXT, 15, FALSE},
    {"name", N_("Name"), CELL_TEXT, 26, FALSE},
    {"birth-date", N_("Birth date"), CELL_DATE, 11, FALSE},
    {"support-worker", N_("Support worker"), CELL_TEXT, 22, FALSE},
    {"active", N_("Active"), CELL_TEXT, 8, FALSE},
    {"protection", N_("Protected identity"), CELL_TEXT, 24, FALSE},
};

static gboolean add_client(Export *export, const ClientRow *client, GError **error)
{
    const gboolean is_protected = client->protection != PROTECTION_NONE;
    const ExportCell cells[G_N_ELEMENTS(CLIENTS)] = {
        CELL_OF_TEXT(client->number),
        CELL_OF_TEXT(client->id_number),
        CELL_OF_TEXT(client->name),
        CELL_OF_DATE(client->birth_date),
        CELL_OF_TEXT(client->support_worker),
        client->active ? CELL_OF_CODE("yes", _("Yes")) : CELL_OF_CODE("no", _("No")),
        CELL_OF_TEXT(is_protected ? protection_name(client->protection) : NULL),
    };
    return export_add(export, cells, error);
}

static gboolean clients_rows(Export *export, GError **error)
{
    const ExportOrder *order = export->order;
    g_autoptr(GPtrArray) page = NULL;
    do {
        const ClientRow *after = page != NULL ? page->pdata[PAGE - 1] : NULL;
        GPtrArray *next =
            client_list(export->session, order->search, order->mine, after, PAGE, error);
        g_clear_pointer(&page, g_ptr_array_unref);
        page = next;
        if (page == NULL)
            return FALSE;
        for (guint i = 0; i < page->len; i++) {
            const ClientRow *client = page->pdata[i];
            if (export_takes(export, client->id, client->protection) &&
                !add_client(export, client, error))
                return FALSE;
        }
    } while (page->len == PAGE);
    return TRUE;
}

const ExportTable export_table_clients = {"client", CLIENTS, G_N_ELEMENTS(CLIENTS), clients_rows};

/* --- weeks ------------------------------------------------------------------------------------ */

static const ExportColumn WEEKS[] = {
    {"week", N_("Year and week"), CELL_TEXT, 12, FALSE},
    {"monday", N_("First day"), CELL_DATE, 11, FALSE},
    {"planned", N_("Planned"), CELL_INTEGER, 9, FALSE},
    {"recorded", N_("Recorded"), CELL_INTEGER, 9, FALSE},
    {"missed", N_("Not taken"), CELL_INTEGER, 9, FALSE},
    {"rate", N_("Share not taken"), CELL_SHARE, 11, FALSE},
    {"median", N_("Median"), CELL_SHARE, 9, FALSE},
    {"target", N_("Target"), CELL_SHARE, 9, FALSE},
    {"done", NULL, CELL_INTEGER, 9, FALSE},
    {"done-otherwise", NULL, CELL_INTEGER, 9, FALSE},
    {"cancelled", NULL, CELL_INTEGER, 9, FALSE},
    {"declined", NULL, CELL_INTEGER, 9, FALSE},
    {"no-show", NULL, CELL_INTEGER, 9, FALSE},
    {"unit-cancelled", NULL, CELL_INTEGER, 9, FALSE},
    {"rebooked", NULL, CELL_INTEGER, 9, FALSE},
    {"unknown", N_("Nothing recorded"), CELL_INTEGER, 9, FALSE},
    {"stand-ins", N_("In place of another visit"), CELL_INTEGER, 9, FALSE},
};
enum { WEEK_FIRST_OUTCOME = 8 };
G_STATIC_ASSERT(G_N_ELEMENTS(WEEKS) == WEEK_FIRST_OUTCOME + OUTCOME_COUNT - 1 + 2);

static gboolean add_week(Export *export, const WeekReview *review, guint nth, GError **error)
{
    char name[WEEK_SIZE];
    const ReviewWeek *week = week_review_shown(review, nth);
    ExportCell cells[G_N_ELEMENTS(WEEKS)] = {
        CELL_OF_TEXT(week_format(week->week, name)),
        CELL_OF_DATE(week_monday(week->week)),
        CELL_OF_NUMBER(week->planned),
        CELL_OF_NUMBER(week->recorded),
        CELL_OF_NUMBER(week->missed),
        CELL_OF_NUMBER(week->rate),
        CELL_OF_NUMBER(week_review_whole(review)->centre),
        CELL_OF_NUMBER(review->line->target),
    };
    int at = WEEK_FIRST_OUTCOME;
    for (Outcome outcome = OUTCOME_DONE; outcome < OUTCOME_COUNT; outcome++)
        cells[at++] = CELL_OF_NUMBER((double)week->visits[outcome]);
    cells[at++] = CELL_OF_NUMBER((double)week->unknown);
    cells[at] = CELL_OF_NUMBER((double)week->stand_ins);
    return export_add(export, cells, error);
}

/* The weeks of the days asked for; of none asked for the last REVIEW_WEEKS. `*shown` 0: none. */
static gboolean weeks_asked(Export *export, Week *until, guint *shown, GError **error)
{
    const ExportOrder *order = export->order;
    *until = order->to != DATE_NONE ? week_of(order->to) : 0;
    *shown = REVIEW_WEEKS;
    if (order->from == DATE_NONE)
        return TRUE;
    if (*until == 0) {
        g_autoptr(WeekReview) newest = week_review_new(export->session, 0, 1, error);
        if (newest == NULL)
            return FALSE;
        *until = week_review_last(newest)->week;
    }
    const int weeks = week_between(week_of(order->from), *until) + 1;
    if (weeks > WEEKS_MOST) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("That is more than %d weeks. Choose a later first day."), WEEKS_MOST);
        return FALSE;
    }
    *shown = (guint)MAX(weeks, 0);
    return TRUE;
}

static gboolean week_rows(Export *export, GError **error)
{
    Week until;
    guint shown;
    if (!weeks_asked(export, &until, &shown, error))
        return FALSE;
    if (shown == 0)
        return TRUE;
    g_autoptr(WeekReview) review = week_review_new(export->session, until, shown, error);
    for (guint i = 0; review != NULL && i < shown; i++)
        if (!add_week(export, review, i, error))
            return FALSE;
    return review != NULL;
}

const ExportTable export_table_week = {"week_outcome", WEEKS, G_N_ELEMENTS(WEEKS), week_rows};
