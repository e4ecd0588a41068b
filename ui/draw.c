/* draw.c: drawing into curses' virtual screen. */
#include "ui/draw.h"

#include <curses.h>
#include <string.h>

#include "base/text.h"
#include "ui/term_private.h"

static struct {
    attr_t attributes[STYLE_COUNT];
    short pairs[STYLE_COUNT];
    gboolean has_caret;
    int caret_row, caret_column;
} frame;

void draw_start(ThemeName theme)
{
    memset(&frame, 0, sizeof frame);
    const short ground = theme_ground(theme);
    for (int style = 0; style < STYLE_COUNT; style++) {
        const StyleLook *look = theme_look(theme, (Style)style);
        frame.attributes[style] = (look->bold ? A_BOLD : 0) | (look->underline ? A_UNDERLINE : 0) |
                                  (look->reverse ? A_REVERSE : 0);
        if (look->foreground >= 0 || ground >= 0) {
            frame.pairs[style] = (short)(style + 1);
            init_pair(frame.pairs[style], look->foreground, ground);
        }
    }
    /* What is erased has the theme's ground too. */
    bkgdset((chtype)' ' | (chtype)COLOR_PAIR(frame.pairs[STYLE_NORMAL]));
}

void draw_caret_forget(void)
{
    frame.has_caret = FALSE;
}

gboolean draw_caret_place(int *row, int *column)
{
    *row = frame.caret_row;
    *column = frame.caret_column;
    return frame.has_caret;
}

static void set_style(Style style)
{
    attr_set(frame.attributes[style], frame.pairs[style], NULL);
}

/* Columns left of `area` from (row, column); 0 when it is outside. */
static int columns_left(Area area, int row, int column)
{
    if (row < 0 || row >= area.rows || column < 0 || column >= area.columns)
        return 0;
    return area.columns - column;
}

/* Whether `c` takes one column, is a grapheme of its own in NFC and does nothing to a terminal.
 * Nearly all texts are of such characters, and drawing them needs none of ICU's work. */
static gboolean is_simple(gunichar c)
{
    return (c >= 0x20 && c < 0x7f) || (c >= 0xa0 && c < 0x250 && c != 0xad) ||
           (c >= 0x2010 && c < 0x2027) || (c >= 0x2190 && c < 0x2200) ||
           (c >= 0x2500 && c < 0x25fd);
}

/* Columns of a text of simple characters; -1: it has others. */
static int simple_columns(const char *text)
{
    int columns = 0;
    for (; *text != '\0'; text = g_utf8_next_char(text), columns++) {
        gunichar c = (guchar)*text < 0x80 ? (guchar)*text : g_utf8_get_char_validated(text, -1);
        if (!is_simple(c))
            return -1;
    }
    return columns;
}

/* Simple characters as cells, which curses takes as they are: of anything else it asks the library
 * of the system, character by character, what it is and how wide. */
static void put_simple(int row, int column, Style style, const char *text, int columns)
{
    enum { PART = 128 };
    cchar_t cells[PART] = {0}; /* which get their looks from the style that is set */
    set_style(style);
    for (int left = columns; left > 0; left -= PART, column += PART) {
        int count = MIN(left, PART);
        for (int i = 0; i < count; i++, text = g_utf8_next_char(text))
            cells[i].chars[0] = (wchar_t)g_utf8_get_char(text);
        mvadd_wchnstr(row, column, cells, count);
    }
}

/* Wide characters, so that the terminal's encoding is curses' affair. */
static void put(int row, int column, Style style, const char *text, gsize bytes)
{
    enum { PART = 128 };
    wchar_t wide[PART];
    const char *end = text + bytes;
    set_style(style);
    move(row, column);
    while (text < end) {
        int count = 0;
        for (; text < end && count < PART; text = g_utf8_next_char(text))
            wide[count++] = (wchar_t)g_utf8_get_char(text);
        addnwstr(wide, count);
    }
}

