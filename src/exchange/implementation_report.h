/* implementation_report.h: a quarter's implementation plans (care/client/implementation_count.h),
 * as text that can be read aloud and as JSON. No person is named. */
#pragma once

#include "care/client/implementation_count.h"

/* Short lines; new. */
char *implementation_report_text(const ImplementationFigures *figures);
/* {"quarter": "2026-Q4", "from", "to", "days": 14, "due": 12, "in_time": 7, "late": 2, "missing":
 * 2, "waiting": 1, "part": {"yes": 5, "partly": 2, "no": 1, "unknown": 1}, "told_late": 3,
 * "without_plan": 4, "whole_unit": true}. New. */
char *implementation_report_json(const ImplementationFigures *figures);
