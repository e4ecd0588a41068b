/* merge.h: two cards side by side, for doubles.c. */
#pragma once

#include "ui/screen.h"

typedef struct {
    gint64 kept, closed;
} MergeArgument;
/* With a MergeArgument *. */
extern const Screen screen_merge;
