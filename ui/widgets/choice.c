/* choice.c: a question with one key per answer. */
#include "ui/widgets/choice.h"

#include "base/text.h"

enum {
    MARK_COLUMNS = 2, /* "● " */
    GAP_COLUMNS = 2,
};

void choice_init(Choice *choice, const ChoiceOption *options, int count, int chosen)
{
    *choice = (Choice){.options = options,
                       .count = count,
                       .chosen = chosen,
                       .cursor = CLAMP(chosen, 0, MAX(count - 1, 0)),
                       .rows = count};
}

/* "[m] Mår dåligt psykiskt"; without keys just the label. New. */
static char *option_text(const Choice *choice, const ChoiceOption *option)
{
    if (option->key != 0) {
        char key[8] = {0};
        g_unichar_to_utf8(option->key, key);
        return g_strdup_printf("[%s] %s", key, option->label);
    }
    gboolean keys = FALSE;
    for (int i = 0; i < choice->count; i++)
        keys = keys || choice->options[i].key != 0;
    return g_strdup_printf("%s%s", keys ? "    " : "", option->label);
}

static int option_columns(const Choice *choice)
{
    int widest = 0;
    for (int i = 0; i < choice->count; i++) {
        g_autofree char *text = option_text(choice, &choice->options[i]);
        widest = MAX(widest, text_width(text));
    }
    return MARK_COLUMNS + widest;
}

int choice_rows(const Choice *choice, int columns)
{
    int across = MAX((columns + GAP_COLUMNS) / (option_columns(choice) + GAP_COLUMNS), 1);
    return (choice->count + across - 1) / across;
}

static int find_key(const Choice *choice, Key key)
{
    for (int i = 0; i < choice->count; i++)
        if (choice->options[i].key != 0 &&
            g_unichar_tolower(choice->options[i].key) == g_unichar_tolower(key))
            return i;
    return -1;
}

/* FALSE at the edge. */
static gboolean move(Choice *choice, Key key)
{
    int rows = MAX(choice->rows, 1);
    int step = key == K_UP ? -1 : key == K_DOWN ? 1 : key == K_LEFT ? -rows : rows;
    int target = choice->cursor + step;
    gboolean vertical = key == K_UP || key == K_DOWN;
    if (target < 0 || target >= choice->count ||
        (vertical && target / rows != choice->cursor / rows))
        return FALSE;
    choice->cursor = target;
    return TRUE;
}

int choice_event(Choice *choice, const Event *event, gboolean *taken)
{
    *taken = FALSE;
    if (event->type != EVENT_KEY || choice->count == 0)
        return -1;
    switch (event->key) {
    case K_UP:
    case K_DOWN:
    case K_LEFT:
    case K_RIGHT:
        *taken = move(choice, event->key);
        return -1;
    case K_ENTER:
    case K_SPACE:
        break;
    default: {
        int index = key_is_text(event->key) ? find_key(choice, event->key) : -1;
        if (index < 0)
            return -1;
        choice->cursor = index;
    }
    }
    *taken = TRUE;
    choice->chosen = choice->cursor;
    return choice->chosen;
}

void choice_draw(Choice *choice, Area area, gboolean focus)
{
    if (area.columns <= 0 || choice->count == 0)
        return;
    int width = option_columns(choice);
    choice->rows = choice_rows(choice, area.columns);
    for (int i = 0; i < choice->count; i++) {
        int row = i % choice->rows, column = i / choice->rows * (width + GAP_COLUMNS);
        gboolean chosen = i == choice->chosen, here = focus && i == choice->cursor;
        Style style = here ? STYLE_SELECTED : chosen ? STYLE_CHOSEN : STYLE_NORMAL;
        g_autofree char *text = option_text(choice, &choice->options[i]);
        g_autofree char *marked = g_strconcat(chosen ? "● " : "  ", text, NULL);
        int room = MIN(width, area.columns - column);
        if (here)
            draw_cell(area, row, column, room, style, FALSE, marked);
        else
            draw_text(area_columns(area, 0, column + room), row, column, style, marked);
        if (here)
            draw_caret(area, row, column);
    }
}
