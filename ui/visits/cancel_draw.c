/* cancel_draw.c: draws a cancellation: what is answered in one line each, the question in full. */
#include "ui/visits/cancel_private.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/unit/cause.h"
#include "care/visit/visit_words.h"
#include "ui/common/shared.h"

enum {
    LABEL_COLUMNS = 44,
    WORDS_ROWS = 3,
    NARROW_COLUMNS = 70,
    PLAN_ROWS = 2,       /* of each of its answers */
    PLAN_SPARE = 8,      /* columns that wrapping may leave empty in a row */
    LOW_ROWS = 18,       /* below it the questions need every row */
    WHEN_ROWS = 2,       /* of the field for a time that is typed */
    HELP_FROM_ROWS = 16, /* of the questions, from which what explains one has room */
};

static char *name_line(const Visit *visit)
{
    GString *line = g_string_new(visit->client_name);
    if (visit->client_birth != DATE_NONE)
        g_string_append_printf(
            line,
            ngettext(", %d year", ", %d years", (gulong)date_age(visit->client_birth, visit->date)),
            date_age(visit->client_birth, visit->date));
    g_autofree char *when = visit_words_time(visit->date, visit->start);
    g_string_append_printf(line, _(" · %s, %d min"), when, visit->minutes);
    if (visit->client_phone)
        g_string_append_printf(line, " · %s", visit->client_phone);
    if (visit->client_protection != PROTECTION_NONE)
        g_string_append_printf(line, " · %s", protection_name(visit->client_protection));
    return g_string_free(line, FALSE);
}

/* As typed, else by the clock. New. */
static char *notice_given(const CancelState *state)
{
    int given = state->answers.outcome.notice;
    return notice_text(given >= 0 ? given
                                  : notice_hours(clock_today(), clock_minute(), state->visit->date,
                                                 state->visit->start));
}

static char *new_time_text(const CancelState *state)
{
    const NewTime *time = &state->answers.times.new_time;
    if (time->date != DATE_NONE)
        return visit_words_time(time->date, time->start);
    if (state->visit->new_date != DATE_NONE)
        return visit_words_time(state->visit->new_date, state->visit->new_start);
    return state->answers.answered[ASK_NEW_TIME] ? g_strdup(_("No new time now")) : NULL;
}

static const char *option_text(const CancelState *state, CancelAsk ask, const char *code)
{
    const FormOption *option =
        state->items[ask] && code ? form_option(state->items[ask], code) : NULL;
    return option ? form_text(option->display) : NULL;
}

/* New, or NULL. */
static char *taken_text(const CancelState *state)
{
    const NewTime *instead = &state->answers.times.instead;
    int taken = state->answers.outcome.alternative_taken;
    if (taken != 1 || instead->date == DATE_NONE)
        return taken < 0 ? NULL : g_strdup(taken ? _("Yes") : _("No"));
    g_autofree char *when = visit_words_time(instead->date, instead->start);
    return g_strdup_printf(_("Yes: %s, %d min"), when, instead->minutes);
}

/* What stands as the answer; NULL: none. New. */
static char *answer_text(App *app, const CancelState *state, CancelAsk ask)
{
    const VisitOutcome *of = &state->answers.outcome;
    const char *answer;
    switch (ask) {
    case ASK_OUTCOME:
        return g_strdup(option_text(state, ask, outcome_code(of->outcome)));
    case ASK_BY:
        return g_strdup(option_text(state, ask, cancelled_by_code(of->by)));
    case ASK_TOLD:
        return g_strdup(option_text(state, ask, told_by_code(of->told)));
    case ASK_NOTICE:
        return notice_given(state);
    case ASK_CAUSE:
        return of->cause ? g_strdup(cause_name(app_session(app), of->cause)) : NULL;
    case ASK_FURTHER:
        return of->cause_further ? g_strdup(cause_name(app_session(app), of->cause_further)) : NULL;
    case ASK_SOURCE:
        answer = option_text(state, ask, cause_source_code(of->source));
        return g_strdup(answer != NULL ? answer : cause_source_name(of->source));
    case ASK_OFFER:
        return g_strdup(option_text(state, ask, alternative_code(of->alternative)));
    case ASK_TAKEN:
        return taken_text(state);
    case ASK_NEW_TIME:
        return new_time_text(state);
    case ASK_SAVE:
        break;
    }
    return NULL;
}

static const char *question_text(const CancelState *state, CancelAsk ask)
{
    return cancel_question(&state->answers, ask, state->items[ask]);
}

