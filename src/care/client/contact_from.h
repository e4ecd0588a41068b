/* contact_from.h: what a note in the journal begins with, when it is about a visit, or about somebody who
 * rang. Pure: nothing is read. */
#pragma once

#include "care/client/contact_note.h"
#include "care/task/task.h"
#include "care/visit/visit.h"

/* How, when and with whom: of what was told beforehand by telephone or text, the telling; else the visit.
 * Of one that lies ahead: today, by telephone. New. */
ContactNote *contact_from_visit(const Visit *visit, Date today);
/* Who rang, when and what about, as they did; of a call that was agreed, whom it is to; of another task
 * with a client, that client. The call-back itself is the day's. NULL: it is about no client. New. */
ContactNote *contact_from_task(const Task *task);
