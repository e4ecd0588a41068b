/* field.h: a labelled text field of one line, or an area of several; a secret one shows dots. */
#pragma once

#include "base/secret.h"
#include "ui/draw.h"
#include "ui/term.h"
#include "ui/widgets/edit.h"

typedef struct {
    Edit *edit;
    gboolean secret;  /* the text lies in locked memory and is wiped (passphrases) */
    int first_column; /* scrolled to */
    int first_row;    /* of an area */
    gboolean many_lines;
    gboolean wraps; /* a long line lies on the rows of its area, where that has several */
    Secret *locked;     /* private to field.c: the characters as typed */
    gsize used;         /* private: bytes of them */
    Secret *normalised; /* private: what field_secret() answered */
} Field;
void field_init(Field *field, const char *text, gboolean many_lines);
/* A passphrase: characters go to locked memory only. */
void field_init_secret(Field *field);
void field_clear(Field *field);
/* Lets it copy, cut and paste: see edit_set_clipboard(). A secret one never copies. */
void field_share(Field *field, char **clipboard);
const char *field_text(const Field *field); /* "" of a secret one */
/* Of a secret field: owned by it, NFC-normalised; NULL when empty. */
const Secret *field_secret(Field *field);
/* TRUE when the event was its own. Tab and Esc never are; Enter, the arrows up and down, Page Up
 * and Page Down only with many lines, where they leave at the first and the last row, unless they
 * mark. `columns`: of its area when it
 * was last drawn. */
gboolean field_event(Field *field, const Event *event, int columns);
/* How many rows the text takes in an area of so many columns; counted no further than to `most`. */
int field_rows(const Field *field, int columns, int most);
/* Draws in `area` (1 row, or more with many_lines or wraps); the caret is placed when `focus`. */
void field_draw(Field *field, Area area, gboolean focus);
