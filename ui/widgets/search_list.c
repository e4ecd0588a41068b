/* search_list.c: a list below a field that searches in it. */
#include "ui/widgets/search_list.h"

void search_list_init(SearchList *search, const ListClass *class, void *data)
{
    field_init(&search->field, "", FALSE);
    search->list = list_new(class, data);
}

void search_list_clear(SearchList *search)
{
    field_clear(&search->field);
    list_free(search->list);
}

const char *search_list_text(const SearchList *search)
{
    return field_text(&search->field);
}

void search_list_set_text(SearchList *search, const char *text)
{
    edit_set_text(search->field.edit, text);
}

/* The ends are the text's while the caret is in it. */
static gboolean is_for_list(const SearchList *search, const Event *event)
{
    gboolean ends = event->type == EVENT_KEY && (event->key == K_HOME || event->key == K_END);
    return search->in_list || !ends;
}

static gboolean is_for_field(SearchList *search, const Event *event)
{
    if (event->type == EVENT_KEY && event->key == '?')
        return FALSE; /* no name has one: it is the key for help */
    if (event->type != EVENT_KEY || event->key != K_ESCAPE)
        return field_event(&search->field, event, search->columns);
    gboolean empty = search_list_text(search)[0] == '\0';
    search_list_set_text(search, "");
    return !empty;
}

gboolean search_list_event(SearchList *search, const Event *event, gboolean *again, GError **error)
{
    guint before = edit_revision(search->field.edit);
    *again = FALSE;
    if (is_for_list(search, event) && list_event(search->list, event, error)) {
        search->in_list = !list_is_empty(search->list);
        return TRUE;
    }
    if (!is_for_field(search, event))
        return FALSE;
    search->in_list = FALSE;
    *again = edit_revision(search->field.edit) != before;
    return TRUE;
}

void search_list_draw(SearchList *search, Area list, const char *empty, Area field)
{
    search->columns = field.columns;
    list_draw(search->list, list, search->in_list, empty);
    field_draw(&search->field, field, !search->in_list);
}
