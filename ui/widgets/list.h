/* list.h: a list that is a window: it fetches the rows it needs as the cursor comes near them. */
#pragma once

#include "ui/draw.h"
#include "ui/term.h"

typedef struct List List;
typedef struct {
    /* Rows after `after` (NULL: from the first), at most `limit`: GPtrArray whose free function
     * frees a row; NULL with `error`. */
    GPtrArray *(*fetch)(void *data, gconstpointer after, int limit, GError **error);
    /* Draws one row into one line. `selected`: draw what is highlit in STYLE_SELECTED. */
    void (*draw)(void *data, gconstpointer row, Area line, gboolean selected);
    /* TRUE when two fetched rows are the same thing, so that the cursor stays on it. */
    gboolean (*same)(gconstpointer a, gconstpointer b);
    /* How many columns of a line of so many are highlit where the cursor is: what is not need not
     * be written anew at each step. NULL: all. */
    int (*highlit)(void *data, int columns);
} ListClass;

List *list_new(const ListClass *class, void *data);
void list_free(List *list);
/* Fetches anew and keeps the cursor on the same row, or the same place. Each of the moving
 * functions may fetch too; on failure the old rows stay. */
gboolean list_reload(List *list, GError **error);
/* The rows are those of an array that the screen has, at `rows`: list_forget() lets go of it too. */
void list_backed_by(List *list, GPtrArray **rows);
/* Lets go of all rows, when the program locks, and keeps the place. list_recall() then fetches anew, if
 * nothing else has meanwhile. */
void list_forget(List *list);
gboolean list_recall(List *list, GError **error);
/* Whether its rows could not be fetched anew since. */
gboolean list_is_forgotten(const List *list);
/* From the first row, cursor on it (another search). */
gboolean list_restart(List *list, GError **error);
gconstpointer list_selected(const List *list);                       /* NULL when empty */
gboolean list_select(List *list, gconstpointer row, GError **error); /* first row that is `same` */
int list_position(const List *list);                                 /* from 0 */
int list_loaded(const List *list);                                   /* rows fetched so far */
gboolean list_is_empty(const List *list);
/* Up, Down, Page Up, Page Down, Home, End; also a click. TRUE when it was one of them. */
gboolean list_event(List *list, const Event *event, GError **error);
/* Fetches what a few windows' steps from the cursor will show, so that a key need not wait for it.
 * A failure is left for the key that meets it. */
void list_look_ahead(List *list);
/* Draws; the caret stands at the beginning of the selected row, which without `focus` is marked
 * alone: keys still act on it. `empty` is the sentence for no rows. */
void list_draw(List *list, Area area, gboolean focus, const char *empty);
/* Draws no mark either: the cursor is elsewhere, and no key acts on a row. */
void list_draw_unmarked(List *list, Area area, const char *empty);
