/* response.h: a form being answered about a client, and answered.
 *
 * Every answer is committed as it is given. Until it is completed a response is a draft: its
 * answers change without a trace, as on a pencilled sheet. A completed one is never changed: a
 * correction is a new response that begins with its answers and keeps it. Beginning, taking over,
 * opening a completed one, completing, correcting and giving up are written to the audit log.
 *
 * One person at a time answers: opening for answering draws a new holder, and whoever held it
 * before is told at the next save (ERROR_CONFLICT, naming who has it now), before anything is
 * written. */
#pragma once

#include "care/unit/session.h"
#include "form/answers.h"

typedef enum {
    MODE_NONE,
    MODE_PHONE,
    MODE_MEETING,
    MODE_CAR,
    MODE_POST,
    MODE_DIGITAL,
    MODE_COUNT
} ResponseMode;
const char *response_mode_code(ResponseMode mode); /* "phone"; stored; NULL for none */
const char *response_mode_name(ResponseMode mode); /* translated, "per telefon"; "" for none */
gboolean response_mode_parse(const char *code, ResponseMode *mode);

/* Why a response was not given (bortfall). */
typedef enum {
    NOT_DONE_NONE,
    NOT_DONE_DECLINED,    /* ville inte */
    NOT_DONE_CONFLICT,    /* konflikt med handläggaren */
    NOT_DONE_DISCONTENT,  /* missnöjd med placeringen */
    NOT_DONE_NOT_REACHED, /* ej nådd */
    NOT_DONE_NO_INTERPRETER,
    NOT_DONE_UNDER_7,
    NOT_DONE_NOT_ASKED, /* ej tillfrågad */
    NOT_DONE_MISTAKE,   /* begun by mistake */
    NOT_DONE_OTHER,
    NOT_DONE_COUNT
} NotDone;
const char *not_done_code(NotDone cause);
const char *not_done_name(NotDone cause); /* translated */
gboolean not_done_parse(const char *code, NotDone *cause);
/* Whether it can be the cause for a form with that `respondent`, of an interview (placement.h) or
 * of one that is filled in together ("client", NULL). `begun`: there is a response, which can have
 * been begun by mistake. */
gboolean not_done_fits(NotDone cause, const char *respondent, gboolean begun);

/* Where what is being typed belongs. Of a reason the first line is the reason itself, and what
 * follows is the answer that waits for it. */
typedef enum { TYPED_NOTHING, TYPED_ANSWER, TYPED_NOTE, TYPED_REASON } TypedIn;

typedef struct {
    gint64 id;
    gint64 client_id;    /* 0: an intake that has no card yet */
    gint64 staff_id;     /* who began it */
    gint64 placement_id; /* the placement that three respondents share; 0: none */
    gint64 corrects_id;  /* the response that this one corrects; 0: none */
    char *form;          /* name, "ubu-ungdom" */
    char *form_hash;     /* the version it was begun in */
    char *respondent;    /* "child", "parent", "case-officer", "client"; NULL: not said */
    char *language;      /* of the questions, "sv" */
    ResponseMode mode;
    gboolean interpreter;
    int minutes_used;            /* 0: not said */
    char *at_item, *at_instance; /* where one was; NULL: nowhere yet */
    int at_number;               /* of the question on paper; 0: nowhere yet, or at the end */
    gboolean held;               /* somebody has it open, or was cut off in it */
    gint64 held_by;              /* ... who; 0: nobody */
    TypedIn typed_in;
    char *typed; /* what stood in the field and is no answer yet; NULL: nothing */
    gint64 begun_ms, continued_ms;
    gint64 completed_ms; /* 0: not yet */
    NotDone not_done;
    char *not_done_words; /* NULL: none */
    gboolean corrected;   /* a later completed response corrects it */
    gboolean closed;      /* only seen to be there: response_take_closed() opens it */
    gboolean dropped;     /* taken away by response_release() */
    char *title;          /* of the form, Swedish: form_text(title) is shown */
    char *subject;        /* client's name, or the name given in an intake; NULL: not yet */
    char *staff_name;
    gint64 holder, saves; /* private */
} Response;
void response_free(Response *response);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Response, response_free)

/* The form `name` in force (the unit's own before the shipped one), for beginning. Loaded anew at
 * each call; ERROR_INPUT with file, line and remedy where the unit's own is faulty. */
