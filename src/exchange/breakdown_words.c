/* breakdown_words.c: a breakdown in sentences. */
#include "exchange/breakdown_words.h"

#include <math.h>

#include "base/i18n.h"
#include "care/unit/cause.h"
#include "exchange/week_words.h"

char *breakdown_words_period(const BreakdownQuery *query)
{
    char from[WEEK_SIZE], to[WEEK_SIZE];
    if (query->from == query->to)
        return g_strdup_printf(_("Week %s"), week_format(query->from, from));
    return g_strdup_printf(_("Weeks %s to %s"), week_format(query->from, from),
                           week_format(query->to, to));
}

char *breakdown_words_weeks(const BreakdownQuery *query)
{
    char from[WEEK_SIZE], to[WEEK_SIZE];
    if (query->from == query->to)
        return g_strdup_printf(_("week %s"), week_format(query->from, from));
    return g_strdup_printf(_("weeks %s to %s"), week_format(query->from, from),
                           week_format(query->to, to));
}

char *breakdown_words_whole(const Breakdown *breakdown)
{
    const SplitCounts *all = &breakdown->all;
    const double rate = breakdown_rate(breakdown, all);
    GString *text = g_string_new(NULL);
    g_string_append_printf(
        text,
        ngettext("%d visit was planned, of which %d recorded and %d not taken.",
                 "%d visits were planned, of which %d recorded and %d not taken.",
                 (gulong)all->planned),
        (int)all->planned, (int)all->recorded, (int)all->missed);
    if (!isnan(rate)) {
        g_autofree char *share = week_words_share(rate);
        g_string_append_c(text, ' ');
        g_string_append_printf(text, _("Share not taken: %s."), share);
    }
    return g_string_free(text, FALSE);
}

char *breakdown_words_support(const SplitCounts *all)
{
    const gint64 asked = all->missed + all->otherwise;
    if (asked == 0)
        return NULL;
    g_autofree char *share = week_words_share(breakdown_support(all));
    GString *text = g_string_new(NULL);
    g_string_append_printf(
        text,
        ngettext("Of %d visit that was not taken or was done in another form, %d became support in "
                 "another form, %s: ",
                 "Of %d visits that were not taken or were done in another form, %d became support "
                 "in another form, %s: ",
                 (gulong)asked),
        (int)asked, (int)all->took_place, share);
    g_string_append_printf(
        text, _("another form was offered for %d, taken for %d and took place for %d. "),
        (int)all->offered, (int)all->taken, (int)all->took_place);
    g_string_append_printf(text,
                           ngettext("%d visit not taken got a new time within a week.",
                                    "%d visits not taken got a new time within a week.",
                                    (gulong)all->rebooked),
                           (int)all->rebooked);
    return g_string_free(text, FALSE);
}

char *breakdown_words_too_few(void)
{
    return g_strdup_printf(_("The group, or the rest of the unit, has fewer than %d persons with "
                             "visits then, so nothing is shown of it. Choose more weeks or a "
                             "larger group."),
                           BREAKDOWN_PERSONS_LEAST);
}

const char *breakdown_words_value(Session *session, Split split, const char *value)
{
    return split == SPLIT_CAUSE && value[0] != '\0' ? cause_name(session, value)
                                                    : split_value_name(split, value);
}

const char *breakdown_words_part(SplitPart part)
{
    static const char *const NAMES[PART_COUNT] = {
        [PART_MISSED] = N_("Not taken"),
        [PART_BEHIND] = N_("That have or could have a cause"),
        [PART_CHANGED] = N_("Not taken, or done in another form"),
        [PART_OFFERED] = N_("Another form was offered"),
        [PART_TAKEN] = N_("Another form was taken"),
        [PART_TOOK_PLACE] = N_("It took place in another form"),
        [PART_REBOOKED] = N_("Got a new time within a week"),
    };
    return NAMES[part] != NULL ? _(NAMES[part]) : "";
}
