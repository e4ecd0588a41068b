/* breakdown_report.c: a split of some weeks' visits, as text and as JSON. */
#include "exchange/breakdown_report.h"

#include <math.h>

#include "base/i18n.h"
#include "exchange/breakdown_words.h"
#include "exchange/json_members.h"
#include "exchange/week_words.h"

/* --- text ------------------------------------------------------------------------------------- */

static void add_period(GString *text, const BreakdownReport *report, const BreakdownQuery *query)
{
    g_autofree char *period = breakdown_words_period(query);
    g_string_append(text, period);
    if (report->group != NULL)
        g_string_append_printf(
            text, query->rest ? _(", the unit without the group %s") : _(", the group %s"),
            report->group);
    g_string_append_c(text, '\n');
}

static void add_whole(GString *text, const Breakdown *breakdown)
{
    g_autofree char *whole = breakdown_words_whole(breakdown);
    g_autofree char *support = breakdown_words_support(&breakdown->all);
    g_string_append_printf(text, "%s\n", whole);
    if (support != NULL)
        g_string_append_printf(text, "%s\n", support);
}

static void add_heading(GString *text, const Breakdown *breakdown, Split split)
{
    const int whole = (int)breakdown_whole(breakdown, split);
    g_string_append_printf(text, "\n%s. ", split_name(split));
    if (split_is_behind(split))
        g_string_append_printf(text,
                               ngettext("Shares of %d visit that has or could have a cause:\n",
                                        "Shares of %d visits that have or could have a cause:\n",
                                        (gulong)whole),
                               whole);
    else if (split == SPLIT_OFFER)
        g_string_append_printf(
            text,
            ngettext("Shares of %d visit that was not taken or was done in another form:\n",
                     "Shares of %d visits that were not taken or were done in another form:\n",
                     (gulong)whole),
            whole);
    else
        g_string_append_printf(text, "%s\n", _("Not taken, of the visits recorded of each:"));
}

static void add_row(GString *text, const Breakdown *breakdown, Split split, const char *name,
                    const BreakdownRow *row)
{
    const SplitCounts *counts = &row->counts;
    g_string_append_printf(text, "  %s: ", name);
    if (split_is_behind(split) || split == SPLIT_OFFER) {
        g_autofree char *share = week_words_share(breakdown_share(breakdown, split, counts));
        g_string_append_printf(text, "%d, %s", (int)breakdown_part(split, counts), share);
    } else {
        const double rate = breakdown_rate(breakdown, counts);
        g_string_append_printf(text, _("%d of %d"), (int)counts->missed, (int)counts->recorded);
        if (!isnan(rate)) {
            g_autofree char *share = week_words_share(rate);
            g_string_append_printf(text, ", %s", share);
        }
    }
    if (counts->offered > 0 || counts->rebooked > 0) {
        g_string_append_c(text, '\n');
        g_string_append_printf(text,
                               _("    another form offered: %d, taken: %d, took place: %d; new "
                                 "time within a week: %d"),
                               (int)counts->offered, (int)counts->taken, (int)counts->took_place,
                               (int)counts->rebooked);
    }
    g_string_append_c(text, '\n');
}

/* Of what is hidden not even the name, which would say that there is somebody, but how many there
 * are: one line for all of them. */
static void add_hidden(GString *text, int hidden)
{
    if (hidden > 0)
        g_string_append_printf(
            text,
            ngettext("  %d more is not shown, since it is or would tell of fewer than %d persons\n",
                     "  %d more are not shown, since they are or would tell of fewer than %d "
                     "persons\n",
                     (gulong)hidden),
            hidden, BREAKDOWN_PERSONS_LEAST);
}

static void add_breakdown(GString *text, const BreakdownReport *report, const Breakdown *breakdown,
                          Session *session)
{
    add_period(text, report, &breakdown->query);
    if (breakdown->too_few) {
        g_autofree char *too_few = breakdown_words_too_few();
        g_string_append_printf(text, "%s\n", too_few);
        return;
    }
    if (breakdown->all.planned == 0 && breakdown->all.behind == 0) {
        g_string_append_printf(text, "%s\n", _("No visits were planned."));
        return;
    }
    add_whole(text, breakdown);
    if (report->split == SPLIT_ALL)
        return;
    const GPtrArray *rows = breakdown->rows[report->split];
    add_heading(text, breakdown, report->split);
    int hidden = 0;
    for (guint i = 0; i < rows->len; i++) {
        const BreakdownRow *row = g_ptr_array_index(rows, i);
        hidden += row->hidden;
        if (!row->hidden)
            add_row(text, breakdown, report->split,
                    breakdown_words_value(session, report->split, row->value), row);
    }
    add_hidden(text, hidden);
}

