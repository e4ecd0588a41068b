/* week.c: what the weeks' visits and cancellations say, as lines: the same text as of dagsform
 * report week, the line of 26 weeks, and the visits behind each figure. */
#include "cmd/plain/plain.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/unit/access.h"
#include "care/unit/cause.h"
#include "exchange/line_report.h"
#include "exchange/report.h"

enum { DAYS = 7 };

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

/* --- the figures ------------------------------------------------------------------------------ */

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

typedef enum { BEFORE, AFTER, LINE, SPLIT, AT_RISK, NOTE } More;

/* What there is to do beside the figures, to `lines` and by the same order to `more`. */
static void add_more(Plain *plain, GPtrArray *lines, GArray *more)
{
    static const struct {
        More more;
        const char *text;
        Permit permit;
    } ALL[] = {
        {BEFORE, N_("The week before"), PERMIT_REVIEW},
        {AFTER, N_("The week after"), PERMIT_REVIEW},
        {LINE, N_("The line of weeks"), PERMIT_REVIEW},
        {SPLIT, N_("The visits split one way, beside other weeks"), PERMIT_REVIEW},
        {AT_RISK, N_("Whom we may lose"), PERMIT_CLIENT_READ},
        {NOTE, N_("A note on the week"), PERMIT_IMPROVE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(ALL); i++)
        if (access_allows(plain->session, ALL[i].permit)) {
            g_ptr_array_add(lines, g_strdup(_(ALL[i].text)));
            g_array_append_val(more, ALL[i].more);
        }
}

/* The week to go to; 0: none. */
static Week choose_figure(Plain *plain, const WeekReview *review)
{
    Week week = week_review_last(review)->week;
    while (!plain->ended) {
        g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
        g_autoptr(GArray) queries = g_array_new(FALSE, FALSE, sizeof(VisitQuery));
        if (access_allows(plain->session, PERMIT_CLIENT_READ))
            add_figures(plain, review, lines, queries);
        g_autoptr(GArray) more = g_array_new(FALSE, FALSE, sizeof(More));
        add_more(plain, lines, more);
        int index = plain_choose(
            plain, _("The visits behind a figure, or another week? An empty line goes back."),
            lines);
        if (index < 0)
            return 0;
        if (index < (int)queries->len) {
            plain_visits_behind(plain, &g_array_index(queries, VisitQuery, index));
            continue;
        }
        switch (g_array_index(more, More, index - (int)queries->len)) {
        case BEFORE:
            return week_add(week, -1);
        case AFTER:
            return week_add(week, 1);
        case LINE:
            ask_line(plain, week);
            break;
        case SPLIT:
            plain_split(plain, week);
            break;
        case AT_RISK:
            plain_at_risk(plain);
            break;
        case NOTE:
            plain_week_note(plain, week);
            break;
        }
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
