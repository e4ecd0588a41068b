/* response_pdf.c: questions and answers as text. */
#include "exchange/response_pdf.h"

#include "base/i18n.h"
#include "care/client/dispute.h"
#include "exchange/paper.h"
#include "form/flow.h"

#include <string.h>

typedef struct {
    const Form *form;
    Answers *answers;
    Flow *flow;
    const char *language;
    FormFills fills;
    gboolean protected_identity;
    const ResponsePaperAbout *about;
    GArray *pending; /* int: steps of group heads that have not been written yet */
    Paper *paper;
} Response;

/* --- headings --- */

static int depth_of(const FormItem *item)
{
    int depth = 0;
    for (const FormItem *at = item->parent; at != NULL; at = at->parent)
        depth++;
    return depth;
}

static gboolean lies_in(const FormItem *item, const FormItem *group)
{
    for (const FormItem *at = item->parent; at != NULL; at = at->parent)
        if (at == group)
            return TRUE;
    return FALSE;
}

/* The number of the repetition that the head begins; 0 when there is only one. */
static int repetition_of(const Response *response, const FlowStep *head)
{
    const char *dot = strrchr(head->instance, '.');
    g_autofree char *outer =
        dot != NULL ? g_strndup(head->instance, (gsize)(dot - head->instance)) : g_strdup("");
    if (!head->item->repeats || answers_repetitions(response->answers, head->item, outer) < 2)
        return 0;
    return (int)g_ascii_strtoll(dot != NULL ? dot + 1 : head->instance, NULL, 10);
}

static void write_heading(const Response *response, const FlowStep *head)
{
    if (head->item->text == NULL)
        return;
    const int number = repetition_of(response, head);
    g_autofree char *text = form_fill(head->item->text, response->language, &response->fills);
    g_autofree char *numbered =
        number > 0 ? g_strdup_printf("%s %d", text, number) : g_strdup(text);
    paper_heading(response->paper, MIN(depth_of(head->item) + 2, 3), numbered);
}

/* Writes the heads that the question lies under, and forgets those it does not. */
static void write_pending(Response *response, const FormItem *item)
{
    for (guint i = 0; i < response->pending->len; i++) {
        const FlowStep *head = flow_step(response->flow, g_array_index(response->pending, int, i));
        if (lies_in(item, head->item))
            write_heading(response, head);
    }
    g_array_set_size(response->pending, 0);
}

/* A head takes the place of those beside it and below. */
static void add_pending(Response *response, int step)
{
    const FormItem *group = flow_step(response->flow, step)->item;
    for (guint i = response->pending->len; i > 0; i--) {
        const FlowStep *head =
            flow_step(response->flow, g_array_index(response->pending, int, i - 1));
        if (!lies_in(group, head->item))
            g_array_remove_index(response->pending, i - 1);
    }
    g_array_append_val(response->pending, step);
}

/* --- answers --- */

/* Where somebody is, or is to be found by. */
static gboolean leads_to_person(const FormItem *item)
{
    return g_strcmp0(item->maps_to, "client.address") == 0 ||
           g_strcmp0(item->maps_to, "client.id_number") == 0;
}

static void write_value(const Response *response, const char *label, const char *value)
{
    if (value != NULL && value[0] != '\0')
        paper_value(response->paper, i18n_text_in(response->language, label), value);
}

/* As dispute_beside(): new, NULL for nothing. */
static char *disputed_text(const Response *response, const char *field)
{
    const ResponsePaperAbout *about = response->about;
    return about->disputes != NULL
               ? dispute_beside(about->disputes, DISPUTE_RESPONSE, about->response_id, field,
                                response->language)
               : NULL;
}

static void write_value_of(Response *response, const FormItem *item, const Answer *answer)
{
    g_autofree char *value = flow_value_text(item, answer, response->language);
    paper_keep(response->paper);
    if (item->own_words && answer->kind == ANSWER_VALUE)
        paper_quote(response->paper, value);
    else if (value[0] != '\0')
        paper_note(response->paper, value);
    if (answer->note != NULL) {
        g_autofree char *note =
            g_strdup_printf(i18n_text_in(response->language, N_("Note: %s")), answer->note);
        paper_keep(response->paper);
        paper_note(response->paper, note);
    }
}

static void write_answer(Response *response, const FlowStep *step)
{
    const FormItem *item = step->item;
    const Answer *answer = answers_get(response->answers, item->link_id, step->instance);
    g_autofree char *key = dispute_question(item->link_id, step->instance);
    g_autofree char *disputed = disputed_text(response, key);
    if ((answer == NULL && disputed == NULL) ||
        (response->protected_identity && leads_to_person(item)))
        return;
    write_pending(response, item);
    g_autofree char *question = form_fill(item->text, response->language, &response->fills);
    paper_strong(response->paper, question);
    if (answer != NULL)
        write_value_of(response, item, answer);
    if (disputed != NULL)
        paper_keep(response->paper);
    write_value(response, N_("The person says that something here is wrong"), disputed);
}

static void write_all(Response *response, const ResponsePaperAbout *about)
{
    paper_heading(response->paper, 1, form_text_in(response->form->title, response->language));
    write_value(response, N_("Name"), about->client);
    if (!about->protected_identity)
        write_value(response, N_("Identity number"), about->id_number);
    write_value(response, N_("Answered by"), about->respondent);
    write_value(response, N_("Staff"), about->staff);
    g_autofree char *disputed = disputed_text(response, DISPUTE_WHOLE);
    write_value(response, N_("The person says that something here is wrong"), disputed);
    for (int i = 0; i < flow_count(response->flow); i++) {
        const FlowStep *step = flow_step(response->flow, i);
        if (step->item->type == ITEM_GROUP)
            add_pending(response, i);
        else if (step->number > 0)
            write_answer(response, step);
    }
    if (!about->signatures || about->unfinished)
        return;
    const char *name = i18n_text_in(response->language, N_("Signature and name in print"));
    const char *day = i18n_text_in(response->language, N_("Date"));
    paper_heading(response->paper, 2, i18n_text_in(response->language, N_("Signatures")));
    paper_signature(response->paper, about->client, name, day);
    paper_signature(response->paper, about->staff, name, day);
}

gboolean response_pdf_write(const Form *form, Answers *answers, const ResponsePaperAbout *about,
                            const char *language, gboolean large, const char *path, GError **error)
{
    const PaperHead head = {.title = form_text_in(form->title, language),
                            .language = language,
                            .large = large,
                            .unit = about->unit,
                            .person = about->client,
                            .unfinished = about->unfinished,
                            .date = about->today};
    g_autoptr(Paper) paper = paper_new(&head, error);
    if (paper == NULL)
        return FALSE;
    g_autoptr(Flow) flow = flow_new(form, answers, about->today);
    g_autoptr(GArray) pending = g_array_new(FALSE, FALSE, sizeof(int));
    Response response = {
        .form = form,
        .answers = answers,
        .flow = flow,
        .language = language,
        .fills = {about->client, about->staff, about->unit, about->respondent, about->today},
        .protected_identity = about->protected_identity,
        .about = about,
        .pending = pending,
        .paper = paper,
    };
    write_all(&response, about);
    return paper_write(paper, path, FALSE, error);
}