char *breakdown_report_text(const BreakdownReport *report, Session *session)
{
    GString *text = g_string_new(session_unit_name(session));
    g_string_append_c(text, '\n');
    if (session_is_demo(session))
        g_string_append_printf(text, "%s\n", _("This is a demo. Everybody in it is made up."));
    g_string_append_c(text, '\n');
    add_breakdown(text, report, report->now, session);
    if (report->beside != NULL) {
        g_string_append_c(text, '\n');
        add_breakdown(text, report, report->beside, session);
    }
    g_autofree char *definition = week_words_definition();
    g_string_append_printf(text, "\n%s\n", definition);
    return g_string_free(text, FALSE);
}

/* --- JSON ------------------------------------------------------------------------------------- */

static void json_counts(JsonBuilder *json, const SplitCounts *counts)
{
    member_int(json, "planned", counts->planned);
    member_int(json, "recorded", counts->recorded);
    member_int(json, "missed", counts->missed);
    member_int(json, "otherwise", counts->otherwise);
    member_int(json, "behind", counts->behind);
    member_int(json, "offered", counts->offered);
    member_int(json, "taken", counts->taken);
    member_int(json, "took_place", counts->took_place);
    member_int(json, "rebooked", counts->rebooked);
    member_int(json, "persons", counts->persons);
}

/* Four decimals, as in report.h. */
static void json_share(JsonBuilder *json, const char *name, double share)
{
    member_number(json, name, round(share * 1e4) / 1e4);
}

static void json_row(JsonBuilder *json, const Breakdown *breakdown, Split split, const char *name,
                     const BreakdownRow *row)
{
    json_builder_begin_object(json);
    member_text(json, "value", row->value);
    member_text(json, "label", name);
    member_boolean(json, "hidden", row->hidden);
    json_counts(json, &row->counts);
    json_share(json, "rate", breakdown_rate(breakdown, &row->counts));
    json_share(json, "share", row->hidden ? NAN : breakdown_share(breakdown, split, &row->counts));
    json_builder_end_object(json);
}

static void json_period(JsonBuilder *json, const Breakdown *breakdown, Split split,
                        Session *session)
{
    char week[WEEK_SIZE];
    json_builder_begin_object(json);
    member_text(json, "from", week_format(breakdown->query.from, week));
    member_text(json, "to", week_format(breakdown->query.to, week));
    member_boolean(json, "over", breakdown->over);
    member_boolean(json, "too_few", breakdown->too_few);
    json_builder_set_member_name(json, "all");
    json_builder_begin_object(json);
    json_counts(json, &breakdown->all);
    json_builder_end_object(json);
    json_share(json, "rate", breakdown_rate(breakdown, &breakdown->all));
    json_share(json, "support", breakdown_support(&breakdown->all));
    member_int(json, "whole", breakdown_whole(breakdown, split));
    json_builder_set_member_name(json, "rows");
    json_builder_begin_array(json);
    for (guint i = 0; i < breakdown->rows[split]->len; i++) {
        const BreakdownRow *row = g_ptr_array_index(breakdown->rows[split], i);
        json_row(json, breakdown, split, breakdown_words_value(session, split, row->value), row);
    }
    json_builder_end_array(json);
    json_builder_end_object(json);
}

char *breakdown_report_json(const BreakdownReport *report, Session *session)
{
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_object(json);
    member_text(json, "unit", session_unit_name(session));
    member_text(json, "split", split_code(report->split));
    member_text(json, "group", report->group);
    member_boolean(json, "rest", report->now->query.rest);
    json_builder_set_member_name(json, "periods");
    json_builder_begin_array(json);
    json_period(json, report->now, report->split, session);
    if (report->beside != NULL)
        json_period(json, report->beside, report->split, session);
    json_builder_end_array(json);
    json_builder_end_object(json);
    return json_text(json);
}
