/* breakdown.h: what the visits of some weeks say, split every way: by cause, who called off,
 * notice, weekday, hour, first visit or later, age, sex, and what was offered instead; of the whole
 * unit, of a group of clients, or of the rest of the unit. Two periods side by side are two of
 * these.
 *
 * What each count means, care/visit/split.h says; which visits count, care/visit/meeting.h. */
#pragma once

#include "care/visit/week_cell.h"

/* Values of fewer persons are not shown where they tell of persons (age, sex, and every split of a
 * group or of its rest), since so few could be known again, nor what would give them away
 * (few_persons.h). Under 5 is what statistics on persons in Swedish care commonly leave out; the
 * export without names keeps the same number. */
#define BREAKDOWN_PERSONS_LEAST 5

typedef struct {
    Week from, to;   /* both included */
    gint64 group_id; /* client/group.h; 0: the whole unit */
    gboolean rest;   /* the unit without the group, week by week by who belonged to it on the day */
    gboolean by_week;
    gboolean whole; /* without any split */
} BreakdownQuery;

typedef struct {
    char *value;        /* split_value(); "" where it is not known or not said */
    SplitCounts counts; /* over the period; all 0 where hidden. `persons` is the largest number of
                           any one week, so at least as many have visits in the period; of a group
                           with few visits, of all its weeks */
    gboolean hidden; /* under BREAKDOWN_PERSONS_LEAST persons, or it would give away one that is */
    SplitCounts *weeks; /* with by_week: of each week from `from` on; NULL where hidden, and of age,
                           of sex and of a group, where a week has too few persons */
} BreakdownRow;

typedef struct {
    BreakdownQuery query;
    guint week_count;
    gboolean over;    /* all its weeks are: before that nothing has a rate (review.h) */
    gboolean too_few; /* the group, or the rest, has under BREAKDOWN_PERSONS_LEAST persons: there
                         are no rows, and all counts are 0 */
    SplitCounts all;
    GPtrArray *rows[SPLIT_COUNT]; /* BreakdownRow *: causes the largest first, "no cause given" last
                                     of those alike; the others as split_compare() says */
} Breakdown;
/* PERMIT_REVIEW. Costs the weeks, not the visits stored, once these have been counted
 * (week_cell.h). ERROR_INPUT when the period ends before it begins or is longer than
 * BREAKDOWN_WEEKS_MOST. */
#define BREAKDOWN_WEEKS_MOST 520
Breakdown *breakdown_new(Session *session, const BreakdownQuery *query, GError **error);
void breakdown_free(Breakdown *breakdown);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Breakdown, breakdown_free)

/* The row of a value; NULL: no visit has it. */
const BreakdownRow *breakdown_find(const Breakdown *breakdown, Split split, const char *value);

/* Not taken, of those recorded, 0-1. NAN before the period is over, where nothing is recorded, and
 * where under REVIEW_RECORDED_PERCENT of those planned are (review.h). */
double breakdown_rate(const Breakdown *breakdown, const SplitCounts *counts);
/* What the rows of a split are shares of: of the visits behind the causes where
 * split_is_behind(), of those not taken or done in another form for SPLIT_OFFER; else of those not
 * taken. And a row's own part of it. */
gint64 breakdown_whole(const Breakdown *breakdown, Split split);
gint64 breakdown_part(Split split, const SplitCounts *counts);
/* That part, 0-1; NAN where the whole is 0. */
double breakdown_share(const Breakdown *breakdown, Split split, const SplitCounts *counts);
/* The measure that matters most: of the visits that were not taken or were done in another form,
 * how many became support in another form, 0-1; NAN where there are none. */
double breakdown_support(const SplitCounts *counts);
