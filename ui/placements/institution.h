/* institution.h: one institution's name and kind, in a box over the screen: a new one, or a change.
 */
#pragma once

#include "care/placement/placement.h"
#include "ui/app.h"

typedef struct {
    const Institution *institution; /* to be changed; NULL: a new one */
    const char *name;               /* what a new one is called so far; NULL: nothing yet */
    /* Called with its id when it is saved and the box has left. */
    void (*saved)(App *app, gint64 id);
} InstitutionArgument;
extern const Screen screen_institution; /* const InstitutionArgument * */
