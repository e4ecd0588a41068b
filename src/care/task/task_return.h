/* task_return.h: the task to call a client who has been away (visit/absence.h), on the day of return, or
 * to ask how it went after the help ended (client/closing.h). */
#pragma once

#include "base/date.h"
#include "care/unit/session.h"

typedef struct {
    gint64 absence_id, client_id;
    Date from, to;  /* days away; `to` DATE_NONE: until further notice */
    gboolean closed; /* the help has ended: somebody asks on `due` */
    Date due;
    gboolean none;  /* there was no absence, or nobody asks: the open task goes */
    gboolean moved; /* the day of return, or to ask, is another: one that has been done is done anew */
} TaskReturn;
/* One task stands open as long as the return lies ahead: the client's support worker's, the day after
 * the last day away, or where that is not known two weeks on, to ask. After a closing it is the case
 * officer's. Inside a transaction. */
gboolean task_return_settle(Session *session, const TaskReturn *about, GError **error);
