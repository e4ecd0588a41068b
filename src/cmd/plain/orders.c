/* orders.c: orders to the one who carries out what was decided, and the plans for how, as lines. */
#include "cmd/plain/page.h"
#include "cmd/plain/plain.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "care/client/care_order_rows.h"
#include "care/client/implementation_rows.h"
#include "care/unit/access.h"

/* --- the page of an order --------------------------------------------------------------------- */

/* What the page is about. */
typedef struct {
    CareOrder *order;
    gint64 days; /* that the unit gives for the plan */
} OrderPage;

static void check_order(PlainPage *page, char *const *values, const char **faults)
{
    g_autoptr(CareOrder) scratch = g_new0(CareOrder, 1);
    care_order_rows_take(values, ((const OrderPage *)page->data)->days, scratch, faults);
}

static gboolean save_order(PlainPage *page)
{
    const char *faults[ORDER_ROW_COUNT];
    Session *session = page->plain->session;
    const OrderPage *of = page->data;
    CareOrder *order = of->order;
    GError *error = NULL;
    care_order_rows_take(page->values, of->days, order, faults);
    order->version = page->is_new ? 1 : page->version;
    if (page->is_new ? care_order_add(session, order, &error)
                     : care_order_change(session, order, &error)) {
        g_autofree char *what = care_order_words_done(order);
        plain_say(page->plain, "%s", what);
        return TRUE;
    }
    g_autoptr(CareOrder) theirs = g_error_matches(error, DAGSFORM_ERROR, ERROR_CONFLICT)
                                      ? care_order_get(session, order->id, NULL)
                                      : NULL;
    if (theirs != NULL)
        plain_page_merge(page, care_order_rows_values(theirs), theirs->version);
    plain_error(page->plain, error);
    return FALSE;
}

/* `order` with id 0: a new one. */
static void enter_order(Plain *plain, CareOrder *order)
{
    const gboolean is_new = order->id == 0;
    OrderPage of = {.order = order};
    GError *error = NULL;
    const PlainRow rows[ORDER_ROW_COUNT] = {
        [ORDER_ROW_PROVIDER] = {.label = C_("order", "Who carries it out"),
                                .help = _("The unit or company that gives the support.")},
        [ORDER_ROW_ORDERED] = {.label = C_("order", "Ordered"),
                               .help = _("Empty: today."),
                               .day = TRUE},
        [ORDER_ROW_AIMS] = {.label = C_("order", "Aims"),
                            .help =
                                _("What the support is to lead to, as the person says it. May be "
                                  "left empty.")},
        [ORDER_ROW_WORDS] = {.label = C_("order", "Need to know"),
                             .help =
                                 _("What they need to know besides, and nothing more. May be left "
                                   "empty.")},
        [ORDER_ROW_CONTACT] = {.label = C_("order", "Contact"),
                               .help = _("Whom they can ask, of the unit.")},
        [ORDER_ROW_PHONE] = {.label = C_("order", "Telephone"), .help = _("May be left empty.")},
        [ORDER_ROW_DUE] = {.label = C_("order", "Plan due"),
                           .help = _("When the plan is to be with us. Empty: as the unit has it."),
                           .day = TRUE},
        [ORDER_ROW_SENT] = {.label = C_("order", "Sent"),
                            .help = _("The day on which it was sent. Empty: not yet."),
                            .day = TRUE},
    };
    if (!implementation_days(plain->session, &of.days, &error)) {
        plain_error(plain, error);
        return;
    }
    PlainPage page = {
        .plain = plain,
        .title = _("Order"),
        .rows = rows,
        .count = ORDER_ROW_COUNT,
        .values = care_order_rows_values(order),
        .base = is_new ? NULL : care_order_rows_values(order),
        .version = is_new ? 0 : order->version,
        .kept = {.kind = is_new ? DRAFT_ORDER : DRAFT_ORDER_CHANGE,
                 .ref_id = is_new ? order->decision_id : order->id},
        .is_new = is_new,
        .data = &of,
        .check = check_order,
        .save = save_order,
    };
    plain_page(&page);
    plain_page_clear(&page);
}

void plain_new_order(Plain *plain, gint64 decision_id)
{
    GError *error = NULL;
    g_autoptr(Decision) decision = decision_get(plain->session, decision_id, &error);
    g_autoptr(CareOrder) order =
        decision != NULL ? care_order_new(plain->session, decision, &error) : NULL;
    plain_error(plain, error);
    if (order != NULL)
        enter_order(plain, order);
}

void plain_change_order(Plain *plain, gint64 id)
{
    GError *error = NULL;
    g_autoptr(CareOrder) order = care_order_get(plain->session, id, &error);
    plain_error(plain, error);
    if (order != NULL)
        enter_order(plain, order);
}

/* --- the page of a plan ----------------------------------------------------------------------- */

static void check_plan(PlainPage *page, char *const *values, const char **faults)
{
    (void)page;
    g_autoptr(Implementation) scratch = implementation_new(0, 0);
    implementation_rows_take(values, scratch, faults);
}

