/* edit_keys.c: what each key does to an edited text. */
#include <string.h>

#include "ui/widgets/edit_private.h"

/* --- walking ---------------------------------------------------------------------------------- */

/* Words are looked for so near; a longer one is walked in pieces. */
enum { WORD_REACH = 4096 };

/* The beginning of the word before the caret, or after it. Words that are written without blanks
 * may begin within a grapheme: it is one side of that. */
static gsize word_from(const Edit *edit, gboolean forward)
{
    gsize caret = edit->caret;
    gsize start = edit_snap(edit, caret - MIN(caret, WORD_REACH));
    gsize end = edit_snap(edit, MIN(caret + WORD_REACH, edit->text->len));
    g_autofree char *near = g_strndup(edit->text->str + start, end - start);
    return forward ? edit_snap_up(edit, start + text_next_word(near, caret - start))
                   : edit_snap(edit, start + text_previous_word(near, caret - start));
}

static gsize line_start(const Edit *edit)
{
    const char *text = edit->text->str;
    const char *newline = memrchr(text, '\n', edit->caret);
    return newline != NULL ? (gsize)(newline + 1 - text) : 0;
}

static gsize line_end(const Edit *edit)
{
    return edit->caret + strcspn(edit->text->str + edit->caret, "\n");
}

/* `at` of row number `row`. Within a word broken in two, the end of a row is the beginning of the
 * next: there it is the last grapheme. */
static void go_within(Edit *edit, int row, const TextRow *here, gsize at, int columns)
{
    TextRow next;
    gboolean beyond = at == here->end && at > here->start &&
                      edit_row(edit, row + 1, columns, &next) && next.start == at;
    edit_go(edit, beyond ? text_previous(edit->text->str, at) : at);
}

/* FALSE when there is no row in that direction. */
static gboolean walk_rows(Edit *edit, int step, int columns)
{
    int row, column;
    edit_caret_place(edit, columns, &row, &column);
    int wanted = edit->wanted_column >= 0 ? edit->wanted_column : column;
    int target = MAX(row + step, 0);
    TextRow place;
    while (!edit_row(edit, target, columns, &place))
        target--;
    if (target == row)
        return FALSE;
    g_autofree char *line = g_strndup(edit->text->str + place.start, place.end - place.start);
    go_within(edit, target, &place, place.start + text_fit(line, wanted), columns);
    edit->wanted_column = wanted;
    return TRUE;
}

/* Of a single line, or of the caret's row. */
static void walk_to_edge(Edit *edit, gboolean to_end, int columns)
{
    if (!edit->many_lines) {
        edit_go(edit, to_end ? edit->text->len : 0);
        return;
    }
    int row, column;
    TextRow here;
    edit_caret_place(edit, columns, &row, &column);
    edit_row(edit, row, columns, &here);
    go_within(edit, row, &here, to_end ? here.end : here.start, columns);
}

static gboolean walks(const Edit *edit, Key key)
{
    switch (key) {
    case K_LEFT:
    case K_RIGHT:
    case K_WORD_LEFT:
    case K_WORD_RIGHT:
    case K_HOME:
    case K_END:
    case K_CTRL('A'):
    case K_CTRL('E'):
    case K_TOP:
    case K_BOTTOM:
        return TRUE;
    case K_UP:
    case K_DOWN:
    case K_PAGE_UP:
    case K_PAGE_DOWN:
        return edit->many_lines;
    default:
        return FALSE;
    }
}

/* FALSE when there is no row to go to. */
static gboolean walk_by(Edit *edit, Key key, int columns)
{
    const char *text = edit->text->str;
    switch (key) {
    case K_UP:
        return walk_rows(edit, -1, columns);
    case K_DOWN:
        return walk_rows(edit, 1, columns);
    case K_PAGE_UP:
        return walk_rows(edit, -edit->page_rows, columns);
    case K_PAGE_DOWN:
        return walk_rows(edit, edit->page_rows, columns);
    case K_LEFT:
        edit_go(edit, text_previous(text, edit->caret));
        return TRUE;
    case K_RIGHT:
        edit_go(edit, text_next(text, edit->caret));
        return TRUE;
    case K_WORD_LEFT:
    case K_WORD_RIGHT:
        edit_go(edit, word_from(edit, key == K_WORD_RIGHT));
        return TRUE;
    case K_TOP:
    case K_BOTTOM:
        edit_go(edit, key == K_TOP ? 0 : edit->text->len);
        return TRUE;
    default:
        walk_to_edge(edit, key == K_END || key == K_CTRL('E'), columns);
        return TRUE;
    }
}