/* What is said of the time that was typed; NULL: nothing. */
static const char *when_told(const CancelState *state)
{
    return state->when_unclear ? _("That day or time was not understood. Write it as 30/11 14:15.")
                               : state->when_warning;
}

static int when_rows(const CancelState *state, Area area)
{
    const char *told = when_told(state);
    g_autoptr(GArray) rows = told != NULL ? text_wrap(told, area.columns - 2) : NULL;
    return WHEN_ROWS + (rows != NULL ? (int)rows->len : 0);
}

static int draw_when(CancelState *state, Area area, int row)
{
    const char *hint = state->ask == ASK_TAKEN
                           ? _("Time and length, such as 14:15 20 min, fri 10 1:30:")
                           : _("Day and time, such as 30/11 14:15, fri 10, tomorrow:");
    draw_text(area, row, 2, STYLE_QUIET, hint);
    Area field = area_columns(area_rows(area, row + 1, 1), 2, MIN(30, area.columns - 2));
    field_draw(&state->when, field, TRUE);
    const char *told = when_told(state);
    if (told == NULL)
        return WHEN_ROWS;
    return WHEN_ROWS + draw_paragraph(area, row + WHEN_ROWS, 2, area.columns - 2,
                                      state->when_unclear ? STYLE_FAULT : STYLE_NOTICE, told);
}

/* In a narrow window the longest answers fit side by side only from the edge. */
static int indent(Area area)
{
    return area.columns < NARROW_COLUMNS ? 0 : 2;
}

/* What explains the question; NULL where nothing does, or where the answers need the rows. */
static const char *help_text(const CancelState *state, Area area)
{
    if (state->ask == ASK_SAVE || area.rows < HELP_FROM_ROWS)
        return NULL;
    return cancel_help(state->ask, state->items[state->ask]);
}

static int help_rows(const CancelState *state, Area area)
{
    const char *help = help_text(state, area);
    g_autoptr(GArray) rows = help != NULL ? text_wrap(help, area.columns) : NULL;
    return rows != NULL ? (int)rows->len : 0;
}

/* The question that has the keys, with its answers. Returns the rows it took. */
static int draw_current(CancelState *state, Area area, int row)
{
    const CancelAsk ask = state->ask;
    const gboolean focus = state->focus == FOCUS_QUESTION;
    draw_text(area, row, 0, STYLE_HEADING, question_text(state, ask));
    const int help = help_rows(state, area);
    if (help > 0)
        draw_paragraph(area, row + 1, 0, area.columns, STYLE_QUIET, help_text(state, area));
    row += help;
    if (state->focus == FOCUS_WHEN)
        return 1 + help + draw_when(state, area, row + 1);
    if (ask == ASK_NOTICE) {
        Area field = area_columns(area_rows(area, row + 1, 1), 2, 8);
        field_draw(&state->notice, field, focus);
        g_autofree char *text = notice_given(state);
        draw_text(area, row + 1, 12, STYLE_QUIET, text);
        return 2 + help;
    }
    Choice *choice = &state->choices[ask];
    const Area answers = area_columns(area, indent(area), -1);
    const int rows = choice_rows(choice, answers.columns);
    choice_draw(choice, area_rows(answers, row + 1, rows), focus);
    return 1 + help + rows;
}

static int current_rows(const CancelState *state, Area area)
{
    int rows = 1 + help_rows(state, area);
    if (state->ask == ASK_SAVE)
        return rows;
    if (state->focus == FOCUS_WHEN)
        return rows + when_rows(state, area);
    return state->ask == ASK_NOTICE
               ? rows + 1
               : rows + choice_rows(&state->choices[state->ask], area.columns - indent(area));
}

/* Where they do not all have room the first ones make way, so that the question that has the keys
 * is whole. Returns how many rows are left out. */
static int rows_left_out(const CancelState *state, Area area)
{
    int before = 0;
    for (CancelAsk ask = ASK_OUTCOME; ask < state->ask; ask++)
        before += cancel_applies(&state->answers, ask) ? 1 : 0;
    return CLAMP(before + current_rows(state, area) - area.rows, 0, before);
}

