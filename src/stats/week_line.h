/* week_line.h: the line of the weeks' shares not taken: its centre and limits, the changes in the
 * way of working that stand on its time axis, the notes on its weeks, the target, and what it says.
 *
 * As a run chart (SPC_RUN) it has one median for all its weeks and Anhøj's rules (run_chart.h). As
 * a p chart (SPC_P) it has limits at each week by how many visits count in it, counted anew at each
 * change that says so (spc.h), and a week beyond them is a signal too. A week without a share is no
 * point of the chart: it is in no centre, limit or run. */
#pragma once

#include "care/improvement/cycle.h"
#include "care/improvement/improvement.h"
#include "care/improvement/week_note.h"
#include "stats/review.h"
#include "stats/spc.h"

typedef struct {
    GArray *weeks;     /* ReviewWeek, one a point, oldest first */
    GPtrArray *cycles; /* Cycle *, by first day: those that begin in these weeks */
    GPtrArray *notes;  /* WeekNote *, by week: on these weeks */
    double target;     /* the share aimed at; NAN: none */
    SpcChart *chart;
} WeekLine;
/* Pure. Takes all three arrays; cycles and notes of other weeks are left out. `target`: in
 * thousandths, or IMPROVEMENT_NO_TARGET. New. */
WeekLine *week_line_new(SpcKind kind, GArray *weeks, GPtrArray *cycles, GPtrArray *notes,
                        int target);
/* The unit's last `count` weeks up to `until`. GArray of ReviewWeek, new. Costs the weeks, not the
 * visits stored. */
GArray *week_line_weeks(Session *session, Week until, guint count, GError **error);
/* The line of such weeks, which it takes, with what the unit has changed and noted in them.
 * PERMIT_REVIEW. New. */
WeekLine *week_line_of(Session *session, SpcKind kind, GArray *weeks, GError **error);
/* Both. */
WeekLine *week_line_read(Session *session, SpcKind kind, Week until, guint count, GError **error);
void week_line_free(WeekLine *line);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WeekLine, week_line_free)

/* The nth week, from 0, the oldest. */
const ReviewWeek *week_line_week(const WeekLine *line, gsize nth);
/* The point that a cycle begins in. */
gsize week_line_point_of(const WeekLine *line, const Cycle *cycle);
/* The note on the nth week; NULL: none. */
const WeekNote *week_line_note(const WeekLine *line, gsize nth);
/* The cycle that begins nearest to the nth week; of two as near the one before it. NULL: there is
 * none. */
const Cycle *week_line_nearest(const WeekLine *line, gsize nth);

/* Something that chance alone would hardly give. */
typedef struct {
    enum {
        WEEK_RUN,       /* too many weeks in a row on one side of the centre */
        WEEK_CROSSINGS, /* the line crosses its centre too seldom */
        WEEK_OUTSIDE,   /* one week beyond its limit */
    } kind;
    int side; /* 1 above, -1 below; 0: too few weeks lie on one side to say which way it went */
    gsize first, last;    /* its points */
    gboolean goes_on;     /* up to the newest week of its part that lies off the centre */
    const SpcPart *part;  /* the one it is in */
    const Cycle *nearest; /* week_line_nearest() of `first` */
} WeekSignal;
/* All of them, by where they begin. GArray of WeekSignal, new; the line's for as long as that. */
GArray *week_line_signals(const WeekLine *line);
/* The one that tells most of what goes on: the last that is of many weeks, else the last. NULL:
 * there is none. */
const WeekSignal *week_line_told(const GArray *signals);
/* Whether any part has points enough to judge runs by; a line that has not says nothing of change,
 * unless a week is beyond its limits. */
gboolean week_line_is_judged(const WeekLine *line);
