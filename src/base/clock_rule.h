/* clock_rule.h: where DAGSFORM_NOW holds. In a file of its own, in whose place the tests link
 * tests/any_clock.c: the program that is shipped cannot write false times into a real unit's log.
 */
#pragma once

#include <glib.h>

/* Whether the clock may be set for every unit, not for demo units alone. */
gboolean clock_rule_any_unit(void);
