/* answers_private.h: instances and values as texts, for the files of form. */
#pragma once

#include "form/answers.h"

/* --- instances --- */

/* Groups lie at most 16 deep, and each repetition has at most three digits. */
#define INSTANCE_SIZE 80

int instance_depth(const char *instance); /* "" 0, "2" 1, "2.1" 2 */
/* The bytes of the first `depth` numbers: of "12.3" 2 at depth 1. */
gsize instance_prefix(const char *instance, int depth);
int instance_compare(const char *a, const char *b); /* "2" before "2.1" before "10" */
/* "2" and 1: "2.1". `buffer` holds INSTANCE_SIZE. Returns it. */
char *instance_within(const char *instance, int number, char *buffer);
/* At least `count` repetitions are begun. */
void answers_need_repetitions(Answers *answers, const FormItem *group, const char *instance,
                              int count);

/* --- values of choices --- */

gboolean value_has_code(const char *value, const char *code);
const char *value_own_words(const char *value); /* what follows "="; NULL: none */
