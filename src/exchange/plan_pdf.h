/* plan_pdf.h: the plan of action (handlingsplan) as the person it belongs to reads it: what it is
 * like now, what is wanted, who does what and when it is looked at again. As the SIP plan is
 * written (sip_pdf.h), not as questions and answers. What staff, a guardian or relatives say of the
 * person is not on it, nor what may stand in the way: it is the person's own paper. */
#pragma once

#include "exchange/sip_pdf.h"

/* Whether such a paper can be written from the form's answers. */
gboolean plan_pdf_fits(const Form *form);
/* Writes it. What has not been answered is left out or is "inte bestämt ännu". ERROR_INPUT when the
 * form is no such plan; other errors as sip_pdf_write(). `answers` are as flow_new() takes them. */
gboolean plan_pdf_write(const Form *form, Answers *answers, const SipPaperAbout *about,
                        const char *language, gboolean large, const char *path, GError **error);
