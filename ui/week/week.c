/* week.c: the week's review, from the counts kept beside the visits. */
#include "ui/week/week_draw.h"

#include "base/apart.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "base/week_words.h"
#include "exchange/week_pdf.h"
#include "ui/common/dialog.h"
#include "ui/common/export_ask.h"
#include "ui/common/screens.h"
#include "ui/common/words.h"

#define WEEK_DAYS 7

/* --- fetching --------------------------------------------------------------------------------- */

static int last_place(const WeekState *state)
{
    return week_outcomes(state) + (int)state->review->causes->len - 1;
}

/* Fetches `week`; on failure everything stays as it was. The cursor stays on the outcome or on the
 * cause of the same rank, as far as there is one. */
static gboolean fetch(App *app, WeekState *state, Week week, GError **error)
{
    WeekReview *review = week_review_new(app_session(app), week, 1, error);
    if (review == NULL)
        return FALSE;
    const int outcomes = state->review != NULL ? week_outcomes(state) : 0;
    g_clear_pointer(&state->review, week_review_free);
    state->review = review;
    if (state->cursor >= outcomes)
        state->cursor += week_outcomes(state) - outcomes;
    state->cursor = MIN(state->cursor, last_place(state));
    return TRUE;
}

static gboolean week_enter(App *app, void *data, const void *argument, GError **error)
{
    WeekState *state = data;
    Week week = argument != NULL ? *(const Week *)argument : week_add(week_of(clock_today()), -1);
    state->cursor = 0; /* of the causes: on the largest */
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
    show(app, state, week_review_last(state->review)->week);
}

static void week_leave(App *app, void *data)
{
    (void)app;
    WeekState *state = data;
    week_review_free(state->review);
}

/* --- keys and actions ------------------------------------------------------------------------- */

static gboolean week_key(App *app, void *data, const Event *event)
{
    (void)app;
    WeekState *state = data;
    int last = last_place(state);
    if (event->type != EVENT_KEY)
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
        state->cursor = state->cursor > week_outcomes(state) ? week_outcomes(state) : 0;
        return TRUE;
    case K_END:
    case K_PAGE_DOWN:
        state->cursor = last;
        return TRUE;
    default:
        return FALSE;
    }
}

/* --- to a file -------------------------------------------------------------------------------- */

/* Drawing a page takes several megabytes of libraries and fonts: this is done apart. */
typedef struct {
    const WeekPaper *paper;
    const char *path;
} WeekOrder;

static gboolean write_paper(gpointer data, GError **error)
{
    const WeekOrder *order = data;
    return week_paper_write(order->paper, order->path, FALSE, error);
}

static void paper_named(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)data;
    GError *error = NULL;
    if (!yes || app_top(app) != &screen_week)
        return;
    const WeekState *state = app_top_state(app);
    g_autofree char *path = paths_typed(text);
    g_autoptr(WeekPaper) paper = week_paper_new(state->review, app_session(app));
    WeekOrder order = {paper, path};
    if (week_paper_log(app_session(app), &error) && apart_run(write_paper, &order, &error))
        app_say(app, STYLE_GOOD, _("The paper lies in %s."), path);
    else
        app_error(app, error);
}

void on_week_paper(App *app, void *data)
{
    (void)data;
    export_ask_paper(app, export_what_code(EXPORT_WEEK), paper_named);
}

static void file_named(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)data;
    if (!yes || app_top(app) != &screen_week)
        return;
    const WeekState *state = app_top_state(app);
    const Week last = week_review_last(state->review)->week;
    ExportOrder order = {.what = EXPORT_WEEK,
                         .from = week_monday(week_add(last, 1 - REVIEW_WEEKS)),
                         .to = week_monday(last) + WEEK_DAYS - 1};
    export_write(app, &order, text);
}

void on_week_export(App *app, void *data)
{
    (void)data;
    export_ask(app, EXPORT_WEEK, file_named);
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
    app_switch(app, SCREEN_WEEK, NULL);
}

static void step(App *app, WeekState *state, int weeks)
{
    Week week = week_add(week_review_last(state->review)->week, weeks);
    if (week_can_be_typed(week) && week_can_be_typed(week_add(week, 1 - REVIEW_WEEKS)))
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
    const ReviewWeek *week = week_review_last(state->review);
    const int outcomes = week_outcomes(state);
    Date monday = week_monday(week->week);
    VisitsArgument argument = {
        .from = monday, .to = monday + WEEK_DAYS - 1, .outcome = VISITS_WITH_CAUSE};
    gint64 count;
    if (state->cursor >= outcomes) {
        const ReviewCause *cause = state->review->causes->pdata[state->cursor - outcomes];
        argument.cause = cause->code != NULL ? cause->code : "";
        count = cause->count;
    } else if (state->cursor < OUTCOME_COUNT) {
        argument.outcome = WEEK_OUTCOMES[state->cursor];
        count = week->visits[argument.outcome];
    } else {
        argument.outcome = VISITS_STAND_INS;
        count = week->stand_ins;
    }
    if (count > 0)
        app_open(app, SCREEN_VISITS, &argument);
    else
        app_say(app, STYLE_QUIET, _("There are no such visits this week."));
}

static void ask_week(App *app, const char *initial);

static void week_typed(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)data;
    if (!yes)
        return;
    Week week = week_parse_words(text, clock_today());
    if (week != 0 && week_can_be_typed(week_add(week, 1 - REVIEW_WEEKS))) {
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
