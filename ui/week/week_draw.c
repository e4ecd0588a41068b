/* week_draw.c: the week's review on the screen: sentences, outcomes, bars of causes, and the line
 * of 26 weeks round their median. */
#include "ui/week/week_draw.h"

#include "base/i18n.h"
#include "base/text.h"
#include "care/unit/cause.h"
#include "exchange/line_words.h"
#include "exchange/week_words.h"
#include "ui/common/shared.h"
#include "ui/common/words.h"
#include "ui/week/line_draw.h"
#include "ui/week/tabs.h"
#include "ui/widgets/chart.h"

const Outcome WEEK_OUTCOMES[OUTCOME_COUNT] = {
    OUTCOME_DONE,     OUTCOME_DONE_OTHERWISE, OUTCOME_REBOOKED,       OUTCOME_CANCELLED,
    OUTCOME_DECLINED, OUTCOME_NO_SHOW,        OUTCOME_UNIT_CANCELLED, OUTCOME_NONE,
};

int week_outcomes(const WeekState *state)
{
    return OUTCOME_COUNT + (week_review_last(state->review)->stand_ins > 0);
}

enum {
    BOTH_COLUMNS = 116, /* inside the frame: from here on causes and line are both shown */
    BOTH_ROWS = 32,
    LOW_ROWS = 18,
    WORKERS_NAMED = 4,  /* of those whose visits are not recorded */
    CAUSES_LEAST = 4,   /* rows, with their heading, beside which the outcomes are shown */
    OUTCOMES_SHARE = 3, /* of the width, beside the line */
    LINE_ROWS = 15,     /* at least, beside the outcomes */
    GAP = 3,
    COUNT_COLUMNS = 7,
    LABEL_SHARE = 2, /* of the bars' width, at most */
};

/* In a low window the definition makes way for the causes, and stands in place of the counts beside
 * the outcomes, which are counted there. */
static int draw_sentences(const WeekState *state, Area area)
{
    const ReviewWeek *week = week_review_last(state->review);
    gboolean low = area.rows < LOW_ROWS, on_causes = state->cursor >= week_outcomes(state);
    g_autofree char *name = words_week(week->week);
    g_autofree char *counts = week_words_counts(week);
    g_autofree char *heading = g_strdup_printf("%s. %s", name, counts);
    g_autofree char *rate = week_words_rate(state->review, week);
    g_autofree char *missing = week_words_unrecorded(state->review, week, WORKERS_NAMED);
    g_autofree char *definition = week_words_definition();
    int row =
        draw_paragraph(area, 0, 0, area.columns, STYLE_NORMAL, low && !on_causes ? name : heading);
    if (rate != NULL)
        row += draw_paragraph(area, row, 0, area.columns, STYLE_STRONG, rate);
    if (!review_is_recorded(week) && missing != NULL)
        row += draw_paragraph(area, row, 0, area.columns, STYLE_NOTICE, missing);
    return low && on_causes
               ? row
               : row + draw_paragraph(area, row, 0, area.columns, STYLE_QUIET, definition);
}

/* --- outcomes --------------------------------------------------------------------------------- */

/* The short name where the full one has no room. */
static const char *name_of(int place, int columns)
{
    const Outcome outcome = place < OUTCOME_COUNT ? WEEK_OUTCOMES[place] : OUTCOME_NONE;
    if (outcome == OUTCOME_NONE)
        return place < OUTCOME_COUNT ? _("Not recorded yet") : _("In place of another visit");
    const char *full = outcome_name(outcome);
    return text_width(full) <= columns ? full : words_outcome_short(outcome);
}

static void draw_outcome(const WeekState *state, int place, Area line)
{
    const ReviewWeek *week = week_review_last(state->review);
    gboolean selected = place == state->cursor;
    Style style = selected ? STYLE_SELECTED : STYLE_NORMAL;
    gint64 visits = place < OUTCOME_COUNT ? week->visits[WEEK_OUTCOMES[place]] : week->stand_ins;
    g_autofree char *count = g_strdup_printf("%d", (int)visits);
    int label = line.columns - COUNT_COLUMNS;
    draw_cell(line, 0, 0, label, style, FALSE, name_of(place, label));
    draw_cell(line, 0, label, COUNT_COLUMNS, style, TRUE, count);
    if (selected)
        draw_caret(line, 0, 0);
}

static int outcome_columns(const WeekState *state)
{
    int widest = 0;
    for (int place = 0; place < week_outcomes(state); place++)
        widest = MAX(widest, text_width(name_of(place, G_MAXINT)));
    return widest + COUNT_COLUMNS;
}

static int outcome_rows(const WeekState *state, int parts)
{
    return (week_outcomes(state) + parts - 1) / parts;
}

/* In `parts` columns side by side. */
static void draw_outcomes(const WeekState *state, Area area, int parts)
{
    int rows = outcome_rows(state, parts);
    int width = MIN(outcome_columns(state), area.columns / parts - GAP + 1);
    for (int place = 0; place < week_outcomes(state); place++) {
        Area part = area_columns(area, place / rows * (width + GAP), width);
        draw_outcome(state, place, area_rows(part, place % rows, 1));
    }
}

/* --- causes ----------------------------------------------------------------------------------- */

static const char *cause_label(App *app, const ReviewCause *cause)
{
    return cause->code != NULL ? cause_name(app_session(app), cause->code) : _("No cause given");
}

static char *cause_figures(const ReviewCause *cause)
{
    g_autofree char *share = week_words_share(cause->share);
    g_autofree char *cumulated = week_words_share(cause->cumulated);
    return g_strdup_printf("%5d %7s %7s", (int)cause->count, share, cumulated);
}

