/* placement_state_private.h: the page of one placement, for placement.c, placement_draw.c and
 * placement_not_done.c. */
#pragma once

#include "care/client/client.h"
#include "care/placement/placement.h"
#include "care/response/response.h"
#include "ui/app.h"
#include "ui/widgets/list.h"

typedef struct {
    App *app;
    gint64 id;
    Placement *placement;
    ClientRow *client;
    char *officer; /* who follows it up; NULL: the unit */
    PlacementRule rule;
    GPtrArray *parts; /* PlacementPart *: the rows of the list */
    List *list;
} PlacementState;

/* How many of those asked have neither answered nor been given up. */
int placement_left(const PlacementState *state);
void placement_draw(App *app, void *state, Area area);
/* Of the list of respondents. */
void placement_draw_part(void *state, gconstpointer part, Area line, gboolean selected);

/* Why an interview is not given: a box with the causes, one key each, and words. It begins the
 * response where there is none, and gives it up. */
typedef struct {
    const PlacementPart *part;
    gint64 placement_id, client_id;
} NotDoneArgument;
extern const Screen screen_not_done; /* const NotDoneArgument * */
