/* mandate.h: before the mandate of a client's god man, trustee or agent ends, somebody asks whether
 * there shall be a new one. The day stands on the card (Client.mandate_to), from the intake or as
 * it is written there. */
#pragma once

#include "base/date.h"
#include "care/unit/session.h"

/* An application to the court or the chief guardian takes weeks: six before the end, but not before
 * today. Pure. */
Date mandate_due(Date ends, Date today);
/* What a task says of a mandate; `who` NULL: not known. In the language of the record. New. */
char *mandate_note(const char *who, Date ends);
/* That a task is about the mandate that ends on `ends`, so that it follows when the day is changed.
 * Inside a transaction. */
gboolean mandate_mark(Session *session, gint64 task_id, Date ends, GError **error);
/* The day on the card has become another: the open tasks about it follow, are done where there is
 * no day any more, and one is made where there is none, for `officer` (0: whoever can). Inside the
 * transaction of the card. */
gboolean mandate_follow(Session *session, gint64 client_id, gint64 officer, Date before, Date after,
                        GError **error);
