/* place.c: the table of places, expanded from place.def. */
#include "ui/place.h"

enum {
    TAKES_NOTHING = 0,
    TAKES_TEXT = 1,
    TAKES_ANSWERS = 2,
    HAS_ROWS = 4,
    HAS_PAGES = 8 | HAS_ROWS,
};

static const struct {
    int takes;
    const char *title;
} ROWS[PLACE_COUNT] = {
#define PLACE(id, takes, title) [IN_##id] = {takes, title},
#include "ui/place.def"
#undef PLACE
};

gboolean where_is(const Where *where, Place place)
{
    const Place *each = where->places;
    while (*each != PLACE_COUNT && *each != place)
        each++;
    return (*each == place) != where->but;
}

int where_count(const Where *where)
{
    int count = 0;
    for (Place place = 0; place < PLACE_COUNT; place++)
        count += where_is(where, place);
    return count;
}

gboolean place_takes_text(Place place)
{
    return (ROWS[place].takes & TAKES_TEXT) != 0;
}

gboolean place_takes_answers(Place place)
{
    return (ROWS[place].takes & TAKES_ANSWERS) != 0;
}

gboolean place_has_rows(Place place)
{
    return (ROWS[place].takes & HAS_ROWS) != 0;
}

gboolean place_has_pages(Place place)
{
    return (ROWS[place].takes & HAS_PAGES) == HAS_PAGES;
}

const char *place_title(Place place)
{
    return ROWS[place].title;
}
