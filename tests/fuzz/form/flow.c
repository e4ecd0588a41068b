/* flow.c: any form with any answers can be walked. The bytes up to the first NUL are a form file;
 * what follows is typed into its questions, piece by piece. */
#include <stddef.h>
#include <stdint.h>

#include "form/flow.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void require_step(const Flow *flow, const Answers *answers, int index)
{
    static const FormFills FILLS = {"Eva Ek", "Bo Ek", "Norr", NULL, 20000};
    const FlowStep *step = flow_step(flow, index);
    g_autofree char *sentence = NULL;
    CheckLevel level = flow_check_step(flow, index, &sentence);
    if ((level == CHECK_OK) != (sentence == NULL))
        g_error("a fault without a sentence");
    if (flow_find(flow, step->item->link_id, step->instance) != index)
        g_error("step %d is not found", index);
    g_autofree char *text = flow_value_text(
        step->item, answers_get(answers, step->item->link_id, step->instance), "sv");
    g_autofree char *filled = form_fill(step->item->text, "sv", &FILLS);
    if (!g_utf8_validate(text, -1, NULL) || !g_utf8_validate(filled, -1, NULL))
        g_error("not a text");
}

static void require_flow(const Flow *flow, const Answers *answers)
{
    FlowProgress whole = flow_progress(flow, -1);
    int questions = 0, answered = 0;
    for (int i = 0; i < flow_count(flow) && i < 200; i++)
        require_step(flow, answers, i);
    for (int i = flow_next(flow, -1, 1); i >= 0; i = flow_next(flow, i, 1)) {
        questions++;
        answered += flow_is_answered(flow, i);
    }
    if (questions != whole.questions || answered != whole.answered)
        g_error("the progress does not add up");
    g_autoptr(GPtrArray) fallen = flow_fallen_away(flow);
    for (guint i = 0; i < fallen->len; i++) {
        const Answer *answer = g_ptr_array_index(fallen, i);
        if (flow_find(flow, answer->link_id, answer->instance) >= 0)
            g_error("%s has not fallen away", answer->link_id);
    }
}

/* The first byte of a piece says which step it goes to and what is done there. */
static void type_in(const Flow *flow, Answers *answers, const char *piece)
{
    const FlowStep *step = flow_step(flow, (guint8)piece[0] % MIN(flow_count(flow), 256));
    const char *link_id = step->item->link_id;
    if (step->item->type == ITEM_GROUP && step->item->repeats) {
        g_autofree char *outer = g_strdup(step->instance);
        char *dot = strrchr(outer, '.');
        *(dot != NULL ? dot : outer) = '\0';
        if (piece[1] == '-')
            answers_remove_repetition(answers, step->item, outer, piece[0] % 3);
        else
            answers_add_repetition(answers, step->item, outer);
        return;
    }
    g_autofree char *typed = g_utf8_make_valid(piece + 1, -1);
    g_autofree char *value = flow_parse(flow, step->item, typed);
    if (value != NULL && !g_utf8_validate(value, -1, NULL))
        g_error("“%s” is no text", link_id);
    if (piece[1] == '!')
        answers_set(answers, link_id, step->instance, ANSWER_UNKNOWN, NULL);
    else
        answers_set(answers, link_id, step->instance, ANSWER_VALUE,
                    piece[1] == '?' ? typed : value);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    g_autofree char *all = g_strndup((const char *)bytes, length);
    g_autofree char *typed = NULL;
    gsize head = strlen(all);
    g_autoptr(Form) form = form_load_bytes(all, head, "fuzz.yaml", NULL, NULL);
    if (form == NULL)
        return 0;
    if (head + 1 < length)
        typed = g_strndup((const char *)bytes + head + 1, length - head - 1);
    g_auto(GStrv) pieces = g_strsplit(typed != NULL ? typed : "", "\n", 50);
    g_autoptr(Answers) answers = answers_new();
    g_autoptr(Flow) flow = flow_new(form, answers, 20000);
    for (char **piece = pieces; *piece != NULL; piece++)
        if (flow_count(flow) > 0 && (*piece)[0] != '\0') {
            type_in(flow, answers, *piece);
            flow_refresh(flow);
        }
    require_flow(flow, answers);
    return 0;
}
