/* order_paper.c: an order, and the letter about a plan that has not come, on paper. */
#include "exchange/order_paper.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_rows.h"
#include "care/client/client_words.h"
#include "care/unit/audit.h"
#include "exchange/paper.h"

struct OrderPaper {
    CareOrder *order;     /* NULL: the letter about a plan without one */
    Implementation *plan; /* that the letter is about; NULL: the order itself */
    gboolean demo;
    Decision *decision;
    char *unit, *writer, *client, *id_number; /* the number is NULL where identity is protected */
    gboolean hidden;                          /* it is */
};

void order_paper_free(OrderPaper *paper)
{
    if (paper == NULL)
        return;
    care_order_free(paper->order);
    implementation_free(paper->plan);
    decision_free(paper->decision);
    g_free(paper->unit);
    g_free(paper->writer);
    g_free(paper->client);
    g_free(paper->id_number);
    g_free(paper);
}

/* --- reading ---------------------------------------------------------------------------------- */

/* Of whom it is about, and what is granted. */
static gboolean read_beside(Session *session, OrderPaper *paper, gint64 client_id,
                            gint64 decision_id, GError **error)
{
    paper->decision = decision_get(session, decision_id, error);
    ClientRow *client = paper->decision != NULL ? client_glance(session, client_id, error) : NULL;
    if (client == NULL)
        return FALSE;
    paper->unit = g_strdup(session_unit_name(session));
    paper->demo = session_is_demo(session);
    paper->writer = g_strdup(session_staff_name(session));
    paper->client = g_strdup(client->name);
    paper->hidden = client->protection != PROTECTION_NONE;
    if (!paper->hidden)
        paper->id_number = g_strdup(client->id_number);
    client_row_free(client);
    return TRUE;
}

OrderPaper *order_paper_new(Session *session, gint64 order_id, GError **error)
{
    g_autoptr(OrderPaper) paper = g_new0(OrderPaper, 1);
    paper->order = care_order_get(session, order_id, error);
    return paper->order != NULL && read_beside(session, paper, paper->order->client_id,
                                               paper->order->decision_id, error)
               ? g_steal_pointer(&paper)
               : NULL;
}

OrderPaper *order_paper_late(Session *session, gint64 plan_id, GError **error)
{
    g_autoptr(OrderPaper) paper = g_new0(OrderPaper, 1);
    Implementation *plan = paper->plan = implementation_get(session, plan_id, error);
    if (plan == NULL)
        return NULL;
    if (!implementation_is_late(plan, clock_today())) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            plan->arrived != DATE_NONE
                                ? _("The plan has come. There is nothing to tell the provider.")
                                : _("The plan is not late yet."));
        return NULL;
    }
    if (plan->order_id != 0 &&
        (paper->order = care_order_get(session, plan->order_id, error)) == NULL)
        return NULL;
    return read_beside(session, paper, plan->client_id, plan->decision_id, error)
               ? g_steal_pointer(&paper)
               : NULL;
}

gboolean order_paper_log(const OrderPaper *paper, Session *session, GError **error)
{
    const gboolean letter = paper->plan != NULL;
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "format", NULL, "pdf");
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    return tx != NULL &&
           audit_write(session, "export", letter ? "implementation" : "care_order",
                       letter ? paper->plan->id : paper->order->id, paper->decision->client_id,
                       changes, error) &&
           db_transaction_commit(tx, error);
}

/* --- writing ---------------------------------------------------------------------------------- */

static void put_head(Paper *paper, const OrderPaper *of, const char *title)
{
    paper_heading(paper, 1, title);
    if (of->demo)
        paper_note(paper, _("This is a demo. Everybody in it is made up."));
    paper_value_if_any(paper, _("To"), of->order != NULL ? of->order->provider : NULL);
    paper_value_if_any(paper, _("From the unit"), of->unit);
    paper_value_if_any(paper, _("It is about"), of->client);
    paper_value_if_any(paper, _("Identity number"), of->id_number);
    if (of->hidden)
        paper_note(paper,
                   _("The person has protected identity. Keep this paper locked in, show it to "
                     "nobody who does not need it, and write no address on it."));
}

