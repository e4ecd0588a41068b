/* read_on.h: the words of the row that the cursor is on, which one reads on in by a key where there
 * is no room for all of them. */
#pragma once

#include "ui/app.h"
#include "ui/widgets/detail.h"

/* Draws from `row` of `area` down, which may lie above it; returns the rows it takes. */
typedef int ReadOnDraw(gconstpointer what, Area area, int row);
/* `what`, as far down as it has been read. That there is more is told with the key that shows it: at the
 * end of the rule above `area`, or of its last row where it lies beside a list; that row comes once
 * more then. One a screen. */
void read_on_draw(App *app, ReadOnDraw *draw, gconstpointer what, Area area);
/* The same of a Detail. */
void read_on_detail(App *app, const Detail *detail, Area area);
