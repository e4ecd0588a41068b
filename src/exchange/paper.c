/* paper.c: what is put on the paper, as rows. A row is never split over two pages; a paragraph is a
 * row a line. Pages are made of them in paper_page.c. */
#include "exchange/paper_private.h"

#include "base/i18n.h"
#include "base/text.h"

#include <string.h>

/* The first one the computer has. Liberation Sans is plain, legible and narrow; where it lacks a
 * script, Pango goes on to the others and then to whatever has it. */
#define FONTS "Liberation Sans, DejaVu Sans, Sans"

/* Large print after the advice of Myndigheten för tillgängliga medier: at least 18 points. */
static const PaperStyle ORDINARY = {
    .margin = 62,
    .top = 76,
    .bottom = 66,
    .body = 11,
    .note = 10,
    .small = 9,
    .heading = {20, 15, 12.5},
    .leading = 1.12,
    .indent = 30,
    .label = 150,
    .box = 11,
    .cell_width = 17,
    .cell_height = 22,
    .write = 26,
    .pen = 0.6,
};
static const PaperStyle LARGE = {
    .margin = 54,
    .top = 92,
    .bottom = 84,
    .body = 18,
    .note = 18,
    .small = 16,
    .heading = {28, 23, 20},
    .leading = 1.25,
    .indent = 48,
    .label = 0,
    .box = 18,
    .cell_width = 27,
    .cell_height = 34,
    .write = 38,
    .pen = 1.2,
};

/* --- the document --- */

static void piece_clear(gpointer data)
{
    Piece *piece = data;
    g_clear_object(&piece->layout);
}

static void row_free(gpointer data)
{
    PaperRow *row = data;
    g_free(row->outline);
    g_array_unref(row->pieces);
    g_free(row);
}

/* Pango draws frames with code points in them where there is no font at all. */
static gboolean has_fonts(PangoFontMap *fonts, GError **error)
{
    g_autofree PangoFontFamily **families = NULL;
    int count = 0;
    pango_font_map_list_families(fonts, &families, &count);
    if (count == 0)
        g_set_error(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                    _("This computer has no font to write a PDF with. Install one (on Debian the "
                      "package fonts-liberation) and try again."));
    return count > 0;
}

/* Lengths must not depend on the screen's hinting. */
static PangoContext *make_context(PangoFontMap *fonts, const char *language)
{
    PangoContext *context = pango_font_map_create_context(fonts);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    pango_cairo_context_set_resolution(context, 72);
    pango_context_set_language(context, pango_language_from_string(language));
    pango_context_set_round_glyph_positions(context, FALSE);
    cairo_font_options_destroy(options);
    return context;
}

Paper *paper_new(const PaperHead *head, GError **error)
{
    g_autoptr(PangoFontMap) fonts = pango_cairo_font_map_new();
    if (!has_fonts(fonts, error))
        return NULL;
    Paper *paper = g_new0(Paper, 1);
    paper->title = text_display(head->title);
    paper->language = g_strdup(head->language);
    paper->unit = text_display(head->unit != NULL ? head->unit : "");
    paper->date = head->date;
    paper->large = head->large;
    paper->style = head->large ? &LARGE : &ORDINARY;
    paper->top =
        head->unit != NULL || head->date != DATE_NONE ? paper->style->top : paper->style->margin;
    paper->fonts = g_steal_pointer(&fonts);
    paper->context = make_context(paper->fonts, head->language);
    paper->rows = g_ptr_array_new_with_free_func(row_free);
    return paper;
}

void paper_free(Paper *paper)
{
    if (paper == NULL)
        return;
    g_ptr_array_unref(paper->rows);
    g_object_unref(paper->context);
    g_object_unref(paper->fonts);
    g_free(paper->title);
    g_free(paper->language);
    g_free(paper->unit);
    g_free(paper->unknown);
    g_free(paper);
}

const char *paper_language(const Paper *paper)
{
    return paper->language;
}

gboolean paper_is_large(const Paper *paper)
{
    return paper->large;
}

/* --- layouts --- */

/* The first character of the text that no font has. New. */
static char *find_unknown(PangoLayout *layout)
{
    g_autoptr(PangoLayout) single = pango_layout_copy(layout);
    for (const char *at = pango_layout_get_text(layout); *at != '\0'; at = g_utf8_next_char(at)) {
        int bytes = (int)(g_utf8_next_char(at) - at);
        pango_layout_set_text(single, at, bytes);
        if (pango_layout_get_unknown_glyphs_count(single) > 0)
            return g_strndup(at, (gsize)bytes);
    }
    return g_strdup("?");
}

