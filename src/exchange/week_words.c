/* week_words.c: the week's review in sentences. */
#include "exchange/week_words.h"

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
    /* Where too little is recorded the sentences that follow say how much. */
    if (week->unknown > 0 && !(week->over && !review_is_recorded(week))) {
        g_string_append_c(text, ' ');
        g_string_append_printf(
            text,
            ngettext("%d has no outcome yet.", "%d have no outcome yet.", (gulong)week->unknown),
            (int)week->unknown);
    }
    return g_string_free(text, FALSE);
}

/* --- the rate --------------------------------------------------------------------------------- */

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

/* Why there is none; NULL where there is nothing to have a share of. */
static char *no_rate(const ReviewWeek *week)
{
    if (!week->over)
        return g_strdup(_("The week is not over; its share is counted when it is."));
    if (week->planned > 0)
        return g_strdup_printf(ngettext("%d of %d visit is recorded. The share is shown when at "
                                        "least %d %% are.",
                                        "%d of %d visits are recorded. The share is shown when at "
                                        "least %d %% are.",
                                        (gulong)week->planned),
                               (int)week->recorded, (int)week->planned, REVIEW_RECORDED_PERCENT);
    if (week->visits[OUTCOME_UNIT_CANCELLED] + week->visits[OUTCOME_REBOOKED] > 0)
        return g_strdup(_("Every visit was called off by the unit or rebooked, so there is no "
                          "share."));
    return NULL;
}

char *week_words_rate(const WeekReview *review, const ReviewWeek *week)
{
    if (isnan(week->rate))
        return no_rate(week);
    GString *text = g_string_new(NULL);
    g_autofree char *share = week_words_share(week->rate);
    g_string_append_printf(text, _("Share not taken: %s."), share);
    if (week == week_review_last(review)) {
        const double before = week_review_before(review)->rate;
        if (!isnan(before))
            append_before(text, week->rate, before);
        const SpcPart *whole = week_review_whole(review);
        if (whole->base > 1)
            append_median(text, week->rate, whole->centre, (int)whole->base);
    }
    return g_string_free(text, FALSE);
}

/* --- what is not recorded --------------------------------------------------------------------- */

static char *share_of(const char *who, gint64 visits)
{
    /* TRANSLATORS: a worker and how many visits: "Anna Berg 3" */
    return g_strdup_printf(_("%s %d"), who, (int)visits);
}

/* "Anna Berg 3, Bo Ek 1, others 5". */
static char *by_worker(const WeekReview *review, Week week, guint most)
{
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);
    gint64 others = 0;
    for (guint i = 0; i < review->unrecorded->len; i++) {
        const WeekUnrecorded *row = review->unrecorded->pdata[i];
        if (row->week != week)
            continue;
        if (most > 0 && parts->len >= most)
            others += row->visits;
        else
            g_ptr_array_add(parts,
                            share_of(row->staff != NULL ? row->staff : _("nobody's"), row->visits));
    }
    if (others > 0)
        g_ptr_array_add(parts, share_of(_("others"), others));
    g_ptr_array_add(parts, NULL);
    return g_strjoinv(", ", (char **)parts->pdata);
}

char *week_words_unrecorded(const WeekReview *review, const ReviewWeek *week, guint most)
{
    if (!week->over || week->unknown == 0)
        return NULL;
    g_autofree char *workers = by_worker(review, week->week, most);
    return g_strdup_printf(ngettext("%d visit is not recorded: %s.",
                                    "%d visits are not recorded: %s.", (gulong)week->unknown),
                           (int)week->unknown, workers);
}

/* --- the causes ------------------------------------------------------------------------------- */

char *week_words_causes(const WeekReview *review, int columns)
{
    const int visits = (int)review->cause_visits, missed = (int)review->cause_missed;
    g_autofree char *bare = g_strdup_printf(
        ngettext("Causes, shares of %d visit", "Causes, shares of %d visits", (gulong)visits),
        visits);
    /* TRANSLATORS: "Causes, shares of 79 visits", then how many of them were not taken, and how
     * many the unit called off itself, were done otherwise or were rebooked */
    g_autofree char *full = g_strdup_printf(_("%s: %d not taken, %d called off by the unit, done "
                                              "otherwise or rebooked"),
                                            bare, missed, visits - missed);
    /* TRANSLATORS: "Causes, shares of 79 visits (67 not taken)" */
    g_autofree char *some = g_strdup_printf(_("%s (%d not taken)"), bare, missed);
    const char *const ways[] = {full, some, bare};
    for (gsize i = visits == missed ? 2 : 0; i < G_N_ELEMENTS(ways); i++)
        if (text_width(ways[i]) <= columns)
            return g_strdup(ways[i]);
    return g_strdup_printf(ngettext("Causes, %d visit", "Causes, %d visits", (gulong)visits),
                           visits);
}

char *week_words_definition(void)
{
    return g_strdup(_("Share: cancelled, declined on site and not present, of the visits recorded. "
                      "A planned visit counts once: an alternative or a new time counts only where "
                      "what it came in place of was rebooked or called off by the unit."));
}
