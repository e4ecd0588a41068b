/* save_pace.c: how old a key may become before it is kept, on fast disks and slow ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ui/loop.h"
#include "ui/save_pace.h"

enum { MINUTE = 60000, OLDEST = 1000, LEAST_REST = 200, SLOW_DISK = 500 };

/* Types for a minute, a key every `gap` ms, on a disk that takes `cost` ms for a saving: the age of
 * the oldest key when it had been kept; `*savings`: how many there were. */
static gint64 type_for_a_minute(gint64 gap, int cost, int *savings)
{
    LoopState state = {.unlocked = TRUE, .cost_ms = cost};
    gint64 unsaved = -1, oldest = 0; /* when the oldest key that is not saved came */
    gint64 next = 0;
    *savings = 0;
    for (gint64 now = 0; now < MINUTE; now++) {
        if (loop_save_due(&state, now)) {
            assert_true(unsaved >= 0);
            now += cost; /* keys wait so long */
            oldest = MAX(oldest, now - unsaved);
            loop_saved(&state, now, cost, FALSE);
            unsaved = -1;
            ++*savings;
        }
        if (now < next)
            continue;
        loop_key(&state, now, TRUE);
        unsaved = unsaved < 0 ? now : unsaved;
        next += gap;
    }
    return oldest;
}

/* Slow and fast, without a pause: no key is more than a second old before it is kept, and its
 * saving is counted in. */
static void test_no_key_is_older_than_a_second(void **unused)
{
    (void)unused;
    static const gint64 GAPS[] = {7, 60, 100, 199, 250, 350, 999, 1999, 5000};
    static const int COSTS[] = {0, 3, 20, 80, 200, SLOW_DISK};
    for (gsize i = 0; i < G_N_ELEMENTS(GAPS); i++)
        for (gsize k = 0; k < G_N_ELEMENTS(COSTS); k++) {
            int savings;
            gint64 oldest = type_for_a_minute(GAPS[i], COSTS[k], &savings);
            if (oldest > OLDEST)
                fail_msg("a key every %d ms, a saving of %d ms: %d ms old", (int)GAPS[i], COSTS[k],
                         (int)oldest);
            assert_true(savings > 0);
        }
}

/* Who types without a rest waits for a saving about once a second, not at each key. */
static void test_fast_keys_are_not_saved_one_by_one(void **unused)
{
    (void)unused;
    int savings;
    type_for_a_minute(100, 20, &savings);
    assert_in_range(savings, MINUTE / OLDEST, MINUTE / OLDEST + 2);
}

/* A rest of a moment is enough, and on a slow disk a longer one. */
static void test_a_rest_saves(void **unused)
{
    (void)unused;
    assert_int_equal(save_pace(0).rest_ms, LEAST_REST);
    assert_int_equal(save_pace(50).rest_ms, LEAST_REST);
    assert_int_equal(save_pace(100).rest_ms, 400);
    for (int cost = 0; cost < MINUTE; cost += 10) {
        SavePace pace = save_pace(cost);
        assert_in_range(pace.rest_ms, LEAST_REST, pace.oldest_ms);
        assert_in_range(pace.oldest_ms, OLDEST - SLOW_DISK, OLDEST);
    }
}

/* An answer saves what was typed: the next text has its time for itself. */
static void test_what_is_saved_otherwise_is_not_saved_again(void **unused)
{
    (void)unused;
    LoopState state = {.unlocked = TRUE};
    loop_key(&state, 0, TRUE);
    loop_key(&state, 100, FALSE);
    loop_rested(&state);
    assert_int_equal(loop_wait_ms(&state, 100), -1);
    loop_key(&state, 150, TRUE);
    assert_false(loop_save_due(&state, 349));
    assert_true(loop_save_due(&state, 350));
}

/* On a full disk it is tried again without a key, at intervals; a key tries sooner. */
static void test_what_could_not_be_saved_is_tried_again(void **unused)
{
    (void)unused;
    enum { FIRST = 200, TRIED = 230, SECOND = TRIED + LOOP_RETRY_MS };
    LoopState state = {.unlocked = TRUE};
    loop_key(&state, 0, TRUE);
    assert_true(loop_save_due(&state, FIRST));
    loop_saved(&state, TRIED, TRIED - FIRST, TRUE);
    loop_rested(&state);
    assert_int_equal(loop_wait_ms(&state, TRIED), LOOP_RETRY_MS);
    assert_false(loop_save_due(&state, SECOND - 1));
    assert_true(loop_save_due(&state, SECOND));
    loop_saved(&state, SECOND, 0, TRUE);
    loop_key(&state, SECOND + 10, TRUE);
    assert_int_equal(loop_wait_ms(&state, SECOND + 10), LEAST_REST);
    loop_saved(&state, SECOND + 300, 0, FALSE);
    loop_rested(&state);
    assert_int_equal(loop_wait_ms(&state, SECOND + 300), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_key_is_older_than_a_second),
        cmocka_unit_test(test_fast_keys_are_not_saved_one_by_one),
        cmocka_unit_test(test_a_rest_saves),
        cmocka_unit_test(test_what_is_saved_otherwise_is_not_saved_again),
        cmocka_unit_test(test_what_could_not_be_saved_is_tried_again),
    };
    return cmocka_run_group_tests_name("save_pace", tests, NULL, NULL);
}
