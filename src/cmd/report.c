/* report.c: dagsform report: the weekly review as text, as JSON or on paper, its visits split one
 * way, its line point by point, whom the unit may be about to lose, the improvement work, the
 * page for its meeting, and what is counted by the quarter. */
#include "exchange/report.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/group.h"
#include "care/client/implementation.h"
#include "care/completion/wait_rows.h"
#include "care/task/call_request.h"
#include "cmd/commands.h"
#include "exchange/breakdown_report.h"
#include "exchange/line_report.h"
#include "exchange/meeting_pdf.h"
#include "exchange/quarter_report.h"
#include "exchange/risk_report.h"
#include "exchange/week_pdf.h"

#include <stdio.h>

#define NOT_SAID G_MININT

/* As the command names them, in this order. */
typedef enum {
    REPORT_WEEK,
    REPORT_RISK,
    REPORT_IMPROVEMENT,
    REPORT_MEETING,
    REPORT_CALLS,
    REPORT_ABSENCES,
    REPORT_CLOSINGS,
    REPORT_PLANS,
    REPORT_WAITS,
    REPORT_COUNT
} ReportKind;

/* What is asked for; texts are freed with it. */
typedef struct {
    char *until, *by, *group, *rest, *chart, *pdf, *work, *since, *quarter;
    ReportKind kind;
    gboolean replace;  /* the paper that is there */
    int year, of_year; /* of those that count a quarter: the year, and its quarter */
    int most;          /* reminders a year from now on */
    int days;          /* for an implementation plan, from now on */
    int first_visit, sip_call; /* the aims of days to wait, from now on */
    Date last_meeting; /* DATE_NONE: not said */
    SpcKind curve;
    int weeks; /* where it was not said as many as the report has by itself */
    gboolean beside;
    Week last; /* 0: the newest that is over and has an outcome */
    Split split;
} Asked;

static void asked_clear(Asked *asked)
{
    g_free(asked->until);
    g_free(asked->by);
    g_free(asked->group);
    g_free(asked->rest);
    g_free(asked->pdf);
    g_free(asked->work);
    g_free(asked->since);
    g_free(asked->chart);
    g_free(asked->quarter);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Asked, asked_clear)

static const char *report_name(ReportKind kind);

/* Printed, or on paper. */
static int put_week(const CommonOptions *common, const Asked *asked)
{
    GError *error = NULL;
    g_autoptr(Session) session = cmd_session(common, TRUE, &error);
    g_autoptr(WeekReview) review =
        session ? week_review_new(session, asked->last, (guint)asked->weeks, &error) : NULL;
    if (!review)
        return cmd_fail(error);
    if (asked->pdf != NULL) {
        g_autoptr(WeekPaper) paper = week_paper_new(review, session);
        return week_paper_log(session, &error) &&
                       week_paper_write(paper, asked->pdf, asked->replace, &error)
                   ? EXIT_DONE
                   : cmd_fail(error);
    }
    g_autofree char *text =
        common->json ? week_report_json(review, session) : week_report_text(review, session);
    fputs(text, stdout);
    return EXIT_DONE;
}

static int print_risk(const CommonOptions *common, const Asked *asked)
{
    (void)asked;
    GError *error = NULL;
    gint64 closed = 0;
    g_autoptr(Session) session = cmd_session(common, TRUE, &error);
    g_autoptr(GPtrArray) rows =
        session != NULL ? at_risk_list(session, FALSE, &closed, &error) : NULL;
    if (rows == NULL)
        return cmd_fail(error);
    g_autofree char *text =
        common->json ? risk_report_json(rows, closed) : risk_report_text(rows, closed);
    fputs(text, stdout);
    return EXIT_DONE;
}

static int print_improvement(const CommonOptions *common, const Asked *asked)
{
    (void)asked;
    GError *error = NULL;
    g_autofree char *text = NULL;
    g_autoptr(Session) session = cmd_session(common, TRUE, &error);
    if (session != NULL)
        text = common->json ? improvement_report_json(session, &error)
                            : improvement_report_text(session, &error);
    if (text == NULL)
        return cmd_fail(error);
    fputs(text, stdout);
    return EXIT_DONE;
}

static int put_meeting(const CommonOptions *common, const Asked *asked)
{
    GError *error = NULL;
    gint64 id = 0;
    g_autoptr(Session) session = cmd_session(common, FALSE, &error);
    if (session == NULL ||
        (asked->work != NULL && !improvement_find(session, asked->work, &id, &error)))
        return cmd_fail(error);
    g_autoptr(MeetingPaper) paper = meeting_paper_new(session, id, asked->last_meeting, &error);
    return paper != NULL && meeting_paper_log(paper, session, &error) &&
                   meeting_paper_write(paper, asked->pdf, asked->replace, &error)
               ? EXIT_DONE
               : cmd_fail(error);
}

