/* response_answers_private.h: the answers of a response as they lie in the database. For the files
 * of care; nobody is asked for a permission here. */
#pragma once

#include "care/unit/session.h"
#include "form/answers.h"

/* NULL with `error`. */
Answers *response_read_answers(Session *session, gint64 id, GError **error);
/* Writes one answer; a row that is as it should be stays untouched. Inside a transaction. */
gboolean response_write_answer(Session *session, gint64 id, const Answer *answer, gint64 now,
                               GError **error);
/* Inside a transaction. */
gboolean response_delete_answer(Session *session, gint64 id, const char *item, const char *instance,
                                GError **error);
/* Makes the rows those of `answers`; what is there already stays untouched. Inside a transaction.
 */
gboolean response_write_answers(Session *session, gint64 id, const Answers *answers, gint64 now,
                                GError **error);
