/* sip_pdf.c: who may have which paper, and how the answers are found. */
#include "exchange/sip_private.h"

#include "base/i18n.h"
#include "base/text.h"
#include "care/completion/completion_stop.h"

#include <string.h>

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

/* --- who may have which paper --- */

/* Whether the form asks what a SIP's papers are made of, at least in part. */
static gboolean is_sip(const Sip *sip)
{
    return sip_has(sip, "mote-dag") || sip_has(sip, "plan-insatser") || sip_has(sip, "plan-mal");
}

/* The first reason why nothing may leave today; NULL when the consent is in force. Once the form is
 * completed the consent is the card's, where it can be withdrawn; before, it is as answered. A form
 * that asks for no consent leaves it to the unit's own routine. Source: domain, SIP: never against
 * the person's will, never general, revocable at any time. */
static const char *consent_fault(const Sip *sip)
{
    const Consent *consent = sip->about->consent;
    const Date today = sip->about->today;
    const FormItem *item;
    if (consent != NULL && consent->withdrawn_on != DATE_NONE && consent->withdrawn_on <= today)
        return N_("The consent has been withdrawn, so nothing is shared with others.");
    if (consent != NULL && !consent_holds(consent, today))
        return N_("The consent has run out, so nothing is shared with others. Ask for a new one "
                  "first.");
    return completion_consent_fault(sip->form, sip->answers, today, &item);
}

void sip_put_consent(const Sip *sip)
{
    const Consent *consent = sip->about->consent;
    const char *fault = consent_fault(sip);
    g_autofree char *end = consent != NULL && consent->ends_on != DATE_NONE
                               ? form_date_text(consent->ends_on, sip->language)
                               : sip_value(sip, "samtycke-till", "");
    if (fault != NULL)
        paper_text(sip->paper, i18n_text_in(sip->language, fault));
    else
        sip_put_text(sip, sip_text(sip, N_("The consent holds until")), end);
}

/* Whether the words of `name` stand in `text`, in their order. */
static gboolean names(const char *text, const char *name)
{
    g_autofree char *words = text_fold(name), *all = text_fold(text);
    g_autofree char *padded = g_strconcat(" ", all, " ", NULL);
    g_autofree char *wanted = g_strconcat(" ", words, " ", NULL);
    return words[0] != '\0' && strstr(padded, wanted) != NULL;
}

static gboolean may_leave(const Sip *sip, GError **error)
{
    const char *fault = consent_fault(sip);
    const char *unwanted = sip_code(sip, "inte-med", "");
    if (fault != NULL) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT, i18n_text(fault));
        return FALSE;
    }
    if (unwanted != NULL && names(unwanted, sip->addressee)) {
        g_set_error(
            error, DAGSFORM_ERROR, ERROR_INPUT,
            _("The person does not want %s at the meeting, so no paper to them is written."),
            sip->addressee);
        return FALSE;
    }
    return TRUE;
}

/* The title stands in the metadata and at each foot: no name. */
static const char *title_of(SipPaper kind)
{
    static const char *const TITLES[] = {
        [SIP_PAPER_CALL] = N_("Call to a meeting about a coordinated individual plan (SIP)"),
        [SIP_PAPER_INVITATION] =
            N_("Invitation to a meeting about a coordinated individual plan (SIP)"),
        [SIP_PAPER_PLAN] = N_("Coordinated individual plan (SIP)"),
    };
    return TITLES[kind];
}

gboolean sip_pdf_write(SipPaper kind, const Form *form, Answers *answers,
                       const SipPaperAbout *about, const char *addressee, const char *language,
                       gboolean large, const char *path, GError **error)
{
    g_autoptr(Flow) flow = flow_new(form, answers, about->today);
    Sip sip = {.form = form,
               .answers = answers,
               .flow = flow,
               .about = about,
               .addressee = addressee != NULL ? addressee : "",
               .language = language};
    if (!is_sip(&sip)) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("The form “%s” has none of the questions that a SIP is written from. Choose "
                      "the form sip."),
                    form_text(form->title));
        return FALSE;
    }
    if (kind != SIP_PAPER_PLAN && !may_leave(&sip, error))
        return FALSE;
    const PaperHead head = {.title = sip_text(&sip, title_of(kind)),
                            .language = language,
                            .large = large,
                            .unit = about->unit,
                            .person = about->client,
                            .unfinished = kind == SIP_PAPER_PLAN && about->unfinished,
                            .date = about->today};
    g_autoptr(Paper) paper = paper_new(&head, error);
    if (paper == NULL)
        return FALSE;
    sip.paper = paper;
    paper_heading(paper, 1, head.title);
    if (kind == SIP_PAPER_PLAN)
        sip_write_plan(&sip);
    else
        sip_write_meeting(&sip, kind);
    return paper_write(paper, path, FALSE, error);
}
