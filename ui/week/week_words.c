/* week_words.c: the week's review in sentences. */
#include "ui/week/week_words.h"

#include <math.h>

#include "base/i18n.h"
#include "base/text.h"

#define DECIMALS 1

char *week_words_share(double share)
{
    g_autofree char *number = text_number(share * 100, DECIMALS);
    return g_strdup_printf(_("%s %%"), number);
}

char *week_words_counts(const ReviewWeek *week)
{
    gint64 done = week->visits[OUTCOME_DONE] + week->visits[OUTCOME_DONE_OTHERWISE];
    GString *text = g_string_new(NULL);
    g_string_append_printf(
        text, ngettext("%d visit was planned,", "%d visits were planned,", (gulong)week->planned),
        (int)week->planned);
    g_string_append_c(text, ' ');
    g_string_append_printf(text, ngettext("%d took place and", "%d took place and", (gulong)done),
                           (int)done);
    g_string_append_c(text, ' ');
    g_string_append_printf(
        text, ngettext("%d was not taken.", "%d were not taken.", (gulong)week->missed),
        (int)week->missed);
    if (week->unknown > 0) {
        g_string_append_c(text, ' ');
        g_string_append_printf(
            text,
            ngettext("%d has no outcome yet.", "%d have no outcome yet.", (gulong)week->unknown),
            (int)week->unknown);
    }
    return g_string_free(text, FALSE);
}

/* What differs less than is shown is the same. */
static int compare(double rate, double other)
{
    double scale = 100 * pow(10, DECIMALS);
    long difference = lround(rate * scale) - lround(other * scale);
    return (difference > 0) - (difference < 0);
}

static void append_before(GString *text, double rate, double before)
{
    g_autofree char *share = week_words_share(before);
    int order = compare(rate, before);
    g_string_append_c(text, ' ');
    g_string_append_printf(text,
                           order > 0   ? _("That is more than the week before (%s).")
                           : order < 0 ? _("That is less than the week before (%s).")
                                       : _("That is the same as the week before (%s)."),
                           share);
}

static void append_median(GString *text, double rate, double median, int weeks)
{
    g_autofree char *share = week_words_share(median);
    int order = compare(rate, median);
    const char *sentence =
        order > 0   ? ngettext("It is above the median of %d week (%s).",
                               "It is above the median of %d weeks (%s).", (gulong)weeks)
        : order < 0 ? ngettext("It is below the median of %d week (%s).",
                               "It is below the median of %d weeks (%s).", (gulong)weeks)
                    : ngettext("It is on the median of %d week (%s).",
                               "It is on the median of %d weeks (%s).", (gulong)weeks);
    g_string_append_c(text, ' ');
    g_string_append_printf(text, sentence, weeks, share);
}

char *week_words_rate(double rate, double before, double median, int weeks)
{
    if (isnan(rate))
        return g_strdup(_("The unit itself called off every visit, so there is no share."));
    GString *text = g_string_new(NULL);
    g_autofree char *share = week_words_share(rate);
    g_string_append_printf(text, _("Share not taken: %s."), share);
    if (!isnan(before))
        append_before(text, rate, before);
    if (!isnan(median) && weeks > 1)
        append_median(text, rate, median, weeks);
    return g_string_free(text, FALSE);
}

char *week_words_causes(const ReviewWeek *week, gint64 count, int columns)
{
    g_autofree char *bare = g_strdup_printf(
        ngettext("Causes, %d visit", "Causes, %d visits", (gulong)count), (int)count);
    if (count == week->missed)
        return g_steal_pointer(&bare);
    /* TRANSLATORS: "Causes, 79 visits", then how many of them were not taken, and how many the unit
     * called off itself, were done in another form or were rebooked */
    char *full = g_strdup_printf(_("%s: %d not taken, %d called off by the unit, done otherwise or "
                                   "rebooked"),
                                 bare, (int)week->missed, (int)(count - week->missed));
    if (text_width(full) <= columns)
        return full;
    g_free(full);
    /* TRANSLATORS: "Causes, 79 visits (67 not taken)" */
    char *some = g_strdup_printf(_("%s (%d not taken)"), bare, (int)week->missed);
    if (text_width(some) <= columns)
        return some;
    g_free(some);
    return g_steal_pointer(&bare);
}

char *week_words_definition(void)
{
    return g_strdup(_("Share: cancelled, declined on site and not present, of the planned visits "
                      "that the unit did not call off itself."));
}
