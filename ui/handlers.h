/* handlers.h: what each action does, as one table: only who puts the program together (run.c) knows
 * all of it. */
#pragma once

#include "ui/screen.h"

/* By Action, up to ACTION_COUNT. */
extern ActionHandler *const action_handlers[];
