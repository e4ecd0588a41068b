/* edit_private.h: what the files of the editor share. edit.c changes the text, edit_rows.c knows
 * where its rows begin, edit_keys.c says what each key does. */
#pragma once

#include "ui/widgets/edit.h"

typedef enum {
    STEP_WHOLE, /* never joined with another */
    STEP_TYPED,
    STEP_BACKSPACED,
} StepKind;

typedef enum {
    MARK_NONE,
    MARK_WALKED, /* with Shift: a walk without it ends the marking */
    MARK_SET,    /* by its key: every walk goes on marking */
} MarkKind;

/* Where the rows begin, as far as anyone has asked. Offsets of 32 bits: ICU knows no others. */
typedef struct {
    GArray *starts; /* guint32; never empty once `columns` is set */
    int columns;    /* 0: not wrapped yet */
    gboolean whole; /* no row follows the last of them */
} EditRows;

struct Edit {
    GString *text;
    gsize caret;
    gboolean many_lines;
    guint revision;
    GPtrArray *steps;
    guint done;        /* steps[0, done) stand; those after can be redone */
    gboolean joinable; /* the last step is from the key before */
    int wanted_column; /* of Up and Down; -1: the caret's */
    int page_rows;
    MarkKind marking;
    gsize mark; /* the end of the marked part that is not the caret */
    char **clipboard;
    EditRows rows;
};

/* --- edit.c --- */

/* The grapheme boundary at or before `at`. */
gsize edit_snap(const Edit *edit, gsize at);
/* The one at or after `at`. */
gsize edit_snap_up(const Edit *edit, gsize at);
/* edit_set_caret() that leaves the mark where it is. */
void edit_go(Edit *edit, gsize at);
/* Puts `insert` (any text) instead of [start, end), both grapheme boundaries. Does nothing when
 * `insert` has only what cannot stand in a text. */
void edit_replace(Edit *edit, gsize start, gsize end, const char *insert, StepKind kind);
void edit_undo(Edit *edit);
void edit_redo(Edit *edit);

/* --- edit_rows.c --- */

/* Where `added` bytes now stand at `at` there stood `removed` others. */
void edit_rows_changed(Edit *edit, gsize at, gsize removed, gsize added);
