/* app.c: the stack of screens, messages, and the way of an event through it. */
#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"
#include "ui/app_private.h"
#include "ui/term.h"

/* --- the stack ---------------------------------------------------------------------------------
 */

Layer *app_layer_at(const App *app, guint place)
{
    return place < app->stack->len ? g_ptr_array_index(app->stack, place) : NULL;
}

static Layer *top_layer(const App *app)
{
    return app->stack->len > 0 ? app_layer_at(app, app->stack->len - 1) : NULL;
}

const Screen *app_top(App *app)
{
    const Layer *layer = top_layer(app);
    return layer != NULL ? layer->screen : NULL;
}

void *app_top_state(App *app)
{
    const Layer *layer = top_layer(app);
    return layer != NULL ? layer->state : NULL;
}

/* NULL: it has none. */
static List *list_of(const Layer *layer)
{
    return layer != NULL && layer->screen->list != 0
               ? G_STRUCT_MEMBER(List *, layer->state, layer->screen->list)
               : NULL;
}

List *app_top_list(const App *app)
{
    return list_of(top_layer(app));
}

guint app_depth(const App *app)
{
    return app->stack->len;
}

Subject app_subject(App *app)
{
    const Screen *screen = app_top(app);
    return screen->subject != NULL ? screen->subject(app, app_top_state(app)) : (Subject){0};
}

App *app_new(Config *config, const char *database, const AppParts *parts)
{
    App *app = g_new0(App, 1);
    app->config = config;
    app->parts = *parts;
    app->database = g_strdup(database);
    app->stack = g_ptr_array_new();
    GError *error = NULL;
    app->keymap = keymap_new(config->file, &error);
    if (app->keymap == NULL) {
        app->keymap = keymap_new(NULL, NULL);
        app_error(app, error);
    }
    return app;
}

static void save_layer(App *app, const Layer *layer)
{
    if (app->session != NULL && layer->screen->save != NULL)
        layer->screen->save(app, layer->state);
}

static void resume_layer(App *app, const Layer *layer)
{
    List *list = list_of(layer);
    GError *error = NULL;
    if (layer->screen->resume != NULL)
        layer->screen->resume(app, layer->state);
    if (list != NULL && !list_recall(list, &error))
        app_error(app, error);
}

/* What the screens show is not kept while the program is locked. */
static void forget_layer(App *app, const Layer *layer)
{
    List *list = list_of(layer);
    if (list != NULL)
        list_forget(list);
    if (layer->screen->forget != NULL)
        layer->screen->forget(app, layer->state);
}

static void free_layer(App *app, Layer *layer)
{
    if (layer->screen->leave != NULL)
        layer->screen->leave(app, layer->state);
    g_free(layer->state);
    g_free(layer);
}

/* Takes everything from `place` up away, the top first. */
static void cut_stack(App *app, guint place, gboolean save)
{
    app->permits_known = FALSE;
    while (app->stack->len > place) {
        Layer *layer = top_layer(app);
        if (save)
            save_layer(app, layer);
        g_ptr_array_set_size(app->stack, (int)app->stack->len - 1);
        free_layer(app, layer);
    }
}

void app_free(App *app)
{
    if (app == NULL)
        return;
    cut_stack(app, 0, FALSE);
    g_ptr_array_unref(app->stack);
    session_close(app->session);
    keymap_free(app->keymap);
    config_free(app->config);
    g_free(app->database);
    g_free(app->login);
    g_free(app->screens_of);
    g_free(app->unsure);
    g_free(app->message);
    g_free(app->clipboard);
    g_free(app);
}

/* A layer that has been entered; NULL after saying why not. */
static Layer *enter_layer(App *app, const Screen *screen, const void *argument)
{
    GError *error = NULL;
    Layer *layer = g_new0(Layer, 1);
    app->permits_known = FALSE;
    layer->screen = screen;
    layer->state = g_malloc0(MAX(screen->state_size, 1));
    if (screen->enter == NULL || screen->enter(app, layer->state, argument, &error))
        return layer;
    free_layer(app, layer);
    app_error(app, error);
    return NULL;
}

