/* slow_pace.c: in the place of ui/save_pace.c: so slow that a test sees what is not saved yet, on a
 * busy machine too. How fast the shipped pace is, tests/unit/ui/save_pace.c tells. */
#include "ui/save_pace.h"

SavePace save_pace(int cost_ms)
{
    (void)cost_ms;
    return (SavePace){.rest_ms = 1800, .oldest_ms = 1800};
}