static void draw_cause_heading(const WeekState *state, Area line)
{
    const char *figures = _("count, share, share with those above");
    const int width = text_width(figures);
    g_autofree char *heading = week_words_causes(state->review, line.columns - width - 1);
    draw_text(line, 0, 0, STYLE_HEADING, heading);
    draw_cell(line, 0, line.columns - width, width, STYLE_QUIET, FALSE, figures);
}

/* What the other colour of a bar says, at the right of the blank row above the heading: there it
 * takes no row from the causes. */
static void draw_legend(Area line)
{
    enum { BAR_COLUMNS = 2 };
    const char *text = _("The unit's own cause");
    int at = MAX(line.columns - text_width(text), BAR_COLUMNS);
    draw_text(line, 0, at - BAR_COLUMNS, STYLE_BAR_2, "█");
    draw_cell(line, 0, at, line.columns - at, STYLE_QUIET, FALSE, text);
}

/* The rows above the bars: a blank one or the legend, and the heading. */
enum { CAUSES_ABOVE = 2 };

static void draw_causes(App *app, const WeekState *state, Area area)
{
    guint count = state->review->causes->len;
    gboolean any_own = FALSE;
    draw_cause_heading(state, area_rows(area, 1, 1));
    if (count == 0) {
        draw_paragraph(area, CAUSES_ABOVE, 0, area.columns, STYLE_NORMAL,
                       _("No causes are recorded for this week."));
        return;
    }
    g_autofree Bar *bars = g_new0(Bar, count);
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    int label_columns = 0;
    for (guint i = 0; i < count; i++) {
        const ReviewCause *cause = state->review->causes->pdata[i];
        const FormOption *option = cause_option(app_session(app), cause->code);
        char *text = cause_figures(cause);
        gboolean units_own = option != NULL && option->unit_cause;
        g_ptr_array_add(texts, text);
        bars[i] = (Bar){.label = cause_label(app, cause),
                        .value = (double)cause->count,
                        .text = text,
                        .style = units_own ? STYLE_BAR_2 : STYLE_BAR_1};
        any_own = any_own || units_own;
        label_columns = MAX(label_columns, text_width(bars[i].label));
    }
    if (any_own)
        draw_legend(area_rows(area, 0, 1));
    chart_bars(area_rows(area, CAUSES_ABOVE, -1), bars, (int)count,
               state->cursor - week_outcomes(state),
               MIN(label_columns, area.columns / LABEL_SHARE));
}

/* --- the line --------------------------------------------------------------------------------- */

static void draw_line(const WeekState *state, Area area)
{
    const WeekLine *line = state->review->line;
    g_autofree char *signal = line_words_signal(line);
    draw_text(area, 0, 0, STYLE_HEADING, _("Share not taken, 26 weeks"));
    int row = 1 + draw_paragraph(area, 1, 0, area.columns,
                                 line_has_signal(line) ? STYLE_NOTICE : STYLE_NORMAL, signal);
    line_draw(line, -1, area_rows(area, row, -1));
}

/* --- all of it -------------------------------------------------------------------------------- */

static void draw_without_visits(App *app, Week empty, Area area)
{
    char before[KEY_NAME_SIZE], after[KEY_NAME_SIZE], week[KEY_NAME_SIZE];
    g_autofree char *name = words_week(empty);
    g_autofree char *text = g_strdup_printf(
        _("No visits were planned this week. %s and %s go to other weeks, %s to one you type."),
        shared_key(app, ACTION_REVIEW_BEFORE, before), shared_key(app, ACTION_REVIEW_AFTER, after),
        shared_key(app, ACTION_REVIEW_WEEK, week));
    draw_text(area, 0, 0, STYLE_HEADING, name);
    draw_paragraph(area, 1, 0, area.columns, STYLE_NORMAL, text);
    draw_caret(area, 0, 0);
}

static gboolean is_empty(const ReviewWeek *week)
{
    gint64 visits = week->stand_ins;
    for (Outcome outcome = OUTCOME_NONE; outcome < OUTCOME_COUNT; outcome++)
        visits += week->visits[outcome];
    return visits == 0;
}

void week_draw(App *app, void *data, Area whole)
{
    WeekState *state = data;
    const Area area = area_rows(whole, 1, -1);
    const gboolean both = area.columns >= BOTH_COLUMNS && area.rows >= BOTH_ROWS;
    const ReviewWeek *week = week_review_last(state->review);
    tabs_draw(app, area_rows(whole, 0, 1), VIEW_COUNT);
    if (is_empty(week)) {
        draw_without_visits(app, week->week, area);
        return;
    }
    int sentences = draw_sentences(state, area);
    Area rest = area_rows(area, sentences + 1, -1);
    if (both) {
        int causes = CAUSES_ABOVE + (int)MAX(state->review->causes->len, 1);
        int line = MAX(LINE_ROWS, rest.rows - causes);
        Area left = area_columns(rest, 0, rest.columns / OUTCOMES_SHARE);
        draw_text(left, 0, 0, STYLE_HEADING, _("Outcomes"));
        draw_outcomes(state, area_rows(left, 1, -1), 1);
        draw_line(state, area_rows(area_columns(rest, left.columns + GAP, -1), 0, line));
        draw_causes(app, state, area_rows(rest, line, -1));
        return;
    }
    gboolean on_causes = state->cursor >= week_outcomes(state);
    int rows = outcome_rows(state, 2) + 1;
    if (rest.rows < rows + CAUSES_LEAST)
        rows = on_causes ? 0 : rows; /* only the part that the cursor is in */
    if (rows > 0)
        draw_outcomes(state, rest, 2);
    draw_causes(app, state, area_rows(area, sentences + rows, -1));
}
