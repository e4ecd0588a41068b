/* responses.c: a client's forms: those begun, completed and given up, the latest first; and a new
 * one. */
#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client.h"
#include "care/client/plan.h"
#include "care/response/response.h"
#include "care/response/response_words.h"
#include "ui/common/choose.h"
#include "ui/common/dialog.h"
#include "ui/common/rows.h"
#include "ui/common/screens.h"
#include "ui/common/shared.h"
#include "ui/forms/walks.h"
#include "ui/widgets/list.h"

enum {
    DAY_COLUMNS = 16,
    STATE_COLUMNS = 32,
    STATE_NARROW = 18,
    STAFF_COLUMNS = 20,
    STATE_FROM = 90, /* columns of a line from which it has room */
    STAFF_FROM = 100,
    GAP = 2,
    LIST_MARK = 2,
    DETAIL_ROWS = 3,
    LIST_LEAST = 5,
};

typedef struct {
    App *app;
    gint64 client_id;
    char *client_name;
    GPtrArray *responses; /* Response *: all that are shown */
    GPtrArray *forms;     /* Form *: what can be begun; while it is asked for */
    List *list;
} ResponsesState;

/* --- the list --------------------------------------------------------------------------------- */

static GPtrArray *fetch(void *data, gconstpointer after, int limit, GError **error)
{
    (void)error;
    return rows_after(((ResponsesState *)data)->responses, after, limit);
}

static gboolean same_response(gconstpointer a, gconstpointer b)
{
    return ((const Response *)a)->id == ((const Response *)b)->id;
}

static void draw_cells(Area line, const Style *styles, const char *const *texts)
{
    int staff = line.columns >= STAFF_FROM ? STAFF_COLUMNS : 0;
    int state = line.columns >= STATE_FROM ? STATE_COLUMNS : STATE_NARROW;
    int title = line.columns - DAY_COLUMNS - state - 2 * GAP;
    title -= staff > 0 ? staff + GAP : 0;
    const int widths[] = {DAY_COLUMNS, title, state, staff};
    for (int i = 0, at = 0; i < (int)G_N_ELEMENTS(widths); at += widths[i++] + GAP)
        draw_cell(line, 0, at, widths[i], styles[i], FALSE, texts[i]);
}

static void draw_response(void *data, gconstpointer row, Area line, gboolean selected)
{
    (void)data;
    const Response *response = row;
    Style style = selected ? STYLE_SELECTED : STYLE_NORMAL;
    const Style styles[] = {style, style, STYLE_NORMAL, STYLE_NORMAL};
    g_autofree char *when = clock_words(response->continued_ms);
    g_autofree char *at = response_words_state(response);
    const char *const texts[] = {when, response_words_title(response), at, response->staff_name};
    draw_cells(line, styles, texts);
}

static const ListClass LIST = {.fetch = fetch, .draw = draw_response, .same = same_response};

