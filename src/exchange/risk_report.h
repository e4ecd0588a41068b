/* risk_report.h: whom the unit may be about to lose (care/visit/at_risk.h), as text that can be
 * read aloud and as JSON. */
#pragma once

#include "care/visit/at_risk.h"

/* What is said of one, in one line. New. */
char *risk_report_line(const AtRisk *row);
/* One line each; `closed` is how many are left out. New. */
char *risk_report_text(const GPtrArray *rows, gint64 closed);
/* {"clients": [{"name", "missed": 3, "since": "2026-11-02", "latest", "case_officer", "task":
 * true}], "closed": 0}; "case_officer" is null where there is none. New. */
char *risk_report_json(const GPtrArray *rows, gint64 closed);
