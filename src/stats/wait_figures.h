/* wait_figures.h: how long people waited in a quarter (care/completion/wait_rows.h): the median,
 * and how many within the unit's aim. */
#pragma once

#include "care/completion/wait_rows.h"

typedef struct {
    gint64 count;   /* waits that ended in the quarter */
    double median;  /* days; NAN: none ended */
    double longest; /* the same */
    gint64 within;  /* of them, within the aim; 0 where there is none */
    gint64 aim;     /* days; 0: the unit has set none */
    gint64 waiting; /* on its last day, or today */
} WaitFigure;
/* Of waits in days. Pure. */
WaitFigure wait_figure(const double *days, gsize count, gint64 aim, gint64 waiting);

typedef struct {
    int year, quarter; /* 1-4 */
    Date from, to;
    gboolean whole; /* of all the unit (client_counts_unit()) */
    WaitFigure of[WAIT_COUNT];
} WaitFigures;
/* PERMIT_REVIEW. */
gboolean wait_figures(Session *session, int year, int quarter, WaitFigures *figures,
                      GError **error);
