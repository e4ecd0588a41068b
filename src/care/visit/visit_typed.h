/* visit_typed.h: the rows in which visits are planned, as they are typed: what they mean, and what
 * is wrong with them. For the pages of the full screen and the lines of --plain; the orders below
 * are those of their drafts (draft_rows.h). Sentences are translated and static. */
#pragma once

#include "care/unit/pick.h"
#include "care/visit/series.h"
#include "care/visit/visit.h"

/* A single visit. */
enum { VISIT_ROW_DAY, VISIT_ROW_TIME, VISIT_ROW_COUNT = VISIT_ROW_TIME + 4 };
/* A series. */
enum {
    SERIES_ROW_DAYS,  /* weekdays_parse() */
    SERIES_ROW_EVERY, /* weeks, in digits: 1 or 2 */
    SERIES_ROW_TIME,
    SERIES_ROW_FROM = SERIES_ROW_TIME + 4,
    SERIES_ROW_UNTIL,
    SERIES_ROW_COUNT
};
/* In both from ..._ROW_TIME on. */
enum { TIME_ROW_START, TIME_ROW_LENGTH, TIME_ROW_MODE, TIME_ROW_STAFF, TIME_ROW_COUNT };

/* Who carries out the visits of a client unless another is named: `support_worker_id`, where that
 * is one of `staff` (pick_staff()), else a signed-in support worker; "" where neither is. Not
 * owned. */
const char *visit_typed_first_staff(Session *session, const GPtrArray *staff,
                                    gint64 support_worker_id);

/* The rows of a new visit as they begin: an hour at home with `staff_name`; and instead of a visit
 * that was not taken (may be NULL) at the next free time (visit_propose()) and as that one was.
 * NULL with `error`. g_strfreev. */
char **visit_typed_rows(Session *session, const GPtrArray *staff, const char *staff_name,
                        const Visit *instead_of, GError **error);
/* The rows of a new series as they begin, from today on. g_strfreev. */
char **visit_typed_series_rows(const char *staff_name);

/* DATE_NONE for an empty row and for what is not understood. */
Date visit_typed_day(const char *text);
int visit_typed_start(const char *text);   /* minutes of the day; -1 */
int visit_typed_minutes(const char *text); /* 0 */
/* Four rows as a time on `date`; those with a fault as above. */
NewTime visit_typed_time(char *const *rows, const GPtrArray *staff, Date date);
/* All rows of a series; `id` and `client_id` are the caller's. New. */
Series *visit_typed_series(char *const *rows, const GPtrArray *staff);

/* What cannot be used of a row, and what to do; NULL: nothing. */
const char *visit_typed_time_fault(int row, const char *text, const GPtrArray *staff);
const char *visit_typed_day_fault(const char *text);
const char *visit_typed_series_fault(int row, const char *text, const GPtrArray *staff);
