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

static gboolean is_safe(const FewCell *cells, gsize count, gint64 least, gboolean group)
{
    gsize hidden = 0;
    for (gsize i = 0; i < count; i++)
        hidden += cells[i].hidden;
    if (hidden == 0)
        return TRUE;
    if (hidden == 1)
        return FALSE;
    for (gboolean other = FALSE; other <= group; other++) {
        gint64 persons = 0;
        for (gsize i = 0; i < count; i++)
            persons += cells[i].hidden ? side_of(&cells[i], other)->persons : 0;
        if (is_few(persons, least))
            return FALSE;
        for (gsize i = 0; group && i < G_N_ELEMENTS(MEASURES); i++)
            if (follows(cells, count, least, other, MEASURES[i]))
                return FALSE;
    }
    return TRUE;
}

/* The one of the fewest persons that is still shown; NULL: none is. */
static FewCell *smallest(FewCell *cells, gsize count)
{
    FewCell *next = NULL;
    for (gsize i = 0; i < count; i++)
        if (!cells[i].hidden &&
            (next == NULL || cells[i].own.persons + cells[i].other.persons <
                                 next->own.persons + next->other.persons))
            next = &cells[i];
    return next;
}

void few_persons_hide(FewCell *cells, gsize count, gint64 least, gboolean group)
{
    for (gsize i = 0; i < count; i++)
        cells[i].hidden =
            is_few(cells[i].own.persons, least) || is_few(cells[i].other.persons, least);
    FewCell *next;
    while (!is_safe(cells, count, least, group) && (next = smallest(cells, count)) != NULL)
        next->hidden = TRUE;
}
