/* task_give.c: a page that gives a task to a colleague, with a word. */
#include "ui/tasks/task_give.h"

#include "base/i18n.h"
#include "care/task/task.h"
#include "care/unit/pick.h"
#include "ui/common/edit_screen.h"

enum { ROW_STAFF, ROW_WORD };

typedef struct {
    EditScreen edit;
    TaskGiveArgument about;
    GPtrArray *staff; /* PickOption * */
} TaskGiveState;

static void hint_rows(App *app, void *data)
{
    (void)app;
    TaskGiveState *state = data;
    const char *typed = page_text(&state->edit.page, ROW_STAFF);
    g_autofree char *hint = typed[0] != '\0' ? pick_hint(state->staff, typed) : NULL;
    edit_page_hint(&state->edit.page, ROW_STAFF,
                   hint != NULL ? hint : _("The beginning of a name. Empty: whoever can."));
}

/* --- saving ----------------------------------------------------------------------------------- */

static void task_give_finish(App *app, void *data)
{
    TaskGiveState *state = data;
    GError *error = NULL;
    if (edit_draft_must_answer(app, &state->edit.draft))
        return;
    const char *typed = page_text(&state->edit.page, ROW_STAFF);
    const PickOption *who = typed[0] != '\0' ? pick_match(state->staff, typed) : NULL;
    g_autofree char *word = g_strstrip(g_strdup(page_text(&state->edit.page, ROW_WORD)));
    edit_page_clear_faults(&state->edit.page);
    if (typed[0] != '\0' && who == NULL)
        page_fault(&state->edit.page, ROW_STAFF,
                   _("No colleague, or more than one, is meant by that. Type more of the name."));
    if (edit_page_must_mend(app, &state->edit.page))
        return;
    if (!task_give(app_session(app), state->about.id, who != NULL ? who->value : 0, word, &error)) {
        app_error(app, error);
        return;
    }
    const TaskGiveArgument about = state->about;
    g_autofree char *name = g_strdup(who != NULL ? who->name : _("whoever can"));
    edit_screen_over(app, &state->edit);
    about.given(app, about.id);
    app_say(app, STYLE_GOOD, _("Given to: %s."), name);
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean task_give_enter(App *app, void *data, const void *argument, GError **error)
{
    TaskGiveState *state = data;
    state->about = *(const TaskGiveArgument *)argument;
    g_autoptr(Task) task = task_for_me(app_session(app), state->about.id, error);
    if (task == NULL || (state->staff = pick_staff(app_session(app), error)) == NULL)
        return FALSE;
    state->edit.about = task_words(task);
    page_init(&state->edit.page);
    page_field(&state->edit.page, C_("task", "To whom"), NULL, "", FALSE);
    page_field(&state->edit.page, C_("task", "A word"),
               _("What they should know. May be left empty."), "", TRUE);
    state->edit.hint = hint_rows;
    edit_screen_begin(app, &state->edit, DRAFT_TASK_GIVE, state->about.id, NULL);
    return TRUE;
}

static void task_give_leave(App *app, void *data)
{
    (void)app;
    TaskGiveState *state = data;
    g_clear_pointer(&state->staff, g_ptr_array_unref);
    edit_screen_clear(&state->edit);
}

const Screen screen_task_give = {
    .name = "task-give",
    EDIT_SCREEN,
    .title = N_("Give the task on"),
    .state_size = sizeof(TaskGiveState),
    .enter = task_give_enter,
    .finish = task_give_finish,
    .leave = task_give_leave,
};
