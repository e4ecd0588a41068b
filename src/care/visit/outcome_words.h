/* outcome_words.h: what came of a visit, in words. Pure, but for the names of causes and the
 * history; every text is translated and new. */
#pragma once

#include "care/unit/session.h"
#include "care/visit/visit.h"

/* Whether an absence called it off (absence.h): its cause says so. */
gboolean outcome_words_away(const VisitOutcome *outcome);
/* "Cancelled", as outcome_name(); "Away" where an absence has called it off. Static. */
const char *outcome_words_name(const VisitOutcome *outcome);
/* "Cancelled (the client, by phone, at least 24 hours)". */
char *outcome_words(const VisitOutcome *outcome);
/* "Worry or fear, the journey (the person's own words)"; NULL where there is no cause. */
char *outcome_words_cause(Session *session, const VisitOutcome *outcome);
/* "a phone call: accepted"; NULL where nothing was offered or recorded. `visit` knows of the visit
 * that was made for it: "a phone call: accepted, took place", and the day where it is another than
 * its own: "a walk: accepted, 27/11 10:00", "a walk: accepted, took place 27/11". NULL: not told.
 */
char *outcome_words_alternative(const VisitOutcome *outcome, const Visit *visit);
/* "Friday 2026-11-27, 10:00 (Done)"; NULL where no new time was agreed. */
char *outcome_words_new_time(const Visit *visit);
/* What is recorded, by whom and when, and below it what was before, newest first, in lines. NULL
 * with `error`, as visit_history(). */
char *outcome_words_history(Session *session, const Visit *visit, GError **error);