static int draw_questions(App *app, CancelState *state, Area area)
{
    int row = -rows_left_out(state, area);
    const int label = area.columns < NARROW_COLUMNS ? area.columns / 2 : LABEL_COLUMNS;
    for (CancelAsk ask = ASK_OUTCOME; ask < ASK_SAVE; ask++) {
        if (!cancel_applies(&state->answers, ask))
            continue;
        if (ask == state->ask) {
            row += draw_current(state, area, row);
            continue;
        }
        g_autofree char *answer = answer_text(app, state, ask);
        draw_cell(area, row, 0, label, STYLE_QUIET, FALSE, question_text(state, ask));
        draw_cell(area, row, label + 1, area.columns - label - 1, STYLE_NORMAL, FALSE,
                  answer ? answer : "–");
        row++;
    }
    if (state->ask == ASK_SAVE) {
        draw_text(area, row, 0, STYLE_SELECTED, _("[Enter] Save"));
        if (state->focus == FOCUS_QUESTION)
            draw_caret(area, row, 0);
        row++;
    }
    return row;
}

/* In one row, where there are no more, what has been written stands beside. */
static void draw_words(App *app, CancelState *state, Area area)
{
    const gboolean focus = state->focus == FOCUS_WORDS;
    char key[KEY_NAME_SIZE];
    g_autofree char *label =
        focus ? g_strdup(_("In the person's own words (Tab goes back)"))
              : g_strdup_printf(_("In the person's own words (%s)"),
                                shared_key(app, ACTION_CANCEL_WORDS, key));
    if (area.rows > 1) {
        draw_text(area, 0, 0, focus ? STYLE_HEADING : STYLE_QUIET, label);
        Area field = area_rows(area, 1, -1);
        state->words_columns = field.columns;
        field_draw(&state->words, field, focus);
        return;
    }
    g_autofree char *words = text_display(field_text(&state->words));
    g_autofree char *line = g_strdup_printf("%s %s", label, words);
    draw_cell(area, 0, 0, area.columns, STYLE_QUIET, FALSE, line);
}

/* The rows that the person's own words have before the answered questions: a field while one writes
 * in it, else the row that says where it is. What one is asked comes before that row. */
static int words_rows(const CancelState *state, Area body)
{
    if (state->focus == FOCUS_WORDS)
        return WORDS_ROWS + 1;
    return body.rows > current_rows(state, body) ? 1 : 0;
}

/* One answer of the plan in at most PLAN_ROWS. Returns the rows it took. */
static int draw_plan_answer(Area area, int row, const char *label, Style style, const char *words)
{
    if (words == NULL)
        return 0;
    g_autofree char *line = g_strdup_printf("%s %s", label, words);
    g_autofree char *cut = text_truncate(line, PLAN_ROWS * (area.columns - PLAN_SPARE));
    int rows = draw_paragraph(area_rows(area, row, PLAN_ROWS), 0, 0, area.columns, style, cut);
    return MIN(rows, PLAN_ROWS);
}

/* What was agreed beforehand comes before the comfort: what to do then always, the rest where there
 * is room. Returns the rows it took. */
static int draw_introduction(const CancelState *state, Area area, int row)
{
    gboolean low = area.rows < LOW_ROWS;
    int top = row;
    if (state->plan != NULL) {
        if (!low)
            row += draw_plan_answer(area, row, _("Usually hard:"), STYLE_NORMAL, state->plan->hard);
        row +=
            draw_plan_answer(area, row, _("Agreed to do then:"), STYLE_NOTICE, state->plan->then);
    }
    if (state->visit->recorded_ms != 0 && !low)
        row += draw_paragraph(
            area, row, 0, area.columns, STYLE_QUIET,
            _("You are correcting what was recorded. The earlier answers are kept."));
    else if (state->plan == NULL && !low)
        row +=
            draw_paragraph(area, row, 0, area.columns, STYLE_QUIET,
                           _("It is all right not to have the strength. One key is one answer."));
    return row - top;
}

void cancel_draw(App *app, void *data, Area area)
{
    CancelState *state = data;
    g_autofree char *name = name_line(state->visit);
    int top = draw_paragraph(area, 0, 0, area.columns, STYLE_STRONG, name);
    top += draw_introduction(state, area, top);
    Area body = area_rows(area, top + 1, -1);
    const int kept = words_rows(state, body);
    const int rows = draw_questions(app, state, area_rows(body, 0, MAX(body.rows - kept, 0)));
    const int words = MAX(kept, MIN(WORDS_ROWS + 1, body.rows - rows));
    if (words > 0)
        draw_words(app, state, area_rows(body, MAX(body.rows - words, 0), words));
    if (state->draft_ms) {
        char time[9];
        clock_local(state->draft_ms, time);
        g_autofree char *saved = g_strdup_printf(_("draft kept %s"), time);
        draw_text(area, top, MAX(area.columns - text_width(saved), 0), STYLE_QUIET, saved);
    }
}
