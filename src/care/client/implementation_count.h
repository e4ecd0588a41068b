/* implementation_count.h: a quarter's implementation plans, for the report: how many were due, came
 * in time or late, the person's part in them, and how often the provider was told. */
#pragma once

#include "care/client/implementation.h"

typedef struct {
    int year, quarter; /* 1-4 */
    Date from, to;
    gint64 days;                 /* that the unit gives */
    gint64 due;                  /* whose day lies in the quarter */
    gint64 in_time, late;        /* of them: came by their day; later */
    gint64 missing, waiting;     /* not come: past their day; before it */
    gint64 part[HAD_PART_COUNT]; /* of those that came */
    gint64 told;                 /* of those that are due, of how many the provider was told */
    gint64 bare; /* decisions of the quarter that grant something and await no plan at all */
    gboolean whole; /* those are of all the unit (client_counts_unit()) */
} ImplementationFigures;
/* PERMIT_REVIEW. */
gboolean implementation_figures(Session *session, int year, int quarter,
                                ImplementationFigures *figures, GError **error);
