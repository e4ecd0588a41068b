/* client_named.h: who may open the card of a client with protected identity, beside those assigned.
 */
#pragma once

#include "care/unit/session.h"

/* Who else than those assigned may open a protected client's card. PERMIT_CLIENT_EDIT, and the
 * right to open it. ERROR_INPUT for taking one's own name away: so there is always somebody left
 * who can open the card. */
gboolean client_name_staff(Session *session, gint64 client_id, gint64 staff_id, gboolean named,
                           GError **error);
/* Those named, also who has left the unit, by name in Swedish order. Array of Staff *;
 * g_ptr_array_unref. PERMIT_CLIENT_READ, and the right to open the card. */
GPtrArray *client_named_staff(Session *session, gint64 client_id, GError **error);

/* Adds or takes away one who may open the card; nothing is logged when it is so already. Inside a
 * transaction. */
gboolean client_write_named(Session *session, gint64 client_id, gint64 staff_id, gboolean named,
                            GError **error);
