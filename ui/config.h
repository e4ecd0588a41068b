/* config.h: config.ini of the user: language, keys, theme, idle time, mouse, late backups, the log's code. */
#pragma once

#include <glib.h>

#define LOCK_MINUTES 10 /* where nothing else is set */

typedef struct {
    char *database;      /* [general] database; NULL: the default one */
    char *language;      /* [general] language; NULL: the locale's */
    char *theme;         /* [screen] theme = colour | monochrome */
    gboolean mouse;      /* [screen] mouse = false */
    int lock_minutes;    /* [screen] lock-after = 10; 0: never */
    int escape_delay_ms; /* [screen] escape-delay = 25 */
    int backup_days;     /* [backup] days = 7: then it is said that it is late; 0: never */
    gboolean syslog;     /* [log] syslog = false: whether a sign-in hands the code there (audit_anchor()) */
    GKeyFile *file;      /* for [keys] */
} Config;

/* Reads `path` (NULL: paths_config()); a missing file is all defaults. ERROR_INPUT names the line
 * or key at fault and what is allowed. */
Config *config_load(const char *path, GError **error);
void config_free(Config *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Config, config_free)
