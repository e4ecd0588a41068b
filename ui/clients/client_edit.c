/* client_edit.c: a page for a client's details: a new one, or a change. */
#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "ui/app.h"
#include "ui/clients/client_edit_private.h"
#include "ui/clients/clients.h"

#include <string.h>

enum {
    WIDEST = 96,
    ID_DIGITS_LEAST = 6, /* of a search, to be taken for an identity number */
    EVENTS_LOOKED_AT = 20,
};

/* --- entering ----------------------------------------------------------------------------------
 */

/* "erik ol" was typed to search: a name begins with capitals. New. */
static char *name_of_search(const char *search)
{
    GString *name = g_string_new(NULL);
    gboolean beginning = TRUE;
    for (const char *c = search; *c != '\0'; c = g_utf8_next_char(c)) {
        gunichar letter = g_utf8_get_char(c);
        g_string_append_unichar(name, beginning ? g_unichar_toupper(letter) : letter);
        beginning = !g_unichar_isalnum(letter);
    }
    return g_string_free(name, FALSE);
}

/* What was searched for in vain need not be typed again. */
static void fill_from_search(App *app, Page *page)
{
    const char *search = clients_search(app);
    int digits = 0;
    for (const char *c = search; *c != '\0'; c++)
        digits += g_ascii_isdigit(*c) != 0;
    g_autofree char *name = name_of_search(search);
    if (digits >= ID_DIGITS_LEAST)
        edit_page_set_value(page, CLIENT_ROW_ID, search);
    else if (digits > 0)
        edit_page_set_value(page, CLIENT_ROW_NUMBER, search);
    else
        edit_page_set_value(page, CLIENT_ROW_NAME, name);
}

static gboolean client_edit_enter(App *app, void *data, const void *argument, GError **error)
{
    ClientEditState *state = data;
    const gint64 *id = argument;
    if (!access_require(app_session(app), PERMIT_CLIENT_EDIT, error))
        return FALSE;
    state->client =
        id != NULL ? client_open(app_session(app), *id, error) : client_rows_new(app_session(app));
    if (state->client == NULL)
        return FALSE;
    if (!client_rows_init(app_session(app), &state->rows, state->client, error))
        return FALSE;
    state->version = state->client->version;
    client_rows_build(state);
    char **base = client_rows_values(&state->rows, state->client);
    for (int row = 0; row < CLIENT_ROW_COUNT; row++)
        edit_page_set_value(&state->page, row, base[row]);
    if (id == NULL)
        fill_from_search(app, &state->page);
    client_rows_hint(app, state);
    edit_draft_begin(app, &state->draft, &state->page, DRAFT_CLIENT, id != NULL ? *id : 0,
                     state->version, base);
    return TRUE;
}

static void client_edit_leave(App *app, void *data)
{
    (void)app;
    ClientEditState *state = data;
    client_free(state->client);
    page_clear(&state->page);
    edit_draft_clear(&state->draft);
    client_rows_clear(&state->rows);
    g_free(state->id_seen);
}

/* --- saving ------------------------------------------------------------------------------------
 */

/* Who changed the card last; NULL when it cannot be told. New. */
static char *who_changed(App *app, gint64 id)
{
    g_autoptr(GPtrArray) events = client_history(app_session(app), id, EVENTS_LOOKED_AT, NULL);
    for (guint i = 0; events != NULL && i < events->len; i++) {
        const ClientEvent *event = events->pdata[i];
        if (event->changed_card)
            return g_strdup(event->who);
    }
    return NULL;
}

static void merge(App *app, ClientEditState *state)
{
    GError *error = NULL;
    Client *theirs = client_open(app_session(app), state->client->id, &error);
    if (theirs == NULL) {
        app_error(app, error);
        return;
    }
    char **values = client_rows_values(&state->rows, theirs);
    for (int row = 0; row < CLIENT_ROW_COUNT; row++)
        edit_page_merge(&state->page, row,
                        state->draft.base != NULL ? state->draft.base[row] : NULL, values[row],
                        _("On the card now: %s"));
    g_strfreev(state->draft.base);
    state->draft.base = values;
    client_free(state->client);
    state->client = theirs;
    state->version = theirs->version;
    g_autofree char *who = who_changed(app, theirs->id);
    if (edit_page_to_fault(&state->page))
        app_say(app, STYLE_NOTICE,
                _("%s has changed this card too. Look at the marked rows and save again."),
                who != NULL ? who : _("Somebody"));
    else
        app_say(app, STYLE_NOTICE,
                _("%s has changed other rows of this card; they are filled in. Save again."),
                who != NULL ? who : _("Somebody"));
}

