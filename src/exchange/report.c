/* report.c: the weekly review as text that can be read aloud, and as JSON. */
#include "exchange/report.h"

#include "base/i18n.h"
#include "care/unit/cause.h"
#include "exchange/json_members.h"
#include "exchange/line_words.h"
#include "exchange/week_words.h"

#include <math.h>

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

static void add_sentence(GString *text, char *sentence)
{
    if (sentence != NULL)
        g_string_append_printf(text, "%s\n", sentence);
    g_free(sentence);
}

static void add_count(GString *text, const char *name, gint64 count)
{
    if (count > 0)
        g_string_append_printf(text, "  %s: %d\n", name, (int)count);
}

static void add_week(GString *text, const WeekReview *review, const ReviewWeek *week)
{
    g_autofree char *days = week_days_text(week->week);
    g_string_append_printf(text, _("Week %d, %s\n"), week->week % 100, days);
    g_autofree char *rate = week_words_rate(review, week);
    if (rate == NULL && week->stand_ins == 0) {
        g_string_append_printf(text, "%s\n\n", _("No visits were planned."));
        return;
    }
    add_sentence(text, week_words_counts(week));
    add_sentence(text, g_steal_pointer(&rate));
    add_sentence(text, week_words_unrecorded(review, week, 0));
    for (Outcome outcome = OUTCOME_DONE; outcome < OUTCOME_COUNT; outcome++)
        add_count(text, outcome_name(outcome), week->visits[outcome]);
    add_count(text, _("Nothing recorded"), week->unknown);
    add_count(text, _("In place of another visit"), week->stand_ins);
    g_string_append_c(text, '\n');
}

static const char *cause_label(Session *session, const ReviewCause *cause)
{
    return cause->code != NULL ? cause_name(session, cause->code) : _("No cause given");
}

static void add_causes(GString *text, const WeekReview *review, Session *session)
{
    if (review->causes->len == 0) {
        g_string_append_printf(text, "%s\n", _("No causes are recorded."));
        return;
    }
    add_sentence(text, week_words_causes(review, G_MAXINT));
    for (guint i = 0; i < review->causes->len; i++) {
        const ReviewCause *cause = review->causes->pdata[i];
        g_autofree char *share = week_words_share(cause->share);
        g_string_append_printf(text, "  %s: %d, %s\n", cause_label(session, cause),
                               (int)cause->count, share);
    }
}

static void add_line(GString *text, const WeekReview *review)
{
    const SpcPart *whole = week_review_whole(review);
    if (whole->base < 2)
        return;
    g_autofree char *median = week_words_share(whole->centre);
    g_autofree char *signal = line_words_signal(review->line);
    g_string_append_c(text, '\n');
    g_string_append_printf(text, _("The median of %d weeks, up to week %d, is %s. %s\n"),
                           (int)whole->base, week_review_last(review)->week % 100, median, signal);
}

char *week_report_text(const WeekReview *review, Session *session)
{
    GString *text = g_string_new(session_unit_name(session));
    g_string_append_c(text, '\n');
    if (session_is_demo(session))
        g_string_append_printf(text, "%s\n", _("This is a demo. Everybody in it is made up."));
    g_string_append_c(text, '\n');
    for (guint i = 0; i < review->shown; i++)
        add_week(text, review, week_review_shown(review, i));
    add_causes(text, review, session);
    add_line(text, review);
    g_string_append_c(text, '\n');
    add_sentence(text, week_words_definition());
    return g_string_free(text, FALSE);
}

/* --- JSON ------------------------------------------------------------------------------------ */

static void member_week(JsonBuilder *json, const char *name, Week week)
{
    char text[WEEK_SIZE];
    member_text(json, name, week_format(week, text));
}

/* Four decimals: a share of some hundred visits has no more. */
static void member_share(JsonBuilder *json, const char *name, double share)
{
    member_number(json, name, round(share * 1e4) / 1e4);
}

