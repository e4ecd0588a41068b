/* consent_entry.h: consents entered on the card, without a form: given, changed, refused; and which
 * holds where a later no meets the yes of before. */
#pragma once

#include "care/client/consent.h"

/* Given, all days unknown but the first: today. */
Consent *consent_entry_new(gint64 client_id);
/* What keeps it from being entered, and what to change; translated, static; NULL: nothing. Pure. */
typedef enum {
    CONSENT_FIELD_ACTORS,
    CONSENT_FIELD_SCOPE,
    CONSENT_FIELD_FROM,
    CONSENT_FIELD_UNTIL,
} ConsentField;
const char *consent_entry_fault(const Consent *consent, ConsentField *field);
/* Enters it. `replaces` (0: none) is the consent that this one takes the place of: withdrawn from
 * the first day of the new one, it stays to be seen. A call with the id that an earlier one filled
 * in changes nothing.
 *
 * ERROR_INPUT: given to nobody, about nothing, without a last day (a consent is never for ever), a
 * last day before the first, more than a year after it, or behind today; a no of tomorrow.
 * ERROR_CONFLICT: what it replaces holds no more. PERMIT_WALK and the right to open the card. */
gboolean consent_enter(Session *session, Consent *consent, gint64 replaces, GError **error);

/* Which holds, of a no and the consents of before that it meets. */
typedef enum {
    CONSENT_NO_HOLDS,  /* they are withdrawn from the day of the no */
    CONSENT_YES_HOLDS, /* the no was taken back, or was a misunderstanding */
    CONSENT_BOTH_HOLD, /* they are about different things */
    CONSENT_SETTLED_COUNT
} ConsentSettled;
const char *consent_settled_code(ConsentSettled settled);
const char *consent_settled_name(ConsentSettled settled); /* translated: "The no holds" */
/* ERROR_INPUT where it is no refusal, ERROR_CONFLICT where somebody has said it already.
 * PERMIT_WALK and the right to open the card. */
gboolean consent_settle(Session *session, gint64 refusal_id, ConsentSettled settled,
                        GError **error);

/* Of those of a client (consent_of_client()): the consents that the no meets, and the newest no
 * that meets a consent; pure. Array of const Consent *, new; NULL: none. */
GPtrArray *consent_met_by(const GPtrArray *consents, const Consent *refusal);
const Consent *consent_no_that_meets(const GPtrArray *consents, const Consent *consent);
