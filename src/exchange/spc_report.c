/* spc_report.c: a control chart in lines that can be read aloud, and as JSON. */
#include "exchange/spc_report.h"

#include <math.h>

#include "base/i18n.h"
#include "base/text.h"
#include "exchange/json_members.h"

/* A label is cut at so many columns in the table. */
#define LABEL_COLUMNS 24

/* Values of one chart have as many decimals, three figures of its first centre. */
typedef struct {
    const SpcTable *table;
    const SpcChart *chart;
    gboolean percent;
    int decimals;
    int label_columns, value_columns;
} SpcReport;

static SpcReport report_of(const SpcTable *table, const SpcChart *chart)
{
    const double centre = chart->parts[0].centre;
    SpcReport report = {.table = table, .chart = chart, .percent = chart->kind == SPC_P};
    if (report.percent)
        report.decimals = 1;
    else if (isfinite(centre) && centre != 0)
        report.decimals = CLAMP(2 - (int)floor(log10(fabs(centre))), 0, 6);
    return report;
}

static const char *label_of(const SpcReport *report, gsize point)
{
    return report->table->labels->pdata[point];
}

/* "24,0 %", "19,8". */
static char *number_of(const SpcReport *report, double value)
{
    g_autofree char *number = text_number(report->percent ? value * 100 : value, report->decimals);
    return report->percent && !isnan(value) ? g_strdup_printf(_("%s %%"), number)
                                            : g_steal_pointer(&number);
}

/* --- text ------------------------------------------------------------------------------------- */

static const char *kind_name(SpcKind kind)
{
    static const char *const names[SPC_KINDS] = {
        [SPC_RUN] = N_("Run chart"),
        [SPC_P] = N_("p chart, shares"),
        [SPC_U] = N_("u chart, events for each"),
        [SPC_C] = N_("c chart, events"),
        [SPC_XMR] = N_("XmR chart, single measurements"),
    };
    return _(names[kind]);
}

static void append_heading(GString *text, const SpcReport *report)
{
    const gsize count = report->chart->count;
    g_string_append_printf(
        text, ngettext("%s, %d point, %s to %s.", "%s, %d points, %s to %s.", (gulong)count),
        kind_name(report->chart->kind), (int)count, label_of(report, 0),
        label_of(report, count - 1));
    g_string_append_c(text, '\n');
}

static void append_part(GString *text, const SpcReport *report, const SpcPart *part)
{
    g_autofree char *centre = number_of(report, part->centre);
    g_string_append_printf(text, _("From %s to %s: "), label_of(report, part->first),
                           label_of(report, part->first + part->count - 1));
    if (part->base == 0) {
        g_string_append_printf(text, "%s\n", _("no point to count a centre line from."));
        return;
    }
    g_string_append_printf(text,
                           report->chart->kind == SPC_RUN
                               ? ngettext("median %s, counted from %d point.",
                                          "median %s, counted from %d points.", (gulong)part->base)
                               : ngettext("centre line %s, counted from %d point.",
                                          "centre line %s, counted from %d points.",
                                          (gulong)part->base),
                           centre, (int)part->base);
    if (part->trial && report->chart->kind != SPC_RUN)
        g_string_append_printf(text, _(" Trial limits: that is fewer than %d."), SPC_TRIAL);
    g_string_append_c(text, '\n');
}

/* Cut or filled up to `columns`. */
static void append_label(GString *text, const char *label, int columns)
{
    g_autofree char *shown = text_truncate(label, columns);
    g_string_append_printf(text, "%s%*s", shown, columns - text_width(shown), "");
}

static char *value_of(const SpcReport *report, gsize index)
{
    const double value = report->chart->points[index].value;
    return isnan(value) ? g_strdup(_("no value")) : number_of(report, value);
}

static void measure(SpcReport *report)
{
    for (gsize i = 0; i < report->chart->count; i++) {
        g_autofree char *value = value_of(report, i);
        report->value_columns = MAX(report->value_columns, text_width(value));
        report->label_columns = MAX(report->label_columns, text_width(label_of(report, i)));
    }
    report->label_columns = MIN(report->label_columns, LABEL_COLUMNS);
}

static void append_point(GString *text, const SpcReport *report, gsize index)
{
    const SpcPoint *point = &report->chart->points[index];
    g_autoptr(GString) line = g_string_new(NULL);
    g_autofree char *value = value_of(report, index);
    g_string_append_printf(line, "%4zu  ", index + 1);
    append_label(line, label_of(report, index), report->label_columns);
    g_string_append_printf(line, "  %*s%s", report->value_columns - text_width(value), "", value);
    if (!isnan(point->upper)) {
        g_autofree char *lower =
            text_number(point->lower * (report->percent ? 100 : 1), report->decimals);
        g_autofree char *upper = number_of(report, point->upper);
        g_string_append_printf(line, _("  limits %s–%s"), lower, upper);
    }
    if (point->excluded)
        g_string_append_printf(line, "  %s", _("left out"));
    else if (point->outside != 0)
        g_string_append_printf(line, "  %s",
                               point->outside > 0 ? _("above the upper limit")
                                                  : _("below the lower limit"));
    g_string_append_printf(text, "%s\n", line->str);
}

