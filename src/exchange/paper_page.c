/* paper_page.c: rows on pages, and the pages as PDF. */
#include "exchange/paper_private.h"

#include "base/i18n.h"

#include <cairo-pdf.h>

/* --- which page --- */

static PaperRow *row_at(const Paper *paper, guint index)
{
    return g_ptr_array_index(paper->rows, index);
}

/* The end of the rows that stay together from `from` on, and their height without the first one's
 * room above. */
static guint chain_end(const Paper *paper, guint from, double *height)
{
    guint end = from;
    *height = 0;
    for (gboolean more = TRUE; more && end < paper->rows->len; end++) {
        const PaperRow *row = row_at(paper, end);
        if (end > from && row->new_page)
            break;
        *height += row->height + (end > from ? row->before : 0);
        more = row->keep;
    }
    return end;
}

/* Where the next row would stand. */
typedef struct {
    int page, columns, column;
    double y;
    double top;    /* of the columns on this page */
    double lowest; /* what the columns before this one reached */
} Place;

static void next_page(const Paper *paper, Place *place)
{
    place->page++;
    place->column = 0;
    place->y = place->top = place->lowest = paper->top;
}

static void next_column(const Paper *paper, Place *place)
{
    if (place->column + 1 == place->columns) {
        next_page(paper, place);
        return;
    }
    place->column++;
    place->lowest = MAX(place->lowest, place->y);
    place->y = place->top;
}

/* Another number of columns begins below all that stands on the page. */
static void set_columns(Place *place, const PaperRow *first)
{
    if (first->columns == place->columns)
        return;
    place->columns = first->columns;
    place->column = 0;
    place->y = place->top = place->lowest = MAX(place->y, place->lowest) + first->before;
}

static double room_above(const Place *place, const PaperRow *row)
{
    return place->y > place->top ? row->before : 0;
}

int paper_paginate(Paper *paper)
{
    const double bottom = PAGE_HEIGHT - paper->style->bottom;
    Place place = {.columns = 1, .y = paper->top, .top = paper->top, .lowest = paper->top};
    for (guint i = 0; i < paper->rows->len;) {
        double height = 0;
        const guint end = chain_end(paper, i, &height);
        const PaperRow *first = row_at(paper, i);
        set_columns(&place, first);
        if (first->new_page && i > 0)
            next_page(paper, &place);
        /* What stays together but is longer than a page is broken where the page ends. */
        while (place.y > paper->top && paper->top + height <= bottom &&
               place.y + room_above(&place, first) + height > bottom)
            next_column(paper, &place);
        for (; i < end; i++) {
            PaperRow *row = row_at(paper, i);
            if (place.y > place.top && place.y + row->before + row->height > bottom)
                next_column(paper, &place);
            row->page = place.page;
            row->x =
                place.column * (paper_column_width(paper, place.columns) + paper->style->gutter);
            row->y = place.y + room_above(&place, row);
            place.y = row->y + row->height;
        }
    }
    return place.page + 1;
}

/* --- drawing --- */

typedef struct {
    Paper *paper;
    cairo_surface_t *surface;
    cairo_t *cairo;
    gboolean in_list;
    const PaperRow *open; /* the first row of the element being drawn; NULL: none */
    int item;             /* which one of that row's elements it is */
} Pen;

/* An item of a list is its body, within an LI. */
static const char *const TAGS[] = {[TAG_P] = "P",   [TAG_H1] = "H1",    [TAG_H2] = "H2",
                                   [TAG_H3] = "H3", [TAG_LI] = "LBody", [TAG_FIGURE] = "Figure"};

static void close_block(Pen *pen)
{
    if (pen->open == NULL)
        return;
    LIB->cairo_tag_end(pen->cairo, TAGS[pen->open->tag]);
    if (pen->open->tag == TAG_LI)
        LIB->cairo_tag_end(pen->cairo, "LI");
    pen->open = NULL;
}

static void close_list(Pen *pen)
{
    if (pen->in_list)
        LIB->cairo_tag_end(pen->cairo, "L");
    pen->in_list = FALSE;
}

