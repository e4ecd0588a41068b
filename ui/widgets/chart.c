/* chart.c: bars and a line in character cells. */
#include "ui/widgets/chart.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

enum {
    EIGHTHS = 8,
    LEAST_BAR_COLUMNS = 4,
    LEAST_PLOT_ROWS = 3,
    LEAST_PLOT_COLUMNS = 4,
    TEXT_GAP = 1,
};

/* --- bars --------------------------------------------------------------------------------------
 */

static double bar_value(const Bar *bar)
{
    return isfinite(bar->value) ? MAX(bar->value, 0) : 0;
}

/* Nothing that is more than nought is drawn as nothing. */
static void draw_bar(Area area, int row, int column, int room, double share, Style style)
{
    static const char *const PARTS[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    int eighths = (int)lround(share * room * EIGHTHS);
    if (share > 0)
        eighths = MAX(eighths, 1);
    int at = column;
    for (; eighths >= EIGHTHS; eighths -= EIGHTHS)
        at += draw_text(area, row, at, style, "█");
    draw_text(area, row, at, style, PARTS[eighths]);
}

void chart_bars(Area area, const Bar *bars, int count, int selected, int label_columns)
{
    double largest = 0;
    int text_columns = 0;
    for (int i = 0; i < count; i++) {
        largest = MAX(largest, bar_value(&bars[i]));
        text_columns = MAX(text_columns, bars[i].text != NULL ? text_width(bars[i].text) : 0);
    }
    label_columns = CLAMP(label_columns, 0, area.columns / 2);
    int left = label_columns + TEXT_GAP;
    int room = area.columns - left - TEXT_GAP - text_columns;
    int text_column = room >= LEAST_BAR_COLUMNS ? left + room + TEXT_GAP : left;
    int first = selected >= area.rows ? selected - area.rows + 1 : 0;
    for (int i = first; i < count && i - first < area.rows; i++) {
        int row = i - first;
        draw_cell(area, row, 0, label_columns, i == selected ? STYLE_SELECTED : STYLE_NORMAL, FALSE,
                  bars[i].label);
        if (room >= LEAST_BAR_COLUMNS && largest > 0)
            draw_bar(area, row, left, room, bar_value(&bars[i]) / largest, bars[i].style);
        draw_cell(area, row, text_column, area.columns - text_column, STYLE_NORMAL, TRUE,
                  bars[i].text);
        if (i == selected)
            draw_caret(area, row, 0);
    }
}

/* --- line --------------------------------------------------------------------------------------
 */

typedef struct {
    Area plot;        /* where the points stand */
    double step, top; /* of the scale, from 0 */
    const char *format;
    int count; /* points that have room, the last ones */
    const LinePoint *points;
} Line;

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

/* Marks the columns where `label` would stand under `point`; FALSE when others stand there. */
static gboolean place_label(const Line *line, gboolean *used, int point, const char *label,
                            int *column)
{
    int width = text_width(label), last = line->plot.columns;
    if (width == 0 || width > last)
        return FALSE;
    *column = CLAMP(column_of(line, point) - width / 2, 0, last - width);
    for (int i = MAX(*column - 1, 0); i < MIN(*column + width + 1, last); i++)
        if (used[i])
            return FALSE;
    for (int i = *column; i < *column + width; i++)
        used[i] = TRUE;
    return TRUE;
}

static void draw_label(const Line *line, Area area, gboolean *used, int point)
{
    const char *label = line->points[point].label;
    int column = 0, left = area.columns - line->plot.columns;
    if (label == NULL || !place_label(line, used, point, label, &column))
        return;
    Style style = line->points[point].marked ? STYLE_STRONG : STYLE_NORMAL;
    draw_text(area, line->plot.rows + 1, left + column, style, label);
    draw_text(area, line->plot.rows, left + column_of(line, point), STYLE_NORMAL, "┴");
}

/* The marked points first, then the last one, then evenly backwards from it. */
static void draw_labels(const Line *line, Area area)
{
    g_autofree gboolean *used = g_new0(gboolean, line->plot.columns);
    int widest = 1;
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
}

static void draw_median(const Line *line, double median)
{
    if (!isfinite(median) || median < 0)
        return;
    for (int i = 0; i < line->plot.columns; i++)
        draw_text(line->plot, row_of(line, median), i, STYLE_NORMAL, "┄");
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

static void draw_points(const Line *line)
{
    for (int i = 0; i + 1 < line->count; i++)
        draw_way(line, i);
    for (int i = 0; i < line->count; i++) {
        const LinePoint *point = &line->points[i];
        if (!isfinite(point->value))
            continue;
        draw_text(line->plot, row_of(line, MAX(point->value, 0)), column_of(line, i),
                  point->marked ? STYLE_STRONG : STYLE_BAR_1, point->marked ? "●" : "○");
    }
}

static double largest_value(const LinePoint *points, int count, double median)
{
    double largest = isfinite(median) ? MAX(median, 0) : 0;
    for (int i = 0; i < count; i++)
        if (isfinite(points[i].value))
            largest = MAX(largest, points[i].value);
    return largest;
}

void chart_line(Area area, const LinePoint *points, int count, double median,
                const char *median_label, const char *format)
{
    Line line = {.format = format};
    int rows = area.rows - 2; /* axis and labels below */
    if (rows < LEAST_PLOT_ROWS)
        return;
    choose_scale(&line, largest_value(points, count, median), rows);
    int left = scale_columns(&line) + 2;
    int beside = median_label != NULL && isfinite(median) ? text_width(median_label) + 1 : 0;
    if (beside > area.columns / 3)
        beside = area.columns / 3;
    int room = area.columns - left - beside;
    if (room < LEAST_PLOT_COLUMNS)
        return;
    Area body = area_columns(area, 0, left + room);
    line.plot = area_columns(area_rows(area, 0, rows), left, room);
    line.count = MIN(count, room);
    line.points = points + (count - line.count);
    draw_scale(&line, body, left - 2);
    draw_median(&line, median);
    draw_points(&line);
    draw_labels(&line, body);
    if (beside > 0)
        draw_cell(area, row_of(&line, median), left + room + 1, beside - 1, STYLE_NORMAL, FALSE,
                  median_label);
}
