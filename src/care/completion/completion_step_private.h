/* completion_step_private.h: one completion, as each of its steps sees it (card, consents,
 * decision, series, tasks).
 *
 * A correction has two mappings, its own and that of the response it corrects: only what differs
 * between them is changed, so that what was done by hand since then stays. */
#pragma once

#include "care/completion/completion_mapping_private.h"
#include "care/response/response_value.h"
#include "care/unit/session.h"

typedef struct {
    Session *session;
    const Response *response;
    const Mapping *now;
    const Mapping *before; /* of the response that is corrected; NULL: it corrects none */
    gint64 client_id;
    gboolean closed; /* the client's help has ended (client/closing.h): no clock begins */
    gint64 officer_before, officer; /* the client's case officer before and after; 0: none */
    gint64 worker_before, worker;   /* and support worker */
} Completion;
