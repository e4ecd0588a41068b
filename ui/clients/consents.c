/* consents.c: what a client's support rests on: consents to share, decisions with what was ordered
 * by them and the plans for how it is carried out; and what the client lets the unit show at its
 * meeting, and what the client says is wrong. A consent can be withdrawn here on the day the client
 * says so. */
#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/client/care_order_rows.h"
#include "care/client/client.h"
#include "care/client/client_words.h"
#include "care/client/consent_rows.h"
#include "care/client/decision_version.h"
#include "care/client/dispute.h"
#include "care/client/implementation_rows.h"
#include "care/client/quote.h"
#include "care/completion/decision_entry.h"
#include "ui/clients/consent_edit.h"
#include "ui/clients/decision_edit.h"
#include "ui/clients/dispute_edit.h"
#include "ui/clients/ground.h"
#include "ui/clients/order_edit.h"
#include "ui/clients/quote_edit.h"
#include "ui/common/choose.h"
#include "ui/common/dialog.h"
#include "ui/common/read_on.h"
#include "ui/common/rows.h"
#include "ui/common/screens.h"
#include "ui/common/shared.h"
#include "ui/common/words.h"
#include "ui/widgets/list.h"

enum {
    WHAT_COLUMNS = 12,
    STATE_COLUMNS = 31,
    GAP = 2,
    DETAIL_ROWS = 10, /* with its rule */
    LIST_LEAST = 3,
};

typedef struct {
    App *app;
    gint64 client_id;
    char *client_name;
    GPtrArray *grounds;  /* Ground *: all that are shown */
    GPtrArray *disputes; /* Dispute *: what stands beside them */
    List *list;
    gint64 withdrawing; /* the consent that a day is asked for, or the quote that is taken back */
} ConsentsState;

/* --- fetching --------------------------------------------------------------------------------- */

static GPtrArray *fetch(void *data, gconstpointer after, int limit, GError **error)
{
    (void)error;
    return rows_after(((ConsentsState *)data)->grounds, after, limit);
}

/* What was ordered by a decision, and the plans for how it is carried out, stand below it. */
static void add_ordered(GPtrArray *grounds, const Decision *decision, GPtrArray *orders,
                        GPtrArray *plans)
{
    for (guint i = 0; i < orders->len; i++) {
        const CareOrder *order = orders->pdata[i];
        if (order == NULL || order->decision_id != decision->id)
            continue;
        Ground *ground = g_new0(Ground, 1);
        ground->state = care_order_words(order, decision);
        ground->order = g_steal_pointer(&orders->pdata[i]);
        g_ptr_array_add(grounds, ground);
    }
    for (guint i = 0; i < plans->len; i++) {
        const Implementation *plan = plans->pdata[i];
        if (plan == NULL || plan->decision_id != decision->id)
            continue;
        Ground *ground = g_new0(Ground, 1);
        ground->plan = g_steal_pointer(&plans->pdata[i]);
        g_ptr_array_add(grounds, ground);
    }
}

static gboolean add_decisions(ConsentsState *state, GPtrArray *grounds, GPtrArray *decisions,
                              GError **error)
{
    Session *session = app_session(state->app);
    g_autoptr(GPtrArray) orders = care_order_of_client(session, state->client_id, error);
    g_autoptr(GPtrArray) plans =
        orders != NULL ? implementation_of_client(session, state->client_id, error) : NULL;
    if (plans == NULL)
        return FALSE;
    for (guint i = 0; i < decisions->len; i++) {
        Ground *ground = g_new0(Ground, 1);
        ground->decision = g_steal_pointer(&decisions->pdata[i]);
        g_ptr_array_add(grounds, ground);
        if (!client_words_month(session, ground->decision, &ground->month, error) ||
            !decision_corrected(session, ground->decision, &ground->corrected, error))
            return FALSE;
        add_ordered(grounds, ground->decision, orders, plans);
    }
    return TRUE;
}

