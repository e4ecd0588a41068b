/* task_import.h: tasks that come from a file. */
#pragma once

#include "care/task/task.h"

/* Adds an open task, inside the transaction of the reading in. `task->visit_date` and visit_start
 * name the visit that it is about (DATE_NONE: none). `nth`: which of those it is that are alike in
 * the file, from 1; `*is_new` FALSE: so many, open or done, are there already. PERMIT_IMPORT, and
 * the right to open the card. ERROR_INPUT with the reason why it cannot be taken. */
gboolean task_add_from_file(Session *session, Task *task, int nth, gboolean *is_new,
                            GError **error);
