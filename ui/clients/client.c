/* client.c: a client's card: who it is, what is planned, and every visit. Opening it is logged. */
#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "care/client/client_guard.h"
#include "care/unit/audit.h"
#include "care/unit/pick.h"
#include "care/visit/visit_list.h"
#include "exchange/extract.h"
#include "ui/app.h"
#include "ui/clients/client_log.h"
#include "ui/clients/client_named.h"
#include "ui/clients/client_private.h"
#include "ui/common/choose.h"
#include "ui/common/dialog.h"
#include "ui/common/export_ask.h"
#include "ui/common/words.h"

/* --- visits ------------------------------------------------------------------------------------
 */

/* Coming ones first, the next on top; then the past, newest first: what one works with lies at the
 * top, and both ways lead away from today. */
static GPtrArray *fetch_half(ClientState *state, gboolean past, const Visit *after, int limit,
                             GError **error)
{
    Date today = clock_today();
    VisitQuery query = {.from = past ? DATE_NONE : today,
                        .to = past ? today - 1 : DATE_NONE,
                        .client_id = state->id,
                        .outcome = -1,
                        .backwards = past};
    return visit_list(app_session(state->app), &query, after, limit, error);
}

static GPtrArray *fetch_visits(void *data, gconstpointer row, int limit, GError **error)
{
    ClientState *state = data;
    const Visit *after = row;
    if (after != NULL && after->date < clock_today())
        return fetch_half(state, TRUE, after, limit, error);
    g_autoptr(GPtrArray) visits = fetch_half(state, FALSE, after, limit, error);
    if (visits == NULL || (int)visits->len == limit)
        return g_steal_pointer(&visits);
    g_autoptr(GPtrArray) past = fetch_half(state, TRUE, NULL, limit - (int)visits->len, error);
    if (past == NULL)
        return NULL;
    g_ptr_array_extend_and_steal(visits, g_steal_pointer(&past));
    return g_steal_pointer(&visits);
}

static gboolean same_visit(gconstpointer a, gconstpointer b)
{
    return ((const Visit *)a)->id == ((const Visit *)b)->id;
}

static const ListClass visit_rows = {
    .fetch = fetch_visits, .draw = client_draw_visit, .same = same_visit};

static gboolean count_visits(ClientState *state, GError **error)
{
    Date today = clock_today();
    VisitQuery coming = {.from = today, .to = DATE_NONE, .client_id = state->id, .outcome = -1};
    VisitQuery past = {.from = DATE_NONE, .to = today - 1, .client_id = state->id, .outcome = -1};
    return visit_count(app_session(state->app), &coming, &state->coming, error) &&
           visit_count(app_session(state->app), &past, &state->past, error);
}

/* --- series ------------------------------------------------------------------------------------
 */

static gboolean fetch_series(ClientState *state, GError **error)
{
    GPtrArray *all = series_of_client(app_session(state->app), state->id, error);
    if (all == NULL)
        return FALSE;
    for (guint i = all->len; i > 0; i--) {
        const Series *series = all->pdata[i - 1];
        if (series->ends_on != DATE_NONE && series->ends_on < clock_today())
            g_ptr_array_remove_index(all, i - 1);
    }
    g_clear_pointer(&state->series, g_ptr_array_unref);
    state->series = all;
    return TRUE;
}

static void end_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)data;
    if (!yes || !app_shows(app, SCREEN_CLIENT))
        return;
    ClientState *state = app_top_state(app);
    GError *error = NULL;
    Date from = date_parse_words(text, clock_today());
    if (from == DATE_NONE) {
        app_say(app, STYLE_NOTICE,
                _("\"%s\" is no date that is understood here. Nothing was changed; write it as "
                  "21/11 or tomorrow."),
                text);
        return;
    }
    if (!series_end(app_session(app), state->ending, from, &error)) {
        app_error(app, error);
        return;
    }
    screen_client.resume(app, state);
    g_autofree char *day = words_day(from);
    app_say(app, STYLE_GOOD, _("The series has no visits from %s on."), day);
}

/* From choose.c, or at once where there is only one. */
static void ask_end(App *app, gint64 series_id, gint64 unused)
{
    (void)unused;
    ClientState *state = app_top_state(app);
    for (guint i = 0; i < state->series->len; i++) {
        const Series *series = state->series->pdata[i];
        if (series->id != series_id)
            continue;
        char today[DATE_SIZE];
        g_autofree char *rule = client_series_text(state, series);
        g_autofree char *question = g_strdup_printf(
            _("%s. From which day does it end? Visits from that day on without an outcome are "
              "taken away."),
            rule);
        state->ending = series_id;
        dialog_prompt(app, question, date_format(clock_today(), today), end_answered, NULL);
        return;
    }
}

