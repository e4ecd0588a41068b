/* line.c: the line of the weeks' shares: as a run chart or as a p chart, point by point, with the
 * changes that were made and notes on its weeks. */
#include "base/i18n.h"
#include "base/text.h"
#include "exchange/line_words.h"
#include "exchange/week_words.h"
#include "stats/week_review.h"
#include "ui/app.h"
#include "ui/common/screens.h"
#include "ui/common/shared.h"
#include "ui/week/line.h"
#include "ui/week/line_draw.h"
#include "ui/week/note_edit.h"
#include "ui/week/tabs.h"

#define WEEK_DAYS 7

enum {
    CHART_LEAST = 8, /* rows, beside which centre and rules are said in sentences */
    POINT_ROWS = 2,  /* at least, so that the chart stands still from point to point */
    WIDEST_WORDS = 130,
};

/* How many weeks are shown. */
static const guint PERIODS[] = {REVIEW_WEEKS, 52, 104};

typedef struct {
    WeekLine *line;
    SpcKind kind;
    SplitsChoice choice; /* its last week, and what the other ways of looking at it show */
    guint period; /* an index of PERIODS */
    int selected; /* the point that the cursor is on */
} LineState;

/* --- fetching --------------------------------------------------------------------------------- */

/* On failure everything stays as it was. The cursor stays on its week where that is shown. */
static gboolean fetch(App *app, LineState *state, SpcKind kind, guint period, GError **error)
{
    const guint count = PERIODS[period];
    WeekLine *line = week_line_read(app_session(app), kind, state->choice.to, count, error);
    if (line == NULL)
        return FALSE;
    const int before = state->line != NULL ? (int)state->line->weeks->len : (int)count;
    state->selected = MAX(state->selected + (int)count - before, 0);
    g_clear_pointer(&state->line, week_line_free);
    state->line = line;
    state->kind = kind;
    state->period = period;
    return TRUE;
}

static void show(App *app, LineState *state, SpcKind kind, guint period)
{
    GError *error = NULL;
    if (!fetch(app, state, kind, period, &error))
        app_error(app, error);
}

static gboolean line_enter(App *app, void *data, const void *argument, GError **error)
{
    LineState *state = data;
    state->choice = *(const SplitsChoice *)argument;
    state->selected = REVIEW_WEEKS - 1;
    return fetch(app, state, SPC_RUN, 0, error);
}

static void line_resume(App *app, void *data)
{
    LineState *state = data;
    show(app, state, state->kind, state->period);
}

static void line_leave(App *app, void *data)
{
    (void)app;
    LineState *state = data;
    week_line_free(state->line);
}

/* --- drawing ---------------------------------------------------------------------------------- */

static int rows_of(const char *text, int columns)
{
    g_autoptr(GArray) rows = text_wrap(text, MAX(columns, 1));
    return (int)rows->len;
}

static const char *kind_name(SpcKind kind)
{
    return kind == SPC_RUN ? _("run chart") : _("p chart");
}

/* With its year where another begins between the first and the last: “49–48” would be backwards.
 * New. */
static char *end_name(const WeekLine *line, gsize nth)
{
    const Week first = week_line_week(line, 0)->week;
    const Week last = week_line_week(line, line->weeks->len - 1)->week;
    const Week week = week_line_week(line, nth)->week;
    return first / 100 == last / 100 ? line_words_week(line, nth)
                                     : g_strdup_printf("%d %d", week % 100, week / 100);
}

static int draw_heading(const LineState *state, Area area)
{
    g_autofree char *first = end_name(state->line, 0);
    g_autofree char *last = end_name(state->line, state->line->weeks->len - 1);
    /* TRANSLATORS: "Share not taken, weeks 22–47, run chart" */
    g_autofree char *heading =
        g_strdup_printf(_("Share not taken, weeks %s–%s, %s"), first, last, kind_name(state->kind));
    draw_text(area, 0, 0, STYLE_HEADING, heading);
    return 1;
}

