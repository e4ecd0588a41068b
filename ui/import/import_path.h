/* import_path.h: file names as they are typed (paths_typed()), completed and made up. No screen. */
#pragma once

#include <glib.h>

/* `text` as far as the files and folders on the disk leave no choice (a folder ends in "/"); their
 * names are added to `candidates` (GPtrArray of char *, owning). New. */
char *import_path_complete(const char *text, GPtrArray *candidates);
/* Where the refused rows of the file `path` go: beside it, under a name that is free. New. */
char *import_path_refused(const char *path);
