/* file.h: a file that somebody names, read whole. */
#pragma once

#include <glib.h>

/* The bytes of the file at `path`, with a NUL behind them; no more than `most` are taken. One sentence
 * that says what to do: ERROR_NOT_FOUND; ERROR_INPUT for a folder, a device, a pipe, and what is too
 * large; ERROR_IO. New. */
char *file_read(const char *path, gsize most, gsize *length, GError **error);