gboolean app_shows(App *app, ScreenId id)
{
    return app_top(app) == app->parts.screens[id];
}

gboolean app_open(App *app, ScreenId id, const void *argument)
{
    return app_push(app, app->parts.screens[id], argument);
}

gboolean app_push(App *app, const Screen *screen, const void *argument)
{
    Layer *layer = enter_layer(app, screen, argument);
    if (layer != NULL)
        g_ptr_array_add(app->stack, layer);
    return layer != NULL;
}

void app_pop(App *app)
{
    if (app->stack->len > 0)
        cut_stack(app, app->stack->len - 1, TRUE);
    if (app->stack->len == 0)
        app->quit = TRUE;
    else
        resume_layer(app, top_layer(app));
}

gboolean app_switch(App *app, ScreenId id, const void *argument)
{
    const Screen *screen = app->parts.screens[id];
    Layer *bottom = app_layer_at(app, 0);
    if (app_top(app) == screen)
        app_say(app, STYLE_QUIET, _("Fetched anew."));
    if (bottom != NULL && bottom->screen == screen && argument == NULL) {
        cut_stack(app, 1, TRUE);
        resume_layer(app, bottom);
        return TRUE;
    }
    Layer *layer = enter_layer(app, screen, argument);
    if (layer == NULL)
        return FALSE;
    cut_stack(app, bottom != NULL && bottom->screen == screen ? 0 : 1, TRUE);
    g_ptr_array_add(app->stack, layer);
    return TRUE;
}

void app_save(App *app)
{
    for (guint i = 0; i < app->stack->len; i++)
        save_layer(app, app_layer_at(app, i));
}

gboolean app_is_unsaved(App *app)
{
    for (guint i = 0; app->session != NULL && i < app->stack->len; i++) {
        const Layer *layer = app_layer_at(app, i);
        if (layer->screen->unsaved != NULL && layer->screen->unsaved(app, layer->state))
            return TRUE;
    }
    return FALSE;
}

gboolean app_watches(const App *app)
{
    for (guint i = 0; app->session != NULL && i < app->stack->len; i++)
        if (app_layer_at(app, i)->screen->watch != NULL)
            return TRUE;
    return FALSE;
}

void app_watch(App *app)
{
    for (guint i = 0; app->session != NULL && i < app->stack->len; i++) {
        const Layer *layer = app_layer_at(app, i);
        if (layer->screen->watch != NULL)
            layer->screen->watch(app, layer->state);
    }
}

gboolean app_would_lose(App *app)
{
    const Layer *top = top_layer(app);
    if (app->session == NULL || top == NULL)
        return FALSE;
    save_layer(app, top);
    return top->screen->unsaved != NULL && top->screen->unsaved(app, top->state);
}

guint app_permits(App *app)
{
    if (app->session == NULL)
        return G_MAXUINT;
    if (!app->permits_known)
        app->permits = access_permits(app->session);
    app->permits_known = TRUE;
    return app->permits;
}

void app_quit(App *app)
{
    app_save(app);
    app->quit = TRUE;
}

gboolean app_is_over(const App *app)
{
    return app->quit;
}

/* --- what the screens ask for ------------------------------------------------------------------
 */

Session *app_session(const App *app)
{
    return app->session;
}

const char *app_database(const App *app)
{
    return app->database;
}

void app_set_database(App *app, const char *path)
{
    char *before = app->database;
    app->database = g_strdup(path);
    g_free(before);
}

const char *app_login(const App *app)
{
    return app->login;
}

void app_set_login(App *app, const char *login)
{
    char *before = app->login;
    app->login = g_strdup(login);
    g_free(before);
}

const char *app_screens_of(const App *app)
{
    return app->screens_of;
}

gboolean app_holds_back(const App *app)
{
    return app->held_back;
}

const Config *app_config(const App *app)
{
    return app->config;
}

