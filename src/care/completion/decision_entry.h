/* decision_entry.h: a decision on a client's support entered on the card (biståndsbeslut), without
 * an intake: made, extended, changed, refused in part or whole, ended. Each is a decision of its
 * own beside the earlier ones; that decided upon last says how long support is given
 * (decision_last_day()). */
#pragma once

#include "care/client/decision.h"
#include "care/client/decision_gap.h"
#include "care/completion/decision_settle.h"

typedef enum {
    ENTRY_GRANTED,
    ENTRY_EXTENDED,
    ENTRY_CHANGED,
    ENTRY_PARTLY,
    ENTRY_REFUSED,
    ENTRY_ENDED,
    ENTRY_COUNT
} DecisionEntry;
const char *decision_entry_code(DecisionEntry entry); /* "extended": what Decision.kind holds */
gboolean decision_entry_parse(const char *code, DecisionEntry *entry);

/* Enters it, in one transaction with what follows: visits that the earlier end kept from being laid
 * out are; those planned where no decision reaches are to be settled (`*after`: how many; may be
 * NULL), and six weeks before the end it is to be looked at, both tasks of the case officer's. The
 * decision that says how long support is given has such tasks, and no other: theirs are done. A
 * call with the id that an earlier one filled in changes nothing.
 *
 * ERROR_INPUT: without who decided (förvaltningslagen 31 §); without reasons where it is not
 * granted whole (32 §); decided in the future; ending before it begins; an end without a last day.
 * PERMIT_CLIENT_EDIT and the right to open the card. */
gboolean decision_enter(Session *session, Decision *decision, gint64 *after, GError **error);
/* Corrects one that was entered so, as it stands in `decision`: the earlier version is kept
 * (client/decision_version.h), and visits and tasks follow its days as when it is entered. What is
 * the same already is no correction. ERROR_CONFLICT where somebody has corrected it since
 * `version`; ERROR_INPUT as above and where it came from a form; ERROR_NOT_FOUND. The same rights.
 */
gboolean decision_change(Session *session, Decision *decision, gint64 *after, GError **error);
/* It was a mistake: it goes, with its tasks, orders that have not been sent and plans that have not
 * come, and the log keeps it. ERROR_INPUT where it came from a form, which is corrected instead,
 * where an order has been sent, or a plan has come. The same rights. */
gboolean decision_take_away(Session *session, gint64 client_id, gint64 id, GError **error);

/* After a decision's change: from the days that none reached before it (decision_gaps()) to those
 * there are now. Inside a transaction. */
gboolean decision_follow(Session *session, const DecisionAbout *about, const GArray *gaps,
                         gint64 *visits, GError **error);
