/* implementation_report.c: a quarter's implementation plans, as text and as JSON. */
#include "exchange/implementation_report.h"

#include "base/i18n.h"
#include "care/client/client_guard.h"
#include "exchange/json_members.h"

char *implementation_report_text(const ImplementationFigures *figures)
{
    char from[DATE_SIZE], to[DATE_SIZE];
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, _("Implementation plans due from %s to %s: %d.\n"),
                           date_format(figures->from, from), date_format(figures->to, to),
                           (int)figures->due);
    g_string_append_printf(
        text, _("Came in time: %d; late: %d; have not come: %d; not due yet: %d.\n"),
        (int)figures->in_time, (int)figures->late, (int)figures->missing, (int)figures->waiting);
    g_string_append_printf(
        text, _("The person had part in it: yes %d, partly %d, no %d, not known %d.\n"),
        (int)figures->part[HAD_PART_YES], (int)figures->part[HAD_PART_PARTLY],
        (int)figures->part[HAD_PART_NO], (int)figures->part[HAD_PART_UNKNOWN]);
    g_string_append_printf(text,
                           _("Of how many the provider was told that the plan is late: %d.\n"),
                           (int)figures->told);
    g_string_append_printf(text, _("Decisions of the quarter that await no plan: %d.\n"),
                           (int)figures->bare);
    g_string_append(text, client_counts_words(figures->whole));
    g_string_append_printf(text, _("The unit gives %d days from the order.\n"), (int)figures->days);
    return g_string_free(text, FALSE);
}

char *implementation_report_json(const ImplementationFigures *figures)
{
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_object(json);
    member_quarter(json, figures->year, figures->quarter, figures->from, figures->to);
    member_int(json, "days", figures->days);
    member_int(json, "due", figures->due);
    member_int(json, "in_time", figures->in_time);
    member_int(json, "late", figures->late);
    member_int(json, "missing", figures->missing);
    member_int(json, "waiting", figures->waiting);
    json_builder_set_member_name(json, "part");
    json_builder_begin_object(json);
    member_int(json, "yes", figures->part[HAD_PART_YES]);
    member_int(json, "partly", figures->part[HAD_PART_PARTLY]);
    member_int(json, "no", figures->part[HAD_PART_NO]);
    member_int(json, "unknown", figures->part[HAD_PART_UNKNOWN]);
    json_builder_end_object(json);
    member_int(json, "told_late", figures->told);
    member_int(json, "without_plan", figures->bare);
    member_boolean(json, "whole_unit", figures->whole);
    json_builder_end_object(json);
    return json_text(json);
}
