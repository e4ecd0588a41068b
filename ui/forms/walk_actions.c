/* walk_actions.c: the walker's commands. Whatever stands in a field is settled before one goes
 * elsewhere. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "ui/common/dialog.h"
#include "ui/forms/walk_state_private.h"

/* --- going about ------------------------------------------------------------------------------ */

/* After a step that may have failed. */
static void arrive(App *app, WalkState *state, gboolean gone, GError *error)
{
    if (!gone) {
        walk_fault(app, state, error);
        return;
    }
    state->page = PAGE_QUESTION;
    state->first = 0;
    walk_lay_out(state);
}

static void say_last(App *app)
{
    app_say(app, STYLE_QUIET, _("That was the last question. Enter goes to the overview."));
}

/* Before one goes elsewhere. Where what is typed cannot be an answer it says how to get away. */
static gboolean settle_to_leave(App *app, WalkState *state)
{
    if (walk_settle(app, state))
        return TRUE;
    if (walk_is_refused(state))
        app_say(app, STYLE_NOTICE,
                _("What is typed here is no answer yet. Change it, or take it away with Ctrl-U."));
    return FALSE;
}

void on_walk_next(App *app, void *data)
{
    WalkState *state = data;
    GError *error = NULL;
    if (state->page == PAGE_OPENING) {
        walk_leave_opening(state);
    } else if (state->page == PAGE_END) {
        say_last(app);
    } else if (settle_to_leave(app, state)) {
        arrive(app, state, walk_forward(state->walk, app_session(app), &error), error);
        walk_ask_for_more(app, state);
    }
}

void on_walk_before(App *app, void *data)
{
    WalkState *state = data;
    GError *error = NULL;
    if (state->page == PAGE_OPENING || !settle_to_leave(app, state))
        return;
    if (walk_next(state->walk, walk_index(state->walk), -1) >= 0)
        arrive(app, state, walk_back(state->walk, app_session(app), &error), error);
    else if (walk_form(state->walk)->opening != NULL)
        state->page = PAGE_OPENING;
    else
        app_say(app, STYLE_QUIET, _("This is the first question."));
}

void on_walk_unanswered(App *app, void *data)
{
    WalkState *state = data;
    GError *error = NULL;
    if (!settle_to_leave(app, state))
        return;
    arrive(app, state, walk_to_unanswered(state->walk, app_session(app), &error), error);
    if (error == NULL && walk_at_end(state->walk))
        app_say(app, STYLE_GOOD, _("Every question has an answer."));
}

static void jump_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)data;
    WalkState *state = app_top_state(app);
    GError *error = NULL;
    if (!yes || !app_shows(app, SCREEN_WALK))
        return;
    int number = atoi(text);
    int index = number > 0 ? flow_find_number(walk_flow(state->walk), number) : -1;
    if (index >= 0)
        arrive(app, state, walk_go(state->walk, app_session(app), index, &error), error);
    else if (number > 0 && number <= walk_question_count(state->walk))
        app_say(app, STYLE_NOTICE,
                _("Question %d is not asked, after what has been answered so far."), number);
    else
        app_say(app, STYLE_NOTICE, _("The questions are numbered from 1 to %d."),
                walk_question_count(state->walk));
}

void on_walk_jump(App *app, void *data)
{
    WalkState *state = data;
    if (!settle_to_leave(app, state))
        return;
    g_autofree char *question =
        g_strdup_printf(_("Go to which question? 1 to %d."), walk_question_count(state->walk));
    dialog_prompt(app, question, "", jump_answered, NULL);
}

void on_walk_overview(App *app, void *data)
{
    WalkState *state = data;
    if (!settle_to_leave(app, state))
        return;
    walk_save(app, state);
    OverviewArgument argument = {.walk = state->walk};
    if (state->lost == NULL)
        app_push(app, &screen_overview, &argument);
}

/* --- answers without words -------------------------------------------------------------------- */

static void say_text_first(App *app)
{
    app_say(app, STYLE_NOTICE,
            _("There is text in the field. Press Enter to keep it, or Ctrl-U to take it away "
              "first."));
}

/* Whether there is a question to act on: from the text that is read aloud first it is the one that
 * comes then. */
static gboolean at_question(App *app, WalkState *state)
{
    walk_leave_opening(state);
    if (state->page == PAGE_END)
        say_last(app);
    return state->page == PAGE_QUESTION;
}

static void answer_kind(App *app, WalkState *state, AnswerKind kind)
{
    TypedIn in;
    GError *error = NULL;
    gboolean opening = state->page == PAGE_OPENING;
    int from = walk_index(state->walk);
    if (!at_question(app, state) || state->lost != NULL)
        return;
    if (state->focus == FOCUS_NOTE && !walk_settle(app, state))
        return;
    g_autofree char *typed = walk_unsaved(state, &in);
    if (typed != NULL && in == TYPED_ANSWER) {
        say_text_first(app);
        return;
    }
    const Answer *answer = walk_answer_here(state->walk);
    gboolean again = answer != NULL && answer->kind == kind;
    if (!walk_answer_kind(state->walk, app_session(app), again ? ANSWER_NONE : kind, &error))
        walk_fault(app, state, error);
    else if (again)
        walk_lay_out(state);
    else
        walk_on(app, state);
    if (opening)
        walk_say_first(app, state, from);
}

void on_walk_unknown(App *app, void *state)
{
    answer_kind(app, state, ANSWER_UNKNOWN);
}

void on_walk_refused(App *app, void *state)
{
    answer_kind(app, state, ANSWER_REFUSED);
}

void on_walk_not_asked(App *app, void *state)
{
    answer_kind(app, state, ANSWER_NOT_ASKED);
}

