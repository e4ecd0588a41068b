/* risk_note.h: what whoever goes to a client must know to be safe (a dog, somebody else in the home, what
 * makes it dangerous), and nothing else about the person.
 *
 * It is seen by those who go, and by nobody who is only curious: by whoever is assigned to the client or
 * named on the card, by whoever has a visit with the client on that day (their own, one on
 * which they go along, or of a colleague whom they cover for), and by the team lead, who answers for their safety. All of them may open the card
 * too (client_guard.h). To others nothing shows that there is one;
 * but in the extract, which is the person's own, and in the log both can be met by whoever may open the card,
 * and that is logged. */
#pragma once

#include "care/unit/session.h"

typedef struct {
    gint64 id, client_id; /* id: what risk_note_write() takes */
    char *words;          /* of several that stand, as after a merge, each on a line of its own */
    char *staff_name;     /* who wrote it, or the latest; NULL: nobody of the unit */
    gint64 created_ms;
} RiskNote;
void risk_note_free(RiskNote *note);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RiskNote, risk_note_free)

#define RISK_NOTE_MOST 1000 /* characters */

/* The one rule: whether the signed-in person may read the notes of that client. Not logged; FALSE also
 * where it cannot be read. */
gboolean risk_may_see(Session *session, gint64 client_id);
/* Why one does not, and what to do. Translated, static. */
const char *risk_note_not_seen(void);
/* The note that stands; NULL without an error: there is none, or one may not see it. That it was read
 * stands in the log once a day. PERMIT_CLIENT_READ and the right to open the card. */
RiskNote *risk_note_of(Session *session, gint64 client_id, GError **error);
/* Whether there is one to be seen: for a mark beside a visit. Not logged. */
gboolean risk_note_stands(Session *session, gint64 client_id);
/* Takes the place of the one that stands; NULL or "": there is no danger any more. ERROR_INPUT where it is
 * too long; ERROR_CONFLICT where `before_id` (0: none) is not the one that stands; ERROR_DENIED, logged,
 * where one may not see it. PERMIT_VISIT_RECORD. */
gboolean risk_note_write(Session *session, gint64 client_id, const char *words, gint64 before_id,
                         GError **error);
/* All of a client's, also the ended, the latest first: for the extract. PERMIT_CLIENT_READ and the right to
 * open the card, and logged. Array of RiskNote *. */
GPtrArray *risk_note_all(Session *session, gint64 client_id, GError **error);
