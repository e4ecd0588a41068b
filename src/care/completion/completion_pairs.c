/* completion_pairs.c: what of a corrected response has become what of the one that corrects it.
 * Pure. */
#include "care/completion/completion_pairs_private.h"

static void pair_one(const GPtrArray *before, const GPtrArray *now, PairSame same, PairRound round,
                     GArray *pairs, gboolean *taken)
{
    for (guint i = 0; i < before->len; i++) {
        int *pair = &g_array_index(pairs, int, i);
        for (guint j = 0; *pair < 0 && j < now->len; j++) {
            if (!taken[j] && same(g_ptr_array_index(before, i), g_ptr_array_index(now, j), round)) {
                *pair = (int)j;
                taken[j] = TRUE;
            }
        }
    }
}

GArray *completion_pairs(const GPtrArray *before, const GPtrArray *now, PairSame same)
{
    GArray *pairs = g_array_new(FALSE, FALSE, sizeof(int));
    g_autofree gboolean *taken = g_new0(gboolean, now->len + 1);
    const int none = -1;
    for (guint i = 0; i < before->len; i++)
        g_array_append_val(pairs, none);
    for (PairRound round = PAIR_EQUAL_IN_PLACE; round < PAIR_ROUNDS; round++)
        pair_one(before, now, same, round, pairs, taken);
    return pairs;
}
