/* edit_rows.c: where the rows of an edited text begin.
 *
 * A row's beginning depends on the rows before it only through where they end, so after a change
 * rows are wrapped anew until one begins where one began before; the others move along. Where that
 * does not happen soon (a paragraph without blanks) the rest is forgotten, and wrapped again when
 * someone asks for it. */
#include "ui/widgets/edit_private.h"

enum {
    /* A row breaks by what the two after it begin with (text_wrap_row). */
    ROWS_READ_ON = 2,
    /* How many rows a change may wrap anew. */
    MOST_ANEW = 64,
};

static gsize start_of(const EditRows *rows, guint row)
{
    return g_array_index(rows->starts, guint32, row);
}

static void add_start(GArray *starts, gsize start)
{
    guint32 narrow = (guint32)start;
    g_array_append_val(starts, narrow);
}

static gsize wrap_row(const Edit *edit, gsize start, TextRow *row)
{
    return text_wrap_row(edit->text->str, edit->text->len, start, edit->rows.columns, row);
}

/* One row more; FALSE when there is none. */
static gboolean know_more(Edit *edit)
{
    EditRows *rows = &edit->rows;
    TextRow row;
    if (rows->whole)
        return FALSE;
    gsize next = wrap_row(edit, start_of(rows, rows->starts->len - 1), &row);
    rows->whole = next > edit->text->len;
    if (!rows->whole)
        add_start(rows->starts, next);
    return !rows->whole;
}

static void set_columns(Edit *edit, int columns)
{
    EditRows *rows = &edit->rows;
    columns = MAX(columns, 1);
    if (rows->columns == columns)
        return;
    if (rows->starts == NULL)
        rows->starts = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_array_set_size(rows->starts, 0);
    add_start(rows->starts, 0);
    rows->columns = columns;
    rows->whole = FALSE;
}

/* The last known row that begins at or before `at`. */
static guint known_row_of(const EditRows *rows, gsize at)
{
    guint low = 0, high = rows->starts->len;
    while (high - low > 1) {
        guint middle = low + (high - low) / 2;
        if (start_of(rows, middle) <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

gboolean edit_row(Edit *edit, int row, int columns, TextRow *place)
{
    set_columns(edit, columns);
    if (row < 0)
        return FALSE;
    while ((guint)row >= edit->rows.starts->len)
        if (!know_more(edit))
            return FALSE;
    wrap_row(edit, start_of(&edit->rows, (guint)row), place);
    return TRUE;
}

void edit_caret_place(Edit *edit, int columns, int *row, int *column)
{
    EditRows *rows = &edit->rows;
    set_columns(edit, columns);
    while (start_of(rows, rows->starts->len - 1) <= edit->caret && know_more(edit))
        continue;
    guint here = known_row_of(rows, edit->caret);
    gsize start = start_of(rows, here);
    int width = text_width_n(edit->text->str + start, edit->caret - start);
    *row = (int)here;
    *column = MIN(width, rows->columns); /* blanks may hang over the edge */
}

/* Puts `fresh` instead of the known rows [from, to), and moves those behind along. */
static void splice(EditRows *rows, guint from, guint to, const GArray *fresh, guint32 moved)
{
    GArray *starts = rows->starts;
    guint common = MIN(to - from, fresh->len);
    for (guint i = 0; i < common; i++)
        g_array_index(starts, guint32, from + i) = g_array_index(fresh, guint32, i);
    if (to - from > common)
        g_array_remove_range(starts, from + common, to - from - common);
    else if (fresh->len > common)
        g_array_insert_vals(starts, from + common, &g_array_index(fresh, guint32, common),
                            fresh->len - common);
    guint32 *behind = &g_array_index(starts, guint32, 0);
    for (guint i = from + fresh->len; i < starts->len; i++)
        behind[i] += moved;
}

void edit_rows_changed(Edit *edit, gsize at, gsize removed, gsize added)
{
    EditRows *rows = &edit->rows;
    if (rows->columns == 0)
        return;
    guint kept = known_row_of(rows, at > 0 ? at - 1 : 0);
    kept -= MIN(kept, ROWS_READ_ON);
    g_autoptr(GArray) fresh = g_array_new(FALSE, FALSE, sizeof(guint32));
    gsize start = start_of(rows, kept);
    guint old = kept + 1; /* the first row of before that may still be one */
    for (;;) {
        TextRow row;
        if (fresh->len == MOST_ANEW || (old == rows->starts->len && !rows->whole)) {
            rows->whole = FALSE;
            old = rows->starts->len;
            break;
        }
        start = wrap_row(edit, start, &row);
        if (start > edit->text->len) {
            rows->whole = TRUE;
            old = rows->starts->len;
            break;
        }
        if (start >= at + added) {
            gsize before = start - added + removed;
            while (old < rows->starts->len && start_of(rows, old) < before)
                old++;
            if (old < rows->starts->len && start_of(rows, old) == before)
                break;
        }
        add_start(fresh, start);
    }
    splice(rows, kept + 1, old, fresh, (guint32)added - (guint32)removed);
}
