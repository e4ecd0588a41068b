/* ground.c: what a line of what the support rests on is, and what it says. */
#include "ui/clients/ground.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_words.h"
#include "care/client/consent_rows.h"
#include "care/client/implementation_rows.h"

void ground_free(gpointer data)
{
    Ground *ground = data;
    consent_free(ground->consent);
    decision_free(ground->decision);
    care_order_free(ground->order);
    implementation_free(ground->plan);
    g_free(ground->state);
    g_free(ground->month);
    g_free(ground->corrected);
    quote_free(ground->quote);
    dispute_free(ground->dispute);
    g_free(ground);
}

gboolean ground_is_same(gconstpointer a, gconstpointer b)
{
    const Ground *one = a, *other = b;
    if (one->consent != NULL && other->consent != NULL)
        return one->consent->id == other->consent->id;
    if (one->decision != NULL && other->decision != NULL)
        return one->decision->id == other->decision->id;
    if (one->order != NULL && other->order != NULL)
        return one->order->id == other->order->id;
    if (one->plan != NULL && other->plan != NULL)
        return one->plan->id == other->plan->id;
    if (one->dispute != NULL && other->dispute != NULL)
        return one->dispute->id == other->dispute->id;
    return one->quote != NULL && other->quote != NULL && one->quote->id == other->quote->id;
}

/* --- in the list ------------------------------------------------------------------------------ */

const char *ground_kind(const Ground *ground)
{
    return ground->consent != NULL    ? _("Consent")
           : ground->decision != NULL ? _("Decision")
           : ground->order != NULL    ? _("Order")
           : ground->plan != NULL     ? C_("implementation", "Plan")
           : ground->dispute != NULL  ? _("Objection")
                                      : _("Quote");
}

char *ground_state(const Ground *ground)
{
    return ground->consent != NULL    ? client_words_consent(ground->consent)
           : ground->decision != NULL ? client_words_decision(ground->decision)
           : ground->order != NULL    ? g_strdup(ground->state)
           : ground->plan != NULL     ? implementation_words(ground->plan)
           : ground->dispute != NULL  ? g_strdup(dispute_outcome_name(ground->dispute->outcome))
                                      : client_words_quote(ground->quote);
}

const char *ground_about(const Ground *ground)
{
    const char *about = ground->consent != NULL    ? ground->consent->actors
                        : ground->decision != NULL ? client_words_decision_about(ground->decision)
                        : ground->order != NULL    ? ground->order->provider
                        : ground->plan != NULL     ? ground->plan->provider
                        : ground->dispute != NULL  ? ground->dispute->entry
                                                   : ground->quote->words;
    return about != NULL ? about : "";
}

/* --- what can be done with it ----------------------------------------------------------------- */

gint64 ground_response(const Ground *ground)
{
    const Dispute *dispute = ground->dispute;
    return ground->consent != NULL                                 ? ground->consent->response_id
           : ground->decision != NULL                              ? ground->decision->response_id
           : dispute != NULL && dispute->about == DISPUTE_RESPONSE ? dispute->about_id
                                                                   : 0;
}

gboolean ground_is_entered(const Ground *ground)
{
    return ground->order != NULL || ground->plan != NULL ||
           (ground->decision != NULL && ground->decision->response_id == 0);
}

gboolean ground_has_paper(const Ground *ground)
{
    return ground->decision != NULL || ground->order != NULL ||
           (ground->plan != NULL && implementation_is_late(ground->plan, clock_today()));
}

/* --- all that it says ------------------------------------------------------------------------- */

static void add(Detail *detail, const char *label, const char *text)
{
    detail_add(detail, label, g_strdup(text));
}

static void add_day(Detail *detail, const char *label, Date day)
{
    char text[DATE_SIZE];
    add(detail, label, date_or_null(day, text));
}

Detail *ground_consent_detail(const Consent *consent)
{
    Detail *detail = detail_new();
    add(detail, C_("consent", "With"), consent->actors);
    add(detail, C_("consent", "About"), consent->scope);
    add(detail, C_("consent", "For"), consent->purpose);
    add(detail, C_("consent", "But not"), consent->exceptions);
    add_day(detail, C_("consent", "From"), consent->given_on);
    add_day(detail, C_("consent", "Until"), consent->ends_on);
    add(detail, C_("consent", "Said by"), consent_giver_name(consent->given_by));
    add(detail, C_("consent", "How"), consent_form_name(consent->form));
    return detail;
}

