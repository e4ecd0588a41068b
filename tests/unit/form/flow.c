/* flow.c: what is asked: a table of skip logic, walking and progress. */
#include "tests/unit/form/fixture_flow.h"

/* Answers as a line: "a=x; b@2=3; c!unknown". */
static void give(Answers *answers, const char *script)
{
    g_auto(GStrv) parts = g_strsplit(script, "; ", -1);
    for (char **part = parts; *part != NULL && (*part)[0] != '\0'; part++) {
        char *sign = *part + strcspn(*part, "=!");
        gboolean has_value = *sign == '=';
        *sign = '\0';
        char *at = strchr(*part, '@');
        if (at != NULL)
            *at = '\0';
        AnswerKind kind = ANSWER_VALUE;
        if (!has_value)
            assert_true(answer_kind_parse(sign + 1, &kind));
        answers_set(answers, *part, at != NULL ? at + 1 : "", kind, has_value ? sign + 1 : NULL);
    }
}

/* The steps that apply: "a g@1 b@1". */
static char *steps_of(const Flow *flow)
{
    GString *text = g_string_new(NULL);
    for (int i = 0; i < flow_count(flow); i++) {
        const FlowStep *step = flow_step(flow, i);
        g_string_append_printf(text, "%s%s%s%s", i > 0 ? " " : "", step->item->link_id,
                               step->instance[0] != '\0' ? "@" : "", step->instance);
    }
    return g_string_free(text, FALSE);
}

/* --- skip logic --- */

#define TEXT(id) "- {linkId: " id ", type: text, text: T}\n"
#define IF(id, question, operator, answer)                                                         \
    "- {linkId: " id ", type: text, text: T, enableWhen: [{question: " question ", operator: \""   \
    operator"\", answer: \"" answer "\"}]}\n"
#define ASK(id, type) "- {linkId: " id ", type: " type ", text: T}\n"
#define PICK(id, more)                                                                             \
    "- {linkId: " id ", type: choice, text: T" more                                                \
    ", answerOption: [{code: x, display: X}, {code: y, display: Y}, {code: z, display: Z}]}\n"
#define TWO(behaviour)                                                                             \
    HEAD PICK("a", "") PICK("b", "") "- {linkId: c, type: text, text: T" behaviour                 \
                                     ", enableWhen: [{question: a, operator: \"=\", answer: x}, "  \
                                     "{question: b, operator: \"=\", answer: x}]}\n"
#define CHAIN                                                                                      \
    HEAD PICK("a", "") IF("b", "a", "=", "x") IF("c", "b", "exists", "true")                       \
        IF("d", "c", "!=", "nej") IF("e", "b", "exists", "false")
/* h is inside two repeating groups; j is after them, k in the outer one. */
#define NESTED                                                                                     \
    HEAD "- linkId: g\n  type: group\n  repeats: true\n  item:\n"                                  \
         "  - {linkId: a, type: boolean, text: T}\n"                                               \
         "  - linkId: i\n    type: group\n    repeats: true\n    enableWhen:\n"                    \
         "    - {question: a, operator: \"=\", answer: \"true\"}\n    item:\n"                     \
         "    - {linkId: h, type: integer, text: T}\n"                                             \
         "    - linkId: l\n      type: text\n      text: T\n      enableWhen:\n"                   \
         "      - {question: h, operator: \">\", answer: 3}\n"                                     \
         "      - {question: a, operator: \"=\", answer: \"true\"}\n"                              \
         "  - linkId: k\n    type: text\n    text: T\n    enableWhen:\n"                           \
         "    - {question: h, operator: \"=\", answer: 7}\n" IF("j", "h", "=", "7")                \
             IF("m", "h", "!=", "7") IF("n", "h", "exists", "false")

