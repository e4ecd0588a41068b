/* flow_private.h: what answers.c and the files of the flow share. */
#pragma once

#include "form/flow.h"

/* --- instances (answers.c) --- */

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

/* --- values of choices (answers.c) --- */

gboolean value_has_code(const char *value, const char *code);
const char *value_own_words(const char *value); /* what follows "="; NULL: none */

/* --- the flow (flow.c) --- */

typedef struct FlowNode FlowNode;

typedef struct {
    const FormWhen *when;
    FlowNode *asked;
    int shared; /* repeating groups around both */
} FlowCondition;

typedef struct {
    const char *instance;
    const char *value;
} FlowGiven;

/* An item of the form with what a refresh needs to know about it. */
struct FlowNode {
    const FormItem *item;
    guint index, end; /* in Flow.nodes: its own place, and that after its last descendant */
    int number;       /* of the question in the form, from 1; 0: not a question */
    int section;
    int depth;          /* repeating groups around it */
    GArray *conditions; /* FlowCondition; NULL where there are none */
    GArray *given; /* FlowGiven: its answers that count, in the order of the steps; only where a
                    * condition looks at it, else NULL */
};

struct Flow {
    const Form *form;
    Answers *answers;
    Date today;
    guint node_count;
    FlowNode *nodes;        /* in the order of the form */
    GHashTable *by_link_id; /* linkId to FlowNode * */
    GHashTable *instances;  /* every instance met, owned */
    GArray *steps;          /* FlowStep */
    FlowProgress *progress; /* of each section, and last of the whole form */
};

const FlowNode *flow_node(const Flow *flow, const char *link_id); /* NULL: not in the form */

/* --- comparing (flow_check.c) --- */

/* Whether `value`, an answer to `item`, stands in the relation to `wanted`. Never WHEN_EXISTS. */
gboolean flow_holds(const FormItem *item, const char *value, WhenOperator operator,
                    const char * wanted);
