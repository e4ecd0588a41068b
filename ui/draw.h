/* draw.h: drawing into an area of the frame. Rows and columns count from the area's corner;
 * whatever does not fit is cut at a grapheme. Texts are passed through text_display(). */
#pragma once

#include "ui/style.h"

#include <glib.h>

typedef struct {
    int top, left, rows, columns;
} Area;

/* Pure arithmetic (layout.c). Parts that do not fit get 0 rows or columns. */
Area area_rows(Area area, int first, int count); /* count -1: the rest */
Area area_columns(Area area, int first, int count);
Area area_inset(Area area, int rows, int columns);
Area area_centre(Area area, int rows, int columns);

/* Writes `text` at (row, column) and returns the columns it took. */
int draw_text(Area area, int row, int column, Style style, const char *text);
int draw_format(Area area, int row, int column, Style style, const char *format, ...)
    G_GNUC_PRINTF(5, 6);
/* In exactly `width` columns: cut with "…" or filled with blanks; `right` aligns to the right. */
void draw_cell(Area area, int row, int column, int width, Style style, gboolean right,
               const char *text);
/* Wrapped from `row` down; returns the rows it took. */
int draw_paragraph(Area area, int row, int column, int width, Style style, const char *text);
void draw_fill(Area area, int row, int column, int columns, Style style);
void draw_rule(Area area, int row);          /* ──── */
void draw_box(Area area, const char *title); /* ┌─ title ─┐, cleared inside */
void draw_clear(Area area);
/* Where the real cursor stands when the frame is done. The last call counts. */
void draw_caret(Area area, int row, int column);
