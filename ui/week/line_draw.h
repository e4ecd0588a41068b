/* line_draw.h: a line of weeks on the screen: beside the week's causes, and on its own screen. */
#pragma once

#include "stats/week_line.h"
#include "ui/draw.h"

/* Whether it has something to say that chance alone would hardly give. */
gboolean line_has_signal(const WeekLine *line);
/* The chart alone, in all of the area; `selected`: the point that carries the caret, -1: none. */
void line_draw(const WeekLine *line, int selected, Area area);
