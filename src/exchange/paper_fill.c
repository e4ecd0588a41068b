/* paper_fill.c: what is filled in by hand: boxes to tick, lines to write on, signatures. */
#include "exchange/paper_private.h"

#include "base/text.h"

/* Lists as short as this stay on one page, all of them. */
#define SHORT_LIST 7

/* The box stands on the text's line. */
static void add_box(Paper *paper, PaperRow *row, double x)
{
    const double side = paper->style->box;
    const Piece *line = &g_array_index(row->pieces, Piece, row->pieces->len - 1);
    const double top = line->y - side * 0.5 - paper->style->body * 0.36;
    paper_add_piece(row, PIECE_BOX, x, MAX(top, 0), side, side);
}

static void add_tick_list(Paper *paper, const char *const *texts, int count)
{
    const double inset = paper->style->box * 1.7;
    for (int i = 0; i < count; i++) {
        g_autofree char *clean = text_display(texts[i]);
        g_autoptr(PangoLayout) layout =
            paper_layout(paper, clean, paper->style->body, FALSE, paper_text_room(paper) - inset);
        const guint from = paper->rows->len;
        paper_begin_block(paper, paper->style->body * 0.5);
        add_box(paper, paper_add_layout(paper, TAG_LI, layout, paper->indent + inset),
                paper->indent);
        if (count <= SHORT_LIST ? i < count - 1 : i == 0 || i == count - 2)
            paper_keep_from(paper, from);
    }
}

void paper_ticks(Paper *paper, const char *const *texts, int count)
{
    const double inset = paper->style->box * 1.7, gap = paper->style->body * 2.2;
    g_autoptr(GPtrArray) layouts = g_ptr_array_new_with_free_func(g_object_unref);
    double width = 0;
    for (int i = 0; i < count; i++) {
        g_autofree char *clean = text_display(texts[i]);
        PangoLayout *layout = paper_layout(paper, clean, paper->style->body, FALSE, -1);
        g_ptr_array_add(layouts, layout);
        width += inset + paper_layout_width(layout) + (i > 0 ? gap : 0);
    }
    if (width > paper_text_room(paper)) {
        add_tick_list(paper, texts, count);
        return;
    }
    if (count == 0)
        return;
    paper_begin_block(paper, paper->style->body * 0.6);
    PaperRow *row = paper_add_row(paper, TAG_P, 0);
    double x = paper->indent;
    for (int i = 0; i < count; i++) {
        PangoLayout *layout = g_ptr_array_index(layouts, (guint)i);
        const double height = paper_add_lines(row, layout, x + inset, 0);
        row->height = MAX(row->height, height);
        add_box(paper, row, x);
        x += inset + paper_layout_width(layout) + gap;
    }
}

/* The texts as layouts for cells of this width; NULL when one does not fit. */
static GPtrArray *scale_layouts(Paper *paper, const char *const *texts, int count, double width)
{
    enum { LINES = 3 };
    GPtrArray *layouts = g_ptr_array_new_with_free_func(g_object_unref);
    for (int i = 0; i < count; i++) {
        g_autofree char *clean = text_display(texts[i]);
        PangoLayout *layout = paper_layout(paper, clean, paper->style->body, FALSE, width);
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD);
        pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER);
        g_ptr_array_add(layouts, layout);
        if (paper_layout_width(layout) > width || pango_layout_get_line_count(layout) > LINES) {
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
        add_tick_list(paper, texts, count);
        return;
    }
    paper_begin_block(paper, paper->style->body * 0.7);
    PaperRow *row = paper_add_row(paper, TAG_P, 0);
    const double down = side + paper->style->body * 0.3;
    for (int i = 0; i < count; i++) {
        const double x = paper->indent + cell * i;
        paper_add_piece(row, PIECE_BOX, x + (cell - side) / 2, 0, side, side);
        PangoLayout *layout = g_ptr_array_index(layouts, (guint)i);
        const double height = down + paper_add_lines(row, layout, x + gap / 2, down);
        row->height = MAX(row->height, height);
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
