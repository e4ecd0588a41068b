/* order_edit.c: a page for an order to the one who carries out what was decided. */
#include "ui/clients/order_edit.h"

#include "base/error.h"
#include "base/i18n.h"
#include "care/client/care_order_rows.h"
#include "care/client/client_guard.h"
#include "care/client/implementation.h"
#include "ui/common/day_row.h"
#include "ui/common/edit_screen.h"
#include "ui/common/shared.h"

typedef struct {
    EditScreen edit;
    CareOrder *order; /* the id of a new one is drawn at the first try to save */
    gint64 days;      /* that the unit gives for the plan */
} OrderEditState;

static void hint_rows(App *app, void *data)
{
    (void)app;
    OrderEditState *state = data;
    Page *page = &state->edit.page;
    g_autofree char *due =
        g_strdup_printf(ngettext("When the plan is to be with us. Empty: %d day after the order.",
                                 "When the plan is to be with us. Empty: %d days after the order.",
                                 (gulong)state->days),
                        (int)state->days);
    day_row_hint(page, ORDER_ROW_ORDERED, _("Empty: today."));
    day_row_hint(page, ORDER_ROW_DUE, due);
    day_row_hint(page, ORDER_ROW_SENT, _("Empty: not yet. It can be noted in the list too."));
}

static void build_rows(OrderEditState *state, char *const *values)
{
    Page *page = &state->edit.page;
    page_init(page);
    page_field(page, C_("order", "Who carries it out"),
               _("The unit or company that gives the support."), "", FALSE);
    page_field(page, C_("order", "Ordered"), NULL, "", FALSE);
    page_field(page, C_("order", "Aims"),
               _("What the support is to lead to, as the person says it. May be left empty."), "",
               TRUE);
    page_field(page, C_("order", "Need to know"),
               _("What they need to know besides, and nothing more. May be left empty."), "", TRUE);
    page_field(page, C_("order", "Contact"), _("Whom they can ask, of the unit."), "", FALSE);
    page_field(page, C_("order", "Telephone"), _("May be left empty."), "", FALSE);
    page_field(page, C_("order", "Plan due"), NULL, "", FALSE);
    page_field(page, C_("order", "Sent"), NULL, "", FALSE);
    edit_screen_fill(&state->edit, values);
    page->focus = ORDER_ROW_PROVIDER;
}

/* --- saving ----------------------------------------------------------------------------------- */

static gboolean read_rows(App *app, OrderEditState *state)
{
    const char *faults[ORDER_ROW_COUNT];
    g_auto(GStrv) values = edit_page_values(&state->edit.page);
    if (care_order_rows_take(values, state->days, state->order, faults))
        return TRUE;
    return !edit_screen_refuse(app, &state->edit, faults);
}

static void take_in_theirs(App *app, OrderEditState *state)
{
    g_autoptr(CareOrder) theirs = care_order_get(app_session(app), state->order->id, NULL);
    if (theirs != NULL)
        edit_screen_take_in(&state->edit, care_order_rows_values(theirs), theirs->version,
                            _("A colleague has written: %s"));
}

static void order_edit_finish(App *app, void *data)
{
    OrderEditState *state = data;
    GError *error = NULL;
    if (edit_draft_must_answer(app, &state->edit.draft) || !read_rows(app, state))
        return;
    const gboolean is_new = state->edit.draft.base == NULL;
    if (!is_new)
        state->order->version = state->edit.version;
    if (is_new ? !care_order_add(app_session(app), state->order, &error)
               : !care_order_change(app_session(app), state->order, &error)) {
        if (g_error_matches(error, DAGSFORM_ERROR, ERROR_CONFLICT))
            take_in_theirs(app, state);
        app_error(app, error);
        return;
    }
    g_autofree char *what = care_order_words_done(state->order);
    const CareOrder saved = {.id = state->order->id, .client_id = state->order->client_id};
    edit_screen_over(app, &state->edit);
    shared_find(app, saved.client_id, SUBJECT_ORDER, &saved);
    app_say(app, STYLE_GOOD, "%s", what);
}

/* --- the screen ------------------------------------------------------------------------------- */

static CareOrder *order_of(App *app, const OrderEditArgument *from, GError **error)
{
    if (from->id != 0)
        return care_order_get(app_session(app), from->id, error);
    g_autoptr(Decision) decision = decision_get(app_session(app), from->decision_id, error);
    return decision != NULL ? care_order_new(app_session(app), decision, error) : NULL;
}

static gboolean order_edit_enter(App *app, void *data, const void *argument, GError **error)
{
    OrderEditState *state = data;
    const OrderEditArgument *from = argument;
    const gboolean is_new = from->id == 0;
    if (!client_require(app_session(app), PERMIT_CLIENT_EDIT, from->client_id, error) ||
        !edit_screen_client(app, &state->edit, from->client_id, error) ||
        !implementation_days(app_session(app), &state->days, error) ||
        (state->order = order_of(app, from, error)) == NULL)
        return FALSE;
    char **values = care_order_rows_values(state->order);
    build_rows(state, values);
    state->edit.replaces = TRUE;
    state->edit.fresh = TRUE;
    state->edit.days =
        EDIT_DAY(ORDER_ROW_ORDERED) | EDIT_DAY(ORDER_ROW_DUE) | EDIT_DAY(ORDER_ROW_SENT);
    state->edit.hint = hint_rows;
    state->edit.version = state->order->version;
    if (is_new)
        g_clear_pointer(&values, g_strfreev);
    edit_screen_begin(app, &state->edit, is_new ? DRAFT_ORDER : DRAFT_ORDER_CHANGE,
                      is_new ? from->decision_id : from->id, values);
    return TRUE;
}

static void order_edit_leave(App *app, void *data)
{
    (void)app;
    OrderEditState *state = data;
    care_order_free(state->order);
    edit_screen_clear(&state->edit);
}

const Screen screen_order_edit = {
    .name = "order-edit",
    EDIT_SCREEN,
    .title = N_("Order"),
    .state_size = sizeof(OrderEditState),
    .enter = order_edit_enter,
    .finish = order_edit_finish,
    .leave = order_edit_leave,
};