/* What the unit has set for itself from now on, where it is said. */
static gboolean set_aims(Session *session, const Asked *asked, GError **error)
{
    return (asked->most == NOT_SAID || call_reminders_limit(session, asked->most, error)) &&
           (asked->days == NOT_SAID || implementation_set_days(session, asked->days, error)) &&
           (asked->first_visit == NOT_SAID ||
            wait_set_aim(session, WAIT_FIRST_VISIT, asked->first_visit, error)) &&
           (asked->sip_call == NOT_SAID ||
            wait_set_aim(session, WAIT_SIP_CALL, asked->sip_call, error));
}

static int print_quarter(const CommonOptions *common, const Asked *asked)
{
    GError *error = NULL;
    QuarterReport report = QUARTER_CALLS;
    const gboolean reads = asked->most == NOT_SAID && asked->days == NOT_SAID &&
                           asked->first_visit == NOT_SAID && asked->sip_call == NOT_SAID;
    quarter_report_parse(report_name(asked->kind), &report);
    g_autoptr(Session) session = cmd_session(common, reads, &error);
    g_autofree char *text = session != NULL && set_aims(session, asked, &error)
                                ? quarter_report(session, report, asked->year, asked->of_year,
                                                 common->json, &error)
                                : NULL;
    if (text == NULL)
        return cmd_fail(error);
    fputs(text, stdout);
    return EXIT_DONE;
}

/* --- the line --------------------------------------------------------------------------------- */

static int print_line(const CommonOptions *common, const Asked *asked)
{
    GError *error = NULL;
    Week last = asked->last;
    g_autoptr(Session) session = cmd_session(common, TRUE, &error);
    if (session == NULL || (last == 0 && !week_review_newest(session, &last, &error)))
        return cmd_fail(error);
    g_autoptr(WeekLine) line =
        week_line_read(session, asked->curve, last, (guint)asked->weeks, &error);
    if (line == NULL)
        return cmd_fail(error);
    g_autofree char *text =
        common->json ? line_report_json(line, session) : line_report_text(line, session);
    fputs(text, stdout);
    return EXIT_DONE;
}

/* --- split one way ---------------------------------------------------------------------------- */

static gboolean period(Session *session, const Asked *asked, BreakdownQuery *query, GError **error)
{
    query->to = asked->last;
    if (query->to == 0 && !week_review_newest(session, &query->to, error))
        return FALSE;
    query->from = week_add(query->to, 1 - asked->weeks);
    return TRUE;
}

static int print_split(const CommonOptions *common, const Asked *asked)
{
    GError *error = NULL;
    const char *group = asked->group != NULL ? asked->group : asked->rest;
    BreakdownQuery query = {.rest = asked->rest != NULL};
    g_autoptr(Session) session = cmd_session(common, TRUE, &error);
    if (session == NULL || !period(session, asked, &query, &error) ||
        (group != NULL && !group_find(session, group, &query.group_id, &error)))
        return cmd_fail(error);
    g_autoptr(Breakdown) now = breakdown_new(session, &query, &error);
    if (now == NULL)
        return cmd_fail(error);
    query.from = week_add(query.from, -asked->weeks);
    query.to = week_add(query.to, -asked->weeks);
    g_autoptr(Breakdown) before = asked->beside ? breakdown_new(session, &query, &error) : NULL;
    if (asked->beside && before == NULL)
        return cmd_fail(error);
    const BreakdownReport report = {now, before, asked->split, group};
    g_autofree char *text = common->json ? breakdown_report_json(&report, session)
                                         : breakdown_report_text(&report, session);
    fputs(text, stdout);
    return EXIT_DONE;
}

/* --- what is asked for ------------------------------------------------------------------------ */

static char *split_choices(void)
{
    GString *text = g_string_new(NULL);
    for (Split split = SPLIT_ALL; split < SPLIT_COUNT; split++)
        g_string_append_printf(text, "%s%s", split > SPLIT_ALL ? ", " : "", split_code(split));
    return g_string_free(text, FALSE);
}

/* The charts that shares have. */
static gboolean parse_chart(const char *code, SpcKind *kind)
{
    return spc_parse(code, kind) && (*kind == SPC_RUN || *kind == SPC_P);
}

