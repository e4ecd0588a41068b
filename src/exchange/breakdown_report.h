/* breakdown_report.h: what the visits of some weeks say, split one way, as text that can be read
 * aloud and as JSON. */
#pragma once

#include "stats/breakdown.h"

/* Two periods side by side where `beside` is given (may be NULL): the same weeks' number before.
 * `group` is the name of the query's group; NULL: the whole unit. */
typedef struct {
    const Breakdown *now, *beside;
    Split split; /* SPLIT_ALL: the whole alone */
    const char *group;
} BreakdownReport;
/* Sentences and short lines, each with what its share is of; new. */
char *breakdown_report_text(const BreakdownReport *report, Session *session);
/* {"unit", "split": "cause", "group": null, "rest": false, "periods": [{"from": "2026-W42", "to":
 * "2026-W45", "over": true, "too_few": false, "all": COUNTS, "rate": 0.1255, "support": 0.31,
 * "whole": 71, "rows": [{"value": "sjuk", "label": "Sjuk", "hidden": false, COUNTS, "rate",
 * "share"}]}]}, the period beside it last. COUNTS are "planned", "recorded", "missed", "otherwise",
 * "behind", "offered", "taken", "took_place", "rebooked" and "persons" (care/visit/split.h), 0
 * where hidden; "share" is of "whole" (breakdown_whole()); "rate", "support" and "share" are null
 * where there is none. New. */
char *breakdown_report_json(const BreakdownReport *report, Session *session);
