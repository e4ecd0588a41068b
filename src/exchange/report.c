/* report.c: the weekly review as text that can be read aloud, and as JSON. */
#include "exchange/report.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/cause.h"

#include <json-glib/json-glib.h>
#include <math.h>

WeekReport *week_report_new(Session *session, Week until, int weeks, GError **error)
{
    if (!access_require(session, PERMIT_REVIEW, error))
        return NULL;
    if (until == 0 && !summary_last_week(session, &until, error))
        return NULL;
    if (until == 0)
        until = week_of(clock_today());
    const Week from = week_add(until, 1 - weeks);
    g_autoptr(GArray) outcomes = summary_outcomes(session, from, until, error);
    g_autoptr(GPtrArray) causes = outcomes ? summary_causes(session, from, until, error) : NULL;
    if (!causes)
        return NULL;
    WeekReport *report = g_new0(WeekReport, 1);
    report->weeks = g_array_sized_new(FALSE, FALSE, sizeof(ReviewWeek), outcomes->len);
    g_autofree double *rates = g_new(double, outcomes->len);
    for (guint i = 0; i < outcomes->len; i++) {
        ReviewWeek week = review_week(&g_array_index(outcomes, WeekOutcomes, i));
        rates[i] = week.rate;
        g_array_append_val(report->weeks, week);
    }
    report->causes = review_causes(causes, FALSE);
    report->median =
        review_median((const ReviewWeek *)(gpointer)report->weeks->data, report->weeks->len);
    report->signal = review_run_signal(rates, report->weeks->len, report->median);
    return report;
}

void week_report_free(WeekReport *report)
{
    if (!report)
        return;
    g_array_unref(report->weeks);
    g_ptr_array_unref(report->causes);
    g_free(report);
}

static void add_share(GString *text, double share)
{
    g_autofree char *number = text_number(share * 100, 1);
    g_string_append_printf(text, "%s %%", number);
}

static void add_week(GString *text, const ReviewWeek *week)
{
    char monday[DATE_SIZE], sunday[DATE_SIZE];
    const Date first = week_monday(week->week);
    g_string_append_printf(text, _("Week %d, %d (%s to %s)\n"), week->week % 100, week->week / 100,
                           date_format(first, monday), date_format(first + 6, sunday));
    if (week->planned == 0) {
        g_string_append(text, _("  No visits were planned.\n\n"));
        return;
    }
    g_string_append_printf(
        text,
        ngettext("  %d visit was planned.", "  %d visits were planned.", (gulong)week->planned),
        (int)week->planned);
    g_string_append_c(text, '\n');
    if (!isnan(week->rate)) {
        g_string_append_printf(text, _("  Not taken: %d. That is "), (int)week->missed);
        add_share(text, week->rate);
        g_string_append_c(text, '\n');
    }
    for (Outcome outcome = OUTCOME_DONE; outcome < OUTCOME_COUNT; outcome++)
        if (week->visits[outcome] > 0)
            g_string_append_printf(text, "  %s: %d\n", outcome_name(outcome),
                                   (int)week->visits[outcome]);
    if (week->unknown > 0)
        g_string_append_printf(text, _("  Outcome not recorded yet: %d\n"), (int)week->unknown);
    g_string_append_c(text, '\n');
}

static void add_causes(GString *text, const WeekReport *report, Session *session)
{
    if (report->causes->len == 0) {
        g_string_append(text, _("No causes are recorded.\n"));
        return;
    }
    g_string_append(text, _("Causes, the most common first\n"));
    for (guint i = 0; i < report->causes->len; i++) {
        const ReviewCause *cause = report->causes->pdata[i];
        g_string_append_printf(text, "  %s: %d, ",
                               cause->code ? cause_name(session, cause->code) : _("No cause given"),
                               (int)cause->count);
        add_share(text, cause->share);
        g_string_append_c(text, '\n');
    }
}

char *week_report_text(const WeekReport *report, Session *session)
{
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "%s%s\n\n", session_unit_name(session),
                           session_is_demo(session) ? _(" (demo: everybody is made up)") : "");
    for (guint i = 0; i < report->weeks->len; i++)
        add_week(text, &g_array_index(report->weeks, ReviewWeek, i));
    add_causes(text, report, session);
    if (report->weeks->len > 1 && !isnan(report->median)) {
        g_autofree char *signal = review_signal_text(&report->signal);
        g_string_append(text, _("\nThe median of the weeks is "));
        add_share(text, report->median);
        g_string_append_printf(text, ". %s\n", signal);
    }
    g_string_append_printf(text, "\n%s\n",
                           _("Not taken are visits that were cancelled, declined on site or where "
                             "nobody was at home. The share is of planned visits that the unit "
                             "did not cancel itself."));
    return g_string_free(text, FALSE);
}

static void member_int(JsonBuilder *json, const char *name, gint64 value)
{
    json_builder_set_member_name(json, name);
    json_builder_add_int_value(json, value);
}

/* Four decimals: a share of some hundred visits has no more. */
static void member_share(JsonBuilder *json, const char *name, double share)
{
    json_builder_set_member_name(json, name);
    if (isnan(share))
        json_builder_add_null_value(json);
    else
        json_builder_add_double_value(json, round(share * 1e4) / 1e4);
}

static void json_week(JsonBuilder *json, const ReviewWeek *week)
{
    char name[WEEK_SIZE];
    json_builder_begin_object(json);
    json_builder_set_member_name(json, "week");
    json_builder_add_string_value(json, week_format(week->week, name));
    member_int(json, "planned", week->planned);
    member_int(json, "missed", week->missed);
    member_share(json, "rate", week->rate);
    member_int(json, "unknown", week->unknown);
    json_builder_set_member_name(json, "outcomes");
    json_builder_begin_object(json);
    for (Outcome outcome = OUTCOME_DONE; outcome < OUTCOME_COUNT; outcome++)
        member_int(json, outcome_code(outcome), week->visits[outcome]);
    json_builder_end_object(json);
    json_builder_end_object(json);
}

static void json_cause(JsonBuilder *json, const ReviewCause *cause, Session *session)
{
    json_builder_begin_object(json);
    json_builder_set_member_name(json, "code");
    json_builder_add_string_value(json, cause->code);
    json_builder_set_member_name(json, "label");
    json_builder_add_string_value(json, cause->code ? cause_name(session, cause->code)
                                                    : _("No cause given"));
    member_int(json, "count", cause->count);
    member_share(json, "share", cause->share);
    json_builder_end_object(json);
}

char *week_report_json(const WeekReport *report, Session *session)
{
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_object(json);
    json_builder_set_member_name(json, "unit");
    json_builder_add_string_value(json, session_unit_name(session));
    json_builder_set_member_name(json, "weeks");
    json_builder_begin_array(json);
    for (guint i = 0; i < report->weeks->len; i++)
        json_week(json, &g_array_index(report->weeks, ReviewWeek, i));
    json_builder_end_array(json);
    json_builder_set_member_name(json, "causes");
    json_builder_begin_array(json);
    for (guint i = 0; i < report->causes->len; i++)
        json_cause(json, report->causes->pdata[i], session);
    json_builder_end_array(json);
    member_share(json, "median", report->median);
    json_builder_end_object(json);
    g_autoptr(JsonNode) root = json_builder_get_root(json);
    g_autofree char *text = json_to_string(root, TRUE);
    return g_strconcat(text, "\n", NULL);
}