static gboolean reload(ResponsesState *state, GError **error)
{
    return shared_read_name(state->app, state->client_id, &state->client_name, error) &&
           rows_replace(state->list, &state->responses,
                        response_of_client(app_session(state->app), state->client_id, error),
                        error);
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean responses_enter(App *app, void *data, const void *argument, GError **error)
{
    ResponsesState *state = data;
    state->app = app;
    state->client_id = *(const gint64 *)argument;
    state->list = list_new(&LIST, state);
    return reload(state, error);
}

/* 0: there is none. */
static gint64 first_id(const ResponsesState *state)
{
    return state->responses != NULL && state->responses->len > 0
               ? ((const Response *)state->responses->pdata[0])->id
               : 0;
}

/* The form that was begun meanwhile is the latest and stands first: Enter goes on with it. After a
 * lock the cursor stays where it was. */
static void responses_resume(App *app, void *data)
{
    ResponsesState *state = data;
    GError *error = NULL;
    gint64 before = first_id(state);
    if (reload(state, &error) && before != 0 && first_id(state) != 0 && first_id(state) != before)
        list_select(state->list, state->responses->pdata[0], &error);
    app_error(app, error);
}

static void responses_forget(App *app, void *data)
{
    (void)app;
    g_clear_pointer(&((ResponsesState *)data)->client_name, g_free);
}

static void responses_leave(App *app, void *data)
{
    (void)app;
    ResponsesState *state = data;
    list_free(state->list);
    g_free(state->client_name);
    g_clear_pointer(&state->responses, g_ptr_array_unref);
    g_clear_pointer(&state->forms, g_ptr_array_unref);
}

/* What the line of the list has no room for. */
static void draw_detail(const Response *response, Area area)
{
    g_autofree char *detail = response_words_detail(response);
    draw_rule(area, 0);
    draw_cell(area, 1, 0, area.columns, STYLE_STRONG, FALSE, response_words_title(response));
    draw_cell(area, 2, 0, area.columns, STYLE_NORMAL, FALSE, detail);
}

static void draw_none(App *app, ResponsesState *state, Area area)
{
    char key[KEY_NAME_SIZE];
    shared_key(app, ACTION_RESPONSE_NEW, key);
    g_autofree char *none =
        g_strdup_printf(_("No form has been filled in for this client. %s begins one."), key);
    list_draw(state->list, area, TRUE, none);
}

static void responses_draw(App *app, void *data, Area area)
{
    ResponsesState *state = data;
    const Response *response = list_selected(state->list);
    const Style styles[] = {STYLE_QUIET, STYLE_QUIET, STYLE_QUIET, STYLE_QUIET};
    const char *const heads[] = {C_("column of forms", "Saved"), C_("column of forms", "Form"),
                                 C_("column of forms", "State"), C_("column of forms", "Who")};
    if (response == NULL) {
        draw_none(app, state, area);
        return;
    }
    int detail = area.rows >= LIST_LEAST + DETAIL_ROWS + 1 ? DETAIL_ROWS : 0;
    draw_cells(area_columns(area_rows(area, 0, 1), LIST_MARK, -1), styles, heads);
    list_draw(state->list, area_rows(area, 1, area.rows - 1 - detail), TRUE, "");
    if (detail > 0)
        draw_detail(response, area_rows(area, area.rows - detail, detail));
}

static Subject responses_subject(App *app, void *data)
{
    (void)app;
    const ResponsesState *state = data;
    return (Subject){.client_id = state->client_id, .kind = SUBJECT_RESPONSE, .row = list_selected(state->list)};
}

static char *responses_subtitle(App *app, void *data)
{
    (void)app;
    return g_strdup(((const ResponsesState *)data)->client_name);
}

const Screen screen_responses = {
    .name = "responses",
    .place = IN_RESPONSES,
    .title = N_("Forms"),
    .state_size = sizeof(ResponsesState),
    .enter = responses_enter,
    .resume = responses_resume,
    .forget = responses_forget,
    .draw = responses_draw,
    .list = offsetof(ResponsesState, list),
    .leave = responses_leave,
    .subtitle = responses_subtitle,
    .subject = responses_subject,
};

void on_client_forms(App *app, void *state)
{
    (void)state;
    gint64 id = shared_client(app);
    if (id != 0)
        app_open(app, SCREEN_RESPONSES, &id);
}

/* --- the plan of two questions ---------------------------------------------------------------- */

static void begin_plan_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)text;
    if (yes)
        app_open(app, SCREEN_WALK,
                 &(WalkArgument){.form = PLAN_FORM, .client_id = *(const gint64 *)data});
}

/* The key lies among others: a form is not begun by a slip. */
static void ask_begin_plan(App *app, gint64 client_id)
{
    GError *error = NULL;
    ClientRow *client = client_glance(app_session(app), client_id, &error);
    if (client == NULL) {
        app_error(app, error);
        return;
    }
    g_autofree char *question = g_strdup_printf(
        _("%s has no plan for days when it is hard to meet. Make one together now? It is two "
          "questions and a follow-up."),
        client->name);
    client_row_free(client);
    dialog_ask_owning(app, question, begin_plan_answered, g_memdup2(&client_id, sizeof client_id),
                      g_free);
}

