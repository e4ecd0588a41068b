/* detail.c: lines of words beside or below a list. */
#include "ui/widgets/detail.h"

#include "base/text.h"

enum {
    BESIDE_LEAST = 34,
    BESIDE_MOST = 60,
    BESIDE_PERCENT = 26, /* of the columns */
    RULE_COLUMNS = 3,
    LIST_LEAST = 5, /* rows */
    LABEL_GAP = 2,
};

typedef struct {
    const char *label;
    char *text; /* owned */
    Style style;
} Line;

struct Detail {
    GArray *lines; /* of Line */
    int labels;    /* columns of the widest */
};

static void split_beside(Area area, Area *list, Area *detail)
{
    int columns = CLAMP(area.columns * BESIDE_PERCENT / 100, BESIDE_LEAST, BESIDE_MOST);
    int left = area.columns - columns - RULE_COLUMNS;
    *list = area_columns(area, 0, left);
    *detail = area_columns(area, left + RULE_COLUMNS, -1);
    for (int row = 0; row < area.rows; row++)
        draw_text(area, row, left + 1, STYLE_NORMAL, "│");
}

int detail_below(Area area, int rows, int lines)
{
    return CLAMP(area.rows - 1 - lines, rows, 2 * rows);
}

void detail_split(Area area, int rows, Area *list, Area *detail)
{
    if (area.columns >= DETAIL_BESIDE) {
        split_beside(area, list, detail);
        return;
    }
    int room = CLAMP(area.rows - LIST_LEAST - 1, 0, rows);
    *list = room > 0 ? area_rows(area, 0, area.rows - room - 1) : area;
    *detail = area_rows(area, area.rows - room, -1);
    if (room > 0)
        draw_rule(area, area.rows - room - 1);
}

static void line_clear(gpointer data)
{
    g_free(((Line *)data)->text);
}

Detail *detail_new(void)
{
    Detail *detail = g_new0(Detail, 1);
    detail->lines = g_array_new(FALSE, FALSE, sizeof(Line));
    g_array_set_clear_func(detail->lines, line_clear);
    return detail;
}

void detail_free(Detail *detail)
{
    if (detail == NULL)
        return;
    g_array_unref(detail->lines);
    g_free(detail);
}

static void add(Detail *detail, Line line)
{
    if (line.label != NULL)
        detail->labels = MAX(detail->labels, text_width(line.label));
    if (line.text != NULL && line.text[0] != '\0')
        g_array_append_val(detail->lines, line);
    else
        g_free(line.text);
}

void detail_add(Detail *detail, const char *label, char *text)
{
    add(detail, (Line){label, text, STYLE_NORMAL});
}

void detail_add_strong(Detail *detail, char *text)
{
    add(detail, (Line){NULL, text, STYLE_STRONG});
}

static int draw_line(const Detail *detail, const Line *line, Area area, int row)
{
    int left = line->label != NULL ? detail->labels + LABEL_GAP : 0;
    if (line->label != NULL)
        draw_text(area, row, 0, STYLE_QUIET, line->label);
    return draw_paragraph(area, row, left, area.columns - left, line->style, line->text);
}

int detail_draw_at(const Detail *detail, Area area, int row)
{
    int rows = 0;
    for (guint i = 0; i < detail->lines->len; i++)
        rows += draw_line(detail, &g_array_index(detail->lines, Line, i), area, row + rows);
    return rows;
}

int detail_rows(const Detail *detail, Area area)
{
    return detail_draw_at(detail, area_rows(area, 0, 0), 0);
}

void detail_draw(const Detail *detail, Area area)
{
    int row = 0;
    for (guint i = 0; i < detail->lines->len && row <= area.rows; i++)
        row += draw_line(detail, &g_array_index(detail->lines, Line, i), area, row);
    if (row > area.rows)
        draw_text(area, area.rows - 1, area.columns - 1, STYLE_QUIET, "…");
}
