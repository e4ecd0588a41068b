/* report.c: the weekly review as text that can be read aloud, and as JSON. */
#include "exchange/report.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/unit/cause.h"

#include <json-glib/json-glib.h>
#include <math.h>

/* Keeps the causes that were given, with shares of these alone, and counts the rest. */
static void split_causes(WeekReport *report)
{
    gint64 given = 0, cumulated = 0;
    for (guint i = 0; i < report->causes->len; i++) {
        const ReviewCause *cause = report->causes->pdata[i];
        if (cause->code) {
            given += cause->count;
        } else {
            report->without_cause = cause->count;
            g_ptr_array_remove_index(report->causes, i--);
        }
    }
    for (guint i = 0; i < report->causes->len; i++) {
        ReviewCause *cause = report->causes->pdata[i];
        cumulated += cause->count;
        cause->share = (double)cause->count / (double)given;
        cause->cumulated = (double)cumulated / (double)given;
    }
}

/* The newest that is over and has an outcome; before there is one, the present week. */
static gboolean newest_week(Session *session, Week *week, GError **error)
{
    const Week present = week_of(clock_today());
    if (!summary_last_week(session, week_add(present, -1), week, error))
        return FALSE;
    if (*week == 0)
        *week = present;
    return TRUE;
}

WeekReport *week_report_new(Session *session, Week until, int weeks, GError **error)
{
    if (!access_require(session, PERMIT_REVIEW, error))
        return NULL;
    if (until == 0 && !newest_week(session, &until, error))
        return NULL;
    const Week from = week_add(until, 1 - weeks);
    g_autoptr(GArray) outcomes = summary_outcomes(session, from, until, error);
    g_autoptr(GPtrArray) causes = outcomes ? summary_causes(session, from, until, error) : NULL;
    if (!causes)
        return NULL;
    WeekReport *report = g_new0(WeekReport, 1);
    report->weeks = g_array_sized_new(FALSE, FALSE, sizeof(ReviewWeek), outcomes->len);
    g_autofree double *rates = g_new(double, outcomes->len);
    for (guint i = 0; i < outcomes->len; i++) {
        ReviewWeek week = review_week(&g_array_index(outcomes, WeekOutcomes, i), clock_today());
        rates[i] = week.rate;
        g_array_append_val(report->weeks, week);
    }
    report->causes = review_causes(causes, FALSE);
    split_causes(report);
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

/* --- text ------------------------------------------------------------------------------------ */

char *week_days_text(Week week)
{
    const Date monday = week_monday(week);
    int year, month, day, last_year, last_month, last_day;
    date_to_ymd(monday, &year, &month, &day);
    date_to_ymd(monday + 6, &last_year, &last_month, &last_day);
    const char *name = date_month_name(month), *last_name = date_month_name(last_month);
    if (month == last_month)
        /* TRANSLATORS: first day, last day, month, year: 2–8 november 2026 */
        return g_strdup_printf(_("%d–%d %s %d"), day, last_day, name, year);
    if (year == last_year)
        /* TRANSLATORS: 30 november–6 december 2026 */
        return g_strdup_printf(_("%d %s–%d %s %d"), day, name, last_day, last_name, year);
    /* TRANSLATORS: 28 december 2026–3 januari 2027 */
    return g_strdup_printf(_("%d %s %d–%d %s %d"), day, name, year, last_day, last_name, last_year);
}

/* Of one visit alone there is no share to tell. */
static void add_missed(GString *text, const ReviewWeek *week)
{
    if (week->planned > 1) {
        g_autofree char *rate = text_number(week->rate * 100, 1);
        g_string_append_c(text, ' ');
        g_string_append_printf(
            text,
            ngettext(
                "%d of them was not taken, %s %% of those that the unit did not cancel itself.",
                "%d of them were not taken, %s %% of those that the unit did not cancel itself.",
                (gulong)week->missed),
            (int)week->missed, rate);
    } else if (week->missed > 0) {
        g_string_append_printf(text, " %s", _("It was not taken."));
    }
}

static void add_week(GString *text, const ReviewWeek *week)
{
    g_autofree char *days = week_days_text(week->week);
    g_string_append_printf(text, _("Week %d, %s\n"), week->week % 100, days);
    if (week->planned == 0) {
        g_string_append_printf(text, "%s\n\n", _("No visits were planned."));
        return;
    }
    g_string_append_printf(
        text, ngettext("%d visit was planned.", "%d visits were planned.", (gulong)week->planned),
        (int)week->planned);
    if (!isnan(week->rate)) {
        add_missed(text, week);
    } else if (!week->over) {
        g_string_append_printf(text, " %s",
                               _("The week is not over; its share is counted when it is."));
    }
    g_string_append_c(text, '\n');
    for (Outcome outcome = OUTCOME_DONE; outcome < OUTCOME_COUNT; outcome++)
        if (week->visits[outcome] > 0)
            g_string_append_printf(text, "  %s: %d\n", outcome_name(outcome),
                                   (int)week->visits[outcome]);
    if (week->unknown > 0)
        g_string_append_printf(text, "  %s: %d\n", _("Outcome not recorded yet"),
                               (int)week->unknown);
    g_string_append_c(text, '\n');
}

static void add_causes(GString *text, const WeekReport *report, Session *session)
{
    g_string_append_printf(text, "%s\n",
                           report->causes->len > 0 ? _("Causes, the most common first:")
                                                   : _("No causes are recorded."));
    for (guint i = 0; i < report->causes->len; i++) {
        const ReviewCause *cause = report->causes->pdata[i];
        g_autofree char *share = text_number(cause->share * 100, 1);
        g_string_append_printf(text, "  %s: %d, %s %%\n", cause_name(session, cause->code),
                               (int)cause->count, share);
    }
    if (report->without_cause > 0) {
        g_string_append_printf(text,
                               ngettext("%d visit has no cause recorded.",
                                        "%d visits have no cause recorded.",
                                        (gulong)report->without_cause),
                               (int)report->without_cause);
        g_string_append_c(text, '\n');
    }
    if (report->causes->len > 0)
        g_string_append_printf(text, "%s\n",
                               _("Counted too are the causes of visits that the unit called off "
                                 "itself, that were done in another form or rebooked."));
}

static void add_median(GString *text, const WeekReport *report)
{
    if (report->weeks->len < 2 || isnan(report->median))
        return;
    g_autofree char *median = text_number(report->median * 100, 1);
    g_autofree char *signal = review_signal_text(&report->signal);
    g_string_append_c(text, '\n');
    g_string_append_printf(text, _("The median of the weeks is %s %%. %s\n"), median, signal);
}

char *week_report_text(const WeekReport *report, Session *session)
{
    GString *text = g_string_new(session_unit_name(session));
    g_string_append_c(text, '\n');
    if (session_is_demo(session))
        g_string_append_printf(text, "%s\n", _("This is a demo. Everybody in it is made up."));
    g_string_append_c(text, '\n');
    for (guint i = 0; i < report->weeks->len; i++)
        add_week(text, &g_array_index(report->weeks, ReviewWeek, i));
    add_causes(text, report, session);
    add_median(text, report);
    g_string_append_printf(text, "\n%s\n",
                           _("Not taken are visits that were cancelled, declined on site or where "
                             "nobody was at home."));
    return g_string_free(text, FALSE);
}

/* --- JSON ------------------------------------------------------------------------------------ */

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
    json_builder_add_string_value(json, cause_name(session, cause->code));
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
    member_int(json, "without_cause", report->without_cause);
    member_share(json, "median", report->median);
    json_builder_end_object(json);
    g_autoptr(JsonNode) root = json_builder_get_root(json);
    g_autofree char *text = json_to_string(root, TRUE);
    return g_strconcat(text, "\n", NULL);
}
