/* edit_model.h: the editor beside a naive model, driven by any bytes (of a seed, or the fuzzer's):
 * the text as an array of graphemes, all of it joined, normalised and split again at every change,
 * wrapped again at every look, and whole copies for undo. Ends the program where the two part. */
#pragma once

#include <string.h>

#include "base/text.h"
#include "ui/widgets/edit.h"

enum { MODEL_LONGEST = 1000 }; /* the model is slow, and a far word is walked to in pieces */

typedef enum { MODEL_WHOLE, MODEL_TYPED, MODEL_BACKSPACED } ModelKind;

/* The state after a change, and what led to it. */
typedef struct {
    char *text;
    gsize caret, caret_before;
    ModelKind kind;
    gboolean follows; /* the change before was the key before */
    gboolean blank;   /* what was typed */
} ModelState;

typedef struct {
    Edit *edit;
    char *edit_clipboard;
    gboolean many_lines;
    GPtrArray *graphemes; /* char * */
    guint caret, mark;    /* graphemes before it */
    enum { UNMARKED, MARKED_BY_SHIFT, MARKED_BY_KEY } marking;
    char *clipboard;
    int columns, page, wanted;
    GPtrArray *states; /* ModelState * */
    guint now;         /* the state that stands */
    GArray *undone;    /* guint: the states that redo returns to */
    gboolean follows;  /* the last key changed the text */
} Model;

/* --- the text as graphemes --- */

static char *model_join(const Model *model, guint from, guint to)
{
    GString *text = g_string_new(NULL);
    for (guint i = from; i < to; i++)
        g_string_append(text, g_ptr_array_index(model->graphemes, i));
    return g_string_free(text, FALSE);
}

static char *model_text(const Model *model)
{
    return model_join(model, 0, model->graphemes->len);
}

static void model_split(Model *model, const char *text)
{
    g_ptr_array_set_size(model->graphemes, 0);
    for (gsize at = 0; text[at] != '\0';) {
        gsize next = text_next(text, at);
        g_ptr_array_add(model->graphemes, g_strndup(text + at, next - at));
        at = next;
    }
}

static gsize model_offset(const Model *model, guint index)
{
    gsize offset = 0;
    for (guint i = 0; i < index; i++)
        offset += strlen(g_ptr_array_index(model->graphemes, i));
    return offset;
}

/* Of the first grapheme that begins at `offset` or later. */
static guint model_index(const Model *model, gsize offset)
{
    guint index = 0;
    for (gsize at = 0; at < offset && index < model->graphemes->len; index++)
        at += strlen(g_ptr_array_index(model->graphemes, index));
    return index;
}

/* Of the last that begins there or earlier. */
static guint model_index_before(const Model *model, gsize offset)
{
    guint index = model_index(model, offset);
    return index > 0 && model_offset(model, index) > offset ? index - 1 : index;
}

/* --- changes --- */

static void model_state_free(gpointer data)
{
    ModelState *state = data;
    g_free(state->text);
    g_free(state);
}

static void model_remember(Model *model, gsize caret_before, ModelKind kind, gboolean blank)
{
    ModelState *state = g_new0(ModelState, 1);
    *state = (ModelState){model_text(model), model_offset(model, model->caret),
                          caret_before,      kind,
                          model->follows,    blank};
    g_ptr_array_set_size(model->states, (int)model->now + 1);
    g_ptr_array_add(model->states, state);
    model->now++;
    g_array_set_size(model->undone, 0);
}

static char *model_clean(const Model *model, const char *text)
{
    if (!model->many_lines)
        return text_display(text);
    return g_strdelimit(text_clean(text), "\t", ' ');
}

static void model_replace(Model *model, guint start, guint end, const char *insert, ModelKind kind)
{
    g_autofree char *clean = model_clean(model, insert);
    gsize caret_before = model_offset(model, model->caret);
    if (clean[0] == '\0' && (insert[0] != '\0' || start == end))
        return;
    g_autofree char *before = model_join(model, 0, start);
    g_autofree char *after = model_join(model, end, model->graphemes->len);
    g_autofree char *head = g_strconcat(before, clean, NULL);
    g_autofree char *raw = g_strconcat(head, after, NULL);
    g_autofree char *text = g_utf8_normalize(raw, -1, G_NORMALIZE_NFC);
    g_autofree char *composed = g_utf8_normalize(head, -1, G_NORMALIZE_NFC);
    model_split(model, text);
    model->caret = model_index(model, MIN(strlen(composed), strlen(text)));
    model->marking = UNMARKED;
    model->wanted = -1;
    model_remember(model, caret_before, kind, clean[0] == ' ' || clean[0] == '\n');
    model->follows = TRUE;
}

