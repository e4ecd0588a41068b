/* report.h: the weekly review as text that can be read aloud, and as JSON. */
#pragma once

#include "care/unit/session.h"
#include "stats/review.h"

typedef struct {
    GArray *weeks;        /* ReviewWeek, oldest first */
    GPtrArray *causes;    /* ReviewCause * that were given, of all the weeks; shares of these */
    gint64 without_cause; /* visits that could have one but have none */
    double median;        /* of the weeks' rates */
    RunSignal signal;
} WeekReport;
/* `weeks` weeks that end with `until` (0: the newest week that is over and has an outcome, or this
 * week). Needs PERMIT_REVIEW. */
WeekReport *week_report_new(Session *session, Week until, int weeks, GError **error);
void week_report_free(WeekReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WeekReport, week_report_free)
/* "2–8 November 2026", the days of a week in words; new. */
char *week_days_text(Week week);
/* Sentences and short lines, no figures in columns only; new. */
char *week_report_text(const WeekReport *report, Session *session);
/* {"weeks": [{"week": "2026-W45", "planned": 481, "missed": 60, "rate": 0.1271, "outcomes":
 * {"done": 400, …}}], "causes": [{"code", "label", "count", "share"}], "without_cause": 21,
 * "median": …}; new. */
char *week_report_json(const WeekReport *report, Session *session);
