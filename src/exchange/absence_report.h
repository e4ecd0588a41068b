/* absence_report.h: a quarter's absences (care/visit/absence_count.h), as text that can be read aloud and
 * as JSON. */
#pragma once

#include "care/visit/absence_count.h"

/* Short lines; new. */
char *absence_report_text(const AbsenceFigures *figures);
/* {"quarter": "2026-Q4", "from", "to", "causes": [{"cause": "away-hospital", "name", "absences": 3,
 * "days": 41, "called_off": 17}, …]}, every cause. New. */
char *absence_report_json(const AbsenceFigures *figures);
