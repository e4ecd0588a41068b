/* detail.h: what the marked row of a list has to say, whole: beside the list in a wide window, else
 * below it where there is room. It is made of what the row holds, so that a step asks the unit for
 * nothing. */
#pragma once

#include "ui/draw.h"

/* Columns of an area from which it stands beside; a window has two more. */
#define DETAIL_BESIDE 108

/* Where list and detail lie in `area`, with a rule between them, which is drawn. Below it has at
 * most `rows` rows (0: it is never below), and it comes out empty where the list would have too few
 * left. */
void detail_split(Area area, int rows, Area *list, Area *detail);

/* How many rows it may have below a list of so many lines, all told: `rows`, or more of what the
 * list leaves. */
int detail_below(Area area, int rows, int lines);

typedef struct Detail Detail;
Detail *detail_new(void);
void detail_free(Detail *detail);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Detail, detail_free)
/* One more line, which takes as many rows as it needs: `label` (static; NULL: none, and the text
 * has the whole width) and `text`, which is taken. Without a text (NULL, "") nothing is drawn, but
 * the others keep their column: so give every label a list has, whatever the row. */
void detail_add(Detail *detail, const char *label, char *text);
/* The same without a label, in strong letters. */
void detail_add_strong(Detail *detail, char *text);
/* The rows it takes in the columns of `area`. */
int detail_rows(const Detail *detail, Area area);
/* From `row` of `area` down, which may lie above it; returns the rows it takes. */
int detail_draw_at(const Detail *detail, Area area, int row);
/* As far as there is room; an ellipsis in the last corner where there is more. */
void detail_draw(const Detail *detail, Area area);