static GPtrArray *read_grounds(ConsentsState *state, GError **error)
{
    g_autoptr(GPtrArray) consents =
        consent_of_client(app_session(state->app), state->client_id, error);
    g_autoptr(GPtrArray) decisions =
        consents != NULL ? decision_of_client(app_session(state->app), state->client_id, error)
                         : NULL;
    g_autoptr(GPtrArray) quotes =
        decisions != NULL ? quote_of_client(app_session(state->app), state->client_id, error)
                          : NULL;
    GPtrArray *disputes =
        quotes != NULL ? dispute_of_client(app_session(state->app), state->client_id, error) : NULL;
    if (disputes == NULL)
        return NULL;
    g_clear_pointer(&state->disputes, g_ptr_array_unref);
    state->disputes = disputes;
    g_autoptr(GPtrArray) grounds = g_ptr_array_new_with_free_func(ground_free);
    for (guint i = 0; i < disputes->len; i++) {
        Ground *ground = g_new0(Ground, 1);
        ground->dispute = dispute_copy(disputes->pdata[i]);
        g_ptr_array_add(grounds, ground);
    }
    for (guint i = 0; i < consents->len; i++) {
        Ground *ground = g_new0(Ground, 1);
        ground->consent = g_steal_pointer(&consents->pdata[i]);
        g_ptr_array_add(grounds, ground);
    }
    if (!add_decisions(state, grounds, decisions, error))
        return NULL;
    for (guint i = 0; i < quotes->len; i++) {
        Ground *ground = g_new0(Ground, 1);
        ground->quote = g_steal_pointer(&quotes->pdata[i]);
        g_ptr_array_add(grounds, ground);
    }
    return g_steal_pointer(&grounds);
}

static gboolean reload(ConsentsState *state, GError **error)
{
    return shared_read_name(state->app, state->client_id, &state->client_name, error) &&
           rows_replace(state->list, &state->grounds, read_grounds(state, error), error);
}

/* --- drawing ---------------------------------------------------------------------------------- */

static void draw_ground(void *data, gconstpointer row, Area line, gboolean selected)
{
    (void)data;
    const Ground *ground = row;
    Style style = selected ? STYLE_SELECTED : STYLE_NORMAL;
    g_autofree char *state = ground_state(ground);
    g_autofree char *about = text_display(ground_about(ground));
    int at = draw_text(line, 0, 0, style, ground_kind(ground));
    draw_fill(line, 0, at, WHAT_COLUMNS - at, style);
    draw_cell(line, 0, WHAT_COLUMNS, STATE_COLUMNS, style, FALSE, state);
    draw_cell(line, 0, WHAT_COLUMNS + STATE_COLUMNS + GAP,
              line.columns - WHAT_COLUMNS - STATE_COLUMNS - GAP, STYLE_NORMAL, FALSE, about);
}

static const ListClass LIST = {.fetch = fetch, .draw = draw_ground, .same = ground_is_same};

/* A no and what it meets, side by side. */
typedef struct {
    const Consent *yes, *no;
} Met;

static int draw_sides(gconstpointer what, Area area, int row)
{
    const Met *met = what;
    const int half = area.columns / 2;
    const Consent *const sides[] = {met->yes, met->no};
    int rows = 0;
    for (int i = 0; i < 2; i++) {
        Area side = area_columns(area, i * half, half - GAP);
        g_autofree char *said = clock_text(sides[i]->created_ms);
        int at = draw_text(side, row, 0, STYLE_STRONG, consent_rows_answer(i)) + GAP;
        draw_text(side, row, at, STYLE_QUIET, said);
        g_autoptr(Detail) detail = ground_consent_detail(sides[i]);
        rows = MAX(rows, 1 + detail_draw_at(detail, side, row + 1));
    }
    return rows;
}

static void draw_met(App *app, const Met *met, Area area)
{
    char key[KEY_NAME_SIZE];
    g_autofree char *how =
        g_strdup_printf(_("Which holds? %s says it. Until then nothing is shared."),
                        shared_key(app, ACTION_CONSENT_SETTLE, key));
    read_on_draw(app, draw_sides, met, area_rows(area, 0, area.rows - 1));
    draw_text(area, area.rows - 1, 0, STYLE_NOTICE, how);
}

/* Those that stand on the screen; owned by the rows. New. */
static GPtrArray *shown_consents(const ConsentsState *state)
{
    GPtrArray *all = g_ptr_array_new();
    for (guint i = 0; state->grounds != NULL && i < state->grounds->len; i++) {
        const Ground *ground = state->grounds->pdata[i];
        if (ground->consent != NULL)
            g_ptr_array_add(all, ground->consent);
    }
    return all;
}

