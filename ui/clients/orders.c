/* orders.c: what one does with an order, and with the plan for how it is carried out, in the list
 * of what the support rests on. */
#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/care_order.h"
#include "care/client/implementation.h"
#include "ui/clients/order_edit.h"
#include "ui/common/dialog.h"
#include "ui/common/screens.h"
#include "ui/common/shared.h"

/* The decision that the cursor's row rests on; 0: none. */
static gint64 decision_at_hand(App *app)
{
    const Subject subject = app_subject(app);
    return subject.kind == SUBJECT_DECISION ? ((const Decision *)subject.row)->id
           : subject.kind == SUBJECT_ORDER  ? ((const CareOrder *)subject.row)->decision_id
           : subject.kind == SUBJECT_IMPLEMENTATION
               ? ((const Implementation *)subject.row)->decision_id
               : 0;
}

void on_order_new(App *app, void *data)
{
    (void)data;
    const gint64 decision_id = decision_at_hand(app);
    if (decision_id == 0)
        app_say(app, STYLE_QUIET, "%s", _("An order rests on a decision. Choose a decision."));
    else
        app_push(app, &screen_order_edit,
                 &(OrderEditArgument){app_subject(app).client_id, decision_id, 0});
}

/* Of an order the plan that it awaits; of a decision a new one. */
static gint64 plan_at_hand(App *app, GError **error)
{
    gint64 found = 0;
    const Subject subject = app_subject(app);
    if (subject.kind == SUBJECT_IMPLEMENTATION)
        return ((const Implementation *)subject.row)->id;
    if (subject.kind != SUBJECT_ORDER)
        return 0;
    const gint64 order_id = ((const CareOrder *)subject.row)->id;
    g_autoptr(GPtrArray) all = implementation_of_client(app_session(app), subject.client_id, error);
    for (guint i = 0; all != NULL && i < all->len; i++)
        if (((const Implementation *)all->pdata[i])->order_id == order_id)
            found = ((const Implementation *)all->pdata[i])->id;
    return found;
}

void on_implementation(App *app, void *data)
{
    (void)data;
    GError *error = NULL;
    const gint64 decision_id = decision_at_hand(app), id = plan_at_hand(app, &error);
    if (error != NULL)
        app_error(app, error);
    else if (decision_id == 0)
        app_say(app, STYLE_QUIET, "%s", _("A plan rests on a decision. Choose a decision."));
    else
        app_push(app, &screen_implementation_edit,
                 &(OrderEditArgument){app_subject(app).client_id, decision_id, id});
}

static const CareOrder *order_at_hand(App *app)
{
    const Subject subject = app_subject(app);
    if (subject.kind == SUBJECT_ORDER)
        return subject.row;
    app_say(app, STYLE_QUIET, "%s", _("This is no order. Choose an order."));
    return NULL;
}

static void ask_sent(App *app, const char *initial);

static void sent_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)data;
    GError *error = NULL;
    const CareOrder *order = yes && app_shows(app, SCREEN_CONSENTS) ? order_at_hand(app) : NULL;
    if (order == NULL)
        return;
    const Date day = date_parse_words(text, clock_today());
    if (day == DATE_NONE) {
        ask_sent(app, text);
        app_say(app, STYLE_NOTICE,
                _("That was not understood as a date. Type for instance 21/11, yesterday or mon."));
        return;
    }
    if (!care_order_send(app_session(app), order->id, day, &error)) {
        app_error(app, error);
        return;
    }
    shared_resume_top(app);
    app_say(app, STYLE_GOOD, "%s", _("It is noted that the order was sent."));
}

static void ask_sent(App *app, const char *initial)
{
    dialog_prompt(app, _("On which day was it sent?"), initial, sent_answered, NULL);
}

void on_order_sent(App *app, void *data)
{
    (void)data;
    char today[DATE_SIZE];
    if (order_at_hand(app) != NULL)
        ask_sent(app, date_format(clock_today(), today));
}