PangoLayout *paper_layout(Paper *paper, const char *text, double size, gboolean bold, double width)
{
    PangoLayout *layout = pango_layout_new(paper->context);
    PangoFontDescription *font = pango_font_description_from_string(FONTS);
    pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    pango_font_description_set_weight(font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);

    /* A number or a word too long for its line is broken without a hyphen of Pango's own. */
    PangoAttrList *attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);

    pango_layout_set_line_spacing(layout, (float)paper->style->leading);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    if (width >= 0)
        pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    pango_layout_set_text(layout, text, -1);
    if (paper->unknown == NULL && pango_layout_get_unknown_glyphs_count(layout) > 0)
        paper->unknown = find_unknown(layout);
    return layout;
}

static double layout_width(PangoLayout *layout)
{
    PangoRectangle logical;
    pango_layout_get_extents(layout, NULL, &logical);
    return (double)logical.width / PANGO_SCALE;
}

static double text_room(const Paper *paper)
{
    return PAGE_WIDTH - 2 * paper->style->margin - paper->indent;
}

/* --- rows --- */

static PaperRow *last_row(Paper *paper)
{
    return paper->rows->len > 0 ? g_ptr_array_index(paper->rows, paper->rows->len - 1) : NULL;
}

static void begin_block(Paper *paper, double before)
{
    paper->block++;
    paper->before = before;
}

static GArray *new_pieces(void)
{
    GArray *pieces = g_array_new(FALSE, TRUE, sizeof(Piece));
    g_array_set_clear_func(pieces, piece_clear);
    return pieces;
}

static PaperRow *add_row(Paper *paper, PaperTag tag, double height)
{
    PaperRow *row = g_new0(PaperRow, 1);
    row->before = paper->before;
    row->height = height;
    row->new_page = paper->break_next;
    row->block = paper->block;
    row->tag = tag;
    row->pieces = new_pieces();
    g_ptr_array_add(paper->rows, row);
    paper->before = 0;
    paper->break_next = FALSE;
    return row;
}

static void add_piece(PaperRow *row, PieceKind kind, double x, double y, double width,
                      double height)
{
    Piece piece = {.kind = kind, .x = x, .y = y, .width = width, .height = height};
    g_array_append_val(row->pieces, piece);
}

/* Adds the line that `iter` stands at, its top `down` below the row's. */
static void add_line(PaperRow *row, PangoLayout *layout, PangoLayoutIter *iter, int number,
                     double x, double down)
{
    PangoRectangle logical;
    int top = 0, bottom = 0;
    pango_layout_iter_get_line_extents(iter, NULL, &logical);
    pango_layout_iter_get_line_yrange(iter, &top, &bottom);
    int baseline = pango_layout_iter_get_baseline(iter);
    Piece piece = {
        .kind = PIECE_LINE,
        .x = x + (double)logical.x / PANGO_SCALE,
        .y = down + (double)(baseline - top) / PANGO_SCALE,
        .layout = g_object_ref(layout),
        .line = number,
    };
    g_array_append_val(row->pieces, piece);
}

static double line_height(PangoLayoutIter *iter)
{
    int top = 0, bottom = 0;
    pango_layout_iter_get_line_yrange(iter, &top, &bottom);
    return (double)(bottom - top) / PANGO_SCALE;
}

/* All lines of the layout in one row, from (x, down); the height they take. */
static double add_lines(PaperRow *row, PangoLayout *layout, double x, double down)
{
    PangoLayoutIter *iter = pango_layout_get_iter(layout);
    double height = 0;
    int number = 0;
    do {
        add_line(row, layout, iter, number++, x, down + height);
        height += line_height(iter);
    } while (pango_layout_iter_next_line(iter));
    pango_layout_iter_free(iter);
    return height;
}

/* A row for each line, in the block begun. The first two and the last two stay together. Returns
 * the first row. */
static PaperRow *add_layout(Paper *paper, PaperTag tag, PangoLayout *layout, double x)
{
    const int count = pango_layout_get_line_count(layout);
    PangoLayoutIter *iter = pango_layout_get_iter(layout);
    PaperRow *first = NULL;
    for (int number = 0; number < count; number++, pango_layout_iter_next_line(iter)) {
        PaperRow *row = add_row(paper, tag, line_height(iter));
        add_line(row, layout, iter, number, x, 0);
        row->keep = number < count - 1 && (number == 0 || number == count - 2);
        if (first == NULL)
            first = row;
    }
    pango_layout_iter_free(iter);
    return first;
}

static void keep_from(Paper *paper, guint from)
{
    for (guint i = from; i < paper->rows->len; i++)
        ((PaperRow *)g_ptr_array_index(paper->rows, i))->keep = TRUE;
}

