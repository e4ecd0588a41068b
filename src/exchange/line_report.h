/* line_report.h: the weeks' line and the improvement work as text that can be read aloud, and as
 * JSON. All are new. */
#pragma once

#include "stats/week_line.h"

/* A week a line, with its limits, and what the line says. */
char *line_report_text(const WeekLine *line, Session *session);
/* {"unit", "chart": "p", "rules": ["three-sigma", "anhoej"], "points": [{"week": "2026-W34",
 * "rate", "missed", "recorded", "lower", "centre", "upper", "part", "outside", "note"}], "parts":
 * [{"from", "to", "base", "centre", "trial"}], "signals": [{"kind": "run", "side": "below", "from",
 * "to", "change"}], "signal": "…", "changes": [{"week", "from", "kind", "name", "rebase"}],
 * "target"}. "outside" is "above" or "below"; null where there is none. */
char *line_report_json(const WeekLine *line, Session *session);

/* Every improvement work of the unit with its changes. NULL with `error`. */
char *improvement_report_text(Session *session, GError **error);
/* One of them alone. New. */
char *improvement_report_one(Session *session, const Improvement *improvement, GError **error);
/* {"unit", "improvements": [{"name", "aim", "measure", "target": 0.12, "begun", "ended", "changes":
 * [{"kind", "name", "from", "rebase", "prediction", "happened", "learned", "next"}]}]}. */
char *improvement_report_json(Session *session, GError **error);
