/* walk_question.c: the question where one is, laid out: its options and their keys, what stands in
 * its fields, what was being typed when it was last kept. */
#include "ui/forms/walk_state_private.h"

#include <string.h>

#include "base/i18n.h"

gboolean walk_has_options(const WalkState *state)
{
    return state->options->len > 0;
}

const FormItem *walk_item(const WalkState *state)
{
    const FlowStep *step = walk_step(state->walk);
    return step != NULL ? step->item : NULL;
}

gboolean walk_is_area(const WalkState *state)
{
    const FormItem *item = walk_item(state);
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
    g_clear_pointer(&state->proposed, g_free);
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
void walk_mark_chosen(WalkState *state, const FormItem *item)
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
    g_autofree char *initial = walk_proposal(state->walk);
    const Answer proposal = {.kind = ANSWER_VALUE, .value = initial};
    if (initial == NULL || (answer != NULL && answer->kind != ANSWER_NONE))
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
    walk_mark_chosen(state, item);
    state->choice.cursor = MAX(state->choice.chosen, 0);
    state->choice.in_a_row = is_scale(state);
    state->pointing = state->choice.chosen >= 0;
    propose_choice(state, item);
}

char *walk_typed_form(const WalkState *state, const char *value)
{
    const FormItem *item = walk_item(state);
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
    state->is_fault = state->hidden = FALSE;
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
    state->hidden = valued && !state->showing && walk_is_hidden(state->walk, item);
    state->answered = walk_typed_form(state, valued && !state->hidden ? answer->value : NULL);
    state->noted = g_strdup(answer != NULL && answer->note != NULL ? answer->note : "");
    g_autofree char *initial =
        answer == NULL || answer->kind == ANSWER_NONE ? walk_proposal(state->walk) : NULL;
    g_autofree char *proposed = walk_typed_form(state, initial);
    state->proposed = !valued && proposed[0] != '\0' ? g_strdup(proposed) : NULL;
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

/* In a field of its own, so that Ctrl-Z does not empty it. */
gboolean walk_show_hidden(WalkState *state)
{
    if (!state->hidden)
        return FALSE;
    state->showing = TRUE;
    walk_lay_out(state);
    state->showing = FALSE;
    return TRUE;
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
