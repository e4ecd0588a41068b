/* clients.c: finds a client as one types. Persons are searched by name, identity number and client
 * number and by nothing else (förordning 2001:637, 15 §). */
#include "ui/clients/clients.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/client/client.h"
#include "care/client/client_guard.h"
#include "ui/app.h"
#include "ui/common/export_ask.h"
#include "ui/common/open_client.h"
#include "ui/common/shared.h"
#include "ui/widgets/detail.h"
#include "ui/widgets/search_list.h"

enum {
    AGE_COLUMNS = 7,
    ID_COLUMNS = 17,
    NUMBER_COLUMNS = 10,
    WORKER_COLUMNS = 18,
    WORKER_SHARE = 3, /* of what is left over, beside the name's */
    NAME_LEAST = 23,
    NAME_SHORTEST = 4,
    MARK_COLUMNS = 2, /* list.c's */
    SEARCH_COLUMNS = 32,
    WHOSE_COLUMNS = 31, /* how many they are, and whose */
};

typedef struct {
    App *app;
    SearchList search;
    gboolean mine;
    gboolean numbers;  /* identity numbers have been asked for */
    gboolean searched; /* the search has led to a card: what is typed next is another one */
    gint64 count;
    gboolean by_need; /* only one's own are shown without a search */
} ClientsState;

static GPtrArray *fetch(void *data, gconstpointer after, int limit, GError **error)
{
    ClientsState *state = data;
    Session *session = app_session(state->app);
    const char *typed = search_list_text(&state->search);
    return state->mine ? client_list(session, typed, TRUE, after, limit, error)
                       : client_list_own_first(session, typed, after, limit, error);
}

static gboolean same(gconstpointer a, gconstpointer b)
{
    return ((const ClientRow *)a)->id == ((const ClientRow *)b)->id;
}

/* --- drawing -----------------------------------------------------------------------------------
 */

/* Columns of each part; what has no room is left out. */
typedef struct {
    int name, age, id, number, worker;
} Widths;

static Widths widths_of(int columns)
{
    Widths widths = {.age = AGE_COLUMNS, .id = ID_COLUMNS};
    int left = columns - widths.age - widths.id - NAME_LEAST;
    if (left >= NUMBER_COLUMNS) {
        widths.number = NUMBER_COLUMNS;
        left -= widths.number;
    }
    if (left >= WORKER_COLUMNS) {
        widths.worker = WORKER_COLUMNS;
        left -= widths.worker;
    }
    int more = MAX(left, 0), workers = widths.worker > 0 ? more / WORKER_SHARE : 0;
    widths.worker += workers;
    widths.name = NAME_LEAST + more - workers;
    return widths;
}

static void draw_parts(Area line, Style style, const char *name, const char *age, const char *id,
                       const char *number, const char *worker)
{
    Widths widths = widths_of(line.columns);
    int at = widths.name;
    draw_cell(line, 0, 0, widths.name - 1, style, FALSE, name);
    draw_cell(line, 0, at, widths.age - 2, style, TRUE, age);
    at += widths.age;
    draw_cell(line, 0, at, widths.id - 1, style, FALSE, id);
    at += widths.id;
    draw_cell(line, 0, at, widths.number - 1, style, FALSE, number);
    at += widths.number;
    draw_cell(line, 0, at, widths.worker, style, FALSE, worker);
}

/* A number is shown where it was asked for or typed, and where the name does not tell two apart. */
static gboolean shows_number(const ClientsState *state, const ClientRow *row)
{
    gboolean typed = FALSE;
    for (const char *c = search_list_text(&state->search); *c != '\0'; c++)
        typed = typed || g_ascii_isdigit(*c);
    return state->numbers || typed || row->alike;
}

/* In the number's place where it is not given, else behind the name. */
static void draw_row(void *data, gconstpointer item, Area line, gboolean selected)
{
    const ClientRow *row = item;
    gboolean protected = row->protection != PROTECTION_NONE, withheld = row->id_number == NULL;
    Style style = selected ? STYLE_SELECTED : row->active ? STYLE_NORMAL : STYLE_QUIET;
    Widths widths = widths_of(line.columns);
    const char *mark = protected && !withheld ? _("protected") : standing_name(row->standing);
    g_autofree char *age = row->birth_date == DATE_NONE
                               ? g_strdup("")
                               : g_strdup_printf("%d", date_age(row->birth_date, clock_today()));
    g_autofree char *tail = mark != NULL ? g_strdup_printf(" · %s", mark) : g_strdup("");
    g_autofree char *cut =
        text_truncate(row->name, MAX(widths.name - 1 - text_width(tail), NAME_SHORTEST));
    g_autofree char *name = g_strconcat(cut, tail, NULL);
    draw_parts(line, style, name, age, shows_number(data, row) ? row->id_number : "", row->number,
               row->support_worker);
    Style notice = selected ? STYLE_SELECTED : STYLE_NOTICE;
    if (protected && withheld)
        draw_cell(line, 0, widths.name + widths.age, widths.id - 1, notice, FALSE, _("protected"));
    else if (protected)
        draw_text(area_columns(line, 0, widths.name - 1), 0, text_width(cut), notice, tail);
}

