/* edit.h: a text while it is edited: buffer, caret and undo, by graphemes. Pure: no screen. */
#pragma once

#include "ui/key.h"

typedef struct Edit Edit;
Edit *edit_new(const char *text, gboolean many_lines);
void edit_free(Edit *edit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Edit, edit_free)

const char *edit_text(const Edit *edit);  /* NFC */
gsize edit_caret(const Edit *edit);       /* byte offset, at a grapheme boundary */
void edit_set_text(Edit *edit, const char *text); /* as one edit that can be undone */
void edit_set_caret(Edit *edit, gsize at);
/* Bumped by every change: whether a draft must be saved. */
guint edit_revision(const Edit *edit);

/* Types `text` at the caret as one step that can be undone: a paste. Newlines become blanks in a
 * single line. Typing by keys is undone a word at a time, a run of Backspace as a whole. */
void edit_insert(Edit *edit, const char *text);
/* The editing keys: arrows, Home, End, words, Backspace, Delete, Ctrl-W (word), Ctrl-U (to the
 * beginning), Ctrl-K (to the end), Ctrl-Z undo, Ctrl-Y redo, Ctrl-A/E. `columns` is the width that
 * Up, Down, Home and End go by (many lines only; there Enter begins a line). TRUE when the key was
 * one of them or a character; FALSE for Up on the first row and Down on the last. */
gboolean edit_key(Edit *edit, Key key, int columns);
