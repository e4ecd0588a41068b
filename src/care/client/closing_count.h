/* closing_count.h: whose help ended in a quarter, why and what followed: for the report. */
#pragma once

#include "base/date.h"
#include "care/client/closing_words.h"
#include "care/unit/session.h"

typedef struct {
    int year, quarter; /* 1-4 */
    Date from, to;
    gint64 ended; /* whose last day lies in the quarter */
    gint64 reopened; /* of them, those who come here again */
    gint64 why[CLOSING_REASON_COUNT], then[FOLLOWS_COUNT];
    gint64 asked; /* of those who were to be asked by today, how many were */
    gint64 not_asked;
} ClosingFigures;
/* Mistakes are not counted. PERMIT_REVIEW. */
gboolean closing_figures(Session *session, int year, int quarter, ClosingFigures *figures,
                         GError **error);
