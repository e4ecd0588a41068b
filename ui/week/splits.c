/* splits.c: the visits of some weeks split every way: causes by week, what was offered instead, who
 * and when, and each group beside the rest. Each row opens the visits behind it. */
#include "ui/week/splits.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/week_words.h"
#include "care/client/group.h"
#include "exchange/breakdown_words.h"
#include "ui/common/choose.h"
#include "ui/common/dialog.h"
#include "ui/common/rows.h"
#include "ui/common/shared.h"
#include "ui/common/words.h"
#include "ui/week/line.h"
#include "ui/week/week_draw.h"

#define WEEK_DAYS 7

/* How many weeks are shown: at first, and one after the other. */
static const int PERIODS[] = {4, 13, 26, 52, 1};

/* --- fetching --------------------------------------------------------------------------------- */

/* Shows `choice`. On failure everything stays as it was; the cursor stays on its value where that
 * is still there, and begins anew in another view. */
static gboolean fetch(SplitsState *state, const SplitsChoice *choice, GError **error)
{
    g_autoptr(SplitsData) data = splits_data_new(app_session(state->app), choice, error);
    if (data == NULL)
        return FALSE;
    const gboolean anew = state->data == NULL || state->data->choice.view != choice->view;
    SplitsData *before = state->data; /* the rows shown are of it until there are others */
    state->data = g_steal_pointer(&data);
    const gboolean shown =
        rows_replace(state->list, &state->rows, splits_rows(state->data), error) &&
        (!anew || list_restart(state->list, error));
    splits_data_free(before);
    return shown;
}

static void show(App *app, SplitsState *state, SplitsChoice choice)
{
    GError *error = NULL;
    if (!fetch(state, &choice, &error))
        app_error(app, error);
}

static GPtrArray *fetch_rows(void *data, gconstpointer after, int limit, GError **error)
{
    (void)error;
    return rows_after(((SplitsState *)data)->rows, after, limit);
}

static gboolean same(gconstpointer left, gconstpointer right)
{
    const SplitsRow *a = left, *b = right;
    return a->split == b->split && a->heading == b->heading &&
           (a->group != NULL ? a->group->id : 0) == (b->group != NULL ? b->group->id : 0) &&
           g_strcmp0(a->value, b->value) == 0;
}

static const ListClass LIST = {.fetch = fetch_rows, .draw = splits_draw_row, .same = same};

static gboolean splits_enter(App *app, void *data, const void *argument, GError **error)
{
    SplitsState *state = data;
    state->app = app;
    state->list = list_new(&LIST, state);
    return fetch(state, argument, error);
}

static void splits_resume(App *app, void *data)
{
    SplitsState *state = data;
    show(app, state, state->data->choice);
}

static void splits_leave(App *app, void *data)
{
    SplitsState *state = data;
    (void)app;
    list_free(state->list);
    g_clear_pointer(&state->rows, g_ptr_array_unref);
    splits_data_free(state->data);
}

const Screen screen_splits = {
    .name = "splits",
    .place = IN_SPLITS,
    .title = N_("The week, split"),
    .state_size = sizeof(SplitsState),
    .enter = splits_enter,
    .resume = splits_resume,
    .draw = splits_draw,
    .list = offsetof(SplitsState, list),
    .leave = splits_leave,
};

/* The same of another place, for its rows are groups. */
const Screen screen_groups = {
    .name = "groups",
    .place = IN_GROUPS,
    .title = N_("Groups"),
    .state_size = sizeof(SplitsState),
    .enter = splits_enter,
    .resume = splits_resume,
    .draw = splits_draw,
    .list = offsetof(SplitsState, list),
    .leave = splits_leave,
};

/* --- from view to view ------------------------------------------------------------------------ */

static ScreenId screen_of(SplitsView view)
{
    return view == VIEW_LINE ? SCREEN_LINE : view == VIEW_GROUPS ? SCREEN_GROUPS : SCREEN_SPLITS;
}

/* What the shown way of looking at the week has chosen; of the week's review itself the weeks that
 * end with the one shown there. */
static SplitsChoice chosen(App *app, const void *data)
{
    if (app_shows(app, SCREEN_LINE))
        return *line_choice(data);
    if (!app_shows(app, SCREEN_WEEK))
        return ((const SplitsState *)data)->data->choice;
    const Week last = week_review_last(((const WeekState *)data)->review)->week;
    return (SplitsChoice){.from = week_add(last, 1 - PERIODS[0]), .to = last};
}

