/* shown.h: what a command and the lines of --plain write to a terminal. Names of files, of a folder that others
 * write in too, and rows that nobody wrote by this program can hold signs that a terminal acts on: it puts
 * something on the clipboard, say, or covers what was said. */
#pragma once

#include <glib.h>

/* Copies `bytes` to `clean` (as much room), a "?" for each sign that a terminal acts on but line end, carriage
 * return and tab. A sign can be cut by the end of what is written: `held` (FALSE at the beginning) says that
 * one is held back. How much there is. */
gsize shown_clean(const char *bytes, gsize length, char *clean, gboolean *held);
/* From here on standard output and standard error pass that, each where it is a terminal. */
void shown_begin(void);
