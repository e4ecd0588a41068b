/* closing_report.h: whose help ended in a quarter (care/client/closing_count.h), as text that can be read
 * aloud and as JSON. No person is named. */
#pragma once

#include "care/client/closing_count.h"

/* Short lines; new. */
char *closing_report_text(const ClosingFigures *figures);
/* {"quarter": "2026-Q4", "from", "to", "ended": 9, "reopened": 1, "asked": 3, "not_asked": 1, "why":
 * [{"reason": "moved", "name", "ended": 2}, …], "then": [{"follows": "relatives", "name", "ended": 1},
 * …]}, every reason and what follows; of nothing the code is "nothing". New. */
char *closing_report_json(const ClosingFigures *figures);
