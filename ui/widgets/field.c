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
    return event->type == EVENT_KEY && edit_key(field->edit, event->key, text_columns(columns));
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
    draw_text(area, 0, hidden - field->first_column, STYLE_FIELD, text + start);
    if (focus)
        draw_caret(area, 0, caret - field->first_column);
}

static void draw_lines(Field *field, Area area, gboolean focus)
{
    const char *text = edit_text(field->edit);
    gsize caret = edit_caret(field->edit);
    g_autoptr(GArray) rows = text_wrap(text, text_columns(area.columns));
    int here = 0;
    while (here + 1 < (int)rows->len &&
           g_array_index(rows, TextRow, (guint)here + 1).start <= caret)
        here++;
    field->first_row = MIN(field->first_row, MAX((int)rows->len - area.rows, 0));
    field->first_row = CLAMP(field->first_row, here - area.rows + 1, here);
    for (int row = 0; row < area.rows && field->first_row + row < (int)rows->len; row++) {
        const TextRow *line = &g_array_index(rows, TextRow, (guint)(field->first_row + row));
        g_autofree char *part = g_strndup(text + line->start, line->end - line->start);
        draw_text(area, row, 0, STYLE_FIELD, part);
    }
    if (focus) {
        gsize start = g_array_index(rows, TextRow, (guint)here).start;
        draw_caret(area, here - field->first_row, text_width_n(text + start, caret - start));
    }
}

void field_draw(Field *field, Area area, gboolean focus)
{
    if (area.rows <= 0 || area.columns <= 0)
        return;
    if (!field->many_lines)
        area = area_rows(area, 0, 1);
    for (int row = 0; row < area.rows; row++)
        draw_fill(area, row, 0, area.columns, STYLE_FIELD);
    if (field->secret)
        draw_secret(field, area, focus);
    else if (field->many_lines)
        draw_lines(field, area, focus);
    else
        draw_line(field, area, focus);
}