static gboolean save_plan(PlainPage *page)
{
    const char *faults[IMPLEMENTATION_ROW_COUNT];
    Session *session = page->plain->session;
    Implementation *plan = page->data;
    GError *error = NULL;
    implementation_rows_take(page->values, plan, faults);
    plan->version = page->is_new ? 1 : page->version;
    if (page->is_new ? implementation_add(session, plan, &error)
                     : implementation_change(session, plan, &error)) {
        g_autofree char *what = implementation_words_done(plan);
        plain_say(page->plain, "%s", what);
        return TRUE;
    }
    g_autoptr(Implementation) theirs = g_error_matches(error, DAGSFORM_ERROR, ERROR_CONFLICT)
                                           ? implementation_get(session, plan->id, NULL)
                                           : NULL;
    if (theirs != NULL)
        plain_page_merge(page, implementation_rows_values(theirs), theirs->version);
    plain_error(page->plain, error);
    return FALSE;
}

/* `plan` with id 0: a new one. */
static void enter_plan(Plain *plain, Implementation *plan)
{
    const char *parts[HAD_PART_COUNT], *sources[SOURCE_COUNT];
    const gboolean is_new = plan->id == 0;
    for (int i = 0; i < HAD_PART_COUNT; i++)
        parts[i] = implementation_part_name(i);
    for (int i = 0; i < SOURCE_COUNT; i++)
        sources[i] = implementation_rows_source(i);
    const PlainRow rows[IMPLEMENTATION_ROW_COUNT] = {
        [IMPLEMENTATION_ROW_DUE] = {.label = C_("implementation", "Due"),
                                    .help = _("When the plan is to have come."),
                                    .day = TRUE},
        [IMPLEMENTATION_ROW_ARRIVED] = {.label = C_("implementation", "Came"),
                                        .help =
                                            _("The day on which it came: 21/11, fri, yesterday. "
                                              "Empty: not yet."),
                                        .day = TRUE},
        [IMPLEMENTATION_ROW_PART] = {.label = C_("implementation", "Had part in it"),
                                     .options = parts,
                                     .count = HAD_PART_COUNT},
        [IMPLEMENTATION_ROW_SOURCE] = {.label = C_("implementation", "Whose word"),
                                       .options = sources,
                                       .count = SOURCE_COUNT},
        [IMPLEMENTATION_ROW_WORDS] = {.label = C_("implementation", "In words"),
                                      .help =
                                          _("How the person had part in it, as it was said. May "
                                            "be left empty.")},
        [IMPLEMENTATION_ROW_FOLLOW] = {.label = C_("implementation", "Followed up"),
                                       .help =
                                           _("When you look at how it works: it becomes a task. "
                                             "May be left empty."),
                                       .day = TRUE},
        [IMPLEMENTATION_ROW_LETTER] = {.label = C_("implementation", "Told late"),
                                       .help = _("When the provider was last told. May be left "
                                                 "empty."),
                                       .day = TRUE},
    };
    PlainPage page = {
        .plain = plain,
        .title = _("Implementation plan"),
        .rows = rows,
        .count = IMPLEMENTATION_ROW_COUNT,
        .values = implementation_rows_values(plan),
        .base = is_new ? NULL : implementation_rows_values(plan),
        .version = is_new ? 0 : plan->version,
        .kept = {.kind = is_new ? DRAFT_PLAN : DRAFT_PLAN_CHANGE,
                 .ref_id = is_new ? plan->decision_id : plan->id},
        .is_new = is_new,
        .data = plan,
        .check = check_plan,
        .save = save_plan,
    };
    plain_page(&page);
    plain_page_clear(&page);
}

void plain_new_implementation(Plain *plain, gint64 decision_id)
{
    GError *error = NULL;
    gint64 days = 0;
    g_autoptr(Decision) decision = decision_get(plain->session, decision_id, &error);
    if (decision != NULL && decision_require_grant(decision, &error) &&
        implementation_days(plain->session, &days, &error)) {
        g_autoptr(Implementation) plan = implementation_new(decision->client_id, decision->id);
        plan->due = clock_today() + (Date)days;
        enter_plan(plain, plan);
    }
    plain_error(plain, error);
}

void plain_change_implementation(Plain *plain, gint64 id)
{
    GError *error = NULL;
    g_autoptr(Implementation) plan = implementation_get(plain->session, id, &error);
    plain_error(plain, error);
    if (plan != NULL)
        enter_plan(plain, plan);
}

/* --- one of them ------------------------------------------------------------------------------ */

static void say_fact(Plain *plain, const char *label, const char *text)
{
    if (text != NULL && *text != '\0')
        plain_say(plain, "%s: %s", label, text);
}

static void say_day(Plain *plain, const char *label, Date day)
{
    char date[DATE_SIZE];
    say_fact(plain, label, date_or_null(day, date));
}

