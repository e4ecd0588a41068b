/* cancel.c: a visit that was not kept: what, who, why, what instead, when next. One key an answer;
 * the walk goes on by itself, the arrows go anywhere. */
#include "ui/visits/cancel_private.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_guard.h"
#include "care/unit/cause.h"
#include "care/unit/draft.h"
#include "care/visit/visit_list.h"
#include "care/visit/visit_propose.h"
#include "care/visit/visit_record.h"
#include "care/visit/visit_words.h"
#include "ui/common/shared.h"

#include <stdlib.h>
#include <string.h>

#define PROPOSALS 5
#define LONGEST_NOTICE (24 * 366)

/* --- options -----------------------------------------------------------------------------------
 */

static void option_add(CancelState *state, CancelAsk ask, gunichar key, const char *label,
                       int value)
{
    const ChoiceOption option = {.key = key, .label = label, .value = value};
    g_array_append_val(state->options[ask], option);
}

static void fill_from_form(CancelState *state, CancelAsk ask, int *chosen)
{
    const FormItem *item = state->items[ask];
    const char *code = cancel_code(&state->answers, ask);
    for (guint i = 0; item && item->options && i < item->options->len; i++) {
        const FormOption *option = item->options->pdata[i];
        if (!cancel_is_offered(&state->answers, ask, option))
            continue;
        if (g_strcmp0(option->code, code) == 0)
            *chosen = (int)state->options[ask]->len;
        option_add(state, ask, option->key, form_text(option->display), (int)i);
    }
}

static void fill_new_times(CancelState *state)
{
    for (guint i = 0; i < state->proposals->len; i++)
        option_add(state, ASK_NEW_TIME, '1' + i, state->labels->pdata[i], (int)i);
    option_add(state, ASK_NEW_TIME, 'd', _("Another day or time"), NEW_TIME_OTHER);
    option_add(state, ASK_NEW_TIME, '0', _("No new time now"), NEW_TIME_NONE);
}

static gunichar letter(const char *text)
{
    return g_utf8_get_char(text);
}

/* Yes says when and how long, so that nothing is planned unsaid. */
static void fill_taken(App *app, CancelState *state, int *chosen)
{
    const VisitOutcome *of = &state->answers.outcome;
    GError *error = NULL;
    g_free(state->instead_label);
    state->instead_label = NULL;
    if (!visit_propose_instead(app_session(app), state->visit, of->alternative, &state->instead,
                               &error))
        app_error(app, error);
    g_autofree char *when = visit_words_time(state->instead.date, state->instead.start);
    state->instead_label = g_strdup_printf(_("Yes: %s, %d min"), when, state->instead.minutes);
    option_add(state, ASK_TAKEN, letter(C_("key", "y")), state->instead_label, CANCEL_TAKEN_YES);
    option_add(state, ASK_TAKEN, 'd', _("Yes, at another time or for longer"), TAKEN_OTHER_TIME);
    option_add(state, ASK_TAKEN, letter(C_("already done key", "a")), _("Already done"),
               CANCEL_TAKEN_ALREADY);
    option_add(state, ASK_TAKEN, letter(C_("key", "n")), _("No"), CANCEL_TAKEN_NO);
    *chosen = of->alternative_taken == 1 ? 0 : of->alternative_taken == 0 ? 3 : -1;
}

/* What can be answered, and which answer stands. */
static void set_options(App *app, CancelState *state, CancelAsk ask)
{
    int chosen = -1;
    g_array_set_size(state->options[ask], 0);
    if (ask == ASK_TAKEN) {
        fill_taken(app, state, &chosen);
    } else if (ask == ASK_NEW_TIME) {
        fill_new_times(state);
    } else {
        fill_from_form(state, ask, &chosen);
    }
    GArray *options = state->options[ask];
    choice_init(&state->choices[ask], (const ChoiceOption *)(gpointer)options->data,
                (int)options->len, chosen);
}

static void go_to(App *app, CancelState *state, CancelAsk ask)
{
    state->ask = ask;
    state->focus = FOCUS_QUESTION;
    if (ask < ASK_COUNT)
        set_options(app, state, ask);
}

