/* quote.h: a client's own words that the client lets the unit show at the meeting on improvement
 * work. They are shown without a name, never those of somebody with protected identity, and not
 * after the client has taken it back: words that could be known again are covered by secrecy (26
 * kap. 1 § offentlighets- och sekretesslagen, 2009:400), which the client alone may lift. */
#pragma once

#include "base/date.h"
#include "care/unit/session.h"

typedef struct {
    gint64 id, client_id;
    char *words;
    Date said_on, allowed_on;
    Date withdrawn_on; /* DATE_NONE: not taken back */
} Quote;
Quote *quote_new(void);
void quote_free(Quote *quote);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Quote, quote_free)

/* Whether it may be shown on a day. Pure. */
gboolean quote_holds(const Quote *quote, Date day);
/* Whether the words hold one of the names, also with an s after it. Pure. */
gboolean quote_names(const char *words, const char *name);

/* A client's, those that hold first, then the latest first. PERMIT_WALK and the right to open the
 * card. Array of Quote *. */
GPtrArray *quote_of_client(Session *session, gint64 client_id, GError **error);
/* What the client has just allowed; fills in id and allowed_on (today). A call with the id that an
 * earlier one filled in changes nothing. ERROR_INPUT where nothing is said, where the day lies
 * ahead, where the words hold the client's name, or where the client has protected identity.
 * PERMIT_WALK and the right to open the card. */
gboolean quote_add(Session *session, Quote *quote, GError **error);
/* The client has taken it back. PERMIT_WALK and the right to open the card. */
gboolean quote_withdraw(Session *session, gint64 id, GError **error);

/* A quote as the rows of a page, the same on the full screen and in the lines of --plain; the last
 * one is "1" where the client has been asked and said yes. */
typedef enum { QUOTE_ROW_WORDS, QUOTE_ROW_SAID, QUOTE_ROW_ALLOWED, QUOTE_ROW_COUNT } QuoteRow;
/* Puts what the rows say into it. `faults` gets what cannot be used of each row, and what to do
 * (translated, static; NULL: nothing). FALSE when there is a fault. */
gboolean quote_rows_take(char *const *values, Quote *quote, const char *faults[QUOTE_ROW_COUNT]);

/* Those allowed from `from` to `to` that may be shown today, in an order that tells nothing of
 * whose they are. PERMIT_REVIEW. Whose words are shown stands in the log when the paper is written:
 * quote_log(). Array of Quote *. */
GPtrArray *quote_for_meeting(Session *session, Date from, Date to, GError **error);
/* Notes in the log whose words were put on a paper, inside the transaction of that note. */
gboolean quote_log(Session *session, const GPtrArray *quotes, GError **error);