static const struct {
    const char *yaml, *answers, *steps;
} cases[] = {
    /* one condition, each operator; nothing given meets none but "exists: false" */
    {HEAD PICK("a", "") IF("b", "a", "=", "x"), "", "a"},
    {HEAD PICK("a", "") IF("b", "a", "=", "x"), "a=x", "a b"},
    {HEAD PICK("a", "") IF("b", "a", "=", "x"), "a=y", "a"},
    {HEAD PICK("a", "") IF("b", "a", "!=", "x"), "", "a"},
    {HEAD PICK("a", "") IF("b", "a", "!=", "x"), "a=x", "a"},
    {HEAD PICK("a", "") IF("b", "a", "!=", "x"), "a=y", "a b"},
    {HEAD PICK("a", "") IF("b", "a", "exists", "true"), "", "a"},
    {HEAD PICK("a", "") IF("b", "a", "exists", "true"), "a=y", "a b"},
    {HEAD PICK("a", "") IF("b", "a", "exists", "false"), "", "a b"},
    {HEAD PICK("a", "") IF("b", "a", "exists", "false"), "a=y", "a"},
    /* no answer, with its reason, is no answer */
    {HEAD PICK("a", "") IF("b", "a", "exists", "true"), "a!unknown", "a"},
    {HEAD PICK("a", "") IF("b", "a", "!=", "x"), "a!refused", "a"},
    {HEAD PICK("a", "") IF("b", "a", "exists", "false"), "a!not-asked", "a b"},
    /* by type */
    {HEAD ASK("a", "boolean") IF("b", "a", "=", "true"), "a=true", "a b"},
    {HEAD ASK("a", "boolean") IF("b", "a", "=", "true"), "a=false", "a"},
    {HEAD ASK("a", "boolean") IF("b", "a", "!=", "true"), "a=false", "a b"},
    {HEAD ASK("a", "integer") IF("b", "a", ">", "9"), "a=10", "a b"},
    {HEAD ASK("a", "integer") IF("b", "a", ">", "9"), "a=9", "a"},
    {HEAD ASK("a", "integer") IF("b", "a", ">=", "9"), "a=9", "a b"},
    {HEAD ASK("a", "integer") IF("b", "a", "<", "-1"), "a=-2", "a b"},
    {HEAD ASK("a", "integer") IF("b", "a", "<=", "-1"), "a=0", "a"},
    {HEAD ASK("a", "integer") IF("b", "a", "=", "7"), "a=07", "a b"},
    {HEAD ASK("a", "integer") IF("b", "a", "!=", "7"), "a=8", "a b"},
    {HEAD ASK("a", "decimal") IF("b", "a", ">=", "2.5"), "a=2.50", "a b"},
    {HEAD ASK("a", "decimal") IF("b", "a", ">=", "2.5"), "a=2.4", "a"},
    {HEAD ASK("a", "decimal") IF("b", "a", ">=", "2.5"), "a=much", "a"},
    {HEAD ASK("a", "date") IF("b", "a", "<", "2026-07-01"), "a=2026-06-30", "a b"},
    {HEAD ASK("a", "date") IF("b", "a", "<", "2026-07-01"), "a=2026-07-01", "a"},
    {HEAD ASK("a", "date") IF("b", "a", "!=", "2026-07-01"), "a=2025-07-01", "a b"},
    {HEAD ASK("a", "time") IF("b", "a", ">", "9:30"), "a=10:00", "a b"},
    {HEAD ASK("a", "time") IF("b", "a", ">", "9:30"), "a=09:30", "a"},
    {HEAD TEXT("a") IF("b", "a", "=", "ja tack"), "a=ja tack", "a b"},
    {HEAD TEXT("a") IF("b", "a", "=", "ja tack"), "a=ja", "a"},
    /* several answers: "=" by any, "!=" by none */
    {HEAD PICK("a", ", repeats: true") IF("b", "a", "=", "y"), "a=x y", "a b"},
    {HEAD PICK("a", ", repeats: true") IF("b", "a", "=", "y"), "a=x z", "a"},
    {HEAD PICK("a", ", repeats: true") IF("b", "a", "!=", "y"), "a=x y", "a"},
    {HEAD PICK("a", ", repeats: true") IF("b", "a", "!=", "y"), "a=x z", "a b"},
    {HEAD PICK("a", ", repeats: true") IF("b", "a", "!=", "y"), "", "a"},
    /* all and any */
    {TWO(""), "a=x", "a b"},
    {TWO(""), "a=x; b=x", "a b c"},
    {TWO(", enableBehavior: any"), "", "a b"},
    {TWO(", enableBehavior: any"), "b=x", "a b c"},
    {TWO(", enableBehavior: any"), "a=x; b=x", "a b c"},
    {TWO(", enableBehavior: all"), "b=x; a=y", "a b"},
    /* a chain falls away as a whole, though its answers are still there */
    {CHAIN, "", "a e"},
    {CHAIN, "a=x", "a b e"},
    {CHAIN, "a=x; b=1", "a b c"},
    {CHAIN, "a=x; b=1; c=2", "a b c d"},
    {CHAIN, "a=x; b=1; c=nej", "a b c"},
    {CHAIN, "a=y; b=1; c=2; d=3", "a e"},
    {CHAIN, "a=x; b!refused; c=2", "a b e"},
    /* a group takes what is in it with it */
    {HEAD PICK("a", "") "- linkId: g\n  type: group\n  enableWhen:\n"
                        "  - {question: a, operator: \"=\", answer: x}\n  item:\n"
                        "  - {linkId: d, type: display, text: T}\n"
                        "  - {linkId: b, type: text, text: T}\n" IF("c", "b", "exists", "true"),
     "a=y; b=1", "a"},
    {HEAD PICK("a", "") "- linkId: g\n  type: group\n  enableWhen:\n"
                        "  - {question: a, operator: \"=\", answer: x}\n  item:\n"
                        "  - {linkId: d, type: display, text: T}\n"
                        "  - {linkId: b, type: text, text: T}\n" IF("c", "b", "exists", "true"),
     "a=x; b=1", "a g d b c"},
    /* repetitions: each looks at its own answers, from outside at all of them */
    {NESTED, "", "g@1 a@1 n"},
    {NESTED, "a@1=true", "g@1 a@1 i@1.1 h@1.1 n"},
    {NESTED, "a@1=true; h@1.1=4", "g@1 a@1 i@1.1 h@1.1 l@1.1 m"},
    {NESTED, "a@1=true; a@2=true; h@2.1=7",
     "g@1 a@1 i@1.1 h@1.1 "
     "g@2 a@2 i@2.1 h@2.1 l@2.1 k@2 j"},
    {NESTED, "a@1=true; h@1.1=1; h@1.2=5", "g@1 a@1 i@1.1 h@1.1 i@1.2 h@1.2 l@1.2 m"},
    {NESTED, "a@1=true; h@1.1=7; h@1.2=1", "g@1 a@1 i@1.1 h@1.1 l@1.1 i@1.2 h@1.2 k@1 j"},
    {NESTED, "a@1=false; h@1.1=7; a@2=false", "g@1 a@1 g@2 a@2 n"},
    {NESTED, "a@1=true; h@1.1=7; a@2=false; h@2.1=1", "g@1 a@1 i@1.1 h@1.1 l@1.1 k@1 g@2 a@2 j"},
};

