/* note_edit.c: a page for the note on a week of the line. */
#include "ui/week/note_edit.h"

#include "base/error.h"
#include "base/i18n.h"
#include "care/improvement/week_note.h"
#include "care/unit/access.h"
#include "ui/common/edit_page.h"

enum { ROW_WORDS, ROW_COUNT };
enum { WIDEST = 80 };

typedef struct {
    Week week;
    Page page;
    EditDraft draft;
} NoteEditState;

/* What stands on the week, "" for nothing, as the rows of the page. NULL on error. */
static char **row_values(App *app, Week week, GError **error)
{
    g_autoptr(GPtrArray) notes = week_note_list(app_session(app), week, week, error);
    if (notes == NULL)
        return NULL;
    char **values = g_new0(char *, ROW_COUNT + 1);
    values[ROW_WORDS] = g_strdup(notes->len > 0 ? ((const WeekNote *)notes->pdata[0])->words : "");
    return values;
}

/* --- saving ----------------------------------------------------------------------------------- */

/* As they were when the page, or its draft, was begun. */
static const char *words_before(const NoteEditState *state)
{
    return state->draft.base != NULL ? state->draft.base[ROW_WORDS] : "";
}

/* Another wrote meanwhile: what was typed stays, with theirs said under it, to be saved again. */
static void merge(App *app, NoteEditState *state, const char *sentence)
{
    GError *error = NULL;
    char **values = row_values(app, state->week, &error);
    if (values == NULL) {
        app_error(app, error);
        return;
    }
    edit_page_merge(&state->page, ROW_WORDS, words_before(state), values[ROW_WORDS],
                    _("Saved by the other: %s"));
    g_strfreev(state->draft.base);
    state->draft.base = values;
    app_say(app, STYLE_NOTICE, "%s", sentence);
}

static void note_edit_finish(App *app, void *data)
{
    NoteEditState *state = data;
    GError *error = NULL;
    if (edit_draft_must_answer(app, &state->draft))
        return;
    const char *before = words_before(state);
    if (week_note_save(app_session(app), state->week, before[0] != '\0' ? before : NULL,
                       page_text(&state->page, ROW_WORDS), &error)) {
        edit_draft_over(app, &state->draft);
        app_pop(app);
        app_say(app, STYLE_GOOD, "%s", _("The note is kept."));
    } else if (g_error_matches(error, DAGSFORM_ERROR, ERROR_CONFLICT)) {
        merge(app, state, error->message);
        g_error_free(error);
    } else {
        app_error(app, error);
    }
}

/* --- keys and drawing ------------------------------------------------------------------------- */

static gboolean note_edit_key(App *app, void *data, const Event *event)
{
    NoteEditState *state = data;
    gint64 version = 0;
    gboolean done = FALSE;
    if (edit_draft_is_offered(&state->draft))
        return edit_draft_event(app, &state->draft, &state->page, event, &version);
    const gboolean taken = page_event(&state->page, event, &done);
    if (taken)
        page_fault(&state->page, ROW_WORDS, NULL);
    return taken;
}

static void note_edit_save(App *app, void *data)
{
    NoteEditState *state = data;
    edit_draft_save(app, &state->draft, &state->page, 0);
}

static gboolean note_edit_unsaved(App *app, const void *data)
{
    (void)app;
    NoteEditState *state = (NoteEditState *)data;
    return edit_draft_is_unsaved(&state->draft, &state->page, 0);
}

static void note_edit_draw(App *app, void *data, Area area)
{
    (void)app;
    NoteEditState *state = data;
    Area page = area_columns(area, 0, MIN(area.columns, WIDEST));
    if (edit_draft_is_offered(&state->draft))
        edit_draft_draw(&state->draft, page);
    else
        page_draw(&state->page, page);
}

static char *note_edit_subtitle(App *app, void *data)
{
    (void)app;
    const Week week = ((const NoteEditState *)data)->week;
    return g_strdup_printf(_("week %d %d"), week % 100, week / 100);
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean note_edit_enter(App *app, void *data, const void *argument, GError **error)
{
    NoteEditState *state = data;
    state->week = *(const Week *)argument;
    if (!access_require(app_session(app), PERMIT_IMPROVE, error))
        return FALSE;
    char **base = row_values(app, state->week, error);
    if (base == NULL)
        return FALSE;
    page_init(&state->page);
    page_field(&state->page, C_("of a week", "Note"),
               _("What was out of the ordinary this week? Write no names. Empty takes the note "
                 "away."),
               base[ROW_WORDS], TRUE);
    edit_draft_begin(app, &state->draft, &state->page, DRAFT_WEEK_NOTE, state->week, 0, base);
    return TRUE;
}

static void note_edit_leave(App *app, void *data)
{
    (void)app;
    NoteEditState *state = data;
    page_clear(&state->page);
    edit_draft_clear(&state->draft);
}

const Screen screen_note_edit = {
    .name = "note-edit",
    .place = IN_EDIT,
    .title = N_("Note on a week"),
    .state_size = sizeof(NoteEditState),
    .enter = note_edit_enter,
    .draw = note_edit_draw,
    .key = note_edit_key,
    .finish = note_edit_finish,
    .save = note_edit_save,
    .unsaved = note_edit_unsaved,
    .subtitle = note_edit_subtitle,
    .leave = note_edit_leave,
};
