/* paper_chart.c: lines and bars on the paper, drawn as vectors with real text. */
#include "exchange/paper_private.h"

#include "base/text.h"

#include <math.h>

#define CHART_HEIGHT 100.0
#define TARGET_APART 1.2 /* of either line of the target from their middle */
#define BESIDE 6.0       /* between an axis and its text */
#define FOOT_GAP 4.0     /* above the texts of the axis */
#define POINT 1.7        /* half the side of a point's mark */
#define LABEL_LEAST 12.0 /* between two texts of the axis */
#define MARK_LINES 4     /* of the texts of marks, below each other */

/* Where the figures stand within a row. */
typedef struct {
    double left, top, width, height;
    double most; /* the value at the top */
    gsize count;
} Plot;

static double x_of(const Plot *plot, gsize point)
{
    return plot->left + (plot->count > 1 ? plot->width * (double)point / (double)(plot->count - 1)
                                         : plot->width / 2);
}

static double y_of(const Plot *plot, double value)
{
    return plot->top + plot->height * (1 - value / plot->most);
}

static Piece *add_path(PaperRow *row, double width, gboolean dashed)
{
    Piece piece = {.kind = PIECE_PATH,
                   .width = width,
                   .dashed = dashed,
                   .path = g_array_new(FALSE, FALSE, sizeof(double))};
    g_array_append_val(row->pieces, piece);
    return &g_array_index(row->pieces, Piece, row->pieces->len - 1);
}

static void add_point(Piece *piece, double x, double y)
{
    g_array_append_val(piece->path, x);
    g_array_append_val(piece->path, y);
}

static void add_straight(PaperRow *row, double x, double y, double to_x, double to_y, double width,
                         gboolean dashed)
{
    Piece *piece = add_path(row, width, dashed);
    add_point(piece, x, y);
    add_point(piece, to_x, to_y);
}

/* Values that follow each other, in one stroke; a gap begins another. */
static void add_line(PaperRow *row, const Plot *plot, const double *values, double width,
                     gboolean dashed)
{
    Piece *piece = NULL;
    for (gsize i = 0; i < plot->count; i++) {
        if (isnan(values[i])) {
            piece = NULL;
            continue;
        }
        if (piece == NULL)
            piece = add_path(row, width, dashed);
        add_point(piece, x_of(plot, i), y_of(plot, values[i]));
    }
}

/* One line of text; `align` 0: begins at x, 0.5: has its middle there, 1: ends there. Its width. */
static double add_words(Paper *paper, PaperRow *row, const char *words, double x, double top,
                        double align)
{
    g_autofree char *clean = text_display(words);
    g_autoptr(PangoLayout) layout = paper_layout(paper, clean, paper->style->small, FALSE, -1);
    const double width = paper_layout_width(layout);
    paper_add_lines(row, layout, MAX(x - align * width, 0), top);
    return width;
}

/* The step between two lines of the grid: 1, 2 or 5 of a power of ten, so that there are at most
 * six. */
static double grid_step(double most)
{
    double step = pow(10, floor(log10(most / 6)));
    const double ways[] = {1, 2, 5, 10};
    for (gsize i = 0; i < G_N_ELEMENTS(ways); i++)
        if (most / (step * ways[i]) <= 6)
            return step * ways[i];
    return step * 10;
}

static double largest(const PaperChart *chart)
{
    double most = isnan(chart->centre) ? 0 : chart->centre;
    if (!isnan(chart->target))
        most = MAX(most, chart->target);
    for (gsize i = 0; i < chart->count; i++) {
        if (!isnan(chart->values[i]))
            most = MAX(most, chart->values[i]);
        if (chart->upper != NULL && !isnan(chart->upper[i]))
            most = MAX(most, chart->upper[i]);
    }
    return most > 0 ? most : 1;
}

static void add_grid(Paper *paper, PaperRow *row, const PaperChart *chart, const Plot *plot,
                     double step)
{
    const double half = paper->style->small * 0.62;
    for (double value = 0; value <= plot->most + step / 2; value += step) {
        const double y = y_of(plot, value);
        g_autofree char *number = chart->share ? text_number(value * 100, step < 0.01 ? 1 : 0)
                                               : text_number(value, step < 1 ? 1 : 0);
        g_autofree char *text = g_strdup_printf(chart->share ? "%s %%" : "%s", number);
        add_words(paper, row, text, plot->left - BESIDE, y - half, 1);
        add_straight(row, plot->left, y, plot->left + plot->width, y,
                     value > 0 ? paper->style->pen * 0.35 : paper->style->pen, FALSE);
    }
}

