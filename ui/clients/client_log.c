/* client_log.c: who has read or changed what is kept about a client: the access log, newest first.
 */
#include "ui/clients/client_log.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "care/client/client.h"
#include "exchange/client_log_file.h"
#include "ui/app.h"
#include "ui/common/dialog.h"
#include "ui/common/export_ask.h"
#include "ui/common/rows.h"
#include "ui/common/shared.h"
#include "ui/widgets/list.h"

enum {
    EVENTS_MOST = 1000,
    WIDEST = 100,
    WHEN_COLUMNS = 18,
    WHO_COLUMNS = 22,
    WHAT_COLUMNS = 40, /* with less room the chosen entry is written out below the list */
    WRITTEN_ROWS = 4,
};

typedef struct {
    gint64 client_id;
    gboolean protected;
    GPtrArray *events; /* ClientEvent *: all that are shown */
    List *list;
} LogState;

static GPtrArray *fetch(void *data, gconstpointer after, int limit, GError **error)
{
    (void)error;
    return rows_after(((LogState *)data)->events, after, limit);
}

static gboolean same(gconstpointer a, gconstpointer b)
{
    return a == b;
}

/* New. */
static char *what_text(const ClientEvent *event)
{
    return event->what != NULL ? g_strdup_printf("%s: %s", event->action, event->what)
                               : g_strdup(event->action);
}

static void draw_event(void *data, gconstpointer item, Area line, gboolean selected)
{
    (void)data;
    const ClientEvent *event = item;
    Style style = selected ? STYLE_SELECTED : STYLE_NORMAL;
    g_autofree char *when = clock_text(event->at_ms);
    g_autofree char *what = what_text(event);
    draw_cell(line, 0, 0, WHEN_COLUMNS, style, FALSE, when);
    draw_cell(line, 0, WHEN_COLUMNS, WHO_COLUMNS, style, FALSE, event->who);
    draw_cell(line, 0, WHEN_COLUMNS + WHO_COLUMNS, line.columns, style, FALSE, what);
}

static const ListClass event_rows = {.fetch = fetch, .draw = draw_event, .same = same};

static gboolean read_events(App *app, LogState *state, GError **error)
{
    g_clear_pointer(&state->events, g_ptr_array_unref);
    ClientRow *client = client_glance(app_session(app), state->client_id, error);
    if (client == NULL)
        return FALSE;
    state->protected = client->protection != PROTECTION_NONE;
    client_row_free(client);
    state->events = client_history(app_session(app), state->client_id, EVENTS_MOST, error);
    return state->events != NULL && list_restart(state->list, error);
}

static gboolean log_enter(App *app, void *data, const void *argument, GError **error)
{
    LogState *state = data;
    state->list = list_new(&event_rows, state);
    state->client_id = *(const gint64 *)argument;
    return read_events(app, state, error);
}

static void log_leave(App *app, void *data)
{
    (void)app;
    LogState *state = data;
    list_free(state->list);
    g_clear_pointer(&state->events, g_ptr_array_unref);
}

static gboolean log_key(App *app, void *data, const Event *event)
{
    (void)data;
    gboolean enter = event->type == EVENT_KEY && event->key == K_ENTER;
    if (enter)
        app_pop(app);
    return enter;
}

static void log_draw(App *app, void *data, Area area)
{
    (void)app;
    LogState *state = data;
    Area box = area_centre(area, MAX(area.rows - 2, 8), MIN(area.columns, WIDEST));
    draw_box(box, _("Who has read or changed what concerns the client"));
    Area inside = area_inset(box, 1, 2);
    const ClientEvent *chosen = list_selected(state->list);
    gboolean narrow = inside.columns < WHEN_COLUMNS + WHO_COLUMNS + WHAT_COLUMNS;
    int below = 1 + (narrow ? WRITTEN_ROWS : 0);
    list_draw(state->list, area_rows(inside, 0, inside.rows - below), TRUE,
              _("Nobody has read or changed anything yet."));
    if (narrow && chosen != NULL) {
        g_autofree char *what = what_text(chosen);
        draw_paragraph(area_rows(inside, inside.rows - below + 1, WRITTEN_ROWS - 1), 0, 0,
                       inside.columns, STYLE_QUIET, what);
    }
    draw_text(inside, inside.rows - 1, 0, STYLE_QUIET, _("Esc goes back."));
}

/* --- to a file -------------------------------------------------------------------------------- */

static void file_named(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)data;
    GError *error = NULL;
    int entries = 0;
    if (!yes || app_top(app) != &screen_client_log)
        return;
    LogState *state = app_top_state(app);
    g_autofree char *path = paths_typed(text);
    if (client_log_write(app_session(app), state->client_id, path, &entries, &error) &&
        read_events(app, state, &error))
        app_say(app, STYLE_GOOD,
                ngettext("%d entry of the log is in %s. Nobody is named there but the client.",
                         "%d entries of the log are in %s. Nobody is named there but the client.",
                         (gulong)entries),
                entries, path);
    if (error != NULL)
        app_error(app, error);
}

static void ask_name(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)text, (void)data;
    if (yes)
        export_ask_named(app,
                         _("Where shall the file lie? Its ending says what it is: pdf to be read, csv or json."),
                         _("log"), file_named);
}

void on_client_log_file(App *app, void *data)
{
    if (((const LogState *)data)->protected)
        dialog_ask(app,
                   _("The client has protected identity. A paper can be read by whoever finds it. "
                     "Write it all the same?"),
                   ask_name, NULL);
    else
        ask_name(app, TRUE, NULL, NULL);
}

/* --- the screen ------------------------------------------------------------------------------- */

const Screen screen_client_log = {
    .name = "client-log",
    .place = IN_CLIENT_LOG,
    .state_size = sizeof(LogState),
    .overlay = TRUE,
    .enter = log_enter,
    .draw = log_draw,
    .key = log_key,
    .passes = shared_passes,
    .list = offsetof(LogState, list),
    .leave = log_leave,
};
