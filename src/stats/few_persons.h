/* few_persons.h: which values of a split are not shown, because they tell of few persons or would
 * give away what such a one does. Pure.
 *
 * What is hidden is looked for in the way of somebody who has all that is shown: the whole less the
 * values shown is what those hidden have together; and of a group of clients the unit less the rest
 * is the group. So a value is hidden of a group and of the rest alike; those hidden are of none or
 * of as many persons together as a single one must be of; and none that is of few follows from the
 * others (the bounds of Fréchet: at least what the unit's other hidden values leave over, at most
 * what the unit has). */
#pragma once

#include "care/visit/split.h"

typedef struct {
    SplitCounts own;   /* of those that are shown */
    SplitCounts other; /* of the unit's others, where they are a group or its rest; else all 0 */
    gboolean hidden;
} FewCell;
/* Hides those of 1 to `least` - 1 persons, and the next smallest ones with them until nothing gives
 * them away or all are hidden. `group`: `other` is known too, and what the two are together. All
 * are the values of one split with visits on either side. */
void few_persons_hide(FewCell *cells, gsize count, gint64 least, gboolean group);
