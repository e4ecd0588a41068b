/* few_persons.c: which values of a split are not shown. Arithmetic only. */
#include "stats/few_persons.h"

/* What stands beside a value, each an attack of its own. */
static const gsize MEASURES[] = {
    offsetof(SplitCounts, planned), offsetof(SplitCounts, recorded),
    offsetof(SplitCounts, missed),  offsetof(SplitCounts, otherwise),
    offsetof(SplitCounts, behind),  offsetof(SplitCounts, offered),
    offsetof(SplitCounts, taken),   offsetof(SplitCounts, took_place),
    offsetof(SplitCounts, rebooked)};

static gint64 measure(const SplitCounts *counts, gsize offset)
{
    return *(const gint64 *)(const void *)((const char *)counts + offset);
}

static const SplitCounts *side_of(const FewCell *cell, gboolean other)
{
    return other ? &cell->other : &cell->own;
}

static gboolean is_few(gint64 persons, gint64 least)
{
    return persons > 0 && persons < least;
}

/* Whether one of few persons can be told exactly by what is hidden together, on one side. */
static gboolean follows(const FewCell *cells, gsize count, gint64 least, gboolean other,
                        gsize offset)
{
    gint64 sum = 0, unit = 0;
    for (gsize i = 0; i < count; i++)
        if (cells[i].hidden) {
            sum += measure(side_of(&cells[i], other), offset);
            unit += measure(&cells[i].own, offset) + measure(&cells[i].other, offset);
        }
    for (gsize i = 0; i < count; i++) {
        const gint64 all = measure(&cells[i].own, offset) + measure(&cells[i].other, offset);
        const gint64 lowest = MAX(sum - (unit - all), 0), highest = MIN(sum, all);
        if (cells[i].hidden && is_few(side_of(&cells[i], other)->persons, least) && lowest > 0 &&
            lowest == highest)
            return TRUE;
    }
    return FALSE;
}

/* The side on which those hidden give one of few away. */
typedef enum { SAFE = -1, OWN, OTHER } Weak;

static Weak weak_side(const FewCell *cells, gsize count, gint64 least, gboolean group)
{
    gsize hidden = 0;
    for (gsize i = 0; i < count; i++)
        hidden += cells[i].hidden;
    for (Weak side = OWN; hidden > 0 && side <= (group ? OTHER : OWN); side++) {
        gint64 persons = 0;
        for (gsize i = 0; i < count; i++)
            persons += cells[i].hidden ? side_of(&cells[i], side == OTHER)->persons : 0;
        if (is_few(persons, least) || (hidden == 1 && !group))
            return side;
        for (gsize i = 0; group && i < G_N_ELEMENTS(MEASURES); i++)
            if (follows(cells, count, least, side == OTHER, MEASURES[i]))
                return side;
    }
    return SAFE;
}

/* Whether `a` is to be hidden rather than `b`: it has somebody on that side, and fewer. */
static gboolean goes_before(const FewCell *a, const FewCell *b, gboolean other)
{
    const gint64 left = side_of(a, other)->persons, right = side_of(b, other)->persons;
    if (left == 0 || right == 0)
        return left > 0;
    return left != right ? left < right
                         : side_of(a, !other)->persons < side_of(b, !other)->persons;
}

/* NULL: all are hidden. */
static FewCell *smallest(FewCell *cells, gsize count, gboolean other)
{
    FewCell *next = NULL;
    for (gsize i = 0; i < count; i++)
        if (!cells[i].hidden && (next == NULL || goes_before(&cells[i], next, other)))
            next = &cells[i];
    return next;
}

void few_persons_hide(FewCell *cells, gsize count, gint64 least, gboolean group)
{
    for (gsize i = 0; i < count; i++)
        cells[i].hidden =
            is_few(cells[i].own.persons, least) || is_few(cells[i].other.persons, least);
    Weak weak;
    FewCell *next;
    while ((weak = weak_side(cells, count, least, group)) != SAFE &&
           (next = smallest(cells, count, weak == OTHER)) != NULL)
        next->hidden = TRUE;
}