static void test_skip_logic(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Form) form = load(cases[i].yaml);
        g_autoptr(Answers) answers = answers_new();
        give(answers, cases[i].answers);
        g_autoptr(Flow) flow = flow_new(form, answers, TODAY);
        g_autofree char *steps = steps_of(flow);
        if (strcmp(steps, cases[i].steps) != 0)
            fail_msg("case %zu, “%s”: “%s” is not “%s”", i, cases[i].answers, steps,
                     cases[i].steps);
    }
}

/* --- going --- */

#define SECTIONS                                                                                   \
    HEAD "- linkId: skola\n  type: group\n  text: Skola\n  item:\n"                                \
         "  - {linkId: d, type: display, text: T}\n"                                               \
         "  - {linkId: a, type: boolean, text: T, required: true}\n"                               \
         "  - linkId: b\n    type: text\n    text: T\n    statutory: true\n    enableWhen:\n"      \
         "    - {question: a, operator: \"=\", answer: \"true\"}\n"                                \
         "- linkId: kontakter\n  type: group\n  repeats: true\n  text: K\n  item:\n"               \
         "  - {linkId: c, type: text, text: T}\n"                                                  \
         "- {linkId: e, type: text, text: T}\n"

static void test_going(void **state)
{
    (void)state;
    g_autoptr(Form) form = load(SECTIONS);
    g_autoptr(Answers) answers = answers_new();
    g_autoptr(Flow) flow = flow_new(form, answers, TODAY);
    /* skola d a kontakter@1 c@1 e */
    assert_int_equal(flow_count(flow), 6);
    assert_int_equal(flow_next(flow, -1, 1), 2);
    assert_int_equal(flow_next(flow, 2, 1), 4);
    assert_int_equal(flow_next(flow, 5, 1), -1);
    assert_int_equal(flow_next(flow, 6, -1), 5);
    assert_int_equal(flow_next(flow, 4, -1), 2);
    assert_int_equal(flow_next(flow, 2, -1), -1);
    assert_int_equal(flow_find(flow, "c", "1"), 4);
    assert_int_equal(flow_find(flow, "c", ""), -1);
    assert_int_equal(flow_find(flow, "b", ""), -1);
    assert_int_equal(flow_find(flow, "saknas", ""), -1);
    assert_int_equal(flow_step(flow, 0)->number, 0);
    assert_int_equal(flow_step(flow, 1)->number, 0);
    /* numbers are those of the form, whatever has fallen away */
    assert_int_equal(flow_step(flow, 2)->number, 1);
    assert_int_equal(flow_step(flow, 4)->number, 3);
    assert_int_equal(flow_find_number(flow, 4), 5);
    assert_int_equal(flow_find_number(flow, 2), -1);
    assert_int_equal(flow_find_number(flow, 0), -1);
    assert_int_equal(flow_sections(flow), 3);
    assert_string_equal(flow_section(flow, 1)->link_id, "kontakter");
    assert_int_equal(flow_step(flow, 4)->section, 1);

    assert_int_equal(flow_next_unanswered(flow, -1), 2);
    give(answers, "e=x; c@1!refused");
    flow_refresh(flow);
    assert_true(flow_is_answered(flow, 4));
    assert_false(flow_is_answered(flow, 0));
    assert_int_equal(flow_next_unanswered(flow, 2), 2);
    assert_int_equal(flow_next_unanswered(flow, 5), 2);
    give(answers, "a=false");
    flow_refresh(flow);
    assert_int_equal(flow_next_unanswered(flow, 2), -1);
    give(answers, "a=true");
    flow_refresh(flow);
    assert_int_equal(flow_next_unanswered(flow, 6), flow_find(flow, "b", ""));

    answers_add_repetition(answers, form_item(form, "kontakter"), "");
    flow_refresh(flow);
    assert_int_equal(flow_find_number(flow, 3), flow_find(flow, "c", "1"));
    assert_int_equal(flow_step(flow, flow_find(flow, "c", "2"))->number, 3);
}

