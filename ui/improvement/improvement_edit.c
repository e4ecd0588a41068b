/* improvement_edit.c: a page for an improvement work: a new one, or a change. */
#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "care/improvement/improvement_rows.h"
#include "care/unit/access.h"
#include "ui/common/day_row.h"
#include "ui/common/edit_page.h"

enum { WIDEST = 80 };

typedef struct {
    Improvement *improvement; /* as it was read; a new one has version 0 */
    gint64 version;           /* of the one that the page was filled from */
    Page page;
    EditDraft draft;
} ImprovementEditState;

/* --- rows ------------------------------------------------------------------------------------- */

static void build_rows(ImprovementEditState *state)
{
    Page *page = &state->page;
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

static void hint_rows(ImprovementEditState *state)
{
    day_row_hint(&state->page, IMPROVEMENT_ROW_BEGUN, _("The first day: 21/11, 2026-02-01."));
    day_row_hint(&state->page, IMPROVEMENT_ROW_ENDED, _("Leave it empty while the work goes on."));
}

/* --- saving ----------------------------------------------------------------------------------- */

/* Puts what the page says into the work, with a fault on each row that cannot be used. FALSE when
 * there is one. */
static gboolean read_rows(App *app, ImprovementEditState *state)
{
    const char *faults[IMPROVEMENT_ROW_COUNT];
    g_auto(GStrv) values = edit_page_values(&state->page);
    if (improvement_rows_take(values, state->improvement, faults))
        return TRUE;
    for (int row = 0; row < IMPROVEMENT_ROW_COUNT; row++)
        page_fault(&state->page, row, faults[row]);
    edit_page_must_mend(app, &state->page);
    return FALSE;
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
    char **values = improvement_rows_values(theirs);
    for (int row = 0; row < IMPROVEMENT_ROW_COUNT; row++)
        edit_page_merge(&state->page, row,
                        state->draft.base != NULL ? state->draft.base[row] : NULL, values[row],
                        _("Saved by the other: %s"));
    g_strfreev(state->draft.base);
    state->draft.base = values;
    improvement_free(state->improvement);
    state->improvement = theirs;
    state->version = theirs->version;
    edit_page_to_fault(&state->page);
    app_say(app, STYLE_NOTICE, "%s", sentence);
}

static void improvement_edit_finish(App *app, void *data)
{
    ImprovementEditState *state = data;
    GError *error = NULL;
    const gboolean added = state->version == 0;
    if (edit_draft_must_answer(app, &state->draft) || !read_rows(app, state))
        return;
    state->improvement->version = state->version;
    if (improvement_save(app_session(app), state->improvement, &error)) {
        const gint64 id = state->improvement->id;
        edit_draft_over(app, &state->draft);
        app_pop(app);
        if (!added || app_open(app, SCREEN_IMPROVEMENT, &id))
            app_say(app, STYLE_GOOD, "%s", _("Saved."));
    } else if (g_error_matches(error, DAGSFORM_ERROR, ERROR_CONFLICT)) {
        merge(app, state, error->message);
        g_error_free(error);
    } else {
        app_error(app, error);
    }
}

/* --- keys and drawing ------------------------------------------------------------------------- */

static gboolean improvement_edit_key(App *app, void *data, const Event *event)
{
    ImprovementEditState *state = data;
    Page *page = &state->page;
    const int row = page->focus;
    gboolean taken, done = FALSE;
    if (edit_draft_is_offered(&state->draft)) {
        taken = edit_draft_event(app, &state->draft, page, event, &state->version);
        hint_rows(state);
        return taken;
    }
    taken = page_event(page, event, &done);
    if (taken)
        page_fault(page, row, NULL);
    if ((page->focus != row || done) &&
        (row == IMPROVEMENT_ROW_BEGUN || row == IMPROVEMENT_ROW_ENDED))
        day_row_complete(page, row);
    hint_rows(state);
    if (done)
        improvement_edit_finish(app, state);
    return taken;
}

static void improvement_edit_save(App *app, void *data)
{
    ImprovementEditState *state = data;
    edit_draft_save(app, &state->draft, &state->page, state->version);
}

static gboolean improvement_edit_unsaved(App *app, const void *data)
{
    (void)app;
    ImprovementEditState *state = (ImprovementEditState *)data;
    return edit_draft_is_unsaved(&state->draft, &state->page, state->version);
}

static void improvement_edit_draw(App *app, void *data, Area area)
{
    (void)app;
    ImprovementEditState *state = data;
    Area page = area_columns(area, 0, MIN(area.columns, WIDEST));
    if (edit_draft_is_offered(&state->draft))
        edit_draft_draw(&state->draft, page);
    else
        page_draw(&state->page, page);
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
    state->version = state->improvement->version;
    build_rows(state);
    char **base = improvement_rows_values(state->improvement);
    for (int row = 0; row < IMPROVEMENT_ROW_COUNT; row++)
        edit_page_set_value(&state->page, row, base[row]);
    hint_rows(state);
    edit_draft_begin(app, &state->draft, &state->page, DRAFT_IMPROVEMENT, id != NULL ? *id : 0,
                     state->version, base);
    return TRUE;
}

static void improvement_edit_leave(App *app, void *data)
{
    (void)app;
    ImprovementEditState *state = data;
    improvement_free(state->improvement);
    page_clear(&state->page);
    edit_draft_clear(&state->draft);
}

const Screen screen_improvement_edit = {
    .name = "improvement-edit",
    .place = IN_EDIT,
    .title = N_("Improvement work"),
    .state_size = sizeof(ImprovementEditState),
    .enter = improvement_edit_enter,
    .draw = improvement_edit_draw,
    .key = improvement_edit_key,
    .finish = improvement_edit_finish,
    .save = improvement_edit_save,
    .unsaved = improvement_edit_unsaved,
    .leave = improvement_edit_leave,
};
