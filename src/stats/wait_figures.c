/* wait_figures.c: how long people waited, counted. */
#include "stats/wait_figures.h"

#include <math.h>

#include "care/client/client_guard.h"
#include "stats/run_chart.h"

WaitFigure wait_figure(const double *days, gsize count, gint64 aim, gint64 waiting)
{
    WaitFigure figure = {.count = (gint64)count,
                         .median = run_median(days, count),
                         .longest = NAN,
                         .aim = aim,
                         .waiting = waiting};
    for (gsize i = 0; i < count; i++) {
        if (i == 0 || days[i] > figure.longest)
            figure.longest = days[i];
        if (aim > 0 && days[i] <= (double)aim)
            figure.within++;
    }
    return figure;
}

gboolean wait_figures(Session *session, int year, int quarter, WaitFigures *figures, GError **error)
{
    *figures = (WaitFigures){.year = year, .quarter = quarter};
    figures->from = date_from_ymd(year, quarter * 3 - 2, 1);
    figures->to = date_add_months(figures->from, 3) - 1;
    if (!client_counts_unit(session, &figures->whole, error))
        return FALSE;
    for (WaitKind kind = 0; kind < WAIT_COUNT; kind++) {
        WaitRows rows = {0};
        if (!wait_rows_read(session, kind, figures->from, figures->to, &rows, error))
            return FALSE;
        figures->of[kind] = wait_figure((const double *)(gconstpointer)rows.days->data,
                                        rows.days->len, rows.aim, rows.waiting);
        wait_rows_clear(&rows);
    }
    return TRUE;
}
