/* flow.c: which questions apply.
 *
 * The items lie in one array in the form's order. A refresh goes through it once, repetition by
 * repetition; since a condition looks only at what stands above, the answers it needs have been
 * noted on the way (FlowNode.given), and those of fallen questions have not. */
#include "form/answer_compare_private.h"
#include "form/answers_private.h"
#include "form/flow_private.h"

#include <string.h>

/* --- making it --- */

static guint count_items(const GPtrArray *items)
{
    guint count = items->len;
    for (guint i = 0; i < items->len; i++)
        count += count_items(((FormItem *)g_ptr_array_index(items, i))->items);
    return count;
}

/* How many repeating groups lie around both. */
static int shared_depth(const FormItem *a, const FormItem *b)
{
    int shared = 0;
    for (const FormItem *around = a->parent; around != NULL; around = around->parent) {
        const FormItem *other = b->parent;
        while (other != NULL && other != around)
            other = other->parent;
        shared += around->repeats && other != NULL;
    }
    return shared;
}

static void add_conditions(Flow *flow, FlowNode *node)
{
    const GPtrArray *whens = node->item->enable_when;
    if (whens->len == 0)
        return;
    node->conditions = g_array_new(FALSE, FALSE, sizeof(FlowCondition));
    for (guint i = 0; i < whens->len; i++) {
        const FormWhen *when = g_ptr_array_index(whens, i);
        FlowNode *asked = g_hash_table_lookup(flow->by_link_id, when->question);
        FlowCondition condition = {when, asked, shared_depth(node->item, asked->item)};
        if (asked->given == NULL)
            asked->given = g_array_new(FALSE, FALSE, sizeof(FlowGiven));
        g_array_append_val(node->conditions, condition);
    }
}

static void add_nodes(Flow *flow, const GPtrArray *items, int section, int depth, int *number)
{
    for (guint i = 0; i < items->len; i++) {
        const FormItem *item = g_ptr_array_index(items, i);
        FlowNode *node = &flow->nodes[flow->node_count];
        node->item = item;
        node->index = flow->node_count++;
        *number += item_is_numbered(item);
        node->number = item_is_question(item) ? *number : 0;
        node->section = section < 0 ? (int)i : section;
        node->depth = depth;
        g_hash_table_insert(flow->by_link_id, item->link_id, node);
        add_conditions(flow, node);
        add_nodes(flow, item->items, node->section, depth + item->repeats, number);
        node->end = flow->node_count;
    }
}

/* An answer in repetition 3 says that three have been begun, whatever has been saved of it. */
static void begin_repetition(const Answer *answer, gpointer data)
{
    GArray *wanted = data;
    if (answer->instance[0] != '\0')
        g_array_append_val(wanted, answer);
}

static void begin_repetitions(Flow *flow)
{
    g_autoptr(GArray) wanted = g_array_new(FALSE, FALSE, sizeof(Answer *));
    answers_foreach(flow->answers, begin_repetition, wanted);
    for (guint i = 0; i < wanted->len; i++) {
        const Answer *answer = g_array_index(wanted, const Answer *, i);
        const FlowNode *node = flow_node(flow, answer->link_id);
        if (node == NULL || instance_depth(answer->instance) != node->depth)
            continue;
        int depth = node->depth;
        for (const FormItem *group = node->item->parent; group != NULL; group = group->parent) {
            if (!group->repeats)
                continue;
            gsize outer = instance_prefix(answer->instance, --depth);
            g_autofree char *instance = g_strndup(answer->instance, outer);
            gint64 number = g_ascii_strtoll(answer->instance + outer + (outer > 0), NULL, 10);
            answers_need_repetitions(flow->answers, group, instance,
                                     (int)CLAMP(number, 1, ANSWERS_REPETITIONS_MAX));
        }
    }
}

Flow *flow_new(const Form *form, Answers *answers, Date today)
{
    int number = 0;
    Flow *flow = g_new0(Flow, 1);
    flow->form = form;
    flow->answers = answers;
    flow->today = today;
    flow->nodes = g_new0(FlowNode, count_items(form->items));
    flow->by_link_id = g_hash_table_new(g_str_hash, g_str_equal);
    flow->instances = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    flow->steps = g_array_new(FALSE, FALSE, sizeof(FlowStep));
    flow->progress = g_new0(FlowProgress, form->items->len + 1);
    add_nodes(flow, form->items, -1, 0, &number);
    begin_repetitions(flow);
    flow_refresh(flow);
    return flow;
}

