/* splits.c: the visits of some weeks split one way, as lines: the same text as of dagsform report
 * week --by, of the unit or of a group beside the rest, and the visits behind each figure. */
#include "cmd/plain/plain.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/week_words.h"
#include "care/client/group.h"
#include "care/unit/access.h"
#include "exchange/breakdown_report.h"
#include "exchange/breakdown_words.h"

enum { WEEKS = 4, WEEKS_MOST = 104, DAYS = 7 };

/* --- what is asked ---------------------------------------------------------------------------- */

/* The weeks that are looked at, and those beside them where somebody has said which. */
typedef struct {
    Week from, to;
    Week other_from, other_to; /* 0: as many before; of a group the rest of the unit */
} Weeks;

/* How many, up to `weeks->to`. */
static gboolean take_count(const char *line, Weeks *weeks)
{
    guint64 count = WEEKS;
    if (*line && !g_ascii_string_to_unsigned(line, 10, 1, WEEKS_MOST, &count, NULL))
        return FALSE;
    weeks->from = week_add(weeks->to, 1 - (int)count);
    return TRUE;
}

static gboolean take_span(const char *line, Week *from, Week *to)
{
    return weeks_parse_words(line, clock_today(), from, to) && week_can_be_typed(*from) &&
           week_can_be_typed(*to);
}

/* FALSE at the end of input. */
static gboolean ask_beside(Plain *plain, Weeks *weeks, gboolean group)
{
    for (;;) {
        g_autofree char *line = plain_ask(
            plain, group ? _("Beside which weeks? The rest of the unit when the line is empty; "
                             "otherwise v30-v37:")
                         : _("Beside which weeks? As many before when the line is empty; otherwise "
                             "v30-v37:"));
        if (line == NULL)
            return FALSE;
        if (*line == '\0' || take_span(line, &weeks->other_from, &weeks->other_to))
            return TRUE;
        plain_refuse(plain, "%s",
                     _("That was not understood as weeks. Type for instance v40-v47, v45 or "
                       "2026-W45."));
    }
}

/* Those that end with `weeks->to`, or any others. FALSE at the end of input. */
static gboolean ask_weeks(Plain *plain, Weeks *weeks, gboolean group)
{
    for (;;) {
        g_autofree char *line = plain_ask(
            plain, _("How many weeks, beside as many before? 4 when the line is empty; or which: "
                     "v40-v47."));
        if (line == NULL)
            return FALSE;
        if (take_count(line, weeks))
            return TRUE;
        if (take_span(line, &weeks->from, &weeks->to))
            return ask_beside(plain, weeks, group);
        plain_refuse(plain, _("Type a number from 1 to %d, weeks such as v40-v47, or nothing."),
                     WEEKS_MOST);
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

/* Beside it what was asked for; else the rest of the unit for a group, or as many weeks before. */
static BreakdownQuery beside_of(const BreakdownQuery *query, const Weeks *weeks)
{
    BreakdownQuery other = *query;
    if (weeks->other_from != 0) {
        other.from = weeks->other_from;
        other.to = weeks->other_to;
    } else if (query->group_id != 0) {
        other.rest = TRUE;
    } else {
        other.to = week_add(query->from, -1);
        other.from = week_add(other.to, -week_between(query->from, query->to));
    }
    return other;
}

static void say_split(Plain *plain, const BreakdownQuery *query, const BreakdownQuery *other,
                      Split split, const char *group)
{
    GError *error = NULL;
    g_autoptr(Breakdown) now = breakdown_new(plain->session, query, &error);
    g_autoptr(Breakdown) beside = now != NULL ? breakdown_new(plain->session, other, &error) : NULL;
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
    Weeks weeks = {.to = until};
    if (index < 0 || !ask_group(plain, &group_id, &group) ||
        !ask_weeks(plain, &weeks, group_id != 0))
        return;
    const BreakdownQuery query = {.from = weeks.from, .to = weeks.to, .group_id = group_id};
    const BreakdownQuery other = beside_of(&query, &weeks);
    say_split(plain, &query, &other, (Split)(SPLIT_CAUSE + index), group);
}
