/* placement_rows.h: a placement's details as rows of text, and back: for the page of the full
 * screen and the lines of --plain. In the order of their draft (draft_rows.h). */
#pragma once

#include "care/placement/placement.h"

enum {
    PLACEMENT_ROW_INSTITUTION,
    PLACEMENT_ROW_STARTED,
    PLACEMENT_ROW_ENDED,
    PLACEMENT_ROW_STAFF,
    PLACEMENT_ROW_PARENTS, /* a choice: "0" one is asked, "1" both */
    PLACEMENT_ROW_COUNT
};

/* What rows may name: institutions in use, and the one that the placement has; the staff. */
typedef struct {
    GPtrArray *all;                  /* Institution *: the unit's list */
    GPtrArray *institutions, *staff; /* PickOption * */
} PlacementRows;
/* Of a placement at `institution_id` (0: none). Fills in anew what was there. FALSE with `error`.
 */
gboolean placement_rows_init(Session *session, PlacementRows *rows, gint64 institution_id,
                             GError **error);
void placement_rows_clear(PlacementRows *rows);

/* A new placement of a client, followed up by a signed-in case officer. New. */
Placement *placement_rows_new(Session *session, gint64 client_id);
/* What `placement` has on the rows. g_strfreev. */
char **placement_rows_values(const PlacementRows *rows, const Placement *placement);
/* The day that is meant: placements are written down when they are under way or over, so a day
 * without a year that would lie ahead is that of the year before. DATE_NONE. */
Date placement_rows_day(const char *text);
/* Of the institution that `text` means; INSTITUTION_OTHER where it means none. */
InstitutionKind placement_rows_kind(const PlacementRows *rows, const char *text);
/* Puts what the rows say into `placement`. `faults` gets what cannot be used of each row, and what
 * to do (translated, static; NULL: nothing). FALSE when there is a fault. */
gboolean placement_rows_take(const PlacementRows *rows, char *const *values, Placement *placement,
                             const char *faults[PLACEMENT_ROW_COUNT]);
