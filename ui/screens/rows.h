/* rows.h: a list whose rows are all in memory already. */
#pragma once

#include <glib.h>

/* For ListClass.fetch: at most `limit` of `all` after the row `after` (NULL: from the first). The
 * array does not own its rows: `all` must outlive the list's next reading. */
GPtrArray *rows_after(GPtrArray *all, gconstpointer after, int limit);
