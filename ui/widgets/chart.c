/* chart.c: bars in character cells. */
#include "ui/widgets/chart.h"

#include <math.h>

#include "base/text.h"

enum {
    EIGHTHS = 8,
    LEAST_BAR_COLUMNS = 4,
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