static void assert_progress(const Flow *flow, int section, int questions, int answered, int left,
                            int absent)
{
    FlowProgress progress = flow_progress(flow, section);
    assert_int_equal(progress.questions, questions);
    assert_int_equal(progress.answered, answered);
    assert_int_equal(progress.required_left, left);
    assert_int_equal(progress.statutory_absent, absent);
}

static void test_progress(void **state)
{
    (void)state;
    g_autoptr(Form) form = load(SECTIONS);
    g_autoptr(Answers) answers = answers_new();
    g_autoptr(Flow) flow = flow_new(form, answers, TODAY);
    assert_progress(flow, -1, 3, 0, 1, 0);
    assert_progress(flow, 0, 1, 0, 1, 0);
    give(answers, "a=true");
    flow_refresh(flow);
    assert_progress(flow, 0, 2, 1, 1, 0);
    give(answers, "b!unknown; e=x");
    flow_refresh(flow);
    assert_progress(flow, 0, 2, 2, 0, 1);
    assert_progress(flow, 2, 1, 1, 0, 0);
    answers_add_repetition(answers, form_item(form, "kontakter"), "");
    flow_refresh(flow);
    assert_progress(flow, 1, 2, 0, 0, 0);
    assert_progress(flow, -1, 5, 3, 0, 1);
    /* a required question that has fallen away is not in the way */
    give(answers, "a=false; b!none");
    flow_refresh(flow);
    assert_progress(flow, 0, 1, 1, 0, 0);
    /* "vet ej" will do where the law does not ask */
    give(answers, "a!unknown");
    flow_refresh(flow);
    assert_progress(flow, 0, 1, 1, 0, 0);
}

