/* splits.h: the visits of some weeks split every way: what the screens splits and groups hold, for
 * splits.c, which moves in it, splits_rows.c, which fetches it, and splits_draw.c. */
#pragma once

#include "stats/breakdown.h"
#include "ui/app.h"
#include "ui/common/screens.h"
#include "ui/widgets/list.h"

/* A group and the rest of the unit in the same weeks. */
typedef struct {
    gint64 id;
    char *name;
    Breakdown *members, *rest;
} SplitsGroup;

typedef struct {
    SplitsChoice choice;
    char *group; /* the name of the one looked at; NULL: the whole unit, or all of them */
    Breakdown *now, *other;
    GPtrArray *groups; /* SplitsGroup *, with VIEW_GROUPS; else empty */
} SplitsData;
/* ERROR_NOT_FOUND where the group is not there. New. */
SplitsData *splits_data_new(Session *session, const SplitsChoice *choice, GError **error);
void splits_data_free(SplitsData *data);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SplitsData, splits_data_free)

/* One row of a view: a heading, or a value with its counts. */
typedef struct {
    Split split;
    gboolean heading;
    const char *value;             /* split_value(); NULL: a heading, all visits, or a group */
    const BreakdownRow *row;       /* NULL: a heading, all visits without weeks, or a group */
    const SplitCounts *now;        /* NULL: a heading, or not shown */
    int hidden;                    /* how many values are not shown, in one row; 0: it is one */
    const SplitCounts *beside;     /* of the other period, or the rest; NULL: none */
    const Breakdown *of, *besides; /* what they are shares of */
    const SplitsGroup *group;      /* of a row of VIEW_GROUPS; else NULL */
} SplitsRow;
/* All rows of the view, which point into `data`. Array of SplitsRow *; new. */
GPtrArray *splits_rows(const SplitsData *data);

typedef struct {
    App *app;
    SplitsData *data;
    GPtrArray *rows; /* SplitsRow * */
    List *list;
} SplitsState;

void splits_draw(App *app, void *state, Area area);
/* For the list. */
void splits_draw_row(void *state, gconstpointer row, Area line, gboolean selected);
