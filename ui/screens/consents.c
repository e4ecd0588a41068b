/* consents.c: what a client's support rests on: consents to share, and decisions. A consent can be
 * withdrawn here on the day the client says so. */
#include "base/clock.h"
#include "base/i18n.h"
#include "care/client.h"
#include "care/consent.h"
#include "care/decision.h"
#include "ui/screens/rows.h"
#include "ui/screens/screens.h"
#include "ui/screens/shared.h"
#include "ui/screens/words.h"
#include "ui/widgets/dialog.h"
#include "ui/widgets/list.h"

enum {
    WHAT_COLUMNS = 22,
    STATE_COLUMNS = 30,
    GAP = 2,
    DETAIL_ROWS = 9,
    LIST_LEAST = 3,
};

/* One line of the list: a consent or a decision. */
typedef struct {
    Consent *consent;
    Decision *decision;
} Ground;

typedef struct {
    App *app;
    gint64 client_id;
    char *client_name;
    GPtrArray *grounds; /* Ground *: all that are shown */
    List *list;
    gint64 withdrawing; /* the consent that a day is asked for */
} ConsentsState;

static void ground_free(gpointer data)
{
    Ground *ground = data;
    consent_free(ground->consent);
    decision_free(ground->decision);
    g_free(ground);
}

/* --- fetching --------------------------------------------------------------------------------- */

static GPtrArray *fetch(void *data, gconstpointer after, int limit, GError **error)
{
    (void)error;
    return rows_after(((ConsentsState *)data)->grounds, after, limit);
}

static gboolean same_ground(gconstpointer a, gconstpointer b)
{
    const Ground *one = a, *other = b;
    if (one->consent != NULL && other->consent != NULL)
        return one->consent->id == other->consent->id;
    return one->decision != NULL && other->decision != NULL &&
           one->decision->id == other->decision->id;
}

static GPtrArray *read_grounds(ConsentsState *state, GError **error)
{
    g_autoptr(GPtrArray) consents = consent_of_client(state->app->session, state->client_id, error);
    g_autoptr(GPtrArray) decisions =
        consents != NULL ? decision_of_client(state->app->session, state->client_id, error) : NULL;
    if (decisions == NULL)
        return NULL;
    GPtrArray *grounds = g_ptr_array_new_with_free_func(ground_free);
    for (guint i = 0; i < consents->len; i++) {
        Ground *ground = g_new0(Ground, 1);
        ground->consent = g_steal_pointer(&consents->pdata[i]);
        g_ptr_array_add(grounds, ground);
    }
    for (guint i = 0; i < decisions->len; i++) {
        Ground *ground = g_new0(Ground, 1);
        ground->decision = g_steal_pointer(&decisions->pdata[i]);
        g_ptr_array_add(grounds, ground);
    }
    return grounds;
}

/* The list looks at its old rows once more while it fetches the new ones. */
static gboolean reload(ConsentsState *state, GError **error)
{
    GPtrArray *grounds = read_grounds(state, error);
    if (grounds == NULL)
        return FALSE;
    GPtrArray *before = state->grounds;
    state->grounds = grounds;
    gboolean read = list_reload(state->list, error);
    if (before != NULL)
        g_ptr_array_unref(before);
    return read;
}

/* --- words ------------------------------------------------------------------------------------ */

/* New. */
static char *consent_state(const Consent *consent)
{
    char date[DATE_SIZE];
    if (!consent->given)
        return g_strdup(_("said no"));
    if (consent->withdrawn_on != DATE_NONE)
        return g_strdup_printf(_("withdrawn %s"), date_format(consent->withdrawn_on, date));
    if (consent->ends_on == DATE_NONE)
        return g_strdup(_("holds"));
    return g_strdup_printf(consent_holds(consent, clock_today()) ? _("holds until %s")
                                                                 : _("ended %s"),
                           date_format(consent->ends_on, date));
}

static char *decision_state(const Decision *decision)
{
    char date[DATE_SIZE];
    if (decision->valid_to != DATE_NONE)
        return g_strdup_printf(decision->valid_to >= clock_today() ? _("holds until %s")
                                                                   : _("ended %s"),
                               date_format(decision->valid_to, date));
    if (decision->decided_on != DATE_NONE)
        return g_strdup_printf(_("decided %s"), date_format(decision->decided_on, date));
    if (decision->due_on != DATE_NONE)
        return g_strdup_printf(_("to be decided by %s"), date_format(decision->due_on, date));
    return g_strdup("");
}

static const char *decision_about(const Decision *decision)
{
    return decision->support != NULL     ? decision_support_name(decision->support)
           : decision->asked_for != NULL ? decision->asked_for
                                         : decision_kind_name(decision->kind);
}

/* --- drawing ---------------------------------------------------------------------------------- */

static void draw_ground(void *data, gconstpointer row, Area line, gboolean selected)
{
    (void)data;
    const Ground *ground = row;
    Style style = selected ? STYLE_SELECTED : STYLE_NORMAL;
    const Consent *consent = ground->consent;
    g_autofree char *state =
        consent != NULL ? consent_state(consent) : decision_state(ground->decision);
    const char *about = consent == NULL           ? decision_about(ground->decision)
                        : consent->actors != NULL ? consent->actors
                                                  : "";
    int at = draw_text(line, 0, 0, style, consent != NULL ? _("Consent") : _("Decision"));
    draw_fill(line, 0, at, WHAT_COLUMNS - at, style);
    draw_cell(line, 0, WHAT_COLUMNS, STATE_COLUMNS, style, FALSE, state);
    draw_cell(line, 0, WHAT_COLUMNS + STATE_COLUMNS + GAP,
              line.columns - WHAT_COLUMNS - STATE_COLUMNS - GAP, STYLE_NORMAL, FALSE, about);
}

