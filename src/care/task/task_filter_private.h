/* task_filter_private.h: words that are typed to see some of the tasks only. */
#pragma once

#include "base/date.h"
#include "care/task/task_kind.h"
#include "care/unit/session.h"

#define TASK_WORDS_MOST 3 /* that count; further ones are passed over */

/* What one word may mean: each of these, if any. */
typedef struct {
    guint kinds; /* a bit for each */
    gboolean overdue;
    Date day;        /* DATE_NONE: it is none */
    GArray *staff;   /* gint64; 0: nobody */
    GArray *clients; /* gint64, sorted */
    char **terms;    /* as text_name_terms() has them, for a name that is on no card */
} TaskWord;

/* Array of TaskWord; one that cannot be understood means nothing. `staff`: pick_staff_all(). NULL
 * with `error`. */
GArray *task_words_read(Session *session, const GPtrArray *staff, const char *typed,
                        GError **error);
/* What is asked of a task. */
typedef struct {
    TaskKind kind;
    Date due;
    gboolean overdue;
    gint64 staff_id, client_id;
    const char *subject; /* of an intake; may be NULL */
} TaskAsked;
gboolean task_word_means(const TaskWord *word, const TaskAsked *task);
