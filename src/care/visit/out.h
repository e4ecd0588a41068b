/* out.h: a colleague is out on a visit (ute), and somebody rings when they are not back by a time. Whoever is
 * late stands first in To do and Today of everybody in the unit who works with clients, until they are
 * back or somebody has reached them. */
#pragma once

#include "care/unit/session.h"
#include "care/visit/visit.h"

typedef struct {
    gint64 id, staff_id, visit_id; /* visit_id 0: none */
    gint64 out_ms, ring_ms;
    /* Read beside it: */
    char *staff_name;
    char *client_name;  /* whom the visit is to; NULL where the card may not be opened, or none */
    char *client_phone; /* as a list shows it (visit.h); NULL */
    int visit_start;    /* -1: no visit */
} Out;
void out_free(Out *out);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Out, out_free)

/* Whether it is a visit that the signed-in person goes to today: their own, or of whom they cover for. */
gboolean out_is_on(Session *session, const Visit *visit);
/* Half an hour after the visit ends, or an hour from now where there is none or it is over: when
 * somebody should ring. Minutes since midnight, of today. Pure. */
int out_proposed(const Visit *visit, Date today, int minute);
/* The moment today that a text means ("10.30", "10:30"); 0: none, or it has passed. */
gint64 out_moment(const char *text);

/* The signed-in person goes out; said again, the time (and visit) is the new one. `visit_id` 0: none.
 * `id` gets what out_end() takes. ERROR_INPUT where the time has passed or lies more than a day
 * ahead. PERMIT_VISIT_RECORD. */
gboolean out_go(Session *session, gint64 visit_id, gint64 ring_ms, gint64 *id, GError **error);
/* Back; or, of somebody else, reached. Nothing happens where it is so already. PERMIT_VISIT_RECORD. */
gboolean out_end(Session *session, gint64 id, GError **error);
/* Those who are out: who is to be rung first, first. Array of Out *. PERMIT_CLIENT_READ. */
GPtrArray *out_list(Session *session, GError **error);
gboolean out_is_late(const Out *out);
/* The one that a key ends: one's own; else the first that is late; NULL: none. Owned by `all`. */
const Out *out_to_end(Session *session, const GPtrArray *all);
/* "LATE: Bo Ek was to be back 10:30, from Maria Bäckman 09:00, 070-…" of each that is late, then one's own
 * "You are out; somebody rings 11:30". Translated. New; NULL: nothing is to be said. */
char *out_words(Session *session, const GPtrArray *all);
