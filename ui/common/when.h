/* when.h: a day in words, for columns. A new string. */
#pragma once

#include "base/date.h"

/* "Wed 2026-12-02". */
char *when_day(Date date);
