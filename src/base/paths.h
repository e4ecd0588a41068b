/* paths.h: where the program's own files and the user's files lie. */
#pragma once

#include <glib.h>

/* The folder that holds locale/ and dagsform/ (forms, schema-free data): $DAGSFORM_SHARE, else
 * ../share beside the folder of the running program, else PREFIX/share. Static. */
const char *paths_share(void);

/* $XDG_DATA_HOME/dagsform, made with mode 0700 if missing. The caller frees. NULL and `error`
 * when it cannot be made. */
char *paths_user_data(GError **error);

/* $XDG_CONFIG_HOME/dagsform/config.ini (may not exist). The caller frees. */
char *paths_config(void);

/* TRUE when `path`, or its folder when it does not exist yet, lies on a local file system.
 * FALSE with ERROR_INPUT naming the kind (nfs, cifs, fuse.sshfs, …): locks there cannot be
 * trusted, and a database is corrupted by them (reliability of locking: sqlite.org,
 * howtocorrupt.html §2.1). */
gboolean paths_is_local(const char *path, GError **error);