void on_end_series(App *app, void *data)
{
    ClientState *state = data;
    if (state->client == NULL || state->series->len == 0) {
        app_say(app, STYLE_QUIET, "%s", _("There is no series to end."));
        return;
    }
    if (state->series->len == 1) {
        ask_end(app, ((const Series *)state->series->pdata[0])->id, 0);
        return;
    }
    Choose *choose = choose_new(_("Which series ends?"), ask_end, 0);
    for (guint i = 0; i < state->series->len; i++) {
        const Series *series = state->series->pdata[i];
        g_autofree char *text = client_series_text(state, series);
        choose_add(choose, series->id, text);
    }
    choose_ask(app, choose);
}

/* --- a series to another worker ---------------------------------------------------------------- */

static void ask_worker(App *app, const char *initial);

/* What was typed stands there again where it is not enough. */
static void worker_named(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)data;
    if (!yes || !app_shows(app, SCREEN_CLIENT))
        return;
    ClientState *state = app_top_state(app);
    GError *error = NULL;
    gint64 visits = 0;
    g_autoptr(GPtrArray) staff = pick_staff(app_session(app), &error);
    const PickOption *who = staff != NULL && text[0] != '\0' ? pick_match(staff, text) : NULL;
    if (staff == NULL)
        app_error(app, error);
    else if (who == NULL) {
        ask_worker(app, text);
        app_say(app, STYLE_NOTICE, "%s",
                _("No colleague, or more than one, is meant by that. Nothing was changed; type more "
                  "of the name."));
    } else if (!series_hand_over(app_session(app), state->ending, who->value, state->handing,
                               &visits, &error))
        app_error(app, error);
    else {
        screen_client.resume(app, state);
        app_say(app, STYLE_GOOD,
                ngettext("%s has the series from then on; %d visit is planned already.",
                         "%s has the series from then on; %d visits are planned already.",
                         (gulong)visits),
                who->name, (int)visits);
    }
}

static void ask_worker(App *app, const char *initial)
{
    dialog_prompt(app, _("Who goes there from then on? The beginning of a name is enough."), initial,
                  worker_named, NULL);
}

static void hand_day_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)data;
    if (!yes || !app_shows(app, SCREEN_CLIENT))
        return;
    ClientState *state = app_top_state(app);
    state->handing = date_parse_words(text, clock_today());
    if (state->handing == DATE_NONE)
        app_say(app, STYLE_NOTICE,
                _("\"%s\" is no date that is understood here. Nothing was changed; write it as "
                  "21/11 or tomorrow."),
                text);
    else
        ask_worker(app, "");
}

static void ask_hand(App *app, gint64 series_id, gint64 unused)
{
    (void)unused;
    char today[DATE_SIZE];
    ClientState *state = app_top_state(app);
    state->ending = series_id;
    dialog_prompt(app, _("From which day does another worker go there?"),
                  date_format(clock_today(), today), hand_day_answered, NULL);
}

void on_hand_series(App *app, void *data)
{
    ClientState *state = data;
    if (state->client == NULL || state->series->len == 0) {
        app_say(app, STYLE_QUIET, "%s", _("There is no series to give to another worker."));
        return;
    }
    if (state->series->len == 1) {
        ask_hand(app, ((const Series *)state->series->pdata[0])->id, 0);
        return;
    }
    Choose *choose = choose_new(_("Which series gets another worker?"), ask_hand, 0);
    for (guint i = 0; i < state->series->len; i++) {
        const Series *series = state->series->pdata[i];
        g_autofree char *text = client_series_text(state, series);
        choose_add(choose, series->id, text);
    }
    choose_ask(app, choose);
}

/* --- other actions -----------------------------------------------------------------------------
 */

void on_edit_client(App *app, void *data)
{
    ClientState *state = data;
    if (app_open(app, SCREEN_CLIENT_EDIT, &state->id))
        state->stale = TRUE;
}

void on_new_series(App *app, void *data)
{
    ClientState *state = data;
    app_open(app, SCREEN_SERIES_EDIT, &state->id);
}

void on_client_log(App *app, void *data)
{
    ClientState *state = data;
    app_push(app, &screen_client_log, &state->id);
}

void on_client_named(App *app, void *data)
{
    ClientState *state = data;
    if (state->client == NULL)
        return;
    if (state->client->protection == PROTECTION_NONE)
        app_say(app, STYLE_QUIET, "%s",
                _("This client's identity is not protected: all who see clients may open the "
                  "card."));
    else
        app_push(app, &screen_client_named, state->client);
}

void on_show_address(App *app, void *data)
{
    ClientState *state = data;
    if (state->client == NULL)
        return;
    if (state->client->protection == PROTECTION_NONE || state->client->address == NULL)
        app_say(app, STYLE_QUIET, "%s", _("There is no hidden address on this card."));
    else
        state->show_address = !state->show_address;
}

/* --- all that is kept -------------------------------------------------------------------------
 */

