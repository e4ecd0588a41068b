/* placement_words.c: what lists and pages say about a placement. */
#include "ui/placements/placement_words.h"

#include "base/i18n.h"

enum { SOON_DAYS = 14 };

char *placement_words_days(const Placement *placement)
{
    char started[DATE_SIZE], ended[DATE_SIZE];
    date_format(placement->started_on, started);
    if (placement->ended_on == DATE_NONE)
        return g_strdup_printf(_("from %s"), started);
    return g_strdup_printf(_("%s to %s"), started, date_format(placement->ended_on, ended));
}

char *placement_words_where(const Placement *placement)
{
    if (placement->institution == NULL)
        return g_strdup(_("no institution chosen"));
    return g_strdup_printf("%s, %s", placement->institution,
                           institution_kind_name(placement->institution_kind));
}

char *placement_words_due(const PlacementRule *rule, int left, Date today)
{
    char last[DATE_SIZE];
    int days = rule->last - today;
    if (!rule->due)
        return NULL;
    if (left == 0)
        return g_strdup(_("Followed up."));
    date_format(rule->last, last);
    if (days > 0)
        return g_strdup_printf(ngettext("To be followed up at the latest %s: %d day left.",
                                        "To be followed up at the latest %s: %d days left.",
                                        (gulong)days),
                               last, days);
    if (days == 0)
        return g_strdup(_("To be followed up today at the latest."));
    return g_strdup_printf(ngettext("Was to be followed up at the latest %s, %d day ago. It can "
                                    "still be done.",
                                    "Was to be followed up at the latest %s, %d days ago. It can "
                                    "still be done.",
                                    (gulong)-days),
                           last, -days);
}

gboolean placement_is_urgent(const PlacementRule *rule, int left, Date today)
{
    return rule->due && left > 0 && rule->last - today <= SOON_DAYS;
}
