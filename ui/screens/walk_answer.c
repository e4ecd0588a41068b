/* walk_answer.c: the question where one is, with the keys that answer it: choices, fields, a note
 * and a reason. What is typed is an answer when it is settled: by Enter, or by going elsewhere. */
#include "ui/screens/walk_private.h"

#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "ui/screens/shared.h"

/* --- laying it out ---------------------------------------------------------------------------- */

gboolean walk_has_options(const WalkState *state)
{
    return state->options->len > 0;
}

static const FormItem *item_of(const WalkState *state)
{
    const FlowStep *step = walk_step(state->walk);
    return step != NULL ? step->item : NULL;
}

gboolean walk_is_area(const WalkState *state)
{
    const FormItem *item = item_of(state);
    return item != NULL && item->type == ITEM_TEXT;
}

void walk_lay_out_clear(WalkState *state)
{
    g_clear_pointer(&state->item, g_free);
    g_clear_pointer(&state->instance, g_free);
    g_clear_pointer(&state->language, g_free);
    g_clear_pointer(&state->options, g_array_unref);
    g_clear_pointer(&state->labels, g_ptr_array_unref);
    g_clear_pointer(&state->on, g_array_unref);
    g_clear_pointer(&state->answered, g_free);
    g_clear_pointer(&state->noted, g_free);
    g_clear_pointer(&state->pending, g_free);
    g_clear_pointer(&state->sentence, g_free);
    field_clear(&state->field);
    field_clear(&state->note);
    field_clear(&state->reason);
}

static void add_option(WalkState *state, gunichar key, char *label, int value)
{
    const ChoiceOption option = {.key = key, .label = label, .value = value};
    g_ptr_array_add(state->labels, label);
    g_array_append_val(state->options, option);
}

/* Its label in the language of the questions, its key in that of the program: fingers stay put when
 * the questions are read in another language. */
static void add_boolean(WalkState *state, const FormItem *item)
{
    const Answer yes = {.kind = ANSWER_VALUE, .value = (char *)"true"};
    const Answer no = {.kind = ANSWER_VALUE, .value = (char *)"false"};
    add_option(state, g_utf8_get_char(C_("key", "y")), walk_value_text(state->walk, item, &yes),
               OPTION_YES);
    add_option(state, g_utf8_get_char(C_("key", "n")), walk_value_text(state->walk, item, &no),
               OPTION_NO);
}

static gboolean has_key(const WalkState *state, gunichar key)
{
    for (guint i = 0; i < state->options->len; i++)
        if (g_array_index(state->options, ChoiceOption, i).key == key)
            return TRUE;
    return FALSE;
}

/* Where an option has no key of its own its place is one, as in flow_parse(). */
static void add_options(WalkState *state, const FormItem *item)
{
    enum { DIGITS = 9 };
    gboolean digits = FALSE;
    for (guint i = 0; i < item->options->len; i++)
        digits = digits || g_unichar_isdigit(((FormOption *)item->options->pdata[i])->key);
    for (guint i = 0; i < item->options->len; i++) {
        const FormOption *option = item->options->pdata[i];
        gunichar place = !digits && i < DIGITS ? '1' + i : 0;
        add_option(state, option->key != 0 ? option->key : place,
                   walk_text(state->walk, option->display), (int)i);
    }
    static const gunichar WORDS_KEYS[] = {'0', '+', '*'};
    for (gsize i = 0; item->type == ITEM_OPEN_CHOICE && i < G_N_ELEMENTS(WORDS_KEYS); i++) {
        if (has_key(state, WORDS_KEYS[i]))
            continue;
        add_option(state, WORDS_KEYS[i], g_strdup(_("Something else, in words")), OPTION_WORDS);
        break;
    }
}

static gboolean is_option_of(const FormItem *item, const Answer *answer, int value)
{
    if (answer == NULL || answer->kind != ANSWER_VALUE)
        return FALSE;
    if (value == OPTION_YES || value == OPTION_NO)
        return g_str_equal(answer->value, value == OPTION_YES ? "true" : "false");
    if (value == OPTION_WORDS)
        return answers_own_words(answer) != NULL;
    return answers_has_code(answer, ((FormOption *)item->options->pdata[value])->code);
}

/* All keys are digits: steps of a scale. */
static gboolean is_scale(const WalkState *state)
{
    for (guint i = 0; i < state->options->len; i++)
        if (!g_unichar_isdigit(g_array_index(state->options, ChoiceOption, i).key))
            return FALSE;
    return state->options->len > 0;
}

