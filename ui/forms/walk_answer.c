/* walk_answer.c: what is typed and chosen becomes an answer, a note or a reason, when it is
 * settled: by Enter, or by going elsewhere. */
#include "ui/forms/walk_state_private.h"

#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "ui/common/shared.h"

/* --- what is typed ---------------------------------------------------------------------------- */

static void say_below(WalkState *state, char *sentence, gboolean is_fault)
{
    g_free(state->sentence);
    state->sentence = sentence;
    state->is_fault = is_fault;
}

static void focus_answer(WalkState *state)
{
    g_clear_pointer(&state->pending, g_free);
    state->focus = walk_has_options(state) ? FOCUS_CHOICE : FOCUS_FIELD;
}

/* Commits `value`; NULL takes the answer back. Does not go on. */
static gboolean take(App *app, WalkState *state, const char *value, const char *reason)
{
    GError *error = NULL;
    char *sentence = NULL;
    WalkResult result =
        walk_answer(state->walk, app_session(app), value, reason, &sentence, &error);
    if (result == WALK_FAILED) {
        walk_fault(app, state, error);
        return FALSE;
    }
    say_below(state, sentence, result == WALK_REFUSED);
    if (result == WALK_DOUBTFUL) {
        g_autofree char *kept = g_strdup(value);
        g_free(state->pending);
        state->pending = g_steal_pointer(&kept);
        state->focus = FOCUS_REASON;
    }
    if (result == WALK_SAVED && state->focus == FOCUS_REASON)
        focus_answer(state);
    return result == WALK_SAVED;
}

/* An open choice with `words` beside the options that are chosen. NULL when nothing is left. New.
 */
static char *with_words(const WalkState *state, const FormItem *item, const char *words)
{
    g_autofree char *line = g_strstrip(text_display(words));
    const Answer *answer = walk_answer_here(state->walk);
    g_autofree char *codes = NULL;
    if (item->repeats && answer != NULL && answer->kind == ANSWER_VALUE) {
        const char *own = answers_own_words(answer);
        codes = own == NULL ? g_strdup(answer->value)
                            : g_strndup(answer->value, (gsize)(own - answer->value) - 1);
        g_strchomp(codes);
    }
    gboolean coded = codes != NULL && codes[0] != '\0', worded = line[0] != '\0';
    if (!coded && !worded)
        return NULL;
    return g_strdup_printf("%s%s%s%s", coded ? codes : "", coded && worded ? " " : "",
                           worded ? "=" : "", line);
}

/* What the field says as a value. NULL with `empty` when it says nothing; NULL without when it is
 * not understood. New. */
static char *field_value(const WalkState *state, const FormItem *item, gboolean *empty)
{
    const char *text = field_text(&state->field);
    g_autofree char *stripped = g_strstrip(g_strdup(text));
    char *value = item->type == ITEM_OPEN_CHOICE ? with_words(state, item, text)
                                                 : flow_parse(walk_flow(state->walk), item, text);
    *empty = value == NULL && stripped[0] == '\0';
    return value;
}

static gboolean settle_field(App *app, WalkState *state)
{
    const FormItem *item = walk_item(state);
    const char *text = field_text(&state->field);
    gboolean empty;
    if (g_str_equal(text, state->answered) || g_strcmp0(text, state->proposed) == 0)
        return TRUE;
    g_autofree char *value = field_value(state, item, &empty);
    if (value == NULL && !empty) {
        GError *error = NULL;
        char *sentence = NULL;
        WalkResult result =
            walk_answer_typed(state->walk, app_session(app), text, NULL, &sentence, &error);
        say_below(state, sentence, TRUE);
        if (result == WALK_FAILED)
            walk_fault(app, state, error);
        return FALSE;
    }
    if (!take(app, state, value, NULL))
        return FALSE;
    g_free(state->answered);
    state->answered = g_strdup(text);
    state->hidden = FALSE;
    walk_mark_chosen(state, item);
    return TRUE;
}

static gboolean settle_note(App *app, WalkState *state)
{
    const char *text = field_text(&state->note);
    GError *error = NULL;
    if (g_str_equal(text, state->noted))
        return TRUE;
    if (!walk_note(state->walk, app_session(app), text, &error)) {
        walk_fault(app, state, error);
        return FALSE;
    }
    g_free(state->noted);
    state->noted = g_strdup(text);
    return TRUE;
}

