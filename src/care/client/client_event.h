/* client_event.h: what an entry of the audit log is called, and who has read about a client
 * (client_history.c). */
#pragma once

#include "care/unit/session.h"

/* "opened the card"; translated. The action itself where it has no words. */
const char *client_event_name(const char *entity, const char *action);

/* What a field of the card is called ("identity number"), as the log names it; translated. The name itself
 * where it has no words. */
const char *client_field_name(const char *field);

/* One reading, as the client is told of it who asks: by which role, not by whom. */
typedef struct {
    gint64 at_ms;
    const char *role, *what; /* translated, static; `role` NULL: recovery */
} ClientReading;
/* Every one, in order of time. Array of ClientReading, g_array_unref(); NULL with `error`.
 * PERMIT_CLIENT_READ, and the right to open the card. */
GArray *client_readings(Session *session, gint64 client_id, GError **error);
