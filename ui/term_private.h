/* term_private.h: between term.c (screen), term_input.c (keys, signals), term_fatal.c (restoring)
 * and draw.c; for no other file. */
#pragma once

#include "ui/draw.h"
#include "ui/key_decoder.h"
#include "ui/theme.h"

/* draw.c: the looks of the styles; colours must have been started for THEME_COLOUR. */
void draw_start(ThemeName theme);
/* Where draw_caret() was last called since then; FALSE: nowhere. */
void draw_caret_forget(void);
gboolean draw_caret_place(int *row, int *column);

/* term_input.c: reads standard input. Takes `decoder`. Blocks the signals it reads. */
gboolean input_start(KeyDecoder *decoder, int escape_delay_ms, GError **error);
void input_stop(void);
void input_next(Event *event, int timeout_ms);
gboolean input_pending(void);
gboolean input_take_escape(void);
void input_drop(void);

/* term.c, for term_input.c: the window's size as the kernel says it; a stop by SIGTSTP. */
void screen_resize(void);
void screen_suspend(void);
void screen_resume(void);

/* term_fatal.c: on a signal that ends the program, `restore` is written and the terminal's modes
 * set back as they are now. */
void fatal_start(const char *restore);
void fatal_stop(void);
