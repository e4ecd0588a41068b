/* task_give.c: a page that gives a task to a colleague, with a word. */
#include "ui/tasks/task_give.h"

#include "base/i18n.h"
#include "care/task/task.h"
#include "care/unit/pick.h"
#include "ui/common/edit_page.h"

enum { ROW_STAFF, ROW_WORD };
enum { WIDEST = 80 };

typedef struct {
    TaskGiveArgument about;
    char *what; /* the task, in words */
    GPtrArray *staff; /* PickOption * */
    Page page;
    EditDraft draft;
} TaskGiveState;

static void hint_rows(TaskGiveState *state)
{
    const char *typed = page_text(&state->page, ROW_STAFF);
    g_autofree char *hint = typed[0] != '\0' ? pick_hint(state->staff, typed) : NULL;
    edit_page_hint(&state->page, ROW_STAFF,
                   hint != NULL ? hint : _("The beginning of a name. Empty: whoever can."));
}

/* --- saving ----------------------------------------------------------------------------------- */

static void task_give_finish(App *app, void *data)
{
    TaskGiveState *state = data;
    GError *error = NULL;
    if (edit_draft_must_answer(app, &state->draft))
        return;
    const char *typed = page_text(&state->page, ROW_STAFF);
    const PickOption *who = typed[0] != '\0' ? pick_match(state->staff, typed) : NULL;
    g_autofree char *word = g_strstrip(g_strdup(page_text(&state->page, ROW_WORD)));
    edit_page_clear_faults(&state->page);
    if (typed[0] != '\0' && who == NULL)
        page_fault(&state->page, ROW_STAFF,
                   _("No colleague, or more than one, is meant by that. Type more of the name."));
    if (edit_page_must_mend(app, &state->page))
        return;
    if (!task_give(app_session(app), state->about.id, who != NULL ? who->value : 0, word, &error)) {
        app_error(app, error);
        return;
    }
    const TaskGiveArgument about = state->about;
    g_autofree char *name = g_strdup(who != NULL ? who->name : _("whoever can"));
    edit_draft_over(app, &state->draft);
    app_pop(app);
    about.given(app, about.id);
    app_say(app, STYLE_GOOD, _("Given to: %s."), name);
}

/* --- keys and drawing ------------------------------------------------------------------------- */

static gboolean task_give_key(App *app, void *data, const Event *event)
{
    TaskGiveState *state = data;
    Page *page = &state->page;
    const int row = page->focus;
    gint64 version = 0;
    gboolean taken, done = FALSE;
    if (edit_draft_is_offered(&state->draft))
        taken = edit_draft_event(app, &state->draft, page, event, &version);
    else
        taken = page_event(page, event, &done);
    if (taken)
        page_fault(page, row, NULL);
    hint_rows(state);
    if (done)
        task_give_finish(app, state);
    return taken;
}

static void task_give_save(App *app, void *data)
{
    TaskGiveState *state = data;
    edit_draft_save(app, &state->draft, &state->page, 0);
}

static gboolean task_give_unsaved(App *app, const void *data)
{
    (void)app;
    TaskGiveState *state = (TaskGiveState *)data;
    return edit_draft_is_unsaved(&state->draft, &state->page, 0);
}

static void task_give_draw(App *app, void *data, Area area)
{
    (void)app;
    TaskGiveState *state = data;
    Area page = area_columns(area, 0, MIN(area.columns, WIDEST));
    if (edit_draft_is_offered(&state->draft))
        edit_draft_draw(&state->draft, page);
    else
        page_draw(&state->page, page);
}

static char *task_give_subtitle(App *app, void *data)
{
    (void)app;
    return g_strdup(((const TaskGiveState *)data)->what);
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean task_give_enter(App *app, void *data, const void *argument, GError **error)
{
    TaskGiveState *state = data;
    state->about = *(const TaskGiveArgument *)argument;
    g_autoptr(Task) task = task_for_me(app_session(app), state->about.id, error);
    if (task == NULL || (state->staff = pick_staff(app_session(app), error)) == NULL)
        return FALSE;
    state->what = task_words(task);
    page_init(&state->page);
    page_field(&state->page, C_("task", "To whom"), NULL, "", FALSE);
    page_field(&state->page, C_("task", "A word"), _("What they should know. May be left empty."), "",
               TRUE);
    hint_rows(state);
    edit_draft_begin(app, &state->draft, &state->page, DRAFT_TASK_GIVE, state->about.id, 0, NULL);
    return TRUE;
}

static void task_give_leave(App *app, void *data)
{
    (void)app;
    TaskGiveState *state = data;
    g_free(state->what);
    g_clear_pointer(&state->staff, g_ptr_array_unref);
    page_clear(&state->page);
    edit_draft_clear(&state->draft);
}

const Screen screen_task_give = {
    .name = "task-give",
    .place = IN_EDIT,
    .title = N_("Give the task on"),
    .state_size = sizeof(TaskGiveState),
    .enter = task_give_enter,
    .draw = task_give_draw,
    .key = task_give_key,
    .finish = task_give_finish,
    .save = task_give_save,
    .unsaved = task_give_unsaved,
    .leave = task_give_leave,
    .subtitle = task_give_subtitle,
};
