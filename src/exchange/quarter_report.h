/* quarter_report.h: what the unit counts by the quarter: one of them as text that can be read
 * aloud, or as JSON; the same for the command, the lines of --plain and the full screen. No person
 * is named. */
#pragma once

#include "base/date.h"
#include "care/unit/session.h"

typedef enum {
    QUARTER_CALLS,
    QUARTER_ABSENCES,
    QUARTER_CLOSINGS,
    QUARTER_PLANS,
    QUARTER_WAITS,
    QUARTER_REPORT_COUNT
} QuarterReport;
const char *quarter_report_code(QuarterReport report); /* "calls": its name in dagsform report */
const char *quarter_report_name(QuarterReport report); /* translated: "Calls to return" */
gboolean quarter_report_parse(const char *code, QuarterReport *report);

/* PERMIT_REVIEW. New; NULL with `error`. */
char *quarter_report(Session *session, QuarterReport report, int year, int quarter, gboolean json,
                     GError **error);
/* The quarter of a day, and the one before or after. Pure. */
void quarter_of(Date day, int *year, int *quarter);
void quarter_step(int *year, int *quarter, int step);
