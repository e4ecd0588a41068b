/* term_private.h: between term.c (screen), term_fatal.c (restoring) and draw.c; for no other file. */
#pragma once

#include "ui/draw.h"
#include "ui/theme.h"

/* draw.c: the looks of the styles; colours must have been started for THEME_COLOUR. */
void draw_start(ThemeName theme);
/* Where draw_caret() was last called since then; FALSE: nowhere. */
void draw_caret_forget(void);
gboolean draw_caret_place(int *row, int *column);

/* term_fatal.c: on a signal that ends the program, `restore` is written and the terminal's modes
 * set back as they are now. */
void fatal_start(const char *restore);
void fatal_stop(void);
