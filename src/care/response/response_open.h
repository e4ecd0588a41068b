/* response_open.h: a response begun, opened and let go. */
#pragma once

#include "care/response/response_value.h"
#include "care/unit/session.h"
#include "form/answers.h"

/* Begins a response and holds it; keeps the form's version. `client_id` 0: an intake. PERMIT_WALK;
 * PERMIT_INTERVIEW for interviews and for an intake. The right to open the client's card.
 * `language` is that of the questions; NULL: the program's. */
Response *response_begin(Session *session, const Form *form, gint64 client_id,
                         const char *respondent, gint64 placement_id, const char *language,
                         GError **error);
/* One that was begun on laptop `node`, with the id that was drawn there: its answers come later
 * (laptop/homecoming_response.h). No permission is asked for: it opens to whoever may open the card. */
gboolean response_begin_away(Session *session, const Form *form, gint64 client_id,
                             const char *respondent, const char *language, gint64 node,
                             GError **error);
/* Opens one with its answers and the form as it was asked. To read only (`hold` FALSE), or to go on
 * (`hold` TRUE; an unfinished one only): ERROR_BUSY names a colleague who has opened it or answered
 * in it within ten minutes and has not left it, unless `take_over`. The same person always gets
 * it. An intake without a card, in which it has been said that the person has protected identity,
 * is closed (ERROR_DENIED) to all but who began it and who had it open last, and left out of lists
 * for all but them and those who may take it over. */
Response *response_open(Session *session, gint64 id, gboolean hold, gboolean take_over, Form **form,
                        Answers **answers, GError **error);
/* Opens such a closed intake to the signed-in person, and closes it to whoever had it last: for the
 * day when they are away. PERMIT_TAKE_CLOSED and PERMIT_INTERVIEW. `reason` is in words
 * (ERROR_INPUT without any) and stands with the take-over in the audit log. ERROR_BUSY while a
 * colleague is answering it. One that is open to the person already stays as it is, without a
 * trace. */
gboolean response_take_closed(Session *session, gint64 id, const char *reason, GError **error);
/* Lets go: a colleague may go on at once. One in which nothing was ever answered, noted, typed,
 * called or said about it, and that corrects nothing, is taken away (`dropped`): it was opened to
 * be looked at. */
gboolean response_release(Session *session, Response *response, GError **error);
/* The same for one that the signed-in person was cut off in and does not go on with now. `*dropped`
 * says whether it was taken away. Of a colleague's it does nothing. */
gboolean response_let_go(Session *session, gint64 id, gboolean *dropped, GError **error);
