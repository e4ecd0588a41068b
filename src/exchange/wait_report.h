/* wait_report.h: how long people waited in a quarter (stats/wait_figures.h), as text that can be
 * read aloud and as JSON. No person is named. */
#pragma once

#include "stats/wait_figures.h"

/* Short lines; new. */
char *wait_report_text(const WaitFigures *figures);
/* {"quarter": "2026-Q4", "from", "to", "waits": [{"wait": "first-visit", "name", "count": 5,
 * "median_days": 12.5, "longest_days": 40, "aim_days": 30, "within": 4, "waiting": 2}, …],
 * "whole_unit": true}; null where there is no median or no aim. New. */
char *wait_report_json(const WaitFigures *figures);
