/* frame.c: title bar, message line and key bar. */
#include "ui/frame.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"

#define PROGRAM "Dagsform"
#define DOT " · "

enum { MESSAGE_MOST = 4 }; /* rows */

static void append_part(GString *text, const char *part)
{
    if (part == NULL || part[0] == '\0')
        return;
    if (text->len > 0)
        g_string_append(text, DOT);
    g_string_append(text, part);
}

/* What a narrow title bar leaves out: first the program's name, then some words about a clock that
 * is set, then the unit, and at last the clock. That it is the demo always stands there. */
typedef enum { BAR_ALL, BAR_NO_PROGRAM, BAR_SHORT_CLOCK, BAR_NO_UNIT, BAR_NO_CLOCK } BarRoom;

static char *title_text(App *app, BarRoom room)
{
    GString *text = g_string_new(room < BAR_NO_PROGRAM ? PROGRAM : NULL);
    void *state;
    const Screen *screen = app_titled(app, &state);
    gboolean demo = app->session != NULL && session_is_demo(app->session);
    if (app->session != NULL && room < BAR_NO_UNIT)
        append_part(text, session_unit_name(app->session));
    if (demo && room < BAR_NO_UNIT)
        g_string_append_printf(text, " (%s)", _("demo"));
    else if (demo)
        append_part(text, _("demo"));
    if (screen != NULL) {
        g_autofree char *subtitle = screen->subtitle != NULL ? screen->subtitle(app, state) : NULL;
        append_part(text, _(screen->title));
        append_part(text, subtitle);
    }
    return g_string_free(text, FALSE);
}

/* Who works here, and whether the clock is a pinned one. */
static char *person_text(App *app, BarRoom room)
{
    GString *text = g_string_new(NULL);
    if (clock_is_pinned() && room < BAR_NO_CLOCK) {
        char date[DATE_SIZE], time[TIME_SIZE];
        date_format(clock_today(), date);
        time_format(clock_minute(), time);
        g_autofree char *pinned = g_strdup_printf(
            room < BAR_SHORT_CLOCK ? _("the clock is set to %s %s") : _("set to %s %s"), date,
            time);
        append_part(text, pinned);
    }
    if (app->session != NULL)
        append_part(text, session_staff_name(app->session));
    return g_string_free(text, FALSE);
}

void titlebar_draw(App *app, Area line)
{
    enum { BLANKS = 4 };
    g_autofree char *title = NULL, *person = NULL;
    for (BarRoom room = BAR_ALL; room <= BAR_NO_CLOCK; room++) {
        g_free(title);
        g_free(person);
        title = title_text(app, room);
        person = person_text(app, room);
        if (text_width(title) + text_width(person) + BLANKS <= line.columns)
            break;
    }
    int width =
        MIN(text_width(person), MAX(line.columns - text_width(title) - BLANKS, line.columns / 2));
    draw_fill(line, 0, 0, line.columns, STYLE_BAR);
    draw_cell(line, 0, 1, line.columns - width - BLANKS, STYLE_BAR_STRONG, FALSE, title);
    draw_cell(line, 0, line.columns - width - 1, width, STYLE_BAR, TRUE, person);
}

int messagebar_rows(const App *app, int columns)
{
    if (app->message == NULL)
        return 1;
    g_autofree char *clean = text_clean(app->message);
    g_autoptr(GArray) rows = text_wrap(clean, MAX(columns - 2, 1));
    return MIN((int)rows->len, MESSAGE_MOST);
}

void messagebar_draw(App *app, Area lines)
{
    if (app->message != NULL)
        draw_paragraph(lines, 0, 1, lines.columns - 2, app->message_style, app->message);
}

static int compare_places(gconstpointer a, gconstpointer b)
{
    int first = action_row(*(const Action *)a)->bar, second = action_row(*(const Action *)b)->bar;
    return first != second ? first - second : (int)*(const Action *)a - (int)*(const Action *)b;
}

static Key bar_key(App *app, Action action)
{
    return keymap_key_in(app->keymap, app_top(app)->where, action);
}

/* Whether it leads to the screen one is on. */
static gboolean leads_nowhere(Action action, Where where)
{
    static const struct {
        Action action;
        Where there;
    } WAYS[] = {
        {ACTION_TODAY, IN_TODAY}, {ACTION_CLIENTS, IN_CLIENTS}, {ACTION_WEEK, IN_WEEK},
        {ACTION_TASKS, IN_TASKS}, {ACTION_WALKS, IN_WALKS},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(WAYS); i++)
        if (WAYS[i].action == action)
            return WAYS[i].there == where;
    return FALSE;
}

/* Actions of the key bar that are valid on the top screen, in their order. */
static GArray *bar_actions(App *app)
{
    GArray *actions = g_array_new(FALSE, FALSE, sizeof(Action));
    const Screen *screen = app_top(app);
    guint permits = app_permits(app);
    for (int i = ACTION_NONE + 1; screen != NULL && i < ACTION_COUNT; i++) {
        Action action = (Action)i;
        const ActionRow *row = action_row(action);
        if (row->bar > 0 && (row->where & screen->where) != 0 &&
            action_is_offered(action, permits) && !leads_nowhere(action, screen->where) &&
            bar_key(app, action) != K_NONE)
            g_array_append_val(actions, action);
    }
    g_array_sort(actions, compare_places);
    return actions;
}

static int item_columns(App *app, Action action)
{
    char key[24];
    key_label(bar_key(app, action), key);
    return text_width(key) + 1 + text_width(_(action_row(action)->label));
}

static void draw_item(App *app, Area line, int column, Action action)
{
    char key[24];
    key_label(bar_key(app, action), key);
    int width = draw_text(line, 0, column, STYLE_KEY, key);
    draw_text(line, 0, column + width + 1, STYLE_LABEL, _(action_row(action)->label));
}

/* Whether it was among them; it no longer is. */
static gboolean take_action(GArray *actions, Action action)
{
    for (guint i = 0; i < actions->len; i++) {
        if (g_array_index(actions, Action, i) != action)
            continue;
        g_array_remove_index(actions, i);
        return TRUE;
    }
    return FALSE;
}

void keybar_draw(App *app, Area line)
{
    enum { GAP = 2 };
    g_autoptr(GArray) actions = bar_actions(app);
    if (actions->len == 0)
        return;
    int end = line.columns - 1, column = 1;
    /* Help and the way back keep their place at the right, however little room there is. */
    static const Action KEPT[] = {ACTION_HELP, ACTION_BACK};
    for (gsize i = 0; i < G_N_ELEMENTS(KEPT); i++) {
        if (!take_action(actions, KEPT[i]))
            continue;
        end -= item_columns(app, KEPT[i]);
        draw_item(app, line, MAX(end, 0), KEPT[i]);
        end -= GAP;
    }
    for (guint i = 0; i < actions->len; i++) {
        Action action = g_array_index(actions, Action, i);
        int width = item_columns(app, action);
        if (column + width > end)
            continue;
        draw_item(app, line, column, action);
        column += width + GAP;
    }
}
