/* start.h: what start.c, start_demo.c and edit_actions.c need of each other. */
#pragma once

#include "ui/app.h"

/* Opens the demo unit of this user as its team lead, after making it when it is not there yet. Ends
 * with app_unlocked(), or says why not. */
void start_demo(App *app);
/* F8 on the first screen: makes the unit. */
void start_finish(App *app, void *state);
