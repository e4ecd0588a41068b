/* field.c: a text field, and a field for passphrases whose characters exist in locked memory only.
 */
#include "ui/widgets/field.h"

#include <string.h>

#include "base/text.h"

enum { SECRET_BYTES = 1024 }; /* no terminal line is much longer */
#define DOT "•"

void field_init(Field *field, const char *text, gboolean many_lines)
{
    *field = (Field){.edit = edit_new(text, many_lines), .many_lines = many_lines};
}

void field_init_secret(Field *field)
{
    *field = (Field){.secret = TRUE, .locked = secret_new(SECRET_BYTES)};
}

void field_clear(Field *field)
{
    edit_free(field->edit);
    secret_free(field->locked);
    secret_free(field->normalised);
    *field = (Field){0};
}

void field_share(Field *field, char **clipboard)
{
    if (!field->secret)
        edit_set_clipboard(field->edit, clipboard);
}

const char *field_text(const Field *field)
{
    return field->secret ? "" : edit_text(field->edit);
}

const Secret *field_secret(Field *field)
{
    if (!field->secret || field->used == 0)
        return NULL;
    if (field->normalised == NULL)
        field->normalised = secret_from_text((const char *)field->locked->bytes);
    return field->normalised;
}

/* The bytes after `used` are always zero, so the text ends there. */
static void secret_cut(Field *field, gsize used)
{
    g_clear_pointer(&field->normalised, secret_free);
    explicit_bzero(field->locked->bytes + used, field->used - used);
    field->used = used;
}

static void secret_add(Field *field, const char *bytes, gsize length)
{
    if (field->used + length >= SECRET_BYTES)
        return;
    g_clear_pointer(&field->normalised, secret_free);
    memcpy(field->locked->bytes + field->used, bytes, length);
    field->used += length;
}

static gboolean secret_event(Field *field, const Event *event)
{
    const char *text = (const char *)field->locked->bytes;
    if (event->type == EVENT_PASTE) {
        secret_add(field, event->text, strcspn(event->text, "\n"));
        return TRUE;
    }
    if (event->type != EVENT_KEY)
        return FALSE;
    if (key_is_text(event->key)) {
        char character[8];
        secret_add(field, character, (gsize)g_unichar_to_utf8(event->key, character));
        explicit_bzero(character, sizeof character);
        return TRUE;
    }
    if (event->key == K_BACKSPACE && field->used > 0)
        secret_cut(field, (gsize)(g_utf8_prev_char(text + field->used) - text));
    else if (event->key == K_CTRL('U'))
        secret_cut(field, 0);
    return event->key == K_BACKSPACE || event->key == K_CTRL('U');
}

/* One column is kept for the caret after the last character. */
static int text_columns(int columns)
{
    return MAX(columns - 1, 1);
}

gboolean field_event(Field *field, const Event *event, int columns)
{
    if (field->secret)
        return secret_event(field, event);
    if (event->type == EVENT_PASTE) {
        edit_insert(field->edit, event->text);
        return TRUE;
    }
    if (event->type != EVENT_KEY)
        return FALSE;
    if (event->shift && edit_mark_key(field->edit, event->key, text_columns(columns)))
        return TRUE;
    return edit_key(field->edit, event->key, text_columns(columns));
}

static void draw_secret(const Field *field, Area area, gboolean focus)
{
    int count = (int)g_utf8_strlen((const char *)field->locked->bytes, (gssize)field->used);
    count = MIN(count, text_columns(area.columns));
    for (int i = 0; i < count; i++)
        draw_text(area, 0, i, STYLE_FIELD, DOT);
    if (focus)
        draw_caret(area, 0, count);
}

/* The bytes [start, end) of the text from `column` on, the marked part as it is seen. Returns the
 * column behind them. */
static int draw_part(const Field *field, Area area, int row, int column, gsize start, gsize end)
{
    gsize marked[2];
    if (!edit_marked(field->edit, &marked[0], &marked[1]))
        marked[0] = marked[1] = end;
    const gsize ends[] = {CLAMP(marked[0], start, end), CLAMP(marked[1], start, end), end};
    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        g_autofree char *part = g_strndup(edit_text(field->edit) + start, ends[i] - start);
        column += draw_text(area, row, column, i == 1 ? STYLE_SELECTED : STYLE_FIELD, part);
        start = ends[i];
    }
    return column;
}

