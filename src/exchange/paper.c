/* paper.c: what is put on the paper, as rows. A row is never split over two pages; a paragraph is a
 * row a line. Pages are made of them in paper_page.c. */
#include "exchange/paper_private.h"

#include "base/file_draft.h"
#include "base/i18n.h"
#include "base/text.h"

#include <string.h>

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
    .question = 16.5,
    .columns = 1,
};
/* A form to fill in by hand: twice as much on a sheet that somebody has to carry. */
static const PaperStyle FORM = {
    .margin = 36,
    .top = 64,
    .bottom = 46,
    .body = 10,
    .note = 9,
    .small = 8.5,
    .heading = {19, 13, 11},
    .leading = 1.05,
    .indent = 24,
    .label = 120,
    .box = 9.5,
    .cell_width = 13.5,
    .cell_height = 17,
    .write = 19.5,
    .pen = 0.5,
    .question = 7,
    .columns = 2,
    .gutter = 18,
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
    .question = 27,
    .columns = 1,
};

/* --- the document --- */

static void piece_clear(gpointer data)
{
    Piece *piece = data;
    g_clear_object(&piece->layout);
    g_clear_pointer(&piece->path, g_array_unref);
}

static void row_free(gpointer data)
{
    PaperRow *row = data;
    g_free(row->outline);
    g_array_unref(row->pieces);
    g_free(row);
}

/* Pango lists its own aliases even where there is no font behind them. */
static gboolean is_alias(const char *family)
{
    static const char *const ALIASES[] = {"Sans", "Serif", "Monospace", "System-ui"};
    for (gsize i = 0; i < G_N_ELEMENTS(ALIASES); i++)
        if (g_ascii_strcasecmp(family, ALIASES[i]) == 0)
            return TRUE;
    return FALSE;
}

/* Where there is no font at all Pango would draw empty frames. */
static gboolean has_fonts(PangoFontMap *fonts, GError **error)
{
    g_autofree PangoFontFamily **families = NULL;
    int count = 0;
    LIB->pango_font_map_list_families(fonts, &families, &count);
    for (int i = 0; i < count; i++)
        if (!is_alias(LIB->pango_font_family_get_name(families[i])))
            return TRUE;
    g_set_error(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                _("This computer has no font to write a PDF with. Install one (on Debian the "
                  "package fonts-liberation) and try again."));
    return FALSE;
}

/* Lengths must not depend on the screen's hinting. */
static PangoContext *make_context(PangoFontMap *fonts, const char *language)
{
    PangoContext *context = LIB->pango_font_map_create_context(fonts);
    cairo_font_options_t *options = LIB->cairo_font_options_create();
    LIB->cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    LIB->cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    LIB->pango_cairo_context_set_font_options(context, options);
    LIB->pango_cairo_context_set_resolution(context, 72);
    LIB->pango_context_set_language(context, LIB->pango_language_from_string(language));
    LIB->pango_context_set_round_glyph_positions(context, FALSE);
    LIB->cairo_font_options_destroy(options);
    return context;
}

