/* call_report.h: a quarter's calls and reminders (care/task/call_request.h), as text that can be read
 * aloud and as JSON. */
#pragma once

#include "care/task/call_request.h"

/* Short lines; new. */
char *call_report_text(const CallFigures *figures);
/* {"quarter": "2026-Q4", "from", "to", "came": 12, "in_time": 9, "late": 2, "waiting": 1,
 * "share_in_time": 0.8182, "reminders": 3, "reminders_year": 41, "reminders_most": 90,
 * "whole_unit": true}; the share is
 * of those whose 48 hours are over or who have been called back, null where there are none;
 * "reminders_most" is null where nothing is set. New. */
char *call_report_json(const CallFigures *figures);
