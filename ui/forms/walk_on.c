/* walk_on.c: where the walker goes from an answer, and what it says there. */
#include "base/i18n.h"
#include "care/completion/completion_double.h"
#include "ui/common/dialog.h"
#include "ui/common/shared.h"
#include "ui/forms/walk_state_private.h"

/* Who answers an intake may be a client already: then it is one response more of theirs. */
static void same_person_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)text;
    WalkState *state = app_top_state(app);
    GError *error = NULL;
    if (!yes || !app_shows(app, SCREEN_WALK))
        return;
    if (!walk_set_client(state->walk, app_session(app), *(gint64 *)data, &error)) {
        walk_fault(app, state, error);
        return;
    }
    state->fitted = FALSE;
    walk_follow(state);
    app_say(app, STYLE_GOOD, _("The form belongs to that client now. Nothing is made twice."));
}

/* Asks whether it is the same person; of a card that is closed to the user it only says so. */
static void tell_double(App *app, const ClientRow *found)
{
    char born[DATE_SIZE];
    if (found->name == NULL) {
        app_say(app, STYLE_NOTICE, "%s", completion_double_hidden());
        return;
    }
    g_autofree char *question = g_strdup_printf(
        _("There is already a client %s, born %s. Is it the same person?"), found->name,
        found->birth_date != DATE_NONE ? date_format(found->birth_date, born) : "–");
    dialog_ask_owning(app, question, same_person_answered, g_memdup2(&found->id, sizeof found->id),
                      g_free);
}

/* Of an intake: asks whether the one it is about is a client already. */
static void ask_double(App *app, WalkState *state)
{
    GError *error = NULL;
    if (walk_response(state->walk)->client_id != 0)
        return;
    ClientRow *found = completion_find_double(app_session(app), walk_form(state->walk),
                                              walk_answers(state->walk), &error);
    if (error != NULL)
        walk_fault(app, state, error);
    if (found != NULL && found->id != state->double_of) {
        state->double_of = found->id;
        tell_double(app, found);
    }
    if (found != NULL)
        client_row_free(found);
}

void walk_on(App *app, WalkState *state)
{
    GError *error = NULL;
    const FlowStep *step = walk_step(state->walk);
    gboolean identifies = step != NULL && step->item->maps_to != NULL &&
                          g_str_has_prefix(step->item->maps_to, "client.");
    int number = step != NULL ? step->number : 0;
    const char *fault = walk_number_fault(state->walk, walk_index(state->walk));
    if (!walk_forward(state->walk, app_session(app), &error)) {
        walk_fault(app, state, error);
        return;
    }
    walk_lay_out(state);
    if (identifies)
        ask_double(app, state);
    if (fault != NULL)
        app_say(app, STYLE_FAULT, _("Question %d: %s"), number, fault);
    else
        walk_ask_for_more(app, state);
}

char *walk_more_text(App *app, const WalkState *state)
{
    char key[KEY_NAME_SIZE];
    const FormItem *group = walk_group_ended(state->walk);
    g_autofree char *name = group != NULL ? walk_text(state->walk, group->text) : NULL;
    return group == NULL
               ? NULL
               : g_strdup_printf(_("One more: %s? %s adds it. Else go on."),
                                 name != NULL ? name : "…", shared_key(app, ACTION_WALK_MORE, key));
}

void walk_ask_for_more(App *app, const WalkState *state)
{
    g_autofree char *text = walk_more_text(app, state);
    if (text != NULL && walk_group(state->walk) == NULL)
        app_say(app, STYLE_NOTICE, "%s", text);
}

void walk_leave_opening(WalkState *state)
{
    if (state->page != PAGE_OPENING)
        return;
    state->page = PAGE_QUESTION;
    state->first = 0;
}

void walk_say_first(App *app, const WalkState *state, int from)
{
    char key[KEY_NAME_SIZE];
    if (walk_index(state->walk) != from)
        app_say(app, STYLE_NOTICE, _("That answered the first question. %s goes back to it."),
                shared_key(app, ACTION_WALK_BEFORE, key));
}
