/* line_chart.h: a line of points in character cells, with its centre, limits, target and the
 * changes on its time axis. Every figure stands in words or digits beside it, and no two lines are
 * told apart by colour alone. */
#pragma once

#include "ui/draw.h"

typedef struct {
    double value;      /* NAN: no point */
    const char *label; /* under the axis, "v45"; drawn where there is room */
    gboolean marked;   /* the point in question (●, others ○) */
    gboolean outside;  /* beyond a limit (◆) */
    gboolean noted;    /* has a note (* on the axis) */
    double centre;     /* ┄, for as long as the point has the axis; NAN: none */
    gboolean limited;  /* has limits: a dotted step at each point */
    double lower, upper;
    const char *change; /* what begins here: ▲ and its name under the axis; NULL */
} LinePoint;

typedef struct {
    const LinePoint *points;
    int count;
    int selected; /* carries the caret; -1: none */
    gboolean has_target;
    double target;            /* ═ */
    const char *centre_label; /* beside the last centre, "median 13,8 %"; NULL */
    const char *target_label;
    const char *upper_label, *lower_label;
    const char *format; /* of the axis: "%.0f %%" */
} LineChart;

/* From 0 to a round number above the largest, in all rows of the area. Where not every point has
 * room, the last ones are drawn, or those from the selected one on. */
void line_chart_draw(Area area, const LineChart *chart);
