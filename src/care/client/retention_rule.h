/* retention_rule.h: when what is kept about a client is to be deleted (gallring), and who is kept.
 * Pure.
 *
 * Rules: notes in a personakt are deleted five years after the last one was made, and that is done
 * by the end of the calendar year after the one in which the duty began (12 kap. 1 §
 * socialtjänstlagen (2001:453) as worded by SFS 2003:135; the wording of socialtjänstlagen
 * (2025:400) was not at hand, and nothing is known to have changed the years; LSS the same five, 21
 * c § (1993:387)). Not what came of a child's placement (2 § there). For research everything is
 * kept in the counties of Östergötland, Gotland and Västernorrland and in Göteborg, elsewhere those
 * born on the 5th, 15th or 25th (13 kap. 1 § socialtjänstförordningen, to 16 kap. 4 § and 17 kap. 5
 * § socialtjänstlagen (2025:400)). In doubt one is kept: a day of birth that nobody knows could be
 * such a one. */
#pragma once

#include "base/date.h"

#define RETENTION_YEARS 5
#define RETENTION_CHILD_AGE 18 /* whoever is younger when a placement begins is a placed child */

typedef enum {
    RETENTION_NOT_YET, /* five years have not passed */
    RETENTION_OPEN,    /* something about the client still goes on */
    RETENTION_KEPT,    /* for good, by `ground` */
    RETENTION_DUE,     /* to be deleted between `first` and `last` */
    RETENTION_COUNT
} RetentionState;
const char *retention_state_code(RetentionState state); /* "due"; stored */
gboolean retention_state_parse(const char *code, RetentionState *state);
const char *retention_state_name(RetentionState state); /* translated: "to be deleted" */

typedef enum {
    GROUND_NONE,
    GROUND_PLACED,        /* placed as a child */
    GROUND_COUNTY,        /* the county keeps everything */
    GROUND_MUNICIPALITY,  /* Göteborg does */
    GROUND_BIRTH_DAY,     /* born on the 5th, 15th or 25th */
    GROUND_BIRTH_UNKNOWN, /* the day of birth is not known */
    GROUND_COUNT
} RetentionGround;
const char *retention_ground_code(RetentionGround ground); /* NULL for none */
gboolean retention_ground_parse(const char *code, RetentionGround *ground);
const char *
retention_ground_name(RetentionGround ground); /* translated: "born on the 5th, …"; "" */

typedef struct {
    Date last_note;   /* of any row about the client; a reading is none */
    int birth_day;    /* of the month: retention_birth_day() */
    int municipality; /* SCB's four digits, 1480; 0: not known, nobody is kept by it */
    gboolean placed, open;
} RetentionFacts;

typedef struct {
    RetentionState state;
    RetentionGround ground;
    Date first, last; /* the first day after the five years, and the day by which it is done */
} RetentionRule;
RetentionRule retention_rule(const RetentionFacts *facts, Date today);

/* The day of the month on which somebody was born, 1 to 31; 0: not known. By the birth date, else
 * by the identity number in normal form, of which a samordningsnummer has 60 added to its day (60:
 * not known). Either may be missing. */
int retention_birth_day(Date birth_date, const char *id_number);
/* Whether a placement that began on `started` was a child's; so it is taken to be where the birth
 * date is not known. DATE_NONE: there is none. */
gboolean retention_placed(Date birth_date, Date started);
/* SCB's code of a municipality from its four digits: county (01, 03-10, 12-14, 17-25) and a number
 * there. 0: it is none. */
int retention_municipality(const char *text);
