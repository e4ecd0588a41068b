/* call_clock.c: the 48 hours of a call. */
#include "care/task/call_clock.h"

#define HOUR_MS G_GINT64_CONSTANT(3600000)

int call_hours_left(gint64 came_ms, gint64 now_ms)
{
    const gint64 left = came_ms + CALL_MS - now_ms;
    return (int)(left >= 0 ? left / HOUR_MS : (left - HOUR_MS + 1) / HOUR_MS);
}
