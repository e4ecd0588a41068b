/* kept_copies.h: copies of the whole database that the program has left beside it, which nobody
 * sees and which hold all that it held then. */
#pragma once

#include "base/date.h"

typedef struct {
    char *path;
    Date date;
} KeptCopy;

/* What was kept before a migration (NAME.db.before-NNNN) and what a restored database replaced
 * (NAME.replaced-DATE.db), oldest first. GPtrArray of KeptCopy. */
GPtrArray *kept_copies(const char *database);
