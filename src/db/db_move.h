/* db_move.h: all that a unit has, carried from where it is kept to another place: from a file to a server
 * and back. */
#pragma once

#include "db/db.h"

/* In meta of a unit that is kept elsewhere now: where. Whoever opens it is told so, and no more. */
#define DB_MOVED_TO "moved_to"
/* While it comes to be so: the other place may be the unit's by now. */
#define DB_MOVING_TO "moving_to"

/* Settings of the house (table meta) that belong to a place, and are not carried. */
gboolean db_meta_is_of_place(const char *key);

/* Copies every row of every table, in the one transaction of `to` that is open, which ends as the caller
 * wills; a transaction of `from` is open too, so that nobody writes there meanwhile. One of the two is a file.
 * Both have the newest schema. The numbers of rows go on where they were, and `to` has the node of `from`
 * afterwards. What was written is read again and each value compared. `watch` (may be NULL) is told the
 * share and may break it off.
 * ERROR_EXISTS: `to` holds something already; ERROR_CANCELLED; ERROR_CORRUPT: the two are not the same. */
gboolean db_move(Db *from, Db *to, const DbWatch *watch, GError **error);

/* `*differs`: the first table in which the two are not the same, "meta" too (new), or NULL. Transactions as
 * above. */
gboolean db_move_compare(Db *one, Db *other, const DbWatch *watch, char **differs, GError **error);
