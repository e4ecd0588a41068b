/* run.h: the full screen from start to end. */
#pragma once

#include <glib.h>

typedef struct {
    const char *database;    /* NULL: the configured one, or the default */
    const char *login;       /* NULL: asked for */
    const char *config;      /* NULL: paths_config() */
    gboolean language_given; /* on the command line, so the configured one does not count */
    gboolean monochrome;
} UiOptions;
/* Opens the terminal and stays until the user leaves. ERROR_INPUT when there is no terminal or the
 * configuration has a fault. */
gboolean ui_run(const UiOptions *options, GError **error);
