/* idle_clock.h: how long nobody has done anything. */
#pragma once

#include <glib.h>

/* Milliseconds that only go forward, and go on while the machine sleeps, so that a closed lid
 * counts as idle time. */
gint64 idle_clock_ms(void);
