/* place.h: where actions are valid: the places of place.def. Pure. */
#pragma once

#include <glib.h>

typedef enum {
#define PLACE(id, takes, title) IN_##id,
#include "ui/place.def"
#undef PLACE
    PLACE_COUNT
} Place;

/* Some places, or all but some. Written with the macros below. */
typedef struct {
    gboolean but;        /* all but these */
    const Place *places; /* up to PLACE_COUNT */
} Where;
#define AT(...)                                                                                    \
    {                                                                                              \
        FALSE, (const Place[])                                                                     \
        {                                                                                          \
            __VA_ARGS__, PLACE_COUNT                                                               \
        }                                                                                          \
    }
#define BUT(...)                                                                                   \
    {                                                                                              \
        TRUE, (const Place[])                                                                      \
        {                                                                                          \
            __VA_ARGS__, PLACE_COUNT                                                               \
        }                                                                                          \
    }
#define ANYWHERE BUT(PLACE_COUNT)
/* Within AT(): from where one goes straight to Today, Clients, Week and the others. */
#define IN_MAIN                                                                                    \
    IN_TODAY, IN_CLIENTS, IN_WEEK, IN_TASKS, IN_CLIENT, IN_VISITS, IN_WALKS, IN_RESPONSES,         \
        IN_CONSENTS, IN_PLACEMENTS, IN_PLACEMENT

gboolean where_is(const Where *where, Place place);
/* How many places. */
int where_count(const Where *where);

/* Whether characters go to a field there, so that only other keys reach the key map. */
gboolean place_takes_text(Place place);
/* Whether there are choices there, each answer with a key of its own. */
gboolean place_takes_answers(Place place);
/* Whether arrows go up and down there, whatever is shown of it: in a list or from field to field.
 */
gboolean place_has_rows(Place place);
/* ... and Page Up, Page Down, Home and End too. */
gboolean place_has_pages(Place place);
/* Its title in the manual, in English; NULL: it is not told of there. */
const char *place_title(Place place);
