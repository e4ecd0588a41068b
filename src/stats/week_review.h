/* week_review.h: what the weeks' visits say, read and counted in one place: the screen, the report
 * as text and as JSON, and the plain lines all show this one. */
#pragma once

#include "stats/week_line.h"

/* The line, its median and its signal are of so many weeks, however many are shown. */
#define REVIEW_WEEKS 26

typedef struct {
    GArray *weeks;         /* ReviewWeek, oldest first: the line, and those shown when more */
    guint shown;           /* how many of the last ones were asked for */
    WeekLine *line;        /* the run chart of the last REVIEW_WEEKS: median, signal, changes */
    GPtrArray *causes;     /* ReviewCause *, largest first, of the weeks shown */
    gint64 cause_visits;   /* the visits behind the causes: what the shares are of */
    gint64 cause_missed;   /* how many of them were not taken */
    GPtrArray *unrecorded; /* WeekUnrecorded *, of the weeks shown that are over */
} WeekReview;
/* `shown` weeks (at least 1) that end with `until` (0: the newest week that is over and has an
 * outcome, or this week). Needs PERMIT_REVIEW. Costs the weeks, not the visits stored. */
WeekReview *week_review_new(Session *session, Week until, guint shown, GError **error);
/* The newest week that is over and has an outcome; before there is one, the present week. */
gboolean week_review_newest(Session *session, Week *week, GError **error);
void week_review_free(WeekReview *review);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WeekReview, week_review_free)

/* The last week of all, and the one before it. */
const ReviewWeek *week_review_last(const WeekReview *review);
const ReviewWeek *week_review_before(const WeekReview *review);
/* The one part of its line: its centre is the median of the rates (NAN: none has one), its base how
 * many there are. */
const SpcPart *week_review_whole(const WeekReview *review);
/* The nth of the weeks shown, from 0, the oldest. */
const ReviewWeek *week_review_shown(const WeekReview *review, guint nth);