/* --- text --- */

/* Every paragraph of the text as a block of its own. */
static void add_paragraphs(Paper *paper, const char *text, double size, gboolean bold,
                           double before, gboolean bar)
{
    g_autofree char *clean = text_clean(text != NULL ? text : "");
    g_auto(GStrv) paragraphs = g_strsplit(clean, "\n", -1);
    const double inset = bar ? paper->style->body : 0;
    gboolean first = TRUE;
    for (char **at = paragraphs; *at != NULL; at++) {
        if (g_strstrip(*at)[0] == '\0')
            continue;
        g_autoptr(PangoLayout) layout =
            paper_layout(paper, *at, size, bold, text_room(paper) - inset);
        const guint from = paper->rows->len;
        begin_block(paper, first ? before : size * 0.5);
        add_layout(paper, TAG_P, layout, paper->indent + inset);
        for (guint i = from; bar && i < paper->rows->len; i++) {
            PaperRow *row = g_ptr_array_index(paper->rows, i);
            const double above = !first && i == from ? row->before : 0;
            add_piece(row, PIECE_BAR, paper->indent + 2, -above, 0, row->height + above);
        }
        first = FALSE;
    }
}

void paper_heading(Paper *paper, int level, const char *text)
{
    static const double BEFORE[] = {0, 1.5, 1.3};
    static const PaperTag TAGS[] = {TAG_H1, TAG_H2, TAG_H3};
    const int at = CLAMP(level, 1, 3) - 1;
    const double size = paper->style->heading[at];
    g_autofree char *clean = text_display(text != NULL ? text : "");
    g_autoptr(PangoLayout) layout = paper_layout(paper, clean, size, TRUE, text_room(paper));
    const guint from = paper->rows->len;
    begin_block(paper, BEFORE[at] * size);
    PaperRow *row = add_layout(paper, TAGS[at], layout, paper->indent);
    if (at < 2)
        row->outline = g_steal_pointer(&clean);
    keep_from(paper, from);
}

void paper_text(Paper *paper, const char *text)
{
    add_paragraphs(paper, text, paper->style->body, FALSE, paper->style->body * 0.6, FALSE);
}

void paper_note(Paper *paper, const char *text)
{
    add_paragraphs(paper, text, paper->style->note, FALSE, paper->style->body * 0.25, FALSE);
}

void paper_strong(Paper *paper, const char *text)
{
    add_paragraphs(paper, text, paper->style->body, TRUE, paper->style->body * 0.9, FALSE);
}

void paper_quote(Paper *paper, const char *text)
{
    add_paragraphs(paper, text, paper->style->body, FALSE, paper->style->body * 0.45, TRUE);
}

void paper_value(Paper *paper, const char *label, const char *value)
{
    const PaperStyle *style = paper->style;
    g_autofree char *clean = text_display(label);
    if (style->label == 0) {
        paper_strong(paper, clean);
        paper_keep(paper);
        add_paragraphs(paper, value, style->body, FALSE, style->body * 0.15, FALSE);
        return;
    }
    g_autofree char *text = text_clean(value != NULL ? value : "");
    g_autoptr(PangoLayout) left =
        paper_layout(paper, clean, style->body, TRUE, style->label - style->body);
    g_autoptr(PangoLayout) right =
        paper_layout(paper, g_strstrip(text), style->body, FALSE, text_room(paper) - style->label);
    const guint from = paper->rows->len;
    begin_block(paper, style->body * 0.5);
    add_layout(paper, TAG_P, right, paper->indent + style->label);
    PangoLayoutIter *iter = pango_layout_get_iter(left);
    const int count = pango_layout_get_line_count(left);
    for (int number = 0; number < count; number++, pango_layout_iter_next_line(iter)) {
        PaperRow *row = from + (guint)number < paper->rows->len
                            ? g_ptr_array_index(paper->rows, from + (guint)number)
                            : add_row(paper, TAG_P, line_height(iter));
        row->height = MAX(row->height, line_height(iter));
        add_line(row, left, iter, number, paper->indent, 0);
        row->keep = row->keep || number < count - 1;
    }
    pango_layout_iter_free(iter);
}

