/* edit.h: a text while it is edited: buffer, caret, marked part, undo and rows, by graphemes. Pure:
 * no screen. A key costs what it changes and shows, not what is there: a megabyte is no burden. */
#pragma once

#include "base/text.h"
#include "ui/key.h"

typedef struct Edit Edit;
Edit *edit_new(const char *text, gboolean many_lines);
void edit_free(Edit *edit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Edit, edit_free)

const char *edit_text(const Edit *edit);          /* NFC */
gsize edit_caret(const Edit *edit);               /* byte offset, at a grapheme boundary */
void edit_set_text(Edit *edit, const char *text); /* as one edit that can be undone */
void edit_set_caret(Edit *edit, gsize at);        /* nothing is marked afterwards */
/* Bumped by every change: whether a draft must be saved. */
guint edit_revision(const Edit *edit);

/* The marked part, [start, end); FALSE when nothing is marked. What is typed or pasted takes its
 * place, and what removes removes it; any change ends it. */
gboolean edit_marked(const Edit *edit, gsize *start, gsize *end);
/* What is copied lies in `*clipboard`, a text or NULL, and is freed with g_free(); it is the
 * caller's and shared by as many fields as shall copy to each other. NULL, as it is at first: no
 * copying. */
void edit_set_clipboard(Edit *edit, char **clipboard);

/* Types `text` at the caret as one step that can be undone: a paste. Newlines become blanks in a
 * single line. Typing by keys is undone a word at a time, a run of Backspace as a whole. */
void edit_insert(Edit *edit, const char *text);
/* The editing keys: arrows, Home, End, Page Up and Down, Ctrl-Home and Ctrl-End, words, Backspace,
 * Delete, Ctrl-W (word), Ctrl-U (to the beginning), Ctrl-K (cuts what is marked, or to the end of
 * the line), Ctrl-C copy, Ctrl-V paste, Ctrl-Space marks from here on (and again: no longer),
 * Ctrl-Z undo, Ctrl-Y redo, Ctrl-A/E. `columns` is the width that the rows have (many lines only;
 * there Enter begins a line). TRUE when the key was one of them or a character; FALSE for Up and
 * Page Up on the first row, Down and Page Down on the last, and Ctrl-C with nothing marked. */
gboolean edit_key(Edit *edit, Key key, int columns);
/* A walking key with Shift: marks what it walks over. FALSE for other keys. */
gboolean edit_mark_key(Edit *edit, Key key, int columns);
/* How far Page Up and Page Down go. */
void edit_set_page(Edit *edit, int rows);

/* --- rows of many lines, as text_wrap() makes them --- */

/* The row number `row`, from 0; FALSE when there are not so many. */
gboolean edit_row(Edit *edit, int row, int columns, TextRow *place);
/* Where the caret is seen: the last row that begins at or before it, at most `columns`. */
void edit_caret_place(Edit *edit, int columns, int *row, int *column);