static void json_week(JsonBuilder *json, const ReviewWeek *week)
{
    json_builder_begin_object(json);
    member_week(json, "week", week->week);
    member_boolean(json, "over", week->over);
    member_int(json, "planned", week->planned);
    member_int(json, "recorded", week->recorded);
    member_int(json, "unknown", week->unknown);
    member_int(json, "missed", week->missed);
    member_share(json, "rate", week->rate);
    member_int(json, "stand_ins", week->stand_ins);
    json_builder_set_member_name(json, "outcomes");
    json_builder_begin_object(json);
    for (Outcome outcome = OUTCOME_DONE; outcome < OUTCOME_COUNT; outcome++)
        member_int(json, outcome_code(outcome), week->visits[outcome]);
    json_builder_end_object(json);
    json_builder_end_object(json);
}

static void json_unrecorded(JsonBuilder *json, const WeekUnrecorded *row)
{
    json_builder_begin_object(json);
    member_week(json, "week", row->week);
    member_text(json, "staff", row->staff);
    member_int(json, "count", row->visits);
    json_builder_end_object(json);
}

static void json_cause(JsonBuilder *json, const ReviewCause *cause, Session *session)
{
    json_builder_begin_object(json);
    member_text(json, "code", cause->code);
    member_text(json, "label", cause_name(session, cause->code));
    member_int(json, "count", cause->count);
    member_share(json, "share", cause->share);
    json_builder_end_object(json);
}

static void json_causes(JsonBuilder *json, const WeekReview *review, Session *session)
{
    gint64 without = 0;
    member_int(json, "cause_visits", review->cause_visits);
    json_builder_set_member_name(json, "causes");
    json_builder_begin_array(json);
    for (guint i = 0; i < review->causes->len; i++) {
        const ReviewCause *cause = review->causes->pdata[i];
        if (cause->code != NULL)
            json_cause(json, cause, session);
        else
            without = cause->count;
    }
    json_builder_end_array(json);
    member_int(json, "without_cause", without);
}

static void json_told(JsonBuilder *json, const WeekLine *line, const WeekSignal *told)
{
    const Cycle *nearest = told->nearest;
    member_text(json, "side", told->side > 0 ? "above" : told->side < 0 ? "below" : NULL);
    member_week(json, "from", week_line_week(line, told->first)->week);
    member_week(json, "to", week_line_week(line, told->last)->week);
    member_text(json, "change", nearest != NULL ? nearest->name : NULL);
}

static void json_signal(JsonBuilder *json, const WeekLine *line)
{
    g_autoptr(GArray) signals = week_line_signals(line);
    const WeekSignal *told = week_line_told(signals);
    json_builder_set_member_name(json, "signal");
    if (!week_line_is_judged(line)) {
        json_builder_add_null_value(json);
        return;
    }
    json_builder_begin_object(json);
    member_boolean(json, "found", told != NULL);
    if (told != NULL)
        json_told(json, line, told);
    json_builder_end_object(json);
}

char *week_report_json(const WeekReview *review, Session *session)
{
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_object(json);
    member_text(json, "unit", session_unit_name(session));
    json_builder_set_member_name(json, "weeks");
    json_builder_begin_array(json);
    for (guint i = 0; i < review->shown; i++)
        json_week(json, week_review_shown(review, i));
    json_builder_end_array(json);
    json_builder_set_member_name(json, "unrecorded");
    json_builder_begin_array(json);
    for (guint i = 0; i < review->unrecorded->len; i++)
        json_unrecorded(json, review->unrecorded->pdata[i]);
    json_builder_end_array(json);
    json_causes(json, review, session);
    member_share(json, "median", week_review_whole(review)->centre);
    member_int(json, "median_weeks", (gint64)week_review_whole(review)->base);
    json_signal(json, review->line);
    json_builder_end_object(json);
    return json_text(json);
}
