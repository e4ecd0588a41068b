/* dispute_edit.c: the page on which what a client says is wrong is noted, from wherever it stands;
 * and the page on which whoever may change the card says what came of it. */
#include "ui/clients/dispute_edit.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_guard.h"
#include "care/client/client_words.h"
#include "care/client/contact_note.h"
#include "care/response/response.h"
#include "care/visit/visit_words.h"
#include "ui/common/choose.h"
#include "ui/common/day_row.h"
#include "ui/common/edit_screen.h"
#include "ui/common/shared.h"

typedef struct {
    gint64 client_id;
    DisputeAbout about;
    gint64 about_id;
    const char *field, *entry;
} DisputeEditArgument;

typedef struct {
    EditScreen edit;
    Dispute *dispute;
    ChoiceOption outcomes[DISPUTE_OUTCOME_COUNT - 1]; /* of the second page */
} DisputeEditState;

/* --- keys and drawing, the same for both -------------------------------------------------------
 */

static void edit_leave(App *app, void *data)
{
    (void)app;
    DisputeEditState *state = data;
    dispute_free(state->dispute);
    edit_screen_clear(&state->edit);
}

static void edit_over(App *app, DisputeEditState *state, const char *sentence)
{
    edit_screen_over(app, &state->edit);
    app_say(app, STYLE_GOOD, "%s", sentence);
}

/* --- noting one ------------------------------------------------------------------------------- */

static void hint_rows(App *app, void *data)
{
    (void)app;
    DisputeEditState *state = data;
    day_row_hint(&state->edit.page, DISPUTE_ROW_SAID, _("The day it was said: 21/11, yesterday."));
}

static void build_rows(DisputeEditState *state, const char *entry)
{
    char said[DATE_SIZE];
    Page *page = &state->edit.page;
    page_init(page);
    page_field(page, C_("dispute", "About"),
               _("What is said to be wrong. Add which part of it, where that helps."), entry,
               FALSE);
    page_field(page, C_("dispute", "Words"),
               _("What the person says, in their own words. Nothing that stands is erased."), "",
               TRUE);
    page_field(page, C_("quote", "Said"), NULL, date_format(clock_today(), said), FALSE);
    page->focus = entry[0] != '\0' ? DISPUTE_ROW_WORDS : DISPUTE_ROW_ENTRY;
}

static void dispute_edit_finish(App *app, void *data)
{
    DisputeEditState *state = data;
    const char *faults[DISPUTE_ROW_COUNT];
    GError *error = NULL;
    if (edit_draft_must_answer(app, &state->edit.draft))
        return;
    g_auto(GStrv) values = edit_page_values(&state->edit.page);
    if (!dispute_rows_take(values, state->dispute, faults)) {
        edit_screen_refuse(app, &state->edit, faults);
    } else if (!dispute_add(app_session(app), state->dispute, &error)) {
        app_error(app, error);
    } else {
        edit_over(app, state,
                  _("It is noted, and stands beside it from now on. The case officer has the task "
                    "to answer."));
    }
}

static gboolean dispute_edit_enter(App *app, void *data, const void *argument, GError **error)
{
    DisputeEditState *state = data;
    const DisputeEditArgument *from = argument;
    if (!client_require(app_session(app), PERMIT_VISIT_RECORD, from->client_id, error) ||
        !edit_screen_client(app, &state->edit, from->client_id, error))
        return FALSE;
    state->dispute = dispute_new();
    state->dispute->client_id = from->client_id;
    state->dispute->about = from->about;
    state->dispute->about_id = from->about_id;
    state->dispute->field = g_strdup(from->field);
    build_rows(state, from->entry);
    state->edit.days = EDIT_DAY(DISPUTE_ROW_SAID);
    state->edit.hint = hint_rows;
    edit_screen_begin(app, &state->edit, dispute_draft(from->about, from->field),
                      from->about_id != 0 ? from->about_id : from->client_id, NULL);
    return TRUE;
}

static const Screen screen_dispute_edit = {
    .name = "dispute-edit",
    EDIT_SCREEN,
    .title = N_("The person says it is wrong"),
    .state_size = sizeof(DisputeEditState),
    .enter = dispute_edit_enter,
    .finish = dispute_edit_finish,
    .leave = edit_leave,
};

/* --- what it is about ------------------------------------------------------------------------- */

static void open_about(App *app, gint64 client_id, DisputeAbout about, gint64 about_id,
                       const char *field, const char *entry)
{
    app_push(app, &screen_dispute_edit,
             &(DisputeEditArgument){.client_id = client_id,
                                    .about = about,
                                    .about_id = about_id,
                                    .field = field,
                                    .entry = entry});
}

static void open_visit(App *app, const Visit *visit)
{
    g_autofree char *when = visit_words_time(visit->date, visit->start);
    g_autofree char *entry = g_strdup_printf(_("Visit %s"), when);
    open_about(app, visit->client_id, DISPUTE_VISIT, visit->id, NULL, entry);
}

static void open_note(App *app, const ContactNote *note)
{
    g_autofree char *title = contact_note_title(note);
    g_autofree char *when = contact_note_when(note);
    g_autofree char *entry = g_strdup_printf("%s: %s, %s", _("Journal"), when, title);
    open_about(app, note->client_id, DISPUTE_NOTE, note->id, NULL, entry);
}

static void open_response(App *app, const Response *response, const Subject *part)
{
    g_autofree char *entry = part != NULL
                                 ? g_strdup_printf("%s, %s", response->title, part->part_name)
                                 : g_strdup(response->title);
    open_about(app, response->client_id, DISPUTE_RESPONSE, response->id,
               part != NULL ? part->part : NULL, entry);
}