/* Which way and since when; of too few crossings that there are too few. */
static void append_runs(GString *text, const SpcReport *report, const SpcPart *part)
{
    const RunSignal *runs = &part->runs;
    const Run *run = &runs->told;
    const char *from = label_of(report, run->first), *to = label_of(report, run->last);
    if (runs->longest_run > runs->run_limit)
        g_string_append_printf(
            text,
            run->side > 0 ? _("From %s to %s %d points in a row lie above the centre line; chance "
                              "alone would hardly give more than %d.")
                          : _("From %s to %s %d points in a row lie below the centre line; chance "
                              "alone would hardly give more than %d."),
            from, to, run->length, runs->run_limit);
    else
        g_string_append_printf(
            text,
            ngettext("The line crosses its centre %d time; chance alone would hardly give fewer "
                     "than %d.",
                     "The line crosses its centre %d times; chance alone would hardly give fewer "
                     "than %d.",
                     (gulong)runs->crossings),
            runs->crossings, runs->crossings_limit);
    g_string_append_c(text, '\n');
}

static void append_outside(GString *text, const SpcReport *report)
{
    for (gsize i = 0; i < report->chart->count; i++) {
        const SpcPoint *point = &report->chart->points[i];
        if (point->outside == 0)
            continue;
        g_autofree char *value = number_of(report, point->value);
        g_string_append_printf(text,
                               point->outside > 0 ? _("%s (%s) lies above the upper limit.")
                                                  : _("%s (%s) lies below the lower limit."),
                               label_of(report, i), value);
        g_string_append_c(text, '\n');
    }
}

static gboolean are_runs_judged(const SpcChart *chart)
{
    for (gsize i = 0; i < chart->part_count; i++)
        if (chart->parts[i].runs.useful >= RUN_USEFUL_LEAST)
            return TRUE;
    return FALSE;
}

static void append_signals(GString *text, const SpcReport *report)
{
    const SpcChart *chart = report->chart;
    append_outside(text, report);
    for (gsize i = 0; i < chart->part_count; i++)
        if (chart->parts[i].runs.signal)
            append_runs(text, report, &chart->parts[i]);
    if (!spc_has_signal(chart))
        g_string_append_printf(text, "%s\n",
                               _("The points vary no more than they would by chance alone."));
    if (!are_runs_judged(chart))
        g_string_append_printf(text, _("Runs are judged from %d points off the centre line on.\n"),
                               RUN_USEFUL_LEAST);
}

char *spc_report_text(const SpcTable *table, const SpcChart *chart)
{
    SpcReport report = report_of(table, chart);
    measure(&report);
    GString *text = g_string_new(NULL);
    append_heading(text, &report);
    for (gsize i = 0; i < chart->part_count; i++)
        append_part(text, &report, &chart->parts[i]);
    g_string_append_c(text, '\n');
    for (gsize i = 0; i < chart->count; i++)
        append_point(text, &report, i);
    g_string_append_c(text, '\n');
    append_signals(text, &report);
    g_string_append_printf(
        text, "%s\n",
        chart->kind == SPC_RUN
            ? _("Rules: Anhøj's for the longest run and the crossings.")
            : _("Rules: limits at three standard deviations; Anhøj's for the longest run and the "
                "crossings."));
    return g_string_free(text, FALSE);
}

/* --- JSON ------------------------------------------------------------------------------------- */

/* NULL where it is neither. */
static const char *side_code(int side)
{
    return side > 0 ? "above" : side < 0 ? "below" : NULL;
}

static void json_part(JsonBuilder *json, const SpcReport *report, const SpcPart *part)
{
    const RunSignal *runs = &part->runs;
    json_builder_begin_object(json);
    member_text(json, "from", label_of(report, part->first));
    member_text(json, "to", label_of(report, part->first + part->count - 1));
    member_int(json, "points", (gint64)part->count);
    member_int(json, "base", (gint64)part->base);
    member_number(json, "centre", part->centre);
    member_boolean(json, "trial", part->trial);
    member_int(json, "longest_run", runs->longest_run);
    member_int(json, "run_limit", runs->run_limit);
    member_int(json, "crossings", runs->crossings);
    member_int(json, "crossings_limit", runs->crossings_limit);
    member_boolean(json, "runs_signal", runs->signal);
    if (runs->signal) {
        member_text(json, "side", side_code(runs->told.side));
        member_text(json, "run_from", label_of(report, runs->told.first));
        member_text(json, "run_to", label_of(report, runs->told.last));
    }
    json_builder_end_object(json);
}

static void json_point(JsonBuilder *json, const SpcReport *report, gsize index)
{
    const SpcPoint *point = &report->chart->points[index];
    json_builder_begin_object(json);
    member_text(json, "label", label_of(report, index));
    member_number(json, "value", point->value);
    member_number(json, "lower", point->lower);
    member_number(json, "centre", point->centre);
    member_number(json, "upper", point->upper);
    member_int(json, "part", (gint64)point->part + 1);
    member_boolean(json, "excluded", point->excluded);
    member_text(json, "outside", side_code(point->outside));
    json_builder_end_object(json);
}

char *spc_report_json(const SpcTable *table, const SpcChart *chart)
{
    const SpcReport report = report_of(table, chart);
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_object(json);
    member_text(json, "kind", spc_code(chart->kind));
    member_boolean(json, "signal", spc_has_signal(chart));
    json_builder_set_member_name(json, "rules");
    json_builder_begin_array(json);
    if (chart->kind != SPC_RUN)
        json_builder_add_string_value(json, "three-sigma");
    json_builder_add_string_value(json, "anhoej");
    json_builder_end_array(json);
    json_builder_set_member_name(json, "parts");
    json_builder_begin_array(json);
    for (gsize i = 0; i < chart->part_count; i++)
        json_part(json, &report, &chart->parts[i]);
    json_builder_end_array(json);
    json_builder_set_member_name(json, "points");
    json_builder_begin_array(json);
    for (gsize i = 0; i < chart->count; i++)
        json_point(json, &report, i);
    json_builder_end_array(json);
    json_builder_end_object(json);
    return json_text(json);
}
