/* fake_screen.h: draw.h into a grid of characters, for one test program. Defined here, the linker
 * takes these instead of draw.c's, and no terminal is needed. */
#pragma once

#include <glib.h>
#include <string.h>

#include "base/text.h"
#include "ui/draw.h"

enum { FAKE_ROWS = 64, FAKE_COLUMNS = 200, FAKE_CELL = 32 };

static struct {
    char cells[FAKE_ROWS][FAKE_COLUMNS][FAKE_CELL]; /* one grapheme; "" right of a wide one */
    Style styles[FAKE_ROWS][FAKE_COLUMNS];
    int caret_row, caret_column; /* -1: nowhere */
    int overdrawn;               /* characters written over others that were not blank */
    int outside;                 /* carets and texts given outside their area */
} fake;

static Area fake_start(int rows, int columns)
{
    memset(&fake, 0, sizeof fake);
    for (int row = 0; row < FAKE_ROWS; row++)
        for (int column = 0; column < FAKE_COLUMNS; column++)
            fake.cells[row][column][0] = ' ';
    fake.caret_row = fake.caret_column = -1;
    return (Area){0, 0, rows, columns};
}

/* A row without the blanks at its end; static. */
static const char *fake_row(int row)
{
    static char text[FAKE_COLUMNS * FAKE_CELL + 1];
    gsize at = 0;
    for (int column = 0; column < FAKE_COLUMNS; column++)
        at += g_strlcpy(text + at, fake.cells[row][column], FAKE_CELL);
    return g_strchomp(text);
}

static void fake_put(int row, int column, Style style, const char *grapheme, gsize length)
{
    g_assert(row >= 0 && row < FAKE_ROWS && column >= 0 && column < FAKE_COLUMNS);
    g_assert(length < FAKE_CELL);
    char *cell = fake.cells[row][column];
    if (strcmp(cell, " ") != 0 && (strlen(cell) != length || memcmp(cell, grapheme, length) != 0))
        fake.overdrawn++;
    memcpy(cell, grapheme, length);
    cell[length] = '\0';
    fake.styles[row][column] = style;
}

int draw_text(Area area, int row, int column, Style style, const char *text)
{
    if (row < 0 || row >= area.rows || column < 0 || column >= area.columns || text == NULL)
        return 0;
    g_autofree char *shown = text_display(text);
    gsize end = text_fit(shown, area.columns - column);
    int at = column;
    for (gsize i = 0; i < end;) {
        gsize next = text_next(shown, i);
        int width = text_width_n(shown + i, next - i);
        fake_put(area.top + row, area.left + at, style, shown + i, next - i);
        for (int k = 1; k < width; k++)
            fake.cells[area.top + row][area.left + at + k][0] = '\0';
        at += width;
        i = next;
    }
    return at - column;
}

int draw_format(Area area, int row, int column, Style style, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return draw_text(area, row, column, style, text);
}

void draw_fill(Area area, int row, int column, int columns, Style style)
{
    for (int i = 0; i < columns; i++)
        draw_text(area, row, column + i, style, " ");
}

void draw_cell(Area area, int row, int column, int width, Style style, gboolean right,
               const char *text)
{
    g_autofree char *shown = text_display(text != NULL ? text : "");
    g_autofree char *cut = text_truncate(shown, MAX(width, 0));
    int blanks = MAX(width - text_width(cut), 0);
    draw_fill(area, row, right ? column : column + text_width(cut), blanks, style);
    draw_text(area, row, right ? column + blanks : column, style, cut);
}

int draw_paragraph(Area area, int row, int column, int width, Style style, const char *text)
{
    g_autoptr(GArray) rows = text_wrap(text, MAX(width, 1));
    for (guint i = 0; i < rows->len; i++) {
        const TextRow *line = &g_array_index(rows, TextRow, i);
        g_autofree char *part = g_strndup(text + line->start, line->end - line->start);
        draw_text(area, row + (int)i, column, style, part);
    }
    return (int)rows->len;
}

void draw_rule(Area area, int row)
{
    for (int i = 0; i < area.columns; i++)
        draw_text(area, row, i, STYLE_NORMAL, "─");
}

void draw_clear(Area area)
{
    for (int row = 0; row < area.rows; row++)
        draw_fill(area, row, 0, area.columns, STYLE_NORMAL);
}

void draw_box(Area area, const char *title)
{
    draw_clear(area);
    draw_text(area, 0, 2, STYLE_STRONG, title);
}

void draw_caret(Area area, int row, int column)
{
    if (row < 0 || row >= area.rows || column < 0 || column >= area.columns)
        fake.outside++;
    fake.caret_row = area.top + row;
    fake.caret_column = area.left + column;
}

/* Not every test uses all of them. */
static void fake_unused(void) G_GNUC_UNUSED;
static void fake_unused(void)
{
    (void)fake_row(0);
    (void)fake_start(1, 1);
}
