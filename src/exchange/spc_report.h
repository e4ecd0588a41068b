/* spc_report.h: a control chart in lines that can be read aloud, and as JSON. */
#pragma once

#include "exchange/spc_file.h"

/* Its parts, its points with limits, what is a signal and by which rules. New. */
char *spc_report_text(const SpcTable *table, const SpcChart *chart);
/* {"kind": "p", "signal": true, "rules": ["three-sigma", "anhoej"], "parts": [{"from": "2026-W20",
 * "to": "2026-W33", "points": 14, "base": 14, "centre": 0.23, "trial": false, "longest_run": 9,
 * "run_limit": 7, "crossings": 3, "crossings_limit": 4, "runs_signal": true, "side": "below",
 * "run_from": "2026-W25", "run_to": "2026-W33"}], "points": [{"label": "2026-W20", "value": 0.24,
 * "lower": 0.05, "centre": 0.23, "upper": 0.41, "part": 1, "excluded": false, "outside":
 * "above"}]}. What there is not is null; side, run_from and run_to are where runs_signal is true.
 * New. */
char *spc_report_json(const SpcTable *table, const SpcChart *chart);