/* A marker at the left, the text hanging beside it. */
static PaperRow *add_hanging(Paper *paper, PaperTag tag, const char *marker, const char *text,
                             gboolean bold, double inset)
{
    const double size = paper->style->body;
    g_autofree char *clean = text_clean(text != NULL ? text : "");
    g_autoptr(PangoLayout) left = paper_layout(paper, marker, size, bold, -1);
    g_autoptr(PangoLayout) right =
        paper_layout(paper, g_strstrip(clean), size, bold, text_room(paper) - inset);
    PaperRow *row = add_layout(paper, tag, right, paper->indent + inset);
    /* The marker is read first. */
    PangoLayoutIter *iter = pango_layout_get_iter(left);
    g_autoptr(GArray) texts = g_steal_pointer(&row->pieces);
    row->pieces = new_pieces();
    add_line(row, left, iter, 0, paper->indent, 0);
    g_array_append_vals(row->pieces, texts->data, texts->len);
    g_array_set_clear_func(texts, NULL);
    pango_layout_iter_free(iter);
    return row;
}

void paper_bullet(Paper *paper, const char *text)
{
    begin_block(paper, paper->style->body * 0.4);
    add_hanging(paper, TAG_LI, "•", text, FALSE, paper->style->body * 1.3);
}

void paper_question(Paper *paper, int number, const char *text)
{
    g_autofree char *marker = g_strdup_printf("%d.", number);
    const guint from = paper->rows->len;
    begin_block(paper, paper->style->body * 1.5);
    add_hanging(paper, TAG_P, marker, text, TRUE, paper->style->indent);
    keep_from(paper, from);
}

void paper_point(Paper *paper, int number, const char *text)
{
    g_autofree char *marker = g_strdup_printf("%d.", number);
    begin_block(paper, paper->style->body * 0.5);
    add_hanging(paper, TAG_LI, marker, text, FALSE, paper->style->indent);
}

/* --- to fill in by hand --- */

/* Lists as short as this stay on one page, all of them. */
#define SHORT_LIST 7

/* The box stands on the text's line. */
static void add_box(Paper *paper, PaperRow *row, double x)
{
    const double side = paper->style->box;
    const Piece *line = &g_array_index(row->pieces, Piece, row->pieces->len - 1);
    const double top = line->y - side * 0.5 - paper->style->body * 0.36;
    add_piece(row, PIECE_BOX, x, MAX(top, 0), side, side);
}

static void add_tick_list(Paper *paper, const char *const *texts, int count)
{
    const double inset = paper->style->box * 1.7;
    for (int i = 0; i < count; i++) {
        g_autofree char *clean = text_display(texts[i]);
        g_autoptr(PangoLayout) layout =
            paper_layout(paper, clean, paper->style->body, FALSE, text_room(paper) - inset);
        const guint from = paper->rows->len;
        begin_block(paper, paper->style->body * 0.5);
        add_box(paper, add_layout(paper, TAG_LI, layout, paper->indent + inset), paper->indent);
        if (count <= SHORT_LIST ? i < count - 1 : i == 0 || i == count - 2)
            keep_from(paper, from);
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
        width += inset + layout_width(layout) + (i > 0 ? gap : 0);
    }
    if (width > text_room(paper)) {
        add_tick_list(paper, texts, count);
        return;
    }
    if (count == 0)
        return;
    begin_block(paper, paper->style->body * 0.6);
    PaperRow *row = add_row(paper, TAG_P, 0);
    double x = paper->indent;
    for (int i = 0; i < count; i++) {
        PangoLayout *layout = g_ptr_array_index(layouts, (guint)i);
        const double height = add_lines(row, layout, x + inset, 0);
        row->height = MAX(row->height, height);
        add_box(paper, row, x);
        x += inset + layout_width(layout) + gap;
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
        if (layout_width(layout) > width || pango_layout_get_line_count(layout) > LINES) {
            g_ptr_array_unref(layouts);
            return NULL;
        }
    }
    return layouts;
}

void paper_scale(Paper *paper, const char *const *texts, int count)
{
    const double cell = text_room(paper) / MAX(count, 1), side = paper->style->box;
    const double gap = paper->style->body * 0.7;
    g_autoptr(GPtrArray) layouts =
        count > 0 ? scale_layouts(paper, texts, count, cell - gap) : NULL;
    if (layouts == NULL) {
        add_tick_list(paper, texts, count);
        return;
    }
    begin_block(paper, paper->style->body * 0.7);
    PaperRow *row = add_row(paper, TAG_P, 0);
    const double down = side + paper->style->body * 0.3;
    for (int i = 0; i < count; i++) {
        const double x = paper->indent + cell * i;
        add_piece(row, PIECE_BOX, x + (cell - side) / 2, 0, side, side);
        PangoLayout *layout = g_ptr_array_index(layouts, (guint)i);
        const double height = down + add_lines(row, layout, x + gap / 2, down);
        row->height = MAX(row->height, height);
    }
}

