/* unit_place.c: whether a unit is kept where it is opened. */
#include "care/unit/unit_place.h"

#include "base/error.h"
#include "base/i18n.h"
#include "db/db_move.h"

gboolean unit_is_not_away(Db *db, const UnitAway *away, gboolean carrying, GError **error)
{
    if (away->moved != NULL)
        g_set_error(error, DAGSFORM_ERROR, ERROR_DENIED,
                    _("The unit is no longer kept in %s: it was carried to %s. Open that instead."),
                    db_path(db), away->moved);
    else if (away->moving != NULL && !carrying)
        g_set_error(error, DAGSFORM_ERROR, ERROR_DENIED,
                    _("The unit is being carried from %s to %s, so nobody works in it just now. If that was "
                      "broken off, whoever carries it brings it to its end by writing the same once more: "
                      "dagsform server move"),
                    db_path(db), away->moving);
    else
        return TRUE;
    return FALSE;
}

gboolean unit_is_here(Db *db, gboolean carrying, GError **error)
{
    g_autoptr(GError) failed = NULL;
    g_autofree char *moved = db_meta_get(db, DB_MOVED_TO, &failed);
    g_autofree char *moving = failed == NULL ? db_meta_get(db, DB_MOVING_TO, &failed) : NULL;
    const UnitAway away = {moved, moving};

    if (failed == NULL)
        return unit_is_not_away(db, &away, carrying, error);
    g_propagate_error(error, g_steal_pointer(&failed));
    return FALSE;
}