int draw_text(Area area, int row, int column, Style style, const char *text)
{
    int room = columns_left(area, row, column);
    if (room <= 0 || text == NULL || text[0] == '\0')
        return 0;
    int columns = MIN(simple_columns(text), room);
    if (columns >= 0) {
        put_simple(area.top + row, area.left + column, style, text, columns);
        return columns;
    }
    g_autofree char *shown = text_display(text);
    gsize bytes = text_fit(shown, room);
    put(area.top + row, area.left + column, style, shown, bytes);
    return text_width_n(shown, bytes);
}

int draw_format(Area area, int row, int column, Style style, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return draw_text(area, row, column, style, text);
}

void draw_cell(Area area, int row, int column, int width, Style style, gboolean right,
               const char *text)
{
    width = MIN(width, columns_left(area, row, column));
    if (width <= 0)
        return;
    g_autofree char *cut = NULL;
    text = text != NULL ? text : "";
    int columns = simple_columns(text);
    gboolean simple = columns >= 0, too_long = columns > width;
    if (!simple) {
        g_autofree char *shown = text_display(text);
        text = cut = text_truncate(shown, width);
        columns = text_width(cut);
    }
    int kept = too_long ? width - 1 : columns, blanks = MAX(width - columns, 0);
    int at = right ? column + blanks : column;
    draw_fill(area, row, right ? column : column + columns, blanks, style);
    if (simple)
        put_simple(area.top + row, area.left + at, style, text, kept);
    else
        draw_text(area, row, at, style, text);
    if (too_long)
        put_simple(area.top + row, area.left + at + kept, style, "…", 1);
}

int draw_paragraph(Area area, int row, int column, int width, Style style, const char *text)
{
    width = MIN(width, area.columns - column);
    if (width <= 0)
        return 0;
    g_autofree char *clean = text_clean(text);
    g_autoptr(GArray) rows = text_wrap(clean, width);
    for (guint i = 0; i < rows->len; i++) {
        const TextRow *line = &g_array_index(rows, TextRow, i);
        g_autofree char *part = g_strndup(clean + line->start, line->end - line->start);
        draw_text(area, row + (int)i, column, style, part);
    }
    return (int)rows->len;
}

void draw_fill(Area area, int row, int column, int columns, Style style)
{
    columns = MIN(columns, columns_left(area, row, column));
    if (columns <= 0)
        return;
    set_style(style);
    mvhline(area.top + row, area.left + column,
            ' ' | frame.attributes[style] | COLOR_PAIR(frame.pairs[style]), columns);
}

/* `text`, one column wide, `count` times from (row, column). */
static void repeat(Area area, int row, int column, int count, const char *text)
{
    for (int i = 0; i < count; i++)
        draw_text(area, row, column + i, STYLE_NORMAL, text);
}

void draw_rule(Area area, int row)
{
    repeat(area, row, 0, area.columns, "─");
}

void draw_box(Area area, const char *title)
{
    draw_clear(area);
    if (area.rows < 2 || area.columns < 2)
        return;
    int right = area.columns - 1, bottom = area.rows - 1;
    draw_rule(area, 0);
    draw_rule(area, bottom);
    for (int row = 1; row < bottom; row++) {
        repeat(area, row, 0, 1, "│");
        repeat(area, row, right, 1, "│");
    }
    repeat(area, 0, 0, 1, "┌");
    repeat(area, 0, right, 1, "┐");
    repeat(area, bottom, 0, 1, "└");
    repeat(area, bottom, right, 1, "┘");
    if (title == NULL || title[0] == '\0' || area.columns < 8)
        return;
    g_autofree char *cut = text_truncate(title, area.columns - 6);
    draw_format(area, 0, 2, STYLE_STRONG, " %s ", cut);
}

void draw_clear(Area area)
{
    for (int row = 0; row < area.rows; row++)
        draw_fill(area, row, 0, area.columns, STYLE_NORMAL);
}

void draw_caret(Area area, int row, int column)
{
    if (area.rows <= 0 || area.columns <= 0)
        return;
    frame.has_caret = TRUE;
    frame.caret_row = area.top + CLAMP(row, 0, area.rows - 1);
    frame.caret_column = area.left + CLAMP(column, 0, area.columns - 1);
}
