/* report.h: the weekly review as text that can be read aloud, and as JSON. */
#pragma once

#include "stats/week_review.h"

/* "2–8 November 2026", the days of a week in words; new. */
char *week_days_text(Week week);
/* Sentences and short lines, no figures in columns only; new. */
char *week_report_text(const WeekReview *review, Session *session);
/* {"unit", "weeks": [{"week": "2026-W45", "over": true, "planned": 478, "recorded": 478, "unknown":
 * 0, "missed": 60, "rate": 0.1255, "stand_ins": 0, "outcomes": {"done": 400, …}}], "unrecorded":
 * [{"week", "staff", "count"}], "cause_visits": 71, "causes": [{"code", "label", "count",
 * "share"}], "without_cause": 17, "median": …, "median_weeks": 26, "signal": {"found": true,
 * "side": "below", "from": "2026-W39", "to": "2026-W47", "change": the name of the nearest one}}.
 * Shares are of cause_visits; "signal" is null where there are too few weeks, and its side and
 * weeks are where nothing was found; "staff" is null for nobody's. New. */
char *week_report_json(const WeekReview *review, Session *session);