/* The no and the yes that meet on this line; FALSE: none do. */
static gboolean find_met(const ConsentsState *state, const Consent *here, const Consent **yes,
                         const Consent **no)
{
    g_autoptr(GPtrArray) all = shown_consents(state);
    if (here->given) {
        *yes = here;
        *no = consent_no_that_meets(all, here);
        return *no != NULL;
    }
    g_autoptr(GPtrArray) met = consent_met_by(all, here);
    *no = here;
    *yes = met != NULL ? met->pdata[0] : NULL;
    return met != NULL;
}

/* As many rows as it needs, as long as the list keeps some. */
static int detail_room(const Detail *detail, Area area)
{
    const int most = area.rows - LIST_LEAST;
    return most < DETAIL_ROWS ? 0 : CLAMP(detail_rows(detail, area) + 1, DETAIL_ROWS, most);
}

static void consents_draw(App *app, void *data, Area area)
{
    ConsentsState *state = data;
    const Ground *ground = list_selected(state->list);
    g_autoptr(Detail) detail = ground != NULL ? ground_detail(ground, state->disputes) : NULL;
    const int rows = detail != NULL ? detail_room(detail, area) : 0;
    list_draw(
        state->list, area_rows(area, 0, area.rows - rows), TRUE,
        _("Nothing is recorded. Consents and decisions come from the intake and the SIP; both "
          "can be entered here too."));
    if (rows == 0)
        return;
    draw_rule(area, area.rows - rows);
    Area below = area_rows(area, area.rows - rows + 1, -1);
    const Consent *yes, *no;
    if (ground->consent != NULL && find_met(state, ground->consent, &yes, &no))
        draw_met(app, &(Met){yes, no}, below);
    else
        read_on_detail(app, detail, below);
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean consents_enter(App *app, void *data, const void *argument, GError **error)
{
    ConsentsState *state = data;
    state->app = app;
    state->client_id = *(const gint64 *)argument;
    state->list = list_new(&LIST, state);
    return reload(state, error);
}

static void consents_resume(App *app, void *data)
{
    GError *error = NULL;
    if (!reload(data, &error))
        app_error(app, error);
}

static void consents_forget(App *app, void *data)
{
    (void)app;
    ConsentsState *state = data;
    g_clear_pointer(&state->client_name, g_free);
    g_clear_pointer(&state->disputes, g_ptr_array_unref);
}

static void consents_leave(App *app, void *data)
{
    (void)app;
    ConsentsState *state = data;
    list_free(state->list);
    g_free(state->client_name);
    g_clear_pointer(&state->grounds, g_ptr_array_unref);
    g_clear_pointer(&state->disputes, g_ptr_array_unref);
}

static Subject consents_subject(App *app, void *data)
{
    (void)app;
    const ConsentsState *state = data;
    const Ground *ground = list_selected(state->list);
    Subject subject = {.client_id = state->client_id};
    if (ground != NULL && ground->decision != NULL) {
        subject.kind = SUBJECT_DECISION;
        subject.row = ground->decision;
    } else if (ground != NULL && ground->order != NULL) {
        subject.kind = SUBJECT_ORDER;
        subject.row = ground->order;
    } else if (ground != NULL && ground->plan != NULL) {
        subject.kind = SUBJECT_IMPLEMENTATION;
        subject.row = ground->plan;
    }
    return subject;
}

static gboolean consents_find(App *app, void *data, Subject subject)
{
    GError *error = NULL;
    const ConsentsState *state = data;
    Ground key = {0};
    if (subject.client_id != state->client_id)
        return FALSE;
    if (subject.kind == SUBJECT_DECISION)
        key.decision = (Decision *)subject.row;
    else if (subject.kind == SUBJECT_ORDER)
        key.order = (CareOrder *)subject.row;
    else if (subject.kind == SUBJECT_IMPLEMENTATION)
        key.plan = (Implementation *)subject.row;
    else
        return FALSE;
    if (!list_select(state->list, &key, &error))
        app_error(app, error);
    const Ground *ground = list_selected(state->list);
    return ground != NULL && ground_is_same(ground, &key);
}

static char *consents_subtitle(App *app, void *data)
{
    (void)app;
    return g_strdup(((const ConsentsState *)data)->client_name);
}

/* Whether a key of a row has something to do on this one. */
static gboolean has_to_do(const ConsentsState *state, const Ground *ground, Action action)
{
    const Consent *consent = ground->consent, *yes, *no;
    const gboolean may_end = consent != NULL && client_words_not_withdrawn(consent) == NULL;
    switch (action) {
    case ACTION_CONSENT_FORM:
        return ground_response(ground) != 0;
    case ACTION_CONSENT_WITHDRAW:
        return may_end || (ground->quote != NULL && ground->quote->withdrawn_on == DATE_NONE);
    case ACTION_CONSENT_CHANGE:
        return may_end;
    case ACTION_CONSENT_SETTLE:
        return consent != NULL && find_met(state, consent, &yes, &no);
    case ACTION_DISPUTE_SETTLE:
        return ground->dispute != NULL;
    case ACTION_ORDER_NEW:
        return ground->decision != NULL && decision_grants(ground->decision);
    case ACTION_ORDER_SENT:
        return ground->order != NULL;
    case ACTION_IMPLEMENTATION:
        return (ground->decision != NULL && decision_grants(ground->decision)) ||
               ground->order != NULL || ground->plan != NULL;
    case ACTION_GROUND_CHANGE:
    case ACTION_DECISION_REMOVE:
        return ground_is_entered(ground);
    case ACTION_DECISION_PAPER:
        return ground_has_paper(ground);
    default:
        return TRUE;
    }
}

static gboolean consents_idle(const void *data, Action action)
{
    const ConsentsState *state = data;
    const Ground *ground = list_selected(state->list);
    return ground != NULL && !has_to_do(state, ground, action);
}

const Screen screen_consents = {
    .name = "consents",
    .place = IN_CONSENTS,
    .title = N_("Consents and decisions"),
    .state_size = sizeof(ConsentsState),
    .enter = consents_enter,
    .resume = consents_resume,
    .forget = consents_forget,
    .draw = consents_draw,
    .list = offsetof(ConsentsState, list),
    .leave = consents_leave,
    .subtitle = consents_subtitle,
    .subject = consents_subject,
    .find = consents_find,
    .idle = consents_idle,
};

void on_consents(App *app, void *state)
{
    (void)state;
    gint64 id = shared_client(app);
    if (id != 0)
        app_open(app, SCREEN_CONSENTS, &id);
}

/* --- what one does ---------------------------------------------------------------------------- */

static const Ground *selected_ground(App *app, const ConsentsState *state)
{
    const Ground *ground = list_selected(state->list);
    if (ground == NULL)
        app_say(app, STYLE_QUIET, _("There is nothing on this line."));
    return ground;
}

void on_consent_form(App *app, void *data)
{
    const Ground *ground = selected_ground(app, data);
    if (ground == NULL)
        return;
    const gint64 id = ground_response(ground);
    if (id == 0)
        app_say(app, STYLE_QUIET, _("It was not recorded in a form."));
    else
        app_open(app, SCREEN_WALK, &(WalkArgument){.response_id = id, .read = TRUE});
}

static void ask_withdraw(App *app, const char *initial);

static void withdraw_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)data;
    ConsentsState *state = app_top_state(app);
    GError *error = NULL;
    if (!yes)
        return;
    Date day = date_parse_words(text, clock_today());
    if (day == DATE_NONE || !consent_withdraw(app_session(app), state->withdrawing, day, &error)) {
        ask_withdraw(app, text);
        if (error == NULL)
            app_say(app, STYLE_NOTICE,
                    _("That was not understood as a date. Type for instance 21/11, yesterday or "
                      "mon."));
        else
            app_error(app, error);
        return;
    }
    consents_resume(app, state);
    g_autofree char *said = words_day(day);
    app_say(app, STYLE_GOOD, _("The consent is withdrawn from %s. Nothing more is shared by it."),
            said);
}

