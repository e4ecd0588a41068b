/* care_order.h: an order (beställning) to the one who carries out what a decision grants: who
 * carries it out, whom they can ask, the aims, and by when their plan (implementation.h) is to have
 * come. What is granted stands in the decision alone. */
#pragma once

#include "care/client/decision.h"

typedef struct {
    gint64 id, client_id, decision_id;
    char *provider;        /* utförare: who carries it out */
    char *contact, *phone; /* whom they ask, of the unit; NULL */
    char *aims;            /* NULL */
    char *words;           /* what they need to know besides; NULL */
    Date ordered;
    Date plan_due; /* when the plan is to have come; of one that is read, DATE_NONE: none is awaited
                    */
    Date sent;     /* DATE_NONE: not yet */
    gint64 sent_version; /* of the decision, as it was then */
    gint64 version;
} CareOrder;
/* Of today; the unit carries it out itself, the signed-in person is asked, the aims are the
 * decision's, and the plan is due as the unit has set it. NULL on error: ERROR_INPUT where the decision
 * grants nothing. */
CareOrder *care_order_new(Session *session, const Decision *decision, GError **error);
void care_order_free(CareOrder *order);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CareOrder, care_order_free)

/* With the plan that is awaited from then on, and its task. Fills in the id; a call with the id
 * that an earlier one filled in changes nothing. ERROR_INPUT without a provider or a day for the
 * plan, where the decision grants nothing, or where a day cannot be. PERMIT_CLIENT_EDIT and the
 * right to open the card. */
gboolean care_order_add(Session *session, CareOrder *order, GError **error);
/* Everything as it stands in `order` but the client and the decision; the day of a plan that has
 * come stays. ERROR_CONFLICT where somebody has changed it since `version`. The same rights. */
gboolean care_order_change(Session *session, const CareOrder *order, GError **error);
/* It was sent on that day, which is not in the future, as the decision is now. The same rights. */
gboolean care_order_send(Session *session, gint64 id, Date day, GError **error);
/* It was a mistake: it goes, with the plan that is awaited; the log keeps it. ERROR_INPUT where it
 * has been sent, or its plan has come. The same rights. */
gboolean care_order_remove(Session *session, gint64 id, GError **error);

/* A client's, in the order of their days. PERMIT_WALK and the right to open the card. Array of
 * CareOrder *. */
GPtrArray *care_order_of_client(Session *session, gint64 client_id, GError **error);
/* ERROR_NOT_FOUND; else as above. */
CareOrder *care_order_get(Session *session, gint64 id, GError **error);
