/* client_private.h: what client.c, its neighbours and the completion of forms share. Everyone else
 * uses client.h. */
#pragma once

#include "care/client/client.h"

/* SQL: 1 when :me may open the card of client c, else 0. */
#define CLIENT_MAY_OPEN                                                                            \
    "CASE WHEN c.protection = 'none' OR c.support_worker_id = :me OR c.case_officer_id = :me"      \
    " OR EXISTS (SELECT 1 FROM client_named_staff n WHERE n.client_id = c.id"                      \
    " AND n.staff_id = :me) THEN 1 ELSE 0 END"

/* The row for someone who may open the card; else the refusal is logged. */
Client *client_read_allowed(Session *session, gint64 id, GError **error);

/* client_add() inside a transaction and client_change() for somebody whose right is seen to
 * elsewhere: who may complete a form may change the card by it. */
gboolean client_add_allowed(Session *session, Client *client, GError **error);
gboolean client_change_allowed(Session *session, Client *client, GError **error);

/* Adds or takes away one who may open the card; nothing is logged when it is so already. Inside a
 * transaction. */
gboolean client_write_named(Session *session, gint64 client_id, gint64 staff_id, gboolean named,
                            GError **error);