static void ask_withdraw(App *app, const char *initial)
{
    dialog_prompt(app, _("From which day is the consent withdrawn?"), initial, withdraw_answered,
                  NULL);
}

static void take_back(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)text, (void)data;
    ConsentsState *state = app_top_state(app);
    GError *error = NULL;
    if (!yes)
        return;
    if (!quote_withdraw(app_session(app), state->withdrawing, &error)) {
        app_error(app, error);
        return;
    }
    consents_resume(app, state);
    app_say(app, STYLE_GOOD, "%s", _("The words are taken back. They stand on no paper any more."));
}

static void ask_take_back(App *app, ConsentsState *state, const Quote *quote)
{
    if (quote->withdrawn_on != DATE_NONE) {
        app_say(app, STYLE_QUIET, "%s", _("The words are taken back already."));
        return;
    }
    state->withdrawing = quote->id;
    dialog_ask(app, _("Does the client no longer want these words to be shown?"), take_back, NULL);
}

/* --- entering and weighing -------------------------------------------------------------------- */

static void settled(App *app, gint64 which, gint64 refusal)
{
    GError *error = NULL;
    if (!consent_settle(app_session(app), refusal, (ConsentSettled)which, &error)) {
        app_error(app, error);
        return;
    }
    consents_resume(app, app_top_state(app));
    app_say(app, STYLE_GOOD, _("Noted: %s."), consent_settled_name((ConsentSettled)which));
}

