/* closing.h: the help to a client ends (avslut): why, the last day, what follows, and when somebody asks
 * how it went.
 *
 * The client leaves the lists that are not searched and whom we may be about to lose; stays in every
 * figure and is found by a search. From the day after the last one visits are called off outside the
 * rate, as by an absence (absence.h) with the cause AWAY_CLOSED, and no series lays out more; reopened,
 * they come back as they come back when an absence ends. One task is to ask how it went. */
#pragma once

#include "base/date.h"
#include "care/client/closing_words.h"
#include "care/visit/absence.h"

#define CLOSING_MONTHS_MOST 24

typedef struct {
    gint64 id, client_id;
    ClosingReason reason;
    Date last_day;
    ClosingFollows follows;
    int months;    /* after the last day somebody asks how it went; 0: nobody does */
    char *words;   /* NULL: none */
    Date reopened; /* first day of coming here again; DATE_NONE: closed. The day after the last one:
                    * it was a mistake. */
    gint64 absence_id;
    gint64 version;
} Closing;
/* From today on, to be asked after three months. */
Closing *closing_new(gint64 client_id);
void closing_free(Closing *closing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Closing, closing_free)

/* What came of it, and what is left to settle. */
typedef struct {
    AbsenceDone visits;
    int tasks; /* open ones but the one of the closing */
    int forms; /* begun, neither completed nor given up */
} ClosingDone;

/* Fills in the id and the version; a call with the id that an earlier one filled in changes nothing.
 * ERROR_INPUT where the client is closed already, or the last day or the months cannot be.
 * PERMIT_CLIENT_EDIT and the right to open the card. `done` may be NULL, here and below. */
gboolean closing_add(Session *session, Closing *closing, ClosingDone *done, GError **error);
/* Everything as it stands in `closing` but the client; ERROR_CONFLICT where somebody has changed it
 * since `version`, or reopened it. */
gboolean closing_change(Session *session, const Closing *closing, ClosingDone *done, GError **error);
/* The client comes here again from `from` on (DATE_NONE: it was a mistake, nothing had ended). Also of a
 * client who came to be closed by a file that was read in. ERROR_INPUT where the client is not closed, or
 * `from` is not after the last day. */
gboolean closing_reopen(Session *session, gint64 client_id, Date from, ClosingDone *done,
                        GError **error);

/* A client's, the latest first. PERMIT_CLIENT_READ and the right to open the card. Array of Closing *. */
GPtrArray *closing_of_client(Session *session, gint64 client_id, GError **error);
/* The one that stands; NULL without an error: none. As above. */
Closing *closing_now(Session *session, gint64 client_id, GError **error);
/* Whether one stands, and its last day. No right is asked for: of what a form may begin. */
gboolean closing_stands(Session *session, gint64 client_id, gboolean *stands, Date *last_day,
                        GError **error);
/* ERROR_NOT_FOUND; else as above. */
Closing *closing_get(Session *session, gint64 id, GError **error);
