/* paths.h: where the user's files lie; the program's own are share.h's. */
#pragma once

#include <glib.h>

/* $XDG_DATA_HOME/dagsform, made with mode 0700 if missing. The caller frees. NULL and `error`
 * when it cannot be made. */
char *paths_user_data(GError **error);

/* $XDG_CONFIG_HOME/dagsform/config.ini (may not exist). The caller frees. */
char *paths_config(void);

/* What the program keeps of its own accord about units, in $XDG_STATE_HOME/dagsform (may not exist): what
 * was last seen of their logs (care/unit/last_seen.h), and where the users' own key files lie. The
 * caller frees. */
char *paths_last_seen(void);
char *paths_own_files(void);

/* The path that is meant by what was typed, or dropped into a terminal: quotes put round a dropped
 * file and "file://" taken away, "~/" written out. New. */
char *paths_typed(const char *text);

/* The file that a symbolic link leads to; the name itself where that is none, so that a device is never
 * taken for a file that may be replaced. New. */
char *paths_behind(const char *path);

/* TRUE when `path`, or its folder when it does not exist yet, lies on a local file system.
 * FALSE with ERROR_INPUT naming the kind (nfs, cifs, fuse.sshfs, …): locks there cannot be
 * trusted, and a database is corrupted by them (reliability of locking: sqlite.org,
 * howtocorrupt.html §2.1). */
gboolean paths_is_local(const char *path, GError **error);

/* The name of the network file system that statfs() calls `magic`, NULL for a local one. FUSE is
 * judged by `mount_type` ("fuse.sshfs", from paths_mount_type(); NULL when not known): only kinds
 * known to be local pass. Pure; paths_is_local() is made of it. The name is static or
 * `mount_type`. */
const char *paths_network_kind(guint32 magic, const char *mount_type);
/* The type of the mount of this device in the text of /proc/self/mountinfo. New, or NULL. */
char *paths_mount_type(const char *mountinfo, guint major_number, guint minor_number);
