/* walk_keep.c: what is typed in the walker and no answer yet, kept; and what is said when it cannot
 * be. */
#include "ui/forms/walk_state_private.h"

char *walk_unsaved(const WalkState *state, TypedIn *in)
{
    *in = TYPED_NOTHING;
    if (state->page != PAGE_QUESTION || state->item == NULL)
        return NULL;
    if (state->focus == FOCUS_REASON) {
        *in = TYPED_REASON;
        return g_strdup_printf("%s\n%s", field_text(&state->reason), state->pending);
    }
    gboolean note = state->focus == FOCUS_NOTE;
    const char *text = field_text(note ? &state->note : &state->field);
    if (text[0] == '\0' || g_str_equal(text, note ? state->noted : state->answered) ||
        (!note && g_strcmp0(text, state->proposed) == 0))
        return NULL;
    *in = note ? TYPED_NOTE : TYPED_ANSWER;
    return g_strdup(text);
}

void walk_fault(App *app, WalkState *state, GError *error)
{
    if (g_error_matches(error, DAGSFORM_ERROR, ERROR_CONFLICT)) {
        g_free(state->lost);
        state->lost = g_strdup(error->message);
    }
    if (state->lost != NULL && state->page == PAGE_QUESTION)
        g_clear_error(&error); /* it stands beside the answer, and stays there */
    app_error(app, error);
}

void walk_save(App *app, void *data)
{
    WalkState *state = data;
    TypedIn in;
    GError *error = NULL;
    if (state->lost != NULL || walk_is_read_only(state->walk))
        return;
    g_autofree char *typed = walk_unsaved(state, &in);
    if (!walk_type(state->walk, app_session(app), in, typed, &error))
        walk_fault(app, state, error);
}

gboolean walk_is_kept(const WalkState *state)
{
    TypedIn in, kept_in;
    g_autofree char *typed = walk_unsaved(state, &in);
    const char *kept = walk_typed(state->walk, &kept_in);
    return typed == NULL || (in == kept_in && g_strcmp0(typed, kept) == 0);
}
