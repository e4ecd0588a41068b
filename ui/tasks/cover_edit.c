/* cover_edit.c: a page for a colleague who is away and whoever covers, or for a change of that; and
 * which of several. */
#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "care/unit/access.h"
#include "care/unit/cover_rows.h"
#include "care/unit/pick.h"
#include "ui/common/choose.h"
#include "ui/common/day_row.h"
#include "ui/common/edit_screen.h"
#include "ui/common/shared.h"

typedef struct {
    gint64 id;       /* 0: a new one, and then: */
    gint64 staff_id; /* who is away; 0: not known */
    Date from;
} CoverEditArgument;

typedef struct {
    EditScreen edit;
    Cover *cover;
    GPtrArray *staff; /* PickOption * */
} CoverEditState;

/* --- rows ------------------------------------------------------------------------------------- */

static void hint_rows(App *app, void *data)
{
    (void)app;
    CoverEditState *state = data;
    Page *page = &state->edit.page;
    for (int row = COVER_ROW_STAFF; row <= COVER_ROW_COVER; row++) {
        const char *typed = page_text(page, row);
        g_autofree char *hint = typed[0] != '\0' ? pick_hint(state->staff, typed) : NULL;
        edit_page_hint(page, row, hint != NULL ? hint : _("The beginning of a name."));
    }
    day_row_hint(page, COVER_ROW_TO, _("The last day away: 21/11, fri, +2w."));
    day_row_hint(page, COVER_ROW_FROM, _("The first day away: 21/11, tomorrow."));
}

static void build_rows(CoverEditState *state, char *const *values)
{
    Page *page = &state->edit.page;
    page_init(page);
    page_field(page, C_("cover", "Who is away"), NULL, "", FALSE);
    page_field(page, C_("cover", "Who covers"), NULL, "", FALSE);
    page_field(page, C_("cover", "Last day"), NULL, "", FALSE);
    page_field(page, C_("cover", "First day"), NULL, "", FALSE);
    page_field(page, C_("cover", "A word"),
               _("What whoever covers should know: without clients’ names. May be left empty."), "",
               TRUE);
    edit_screen_fill(&state->edit, values);
    page->focus = state->cover->id != 0         ? COVER_ROW_TO
                  : state->cover->staff_id != 0 ? COVER_ROW_COVER
                                                : COVER_ROW_STAFF;
}

/* --- saving ----------------------------------------------------------------------------------- */

static gboolean read_rows(App *app, CoverEditState *state)
{
    const char *faults[COVER_ROW_COUNT];
    g_auto(GStrv) values = edit_page_values(&state->edit.page);
    if (cover_rows_take(state->staff, values, state->cover, faults))
        return TRUE;
    return !edit_screen_refuse(app, &state->edit, faults);
}

static void take_in_theirs(App *app, CoverEditState *state)
{
    g_autoptr(Cover) theirs = cover_get(app_session(app), state->cover->id, NULL);
    if (theirs != NULL)
        edit_screen_take_in(&state->edit, cover_rows_values(theirs), theirs->version,
                            _("A colleague has written: %s"));
}

static void cover_edit_finish(App *app, void *data)
{
    CoverEditState *state = data;
    CoverDone done = {0};
    GError *error = NULL;
    if (edit_draft_must_answer(app, &state->edit.draft) || !read_rows(app, state))
        return;
    const gboolean is_new = state->cover->id == 0 || state->edit.draft.base == NULL;
    if (!is_new)
        state->cover->version = state->edit.version;
    if (!(is_new ? cover_add(app_session(app), state->cover, &done, &error)
                 : cover_change(app_session(app), state->cover, &done, &error))) {
        if (g_error_matches(error, DAGSFORM_ERROR, ERROR_CONFLICT))
            take_in_theirs(app, state);
        app_error(app, error);
        return;
    }
    g_autofree char *what = cover_words_done(state->cover, &done);
    edit_screen_over(app, &state->edit);
    app_say(app, STYLE_GOOD, "%s", what);
}

/* --- the screen ------------------------------------------------------------------------------- */

