/* second_edit.c: a page for who goes along on a visit: two go. */
#include "base/i18n.h"
#include "care/unit/pick.h"
#include "care/visit/second.h"
#include "care/visit/visit_list.h"
#include "ui/common/dialog.h"
#include "ui/common/edit_screen.h"
#include "ui/common/shared.h"

enum { ROW_WHO, ROW_WHICH };

typedef struct {
    EditScreen edit;
    Visit *visit;
    GPtrArray *staff; /* PickOption * */
    ChoiceOption which[2];
    gint64 warned; /* the colleague whose clash has been told; saved when it is said again */
} SecondEditState;

static void hint_rows(App *app, void *data)
{
    (void)app;
    SecondEditState *state = data;
    const char *typed = page_text(&state->edit.page, ROW_WHO);
    g_autofree char *hint = typed[0] != '\0' ? pick_hint(state->staff, typed) : NULL;
    edit_page_hint(&state->edit.page, ROW_WHO,
                   hint != NULL ? hint : _("The beginning of a name. Empty: nobody goes along."));
}

/* The clash is told once, and is then taken. TRUE: it has just been told. */
static gboolean warns(App *app, SecondEditState *state, gint64 staff_id)
{
    g_autofree char *warning = second_warning(app_session(app), state->visit, staff_id, NULL);
    if (staff_id == state->warned || warning == NULL || *warning == '\0')
        return FALSE;
    state->warned = staff_id;
    app_say(app, STYLE_NOTICE, _("%s Save once more to let both stand."), warning);
    return TRUE;
}

static void second_edit_finish(App *app, void *data)
{
    SecondEditState *state = data;
    const char *faults[2] = {NULL, NULL};
    GError *error = NULL;
    if (edit_draft_must_answer(app, &state->edit.draft))
        return;
    g_auto(GStrv) values = edit_page_values(&state->edit.page);
    g_strstrip(values[ROW_WHO]);
    const PickOption *who =
        values[ROW_WHO][0] != '\0' ? pick_match(state->staff, values[ROW_WHO]) : NULL;
    if (values[ROW_WHO][0] != '\0' && who == NULL)
        faults[ROW_WHO] =
            _("No colleague, or more than one, is meant by that. Type more of the name.");
    if (edit_screen_refuse(app, &state->edit, faults))
        return;
    const gint64 staff_id = who != NULL ? who->value : 0;
    const gboolean series = g_strcmp0(values[ROW_WHICH], "1") == 0;
    g_autofree char *name = g_strdup(who != NULL ? who->name : NULL);
    if (warns(app, state, staff_id))
        return;
    if (!second_set(app_session(app), state->visit->id, staff_id, series, &error)) {
        app_error(app, error);
        return;
    }
    edit_screen_over(app, &state->edit);
    shared_resume_top(app);
    if (name != NULL)
        app_say(app, STYLE_GOOD, _("Two go: %s goes along."), name);
    else
        app_say(app, STYLE_GOOD, "%s", _("Nobody goes along."));
}

static gboolean second_edit_enter(App *app, void *data, const void *argument, GError **error)
{
    SecondEditState *state = data;
    gint64 second = 0;
    char *found = NULL;
    state->visit = visit_get(app_session(app), ((const Visit *)argument)->id, error);
    if (state->visit == NULL || (state->staff = pick_staff(app_session(app), error)) == NULL ||
        !second_of(app_session(app), state->visit->id, &second, &found, error))
        return FALSE;
    g_autofree char *name = found;
    state->edit.about = g_strdup(state->visit->client_name);
    state->which[0] =
        (ChoiceOption){g_utf8_get_char(C_("key of which visits", "t")), _("this visit"), 0};
    state->which[1] = (ChoiceOption){g_utf8_get_char(C_("key of which visits", "s")),
                                     _("the series, from this one on"), 1};
    page_init(&state->edit.page);
    page_field(&state->edit.page, _("Who goes along"), NULL, name != NULL ? name : "", FALSE);
    if (state->visit->series_id != 0)
        page_choice(&state->edit.page, _("On which visits"), NULL, state->which, 2, 0);
    state->edit.replaces = TRUE;
    state->edit.hint = hint_rows;
    edit_screen_begin(app, &state->edit, DRAFT_SECOND, state->visit->id, NULL);
    return TRUE;
}

static void second_edit_leave(App *app, void *data)
{
    (void)app;
    SecondEditState *state = data;
    visit_free(state->visit);
    g_clear_pointer(&state->staff, g_ptr_array_unref);
    edit_screen_clear(&state->edit);
}

const Screen screen_second_edit = {
    .name = "second-edit",
    EDIT_SCREEN,
    .title = N_("Two go"),
    .state_size = sizeof(SecondEditState),
    .enter = second_edit_enter,
    .finish = second_edit_finish,
    .leave = second_edit_leave,
};

void on_second(App *app, void *data)
{
    (void)data;
    const Visit *visit = shared_visit(app);
    if (visit != NULL)
        app_push(app, &screen_second_edit, visit);
}
