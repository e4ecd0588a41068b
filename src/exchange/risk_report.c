/* risk_report.c: whom the unit may be about to lose, as text and as JSON. */
#include "exchange/risk_report.h"

#include "base/i18n.h"
#include "care/client/client_words.h"
#include "exchange/json_members.h"

char *risk_report_line(const AtRisk *row)
{
    char since[DATE_SIZE];
    GString *text = g_string_new(NULL);
    g_string_append_printf(text,
                           ngettext("%s: %d visit not taken, since %s.",
                                    "%s: %d visits in a row not taken, since %s.",
                                    (gulong)row->missed),
                           row->client_name, row->missed, date_format(row->since, since));
    if (row->case_officer != NULL) {
        g_string_append_c(text, ' ');
        g_string_append_printf(text, _("Case officer: %s."), row->case_officer);
    }
    g_string_append_printf(text, " %s",
                           row->task_id != 0 ? _("There is a task to get in touch.")
                                             : _("Nobody has the task to get in touch yet."));
    return g_string_free(text, FALSE);
}

char *risk_report_text(const GPtrArray *rows, gint64 closed)
{
    GString *text = g_string_new(NULL);
    if (rows->len == 0 && closed == 0)
        g_string_append_printf(text, "%s\n",
                               _("Nobody is there of whom three visits in a row, or two weeks of "
                                 "visits, were not taken."));
    for (guint i = 0; i < rows->len; i++) {
        g_autofree char *line = risk_report_line(g_ptr_array_index(rows, i));
        g_string_append_printf(text, "%s\n", line);
    }
    g_autofree char *left_out = client_words_closed(closed);
    if (left_out != NULL)
        g_string_append_printf(text, "%s\n", left_out);
    return g_string_free(text, FALSE);
}

char *risk_report_json(const GPtrArray *rows, gint64 closed)
{
    char date[DATE_SIZE];
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_object(json);
    json_builder_set_member_name(json, "clients");
    json_builder_begin_array(json);
    for (guint i = 0; i < rows->len; i++) {
        const AtRisk *row = g_ptr_array_index(rows, i);
        json_builder_begin_object(json);
        member_text(json, "name", row->client_name);
        member_int(json, "missed", row->missed);
        member_text(json, "since", date_format(row->since, date));
        member_text(json, "latest", date_format(row->latest, date));
        member_text(json, "case_officer", row->case_officer);
        member_boolean(json, "task", row->task_id != 0);
        json_builder_end_object(json);
    }
    json_builder_end_array(json);
    member_int(json, "closed", closed);
    json_builder_end_object(json);
    return json_text(json);
}
