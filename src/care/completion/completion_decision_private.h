/* completion_decision_private.h: the decision that a response tells of. */
#pragma once

#include "care/client/decision.h"
#include "care/completion/completion_step_private.h"

/* NULL: none is asked for. */
Decision *mapping_decision(const Mapping *mapping);
gboolean completion_decision(const Completion *completion, GError **error);

#define PRE_ASSESSMENT "pre-assessment" /* decision.kind: förhandsbedömning */
