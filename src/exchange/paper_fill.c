/* paper_fill.c: what is filled in by hand: boxes to tick, lines to write on, signatures. */
#include "exchange/paper_private.h"

#include "base/text.h"

/* From the left edge of a box to its text, in sides of the box. */
#define TICK_INSET 1.7
#define TICK_LINES 3
#define TICK_GAP 1.6 /* after a text, in sizes of the letters */

/* Lists with as few rows as this stay on one page, all of them. */
#define SHORT_LIST 7
/* More than this many beside each other are hard to tell apart. */
#define COLUMNS_MOST 6

/* The pieces from number `from` on are one element of the PDF's structure, beside the row's others.
 */
static void set_item(PaperRow *row, guint from, int item)
{
    for (guint i = from; i < row->pieces->len; i++)
        g_array_index(row->pieces, Piece, i).item = item;
}

/* A box with its text. The box stands on the text's first line. */
static void add_tick(Paper *paper, PaperRow *row, PangoLayout *layout, double x, int item)
{
    const double side = paper->style->box;
    const guint from = row->pieces->len;
    const double height = paper_add_lines(row, layout, x + side * TICK_INSET, 0);
    const double baseline = g_array_index(row->pieces, Piece, from).y;
    const double top = baseline - side * 0.5 - paper->style->body * 0.36;
    paper_add_piece(row, PIECE_BOX, x, MAX(top, 0), side, side);
    row->height = MAX(row->height, height);
    set_item(row, from, item);
}

/* Breaks the texts for so many columns; whether all stand on one line, or of two columns most, and
 * the others on few. */
static gboolean fit_ticks(const Paper *paper, const GPtrArray *layouts, int columns)
{
    const double gap = paper->style->body * TICK_GAP, inset = paper->style->box * TICK_INSET;
    const double width = (paper_text_room(paper) + gap) / columns - gap - inset;
    guint broken = 0;
    gboolean fits = TRUE;
    for (guint i = 0; i < layouts->len; i++) {
        PangoLayout *layout = g_ptr_array_index(layouts, i);
        LIB->pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
        const int lines = LIB->pango_layout_get_line_count(layout);
        broken += lines > 1;
        fits =
            fits && lines <= (columns == 2 ? TICK_LINES : 1) && paper_layout_width(layout) <= width;
    }
    return fits && broken * 2 <= layouts->len;
}

/* A text that is alone may be of any length, and a word longer than the line is broken. */
static int tick_columns(const Paper *paper, const GPtrArray *layouts)
{
    int columns = MIN(COLUMNS_MOST, (int)layouts->len);
    while (columns > 1 && !fit_ticks(paper, layouts, columns))
        columns--;
    for (guint i = 0; columns == 1 && i < layouts->len; i++) {
        PangoLayout *layout = g_ptr_array_index(layouts, i);
        const double width = paper_text_room(paper) - paper->style->box * TICK_INSET;
        LIB->pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
        LIB->pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    }
    return columns;
}

static PaperRow *begin_tick_row(Paper *paper, gboolean first)
{
    paper_begin_block(paper, paper->style->body * (first ? 0.5 : 0.3));
    return paper_add_row(paper, TAG_LI, 0);
}

/* A short list stays together; of a long one no row is left behind at its ends. */
static void keep_ticks(Paper *paper, guint from)
{
    const guint rows = paper->rows->len - from;
    for (guint i = 0; i + 1 < rows; i++)
        if (rows <= SHORT_LIST || i == 0 || i == rows - 2)
            ((PaperRow *)g_ptr_array_index(paper->rows, from + i))->keep = TRUE;
}

void paper_ticks(Paper *paper, const char *const *texts, int count)
{
    const double gap = paper->style->body * TICK_GAP, room = paper_text_room(paper);
    g_autoptr(GPtrArray) layouts = g_ptr_array_new_with_free_func(g_object_unref);
    for (int i = 0; i < count; i++) {
        g_autofree char *clean = text_display(texts[i]);
        PangoLayout *layout = paper_layout(paper, clean, paper->style->body, FALSE, -1);
        LIB->pango_layout_set_wrap(layout, PANGO_WRAP_WORD);
        g_ptr_array_add(layouts, layout);
    }
    const int columns = tick_columns(paper, layouts);
    const guint from = paper->rows->len;
    PaperRow *row = NULL;
    for (int i = 0; i < count; i++) {
        if (i % columns == 0)
            row = begin_tick_row(paper, i == 0);
        add_tick(paper, row, g_ptr_array_index(layouts, (guint)i),
                 paper->indent + (room + gap) / columns * (i % columns), i % columns);
    }
    keep_ticks(paper, from);
}

/* The texts as layouts for cells of this width; NULL when one does not fit. */
static GPtrArray *scale_layouts(Paper *paper, const char *const *texts, int count, double width)
{
    enum { LINES = 3 };
    GPtrArray *layouts = g_ptr_array_new_with_free_func(g_object_unref);
    for (int i = 0; i < count; i++) {
        g_autofree char *clean = text_display(texts[i]);
        PangoLayout *layout = paper_layout(paper, clean, paper->style->body, FALSE, width);
        LIB->pango_layout_set_wrap(layout, PANGO_WRAP_WORD);
        LIB->pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER);
        g_ptr_array_add(layouts, layout);
        if (paper_layout_width(layout) > width ||
            LIB->pango_layout_get_line_count(layout) > LINES) {
            g_ptr_array_unref(layouts);
            return NULL;
        }
    }
    return layouts;
}

