/* completion_consents_private.h: the consents that a response gives or refuses. */
#pragma once

#include "care/client/consent.h"
#include "care/completion/completion_step_private.h"

/* A consent with the place in the form that it came from. */
typedef struct {
    Consent *consent; /* id 0 */
    char *item;       /* the group, or the question where it stands alone */
    char *instance;
} WantedConsent;
void wanted_consent_free(WantedConsent *wanted);
/* Array of WantedConsent *. */
GPtrArray *mapping_consents(const Mapping *mapping);
gboolean completion_consents(const Completion *completion, GError **error);
