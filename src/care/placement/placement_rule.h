/* placement_rule.h: whom the rules ask when a placement has ended. Pure.
 *
 * Rules (UBU's published ones; domain.md §1): from 0 to 21 years; a placement of at least 30 days;
 * at every placement that ends, also when a new one follows at once; as soon as possible and at the
 * latest 90 days after the end; the child itself is asked from 7 years; the case officer's part is
 * filled in whether or not the others answer. They make no exception for any kind of home, so a
 * stay in an emergency foster home (jourhem) is followed up like the others.
 *
 * A child stays in an emergency foster home for at most two months after the board's inquiry has
 * ended, unless there are special reasons (socialtjänstlagen (2025:400); before 1 July 2025 6 kap.
 * 6 § (2001:453)). The program does not know when an inquiry ended: it reminds, and counts no days.
 */
#pragma once

#include "base/date.h"
#include "care/placement/institution.h"
#include "care/response/respondent.h"

#define PLACEMENT_DAYS_LEAST 30
#define PLACEMENT_FOLLOW_UP_DAYS 90
#define PLACEMENT_CHILD_AGE 7
#define PLACEMENT_OLDEST 21

/* Whether, and of whom, the rules ask for a follow-up. The first and the last day both count as
 * days of the placement; the age is that of its last day. Where the birth date is not known the
 * child is asked too. `two_parents`: both are asked, each by themselves. Pure. */
typedef struct {
    gboolean due;                     /* the placement is to be followed up */
    gboolean asked[RESPONDENT_COUNT]; /* these are asked */
    Date first, last;                 /* from the day it ended, to 90 days after; DATE_NONE while it
                                       * goes on */
    int age;                          /* whole years at its end; -1: not known */
} PlacementRule;
PlacementRule placement_rule(Date birth_date, Date started_on, Date ended_on, gboolean two_parents);
/* Why not all are asked, or what is to be thought of first (from 18 years a parent is asked
 * only with consent; while a stay in an emergency foster home goes on, how long it may), in a
 * sentence or two, or NULL. New. Pure. */
char *placement_rule_text(const PlacementRule *rule, InstitutionKind kind, Date started_on,
                          Date ended_on);
