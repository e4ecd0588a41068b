/* few_persons.c: what is hidden because it tells of few, and whether it can be found out: by a
 * second computation that tries every number there can be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stats/few_persons.h"

#define LEAST 5

static FewCell cell(gint64 own, gint64 other)
{
    return (FewCell){.own = {.behind = own, .persons = own},
                     .other = {.behind = other, .persons = other}};
}

static void assert_hidden(const FewCell *cells, gsize count, const char *wanted)
{
    g_autoptr(GString) hidden = g_string_new(NULL);
    for (gsize i = 0; i < count; i++)
        g_string_append_c(hidden, cells[i].hidden ? 'x' : '.');
    assert_string_equal(hidden->str, wanted);
}

static void which_are_hidden(void **unused)
{
    (void)unused;
    static const struct {
        int own[4], other[4];
        const char *hidden;
    } cases[] = {
        {{9, 8, 7, 6}, {50, 50, 50, 50}, "...."},
        {{9, 8, 7, 2}, {50, 50, 50, 50}, "..xx"}, /* the whole less the others would be the last */
        {{9, 8, 2, 2}, {50, 50, 50, 50}, ".xxx"}, /* together they are of few */
        {{9, 8, 3, 2}, {50, 50, 50, 50}, "..xx"},
        {{9, 8, 7, 0}, {50, 50, 50, 50}, "...."}, /* nobody is nobody */
        {{9, 8, 7, 6}, {50, 50, 50, 3}, "..xx"},  /* of the rest */
        {{9, 8, 3, 2}, {50, 50, 0, 0}, ".xxx"},   /* nobody else in the unit has them */
        {{9, 0, 0, 2}, {50, 50, 50, 50}, "x..x"}, /* of nobody: nothing to hide it with */
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        FewCell cells[4];
        for (int k = 0; k < 4; k++)
            cells[k] = cell(cases[i].own[k], cases[i].other[k]);
        few_persons_hide(cells, 4, LEAST, TRUE);
        assert_hidden(cells, 4, cases[i].hidden);
    }
}

/* Of the whole unit nothing stands beside: only the whole less the others. */
static void without_a_group(void **unused)
{
    (void)unused;
    FewCell cells[] = {cell(40, 0), cell(9, 0), cell(3, 0)}, two[] = {cell(40, 0), cell(3, 0)};
    few_persons_hide(cells, G_N_ELEMENTS(cells), LEAST, FALSE);
    assert_hidden(cells, G_N_ELEMENTS(cells), ".xx");
    few_persons_hide(two, G_N_ELEMENTS(two), LEAST, FALSE);
    assert_hidden(two, G_N_ELEMENTS(two), "xx");
    few_persons_hide(NULL, 0, LEAST, TRUE);
}

enum { CELLS = 4, MOST = 6 };

/* Tries every number for every hidden cell from the `at`th on, as many as the unit has at most, that
 * add up to `left`; notes which ones each can be. */
static gboolean every_number(const FewCell *cells, int at, gint64 left,
                             gboolean can_be[CELLS][2 * MOST + 1])
{
    gboolean any = FALSE;
    if (at == CELLS)
        return left == 0;
    if (!cells[at].hidden)
        return every_number(cells, at + 1, left, can_be);
    const gint64 all = cells[at].own.behind + cells[at].other.behind;
    for (gint64 number = 0; number <= MIN(all, left); number++)
        if (every_number(cells, at + 1, left - number, can_be))
            any = can_be[at][number] = TRUE;
    return any;
}

static void every_number_leaves_it_open(void **unused)
{
    (void)unused;
    g_autoptr(GRand) random = g_rand_new_with_seed(9);
    int hidden = 0, shown = 0;
    for (int round = 0; round < 4000; round++) {
        FewCell cells[CELLS];
        gint64 left = 0;
        for (int i = 0; i < CELLS; i++)
            cells[i] = cell(g_rand_int_range(random, 0, MOST + 1),
                            g_rand_int_range(random, 0, MOST + 1));
        few_persons_hide(cells, CELLS, LEAST, TRUE);
        int all = 0;
        for (int i = 0; i < CELLS; i++) {
            left += cells[i].hidden ? cells[i].own.behind : 0;
            all += cells[i].hidden;
        }
        hidden += all;
        shown += CELLS - all;
        gboolean can_be[CELLS][2 * MOST + 1] = {{FALSE}};
        every_number(cells, 0, left, can_be);
        for (int i = 0; i < CELLS; i++) {
            int ways = 0;
            for (int number = 0; number <= 2 * MOST; number++)
                ways += can_be[i][number];
            if (cells[i].own.behind == 0 || cells[i].own.behind >= LEAST)
                continue;
            assert_true(cells[i].hidden);
            if (ways < 2 && all < CELLS)
                fail_msg("round %d: %d is given away", round, (int)cells[i].own.behind);
        }
    }
    assert_true(hidden > 1000 && shown > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(which_are_hidden),
        cmocka_unit_test(without_a_group),
        cmocka_unit_test(every_number_leaves_it_open),
    };
    return cmocka_run_group_tests_name("stats/few_persons", tests, NULL, NULL);
}
