/* wait_report.c: how long people waited in a quarter, as text and as JSON. */
#include "exchange/wait_report.h"

#include <math.h>

#include "base/i18n.h"
#include "base/text.h"
#include "care/client/client_guard.h"
#include "exchange/json_members.h"

/* "12", "12,5": a median lies on a day or between two. New. */
static char *days_text(double days)
{
    return text_number(days, days == floor(days) ? 0 : 1);
}

static void put_figure(GString *text, WaitKind kind, const WaitFigure *figure)
{
    g_autofree char *median = days_text(figure->median), *longest = days_text(figure->longest);
    if (figure->count == 0)
        /* TRANSLATORS: from what to what */
        g_string_append_printf(text, _("%s: none in the quarter.\n"), wait_name(kind));
    else
        /* TRANSLATORS: from what to what, how many, the median and the longest in days */
        g_string_append_printf(text, _("%s: %d, median %s days, longest %s days.\n"),
                               wait_name(kind), (int)figure->count, median, longest);
    if (figure->aim == 0)
        g_string_append(text, _("The unit has set no aim for it.\n"));
    else if (figure->count > 0)
        g_string_append_printf(text, _("Within the aim of %d days: %d of %d.\n"), (int)figure->aim,
                               (int)figure->within, (int)figure->count);
    if (figure->waiting > 0)
        g_string_append_printf(text, _("Still waiting: %d.\n"), (int)figure->waiting);
}

char *wait_report_text(const WaitFigures *figures)
{
    char from[DATE_SIZE], to[DATE_SIZE];
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, _("Days of waiting that ended from %s to %s.\n"),
                           date_format(figures->from, from), date_format(figures->to, to));
    for (WaitKind kind = 0; kind < WAIT_COUNT; kind++)
        put_figure(text, kind, &figures->of[kind]);
    g_string_append(text, client_counts_words(figures->whole));
    return g_string_free(text, FALSE);
}

static void add_figure(JsonBuilder *json, WaitKind kind, const WaitFigure *figure)
{
    const gboolean aims = figure->aim > 0;
    json_builder_begin_object(json);
    member_text(json, "wait", wait_code(kind));
    member_text(json, "name", wait_name(kind));
    member_int(json, "count", figure->count);
    member_number(json, "median_days", figure->median);
    member_number(json, "longest_days", figure->longest);
    member_number(json, "aim_days", aims ? (double)figure->aim : NAN);
    member_number(json, "within", aims ? (double)figure->within : NAN);
    member_int(json, "waiting", figure->waiting);
    json_builder_end_object(json);
}

char *wait_report_json(const WaitFigures *figures)
{
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_object(json);
    member_quarter(json, figures->year, figures->quarter, figures->from, figures->to);
    json_builder_set_member_name(json, "waits");
    json_builder_begin_array(json);
    for (WaitKind kind = 0; kind < WAIT_COUNT; kind++)
        add_figure(json, kind, &figures->of[kind]);
    json_builder_end_array(json);
    member_boolean(json, "whole_unit", figures->whole);
    json_builder_end_object(json);
    return json_text(json);
}