static const ListClass client_rows = {.fetch = fetch, .draw = draw_row, .same = same};

/* What a line has cut or left out. The row has no number of those whose card is closed. */
static void draw_detail(const ClientsState *state, const ClientRow *row, Area area)
{
    if (row == NULL || area.rows <= 0)
        return;
    g_autoptr(Detail) detail = detail_new();
    detail_add_strong(detail, g_strdup(row->name));
    if (row->protection != PROTECTION_NONE)
        detail_add_strong(detail, g_strdup(_("protected")));
    detail_add(detail, NULL, g_strdup(standing_name(row->standing)));
    detail_add(detail, _("Age"),
               row->birth_date == DATE_NONE
                   ? NULL
                   : g_strdup_printf("%d", date_age(row->birth_date, clock_today())));
    detail_add(detail, _("Identity number"),
               shows_number(state, row) ? g_strdup(row->id_number) : NULL);
    detail_add(detail, _("Number"), g_strdup(row->number));
    detail_add(detail, _("Support worker"), g_strdup(row->support_worker));
    detail_draw(detail, area);
}

/* Why there is nothing, and what to do. New. */
static char *empty_text(App *app, ClientsState *state)
{
    char all[KEY_NAME_SIZE], new[KEY_NAME_SIZE];
    shared_key(app, ACTION_CLIENTS_MINE, all);
    shared_key(app, ACTION_NEW_CLIENT, new);
    gboolean searched = search_list_text(&state->search)[0] != '\0';
    if (state->mine)
        return searched ? g_strdup_printf(_("Nobody assigned to you has that name or number. %s "
                                            "searches among all."),
                                          all)
                        : g_strdup_printf(_("No client is assigned to you. %s shows all."), all);
    if (state->by_need && !searched)
        return g_strdup(_("No client is yours. Type a name or a number to find another's."));
    if (!access_allows(app_session(app), PERMIT_CLIENT_EDIT))
        return g_strdup(searched ? _("Nobody has that name or number.")
                                 : _("There are no clients yet."));
    return searched
               ? g_strdup_printf(_("Nobody has that name or number. %s adds a new client."), new)
               : g_strdup_printf(_("There are no clients yet. %s adds the first."), new);
}

/* New. */
static char *count_text(const ClientsState *state)
{
    if (search_list_text(&state->search)[0] != '\0' && state->count > CLIENTS_COUNTED)
        return g_strdup_printf(
            ngettext("more than %d client", "more than %d clients", CLIENTS_COUNTED),
            CLIENTS_COUNTED);
    return g_strdup_printf(ngettext("%d client", "%d clients", (gulong)state->count),
                           (int)state->count);
}

static void clients_draw(App *app, void *data, Area area)
{
    ClientsState *state = data;
    const gboolean searched = search_list_text(&state->search)[0] != '\0';
    int at = draw_text(area, 0, 0, STYLE_LABEL, _("Search")) + 1;
    int columns = MIN(SEARCH_COLUMNS, area.columns - at - WHOSE_COLUMNS);
    Area field = area_columns(area_rows(area, 0, 1), at, columns);
    g_autofree char *count = count_text(state);
    g_autofree char *whose = g_strdup_printf("%s · %s", count,
                                             state->mine                   ? _("assigned to you")
                                             : state->by_need && !searched ? C_("clients", "yours")
                                                                           : _("all"));
    at += columns + 2;
    draw_cell(area, 0, at, area.columns - at, STYLE_NORMAL, TRUE, whose);
    if (!searched)
        draw_cell(area, 1, 0, area.columns, STYLE_QUIET, FALSE,
                  state->by_need && !session_is_laptop(app_session(app))
                      ? _("Type a name or a number to find somebody else's client.")
                      : _("Type a name, an identity number or a client number."));
    Area list, detail;
    detail_split(area_rows(area, 2, -1), 0, &list, &detail);
    Area heading = area_columns(area_rows(list, 0, 1), MARK_COLUMNS, -1);
    draw_parts(heading, STYLE_HEADING, _("Name"), _("Age"), _("Identity number"), _("Number"),
               _("Support worker"));
    g_autofree char *empty = empty_text(app, state);
    search_list_draw(&state->search, area_rows(list, 1, -1), empty, field);
    draw_detail(state, list_selected(state->search.list), detail);
}

