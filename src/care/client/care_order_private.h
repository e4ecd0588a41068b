/* care_order_private.h: for what becomes of an order with its decision. Everyone else uses
 * care_order.h. */
#pragma once

#include "care/client/care_order.h"

/* Takes away those of a decision that is about to go, with the plans that are awaited. ERROR_INPUT
 * where one has been sent, or a plan has come. Inside a transaction. */
gboolean care_order_drop_of(Session *session, gint64 decision_id, GError **error);