void flow_free(Flow *flow)
{
    if (flow == NULL)
        return;
    for (guint i = 0; i < flow->node_count; i++) {
        g_clear_pointer(&flow->nodes[i].conditions, g_array_unref);
        g_clear_pointer(&flow->nodes[i].given, g_array_unref);
    }
    g_free(flow->nodes);
    g_free(flow->progress);
    g_array_unref(flow->steps);
    g_hash_table_unref(flow->by_link_id);
    g_hash_table_unref(flow->instances);
    g_free(flow);
}

const FlowNode *flow_node(const Flow *flow, const char *link_id)
{
    return g_hash_table_lookup(flow->by_link_id, link_id);
}

/* --- refreshing --- */

static gboolean same_repetition(const char *a, const char *b, int depth)
{
    gsize length = instance_prefix(a, depth);
    return length == instance_prefix(b, depth) && strncmp(a, b, length) == 0;
}

/* The answers in the shared repetition are the last that were noted: the walk has not left it. */
static gboolean condition_holds(const FlowCondition *condition, const char *instance)
{
    const FlowNode *asked = condition->asked;
    WhenOperator operator= condition->when->operator;
    WhenOperator sought = operator== WHEN_NE ? WHEN_EQ : operator;
    gboolean given = FALSE, found = FALSE;
    for (guint i = asked->given->len; i > 0 && !found; i--) {
        const FlowGiven *one = &g_array_index(asked->given, FlowGiven, i - 1);
        if (!same_repetition(one->instance, instance, condition->shared))
            break;
        given = TRUE;
        found = operator== WHEN_EXISTS ||
            answer_holds(asked->item, one->value, sought, condition->when->answer);
    }
    if (operator== WHEN_EXISTS)
        return given == g_str_equal(condition->when->answer, "true");
    return operator== WHEN_NE ? given && !found : found;
}

static gboolean applies(const FlowNode *node, const char *instance)
{
    if (node->conditions == NULL)
        return TRUE;
    gboolean any = node->item->enable_any;
    for (guint i = 0; i < node->conditions->len; i++)
        if (condition_holds(&g_array_index(node->conditions, FlowCondition, i), instance) == any)
            return any;
    return !any;
}

static const char *intern(Flow *flow, const char *instance)
{
    gpointer kept;
    if (g_hash_table_lookup_extended(flow->instances, instance, &kept, NULL))
        return kept;
    char *copy = g_strdup(instance);
    g_hash_table_add(flow->instances, copy);
    return copy;
}

static void add_step(Flow *flow, const FlowNode *node, const char *instance)
{
    FlowStep step = {node->item, instance, node->number, node->section};
    g_array_append_val(flow->steps, step);
}

static void count_question(FlowProgress *progress, const FormItem *item, AnswerKind kind)
{
    progress->questions++;
    progress->answered += kind != ANSWER_NONE;
    progress->required_left += (item->required || item->statutory) && kind == ANSWER_NONE;
    progress->statutory_absent += item->statutory && kind != ANSWER_NONE && kind != ANSWER_VALUE;
}

static void visit_question(Flow *flow, FlowNode *node, const char *instance)
{
    const Answer *answer = answers_get(flow->answers, node->item->link_id, instance);
    AnswerKind kind = answer == NULL ? ANSWER_NONE : answer->kind;
    count_question(&flow->progress[node->section], node->item, kind);
    count_question(&flow->progress[flow->form->items->len], node->item, kind);
    if (kind == ANSWER_VALUE && node->given != NULL) {
        FlowGiven given = {instance, answer->value};
        g_array_append_val(node->given, given);
    }
}

static void visit(Flow *flow, FlowNode *node, const char *instance)
{
    if (!applies(node, instance))
        return;
    if (node->item->type != ITEM_GROUP) {
        add_step(flow, node, instance);
        if (node->number > 0)
            visit_question(flow, node, instance);
        return;
    }
    gboolean repeats = node->item->repeats;
    int count = repeats ? answers_repetitions(flow->answers, node->item, instance) : 1;
    for (int number = 1; number <= count; number++) {
        char buffer[INSTANCE_SIZE];
        const char *inner =
            repeats ? intern(flow, instance_within(instance, number, buffer)) : instance;
        add_step(flow, node, inner);
        for (guint i = node->index + 1; i < node->end; i = flow->nodes[i].end)
            visit(flow, &flow->nodes[i], inner);
    }
}

void flow_refresh(Flow *flow)
{
    g_array_set_size(flow->steps, 0);
    memset(flow->progress, 0, (flow->form->items->len + 1) * sizeof *flow->progress);
    for (guint i = 0; i < flow->node_count; i++)
        if (flow->nodes[i].given != NULL)
            g_array_set_size(flow->nodes[i].given, 0);
    for (guint i = 0; i < flow->node_count; i = flow->nodes[i].end)
        visit(flow, &flow->nodes[i], "");
}

/* --- looking and going --- */

int flow_count(const Flow *flow)
{
    return (int)flow->steps->len;
}

