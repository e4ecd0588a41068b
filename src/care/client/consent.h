/* consent.h: what the client lets us share, with whom and until when. A consent can be withdrawn on
 * any day and stays to be seen. Sharing within and between authorities rests on it: 10 kap. 1 § and
 * 12 kap. 2 § offentlighets- och sekretesslagen (2009:400). */
#pragma once

#include "base/date.h"
#include "care/unit/session.h"

typedef struct {
    gint64 id, client_id, response_id; /* response_id 0: none */
    gboolean given;                    /* FALSE: asked, and said no */
    char *actors, *scope, *purpose, *exceptions;
    char *form, *given_by;                /* codes of the form's options, or words */
    Date given_on, ends_on, withdrawn_on; /* DATE_NONE: not said, not withdrawn */
    gint64 created_ms;
    char *settled;      /* of a no: which holds (consent_entry.h), as stored; NULL: not said */
    gboolean met_by_no; /* a later no has come, and nobody has said which holds. Read beside it */
} Consent;
void consent_free(Consent *consent);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Consent, consent_free)

/* Whether a no meets a consent: it came later, in another form or on the card, the consent would
 * hold on that day, and nobody has said which holds. Pure. */
gboolean consent_meets(const Consent *no, const Consent *consent, Date day);
/* Whether it holds on a day. What a later no meets does not, until somebody says so. Pure. */
gboolean consent_holds(const Consent *consent, Date day);
/* A client's, those that hold first, then by day. PERMIT_WALK and the right to open the card. */
GPtrArray *consent_of_client(Session *session, gint64 client_id, GError **error);
/* One of them, as above; ERROR_NOT_FOUND. */
Consent *consent_get(Session *session, gint64 id, GError **error);
/* The last consent that the response gave; NULL without error when it gave none. The card is the
 * caller's to ask for. */
gboolean consent_of_response(Session *session, gint64 response_id, Consent **consent,
                             GError **error);
/* Withdraws, from `day` on (today or earlier). What was shared before stays shared. */
gboolean consent_withdraw(Session *session, gint64 id, Date day, GError **error);
