/* kept.h: small files of keys and values that the program keeps in the account. */
#pragma once

#include <glib.h>

/* What stands at `path`; empty where nothing can be read, or where it is something else. New. */
GKeyFile *kept_read(const char *path);
/* Whole or not at all, readable for the owner alone; its folder is made. FALSE where that cannot be. */
gboolean kept_write(const char *path, GKeyFile *file);
/* For kept_read() and the fuzzer. New. */
GKeyFile *kept_parse(const char *text, gsize length);
