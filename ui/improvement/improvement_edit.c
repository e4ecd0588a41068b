/* improvement_edit.c: a page for an improvement work: a new one, or a change. */
#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "care/improvement/improvement_rows.h"
#include "care/unit/access.h"
#include "ui/common/day_row.h"
#include "ui/common/edit_screen.h"

typedef struct {
    EditScreen edit;
    Improvement *improvement; /* as it was read; a new one has version 0 */
} ImprovementEditState;

/* --- rows ------------------------------------------------------------------------------------- */

static void build_rows(ImprovementEditState *state)
{
    Page *page = &state->edit.page;
    page_init(page);
    page_field(page, C_("improvement", "Name"), _("What the meeting calls it."), "", FALSE);
    page_field(page, _("What we want to achieve"), _("For whom, and what becomes better."), "",
               TRUE);
    page_field(page, _("How we shall know"), _("What is counted or asked."), "", TRUE);
    page_field(page, _("Target, percent"),
               _("At most so many percent not taken; stands as a line on the chart. May be left "
                 "empty."),
               "", FALSE);
    page_field(page, C_("improvement", "Begun"), NULL, "", FALSE);
    page_field(page, C_("improvement", "Ended"), NULL, "", FALSE);
}

static void hint_rows(App *app, void *data)
{
    (void)app;
    ImprovementEditState *state = data;
    day_row_hint(&state->edit.page, IMPROVEMENT_ROW_BEGUN, _("The first day: 21/11, 2026-02-01."));
    day_row_hint(&state->edit.page, IMPROVEMENT_ROW_ENDED,
                 _("Leave it empty while the work goes on."));
}

/* --- saving ----------------------------------------------------------------------------------- */

/* Puts what the page says into the work, with a fault on each row that cannot be used. FALSE when
 * there is one. */
static gboolean read_rows(App *app, ImprovementEditState *state)
{
    const char *faults[IMPROVEMENT_ROW_COUNT];
    g_auto(GStrv) values = edit_page_values(&state->edit.page);
    if (improvement_rows_take(values, state->improvement, faults))
        return TRUE;
    return !edit_screen_refuse(app, &state->edit, faults);
}

/* Somebody else has saved it meanwhile: theirs comes to the page, and is saved over only when the
 * user saves again. */
static void merge(App *app, ImprovementEditState *state, const char *sentence)
{
    GError *error = NULL;
    Improvement *theirs = improvement_get(app_session(app), state->improvement->id, &error);
    if (theirs == NULL) {
        app_error(app, error);
        return;
    }
    edit_screen_take_in(&state->edit, improvement_rows_values(theirs), theirs->version,
                        _("Saved by the other: %s"));
    improvement_free(state->improvement);
    state->improvement = theirs;
    edit_page_to_fault(&state->edit.page);
    app_say(app, STYLE_NOTICE, "%s", sentence);
}

static void improvement_edit_finish(App *app, void *data)
{
    ImprovementEditState *state = data;
    GError *error = NULL;
    const gboolean added = state->edit.version == 0;
    if (edit_draft_must_answer(app, &state->edit.draft) || !read_rows(app, state))
        return;
    state->improvement->version = state->edit.version;
    if (improvement_save(app_session(app), state->improvement, &error)) {
        const gint64 id = state->improvement->id;
        edit_screen_over(app, &state->edit);
        if (!added || app_open(app, SCREEN_IMPROVEMENT, &id))
            app_say(app, STYLE_GOOD, "%s", _("Saved."));
    } else if (g_error_matches(error, DAGSFORM_ERROR, ERROR_CONFLICT)) {
        merge(app, state, error->message);
        g_error_free(error);
    } else {
        app_error(app, error);
    }
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean improvement_edit_enter(App *app, void *data, const void *argument, GError **error)
{
    ImprovementEditState *state = data;
    const gint64 *id = argument;
    if (!access_require(app_session(app), PERMIT_IMPROVE, error))
        return FALSE;
    state->improvement =
        id != NULL ? improvement_get(app_session(app), *id, error) : improvement_new(clock_today());
    if (state->improvement == NULL)
        return FALSE;
    state->edit.version = state->improvement->version;
    build_rows(state);
    char **base = improvement_rows_values(state->improvement);
    edit_screen_fill(&state->edit, base);
    state->edit.days = EDIT_DAY(IMPROVEMENT_ROW_BEGUN) | EDIT_DAY(IMPROVEMENT_ROW_ENDED);
    state->edit.hint = hint_rows;
    edit_screen_begin(app, &state->edit, DRAFT_IMPROVEMENT, id != NULL ? *id : 0, base);
    return TRUE;
}

static void improvement_edit_leave(App *app, void *data)
{
    (void)app;
    ImprovementEditState *state = data;
    improvement_free(state->improvement);
    edit_screen_clear(&state->edit);
}

const Screen screen_improvement_edit = {
    .name = "improvement-edit",
    EDIT_SCREEN,
    .title = N_("Improvement work"),
    .state_size = sizeof(ImprovementEditState),
    .enter = improvement_edit_enter,
    .finish = improvement_edit_finish,
    .leave = improvement_edit_leave,
};