const Keymap *app_keymap(const App *app)
{
    return app->keymap;
}

AppReading *app_reading(App *app)
{
    return &app->reading;
}

char **app_clipboard(App *app)
{
    return &app->clipboard;
}

/* --- locking -----------------------------------------------------------------------------------
 */

/* Boxes that only ask or tell, the top one first. */
static void leave_passing(App *app)
{
    const Layer *top = top_layer(app);
    while (top != NULL && top->screen->passes != NULL && top->screen->passes(top->state)) {
        cut_stack(app, app->stack->len - 1, FALSE);
        top = top_layer(app);
    }
}

void app_lock(App *app)
{
    if (app->session == NULL)
        return;
    /* Before what is typed is saved: that can take its time. */
    if (term_is_on())
        term_blank();
    /* What the last key did may name somebody; why it locks by itself does not. */
    if (!app->lock_soon)
        g_clear_pointer(&app->message, g_free);
    app_save(app);
    app->held_back = app_is_unsaved(app);
    app->lock_soon = FALSE;
    leave_passing(app);
    for (guint i = 0; i < app->stack->len; i++)
        forget_layer(app, app_layer_at(app, i));
    app->unsure = db_unsure(session_db(app->session));
    g_clear_pointer(&app->session, session_close);
    g_clear_pointer(&app->clipboard, g_free);
    text_forget();
    if (!app_open(app, app->parts.lock, NULL))
        app->quit = TRUE;
}

gboolean app_may_unlock(const App *app, Session *session, GError **error)
{
    if (!app->held_back || g_strcmp0(app->screens_of, session_login(session)) == 0)
        return TRUE;
    g_set_error(error, DAGSFORM_ERROR, ERROR_BUSY,
                _("What %s typed here could not be saved yet, and would be lost. Let %s unlock "
                  "first, or leave the program and start it again."),
                app->screens_of, app->screens_of);
    return FALSE;
}

/* A screen that cannot be shown again, and what lies on it, is left: why has been said. */
static void resume_all(App *app)
{
    for (guint i = 0; i < app->stack->len; i++) {
        resume_layer(app, app_layer_at(app, i));
        const List *list = list_of(app_layer_at(app, i));
        if (list != NULL && list_is_forgotten(list))
            cut_stack(app, i, TRUE);
    }
}

void app_unlocked(App *app, Session *session)
{
    const char *login = session_login(session);
    gboolean same = login != NULL && g_strcmp0(app->screens_of, login) == 0;
    app->session = session;
    app_tell_silence(app);
    if (same)
        db_go_on(session_db(session), app->unsure);
    g_clear_pointer(&app->unsure, g_free);
    app->permits_known = FALSE;
    app->held_back = FALSE;
    app_set_login(app, login);
    g_free(app->screens_of);
    app->screens_of = g_strdup(login);
    cut_stack(app, same ? app->stack->len - 1 : 0, FALSE);
    resume_all(app);
    if (app->stack->len == 0 && !app_open(app, app->parts.home, NULL)) {
        g_clear_pointer(&app->session, session_close);
        if (!app_open(app, app->parts.lock, NULL))
            app->quit = TRUE;
    }
}

/* --- messages ----------------------------------------------------------------------------------
 */

static void take_message(App *app, Style style, char *text)
{
    g_free(app->message);
    app->message = text;
    app->says_unsaved = FALSE;
    app->message_style = style;
}

void app_say(App *app, Style style, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    take_message(app, style, g_strdup_vprintf(format, arguments));
    va_end(arguments);
}

const char *app_message(const App *app)
{
    return app->message;
}

gboolean app_message_stands(const App *app)
{
    return app->message != NULL && !app->says_unsaved;
}

const char *app_only_reads(const App *app)
{
    if (app->session == NULL || !db_is_read_only(session_db(app->session)))
        return NULL;
    if (session_lacks_room(app->session))
        return _("The disk is full, so you can only read: make room, then lock and unlock again.");
    return _("The database can only be read now. Nothing that you change can be saved.");
}

