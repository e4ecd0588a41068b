/* absence_days.h: on which days a client is away, for laying out series. */
#pragma once

#include "base/date.h"
#include "care/unit/session.h"

/* SQL: whether a row of absence stands. That of a closing (client/closing.h) does only on a card that is
 * closed: not on one that goes on, with which the closed card was merged. */
#define ABSENCE_STANDS                                                                             \
    "withdrawn_ms IS NULL AND (cause <> 'away-closed' OR EXISTS (SELECT 1 FROM client x"           \
    " WHERE x.id = absence.client_id AND x.active = 0))"

/* Takes out of `days` (GArray of Date) those on which the client is away. No permission is asked for. */
gboolean absence_leave_out(Session *session, gint64 client_id, GArray *days, GError **error);
