/* save_pace.c: the pace of savings in the program that is shipped. */
#include "ui/save_pace.h"

enum {
    REST_MS = 200,      /* longer than between two keys of a word, shorter than a thought */
    OLDEST_MS = 1000,   /* of the oldest key when it is saved: about a word */
    LEAST_AGE_MS = 500, /* not to write without a stop on a disk that takes a second itself */
    COSTS = 4,          /* a rest of so many savings: at most every fifth moment is one */
};

SavePace save_pace(int cost_ms)
{
    int oldest = CLAMP(OLDEST_MS - cost_ms, LEAST_AGE_MS, OLDEST_MS);
    return (SavePace){.rest_ms = CLAMP(COSTS * cost_ms, REST_MS, oldest), .oldest_ms = oldest};
}
