/* help.c: every key of a screen, from the table of actions. */
#include "base/i18n.h"
#include "base/text.h"
#include "ui/app.h"
#include "ui/common/shared.h"

enum {
    KEYS_COLUMNS = 16,
    GAP = 2,
};

typedef struct {
    char *keys; /* NULL: `text` is a heading */
    char *text;
} HelpLine;

typedef struct {
    GArray *lines;  /* of HelpLine */
    int first;      /* row scrolled to */
    int rows, room; /* of all lines, and for them, when they were last drawn */
} HelpState;

static void line_clear(gpointer data)
{
    HelpLine *line = data;
    g_free(line->keys);
    g_free(line->text);
}

static void add(HelpState *state, const char *keys, const char *text)
{
    HelpLine line = {g_strdup(keys), g_strdup(text)};
    g_array_append_val(state->lines, line);
}

/* --- which actions, in which group ------------------------------------------------------------ */

typedef enum { GROUP_SCREEN, GROUP_GO, GROUP_EVERYWHERE } Group;

static Group group_of(const ActionRow *row)
{
    if (row->action >= ACTION_TODAY && row->action <= ACTION_WALKS)
        return GROUP_GO;
    return action_is_common(row->action) ? GROUP_EVERYWHERE : GROUP_SCREEN;
}

static void add_group(App *app, HelpState *state, Place place, Group group, const char *heading)
{
    gboolean begun = FALSE;
    guint permits = app_permits(app);
    const Screen *from = app_top(app); /* help itself is not there yet */
    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
        const ActionRow *row = action_row((Action)i);
        if (!action_is_at(row->action, place) || group_of(row) != group ||
            !action_is_offered(row->action, permits) ||
            (from->absent != NULL && from->absent(app_top_state(app), row->action)))
            continue;
        if (!begun)
            add(state, NULL, heading);
        begun = TRUE;
        g_autofree char *keys = keymap_keys_text(app_keymap(app), place, row->action);
        add(state, keys[0] != '\0' ? keys : "–", _(row->help));
    }
}

/* Keys that are no actions, because the list, the choice or the field itself takes them. */
static void add_moving(HelpState *state, Place place)
{
    char up[24], down[24];
    g_autofree char *arrows =
        g_strdup_printf("%s, %s", key_label(K_UP, up), key_label(K_DOWN, down));
    g_autofree char *pages =
        g_strdup_printf("%s, %s", key_label(K_PAGE_UP, up), key_label(K_PAGE_DOWN, down));
    g_autofree char *ends =
        g_strdup_printf("%s, %s", key_label(K_HOME, up), key_label(K_END, down));
    if (place_takes_answers(place) || place_has_rows(place))
        add(state, NULL, _("Moving"));
    if (place_takes_answers(place))
        add(state, C_("example of a key", "[a]"), _("Chooses the answer before which it stands."));
    if (place_has_rows(place))
        add(state, arrows, _("Goes up and down, in a list and from field to field."));
    if (!place_has_pages(place))
        return;
    add(state, pages, _("Goes a page up or down."));
    add(state, ends, _("Goes to the first and the last line."));
}

static gboolean help_enter(App *app, void *data, const void *argument, GError **error)
{
    (void)error;
    HelpState *state = data;
    Place place = *(const Place *)argument;
    state->lines = g_array_new(FALSE, FALSE, sizeof(HelpLine));
    g_array_set_clear_func(state->lines, line_clear);
    add_group(app, state, place, GROUP_SCREEN, _("On the screen you came from"));
    add_moving(state, place);
    add_group(app, state, place, GROUP_GO, _("To another screen"));
    add_group(app, state, place, GROUP_EVERYWHERE, _("Everywhere"));
    return TRUE;
}

static void help_leave(App *app, void *data)
{
    (void)app;
    HelpState *state = data;
    g_array_unref(state->lines);
}

/* --- drawing and scrolling -------------------------------------------------------------------- */

/* One line at `row`, which may lie above the area; returns the rows it takes. */
static int draw_line(const HelpLine *line, Area area, int row)
{
    int left = KEYS_COLUMNS + GAP, width = area.columns - left;
    if (line->keys == NULL) {
        draw_text(area, row + 1, 0, STYLE_HEADING, line->text);
        return 2;
    }
    draw_cell(area, row, 0, KEYS_COLUMNS, STYLE_KEY, FALSE, line->keys);
    return draw_paragraph(area, row, left, width, STYLE_NORMAL, line->text);
}

static void help_draw(App *app, void *data, Area area)
{
    (void)app;
    HelpState *state = data;
    int row = -1; /* no blank line above the first heading */
    char key[KEY_NAME_SIZE];
    Area text = area_rows(area, 0, area.rows - 1);
    for (guint i = 0; i < state->lines->len; i++)
        row += draw_line(&g_array_index(state->lines, HelpLine, i), text, row - state->first);
    state->rows = row;
    state->room = MAX(text.rows, 1);
    if (state->first + state->room < state->rows)
        draw_format(area, area.rows - 1, 0, STYLE_STRONG, _("More below: %s."),
                    key_label(K_PAGE_DOWN, key));
    draw_caret(area, 0, 0);
}

static gboolean help_key(App *app, void *data, const Event *event)
{
    HelpState *state = data;
    int last = MAX(state->rows - state->room, 0), first = state->first;
    if (event->type != EVENT_KEY)
        return FALSE;
    switch (event->key) {
    case K_ENTER:
        app_pop(app);
        return TRUE;
    case K_UP:
        first--;
        break;
    case K_DOWN:
        first++;
        break;
    case K_PAGE_UP:
        first -= state->room - 1;
        break;
    case K_PAGE_DOWN:
    case K_SPACE:
        first += state->room - 1;
        break;
    case K_HOME:
        first = 0;
        break;
    case K_END:
        first = last;
        break;
    default:
        return FALSE;
    }
    state->first = CLAMP(first, 0, last);
    return TRUE;
}

const Screen screen_help = {
    .name = "help",
    .place = IN_HELP,
    .title = N_("Help"),
    .state_size = sizeof(HelpState),
    .enter = help_enter,
    .draw = help_draw,
    .key = help_key,
    .leave = help_leave,
};

void on_help(App *app, void *state)
{
    (void)state;
    app_open(app, SCREEN_HELP, &app_top(app)->place);
}
