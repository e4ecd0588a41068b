/* place.h: where actions are valid: the places of place.def. Pure. */
#pragma once

#include <glib.h>

typedef enum {
#define PLACE(id, takes, title) IN_##id,
#include "ui/place.def"
#undef PLACE
    PLACE_COUNT
} Place;

/* What an action needs in order to have something to do. */
typedef enum {
    NEEDS_NOTHING,
    NEEDS_ROW,    /* the cursor on a row */
    NEEDS_CLIENT, /* somebody the row, or the screen, is about */
} Needs;

/* Some places, or all but some. Written with the macros below. */
typedef struct {
    Needs needs;
    gboolean but;        /* all but these */
    const Place *places; /* up to PLACE_COUNT */
} Where;
#define PLACES(needs, but, ...)                                                                    \
    {                                                                                              \
        needs, but, (const Place[])                                                                \
        {                                                                                          \
            __VA_ARGS__, PLACE_COUNT                                                               \
        }                                                                                          \
    }
#define AT(...) PLACES(NEEDS_NOTHING, FALSE, __VA_ARGS__)
#define ON_ROW(...) PLACES(NEEDS_ROW, FALSE, __VA_ARGS__)
#define ON_CLIENT(...) PLACES(NEEDS_CLIENT, FALSE, __VA_ARGS__)
#define BUT(...) PLACES(NEEDS_NOTHING, TRUE, __VA_ARGS__)
#define ANYWHERE BUT(PLACE_COUNT)
/* Within the brackets: from where one goes straight to Today, Clients, Week and the others. */
#define IN_MAIN                                                                                    \
    IN_TODAY, IN_CLIENTS, IN_WEEK, IN_TASKS, IN_CLIENT, IN_VISITS, IN_WALKS, IN_RESPONSES,         \
        IN_CONSENTS, IN_CONTACTS, IN_PLACEMENTS, IN_PLACEMENT, IN_LINE, IN_SPLITS, IN_GROUPS,      \
        IN_QUARTER, IN_AT_RISK, IN_IMPROVEMENTS, IN_IMPROVEMENT, IN_DATABASE, IN_LOG

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
