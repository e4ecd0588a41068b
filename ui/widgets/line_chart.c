/* line_chart.c: a line of points in character cells. */
#include "ui/widgets/line_chart.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

enum {
    LEAST_PLOT_ROWS = 3,
    LEAST_PLOT_COLUMNS = 4,
    AXIS_ROWS = 2,  /* the axis and its labels */
    NAME_ROWS = 3,  /* at most, of changes */
    NAME_SHARE = 5, /* of the rows, at most, one at least */
    NAME_LEAST = 6,
    DOTS = 4, /* of a braille cell, one above the other */
};

typedef struct {
    Area plot;        /* where the points stand */
    double step, top; /* of the scale, from 0 */
    const char *format;
    int count; /* points that have room */
    const LinePoint *points;
    int selected; /* of those; -1: none */
    int name_rows;
} Line;

/* --- scale and places ------------------------------------------------------------------------- */

static char *scale_text(const Line *line, double value)
{
    return g_strdup_printf(line->format, value);
}

/* Steps 1, 2, 5, 10 …, as few as leave `rows` between them readable and each labelled otherwise. */
static void choose_scale(Line *line, double largest, int rows)
{
    int most = CLAMP((rows - 1) / 2, 1, 6);
    double magnitude = largest > 0 ? pow(10, floor(log10(largest / most))) : 1;
    static const double STEPS[] = {1, 2, 5};
    for (int i = 0;; i++) {
        line->step = STEPS[i % 3] * magnitude * pow(10, i / 3);
        g_autofree char *zero = scale_text(line, 0);
        g_autofree char *one = scale_text(line, line->step);
        g_autofree char *two = scale_text(line, 2 * line->step);
        double steps = MAX(ceil(largest / line->step), 1);
        if (steps <= most && strcmp(zero, one) != 0 && strcmp(one, two) != 0) {
            line->top = steps * line->step;
            return;
        }
    }
}

static int row_of(const Line *line, double value)
{
    int last = line->plot.rows - 1;
    return CLAMP((int)lround((1 - value / line->top) * last), 0, last);
}

static int column_of(const Line *line, int point)
{
    int last = line->plot.columns - 1;
    if (line->count == 1)
        return last / 2;
    return (int)lround((double)point * last / (line->count - 1));
}

/* The column from which on a point has the axis, half-way from the one before. */
static int edge_of(const Line *line, int point)
{
    if (point == 0)
        return 0;
    if (point == line->count)
        return line->plot.columns;
    return (column_of(line, point - 1) + column_of(line, point) + 1) / 2;
}

/* Columns that the scale's labels take. */
static int scale_columns(const Line *line)
{
    int widest = 0;
    for (int i = 0; i * line->step <= line->top * 1.0001; i++) {
        g_autofree char *text = scale_text(line, i * line->step);
        widest = MAX(widest, text_width(text));
    }
    return widest;
}

static void draw_scale(const Line *line, Area area, int columns)
{
    for (int row = 0; row < line->plot.rows; row++)
        draw_text(area, row, columns + 1, STYLE_NORMAL, "│");
    for (int i = 0; i * line->step <= line->top * 1.0001; i++) {
        int row = row_of(line, i * line->step);
        g_autofree char *text = scale_text(line, i * line->step);
        draw_cell(area, row, 0, columns, STYLE_NORMAL, TRUE, text);
        draw_text(area, row, columns + 1, STYLE_NORMAL, "┤");
    }
    int floor_row = line->plot.rows;
    draw_text(area, floor_row, columns + 1, STYLE_NORMAL, "└");
    for (int i = 0; i < line->plot.columns; i++)
        draw_text(area, floor_row, columns + 2 + i, STYLE_NORMAL, "─");
}

/* --- under the axis --------------------------------------------------------------------------- */

/* Marks `width` columns from `column` on, and one at each side; FALSE when others stand there. */
static gboolean take(const Line *line, gboolean *used, int column, int width)
{
    int last = line->plot.columns;
    if (column < 0 || column + width > last)
        return FALSE;
    for (int i = MAX(column - 1, 0); i < MIN(column + width + 1, last); i++)
        if (used[i])
            return FALSE;
    for (int i = column; i < column + width; i++)
        used[i] = TRUE;
    return TRUE;
}

static void draw_label(const Line *line, Area area, gboolean *used, int point)
{
    const char *label = line->points[point].label;
    int width = label != NULL ? text_width(label) : 0, left = area.columns - line->plot.columns;
    if (width == 0 || width > line->plot.columns)
        return;
    int column = CLAMP(column_of(line, point) - width / 2, 0, line->plot.columns - width);
    if (!take(line, used, column, width))
        return;
    Style style = line->points[point].marked ? STYLE_STRONG : STYLE_NORMAL;
    draw_text(area, line->plot.rows + 1, left + column,
              point == line->selected ? STYLE_SELECTED : style, label);
    draw_text(area, line->plot.rows, left + column_of(line, point), STYLE_NORMAL, "┴");
}

/* The selected point first, then the marked ones, then the last one and evenly backwards from it.
 */