/* That the text goes on there, unless the caret stands on it (`caret`: in which column, -1: not in
 * that row). */
static void draw_goes_on(Area area, int row, int column, const char *mark, int caret)
{
    if (column != caret)
        draw_text(area, row, column, STYLE_FIELD, mark);
}

static void draw_line(Field *field, Area area, gboolean focus)
{
    const char *text = edit_text(field->edit);
    int caret = text_width_n(text, edit_caret(field->edit));
    int room = text_columns(area.columns);
    if (text_width(text) <= room)
        field->first_column = 0;
    else if (caret < field->first_column || caret > field->first_column + room)
        field->first_column = MAX(caret - room / 2, 0);
    gsize start = text_fit(text, field->first_column);
    int hidden = text_width_n(text, start);
    if (hidden < field->first_column) { /* a wide character lies across the edge */
        start = text_next(text, start);
        hidden = text_width_n(text, start);
    }
    draw_part(field, area, 0, hidden - field->first_column, start, strlen(text));
    const int at = focus ? caret - field->first_column : -1;
    if (field->first_column > 0)
        draw_goes_on(area, 0, 0, "…", at);
    if (text_width(text) - field->first_column > area.columns)
        draw_goes_on(area, 0, area.columns - 1, "…", at);
    if (focus)
        draw_caret(area, 0, at);
}

/* Scrolled so that row number `here` is seen and no room is left empty below the last. */
static int first_row(const Field *field, int here, int rows, int columns)
{
    TextRow row;
    int first = CLAMP(field->first_row, here - rows + 1, here);
    while (first > 0 && !edit_row(field->edit, first + rows - 1, columns, &row))
        first--;
    return MAX(first, 0);
}

int field_rows(const Field *field, int columns, int most)
{
    TextRow row;
    int rows = 0;
    while (rows < most && edit_row(field->edit, rows, text_columns(columns), &row))
        rows++;
    return rows;
}

static void draw_lines(Field *field, Area area, gboolean focus)
{
    int columns = text_columns(area.columns), here, column;
    gsize marked_start, marked_end;
    gboolean marked = edit_marked(field->edit, &marked_start, &marked_end);
    TextRow line;
    edit_set_page(field->edit, area.rows - 1);
    edit_caret_place(field->edit, columns, &here, &column);
    field->first_row = first_row(field, here, area.rows, columns);
    for (int row = 0; row < area.rows; row++) {
        if (!edit_row(field->edit, field->first_row + row, columns, &line))
            break;
        int end = draw_part(field, area, row, 0, line.start, line.end);
        if (marked && marked_start <= line.end && line.end < marked_end)
            draw_fill(area, row, end, 1, STYLE_SELECTED); /* the newline or blank there */
    }
    const int last = area.columns - 1, at = MIN(column, last);
    const int caret_row = focus ? here - field->first_row : -1;
    if (field->first_row > 0)
        draw_goes_on(area, 0, last, "↑", caret_row == 0 ? at : -1);
    if (edit_row(field->edit, field->first_row + area.rows, columns, &line))
        draw_goes_on(area, area.rows - 1, last, "↓", caret_row == area.rows - 1 ? at : -1);
    if (focus)
        draw_caret(area, caret_row, at);
}

void field_draw(Field *field, Area area, gboolean focus)
{
    if (area.rows <= 0 || area.columns <= 0)
        return;
    if (!field->many_lines && !field->wraps)
        area = area_rows(area, 0, 1);
    for (int row = 0; row < area.rows; row++)
        draw_fill(area, row, 0, area.columns, STYLE_FIELD);
    if (field->secret)
        draw_secret(field, area, focus);
    else if (field->many_lines || area.rows > 1)
        draw_lines(field, area, focus);
    else
        draw_line(field, area, focus);
}
