/* day_row.h: a day typed in a row of a page, in whatever words base/date_words.h understands. */
#pragma once

#include "base/date.h"
#include "ui/widgets/page.h"

/* The day that is typed in a row; DATE_NONE when there is none, or it is not understood. */
Date day_row(const Page *page, int row);
/* What is understood of it, or `empty`, as the row's hint. */
void day_row_hint(Page *page, int row, const char *empty);
/* When the row is left what was meant is written out. */
void day_row_complete(Page *page, int row);