static void test_fallen_away(void **state)
{
    (void)state;
    g_autoptr(Form) form = load(CHAIN);
    g_autoptr(Answers) answers = answers_new();
    give(answers, "d=3; a=x; c=2; b=1; okänd=1");
    answers_set_note(answers, "d", "", "en anteckning");
    g_autoptr(Flow) flow = flow_new(form, answers, TODAY);
    g_autoptr(GPtrArray) none = flow_fallen_away(flow);
    assert_int_equal(none->len, 0);
    give(answers, "a=y; c!none");
    answers_set_note(answers, "c", "", "bara en anteckning");
    flow_refresh(flow);
    g_autoptr(GPtrArray) fallen = flow_fallen_away(flow);
    static const char *const EXPECTED[] = {"b", "c", "d"};
    assert_int_equal(fallen->len, 3);
    for (guint i = 0; i < fallen->len; i++) {
        const Answer *answer = g_ptr_array_index(fallen, i);
        assert_string_equal(answer->link_id, EXPECTED[i]);
    }
    /* a slip costs nothing: the answers are back */
    give(answers, "a=x");
    flow_refresh(flow);
    g_autofree char *steps = steps_of(flow);
    assert_string_equal(steps, "a b c");
}

static void test_fallen_repetitions(void **state)
{
    (void)state;
    g_autoptr(Form) form = load(NESTED);
    g_autoptr(Answers) answers = answers_new();
    give(answers, "a@1=true; a@2=true; h@1.2=1; h@1.10=2; h@1.1=0");
    g_autoptr(Flow) flow = flow_new(form, answers, TODAY);
    assert_true(flow_find(flow, "h", "1.10") >= 0);
    give(answers, "a@1=false");
    flow_refresh(flow);
    g_autoptr(GPtrArray) fallen = flow_fallen_away(flow);
    static const char *const INSTANCES[] = {"1.1", "1.2", "1.10"};
    assert_int_equal(fallen->len, 3);
    for (guint i = 0; i < fallen->len; i++) {
        const Answer *answer = g_ptr_array_index(fallen, i);
        assert_string_equal(answer->instance, INSTANCES[i]);
    }
}

/* What was lost of the number of repetitions is found again in the answers; nonsense is not. */
static void test_repetitions_from_answers(void **state)
{
    (void)state;
    g_autoptr(Form) form = load(SECTIONS);
    g_autoptr(Answers) answers = answers_new();
    give(answers, "c@3=x; c@4.1=x; e@7=x; c@=x");
    g_autoptr(Flow) flow = flow_new(form, answers, TODAY);
    assert_true(flow_find(flow, "c", "3") >= 0);
    assert_int_equal(answers_repetitions(answers, form_item(form, "kontakter"), ""), 3);
    give(answers, "c@99999999999999999999=x; c@-5=x; c@abc=x");
    g_autoptr(Flow) other = flow_new(form, answers, TODAY);
    assert_int_equal(flow_find(other, "c", "abc"), -1);
    assert_int_equal(answers_repetitions(answers, form_item(form, "kontakter"), ""),
                     ANSWERS_REPETITIONS_MAX);

    g_autoptr(Form) nested = load(NESTED);
    g_autoptr(Answers) deep = answers_new();
    give(deep, "h@2.3=1");
    g_autoptr(Flow) third = flow_new(nested, deep, TODAY);
    assert_true(flow_find(third, "a", "2") >= 0);
    assert_int_equal(answers_repetitions(deep, form_item(nested, "g"), ""), 2);
    assert_int_equal(answers_repetitions(deep, form_item(nested, "i"), "2"), 3);
    assert_int_equal(answers_repetitions(deep, form_item(nested, "i"), "1"), 1);
}

/* --- a long one --- */

/* A form at the limit, each question hanging on the one before: the last is reached, and all fall
 * away by the first. */
static void test_long_form(void **state)
{
    (void)state;
    g_autoptr(GString) yaml = g_string_new(HEAD "- {linkId: q0, type: boolean, text: T}\n");
    g_autoptr(Answers) answers = answers_new();
    answers_set(answers, "q0", "", ANSWER_VALUE, "true");
    for (int i = 1; i < 2000; i++) {
        g_string_append_printf(yaml,
                               "- {linkId: q%d, type: boolean, text: T, enableWhen: "
                               "[{question: q%d, operator: \"=\", answer: \"true\"}]}\n",
                               i, i - 1);
        g_autofree char *link_id = g_strdup_printf("q%d", i);
        answers_set(answers, link_id, "", ANSWER_VALUE, "true");
    }
    g_autoptr(Form) form = load(yaml->str);
    g_autoptr(Flow) flow = flow_new(form, answers, TODAY);
    assert_int_equal(flow_count(flow), 2000);
    assert_int_equal(flow_find_number(flow, 2000), 1999);
    answers_set(answers, "q0", "", ANSWER_VALUE, "false");
    flow_refresh(flow);
    assert_int_equal(flow_count(flow), 1);
    g_autoptr(GPtrArray) fallen = flow_fallen_away(flow);
    assert_int_equal(fallen->len, 1999);
}

