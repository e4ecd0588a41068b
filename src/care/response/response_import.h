/* response_import.h: responses that come from a file. */
#pragma once

#include "care/placement/placement.h"
#include "care/response/response_value.h"
#include "care/unit/session.h"
#include "form/answers.h"

typedef enum {
    RESPONSE_ADDED,
    RESPONSE_THERE,   /* the same is there already */
    RESPONSE_DIFFERS, /* one of that form, client and minute is there with other answers; it stays
                       */
    RESPONSE_ERROR,
} ResponseFromFile;

/* What keeps the answers from being answers to the form: a question that it has not, or a value of
 * another kind. A new sentence, and whose answer it is; NULL: nothing. Pure. */
char *response_wrong_answer(const Form *form, const Answers *answers, const Answer **wrong);

/* Adds a response as it stands (who began it, when, completed or given up when), inside the
 * transaction of the reading in; its id is set, also to that of one that is there. `nth`: which of
 * those of that form, client and minute it is in the file, from 1. What completing carries into the
 * card and the tasks is not done again. `placement` (NULL: none is said) is the one it follows up:
 * it is found, or added, for a response that is, and its follow-up by that respondent is settled;
 * one that is there with another, or none, differs. PERMIT_IMPORT and PERMIT_WALK; PERMIT_INTERVIEW
 * for interviews and for an intake without a card; the right to open the card. */
ResponseFromFile response_add_from_file(Session *session, Response *response, Placement *placement,
                                        const Form *form, const Answers *answers, int nth,
                                        GError **error);
