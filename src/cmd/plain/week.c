/* week.c: what the weeks' visits and cancellations say, as lines: the same text as of dagsform
 * report week, the line of 26 weeks, and the visits behind each figure. */
#include "cmd/plain/plain.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/unit/access.h"
#include "care/unit/cause.h"
#include "care/visit/visit_behind.h"
#include "exchange/line_report.h"
#include "exchange/report.h"

enum { VISITS_MOST = 200, DAYS = 7 };

static void say_week(Plain *plain, const WeekReview *review)
{
    g_autofree char *text = week_report_text(review, plain->session);
    plain_say(plain, "%s", text);
}

/* --- the line --------------------------------------------------------------------------------- */

/* The line's weeks one by one, and what it says; p, or run where p is not wanted. */
static void say_line(Plain *plain, SpcKind kind, Week until)
{
    GError *error = NULL;
    g_autoptr(WeekLine) line = week_line_read(plain->session, kind, until, REVIEW_WEEKS, &error);
    if (line == NULL) {
        plain_error(plain, error);
        return;
    }
    g_autofree char *text = line_report_text(line, plain->session);
    plain_say(plain, "%s", text);
}

static void ask_line(Plain *plain, Week until)
{
    for (;;) {
        g_autofree char *answer = plain_read(
            plain, _("The line, week by week: run or p? Nothing when the line is empty:"));
        SpcKind kind;
        if (answer == NULL || *answer == '\0')
            return;
        if (spc_parse(answer, &kind) && (kind == SPC_RUN || kind == SPC_P)) {
            say_line(plain, kind, until);
            return;
        }
        plain_refuse(plain, "%s", _("Type run or p, or nothing."));
    }
}

/* --- the visits behind a figure --------------------------------------------------------------- */

static void open_visit(Plain *plain, const Visit *visit)
{
    gint64 client_id = plain_visit(plain, visit->id);
    if (client_id != 0)
        plain_client(plain, client_id);
}

static void say_closed(Plain *plain, gint64 closed)
{
    if (closed > 0)
        plain_say(plain,
                  ngettext("%d more visit is to somebody with protected identity, and is seen by "
                           "those who may open the card.",
                           "%d more visits are to persons with protected identity, and are seen by "
                           "those who may open the cards.",
                           (gulong)closed),
                  (int)closed);
}

static void choose_visit(Plain *plain, const VisitQuery *query)
{
    while (!plain->ended) {
        GError *error = NULL;
        gint64 count = 0, closed = 0;
        g_autoptr(GPtrArray) visits =
            visit_behind(plain->session, query, NULL, VISITS_MOST, &error);
        if (visits != NULL)
            visit_behind_count(plain->session, query, &count, &closed, &error);
        plain_error(plain, error);
        if (visits == NULL)
            return;
        say_closed(plain, closed);
        g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
        for (guint i = 0; i < visits->len; i++)
            g_ptr_array_add(lines, plain_visit_line_dated(visits->pdata[i]));
        if (lines->len == 0) {
            plain_say(plain, "%s", _("There are no such visits this week."));
            return;
        }
        int index = plain_choose(plain, _("Which visit? An empty line goes back."), lines);
        if (index < 0)
            return;
        open_visit(plain, visits->pdata[index]);
    }
}

/* One figure of the week, with the visits behind it. */
static void add_figure(GPtrArray *lines, GArray *queries, const char *name, gint64 count,
                       VisitQuery query)
{
    if (count == 0)
        return;
    g_ptr_array_add(lines, g_strdup_printf("%s: %d", name, (int)count));
    g_array_append_val(queries, query);
}

static void add_figures(Plain *plain, const WeekReview *review, GPtrArray *lines, GArray *queries)
{
    const ReviewWeek *week = week_review_last(review);
    Date monday = week_monday(week->week);
    VisitQuery query = {
        .from = monday, .to = monday + DAYS - 1, .outcome = -1, .stand_in = STAND_IN_NOT};
    for (Outcome outcome = OUTCOME_NONE; outcome < OUTCOME_COUNT; outcome++) {
        query.outcome = (int)outcome;
        add_figure(lines, queries,
                   outcome == OUTCOME_NONE ? _("Not recorded yet") : outcome_name(outcome),
                   week->visits[outcome], query);
    }
    query.outcome = -1;
    for (guint i = 0; i < review->causes->len; i++) {
        const ReviewCause *cause = review->causes->pdata[i];
        query.cause = cause->code != NULL ? cause->code : "";
        add_figure(lines, queries,
                   cause->code != NULL ? cause_name(plain->session, cause->code)
                                       : _("No cause given"),
                   cause->count, query);
    }
    query.cause = NULL;
    query.stand_in = STAND_IN_ONLY;
    add_figure(lines, queries, _("In place of another visit"), week->stand_ins, query);
}

/* --- a week ----------------------------------------------------------------------------------- */

enum { BEFORE, AFTER, LINE, NOTE };

/* The week to go to; 0: none. */
static Week choose_figure(Plain *plain, const WeekReview *review)
{
    Week week = week_review_last(review)->week;
    while (!plain->ended) {
        g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
        g_autoptr(GArray) queries = g_array_new(FALSE, FALSE, sizeof(VisitQuery));
        if (access_allows(plain->session, PERMIT_CLIENT_READ))
            add_figures(plain, review, lines, queries);
        g_ptr_array_add(lines, g_strdup(_("The week before")));
        g_ptr_array_add(lines, g_strdup(_("The week after")));
        g_ptr_array_add(lines, g_strdup_printf(_("The line of %d weeks"), REVIEW_WEEKS));
        if (access_allows(plain->session, PERMIT_IMPROVE))
            g_ptr_array_add(lines, g_strdup(_("A note on the week")));
        int index = plain_choose(
            plain, _("The visits behind a figure, or another week? An empty line goes back."),
            lines);
        int more = index - (int)queries->len;
        if (index < 0)
            return 0;
        if (more == BEFORE || more == AFTER)
            return week_add(week, more == BEFORE ? -1 : 1);
        if (more == LINE)
            ask_line(plain, week);
        else if (more == NOTE)
            plain_week_note(plain, week);
        else
            choose_visit(plain, &g_array_index(queries, VisitQuery, index));
    }
    return 0;
}

/* Begins with `week` (0: the last whole one). */
static void open_week(Plain *plain, Week week)
{
    do {
        GError *error = NULL;
        g_autoptr(WeekReview) review = week_review_new(plain->session, week, 1, &error);
        plain_error(plain, error);
        if (review == NULL)
            return;
        say_week(plain, review);
        week = choose_figure(plain, review);
    } while (week != 0 && !plain->ended);
}

void plain_week(Plain *plain, gint64 unused)
{
    (void)unused;
    for (;;) {
        g_autofree char *line =
            plain_ask(plain, _("Which week? The last whole one when the line is empty; otherwise "
                               "such as 2026-W47, v47 fri or 21/11:"));
        if (line == NULL)
            return;
        Week week = week_parse(line);
        Date day = week == 0 ? date_parse_words(line, clock_today()) : DATE_NONE;
        if (day != DATE_NONE)
            week = week_of(day);
        if (week != 0 || *line == '\0') {
            open_week(plain, week);
            return;
        }
        plain_refuse(plain, "%s",
                     _("That was not understood as a week. Type for instance 2026-W47 or 21/11."));
    }
}
