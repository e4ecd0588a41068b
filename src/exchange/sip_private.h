/* sip_private.h: what sip_pdf.c (who may have which paper), sip_meeting.c (call and invitation) and
 * sip_plan.c (the plan) share: sip_answers.c and sip_consent.c. The linkIds are those of
 * forms/sip.yaml. */
#pragma once

#include "exchange/paper.h"
#include "exchange/sip_paper.h"
#include "form/flow.h"

typedef struct {
    const Form *form;
    Answers *answers;
    Flow *flow;
    const SipPaperAbout *about;
    const char *addressee; /* "" for the plan */
    const char *language;
    Paper *paper;
} Sip;

/* A program text in the paper's language. */
const char *sip_text(const Sip *sip, const char *english) G_GNUC_FORMAT(2);
gboolean sip_has(const Sip *sip, const char *link_id); /* the form has such an item */
/* The answer that applies, as text in the paper's language; NULL when there is none. New. */
char *sip_value(const Sip *sip, const char *link_id, const char *instance);
/* The same as stored: "region". Owned by the answers; NULL when there is none. */
const char *sip_code(const Sip *sip, const char *link_id, const char *instance);
/* How many repetitions of the group have been begun; 0 where the form has no such group. */
int sip_repetitions(const Sip *sip, const char *group);
/* Whether some repetition's answer to `link_id` is `code`. */
gboolean sip_some(const Sip *sip, const char *group, const char *link_id, const char *code);

/* A label with the answer; left out when there is none. */
void sip_put(const Sip *sip, const char *label, const char *link_id, const char *instance);
/* The same; "not decided yet" when there is none. */
void sip_put_or_open(const Sip *sip, const char *label, const char *link_id, const char *instance);
/* A label with a given text; left out when that is NULL or "". */
void sip_put_text(const Sip *sip, const char *label, const char *text);
/* What stands where nothing has been answered: "not decided yet", or lines to write on when the
 * form does not ask for it (`link_id`). */
void sip_put_nothing(const Sip *sip, const char *link_id);

/* The first reason why nothing may leave today; NULL when the consent is in force. Once the form is
 * completed the consent is the card's, where it can be withdrawn; before, it is as answered. A form
 * that asks for no consent leaves it to the unit's own routine. Source: domain, SIP: never against
 * the person's will, never general, revocable at any time. */
const char *sip_consent_fault(const Sip *sip); /* msgid */
/* Until when the consent holds; where it does not, that and why. */
void sip_put_consent(const Sip *sip);

void sip_write_meeting(const Sip *sip, SipPaper kind);
void sip_write_plan(const Sip *sip);
