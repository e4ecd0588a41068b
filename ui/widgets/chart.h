/* chart.h: bars and a line in character cells. Every figure stands in words or digits beside it. */
#pragma once

#include "ui/draw.h"

typedef struct {
    const char *label;
    double value;
    const char *text; /* drawn after the bar: "96  28 %  (28 %)" */
    Style style;
} Bar;
/* One bar a row, scaled to the largest; `selected` (-1: none) carries the caret. Starts at `first`
 * so that the selected one is seen. Bars by eighths of a cell (█▉▊…). */
void chart_bars(Area area, const Bar *bars, int count, int selected, int label_columns);

typedef struct {
    double value;      /* NAN: no point */
    const char *label; /* under the axis, "v45"; drawn where there is room */
    gboolean marked;   /* the point in question (●, others ○) */
} LinePoint;
/* A line of points round a median drawn as ┄, from 0 to a round number above the largest; the axis
 * in `format` ("%.0f %%"), `median_label` beside the median. */
void chart_line(Area area, const LinePoint *points, int count, double median,
                const char *median_label, const char *format);
