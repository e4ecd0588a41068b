/* edit.c: a text while it is edited.
 *
 * Every change is a step: at one place a text was taken out and another put in. A step reaches as
 * far as NFC makes characters of what now stands side by side, so the text is always NFC and each
 * step can be undone byte for byte. */
#include "ui/widgets/edit_private.h"

#include <string.h>

typedef struct {
    StepKind kind;
    gsize at;
    char *removed, *inserted;
    gsize caret_before, caret_after;
} EditStep;

static void step_free(gpointer data)
{
    EditStep *step = data;
    g_free(step->removed);
    g_free(step->inserted);
    g_free(step);
}

/* What can stand in the text. New. */
static char *clean(const Edit *edit, const char *text)
{
    if (!edit->many_lines)
        return text_display(text);
    return g_strdelimit(text_clean(text), "\t", ' ');
}

Edit *edit_new(const char *text, gboolean many_lines)
{
    Edit *edit = g_new0(Edit, 1);
    edit->many_lines = many_lines;
    g_autofree char *start = clean(edit, text != NULL ? text : "");
    edit->text = g_string_new(start);
    edit->caret = edit->text->len;
    edit->steps = g_ptr_array_new_with_free_func(step_free);
    edit->wanted_column = -1;
    edit->page_rows = 1;
    return edit;
}

void edit_free(Edit *edit)
{
    if (edit == NULL)
        return;
    g_string_free(edit->text, TRUE);
    g_ptr_array_unref(edit->steps);
    g_clear_pointer(&edit->rows.starts, g_array_unref);
    g_free(edit);
}

const char *edit_text(const Edit *edit)
{
    return edit->text->str;
}

gsize edit_caret(const Edit *edit)
{
    return edit->caret;
}

guint edit_revision(const Edit *edit)
{
    return edit->revision;
}

gboolean edit_marked(const Edit *edit, gsize *start, gsize *end)
{
    *start = MIN(edit->mark, edit->caret);
    *end = MAX(edit->mark, edit->caret);
    return edit->marking != MARK_NONE && *start < *end;
}

void edit_set_clipboard(Edit *edit, char **clipboard)
{
    edit->clipboard = clipboard;
}

void edit_set_page(Edit *edit, int rows)
{
    edit->page_rows = MAX(rows, 1);
}

gsize edit_snap(const Edit *edit, gsize at)
{
    if (at >= edit->text->len)
        return edit->text->len;
    const char *text = edit->text->str;
    while (((guchar)text[at] & 0xc0) == 0x80)
        at--;
    return text_previous(text, (gsize)(g_utf8_next_char(text + at) - text));
}

gsize edit_snap_up(const Edit *edit, gsize at)
{
    gsize before = edit_snap(edit, at);
    return before < at ? text_next(edit->text->str, before) : before;
}

void edit_go(Edit *edit, gsize at)
{
    edit->caret = edit_snap(edit, at);
    edit->joinable = FALSE;
    edit->wanted_column = -1;
}

void edit_set_caret(Edit *edit, gsize at)
{
    edit->marking = MARK_NONE;
    edit_go(edit, at);
}

static void put(Edit *edit, gsize at, gsize remove, const char *insert)
{
    gsize length = strlen(insert);
    g_string_erase(edit->text, (gssize)at, (gssize)remove);
    g_string_insert_len(edit->text, (gssize)at, insert, (gssize)length);
    edit_rows_changed(edit, at, remove, length);
    edit->revision++;
    edit->marking = MARK_NONE;
    edit->wanted_column = -1;
}

static gboolean is_blank_at(const char *text, gsize at)
{
    return text[at] == ' ' || text[at] == '\n';
}

/* Whether `step` goes on where the last one ended: a word typed on, or Backspace again. */
static gboolean join(Edit *edit, const EditStep *step)
{
    if (!edit->joinable || edit->done == 0 || step->kind == STEP_WHOLE)
        return FALSE;
    EditStep *last = g_ptr_array_index(edit->steps, edit->done - 1);
    if (last->kind != step->kind)
        return FALSE;
    gsize last_length = strlen(last->inserted);
    if (step->kind == STEP_BACKSPACED) {
        gsize length = strlen(step->removed);
        if (step->inserted[0] != '\0' || last_length > 0 || step->at + length != last->at)
            return FALSE;
        char *removed = g_strconcat(step->removed, last->removed, NULL);
        g_free(last->removed);
        last->removed = removed;
        last->at = step->at;
    } else {
        /* A mark takes the letter it joins out of what was typed before. */
        if (step->at < last->at || last_length == 0 ||
            step->at + strlen(step->removed) != last->at + last_length ||
            (is_blank_at(last->inserted, last_length - 1) && !is_blank_at(step->inserted, 0)))
            return FALSE;
        char *inserted =
            g_strdup_printf("%.*s%s", (int)(step->at - last->at), last->inserted, step->inserted);
        g_free(last->inserted);
        last->inserted = inserted;
    }
    last->caret_after = step->caret_after;
    return TRUE;
}

