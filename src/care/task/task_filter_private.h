/* task_filter_private.h: words that are typed to see some of the tasks only, as SQL. */
#pragma once

#include "base/date.h"
#include "care/task/call_clock.h"
#include "care/unit/session.h"

#define TASK_WORDS_MOST 3 /* that count; further ones are passed over */

/* What one word may mean. */
typedef struct {
    char *codes; /* ",rebook,12,late,": kinds, staff (0: nobody), overdue; "" where there is no word
                  */
    char *from, *to;     /* beginnings of a client's name, in [from, to) */
    char day[DATE_SIZE]; /* "" where it is none */
} TaskWord;

typedef struct {
    TaskWord words[TASK_WORDS_MOST];
} TaskWords;

/* FALSE with `error`. */
gboolean task_words_read(Session *session, const char *typed, TaskWords *words, GError **error);
void task_words_clear(TaskWords *words);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(TaskWords, task_words_clear)

/* Of task t with call_request k: whether the word's condition holds. */
#define TASK_WORD(n)                                                                               \
    " AND (:codes" n " = '' OR :codes" n " LIKE '%,' || t.kind || ',%'"                            \
    " OR :codes" n " LIKE '%,' || CAST(COALESCE(t.staff_id, 0) AS TEXT) || ',%'"                   \
    " OR t.due_date = :day" n " OR t.client_id IN (SELECT w.client_id FROM client_word w"          \
    " WHERE w.unit_id = :unit AND w.word >= :from" n " AND w.word < :to" n ")"                     \
    " OR (:codes" n " LIKE '%,late,%' AND CASE WHEN k.came_ms IS NULL"                             \
    " THEN t.due_date < :today ELSE k.came_ms < :late_ms END))"
#define TASK_FILTERED TASK_WORD("1") TASK_WORD("2") TASK_WORD("3")
#define TASK_WORD_PARAMS(n, word)                                                                  \
    DB_TEXT("codes" n, (word).codes), DB_TEXT("day" n, (word).day),                                \
        DB_TEXT("from" n, (word).from), DB_TEXT("to" n, (word).to)
/* `today` is a char[DATE_SIZE] of the caller's. */
#define TASK_FILTER_PARAMS(words_, today_)                                                         \
    TASK_WORD_PARAMS("1", (words_).words[0]), TASK_WORD_PARAMS("2", (words_).words[1]),            \
        TASK_WORD_PARAMS("3", (words_).words[2]),                                                  \
        DB_TEXT("today", date_format(clock_today(), today_)),                                      \
        DB_INT("late_ms", clock_now_ms() - CALL_MS)
