/* words.h: what lists and details say, in words. Pure; every text is translated and new
 * unless it is said to be static. */
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
/* "61 visits, 5 not taken, nothing recorded on 23". */
char *words_day_summary(gint64 visits, gint64 missed, gint64 unknown);

/* The name, and that the person's details are protected where they are. */
char *words_name(const Visit *visit);
/* One or two words for a list; "–" where nothing is known yet. Static. */
const char *words_outcome_short(Outcome outcome);
/* "60 min, home visit, Anna Berg". */
char *words_planned(const Visit *visit);
