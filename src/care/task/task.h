/* task.h: everything with a date someone must keep (Att göra). */
#pragma once

#include "base/date.h"
#include "care/task/task_kind.h"
#include "care/unit/session.h"
#include "care/visit/visit.h"

/* What the program writes on a card or a task stands in Swedish, the language of authorities
 * (språklagen 2009:600, 10 §), in whatever language the form was walked: a correction in another
 * one finds it again. */
#define RECORD_LANGUAGE "sv"

typedef struct {
    gint64 id;
    TaskKind kind;
    gint64 client_id, visit_id, staff_id; /* 0: none; staff 0: the whole unit */
    Date due_date;
    int due_time; /* -1: any time */
    char *note;
    gint64 response_id;             /* the response that it came from, or opens; 0: none */
    gboolean response_completed;    /* ... which can only be read by now; read beside it */
    char *item, *instance;          /* the question it came from, or opens at; NULL: none */
    gint64 placement_id;            /* 0: none */
    gint64 absence_id;              /* of TASK_RETURN, and of TASK_FOLLOW_UP after a closing */
    char *away; /* why, as absence.h has it; read beside it; NULL */
    char *contact, *contact_phone;  /* whom to call back, where that is not the client; NULL */
    gint64 created_ms, done_ms;     /* done_ms 0: open */
    char *client_name, *staff_name; /* read beside it; may be NULL */
    char *subject; /* the name given in the intake that it is about, while there is no card; never of one where
                    * it has been said that the person is protected. Read beside it; NULL */
    char *phone; /* to call: the contact's where there is one, else the client's; never the client's
                  * in the stead of somebody else's, nor a protected one. Read beside it; NULL */
    gint64 came_ms;  /* of somebody who rang (call_request.h), read beside it; 0: none */
    int reminders;   /* how often they have rung again since */
    Date visit_date; /* of the visit, read beside it; DATE_NONE */
    int visit_start;
} Task;
Task *task_new(void);
void task_free(Task *task);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Task, task_free)

/* Which of the open ones: all where it is zeroed. */
typedef struct {
    gboolean mine; /* the signed-in person's, those of nobody, and of whom they cover for today */
    /* Each of its first three words begins a name of whom it is about, the colleague or the kind (in
     * words), is the day as people type one ("fre", "27/11"), or says that it is overdue. May be
     * NULL. */
    const char *words;
} TaskFilter;

/* What is to be done, in a line: "Follow up: how the new times work", "Interview: Child", "New time
 * for Mon 23/11 10:00"; of one of their own (TASK_OTHER) the note alone. Translated. New. */
char *task_words(const Task *task);

/* Whom it is about: the client, or whoever an intake is begun for. NULL: nobody is named. */
const char *task_about(const Task *task);

/* A task about somebody with protected identity is for whoever it was given to and for those who
 * may open the card, or the intake while there is no card (response.h). Others see in a list that
 * it is there, without its note, and can neither finish, move nor reopen it: ERROR_DENIED, and
 * logged as "denied".
 *
 * Open tasks by due date and time (those of any time last), after `after`, at most `limit`. Array
 * of Task *. */
GPtrArray *task_list(Session *session, TaskFilter filter, const Task *after, int limit,
                     GError **error);
/* Open ones in all, and those due before or on `today`. */
gboolean task_count(Session *session, TaskFilter filter, Date today, gint64 *open, gint64 *due,
                    GError **error);
gboolean task_add(Session *session, Task *task, GError **error);
/* The same inside a transaction of the caller's, who has asked what there is to ask. `*is_new`
 * FALSE: a task of that id is there, and nothing was changed. */
gboolean task_create(Session *session, Task *task, gboolean *is_new, GError **error);
/* A task that the signed-in person may do; ERROR_DENIED, ERROR_NOT_FOUND. */
Task *task_for_me(Session *session, gint64 id, GError **error);
/* Whether its day, or of a call its 48 hours, are over. */
gboolean task_is_overdue(const Task *task);
/* Whether a task about a client (0: none) may be given to somebody (0: whoever can): what is given
 * opens no card that they may not open anyhow (client_guard.h). FALSE with ERROR_INPUT. */
gboolean task_may_be_given(Session *session, gint64 client_id, gint64 staff_id, GError **error);
/* Somebody else does it from now on, with a word to them, which is put to the note (NULL: none).
 * ERROR_CONFLICT where it is done. */
gboolean task_give(Session *session, gint64 id, gint64 staff_id, const char *word, GError **error);
/* The signed-in person does it. */
gboolean task_take(Session *session, gint64 id, GError **error);
/* Done, with how in the user's words (may be NULL). Undone again by task_reopen. */
gboolean task_finish(Session *session, gint64 id, const char *how, GError **error);
gboolean task_reopen(Session *session, gint64 id, GError **error);
/* Moves the due date. */
gboolean task_postpone(Session *session, gint64 id, Date due, GError **error);
/* All that came from a response or a placement, done ones too, in the order they were made; the
 * other id is 0. Array of Task *. No permission is asked for. */
GPtrArray *task_of(Session *session, gint64 response_id, gint64 placement_id, GError **error);
/* All of a client's, done ones too, in the order they were made. PERMIT_CLIENT_READ and the right
 * to open the card. Array of Task *. */
GPtrArray *task_of_client(Session *session, gint64 client_id, GError **error);
/* Day, time, note and staff of an open task as they stand in `task`; of a correction. What is the
 * same already is no change. Inside a transaction. */
gboolean task_revise(Session *session, const Task *task, GError **error);
/* The tasks of a response belong to the one that corrects it. Inside a transaction. */
gboolean task_hand_over(Session *session, gint64 response_id, gint64 to_response_id,
                        GError **error);
/* Closes the open tasks of a visit, inside the visit's transaction. */
gboolean task_close_of_visit(Session *session, gint64 visit_id, GError **error);
/* A visit that was not taken and has no new time: book one. Inside the visit's transaction. */
gboolean task_add_rebook(Session *session, const Visit *visit, GError **error);
/* The open task to book a new time is done, or was never meant to be (`drop`). */
gboolean task_end_rebook(Session *session, gint64 visit_id, gboolean drop, GError **error);
/* Opens again what a recording closed at the moment `closed_ms`; of the tasks to rebook only the
 * newest, and only where a new time is needed (`rebook`). */
gboolean task_reopen_of_visit(Session *session, gint64 visit_id, gint64 closed_ms, gboolean rebook,
                              GError **error);