/* Whoever marks does not leave the text by its first or last row. */
static gboolean walk(Edit *edit, Key key, int columns)
{
    edit->joinable = FALSE;
    if (walk_by(edit, key, columns))
        return TRUE;
    if (edit->marking != MARK_NONE)
        edit_go(edit, key == K_UP || key == K_PAGE_UP ? 0 : edit->text->len);
    return edit->marking != MARK_NONE;
}

gboolean edit_mark_key(Edit *edit, Key key, int columns)
{
    if (!walks(edit, key))
        return FALSE;
    if (edit->marking == MARK_NONE) {
        edit->marking = MARK_WALKED;
        edit->mark = edit->caret;
    }
    return walk(edit, key, columns);
}

static gboolean walk_key(Edit *edit, Key key, int columns)
{
    gsize start, end;
    if (!walks(edit, key))
        return FALSE;
    if (edit->marking == MARK_WALKED) {
        gboolean marked = edit_marked(edit, &start, &end);
        edit->marking = MARK_NONE;
        if (marked && (key == K_LEFT || key == K_RIGHT)) {
            edit_go(edit, key == K_LEFT ? start : end);
            return TRUE;
        }
    }
    return walk(edit, key, columns);
}

/* --- changing --------------------------------------------------------------------------------- */

static void type(Edit *edit, Key key)
{
    char character[8] = {0};
    gsize start, end;
    g_unichar_to_utf8(key, character);
    if (edit_marked(edit, &start, &end))
        edit->joinable = FALSE;
    else
        start = end = edit->caret;
    edit_replace(edit, start, end, character, STEP_TYPED);
}

/* What is marked, or from the caret to `at`. */
static void remove_to(Edit *edit, gsize at, StepKind kind)
{
    gsize start, end;
    if (edit_marked(edit, &start, &end))
        edit_replace(edit, start, end, "", STEP_WHOLE);
    else
        edit_replace(edit, MIN(at, edit->caret), MAX(at, edit->caret), "", kind);
}

static void to_clipboard(Edit *edit, gsize start, gsize end)
{
    if (edit->clipboard == NULL || start == end)
        return;
    g_free(*edit->clipboard);
    *edit->clipboard = g_strndup(edit->text->str + start, end - start);
}

static gboolean copy(Edit *edit)
{
    gsize start, end;
    if (edit->clipboard == NULL || !edit_marked(edit, &start, &end))
        return FALSE;
    to_clipboard(edit, start, end);
    edit_set_caret(edit, edit->caret);
    return TRUE;
}

static gboolean paste(Edit *edit)
{
    if (edit->clipboard == NULL)
        return FALSE;
    if (*edit->clipboard != NULL)
        edit_insert(edit, *edit->clipboard);
    return TRUE;
}

static void cut(Edit *edit)
{
    gsize start, end;
    if (!edit_marked(edit, &start, &end)) {
        start = edit->caret;
        end = line_end(edit);
    }
    to_clipboard(edit, start, end);
    edit_replace(edit, start, end, "", STEP_WHOLE);
}

static void set_mark(Edit *edit)
{
    edit->joinable = FALSE;
    edit->marking = edit->marking == MARK_SET ? MARK_NONE : MARK_SET;
    edit->mark = edit->caret;
}

gboolean edit_key(Edit *edit, Key key, int columns)
{
    const char *text = edit->text->str;
    switch (key) {
    case K_BACKSPACE:
        remove_to(edit, text_previous(text, edit->caret), STEP_BACKSPACED);
        return TRUE;
    case K_DELETE:
        remove_to(edit, text_next(text, edit->caret), STEP_WHOLE);
        return TRUE;
    case K_CTRL('W'):
        remove_to(edit, word_from(edit, FALSE), STEP_WHOLE);
        return TRUE;
    case K_CTRL('U'):
        remove_to(edit, line_start(edit), STEP_WHOLE);
        return TRUE;
    case K_CTRL('K'):
        cut(edit);
        return TRUE;
    case K_CTRL('C'):
        return copy(edit);
    case K_CTRL('V'):
        return paste(edit);
    case K_CTRL_SPACE:
        set_mark(edit);
        return TRUE;
    case K_CTRL('Z'):
        edit_undo(edit);
        return TRUE;
    case K_CTRL('Y'):
        edit_redo(edit);
        return TRUE;
    case K_ENTER:
        if (edit->many_lines)
            type(edit, '\n');
        return edit->many_lines;
    default:
        if (!key_is_text(key))
            return walk_key(edit, key, columns);
        type(edit, key);
        return TRUE;
    }
}
