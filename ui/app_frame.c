/* app_frame.c: what is drawn of all that lies on the stack. */
#include "base/clock.h"
#include "base/i18n.h"
#include "ui/app_private.h"
#include "ui/frame.h"
#include "ui/term.h"

static void draw_too_small(Area whole)
{
    g_autofree char *text = g_strdup_printf(
        _("This window is too small: make it at least %d columns wide and %d rows high."),
        LEAST_COLUMNS, LEAST_ROWS);
    draw_paragraph(whole, 0, 0, whole.columns, STYLE_NORMAL, text);
    draw_caret(whole, 0, 0);
}

static void draw_layers(App *app, Area body)
{
    guint first = app->stack->len;
    while (first > 0 && (first == app->stack->len || app_layer_at(app, first)->screen->overlay))
        first--;
    for (guint i = first; i < app->stack->len; i++) {
        const Layer *layer = app_layer_at(app, i);
        layer->screen->draw(app, layer->state, body);
    }
}

/* What a dialog lies on gives the title. */
static const Layer *titled_layer(const App *app)
{
    for (guint place = app->stack->len; place > 0; place--)
        if (app_layer_at(app, place - 1)->screen->title != NULL)
            return app_layer_at(app, place - 1);
    return NULL;
}

static void draw_title(App *app, Area line)
{
    char date[DATE_SIZE], time[TIME_SIZE];
    const Layer *layer = titled_layer(app);
    g_autofree char *subtitle = layer != NULL && layer->screen->subtitle != NULL
                                    ? layer->screen->subtitle(app, layer->state)
                                    : NULL;
    TitleBar bar = {.screen = layer != NULL ? _(layer->screen->title) : NULL, .subtitle = subtitle};
    if (clock_is_pinned()) {
        bar.date = date_format(clock_today(), date);
        bar.time = time_format(clock_minute(), time);
    }
    if (app->session != NULL) {
        bar.unit = session_unit_name(app->session);
        bar.demo = session_is_demo(app->session);
        bar.alone = db_lacks_standby(session_db(app->session));
        bar.person = session_staff_name(app->session);
    }
    titlebar_draw(&bar, line);
}

static void draw_frame(App *app, Area whole)
{
    int message = messagebar_rows(app->message, whole.columns);
    const Screen *top = app_top(app);
    draw_title(app, area_rows(whole, 0, 1));
    app->reading.rows = app->reading.room = 0;
    draw_layers(app, area_inset(area_rows(whole, 1, whole.rows - 2 - message), 0, 1));
    messagebar_draw(app->message, app->message_style,
                    area_rows(whole, whole.rows - 1 - message, message));
    if (top == NULL)
        return;
    const List *list = app_top_list(app);
    const KeyBarIdle idle = {
        .no_row = list != NULL && list_is_empty(list),
        .no_client = app_subject(app).client_id == 0,
        .idle = top->idle,
        .absent = top->absent,
        .state = app_top_state(app),
    };
    keybar_draw(app->keymap, top->place, app_permits(app), idle,
                area_rows(whole, whole.rows - 1, 1));
}

static void draw(App *app)
{
    Area whole = {0};
    app->waited = FALSE;
    term_size(&whole.rows, &whole.columns);
    term_frame_begin();
    if (app_is_too_small())
        draw_too_small(whole);
    else
        draw_frame(app, whole);
    term_frame_end();
}

void app_draw(App *app)
{
    draw(app);
    if (app->waited)
        draw(app);
}

void app_look_ahead(App *app)
{
    List *list = app_top_list(app);
    if (list != NULL)
        list_look_ahead(list);
    if (app->waited)
        draw(app);
}