/* --- drafts ------------------------------------------------------------------------------------
 */

static void take_words(CancelState *state)
{
    g_free(state->answers.outcome.words);
    const char *text = field_text(&state->words);
    state->answers.outcome.words = *text ? g_strdup(text) : NULL;
}

static void cancel_save_draft(App *app, void *data)
{
    CancelState *state = data;
    take_words(state);
    g_autofree char *draft = cancel_draft_write(&state->answers, state->visit->version);
    if (g_strcmp0(draft, state->draft) == 0)
        return;
    GError *error = NULL;
    if (!draft_save(app_session(app), CANCELLATION_DRAFT, state->visit->id, draft, &error)) {
        app_error(app, error);
        return;
    }
    g_free(state->draft);
    state->draft = g_steal_pointer(&draft);
    state->draft_ms = clock_now_ms();
    state->has_draft = TRUE;
}

static gboolean cancel_unsaved(App *app, const void *data)
{
    const CancelState *state = data;
    const char *words = state->answers.outcome.words;
    (void)app;
    if (strcmp(words != NULL ? words : "", field_text(&state->words)) != 0)
        return TRUE;
    g_autofree char *draft = cancel_draft_write(&state->answers, state->visit->version);
    return g_strcmp0(draft, state->draft) != 0;
}

static gboolean load_draft(App *app, CancelState *state, GError **error)
{
    g_autoptr(GError) fault = NULL;
    g_autoptr(Draft) draft =
        draft_load(app_session(app), CANCELLATION_DRAFT, state->visit->id, &fault);
    if (fault) {
        g_propagate_error(error, g_steal_pointer(&fault));
        return FALSE;
    }
    gint64 version;
    CancelAnswers found;
    cancel_answers_init(&found);
    if (draft && cancel_draft_read(draft->body, &found, &version)) {
        cancel_answers_clear(&state->answers);
        state->answers = found;
        state->has_draft = TRUE;
        app_say(app, STYLE_NOTICE,
                version == state->visit->version
                    ? _("What you had answered before is here. Go on where you were.")
                    : _("What you had answered before is here, but the visit has been changed "
                        "since. Look through it before you save."));
        return TRUE;
    }
    cancel_answers_clear(&found);
    return TRUE;
}

/* --- entering and leaving ----------------------------------------------------------------------
 */

/* A correction begins with what stands. */
static void take_recorded(CancelState *state, App *app)
{
    const VisitOutcome *of = &state->visit->outcome;
    if (of->outcome == OUTCOME_NONE || of->outcome == OUTCOME_DONE)
        return;
    visit_outcome_clear(&state->answers.outcome);
    visit_outcome_init(&state->answers.outcome);
    visit_outcome_copy(&state->answers.outcome, of);
    const FormOption *cause = of->cause ? cause_option(app_session(app), of->cause) : NULL;
    state->answers.offers_help = cause && cause->offers_help;
    for (int ask = 0; ask < ASK_COUNT; ask++)
        state->answers.answered[ask] = TRUE;
}

static gboolean propose(App *app, CancelState *state, GError **error)
{
    state->proposals = visit_propose(app_session(app), state->visit, PROPOSALS, error);
    if (!state->proposals)
        return FALSE;
    for (guint i = 0; i < state->proposals->len; i++) {
        const NewTime *time = &g_array_index(state->proposals, NewTime, i);
        g_ptr_array_add(state->labels, visit_words_time(time->date, time->start));
    }
    return TRUE;
}

static void cancel_leave(App *app, void *data)
{
    CancelState *state = data;
    (void)app;
    visit_free(state->visit);
    plan_free(state->plan);
    cancel_answers_clear(&state->answers);
    for (int ask = 0; ask < ASK_COUNT; ask++)
        g_clear_pointer(&state->options[ask], g_array_unref);
    g_clear_pointer(&state->proposals, g_array_unref);
    g_clear_pointer(&state->labels, g_ptr_array_unref);
    field_clear(&state->words);
    field_clear(&state->notice);
    field_clear(&state->when);
    g_free(state->when_warning);
    g_free(state->instead_label);
    g_free(state->draft);
}

