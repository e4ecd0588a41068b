/* visit_undo.h: what was recorded on a visit, taken back and recorded again. Every step stays in
 * history and log. */
#pragma once

#include "care/unit/session.h"
#include "care/visit/visit.h"

/* One key: back to the state before the last recording; the mistake stays in history and log. New
 * visits and tasks which that recording made go too, unless something has come of them.
 * ERROR_INPUT when there is nothing to undo. */
gboolean visit_undo(Session *session, gint64 id, Visit **restored, GError **error);
/* What the last undo took back is recorded again, with the new visits it had made; one undo after
 * the other, until something else is recorded. ERROR_INPUT when nothing has been taken back. */
gboolean visit_redo(Session *session, gint64 id, Visit **redone, GError **error);
