/* completion_client_private.h: what a response makes of the client's card. */
#pragma once

#include "care/completion/completion_step_private.h"

/* Changes the card or makes it; sets client_id, the officers and the worker. A form that knows no
 * name leaves client_id 0. */
gboolean completion_card(Completion *completion, GError **error);