static void draw_labels(const Line *line, Area area)
{
    g_autofree gboolean *used = g_new0(gboolean, line->plot.columns);
    int widest = 1;
    if (line->selected >= 0)
        draw_label(line, area, used, line->selected);
    for (int i = 0; i < line->count; i++) {
        widest = MAX(widest, line->points[i].label != NULL ? text_width(line->points[i].label) : 0);
        if (line->points[i].marked)
            draw_label(line, area, used, i);
    }
    int stride = 1;
    while (stride < line->count &&
           stride * (line->plot.columns - 1) < (widest + 2) * (line->count - 1))
        stride++;
    for (int i = line->count - 1; i >= 0; i -= stride)
        draw_label(line, area, used, i);
    for (int i = 0; i < line->count; i++)
        if (line->points[i].noted)
            draw_text(area, line->plot.rows, area.columns - line->plot.columns + column_of(line, i),
                      STYLE_STRONG, "*");
}

/* The name of a change from its mark on, or up to it, in the first row where it has room. Where it
 * has none the mark stands alone. */
static void draw_name(const Line *line, Area names, gboolean *const *used, int point)
{
    const char *name = line->points[point].change;
    int mark = edge_of(line, point), last = line->plot.columns;
    g_autofree char *whole = text_display(name);
    for (int room = text_width(whole); room >= MIN(NAME_LEAST, text_width(whole)); room--) {
        g_autofree char *shown = text_truncate(whole, room);
        int width = text_width(shown);
        for (int row = 0; row < names.rows; row++) {
            if (take(line, used[row], mark, MIN(width + 2, last))) {
                draw_format(names, row, mark, STYLE_NORMAL, "▲ %s", shown);
                return;
            }
            if (take(line, used[row], mark - width - 1, width + 2)) {
                draw_format(names, row, mark - width - 1, STYLE_NORMAL, "%s ▲", shown);
                return;
            }
        }
    }
    draw_text(names, 0, mark, STYLE_NORMAL, "▲");
}

static void draw_names(const Line *line, Area area)
{
    Area names = area_columns(area_rows(area, line->plot.rows + AXIS_ROWS, line->name_rows),
                              area.columns - line->plot.columns, line->plot.columns);
    gboolean *used[NAME_ROWS];
    for (int row = 0; row < NAME_ROWS; row++)
        used[row] = g_new0(gboolean, line->plot.columns);
    for (int i = 0; i < line->count; i++)
        if (line->points[i].change != NULL)
            draw_name(line, names, used, i);
    for (int row = 0; row < NAME_ROWS; row++)
        g_free(used[row]);
}

/* --- the plot --------------------------------------------------------------------------------- */

static void draw_level(const Line *line, int from, int to, double value, const char *what)
{
    for (int column = from; column < to; column++)
        draw_text(line->plot, row_of(line, value), column, STYLE_NORMAL, what);
}

static void draw_limit(const Line *line, int from, int to, double value)
{
    static const char *const LEVELS[DOTS] = {"⠉", "⠒", "⠤", "⣀"};
    const int last = line->plot.rows * DOTS - 1;
    const double down = (1 - value / line->top) * (line->plot.rows - 1) + 0.5;
    const int dot = CLAMP((int)floor(down * DOTS), 0, last);
    for (int column = from; column < to; column++)
        draw_text(line->plot, dot / DOTS, column, STYLE_QUIET, LEVELS[dot % DOTS]);
}

static void draw_levels(const Line *line, const LineChart *chart)
{
    for (int i = 0; i < line->count; i++) {
        const LinePoint *point = &line->points[i];
        if (!point->limited)
            continue;
        draw_limit(line, edge_of(line, i), edge_of(line, i + 1), point->lower);
        draw_limit(line, edge_of(line, i), edge_of(line, i + 1), point->upper);
    }
    if (chart->has_target)
        draw_level(line, 0, line->plot.columns, chart->target, "═");
    for (int i = 0; i < line->count; i++)
        if (isfinite(line->points[i].centre) && line->points[i].centre >= 0)
            draw_level(line, edge_of(line, i), edge_of(line, i + 1), line->points[i].centre, "┄");
}

/* Where changes begin, from top to axis. */
static void draw_changes(const Line *line)
{
    for (int i = 0; i < line->count; i++)
        for (int row = 0; line->points[i].change != NULL && row < line->plot.rows; row++)
            draw_text(line->plot, row, edge_of(line, i), STYLE_QUIET, "╎");
}

/* Faint dots lead the eye from one point to the next. */
static void draw_way(const Line *line, int point)
{
    double from = line->points[point].value, to = line->points[point + 1].value;
    if (!isfinite(from) || !isfinite(to))
        return;
    int left = column_of(line, point), right = column_of(line, point + 1);
    int top = row_of(line, from), bottom = row_of(line, to);
    for (int column = left + 1; column < right; column++) {
        double share = (double)(column - left) / (right - left);
        int row = (int)lround(top + share * (bottom - top));
        draw_text(line->plot, row, column, STYLE_QUIET, "·");
    }
}

