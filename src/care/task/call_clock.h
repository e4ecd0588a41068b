/* call_clock.h: the clock of somebody who rang and is to be called back (call_request.h). Pure. */
#pragma once

#include <glib.h>

#define CALL_HOURS 48
#define CALL_MS (CALL_HOURS * G_GINT64_CONSTANT(3600000))

/* Hours that are left of the 48 at `now_ms`, rounded down: 0 in the last hour, -1 in the first one
 * too late. */
int call_hours_left(gint64 came_ms, gint64 now_ms);
