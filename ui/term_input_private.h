/* term_input_private.h: reading standard input, for term.c alone. */
#pragma once

#include "ui/key_decoder.h"

/* What the screen does when the window has a new size, as the kernel says it, and before and after a
 * stop by SIGTSTP. */
typedef struct {
    void (*resize)(void);
    void (*suspend)(void);
    void (*resume)(void);
} ScreenHooks;

/* Takes `decoder`. Blocks the signals it reads. `hooks` is static. */
gboolean input_start(KeyDecoder *decoder, int escape_delay_ms, const ScreenHooks *hooks,
                     GError **error);
void input_stop(void);
void input_next(Event *event, int timeout_ms);
gboolean input_pending(void);
gboolean input_take_escape(void);
void input_drop(void);
