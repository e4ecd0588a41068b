/* absence_count.h: how much clients were away in a quarter, by cause: for the report. */
#pragma once

#include "base/date.h"
#include "care/unit/away_cause.h"
#include "care/unit/session.h"

typedef struct {
    int year, quarter; /* 1-4 */
    Date from, to;
    struct {
        gint64 absences;   /* that had a day in the quarter */
        gint64 days;       /* of the quarter, all days of the week, up to and with today */
        gint64 called_off; /* visits of the quarter that stand as called off by them */
    } of[AWAY_CHOICES];
} AbsenceFigures;
/* Withdrawn ones are not counted, and no closings (client/closing.h). PERMIT_REVIEW. */
gboolean absence_figures(Session *session, int year, int quarter, AbsenceFigures *figures,
                         GError **error);
