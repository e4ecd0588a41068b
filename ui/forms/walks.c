/* walks.c: forms that have been begun and not completed, to go on with; and a new intake. Other
 * forms are begun from a client's card (responses.c). */
#include "ui/forms/walks.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/response/response.h"
#include "care/response/response_words.h"
#include "care/unit/draft_rows.h"
#include "ui/common/dialog.h"
#include "ui/common/rows.h"
#include "ui/common/screens.h"
#include "ui/common/shared.h"
#include "ui/widgets/detail.h"
#include "ui/widgets/list.h"

enum {
    WHEN_COLUMNS = 16,
    SUBJECT_COLUMNS = 16, /* at least */
    SUBJECT_SHARE = 5,    /* of a line */
    STATE_COLUMNS = 26,
    STAFF_COLUMNS = 18,
    STATE_FROM = 96, /* columns of a line from which it has room */
    STAFF_FROM = 110,
    GAP = 2,
    LIST_MARK = 2,
    DETAIL_ROWS = 3,
    HOW_ROWS = 2,
    RESPONSES_MOST = 500,
};

typedef struct {
    App *app;
    gboolean mine;
    GPtrArray *responses; /* Response *: all that are shown */
    List *list;
    gint64 given_up; /* the response given up last; 0: none */
    gint64 taking;   /* the closed response that a reason is asked for */
} WalksState;

/* --- fetching --------------------------------------------------------------------------------- */

static GPtrArray *fetch(void *data, gconstpointer after, int limit, GError **error)
{
    (void)error;
    return rows_after(((WalksState *)data)->responses, after, limit);
}

static gboolean same_response(gconstpointer a, gconstpointer b)
{
    return ((const Response *)a)->id == ((const Response *)b)->id;
}

static gboolean reload(WalksState *state, GError **error)
{
    return rows_replace(
        state->list, &state->responses,
        response_unfinished(app_session(state->app), state->mine, RESPONSES_MOST, error), error);
}

/* --- drawing ---------------------------------------------------------------------------------- */

typedef struct {
    int subject, title, state, staff;
} WalkColumns;

static WalkColumns fit(const WalksState *state, int columns)
{
    WalkColumns fitted = {.state = columns >= STATE_FROM ? STATE_COLUMNS : 0};
    fitted.staff = !state->mine && columns >= STAFF_FROM ? STAFF_COLUMNS : 0;
    fitted.subject = MAX(columns / SUBJECT_SHARE, SUBJECT_COLUMNS);
    fitted.title = columns - WHEN_COLUMNS - fitted.subject - 2 * GAP;
    fitted.title -= fitted.state > 0 ? fitted.state + GAP : 0;
    fitted.title -= fitted.staff > 0 ? fitted.staff + GAP : 0;
    return fitted;
}

static void draw_cells(WalkColumns columns, Area line, const Style *styles,
                       const char *const *texts)
{
    const int widths[] = {WHEN_COLUMNS, columns.subject, columns.title, columns.state,
                          columns.staff};
    for (int i = 0, at = 0; i < (int)G_N_ELEMENTS(widths); at += widths[i++] + GAP)
        draw_cell(line, 0, at, widths[i], styles[i], FALSE, texts[i]);
}

/* By whom and when: there is nothing more to tell of a closed one, and it has the room. */
static WalkColumns fit_closed(WalkColumns columns)
{
    columns.title += columns.state > 0 ? columns.state + GAP : 0;
    columns.title += columns.staff > 0 ? columns.staff + GAP : 0;
    columns.state = columns.staff = 0;
    return columns;
}

static void draw_response(void *data, gconstpointer row, Area line, gboolean selected)
{
    const Response *response = row;
    WalkColumns columns = fit(data, line.columns);
    Style style = selected ? STYLE_SELECTED : STYLE_NORMAL;
    const Style styles[] = {style, style, STYLE_NORMAL, STYLE_NORMAL, STYLE_NORMAL};
    g_autofree char *when = clock_words(response->continued_ms);
    g_autofree char *at = response_words_state(response);
    const char *const texts[] = {when, response_words_subject(response),
                                 response->closed ? at : response_words_title(response), at,
                                 response->staff_name};
    draw_cells(response->closed ? fit_closed(columns) : columns, line, styles, texts);
}

static int highlit(void *data, int columns)
{
    return WHEN_COLUMNS + GAP + fit(data, columns).subject;
}

