/* tabs.h: the ways in which the week is looked at, side by side in one line with a key each. */
#pragma once

#include "ui/app.h"
#include "ui/common/screens.h"

/* `current`: the one that is shown; VIEW_COUNT: none of them, the week's own review. */
void tabs_draw(App *app, Area line, SplitsView current);
