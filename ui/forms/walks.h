/* walks.h: the forms that have been begun. */
#pragma once

#include "ui/app.h"

#define INTAKE_FORM "aktualisering"

/* After unlocking: offers to go on with the form that the person was cut off in, by its name, the
 * client's and the question. One who says no is not asked again. Nothing for what they left
 * themselves, or what a colleague has gone on with since. */
void walks_offer(App *app);

/* Where the list of forms is on top: which one was given up last, and can be taken up again; 0:
 * none. */
gint64 walks_given_up(App *app);
void walks_gave_up(App *app, gint64 response_id);

/* Of a form that was only looked at, when it has been left. */
void walks_say_dropped(App *app);
