/* choice.c: a question with one key per answer. */
#include "ui/widgets/choice.h"

#include <string.h>

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

static int text_columns(const Choice *choice, int index)
{
    g_autofree char *text = option_text(choice, &choice->options[index]);
    return MARK_COLUMNS + text_width(text);
}

static int option_columns(const Choice *choice)
{
    int widest = 0;
    for (int i = 0; i < choice->count; i++)
        widest = MAX(widest, text_columns(choice, i));
    return widest;
}

/* --- layout ----------------------------------------------------------------------------------- */

typedef struct {
    gboolean row;  /* all in one row, each as wide as it is */
    int width;     /* of each column, otherwise */
    int in_column; /* options below each other */
} ChoiceLayout;

static ChoiceLayout lay_out(const Choice *choice, int columns)
{
    int together = -GAP_COLUMNS;
    for (int i = 0; i < choice->count; i++)
        together += text_columns(choice, i) + GAP_COLUMNS;
    if (choice->in_a_row && together <= columns)
        return (ChoiceLayout){.row = TRUE, .in_column = 1};
    int width = option_columns(choice);
    int across = MAX((columns + GAP_COLUMNS) / (width + GAP_COLUMNS), 1);
    if (choice->one_column)
        across = 1;
    return (ChoiceLayout){.width = MIN(width, MAX(columns, 1)),
                          .in_column = (choice->count + across - 1) / across};
}

/* Where the label begins after mark and key: its further rows are indented so far. */
static int indent_of(const Choice *choice, const ChoiceOption *option)
{
    g_autofree char *text = option_text(choice, option);
    return MARK_COLUMNS + text_width(text) - text_width(option->label);
}

/* The label's rows in an option `width` wide; one, which is cut, where there is no room at all. */
static GArray *label_rows(const Choice *choice, int index, int width)
{
    const ChoiceOption *option = &choice->options[index];
    int room = width - indent_of(choice, option);
    return text_wrap(option->label, room > 0 ? room : G_MAXINT);
}

static int rows_of(const Choice *choice, const ChoiceLayout *layout, int index)
{
    if (layout->row || layout->in_column < choice->count ||
        text_columns(choice, index) <= layout->width)
        return 1;
    g_autoptr(GArray) rows = label_rows(choice, index, layout->width);
    return (int)rows->len;
}

/* The row that option `index` begins on; of `count`, the rows of all. */
static int row_of(const Choice *choice, const ChoiceLayout *layout, int index)
{
    int row = 0;
    if (layout->in_column < choice->count)
        return index == choice->count ? layout->in_column : index % layout->in_column;
    for (int i = 0; i < index; i++)
        row += rows_of(choice, layout, i);
    return row;
}

static int column_of(const Choice *choice, const ChoiceLayout *layout, int index)
{
    int column = 0;
    if (!layout->row)
        return index / layout->in_column * (layout->width + GAP_COLUMNS);
    for (int i = 0; i < index; i++)
        column += text_columns(choice, i) + GAP_COLUMNS;
    return column;
}

int choice_rows(const Choice *choice, int columns)
{
    ChoiceLayout layout = lay_out(choice, columns);
    return row_of(choice, &layout, choice->count);
}

/* --- keys ------------------------------------------------------------------------------------- */

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

/* --- drawing ---------------------------------------------------------------------------------- */

static const char *mark_of(const Choice *choice, int index)
{
    if (choice->on != NULL)
        return choice->on[index] ? "■ " : "□ ";
    return index == choice->chosen ? "● " : "  ";
}

/* One option, in an area of its own rows and columns. */
static void draw_option(const Choice *choice, Area area, int index, Style style, gboolean fill)
{
    const ChoiceOption *option = &choice->options[index];
    int indent = indent_of(choice, option);
    g_autofree char *text = option_text(choice, option);
    g_autofree char *marked = g_strconcat(mark_of(choice, index), text, NULL);
    g_autoptr(GArray) rows = label_rows(choice, index, area.columns);
    if (fill)
        for (int row = 0; row < area.rows; row++)
            draw_fill(area, row, 0, area.columns, style);
    if (rows->len == 1 || area.rows == 1) {
        draw_text(area, 0, 0, style, marked);
        return;
    }
    g_autofree char *head = g_strndup(marked, strlen(marked) - strlen(option->label));
    draw_text(area, 0, 0, style, head);
    draw_paragraph(area, 0, indent, area.columns - indent, style, option->label);
}

static void scroll(Choice *choice, const ChoiceLayout *layout, int room)
{
    int first = row_of(choice, layout, choice->cursor);
    int last = first + rows_of(choice, layout, choice->cursor) - 1;
    choice->top = MIN(choice->top, MAX(row_of(choice, layout, choice->count) - room, 0));
    choice->top = MAX(choice->top, last - room + 1);
    choice->top = MIN(choice->top, first);
}

void choice_draw(Choice *choice, Area area, gboolean focus)
{
    if (area.columns <= 0 || choice->count == 0)
        return;
    ChoiceLayout layout = lay_out(choice, area.columns);
    choice->rows = layout.in_column;
    scroll(choice, &layout, area.rows);
    for (int i = 0, above = 0; i < choice->count; i++) {
        int rows = rows_of(choice, &layout, i), column = column_of(choice, &layout, i);
        int row = (layout.in_column < choice->count ? i % layout.in_column : above) - choice->top;
        above += rows;
        if (row < 0 || row >= area.rows)
            continue;
        gboolean chosen = choice->on != NULL ? choice->on[i] : i == choice->chosen;
        gboolean here = focus && i == choice->cursor;
        Style style = here ? STYLE_SELECTED : chosen ? STYLE_CHOSEN : STYLE_NORMAL;
        int width = layout.row ? text_columns(choice, i) : layout.width;
        Area own = area_columns(area_rows(area, row, rows), column, width);
        draw_option(choice, own, i, style, here);
        if (here)
            draw_caret(area, row, column);
    }
}
