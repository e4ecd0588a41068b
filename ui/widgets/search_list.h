/* search_list.h: a list below a field that searches in it: letters go to the field, arrows to the
 * list. */
#pragma once

#include "ui/widgets/field.h"
#include "ui/widgets/list.h"

typedef struct {
    Field field;
    int columns; /* of the field, when it was last drawn */
    List *list;
    gboolean in_list; /* the caret is on a row, not in the field */
} SearchList;

/* What the list's class gets as `data` is `data`. */
void search_list_init(SearchList *search, const ListClass *class, void *data);
void search_list_clear(SearchList *search);
/* What is searched for; "" for all. */
const char *search_list_text(const SearchList *search);
void search_list_set_text(SearchList *search, const char *text);
/* TRUE when the event was its own. `*again`: another text is searched for, and the list is to begin
 * anew. Esc empties a field that is not. */
gboolean search_list_event(SearchList *search, const Event *event, gboolean *again, GError **error);
/* Draws the list (`empty`: the sentence for no rows) and the field, with the caret in one of them.
 */
void search_list_draw(SearchList *search, Area list, const char *empty, Area field);
