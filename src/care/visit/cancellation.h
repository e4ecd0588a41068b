/* cancellation.h: what is answered about a visit that was not kept: which questions belong to the
 * outcome, which come next, what an answer brings with it, and the draft. The full screen and the
 * plain lines both ask by it. */
#pragma once

#include "care/visit/visit.h"

/* In the order they are asked. */
typedef enum {
    ASK_OUTCOME,
    ASK_BY,
    ASK_TOLD,
    ASK_NOTICE,
    ASK_CAUSE,
    ASK_FURTHER,
    ASK_SOURCE,
    ASK_OFFER,
    ASK_TAKEN,
    ASK_NEW_TIME,
    ASK_SAVE, /* all is answered */
} CancelAsk;
#define ASK_COUNT ASK_SAVE

typedef struct {
    VisitOutcome outcome;
    gboolean answered[ASK_COUNT];
    gboolean offers_help; /* the cause asks at once what could be done instead */
    VisitTimes times;     /* a new time; when the alternative is carried out */
} CancelAnswers;
void cancel_answers_init(CancelAnswers *answers);
void cancel_answers_clear(CancelAnswers *answers);

/* Sets the outcome and what follows from it: who declines on site is the person, who cancels for
 * the unit is the unit. */
void cancel_answer_outcome(CancelAnswers *answers, Outcome outcome);
/* Who called the visit off; where it was the unit, that is the outcome too. */
void cancel_answer_by(CancelAnswers *answers, CancelledBy by);
/* Sets the cause; it is the word of whoever told it, the staff's where nobody did. */
void cancel_answer_cause(CancelAnswers *answers, const char *code, gboolean offers_help);

/* Whether what was offered was taken. */
typedef enum {
    CANCEL_TAKEN_NO,
    CANCEL_TAKEN_YES,
    CANCEL_TAKEN_ALREADY, /* it has been carried out: the visit took place, but otherwise */
} CancelTaken;
/* `instead`: when it is carried out, of CANCEL_TAKEN_YES alone. What has been carried out already
 * is the visit itself, as if OUTCOME_DONE_OTHERWISE had been answered at once (D6: one way). */
void cancel_answer_taken(CancelAnswers *answers, CancelTaken taken, const NewTime *instead);

/* The item of avbokning.yaml that a question is; NULL where it is the program's own (taken or not)
 * or is not in the file. Owned by the session. */
const FormItem *cancel_item(Session *session, CancelAsk ask);
/* What is asked, in the program's language: the item's text, or one that fits what is answered; ""
 * where there is none. */
const char *cancel_question(const CancelAnswers *answers, CancelAsk ask, const FormItem *item);
/* What explains a question; NULL where nothing does. */
const char *cancel_help(CancelAsk ask, const FormItem *item);
/* Whether an option of the question's item can be chosen: that a visit took place is said
 * elsewhere; the unit's causes are for what the unit cancelled; the further cause is another one.
 */
gboolean cancel_is_offered(const CancelAnswers *answers, CancelAsk ask, const FormOption *option);
/* The code that stands as the answer; NULL: none, or not a choice. */
const char *cancel_code(const CancelAnswers *answers, CancelAsk ask);
/* Answers a question of the form with one of its options, and what follows from it. */
void cancel_answer(CancelAnswers *answers, CancelAsk ask, const FormOption *option);
/* After another outcome: a cause that no longer belongs to it goes. */
void cancel_check_cause(Session *session, CancelAnswers *answers);
/* "30/11 14:15", "fre", "14.30": a day, a time, or both, as a new time for the visit; what is not
 * said is as it was. FALSE when it is not understood. */
gboolean cancel_parse_time(const char *typed, const Visit *visit, NewTime *time);

/* The same with a length, for what is carried out instead: "14:15 20 min", "fre 10 1:30". */
gboolean cancel_parse_instead(const char *typed, const NewTime *proposed, NewTime *time);
/* The times to record: those that apply. */
VisitTimes cancel_times(const CancelAnswers *answers);

/* Whether the question has a meaning for what is answered so far. */
gboolean cancel_applies(const CancelAnswers *answers, CancelAsk ask);
/* The next question that must be asked, after `from` (ASK_OUTCOME - 1: from the first), passing
 * over what is answered, does not apply, or is only answered when somebody goes there. */
CancelAsk cancel_next(const CancelAnswers *answers, int from);
/* One step among the questions that apply, forward (1) or back (-1). */
CancelAsk cancel_step(const CancelAnswers *answers, CancelAsk from, int step);

/* What is saved: the answers that apply, the others left out. The caller clears `outcome`. */
void cancel_outcome(const CancelAnswers *answers, VisitOutcome *outcome);

/* The draft: JSON, and back. `version` is the visit's that the answers were begun on. */
char *cancel_draft_write(const CancelAnswers *answers, gint64 version);
/* FALSE when the text is none of ours; `answers` must be initialised and is then untouched. */
gboolean cancel_draft_read(const char *text, CancelAnswers *answers, gint64 *version);
