/* flow_private.h: what the files of the flow share. */
#pragma once

#include "form/flow.h"

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
