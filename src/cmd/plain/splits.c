/* splits.c: the visits of some weeks split one way, as lines: the same text as of dagsform report
 * week --by, of the unit or of a group beside the rest, and the visits behind each figure. */
#include "cmd/plain/plain.h"

#include "base/i18n.h"
#include "care/client/group.h"
#include "care/unit/access.h"
#include "exchange/breakdown_report.h"
#include "exchange/breakdown_words.h"

enum { WEEKS = 4, WEEKS_MOST = 104, DAYS = 7 };

/* --- what is asked ---------------------------------------------------------------------------- */

/* FALSE at the end of input. */
static gboolean ask_weeks(Plain *plain, int *weeks)
{
    for (;;) {
        g_autofree char *line =
            plain_ask(plain, _("How many weeks, beside as many before? 4 when the line is empty:"));
        if (line == NULL)
            return FALSE;
        const gint64 typed = *line != '\0' ? g_ascii_strtoll(line, NULL, 10) : WEEKS;
        if (typed > 0 && typed <= WEEKS_MOST) {
            *weeks = (int)typed;
            return TRUE;
        }
        plain_refuse(plain, _("Type a number from 1 to %d, or nothing."), WEEKS_MOST);
    }
}

/* The group's id and name; 0: the whole unit. FALSE where none is chosen. */
static gboolean ask_group(Plain *plain, gint64 *id, char **name)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) groups = group_list(plain->session, &error);
    plain_error(plain, error);
    *id = 0;
    if (groups == NULL || groups->len == 0)
        return groups != NULL;
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(lines, g_strdup(_("The whole unit's")));
    for (guint i = 0; i < groups->len; i++)
        g_ptr_array_add(lines, g_strdup(((const Group *)groups->pdata[i])->name));
    const int index = plain_choose(plain, _("Whose visits?"), lines);
    if (index > 0) {
        const Group *group = groups->pdata[index - 1];
        *id = group->id;
        *name = g_strdup(group->name);
    }
    return index >= 0;
}

/* --- what is said ----------------------------------------------------------------------------- */

static VisitQuery behind(const Breakdown *breakdown, Split split, const char *value)
{
    return (VisitQuery){.from = week_monday(breakdown->query.from),
                        .to = week_monday(breakdown->query.to) + DAYS - 1,
                        .outcome = -1,
                        .stand_in = STAND_IN_NOT,
                        .split = split,
                        .value = value,
                        .part = split_is_behind(split) ? PART_BEHIND
                                : split == SPLIT_OFFER ? PART_CHANGED
                                                       : PART_MISSED,
                        .group_id = breakdown->query.group_id};
}

static void choose_row(Plain *plain, const Breakdown *breakdown, Split split)
{
    const GPtrArray *rows = breakdown->rows[split];
    while (!plain->ended) {
        g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
        g_autoptr(GPtrArray) shown = g_ptr_array_new();
        for (guint i = 0; i < rows->len; i++) {
            BreakdownRow *row = rows->pdata[i];
            if (row->hidden || breakdown_part(split, &row->counts) == 0)
                continue;
            g_ptr_array_add(shown, row);
            g_ptr_array_add(
                lines,
                g_strdup_printf("%s: %d", breakdown_words_value(plain->session, split, row->value),
                                (int)breakdown_part(split, &row->counts)));
        }
        if (lines->len == 0)
            return;
        const int index =
            plain_choose(plain, _("The visits behind which? An empty line goes back."), lines);
        if (index < 0)
            return;
        const VisitQuery query =
            behind(breakdown, split, ((const BreakdownRow *)shown->pdata[index])->value);
        plain_visits_behind(plain, &query);
    }
}

/* Beside it: the rest of the unit for a group, else as many weeks before. */
static void say_split(Plain *plain, BreakdownQuery query, Split split, const char *group)
{
    GError *error = NULL;
    BreakdownQuery other = query;
    if (group != NULL) {
        other.rest = TRUE;
    } else {
        other.to = week_add(query.from, -1);
        other.from = week_add(other.to, -week_between(query.from, query.to));
    }
    g_autoptr(Breakdown) now = breakdown_new(plain->session, &query, &error);
    g_autoptr(Breakdown) beside =
        now != NULL ? breakdown_new(plain->session, &other, &error) : NULL;
    plain_error(plain, error);
    if (beside == NULL)
        return;
    g_autofree char *text =
        breakdown_report_text(&(BreakdownReport){now, beside, split, group}, plain->session);
    plain_say(plain, "%s", text);
    if (access_allows(plain->session, PERMIT_CLIENT_READ))
        choose_row(plain, now, split);
}

void plain_split(Plain *plain, Week until)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    for (Split split = SPLIT_CAUSE; split < SPLIT_COUNT; split++)
        g_ptr_array_add(lines, g_strdup(split_name(split)));
    const int index = plain_choose(plain, _("Split by what? An empty line goes back."), lines);
    g_autofree char *group = NULL;
    gint64 group_id = 0;
    int weeks = 0;
    if (index < 0 || !ask_group(plain, &group_id, &group) || !ask_weeks(plain, &weeks))
        return;
    say_split(
        plain,
        (BreakdownQuery){.from = week_add(until, 1 - weeks), .to = until, .group_id = group_id},
        (Split)(SPLIT_CAUSE + index), group);
}