/* As many of the names as have room, the last one always: a chart is read from there. */
static void add_names(Paper *paper, PaperRow *row, const PaperChart *chart, const Plot *plot)
{
    const double top = plot->top + plot->height + FOOT_GAP;
    double free_to = plot->left + plot->width + LABEL_LEAST * 4;
    for (gsize i = chart->count; i-- > 0;) {
        g_autoptr(PangoLayout) layout =
            paper_layout(paper, chart->names[i], paper->style->small, FALSE, -1);
        const double width = paper_layout_width(layout);
        const double x = x_of(plot, i);
        if (x + width / 2 > free_to - LABEL_LEAST)
            continue;
        add_words(paper, row, chart->names[i], x, top, 0.5);
        free_to = x - width / 2;
    }
}

/* The width of a text that stands on the chart. */
static double words_width(Paper *paper, const char *words)
{
    g_autofree char *clean = text_display(words);
    g_autoptr(PangoLayout) layout = paper_layout(paper, clean, paper->style->small, FALSE, -1);
    return paper_layout_width(layout);
}

static double mark_line(const Paper *paper)
{
    return paper->style->small * 1.25;
}

/* Where the text of a mark stands. */
typedef struct {
    double from, to;
    int line; /* from the top */
} MarkText;

/* The uppermost line where nothing stands in those columns yet; the last one, where all are taken.
 */
static int free_line(const MarkText *texts, gsize count, double from, double to)
{
    for (int line = 0; line < MARK_LINES - 1; line++) {
        gboolean taken = FALSE;
        for (gsize i = 0; i < count; i++)
            taken = taken || (texts[i].line == line && from < texts[i].to && texts[i].from < to);
        if (!taken)
            return line;
    }
    return MARK_LINES - 1;
}

/* Texts that would stand on each other stand below each other. How many lines they take. */
static int place_marks(Paper *paper, const PaperChart *chart, const Plot *plot, MarkText *texts)
{
    int lines = 0;
    for (gsize i = 0; i < chart->mark_count; i++) {
        const double x = x_of(plot, MIN(chart->marks[i].point, chart->count - 1));
        const gboolean right = x > plot->left + plot->width / 2;
        const double width = words_width(paper, chart->marks[i].text) + BESIDE;
        MarkText *text = &texts[i];
        *text = (MarkText){.from = right ? x - width : x, .to = right ? x : x + width};
        text->line = free_line(texts, i, text->from, text->to);
        lines = MAX(lines, text->line + 1);
    }
    return lines;
}

/* The texts stand above the plot, where they hide no point. */
static void add_marks(Paper *paper, PaperRow *row, const PaperChart *chart, const Plot *plot,
                      const MarkText *texts)
{
    for (gsize i = 0; i < chart->mark_count; i++) {
        const double x = x_of(plot, MIN(chart->marks[i].point, chart->count - 1));
        const gboolean right = texts[i].to <= x;
        const double top = texts[i].line * mark_line(paper);
        add_straight(row, x, top, x, plot->top + plot->height, paper->style->pen, TRUE);
        add_words(paper, row, chart->marks[i].text, right ? x - BESIDE / 2 : x + BESIDE / 2, top,
                  right ? 1 : 0);
    }
}

static void add_points(PaperRow *row, const PaperChart *chart, const Plot *plot)
{
    for (gsize i = 0; i < chart->count; i++)
        if (!isnan(chart->values[i]))
            paper_add_piece(row, PIECE_FILL, x_of(plot, i) - POINT,
                            y_of(plot, chart->values[i]) - POINT, 2 * POINT, 2 * POINT);
}

/* The room at the right that the labels of the levels take, or half of a week's name. */
static double labels_room(Paper *paper, const PaperChart *chart)
{
    double room = paper->style->small * 1.6;
    const char *const labels[] = {chart->centre_label, chart->target_label};
    for (gsize i = 0; i < G_N_ELEMENTS(labels); i++)
        if (labels[i] != NULL)
            room = MAX(room, words_width(paper, labels[i]) + BESIDE);
    return room;
}

static void add_level(const Plot *plot, PaperRow *row, double value, double down, double pen,
                      gboolean dashed)
{
    const double y = y_of(plot, value) + down;
    add_straight(row, plot->left, y, plot->left + plot->width, y, pen, dashed);
}

/* Centre and target across the plot, each with its label where it ends; labels that would stand on
 * each other are moved apart. */
