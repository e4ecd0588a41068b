/* list.c: a list that is a window.
 *
 * Rows come in pages, each fetched after the last row of the one before. Far from the cursor a page
 * is let go but for that last row, after which the next one is fetched again when it is wanted. So
 * a list of any length takes the memory of a few pages. */
#include "ui/widgets/list.h"

enum {
    PAGE_ROWS = 50,
    KEPT_PAGES = 6, /* on either side of the cursor's */
    AHEAD_WINDOWS = 3,
    MARK_COLUMNS = 2,
};

typedef struct {
    GPtrArray *rows; /* all, or the last one alone */
    int count;
} ListPage;

struct List {
    const ListClass *class;
    void *data;
    GArray *pages; /* of ListPage; all but the last have PAGE_ROWS rows */
    gboolean more; /* after the last page */
    gboolean forgotten; /* its rows, since list_forget() */
    GPtrArray **backing; /* the screen's; NULL: it has none */
    int cursor;
    int top;   /* first row drawn */
    Area area; /* drawn into last */
};

static void page_clear(gpointer data)
{
    ListPage *page = data;
    g_ptr_array_unref(page->rows);
}

static GArray *new_pages(void)
{
    GArray *pages = g_array_new(FALSE, FALSE, sizeof(ListPage));
    g_array_set_clear_func(pages, page_clear);
    return pages;
}

List *list_new(const ListClass *class, void *data)
{
    List *list = g_new0(List, 1);
    list->class = class;
    list->data = data;
    list->pages = new_pages();
    list->area.rows = 1;
    return list;
}

void list_free(List *list)
{
    if (list == NULL)
        return;
    g_array_unref(list->pages);
    g_free(list);
}

static ListPage *page_at(const List *list, int number)
{
    return &g_array_index(list->pages, ListPage, (guint)number);
}

static gboolean is_kept_whole(const ListPage *page)
{
    return (int)page->rows->len == page->count;
}

int list_loaded(const List *list)
{
    int pages = (int)list->pages->len;
    return pages == 0 ? 0 : (pages - 1) * PAGE_ROWS + page_at(list, pages - 1)->count;
}

static GPtrArray *fetch_page(List *list, int number, GError **error)
{
    gconstpointer after = NULL;
    if (number > 0) {
        const GPtrArray *before = page_at(list, number - 1)->rows;
        after = before->pdata[before->len - 1];
    }
    return list->class->fetch(list->data, after, PAGE_ROWS, error);
}

/* Lets go of what is far from page `number`. */
static void let_go(List *list, int number)
{
    for (int i = 0; i < (int)list->pages->len; i++) {
        ListPage *page = page_at(list, i);
        if (ABS(i - number) > KEPT_PAGES && page->rows->len > 1)
            g_ptr_array_remove_range(page->rows, 0, page->rows->len - 1);
    }
}

static gboolean fetch_next(List *list, GError **error)
{
    int number = (int)list->pages->len;
    GPtrArray *rows = fetch_page(list, number, error);
    if (rows == NULL)
        return FALSE;
    list->more = rows->len == PAGE_ROWS;
    if (rows->len == 0) {
        g_ptr_array_unref(rows);
        return TRUE;
    }
    ListPage page = {.rows = rows, .count = (int)rows->len};
    g_array_append_val(list->pages, page);
    let_go(list, number);
    return TRUE;
}

/* A page that was let go. When others have changed the rows since, those after are forgotten. */
static gboolean fetch_again(List *list, int number, GError **error)
{
    GPtrArray *rows = fetch_page(list, number, error);
    if (rows == NULL)
        return FALSE;
    ListPage *page = page_at(list, number);
    gboolean unchanged = (int)rows->len == page->count &&
                         list->class->same(rows->pdata[rows->len - 1], page->rows->pdata[0]);
    if (!unchanged) {
        list->more = rows->len == PAGE_ROWS;
        guint first = (guint)number + (rows->len > 0 ? 1 : 0);
        g_array_set_size(list->pages, first);
    }
    if (rows->len == 0) {
        g_ptr_array_unref(rows);
        return TRUE;
    }
    g_ptr_array_unref(page->rows);
    *page = (ListPage){.rows = rows, .count = (int)rows->len};
    return TRUE;
}