void paper_lines(Paper *paper, int count)
{
    const double height = paper->style->write;
    begin_block(paper, 0);
    for (int i = 0; i < count; i++) {
        PaperRow *row = add_row(paper, TAG_P, height);
        add_piece(row, PIECE_RULE, paper->indent, height, text_room(paper), 0);
        row->keep = i < count - 1 && (count <= 4 || i == 0 || i == count - 2);
    }
}

void paper_label_line(Paper *paper, const char *label)
{
    const PaperStyle *style = paper->style;
    const double gap = style->body * 0.5;
    g_autofree char *clean = text_display(label);
    g_autoptr(PangoLayout) layout =
        paper_layout(paper, clean, style->body, FALSE, text_room(paper));
    const double width = layout_width(layout) + gap;
    if (width > text_room(paper) * 0.6) {
        paper_text(paper, clean);
        paper_keep(paper);
        paper_lines(paper, 1);
        return;
    }
    begin_block(paper, 0);
    PaperRow *row = add_row(paper, TAG_P, style->write);
    add_lines(row, layout, paper->indent, style->write - style->body * 1.15);
    add_piece(row, PIECE_RULE, paper->indent + width, style->write, text_room(paper) - width, 0);
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
    begin_block(paper, style->body * 0.6);
    PaperRow *row = add_row(paper, TAG_P, style->cell_height);
    double x = paper->indent;
    for (int group = 0; SHAPES[boxes].groups[group] > 0; group++) {
        if (group > 0) {
            g_autoptr(PangoLayout) sign =
                paper_layout(paper, SHAPES[boxes].between, style->body, FALSE, -1);
            add_lines(row, sign, x + style->body * 0.35, down);
            x += layout_width(sign) + style->body * 0.7;
        }
        for (int i = 0; i < SHAPES[boxes].groups[group]; i++, x += style->cell_width)
            add_piece(row, PIECE_BOX, x, 0, style->cell_width, style->cell_height);
    }
    x += style->body;
    g_autofree char *clean = text_display(hint != NULL ? hint : "");
    g_autoptr(PangoLayout) beside =
        paper_layout(paper, clean, style->note, FALSE, text_room(paper) - (x - paper->indent));
    const double height = down + add_lines(row, beside, x, down);
    row->height = MAX(row->height, height);
}

void paper_signature(Paper *paper, const char *who, const char *name, const char *day)
{
    const PaperStyle *style = paper->style;
    const double room = text_room(paper), left = room * 0.62, right = room * 0.32;
    g_autofree char *name_clean = text_display(name);
    g_autofree char *day_clean = text_display(day);
    g_autoptr(PangoLayout) name_layout = paper_layout(paper, name_clean, style->note, FALSE, left);
    g_autoptr(PangoLayout) day_layout = paper_layout(paper, day_clean, style->note, FALSE, right);
    paper_strong(paper, who);
    paper_keep(paper);

    begin_block(paper, style->body);
    const double line = style->write * 1.1, down = line + style->body * 0.3;
    const double other = paper->indent + room - right;
    PaperRow *row = add_row(paper, TAG_P, 0);
    add_piece(row, PIECE_RULE, paper->indent, line, left, 0);
    add_piece(row, PIECE_RULE, other, line, right, 0);
    const double name_height = add_lines(row, name_layout, paper->indent, down);
    const double day_height = add_lines(row, day_layout, other, down);
    row->height = down + MAX(name_height, day_height);
}

/* --- the whole --- */

void paper_indent(Paper *paper, int steps)
{
    paper->indent = steps * paper->style->indent;
}

void paper_keep(Paper *paper)
{
    PaperRow *row = last_row(paper);
    if (row != NULL)
        row->keep = TRUE;
}

void paper_break(Paper *paper)
{
    paper->break_next = paper->rows->len > 0;
}

int paper_pages(Paper *paper)
{
    return paper_paginate(paper);
}

gboolean paper_write(Paper *paper, const char *path, gboolean replace, GError **error)
{
    g_autoptr(GByteArray) bytes = paper_draw(paper);
    if (bytes == NULL) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_IO,
                    _("The PDF could not be drawn. Close other programs and try again."));
        return FALSE;
    }
    if (paper->unknown != NULL) {
        g_set_error(
            error, DAGSFORM_ERROR, ERROR_INPUT,
            _("No font on this computer has the character %s, so the PDF was not written. "
              "Install a font that has it (on Debian the package fonts-noto-core), or write "
              "the text without it."),
            paper->unknown);
        return FALSE;
    }
    paper_add_catalogue(bytes, paper->language);
    return paper_save(bytes, path, replace, error);
}
