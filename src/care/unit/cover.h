/* cover.h: a colleague who is away from a day to a day, and who covers for them (ersättare).
 *
 * Whoever covers has those days the colleague's visits and open tasks in the own lists, and may open
 * what they are about (client_guard.h), but for clients with protected identity: those are opened by
 * whoever is named on the card alone. A visit of those days may still be recorded afterwards by whoever
 * covered. Visits and tasks stay the colleague's: when the days are over all is as before, by itself.
 *
 * It opens cards, so nobody gives it to themselves: it is said by the colleague, or by whoever sees the
 * whole unit. PERMIT_VISIT_RECORD; else ERROR_DENIED, and logged. */
#pragma once

#include "base/date.h"
#include "care/unit/session.h"

typedef struct {
    gint64 id;
    gint64 staff_id; /* who is away */
    gint64 cover_id; /* who covers */
    Date from, to;   /* both included */
    char *word;      /* from the colleague, or about the days; NULL: none */
    gint64 version;
    gboolean withdrawn;
    char *staff_name, *cover_name; /* read beside it */
} Cover;
Cover *cover_new(void); /* today alone */
void cover_free(Cover *cover);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Cover, cover_free)

/* What it came to. */
typedef struct {
    int visits, tasks; /* of those days and not past, that whoever covers has */
    int closed;        /* visits and tasks that they have not: of protected identity */
    int clashes;       /* of the visits, at the same time as one of their own */
    int alone;         /* visits on which two were to go (visit/second.h), and only one does now */
    int passed;        /* colleagues whom the one who is away covered for, and who are in the counts */
} CoverDone;

/* What the colleague covers themselves in those days goes along to whoever covers, and stays with the
 * colleague before and after them: who is ill can do neither. That takes the right to say it for all.
 *
 * ERROR_INPUT where days or people cannot be, where the colleague is covered for already in those days,
 * where whoever covers is away then, and where what the colleague covers cannot go along: the sentence
 * says who and when. `done` may be NULL. */
gboolean cover_add(Session *session, Cover *cover, CoverDone *done, GError **error);
/* Where somebody else covers from now on, the days that are over stay whose they were: the rest is a
 * cover of its own. ERROR_CONFLICT where it has been changed since `version`. */
gboolean cover_change(Session *session, Cover *cover, CoverDone *done, GError **error);
/* The colleague is back today: it ends yesterday, or never was. */
gboolean cover_end(Session *session, gint64 id, GError **error);
Cover *cover_get(Session *session, gint64 id, GError **error);
/* Those that are not over and that the signed-in person may change, by their first day. Array of
 * Cover *. */
GPtrArray *cover_list(Session *session, GError **error);
/* Those of `day` that the signed-in person covers in, or is covered for. Array of Cover *. */
GPtrArray *cover_of_me(Session *session, Date day, GError **error);
/* Whether the signed-in person may say who covers for somebody. Not logged. */
gboolean cover_may_set(Session *session, gint64 staff_id);
