/* absence_report.c: a quarter's absences, as text and as JSON. */
#include "exchange/absence_report.h"

#include "base/i18n.h"
#include "exchange/json_members.h"

char *absence_report_text(const AbsenceFigures *figures)
{
    char from[DATE_SIZE], to[DATE_SIZE];
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, _("Clients away from %s to %s.\n"),
                           date_format(figures->from, from), date_format(figures->to, to));
    for (int i = 0; i < AWAY_CHOICES; i++) {
        const int absences = (int)figures->of[i].absences, days = (int)figures->of[i].days;
        const int visits = (int)figures->of[i].called_off;
        g_autofree char *many =
            g_strdup_printf(ngettext("%d absence", "%d absences", (gulong)absences), absences);
        g_autofree char *long_ = g_strdup_printf(ngettext("%d day", "%d days", (gulong)days), days);
        g_autofree char *off = g_strdup_printf(
            ngettext("%d visit called off", "%d visits called off", (gulong)visits), visits);
        g_string_append_printf(text, "%s: %s, %s, %s.\n", away_cause_of_visit(i), many, long_, off);
    }
    g_string_append(text, _("These visits are no part of the share not taken.\n"));
    return g_string_free(text, FALSE);
}

char *absence_report_json(const AbsenceFigures *figures)
{
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_object(json);
    member_quarter(json, figures->year, figures->quarter, figures->from, figures->to);
    json_builder_set_member_name(json, "causes");
    json_builder_begin_array(json);
    for (int i = 0; i < AWAY_CHOICES; i++) {
        json_builder_begin_object(json);
        member_text(json, "cause", away_cause_code(i));
        member_text(json, "name", away_cause_name(i));
        member_int(json, "absences", figures->of[i].absences);
        member_int(json, "days", figures->of[i].days);
        member_int(json, "called_off", figures->of[i].called_off);
        json_builder_end_object(json);
    }
    json_builder_end_array(json);
    json_builder_end_object(json);
    return json_text(json);
}