Paper *paper_new(const PaperHead *head, GError **error)
{
    g_autoptr(PangoFontMap) fonts =
        paper_library(error) != NULL ? LIB->pango_cairo_font_map_new() : NULL;
    if (fonts == NULL || !has_fonts(fonts, error))
        return NULL;
    Paper *paper = g_new0(Paper, 1);
    paper->title = text_display(head->title);
    paper->language = g_strdup(head->language);
    paper->unit = text_display(head->unit != NULL ? head->unit : "");
    paper->person = text_display(head->person != NULL ? head->person : "");
    paper->unfinished = head->unfinished;
    paper->date = head->date;
    paper->large = head->large;
    paper->style = head->large ? &LARGE : head->form ? &FORM : &ORDINARY;
    paper->columns = 1;
    paper->top = head->unit != NULL || head->date != DATE_NONE || head->unfinished
                     ? paper->style->top
                     : paper->style->margin;
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
    g_free(paper->person);
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

/* A name in Arabic stands beside its label or bullet, not at the far edge: Pango lays a line that
 * is read from the right there. */
static void lay_beside(PangoLayout *layout)
{
    if (LIB->pango_layout_get_line_count(layout) == 1 &&
        LIB->pango_layout_get_direction(layout, 0) == PANGO_DIRECTION_RTL)
        LIB->pango_layout_set_alignment(layout, PANGO_ALIGN_RIGHT);
}

/* --- rows --- */

static PaperRow *last_row(Paper *paper)
{
    return paper->rows->len > 0 ? g_ptr_array_index(paper->rows, paper->rows->len - 1) : NULL;
}

void paper_begin_block(Paper *paper, double before)
{
    paper->block++;
    paper->before = before;
}

PaperRow *paper_add_row(Paper *paper, PaperTag tag, double height)
{
    PaperRow *row = g_new0(PaperRow, 1);
    row->before = paper->before;
    row->height = height;
    row->new_page = paper->break_next;
    row->block = paper->block;
    row->columns = paper->columns;
    row->tag = tag;
    row->pieces = g_array_new(FALSE, TRUE, sizeof(Piece));
    g_array_set_clear_func(row->pieces, piece_clear);
    g_ptr_array_add(paper->rows, row);
    paper->before = 0;
    paper->break_next = FALSE;
    return row;
}

void paper_add_piece(PaperRow *row, PieceKind kind, double x, double y, double width, double height)
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
    LIB->pango_layout_iter_get_line_extents(iter, NULL, &logical);
    LIB->pango_layout_iter_get_line_yrange(iter, &top, &bottom);
    int baseline = LIB->pango_layout_iter_get_baseline(iter);
    Piece piece = {
        .kind = PIECE_LINE,
        .x = x + (double)logical.x / PANGO_SCALE,
        .y = down + (double)(baseline - top) / PANGO_SCALE,
        .layout = g_object_ref(layout),
        .line = number,
    };
    g_array_append_val(row->pieces, piece);
}

/* A screen reader reads the pieces in their order: the last one added comes first. */
static void read_first(PaperRow *row)
{
    Piece *pieces = (Piece *)row->pieces->data;
    const guint last = row->pieces->len - 1;
    const Piece moved = pieces[last];
    memmove(pieces + 1, pieces, last * sizeof(Piece));
    pieces[0] = moved;
}

static double line_height(PangoLayoutIter *iter)
{
    int top = 0, bottom = 0;
    LIB->pango_layout_iter_get_line_yrange(iter, &top, &bottom);
    return (double)(bottom - top) / PANGO_SCALE;
}

/* All lines of the layout in one row, from (x, down); the height they take. */
double paper_add_lines(PaperRow *row, PangoLayout *layout, double x, double down)
{
    PangoLayoutIter *iter = LIB->pango_layout_get_iter(layout);
    double height = 0;
    int number = 0;
    do {
        add_line(row, layout, iter, number++, x, down + height);
        height += line_height(iter);
    } while (LIB->pango_layout_iter_next_line(iter));
    LIB->pango_layout_iter_free(iter);
    return height;
}

/* A row for each line, in the block begun. The first two and the last two stay together. Returns
 * the first row. */
PaperRow *paper_add_layout(Paper *paper, PaperTag tag, PangoLayout *layout, double x)
{
    const int count = LIB->pango_layout_get_line_count(layout);
    PangoLayoutIter *iter = LIB->pango_layout_get_iter(layout);
    PaperRow *first = NULL;
    for (int number = 0; number < count; number++, LIB->pango_layout_iter_next_line(iter)) {
        PaperRow *row = paper_add_row(paper, tag, line_height(iter));
        add_line(row, layout, iter, number, x, 0);
        row->keep = number < count - 1 && (number == 0 || number == count - 2);
        if (first == NULL)
            first = row;
    }
    LIB->pango_layout_iter_free(iter);
    return first;
}

void paper_keep_from(Paper *paper, guint from)
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
            paper_layout(paper, *at, size, bold, paper_text_room(paper) - inset);
        const guint from = paper->rows->len;
        paper_begin_block(paper, first ? before : size * 0.5);
        paper_add_layout(paper, TAG_P, layout, paper->indent + inset);
        for (guint i = from; bar && i < paper->rows->len; i++) {
            PaperRow *row = g_ptr_array_index(paper->rows, i);
            const double above = !first && i == from ? row->before : 0;
            paper_add_piece(row, PIECE_BAR, paper->indent + 2, -above, 0, row->height + above);
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
    g_autoptr(PangoLayout) layout = paper_layout(paper, clean, size, TRUE, paper_text_room(paper));
    const guint from = paper->rows->len;
    paper_begin_block(paper, BEFORE[at] * size);
    PaperRow *row = paper_add_layout(paper, TAGS[at], layout, paper->indent);
    if (at < 2)
        row->outline = g_steal_pointer(&clean);
    paper_keep_from(paper, from);
}

