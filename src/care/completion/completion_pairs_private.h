/* completion_pairs_private.h: what of a corrected response has become what of the one that corrects
 * it. Pure. */
#pragma once

#include "base/error.h"

/* How alike two things of a correction are, the most alike first: repetitions move up when one
 * before them is taken away, so what they say goes before where they stand. */
typedef enum {
    PAIR_EQUAL_IN_PLACE,
    PAIR_EQUAL,
    PAIR_ALIKE_IN_PLACE,
    PAIR_ALIKE,
    PAIR_IN_PLACE,
    PAIR_ROUNDS,
} PairRound;
typedef gboolean (*PairSame)(gconstpointer before, gconstpointer now, PairRound round);
/* For each of `before` the index of what it has become in `now`; -1: nothing. Array of int. */
GArray *completion_pairs(const GPtrArray *before, const GPtrArray *now, PairSame same);
