/* line_report.c: the weeks' line as lines of text and as JSON. */
#include "exchange/line_report.h"

#include <math.h>

#include "base/i18n.h"
#include "exchange/json_members.h"
#include "exchange/line_words.h"

/* --- text ------------------------------------------------------------------------------------- */

static void add_sentence(GString *text, char *sentence)
{
    g_string_append_printf(text, "%s\n", sentence);
    g_free(sentence);
}

char *line_report_text(const WeekLine *line, Session *session)
{
    GString *text = g_string_new(session_unit_name(session));
    g_string_append_c(text, '\n');
    if (session_is_demo(session))
        g_string_append_printf(text, "%s\n", _("This is a demo. Everybody in it is made up."));
    g_string_append_c(text, '\n');
    for (gsize i = 0; i < line->weeks->len; i++)
        add_sentence(text, line_words_point(line, i));
    g_string_append_c(text, '\n');
    add_sentence(text, line_words_signal(line));
    add_sentence(text, line_words_centre(line));
    add_sentence(text, line_words_rules(line));
    return g_string_free(text, FALSE);
}

/* --- JSON ------------------------------------------------------------------------------------- */

/* Four decimals: a share of some hundred visits has no more. */
static void member_share(JsonBuilder *json, const char *name, double share)
{
    member_number(json, name, round(share * 1e4) / 1e4);
}

static void member_week(JsonBuilder *json, const char *name, const WeekLine *line, gsize nth)
{
    char text[WEEK_SIZE];
    member_text(json, name, week_format(week_line_week(line, nth)->week, text));
}

static const char *side_code(int side)
{
    return side > 0 ? "above" : side < 0 ? "below" : NULL;
}

static void json_point(JsonBuilder *json, const WeekLine *line, gsize nth)
{
    const SpcPoint *point = &line->chart->points[nth];
    const ReviewWeek *week = week_line_week(line, nth);
    const WeekNote *note = week_line_note(line, nth);
    json_builder_begin_object(json);
    member_week(json, "week", line, nth);
    member_share(json, "rate", week->rate);
    member_int(json, "missed", week->missed);
    member_int(json, "recorded", week->recorded);
    member_share(json, "lower", point->lower);
    member_share(json, "centre", point->centre);
    member_share(json, "upper", point->upper);
    member_int(json, "part", (gint64)point->part + 1);
    member_text(json, "outside", side_code(point->outside));
    member_text(json, "note", note != NULL ? note->words : NULL);
    json_builder_end_object(json);
}

static void json_part(JsonBuilder *json, const WeekLine *line, const SpcPart *part)
{
    json_builder_begin_object(json);
    member_week(json, "from", line, part->first);
    member_week(json, "to", line, part->first + part->count - 1);
    member_int(json, "base", (gint64)part->base);
    member_share(json, "centre", part->centre);
    member_boolean(json, "trial", part->trial);
    json_builder_end_object(json);
}

static void json_signal(JsonBuilder *json, const WeekLine *line, const WeekSignal *signal)
{
    static const char *const kinds[] = {
        [WEEK_RUN] = "run", [WEEK_CROSSINGS] = "crossings", [WEEK_OUTSIDE] = "outside"};
    json_builder_begin_object(json);
    member_text(json, "kind", kinds[signal->kind]);
    member_text(json, "side", side_code(signal->side));
    member_week(json, "from", line, signal->first);
    member_week(json, "to", line, signal->last);
    member_text(json, "change", signal->nearest != NULL ? signal->nearest->name : NULL);
    json_builder_end_object(json);
}

static void json_change(JsonBuilder *json, const WeekLine *line, const Cycle *cycle)
{
    char from[DATE_SIZE];
    json_builder_begin_object(json);
    member_week(json, "week", line, week_line_point_of(line, cycle));
    member_text(json, "from", date_format(cycle->from, from));
    member_text(json, "kind", cycle_kind_code(cycle->kind));
    member_text(json, "name", cycle->name);
    member_boolean(json, "rebase", cycle->rebase);
    json_builder_end_object(json);
}

static void begin_array(JsonBuilder *json, const char *name)
{
    json_builder_set_member_name(json, name);
    json_builder_begin_array(json);
}

static void json_signals(JsonBuilder *json, const WeekLine *line)
{
    g_autoptr(GArray) signals = week_line_signals(line);
    g_autofree char *said = line_words_signal(line);
    begin_array(json, "signals");
    for (guint i = 0; i < signals->len; i++)
        json_signal(json, line, &g_array_index(signals, WeekSignal, i));
    json_builder_end_array(json);
    member_text(json, "signal", said);
}

char *line_report_json(const WeekLine *line, Session *session)
{
    const SpcChart *chart = line->chart;
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_object(json);
    member_text(json, "unit", session_unit_name(session));
    member_text(json, "chart", spc_code(chart->kind));
    begin_array(json, "rules");
    if (chart->kind != SPC_RUN)
        json_builder_add_string_value(json, "three-sigma");
    json_builder_add_string_value(json, "anhoej");
    json_builder_end_array(json);
    begin_array(json, "points");
    for (gsize i = 0; i < chart->count; i++)
        json_point(json, line, i);
    json_builder_end_array(json);
    begin_array(json, "parts");
    for (gsize i = 0; i < chart->part_count; i++)
        json_part(json, line, &chart->parts[i]);
    json_builder_end_array(json);
    json_signals(json, line);
    begin_array(json, "changes");
    for (guint i = 0; i < line->cycles->len; i++)
        json_change(json, line, line->cycles->pdata[i]);
    json_builder_end_array(json);
    member_share(json, "target", line->target);
    json_builder_end_object(json);
    return json_text(json);
}
