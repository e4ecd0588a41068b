/* placement_import.c: the placement that an interview from a file follows up. */
#include "care/placement/placement_import.h"

#include "base/text.h"

static gboolean same_name(const char *a, const char *b)
{
    return text_collate(a != NULL ? a : "", b != NULL ? b : "") == 0;
}

gboolean placement_find(Session *session, Placement *placement, GError **error)
{
    g_autoptr(GPtrArray) all = placement_of_client(session, placement->client_id, error);
    placement->id = 0;
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const Placement *one = all->pdata[i];
        if (one->started_on == placement->started_on &&
            same_name(one->institution, placement->institution))
            placement->id = one->id;
    }
    return all != NULL;
}

/* The institution's id, also of one that is not used any more; 0 on error. */
static gint64 institution_of(Session *session, const Placement *placement, GError **error)
{
    g_autoptr(GPtrArray) all = institution_list(session, NULL, FALSE, error);
    if (all == NULL)
        return 0;
    for (guint i = 0; i < all->len; i++) {
        const Institution *one = all->pdata[i];
        if (same_name(one->name, placement->institution))
            return one->id;
    }
    g_autoptr(Institution) added = g_new0(Institution, 1);
    added->name = g_strdup(placement->institution);
    added->kind = placement->institution_kind;
    return institution_add(session, added, error) ? added->id : 0;
}

/* The file has an interview of the other parent: both are asked here too. */
static gboolean ask_both(Session *session, gint64 id, GError **error)
{
    g_autoptr(Placement) there = placement_get(session, id, error);
    if (there == NULL)
        return FALSE;
    if (there->two_parents)
        return TRUE;
    there->two_parents = TRUE;
    return placement_save(session, there, error);
}

gboolean placement_find_or_add(Session *session, Placement *placement, GError **error)
{
    if (!placement_find(session, placement, error))
        return FALSE;
    if (placement->id != 0)
        return !placement->two_parents || ask_both(session, placement->id, error);
    placement->version = 0;
    if (placement->institution != NULL &&
        (placement->institution_id = institution_of(session, placement, error)) == 0)
        return FALSE;
    return placement_save(session, placement, error);
}
