/* week_count_private.h: one week counted from its visits, for week_cell.c. */
#pragma once

#include "care/unit/session.h"
#include "care/visit/split.h"

/* What is known of clients and groups, read once for all weeks that are counted. */
typedef struct WeekCounter WeekCounter;
WeekCounter *week_counter_new(Session *session, GError **error);
void week_counter_free(WeekCounter *counter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WeekCounter, week_counter_free)

/* The ids of all groups (gint64), 0 for the whole unit first. The counter's. */
const GArray *week_counter_groups(const WeekCounter *counter);
/* Reads the visits of a week and counts them; ERROR_CANCELLED where `go_on` (NULL: always TRUE) says
 * FALSE in between. Until the next week is counted each cell of the nth
 * of the groups can be asked for. */
typedef struct {
    gboolean (*go_on)(gpointer data);
    gpointer data;
} WeekPatience;
gboolean week_counter_count(WeekCounter *counter, Week week, const WeekPatience *patience,
                            GError **error);
/* Counts all the days between two at once, of the nth group alone, or with `rest` of those of the
 * unit who do not belong to it; then the cells of that group can be asked for. */
gboolean week_counter_count_days(WeekCounter *counter, Date from, Date to, guint group,
                                 gboolean rest, GError **error);
typedef gboolean (*WeekCellFunc)(Split split, const char *value, const SplitCounts *counts,
                                 gpointer data, GError **error);
/* FALSE as soon as `each` says so. */
gboolean week_counter_each(WeekCounter *counter, guint group, WeekCellFunc each, gpointer data,
                           GError **error);
