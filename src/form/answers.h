/* answers.h: what has been answered in one response. Pure: no database.
 *
 * An answer belongs to an item and, inside repeating groups, to an instance: "" outside, "2" in the
 * second repetition, "2.1" in the first of a group that repeats inside it. Values are texts in one
 * form for all languages:
 *
 *   choice               "code"; where several may be chosen, codes joined by blanks
 *   open-choice          the same, or "=own words"; with several "code code =own words"
 *   boolean              "true" or "false"
 *   integer, decimal     "-3", "3.5"
 *   date, time           "2026-11-21", "08:30"
 *   string, text         the text itself
 *   group that repeats   how many repetitions have been begun, when more than one; at the instance
 *                        the group itself lies in. Set by the functions below and saved as any
 *                        answer is. */
#pragma once

#include "base/date.h"
#include "form/form.h"

typedef enum {
    ANSWER_NONE,
    ANSWER_VALUE,
    ANSWER_UNKNOWN,   /* vet ej */
    ANSWER_REFUSED,   /* vill inte svara */
    ANSWER_NOT_ASKED, /* inte ställd */
} AnswerKind;
const char *answer_kind_code(AnswerKind kind); /* "unknown"; stored */
const char *answer_kind_name(AnswerKind kind); /* translated, "vet ej" */
gboolean answer_kind_parse(const char *code, AnswerKind *kind);

typedef struct {
    char *link_id;
    char *instance;
    AnswerKind kind;
    char *value;  /* NULL unless kind is ANSWER_VALUE */
    char *note;   /* a note on the question; NULL: none */
    char *reason; /* why a warning was overridden; NULL: it was not */
} Answer;

typedef struct Answers Answers;
Answers *answers_new(void);
void answers_free(Answers *answers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Answers, answers_free)
/* NULL when nothing is there (no answer and no note). Owned by `answers`; valid until it is changed
 * there. */
const Answer *answers_get(const Answers *answers, const char *link_id, const char *instance);
/* Sets the answer; ANSWER_NONE, or ANSWER_VALUE without a value, takes it back. The note stays; the
 * reason goes when the answer becomes another. */
void answers_set(Answers *answers, const char *link_id, const char *instance, AnswerKind kind,
                 const char *value);
/* NULL or "" takes the note or the reason away. A reason without an answer is not kept. */
void answers_set_note(Answers *answers, const char *link_id, const char *instance,
                      const char *note);
void answers_set_reason(Answers *answers, const char *link_id, const char *instance,
                        const char *reason);

#define ANSWERS_REPETITIONS_MAX 200
/* How many repetitions of a repeating group have been begun (at least 1), and one more or less;
 * `instance` is that of the group itself. Taking number `number` (from 1) away takes its answers
 * with it and moves the later ones down; taking the only one away empties it. Above the maximum
 * nothing is added, and a number that has not been begun changes nothing. */
int answers_repetitions(const Answers *answers, const FormItem *group, const char *instance);
void answers_add_repetition(Answers *answers, const FormItem *group, const char *instance);
void answers_remove_repetition(Answers *answers, const FormItem *group, const char *instance,
                               int number);

/* In the order they were first given. `visit` changes nothing in `answers`. */
void answers_foreach(const Answers *answers, void (*visit)(const Answer *answer, gpointer data),
                     gpointer data);

/* What a choice holds; NULL or another kind than ANSWER_VALUE holds nothing. */
gboolean answers_has_code(const Answer *answer, const char *code);
const char *answers_own_words(const Answer *answer); /* of an open choice; NULL: none */