static void ask_which(App *app, const Consent *no)
{
    Choose *choose = choose_new(_("Which holds?"), settled, no->id);
    for (int i = 0; i < CONSENT_SETTLED_COUNT; i++)
        choose_add(choose, i, consent_settled_name((ConsentSettled)i));
    choose_ask(app, choose);
}

void on_consent_settle(App *app, void *data)
{
    const Consent *yes, *no;
    const Ground *ground = selected_ground(app, data);
    if (ground == NULL)
        return;
    if (ground->consent == NULL || !find_met(data, ground->consent, &yes, &no))
        app_say(app, STYLE_QUIET, "%s",
                _("No later no meets a consent on this line, so there is nothing to weigh."));
    else
        ask_which(app, no);
}

/* The cursor goes to it; a no that meets something is weighed at once. */
static void entered(App *app, gint64 id)
{
    ConsentsState *state = app_top_state(app);
    Consent key = {.id = id};
    const Consent *yes, *no;
    GError *error = NULL;
    consents_resume(app, state);
    if (!list_select(state->list, &(Ground){.consent = &key}, &error))
        app_error(app, error);
    const Ground *ground = list_selected(state->list);
    if (ground == NULL || ground->consent == NULL || ground->consent->id != id)
        return;
    g_autoptr(GPtrArray) all = shown_consents(state);
    g_autoptr(GPtrArray) met = consent_met_by(all, ground->consent);
    g_autofree char *what = consent_rows_done(ground->consent, met != NULL ? met->len : 0);
    app_say(app, STYLE_GOOD, "%s", what);
    if (!ground->consent->given && find_met(state, ground->consent, &yes, &no))
        ask_which(app, no);
}

void on_consent_new(App *app, void *data)
{
    const ConsentsState *state = data;
    app_push(app, &screen_consent_edit,
             &(ConsentEditArgument){.client_id = state->client_id, .saved = entered});
}

void on_consent_change(App *app, void *data)
{
    const ConsentsState *state = data;
    const Ground *ground = selected_ground(app, data);
    if (ground == NULL)
        return;
    const char *why = ground->consent == NULL ? _("Only a consent is changed here.")
                                              : client_words_not_withdrawn(ground->consent);
    if (why != NULL)
        app_say(app, STYLE_QUIET, "%s", why);
    else
        app_push(app, &screen_consent_edit,
                 &(ConsentEditArgument){
                     .client_id = state->client_id, .replaces = ground->consent, .saved = entered});
}

void on_decision_new(App *app, void *data)
{
    const ConsentsState *state = data;
    app_push(app, &screen_decision_edit, &(DecisionEditArgument){.client_id = state->client_id});
}

