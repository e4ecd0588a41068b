/* flow_random.c: random forms answered at random, against the definition itself. */
#include "tests/unit/form/fixture_flow.h"

/* --- random forms --- */

#define ITEMS 24

typedef struct {
    GRand *random;
    GString *yaml;
    int items;
} Growing;

static const char *const TYPES[] = {"boolean", "choice", "integer", "text", "display", "group"};
static const char *const OPERATORS[] = {"exists", "=", "!=", ">", "<", ">=", "<="};

/* A condition that the loader takes on an item made before. */
static void grow_conditions(Growing *growing, const GArray *kinds, const char *indent)
{
    int count = g_rand_int_range(growing->random, 0, 3);
    gboolean begun = FALSE;
    for (int i = 0; i < count && kinds->len > 0; i++) {
        int asked = g_rand_int_range(growing->random, 0, (int)kinds->len);
        int kind = g_array_index(kinds, int, asked);
        int operator= g_rand_int_range(growing->random, 0, kind == 2 ? 7 : 3);
        static const char *const ANSWERS[] = {"true", "x", "2", "ord"};
        if (kind > 3)
            continue;
        if (!begun)
            g_string_append_printf(growing->yaml, "%s  enableBehavior: %s\n%s  enableWhen:\n",
                                   indent, g_rand_boolean(growing->random) ? "all" : "any", indent);
        begun = TRUE;
        g_string_append_printf(
            growing->yaml, "%s  - {question: q%d, operator: \"%s\", answer: \"%s\"}\n", indent,
            asked, OPERATORS[operator],
            operator> 0 ? ANSWERS[kind] : (g_rand_boolean(growing->random) ? "true" : "false"));
    }
}

static void grow(Growing *growing, GArray *kinds, int depth, int count)
{
    g_autofree char *indent = g_strnfill((gsize)depth * 2, ' ');
    for (int i = 0; i < count && growing->items < ITEMS; i++) {
        int kind =
            g_rand_int_range(growing->random, 0, depth < 3 && growing->items < ITEMS - 1 ? 6 : 5);
        gboolean repeats = (kind == 1 || kind == 5) && g_rand_boolean(growing->random);
        g_string_append_printf(growing->yaml, "%s- linkId: q%d\n%s  type: %s\n%s  text: T\n%s%s",
                               indent, growing->items++, indent, TYPES[kind], indent,
                               repeats ? indent : "", repeats ? "  repeats: true\n" : "");
        if (kind < 4 && g_rand_boolean(growing->random))
            g_string_append_printf(growing->yaml, "%s  required: true\n", indent);
        grow_conditions(growing, kinds, indent);
        g_array_append_val(kinds, kind);
        if (kind == 1)
            g_string_append_printf(growing->yaml,
                                   "%s  answerOption: [{code: x, display: X}, "
                                   "{code: y, display: Y}]\n",
                                   indent);
        if (kind == 5) {
            g_string_append_printf(growing->yaml, "%s  item:\n", indent);
            grow(growing, kinds, depth + 1, g_rand_int_range(growing->random, 1, 5));
        }
    }
}

/* Answers here and there, of the right kind and not, in repetitions that exist and not. */
static void answer_at_random(GRand *random, Answers *answers, const Form *form, int items)
{
    static const char *const VALUES[] = {"true", "false", "x", "y",   "x y", "2",
                                         "3",    "-1",    "",  "ord", "nej", "2026-01-01"};
    static const char *const INSTANCES[] = {"", "1", "2", "1.1", "1.2", "2.1", "3", "1.1.2"};
    for (int i = 0; i < items; i++) {
        g_autofree char *link_id = g_strdup_printf("q%d", g_rand_int_range(random, 0, items));
        const FormItem *item = form_item(form, link_id);
        const char *instance = INSTANCES[g_rand_int_range(random, 0, G_N_ELEMENTS(INSTANCES))];
        if (item->type == ITEM_GROUP && item->repeats && g_rand_boolean(random)) {
            answers_remove_repetition(answers, item, instance, g_rand_int_range(random, 0, 4));
            answers_add_repetition(answers, item, instance);
            continue;
        }
        answers_set(answers, link_id, instance, (AnswerKind)g_rand_int_range(random, 0, 5),
                    VALUES[g_rand_int_range(random, 0, G_N_ELEMENTS(VALUES))]);
    }
}