/* All stand beside each other: whichever one comes from, the same lies under it. */
static void look(App *app, void *data, SplitsView view)
{
    SplitsChoice choice = chosen(app, data);
    const gboolean again = choice.view == view;
    choice.view = view;
    if (app_shows(app, screen_of(view))) {
        if (again)
            app_say(app, STYLE_QUIET, "%s", _("Fetched anew."));
        show(app, data, choice);
        return;
    }
    if (!app_shows(app, SCREEN_WEEK))
        app_pop(app);
    app_open(app, screen_of(view), &choice);
}

void on_splits_causes(App *app, void *state)
{
    look(app, state, VIEW_CAUSES);
}

void on_splits_instead(App *app, void *state)
{
    look(app, state, VIEW_INSTEAD);
}

void on_splits_who(App *app, void *state)
{
    look(app, state, VIEW_WHO);
}

void on_splits_groups(App *app, void *state)
{
    look(app, state, VIEW_GROUPS);
}

void on_splits_line(App *app, void *state)
{
    look(app, state, VIEW_LINE);
}

/* --- which weeks, and whose ------------------------------------------------------------------- */

static int weeks_of(const SplitsChoice *choice)
{
    return week_between(choice->from, choice->to) + 1;
}

/* Whether they, and as many before them, can be typed. */
static gboolean in_calendar(const SplitsChoice *choice)
{
    return week_can_be_typed(week_add(choice->from, -weeks_of(choice))) && week_can_be_typed(choice->to);
}

static void show_weeks(App *app, SplitsState *state, SplitsChoice choice)
{
    if (in_calendar(&choice))
        show(app, state, choice);
}

static void step(App *app, SplitsState *state, int direction)
{
    SplitsChoice choice = state->data->choice;
    const int weeks = direction * weeks_of(&choice);
    choice.from = week_add(choice.from, weeks);
    choice.to = week_add(choice.to, weeks);
    show_weeks(app, state, choice);
}

void on_splits_before(App *app, void *state)
{
    step(app, state, -1);
}

void on_splits_after(App *app, void *state)
{
    step(app, state, 1);
}

void on_splits_period(App *app, void *data)
{
    SplitsState *state = data;
    SplitsChoice choice = state->data->choice;
    gsize at = 0;
    while (at < G_N_ELEMENTS(PERIODS) && PERIODS[at] != weeks_of(&choice))
        at++;
    choice.from = week_add(
        choice.to, 1 - PERIODS[at < G_N_ELEMENTS(PERIODS) ? (at + 1) % G_N_ELEMENTS(PERIODS) : 0]);
    show_weeks(app, state, choice);
}

static void ask_weeks(App *app, gboolean beside, const char *initial);

static void weeks_typed(App *app, gboolean yes, const char *text, gpointer data)
{
    const gboolean beside = GPOINTER_TO_INT(data);
    Week from, to;
    if (!yes)
        return;
    SplitsState *state = app_top_state(app);
    SplitsChoice choice = state->data->choice;
    if (!weeks_parse_words(text, clock_today(), &from, &to) ||
        !in_calendar(&(SplitsChoice){.from = from, .to = to})) {
        ask_weeks(app, beside, text);
        app_say(app, STYLE_NOTICE, "%s",
                _("That was not understood as weeks. Type for instance v40-v47, v45 or 2026-W45."));
        return;
    }
    if (beside) {
        choice.beside = BESIDE_WEEKS;
        choice.other_from = from;
        choice.other_to = to;
    } else {
        choice.from = from;
        choice.to = to;
    }
    show(app, state, choice);
}

static void ask_weeks(App *app, gboolean beside, const char *initial)
{
    dialog_prompt(app,
                  beside ? _("Which weeks shall stand beside? Type for instance v30-v37.")
                         : _("Which weeks? Type for instance v40-v47, v45 or 2026-W45."),
                  initial, weeks_typed, GINT_TO_POINTER(beside));
}

void on_splits_weeks(App *app, void *state)
{
    (void)state;
    ask_weeks(app, FALSE, "");
}

static void beside_chosen(App *app, gint64 beside, gint64 unused)
{
    (void)unused;
    SplitsState *state = app_top_state(app);
    SplitsChoice choice = state->data->choice;
    if (beside == BESIDE_WEEKS) {
        ask_weeks(app, TRUE, "");
        return;
    }
    choice.beside = (Beside)beside;
    show(app, state, choice);
}

void on_splits_beside(App *app, void *data)
{
    const SplitsState *state = data;
    Choose *choose = choose_new(_("What shall stand beside?"), beside_chosen, 0);
    choose_add(choose, BESIDE_BEFORE, _("As many weeks before"));
    choose_add(choose, BESIDE_WEEKS, _("Other weeks, which I type"));
    if (state->data->choice.group_id != 0)
        choose_add(choose, BESIDE_REST, _("The rest of the unit in the same weeks"));
    choose_ask(app, choose);
}

