/* client_words.h: what a card says, in a line each. Translated; the caller frees. */
#pragma once

#include "care/client/client.h"
#include "care/client/consent.h"
#include "care/client/decision.h"
#include "care/client/quote.h"

/* "20000831-2399 · 26 years · man". */
char *client_words_identity(const Client *client);
/* "Somali, interpreter"; NULL when nothing is known. */
char *client_words_language(const Client *client);
/* The decision and the consents in force, or what is missing of them; `*text` is NULL when there is
 * neither. As decision_of_client() and consent_of_client(). FALSE with `error`. */
gboolean client_words_grounds(Session *session, gint64 client_id, char **text, GError **error);
/* How many are left out of a list, in a sentence; NULL: nobody. */
char *client_words_closed(gint64 count);
/* Whether it holds: "holds until 2026-12-31", "withdrawn 2026-11-20". */
char *client_words_consent(const Consent *consent);
/* Of the meeting: "may be shown, said 2026-11-20", "taken back 2026-11-22". */
char *client_words_quote(const Quote *quote);
/* "holds until 2026-12-31", "to be decided by 2026-12-01"; "" when nothing is known. */
/* "20 h; in November 12 h so far": granted, and given in this month; `*text` NULL where no hours are
 * granted, else new. */
gboolean client_words_month(Session *session, const Decision *decision, char **text, GError **error);
/* "20 h 30 min"; new. */
char *client_words_hours(gint64 minutes);
/* "LSS, 9 §"; "" where no law is said. New. */
char *client_words_law(const Decision *decision);
char *client_words_decision(const Decision *decision);
/* What it is about. Not owned. */
const char *client_words_decision_about(const Decision *decision);
/* Why there is nothing to withdraw; NULL where there is. Static. */
const char *client_words_not_withdrawn(const Consent *consent);
