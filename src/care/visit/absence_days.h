/* absence_days.h: on which days a client is away, for laying out series. */
#pragma once

#include "base/date.h"
#include "care/unit/session.h"

/* Takes out of `days` (GArray of Date) those on which the client is away. No permission is asked for. */
gboolean absence_leave_out(Session *session, gint64 client_id, GArray *days, GError **error);
