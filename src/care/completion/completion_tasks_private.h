/* completion_tasks_private.h: what somebody has to do, and by when, after a form. */
#pragma once

#include "care/completion/completion_step_private.h"

gboolean completion_tasks(const Completion *completion, GError **error);