static Cover *cover_to_edit(Session *session, CoverEditState *state, const CoverEditArgument *from,
                            GError **error)
{
    if (from->id != 0)
        return cover_get(session, from->id, error);
    Cover *cover = cover_new();
    const char *name = pick_name(state->staff, from->staff_id);
    cover->staff_id = name[0] != '\0' ? from->staff_id : 0;
    cover->staff_name = g_strdup(name);
    cover->from = cover->to = from->from;
    return cover;
}

static gboolean cover_edit_enter(App *app, void *data, const void *argument, GError **error)
{
    CoverEditState *state = data;
    const CoverEditArgument *from = argument;
    const gboolean is_new = from->id == 0;
    if (!access_require(app_session(app), PERMIT_VISIT_RECORD, error) ||
        (state->staff = pick_staff(app_session(app), error)) == NULL ||
        (state->cover = cover_to_edit(app_session(app), state, from, error)) == NULL)
        return FALSE;
    char **values = cover_rows_values(state->cover);
    build_rows(state, values);
    state->edit.replaces = TRUE;
    state->edit.days = EDIT_DAY(COVER_ROW_TO) | EDIT_DAY(COVER_ROW_FROM);
    state->edit.hint = hint_rows;
    state->edit.version = state->cover->version;
    if (is_new)
        g_clear_pointer(&values, g_strfreev);
    edit_screen_begin(app, &state->edit, is_new ? DRAFT_COVER : DRAFT_COVER_CHANGE, from->id,
                      values);
    return TRUE;
}

static void cover_edit_leave(App *app, void *data)
{
    (void)app;
    CoverEditState *state = data;
    cover_free(state->cover);
    g_clear_pointer(&state->staff, g_ptr_array_unref);
    edit_screen_clear(&state->edit);
}

static const Screen screen_cover_edit = {
    .name = "cover-edit",
    EDIT_SCREEN,
    .title = N_("A colleague away"),
    .state_size = sizeof(CoverEditState),
    .enter = cover_edit_enter,
    .finish = cover_edit_finish,
    .leave = cover_edit_leave,
};

/* --- which one -------------------------------------------------------------------------------- */

/* From the visit that the cursor is on: whose it is, and its day. Else a support worker speaks of
 * themselves. */
static void push_new(App *app)
{
    const Subject at_hand = app_subject(app);
    const Visit *visit = at_hand.kind == SUBJECT_VISIT ? at_hand.row : NULL;
    CoverEditArgument argument = {.from = clock_today()};
    if (visit != NULL && cover_may_set(app_session(app), visit->staff_id)) {
        argument.staff_id = visit->staff_id;
        argument.from = MAX(visit->date, clock_today());
    } else if (!cover_may_set(app_session(app), 0)) {
        argument.staff_id = session_staff_id(app_session(app));
    }
    app_push(app, &screen_cover_edit, &argument);
}

/* What is chosen: a new one, a cover's id to change it, or below zero: the colleague is back. */
static void chosen(App *app, gint64 id, gint64 unused)
{
    (void)unused;
    GError *error = NULL;
    if (id == 0)
        push_new(app);
    else if (id > 0)
        app_push(app, &screen_cover_edit, &(CoverEditArgument){.id = id});
    else if (!cover_end(app_session(app), -id, &error))
        app_error(app, error);
    if (id >= 0 || error != NULL)
        return;
    shared_resume_top(app);
    app_say(app, STYLE_GOOD,
            _("Nobody covers from today on: the visits and tasks are the "
              "colleague’s alone again."));
}

void on_cover(App *app, void *unused)
{
    (void)unused;
    GError *error = NULL;
    g_autoptr(GPtrArray) all = cover_list(app_session(app), &error);
    if (all == NULL) {
        app_error(app, error);
        return;
    }
    if (all->len == 0) {
        push_new(app);
        return;
    }
    Choose *choose = choose_new(_("Who is away?"), chosen, 0);
    choose_add(choose, 0, _("Somebody else, or on other days"));
    for (guint i = 0; i < all->len; i++) {
        const Cover *cover = all->pdata[i];
        g_autofree char *words = cover_words(cover);
        g_autofree char *change = g_strdup_printf(_("Change: %s"), words);
        g_autofree char *back = g_strdup_printf(_("%s is back: %s"), cover->staff_name, words);
        choose_add(choose, cover->id, change);
        choose_add(choose, -cover->id, back);
    }
    choose_ask(app, choose);
}
