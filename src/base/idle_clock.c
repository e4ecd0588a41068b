/* idle_clock.c: the clock since the machine was started. */
#include "base/idle_clock.h"

#include <time.h>

gint64 idle_clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_BOOTTIME, &now);
    return (gint64)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