static void open_block(Pen *pen, const PaperRow *row)
{
    close_block(pen);
    if (row->tag != TAG_LI)
        close_list(pen);
    else if (!pen->in_list)
        LIB->cairo_tag_begin(pen->cairo, "L", NULL);
    pen->in_list = row->tag == TAG_LI;
    if (row->tag == TAG_LI)
        LIB->cairo_tag_begin(pen->cairo, "LI", NULL);
    LIB->cairo_tag_begin(pen->cairo, TAGS[row->tag], NULL);
    pen->open = row;
    pen->item = 0;
}

/* Strokes it with a width of its own. */
static void draw_path(const Pen *pen, const Piece *piece, double x, double y)
{
    const double dash[] = {3, 2.5};
    const double *points = (const double *)piece->path->data;
    LIB->cairo_new_path(pen->cairo); /* a text before it has left its end as a point */
    LIB->cairo_set_line_width(pen->cairo, piece->width);
    LIB->cairo_set_dash(pen->cairo, dash, piece->dashed ? 2 : 0, 0);
    for (guint i = 0; i < piece->path->len; i += 2)
        LIB->cairo_line_to(pen->cairo, x + points[i], y + points[i + 1]);
    LIB->cairo_stroke(pen->cairo);
    LIB->cairo_set_dash(pen->cairo, NULL, 0, 0);
}

static void draw_piece(const Pen *pen, const Piece *piece, double x, double y)
{
    cairo_t *cairo = pen->cairo;
    const double thin = pen->paper->style->pen;
    switch (piece->kind) {
    case PIECE_LINE:
        LIB->cairo_move_to(cairo, x, y);
        LIB->pango_cairo_show_layout_line(
            cairo, LIB->pango_layout_get_line_readonly(piece->layout, piece->line));
        return;
    case PIECE_BOX:
        LIB->cairo_set_line_width(cairo, thin * 1.4);
        LIB->cairo_rectangle(cairo, x, y, piece->width, piece->height);
        break;
    case PIECE_RULE:
        LIB->cairo_set_line_width(cairo, thin);
        LIB->cairo_move_to(cairo, x, y);
        LIB->cairo_rel_line_to(cairo, piece->width, 0);
        break;
    case PIECE_PATH:
        draw_path(pen, piece, x, y);
        return;
    case PIECE_FILL:
        LIB->cairo_rectangle(cairo, x, y, piece->width, piece->height);
        LIB->cairo_fill(cairo);
        return;
    case PIECE_BAR:
        LIB->cairo_set_line_width(cairo, thin * 3);
        LIB->cairo_move_to(cairo, x, y);
        LIB->cairo_rel_line_to(cairo, 0, piece->height);
        break;
    }
    LIB->cairo_stroke(cairo);
}

static void draw_row(Pen *pen, const PaperRow *row, int page)
{
    if (pen->open == NULL || pen->open->block != row->block)
        open_block(pen, row);
    if (row->outline != NULL) {
        g_autofree char *where = g_strdup_printf("page=%d pos=[0.0 %.1f]", page + 1, row->y);
        LIB->cairo_pdf_surface_add_outline(pen->surface, CAIRO_PDF_OUTLINE_ROOT, row->outline,
                                           where, CAIRO_PDF_OUTLINE_FLAG_OPEN);
    }
    for (guint i = 0; i < row->pieces->len; i++) {
        const Piece *piece = &g_array_index(row->pieces, Piece, i);
        if (piece->item != pen->item) {
            open_block(pen, row);
            pen->item = piece->item;
        }
        draw_piece(pen, piece, pen->paper->style->margin + row->x + piece->x, row->y + piece->y);
    }
}

