/* walk_question.c: the question where one is, laid out: its options and their keys, what stands in
 * its fields, what was being typed when it was last kept. */
#include "ui/forms/walk_state_private.h"

#include <string.h>

#include "base/i18n.h"

enum { DIGITS = 9 };

gboolean walk_has_options(const WalkState *state)
{
    return state->options->len > 0;
}

const FormItem *walk_item(const WalkState *state)
{
    const FlowStep *step = walk_step(state->walk);
    return step != NULL ? step->item : NULL;
}

const char *walk_option_value(const WalkState *state, guint index)
{
    const FormItem *item = walk_item(state);
    int value = g_array_index(state->options, ChoiceOption, index).value;
    if (value < 0)
        return value == OPTION_YES ? "true" : value == OPTION_NO ? "false" : NULL;
    return item_is_choice(item) ? ((FormOption *)item->options->pdata[value])->code
                                : state->labels->pdata[value];
}

gboolean walk_is_named(const WalkState *state)
{
    return walk_item(state)->type == ITEM_STRING && walk_has_options(state);
}

gboolean walk_is_area(const WalkState *state)
{
    const FormItem *item = walk_item(state);
    return item != NULL && item->type == ITEM_TEXT;
}

/* A line of words is seen whole. */
static gboolean walk_wraps(const WalkState *state)
{
    const FormItem *item = walk_item(state);
    return item != NULL && item->type == ITEM_STRING;
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

/* Names to choose from have their places as keys, and every other character begins another name. */
static void add_candidates(WalkState *state)
{
    g_autoptr(GPtrArray) names = flow_candidates(walk_flow(state->walk), walk_step(state->walk));
    for (guint i = 0; i < names->len; i++)
        add_option(state, i < DIGITS ? '1' + i : 0, g_strdup(names->pdata[i]), (int)i);
    if (names->len > 0)
        add_option(state, 0, g_strdup(_("Something else, in words")), OPTION_WORDS);
}

static gboolean is_name(const WalkState *state, const char *text)
{
    for (guint i = 0; i < state->options->len; i++)
        if (g_strcmp0(walk_option_value(state, i), text) == 0)
            return TRUE;
    return FALSE;
}

static gboolean is_option_of(const WalkState *state, const Answer *answer, guint index)
{
    const char *value = walk_option_value(state, index);
    if (answer == NULL || answer->kind != ANSWER_VALUE)
        return FALSE;
    if (value == NULL)
        return walk_is_named(state) ? !is_name(state, answer->value)
                                    : answers_own_words(answer) != NULL;
    return item_is_choice(walk_item(state)) ? answers_has_code(answer, value)
                                            : g_str_equal(answer->value, value);
}

/* All keys are digits: steps of a scale. */
static gboolean is_scale(const WalkState *state)
{
    if (walk_is_named(state))
        return FALSE;
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
        gboolean on = is_option_of(state, walk_answer_here(state->walk), i);
        g_array_append_val(state->on, on);
        if (on)
            state->choice.chosen = (int)i;
    }
    state->choice.on = item->repeats ? (const gboolean *)(gpointer)state->on->data : NULL;
}

/* Where nothing is answered yet the cursor is on the form's proposal: Enter takes it. */
static void propose_choice(WalkState *state)
{
    const Answer *answer = walk_answer_here(state->walk);
    g_autofree char *initial = walk_proposal(state->walk);
    const Answer proposal = {.kind = ANSWER_VALUE, .value = initial};
    if (initial == NULL || (answer != NULL && answer->kind != ANSWER_NONE))
        return;
    for (guint i = 0; i < state->options->len; i++) {
        if (!is_option_of(state, &proposal, i))
            continue;
        state->choice.cursor = (int)i;
        state->pointing = TRUE;
    }
}

static void lay_out_choice(WalkState *state, const FormItem *item)
{
    if (item->type == ITEM_BOOLEAN)
        add_boolean(state, item);
    else if (item->type == ITEM_STRING)
        add_candidates(state);
    else
        add_options(state, item);
    choice_init(&state->choice, (const ChoiceOption *)(gpointer)state->options->data,
                (int)state->options->len, -1);
    walk_mark_chosen(state, item);
    state->choice.cursor = MAX(state->choice.chosen, 0);
    state->choice.in_a_row = is_scale(state);
    state->pointing = state->choice.chosen >= 0;
    propose_choice(state);
}

char *walk_typed_form(const WalkState *state, const char *value)
{
    const FormItem *item = walk_item(state);
    const Answer answer = {.kind = ANSWER_VALUE, .value = (char *)value};
    if (value == NULL || item->type == ITEM_CHOICE || item->type == ITEM_BOOLEAN ||
        (walk_is_named(state) && is_name(state, value)))
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
    field->wraps = in == TYPED_ANSWER && walk_wraps(state);
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
    state->field.wraps = walk_wraps(state);
    field_init(&state->note, state->noted, TRUE);
    field_init(&state->reason, "", FALSE);
    field_share(&state->field, state->clipboard);
    field_share(&state->note, state->clipboard);
    field_share(&state->reason, state->clipboard);
    gboolean written = walk_is_named(state) && field_text(&state->field)[0] != '\0';
    state->focus = walk_has_options(state) && !written ? FOCUS_CHOICE : FOCUS_FIELD;
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