/* Which options are chosen, as it stands. Cursor and scrolling stay. */
static void mark_chosen(WalkState *state, const FormItem *item)
{
    g_array_set_size(state->on, 0);
    state->choice.chosen = -1;
    for (guint i = 0; i < state->options->len; i++) {
        gboolean on = is_option_of(item, walk_answer_here(state->walk),
                                   g_array_index(state->options, ChoiceOption, i).value);
        g_array_append_val(state->on, on);
        if (on)
            state->choice.chosen = (int)i;
    }
    state->choice.on = item->repeats ? (const gboolean *)(gpointer)state->on->data : NULL;
}

/* Where nothing is answered yet the cursor is on the form's proposal: Enter takes it. */
static void propose_choice(WalkState *state, const FormItem *item)
{
    const Answer *answer = walk_answer_here(state->walk);
    const Answer proposal = {.kind = ANSWER_VALUE, .value = item->initial};
    if (item->initial == NULL || (answer != NULL && answer->kind != ANSWER_NONE))
        return;
    for (guint i = 0; i < state->options->len; i++) {
        int value = g_array_index(state->options, ChoiceOption, i).value;
        if (!is_option_of(item, &proposal, value))
            continue;
        state->choice.cursor = (int)i;
        state->pointing = TRUE;
    }
}

static void lay_out_choice(WalkState *state, const FormItem *item)
{
    if (item->type == ITEM_BOOLEAN)
        add_boolean(state, item);
    else if (item->options != NULL)
        add_options(state, item);
    choice_init(&state->choice, (const ChoiceOption *)(gpointer)state->options->data,
                (int)state->options->len, -1);
    mark_chosen(state, item);
    state->choice.cursor = MAX(state->choice.chosen, 0);
    state->choice.in_a_row = is_scale(state);
    state->pointing = state->choice.chosen >= 0;
    propose_choice(state, item);
}

char *walk_typed_form(const WalkState *state, const char *value)
{
    const FormItem *item = item_of(state);
    const Answer answer = {.kind = ANSWER_VALUE, .value = (char *)value};
    if (value == NULL || item->type == ITEM_CHOICE || item->type == ITEM_BOOLEAN)
        return g_strdup("");
    if (item->type == ITEM_OPEN_CHOICE) {
        const char *words = answers_own_words(&answer);
        return g_strdup(words != NULL ? words : "");
    }
    return item->type == ITEM_DECIMAL ? walk_value_text(state->walk, item, &answer)
                                      : g_strdup(value);
}

/* "reason\nvalue", as walk_unsaved() makes it. */
static void take_up_reason(WalkState *state, const FormItem *item, const char *typed)
{
    const char *end = typed + strcspn(typed, "\n");
    g_autofree char *reason = g_strndup(typed, (gsize)(end - typed));
    if (*end == '\0')
        return;
    state->pending = g_strdup(end + 1);
    field_clear(&state->reason);
    field_init(&state->reason, reason, FALSE);
    flow_check(walk_flow(state->walk), item, state->instance, state->pending, &state->sentence);
    state->focus = FOCUS_REASON;
}

/* What was being typed when it was last kept. */
static void take_up(WalkState *state, const FormItem *item)
{
    TypedIn in;
    const char *typed = walk_typed(state->walk, &in);
    if (typed == NULL)
        return;
    if (in == TYPED_REASON)
        take_up_reason(state, item, typed);
    Field *field = in == TYPED_NOTE ? &state->note : &state->field;
    if (in != TYPED_NOTE && in != TYPED_ANSWER)
        return;
    field_clear(field);
    field_init(field, typed, in == TYPED_NOTE || walk_is_area(state));
    field_share(field, state->clipboard);
    state->focus = in == TYPED_NOTE ? FOCUS_NOTE : FOCUS_FIELD;
    state->fresh = FALSE;
}

