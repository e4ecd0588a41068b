/* improvement_words.h: what the screens of improvement work say alike. New and translated. */
#pragma once

#include "care/improvement/cycle.h"
#include "care/improvement/improvement.h"
#include "ui/widgets/page.h"

/* "2026-08-10 –", "2026-08-10 – 2026-11-01". */
char *improvement_words_days(const Improvement *improvement);
/* "at most 12,0 %"; NULL: no target. */
char *improvement_words_target(const Improvement *improvement);
/* "change", "small test"; and whether the limits begin anew. */
char *improvement_words_kind(const Cycle *cycle);

/* The day that is typed in a row; DATE_NONE when there is none, or it is not understood. */
Date improvement_day(const Page *page, int row);
/* What is understood of it, or `empty`, as the row's hint. */
void improvement_hint_day(Page *page, int row, const char *empty);
/* When the row is left what was meant is written out. */
void improvement_complete_day(Page *page, int row);