static const ListClass LIST = {.fetch = fetch, .draw = draw_ground, .same = same_ground};

static int draw_line(Area area, int row, const char *label, const char *text)
{
    if (text == NULL || *text == '\0')
        return 0;
    g_autofree char *line = g_strdup_printf("%s %s", label, text);
    return draw_paragraph(area, row, 0, area.columns, STYLE_NORMAL, line);
}

static void draw_consent(const Consent *consent, Area area)
{
    int row = 1;
    char date[DATE_SIZE];
    row += draw_line(area, row, _("With:"), consent->actors);
    row += draw_line(area, row, _("About:"), consent->scope);
    row += draw_line(area, row, _("For:"), consent->purpose);
    row += draw_line(area, row, _("Not:"), consent->exceptions);
    if (consent->given_on != DATE_NONE)
        draw_line(area, row, _("From:"), date_format(consent->given_on, date));
}

static void draw_decision(const Decision *decision, Area area)
{
    int row = 1;
    char date[DATE_SIZE];
    row += draw_line(area, row, _("Matter:"), decision_kind_name(decision->kind));
    row += draw_line(area, row, _("Applied for:"), decision->asked_for);
    row += draw_line(area, row, _("Support:"), decision_support_name(decision->support));
    row += draw_line(area, row, _("Goal:"), decision->purpose);
    row += draw_line(area, row, _("Extent:"), decision->hours);
    row += draw_line(area, row, _("Decided by:"), decision->decided_by);
    if (decision->received_on != DATE_NONE)
        draw_line(area, row, _("Came in:"), date_format(decision->received_on, date));
}

static void consents_draw(App *app, void *data, Area area)
{
    (void)app;
    ConsentsState *state = data;
    const Ground *ground = list_selected(state->list);
    int detail = ground != NULL && area.rows >= LIST_LEAST + DETAIL_ROWS ? DETAIL_ROWS : 0;
    list_draw(state->list, area_rows(area, 0, area.rows - detail), TRUE,
              _("Nothing is recorded. Consents and decisions come from the intake and the SIP."));
    if (detail == 0)
        return;
    Area below = area_rows(area, area.rows - detail, detail);
    draw_rule(below, 0);
    if (ground->consent != NULL)
        draw_consent(ground->consent, below);
    else
        draw_decision(ground->decision, below);
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean consents_enter(App *app, void *data, const void *argument, GError **error)
{
    ConsentsState *state = data;
    state->app = app;
    state->client_id = *(const gint64 *)argument;
    state->list = list_new(&LIST, state);
    ClientRow *client = client_glance(app->session, state->client_id, error);
    if (client == NULL)
        return FALSE;
    state->client_name = g_strdup(client->name);
    client_row_free(client);
    return reload(state, error);
}

static void consents_resume(App *app, void *data)
{
    GError *error = NULL;
    if (!reload(data, &error))
        app_error(app, error);
}

static void consents_leave(App *app, void *data)
{
    (void)app;
    ConsentsState *state = data;
    list_free(state->list);
    g_free(state->client_name);
    g_clear_pointer(&state->grounds, g_ptr_array_unref);
}

static gboolean consents_key(App *app, void *data, const Event *event)
{
    ConsentsState *state = data;
    GError *error = NULL;
    gboolean taken = list_event(state->list, event, &error);
    app_error(app, error);
    return taken;
}

static gint64 consents_client(App *app, void *data)
{
    (void)app;
    return ((const ConsentsState *)data)->client_id;
}

static char *consents_subtitle(App *app, void *data)
{
    (void)app;
    return g_strdup(((const ConsentsState *)data)->client_name);
}

const Screen screen_consents = {
    .name = "consents",
    .where = IN_CONSENTS,
    .title = N_("Consents and decisions"),
    .state_size = sizeof(ConsentsState),
    .enter = consents_enter,
    .resume = consents_resume,
    .draw = consents_draw,
    .key = consents_key,
    .leave = consents_leave,
    .subtitle = consents_subtitle,
    .client_id = consents_client,
};

void on_consents(App *app, void *state)
{
    (void)state;
    gint64 id = shared_client(app);
    if (id != 0)
        app_push(app, &screen_consents, &id);
}

static void withdraw_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)data;
    ConsentsState *state = app_top_state(app);
    GError *error = NULL;
    if (!yes)
        return;
    Date day = date_parse_words(text, clock_today());
    if (day == DATE_NONE) {
        app_say(app, STYLE_NOTICE,
                _("That was not understood as a date. Type for instance 21/11, tomorrow or fri."));
        return;
    }
    if (!consent_withdraw(app->session, state->withdrawing, day, &error)) {
        app_error(app, error);
        return;
    }
    consents_resume(app, state);
    g_autofree char *said = words_day(day);
    app_say(app, STYLE_GOOD, _("The consent is withdrawn from %s. Nothing more is shared by it."),
            said);
}

void on_consent_withdraw(App *app, void *data)
{
    ConsentsState *state = data;
    const Ground *ground = list_selected(state->list);
    const Consent *consent = ground != NULL ? ground->consent : NULL;
    char today[DATE_SIZE];
    if (consent == NULL || !consent->given || consent->withdrawn_on != DATE_NONE) {
        app_say(app, STYLE_QUIET, _("There is no consent here to withdraw."));
        return;
    }
    state->withdrawing = consent->id;
    dialog_prompt(app, _("From which day is the consent withdrawn?"),
                  date_format(clock_today(), today), withdraw_answered, NULL);
}
