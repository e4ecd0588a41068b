/* edit_screen.c: a screen that is one page of fields. */
#include "ui/common/edit_screen.h"

#include "care/client/client.h"
#include "ui/common/day_row.h"

enum { WIDEST = 80 };

/* --- filling ---------------------------------------------------------------------------------- */

gboolean edit_screen_client(App *app, EditScreen *edit, gint64 client_id, GError **error)
{
    ClientRow *client = client_glance(app_session(app), client_id, error);
    if (client == NULL)
        return FALSE;
    g_free(edit->about);
    edit->about = g_strdup(client->name);
    edit->client_id = client_id;
    client_row_free(client);
    return TRUE;
}

void edit_screen_fill(EditScreen *edit, char *const *values)
{
    for (int row = 0; row < (int)edit->page.rows->len; row++)
        edit_page_set_value(&edit->page, row, values[row]);
}

static void hint_rows(App *app, EditScreen *edit)
{
    if (edit->hint != NULL)
        edit->hint(app, edit);
}

void edit_screen_begin(App *app, EditScreen *edit, const char *kind, gint64 ref_id, char **base)
{
    edit->fresh = TRUE;
    hint_rows(app, edit);
    edit_draft_begin(app, &edit->draft, &edit->page, kind, ref_id, edit->version, base);
}

void edit_screen_clear(EditScreen *edit)
{
    g_free(edit->about);
    page_clear(&edit->page);
    edit_draft_clear(&edit->draft);
}

/* --- keys and drawing ------------------------------------------------------------------------- */

static gboolean page_key(EditScreen *edit, const Event *event, gboolean *done)
{
    Page *page = &edit->page;
    const int row = page->focus;
    if (edit->replaces && edit->fresh)
        edit_page_replace(page, event);
    const gboolean taken = page_event(page, event, done);
    edit->fresh = page->focus != row;
    if (taken)
        page_fault(page, row, NULL);
    if ((edit->days & EDIT_DAY(row)) != 0 && (edit->fresh || *done))
        day_row_complete(page, row);
    return taken;
}

gboolean edit_screen_key(App *app, void *state, const Event *event)
{
    EditScreen *edit = state;
    gboolean done = FALSE;
    const gboolean taken =
        edit_draft_is_offered(&edit->draft)
            ? edit_draft_event(app, &edit->draft, &edit->page, event, &edit->version)
            : page_key(edit, event, &done);
    hint_rows(app, edit);
    if (done)
        app_top(app)->finish(app, state);
    return taken;
}

void edit_screen_draw(App *app, void *state, Area area)
{
    (void)app;
    EditScreen *edit = state;
    Area page = area_columns(area, 0, MIN(area.columns, WIDEST));
    if (edit_draft_is_offered(&edit->draft))
        edit_draft_draw(&edit->draft, page);
    else
        page_draw(&edit->page, page);
}

char *edit_screen_subtitle(App *app, void *state)
{
    (void)app;
    return g_strdup(((const EditScreen *)state)->about);
}

/* --- keeping and leaving ---------------------------------------------------------------------- */

void edit_screen_save(App *app, void *state)
{
    EditScreen *edit = state;
    edit_draft_save(app, &edit->draft, &edit->page, edit->version);
}

gboolean edit_screen_unsaved(App *app, const void *state)
{
    (void)app;
    EditScreen *edit = (EditScreen *)state;
    return edit_draft_is_unsaved(&edit->draft, &edit->page, edit->version);
}

void edit_screen_forget(App *app, void *state)
{
    (void)app;
    EditScreen *edit = state;
    if (edit->client_id != 0)
        g_clear_pointer(&edit->about, g_free);
}

void edit_screen_resume(App *app, void *state)
{
    EditScreen *edit = state;
    GError *error = NULL;
    if (edit->about == NULL && edit->client_id != 0 &&
        !edit_screen_client(app, edit, edit->client_id, &error))
        app_error(app, error);
}

void edit_screen_leave(App *app, void *state)
{
    (void)app;
    edit_screen_clear(state);
}

gboolean edit_screen_refuse(App *app, EditScreen *edit, const char *const *faults)
{
    for (int row = 0; row < (int)edit->page.rows->len; row++)
        page_fault(&edit->page, row, faults[row]);
    return edit_page_must_mend(app, &edit->page);
}

void edit_screen_take_in(EditScreen *edit, char **theirs, gint64 version, const char *format)
{
    for (int row = 0; row < (int)edit->page.rows->len; row++)
        edit_page_merge(&edit->page, row, edit->draft.base != NULL ? edit->draft.base[row] : NULL,
                        theirs[row], format);
    g_strfreev(edit->draft.base);
    edit->draft.base = theirs;
    edit->version = version;
}

void edit_screen_over(App *app, EditScreen *edit)
{
    edit_draft_over(app, &edit->draft);
    app_pop(app);
}