void app_error(App *app, GError *error)
{
    g_autoptr(GError) owned = error;
    gboolean cancelled = g_error_matches(owned, DAGSFORM_ERROR, ERROR_CANCELLED);
    if (owned == NULL)
        return;
    const char *reason =
        g_error_matches(owned, DAGSFORM_ERROR, ERROR_READONLY) ? app_only_reads(app) : NULL;
    take_message(app, cancelled ? STYLE_QUIET : STYLE_FAULT,
                 g_strdup(reason != NULL ? reason : owned->message));
    if (g_error_matches(owned, DAGSFORM_ERROR, ERROR_KEY_CHANGED))
        app->lock_soon = TRUE;
}

/* --- events ------------------------------------------------------------------------------------
 */

gboolean app_is_too_small(void)
{
    int rows, columns;
    term_size(&rows, &columns);
    return rows < LEAST_ROWS || columns < LEAST_COLUMNS;
}

static void say_unknown_key(App *app)
{
    g_autofree char *keys = keymap_keys_text(app->keymap, app_top(app)->place, ACTION_HELP);
    g_auto(GStrv) names = g_strsplit(keys, ", ", -1);
    if (g_strv_length(names) == 2)
        app_say(app, STYLE_QUIET, _("There is nothing on that key here. Help is on %s and %s."),
                names[0], names[1]);
    else
        app_say(app, STYLE_QUIET, _("There is nothing on that key here. Help is on %s."), keys);
}

/* What is not seen is not changed: only leaving and locking. */
static Action choose_action(App *app, Key key)
{
    if (!app_is_too_small())
        return keymap_action(app->keymap, app_top(app)->place, key);
    Action action = keymap_action(app->keymap, app->parts.screens[app->parts.home]->place, key);
    return action == ACTION_QUIT || action == ACTION_LOCK ? action : ACTION_NONE;
}

static gboolean list_takes(App *app, const Event *event)
{
    GError *error = NULL;
    List *list = app_top_list(app);
    gboolean taken = list != NULL && list_event(list, event, &error);
    app_error(app, error);
    return taken;
}

/* A page of fields tells whether what is typed on it is kept. */
static void say_unsaved(App *app)
{
    const Layer *top = top_layer(app);
    if (app->message != NULL || app->session == NULL || top == NULL ||
        top->screen->finish == NULL || top->screen->unsaved == NULL ||
        !top->screen->unsaved(app, top->state))
        return;
    app_say(app, STYLE_QUIET, "%s", _("Not saved yet."));
    app->says_unsaved = TRUE;
}

static void handle_input(App *app, const Event *event)
{
    const Screen *screen = app_top(app);
    gboolean small = app_is_too_small();
    const int read = app->reading.top;
    app->reading.top = 0;
    take_message(app, STYLE_NORMAL, NULL);
    if (!small && screen->key != NULL && screen->key(app, app_top_state(app), event))
        return;
    if (!small && list_takes(app, event))
        return;
    if (event->type == EVENT_PASTE && !small)
        app_say(app, STYLE_QUIET, _("There is no field here to paste into."));
    if (event->type != EVENT_KEY)
        return;
    Action action = choose_action(app, event->key);
    if (action == ACTION_READ_ON)
        app->reading.top = read;
    if (action != ACTION_NONE)
        app->parts.handlers[action](app, app_top_state(app));
    else if (!small)
        say_unknown_key(app);
}

void app_handle(App *app, const Event *event)
{
    switch (event->type) {
    case EVENT_KEY:
    case EVENT_PASTE:
    case EVENT_CLICK:
        if (app_top(app) != NULL)
            handle_input(app, event);
        say_unsaved(app);
        break;
    case EVENT_HANGUP:
        app_quit(app);
        break;
    case EVENT_RESIZE:
    case EVENT_TIMEOUT:
        break;
    }
    if (!app->lock_soon)
        return;
    app_lock(app);
    term_drop_input();
}
