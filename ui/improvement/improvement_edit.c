/* improvement_edit.c: a page for an improvement work: a new one, or a change. */
#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/improvement/improvement.h"
#include "care/unit/access.h"
#include "ui/common/day_row.h"
#include "ui/common/edit_page.h"

#include <math.h>

enum { ROW_NAME, ROW_AIM, ROW_MEASURE, ROW_TARGET, ROW_BEGUN, ROW_ENDED, ROW_COUNT };
enum { WIDEST = 80 };

typedef struct {
    Improvement *improvement; /* as it was read; a new one has version 0 */
    gint64 version;           /* of the one that the page was filled from */
    Page page;
    EditDraft draft;
} ImprovementEditState;

/* --- rows ------------------------------------------------------------------------------------- */

static char *target_text(const Improvement *improvement)
{
    if (improvement->target == IMPROVEMENT_NO_TARGET)
        return g_strdup("");
    return text_number(improvement->target / 10.0, improvement->target % 10 != 0);
}

/* FALSE when what is typed is no share. */
static gboolean parse_target(const char *text, int *target)
{
    g_autofree char *number = g_strdelimit(g_strdup(text), "%", ' ');
    double value;
    g_strstrip(number);
    *target = IMPROVEMENT_NO_TARGET;
    if (number[0] == '\0')
        return TRUE;
    if (!text_parse_number(number, &value) || !(value >= 0 && value <= 100))
        return FALSE;
    *target = (int)lround(value * 10);
    return TRUE;
}

static char *row_value(const Improvement *improvement, int row)
{
    char date[DATE_SIZE];
    switch (row) {
    case ROW_NAME:
        return g_strdup(improvement->name != NULL ? improvement->name : "");
    case ROW_AIM:
        return g_strdup(improvement->aim != NULL ? improvement->aim : "");
    case ROW_MEASURE:
        return g_strdup(improvement->measure != NULL ? improvement->measure : "");
    case ROW_TARGET:
        return target_text(improvement);
    default:
        return g_strdup(
            date_format(row == ROW_BEGUN ? improvement->begun_on : improvement->ended_on, date));
    }
}

static char **row_values(const Improvement *improvement)
{
    char **values = g_new0(char *, ROW_COUNT + 1);
    for (int row = 0; row < ROW_COUNT; row++)
        values[row] = row_value(improvement, row);
    return values;
}

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
    day_row_hint(&state->page, ROW_BEGUN, _("The first day: 21/11, 2026-02-01."));
    day_row_hint(&state->page, ROW_ENDED, _("Leave it empty while the work goes on."));
}

/* --- saving ----------------------------------------------------------------------------------- */

static void take_text(Page *page, int row, char **text)
{
    g_free(*text);
    *text = g_strdup(page_text(page, row));
}

/* Puts what the page says into the work, with a fault on each row that cannot be used. FALSE when
 * there is one. */
static gboolean read_rows(App *app, ImprovementEditState *state)
{
    Page *page = &state->page;
    Improvement *improvement = state->improvement;
    edit_page_clear_faults(page);
    take_text(page, ROW_NAME, &improvement->name);
    take_text(page, ROW_AIM, &improvement->aim);
    take_text(page, ROW_MEASURE, &improvement->measure);
    improvement->begun_on = day_row(page, ROW_BEGUN);
    improvement->ended_on = day_row(page, ROW_ENDED);
    g_strstrip(improvement->name);
    if (improvement->name[0] == '\0')
        page_fault(page, ROW_NAME, _("Give it a name."));
    if (!parse_target(page_text(page, ROW_TARGET), &improvement->target))
        page_fault(page, ROW_TARGET, _("A number from 0 to 100, or nothing."));
    if (improvement->begun_on == DATE_NONE)
        page_fault(page, ROW_BEGUN, _("Which day did it begin? 21/11, 2026-02-01."));
    if (improvement->ended_on == DATE_NONE && page_text(page, ROW_ENDED)[0] != '\0')
        page_fault(page, ROW_ENDED, _("Write the day as 21/11 or 2026-10-31, or leave it empty."));
    return !edit_page_must_mend(app, page);
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
    char **values = row_values(theirs);
    for (int row = 0; row < ROW_COUNT; row++)
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
    if ((page->focus != row || done) && (row == ROW_BEGUN || row == ROW_ENDED))
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
    char **base = row_values(state->improvement);
    for (int row = 0; row < ROW_COUNT; row++)
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