static gboolean model_marked(const Model *model, guint *start, guint *end)
{
    *start = MIN(model->mark, model->caret);
    *end = MAX(model->mark, model->caret);
    return model->marking != UNMARKED && *start < *end;
}

static void model_insert(Model *model, const char *text, ModelKind kind)
{
    guint start, end;
    if (!model_marked(model, &start, &end))
        start = end = model->caret;
    else
        model->follows = FALSE;
    model_replace(model, start, end, text, kind);
}

static void model_remove(Model *model, guint to, ModelKind kind)
{
    guint start, end;
    if (model_marked(model, &start, &end))
        kind = MODEL_WHOLE;
    else {
        start = MIN(to, model->caret);
        end = MAX(to, model->caret);
    }
    model_replace(model, start, end, "", kind);
}

/* Whether the change that led to state `last` may be taken back together with that of `last` - 1.
 */
static gboolean model_joins(const Model *model, guint last)
{
    const ModelState *state = g_ptr_array_index(model->states, last);
    const ModelState *before = g_ptr_array_index(model->states, last - 1);
    if (!state->follows || state->kind == MODEL_WHOLE || state->kind != before->kind)
        return FALSE;
    return state->kind == MODEL_BACKSPACED || !before->blank || state->blank;
}

/* How much of a run was one step is the editor's to say, within what may be joined. Where two of
 * its states are alike it is the earlier one. */
static void model_undo(Model *model)
{
    const guint from = model->now;
    guint found = from;
    for (guint to = from; to > 0;) {
        const ModelState *after = g_ptr_array_index(model->states, to--);
        const ModelState *there = g_ptr_array_index(model->states, to);
        if (strcmp(there->text, edit_text(model->edit)) == 0 &&
            after->caret_before == edit_caret(model->edit))
            found = to;
        if (to == 0 || !model_joins(model, to + 1))
            break;
    }
    if (from == 0)
        return;
    if (found == from)
        g_error("undo gave “%s”", edit_text(model->edit));
    g_array_append_val(model->undone, from);
    const ModelState *state = g_ptr_array_index(model->states, found);
    model->now = found;
    model_split(model, state->text);
    model->caret = model_index(model, edit_caret(model->edit));
}

static void model_redo(Model *model)
{
    if (model->undone->len == 0)
        return;
    model->now = g_array_index(model->undone, guint, model->undone->len - 1);
    g_array_set_size(model->undone, model->undone->len - 1);
    const ModelState *state = g_ptr_array_index(model->states, model->now);
    model_split(model, state->text);
    model->caret = model_index(model, state->caret);
}

/* --- walking --- */

static GArray *model_rows(const Model *model)
{
    g_autofree char *text = model_text(model);
    return text_wrap(text, model->columns);
}

static void model_place(const Model *model, const GArray *rows, int *row, int *column)
{
    gsize caret = model_offset(model, model->caret);
    g_autofree char *text = model_text(model);
    *row = 0;
    for (guint i = 1; i < rows->len && g_array_index(rows, TextRow, i).start <= caret; i++)
        *row = (int)i;
    gsize start = g_array_index(rows, TextRow, *row).start;
    *column = MIN(text_width_n(text + start, caret - start), model->columns);
}

/* As near to `column` of row `row` as there is a grapheme on it. */
static void model_to_column(Model *model, const GArray *rows, int row, int column)
{
    const TextRow *place = &g_array_index(rows, TextRow, row);
    guint at = model_index(model, place->start);
    gsize offset = place->start;
    for (int used = 0; offset < place->end; at++) {
        const char *grapheme = g_ptr_array_index(model->graphemes, at);
        used += text_width(grapheme);
        gsize next = offset + strlen(grapheme);
        gboolean is_next_row = next == place->end && row + 1 < (int)rows->len &&
                               g_array_index(rows, TextRow, row + 1).start == next;
        if (used > column || is_next_row)
            break;
        offset = next;
    }
    model->caret = at;
}

static gboolean model_by_rows(Model *model, int step)
{
    g_autoptr(GArray) rows = model_rows(model);
    int row, column;
    model_place(model, rows, &row, &column);
    int target = CLAMP(row + step, 0, (int)rows->len - 1);
    if (target == row)
        return FALSE;
    if (model->wanted >= 0)
        column = model->wanted;
    model_to_column(model, rows, target, column);
    model->wanted = column;
    return TRUE;
}

