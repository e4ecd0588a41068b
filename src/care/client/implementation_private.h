/* implementation_private.h: for what an order does with its plan. Everyone else uses
 * implementation.h. */
#pragma once

#include "care/client/implementation.h"

/* As implementation_add(), inside a transaction of the caller's, who has asked what there is to
 * ask. */
gboolean implementation_write(Session *session, Implementation *plan, GError **error);
/* That of an order, the latest; `*plan` NULL: none. */
gboolean implementation_of_order(Session *session, gint64 order_id, Implementation **plan,
                                 GError **error);
/* Its day alone, of one that is awaited. Inside a transaction. */
gboolean implementation_move(Session *session, const Implementation *plan, Date due,
                             GError **error);
/* Takes it away with its task. Inside a transaction. */
gboolean implementation_drop(Session *session, const Implementation *plan, GError **error);
/* Takes away those of a decision that are awaited, which is about to go. ERROR_INPUT where one has
 * come. Inside a transaction. */
gboolean implementation_drop_of(Session *session, gint64 decision_id, GError **error);
/* Of a client who comes here again: what is awaited, or to be followed up, and has never been asked for.
 * Inside a transaction. */
gboolean implementation_ask_again(Session *session, gint64 client_id, GError **error);