static const ListClass LIST = {
    .fetch = fetch, .draw = draw_response, .same = same_response, .highlit = highlit};

static void draw_headings(const WalksState *state, Area line)
{
    const Style styles[] = {STYLE_QUIET, STYLE_QUIET, STYLE_QUIET, STYLE_QUIET, STYLE_QUIET};
    const char *const texts[] = {C_("column of forms", "Saved"), C_("column of forms", "Client"),
                                 C_("column of forms", "Form"), C_("column of forms", "State"),
                                 C_("column of forms", "Who")};
    Area cells = area_columns(line, LIST_MARK, -1);
    draw_cells(fit(state, cells.columns), cells, styles, texts);
}

/* What the line of the list has no room for. */
static void draw_detail(const Response *response, Area area)
{
    if (response == NULL || area.rows <= 0)
        return;
    g_autoptr(Detail) detail = detail_new();
    detail_add_strong(detail, g_strdup(response_words_subject(response)));
    detail_add(detail, NULL, g_strdup(response_words_title(response)));
    detail_add(detail, NULL, response_words_detail(response));
    detail_draw(detail, area);
}

/* How a form is begun. New. */
static char *how_text(App *app)
{
    char intake[KEY_NAME_SIZE], clients[KEY_NAME_SIZE], forms[KEY_NAME_SIZE];
    shared_key(app, ACTION_WALK_INTAKE, intake);
    shared_key(app, ACTION_CLIENTS, clients);
    shared_key(app, ACTION_CLIENT_FORMS, forms);
    if (!access_allows(app_session(app), PERMIT_INTERVIEW))
        return g_strdup_printf(_("A form begins on the client's card: %s, then %s."), clients,
                               forms);
    return g_strdup_printf(
        _("%s begins a new intake. Other forms begin on the client's card: %s, then %s."), intake,
        clients, forms);
}

static void walks_draw(App *app, void *data, Area area)
{
    WalksState *state = data;
    gboolean empty = list_is_empty(state->list);
    Area list = area_rows(area, 2, -1), detail = area_rows(area, 0, 0);
    g_autofree char *text = how_text(app);
    draw_text(area, 0, 0, STYLE_NORMAL,
              state->mine ? _("Begun by you and not completed yet:")
                          : _("Begun by anyone in the unit and not completed yet:"));
    if (!empty) {
        detail_split(list, DETAIL_ROWS, &list, &detail);
        draw_headings(state, area_rows(list, 0, 1));
        list = area_rows(list, 1, -1);
    }
    int how = MAX(list.rows - HOW_ROWS, 0);
    list_draw(state->list, area_rows(list, 0, how), TRUE,
              _("Nothing is waiting to be gone on with."));
    draw_paragraph(area_rows(list, how, HOW_ROWS), 0, 0, list.columns, STYLE_QUIET, text);
    draw_detail(list_selected(state->list), detail);
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean walks_enter(App *app, void *data, const void *argument, GError **error)
{
    (void)argument;
    WalksState *state = data;
    state->app = app;
    state->mine = TRUE;
    state->list = list_new(&LIST, state);
    return reload(state, error);
}

/* 0: there is none. */
static gint64 first_id(const WalksState *state)
{
    return state->responses != NULL && state->responses->len > 0
               ? ((const Response *)state->responses->pdata[0])->id
               : 0;
}

/* The form that was begun meanwhile is the latest and stands first: Enter goes on with it. After a
 * lock the cursor stays where it was. */
static void walks_resume(App *app, void *data)
{
    WalksState *state = data;
    GError *error = NULL;
    gint64 before = first_id(state);
    if (reload(state, &error) && before != 0 && first_id(state) != 0 && first_id(state) != before)
        list_select(state->list, state->responses->pdata[0], &error);
    app_error(app, error);
}

static void walks_leave(App *app, void *data)
{
    (void)app;
    WalksState *state = data;
    list_free(state->list);
    g_clear_pointer(&state->responses, g_ptr_array_unref);
}

static Subject walks_subject(App *app, void *data)
{
    (void)app;
    const Response *response = list_selected(((const WalksState *)data)->list);
    return (Subject){.client_id = response != NULL ? response->client_id : 0, .kind = SUBJECT_RESPONSE, .row = response};
}

const Screen screen_walks = {
    .name = "walks",
    .place = IN_WALKS,
    .title = N_("Forms"),
    .state_size = sizeof(WalksState),
    .enter = walks_enter,
    .resume = walks_resume,
    .draw = walks_draw,
    .list = offsetof(WalksState, list),
    .leave = walks_leave,
    .subject = walks_subject,
};

gint64 walks_given_up(App *app)
{
    return app_shows(app, SCREEN_WALKS) ? ((const WalksState *)app_top_state(app))->given_up : 0;
}

void walks_gave_up(App *app, gint64 response_id)
{
    if (app_shows(app, SCREEN_WALKS))
        ((WalksState *)app_top_state(app))->given_up = response_id;
}

void walks_say_dropped(App *app)
{
    app_say(app, STYLE_QUIET, _("Nothing had been answered, so the form is not kept."));
}

void on_walks(App *app, void *state)
{
    (void)state;
    app_switch(app, SCREEN_WALKS, NULL);
}

void on_walks_mine(App *app, void *data)
{
    WalksState *state = data;
    GError *error = NULL;
    state->mine = !state->mine;
    reload(state, &error);
    app_error(app, error);
}

void on_walk_intake(App *app, void *state)
{
    (void)state;
    app_open(app, SCREEN_WALK, &(WalkArgument){.form = INTAKE_FORM});
}

static void take_answered(App *app, gboolean yes, const char *text, gpointer data);

static void ask_take(App *app, const WalksState *state)
{
    dialog_write(app,
                 _("The form is about somebody with protected identity and was begun by a "
                   "colleague. Why do you take it over? What you write stands in the log."),
                 DRAFT_TAKE_OVER, state->taking, take_answered, NULL);
}

static void take_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)data;
    GError *error = NULL;
    if (!yes || !app_shows(app, SCREEN_WALKS))
        return;
    WalksState *state = app_top_state(app);
    if (response_take_closed(app_session(app), state->taking, text, &error)) {
        if (!draft_drop(app_session(app), DRAFT_TAKE_OVER, state->taking, &error))
            app_error(app, error);
        walks_resume(app, state);
        app_open(app, SCREEN_WALK, &(WalkArgument){.response_id = state->taking});
        return;
    }
    if (g_error_matches(error, DAGSFORM_ERROR, ERROR_INPUT))
        ask_take(app, state);
    app_error(app, error);
}

