/* response_end.h: a response completed, corrected, given up, taken up again. */
#pragma once

#include "care/response/response_value.h"
#include "care/unit/session.h"
#include "form/answers.h"

/* Completes: answers that have fallen away are dropped, those left are carried into the client's
 * data and tasks (completion.h), the corrected one is marked so. One transaction. The caller has
 * seen to it that nothing required is missing (walk_open_points()). */
gboolean response_complete(Session *session, Response *response, const Form *form, Answers *answers,
                           GError **error);
/* A new draft, held, with the answers of a completed one, which is kept. ERROR_EXISTS when a
 * correction has been begun already. */
Response *response_correct(Session *session, gint64 id, GError **error);
/* Gives it up, with its cause and words (may be NULL): what has been answered is kept. For a
 * respondent who was never asked response_begin() comes first. */
gboolean response_give_up(Session *session, Response *response, NotDone cause, const char *words,
                          GError **error);
/* Opens a given-up one again (they rang back after all). */
gboolean response_take_up(Session *session, gint64 id, GError **error);
