/* unit_place.h: whether a unit is kept where it is opened. */
#pragma once

#include "db/db.h"

/* What a unit's marks say that is, or is just being, kept elsewhere; NULL each where it is not. */
typedef struct {
    const char *moved, *moving; /* to where */
} UnitAway;
/* ERROR_DENIED with where it is, or comes to; `carrying`: whoever carries it goes on. */
gboolean unit_is_not_away(Db *db, const UnitAway *away, gboolean carrying, GError **error);
/* The same by what `db` says. */
gboolean unit_is_here(Db *db, gboolean carrying, GError **error);