void on_walk_go_on(App *app, void *data)
{
    WalksState *state = data;
    const Response *response = list_selected(state->list);
    if (response == NULL) {
        app_say(app, STYLE_QUIET, _("There is nothing here to go on with."));
    } else if (response->closed) {
        state->taking = response->id;
        ask_take(app, state);
    } else {
        app_open(app, SCREEN_WALK, &(WalkArgument){.response_id = response->id});
    }
}

/* --- the offer to go on ----------------------------------------------------------------------- */

static void offer_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)text;
    const gint64 *id = data;
    char key[KEY_NAME_SIZE];
    gboolean dropped;
    GError *error = NULL;
    if (yes)
        app_open(app, SCREEN_WALK, &(WalkArgument){.response_id = *id});
    else if (!response_let_go(app_session(app), *id, &dropped, &error))
        app_error(app, error);
    else if (dropped)
        walks_say_dropped(app);
    else
        app_say(app, STYLE_QUIET, _("Everything is kept. %s shows the forms that are begun."),
                shared_key(app, ACTION_WALKS, key));
}

/* "UBU: the young person · Emil Ärlig" and where it stopped. New. */
static char *offer_text(const Response *response)
{
    g_autofree char *when = clock_words(response->continued_ms);
    g_autofree char *where =
        response->at_number > 0
            ? g_strdup_printf(_("You were interrupted at question %d, saved %s. Go on there now?"),
                              response->at_number, when)
            : g_strdup_printf(_("You were interrupted, saved %s. Go on there now?"), when);
    return g_strdup_printf("%s · %s\n\n%s", response_words_title(response),
                           response_words_subject(response), where);
}

void walks_offer(App *app)
{
    gint64 me = session_staff_id(app_session(app));
    if (!access_allows(app_session(app), PERMIT_WALK))
        return;
    g_autoptr(GPtrArray) found = response_unfinished(app_session(app), TRUE, RESPONSES_MOST, NULL);
    for (guint i = 0; found != NULL && i < found->len; i++) {
        const Response *response = found->pdata[i];
        if (response->held_by != me)
            continue;
        g_autofree char *question = offer_text(response);
        dialog_ask_owning(app, question, offer_answered,
                          g_memdup2(&response->id, sizeof response->id), g_free);
        return;
    }
}