const FlowStep *flow_step(const Flow *flow, int index)
{
    return &g_array_index(flow->steps, FlowStep, (guint)index);
}

int flow_find(const Flow *flow, const char *link_id, const char *instance)
{
    const FlowNode *node = flow_node(flow, link_id);
    for (int i = 0; node != NULL && i < flow_count(flow); i++) {
        const FlowStep *step = flow_step(flow, i);
        if (step->item == node->item && strcmp(step->instance, instance) == 0)
            return i;
    }
    return -1;
}

int flow_find_number(const Flow *flow, int number)
{
    for (int i = 0; number > 0 && i < flow_count(flow); i++)
        if (flow_step(flow, i)->number == number)
            return i;
    return -1;
}

int flow_next(const Flow *flow, int index, int direction)
{
    int step = direction < 0 ? -1 : 1;
    for (int i = index + step; i >= 0 && i < flow_count(flow); i += step)
        if (flow_step(flow, i)->number > 0)
            return i;
    return -1;
}

gboolean flow_is_answered(const Flow *flow, int index)
{
    const FlowStep *step = flow_step(flow, index);
    const Answer *answer = answers_get(flow->answers, step->item->link_id, step->instance);
    return step->number > 0 && answer != NULL && answer->kind != ANSWER_NONE;
}

int flow_next_unanswered(const Flow *flow, int index)
{
    int count = flow_count(flow);
    for (int i = 1; i <= count; i++) {
        int at = (index + i) % count;
        if (flow_step(flow, at)->number > 0 && !flow_is_answered(flow, at))
            return at;
    }
    return -1;
}

/* --- progress --- */

FlowProgress flow_progress(const Flow *flow, int section)
{
    return flow->progress[section < 0 ? flow_sections(flow) : section];
}

int flow_sections(const Flow *flow)
{
    return (int)flow->form->items->len;
}

const FormItem *flow_section(const Flow *flow, int section)
{
    return g_ptr_array_index(flow->form->items, (guint)section);
}

/* --- what is proposed to choose from --- */

/* The text that answers the step; NULL when it has none. */
static const char *text_given(const Flow *flow, const FlowStep *step)
{
    const Answer *answer = answers_get(flow->answers, step->item->link_id, step->instance);
    return answer != NULL && answer->kind == ANSWER_VALUE ? answer->value : NULL;
}

GPtrArray *flow_candidates(const Flow *flow, const FlowStep *step)
{
    const GPtrArray *link_ids = step->item->candidates;
    GPtrArray *texts = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < link_ids->len; i++)
        for (int at = flow_next(flow, -1, 1); at >= 0; at = flow_next(flow, at, 1)) {
            const FlowStep *other = flow_step(flow, at);
            if (strcmp(other->item->link_id, link_ids->pdata[i]) != 0 ||
                (other->item == step->item && strcmp(other->instance, step->instance) == 0))
                continue;
            const char *text = text_given(flow, other);
            if (text != NULL && !g_ptr_array_find_with_equal_func(texts, text, g_str_equal, NULL))
                g_ptr_array_add(texts, g_strdup(text));
        }
    return texts;
}

/* --- what has fallen away --- */

typedef struct {
    const Flow *flow;
    GHashTable *asked; /* the answers that have a step */
    GPtrArray *fallen;
} Fallen;

static void note_if_fallen(const Answer *answer, gpointer data)
{
    Fallen *search = data;
    const FlowNode *node = flow_node(search->flow, answer->link_id);
    if (node != NULL && node->number > 0 && !g_hash_table_contains(search->asked, answer))
        g_ptr_array_add(search->fallen, (gpointer)answer);
}

static gint by_place(gconstpointer a, gconstpointer b, gpointer data)
{
    const Flow *flow = data;
    const Answer *one = *(const Answer *const *)a, *other = *(const Answer *const *)b;
    const FlowNode *first = flow_node(flow, one->link_id);
    const FlowNode *second = flow_node(flow, other->link_id);
    return first->index != second->index ? (first->index > second->index) * 2 - 1
                                         : instance_compare(one->instance, other->instance);
}

GPtrArray *flow_fallen_away(const Flow *flow)
{
    g_autoptr(GHashTable) asked = g_hash_table_new(NULL, NULL);
    for (int i = 0; i < flow_count(flow); i++) {
        const FlowStep *step = flow_step(flow, i);
        g_hash_table_add(asked,
                         (gpointer)answers_get(flow->answers, step->item->link_id, step->instance));
    }
    Fallen search = {flow, asked, g_ptr_array_new()};
    answers_foreach(flow->answers, note_if_fallen, &search);
    g_ptr_array_sort_with_data(search.fallen, by_place, (gpointer)flow);
    return search.fallen;
}