void paper_scale(Paper *paper, const char *const *texts, int count)
{
    const double cell = paper_text_room(paper) / MAX(count, 1), side = paper->style->box;
    const double gap = paper->style->body * 0.7;
    g_autoptr(GPtrArray) layouts =
        count > 0 ? scale_layouts(paper, texts, count, cell - gap) : NULL;
    if (layouts == NULL) {
        paper_ticks(paper, texts, count);
        return;
    }
    paper_begin_block(paper, paper->style->body * 0.7);
    PaperRow *row = paper_add_row(paper, TAG_LI, 0);
    const double down = side + paper->style->body * 0.3;
    for (int i = 0; i < count; i++) {
        const double x = paper->indent + cell * i;
        const guint from = row->pieces->len;
        paper_add_piece(row, PIECE_BOX, x + (cell - side) / 2, 0, side, side);
        PangoLayout *layout = g_ptr_array_index(layouts, (guint)i);
        const double height = down + paper_add_lines(row, layout, x + gap / 2, down);
        row->height = MAX(row->height, height);
        set_item(row, from, i);
    }
}

void paper_lines(Paper *paper, int count)
{
    const double height = paper->style->write;
    paper_begin_block(paper, 0);
    for (int i = 0; i < count; i++) {
        PaperRow *row = paper_add_row(paper, TAG_P, height);
        paper_add_piece(row, PIECE_RULE, paper->indent, height, paper_text_room(paper), 0);
        row->keep = i < count - 1 && (count <= 4 || i == 0 || i == count - 2);
    }
}

void paper_label_line(Paper *paper, const char *label)
{
    const PaperStyle *style = paper->style;
    const double gap = style->body * 0.5;
    g_autofree char *clean = text_display(label);
    g_autoptr(PangoLayout) layout =
        paper_layout(paper, clean, style->body, FALSE, paper_text_room(paper));
    const double width = paper_layout_width(layout) + gap;
    if (width > paper_text_room(paper) * 0.6) {
        paper_text(paper, clean);
        paper_keep(paper);
        paper_lines(paper, 1);
        return;
    }
    paper_begin_block(paper, 0);
    PaperRow *row = paper_add_row(paper, TAG_P, style->write);
    paper_add_lines(row, layout, paper->indent, style->write - style->body * 1.15);
    paper_add_piece(row, PIECE_RULE, paper->indent + width, style->write,
                    paper_text_room(paper) - width, 0);
}

void paper_boxes(Paper *paper, PaperBoxes boxes, const char *hint)
{
    static const struct {
        int groups[4]; /* ends with 0 */
        const char *between;
    } SHAPES[] = {
        [PAPER_DATE] = {{4, 2, 2, 0}, "–"},
        [PAPER_TIME] = {{2, 2, 0}, ":"},
        [PAPER_NUMBER] = {{5, 0}, ""},
    };
    const PaperStyle *style = paper->style;
    const double down = (style->cell_height - style->body * 1.2) / 2;
    paper_begin_block(paper, style->body * 0.6);
    PaperRow *row = paper_add_row(paper, TAG_P, style->cell_height);
    double x = paper->indent;
    for (int group = 0; SHAPES[boxes].groups[group] > 0; group++) {
        if (group > 0) {
            g_autoptr(PangoLayout) sign =
                paper_layout(paper, SHAPES[boxes].between, style->body, FALSE, -1);
            paper_add_lines(row, sign, x + style->body * 0.35, down);
            x += paper_layout_width(sign) + style->body * 0.7;
        }
        for (int i = 0; i < SHAPES[boxes].groups[group]; i++, x += style->cell_width)
            paper_add_piece(row, PIECE_BOX, x, 0, style->cell_width, style->cell_height);
    }
    x += style->body;
    g_autofree char *clean = text_display(hint != NULL ? hint : "");
    g_autoptr(PangoLayout) beside = paper_layout(paper, clean, style->note, FALSE,
                                                 paper_text_room(paper) - (x - paper->indent));
    const double height = down + paper_add_lines(row, beside, x, down);
    row->height = MAX(row->height, height);
}

void paper_signature(Paper *paper, const char *who, const char *name, const char *day)
{
    const PaperStyle *style = paper->style;
    const double room = paper_text_room(paper), left = room * 0.62, right = room * 0.32;
    g_autofree char *name_clean = text_display(name);
    g_autofree char *day_clean = text_display(day);
    g_autoptr(PangoLayout) name_layout = paper_layout(paper, name_clean, style->note, FALSE, left);
    g_autoptr(PangoLayout) day_layout = paper_layout(paper, day_clean, style->note, FALSE, right);
    paper_strong(paper, who);
    paper_keep(paper);

    paper_begin_block(paper, style->body);
    const double line = style->write * 1.1, down = line + style->body * 0.3;
    const double other = paper->indent + room - right;
    PaperRow *row = paper_add_row(paper, TAG_P, 0);
    paper_add_piece(row, PIECE_RULE, paper->indent, line, left, 0);
    paper_add_piece(row, PIECE_RULE, other, line, right, 0);
    const double name_height = paper_add_lines(row, name_layout, paper->indent, down);
    const double day_height = paper_add_lines(row, day_layout, other, down);
    row->height = down + MAX(name_height, day_height);
}
