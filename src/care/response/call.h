/* call.h: calls made for a response, and the task to call back. */
#pragma once

#include "base/date.h"
#include "care/response/response_value.h"
#include "care/unit/session.h"

typedef enum {
    CALL_REACHED,
    CALL_NO_ANSWER,
    CALL_BUSY,
    CALL_WRONG_NUMBER,
    CALL_LATER, /* wants to be called at another time */
    CALL_COUNT
} CallResult;
const char *call_result_code(CallResult result);
const char *call_result_name(CallResult result); /* translated */

typedef struct {
    gint64 at_ms; /* set by call_add */
    char *who;    /* name; set when read */
    CallResult result;
    Date back_date; /* DATE_NONE: no call-back agreed */
    int back_time;  /* minute of the day; -1: any time */
    char *note;     /* NULL: none */
} Call;
void call_free(Call *call);
/* Notes a call. With a day to call back the response's open call-back task moves there, or one is
 * made, which opens the response at the question where it is; CALL_REACHED without such a day
 * closes it. One transaction. */
gboolean call_add(Session *session, Response *response, const Call *call, GError **error);
/* The latest first. Array of Call *. */
GPtrArray *call_list(Session *session, gint64 response_id, GError **error);

/* Ticks off the open tasks to call back for this response, with how in words (may be NULL). Inside
 * a transaction. */
gboolean call_close_tasks(Session *session, gint64 response_id, const char *how, GError **error);
