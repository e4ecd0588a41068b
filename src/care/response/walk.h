/* walk.h: one response while it is walked through: form, answers, what is asked next, where one is.
 * The full screen and the plain lines both drive this, so they save the same.
 *
 * Nothing is shown as answered before it is committed: every function that changes something
 * commits it first and then moves the state, and on failure leaves both as they were. A walk holds
 * no session: it outlives a lock, and is given the session anew. */
#pragma once

#include "care/response/response.h"
#include "form/flow.h"

typedef struct Walk Walk;

/* Begins the form `name` (response_begin), its questions in `language` (NULL: the program's). */
Walk *walk_begin(Session *session, const char *name, gint64 client_id, const char *respondent,
                 gint64 placement_id, const char *language, GError **error);
/* Goes on with an unfinished one where it stopped, text included; errors as response_open(). */
Walk *walk_open(Session *session, gint64 response_id, gboolean take_over, GError **error);
/* Opens a completed or given-up one to be read: nothing can be changed. Logged. */
Walk *walk_read(Session *session, gint64 response_id, GError **error);
/* A correction of a completed one. */
Walk *walk_correct(Session *session, gint64 response_id, GError **error);
/* Lets the response go and frees. `session` may be NULL or another person's: then it is only freed.
 * TRUE when nothing had been said in it and it was taken away (response_release()). */
gboolean walk_close(Walk *walk, Session *session);

const Response *walk_response(const Walk *walk);
const Form *walk_form(const Walk *walk);
const Answers *walk_answers(const Walk *walk);
const Flow *walk_flow(const Walk *walk);
gboolean walk_is_read_only(const Walk *walk);
gint64 walk_saved_ms(const Walk *walk); /* when the database last took something; 0: not yet */
/* What has changed in the form in force since this version was begun: sentences (char *), or NULL
 * when it is the same version. Owned by the walk. */
const GPtrArray *walk_form_changes(const Walk *walk);

/* Whether the program knows the answer itself (FormItem.known): from the identity number, the card
 * or the placement. It stands among the answers and is committed with the next one; nobody is led
 * to the question, and it cannot be answered otherwise. FALSE of one that is only read. */
gboolean walk_knows(const Walk *walk, const FormItem *item);
/* What had been answered otherwise than the program knows it when this was opened: sentences
 * (char *). Owned by the walk. */
const GPtrArray *walk_contradictions(const Walk *walk);

/* A text of the form in the walk's language, fills filled in. New; NULL for NULL. */
char *walk_text(const Walk *walk, const char *text);
/* What is shown beside a question while it is answered (FormItem.beside): the answers to those
 * questions, one line each, those of a repeating group one line a repetition, and the time of day.
 * New; NULL where the question has none. */
char *walk_beside(const Walk *walk, const FormItem *item);
/* What the client says is wrong in the form, or in one that it corrects, among `disputes`
 * (dispute_of_client()); `field` as dispute_beside(). New; NULL: nothing. */
char *walk_disputed(const Walk *walk, const GPtrArray *disputes, const char *field);
/* The same of the question where a correction is, as it was when this was opened, in a sentence. */
char *walk_disputed_here(const Walk *walk);
/* Whether answers to the question are kept out of sight until they are asked for: the address
 * (client.address) of somebody with protected identity, by their card or by what has been answered
 * in this form. A card shows the telephone and hides the address, and so does a form. It stands in
 * the way of eyes only: what is being typed is seen, and what is stored is stored. */
gboolean walk_is_hidden(const Walk *walk, const FormItem *item);
/* An answer read aloud in the walk's language; "hidden" of one that is, "" for none. New. */
char *walk_value_text(const Walk *walk, const FormItem *item, const Answer *answer);
/* The same for somebody who has asked for what is hidden. */
char *walk_value_shown(const Walk *walk, const FormItem *item, const Answer *answer);

/* Where one is: an index into the flow, always of a question; flow_count() is the overview at the
 * end. */
int walk_index(const Walk *walk);
const FlowStep *walk_step(const Walk *walk);      /* NULL at the overview */
const Answer *walk_answer_here(const Walk *walk); /* NULL: none, or at the overview */
gboolean walk_at_end(const Walk *walk);
/* Where one is has not been committed: the next answer does that, walk_type() or walk_close(). */
gboolean walk_has_moved(const Walk *walk);
/* The next question (1) or the one before (-1) that somebody is to be asked, so none that is known;
 * `index` may be -1 or flow_count(). -1 at the end. */
int walk_next(const Walk *walk, int index, int direction);
/* Whether one is at the first of them, and whether anything has been answered by anybody. */
gboolean walk_at_start(const Walk *walk);
gboolean walk_is_begun(const Walk *walk);
/* Goes there. `index` from -1 (first question) to flow_count(). What
 * is being typed must have been answered or taken back before. */
gboolean walk_go(Walk *walk, Session *session, int index, GError **error);
gboolean walk_forward(Walk *walk, Session *session,
                      GError **error);                            /* next question, or overview */
