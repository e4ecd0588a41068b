/* draft.h: what somebody was typing and has not finished. Saved while it is typed (after every
 * choice, and of a text when the keys rest), so a kill, a hang-up or a lock loses
 * nothing; offered again at the next start. */
#pragma once

#include "care/unit/session.h"

typedef struct {
    char *kind;    /* "cancellation", "client", … */
    gint64 ref_id; /* the row it is about; 0 for a new one */
    char *body;    /* JSON, the screen's own */
    gint64 saved_ms;
} Draft;
void draft_free(Draft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Draft, draft_free)

/* Draft.kind of a cancellation begun; its ref_id is the visit's. visit_record() drops it. */
#define DRAFT_CANCELLATION "cancellation"

/* One draft per person, kind and row. Committed when it returns TRUE. */
gboolean draft_save(Session *session, const char *kind, gint64 ref_id, const char *body,
                    GError **error);
/* NULL without error when there is none. */
Draft *draft_load(Session *session, const char *kind, gint64 ref_id, GError **error);
gboolean draft_drop(Session *session, const char *kind, gint64 ref_id, GError **error);
/* The signed-in person's drafts, newest first. Array of Draft *. */
GPtrArray *draft_list(Session *session, GError **error);