static gboolean settle_reason(App *app, WalkState *state)
{
    g_autofree char *reason = g_strstrip(g_strdup(field_text(&state->reason)));
    if (reason[0] == '\0') {
        app_say(app, STYLE_NOTICE,
                _("Write in a few words why the answer is right, or go back with Esc and give "
                  "another."));
        return FALSE;
    }
    g_autofree char *value = g_strdup(state->pending);
    if (!take(app, state, value, reason))
        return FALSE;
    g_free(state->answered);
    state->answered = g_strdup(field_text(&state->field));
    return TRUE;
}

gboolean walk_settle(App *app, WalkState *state)
{
    if (state->page != PAGE_QUESTION || state->item == NULL)
        return TRUE;
    if (state->lost != NULL) { /* what is typed stays, to be copied */
        if (!walk_is_kept(state))
            app_say(app, STYLE_FAULT, "%s", state->lost);
        return walk_is_kept(state);
    }
    switch (state->focus) {
    case FOCUS_NOTE:
        return settle_note(app, state);
    case FOCUS_REASON:
        return settle_reason(app, state);
    case FOCUS_FIELD:
        return settle_field(app, state);
    case FOCUS_CHOICE:
        break;
    }
    return TRUE;
}

gboolean walk_is_refused(const WalkState *state)
{
    return state->focus == FOCUS_FIELD && state->lost == NULL && state->is_fault &&
           state->sentence != NULL;
}

void walk_give(App *app, WalkState *state, const char *value)
{
    if (take(app, state, value, NULL))
        walk_on(app, state);
}

void walk_put(WalkState *state, const char *value)
{
    g_autofree char *text = walk_typed_form(state, value);
    edit_set_text(state->field.edit, text);
    edit_set_caret(state->field.edit, strlen(text));
    state->focus = FOCUS_FIELD;
    state->fresh = FALSE;
}

void walk_to_note(App *app, WalkState *state)
{
    if (state->page != PAGE_QUESTION || !walk_settle(app, state))
        return;
    if (state->focus == FOCUS_NOTE)
        focus_answer(state);
    else
        state->focus = FOCUS_NOTE;
}

gboolean walk_leave_part(App *app, WalkState *state)
{
    if (state->page != PAGE_QUESTION)
        return FALSE;
    if (state->focus == FOCUS_REASON) {
        focus_answer(state);
        return TRUE;
    }
    gboolean part =
        state->focus == FOCUS_NOTE || (state->focus == FOCUS_FIELD && walk_has_options(state));
    if (part && walk_settle(app, state))
        focus_answer(state);
    return part;
}

/* --- keys ------------------------------------------------------------------------------------- */

/* Puts an option there or takes it away; stays. */
static void toggle(App *app, WalkState *state, const FormItem *item, const FormOption *option)
{
    g_autofree char *value = walk_toggle(state->walk, option);
    if (take(app, state, value, NULL))
        walk_mark_chosen(state, item);
}

static void choose(App *app, WalkState *state, int index)
{
    const FormItem *item = walk_item(state);
    g_autofree char *value = g_strdup(walk_option_value(state, (guint)index));
    if (value == NULL) {
        state->focus = FOCUS_FIELD;
        walk_mark_chosen(state, item);
        return;
    }
    if (item->repeats) {
        toggle(app, state, item, form_option(item, value));
        return;
    }
    walk_mark_chosen(state, item);
    state->pointing = TRUE;
    walk_give(app, state, value);
}

/* A key that is none of the options' own, but that the question understands in another language:
 * "y" for yes. -1: none. */
static int option_typed(const WalkState *state, Key key)
{
    const FormItem *item = walk_item(state);
    char typed[8] = {0};
    if (!key_is_text(key) || key == K_SPACE || item->type != ITEM_BOOLEAN)
        return -1;
    g_unichar_to_utf8(key, typed);
    g_autofree char *value = flow_parse(walk_flow(state->walk), item, typed);
    return value == NULL ? -1 : g_str_equal(value, "true") ? 0 : 1;
}

/* Enter: with several answers it goes on; with one it takes what the cursor is on, but nothing that
 * nobody has pointed at. */
