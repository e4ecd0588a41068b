/* laptop_mark.h: what a database says of itself that is a part of a unit, away on a laptop
 * (care/laptop/laptop.h). It opens until a day, and no more once it has come home. That is an order
 * of this program: whoever has file, key file and passphrase, and sets the clock back before
 * anything newer stands in its log, reads it still (doc/security.md). */
#pragma once

#include "care/unit/session.h"

/* Marks a new one, of the unit with that id, as not ready yet; and as ready, once home knows of it.
 * Inside a transaction. */
gboolean laptop_mark(Session *made, const char *home_id, Date until, GError **error);
gboolean laptop_mark_ready(Session *made, GError **error);
/* All of it has come home. Inside a transaction. */
gboolean laptop_mark_home(Session *laptop, GError **error);
/* The id of the unit that it is a part of; new. */
char *laptop_mark_home_id(Session *laptop, GError **error);

/* For whoever signs in: that it is one, and until when. Translated, new; NULL: it is none. */
char *laptop_mark_tell(Session *session);
/* At opening: sets what session.h says of it. `coming_home`: it is opened for nothing
 * but that, which may always be. ERROR_DENIED where its time is over or it is home, ERROR_CORRUPT
 * where its making was broken off. */
gboolean laptop_mark_read(Session *session, gboolean coming_home, GError **error);
