/* edit.c: a text while it is edited.
 *
 * Every change is a step: at one place a text was taken out and another put in. A step reaches as
 * far as NFC makes characters of what now stands side by side, so the text is always NFC and each
 * step can be undone byte for byte. */
#include "ui/widgets/edit.h"

#include <string.h>

#include "base/text.h"

typedef enum {
    KIND_WHOLE, /* never joined with another */
    KIND_TYPED,
    KIND_BACKSPACED,
} StepKind;

typedef struct {
    StepKind kind;
    gsize at;
    char *removed, *inserted;
    gsize caret_before, caret_after;
} EditStep;

struct Edit {
    GString *text;
    gsize caret;
    gboolean many_lines;
    guint revision;
    GPtrArray *steps;
    guint done;        /* steps[0, done) stand; those after can be redone */
    gboolean joinable; /* the last step is from the key before */
    int wanted_column; /* of Up and Down; -1: the caret's */
};

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
    return edit;
}

void edit_free(Edit *edit)
{
    if (edit == NULL)
        return;
    g_string_free(edit->text, TRUE);
    g_ptr_array_unref(edit->steps);
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

/* The grapheme boundary at or before `at`. */
static gsize snap(const Edit *edit, gsize at)
{
    if (at >= edit->text->len)
        return edit->text->len;
    const char *text = edit->text->str;
    while (((guchar)text[at] & 0xc0) == 0x80)
        at--;
    return text_previous(text, (gsize)(g_utf8_next_char(text + at) - text));
}

/* The one at or after `at`. */
static gsize snap_up(const Edit *edit, gsize at)
{
    gsize before = snap(edit, at);
    return before < at ? text_next(edit->text->str, before) : before;
}

void edit_set_caret(Edit *edit, gsize at)
{
    edit->caret = snap(edit, at);
    edit->joinable = FALSE;
    edit->wanted_column = -1;
}

static void put(Edit *edit, gsize at, gsize remove, const char *insert)
{
    g_string_erase(edit->text, (gssize)at, (gssize)remove);
    g_string_insert(edit->text, (gssize)at, insert);
}

static gboolean is_blank_at(const char *text, gsize at)
{
    return text[at] == ' ' || text[at] == '\n';
}

/* Whether `step` goes on where the last one ended: a word typed on, or Backspace again. */
static gboolean join(Edit *edit, const EditStep *step)
{
    if (!edit->joinable || edit->done == 0 || step->kind == KIND_WHOLE)
        return FALSE;
    EditStep *last = g_ptr_array_index(edit->steps, edit->done - 1);
    if (last->kind != step->kind)
        return FALSE;
    gsize last_length = strlen(last->inserted);
    if (step->kind == KIND_BACKSPACED) {
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
        char *inserted = g_strdup_printf("%.*s%s", (int)(step->at - last->at), last->inserted,
                                         step->inserted);
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
    edit->caret = snap_up(edit, step->caret_after);
    step->caret_after = edit->caret;
    edit->revision++;
    edit->wanted_column = -1;
    g_ptr_array_set_size(edit->steps, (int)edit->done);
    if (join(edit, step)) {
        step_free(step);
    } else {
        g_ptr_array_add(edit->steps, step);
        edit->done++;
    }
    edit->joinable = TRUE;
}

/* Puts `insert` (clean) instead of [start, end), both grapheme boundaries. Where NFC joins it with
 * its neighbours the step takes them in. */
static void replace(Edit *edit, gsize start, gsize end, const char *insert, StepKind kind)
{
    const char *text = edit->text->str;
    if (start == end && insert[0] == '\0')
        return;
    gsize from = start > 0 ? text_previous(text, start) : 0;
    gsize to = end < edit->text->len ? text_next(text, end) : end;
    g_autofree char *before = g_strndup(text + from, start - from);
    g_autofree char *after = g_strndup(text + end, to - end);
    g_autofree char *raw = g_strconcat(before, insert, after, NULL);
    g_autofree char *joined = g_utf8_normalize(raw, -1, G_NORMALIZE_NFC);
    EditStep *step = g_new0(EditStep, 1);
    step->kind = kind;
    step->caret_before = edit->caret;
    if (strcmp(raw, joined) == 0) {
        step->at = start;
        step->removed = g_strndup(text + start, end - start);
        step->inserted = g_strdup(insert);
        step->caret_after = start + strlen(insert);
    } else {
        g_autofree char *head = g_strconcat(before, insert, NULL);
        g_autofree char *head_joined = g_utf8_normalize(head, -1, G_NORMALIZE_NFC);
        step->at = from;
        step->removed = g_strndup(text + from, to - from);
        step->inserted = g_steal_pointer(&joined);
        step->caret_after = from + MIN(strlen(head_joined), strlen(step->inserted));
    }
    take_step(edit, step);
}

void edit_set_text(Edit *edit, const char *text)
{
    g_autofree char *cleaned = clean(edit, text);
    if (strcmp(cleaned, edit->text->str) != 0)
        replace(edit, 0, edit->text->len, cleaned, KIND_WHOLE);
    edit_set_caret(edit, edit->text->len);
}

void edit_insert(Edit *edit, const char *text)
{
    g_autofree char *cleaned = clean(edit, text);
    replace(edit, edit->caret, edit->caret, cleaned, KIND_WHOLE);
    edit->joinable = FALSE;
}

static void type(Edit *edit, Key key)
{
    char character[8] = {0};
    g_unichar_to_utf8(key, character);
    g_autofree char *cleaned = clean(edit, character);
    replace(edit, edit->caret, edit->caret, cleaned, KIND_TYPED);
}

static void undo(Edit *edit)
{
    edit->joinable = FALSE;
    if (edit->done == 0)
        return;
    const EditStep *step = g_ptr_array_index(edit->steps, --edit->done);
    put(edit, step->at, strlen(step->inserted), step->removed);
    edit->caret = step->caret_before;
    edit->revision++;
}

static void redo(Edit *edit)
{
    edit->joinable = FALSE;
    if (edit->done == edit->steps->len)
        return;
    const EditStep *step = g_ptr_array_index(edit->steps, edit->done++);
    put(edit, step->at, strlen(step->removed), step->inserted);
    edit->caret = step->caret_after;
    edit->revision++;
}

static gsize line_start(const Edit *edit)
{
    gsize at = edit->caret;
    while (at > 0 && edit->text->str[at - 1] != '\n')
        at--;
    return at;
}

static gsize line_end(const Edit *edit)
{
    return edit->caret + strcspn(edit->text->str + edit->caret, "\n");
}

static void delete_to(Edit *edit, gsize at, StepKind kind)
{
    replace(edit, MIN(at, edit->caret), MAX(at, edit->caret), "", kind);
}

/* The last row that begins at or before the caret. */
static guint caret_row(const Edit *edit, const GArray *rows)
{
    guint row = 0;
    while (row + 1 < rows->len && g_array_index(rows, TextRow, row + 1).start <= edit->caret)
        row++;
    return row;
}

static gboolean move_by_row(Edit *edit, int step, int columns)
{
    g_autoptr(GArray) rows = text_wrap(edit->text->str, MAX(columns, 1));
    const char *text = edit->text->str;
    guint row = caret_row(edit, rows);
    if ((step < 0 && row == 0) || (step > 0 && row + 1 == rows->len))
        return FALSE;
    int wanted = edit->wanted_column;
    if (wanted < 0) {
        gsize start = g_array_index(rows, TextRow, row).start;
        wanted = text_width_n(text + start, edit->caret - start);
    }
    const TextRow *target = &g_array_index(rows, TextRow, (guint)((int)row + step));
    g_autofree char *line = g_strndup(text + target->start, target->end - target->start);
    edit_set_caret(edit, target->start + text_fit(line, wanted));
    edit->wanted_column = wanted;
    return TRUE;
}

/* Of a single line, or of the caret's row. */
static void move_to_edge(Edit *edit, gboolean to_end, int columns)
{
    if (!edit->many_lines) {
        edit_set_caret(edit, to_end ? edit->text->len : 0);
        return;
    }
    g_autoptr(GArray) rows = text_wrap(edit->text->str, MAX(columns, 1));
    guint row = caret_row(edit, rows);
    const TextRow *here = &g_array_index(rows, TextRow, row);
    gsize at = to_end ? here->end : here->start;
    /* Within a word broken in two, the end of a row is the beginning of the next. */
    if (to_end && row + 1 < rows->len && at == g_array_index(rows, TextRow, row + 1).start)
        at = text_previous(edit->text->str, at);
    edit_set_caret(edit, at);
}

static gboolean move_key(Edit *edit, Key key, int columns)
{
    const char *text = edit->text->str;
    switch (key) {
    case K_LEFT:
        edit_set_caret(edit, text_previous(text, edit->caret));
        return TRUE;
    case K_RIGHT:
        edit_set_caret(edit, text_next(text, edit->caret));
        return TRUE;
    case K_WORD_LEFT:
        edit_set_caret(edit, text_previous_word(text, edit->caret));
        return TRUE;
    case K_WORD_RIGHT:
        edit_set_caret(edit, text_next_word(text, edit->caret));
        return TRUE;
    case K_HOME:
    case K_CTRL('A'):
        move_to_edge(edit, FALSE, columns);
        return TRUE;
    case K_END:
    case K_CTRL('E'):
        move_to_edge(edit, TRUE, columns);
        return TRUE;
    case K_UP:
    case K_DOWN:
        return edit->many_lines && move_by_row(edit, key == K_UP ? -1 : 1, columns);
    default:
        return FALSE;
    }
}

gboolean edit_key(Edit *edit, Key key, int columns)
{
    const char *text = edit->text->str;
    switch (key) {
    case K_BACKSPACE:
        delete_to(edit, text_previous(text, edit->caret), KIND_BACKSPACED);
        return TRUE;
    case K_DELETE:
        delete_to(edit, text_next(text, edit->caret), KIND_WHOLE);
        return TRUE;
    case K_CTRL('W'):
        delete_to(edit, text_previous_word(text, edit->caret), KIND_WHOLE);
        return TRUE;
    case K_CTRL('U'):
        delete_to(edit, line_start(edit), KIND_WHOLE);
        return TRUE;
    case K_CTRL('K'):
        delete_to(edit, line_end(edit), KIND_WHOLE);
        return TRUE;
    case K_CTRL('Z'):
        undo(edit);
        return TRUE;
    case K_CTRL('Y'):
        redo(edit);
        return TRUE;
    case K_ENTER:
        if (edit->many_lines)
            type(edit, '\n');
        return edit->many_lines;
    default:
        if (!key_is_text(key))
            return move_key(edit, key, columns);
        type(edit, key);
        return TRUE;
    }
}
