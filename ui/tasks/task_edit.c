/* task_edit.c: a page for a task of one's own: what is to be done, and by which day. */
#include "ui/tasks/task_edit.h"

#include "base/error.h"
#include "base/i18n.h"
#include "care/task/task.h"
#include "care/unit/access.h"
#include "ui/common/day_row.h"
#include "ui/common/edit_page.h"

enum { ROW_NOTE, ROW_DUE };
enum { WIDEST = 80 };

typedef struct {
    void (*saved)(App *app, gint64 id);
    Page page;
    EditDraft draft;
} TaskEditState;

static void hint_rows(TaskEditState *state)
{
    day_row_hint(&state->page, ROW_DUE, _("The last day: tomorrow, fri, 21/11."));
}

/* NULL with a fault on each row that cannot be used. New. */
static Task *read_rows(App *app, TaskEditState *state)
{
    Page *page = &state->page;
    g_autoptr(Task) task = task_new();
    g_autofree char *note = g_strstrip(g_strdup(page_text(page, ROW_NOTE)));
    edit_page_clear_faults(page);
    task->staff_id = session_staff_id(app_session(app));
    task->due_date = day_row(page, ROW_DUE);
    if (note[0] == '\0')
        page_fault(page, ROW_NOTE, _("Write what is to be done."));
    if (task->due_date == DATE_NONE)
        page_fault(page, ROW_DUE, _("By which day? Type for instance tomorrow, fri or 21/11."));
    task->note = g_steal_pointer(&note);
    return edit_page_must_mend(app, page) ? NULL : g_steal_pointer(&task);
}

static void task_edit_finish(App *app, void *data)
{
    TaskEditState *state = data;
    GError *error = NULL;
    if (edit_draft_must_answer(app, &state->draft))
        return;
    g_autoptr(Task) task = read_rows(app, state);
    if (task == NULL)
        return;
    if (!task_add(app_session(app), task, &error)) {
        app_error(app, error);
        return;
    }
    void (*saved)(App *, gint64) = state->saved;
    edit_draft_over(app, &state->draft);
    app_pop(app);
    saved(app, task->id);
}

/* --- keys and drawing ------------------------------------------------------------------------- */

static gboolean task_edit_key(App *app, void *data, const Event *event)
{
    TaskEditState *state = data;
    Page *page = &state->page;
    const int row = page->focus;
    gint64 version = 0;
    gboolean taken, done = FALSE;
    if (edit_draft_is_offered(&state->draft)) {
        taken = edit_draft_event(app, &state->draft, page, event, &version);
        hint_rows(state);
        return taken;
    }
    taken = page_event(page, event, &done);
    if (taken)
        page_fault(page, row, NULL);
    if (row == ROW_DUE && (page->focus != row || done))
        day_row_complete(page, row);
    hint_rows(state);
    if (done)
        task_edit_finish(app, state);
    return taken;
}

static void task_edit_save(App *app, void *data)
{
    TaskEditState *state = data;
    edit_draft_save(app, &state->draft, &state->page, 0);
}

static gboolean task_edit_unsaved(App *app, const void *data)
{
    (void)app;
    TaskEditState *state = (TaskEditState *)data;
    return edit_draft_is_unsaved(&state->draft, &state->page, 0);
}

static void task_edit_draw(App *app, void *data, Area area)
{
    (void)app;
    TaskEditState *state = data;
    Area page = area_columns(area, 0, MIN(area.columns, WIDEST));
    if (edit_draft_is_offered(&state->draft))
        edit_draft_draw(&state->draft, page);
    else
        page_draw(&state->page, page);
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean task_edit_enter(App *app, void *data, const void *argument, GError **error)
{
    TaskEditState *state = data;
    if (!access_require(app_session(app), PERMIT_VISIT_RECORD, error))
        return FALSE;
    state->saved = ((const TaskEditArgument *)argument)->saved;
    page_init(&state->page);
    page_field(&state->page, _("What is to be done"), _("One line."), "", FALSE);
    page_field(&state->page, _("By which day"), NULL, "", FALSE);
    hint_rows(state);
    edit_draft_begin(app, &state->draft, &state->page, DRAFT_TASK, 0, 0, NULL);
    return TRUE;
}

static void task_edit_leave(App *app, void *data)
{
    (void)app;
    TaskEditState *state = data;
    page_clear(&state->page);
    edit_draft_clear(&state->draft);
}

const Screen screen_task_edit = {
    .name = "task-edit",
    .place = IN_EDIT,
    .title = N_("A new task"),
    .state_size = sizeof(TaskEditState),
    .enter = task_edit_enter,
    .draw = task_edit_draw,
    .key = task_edit_key,
    .finish = task_edit_finish,
    .save = task_edit_save,
    .unsaved = task_edit_unsaved,
    .leave = task_edit_leave,
};