static void choice_enter(App *app, WalkState *state)
{
    char next[KEY_NAME_SIZE];
    const Answer *answer = walk_answer_here(state->walk);
    gboolean answered = answer != NULL && answer->kind != ANSWER_NONE;
    gboolean here = state->pointing && state->choice.cursor != state->choice.chosen;
    if (state->choice.on != NULL || (answered && !here))
        walk_on(app, state);
    else if (state->pointing)
        choose(app, state, state->choice.cursor);
    else
        app_say(app, STYLE_QUIET,
                _("Nothing is chosen yet. Press the key of an answer, or go on without one with "
                  "%s."),
                shared_key(app, ACTION_WALK_NEXT, next));
}

static gboolean is_text(const Event *event)
{
    return event->type == EVENT_PASTE || (event->type == EVENT_KEY && key_is_text(event->key));
}

static gboolean field_key(App *app, WalkState *state, const Event *event);

/* A name that is none of those to choose from begins in the field by itself. */
static gboolean name_key(App *app, WalkState *state, const Event *event)
{
    if (!walk_is_named(state) || !is_text(event))
        return FALSE;
    state->focus = FOCUS_FIELD;
    return field_key(app, state, event);
}

static gboolean choice_key(App *app, WalkState *state, const Event *event)
{
    gboolean taken;
    if (event->type != EVENT_KEY)
        return name_key(app, state, event);
    if (event->key == K_ENTER) {
        choice_enter(app, state);
        return TRUE;
    }
    gboolean row = state->choice.rows == 1; /* then up and down leave it */
    gboolean down =
        event->key == K_RIGHT || event->key == K_SPACE || (event->key == K_DOWN && !row);
    if (!state->pointing &&
        (down || event->key == K_DOWN || event->key == K_UP || event->key == K_LEFT)) {
        state->pointing = down;
        return down;
    }
    int index = choice_event(&state->choice, event, &taken);
    if (index < 0 && !taken)
        index = option_typed(state, event->key);
    if (index >= 0)
        choose(app, state, index);
    return taken || index >= 0 || name_key(app, state, event);
}

/* The first character replaces a short answer that stood there; Ctrl-Z brings it back. */
static void replace_fresh(WalkState *state, const Event *event)
{
    if (state->fresh && is_text(event))
        edit_set_text(state->field.edit, "");
    state->fresh = FALSE;
}

static gboolean field_key(App *app, WalkState *state, const Event *event)
{
    gboolean area = walk_is_area(state), key = event->type == EVENT_KEY;
    if (key && event->key == K_ENTER && !area) {
        g_clear_pointer(&state->proposed, g_free); /* it is taken */
        if (walk_settle(app, state))
            walk_on(app, state);
        else
            state->fresh = walk_is_refused(state); /* most type it anew */
        return TRUE;
    }
    if (key && event->key == K_UP && walk_has_options(state))
        return walk_leave_part(app, state);
    if (key && event->key == K_DELETE && field_text(&state->field)[0] == '\0')
        return FALSE;
    guint before = edit_revision(state->field.edit);
    replace_fresh(state, event);
    gboolean taken = field_event(&state->field, event, state->field_columns);
    if (edit_revision(state->field.edit) != before)
        say_below(state, NULL, FALSE);
    return taken || (area && key && (event->key == K_UP || event->key == K_DOWN));
}

static gboolean note_key(App *app, WalkState *state, const Event *event)
{
    gboolean key = event->type == EVENT_KEY;
    if (key && (event->key == K_TAB || event->key == K_BACK_TAB))
        return walk_leave_part(app, state);
    return field_event(&state->note, event, state->note_columns) ||
           (key && (event->key == K_UP || event->key == K_DOWN));
}

static gboolean reason_key(App *app, WalkState *state, const Event *event)
{
    if (event->type != EVENT_KEY || event->key != K_ENTER)
        return field_event(&state->reason, event, state->reason_columns);
    if (walk_settle(app, state))
        walk_on(app, state);
    return TRUE;
}

gboolean walk_answer_event(App *app, WalkState *state, const Event *event)
{
    switch (state->focus) {
    case FOCUS_CHOICE:
        return choice_key(app, state, event);
    case FOCUS_FIELD:
        return field_key(app, state, event);
    case FOCUS_NOTE:
        return note_key(app, state, event);
    case FOCUS_REASON:
        return reason_key(app, state, event);
    }
    return FALSE;
}