/* --- the definition, as slow as it is plain --- */

static gboolean is_asked(const Form *form, const Answers *answers, const FormItem *item,
                         const char *instance);

static int depth_of(const FormItem *item)
{
    int depth = 0;
    for (const FormItem *around = item->parent; around != NULL; around = around->parent)
        depth += around->repeats;
    return depth;
}

static char *cut(const char *instance, int depth)
{
    g_auto(GStrv) parts = g_strsplit(instance, ".", -1);
    if (depth < (int)g_strv_length(parts)) {
        for (char **part = parts + depth; *part != NULL; part++)
            g_clear_pointer(part, g_free);
    }
    return g_strjoinv(".", parts);
}

static gboolean lies_in(const FormItem *item, const FormItem *group)
{
    while (item != NULL && item != group)
        item = item->parent;
    return item != NULL;
}

typedef struct {
    const Form *form;
    const Answers *all;
    const FormItem *item;
    const FormWhen *when;
    char *within; /* the repetition that the condition looks in */
    int shared;
    gboolean given, found;
} Looking;

static void look_at(const Answer *answer, gpointer data)
{
    Looking *looking = data;
    g_autofree char *within = cut(answer->instance, looking->shared);
    const FormItem *asked = form_item(looking->form, looking->when->question);
    if (strcmp(answer->link_id, asked->link_id) != 0 || answer->kind != ANSWER_VALUE ||
        strcmp(within, looking->within) != 0 ||
        !is_asked(looking->form, looking->all, asked, answer->instance))
        return;
    looking->given = TRUE;
    const char *wanted = looking->when->answer;
    gint64 number = 0;
    gboolean numeric =
        g_ascii_string_to_signed(answer->value, 10, G_MININT64, G_MAXINT64, &number, NULL);
    gint64 limit = g_ascii_strtoll(wanted, NULL, 10);
    gboolean equal = asked->type == ITEM_INTEGER  ? numeric && number == limit
                     : asked->type == ITEM_CHOICE ? answers_has_code(answer, wanted)
                                                  : strcmp(answer->value, wanted) == 0;
    switch (looking->when->operator) {
    case WHEN_GT:
        looking->found |= numeric && number > limit;
        break;
    case WHEN_LT:
        looking->found |= numeric && number < limit;
        break;
    case WHEN_GE:
        looking->found |= numeric && number >= limit;
        break;
    case WHEN_LE:
        looking->found |= numeric && number <= limit;
        break;
    default:
        looking->found |= equal;
    }
}

static gboolean is_met(const Form *form, const Answers *answers, const FormItem *item,
                       const char *instance, const FormWhen *when)
{
    const FormItem *asked = form_item(form, when->question);
    int shared = 0;
    for (const FormItem *around = asked->parent; around != NULL; around = around->parent)
        shared += around->repeats && item != around && lies_in(item, around);
    g_autofree char *within = cut(instance, shared);
    Looking looking = {form, answers, item, when, within, shared, FALSE, FALSE};
    answers_foreach(answers, look_at, &looking);
    if (when->operator== WHEN_EXISTS)
        return looking.given == (strcmp(when->answer, "true") == 0);
    return when->operator== WHEN_NE ? looking.given && !looking.found : looking.found;
}