/* Sees to it that the rows from `first` to `last` are there, as far as the list goes. */
static gboolean make_present(List *list, int first, int last, GError **error)
{
    while (list->more && list_loaded(list) <= last)
        if (!fetch_next(list, error))
            return FALSE;
    for (int i = MAX(first, 0) / PAGE_ROWS; i <= last / PAGE_ROWS && i < (int)list->pages->len; i++)
        if (!is_kept_whole(page_at(list, i)) && !fetch_again(list, i, error))
            return FALSE;
    return TRUE;
}

static gconstpointer row_at(const List *list, int index)
{
    if (index < 0 || index >= list_loaded(list))
        return NULL;
    const ListPage *page = page_at(list, index / PAGE_ROWS);
    return is_kept_whole(page) ? page->rows->pdata[index % PAGE_ROWS] : NULL;
}

static gboolean move_to(List *list, int index, GError **error)
{
    int height = MAX(list->area.rows, 1);
    index = MAX(index, 0);
    if (!make_present(list, index - height, index + height, error))
        return FALSE;
    list->cursor = CLAMP(index, 0, MAX(list_loaded(list) - 1, 0));
    let_go(list, list->cursor / PAGE_ROWS);
    return TRUE;
}

static gboolean move_to_end(List *list, GError **error)
{
    while (list->more)
        if (!fetch_next(list, error))
            return FALSE;
    return move_to(list, list_loaded(list) - 1, error);
}

/* The number of the first row that is `row`; -1: none, or `error`. */
static int find(List *list, gconstpointer row, int limit, GError **error)
{
    for (int i = 0; i < limit; i++) {
        if (!make_present(list, i, i, error))
            return -1;
        gconstpointer other = row_at(list, i);
        if (other == NULL)
            return -1;
        if (list->class->same(other, row))
            return i;
    }
    return -1;
}

gboolean list_restart(List *list, GError **error)
{
    GArray *old = list->pages;
    gboolean old_more = list->more;
    list->pages = new_pages();
    if (!fetch_next(list, error)) {
        g_array_unref(list->pages);
        list->pages = old;
        list->more = old_more;
        return FALSE;
    }
    g_array_unref(old);
    list->cursor = list->top = 0;
    list->forgotten = FALSE;
    return TRUE;
}

gboolean list_reload(List *list, GError **error)
{
    GArray *old = g_array_ref(list->pages);
    gboolean old_more = list->more;
    int cursor = list->cursor, top = list->top;
    gconstpointer selected = list_selected(list);
    GError *fault = NULL;
    if (list_restart(list, &fault)) {
        int found = selected != NULL ? find(list, selected, cursor + PAGE_ROWS, &fault) : -1;
        int target = found >= 0 ? found : cursor;
        if (fault == NULL && move_to(list, target, &fault))
            list->top = MAX(top + list->cursor - cursor, 0);
    }
    if (fault != NULL && list->pages != old) {
        g_array_unref(list->pages);
        list->pages = g_array_ref(old);
        list->more = old_more;
        list->cursor = cursor;
        list->top = top;
    }
    g_array_unref(old);
    if (fault != NULL)
        g_propagate_error(error, fault);
    return fault == NULL;
}

void list_backed_by(List *list, GPtrArray **rows)
{
    list->backing = rows;
}

void list_forget(List *list)
{
    g_array_set_size(list->pages, 0);
    if (list->backing != NULL)
        g_clear_pointer(list->backing, g_ptr_array_unref);
    list->more = FALSE;
    list->forgotten = TRUE;
}

gboolean list_recall(List *list, GError **error)
{
    return !list->forgotten || list_reload(list, error);
}

gboolean list_is_forgotten(const List *list)
{
    return list->forgotten;
}

