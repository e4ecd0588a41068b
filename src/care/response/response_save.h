/* response_save.h: what is answered, committed as it is given. */
#pragma once

#include "care/response/response_value.h"
#include "care/unit/session.h"
#include "form/answers.h"

/* Whether it has been said in the answers that the person has protected identity: any value but
 * "none" to a question mapped to client.protection, in doubt also one that no longer applies. Pure.
 */
gboolean response_says_protected(const Form *form, const Answers *answers);

/* Commits one answer (value, note and reason as they stand in `answers`; nothing there: the row
 * goes), what `form` makes of the answers (is_protected), where one is after it (at_item,
 * at_instance and at_number of `response`; the question itself where at_item is NULL) and the
 * subject; what was being typed is gone with it. Returns the moment of saving in ms; 0 with
 * `error`, and then the database is as it was. */
gint64 response_save(Session *session, Response *response, const Form *form, const Answers *answers,
                     const char *item, const char *instance, GError **error);
/* The same for every answer: when repetitions have moved. */
gint64 response_save_all(Session *session, Response *response, const Form *form,
                         const Answers *answers, GError **error);
/* Commits what is being typed and where (typed, typed_in and the at_ fields of `response`). */
gint64 response_save_typed(Session *session, Response *response, GError **error);
/* Commits where one is and nothing else: it counts as looking, not as a change (continued_ms). */
gboolean response_save_place(Session *session, Response *response, GError **error);
/* Commits mode, language, interpreter, time used, subject, client_id and where one is. */
gint64 response_save_head(Session *session, Response *response, GError **error);
