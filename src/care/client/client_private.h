/* client_private.h: what client.c, its neighbours and the completion of forms share. Everyone else
 * uses client.h. */
#pragma once

#include "care/client/client.h"
#include "care/client/client_codes.h"
#include "care/client/client_guard.h"

/* What the latest matter was of somebody who does not come, and whose help has not been ended by
 * hand (closing.h): for standing_of(). */
#define CLIENT_STANDING                                                                            \
    "CASE WHEN c.active = 1 OR EXISTS (SELECT 1 FROM closing e WHERE e.client_id = c.id) THEN "    \
    "NULL"                                                                                         \
    " ELSE (SELECT d.kind FROM decision d WHERE d.client_id = c.id"                                \
    " ORDER BY d.created_ms DESC, d.id DESC LIMIT 1) END"

/* The whole row, whoever asks and also of a card that is closed. */
Client *client_read_row(Session *session, gint64 id, GError **error);
/* The row for someone who may open the card; else the refusal is logged. */
Client *client_read_allowed(Session *session, gint64 id, GError **error);

/* The other client who has, or had on a card that was merged into another, one of the numbers of `client`:
 * `*number` is that one, the client's; `*name` is new. `*id` is 0, and `*name` NULL, where nobody has. */
gboolean client_find_holder(Session *session, const Client *client, gint64 *id, const char **number,
                            char **name, GError **error);

/* client_add() inside a transaction and client_change() for somebody whose right is seen to
 * elsewhere: who may complete a form may change the card by it. */
gboolean client_add_allowed(Session *session, Client *client, GError **error);
gboolean client_change_allowed(Session *session, Client *client, GError **error);
/* Writes a card over, for whoever makes the entry in the log, inside a transaction, and what is
 * counted from it. ERROR_EXISTS as client_add(). */
gboolean client_write_unlogged(Session *session, const Client *client, GError **error);

/* After the statement that writes one row of two cards that become one, or two again: a server that keeps a
 * card from whoever asks changes nothing, and says nothing. ERROR_DENIED. */
gboolean client_was_written(Session *session, GError **error);
