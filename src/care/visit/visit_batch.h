/* visit_batch.h: many visits read in from a file. */
#pragma once

#include "care/unit/session.h"
#include "care/visit/visit.h"

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
/* A visit that was made by what came of the one added last, by way of its alternative: it stands in
 * (meeting.h). Nothing that is there is compared with it. BATCH_ADDED or BATCH_ERROR. */
BatchResult visit_batch_add_instead(VisitBatch *batch, const Visit *visit, GError **error);
/* Writes the counts gathered. */
gboolean visit_batch_finish(VisitBatch *batch, GError **error);
/* Reads what the `clients` (at most ID_PAGE) have on those days, so that their rows, which come next,
 * need not be asked for one by one. */
gboolean visit_batch_look_ahead(VisitBatch *batch, const gint64 *clients, guint count, Date from,
                                Date to, GError **error);
void visit_batch_free(VisitBatch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VisitBatch, visit_batch_free)
