/* rows.h: a list whose rows are all in memory already. */
#pragma once

#include "ui/widgets/list.h"

/* For ListClass.fetch: at most `limit` of `all` after the row `after` (NULL: from the first). The
 * array does not own its rows: `all` must outlive the list's next reading. */
GPtrArray *rows_after(GPtrArray *all, gconstpointer after, int limit);
/* Makes `now` what `*rows` is and reloads the list, which looks at its old rows once more while it
 * does. Takes `now`; NULL (it could not be read) is FALSE, and everything stays as it was. When the
 * program locks `*rows` is let go with the list's (list_forget()), so that `resume` fetches it anew. */
gboolean rows_replace(List *list, GPtrArray **rows, GPtrArray *now, GError **error);
