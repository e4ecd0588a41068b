/* placement_import.h: the placement that an interview from a file follows up. */
#pragma once

#include "care/placement/placement.h"

/* Finds the placement of `placement->client_id` that began on the same day with an institution of
 * the same name (none: not chosen yet): its id goes into `placement->id`, 0 where there is none.
 * When it ended is not asked: the file may be older. PERMIT_INTERVIEW, and the right to open the
 * card. */
gboolean placement_find(Session *session, Placement *placement, GError **error);
/* The same; where there is none it is added, and the institution too where the unit's list has none
 * of that name; where `placement->two_parents` is set both parents are asked from now on. As
 * placement_save(), inside the transaction of the reading in. */
gboolean placement_find_or_add(Session *session, Placement *placement, GError **error);