void paper_text(Paper *paper, const char *text)
{
    add_paragraphs(paper, text, paper->style->body, FALSE, paper->style->body * 0.6, FALSE);
}

void paper_note(Paper *paper, const char *text)
{
    add_paragraphs(paper, text, paper->style->note, FALSE, paper->style->body * 0.4, FALSE);
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
    g_autoptr(PangoLayout) right = paper_layout(paper, g_strstrip(text), style->body, FALSE,
                                                paper_text_room(paper) - style->label);
    lay_beside(right);
    const guint from = paper->rows->len;
    paper_begin_block(paper, style->body * 0.5);
    paper_add_layout(paper, TAG_P, right, paper->indent + style->label);
    PangoLayoutIter *iter = LIB->pango_layout_get_iter(left);
    const int count = LIB->pango_layout_get_line_count(left);
    for (int number = 0; number < count; number++, LIB->pango_layout_iter_next_line(iter)) {
        PaperRow *row = from + (guint)number < paper->rows->len
                            ? g_ptr_array_index(paper->rows, from + (guint)number)
                            : paper_add_row(paper, TAG_P, line_height(iter));
        row->height = MAX(row->height, line_height(iter));
        add_line(row, left, iter, number, paper->indent, 0);
        read_first(row);
        row->keep = row->keep || number < count - 1;
    }
    LIB->pango_layout_iter_free(iter);
}

void paper_value_if_any(Paper *paper, const char *label, const char *value)
{
    if (value != NULL && *value != '\0')
        paper_value(paper, label, value);
}

void paper_day_if_any(Paper *paper, const char *label, Date day)
{
    char date[DATE_SIZE];

    paper_value_if_any(paper, label, date_or_null(day, date));
}

/* A marker at the left, the text hanging beside it. */
static PaperRow *add_hanging(Paper *paper, PaperTag tag, const char *marker, const char *text,
                             gboolean bold, double inset)
{
    const double size = paper->style->body;
    g_autofree char *clean = text_clean(text != NULL ? text : "");
    g_autoptr(PangoLayout) left = paper_layout(paper, marker, size, bold, -1);
    g_autoptr(PangoLayout) right =
        paper_layout(paper, g_strstrip(clean), size, bold, paper_text_room(paper) - inset);
    lay_beside(right);
    PaperRow *row = paper_add_layout(paper, tag, right, paper->indent + inset);
    PangoLayoutIter *iter = LIB->pango_layout_get_iter(left);
    add_line(row, left, iter, 0, paper->indent, 0);
    read_first(row);
    LIB->pango_layout_iter_free(iter);
    return row;
}

void paper_bullet(Paper *paper, const char *text)
{
    paper_begin_block(paper, paper->style->body * 0.4);
    add_hanging(paper, TAG_LI, "•", text, FALSE, paper->style->body * 1.3);
}

void paper_question(Paper *paper, int number, const char *text)
{
    g_autofree char *marker = number > 0 ? g_strdup_printf("%d. ", number) : g_strdup("");
    const guint from = paper->rows->len;
    paper_begin_block(paper, paper->style->question);
    add_hanging(paper, TAG_P, marker, text, TRUE, paper->style->indent);
    paper_keep_from(paper, from);
}

void paper_point(Paper *paper, int number, const char *text)
{
    g_autofree char *marker = g_strdup_printf("%d. ", number);
    paper_begin_block(paper, paper->style->body * 0.5);
    add_hanging(paper, TAG_LI, marker, text, FALSE, paper->style->indent);
}

/* --- the whole --- */

void paper_indent(Paper *paper, int steps)
{
    paper->indent = steps * paper->style->indent;
}

void paper_columns(Paper *paper, gboolean begin)
{
    paper->columns = begin ? paper->style->columns : 1;
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
    return file_write(path, replace, bytes->data, bytes->len, error);
}
