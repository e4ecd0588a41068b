/* decision_import.h: decisions that come from a case system's file. */
#pragma once

#include "care/completion/decision_rows.h"

/* What became of one. */
typedef enum {
    DECISION_ADDED,
    DECISION_THERE,   /* in every part that the file says */
    DECISION_DIFFERS, /* it is there and says something else, and stays as it is */
} DecisionCame;

typedef struct {
    Decision *decision; /* as decision_rows_take() has it */
    gboolean says[DECISION_ROW_COUNT];
    DecisionCame came; /* filled in, and: */
    DecisionRow differs;
} DecisionLine;

/* All that a file says of one client, as decision_enter() inside the transaction of the reading in;
 * but what follows, follows of the one alone that was decided upon last: an old decision is looked
 * at no more. One is there already when one of the same kind, support and day of decision is, and
 * where there are several such, of the same first day. `lines`: array of DecisionLine *, which are
 * put into the order they were decided. FALSE on error alone. PERMIT_IMPORT, and the right to open
 * the card, which the caller has asked. */
gboolean decision_add_from_file(Session *session, gint64 client_id, GPtrArray *lines,
                                GError **error);
