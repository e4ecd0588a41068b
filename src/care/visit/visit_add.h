/* visit_add.h: single visits are planned, and taken away again. */
#pragma once

#include "care/unit/session.h"
#include "care/visit/visit.h"

/* Adds a single visit; fills in id. Must have client, date, start and minutes. */
gboolean visit_add(Session *session, Visit *visit, GError **error);
/* Takes away a planned visit that has no outcome (a mistake in planning). */
gboolean visit_remove(Session *session, gint64 id, GError **error);
