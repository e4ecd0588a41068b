/* decision_gap.c: the days on which a client's support rests on no decision. */
#include "care/client/decision_gap.h"

#include "base/i18n.h"
#include "care/client/decision_private.h"

/* The latest first: each rules from its first day on, to the day before those that came after it.
 */
GArray *decision_gaps(Session *session, gint64 client_id, GError **error)
{
    g_autoptr(GPtrArray) all = decision_granted(session, client_id, error);
    if (all == NULL)
        return NULL;
    GArray *gaps = g_array_new(FALSE, FALSE, sizeof(DecisionGap));
    Date next = DATE_NONE; /* the first day of what came after */
    for (guint i = 0; i < all->len; i++) {
        const Decision *decision = all->pdata[i];
        const Date from = decision->valid_from, to = decision->valid_to;
        const gboolean rules = next == DATE_NONE || from < next;
        const DecisionGap gap = {.from = MAX(to + 1, from),
                                 .to = next != DATE_NONE ? next - 1 : DATE_NONE};
        if (!rules)
            continue;
        if (to != DATE_NONE && (gap.to == DATE_NONE || gap.from <= gap.to))
            g_array_prepend_val(gaps, gap);
        if (from == DATE_NONE)
            break;
        next = from;
    }
    return gaps;
}

const DecisionGap *decision_gap_at(const GArray *gaps, Date day)
{
    for (guint i = 0; i < gaps->len; i++) {
        const DecisionGap *gap = &g_array_index(gaps, DecisionGap, i);
        if (gap->from <= day && (gap->to == DATE_NONE || day <= gap->to))
            return gap;
    }
    return NULL;
}

Date decision_gaps_last_day(const GArray *gaps)
{
    const DecisionGap *last =
        gaps->len > 0 ? &g_array_index(gaps, DecisionGap, gaps->len - 1) : NULL;
    return last != NULL && last->to == DATE_NONE ? last->from - 1 : DATE_NONE;
}

gboolean decision_last_day(Session *session, gint64 client_id, Date *last, GError **error)
{
    g_autoptr(GArray) gaps = decision_gaps(session, client_id, error);
    *last = gaps != NULL ? decision_gaps_last_day(gaps) : DATE_NONE;
    return gaps != NULL;
}

gboolean decision_covers(Session *session, gint64 client_id, Date day, GError **error)
{
    char ended[DATE_SIZE], begins[DATE_SIZE];
    g_autoptr(GArray) gaps = decision_gaps(session, client_id, error);
    const DecisionGap *gap = gaps != NULL ? decision_gap_at(gaps, day) : NULL;
    if (gap == NULL)
        return gaps != NULL;
    date_format(gap->from - 1, ended);
    if (gap->to == DATE_NONE)
        g_set_error(
            error, DAGSFORM_ERROR, ERROR_INPUT,
            _("The decision ends on %s. Choose an earlier day, or let the case officer enter "
              "the new decision first."),
            ended);
    else
        g_set_error(
            error, DAGSFORM_ERROR, ERROR_INPUT,
            _("One decision ends on %s, and the next begins on %s. Choose a day that one of "
              "them reaches."),
            ended, date_format(gap->to + 1, begins));
    return FALSE;
}
