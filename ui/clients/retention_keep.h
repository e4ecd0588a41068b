/* retention_keep.h: the page on which somebody is kept who was to be deleted. It gets a
 * const RetentionRow *. */
#pragma once

#include "ui/screen.h"

extern const Screen screen_retention_keep;
