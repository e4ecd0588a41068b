/* improvement_words.h: what the screens of improvement work say alike. New and translated. */
#pragma once

#include "care/improvement/cycle.h"
#include "care/improvement/improvement.h"

/* "2026-08-10 –", "2026-08-10 – 2026-11-01". */
char *improvement_words_days(const Improvement *improvement);
/* "at most 12,0 %"; NULL: no target. */
char *improvement_words_target(const Improvement *improvement);
/* "change", "small test"; and whether the limits begin anew. */
char *improvement_words_kind(const Cycle *cycle);
