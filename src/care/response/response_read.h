/* response_read.h: lists of responses, and what was answered before. */
#pragma once

#include "care/response/response_value.h"
#include "care/unit/session.h"
#include "form/answers.h"

/* Those of the signed-in person that are neither completed nor given up, the latest first; of the
 * whole unit with `mine` FALSE. At most `limit`. For those with PERMIT_TAKE_CLOSED also the closed
 * ones of others, by form, who began it and when: nothing that was answered, not even the name.
 * Array of Response *. */
GPtrArray *response_unfinished(Session *session, gboolean mine, int limit, GError **error);
/* A window of the unit's, in the order they were begun, after `after` (NULL: from the first), at most
 * `limit`: those that response_unfinished() and response_of_client() show, of the clients whose card
 * may be opened. PERMIT_WALK. Array of Response *. */
GPtrArray *response_list(Session *session, const Response *after, int limit, GError **error);
/* All of a client's, the latest first, corrected ones too. PERMIT_WALK, and the right to open the
 * card; interviews, and intakes that began without a card, are left out for those without
 * PERMIT_INTERVIEW. Array of Response *. */
GPtrArray *response_of_client(Session *session, gint64 client_id, GError **error);
GPtrArray *response_of_placement(Session *session, gint64 placement_id, GError **error);

/* The value last given to this question: in the repetition before, else in the client's latest
 * completed response of the same form. New; NULL without error when there is none. */
char *response_value_before(Session *session, const Response *response, const Answers *answers,
                            const char *item, const char *instance, GError **error);
/* The client's latest completed response of `form` that has not been corrected, with its answers;
 * NULL without error when there is none. Not logged: for showing beside other work. */
Response *response_latest(Session *session, gint64 client_id, const char *form, Answers **answers,
                          GError **error);
