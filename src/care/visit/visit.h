/* visit.h: planned visits and what came of them.
 *
 * An outcome is recorded once and corrected thereafter: each earlier state is kept in
 * visit_version, and every step is in the audit log. The counts of week_outcome and week_cause are
 * changed in the same transaction. */
#pragma once

#include "care/client/client.h"
#include "care/unit/session.h"
#include "care/visit/outcome.h"

/* What came of a visit. Texts are owned by it. */
typedef struct {
    Outcome outcome;
    CancelledBy by;
    ToldBy told;
    int notice;          /* hours; -1: not known */
    char *cause;         /* code of avbokning.yaml; NULL: none given */
    char *cause_further; /* a second one; NULL: none */
    CauseSource source;
    char *words; /* the person's own words; NULL: none */
    Alternative alternative;
    int alternative_taken; /* 1 yes, 0 no, -1 not known */
    char *note;
} VisitOutcome;
void visit_outcome_init(VisitOutcome *outcome); /* all unknown */
void visit_outcome_clear(VisitOutcome *outcome);
void visit_outcome_copy(VisitOutcome *to, const VisitOutcome *from);

typedef struct {
    gint64 id, client_id, staff_id /* 0: nobody yet */, series_id, origin_id, new_visit_id;
    Date date;
    int start;   /* minutes since midnight */
    int minutes; /* length */
    VisitForm form;
    gint64 version;
    gint64 recorded_ms; /* 0: no outcome recorded */
    gint64 recorded_by;
    VisitOutcome outcome;
    /* For lists, read beside the visit: */
    char *client_name;
    Date client_birth;
    Protection client_protection;
    char *client_phone; /* NULL where none or protected */
    char *staff_name;   /* NULL where nobody */
    Date new_date;      /* of the new time agreed; DATE_NONE */
    int new_start;
    Outcome new_outcome;         /* what came of that one */
    Outcome alternative_outcome; /* what came of the visit made for the alternative taken */
    /* After visit_record() or visit_undo() only: how many visits that the state before had made
     * were kept although it is gone, because something had come of them already. */
    int kept;
} Visit;
Visit *visit_new(void);
void visit_free(Visit *visit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Visit, visit_free)

/* Windows of visits, ordered by date, time and id, starting after `after` (NULL: from the first;
 * with `backwards` before it, newest first), at most `limit`. Array of Visit *. */
typedef struct {
    Date from, to;     /* both included; DATE_NONE: from the first, to the last */
    gint64 staff_id;   /* 0: the whole unit */
    gint64 client_id;  /* 0: all */
    int outcome;       /* an Outcome, or -1: all */
    const char *cause; /* NULL: all; "" without a cause */
    gboolean missed;   /* only those not taken */
    gboolean backwards;
} VisitQuery;
GPtrArray *visit_list(Session *session, const VisitQuery *query, const Visit *after, int limit,
                      GError **error);
gboolean visit_count(Session *session, const VisitQuery *query, gint64 *count, GError **error);
Visit *visit_get(Session *session, gint64 id, GError **error);

/* Adds a single visit; fills in id. Must have client, date, start and minutes. */
gboolean visit_add(Session *session, Visit *visit, GError **error);
/* Takes away a planned visit that has no outcome (a mistake in planning). */
gboolean visit_remove(Session *session, gint64 id, GError **error);

/* A new time agreed in the same breath; date DATE_NONE: none. */
typedef struct {
    Date date;
    int start, minutes;
    VisitForm form;
    gint64 staff_id; /* 0: the same as before */
} NewTime;

/* Records or corrects what came of visit `id`, of which `version` was read (ERROR_CONFLICT tells
 * who changed it since). In one transaction: the outcome, the alternative taken as a visit of its
 * own on the same day and time, the new time as a visit, the task to rebook within two days when a
 * missed visit got no new time, counts, audit; and the signed-in person's draft of it is dropped
 * (DRAFT_CANCELLATION). Saving the same twice changes nothing.
 * PERMIT_VISIT_RECORD. Errors: INPUT for a cause that does not belong to the outcome or an unknown
 * cause, CONFLICT, FULL, IO … `saved` (may be NULL) gets the visit as it now stands.
 *
 * A notice of -1 is filled in from the clock while the visit lies ahead, and is 0 where nobody was
 * told (declined, not present). Without `new_time` a correction keeps the new time there is; one
 * that says the visit took place takes it away, unless something has come of it. A cause of the
 * unit's own belongs to no visit that the person did not take. */
gboolean visit_record(Session *session, gint64 id, gint64 version, const VisitOutcome *outcome,
                      const NewTime *new_time, Visit **saved, GError **error);
/* One key: back to the state before the last recording; the mistake stays in history and log. New
 * visits and tasks which that recording made go too, unless something has come of them.
 * ERROR_INPUT when there is nothing to undo. */
gboolean visit_undo(Session *session, gint64 id, Visit **restored, GError **error);

/* Earlier states, newest first: Array of VisitVersion *. */
typedef struct {
    gint64 version;
    VisitOutcome outcome;
    gint64 replaced_ms;
    char *replaced_by; /* name */
} VisitVersion;
void visit_version_free(VisitVersion *version);
GPtrArray *visit_history(Session *session, gint64 id, GError **error);

/* Free times to propose for a new visit of the same length: the same weekday and time next week,
 * then days from tomorrow at the same time, where neither client nor staff has a visit; Saturdays
 * and Sundays only for a visit that is on one. At most `limit`, within four weeks; array of
 * NewTime. */
GArray *visit_propose(Session *session, const Visit *visit, int limit, GError **error);

/* For reading in many (exchange/): opens once, adds many, closes. Inside one transaction. The
 * caller has checked every field. */
typedef struct VisitBatch VisitBatch;
typedef enum {
    BATCH_ADDED,
    BATCH_COMPLETED /* outcome set on a planned one */,
    BATCH_DUPLICATE,
    BATCH_DIFFERS,
    BATCH_ERROR
} BatchResult;
VisitBatch *visit_batch_new(Session *session, gint64 import_id, GError **error);
/* How many are to come, before the first: where they are more than half of what is there, the
 * indexes are laid once at the end. Then the batch must be finished or the transaction undone. */
gboolean visit_batch_expect(VisitBatch *batch, gint64 visits, GError **error);
BatchResult visit_batch_add(VisitBatch *batch, const Visit *visit, GError **error);
/* Writes the counts gathered. */
gboolean visit_batch_finish(VisitBatch *batch, GError **error);
void visit_batch_free(VisitBatch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VisitBatch, visit_batch_free)
