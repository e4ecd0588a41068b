/* restore_compare.h: what the database in use has that a backup has not. */
#pragma once

#include "care/unit/restore_copy.h"

/* Opens the database at opening->database for looking, where there is one, and adds sentences on it
 * to `sentences`: how much was recorded after the backup and by whom, who could sign in then and
 * cannot now, or why it could not be looked at. `*other` gets whether it is another unit's. */
void restore_compare(const RestoreCopy *copy, const SessionOpening *opening, GPtrArray *sentences,
                     gboolean *other);
