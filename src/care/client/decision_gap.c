/* decision_gap.c: the days on which a client's support rests on no decision. */
#include "care/client/decision_gap.h"

#include "base/i18n.h"
#include "care/client/decision_private.h"

/* What a decision says of its days. */
typedef struct {
    Date from, to;
} Days;

static GArray *read_days(Session *session, gint64 client_id, GError **error)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(Days));
    g_autoptr(DbStatement) rows =
        db_query(session_db(session),
                 "SELECT valid_from, valid_to FROM decision" DECISION_GRANTED DECISION_LATEST_FIRST,
                 DB_PARAMS(DB_INT("client", client_id)), error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        const Days days = {date_parse(db_text(rows, 0)), date_parse(db_text(rows, 1))};
        g_array_append_val(all, days);
    }
    return step == DB_STEP_DONE ? g_steal_pointer(&all) : NULL;
}

/* The latest first: each rules from its first day on, to the day before those that came after it.
 */
GArray *decision_gaps(Session *session, gint64 client_id, GError **error)
{
    g_autoptr(GArray) all = read_days(session, client_id, error);
    if (all == NULL)
        return NULL;
    GArray *gaps = g_array_new(FALSE, FALSE, sizeof(DecisionGap));
    Date next = DATE_NONE; /* the first day of what came after */
    for (guint i = 0; i < all->len; i++) {
        const Days *days = &g_array_index(all, Days, i);
        const gboolean rules = next == DATE_NONE || days->from < next;
        const DecisionGap gap = {.from = MAX(days->to + 1, days->from),
                                 .to = next != DATE_NONE ? next - 1 : DATE_NONE};
        if (!rules)
            continue;
        if (days->to != DATE_NONE && (gap.to == DATE_NONE || gap.from <= gap.to))
            g_array_prepend_val(gaps, gap);
        if (days->from == DATE_NONE)
            break;
        next = days->from;
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
