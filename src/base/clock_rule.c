/* clock_rule.c: the rule of the program that is shipped. */
#include "base/clock_rule.h"

gboolean clock_rule_any_unit(void)
{
    return FALSE;
}
