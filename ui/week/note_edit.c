/* note_edit.c: a page for the note on a week of the line. */
#include "ui/week/note_edit.h"

#include "base/error.h"
#include "base/i18n.h"
#include "care/improvement/week_note.h"
#include "care/unit/access.h"
#include "ui/common/edit_screen.h"

enum { ROW_WORDS, ROW_COUNT };

typedef struct {
    EditScreen edit;
    Week week;
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
    return state->edit.draft.base != NULL ? state->edit.draft.base[ROW_WORDS] : "";
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
    edit_page_merge(&state->edit.page, ROW_WORDS, words_before(state), values[ROW_WORDS],
                    _("Saved by the other: %s"));
    g_strfreev(state->edit.draft.base);
    state->edit.draft.base = values;
    app_say(app, STYLE_NOTICE, "%s", sentence);
}

static void note_edit_finish(App *app, void *data)
{
    NoteEditState *state = data;
    GError *error = NULL;
    if (edit_draft_must_answer(app, &state->edit.draft))
        return;
    const char *before = words_before(state);
    if (week_note_save(app_session(app), state->week, before[0] != '\0' ? before : NULL,
                       page_text(&state->edit.page, ROW_WORDS), &error)) {
        edit_screen_over(app, &state->edit);
        app_say(app, STYLE_GOOD, "%s", _("The note is kept."));
    } else if (g_error_matches(error, DAGSFORM_ERROR, ERROR_CONFLICT)) {
        merge(app, state, error->message);
        g_error_free(error);
    } else {
        app_error(app, error);
    }
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
    page_init(&state->edit.page);
    page_field(&state->edit.page, C_("of a week", "Note"),
               _("What was out of the ordinary this week? Write no names. Empty takes the note "
                 "away."),
               base[ROW_WORDS], TRUE);
    state->edit.about = g_strdup_printf(_("week %d %d"), state->week % 100, state->week / 100);
    edit_screen_begin(app, &state->edit, DRAFT_WEEK_NOTE, state->week, base);
    return TRUE;
}

const Screen screen_note_edit = {
    .name = "note-edit",
    EDIT_SCREEN,
    .title = N_("Note on a week"),
    .state_size = sizeof(NoteEditState),
    .enter = note_edit_enter,
    .finish = note_edit_finish,
    .leave = edit_screen_leave,
};
