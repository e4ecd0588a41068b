/* homecoming_response.h: the answers given on a laptop to forms that went on there alone. */
#pragma once

#include "care/unit/session.h"

/* Puts in the unit what the laptop has of the forms that are away on it, answers and place, and
 * lets them go. What was done to one of them at home is refused there, so nothing is lost. Inside a
 * transaction of the unit. */
gboolean homecoming_responses(Session *home, Session *laptop, gint64 node, int *count,
                              GError **error);
