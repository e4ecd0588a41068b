/* walks.h: the forms that have been begun. */
#pragma once

#include "ui/app.h"

/* After unlocking: offers to go on with the form that the person was cut off in, by its name, the
 * client's and the question. Nothing when they left the last one themselves. */
void walks_offer(App *app);
