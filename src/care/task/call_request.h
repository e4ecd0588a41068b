/* call_request.h: somebody who rang and is to be called back (ring tillbaka): a task of TASK_CALL_BACK
 * whose clock runs from the moment the call came in. Units promise an answer within 48 hours, and
 * count each quarter how many were late and how often somebody had to ring again (Skärholmen's plan
 * of 2018: 90 percent within 48 hours, at most 90 reminders a year); here nobody counts by hand. */
#pragma once

#include "base/date.h"
#include "care/unit/session.h"

typedef struct {
    gint64 task_id;
    char *caller, *phone; /* who rang, and the number; either may be NULL, not both */
    gint64 client_id;     /* whom it is about; 0: nobody of the unit's clients */
    char *note;           /* NULL: none */
    gint64 staff_id;      /* who calls back; 0: the client's case officer, else whoever can */
    gint64 came_ms;
} CallRequest;
/* It came just now. */
CallRequest *call_request_new(void);
void call_request_free(CallRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CallRequest, call_request_free)

/* Fills in task_id, and staff_id where it is the case officer. A call with the id that an earlier
 * one filled in changes nothing. ERROR_INPUT where nobody is to be called back, where the call has
 * not come yet, or where whoever is to call may not open the client's card. PERMIT_VISIT_RECORD;
 * whoever answers the telephone need not be allowed to open it. */
gboolean call_request_add(Session *session, CallRequest *request, GError **error);
/* They have rung again. ERROR_INPUT where the task is none of somebody who rang, ERROR_CONFLICT where
 * it is done. Whoever may do the task. */
gboolean call_request_remind(Session *session, gint64 task_id, GError **error);

/* --- figures ---------------------------------------------------------------------------------- */

typedef struct {
    int year, quarter; /* 1-4 */
    Date from, to;
    gint64 came;           /* calls of the quarter */
    gint64 in_time, late;  /* called back within 48 hours; later, or past them and waiting */
    gint64 waiting;        /* neither: within their 48 hours */
    gint64 reminders;      /* in the quarter */
    gint64 reminders_year; /* from New Year to the quarter's last day */
    gint64 reminders_most; /* a year, as the unit has set it; -1: not set */
    gboolean whole;        /* the calls are all the unit's (client_counts_unit()) */
} CallFigures;
/* PERMIT_REVIEW. */
gboolean call_figures(Session *session, int year, int quarter, CallFigures *figures, GError **error);
/* "2026-Q4", "Q4" (of this year), "2026-K4" (kvartal); FALSE when it is none. Pure. */
gboolean call_quarter_parse(const char *text, Date today, int *year, int *quarter);
/* 0-1000000 a year; -1: no longer any. ERROR_INPUT. PERMIT_IMPROVE. */
gboolean call_reminders_limit(Session *session, gint64 most, GError **error);

/* --- rows ------------------------------------------------------------------------------------- */

/* A call as the rows of a page, the same on the full screen and in the lines of --plain. */
typedef enum {
    CALL_ROW_CALLER,
    CALL_ROW_PHONE,
    CALL_ROW_ABOUT, /* a client's name or number */
    CALL_ROW_NOTE,
    CALL_ROW_STAFF,
    CALL_ROW_CAME,
    CALL_ROW_COUNT
} CallRow;
/* As a page begins that is opened with that client (0: none) at hand; g_strfreev. */
char **call_rows_values(Session *session, gint64 client_id);
/* Puts what the rows say into it. `staff` is pick_staff(). `faults` gets what cannot be used of each
 * row, and what to do (translated, static; NULL: nothing). FALSE when there is a fault. */
gboolean call_rows_take(Session *session, const GPtrArray *staff, char *const *values,
                        CallRequest *request, const char *faults[CALL_ROW_COUNT]);
/* The client that a row's text means, by name; NULL: nobody, or more than one. New. */
char *call_rows_client(Session *session, const char *text);
/* "yesterday 16:30", "9.15": the moment in milliseconds, 0 when it is not understood; an empty text
 * is now. */
gint64 call_rows_moment(const char *text);