gconstpointer list_selected(const List *list)
{
    return row_at(list, list->cursor);
}

gboolean list_select(List *list, gconstpointer row, GError **error)
{
    int found = find(list, row, G_MAXINT, error);
    return found >= 0 && move_to(list, found, error);
}

int list_position(const List *list)
{
    return list->cursor;
}

gboolean list_is_empty(const List *list)
{
    return list->pages->len == 0;
}

void list_look_ahead(List *list)
{
    int reach = AHEAD_WINDOWS * MAX(list->area.rows, 1);
    make_present(list, list->cursor - reach, list->cursor + reach, NULL);
}

static gboolean click(List *list, const Event *event, GError **error)
{
    Area area = list->area;
    int row = event->row - area.top, column = event->column - area.left;
    if (row < 0 || row >= area.rows || column < 0 || column >= area.columns ||
        list->top + row >= list_loaded(list))
        return FALSE;
    move_to(list, list->top + row, error);
    return TRUE;
}

gboolean list_event(List *list, const Event *event, GError **error)
{
    if (event->type == EVENT_CLICK)
        return click(list, event, error);
    if (event->type != EVENT_KEY)
        return FALSE;
    int page = MAX(list->area.rows - 1, 1);
    switch (event->key) {
    case K_UP:
        move_to(list, list->cursor - 1, error);
        return TRUE;
    case K_DOWN:
        move_to(list, list->cursor + 1, error);
        return TRUE;
    case K_PAGE_UP:
        move_to(list, list->cursor - page, error);
        return TRUE;
    case K_PAGE_DOWN:
        move_to(list, list->cursor + page, error);
        return TRUE;
    case K_HOME:
    case K_TOP:
        move_to(list, 0, error);
        return TRUE;
    case K_END:
    case K_BOTTOM:
        move_to_end(list, error);
        return TRUE;
    default:
        return FALSE;
    }
}

typedef enum { CURSOR_HIDDEN, CURSOR_MARKED, CURSOR_HERE } ListCursor;

static void draw_row(List *list, int index, Area line, ListCursor cursor)
{
    gconstpointer row = row_at(list, index);
    if (row == NULL)
        return;
    gboolean here = index == list->cursor, selected = here && cursor == CURSOR_HERE;
    int highlit = list->class->highlit != NULL
                      ? list->class->highlit(list->data, line.columns - MARK_COLUMNS)
                      : line.columns - MARK_COLUMNS;
    if (selected)
        draw_fill(line, 0, 0, MARK_COLUMNS + highlit, STYLE_SELECTED);
    if (here && cursor != CURSOR_HIDDEN)
        draw_text(line, 0, 0, selected ? STYLE_SELECTED : STYLE_STRONG, ">");
    list->class->draw(list->data, row, area_columns(line, MARK_COLUMNS, -1), selected);
    if (selected)
        draw_caret(line, 0, 0);
}

static void draw(List *list, Area area, ListCursor cursor, const char *empty)
{
    list->area = area;
    if (area.rows <= 0 || area.columns <= 0)
        return;
    if (list_is_empty(list)) {
        draw_paragraph(area, 0, MARK_COLUMNS, area.columns - MARK_COLUMNS, STYLE_QUIET, empty);
        if (cursor == CURSOR_HERE)
            draw_caret(area, 0, 0);
        return;
    }
    list->top = CLAMP(list->top, list->cursor - area.rows + 1, list->cursor);
    list->top = CLAMP(list->top, 0, MAX(list_loaded(list) - area.rows, 0));
    make_present(list, list->top, list->top + area.rows - 1, NULL);
    for (int i = 0; i < area.rows; i++)
        draw_row(list, list->top + i, area_rows(area, i, 1), cursor);
}

void list_draw(List *list, Area area, gboolean focus, const char *empty)
{
    draw(list, area, focus ? CURSOR_HERE : CURSOR_MARKED, empty);
}

void list_draw_unmarked(List *list, Area area, const char *empty)
{
    draw(list, area, CURSOR_HIDDEN, empty);
}