Form *response_form(Session *session, const char *name, GError **error);
/* Whether the file of the form `name` in force is to the byte the one that `form` was made from:
 * told without loading it. FALSE too where it cannot be read. */
gboolean response_form_is_same(Session *session, const char *name, const Form *form);
/* The names of all forms that can be walked, kind FORM_KIND_WALK and FORM_KIND_INTERVIEW: shipped
 * and the unit's own, by title in Swedish order. Array of Form *. One that is faulty is left out,
 * and a sentence about it appended to `faults` (char *; may be NULL). */
GPtrArray *response_forms(Session *session, GPtrArray *faults, GError **error);

/* Begins a response and holds it; keeps the form's version. `client_id` 0: an intake. PERMIT_WALK;
 * PERMIT_INTERVIEW for interviews and for an intake. The right to open the client's card. */
Response *response_begin(Session *session, const Form *form, gint64 client_id,
                         const char *respondent, gint64 placement_id, GError **error);
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

/* Those of the signed-in person that are neither completed nor given up, the latest first; of the
 * whole unit with `mine` FALSE. At most `limit`. For those with PERMIT_TAKE_CLOSED also the closed
 * ones of others, by form, who began it and when: nothing that was answered, not even the name.
 * Array of Response *. */
GPtrArray *response_unfinished(Session *session, gboolean mine, int limit, GError **error);
/* All of a client's, the latest first, corrected ones too. PERMIT_WALK, and the right to open the
 * card; interviews, and intakes that began without a card, are left out for those without
 * PERMIT_INTERVIEW. Array of Response *. */
GPtrArray *response_of_client(Session *session, gint64 client_id, GError **error);
GPtrArray *response_of_placement(Session *session, gint64 placement_id, GError **error);

/* Commits one answer (value, note and reason as they stand in `answers`; nothing there: the row
 * goes), where one is after it (at_item, at_instance and at_number of `response`; the question
 * itself where at_item is NULL) and the subject; what was being typed is gone with it. Returns the
 * moment of saving in ms; 0 with `error`, and then the database is as it was. */
gint64 response_save(Session *session, Response *response, const Answers *answers, const char *item,
                     const char *instance, GError **error);
/* The same for every answer: when repetitions have moved. */
gint64 response_save_all(Session *session, Response *response, const Answers *answers,
                         GError **error);
/* Commits what is being typed and where (typed, typed_in and the at_ fields of `response`). */
gint64 response_save_typed(Session *session, Response *response, GError **error);
/* Commits mode, language, interpreter, time used, subject, client_id and where one is. */
gint64 response_save_head(Session *session, Response *response, GError **error);

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

/* The value last given to this question: in the repetition before, else in the client's latest
 * completed response of the same form. New; NULL without error when there is none. */
char *response_value_before(Session *session, const Response *response, const Answers *answers,
                            const char *item, const char *instance, GError **error);
/* The client's latest completed response of `form` that has not been corrected, with its answers;
 * NULL without error when there is none. Not logged: for showing beside other work. */
Response *response_latest(Session *session, gint64 client_id, const char *form, Answers **answers,
                          GError **error);

/* --- calls ------------------------------------------------------------------------------------ */

typedef enum {
    CALL_REACHED,
    CALL_NO_ANSWER,
    CALL_BUSY,
    CALL_WRONG_NUMBER,
    CALL_LATER, /* wants to be called at another time */
    CALL_COUNT
} CallResult;
const char *call_result_code(CallResult result);
const char *call_result_name(CallResult result); /* translated */

typedef struct {
    gint64 at_ms; /* set by call_add */
    char *who;    /* name; set when read */
    CallResult result;
    Date back_date; /* DATE_NONE: no call-back agreed */
    int back_time;  /* minute of the day; -1: any time */
    char *note;     /* NULL: none */
} Call;
void call_free(Call *call);
/* Notes a call. With a day to call back the response's open call-back task moves there, or one is
 * made, which opens the response at the question where it is; CALL_REACHED without such a day
 * closes it. One transaction. */
gboolean call_add(Session *session, Response *response, const Call *call, GError **error);
/* The latest first. Array of Call *. */
GPtrArray *call_list(Session *session, gint64 response_id, GError **error);
