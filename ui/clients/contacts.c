/* contacts.c: a client's journal: the dated notes of what was said on the telephone, at meetings
 * and in letters. */
#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/client/client.h"
#include "care/client/contact_from.h"
#include "care/client/dispute.h"
#include "ui/clients/contact_edit.h"
#include "ui/common/read_on.h"
#include "ui/common/rows.h"
#include "ui/common/shared.h"
#include "ui/widgets/list.h"

enum {
    WHEN_COLUMNS = 22,
    TITLE_COLUMNS = 26,
    DETAIL_ROWS = 10, /* with its rule */
};

typedef struct {
    App *app;
    gint64 client_id;
    char *client_name;
    GPtrArray *notes;    /* ContactNote *: all that are shown */
    GPtrArray *disputes; /* Dispute *: what the client says is wrong, in anything */
    List *list;
} ContactsState;

static GPtrArray *fetch(void *data, gconstpointer after, int limit, GError **error)
{
    (void)error;
    return rows_after(((ContactsState *)data)->notes, after, limit);
}

static gboolean same(gconstpointer a, gconstpointer b)
{
    return ((const ContactNote *)a)->id == ((const ContactNote *)b)->id;
}

static gboolean reload(ContactsState *state, GError **error)
{
    g_clear_pointer(&state->disputes, g_ptr_array_unref);
    return shared_read_name(state->app, state->client_id, &state->client_name, error) &&
           (state->disputes =
                dispute_of_client(app_session(state->app), state->client_id, error)) != NULL &&
           rows_replace(state->list, &state->notes,
                        contact_note_of_client(app_session(state->app), state->client_id, error),
                        error);
}

/* New; NULL: nothing. */
static char *disputed_text(const ContactsState *state, const ContactNote *note)
{
    return state->disputes != NULL
               ? dispute_beside(state->disputes, DISPUTE_NOTE, note->id, NULL, i18n_language())
               : NULL;
}

/* --- drawing ---------------------------------------------------------------------------------- */

static const char *first_said(const ContactNote *note)
{
    return note->note[0] != '\0' ? note->note : note->words;
}

static void draw_note(void *data, gconstpointer row, Area line, gboolean selected)
{
    const ContactNote *note = row;
    g_autofree char *disputed = disputed_text(data, note);
    const gboolean holds = note->replaced_id == 0;
    const int said_at = WHEN_COLUMNS + TITLE_COLUMNS;
    Style style = selected           ? STYLE_SELECTED
                  : disputed != NULL ? STYLE_NOTICE
                  : holds            ? STYLE_NORMAL
                                     : STYLE_QUIET;
    g_autofree char *when = holds ? contact_note_when(note) : g_strdup(_("  corrected"));
    g_autofree char *title = contact_note_title(note);
    g_autofree char *said = text_display(first_said(note));
    draw_cell(line, 0, 0, WHEN_COLUMNS - 1, style, FALSE, when);
    draw_cell(line, 0, WHEN_COLUMNS, TITLE_COLUMNS - 1, style, FALSE, title);
    draw_cell(line, 0, said_at, line.columns - said_at, style, FALSE, said);
}

static const ListClass LIST = {.fetch = fetch, .draw = draw_note, .same = same};

static void draw_detail(const ContactsState *state, const ContactNote *note, Area area)
{
    if (area.rows <= 0)
        return;
    g_autoptr(Detail) detail = detail_new();
    detail_add_strong(detail, contact_note_title(note));
    detail_add(detail, NULL, contact_note_when(note));
    detail_add(detail, _("Objection"), disputed_text(state, note));
    detail_add(detail, NULL, g_strdup(note->note));
    detail_add(detail, _("Own words"), g_strdup(note->words));
    detail_add(detail, NULL, contact_note_by(note));
    read_on_detail(state->app, detail, area);
}

