/* task_edit.c: a page for a task of one's own: what is to be done, and by which day. */
#include "ui/tasks/task_edit.h"

#include "base/error.h"
#include "base/i18n.h"
#include "care/task/task.h"
#include "care/unit/access.h"
#include "ui/common/day_row.h"
#include "ui/common/edit_screen.h"

enum { ROW_NOTE, ROW_DUE };

typedef struct {
    EditScreen edit;
    void (*saved)(App *app, gint64 id);
} TaskEditState;

static void hint_rows(App *app, void *data)
{
    (void)app;
    TaskEditState *state = data;
    day_row_hint(&state->edit.page, ROW_DUE, _("The last day: tomorrow, fri, 21/11."));
}

/* NULL with a fault on each row that cannot be used. New. */
static Task *read_rows(App *app, TaskEditState *state)
{
    Page *page = &state->edit.page;
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
    if (edit_draft_must_answer(app, &state->edit.draft))
        return;
    g_autoptr(Task) task = read_rows(app, state);
    if (task == NULL)
        return;
    if (!task_add(app_session(app), task, &error)) {
        app_error(app, error);
        return;
    }
    void (*saved)(App *, gint64) = state->saved;
    edit_screen_over(app, &state->edit);
    saved(app, task->id);
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean task_edit_enter(App *app, void *data, const void *argument, GError **error)
{
    TaskEditState *state = data;
    if (!access_require(app_session(app), PERMIT_VISIT_RECORD, error))
        return FALSE;
    state->saved = ((const TaskEditArgument *)argument)->saved;
    page_init(&state->edit.page);
    page_field(&state->edit.page, _("What is to be done"), _("One line."), "", FALSE);
    page_field(&state->edit.page, _("By which day"), NULL, "", FALSE);
    state->edit.days = EDIT_DAY(ROW_DUE);
    state->edit.hint = hint_rows;
    edit_screen_begin(app, &state->edit, DRAFT_TASK, 0, NULL);
    return TRUE;
}

const Screen screen_task_edit = {
    .name = "task-edit",
    EDIT_SCREEN,
    .title = N_("A new task"),
    .state_size = sizeof(TaskEditState),
    .enter = task_edit_enter,
    .finish = task_edit_finish,
    .leave = edit_screen_leave,
};