static void model_to_edge(Model *model, gboolean to_end)
{
    g_autoptr(GArray) rows = model_rows(model);
    int row, column;
    if (!model->many_lines) {
        model->caret = to_end ? model->graphemes->len : 0;
        return;
    }
    model_place(model, rows, &row, &column);
    model_to_column(model, rows, row, to_end ? G_MAXINT : -1);
}

static gboolean model_walk(Model *model, Key key)
{
    g_autofree char *text = model_text(model);
    gsize caret = model_offset(model, model->caret);
    switch (key) {
    case K_UP:
        return model_by_rows(model, -1);
    case K_DOWN:
        return model_by_rows(model, 1);
    case K_PAGE_UP:
        return model_by_rows(model, -model->page);
    case K_PAGE_DOWN:
        return model_by_rows(model, model->page);
    case K_LEFT:
        model->caret -= model->caret > 0;
        break;
    case K_RIGHT:
        model->caret += model->caret < model->graphemes->len;
        break;
    case K_WORD_LEFT:
        model->caret = model_index_before(model, text_previous_word(text, caret));
        break;
    case K_WORD_RIGHT:
        model->caret = model_index(model, text_next_word(text, caret));
        break;
    case K_TOP:
        model->caret = 0;
        break;
    case K_BOTTOM:
        model->caret = model->graphemes->len;
        break;
    default:
        model_to_edge(model, key == K_END);
    }
    model->wanted = -1;
    return TRUE;
}

static gboolean model_walk_key(Model *model, Key key, gboolean shift)
{
    gboolean rows = key == K_UP || key == K_DOWN || key == K_PAGE_UP || key == K_PAGE_DOWN;
    guint start, end;
    if (rows && !model->many_lines)
        return FALSE;
    model->follows = FALSE;
    if (shift && model->marking == UNMARKED) {
        model->marking = MARKED_BY_SHIFT;
        model->mark = model->caret;
    } else if (!shift && model->marking == MARKED_BY_SHIFT) {
        gboolean marked = model_marked(model, &start, &end);
        model->marking = UNMARKED;
        if (marked && (key == K_LEFT || key == K_RIGHT)) {
            model->caret = key == K_LEFT ? start : end;
            model->wanted = -1;
            return TRUE;
        }
    }
    if (model_walk(model, key))
        return TRUE;
    if (model->marking == UNMARKED)
        return FALSE;
    model->caret = key == K_UP || key == K_PAGE_UP ? 0 : model->graphemes->len;
    model->wanted = -1;
    return TRUE;
}

/* --- the other keys --- */

static guint model_line_edge(const Model *model, gboolean to_end)
{
    guint at = model->caret;
    if (to_end) {
        while (at < model->graphemes->len &&
               strcmp(g_ptr_array_index(model->graphemes, at), "\n") != 0)
            at++;
    } else {
        while (at > 0 && strcmp(g_ptr_array_index(model->graphemes, at - 1), "\n") != 0)
            at--;
    }
    return at;
}

static void model_copy(Model *model, guint start, guint end)
{
    if (start == end)
        return;
    g_free(model->clipboard);
    model->clipboard = model_join(model, start, end);
}

static gboolean model_clipboard_key(Model *model, Key key)
{
    guint start, end;
    gboolean marked = model_marked(model, &start, &end);
    if (key == K_CTRL('V')) {
        if (model->clipboard != NULL)
            model_insert(model, model->clipboard, MODEL_WHOLE);
        return TRUE;
    }
    if (key == K_CTRL('C')) {
        if (!marked)
            return FALSE;
        model_copy(model, start, end);
        model->marking = UNMARKED;
        model->wanted = -1;
        return TRUE;
    }
    if (!marked) {
        start = model->caret;
        end = model_line_edge(model, TRUE);
    }
    model_copy(model, start, end);
    model_replace(model, start, end, "", MODEL_WHOLE);
    return TRUE;
}