/* --- keys --------------------------------------------------------------------------------------
 */

/* After another search, from the first row. */
static void search(App *app, ClientsState *state)
{
    GError *error = NULL;
    if (!client_count(app_session(app), search_list_text(&state->search), state->mine,
                      &state->count, &error) ||
        !list_restart(state->search.list, &error))
        app_error(app, error);
    state->search.in_list = FALSE;
}

/* What is typed after the search has led to a card is another search. */
static gboolean clients_key(App *app, void *data, const Event *event)
{
    ClientsState *state = data;
    GError *error = NULL;
    gboolean again,
        typed = event->type == EVENT_PASTE ||
                (event->type == EVENT_KEY && key_is_text(event->key) && event->key != '?');
    if (typed && state->searched)
        search_list_set_text(&state->search, "");
    state->searched = state->searched && !typed;
    gboolean taken = search_list_event(&state->search, event, &again, &error);
    app_error(app, error);
    if (again)
        search(app, state);
    return taken;
}

void on_open_client(App *app, void *data)
{
    ClientsState *state = data;
    const ClientRow *row = list_selected(state->search.list);
    if (row == NULL) {
        g_autofree char *empty = empty_text(app, state);
        app_say(app, STYLE_NOTICE, "%s", empty);
        return;
    }
    gint64 id = row->id;
    state->searched = TRUE;
    open_client(app, id);
}

void on_new_client(App *app, void *data)
{
    (void)data;
    GError *error = NULL;
    if (access_require(app_session(app), PERMIT_CLIENT_EDIT, &error))
        app_open(app, SCREEN_CLIENT_EDIT, NULL);
    else
        app_error(app, error);
}

void on_clients_mine(App *app, void *data)
{
    ClientsState *state = data;
    state->mine = !state->mine;
    search(app, state);
}

void on_clients_numbers(App *app, void *data)
{
    ClientsState *state = data;
    state->numbers = !state->numbers;
    app_say(app, STYLE_QUIET,
            state->numbers ? _("Identity numbers are shown.")
                           : _("Identity numbers are hidden, but where two have the same name."));
}

void on_clients(App *app, void *data)
{
    (void)data;
    app_switch(app, SCREEN_CLIENTS, NULL);
}

const char *clients_search(App *app)
{
    if (!app_shows(app, SCREEN_CLIENTS))
        return "";
    ClientsState *state = app_top_state(app);
    return search_list_text(&state->search);
}

/* --- the screen --------------------------------------------------------------------------------
 */

/* How many, and whether they are all there are. */
static gboolean recount(App *app, ClientsState *state, GError **error)
{
    gboolean sees = TRUE;
    if (!client_count(app_session(app), search_list_text(&state->search), state->mine,
                      &state->count, error) ||
        !client_sees_unit(app_session(app), &sees, error))
        return FALSE;
    state->by_need = !sees;
    return TRUE;
}

static gboolean clients_enter(App *app, void *data, const void *argument, GError **error)
{
    (void)argument;
    ClientsState *state = data;
    state->app = app;
    search_list_init(&state->search, &client_rows, state);
    return recount(app, state, error) && list_restart(state->search.list, error);
}

static void clients_resume(App *app, void *data)
{
    ClientsState *state = data;
    GError *error = NULL;
    if (!recount(app, state, &error) || !list_reload(state->search.list, &error))
        app_error(app, error);
}

static void clients_leave(App *app, void *data)
{
    (void)app;
    ClientsState *state = data;
    search_list_clear(&state->search);
}

static Subject clients_subject(App *app, void *data)
{
    (void)app;
    const ClientRow *row = list_selected(((ClientsState *)data)->search.list);
    return (Subject){.client_id = row != NULL ? row->id : 0};
}

static void file_named(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)data;
    if (!yes || app_top(app) != &screen_clients)
        return;
    const ClientsState *state = app_top_state(app);
    ExportOrder order = {.what = EXPORT_CLIENTS,
                         .from = DATE_NONE,
                         .to = DATE_NONE,
                         .mine = state->mine,
                         .search = search_list_text(&state->search)};
    export_write(app, &order, text);
}

void on_clients_export(App *app, void *data)
{
    (void)data;
    export_ask(app, EXPORT_CLIENTS, file_named);
}

const Screen screen_clients = {
    .name = "clients",
    .place = IN_CLIENTS,
    .title = N_("Clients"),
    .state_size = sizeof(ClientsState),
    .enter = clients_enter,
    .resume = clients_resume,
    .draw = clients_draw,
    .key = clients_key,
    .list = offsetof(ClientsState, search.list),
    .leave = clients_leave,
    .subject = clients_subject,
};