/* Signal, centre and rules from the top, what is said of the point at the foot, and the chart in
 * all that is between. In a low window centre and rules make way for it. */
static void line_screen_draw(App *app, void *data, Area whole)
{
    const LineState *state = data;
    const Area area = area_rows(whole, 1, -1);
    const int columns = MIN(area.columns, WIDEST_WORDS);
    g_autofree char *signal = line_words_signal(state->line);
    g_autofree char *centre = line_words_centre(state->line);
    g_autofree char *rules = line_words_rules(state->line);
    g_autofree char *point = line_words_point(state->line, (gsize)state->selected);
    g_autofree char *how = g_strdup_printf("%s %s", centre, rules);
    const int foot = MAX(rows_of(point, columns), POINT_ROWS);
    tabs_draw(app, area_rows(whole, 0, 1), VIEW_LINE);
    int row = draw_heading(state, area);
    row += draw_paragraph(area, row, 0, columns,
                          line_has_signal(state->line) ? STYLE_NOTICE : STYLE_NORMAL, signal);
    if (area.rows - row - foot - rows_of(how, columns) >= CHART_LEAST)
        row += draw_paragraph(area, row, 0, columns, STYLE_QUIET, how);
    draw_caret(area, MAX(area.rows - foot, 0), 0);
    line_draw(state->line, state->selected, area_rows(area, row, area.rows - row - foot));
    draw_paragraph(area_rows(area, MAX(area.rows - foot, row), -1), 0, 0, columns, STYLE_NORMAL,
                   point);
}

const SplitsChoice *line_choice(const void *state)
{
    return &((const LineState *)state)->choice;
}

/* --- keys and actions ------------------------------------------------------------------------- */

static int last_point(const LineState *state)
{
    return (int)state->line->weeks->len - 1;
}

static gboolean line_key(App *app, void *data, const Event *event)
{
    (void)app;
    LineState *state = data;
    if (event->type != EVENT_KEY || (event->key != K_HOME && event->key != K_END))
        return FALSE;
    state->selected = event->key == K_HOME ? 0 : last_point(state);
    return TRUE;
}

void on_line_before(App *app, void *data)
{
    LineState *state = data;
    if (state->selected > 0)
        state->selected--;
    else
        app_say(app, STYLE_QUIET, _("This is the first week of the line."));
}

void on_line_after(App *app, void *data)
{
    LineState *state = data;
    if (state->selected < last_point(state))
        state->selected++;
    else
        app_say(app, STYLE_QUIET, _("This is the last week of the line."));
}

void on_line_chart(App *app, void *data)
{
    LineState *state = data;
    show(app, state, state->kind == SPC_RUN ? SPC_P : SPC_RUN, state->period);
}

void on_line_period(App *app, void *data)
{
    LineState *state = data;
    show(app, state, state->kind, (state->period + 1) % G_N_ELEMENTS(PERIODS));
}

void on_line_visits(App *app, void *data)
{
    const LineState *state = data;
    const Date monday = week_monday(week_line_week(state->line, (gsize)state->selected)->week);
    app_open(app, SCREEN_VISITS,
             &(VisitsArgument){.from = monday,
                               .to = monday + WEEK_DAYS - 1,
                               .outcome = VISITS_SPLIT,
                               .split = SPLIT_ALL,
                               .value = "",
                               .part = PART_MISSED});
}

void on_line_note(App *app, void *data)
{
    const LineState *state = data;
    app_push(app, &screen_note_edit, &week_line_week(state->line, (gsize)state->selected)->week);
}

void on_line_work(App *app, void *state)
{
    (void)state;
    app_open(app, SCREEN_IMPROVEMENTS, NULL);
}

const Screen screen_line = {
    .name = "line",
    .place = IN_LINE,
    .title = N_("Line"),
    .state_size = sizeof(LineState),
    .enter = line_enter,
    .resume = line_resume,
    .draw = line_screen_draw,
    .key = line_key,
    .leave = line_leave,
};