static gboolean cancel_load(App *app, CancelState *state, gint64 visit_id, GError **error)
{
    if (!access_require(app_session(app), PERMIT_VISIT_RECORD, error))
        return FALSE;
    state->visit = visit_get(app_session(app), visit_id, error);
    if (!state->visit || !propose(app, state, error))
        return FALSE;
    /* Whoever may record the visit but not open the card does without the plan. */
    if (client_may_open(app_session(app), state->visit->client_id))
        state->plan = plan_of_client(app_session(app), state->visit->client_id, NULL);
    take_recorded(state, app);
    return load_draft(app, state, error);
}

/* They belong to the session's form, and are others after locking and unlocking. */
static void find_items(App *app, CancelState *state)
{
    for (int ask = 0; ask < ASK_COUNT; ask++)
        state->items[ask] = cancel_item(app_session(app), (CancelAsk)ask);
}

static void cancel_resume(App *app, void *data)
{
    CancelState *state = data;
    find_items(app, state);
    if (state->ask < ASK_COUNT)
        set_options(app, state, state->ask);
}

static gboolean cancel_enter(App *app, void *data, const void *argument, GError **error)
{
    CancelState *state = data;
    cancel_answers_init(&state->answers);
    state->labels = g_ptr_array_new_with_free_func(g_free);
    for (int ask = 0; ask < ASK_COUNT; ask++)
        state->options[ask] = g_array_new(FALSE, FALSE, sizeof(ChoiceOption));
    find_items(app, state);
    field_init(&state->notice, "", FALSE);
    field_init(&state->when, "", FALSE);
    const gboolean loaded = cancel_load(app, state, *(const gint64 *)argument, error);
    field_init(&state->words, state->answers.outcome.words ? state->answers.outcome.words : "",
               TRUE);
    if (!loaded) {
        cancel_leave(app, state);
        return FALSE;
    }
    state->draft = cancel_draft_write(&state->answers, state->visit->version);
    go_to(app, state,
          state->visit->recorded_ms && !state->has_draft
              ? ASK_OUTCOME
              : cancel_next(&state->answers, ASK_OUTCOME - 1));
    return TRUE;
}

static char *cancel_subtitle(App *app, void *data)
{
    const CancelState *state = data;
    (void)app;
    return g_strdup(state->visit->client_name);
}

/* --- answering ---------------------------------------------------------------------------------
 */

static void ask_when(CancelState *state)
{
    state->focus = FOCUS_WHEN;
    state->when_unclear = FALSE;
    g_clear_pointer(&state->when_warning, g_free);
}

static void answer_new_time(CancelState *state, int value)
{
    if (value == NEW_TIME_OTHER) {
        ask_when(state);
        return;
    }
    state->answers.answered[ASK_NEW_TIME] = TRUE;
    if (value == NEW_TIME_NONE)
        state->answers.times.new_time.date = DATE_NONE;
    else
        state->answers.times.new_time = g_array_index(state->proposals, NewTime, value);
}

/* The option at `value` of the form's list, or the program's own value. */
static void take_answer(App *app, CancelState *state, CancelAsk ask, int value)
{
    if (ask == ASK_TAKEN && value == TAKEN_OTHER_TIME) {
        ask_when(state);
    } else if (ask == ASK_TAKEN) {
        cancel_answer_taken(&state->answers, (CancelTaken)value, &state->instead);
    } else if (ask == ASK_NEW_TIME) {
        answer_new_time(state, value);
    } else {
        cancel_answer(&state->answers, ask, state->items[ask]->options->pdata[value]);
    }
    if (ask == ASK_OUTCOME || ask == ASK_BY || ask == ASK_TAKEN)
        cancel_check_cause(app_session(app), &state->answers);
}

static void go_on(App *app, CancelState *state)
{
    if (state->focus == FOCUS_QUESTION)
        go_to(app, state, cancel_next(&state->answers, state->ask));
    cancel_save_draft(app, state);
}

