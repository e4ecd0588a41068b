/* week.c: the week's review, from the counts kept beside the visits. */
#include "ui/week/week.h"

#include <math.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "care/unit/cause.h"
#include "ui/common/dialog.h"
#include "ui/common/screens.h"
#include "ui/common/shared.h"
#include "ui/common/words.h"

#define WEEK_DAYS 7

const Outcome WEEK_OUTCOMES[OUTCOME_COUNT] = {
    OUTCOME_DONE,     OUTCOME_DONE_OTHERWISE, OUTCOME_REBOOKED,       OUTCOME_CANCELLED,
    OUTCOME_DECLINED, OUTCOME_NO_SHOW,        OUTCOME_UNIT_CANCELLED, OUTCOME_NONE,
};

/* --- fetching --------------------------------------------------------------------------------- */

static void read_weeks(WeekState *state, const GArray *outcomes)
{
    double rates[REVIEW_WEEKS];
    for (int i = 0; i < REVIEW_WEEKS; i++) {
        state->weeks[i] =
            review_week(&g_array_index(outcomes, WeekOutcomes, (guint)i), clock_today());
        rates[i] = state->weeks[i].rate;
    }
    state->median = review_median(state->weeks, REVIEW_WEEKS);
    state->signal = review_run_signal(rates, REVIEW_WEEKS, state->median);
}

static int last_place(const WeekState *state)
{
    return OUTCOME_COUNT + (int)state->causes->len - 1;
}

/* Fetches `week`; on failure everything stays as it was. */
static gboolean fetch(App *app, WeekState *state, Week week, GError **error)
{
    if (!access_require(app_session(app), PERMIT_REVIEW, error))
        return FALSE;
    Week from = week_add(week, 1 - REVIEW_WEEKS);
    g_autoptr(GArray) outcomes = summary_outcomes(app_session(app), from, week, error);
    g_autoptr(GPtrArray) rows =
        outcomes != NULL ? summary_causes(app_session(app), week, week, error) : NULL;
    if (rows == NULL)
        return FALSE;
    state->week = week;
    read_weeks(state, outcomes);
    g_clear_pointer(&state->causes, g_ptr_array_unref);
    state->causes = review_causes(rows, FALSE);
    state->cursor = MIN(state->cursor, last_place(state));
    return TRUE;
}

gboolean week_is_line(const WeekState *state)
{
    return state->line && !state->both;
}

static gboolean week_enter(App *app, void *data, const void *argument, GError **error)
{
    WeekState *state = data;
    Week week = argument != NULL ? *(const Week *)argument : week_add(week_of(clock_today()), -1);
    state->cursor = OUTCOME_COUNT; /* on the largest cause */
    return fetch(app, state, week, error);
}

static void show(App *app, WeekState *state, Week week)
{
    GError *error = NULL;
    if (!fetch(app, state, week, &error))
        app_error(app, error);
}

static void week_resume(App *app, void *data)
{
    WeekState *state = data;
    show(app, state, state->week);
}

static void week_leave(App *app, void *data)
{
    (void)app;
    WeekState *state = data;
    if (state->causes != NULL)
        g_ptr_array_unref(state->causes);
}

/* --- keys and actions ------------------------------------------------------------------------- */

static gboolean week_key(App *app, void *data, const Event *event)
{
    (void)app;
    WeekState *state = data;
    int last = last_place(state);
    if (event->type != EVENT_KEY || week_is_line(state))
        return FALSE;
    switch (event->key) {
    case K_UP:
        state->cursor = MAX(state->cursor - 1, 0);
        return TRUE;
    case K_DOWN:
        state->cursor = MIN(state->cursor + 1, last);
        return TRUE;
    case K_HOME:
    case K_PAGE_UP:
        state->cursor = state->cursor > OUTCOME_COUNT ? OUTCOME_COUNT : 0;
        return TRUE;
    case K_END:
    case K_PAGE_DOWN:
        state->cursor = last;
        return TRUE;
    default:
        return FALSE;
    }
}

const Screen screen_week = {
    .name = "week",
    .place = IN_WEEK,
    .title = N_("Week"),
    .state_size = sizeof(WeekState),
    .enter = week_enter,
    .resume = week_resume,
    .draw = week_draw,
    .key = week_key,
    .leave = week_leave,
};

void on_week(App *app, void *state)
{
    (void)state;
    app_switch(app, &screen_week, NULL);
}

static gboolean is_in_calendar(Week week)
{
    char text[WEEK_SIZE];
    return week_parse(week_format(week, text)) == week;
}

static void step(App *app, WeekState *state, int weeks)
{
    Week week = week_add(state->week, weeks);
    if (is_in_calendar(week) && is_in_calendar(week_add(week, 1 - REVIEW_WEEKS)))
        show(app, state, week);
}

void on_review_before(App *app, void *state)
{
    step(app, state, -1);
}

void on_review_after(App *app, void *state)
{
    step(app, state, 1);
}

void on_review_open(App *app, void *data)
{
    const WeekState *state = data;
    Date monday = week_monday(state->week);
    VisitsArgument argument = {
        .from = monday, .to = monday + WEEK_DAYS - 1, .outcome = VISITS_WITH_CAUSE};
    const ReviewWeek *week = &state->weeks[REVIEW_WEEKS - 1];
    gint64 count;
    if (week_is_line(state)) {
        char key[KEY_NAME_SIZE];
        app_say(app, STYLE_QUIET, _("%s shows the outcomes and causes, which can be opened."),
                shared_key(app, ACTION_REVIEW_VIEW, key));
        return;
    }
    if (state->cursor < OUTCOME_COUNT) {
        argument.outcome = WEEK_OUTCOMES[state->cursor];
        count = week->visits[argument.outcome];
    } else {
        const ReviewCause *cause = state->causes->pdata[state->cursor - OUTCOME_COUNT];
        argument.cause = cause->code != NULL ? cause->code : "";
        count = cause->count;
    }
    if (count > 0)
        app_push(app, &screen_visits, &argument);
    else
        app_say(app, STYLE_QUIET, _("There are no such visits this week."));
}

void on_review_view(App *app, void *data)
{
    (void)app;
    WeekState *state = data;
    if (state->both)
        app_say(app, STYLE_QUIET, _("Both are shown already: the causes and the line."));
    else
        state->line = !state->line;
}

static void ask_week(App *app, const char *initial);

static void week_typed(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)data;
    if (!yes)
        return;
    Week week = words_parse_week(text, clock_today());
    if (week != 0 && is_in_calendar(week_add(week, 1 - REVIEW_WEEKS))) {
        show(app, app_top_state(app), week);
        return;
    }
    ask_week(app, text);
    app_say(app, STYLE_NOTICE,
            _("That was not understood as a week. Type for instance v45, 2026-W45 or 21/11."));
}

static void ask_week(App *app, const char *initial)
{
    dialog_prompt(app, _("Which week? Type for instance v45, 2026-W45 or a day such as 21/11."),
                  initial, week_typed, NULL);
}

void on_review_week(App *app, void *state)
{
    (void)state;
    ask_week(app, "");
}