/* The weeks, as one of the ways they are shown in. */
static int print_week(const CommonOptions *common, const Asked *asked)
{
    return asked->chart != NULL ? print_line(common, asked)
           : asked->by != NULL  ? print_split(common, asked)
                                : put_week(common, asked);
}

static const struct {
    const char *name;
    int (*print)(const CommonOptions *common, const Asked *asked);
    gboolean quarterly; /* takes --quarter */
} REPORTS[REPORT_COUNT] = {
    [REPORT_WEEK] = {"week", print_week, FALSE},
    [REPORT_RISK] = {"risk", print_risk, FALSE},
    [REPORT_IMPROVEMENT] = {"improvement", print_improvement, FALSE},
    [REPORT_MEETING] = {"meeting", put_meeting, FALSE},
    [REPORT_CALLS] = {"calls", print_quarter, TRUE},
    [REPORT_ABSENCES] = {"absences", print_quarter, TRUE},
    [REPORT_CLOSINGS] = {"closings", print_quarter, TRUE},
    [REPORT_PLANS] = {"plans", print_quarter, TRUE},
    [REPORT_WAITS] = {"waits", print_quarter, TRUE},
};

static const char *report_name(ReportKind kind)
{
    return REPORTS[kind].name;
}

/* "week, risk, …". New. */
static char *report_names(gboolean quarterly)
{
    GString *names = g_string_new(NULL);
    for (ReportKind kind = 0; kind < REPORT_COUNT; kind++)
        if (!quarterly || REPORTS[kind].quarterly)
            g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", REPORTS[kind].name);
    return g_string_free(names, FALSE);
}

static gboolean parse_report(const char *name, ReportKind *kind)
{
    for (*kind = 0; *kind < REPORT_COUNT; (*kind)++)
        if (g_str_equal(REPORTS[*kind].name, name))
            return TRUE;
    return FALSE;
}

/* FALSE after saying what is wrong. */
static gboolean understand(Asked *asked, int argc, char **argv)
{
    g_autofree char *choices = split_choices();
    g_autofree char *names = report_names(FALSE), *of_quarters = report_names(TRUE);
    int month, day;
    asked->last = asked->until ? week_parse(asked->until) : 0;
    date_to_ymd(clock_today(), &asked->year, &month, &day);
    asked->of_year = (month + 2) / 3;
    asked->last_meeting = asked->since ? date_parse(asked->since) : DATE_NONE;
    if (asked->weeks == NOT_SAID)
        asked->weeks = asked->chart ? REVIEW_WEEKS : 1;
    if (argc != 2 || !parse_report(argv[1], &asked->kind))
        fprintf(stderr, _("Say which report, dagsform report week for instance: %s.\n"), names);
    else if (asked->kind != REPORT_CALLS && asked->most != NOT_SAID)
        fprintf(stderr, "%s\n", _("--most belongs to dagsform report calls."));
    else if (asked->kind != REPORT_PLANS && asked->days != NOT_SAID)
        fprintf(stderr, "%s\n", _("--days belongs to dagsform report plans."));
    else if (asked->kind != REPORT_WAITS &&
             (asked->first_visit != NOT_SAID || asked->sip_call != NOT_SAID))
        fprintf(stderr, "%s\n", _("--first-visit and --sip-call belong to dagsform report waits."));
    else if (!REPORTS[asked->kind].quarterly && asked->quarter)
        fprintf(stderr, _("--quarter belongs to those reports that count one: %s.\n"), of_quarters);
    else if (asked->quarter &&
             !call_quarter_parse(asked->quarter, clock_today(), &asked->year, &asked->of_year))
        fprintf(stderr, _("%s is no quarter. Write it as 2026-Q4.\n"), asked->quarter);
    else if (asked->kind == REPORT_MEETING && !asked->pdf)
        fprintf(stderr, "%s\n",
                _("The page for the meeting is a paper: dagsform report meeting --pdf FILE."));
    else if (asked->kind != REPORT_MEETING && (asked->work || asked->since))
        fprintf(stderr, "%s\n", _("--work and --since belong to dagsform report meeting."));
    else if (asked->since && asked->last_meeting == DATE_NONE)
        fprintf(stderr, _("%s is no day. Write it as 2026-11-21.\n"), asked->since);
    else if (asked->chart && !parse_chart(asked->chart, &asked->curve))
        fprintf(stderr, "%s\n",
                _("The chart of the weeks is run or p: dagsform report week --chart p."));
    else if (asked->chart && (asked->by || asked->pdf))
        fprintf(stderr, "%s\n", _("Choose one of --chart, --by and --pdf."));
    else if (asked->until && !asked->last)
        fprintf(stderr, _("%s is no week. Write it as 2026-W45.\n"), asked->until);
    else if (asked->weeks < 1 || asked->weeks > BREAKDOWN_WEEKS_MOST)
        fprintf(stderr, "%s\n", _("The number of weeks is 1 to 520."));
    else if (asked->by && !split_parse(asked->by, &asked->split))
        fprintf(stderr, _("Visits are not split by %s. Choose one of: %s.\n"), asked->by, choices);
    else if (asked->by && asked->pdf)
        fprintf(stderr, "%s\n", _("The paper has the week as a whole. Leave out --by or --pdf."));
    else if (asked->group && asked->rest)
        fprintf(stderr, "%s\n", _("Choose --group or --rest, not both."));
    else if (!asked->by && (asked->group || asked->rest || asked->beside))
        fprintf(stderr, "%s\n",
                _("Say what to split by too: --by all, for instance. See dagsform report --help."));
    else
        return TRUE;
    return FALSE;
}