static gboolean model_key(Model *model, Key key)
{
    g_autofree char *text = model_text(model);
    gsize caret = model_offset(model, model->caret);
    guint last = model->graphemes->len;
    switch (key) {
    case K_BACKSPACE:
        model_remove(model, MAX(model->caret, 1) - 1, MODEL_BACKSPACED);
        return TRUE;
    case K_DELETE:
        model_remove(model, MIN(model->caret + 1, last), MODEL_WHOLE);
        return TRUE;
    case K_CTRL('W'):
        model_remove(model, model_index_before(model, text_previous_word(text, caret)),
                     MODEL_WHOLE);
        return TRUE;
    case K_CTRL('U'):
        model_remove(model, model_line_edge(model, FALSE), MODEL_WHOLE);
        return TRUE;
    case K_CTRL('K'):
    case K_CTRL('C'):
    case K_CTRL('V'):
        return model_clipboard_key(model, key);
    case K_CTRL_SPACE:
        model->marking = model->marking == MARKED_BY_KEY ? UNMARKED : MARKED_BY_KEY;
        model->mark = model->caret;
        model->follows = FALSE;
        return TRUE;
    case K_CTRL('Z'):
    case K_CTRL('Y'):
        if (key == K_CTRL('Z') ? model->now > 0 : model->undone->len > 0) {
            model->marking = UNMARKED;
            model->wanted = -1;
        }
        (key == K_CTRL('Z') ? model_undo : model_redo)(model);
        model->follows = FALSE;
        return TRUE;
    case K_ENTER:
        if (model->many_lines)
            model_insert(model, "\n", MODEL_TYPED);
        return model->many_lines;
    default:
        if (key_is_text(key)) {
            char character[8] = {0};
            g_unichar_to_utf8(key, character);
            model_insert(model, character, MODEL_TYPED);
            return TRUE;
        }
        return model_walk_key(model, key, FALSE);
    }
}

/* --- the two beside each other --- */

static void model_compare_rows(const Model *model)
{
    g_autoptr(GArray) rows = model_rows(model);
    const char *text = edit_text(model->edit);
    gsize end = 0;
    TextRow row;
    for (guint i = 0; i < rows->len; i++) {
        const TextRow *expected = &g_array_index(rows, TextRow, i);
        if (!edit_row(model->edit, (int)i, model->columns, &row))
            g_error("row %u is missing", i);
        if (row.start != expected->start || row.end != expected->end ||
            row.columns != expected->columns)
            g_error("row %u begins at %zu, not at %zu", i, row.start, expected->start);
        if (row.start < end || strspn(text + end, " \n") < row.start - end)
            g_error("between the rows is more than blanks");
        if (row.columns > model->columns && text_next(text, row.start) < row.end)
            g_error("row %u is too wide", i);
        end = row.end;
    }
    if (edit_row(model->edit, (int)rows->len, model->columns, &row))
        g_error("there are more than %u rows", rows->len);
    if (strspn(text + end, " ") < strlen(text) - end)
        g_error("the rows end before the text");
}

static void model_compare(const Model *model)
{
    g_autofree char *text = model_text(model);
    guint start, end;
    gsize edit_start, edit_end;
    if (strcmp(text, edit_text(model->edit)) != 0)
        g_error("the text is “%s”, not “%s”", edit_text(model->edit), text);
    if (edit_caret(model->edit) != model_offset(model, model->caret))
        g_error("the caret is at %zu in “%s”, not at %zu", edit_caret(model->edit), text,
                model_offset(model, model->caret));
    gboolean marked = model_marked(model, &start, &end);
    if (edit_marked(model->edit, &edit_start, &edit_end) != marked)
        g_error("marked: %d", !marked);
    if (marked &&
        (edit_start != model_offset(model, start) || edit_end != model_offset(model, end)))
        g_error("marked is [%zu, %zu)", edit_start, edit_end);
    if (g_strcmp0(model->clipboard, model->edit_clipboard) != 0)
        g_error("copied is “%s”", model->edit_clipboard);
    if (!model->many_lines)
        return;
    int row, column, edit_row_number, edit_column;
    g_autoptr(GArray) rows = model_rows(model);
    model_place(model, rows, &row, &column);
    edit_caret_place(model->edit, model->columns, &edit_row_number, &edit_column);
    if (edit_row_number != row || edit_column != column || column > model->columns)
        g_error("the caret is seen at %d, %d", edit_row_number, edit_column);
}

