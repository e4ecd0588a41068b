/* start.h: what start.c and start_demo.c need of each other. */
#pragma once

#include "ui/app.h"

/* Opens the demo unit of this user as its team lead, after making it when it is not there yet. Ends
 * with app_unlocked(), or says why not. */
void start_demo(App *app);
