/* words.h: what lists and details say, in words. Pure, but for the names of causes; every text is
 * translated and new unless it is said to be static. */
#pragma once

#include "care/unit/session.h"
#include "care/visit/visit.h"

/* "Monday 2026-11-23, week 48". */
char *words_day(Date date);
/* "Week 48, 2026-11-23 to 2026-11-29". */
char *words_week(Week week);
/* "today", "tomorrow", "in 5 days", "5 days ago". */
char *words_distance(Date date, Date today);
/* When a task is due: "today", "overdue by 2 days", "Friday", "2026-12-24". */
char *words_due(Date due, Date today);
/* A week as people type one, seen from `today`: "45", "v45", "v. 45", "2026-W45", "v45 2026", or
 * any day in it (date_parse_words()). Without a year it is the one nearest to `today`. 0 when not
 * understood. */
Week words_parse_week(const char *text, Date today);

/* "61 visits, 5 not taken, nothing recorded on 23". */
char *words_day_summary(gint64 visits, gint64 missed, gint64 unknown);

/* The name, and that the person's details are protected where they are. */
char *words_name(const Visit *visit);
/* One or two words for a list; "–" where nothing is known yet. Static. */
const char *words_outcome_short(Outcome outcome);
/* "Cancelled (the client, by phone, at least 24 hours)". */
char *words_outcome(const VisitOutcome *outcome);
/* "Worry or fear, the journey (the person's own words)"; NULL where there is no cause. */
char *words_cause(Session *session, const VisitOutcome *outcome);
/* "a phone call: accepted"; NULL where nothing was offered or recorded. `visit` knows of the visit
 * that was made for it: "a phone call: accepted, took place", and the day where it is another than
 * its own: "a walk: accepted, 27/11 10:00", "a walk: accepted, took place 27/11". NULL: not told.
 */
char *words_alternative(const VisitOutcome *outcome, const Visit *visit);
/* "Friday 2026-11-27, 10:00 (Done)"; NULL where no new time was agreed. */
char *words_new_time(const Visit *visit);
/* "60 min, home visit, Anna Berg". */
char *words_planned(const Visit *visit);
