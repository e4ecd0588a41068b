/* quarter.c: what the unit counts by the quarter: calls, absences, closings, plans. */
#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "exchange/quarter_report.h"
#include "ui/app.h"
#include "ui/common/screens.h"

typedef struct {
    App *app;
    QuarterReport report;
    int year, quarter;
    char *text;
    int top;         /* the first row of the wrapped text that is shown */
    int rows, shown; /* how many there are, and how many fit; as it was last drawn */
} QuarterState;

/* Nothing changes on failure. */
static gboolean show(QuarterState *state, QuarterReport report, int year, int quarter,
                     GError **error)
{
    char *text = quarter_report(app_session(state->app), report, year, quarter, FALSE, error);
    if (text == NULL)
        return FALSE;
    g_free(state->text);
    state->text = g_strchomp(text);
    state->report = report;
    state->year = year;
    state->quarter = quarter;
    state->top = 0;
    return TRUE;
}

static void show_or_say(QuarterState *state, QuarterReport report, int year, int quarter)
{
    GError *error = NULL;
    if (!show(state, report, year, quarter, &error))
        app_error(state->app, error);
}

/* --- drawing ---------------------------------------------------------------------------------- */

static void draw_row(Area area, int row, const char *text, const TextRow *part)
{
    g_autofree char *line = g_strndup(text + part->start, part->end - part->start);
    draw_text(area, row, 0, STYLE_NORMAL, line);
}

static void quarter_draw(App *app, void *data, Area area)
{
    (void)app;
    QuarterState *state = data;
    draw_text(area, 0, 0, STYLE_HEADING, quarter_report_name(state->report));
    Area below = area_rows(area, 2, -1);
    g_autoptr(GArray) rows = text_wrap(state->text != NULL ? state->text : "", below.columns);
    state->rows = (int)rows->len;
    state->shown = below.rows;
    for (int row = 0; row < below.rows && state->top + row < state->rows; row++)
        draw_row(below, row, state->text != NULL ? state->text : "",
                 &g_array_index(rows, TextRow, state->top + row));
    draw_caret(area, 0, 0);
}

static char *quarter_subtitle(App *app, void *data)
{
    (void)app;
    const QuarterState *state = data;
    /* TRANSLATORS: the quarter and the year: "Q4 2026" */
    return g_strdup_printf(_("Q%d %d"), state->quarter, state->year);
}

/* --- keys ------------------------------------------------------------------------------------- */

static gboolean quarter_key(App *app, void *data, const Event *event)
{
    (void)app;
    QuarterState *state = data;
    const int last = MAX(state->rows - state->shown, 0);
    if (event->type != EVENT_KEY)
        return FALSE;
    const int step = event->key == K_DOWN        ? 1
                     : event->key == K_UP        ? -1
                     : event->key == K_PAGE_DOWN ? state->shown
                     : event->key == K_PAGE_UP   ? -state->shown
                     : event->key == K_HOME      ? -state->rows
                     : event->key == K_END       ? state->rows
                                                 : 0;
    state->top = CLAMP(state->top + step, 0, last);
    return step != 0;
}

static void step_quarter(QuarterState *state, int step)
{
    int year = state->year, quarter = state->quarter;
    quarter_step(&year, &quarter, step);
    show_or_say(state, state->report, year, quarter);
}

void on_quarter_before(App *app, void *data)
{
    (void)app;
    step_quarter(data, -1);
}

void on_quarter_after(App *app, void *data)
{
    (void)app;
    step_quarter(data, 1);
}

void on_quarter_next(App *app, void *data)
{
    (void)app;
    QuarterState *state = data;
    show_or_say(state, (state->report + 1) % QUARTER_REPORT_COUNT, state->year, state->quarter);
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean quarter_enter(App *app, void *data, const void *argument, GError **error)
{
    QuarterState *state = data;
    int year, quarter;
    (void)argument;
    state->app = app;
    quarter_of(clock_today(), &year, &quarter);
    return show(state, QUARTER_CALLS, year, quarter, error);
}

static void quarter_resume(App *app, void *data)
{
    (void)app;
    QuarterState *state = data;
    show_or_say(state, state->report, state->year, state->quarter);
}

static void quarter_leave(App *app, void *data)
{
    (void)app;
    g_free(((QuarterState *)data)->text);
}

const Screen screen_quarter = {
    .name = "quarter",
    .place = IN_QUARTER,
    .title = N_("The quarter"),
    .state_size = sizeof(QuarterState),
    .enter = quarter_enter,
    .resume = quarter_resume,
    .draw = quarter_draw,
    .key = quarter_key,
    .leave = quarter_leave,
    .subtitle = quarter_subtitle,
};

void on_quarter(App *app, void *data)
{
    (void)data;
    app_open(app, SCREEN_QUARTER, NULL);
}
