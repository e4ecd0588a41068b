/* visit_history.h: what was recorded on a visit, over the screen that shows it. */
#pragma once

#include "ui/screen.h"

extern const Screen screen_visit_history; /* const gint64 *: the visit's id */
