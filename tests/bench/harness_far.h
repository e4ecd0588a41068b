/* harness_far.h: a server that is a millisecond away. */
#pragma once

#include "tests/bench/harness.h"

/* From now on each question to a server takes a millisecond more. */
void bench_far(void);
/* From here on: how many questions were asked, and the longest time that the writer's lock was
 * held. */
void bench_far_begin(void);
int bench_far_questions(void);
double bench_far_held_ms(void);
