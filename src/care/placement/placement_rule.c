/* placement_rule.c: whom the rules ask when a placement has ended. Pure. */
#include "care/placement/placement_rule.h"

#include "base/i18n.h"

#define OF_AGE 18 /* 9 kap. 1 § föräldrabalken */

/* The first and the last day are both days of the placement. */
static int length_in_days(Date started_on, Date ended_on)
{
    return ended_on - started_on + 1;
}

PlacementRule placement_rule(Date birth_date, Date started_on, Date ended_on, gboolean two_parents)
{
    PlacementRule rule = {.first = DATE_NONE, .last = DATE_NONE, .age = -1};
    if (started_on == DATE_NONE || ended_on == DATE_NONE)
        return rule;
    rule.first = ended_on;
    rule.last = ended_on + PLACEMENT_FOLLOW_UP_DAYS;
    if (birth_date != DATE_NONE && birth_date <= ended_on)
        rule.age = date_age(birth_date, ended_on);
    rule.due = length_in_days(started_on, ended_on) >= PLACEMENT_DAYS_LEAST &&
               rule.age <= PLACEMENT_OLDEST;
    rule.asked[RESPONDENT_CASE_OFFICER] = rule.due;
    rule.asked[RESPONDENT_CHILD] = rule.due && (rule.age < 0 || rule.age >= PLACEMENT_CHILD_AGE);
    rule.asked[RESPONDENT_PARENT] = rule.due;
    rule.asked[RESPONDENT_PARENT_2] = rule.due && two_parents;
    return rule;
}

static char *going_on(InstitutionKind kind)
{
    if (kind == INSTITUTION_EMERGENCY_FOSTER_HOME)
        return g_strdup(
            _("The placement goes on. It is followed up when it has ended. A child stays in "
              "an emergency foster home for at most two months after the inquiry has "
              "ended, unless there are special reasons."));
    return g_strdup(_("The placement goes on. It is followed up when it has ended."));
}

char *placement_rule_text(const PlacementRule *rule, InstitutionKind kind, Date started_on,
                          Date ended_on)
{
    if (started_on == DATE_NONE || ended_on == DATE_NONE)
        return going_on(kind);
    int days = length_in_days(started_on, ended_on);
    if (days < PLACEMENT_DAYS_LEAST)
        return g_strdup_printf(
            ngettext("The placement lasted %d day. Placements of at least %d days are followed up.",
                     "The placement lasted %d days. Placements of at least %d days are followed "
                     "up.",
                     (gulong)days),
            days, PLACEMENT_DAYS_LEAST);
    if (rule->age > PLACEMENT_OLDEST)
        return g_strdup_printf(_("The client was %d years old when the placement ended. "
                                 "Placements up to %d years of age are followed up."),
                               rule->age, PLACEMENT_OLDEST);
    if (rule->age < 0)
        return g_strdup_printf(_("The birth date is not known. A child is asked from %d years of "
                                 "age: write the birth date on the card if you learn it."),
                               PLACEMENT_CHILD_AGE);
    if (rule->age < PLACEMENT_CHILD_AGE)
        return g_strdup_printf(ngettext("The child was %d year old when the placement ended. The "
                                        "child is asked from %d years of age.",
                                        "The child was %d years old when the placement ended. The "
                                        "child is asked from %d years of age.",
                                        (gulong)rule->age),
                               rule->age, PLACEMENT_CHILD_AGE);
    if (rule->age >= OF_AGE)
        return g_strdup_printf(_("The young person was %d years old when the placement ended. Ask "
                                 "for their consent before you ask a parent."),
                               rule->age);
    return NULL;
}