gboolean walk_back(Walk *walk, Session *session, GError **error); /* at the first: stays */
/* The next unanswered question, round; to the overview when all are answered. */
gboolean walk_to_unanswered(Walk *walk, Session *session, GError **error);

typedef enum {
    WALK_SAVED,    /* committed */
    WALK_REFUSED,  /* not understood, or against a constraint: `sentence` says what to do */
    WALK_DOUBTFUL, /* against a warning: `sentence` asks; give a reason to go on, or another answer
                    */
    WALK_FAILED,   /* `error`: the database did not take it; nothing has changed */
} WalkResult;
/* Answers the question where one is. `value` as stored (answers.h; flow_parse() makes it from what
 * is typed); `reason` overrides a warning, NULL gives none. Does not move on. `sentence` gets a new
 * text, NULL when all is well. */
WalkResult walk_answer(Walk *walk, Session *session, const char *value, const char *reason,
                       char **sentence, GError **error);
/* The same from what was typed or from a key, in any language. */
WalkResult walk_answer_typed(Walk *walk, Session *session, const char *typed, const char *reason,
                             char **sentence, GError **error);
/* Vet ej, vill inte svara, inte ställd; ANSWER_NONE takes the answer back. */
gboolean walk_answer_kind(Walk *walk, Session *session, AnswerKind kind, GError **error);
/* Says of every question without an answer that it was not asked. How many there were; -1 on error.
 */
int walk_rest_not_asked(Walk *walk, Session *session, GError **error);
/* What the answer becomes when the option is chosen: of a question with several answers it is put
 * there or taken away, and an exclusive one stands alone. New; NULL when none is left. */
char *walk_toggle(const Walk *walk, const FormOption *option);
gboolean walk_note(Walk *walk, Session *session, const char *note, GError **error);
/* The answer given to this question before (response_value_before), else what the form proposes
 * (FormItem.initial). New; NULL: none. */
char *walk_value_before(Walk *walk, Session *session, GError **error);

/* What is proposed here while nothing is answered: FormItem.initial, or where that is "=linkId"
 * what was answered there, as it is read: in the repetition of whom has been chosen above in this
 * one, as a role is that of its person, else in the same repetition. New; NULL: nothing. */
char *walk_proposal(const Walk *walk);

/* Commits what stands in the field and is no answer yet; `text` NULL or "" when nothing does. Costs
 * nothing when nothing has changed. */
gboolean walk_type(Walk *walk, Session *session, TypedIn in, const char *text, GError **error);
/* What stood in the field when it was last committed, for opening; NULL: nothing. */
const char *walk_typed(const Walk *walk, TypedIn *in);

/* The repeating group that one is in; NULL: none. */
const FormItem *walk_group(const Walk *walk);
/* The repeating group that ends right before this question, so that one more of it may be asked
 * for: the question before is its last, and this one is in none, or the first of another that has
 * nothing in it yet, so that more of that one would mean nothing. NULL: none. */
const FormItem *walk_group_ended(const Walk *walk);
/* Goes back to its last question. */
gboolean walk_back_into_group(Walk *walk, Session *session, GError **error);
int walk_repetition(const Walk *walk);  /* of it, from 1 */
int walk_repetitions(const Walk *walk); /* of it in all */
/* One more, and goes to its first question. FALSE without error at ANSWERS_REPETITIONS_MAX. */
gboolean walk_add_repetition(Walk *walk, Session *session, GError **error);
/* Takes the one where one is away, answers and all; the one before has the cursor then. */
gboolean walk_remove_repetition(Walk *walk, Session *session, GError **error);

gboolean walk_set_language(Walk *walk, Session *session, const char *language, GError **error);
gboolean walk_set_mode(Walk *walk, Session *session, ResponseMode mode, GError **error);
gboolean walk_set_interpreter(Walk *walk, Session *session, gboolean interpreter, GError **error);
gboolean walk_set_minutes(Walk *walk, Session *session, int minutes, GError **error);
/* Ties an intake to a client who is there already. */
gboolean walk_set_client(Walk *walk, Session *session, gint64 client_id, GError **error);

/* Notes a call (call_add). */
gboolean walk_call(Walk *walk, Session *session, const Call *call, GError **error);

/* What stands in the way of completing, in the form's order. */
typedef struct {
    int index;      /* of the question in the flow */
    gboolean hard;  /* must be mended; else it only asks for a reason */
    char *sentence; /* what to do */
} OpenPoint;
/* What is wrong with the identity number that answers the question at `index`, so that no card can
 * take it; NULL: nothing, or it is another kind of question. Translated. */
const char *walk_number_fault(const Walk *walk, int index);
/* Array of OpenPoint (GArray with a clear function). Empty: it can be completed. In an interview
 * every question that applies must have an answer, if only that it was not asked, and one at least
 * another. */
GArray *walk_open_points(const Walk *walk);
/* How many answers have fallen away and are dropped at completion. */
int walk_fallen_away(const Walk *walk);
/* Completes; refused with ERROR_INPUT while there are open points. Read only from then on. */
gboolean walk_complete(Walk *walk, Session *session, GError **error);
gboolean walk_give_up(Walk *walk, Session *session, NotDone cause, const char *words,
                      GError **error);
