/* split.h: by what the visits of a period are split, and as what each of them counts. Pure.
 *
 * Only visits that do not stand in (meeting.h) are given to these functions. */
#pragma once

#include "base/idnumber.h"
#include "care/visit/outcome.h"

typedef enum {
    SPLIT_ALL,
    SPLIT_CAUSE,
    SPLIT_BY,     /* who called it off */
    SPLIT_NOTICE, /* how long before */
    SPLIT_WEEKDAY,
    SPLIT_HOUR,  /* in which it was to begin */
    SPLIT_FIRST, /* the client's first visit that counts, or a later one */
    SPLIT_AGE,   /* of the client, on the visit's day */
    SPLIT_SEX,
    SPLIT_OFFER, /* what was offered instead */
    SPLIT_COUNT
} Split;
const char *split_code(Split split); /* "cause", as stored and typed */
const char *split_name(Split split); /* translated; "" for SPLIT_ALL */
gboolean split_parse(const char *code, Split *split);

/* What a visit is split by. Texts are the caller's. */
typedef struct {
    gint64 client_id;
    Date date;
    int start; /* minutes since midnight */
    Outcome outcome;
    CancelledBy by;
    int notice;        /* hours; -1: not known */
    const char *cause; /* NULL: none given */
    Alternative alternative;
    int alternative_taken; /* 1 yes, 0 no, -1 not known */
    gboolean carried_out;  /* what came in its place but its new time took place, on whatever day */
    Date new_date;         /* of the new time agreed; DATE_NONE */
    gboolean first;
    Date birth; /* DATE_NONE: not known */
    Sex sex;
} VisitFacts;

/* The value that a visit has: a code, "" where it is not known or not said; NULL where the visit
 * has no part in the split. Cause, who and notice are asked of the visits behind the causes
 * (outcome_has_cause()), what was offered of those that were not taken or were done in another
 * form; the others are asked of all. Static, or the visit's own cause. */
const char *split_value(Split split, const VisitFacts *facts);
/* What a value is called, translated; of a cause the code alone, whose name cause_name() knows.
 * Static, or `value`. */
const char *split_value_name(Split split, const char *value);
/* The order in which values are shown: as the clock and the calendar go, or as they are asked for;
 * what is not known comes last. Negative, 0 or positive. */
int split_compare(Split split, const char *a, const char *b);
/* Whether a share of such values is one of the visits behind the causes. */
gboolean split_is_behind(Split split);
/* Whether its values tell of persons, so that those of few are not shown. */
gboolean split_is_personal(Split split);

/* Of the visits that have a value. A new time within REBOOKED_DAYS after the day that was planned
 * makes "rebooked". */
#define REBOOKED_DAYS 7
typedef struct {
    gint64 planned;    /* that count as meetings (outcome_counts()) */
    gint64 recorded;   /* of those planned */
    gint64 missed;     /* of those recorded: cancelled, declined, not present */
    gint64 otherwise;  /* of those recorded: done in another form */
    gint64 behind;     /* that a cause belongs to, whether or not they count as meetings */
    gint64 offered;    /* of missed + otherwise: an alternative was offered, or it was done so */
    gint64 taken;      /* of those offered: the alternative was taken */
    gint64 took_place; /* of those taken: it was carried out, on whatever day */
    gint64 rebooked;   /* of those missed: has a new time within a week */
    gint64 persons;    /* clients; see who counts them */
} SplitCounts;
/* Which of these counts is asked about. */
typedef enum {
    PART_ALL,
    PART_MISSED,
    PART_BEHIND,
    PART_CHANGED, /* missed + otherwise */
    PART_OFFERED,
    PART_TAKEN,
    PART_TOOK_PLACE,
    PART_REBOOKED,
    PART_COUNT
} SplitPart;
/* Adds one visit; `persons` is left to the caller. */
void split_count(SplitCounts *counts, const VisitFacts *facts);
/* Adds, or takes away (`sign` -1), all counts of another, `persons` too. */
void split_add(SplitCounts *counts, const SplitCounts *other, int sign);
