/* week_cell.h: what each week's visits say, split every way (split.h): of the whole unit and of
 * each group of clients (client/group.h). A week is counted from its visits by one reading of them,
 * and kept (table week_cell) until something it was counted from changes (counted.h). So a review
 * costs the weeks it shows and not the visits stored. */
#pragma once

#include "care/unit/session.h"
#include "care/visit/split.h"

typedef struct {
    Week week;
    Split split;
    const char *value;  /* as split_value() says; owned by the WeekCells */
    SplitCounts counts; /* `persons`: the clients of these visits, each counted once in the week */
} WeekCell;

typedef struct {
    GArray *cells; /* WeekCell, in no order */
    GStringChunk *values;
} WeekCells;
/* The cells of a group (0: the whole unit) from one week to another, both included: a client counts
 * in a group on the days of membership. Weeks whose counts do not hold are counted and, where the
 * database can be written, kept, all in one transaction. Which of the unit's visits there are is
 * told to all: PERMIT_REVIEW. */
WeekCells *week_cells_read(Session *session, Week from, Week to, gint64 group_id, GError **error);
void week_cells_free(WeekCells *cells);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WeekCells, week_cells_free)

/* The same counted anew of all the weeks at once, each cell under the first of them: so `persons`
 * are the clients of the period, each counted once. Of a group, or with `rest` of those of the unit
 * who do not belong to it. Costs the visits that are counted: for few of them. PERMIT_REVIEW. */
WeekCells *week_cells_count(Session *session, Week from, Week to, gint64 group_id, gboolean rest,
                            GError **error);

/* Counts at most `most` of the weeks from one to another that do not hold, the newest first, and
 * keeps them; `left` (may be NULL) is how many there are still. For whoever has time to spare,
 * after a file has been read in or while nobody presses a key. Nothing where the database can only
 * be read. */
gboolean week_cells_prepare(Session *session, Week from, Week to, int most, int *left,
                            GError **error);
/* Counts and keeps the newest week that does not hold, of all that have had visits up to this one, for
 * the moments in which nobody presses a key: where `go_on` says FALSE, which is asked every few
 * milliseconds, the week is given up and nothing of it kept. `left`: whether there are more. Nothing
 * for those who may not see the review. */
typedef gboolean (*WeekCellsGoOn)(gpointer data);
gboolean week_cells_prepare_next(Session *session, WeekCellsGoOn go_on, gpointer data,
                                 gboolean *left, GError **error);
/* Compares what is kept with the visits; each week that differs is one translated sentence. */
gboolean week_cells_verify(Session *session, GPtrArray *faults, GError **error);