/* The client's form that is begun and not completed; NULL: none. */
static const Response *find_begun(const GPtrArray *responses, const char *form)
{
    for (guint i = 0; i < responses->len; i++) {
        const Response *response = responses->pdata[i];
        if (g_str_equal(response->form, form) && response->completed_ms == 0 &&
            response->not_done == NOT_DONE_NONE)
            return response;
    }
    return NULL;
}

void on_client_plan(App *app, void *state)
{
    (void)state;
    gint64 id = shared_client(app);
    GError *error = NULL;
    g_autoptr(Plan) plan = id != 0 ? plan_of_client(app_session(app), id, &error) : NULL;
    if (plan != NULL) {
        app_open(app, SCREEN_WALK, &(WalkArgument){.response_id = plan->response_id, .read = TRUE});
        return;
    }
    g_autoptr(GPtrArray) responses =
        id != 0 && error == NULL ? response_of_client(app_session(app), id, &error) : NULL;
    const Response *begun = responses != NULL ? find_begun(responses, PLAN_FORM) : NULL;
    if (error != NULL)
        app_error(app, error);
    else if (begun != NULL)
        app_open(app, SCREEN_WALK, &(WalkArgument){.response_id = begun->id});
    else if (id != 0)
        ask_begin_plan(app, id);
}

/* --- opening, and a new one ------------------------------------------------------------------- */

void on_response_open(App *app, void *state)
{
    (void)state;
    const Response *response = shared_response(app);
    if (response == NULL)
        return;
    gboolean read = response->completed_ms != 0 || response->not_done != NOT_DONE_NONE;
    app_open(app, SCREEN_WALK, &(WalkArgument){.response_id = response->id, .read = read});
}

/* One that is begun already is gone on with: two of the same would each have half of the answers.
 */
static void form_chosen(App *app, gint64 index, gint64 unused)
{
    (void)unused;
    ResponsesState *state = app_top_state(app);
    const Form *form = state->forms->pdata[index];
    const Response *begun = find_begun(state->responses, form->name);
    if (begun != NULL)
        app_open(app, SCREEN_WALK, &(WalkArgument){.response_id = begun->id});
    else
        app_open(app, SCREEN_WALK,
                 &(WalkArgument){.form = form->name,
                                 .client_id = state->client_id,
                                 .respondent = form->respondent});
}

/* Interviews belong to a placement and begin there. */
static gboolean can_begin(App *app, const Form *form)
{
    return form->kind != FORM_KIND_INTERVIEW && (!form_changes_card(form) ||
                                                 access_allows(app_session(app), PERMIT_INTERVIEW));
}

static void ask_form(App *app, const ResponsesState *state)
{
    Choose *choose = choose_new(_("Which form?"), form_chosen, 0);
    for (guint i = 0; i < state->forms->len; i++) {
        const Form *form = state->forms->pdata[i];
        if (!can_begin(app, form))
            continue;
        const Response *begun = find_begun(state->responses, form->name);
        g_autofree char *stands = begun != NULL ? response_words_state(begun) : NULL;
        g_autofree char *text = begun != NULL
                                    ? g_strdup_printf("%s (%s)", form_text(form->title), stands)
                                    : g_strdup(form_text(form->title));
        choose_add(choose, i, text);
    }
    choose_ask(app, choose);
}

void on_response_new(App *app, void *data)
{
    ResponsesState *state = data;
    GError *error = NULL;
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    GPtrArray *forms = response_forms(app_session(app), faults, &error);
    if (forms == NULL) {
        app_error(app, error);
        return;
    }
    g_clear_pointer(&state->forms, g_ptr_array_unref);
    state->forms = forms;
    ask_form(app, state);
    if (faults->len > 0)
        app_say(app, STYLE_NOTICE, "%s", (const char *)faults->pdata[0]);
}
