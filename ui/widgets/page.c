/* page.c: a page of labelled fields and choices. Each row has its label on the left and, when it
 * has the focus or a fault, a line below that says so. */
#include "ui/widgets/page.h"

#include "base/text.h"

enum {
    LABEL_SHARE = 3, /* labels take at most a third */
    GAP = 2,
    FIELD_WIDEST = 64,
    LINE_ROWS = 4, /* of a field of one line, at most, where there is room */
    AREA_ROWS = 4, /* of a field of many lines; while it is written in, more where there is room */
};

static void row_clear(gpointer data)
{
    PageRow *row = data;
    g_free(row->label);
    g_free(row->hint);
    g_free(row->fault);
    if (!row->is_choice)
        field_clear(&row->field);
}

void page_init(Page *page)
{
    *page = (Page){.rows = g_array_new(FALSE, TRUE, sizeof(PageRow))};
    g_array_set_clear_func(page->rows, row_clear);
}

void page_clear(Page *page)
{
    g_clear_pointer(&page->rows, g_array_unref);
}

static PageRow *row_at(const Page *page, int row)
{
    return &g_array_index(page->rows, PageRow, (guint)row);
}

static int add_row(Page *page, PageRow row, const char *label, const char *hint)
{
    row.label = g_strdup(label);
    row.hint = g_strdup(hint);
    g_array_append_val(page->rows, row);
    return (int)page->rows->len - 1;
}

int page_field(Page *page, const char *label, const char *hint, const char *text,
               gboolean many_lines)
{
    PageRow row = {0};
    field_init(&row.field, text, many_lines);
    row.field.wraps = !many_lines;
    return add_row(page, row, label, hint);
}

int page_secret(Page *page, const char *label, const char *hint)
{
    PageRow row = {0};
    field_init_secret(&row.field);
    return add_row(page, row, label, hint);
}

int page_choice(Page *page, const char *label, const char *hint, const ChoiceOption *options,
                int count, int chosen)
{
    PageRow row = {.is_choice = TRUE};
    choice_init(&row.choice, options, count, chosen);
    return add_row(page, row, label, hint);
}

const char *page_text(const Page *page, int row)
{
    return field_text(&row_at(page, row)->field);
}

const Secret *page_secret_of(Page *page, int row)
{
    return field_secret(&row_at(page, row)->field);
}

int page_chosen(Page *page, int row)
{
    return row_at(page, row)->choice.chosen;
}

void page_fault(Page *page, int row, const char *fault)
{
    g_free(row_at(page, row)->fault);
    row_at(page, row)->fault = g_strdup(fault);
}

/* FALSE at the ends of the page. */
static gboolean move(Page *page, int step)
{
    int target = page->focus + step;
    if (target < 0 || target >= (int)page->rows->len)
        return FALSE;
    page->focus = target;
    return TRUE;
}

static gboolean walk(Page *page, Key key, gboolean *done)
{
    switch (key) {
    case K_TAB:
        if (!move(page, 1))
            page->focus = 0;
        return TRUE;
    case K_BACK_TAB:
        if (!move(page, -1))
            page->focus = (int)page->rows->len - 1;
        return TRUE;
    case K_ENTER:
        *done = !move(page, 1);
        return TRUE;
    case K_DOWN:
    case K_UP:
        move(page, key == K_UP ? -1 : 1);
        return TRUE;
    default:
        return FALSE;
    }
}

/* Choosing goes on to the next row: one key an answer. */
static gboolean choice_taken(Page *page, PageRow *row, const Event *event, gboolean *done)
{
    gboolean taken;
    if (choice_event(&row->choice, event, &taken) >= 0)
        *done = !move(page, 1) && event->key == K_ENTER;
    return taken;
}

gboolean page_event(Page *page, const Event *event, gboolean *done)
{
    *done = FALSE;
    if (page->rows->len == 0)
        return FALSE;
    PageRow *row = row_at(page, page->focus);
    if (row->is_choice ? choice_taken(page, row, event, done)
                       : field_event(&row->field, event, row->columns))
        return TRUE;
    return event->type == EVENT_KEY && walk(page, event->key, done);
}

