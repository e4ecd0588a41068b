/* call_report.c: a quarter's calls, as text and as JSON. */
#include "exchange/call_report.h"

#include <math.h>

#include "base/i18n.h"
#include "base/text.h"
#include "care/client/client_guard.h"
#include "care/task/call_clock.h"
#include "exchange/json_members.h"

/* Those of whom it is known whether they were called back in time. */
static gint64 known(const CallFigures *figures)
{
    return figures->in_time + figures->late;
}

char *call_report_text(const CallFigures *figures)
{
    char from[DATE_SIZE], to[DATE_SIZE];
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, _("Calls from %s to %s, to be called back within %d hours.\n"),
                           date_format(figures->from, from), date_format(figures->to, to),
                           CALL_HOURS);
    g_string_append_printf(text, _("Came in: %d.\n"), (int)figures->came);
    g_string_append_printf(text, _("Called back in time: %d"), (int)figures->in_time);
    if (known(figures) > 0) {
        g_autofree char *share =
            text_number(100.0 * (double)figures->in_time / (double)known(figures), 1);
        g_string_append_printf(text, _(", %s percent of those whose answer is known"), share);
    }
    g_string_append(text, ".\n");
    g_string_append_printf(text, _("Late: %d.\n"), (int)figures->late);
    g_string_append_printf(text, _("Waiting within their time: %d.\n"), (int)figures->waiting);
    g_string_append_printf(text, _("Reminders in the quarter: %d; in the year so far: %d."),
                           (int)figures->reminders, (int)figures->reminders_year);
    if (figures->reminders_most >= 0)
        g_string_append_printf(text, _(" At most %d a year is the aim."),
                               (int)figures->reminders_most);
    g_string_append_c(text, '\n');
    g_string_append(text, client_counts_words(figures->whole));
    return g_string_free(text, FALSE);
}

char *call_report_json(const CallFigures *figures)
{
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_object(json);
    member_quarter(json, figures->year, figures->quarter, figures->from, figures->to);
    member_int(json, "came", figures->came);
    member_int(json, "in_time", figures->in_time);
    member_int(json, "late", figures->late);
    member_int(json, "waiting", figures->waiting);
    member_number(json, "share_in_time",
                  known(figures) > 0 ? (double)figures->in_time / (double)known(figures) : NAN);
    member_int(json, "reminders", figures->reminders);
    member_int(json, "reminders_year", figures->reminders_year);
    if (figures->reminders_most >= 0)
        member_int(json, "reminders_most", figures->reminders_most);
    else
        member_text(json, "reminders_most", NULL);
    member_boolean(json, "whole_unit", figures->whole);
    json_builder_end_object(json);
    return json_text(json);
}
