/* rows.c: a list whose rows are all in memory already. */
#include "ui/common/rows.h"

GPtrArray *rows_after(GPtrArray *all, gconstpointer after, int limit)
{
    GPtrArray *rows = g_ptr_array_new();
    guint first = 0;
    if (all != NULL && after != NULL && g_ptr_array_find(all, after, &first))
        first++;
    for (guint i = first; all != NULL && i < all->len && (int)rows->len < limit; i++)
        g_ptr_array_add(rows, all->pdata[i]);
    return rows;
}

gboolean rows_replace(List *list, GPtrArray **rows, GPtrArray *now, GError **error)
{
    if (now == NULL)
        return FALSE;
    GPtrArray *before = *rows;
    list_backed_by(list, rows);
    *rows = now;
    gboolean read = list_reload(list, error);
    g_clear_pointer(&before, g_ptr_array_unref);
    return read;
}
