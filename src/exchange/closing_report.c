/* closing_report.c: a quarter's closings, as text and as JSON. */
#include "exchange/closing_report.h"

#include "base/i18n.h"
#include "exchange/json_members.h"

char *closing_report_text(const ClosingFigures *figures)
{
    char from[DATE_SIZE], to[DATE_SIZE];
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, _("Clients whose help ended from %s to %s: %d.\n"),
                           date_format(figures->from, from), date_format(figures->to, to),
                           (int)figures->ended);
    for (ClosingReason i = 0; i < CLOSING_REASON_COUNT; i++)
        if (figures->why[i] > 0)
            /* TRANSLATORS: why the help ended, and of how many */
            g_string_append_printf(text, _("Why: %s: %d.\n"), closing_reason_name(i),
                                   (int)figures->why[i]);
    for (ClosingFollows i = 0; i < FOLLOWS_COUNT; i++)
        if (figures->then[i] > 0)
            /* TRANSLATORS: what follows, and for how many */
            g_string_append_printf(text, _("Then: %s: %d.\n"), closing_follows_name(i),
                                   (int)figures->then[i]);
    g_string_append_printf(text, _("Come here again since: %d.\n"), (int)figures->reopened);
    g_string_append_printf(text,
                           _("Asked how it has gone: %d; should have been and were not: %d.\n"),
                           (int)figures->asked, (int)figures->not_asked);
    return g_string_free(text, FALSE);
}

static void add_entry(JsonBuilder *json, const char *member, const char *code, const char *name,
                      gint64 ended)
{
    json_builder_begin_object(json);
    member_text(json, member, code);
    member_text(json, "name", name);
    member_int(json, "ended", ended);
    json_builder_end_object(json);
}

char *closing_report_json(const ClosingFigures *figures)
{
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_object(json);
    member_quarter(json, figures->year, figures->quarter, figures->from, figures->to);
    member_int(json, "ended", figures->ended);
    member_int(json, "reopened", figures->reopened);
    member_int(json, "asked", figures->asked);
    member_int(json, "not_asked", figures->not_asked);
    json_builder_set_member_name(json, "why");
    json_builder_begin_array(json);
    for (ClosingReason i = 0; i < CLOSING_REASON_COUNT; i++)
        add_entry(json, "reason", closing_reason_code(i), closing_reason_name(i), figures->why[i]);
    json_builder_end_array(json);
    json_builder_set_member_name(json, "then");
    json_builder_begin_array(json);
    for (ClosingFollows i = 0; i < FOLLOWS_COUNT; i++)
        add_entry(json, "follows", i == FOLLOWS_NOTHING ? "nothing" : closing_follows_code(i),
                  closing_follows_name(i), figures->then[i]);
    json_builder_end_array(json);
    json_builder_end_object(json);
    return json_text(json);
}