/* What speaks against a time is told once; Enter again takes it all the same. */
static gboolean is_taken_so(App *app, CancelState *state, const NewTime *time)
{
    GError *error = NULL;
    if (state->when_warning != NULL)
        return TRUE;
    g_autofree char *warning = visit_time_warning(app_session(app), state->visit, time, &error);
    app_error(app, error);
    if (warning == NULL || warning[0] == '\0')
        return TRUE;
    state->when_warning = g_strdup_printf(_("%s Enter takes it all the same."), warning);
    return FALSE;
}

/* Takes the time that is typed; FALSE: it says on the page what speaks against it. */
static gboolean take_when(App *app, CancelState *state)
{
    NewTime time;
    const char *typed = field_text(&state->when);
    gboolean instead = state->ask == ASK_TAKEN;
    state->when_unclear = instead ? !cancel_parse_instead(typed, &state->instead, &time)
                                  : !cancel_parse_time(typed, state->visit, &time);
    if (state->when_unclear || !is_taken_so(app, state, &time))
        return FALSE;
    if (instead) {
        cancel_answer_taken(&state->answers, CANCEL_TAKEN_YES, &time);
    } else {
        state->answers.times.new_time = time;
        state->answers.answered[ASK_NEW_TIME] = TRUE;
    }
    state->focus = FOCUS_QUESTION;
    return TRUE;
}

static gboolean key_when(App *app, CancelState *state, const Event *event)
{
    if (event->type == EVENT_KEY && event->key == K_ESCAPE) {
        state->focus = FOCUS_QUESTION;
        return TRUE;
    }
    if (event->type != EVENT_KEY || event->key != K_ENTER) {
        gboolean taken = field_event(&state->when, event, 0);
        if (taken)
            g_clear_pointer(&state->when_warning, g_free);
        return taken;
    }
    if (take_when(app, state))
        go_on(app, state);
    return TRUE;
}

static gboolean key_words(CancelState *state, const Event *event)
{
    if (event->type == EVENT_KEY && (event->key == K_ESCAPE || event->key == K_TAB)) {
        state->focus = FOCUS_QUESTION;
        return TRUE;
    }
    return field_event(&state->words, event, state->words_columns);
}

static gboolean key_notice(App *app, CancelState *state, const Event *event)
{
    if (event->type == EVENT_KEY && event->key == K_ENTER) {
        go_on(app, state);
        return TRUE;
    }
    if (event->type == EVENT_KEY && key_is_text(event->key) && !g_unichar_isdigit(event->key))
        return FALSE;
    if (!field_event(&state->notice, event, 0))
        return FALSE;
    const char *text = field_text(&state->notice);
    state->answers.outcome.notice = *text ? CLAMP(atoi(text), 0, LONGEST_NOTICE) : -1;
    state->answers.answered[ASK_NOTICE] = *text != '\0';
    return TRUE;
}

static gboolean cancel_key(App *app, void *data, const Event *event)
{
    CancelState *state = data;
    if (state->focus == FOCUS_WORDS)
        return key_words(state, event);
    if (state->focus == FOCUS_WHEN)
        return key_when(app, state, event);
    if (state->ask == ASK_SAVE) {
        if (event->type != EVENT_KEY || event->key != K_ENTER)
            return FALSE;
        on_cancel_save(app, state);
        return TRUE;
    }
    if (state->ask == ASK_NOTICE)
        return key_notice(app, state, event);
    gboolean taken = FALSE;
    const int index = choice_event(&state->choices[state->ask], event, &taken);
    if (index >= 0) {
        const ChoiceOption option = g_array_index(state->options[state->ask], ChoiceOption, index);
        take_answer(app, state, state->ask, option.value);
        go_on(app, state);
    }
    return taken;
}

/* --- actions -----------------------------------------------------------------------------------
 */