void on_ground_change(App *app, void *data)
{
    const ConsentsState *state = data;
    const Ground *ground = selected_ground(app, data);
    if (ground == NULL)
        return;
    if (ground->decision != NULL && ground->decision->response_id == 0)
        app_push(app, &screen_decision_correct,
                 &(DecisionEditArgument){state->client_id, ground->decision->id});
    else if (ground->order != NULL)
        app_push(app, &screen_order_edit,
                 &(OrderEditArgument){state->client_id, 0, ground->order->id});
    else if (ground->plan != NULL)
        app_push(app, &screen_implementation_edit,
                 &(OrderEditArgument){state->client_id, 0, ground->plan->id});
    else
        app_say(
            app, STYLE_QUIET, "%s",
            _("Only a decision that was entered here, an order or a plan is corrected here. What "
              "stands in a form is corrected in the form."));
}

/* Of a row that was entered here; the question, and what is said when it is gone. */
typedef struct {
    gint64 client_id, decision, order, plan; /* one of the three */
} Removal;

static gboolean remove_it(Session *session, const Removal *of, GError **error)
{
    return of->decision != 0 ? decision_take_away(session, of->client_id, of->decision, error)
           : of->order != 0  ? care_order_remove(session, of->order, error)
                             : implementation_remove(session, of->plan, error);
}

static void remove_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)text;
    const Removal *of = data;
    GError *error = NULL;
    if (!yes)
        return;
    if (!remove_it(app_session(app), of, &error)) {
        app_error(app, error);
        return;
    }
    consents_resume(app, app_top_state(app));
    app_say(app, STYLE_GOOD, "%s",
            of->decision != 0 ? _("The decision is taken away. The log keeps it.")
            : of->order != 0  ? _("The order is taken away. The log keeps it.")
                              : _("The plan is no longer awaited. The log keeps it."));
}

void on_decision_remove(App *app, void *data)
{
    const ConsentsState *state = data;
    const Ground *ground = selected_ground(app, data);
    Removal of = {.client_id = state->client_id};
    if (ground == NULL)
        return;
    if (ground->decision != NULL && ground->decision->response_id == 0)
        of.decision = ground->decision->id;
    else if (ground->order != NULL)
        of.order = ground->order->id;
    else if (ground->plan != NULL)
        of.plan = ground->plan->id;
    if (of.decision == 0 && of.order == 0 && of.plan == 0) {
        app_say(app, STYLE_QUIET, "%s",
                _("Only a decision that was entered here, an order or a plan is taken away. What "
                  "stands in a form is corrected in the form."));
        return;
    }
    dialog_ask_owning(app,
                      of.decision != 0 ? _("Was the decision entered by mistake? It goes, with its "
                                           "tasks; the log keeps it.")
                      : of.order != 0
                          ? _("Was the order made by mistake? It goes, with the plan that "
                              "is awaited; the log keeps it.")
                          : _("Was the plan awaited by mistake? It goes, with its task; "
                              "the log keeps it."),
                      remove_answered, g_memdup2(&of, sizeof of), g_free);
}

void on_quote_new(App *app, void *data)
{
    const ConsentsState *state = data;
    app_push(app, &screen_quote_edit, &(QuoteEditArgument){.client_id = state->client_id});
}

void on_consent_withdraw(App *app, void *data)
{
    ConsentsState *state = data;
    char today[DATE_SIZE];
    const Ground *ground = selected_ground(app, state);
    if (ground == NULL)
        return;
    if (ground->quote != NULL) {
        ask_take_back(app, state, ground->quote);
        return;
    }
    const char *why =
        ground->dispute != NULL    ? _("What the person says stays. Only a consent is withdrawn.")
        : ground->decision != NULL ? _("This is a decision. Only a consent is withdrawn.")
        : ground->consent == NULL  ? _("This is no consent. Only a consent is withdrawn.")
                                   : client_words_not_withdrawn(ground->consent);
    if (why != NULL) {
        app_say(app, STYLE_QUIET, "%s", why);
        return;
    }
    state->withdrawing = ground->consent->id;
    ask_withdraw(app, date_format(clock_today(), today));
}

void on_dispute_settle(App *app, void *data)
{
    const Ground *ground = selected_ground(app, data);
    if (ground == NULL)
        return;
    if (ground->dispute == NULL)
        app_say(app, STYLE_QUIET, "%s",
                _("There is nothing to answer on this line: nobody says here that it is wrong."));
    else
        app_push(app, &screen_dispute_settle, ground->dispute);
}