/* `instance` is that of the item's surroundings, also for a repeating group. */
static gboolean is_asked(const Form *form, const Answers *answers, const FormItem *item,
                         const char *instance)
{
    int depth = depth_of(item);
    g_auto(GStrv) parts = g_strsplit(instance, ".", -1);
    if ((int)g_strv_length(parts) != depth)
        return FALSE;
    if (item->parent != NULL) {
        const FormItem *parent = item->parent;
        g_autofree char *outer = cut(instance, depth - (parent->repeats ? 1 : 0));
        if (!is_asked(form, answers, parent, outer))
            return FALSE;
        gint64 number = parent->repeats ? g_ascii_strtoll(parts[depth - 1], NULL, 10) : 1;
        if (number < 1 ||
            number > (parent->repeats ? answers_repetitions(answers, parent, outer) : 1))
            return FALSE;
    }
    gboolean all = TRUE, any = item->enable_when->len == 0;
    for (guint i = 0; i < item->enable_when->len; i++) {
        gboolean met =
            is_met(form, answers, item, instance, g_ptr_array_index(item->enable_when, i));
        all = all && met;
        any = any || met;
    }
    return item->enable_any ? any : all;
}

static void assert_sums(const Flow *flow)
{
    FlowProgress whole = flow_progress(flow, -1), sum = {0};
    int questions = 0, answered = 0;
    for (int s = 0; s < flow_sections(flow); s++) {
        FlowProgress part = flow_progress(flow, s);
        sum.questions += part.questions;
        sum.answered += part.answered;
        sum.required_left += part.required_left;
        sum.statutory_absent += part.statutory_absent;
    }
    assert_memory_equal(&whole, &sum, sizeof sum);
    for (int i = flow_next(flow, -1, 1); i >= 0; i = flow_next(flow, i, 1)) {
        questions++;
        answered += flow_is_answered(flow, i);
    }
    assert_int_equal(whole.questions, questions);
    assert_int_equal(whole.answered, answered);
    assert_true(whole.required_left <= questions - answered);
    assert_true(whole.statutory_absent <= answered);
}

/* Each step of the flow is asked by the definition, and no answer is asked that has no step. */
static void assert_definition(const Flow *flow, const Form *form, const Answers *answers)
{
    for (int i = 0; i < flow_count(flow); i++) {
        const FlowStep *step = flow_step(flow, i);
        g_autofree char *instance = cut(step->instance, depth_of(step->item));
        if (!is_asked(form, answers, step->item, instance))
            fail_msg("%s@%s is not asked:\n%s", step->item->link_id, instance, form->body);
        assert_int_equal(flow_find(flow, step->item->link_id, step->instance), i);
    }
    g_autoptr(GPtrArray) fallen = flow_fallen_away(flow);
    for (guint i = 0; i < fallen->len; i++) {
        const Answer *answer = g_ptr_array_index(fallen, i);
        const FormItem *item = form_item(form, answer->link_id);
        if (is_asked(form, answers, item, answer->instance))
            fail_msg("%s@%s is asked:\n%s", answer->link_id, answer->instance, form->body);
    }
}

static void test_random_forms(void **state)
{
    (void)state;
    GRand *random = g_rand_new_with_seed(20261122);
    for (int round = 0; round < 300; round++) {
        g_autoptr(GString) yaml = g_string_new(HEAD);
        g_autoptr(GArray) kinds = g_array_new(FALSE, FALSE, sizeof(int));
        Growing growing = {random, yaml, 0};
        grow(&growing, kinds, 0, ITEMS);
        g_autoptr(Form) form = load(yaml->str);
        g_autoptr(Answers) answers = answers_new();
        answer_at_random(random, answers, form, growing.items);
        g_autoptr(Flow) flow = flow_new(form, answers, TODAY);
        for (int turn = 0; turn < 4; turn++) {
            assert_sums(flow);
            assert_definition(flow, form, answers);
            for (int i = 0; i < flow_count(flow); i++)
                flow_check_step(flow, i, NULL);
            answer_at_random(random, answers, form, growing.items);
            flow_refresh(flow);
        }
    }
    g_rand_free(random);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_forms),
    };
    return cmocka_run_group_tests_name("form/flow_random", tests, NULL, NULL);
}