/* D12: a follow-up has the number of the question it goes on with, counts as a question to answer
 * while it is asked, and is found after that one. */
static void test_d12_a_follow_up_shares_the_number(void **state)
{
    (void)state;
    g_autoptr(Form) form =
        load(HEAD ASK("a", "boolean") "- {linkId: b, type: text, text: T, followUp: true, "
                                      "enableWhen: [{question: a, operator: \"=\", answer: "
                                      "\"true\"}]}\n" ASK("c", "text"));
    g_autoptr(Answers) answers = answers_new();
    g_autoptr(Flow) flow = flow_new(form, answers, TODAY);
    assert_int_equal(form_questions(form), 2);
    assert_int_equal(flow_step(flow, flow_find(flow, "c", ""))->number, 2);
    assert_int_equal(flow_progress(flow, -1).questions, 2);
    answers_set(answers, "a", "", ANSWER_VALUE, "true");
    flow_refresh(flow);
    assert_int_equal(flow_step(flow, flow_find(flow, "b", ""))->number, 1);
    assert_int_equal(flow_step(flow, flow_find(flow, "c", ""))->number, 2);
    assert_int_equal(flow_find_number(flow, 1), flow_find(flow, "a", ""));
    assert_int_equal(flow_progress(flow, -1).questions, 3);
    assert_false(flow_is_answered(flow, flow_find(flow, "b", "")));
}

/* What `item` in `instance` has to choose from, with a stroke between. */
static void assert_candidates(const Flow *flow, const char *item, const char *instance,
                              const char *expected)
{
    g_autoptr(GPtrArray) texts =
        flow_candidates(flow, flow_step(flow, flow_find(flow, item, instance)));
    g_ptr_array_add(texts, NULL);
    g_autofree char *joined = g_strjoinv("|", (char **)texts->pdata);
    assert_string_equal(joined, expected);
}

/* D12: who has been named is proposed wherever somebody is to be named, each once, in the order
 * that the form says; what is not asked any more, and what is no answer, is not. */
static void test_d12_candidates(void **state)
{
    (void)state;
    g_autoptr(Form) form = load(
        HEAD "- linkId: g\n  type: group\n  text: G\n  repeats: true\n  item:\n"
             "  - {linkId: a, type: string, text: A, candidates: [a]}\n" ASK(
                 "ja", "boolean") "- {linkId: b, type: string, text: B, candidates: [a], "
                                  "enableWhen: [{question: "
                                  "ja, operator: \"=\", answer: \"true\"}]}\n"
                                  "- {linkId: c, type: string, text: C, candidates: [b, a]}\n" ASK(
                                      "d", "string"));
    g_autoptr(Answers) answers = answers_new();
    give(answers, "a@1=Eva; a@2=Bo; a@3=Eva; a@4!unknown; ja=true; b=Ali; c=Siv");
    g_autoptr(Flow) flow = flow_new(form, answers, TODAY);
    assert_candidates(flow, "a", "1", "Bo|Eva");
    assert_candidates(flow, "a", "2", "Eva");
    assert_candidates(flow, "b", "", "Eva|Bo");
    assert_candidates(flow, "c", "", "Ali|Eva|Bo");
    assert_candidates(flow, "d", "", "");
    answers_set(answers, "ja", "", ANSWER_VALUE, "false");
    flow_refresh(flow);
    assert_candidates(flow, "c", "", "Eva|Bo");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_skip_logic),
        cmocka_unit_test(test_going),
        cmocka_unit_test(test_progress),
        cmocka_unit_test(test_fallen_away),
        cmocka_unit_test(test_fallen_repetitions),
        cmocka_unit_test(test_repetitions_from_answers),
        cmocka_unit_test(test_long_form),
        cmocka_unit_test(test_d12_a_follow_up_shares_the_number),
        cmocka_unit_test(test_d12_candidates),
    };
    return cmocka_run_group_tests_name("form/flow", tests, NULL, NULL);
}