static void leave_saved(App *app, ClientEditState *state, gboolean added)
{
    gint64 id = state->client->id;
    edit_draft_over(app, &state->draft);
    app_pop(app);
    if (added)
        app_open(app, SCREEN_CLIENT, &id);
    app_say(app, STYLE_GOOD, "%s", added ? _("The client is added.") : _("Saved."));
}

static void client_edit_finish(App *app, void *data)
{
    ClientEditState *state = data;
    gboolean added = state->client->id == 0;
    GError *error = NULL;
    if (edit_draft_must_answer(app, &state->draft))
        return;
    state->client->version = state->version;
    if (!client_rows_read(state, state->client)) {
        app_say(app, STYLE_NOTICE, "%s", _("Look at the marked row."));
        return;
    }
    if (added ? client_add(app_session(app), state->client, &error)
              : client_change(app_session(app), state->client, &error)) {
        leave_saved(app, state, added);
        return;
    }
    if (g_error_matches(error, DAGSFORM_ERROR, ERROR_CONFLICT)) {
        g_error_free(error);
        merge(app, state);
        return;
    }
    if (g_error_matches(error, DAGSFORM_ERROR, ERROR_EXISTS)) {
        page_fault(&state->page, CLIENT_ROW_ID, error->message);
        edit_page_to_fault(&state->page);
    }
    app_error(app, error);
}

/* --- keys and drawing --------------------------------------------------------------------------
 */

static gboolean client_edit_key(App *app, void *data, const Event *event)
{
    ClientEditState *state = data;
    gboolean taken, done;
    if (edit_draft_is_offered(&state->draft)) {
        taken = edit_draft_event(app, &state->draft, &state->page, event, &state->version);
        client_rows_hint(app, state);
        return taken;
    }
    int row = state->page.focus;
    g_autofree char *before = edit_page_value(&state->page, row);
    taken = page_event(&state->page, event, &done);
    g_autofree char *after = edit_page_value(&state->page, row);
    if (strcmp(before, after) != 0)
        page_fault(&state->page, row, NULL);
    if (state->page.focus != row || done)
        client_row_complete(state, row);
    client_rows_hint(app, state);
    if (done)
        client_edit_finish(app, state);
    return taken;
}

static void client_edit_save(App *app, void *data)
{
    ClientEditState *state = data;
    edit_draft_save(app, &state->draft, &state->page, state->version);
}

static void client_edit_draw(App *app, void *data, Area area)
{
    (void)app;
    ClientEditState *state = data;
    Area page = area_columns(area_rows(area, 1, -1), 0, WIDEST);
    if (edit_draft_is_offered(&state->draft))
        edit_draft_draw(&state->draft, page);
    else
        page_draw(&state->page, page);
}

static char *client_edit_subtitle(App *app, void *data)
{
    (void)app;
    ClientEditState *state = data;
    return g_strdup(state->client->id != 0 ? state->client->name : NULL);
}

static gboolean client_edit_unsaved(App *app, const void *data)
{
    ClientEditState *state = (ClientEditState *)data;
    (void)app;
    return edit_draft_is_unsaved(&state->draft, &state->page, state->version);
}

const Screen screen_client_edit = {
    .name = "client-edit",
    .place = IN_EDIT,
    .title = N_("Client's details"),
    .state_size = sizeof(ClientEditState),
    .enter = client_edit_enter,
    .draw = client_edit_draw,
    .key = client_edit_key,
    .finish = client_edit_finish,
    .save = client_edit_save,
    .unsaved = client_edit_unsaved,
    .leave = client_edit_leave,
    .subtitle = client_edit_subtitle,
};