int cmd_report(const Command *self, int argc, char **argv)
{
    g_auto(Asked) asked = {.weeks = NOT_SAID, .most = NOT_SAID, .days = NOT_SAID,
                          .first_visit = NOT_SAID, .sip_call = NOT_SAID};
    g_auto(CommonOptions) common = {0};
    const GOptionEntry entries[] = {
        {"until", 0, 0, G_OPTION_ARG_STRING, &asked.until,
         N_("The last week to show; otherwise the newest that is over and has an outcome."),
         "WEEK"},
        {"weeks", 0, 0, G_OPTION_ARG_INT, &asked.weeks, N_("How many weeks, 1 to 520."), "N"},
        {"chart", 0, 0, G_OPTION_ARG_STRING, &asked.chart,
         N_("The weeks as the points of a chart, run or p; of 26 weeks if --weeks says nothing "
            "else."),
         "KIND"},
        {"by", 0, 0, G_OPTION_ARG_STRING, &asked.by,
         N_("Splits the visits by all, cause, by (who called off), notice, weekday, hour, first, "
            "age, sex or instead (what was offered)."),
         "SPLIT"},
        {"group", 0, 0, G_OPTION_ARG_STRING, &asked.group, N_("Of a group of clients alone."),
         "NAME"},
        {"rest", 0, 0, G_OPTION_ARG_STRING, &asked.rest, N_("Of the unit without that group."),
         "NAME"},
        {"beside", 0, 0, G_OPTION_ARG_NONE, &asked.beside,
         N_("Also as many weeks before these, for comparison."), NULL},
        {"work", 0, 0, G_OPTION_ARG_STRING, &asked.work,
         N_("Of the meeting: on which improvement work; otherwise the one begun last that goes "
            "on."),
         "NAME"},
        {"since", 0, 0, G_OPTION_ARG_STRING, &asked.since,
         N_("Of the meeting: the day of the last one; otherwise two weeks ago."), "DAY"},
        {"quarter", 0, 0, G_OPTION_ARG_STRING, &asked.quarter,
         N_("Of reports that count a quarter: which one; otherwise this one."), "QUARTER"},
        {"most", 0, 0, G_OPTION_ARG_INT, &asked.most,
         N_("Of the calls: from now on the unit's aim is at most so many reminders a year."), "N"},
        {"days", 0, 0, G_OPTION_ARG_INT, &asked.days,
         N_("Of the plans: from now on a plan is to come within so many days of the order."), "N"},
        {"first-visit", 0, 0, G_OPTION_ARG_INT, &asked.first_visit,
         N_("Of the waits: from now on the aim is so many days from contact to the first visit."),
         "N"},
        {"sip-call", 0, 0, G_OPTION_ARG_INT, &asked.sip_call,
         N_("Of the waits: from now on the aim is so many days from the need of a SIP to its call."),
         "N"},
        {"pdf", 0, 0, G_OPTION_ARG_FILENAME, &asked.pdf, N_("Writes it on paper, for the meeting."),
         "FILE"},
        {"replace", 0, 0, G_OPTION_ARG_NONE, &asked.replace,
         N_("Writes over a file that is there."), NULL},
        G_OPTION_ENTRY_NULL,
    };
    int exit_code;
    if (!cmd_parse(self, entries, &common, &argc, &argv, &exit_code))
        return exit_code;
    if (!understand(&asked, argc, argv))
        return EXIT_USAGE;
    return REPORTS[asked.kind].print(&common, &asked);
}
