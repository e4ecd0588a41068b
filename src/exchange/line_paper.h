/* line_paper.h: the line of the weeks on paper: with its centre, the changes that stand on its time
 * axis, what it says and by which rules; and how its measures are counted. */
#pragma once

#include "exchange/paper.h"
#include "stats/week_line.h"

/* A heading, the chart, and its sentences, which a screen reader reads instead of it. */
void line_paper_put(Paper *paper, const WeekLine *line);
/* A heading, and the definition of each measure. */
void line_paper_definitions(Paper *paper);