/* The fields of the card by their place in the table; then these. */
enum { CHOSE_VISIT = 1000, CHOSE_OTHER, CHOSE_QUESTION, CHOSE_FORM };

static void chosen(App *app, gint64 what, gint64 client_id)
{
    const Subject subject = app_subject(app);
    if (what == CHOSE_VISIT && subject.kind == SUBJECT_VISIT && subject.row != NULL)
        open_visit(app, subject.row);
    else if (what < CHOSE_VISIT)
        open_about(app, client_id, DISPUTE_CARD, 0, DISPUTE_FIELDS[what].field,
                   _(DISPUTE_FIELDS[what].name));
    else
        open_about(app, client_id, DISPUTE_OTHER, 0, NULL, "");
}

static void part_chosen(App *app, gint64 what, gint64 client_id)
{
    const Subject subject = app_subject(app);
    (void)client_id;
    if (subject.kind == SUBJECT_RESPONSE && subject.row != NULL)
        open_response(app, subject.row,
                      what == CHOSE_QUESTION && subject.part != NULL ? &subject : NULL);
}

/* One question of it, or all. */
static void ask_which_part(App *app, const Subject *subject)
{
    Choose *choose =
        choose_new(_("What does the person say is wrong?"), part_chosen, subject->client_id);
    choose_add(choose, CHOSE_QUESTION, subject->part_name);
    choose_add(choose, CHOSE_FORM, _("The form as a whole"));
    choose_ask(app, choose);
}

/* The card has much on it. */
static void ask_what(App *app, const Subject *subject)
{
    Choose *choose =
        choose_new(_("What does the person say is wrong?"), chosen, subject->client_id);
    if (subject->row != NULL) {
        const Visit *visit = subject->row;
        g_autofree char *when = visit_words_time(visit->date, visit->start);
        g_autofree char *text = g_strdup_printf(_("Visit %s"), when);
        choose_add(choose, CHOSE_VISIT, text);
    }
    for (gint64 i = 0; DISPUTE_FIELDS[i].field != NULL; i++)
        choose_add(choose, i, _(DISPUTE_FIELDS[i].name));
    choose_add(choose, CHOSE_OTHER, _("Something else that is kept"));
    choose_ask(app, choose);
}

void on_dispute(App *app, void *state)
{
    (void)state;
    const Subject subject = app_subject(app);
    const Response *response = subject.kind == SUBJECT_RESPONSE ? subject.row : NULL;
    const Decision *decision = subject.kind == SUBJECT_DECISION ? subject.row : NULL;
    if (shared_client(app) == 0)
        return;
    if (app_top(app)->place == IN_CLIENT)
        ask_what(app, &subject);
    else if (subject.kind == SUBJECT_VISIT && subject.row != NULL)
        open_visit(app, subject.row);
    else if (subject.kind == SUBJECT_NOTE && subject.row != NULL)
        open_note(app, subject.row);
    else if (response != NULL && subject.part != NULL)
        ask_which_part(app, &subject);
    else if (response != NULL)
        open_response(app, response, NULL);
    else if (decision != NULL)
        open_about(app, subject.client_id, DISPUTE_DECISION, decision->id, NULL,
                   client_words_decision_about(decision));
    else
        open_about(app, subject.client_id, DISPUTE_OTHER, 0, NULL, "");
}

/* --- what came of it -------------------------------------------------------------------------- */

static void settle_finish(App *app, void *data)
{
    DisputeEditState *state = data;
    DisputeOutcome outcome;
    g_autofree char *reason = NULL;
    const char *faults[SETTLE_ROW_COUNT];
    GError *error = NULL;
    if (edit_draft_must_answer(app, &state->edit.draft))
        return;
    g_auto(GStrv) values = edit_page_values(&state->edit.page);
    if (!settle_rows_take(values, &outcome, &reason, faults)) {
        edit_screen_refuse(app, &state->edit, faults);
    } else if (!dispute_settle(app_session(app), state->dispute->id, outcome, reason, &error)) {
        app_error(app, error);
    } else {
        edit_over(app, state, _("The answer is kept beside the person's words. Tell the person."));
    }
}

static gboolean settle_enter(App *app, void *data, const void *argument, GError **error)
{
    DisputeEditState *state = data;
    const Dispute *from = argument;
    if (!client_require(app_session(app), PERMIT_CLIENT_EDIT, from->client_id, error) ||
        !edit_screen_client(app, &state->edit, from->client_id, error))
        return FALSE;
    state->dispute = dispute_new();
    state->dispute->id = from->id;
    state->outcomes[0] = (ChoiceOption){g_utf8_get_char(C_("key of corrected", "c")),
                                        dispute_outcome_name(DISPUTE_CORRECTED), DISPUTE_CORRECTED};
    state->outcomes[1] = (ChoiceOption){g_utf8_get_char(C_("key of stands", "s")),
                                        dispute_outcome_name(DISPUTE_STANDS), DISPUTE_STANDS};
    page_init(&state->edit.page);
    page_choice(&state->edit.page, _("What came of it"),
                _("What is wrong is corrected where it stands, in the usual way. The value before "
                  "is kept."),
                state->outcomes, G_N_ELEMENTS(state->outcomes), -1);
    page_field(&state->edit.page, _("Reason"), _("Needed where it stands: the person is told why."),
               "", TRUE);
    edit_screen_begin(app, &state->edit, DRAFT_SETTLE, from->id, NULL);
    return TRUE;
}

const Screen screen_dispute_settle = {
    .name = "dispute-settle",
    EDIT_SCREEN,
    .title = N_("What came of it"),
    .state_size = sizeof(DisputeEditState),
    .enter = settle_enter,
    .finish = settle_finish,
    .leave = edit_leave,
};