static void put_granted(Paper *paper, const OrderPaper *of)
{
    const Decision *decision = of->decision;
    g_autofree char *law = client_words_law(decision);
    g_autofree char *hours =
        decision->month_minutes > 0 ? client_words_hours(decision->month_minutes) : NULL;
    paper_heading(paper, 2, _("What is granted"));
    paper_value_if_any(paper, _("Support"), decision_support_name(decision->support));
    paper_value_if_any(paper, _("At most a month"), hours);
    paper_value_if_any(paper, _("Hours a week"), decision->hours);
    paper_day_if_any(paper, _("From"), decision->valid_from);
    if (decision->valid_to != DATE_NONE)
        paper_day_if_any(paper, _("To"), decision->valid_to);
    else
        paper_value_if_any(paper, _("To"), _("until further notice"));
    paper_day_if_any(paper, _("Decided on"), decision->decided_on);
    paper_value_if_any(paper, _("By the law"), law);
}

static void put_words(Paper *paper, const char *heading, const char *words)
{
    if (words == NULL)
        return;
    paper_heading(paper, 2, heading);
    paper_text(paper, words);
}

static void put_plan(Paper *paper, const CareOrder *order)
{
    static const char *const POINTS[] = {
        N_("what is to be done, when and how, and who does it"),
        N_("what the person wants, in their own words, and how they had part in the plan"),
        N_("when you look together at how it works."),
    };
    char day[DATE_SIZE];
    if (order->plan_due == DATE_NONE)
        return;
    g_autofree char *by = g_strdup_printf(
        _("Write the plan together with the person. It is to be with us on %s at the latest."),
        date_format(order->plan_due, day));
    paper_heading(paper, 2, _("The implementation plan"));
    paper_text(paper, by);
    paper_text(paper, _("In the plan stands:"));
    for (gsize i = 0; i < G_N_ELEMENTS(POINTS); i++)
        paper_bullet(paper, _(POINTS[i]));
}

static void put_contact(Paper *paper, const OrderPaper *of)
{
    const CareOrder *order = of->order;
    paper_heading(paper, 2, _("Ask us"));
    paper_value_if_any(paper, _("Contact"),
                       order != NULL && order->contact != NULL ? order->contact : of->writer);
    paper_value_if_any(paper, _("Telephone"), order != NULL ? order->phone : NULL);
}

static void put_order(Paper *paper, const OrderPaper *of)
{
    paper_day_if_any(paper, _("Ordered on"), of->order->ordered);
    put_granted(paper, of);
    put_words(paper, _("Aims"), of->order->aims);
    put_words(paper, _("What else you need to know"), of->order->words);
    put_plan(paper, of->order);
    paper_heading(paper, 2, _("When something changes"));
    paper_text(paper,
               _("Tell us at once if you cannot carry it out as it stands here, if the person "
                 "does not want the support, or if the need has changed."));
    put_contact(paper, of);
}

static void put_letter(Paper *paper, const OrderPaper *of)
{
    char due[DATE_SIZE], until[DATE_SIZE];
    g_autofree char *what =
        g_strdup_printf(_("The implementation plan was to be with us on %s. We have not got it."),
                        date_format(of->plan->due, due));
    g_autofree char *by = g_strdup_printf(
        _("Send it to us on %s at the latest. If something stands in the way, tell us what, and "
          "when "
          "it can come. If you have sent it, tell us when and how, so that we can look for it."),
        date_format(clock_today() + IMPLEMENTATION_LETTER_DAYS, until));
    if (of->order != NULL)
        paper_day_if_any(paper, _("Ordered on"), of->order->ordered);
    paper_value_if_any(paper, _("Support"), decision_support_name(of->decision->support));
    paper_heading(paper, 2, _("What has happened"));
    paper_text(paper, what);
    paper_heading(paper, 2, _("What we ask you to do"));
    paper_text(paper, by);
    paper_text(paper,
               _("The plan is for the person: it says what they want and what they can count "
                 "on. That is why we look for it."));
    put_contact(paper, of);
    paper_heading(paper, 2, _("Your answer"));
    paper_lines(paper, 4);
    paper_signature(paper, _("From the provider"), _("Name"), _("Day"));
}

gboolean order_paper_write(const OrderPaper *of, gboolean large, const char *path, GError **error)
{
    const gboolean letter = of->plan != NULL;
    const PaperHead head = {.title = letter ? _("The implementation plan has not come")
                                            : _("Order of support"),
                            .language = i18n_language(),
                            .large = large,
                            .unit = of->unit,
                            .person = of->client,
                            .date = clock_today()};
    g_autoptr(Paper) paper = paper_new(&head, error);
    if (paper == NULL)
        return FALSE;
    put_head(paper, of, head.title);
    if (letter)
        put_letter(paper, of);
    else
        put_order(paper, of);
    return paper_write(paper, path, FALSE, error);
}
