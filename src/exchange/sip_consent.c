/* sip_consent.c: what a SIP's consent allows today, and how it is told on paper. */
#include "exchange/sip_private.h"

#include "base/i18n.h"
#include "care/completion/completion_stop.h"

const char *sip_consent_fault(const Sip *sip)
{
    const Consent *consent = sip->about->consent;
    const Date today = sip->about->today;
    const FormItem *item;
    if (consent != NULL && consent->withdrawn_on != DATE_NONE && consent->withdrawn_on <= today)
        return N_("The consent has been withdrawn, so nothing is shared with others.");
    if (consent != NULL && consent->met_by_no)
        return N_("The person has said no since, so nothing is shared with others until it is said "
                  "which holds.");
    if (consent != NULL && !consent_holds(consent, today))
        return N_("The consent has run out, so nothing is shared with others. Ask for a new one "
                  "first.");
    return completion_consent_fault(sip->form, sip->answers, today, &item);
}

void sip_put_consent(const Sip *sip)
{
    const Consent *consent = sip->about->consent;
    const char *fault = sip_consent_fault(sip);
    g_autofree char *end = consent != NULL && consent->ends_on != DATE_NONE
                               ? form_date_text(consent->ends_on, sip->language)
                               : sip_value(sip, "samtycke-till", "");
    if (fault != NULL)
        paper_text(sip->paper, i18n_text_in(sip->language, fault));
    else
        sip_put_text(sip, sip_text(sip, N_("The consent holds until")), end);
}