/* What could make the next time easier, where nothing is agreed yet. */
static void offer_plan(App *app, const Visit *saved)
{
    char key[KEY_NAME_SIZE];
    if (!outcome_is_missed(saved->outcome.outcome))
        return;
    g_autofree char *said = g_strdup(app_message(app));
    app_say(app, STYLE_GOOD, _("%s %s agrees with the person on what to do next time."), said,
            shared_key(app, ACTION_CLIENT_PLAN, key));
}

/* To undo is offered where the cursor is on the visit, so that the key takes back just that. */
static void say_saved(App *app, const Visit *saved, gboolean found)
{
    char time[9], key[KEY_NAME_SIZE];
    g_autofree char *what = visit_words_recorded(saved);
    clock_local(clock_now_ms(), time);
    if (found)
        app_say(app, STYLE_GOOD, _("Saved %s. %s. Press %s to undo."), time, what,
                shared_key(app, ACTION_UNDO, key));
    else
        app_say(app, STYLE_GOOD, _("Saved %s. %s."), time, what);
}

void on_cancel_save(App *app, void *data)
{
    CancelState *state = data;
    if (state->answers.outcome.outcome == OUTCOME_NONE) {
        app_say(app, STYLE_NOTICE, _("Say first how it went with the visit."));
        go_to(app, state, ASK_OUTCOME);
        return;
    }
    /* A time that is being typed is not passed over. */
    if (state->focus == FOCUS_WHEN && *field_text(&state->when) != '\0' && !take_when(app, state))
        return;
    take_words(state);
    GError *error = NULL;
    VisitOutcome outcome;
    cancel_outcome(&state->answers, &outcome);
    const VisitTimes times = cancel_times(&state->answers);
    g_autoptr(Visit) saved = NULL;
    const gboolean done = visit_record(app_session(app), state->visit->id, state->visit->version,
                                       &outcome, &times, &saved, &error);
    visit_outcome_clear(&outcome);
    if (!done) {
        cancel_save_draft(app, state);
        app_error(app, error);
        return;
    }
    /* Nothing is left to save: leaving must not write the draft anew. */
    g_free(state->draft);
    state->draft = cancel_draft_write(&state->answers, state->visit->version);
    gboolean has_plan = state->plan != NULL;
    gboolean changed = saved->version != state->visit->version;
    app_pop(app);
    gboolean found = shared_find_visit(app, saved);
    if (!changed) {
        app_say(app, STYLE_QUIET, _("Nothing is changed."));
        return;
    }
    say_saved(app, saved, found);
    if (!has_plan)
        offer_plan(app, saved);
}

void on_cancel_before(App *app, void *data)
{
    CancelState *state = data;
    CancelAsk before = cancel_step(&state->answers, state->ask, -1);
    if (before == state->ask)
        app_say(app, STYLE_QUIET, _("This is the first question."));
    go_to(app, state, before);
}

void on_cancel_after(App *app, void *data)
{
    CancelState *state = data;
    char key[KEY_NAME_SIZE];
    CancelAsk after = cancel_step(&state->answers, state->ask, 1);
    if (after == state->ask)
        app_say(app, STYLE_QUIET, _("That was the last question. %s saves."),
                shared_key(app, ACTION_CANCEL_SAVE, key));
    go_to(app, state, after);
}

void on_cancel_words(App *app, void *data)
{
    CancelState *state = data;
    (void)app;
    state->focus = state->focus == FOCUS_WORDS ? FOCUS_QUESTION : FOCUS_WORDS;
}

/* In the person's own words Tab is the way back. */
static gboolean cancel_idle(const void *data, Action action)
{
    return action == ACTION_CANCEL_AFTER && ((const CancelState *)data)->focus == FOCUS_WORDS;
}

const Screen screen_cancel = {
    .name = "cancel",
    .place = IN_CANCEL,
    .title = N_("Cancelled visit"),
    .state_size = sizeof(CancelState),
    .enter = cancel_enter,
    .resume = cancel_resume,
    .draw = cancel_draw,
    .key = cancel_key,
    .save = cancel_save_draft,
    .unsaved = cancel_unsaved,
    .leave = cancel_leave,
    .subtitle = cancel_subtitle,
    .idle = cancel_idle,
};
