/* loop.h: when the program wakes up though no key was pressed. Pure. */
#pragma once

#include <glib.h>

typedef struct {
    gboolean typed; /* since the last save */
    gboolean unlocked;
    int lock_minutes; /* 0: never */
    gint64 idle_ms;   /* since the last key */
} LoopState;

gboolean loop_save_due(const LoopState *state);
gboolean loop_lock_due(const LoopState *state);
/* Milliseconds until one of them is; -1: only a key wakes the program. */
int loop_wait_ms(const LoopState *state);
