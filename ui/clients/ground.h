/* ground.h: one line of what a client's support rests on: a consent, a decision, what was ordered
 * by it, the plan for how it is carried out, a quote or what the client says is wrong; and what it
 * says. */
#pragma once

#include "care/client/care_order.h"
#include "care/client/client.h"
#include "care/client/consent.h"
#include "care/client/dispute.h"
#include "care/client/implementation.h"
#include "care/client/quote.h"
#include "care/completion/decision_entry.h"
#include "ui/widgets/detail.h"

/* One line: one of these. */
typedef struct {
    Consent *consent;
    Decision *decision;
    char *month, *corrected; /* of the decision: client_words_month(), decision_corrected() */
    CareOrder *order;
    char *state; /* of the order */
    Implementation *plan;
    Quote *quote;
    Dispute *dispute;
} Ground;

void ground_free(gpointer ground);
gboolean ground_is_same(gconstpointer a, gconstpointer b);

/* "Consent", "Order". */
const char *ground_kind(const Ground *ground);
/* "holds until 2026-12-31"; new. */
char *ground_state(const Ground *ground);
/* With whom, what support, by whom, which words; "" where nothing is known. */
const char *ground_about(const Ground *ground);

/* The form that it was recorded in; 0: none. */
gint64 ground_response(const Ground *ground);
/* Whether it was entered here and is corrected and taken away here: no decision of a form. */
gboolean ground_is_entered(const Ground *ground);
/* Whether there is a paper about it: of a plan the letter about one that is late. */
gboolean ground_has_paper(const Ground *ground);

/* All that it says. `disputes` is what stands beside a decision. New. */
Detail *ground_detail(const Ground *ground, GPtrArray *disputes);
Detail *ground_consent_detail(const Consent *consent);
