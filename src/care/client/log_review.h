/* log_review.h: who has opened whose card, for the team lead to look through: by colleague, and a
 * sample of each month that is signed off with what was found. The access log must be checked again
 * and again and as a system (10 § lag (2001:454) SoLPuL); monthly, as municipalities do it.
 *
 * An opening is an entry "read" of the audit log: a card, a form, what was noted at visits. Whoever
 * looks is logged too ("look"). All of PERMIT_LOG. */
#pragma once

#include "base/date.h"
#include "care/unit/session.h"

typedef struct {
    gint64 staff_id;
    char *name;
    gint64 clients, openings, reasons; /* different clients; entries; reasons given */
} LogColleague;
void log_colleague_free(LogColleague *colleague);
/* Of the days `from` to `to`, both included; whoever opened most first. Array of LogColleague *. */
GPtrArray *log_colleagues(Session *session, Date from, Date to, GError **error);

/* Why an opening is in the sample. */
typedef enum { PICK_NONE, PICK_REASON, PICK_NAME, PICK_LOT } LogPick;
typedef struct {
    gint64 node, seq, at_ms, staff_id, client_id; /* node: whose log it stands in */
    char *staff_name;
    char *client_name; /* NULL: protected identity, and the card is not open to whoever looks */
    char *what;        /* "opened the card"; translated */
    char *reason;      /* in words; NULL: one's own client, or a role that sees all */
    LogPick pick;      /* of log_sample() */
} LogOpening;
void log_opening_free(LogOpening *opening);
/* What colleague `staff_id` opened in those days, newest first, at most `limit`. Array of LogOpening *. */
GPtrArray *log_openings(Session *session, gint64 staff_id, Date from, Date to, int limit,
                        GError **error);
/* "a reason was given", "same surname", "by lot"; translated. */
const char *log_pick_name(LogPick pick);

/* The first day of the last whole month, of which the newest sample is. */
Date log_last_month(void);

#define LOG_LOT 10 /* openings of a month that are drawn beside those by rule */

/* The month of that first day: the first opening of each client by each colleague who gave a reason or
 * has the client's surname, and LOG_LOT more. The lot falls by the entries' own keyed hashes: the same
 * every time, and nobody can tell beforehand on what. In order of time. Array of LogOpening *. */
GPtrArray *log_sample(Session *session, Date month, GError **error);

typedef struct {
    char *who, *found; /* `found` NULL: nothing to remark on */
    gint64 signed_ms;  /* 0: not signed */
} LogSigned;
void log_signed_clear(LogSigned *sign);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LogSigned, log_signed_clear)
gboolean log_signed(Session *session, Date month, LogSigned *sign, GError **error);
/* The sample of `month` has been looked through, with what was found (NULL: nothing). Logged.
 * ERROR_INPUT while the month lasts, and for more than LOG_FOUND_MOST characters; ERROR_EXISTS when
 * it is signed. */
#define LOG_FOUND_MOST 1000
gboolean log_sign(Session *session, Date month, const char *found, GError **error);
/* The first day of the last whole month, when it had openings and is not signed; else DATE_NONE. */
gboolean log_due(Session *session, Date *month, GError **error);
/* What waits for a team lead, in a sentence: reasons not looked at, a month not signed. NULL: nothing,
 * or another role. New. */
char *log_waits(Session *session);
