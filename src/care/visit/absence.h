/* absence.h: a client who is away from a day to a day, or until further notice: on holiday, in
 * hospital, because of wanting a pause (D1).
 *
 * The visits of those days of which nothing is known yet become "cancelled by the unit" with the
 * absence's cause, so they are no part of the rate (review.h); what is recorded already stays. No
 * series lays out a visit on those days (absence_days.h). When the absence is changed or withdrawn,
 * the visits of the days that are free again come back, but for those on which something else has been
 * recorded since; the series lay out what they had left out. One task is to call on the day of return. */
#pragma once

#include "base/date.h"
#include "care/unit/away_cause.h"
#include "care/unit/session.h"

typedef struct {
    gint64 id, client_id;
    AwayCause cause;
    Date from, to; /* first and last day away; `to` DATE_NONE: until further notice */
    char *words;   /* NULL: none */
    gboolean withdrawn;
    gint64 version;
} Absence;
/* From today on. */
Absence *absence_new(gint64 client_id);
void absence_free(Absence *absence);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Absence, absence_free)

/* What came of it. */
typedef struct {
    int called_off; /* visits */
    int kept;       /* visits of those days that were recorded already */
    int back;       /* visits that come back */
    int laid_out;   /* visits of series that had been left out */
} AbsenceDone;

/* Fills in the id and the version; a call with the id that an earlier one filled in changes nothing.
 * ERROR_INPUT where it ends before it begins, or where the client is away on one of the days already.
 * PERMIT_VISIT_RECORD and the right to open the card. `done` may be NULL, here and below. */
gboolean absence_add(Session *session, Absence *absence, AbsenceDone *done, GError **error);
/* Days, cause and words as they stand in `absence`; ERROR_CONFLICT where somebody has changed it since
 * `version`, else as above. */
gboolean absence_change(Session *session, const Absence *absence, AbsenceDone *done,
                        GError **error);
/* It was a mistake: every visit comes back. */
gboolean absence_withdraw(Session *session, gint64 id, gint64 version, AbsenceDone *done,
                          GError **error);

/* A client's, the latest first, withdrawn ones too; not those of a closing (client/closing.h), which
 * are its own affair. PERMIT_CLIENT_READ and the right to open the card.
 * Array of Absence *. */
GPtrArray *absence_of_client(Session *session, gint64 client_id, GError **error);
/* ERROR_NOT_FOUND; else as above. */
Absence *absence_get(Session *session, gint64 id, GError **error);
/* Whether it goes on or is still to come on a day. Pure. */
gboolean absence_matters(const Absence *absence, Date today);