static void draw_point(const Line *line, int i)
{
    const LinePoint *point = &line->points[i];
    const gboolean selected = i == line->selected, known = isfinite(point->value);
    const int row = known ? row_of(line, MAX(point->value, 0)) : line->plot.rows - 1;
    const Style style = selected         ? STYLE_SELECTED
                        : point->marked  ? STYLE_STRONG
                        : point->outside ? STYLE_NOTICE
                                         : STYLE_BAR_1;
    if (known)
        draw_text(line->plot, row, column_of(line, i), style,
                  point->outside  ? "◆"
                  : point->marked ? "●"
                                  : "○");
    if (selected)
        draw_caret(line->plot, row, column_of(line, i));
}

static void draw_points(const Line *line)
{
    for (int i = 0; i + 1 < line->count; i++)
        draw_way(line, i);
    for (int i = 0; i < line->count; i++)
        draw_point(line, i);
}

/* --- beside ----------------------------------------------------------------------------------- */

/* In the row of its level, or one beside it that is free. */
static void draw_beside(Area beside, gboolean *used, int row, const char *label)
{
    static const int ways[] = {0, -1, 1, -2, 2};
    for (gsize i = 0; label != NULL && i < G_N_ELEMENTS(ways); i++) {
        const int at = row + ways[i];
        if (at < 0 || at >= beside.rows || used[at])
            continue;
        used[at] = TRUE;
        draw_cell(beside, at, 0, beside.columns, STYLE_NORMAL, FALSE, label);
        return;
    }
}

static void draw_all_beside(const Line *line, Area beside, const LineChart *chart)
{
    const LinePoint *limits = NULL;
    double centre = NAN;
    for (int i = 0; i < line->count; i++) {
        centre = isfinite(line->points[i].centre) ? line->points[i].centre : centre;
        limits = line->points[i].limited ? &line->points[i] : limits;
    }
    g_autofree gboolean *used = g_new0(gboolean, MAX(beside.rows, 1));
    if (isfinite(centre))
        draw_beside(beside, used, row_of(line, centre), chart->centre_label);
    if (chart->has_target)
        draw_beside(beside, used, row_of(line, chart->target), chart->target_label);
    if (limits != NULL) {
        draw_beside(beside, used, row_of(line, limits->upper), chart->upper_label);
        draw_beside(beside, used, row_of(line, limits->lower), chart->lower_label);
    }
}

static int label_columns(const LineChart *chart)
{
    const char *const labels[] = {chart->centre_label, chart->target_label, chart->upper_label,
                                  chart->lower_label};
    int widest = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(labels); i++)
        widest = MAX(widest, labels[i] != NULL ? text_width(labels[i]) + 1 : 0);
    return widest;
}

/* --- all of it -------------------------------------------------------------------------------- */

static double largest_value(const LineChart *chart)
{
    double largest = chart->has_target ? MAX(chart->target, 0) : 0;
    for (int i = 0; i < chart->count; i++) {
        const LinePoint *point = &chart->points[i];
        const double values[] = {point->value, point->centre, point->limited ? point->upper : NAN};
        for (gsize v = 0; v < G_N_ELEMENTS(values); v++)
            if (isfinite(values[v]))
                largest = MAX(largest, values[v]);
    }
    return largest;
}

/* The last points that have room, or those from the selected one on. */
static void choose_points(Line *line, const LineChart *chart, int room)
{
    line->count = MIN(chart->count, room);
    int first = chart->count - line->count;
    if (chart->selected >= 0)
        first = MIN(first, chart->selected);
    line->points = chart->points + first;
    line->selected = chart->selected >= 0 ? chart->selected - first : -1;
}

static int count_changes(const LineChart *chart)
{
    int changes = 0;
    for (int i = 0; i < chart->count; i++)
        changes += chart->points[i].change != NULL;
    return changes;
}

void line_chart_draw(Area area, const LineChart *chart)
{
    Line line = {.format = chart->format};
    int names = MIN(count_changes(chart), CLAMP(area.rows / NAME_SHARE, 1, NAME_ROWS));
    int rows = area.rows - AXIS_ROWS - names;
    if (rows < LEAST_PLOT_ROWS)
        return;
    choose_scale(&line, largest_value(chart), rows);
    int left = scale_columns(&line) + 2;
    int beside = MIN(label_columns(chart), area.columns / 3);
    int room = area.columns - left - beside;
    if (room < LEAST_PLOT_COLUMNS)
        return;
    Area body = area_columns(area, 0, left + room);
    line.plot = area_columns(area_rows(area, 0, rows), left, room);
    line.name_rows = names;
    choose_points(&line, chart, room);
    draw_scale(&line, body, left - 2);
    draw_levels(&line, chart);
    draw_changes(&line);
    draw_points(&line);
    draw_labels(&line, body);
    draw_names(&line, body);
    if (beside > 0)
        draw_all_beside(&line, area_columns(area_rows(area, 0, rows), left + room + 1, beside - 1),
                        chart);
}
