/* walk.h: the inside of a walk as lines, for the files that ask, answer and obey. */
#pragma once

#include "care/response/walk.h"
#include "cmd/plain/plain.h"

typedef struct {
    Plain *plain;
    Walk *walk;
    int said;              /* the index of what was last read aloud; -1: nothing */
    char *group;           /* the repetition that was last named; NULL: none */
    const FormItem *scale; /* the question whose choices were read last; NULL: none */
    char *doubtful;        /* the value that waits for a reason; NULL: none does */
    gint64 other_person;   /* the client that an intake is not about, as was answered; 0 */
    gboolean left;
} PlainWalker;

/* "Aldrig (saved 10:42:07)"; `what` may be NULL. (answer.c) */
void plain_walk_say_saved(PlainWalker *walker, const char *what);
/* A line that begins with a full stop. (command.c) */
void plain_walk_command(PlainWalker *walker, const char *line);
/* The texts, number, question, choices and answer of where one is; or the overview at the end.
 * (question.c) */
void plain_walk_say_question(PlainWalker *walker);
void plain_walk_say_overview(PlainWalker *walker);
/* What is asked for, as the prompt. Static. */
const char *plain_walk_prompt(const FormItem *item);
/* Answers with a value as stored and goes on; with `reason` where a warning stands against it.
 * TRUE: saved. (answer.c) */
gboolean plain_walk_answer(PlainWalker *walker, const char *value, const char *reason);
/* Answers with what was typed, where that is understood. */
void plain_walk_answer_typed(PlainWalker *walker, const char *typed);
/* On to the next question. */
void plain_walk_forward(PlainWalker *walker);
/* Notes a call; FALSE when it was broken off. (call.c) */
gboolean plain_walk_log_call(PlainWalker *walker);
/* "2 calls have been made: the last one 2026-11-20 14:05, no answer." when there are any. */
void plain_walk_say_calls(PlainWalker *walker);
/* Asks why a response is not given (bortfall); FALSE when that was broken off. `*words` is new, or
 * NULL. (call.c) */
gboolean plain_ask_not_done(Plain *plain, const char *respondent, gboolean begun, NotDone *cause,
                            char **words);
/* Gives it up and says so. */
gboolean plain_give_up(Plain *plain, Walk *walk, NotDone cause, const char *words);
/* Asks which paper is to be made of it, and where it is to lie, and writes it. (papers.c) */
void plain_walk_paper(Plain *plain, const Walk *walk);
/* All answers with their notes and reasons, and how many there are not. (aloud.c) */
void plain_walk_say_answers(Plain *plain, const Walk *walk);
/* The address that is hidden (walk_is_hidden); FALSE where there is none. */
gboolean plain_walk_say_hidden(Plain *plain, const Walk *walk);
/* Asks whether to read that, where there is one. */
void plain_walk_offer_hidden(Plain *plain, const Walk *walk);