static int label_columns(Page *page, Area area)
{
    int widest = 0;
    for (int i = 0; i < (int)page->rows->len; i++)
        widest = MAX(widest, text_width(row_at(page, i)->label));
    return MIN(widest, area.columns / LABEL_SHARE);
}

static const char *note_of(Page *page, int number)
{
    const PageRow *row = row_at(page, number);
    return row->fault != NULL ? row->fault : number == page->focus ? row->hint : NULL;
}

/* Rows of a field of many lines. */
static int rows_of_area(const Page *page, int number, int columns)
{
    const int most = AREA_ROWS + page->spare;
    if (number != page->focus || page->spare == 0)
        return AREA_ROWS;
    return MAX(field_rows(&row_at(page, number)->field, MIN(columns, FIELD_WIDEST), most),
               AREA_ROWS);
}

/* Rows that row `number` takes, its note included. */
static int rows_of(Page *page, int number, int columns)
{
    const PageRow *row = row_at(page, number);
    const int width = MIN(columns, FIELD_WIDEST);
    int rows = row->is_choice                    ? choice_rows(&row->choice, columns)
               : row->field.many_lines           ? rows_of_area(page, number, columns)
               : row->field.wraps && page->wraps ? MAX(field_rows(&row->field, width, LINE_ROWS), 1)
                                                 : 1;
    const char *note = note_of(page, number);
    if (note == NULL)
        return rows;
    g_autoptr(GArray) lines = text_wrap(note, MAX(columns, 1));
    return rows + (int)lines->len;
}

static void draw_row(Page *page, int number, Area area, int labels)
{
    PageRow *row = row_at(page, number);
    gboolean focus = number == page->focus;
    draw_cell(area, 0, 0, labels, focus ? STYLE_STRONG : STYLE_NORMAL, FALSE, row->label);
    Area input = area_columns(area, labels + GAP, -1);
    int rows = rows_of(page, number, input.columns);
    const char *note = note_of(page, number);
    if (note != NULL) {
        g_autoptr(GArray) lines = text_wrap(note, MAX(input.columns, 1));
        rows -= (int)lines->len;
        draw_paragraph(input, rows, 0, input.columns,
                       row->fault != NULL ? STYLE_FAULT : STYLE_QUIET, note);
    }
    Area field = area_rows(input, 0, rows);
    row->columns = MIN(field.columns, FIELD_WIDEST);
    if (row->is_choice)
        choice_draw(&row->choice, field, focus);
    else
        field_draw(&row->field, area_columns(field, 0, row->columns), focus);
}

static int all_rows(Page *page, int columns)
{
    int rows = 0;
    for (int i = 0; i < (int)page->rows->len; i++)
        rows += rows_of(page, i, columns);
    return rows;
}

/* Long lines go on below where all of them may; what is left then is for the text that is written.
 */
static void share_out(Page *page, Area area, int columns)
{
    page->spare = 0;
    page->wraps = TRUE;
    page->wraps = all_rows(page, columns) <= area.rows;
    page->spare = MAX(area.rows - all_rows(page, columns), 0);
}

/* Scrolls until the row with the focus is seen as a whole. */
static void scroll(Page *page, Area area, int columns)
{
    page->first = MIN(page->first, page->focus);
    for (;;) {
        int used = 0;
        for (int i = page->first; i <= page->focus; i++)
            used += rows_of(page, i, columns);
        if (used <= area.rows || page->first == page->focus)
            return;
        page->first++;
    }
}

void page_draw(Page *page, Area area)
{
    int labels = label_columns(page, area), columns = area.columns - labels - GAP;
    if (page->rows->len == 0 || columns < 1)
        return;
    share_out(page, area, columns);
    scroll(page, area, columns);
    int top = 0;
    for (int i = page->first; i < (int)page->rows->len && top < area.rows; i++) {
        draw_row(page, i, area_rows(area, top, -1), labels);
        top += rows_of(page, i, columns);
    }
}
