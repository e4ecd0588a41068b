/* sip_answers.c: how the answers to the form sip are found, and put on paper as lines. */
#include "exchange/sip_private.h"

#include "base/i18n.h"

/* --- answers --- */

const char *sip_text(const Sip *sip, const char *english)
{
    return i18n_text_in(sip->language, english);
}

gboolean sip_has(const Sip *sip, const char *link_id)
{
    return form_item(sip->form, link_id) != NULL;
}

static const Answer *applying_answer(const Sip *sip, const char *link_id, const char *instance)
{
    if (flow_find(sip->flow, link_id, instance) < 0)
        return NULL;
    const Answer *answer = answers_get(sip->answers, link_id, instance);
    return answer != NULL && answer->kind == ANSWER_VALUE ? answer : NULL;
}

char *sip_value(const Sip *sip, const char *link_id, const char *instance)
{
    const Answer *answer = applying_answer(sip, link_id, instance);
    if (answer == NULL)
        return NULL;
    return flow_value_text(form_item(sip->form, link_id), answer, sip->language);
}

const char *sip_code(const Sip *sip, const char *link_id, const char *instance)
{
    const Answer *answer = applying_answer(sip, link_id, instance);
    return answer != NULL ? answer->value : NULL;
}

int sip_repetitions(const Sip *sip, const char *group)
{
    const FormItem *item = form_item(sip->form, group);
    return item != NULL ? answers_repetitions(sip->answers, item, "") : 0;
}

gboolean sip_some(const Sip *sip, const char *group, const char *link_id, const char *code)
{
    const int count = sip_repetitions(sip, group);
    for (int number = 1; number <= count; number++) {
        g_autofree char *instance = g_strdup_printf("%d", number);
        if (g_strcmp0(sip_code(sip, link_id, instance), code) == 0)
            return TRUE;
    }
    return FALSE;
}

/* --- lines of the paper --- */

void sip_put_text(const Sip *sip, const char *label, const char *text)
{
    if (text != NULL && text[0] != '\0')
        paper_value(sip->paper, label, text);
}

void sip_put(const Sip *sip, const char *label, const char *link_id, const char *instance)
{
    g_autofree char *value = sip_value(sip, link_id, instance);
    sip_put_text(sip, label, value);
}

void sip_put_or_open(const Sip *sip, const char *label, const char *link_id, const char *instance)
{
    g_autofree char *value = sip_value(sip, link_id, instance);
    sip_put_text(sip, label, value != NULL ? value : sip_text(sip, N_("not decided yet")));
}

void sip_put_nothing(const Sip *sip, const char *link_id)
{
    if (sip_has(sip, link_id)) {
        paper_text(sip->paper, sip_text(sip, N_("This is not decided yet.")));
        return;
    }
    paper_note(sip->paper, sip_text(sip, N_("The form does not ask about this. Write it here:")));
    paper_keep(sip->paper);
    paper_lines(sip->paper, 2);
}
