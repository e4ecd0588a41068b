/* sip_pdf.c: who may have which paper. */
#include "exchange/sip_pdf.h"

#include "base/i18n.h"
#include "base/text.h"
#include "exchange/sip_private.h"

#include <string.h>

/* Whether the form asks what a SIP's papers are made of, at least in part. */
static gboolean is_sip(const Sip *sip)
{
    return sip_has(sip, "mote-dag") || sip_has(sip, "plan-insatser") || sip_has(sip, "plan-mal");
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
    const char *fault = sip_consent_fault(sip);
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
