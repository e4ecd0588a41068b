/* cycle_edit.c: a page for a change or a small test of an improvement work, in PDSA's order. */
#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "care/improvement/improvement_rows.h"
#include "care/unit/access.h"
#include "ui/common/day_row.h"
#include "ui/common/edit_screen.h"
#include "ui/common/screens.h"

typedef struct {
    EditScreen edit;
    Cycle *cycle; /* as it was read; a new one has version 0 */
    ChoiceOption kinds[CYCLE_KIND_COUNT], rebase[2];
} CycleEditState;

/* --- rows ------------------------------------------------------------------------------------- */

static ChoiceOption option(const char *key, const char *label, int value)
{
    return (ChoiceOption){g_utf8_get_char(key), label, value};
}

static void build_rows(CycleEditState *state)
{
    Page *page = &state->edit.page;
    state->kinds[CYCLE_CHANGE] =
        option(C_("key of a kind of change", "c"), cycle_kind_name(CYCLE_CHANGE), CYCLE_CHANGE);
    state->kinds[CYCLE_TEST] =
        option(C_("key of a kind of change", "t"), cycle_kind_name(CYCLE_TEST), CYCLE_TEST);
    state->rebase[0] = option(C_("key", "y"), C_("answer", "yes"), TRUE);
    state->rebase[1] = option(C_("key", "n"), C_("answer", "no"), FALSE);
    page_init(page);
    page_choice(page, _("What it is"), NULL, state->kinds, CYCLE_KIND_COUNT, -1);
    page_field(page, C_("improvement", "Name"), _("A few words; they stand on the chart."), "",
               FALSE);
    page_field(page, _("First day"), NULL, "", FALSE);
    page_choice(page, _("Limits begin anew"),
                _("Yes when the way of working has changed for good: the chart counts centre and "
                  "limits anew from that week."),
                state->rebase, 2, -1);
    page_field(page, _("What we predict"), _("Plan: what we believe will happen, and why."), "",
               TRUE);
    page_field(page, _("What happened"), _("Do: what was done, and what was seen."), "", TRUE);
    page_field(page, _("What it taught"), _("Study: how it was beside what we predicted."), "",
               TRUE);
    page_field(page, _("What comes next"),
               _("Act: keep it, change it or leave it, and the next "
                 "test."),
               "", TRUE);
}

static void hint_rows(App *app, void *data)
{
    (void)app;
    CycleEditState *state = data;
    day_row_hint(&state->edit.page, CYCLE_ROW_FROM, _("The first day: 21/11, 2026-02-01."));
}

/* --- saving ----------------------------------------------------------------------------------- */

/* Puts what the page says into the cycle, with a fault on each row that cannot be used. FALSE when
 * there is one. */
static gboolean read_rows(App *app, CycleEditState *state)
{
    const char *faults[CYCLE_ROW_COUNT];
    g_auto(GStrv) values = edit_page_values(&state->edit.page);
    if (cycle_rows_take(values, state->cycle, faults))
        return TRUE;
    return !edit_screen_refuse(app, &state->edit, faults);
}

/* As of an improvement work. */
static void merge(App *app, CycleEditState *state, const char *sentence)
{
    GError *error = NULL;
    Cycle *theirs = cycle_get(app_session(app), state->cycle->id, &error);
    if (theirs == NULL) {
        app_error(app, error);
        return;
    }
    edit_screen_take_in(&state->edit, cycle_rows_values(theirs), theirs->version,
                        _("Saved by the other: %s"));
    cycle_free(state->cycle);
    state->cycle = theirs;
    edit_page_to_fault(&state->edit.page);
    app_say(app, STYLE_NOTICE, "%s", sentence);
}

static void cycle_edit_finish(App *app, void *data)
{
    CycleEditState *state = data;
    GError *error = NULL;
    if (edit_draft_must_answer(app, &state->edit.draft) || !read_rows(app, state))
        return;
    state->cycle->version = state->edit.version;
    if (cycle_save(app_session(app), state->cycle, &error)) {
        edit_screen_over(app, &state->edit);
        app_say(app, STYLE_GOOD, "%s", _("Saved."));
    } else if (g_error_matches(error, DAGSFORM_ERROR, ERROR_CONFLICT)) {
        merge(app, state, error->message);
        g_error_free(error);
    } else {
        app_error(app, error);
    }
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean cycle_edit_enter(App *app, void *data, const void *argument, GError **error)
{
    CycleEditState *state = data;
    const CycleEditArgument *from = argument;
    const gboolean is_new = from->cycle_id == 0;
    if (!access_require(app_session(app), PERMIT_IMPROVE, error))
        return FALSE;
    state->cycle = is_new ? cycle_new(from->improvement_id, clock_today())
                          : cycle_get(app_session(app), from->cycle_id, error);
    if (state->cycle == NULL)
        return FALSE;
    state->edit.version = state->cycle->version;
    build_rows(state);
    char **base = cycle_rows_values(state->cycle);
    edit_screen_fill(&state->edit, base);
    state->edit.days = EDIT_DAY(CYCLE_ROW_FROM);
    state->edit.hint = hint_rows;
    state->edit.page.focus =
        CYCLE_ROW_NAME; /* the kind has an answer, and would take letters for keys */
    edit_screen_begin(app, &state->edit, is_new ? DRAFT_NEW_CYCLE : DRAFT_CYCLE,
                      is_new ? from->improvement_id : from->cycle_id, base);
    return TRUE;
}

static void cycle_edit_leave(App *app, void *data)
{
    (void)app;
    CycleEditState *state = data;
    cycle_free(state->cycle);
    edit_screen_clear(&state->edit);
}

const Screen screen_cycle_edit = {
    .name = "cycle-edit",
    EDIT_SCREEN,
    .title = N_("Change or test"),
    .state_size = sizeof(CycleEditState),
    .enter = cycle_edit_enter,
    .finish = cycle_edit_finish,
    .leave = cycle_edit_leave,
};
