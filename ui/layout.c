/* layout.c: the arithmetic of areas. */
#include "ui/draw.h"

/* The part [first, first + count) of `whole`; count -1 is the rest. */
static void slice(int whole, int *first, int *count)
{
    *first = CLAMP(*first, 0, MAX(whole, 0));
    int rest = MAX(whole, 0) - *first;
    *count = *count < 0 ? rest : MIN(*count, rest);
}

Area area_rows(Area area, int first, int count)
{
    slice(area.rows, &first, &count);
    return (Area){area.top + first, area.left, count, area.columns};
}

Area area_columns(Area area, int first, int count)
{
    slice(area.columns, &first, &count);
    return (Area){area.top, area.left + first, area.rows, count};
}

Area area_inset(Area area, int rows, int columns)
{
    Area inner = area_columns(area_rows(area, rows, -1), columns, -1);
    inner.rows = MAX(inner.rows - rows, 0);
    inner.columns = MAX(inner.columns - columns, 0);
    return inner;
}

Area area_centre(Area area, int rows, int columns)
{
    rows = CLAMP(rows, 0, MAX(area.rows, 0));
    columns = CLAMP(columns, 0, MAX(area.columns, 0));
    return (Area){area.top + (area.rows - rows) / 2, area.left + (area.columns - columns) / 2, rows,
                  columns};
}
