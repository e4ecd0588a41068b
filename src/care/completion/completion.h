/* completion.h: what a completed response becomes: the client's card, decision, consents, the first
 * series of visits, and tasks, by the `mapsTo` of its items.
 *
 * client.*: the card, changed, or made when the response has no client: the name, identity number
 * and so on of the questions that apply. client.contact stands on groups, one line a repetition.
 * support_worker_id and case_officer_id are names or logins; named_staff several, who may open the
 * card of a protected client.
 *
 * consent.*: one consent for each instance of the group it stands in.
 *
 * decision.*: one decision for the response. A pre-assessment with an outcome is due no more;
 * decision.inquiry_due_on is when the inquiry is that it opened.
 *
 * sip.*: what may stop a SIP (completion_stop.h). plan.hard, plan.then: the two questions (plan.h).
 *
 * Of somebody new who is not in the register, and whose matter ends with advice or belongs to
 * somebody else (decision.kind), the card gets what finds and reaches the person again and nothing
 * more: it is among those who do not come here, until a matter begins.
 *
 * series.*: a series of visits (rrule: once, weekly, every-other-week, monthly; on weekdays, else
 * on that of the first visit).
 *
 * task.follow-up, task.call-back: a task on that day; task.due_time and task.note in the same group
 * belong to it. Who is called back is caller.who, caller.name and caller.phone, and task.contact in
 * the same group; never the client's number in the stead of theirs.
 *
 * task.soon: a task for today when the answer is yes.
 *
 * task.sip, task.relatives, client.interpreter: a task when the answer is yes, so many days after
 * the matter came in (decision.received_on); task.protection: when it is no. task.mandate: before
 * the day on which the mandate of task.mandate_of ends. None of these begins for a client whose
 * help has ended.
 *
 * action.*: a task for each instance of the group: what, who, due_on.
 *
 * When a correction is completed the same things are changed, never made twice: they are found
 * again by the response that it corrects, item and instance. What was done by hand in between (a
 * task ticked off, a consent withdrawn) stays. */
#pragma once

#include "care/response/response_value.h"
#include "care/unit/session.h"
#include "form/answers.h"

/* Inside the transaction of response_complete(). Fills in response->client_id of an intake. Takes
 * the form's permission as enough: the card is changed by whoever may complete the form.
 * ERROR_EXISTS names the client who has the identity number already; ERROR_INPUT names the question
 * to mend. */
gboolean completion_apply(Session *session, Response *response, const Form *form, Answers *answers,
                          GError **error);
