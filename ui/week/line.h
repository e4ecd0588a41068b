/* line.h: what the line shares with the other ways of looking at the week. */
#pragma once

#include "ui/common/screens.h"

/* What they are to show when one goes to them; of the state of the screen "line". */
const SplitsChoice *line_choice(const void *state);