static void add_levels(Paper *paper, PaperRow *row, const PaperChart *chart, const Plot *plot)
{
    const double line = mark_line(paper), x = plot->left + plot->width + BESIDE;
    const gboolean centre = !isnan(chart->centre), target = !isnan(chart->target);
    double tops[] = {centre ? y_of(plot, chart->centre) - line / 2 : 0,
                     target ? y_of(plot, chart->target) - line / 2 : 0};
    if (centre && target && fabs(tops[0] - tops[1]) < line) {
        const double middle = (tops[0] + tops[1]) / 2;
        const double apart = chart->target > chart->centre ? -line / 2 : line / 2;
        tops[0] = middle - apart;
        tops[1] = middle + apart;
    }
    if (centre)
        add_level(plot, row, chart->centre, 0, paper->style->pen * 1.6, TRUE);
    for (int i = -1; target && i <= 1; i += 2)
        add_level(plot, row, chart->target, i * TARGET_APART, paper->style->pen * 0.8, FALSE);
    if (centre && chart->centre_label != NULL)
        add_words(paper, row, chart->centre_label, x, tops[0], 0);
    if (target && chart->target_label != NULL)
        add_words(paper, row, chart->target_label, x, tops[1], 0);
}

void paper_chart(Paper *paper, const PaperChart *chart)
{
    const double small = paper->style->small, foot = small * 1.5 + FOOT_GAP;
    const double step = grid_step(largest(chart));
    g_autofree MarkText *texts = g_new0(MarkText, chart->mark_count + 1);
    Plot plot = {.left = small * 3.6,
                 .top = small,
                 .width = paper_text_room(paper) - small * 3.6 - labels_room(paper, chart),
                 .height = CHART_HEIGHT - small,
                 .most = ceil(largest(chart) / step - 1e-9) * step,
                 .count = chart->count};
    if (chart->count > 0)
        plot.top += place_marks(paper, chart, &plot, texts) * mark_line(paper);
    paper_begin_block(paper, paper->style->body);
    PaperRow *row = paper_add_row(paper, TAG_FIGURE, plot.top + plot.height + foot);
    add_grid(paper, row, chart, &plot, step);
    if (chart->count == 0)
        return;
    add_names(paper, row, chart, &plot);
    add_marks(paper, row, chart, &plot, texts);
    add_levels(paper, row, chart, &plot);
    if (chart->lower != NULL)
        add_line(row, &plot, chart->lower, paper->style->pen, TRUE);
    if (chart->upper != NULL)
        add_line(row, &plot, chart->upper, paper->style->pen, TRUE);
    add_line(row, &plot, chart->values, paper->style->pen * 2, FALSE);
    add_points(row, chart, &plot);
}

/* The label of a bar, in the room before it; its height. */
static double add_label(Paper *paper, PaperRow *row, const char *label, double width)
{
    g_autofree char *name = text_display(label);
    g_autoptr(PangoLayout) words = paper_layout(paper, name, paper->style->body, FALSE, width);
    return paper_add_lines(row, words, paper->indent, 0);
}

static void add_value(Paper *paper, PaperRow *row, const char *value, double x)
{
    g_autofree char *number = text_display(value);
    g_autoptr(PangoLayout) figures = paper_layout(paper, number, paper->style->body, FALSE, -1);
    paper_add_lines(row, figures, x, 0);
}

void paper_bar(Paper *paper, const char *label, double share, const char *value)
{
    enum { LABEL_PERCENT = 38, VALUE_PERCENT = 20 };
    const double room = paper_text_room(paper), size = paper->style->body;
    const double left = paper->indent + room * LABEL_PERCENT / 100;
    const double longest = room * (100 - LABEL_PERCENT - VALUE_PERCENT) / 100;
    const double length = longest * CLAMP(share, 0, 1);
    paper_begin_block(paper, size * 0.15);
    PaperRow *row = paper_add_row(paper, TAG_LI, size);
    const double height = add_label(paper, row, label, room * LABEL_PERCENT / 100 - size);
    add_value(paper, row, value, left + length + BESIDE);
    paper_add_piece(row, PIECE_FILL, left, size * 0.2, length, size * 0.8);
    row->height = MAX(height, size * 1.15);
}

void paper_bar_pair(Paper *paper, const char *label, double share, double before, const char *value)
{
    enum { LABEL_PERCENT = 34, VALUE_PERCENT = 36 };
    const double room = paper_text_room(paper), size = paper->style->body;
    const double left = paper->indent + room * LABEL_PERCENT / 100;
    const double longest = room * (100 - LABEL_PERCENT - VALUE_PERCENT) / 100;
    const double length = longest * CLAMP(share, 0, 1), other = longest * CLAMP(before, 0, 1);
    paper_begin_block(paper, size * 0.25);
    PaperRow *row = paper_add_row(paper, TAG_LI, size);
    const double height = add_label(paper, row, label, room * LABEL_PERCENT / 100 - size);
    add_value(paper, row, value, left + MAX(length, other) + BESIDE);
    paper_add_piece(row, PIECE_FILL, left, size * 0.15, length, size * 0.6);
    paper_add_piece(row, PIECE_FILL, left, size * 0.9, other, size * 0.25);
    row->height = MAX(height, size * 1.3);
}