static void send_order(Plain *plain, const CareOrder *order)
{
    GError *error = NULL;
    Date day;
    if (!plain_day_asked(plain, _("On which day was it sent?"), &day))
        return;
    if (care_order_send(plain->session, order->id, day, &error))
        plain_say(plain, "%s", _("It is noted that the order was sent."));
    plain_error(plain, error);
}

static void remove_order(Plain *plain, const CareOrder *order)
{
    GError *error = NULL;
    if (care_order_remove(plain->session, order->id, &error))
        plain_say(plain, "%s", _("The order is taken away. The log keeps it."));
    plain_error(plain, error);
}

static void paper_of_order(Plain *plain, const CareOrder *order)
{
    plain_order_paper(plain, order->client_id, order->id, FALSE);
}

static void change_order(Plain *plain, const CareOrder *order)
{
    plain_change_order(plain, order->id);
}

void plain_open_order(Plain *plain, const CareOrder *order, const Decision *decision)
{
    static const struct {
        const char *label;
        void (*run)(Plain *plain, const CareOrder *order);
    } WAYS[] = {
        {N_("Write it on paper for the provider"), paper_of_order},
        {N_("Note that it was sent"), send_order},
        {N_("Change it"), change_order},
        {N_("It was made by mistake: take it away"), remove_order},
    };
    g_autoptr(GPtrArray) labels = g_ptr_array_new();
    g_autofree char *state = care_order_words(order, decision);
    say_fact(plain, C_("order", "Who carries it out"), order->provider);
    say_day(plain, C_("order", "Ordered"), order->ordered);
    say_fact(plain, C_("order", "Sent"), state);
    say_fact(plain, C_("order", "Aims"), order->aims);
    say_fact(plain, C_("order", "Need to know"), order->words);
    say_fact(plain, C_("order", "Contact"), order->contact);
    say_fact(plain, C_("order", "Telephone"), order->phone);
    say_day(plain, C_("order", "Plan due"), order->plan_due);
    const gboolean may = access_allows(plain->session, PERMIT_CLIENT_EDIT);
    for (gsize i = 0; i < (may ? G_N_ELEMENTS(WAYS) : 1); i++)
        g_ptr_array_add(labels, (char *)_(WAYS[i].label));
    const int index =
        plain_choose(plain, _("What about the order? An empty line goes back."), labels);
    if (index >= 0)
        WAYS[index].run(plain, order);
}

static void change_plan(Plain *plain, const Implementation *plan)
{
    plain_change_implementation(plain, plan->id);
}

static void tell_late(Plain *plain, const Implementation *plan)
{
    plain_order_paper(plain, plan->client_id, plan->id, TRUE);
}

static void remove_plan(Plain *plain, const Implementation *plan)
{
    GError *error = NULL;
    if (implementation_remove(plain->session, plan->id, &error))
        plain_say(plain, "%s", _("The plan is no longer awaited. The log keeps it."));
    plain_error(plain, error);
}

static void say_plan(Plain *plain, const Implementation *plan)
{
    g_autofree char *state = implementation_words(plan);
    say_fact(plain, _("Implementation plan"), state);
    say_fact(plain, C_("order", "Who carries it out"), plan->provider);
    say_day(plain, C_("implementation", "Due"), plan->due);
    if (plan->arrived != DATE_NONE)
        say_fact(plain, C_("implementation", "Had part in it"),
                 implementation_part_name(plan->part));
    if (plan->source != SOURCE_NONE)
        say_fact(plain, C_("implementation", "Whose word"), cause_source_name(plan->source));
    say_fact(plain, C_("implementation", "In words"), plan->words);
    say_day(plain, C_("implementation", "Followed up"), plan->follow_up);
    say_day(plain, C_("implementation", "Told late"), plan->letter);
}

void plain_open_implementation(Plain *plain, const Implementation *plan)
{
    static const struct {
        const char *label;
        void (*run)(Plain *plain, const Implementation *plan);
        gboolean of_late;
    } WAYS[] = {
        {N_("It has come, or something in it changes"), change_plan, FALSE},
        {N_("Write to the provider that it is late"), tell_late, TRUE},
        {N_("It was awaited by mistake: take it away"), remove_plan, FALSE},
    };
    int offered[G_N_ELEMENTS(WAYS)];
    g_autoptr(GPtrArray) labels = g_ptr_array_new();
    say_plan(plain, plan);
    if (!access_allows(plain->session, PERMIT_CLIENT_EDIT))
        return;
    for (gsize i = 0; i < G_N_ELEMENTS(WAYS); i++)
        if (!WAYS[i].of_late || implementation_is_late(plan, clock_today())) {
            offered[labels->len] = (int)i;
            g_ptr_array_add(labels, (char *)_(WAYS[i].label));
        }
    const int index =
        plain_choose(plain, _("What about the plan? An empty line goes back."), labels);
    if (index >= 0)
        WAYS[offered[index]].run(plain, plan);
}