/* Carries out `step`, which is taken, and remembers it. */
static void take_step(Edit *edit, EditStep *step)
{
    put(edit, step->at, strlen(step->removed), step->inserted);
    edit->caret = edit_snap_up(edit, step->caret_after);
    step->caret_after = edit->caret;
    g_ptr_array_set_size(edit->steps, (int)edit->done);
    if (join(edit, step)) {
        step_free(step);
    } else {
        g_ptr_array_add(edit->steps, step);
        edit->done++;
    }
    edit->joinable = TRUE;
}

/* Whether the three, each NFC, are so together. */
static gboolean stand_apart(const char *before, gsize before_length, const char *middle,
                            gsize middle_length, const char *after, gsize after_length)
{
    g_autoptr(GString) raw = g_string_new_len(before, (gssize)before_length);
    g_string_append_len(raw, middle, (gssize)middle_length);
    g_string_append_len(raw, after, (gssize)after_length);
    g_autofree char *joined = g_utf8_normalize(raw->str, (gssize)raw->len, G_NORMALIZE_NFC);
    return strcmp(raw->str, joined) == 0;
}

/* Whether `insert` may stand between [from, start) and [end, to). Of a long one only the ends can
 * join their neighbours. */
static gboolean fits(const char *text, gsize from, gsize start, const char *insert, gsize end,
                     gsize to)
{
    gsize length = strlen(insert);
    gsize first = text_next(insert, 0), last = text_previous(insert, length);
    if (first >= last)
        return stand_apart(text + from, start - from, insert, length, text + end, to - end);
    return stand_apart(text + from, start - from, insert, first, "", 0) &&
           stand_apart("", 0, insert + last, length - last, text + end, to - end);
}

/* edit_replace() of what is clean. Where NFC joins it with its neighbours the step takes them
 * in. */
static void replace(Edit *edit, gsize start, gsize end, const char *insert, StepKind kind)
{
    const char *text = edit->text->str;
    if (start == end && insert[0] == '\0')
        return;
    gsize from = start > 0 ? text_previous(text, start) : 0;
    gsize to = end < edit->text->len ? text_next(text, end) : end;
    EditStep *step = g_new0(EditStep, 1);
    step->kind = kind;
    step->caret_before = edit->caret;
    if (fits(text, from, start, insert, end, to)) {
        step->at = start;
        step->removed = g_strndup(text + start, end - start);
        step->inserted = g_strdup(insert);
        step->caret_after = start + strlen(insert);
    } else {
        g_autofree char *before = g_strndup(text + from, start - from);
        g_autofree char *after = g_strndup(text + end, to - end);
        g_autofree char *head = g_strconcat(before, insert, NULL);
        g_autofree char *head_joined = g_utf8_normalize(head, -1, G_NORMALIZE_NFC);
        g_autofree char *raw = g_strconcat(head, after, NULL);
        step->at = from;
        step->removed = g_strndup(text + from, to - from);
        step->inserted = g_utf8_normalize(raw, -1, G_NORMALIZE_NFC);
        step->caret_after = from + MIN(strlen(head_joined), strlen(step->inserted));
    }
    take_step(edit, step);
}

void edit_replace(Edit *edit, gsize start, gsize end, const char *insert, StepKind kind)
{
    g_autofree char *cleaned = clean(edit, insert);
    if (cleaned[0] != '\0' || insert[0] == '\0')
        replace(edit, start, end, cleaned, kind);
}

void edit_set_text(Edit *edit, const char *text)
{
    g_autofree char *cleaned = clean(edit, text);
    if (strcmp(cleaned, edit->text->str) != 0)
        replace(edit, 0, edit->text->len, cleaned, STEP_WHOLE);
    edit_set_caret(edit, edit->text->len);
}

void edit_insert(Edit *edit, const char *text)
{
    gsize start, end;
    if (text[0] == '\0')
        return;
    if (!edit_marked(edit, &start, &end))
        start = end = edit->caret;
    edit_replace(edit, start, end, text, STEP_WHOLE);
    edit->joinable = FALSE;
}

void edit_undo(Edit *edit)
{
    edit->joinable = FALSE;
    if (edit->done == 0)
        return;
    const EditStep *step = g_ptr_array_index(edit->steps, --edit->done);
    put(edit, step->at, strlen(step->inserted), step->removed);
    edit->caret = step->caret_before;
}

void edit_redo(Edit *edit)
{
    edit->joinable = FALSE;
    if (edit->done == edit->steps->len)
        return;
    const EditStep *step = g_ptr_array_index(edit->steps, edit->done++);
    put(edit, step->at, strlen(step->removed), step->inserted);
    edit->caret = step->caret_after;
}