void walk_lay_out(WalkState *state)
{
    const FlowStep *step = walk_step(state->walk);
    const Answer *answer = walk_answer_here(state->walk);
    walk_lay_out_clear(state);
    state->fitted = TRUE;
    state->is_fault = FALSE;
    state->language = g_strdup(walk_response(state->walk)->language);
    state->options = g_array_new(FALSE, FALSE, sizeof(ChoiceOption));
    state->labels = g_ptr_array_new_with_free_func(g_free);
    state->on = g_array_new(FALSE, FALSE, sizeof(gboolean));
    state->page = step == NULL                  ? PAGE_END
                  : state->page == PAGE_OPENING ? PAGE_OPENING
                                                : PAGE_QUESTION;
    if (step == NULL) {
        state->choice = (Choice){0};
        return;
    }
    const FormItem *item = step->item;
    state->item = g_strdup(item->link_id);
    state->instance = g_strdup(step->instance);
    lay_out_choice(state, item);
    gboolean valued = answer != NULL && answer->kind == ANSWER_VALUE;
    state->answered = walk_typed_form(state, valued ? answer->value : NULL);
    state->noted = g_strdup(answer != NULL && answer->note != NULL ? answer->note : "");
    g_autofree char *proposed = walk_typed_form(
        state, answer == NULL || answer->kind == ANSWER_NONE ? item->initial : NULL);
    field_init(&state->field, valued ? state->answered : proposed, item->type == ITEM_TEXT);
    field_init(&state->note, state->noted, TRUE);
    field_init(&state->reason, "", FALSE);
    field_share(&state->field, state->clipboard);
    field_share(&state->note, state->clipboard);
    field_share(&state->reason, state->clipboard);
    state->focus = walk_has_options(state) ? FOCUS_CHOICE : FOCUS_FIELD;
    state->fresh = item->type != ITEM_TEXT && item->type != ITEM_STRING && !walk_has_options(state);
    take_up(state, item);
}

void walk_follow(WalkState *state)
{
    const FlowStep *step = walk_step(state->walk);
    gboolean same = step != NULL ? g_strcmp0(step->item->link_id, state->item) == 0 &&
                                       g_strcmp0(step->instance, state->instance) == 0
                                 : state->item == NULL && state->options != NULL;
    same = same && g_strcmp0(walk_response(state->walk)->language, state->language) == 0;
    if (!same || !state->fitted)
        walk_lay_out(state);
}

/* --- what is typed ---------------------------------------------------------------------------- */

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
    if (text[0] == '\0' || g_str_equal(text, note ? state->noted : state->answered))
        return NULL;
    *in = note ? TYPED_NOTE : TYPED_ANSWER;
    return g_strdup(text);
}

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
    WalkResult result = walk_answer(state->walk, app->session, value, reason, &sentence, &error);
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
    const FormItem *item = item_of(state);
    const char *text = field_text(&state->field);
    gboolean empty;
    if (g_str_equal(text, state->answered))
        return TRUE;
    g_autofree char *value = field_value(state, item, &empty);
    if (value == NULL && !empty) {
        GError *error = NULL;
        char *sentence = NULL;
        WalkResult result =
            walk_answer_typed(state->walk, app->session, text, NULL, &sentence, &error);
        say_below(state, sentence, TRUE);
        if (result == WALK_FAILED)
            walk_fault(app, state, error);
        return FALSE;
    }
    if (!take(app, state, value, NULL))
        return FALSE;
    g_free(state->answered);
    state->answered = g_strdup(text);
    mark_chosen(state, item);
    return TRUE;
}

static gboolean settle_note(App *app, WalkState *state)
{
    const char *text = field_text(&state->note);
    GError *error = NULL;
    if (g_str_equal(text, state->noted))
        return TRUE;
    if (!walk_note(state->walk, app->session, text, &error)) {
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
        mark_chosen(state, item);
}

static void choose(App *app, WalkState *state, int index)
{
    const FormItem *item = item_of(state);
    int value = g_array_index(state->options, ChoiceOption, (guint)index).value;
    if (value == OPTION_WORDS) {
        state->focus = FOCUS_FIELD;
        mark_chosen(state, item);
        return;
    }
    if (value >= 0 && item->repeats) {
        toggle(app, state, item, item->options->pdata[value]);
        return;
    }
    mark_chosen(state, item);
    state->pointing = TRUE;
    walk_give(app, state,
              value == OPTION_YES  ? "true"
              : value == OPTION_NO ? "false"
                                   : ((FormOption *)item->options->pdata[value])->code);
}

/* A key that is none of the options' own, but that the question understands in another language:
 * "y" for yes. -1: none. */
static int option_typed(const WalkState *state, Key key)
{
    const FormItem *item = item_of(state);
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

static gboolean choice_key(App *app, WalkState *state, const Event *event)
{
    gboolean taken;
    if (event->type != EVENT_KEY)
        return FALSE;
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
    return taken || index >= 0;
}

static gboolean is_text(const Event *event)
{
    return event->type == EVENT_PASTE || (event->type == EVENT_KEY && key_is_text(event->key));
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
        if (walk_settle(app, state))
            walk_on(app, state);
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