static const Key MODEL_KEYS[] = {
    K_LEFT,      K_RIGHT,     K_UP,         K_DOWN,      K_PAGE_UP,   K_PAGE_DOWN, K_HOME,
    K_END,       K_WORD_LEFT, K_WORD_RIGHT, K_TOP,       K_BOTTOM,    K_BACKSPACE, K_BACKSPACE,
    K_DELETE,    K_CTRL('W'), K_CTRL('U'),  K_CTRL('K'), K_CTRL('C'), K_CTRL('V'), K_CTRL_SPACE,
    K_CTRL('Z'), K_CTRL('Z'), K_CTRL('Y'),  K_ENTER,     ' ',         ' ',         'a',
    'b',         'o',         '.',          0xe5,        0x308,       0x30a,       0x301,
    0x200d,      0x1f469,     0x1f466,      0x1f3fd,     0xfe0f,      0x65e5,      0x672c,
    0x1f1f8,     0x1f1ea,     0x1100,       0x1161,      0x11a8,      0xad,        0xa9,
    'x',         'y',         'z',          'e',         0x915,       0x94d,       0x937,
};

static const char *const MODEL_PASTES[] = {
    "ett ord till",
    "en rad\noch en till\n",
    "\xcc\x88",
    "日本語日本語",
    "     ",
    "\n\n\n",
    "a\r\nb\tc",
    "👩‍👩‍👦",
    "\xe2\x80\x8d👦",
    "🇸🇪🇫🇮🇸",
    "e\xcc\x81 och e",
    "",
    "\xc2\xad",
    "och så gick vi en kort promenad längs ån i stället för att stanna hemma hela dagen. ",
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "x",
};

static void model_paste(Model *model, const char *text)
{
    g_autofree char *now = model_text(model);
    if (strlen(now) + strlen(text) > MODEL_LONGEST)
        return;
    edit_insert(model->edit, text);
    if (text[0] != '\0')
        model_insert(model, text, MODEL_WHOLE);
    if (text[0] != '\0')
        model->follows = FALSE;
}

/* Two bytes a step: what, and which. */
static void model_step(Model *model, guint8 what, guint8 which)
{
    Key key = MODEL_KEYS[which % G_N_ELEMENTS(MODEL_KEYS)];
    gboolean edits, models;
    if (what < 0xa0) {
        g_autofree char *text = model_text(model);
        if (key == K_CTRL('V') && strlen(text) > MODEL_LONGEST)
            return;
        edits = edit_key(model->edit, key, model->columns);
        models = model_key(model, key);
    } else if (what < 0xc0) {
        key = MODEL_KEYS[which % 12];
        edits = edit_mark_key(model->edit, key, model->columns);
        models = model_walk_key(model, key, TRUE);
    } else {
        edits = models = TRUE;
        if (what < 0xe0) {
            model_paste(model, MODEL_PASTES[which % G_N_ELEMENTS(MODEL_PASTES)]);
        } else if (what < 0xe8) {
            model->columns = which % 24 + 1;
        } else if (what < 0xec) {
            model->page = which % 8 + 1;
            edit_set_page(model->edit, model->page);
        } else if (what < 0xf4 && model->many_lines) {
            model_compare_rows(model);
        } else {
            guint at = which % (model->graphemes->len + 1);
            edit_set_caret(model->edit, model_offset(model, at));
            model->caret = at;
            model->marking = UNMARKED;
            model->wanted = -1;
            model->follows = FALSE;
        }
    }
    if (edits != models)
        g_error("key %x was %s", key, edits ? "taken" : "not taken");
}

static void edit_model_run(const guint8 *bytes, gsize length)
{
    if (length == 0)
        return;
    Model model = {.many_lines = bytes[0] % 4 != 0, .columns = 12, .page = 1, .wanted = -1};
    model.graphemes = g_ptr_array_new_with_free_func(g_free);
    model.states = g_ptr_array_new_with_free_func(model_state_free);
    model.undone = g_array_new(FALSE, FALSE, sizeof(guint));
    model.edit = edit_new("", model.many_lines);
    edit_set_clipboard(model.edit, &model.edit_clipboard);
    g_ptr_array_add(model.states, g_new0(ModelState, 1));
    ((ModelState *)g_ptr_array_index(model.states, 0))->text = g_strdup("");
    for (gsize i = 1; i + 1 < length; i += 2) {
        model_step(&model, bytes[i], bytes[i + 1]);
        model_compare(&model);
    }
    if (model.many_lines)
        model_compare_rows(&model);
    edit_free(model.edit);
    g_free(model.edit_clipboard);
    g_free(model.clipboard);
    g_ptr_array_unref(model.graphemes);
    g_ptr_array_unref(model.states);
    g_array_unref(model.undone);
}