static void contacts_draw(App *app, void *data, Area area)
{
    (void)app;
    ContactsState *state = data;
    const ContactNote *note = list_selected(state->list);
    Area list = area, detail;
    char key[KEY_NAME_SIZE];
    if (note != NULL)
        detail_split(area, detail_below(area, DETAIL_ROWS, list_loaded(state->list)), &list,
                     &detail);
    g_autofree char *empty =
        g_strdup_printf(_("Nothing is noted yet. %s notes a call, a meeting or a letter."),
                        shared_key(app, ACTION_CONTACT_NEW, key));
    list_draw(state->list, list, TRUE, empty);
    if (note != NULL)
        draw_detail(state, note, detail);
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean contacts_enter(App *app, void *data, const void *argument, GError **error)
{
    ContactsState *state = data;
    state->app = app;
    state->client_id = *(const gint64 *)argument;
    state->list = list_new(&LIST, state);
    return reload(state, error);
}

static void contacts_resume(App *app, void *data)
{
    GError *error = NULL;
    if (!reload(data, &error))
        app_error(app, error);
}

static void contacts_forget(App *app, void *data)
{
    (void)app;
    ContactsState *state = data;
    g_clear_pointer(&state->client_name, g_free);
    g_clear_pointer(&state->disputes, g_ptr_array_unref);
}

static void contacts_leave(App *app, void *data)
{
    (void)app;
    ContactsState *state = data;
    list_free(state->list);
    g_free(state->client_name);
    g_clear_pointer(&state->notes, g_ptr_array_unref);
    g_clear_pointer(&state->disputes, g_ptr_array_unref);
}

static Subject contacts_subject(App *app, void *data)
{
    (void)app;
    const ContactsState *state = data;
    return (Subject){
        .client_id = state->client_id, .kind = SUBJECT_NOTE, .row = list_selected(state->list)};
}

static char *contacts_subtitle(App *app, void *data)
{
    (void)app;
    return g_strdup(((const ContactsState *)data)->client_name);
}

const Screen screen_contacts = {
    .name = "contacts",
    .place = IN_CONTACTS,
    .title = N_("Journal"),
    .state_size = sizeof(ContactsState),
    .enter = contacts_enter,
    .resume = contacts_resume,
    .forget = contacts_forget,
    .draw = contacts_draw,
    .list = offsetof(ContactsState, list),
    .leave = contacts_leave,
    .subtitle = contacts_subtitle,
    .subject = contacts_subject,
};

/* --- what one does ---------------------------------------------------------------------------- */

void on_contacts(App *app, void *state)
{
    (void)state;
    gint64 id = shared_client(app);
    if (id != 0)
        app_open(app, SCREEN_CONTACTS, &id);
}

/* The cursor goes to what was written. */
static void written(App *app, gint64 id)
{
    const ContactsState *state = app_top_state(app);
    GError *error = NULL;
    if (!list_select(state->list, &(ContactNote){.id = id}, &error))
        app_error(app, error);
}

void on_contact_new(App *app, void *data)
{
    const ContactsState *state = data;
    app_push(app, &screen_contact_edit,
             &(ContactEditArgument){.client_id = state->client_id, .saved = written});
}

/* From a visit, or from somebody who rang: who, when and what about stand there already. */
void on_contact_here(App *app, void *data)
{
    (void)data;
    const Subject subject = app_subject(app);
    g_autoptr(ContactNote) begins = subject.row == NULL ? NULL
                                    : subject.kind == SUBJECT_VISIT
                                        ? contact_from_visit(subject.row, clock_today())
                                    : subject.kind == SUBJECT_TASK ? contact_from_task(subject.row)
                                                                   : NULL;
    if (subject.client_id == 0)
        app_say(app, STYLE_QUIET, "%s", _("There is no client here to note anything about."));
    else
        app_push(app, &screen_contact_edit,
                 &(ContactEditArgument){.client_id = subject.client_id, .begins = begins});
}

void on_contact_correct(App *app, void *data)
{
    const ContactsState *state = data;
    const ContactNote *note = list_selected(state->list);
    if (note == NULL)
        app_say(app, STYLE_QUIET, "%s", _("There is nothing on this line."));
    else if (note->replaced_id != 0)
        app_say(app, STYLE_QUIET, "%s",
                _("This note is corrected already. Correct the one that holds, above it."));
    else
        app_push(app, &screen_contact_edit,
                 &(ContactEditArgument){
                     .client_id = state->client_id, .corrects = note, .saved = written});
}