void on_walk_clear(App *app, void *data)
{
    WalkState *state = data;
    GError *error = NULL;
    const Answer *answer = walk_answer_here(state->walk);
    if (state->page != PAGE_QUESTION || answer == NULL || answer->kind == ANSWER_NONE)
        app_say(app, STYLE_QUIET, _("There is no answer here to take back."));
    else if (!walk_answer_kind(state->walk, app_session(app), ANSWER_NONE, &error))
        walk_fault(app, state, error);
    else {
        walk_lay_out(state);
        app_say(app, STYLE_GOOD, _("The answer is taken back."));
    }
}

void on_walk_repeat(App *app, void *data)
{
    WalkState *state = data;
    GError *error = NULL;
    if (!at_question(app, state) || !walk_settle(app, state) || walk_show_hidden(state))
        return;
    g_autofree char *value = walk_value_before(state->walk, app_session(app), &error);
    const FlowStep *step = walk_step(state->walk);
    if (error != NULL) {
        walk_fault(app, state, error);
        return;
    }
    if (value == NULL) {
        app_say(app, STYLE_QUIET, _("This question has not been answered before."));
        return;
    }
    if (!walk_has_options(state)) {
        walk_put(state, value);
        return;
    }
    const Answer answer = {.kind = ANSWER_VALUE, .value = value};
    g_autofree char *text = walk_value_text(state->walk, step->item, &answer);
    walk_give(app, state, value);
    app_say(app, STYLE_GOOD, _("The same as before: %s."), text);
}

void on_walk_note(App *app, void *data)
{
    WalkState *state = data;
    if (at_question(app, state))
        walk_to_note(app, state);
}

/* --- repetitions ------------------------------------------------------------------------------ */

static gboolean must_be_in_group(App *app, const WalkState *state)
{
    gboolean in = state->page != PAGE_OPENING && walk_group(state->walk) != NULL;
    if (!in)
        app_say(app, STYLE_QUIET, _("This question is asked once, so there is no more of it."));
    return in;
}

void on_walk_more(App *app, void *data)
{
    WalkState *state = data;
    GError *error = NULL;
    if (!walk_settle(app, state))
        return;
    if (!walk_back_into_group(state->walk, app_session(app), &error)) {
        walk_fault(app, state, error);
        return;
    }
    if (!must_be_in_group(app, state))
        return;
    gboolean full = walk_repetitions(state->walk) >= ANSWERS_REPETITIONS_MAX;
    arrive(app, state, full || walk_add_repetition(state->walk, app_session(app), &error), error);
    if (full)
        app_say(app, STYLE_NOTICE, _("There are %d already, and that is the most there can be."),
                ANSWERS_REPETITIONS_MAX);
}

static void take_away_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)text, (void)data;
    WalkState *state = app_top_state(app);
    GError *error = NULL;
    if (yes && app_shows(app, SCREEN_WALK))
        arrive(app, state, walk_remove_repetition(state->walk, app_session(app), &error), error);
}

typedef struct {
    const Walk *walk;
    const char *instance;
    int count;
} InRepetition;

static gboolean is_in_group(const FormItem *item, const FormItem *group)
{
    while (item != NULL && item != group)
        item = item->parent;
    return item != NULL;
}

static void count_in(const Answer *answer, gpointer data)
{
    InRepetition *in = data;
    gsize length = strlen(in->instance);
    const FormItem *item = form_item(walk_form(in->walk), answer->link_id);
    gboolean here = strncmp(answer->instance, in->instance, length) == 0 &&
                    (answer->instance[length] == '\0' || answer->instance[length] == '.');
    if (here && is_in_group(item, walk_group(in->walk)) && item != walk_group(in->walk))
        in->count++;
}

static int answers_in_repetition(const WalkState *state)
{
    InRepetition in = {.walk = state->walk, .instance = state->instance};
    answers_foreach(walk_answers(state->walk), count_in, &in);
    return in.count;
}

void on_walk_less(App *app, void *data)
{
    WalkState *state = data;
    TypedIn in;
    GError *error = NULL;
    if (!must_be_in_group(app, state))
        return;
    g_autofree char *typed = walk_unsaved(state, &in);
    if (typed != NULL || answers_in_repetition(state) > 0)
        dialog_ask(app,
                   _("Take this one away, with everything that has been answered in it? It cannot "
                     "be brought back."),
                   take_away_answered, NULL);
    else if (walk_repetitions(state->walk) > 1)
        arrive(app, state, walk_remove_repetition(state->walk, app_session(app), &error), error);
    else
        app_say(app, STYLE_QUIET, _("There is nothing in it to take away."));
}

/* --- around the questions --------------------------------------------------------------------- */

void on_walk_language(App *app, void *data)
{
    static const char *const LANGUAGES[] = {"sv", "en", "fi"};
    WalkState *state = data;
    GError *error = NULL;
    guint at = 0;
    while (at < G_N_ELEMENTS(LANGUAGES) &&
           g_strcmp0(LANGUAGES[at], walk_response(state->walk)->language) != 0)
        at++;
    walk_save(app, state);
    if (!walk_is_kept(state))
        return;
    const char *next = LANGUAGES[(at + 1) % G_N_ELEMENTS(LANGUAGES)];
    if (!walk_set_language(state->walk, app_session(app), next, &error))
        walk_fault(app, state, error);
    else
        walk_lay_out(state);
}

void on_walk_about(App *app, void *data)
{
    WalkState *state = data;
    walk_save(app, state);
    app_push(app, &screen_about, state->walk);
}

void on_walk_hang_up(App *app, void *data)
{
    walk_save(app, data);
    app_push(app, &screen_call, data);
}
