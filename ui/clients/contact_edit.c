/* contact_edit.c: a page for a note of a contact, or for a correction of one. */
#include "ui/clients/contact_edit.h"

#include "base/error.h"
#include "base/i18n.h"
#include "care/client/client_guard.h"
#include "ui/common/day_row.h"
#include "ui/common/edit_screen.h"

typedef struct {
    EditScreen edit;
    ContactNote *note;
    void (*saved)(App *app, gint64 id);
    ChoiceOption modes[CONTACT_MODE_COUNT];
} ContactEditState;

static void hint_rows(App *app, void *data)
{
    (void)app;
    ContactEditState *state = data;
    day_row_hint(&state->edit.page, CONTACT_ROW_DAY,
                 _("The day of the contact: 21/11, yesterday."));
}

static void build_rows(ContactEditState *state, char *const *values)
{
    const char *const keys[CONTACT_MODE_COUNT] = {
        [CONTACT_PHONE] = C_("key of a way of contact", "t"),
        [CONTACT_MEETING] = C_("key of a way of contact", "m"),
        [CONTACT_LETTER] = C_("key of a way of contact", "l"),
        [CONTACT_MESSAGE] = C_("key of a way of contact", "s"),
        [CONTACT_OTHER] = C_("key of a way of contact", "o"),
    };
    Page *page = &state->edit.page;
    for (int i = 0; i < CONTACT_MODE_COUNT; i++)
        state->modes[i] = (ChoiceOption){g_utf8_get_char(keys[i]), contact_mode_name(i), i};
    page_init(page);
    page_field(page, C_("contact", "Note"),
               _("What was said or came in, and what was agreed. Who reads it may be the client."),
               "", TRUE);
    page_field(page, _("Own words"), _("Word for word, where that matters. May be left empty."), "",
               TRUE);
    page_choice(page, C_("contact", "How"), NULL, state->modes, CONTACT_MODE_COUNT, -1);
    page_field(page, C_("contact", "With"), _("Name and who it is. Empty: the client."), "", FALSE);
    page_field(page, C_("contact", "Day"), NULL, "", FALSE);
    page_field(page, C_("contact", "Time"), _("As 14:30. May be left empty."), "", FALSE);
    edit_screen_fill(&state->edit, values);
    page->focus = CONTACT_ROW_NOTE;
}

/* --- saving ----------------------------------------------------------------------------------- */

static gboolean read_rows(App *app, ContactEditState *state)
{
    const char *faults[CONTACT_ROW_COUNT];
    g_auto(GStrv) values = edit_page_values(&state->edit.page);
    if (contact_rows_take(values, state->note, faults))
        return TRUE;
    return !edit_screen_refuse(app, &state->edit, faults);
}

static void contact_edit_finish(App *app, void *data)
{
    ContactEditState *state = data;
    const gboolean corrects = state->note->corrects_id != 0;
    GError *error = NULL;
    if (edit_draft_must_answer(app, &state->edit.draft) || !read_rows(app, state))
        return;
    if (!contact_note_add(app_session(app), state->note, &error)) {
        app_error(app, error);
        return;
    }
    void (*saved)(App *, gint64) = state->saved;
    const gint64 id = state->note->id;
    edit_screen_over(app, &state->edit);
    if (saved != NULL)
        saved(app, id);
    app_say(app, STYLE_GOOD, "%s",
            corrects ? _("The note is corrected. The earlier one stays below it.")
                     : _("The note stands in the journal."));
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean contact_edit_enter(App *app, void *data, const void *argument, GError **error)
{
    ContactEditState *state = data;
    const ContactEditArgument *from = argument;
    if (!client_require(app_session(app), PERMIT_WALK, from->client_id, error) ||
        !edit_screen_client(app, &state->edit, from->client_id, error))
        return FALSE;
    state->saved = from->saved;
    state->note = contact_note_new(from->client_id);
    char **values = contact_rows_values(from->corrects != NULL ? from->corrects
                                        : from->begins != NULL ? from->begins
                                                               : state->note);
    if (from->corrects != NULL)
        state->note->corrects_id = from->corrects->id;
    build_rows(state, values);
    state->edit.days = EDIT_DAY(CONTACT_ROW_DAY);
    state->edit.hint = hint_rows;
    edit_screen_begin(app, &state->edit,
                      from->corrects != NULL ? DRAFT_CONTACT_CORRECTION : DRAFT_CONTACT,
                      from->corrects != NULL ? from->corrects->id : from->client_id, values);
    return TRUE;
}

static void contact_edit_leave(App *app, void *data)
{
    (void)app;
    ContactEditState *state = data;
    contact_note_free(state->note);
    edit_screen_clear(&state->edit);
}

const Screen screen_contact_edit = {
    .name = "contact-edit",
    EDIT_SCREEN,
    .title = N_("Note in the journal"),
    .state_size = sizeof(ContactEditState),
    .enter = contact_edit_enter,
    .finish = contact_edit_finish,
    .leave = contact_edit_leave,
};
