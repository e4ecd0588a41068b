/* laptop_slice.h: what of a unit goes along on a laptop: the clients of whoever takes it, four
 * weeks of their visits back and four ahead, and what whoever goes to them needs. The list has
 * every table of the schema, also those of which nothing goes along
 * (tests/unit/care/laptop_slice.c). */
#pragma once

#include "base/date.h"
#include "care/unit/session.h"

#define LAPTOP_WEEKS_BACK 4
#define LAPTOP_WEEKS_AHEAD 4

typedef struct {
    const char *name;
    /* Each column as NAME:i (number), NAME:t (text) or NAME:b (bytes), where it points at a row
     * with !TABLE or, where it may be empty, >TABLE. NULL: nothing of it goes along, and why not.
     */
    const char *columns;
    const char *why_not;
    /* Which rows of a client (:client), and which of the unit beside them. Of a row that points at
     * one that stays, the pointer is left empty; where it cannot be, the row stays too. */
    const char *of_client, *of_unit;
} SliceTable;
const SliceTable *laptop_slice_tables(gsize *count);

/* Copies it from `home` into the empty database `db`, inside a transaction of each. `clients` has
 * ids (gint64). */
gboolean laptop_slice_copy(Session *home, Db *db, const GArray *clients, GError **error);