static void extract_named(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)data;
    GError *error = NULL;
    ExtractResult result;
    const ClientState *state = app_top_state(app);
    g_autofree char *path = yes ? paths_typed(text) : NULL;
    if (path == NULL || app_top(app) != &screen_client)
        return;
    if (!extract_write(app_session(app), state->id, FALSE, path, &result, &error)) {
        app_error(app, error);
        return;
    }
    g_autofree char *left_out = g_strdup_printf(
        ngettext("%d answer that names somebody else is left out.",
                 "%d answers that name somebody else are left out.", (gulong)result.left_out),
        result.left_out);
    g_autofree char *written = g_strdup_printf(
        _("All that is kept is in %s. Read it through before it is handed out."), path);
    app_say(app, STYLE_GOOD, "%s%s%s", written, result.left_out > 0 ? " " : "",
            result.left_out > 0 ? left_out : "");
}

void on_client_extract(App *app, void *data)
{
    (void)data;
    export_ask_paper(app, _("extract"), extract_named);
}

/* --- the screen --------------------------------------------------------------------------------
 */

static gboolean open_card(ClientState *state, GError **error)
{
    g_clear_pointer(&state->client, client_free);
    if (!client_stands(app_session(state->app), state->id, &state->id, error))
        return FALSE;
    state->client = client_open(app_session(state->app), state->id, error);
    state->show_address = FALSE;
    state->stale = FALSE;
    if (state->client != NULL && audit_unlogged(app_session(state->app)) != NULL)
        app_say(state->app, STYLE_NOTICE, "%s", audit_unlogged(app_session(state->app)));
    return state->client != NULL;
}

void client_card_is_stale(App *app)
{
    ClientState *state = app_top_state(app);
    state->stale = TRUE;
    screen_client.resume(app, state);
}

/* The card may be another when one comes back. */
void on_client_doubles(App *app, void *data)
{
    ClientState *state = data;
    state->stale = TRUE;
    app_open(app, SCREEN_DOUBLES, &state->id);
}

static gboolean fetch_staff(ClientState *state, GError **error)
{
    if (state->staff == NULL)
        state->staff = pick_staff_all(app_session(state->app), error);
    return state->staff != NULL;
}

static gboolean client_enter(App *app, void *data, const void *argument, GError **error)
{
    ClientState *state = data;
    state->app = app;
    state->id = *(const gint64 *)argument;
    state->visits = list_new(&visit_rows, state);
    return fetch_staff(state, error) && open_card(state, error) && fetch_series(state, error) &&
           client_fetch_at_hand(state, error) && count_visits(state, error) &&
           list_restart(state->visits, error);
}

/* Coming back from what lies above opens the card only once in the log. What has just been planned
 * is shown from the top. */
static void client_resume(App *app, void *data)
{
    ClientState *state = data;
    GError *error = NULL;
    gint64 coming = state->coming;
    state->show_address = FALSE;
    gboolean fetched = fetch_staff(state, &error) &&
                       (!state->stale || open_card(state, &error)) && fetch_series(state, &error) &&
                       client_fetch_at_hand(state, &error) && count_visits(state, &error) &&
                       (state->coming > coming ? list_restart(state->visits, &error)
                                               : list_reload(state->visits, &error));
    if (!fetched)
        app_error(app, error);
}

/* The card is opened again, and stands in the log again, when the program is unlocked. */
static void client_forget(App *app, void *data)
{
    (void)app;
    ClientState *state = data;
    g_clear_pointer(&state->client, client_free);
    client_clear_at_hand(state);
    g_clear_pointer(&state->series, g_ptr_array_unref);
    g_clear_pointer(&state->staff, g_ptr_array_unref);
    state->stale = TRUE;
}

static void client_leave(App *app, void *data)
{
    ClientState *state = data;
    client_forget(app, data);
    list_free(state->visits);
}

static Subject client_subject(App *app, void *data)
{
    (void)app;
    ClientState *state = data;
    return (Subject){.client_id = state->id, .kind = SUBJECT_VISIT,
                     .row = state->client != NULL ? list_selected(state->visits) : NULL};
}

static gboolean card_find(App *app, void *data, Subject subject)
{
    (void)app;
    return subject.kind == SUBJECT_VISIT &&
           list_select(((ClientState *)data)->visits, subject.row, NULL);
}

static char *client_subtitle(App *app, void *data)
{
    (void)app;
    ClientState *state = data;
    return g_strdup(state->client != NULL ? state->client->name : NULL);
}

const Screen screen_client = {
    .name = "client",
    .place = IN_CLIENT,
    .title = N_("Client"),
    .state_size = sizeof(ClientState),
    .enter = client_enter,
    .resume = client_resume,
    .forget = client_forget,
    .draw = client_draw,
    .list = offsetof(ClientState, visits),
    .leave = client_leave,
    .subtitle = client_subtitle,
    .subject = client_subject,
    .find = card_find,
};