static void group_chosen(App *app, gint64 group_id, gint64 unused)
{
    (void)unused;
    SplitsState *state = app_top_state(app);
    SplitsChoice choice = state->data->choice;
    choice.group_id = group_id;
    choice.beside = group_id != 0 ? BESIDE_REST : BESIDE_BEFORE;
    show(app, state, choice);
}

void on_splits_whose(App *app, void *data)
{
    (void)data;
    GError *error = NULL;
    g_autoptr(GPtrArray) groups = group_list(app_session(app), &error);
    if (groups == NULL) {
        app_error(app, error);
        return;
    }
    Choose *choose = choose_new(_("Whose visits?"), group_chosen, 0);
    choose_add(choose, 0, _("The whole unit's"));
    for (guint i = 0; i < groups->len; i++) {
        const Group *group = groups->pdata[i];
        choose_add(choose, group->id, group->name);
    }
    choose_ask(app, choose);
}

/* --- the visits behind a row ------------------------------------------------------------------ */

static void open_visits(App *app, const SplitsRow *row, SplitPart part)
{
    const BreakdownQuery *query = &row->of->query;
    app_open(app, SCREEN_VISITS,
             &(VisitsArgument){.from = week_monday(query->from),
                               .to = week_monday(query->to) + WEEK_DAYS - 1,
                               .outcome = VISITS_SPLIT,
                               .split = row->split,
                               .value = row->value != NULL ? row->value : "",
                               .part = part,
                               .group_id = query->group_id});
}

static void part_chosen(App *app, gint64 part, gint64 unused)
{
    (void)unused;
    const SplitsState *state = app_top_state(app);
    const SplitsRow *row = list_selected(state->list);
    if (row != NULL && row->now != NULL)
        open_visits(app, row, (SplitPart)part);
}

/* The figures of the row that have visits behind them: one opens at once, of several one is
 * chosen. */
static void open_parts(App *app, SplitsView view, const SplitsRow *row)
{
    const SplitCounts *now = row->now;
    const gboolean causes = view == VIEW_CAUSES || split_is_behind(row->split),
                   instead = view == VIEW_INSTEAD;
    const gint64 counts[PART_COUNT] = {
        [PART_MISSED] = causes || instead ? 0 : now->missed,
        [PART_BEHIND] = causes && !instead ? now->behind : 0,
        [PART_CHANGED] = instead ? now->missed + now->otherwise : 0,
        [PART_OFFERED] = instead ? now->offered : 0,
        [PART_TAKEN] = instead ? now->taken : 0,
        [PART_TOOK_PLACE] = instead ? now->took_place : 0,
        [PART_REBOOKED] = instead ? now->rebooked : 0,
    };
    Choose *choose = choose_new(_("Which visits?"), part_chosen, 0);
    SplitPart only = PART_ALL;
    int found = 0;
    for (SplitPart part = PART_MISSED; part < PART_COUNT; part++) {
        if (counts[part] == 0)
            continue;
        g_autofree char *text =
            g_strdup_printf("%s: %d", breakdown_words_part(part), (int)counts[part]);
        choose_add(choose, part, text);
        only = part;
        found++;
    }
    if (found > 1) {
        choose_ask(app, choose);
        return;
    }
    choose_free(choose);
    if (found == 1)
        open_visits(app, row, only);
    else
        app_say(app, STYLE_QUIET, "%s", _("There are no such visits in these weeks."));
}

void on_splits_open(App *app, void *data)
{
    const SplitsState *state = data;
    const SplitsRow *row = list_selected(state->list);
    if (row == NULL || row->heading)
        app_say(app, STYLE_QUIET, "%s",
                _("Go to a row with a figure: Enter shows the visits behind it."));
    else if (row->now == NULL)
        app_say(app, STYLE_QUIET, "%s",
                _("The visits are not shown, since they would tell of few persons."));
    else
        open_parts(app, state->data->choice.view, row);
}

/* --- groups ----------------------------------------------------------------------------------- */

/* 0 after saying so where the cursor is on none. */
static gint64 chosen_group(App *app, const SplitsState *state)
{
    const SplitsRow *row = list_selected(state->list);
    if (row == NULL || row->group == NULL) {
        app_say(app, STYLE_QUIET, "%s", _("There is no group here."));
        return 0;
    }
    return row->group->id;
}

void on_group_new(App *app, void *state)
{
    (void)state;
    app_open(app, SCREEN_GROUP_EDIT, NULL);
}

void on_group_change(App *app, void *state)
{
    const gint64 id = chosen_group(app, state);
    if (id != 0)
        app_open(app, SCREEN_GROUP_EDIT, &id);
}

void on_group_members(App *app, void *state)
{
    const gint64 id = chosen_group(app, state);
    if (id != 0)
        app_open(app, SCREEN_GROUP, &id);
}
