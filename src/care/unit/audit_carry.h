/* audit_carry.h: the log of a computer that was away comes home. What was done and read there
 * stands behind the unit's own log, under the node of that computer, and the unit's own tells how
 * far it goes (audit_carried_private.h). The lists of who has opened what then show both, in order
 * of time. */
#pragma once

#include "care/unit/session.h"

/* Appends to the log of `home` what that of `away` has that has not come home yet; `*entries` gets
 * how many, and 0 is no error: what has come home may come again. In a transaction of its own, or
 * in that of the caller. The log of `away` is proved whole first, and held against what came home
 * before. ERROR_CORRUPT: it is not whole, or another than came home before, or an older one that
 * was put back; ERROR_INPUT: it is the unit's own. Nothing is taken in then. */
gboolean audit_carry_home(Session *home, Session *away, gint64 *entries, GError **error);