/* One line of small text in `width` from x, cut with "…" where it is too long. */
static double draw_small(const Pen *pen, const char *text, double x, double y, double width,
                         gboolean right)
{
    Paper *paper = pen->paper;
    g_autoptr(PangoLayout) layout = paper_layout(paper, text, paper->style->small, FALSE, width);
    LIB->pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    LIB->pango_layout_set_alignment(layout, right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
    PangoRectangle logical;
    LIB->pango_layout_get_extents(layout, NULL, &logical);
    LIB->cairo_move_to(pen->cairo, x, y);
    LIB->pango_cairo_show_layout(pen->cairo, layout);
    return (double)logical.width / PANGO_SCALE;
}

/* The unit, whether it is finished and the day above; person, title and page below. */
static void draw_frame(const Pen *pen, int page, int pages)
{
    const Paper *paper = pen->paper;
    const PaperStyle *style = paper->style;
    const double left = style->margin, width = PAGE_WIDTH - 2 * left;
    const double head = paper->top - style->small * 3.4;
    const double foot = PAGE_HEIGHT - style->bottom + style->small * 1.6;
    char day[DATE_SIZE];
    date_format(paper->date, day);
    const double taken = draw_small(pen, day, left, head, width, TRUE);
    if (paper->unfinished) {
        const char *mark = i18n_text_in(paper->language, N_("Draft, not finished"));
        draw_small(pen, mark, left, head - style->small * 1.5, width, TRUE);
    }
    draw_small(pen, paper->unit, left, head, width - taken - style->small, FALSE);

    g_autofree char *number =
        g_strdup_printf(i18n_text_in(paper->language, N_("Page %d of %d")), page + 1, pages);
    LIB->cairo_set_line_width(pen->cairo, style->pen);
    LIB->cairo_move_to(pen->cairo, left, foot - style->small * 0.6);
    LIB->cairo_rel_line_to(pen->cairo, width, 0);
    LIB->cairo_stroke(pen->cairo);
    const double number_width = draw_small(pen, number, left, foot, width, TRUE);
    g_autofree char *title = paper->person[0] == '\0'
                                 ? g_strdup(paper->title)
                                 : g_strdup_printf("%s · %s", paper->person, paper->title);
    draw_small(pen, title, left, foot, width - number_width - style->small, FALSE);
}

static void draw_pages(Pen *pen)
{
    const Paper *paper = pen->paper;
    const int pages = paper_paginate(pen->paper);
    guint next = 0;
    LIB->cairo_set_source_rgb(pen->cairo, 0, 0, 0);
    LIB->cairo_tag_begin(pen->cairo, "Document", NULL);
    for (int page = 0; page < pages; page++) {
        for (; next < paper->rows->len && row_at(paper, next)->page == page; next++)
            draw_row(pen, row_at(paper, next), page);
        close_block(pen);
        close_list(pen);
        draw_frame(pen, page, pages);
        if (page == pages - 1)
            LIB->cairo_tag_end(pen->cairo, "Document");
        LIB->cairo_show_page(pen->cairo);
    }
}

static void set_metadata(const Paper *paper, cairo_surface_t *surface)
{
    char day[DATE_SIZE];
    LIB->cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, paper->title);
    LIB->cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Dagsform");
    if (paper->date != DATE_NONE) {
        g_autofree char *moment = g_strconcat(date_format(paper->date, day), "T00:00:00Z", NULL);
        LIB->cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, moment);
    }
}

static cairo_status_t collect(void *closure, const unsigned char *data, unsigned int length)
{
    g_byte_array_append(closure, data, length);
    return CAIRO_STATUS_SUCCESS;
}

GByteArray *paper_draw(Paper *paper)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    cairo_surface_t *surface =
        LIB->cairo_pdf_surface_create_for_stream(collect, bytes, PAGE_WIDTH, PAGE_HEIGHT);
    /* PDF 1.4 has its catalogue in the open, where paper_add_catalogue() finds it. */
    LIB->cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_4);
    set_metadata(paper, surface);
    Pen pen = {.paper = paper, .surface = surface, .cairo = LIB->cairo_create(surface)};
    draw_pages(&pen);
    cairo_status_t drawn = LIB->cairo_status(pen.cairo);
    LIB->cairo_destroy(pen.cairo);
    LIB->cairo_surface_finish(surface);
    cairo_status_t finished = LIB->cairo_surface_status(surface);
    LIB->cairo_surface_destroy(surface);
    return drawn == CAIRO_STATUS_SUCCESS && finished == CAIRO_STATUS_SUCCESS
               ? g_steal_pointer(&bytes)
               : NULL;
}
