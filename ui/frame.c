/* frame.c: title bar, message line and key bar. */
#include "ui/frame.h"

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

/* New. */
static char *title_text(const TitleBar *bar, BarRoom room)
{
    GString *text = g_string_new(room < BAR_NO_PROGRAM ? PROGRAM : NULL);
    if (room < BAR_NO_UNIT)
        append_part(text, bar->unit);
    if (bar->demo && room < BAR_NO_UNIT)
        g_string_append_printf(text, " (%s)", _("demo"));
    else if (bar->demo)
        append_part(text, _("demo"));
    append_part(text, bar->screen);
    append_part(text, bar->subtitle);
    return g_string_free(text, FALSE);
}

/* Who works here, and whether the clock is one that is set. New. */
static char *person_text(const TitleBar *bar, BarRoom room)
{
    GString *text = g_string_new(NULL);
    if (bar->date != NULL && room < BAR_NO_CLOCK) {
        g_autofree char *set = g_strdup_printf(
            room < BAR_SHORT_CLOCK ? _("the clock is set to %s %s") : _("set to %s %s"), bar->date,
            bar->time);
        append_part(text, set);
    }
    if (bar->alone)
        append_part(text, _("no spare server"));
    append_part(text, bar->person);
    return g_string_free(text, FALSE);
}

void titlebar_draw(const TitleBar *bar, Area line)
{
    enum { BLANKS = 4 };
    g_autofree char *title = NULL, *person = NULL;
    for (BarRoom room = BAR_ALL; room <= BAR_NO_CLOCK; room++) {
        g_free(title);
        g_free(person);
        title = title_text(bar, room);
        person = person_text(bar, room);
        if (text_width(title) + text_width(person) + BLANKS <= line.columns)
            break;
    }
    int width =
        MIN(text_width(person), MAX(line.columns - text_width(title) - BLANKS, line.columns / 2));
    draw_fill(line, 0, 0, line.columns, STYLE_BAR);
    draw_cell(line, 0, 1, line.columns - width - BLANKS, STYLE_BAR_STRONG, FALSE, title);
    draw_cell(line, 0, line.columns - width - 1, width, STYLE_BAR, TRUE, person);
}

int messagebar_rows(const char *message, int columns)
{
    if (message == NULL)
        return 1;
    g_autofree char *clean = text_clean(message);
    g_autoptr(GArray) rows = text_wrap(clean, MAX(columns - 2, 1));
    return MIN((int)rows->len, MESSAGE_MOST);
}

void messagebar_draw(const char *message, Style style, Area lines)
{
    if (message != NULL)
        draw_paragraph(lines, 0, 1, lines.columns - 2, style, message);
}

static int compare_places(gconstpointer a, gconstpointer b)
{
    int first = action_row(*(const Action *)a)->bar, second = action_row(*(const Action *)b)->bar;
    return first != second ? first - second : (int)*(const Action *)a - (int)*(const Action *)b;
}

/* Whether it leads to the screen one is on. */
static gboolean leads_nowhere(Action action, Place place)
{
    static const struct {
        Action action;
        Place there;
    } WAYS[] = {
        {ACTION_TODAY, IN_TODAY}, {ACTION_CLIENTS, IN_CLIENTS}, {ACTION_WEEK, IN_WEEK},
        {ACTION_TASKS, IN_TASKS}, {ACTION_WALKS, IN_WALKS},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(WAYS); i++)
        if (WAYS[i].action == action)
            return WAYS[i].there == place;
    return FALSE;
}

static gboolean is_idle(const ActionRow *row, KeyBarIdle idle)
{
    return (row->where.needs == NEEDS_ROW && idle.no_row) ||
           (row->where.needs == NEEDS_CLIENT && idle.no_client) ||
           (idle.idle != NULL && idle.idle(idle.state, row->action)) ||
           (idle.absent != NULL && idle.absent(idle.state, row->action));
}

/* Actions of the key bar that are valid in `place`, in their order. */
static GArray *bar_actions(const Keymap *keymap, Place place, guint permits, KeyBarIdle idle)
{
    GArray *actions = g_array_new(FALSE, FALSE, sizeof(Action));
    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
        Action action = (Action)i;
        const ActionRow *row = action_row(action);
        if (row->bar > 0 && action_is_at(action, place) && !is_idle(row, idle) &&
            action_is_offered(action, permits) && !leads_nowhere(action, place) &&
            keymap_key_in(keymap, place, action) != K_NONE)
            g_array_append_val(actions, action);
    }
    g_array_sort(actions, compare_places);
    return actions;
}

/* "F8 Save". */
typedef struct {
    char key[24];
    const char *label;
    int columns;
} BarItem;

static BarItem make_item(const Keymap *keymap, Place place, Action action)
{
    BarItem item = {.label = _(action_row(action)->label)};
    key_label(keymap_key_in(keymap, place, action), item.key);
    item.columns = text_width(item.key) + 1 + text_width(item.label);
    return item;
}

static void draw_item(const BarItem *item, Area line, int column)
{
    int width = draw_text(line, 0, column, STYLE_KEY, item->key);
    draw_text(line, 0, column + width + 1, STYLE_LABEL, item->label);
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

void keybar_draw(const Keymap *keymap, Place place, guint permits, KeyBarIdle idle, Area line)
{
    enum { GAP = 2 };
    g_autoptr(GArray) actions = bar_actions(keymap, place, permits, idle);
    int end = line.columns - 1, column = 1;
    /* Help and the way back keep their place at the right, however little room there is. */
    static const Action KEPT[] = {ACTION_HELP, ACTION_BACK};
    for (gsize i = 0; i < G_N_ELEMENTS(KEPT); i++) {
        if (!take_action(actions, KEPT[i]))
            continue;
        BarItem item = make_item(keymap, place, KEPT[i]);
        end -= item.columns;
        draw_item(&item, line, MAX(end, 0));
        end -= GAP;
    }
    for (guint i = 0; i < actions->len; i++) {
        BarItem item = make_item(keymap, place, g_array_index(actions, Action, i));
        if (column + item.columns > end)
            continue;
        draw_item(&item, line, column);
        column += item.columns + GAP;
    }
}