static Detail *decision_detail(const Ground *ground, GPtrArray *disputes)
{
    const Decision *decision = ground->decision;
    Detail *detail = detail_new();
    detail_add(detail, _("Objection"),
               dispute_beside(disputes, DISPUTE_DECISION, decision->id, NULL, i18n_language()));
    add(detail, C_("decision", "Matter"), decision_kind_name(decision->kind));
    add(detail, C_("decision", "Applied for"), decision->asked_for);
    add(detail, C_("decision", "Support"), decision_support_name(decision->support));
    add(detail, C_("decision", "Goal"), decision->purpose);
    add(detail, C_("decision", "Hours a week"), decision->hours);
    add_day(detail, C_("decision", "Came in"), decision->received_on);
    add_day(detail, C_("decision", "Decided"), decision->decided_on);
    add(detail, C_("decision", "Decided by"), decision->decided_by);
    add_day(detail, C_("decision", "From"), decision->valid_from);
    add_day(detail, C_("decision", "Until"), decision->valid_to);
    add(detail, C_("decision", "Hours a month"), ground->month);
    detail_add(detail, C_("decision", "By the"), client_words_law(decision));
    add(detail, C_("decision", "Reasons"), decision->reasons);
    add(detail, C_("decision", "Delegation"), decision->delegation);
    add(detail, C_("decision", "Corrections"), ground->corrected);
    return detail;
}

static Detail *order_detail(const CareOrder *order)
{
    Detail *detail = detail_new();
    add(detail, C_("order", "Who carries it out"), order->provider);
    add_day(detail, C_("order", "Ordered"), order->ordered);
    add_day(detail, C_("order", "Sent"), order->sent);
    add_day(detail, C_("order", "Plan due"), order->plan_due);
    add(detail, C_("order", "Aims"), order->aims);
    add(detail, C_("order", "Need to know"), order->words);
    add(detail, C_("order", "Contact"), order->contact);
    add(detail, C_("order", "Telephone"), order->phone);
    return detail;
}

static Detail *plan_detail(const Implementation *plan)
{
    const gboolean came = plan->arrived != DATE_NONE, said = plan->source != SOURCE_NONE;
    Detail *detail = detail_new();
    add(detail, C_("order", "Who carries it out"), plan->provider);
    add_day(detail, C_("implementation", "Due"), plan->due);
    add_day(detail, C_("implementation", "Came"), plan->arrived);
    add(detail, C_("implementation", "Had part in it"),
        came ? implementation_part_name(plan->part) : NULL);
    add(detail, C_("implementation", "Whose word"), said ? cause_source_name(plan->source) : NULL);
    add(detail, C_("implementation", "In words"), plan->words);
    add_day(detail, C_("implementation", "Followed up"), plan->follow_up);
    add_day(detail, C_("implementation", "Told late"), plan->letter);
    return detail;
}

static Detail *quote_detail(const Quote *quote)
{
    Detail *detail = detail_new();
    add(detail, C_("quote", "Words"), quote->words);
    add_day(detail, C_("quote", "Said"), quote->said_on);
    add_day(detail, C_("quote", "Allowed"), quote->allowed_on);
    return detail;
}

static Detail *dispute_detail(const Dispute *dispute)
{
    Detail *detail = detail_new();
    add(detail, C_("dispute", "About"), dispute->entry);
    add(detail, C_("dispute", "Words"), dispute->words);
    add_day(detail, C_("quote", "Said"), dispute->said_on);
    add(detail, _("Noted by"), dispute->taken_by);
    add(detail, _("What came of it"), dispute_outcome_name(dispute->outcome));
    add(detail, _("Reason"), dispute->reason);
    add(detail, _("Answered by"), dispute->settled_by);
    detail_add(detail, _("Answered on"),
               dispute->settled_ms != 0 ? clock_text(dispute->settled_ms) : NULL);
    return detail;
}

Detail *ground_detail(const Ground *ground, GPtrArray *disputes)
{
    return ground->consent != NULL    ? ground_consent_detail(ground->consent)
           : ground->decision != NULL ? decision_detail(ground, disputes)
           : ground->order != NULL    ? order_detail(ground->order)
           : ground->plan != NULL     ? plan_detail(ground->plan)
           : ground->dispute != NULL  ? dispute_detail(ground->dispute)
                                      : quote_detail(ground->quote);
}
