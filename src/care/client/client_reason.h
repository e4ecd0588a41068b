/* client_reason.h: opening the card of a colleague's client for a reason (client_guard.h). A reason is
 * good for the day it is given, stands in the log, and is looked through by a team lead. */
#pragma once

#include "base/date.h"
#include "care/unit/session.h"

typedef enum {
    REASON_URGENT,       /* something that cannot wait */
    REASON_STAND_IN,     /* one stands in for the colleague */
    REASON_ASKED,        /* a colleague asked for help */
    REASON_CALLED,       /* the client, or somebody close, got in touch */
    REASON_OTHER,        /* in words */
    REASON_COUNT
} Reason;
const char *reason_code(Reason reason); /* "urgent"; stored and typed */
gboolean reason_parse(const char *code, Reason *reason);
const char *reason_name(Reason reason); /* translated, "something that cannot wait" */

#define REASON_WORDS_MOST 200 /* characters */

/* Opens the card for the rest of the day. `words` may be NULL but for REASON_OTHER: ERROR_INPUT. The
 * day's first reason stands; saying another is no error. PERMIT_CLIENT_READ; ERROR_DENIED, logged,
 * where the client has protected identity and one is not named. */
gboolean client_give_reason(Session *session, gint64 client_id, Reason reason, const char *words,
                            GError **error);

typedef struct {
    gint64 id, client_id, staff_id;
    char *client_name, *staff_name;
    gboolean closed; /* the client now has protected identity: no name is told */
    Date day;
    gint64 given_ms;
    Reason reason;
    char *words;     /* NULL: none */
    gint64 seen_ms;  /* 0: not looked at */
    char *seen_name; /* who did; NULL */
} GivenReason;
void given_reason_free(GivenReason *given);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GivenReason, given_reason_free)

/* Those not yet looked at, oldest first; `all`: every one, newest first. At most `limit`. Array of
 * GivenReason *; g_ptr_array_unref. PERMIT_LOG. */
GPtrArray *reason_list(Session *session, gboolean all, int limit, GError **error);
/* How many are not looked at. PERMIT_LOG. */
gboolean reason_count(Session *session, gint64 *count, GError **error);
/* Looked at: who and when is kept, and logged. One's own is looked at by another: ERROR_DENIED.
 * Looked at already: nothing happens. PERMIT_LOG. */
gboolean reason_see(Session *session, gint64 id, GError **error);
