/* chart.h: bars in character cells. Every figure stands in words or digits beside it. */
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
