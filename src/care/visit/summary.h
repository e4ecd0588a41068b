/* summary.h: weekly counts of outcomes and causes, kept beside the visits (week_outcome,
 * week_cause), so a review costs the weeks it shows and not the visits stored. */
#pragma once

#include "care/unit/session.h"
#include "care/visit/outcome.h"

/* Moves one visit's count: from one state to another, inside the visit's transaction and after the
 * visit has been changed. A state without a visit (before it is added, after it is removed) has week
 * 0. Every change of a visit passes here, also one that no count of this file tells of: what else is
 * counted from it (counted.h) is forgotten. */
typedef struct {
    Week week;
    Outcome outcome;
    const char *cause; /* NULL: none */
    gboolean stand_in; /* it came in place of a visit that counts (meeting.h) */
} SummaryState;
typedef struct {
    gint64 client_id; /* 0: several, each of whom the caller settles (counted.h) */
    gint64 origin_id; /* the visit in whose place it came; 0: none */
} SummaryOf;
gboolean summary_move(Session *session, SummaryOf of, SummaryState from, SummaryState to,
                      gint64 visits, GError **error);

typedef struct {
    Week week;
    gint64 visits[OUTCOME_COUNT];   /* by Outcome; [OUTCOME_NONE]: not known yet */
    gint64 stand_in[OUTCOME_COUNT]; /* how many of them came in place of one that counts */
} WeekOutcomes;
/* One row a week, gaps filled with zeros, from `from` to `to`. GArray of WeekOutcomes. */
GArray *summary_outcomes(Session *session, Week from, Week to, GError **error);

typedef struct {
    char *cause; /* NULL: none was given */
    Outcome outcome;
    Week week;
    gint64 visits;
    gint64 stand_in; /* how many of them came in place of one that counts */
} WeekCause;
/* GPtrArray of WeekCause *. */
GPtrArray *summary_causes(Session *session, Week from, Week to, GError **error);

/* Those of which nothing is recorded yet and which count, by week and worker: of a week the most
 * first, ties by name. */
typedef struct {
    Week week;
    char *staff; /* NULL: nobody's */
    gint64 visits;
} WeekUnrecorded;
/* GPtrArray of WeekUnrecorded *. */
GPtrArray *summary_unrecorded(Session *session, Week from, Week to, GError **error);

/* Compares the counts with the visits; each difference is one translated sentence. Whether what
 * counts is right as well, meeting_verify() says. */
gboolean summary_verify(Session *session, GPtrArray *faults, GError **error);
/* The newest week up to `until` that has a visit with a known outcome; 0 when there is none. */
gboolean summary_last_week(Session *session, Week until, Week *week, GError **error);
