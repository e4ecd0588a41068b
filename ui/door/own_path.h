/* own_path.h: where the key file that somebody needs to sign in lay when they gave it last, kept in the
 * account, outside the unit, which could not be read yet. */
#pragma once

#include <glib.h>

/* New; NULL: it is not known. */
char *own_path_known(const char *database, const char *login);
/* Where it cannot be kept it is asked for again. */
void own_path_keep(const char *database, const char *login, const char *path);
