/* completion_stop.h: why a form cannot be completed today, though each of its answers can stand.
 * Pure.
 *
 * The first visit of a series is on one of its weekdays (series.starts_on, series.weekdays).
 *
 * A SIP rests on consent (10 kap. 8 § socialtjänstlagen (2025:400)): it is completed while the
 * consent holds and after its meeting, unless it is closed. Who consents for a child follows its
 * age and maturity: the child alone, the child and the guardians, or the guardians (12 kap. 3 §
 * offentlighets- och sekretesslagen (2009:400)). What a question is about is said by its `mapsTo`:
 *
 *   sip.meeting_on     the day of the meeting; a form that asks for it is a SIP
 *   sip.consent_holds  whether the consent was said to hold when the meeting began
 *   sip.who_consents   by whom it takes, of a child
 *   sip.guardians      whether the guardians consent: "all", or not
 *   sip.child          whether the child consents
 *   sip.closed_on      the day the plan was closed: nothing is shared by it any more */
#pragma once

#include "base/date.h"
#include "form/flow.h"

/* A sentence that says why and what to do, and the question to change in `item`; NULL: nothing
 * stops it. A `correction` may tell that the consent has been withdrawn or has run out since.
 * Translated. New. */
char *completion_stop(const Form *form, const Answers *answers, Date today, gboolean correction,
                      const FormItem **item);
/* Why nothing may be shared by the consent that a form asks for, as it is answered: not given,
 * withdrawn, run out, or not given for a child by whom it takes. NULL: it holds, or the form asks
 * for none. In English, for i18n_text_in(). */
const char *completion_consent_fault(const Form *form, const Answers *answers, Date today,
                                     const FormItem **item);
