/* improvements.c: the unit's improvement work, the latest begun first. */
#include "base/i18n.h"
#include "ui/app.h"
#include "ui/common/read_on.h"
#include "ui/common/rows.h"
#include "ui/common/shared.h"
#include "ui/improvement/improvement_words.h"
#include "ui/widgets/list.h"

enum {
    DAYS_COLUMNS = 23,
    GAP = 2,
    MARK_COLUMNS = 2, /* list.c's */
    DETAIL_ROWS = 8,
};

typedef struct {
    App *app;
    GPtrArray *all; /* Improvement *: the rows of the list */
    List *list;
} ImprovementsState;

static gboolean reload(ImprovementsState *state, GError **error)
{
    return rows_replace(state->list, &state->all, improvement_list(app_session(state->app), error),
                        error);
}

/* --- drawing ---------------------------------------------------------------------------------- */

static void draw_cells(Area line, Style style, const char *days, const char *name)
{
    draw_cell(line, 0, 0, DAYS_COLUMNS, style, FALSE, days);
    draw_cell(line, 0, DAYS_COLUMNS + GAP, line.columns - DAYS_COLUMNS - GAP, style, FALSE, name);
}

static void draw_line(void *data, gconstpointer row, Area area, gboolean selected)
{
    (void)data;
    const Improvement *improvement = row;
    g_autofree char *days = improvement_words_days(improvement);
    draw_cells(area, selected ? STYLE_SELECTED : STYLE_NORMAL, days, improvement->name);
}

static GPtrArray *fetch(void *data, gconstpointer after, int limit, GError **error)
{
    (void)error;
    return rows_after(((ImprovementsState *)data)->all, after, limit);
}

static gboolean same(gconstpointer a, gconstpointer b)
{
    return ((const Improvement *)a)->id == ((const Improvement *)b)->id;
}

static const ListClass LIST = {.fetch = fetch, .draw = draw_line, .same = same};

static void draw_detail(App *app, const Improvement *improvement, Area area)
{
    if (improvement == NULL || area.rows <= 0)
        return;
    g_autoptr(Detail) detail = detail_new();
    detail_add_strong(detail, g_strdup(improvement->name));
    detail_add(detail, _("What we want to achieve"), g_strdup(improvement->aim));
    detail_add(detail, _("How we shall know"), g_strdup(improvement->measure));
    detail_add(detail, _("Target"), improvement_words_target(improvement));
    read_on_detail(app, detail, area);
}

static void improvements_draw(App *app, void *data, Area area)
{
    ImprovementsState *state = data;
    char key[KEY_NAME_SIZE];
    Area list = area, detail = area_rows(area, 0, 0);
    shared_key(app, ACTION_IMPROVEMENT_NEW, key);
    g_autofree char *none =
        g_strdup_printf(_("There is no improvement work yet. %s begins one."), key);
    if (!list_is_empty(state->list)) {
        detail_split(area, DETAIL_ROWS, &list, &detail);
        draw_cells(area_columns(area_rows(list, 0, 1), MARK_COLUMNS, -1), STYLE_QUIET,
                   C_("column of improvement work", "Days"),
                   C_("column of improvement work", "Name"));
        list = area_rows(list, 1, -1);
    }
    list_draw(state->list, list, TRUE, none);
    draw_detail(app, list_selected(state->list), detail);
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean improvements_enter(App *app, void *data, const void *argument, GError **error)
{
    (void)argument;
    ImprovementsState *state = data;
    state->app = app;
    state->list = list_new(&LIST, state);
    return reload(state, error);
}

static void improvements_resume(App *app, void *data)
{
    GError *error = NULL;
    if (!reload(data, &error))
        app_error(app, error);
}

static void improvements_leave(App *app, void *data)
{
    (void)app;
    ImprovementsState *state = data;
    list_free(state->list);
    g_clear_pointer(&state->all, g_ptr_array_unref);
}

const Screen screen_improvements = {
    .name = "improvements",
    .place = IN_IMPROVEMENTS,
    .title = N_("Improvement work"),
    .state_size = sizeof(ImprovementsState),
    .enter = improvements_enter,
    .resume = improvements_resume,
    .draw = improvements_draw,
    .list = offsetof(ImprovementsState, list),
    .leave = improvements_leave,
};

void on_improvement_open(App *app, void *data)
{
    const Improvement *improvement = list_selected(((ImprovementsState *)data)->list);
    if (improvement == NULL)
        app_say(app, STYLE_QUIET, _("There is no improvement work here."));
    else
        app_open(app, SCREEN_IMPROVEMENT, &(gint64){improvement->id});
}

void on_improvement_new(App *app, void *state)
{
    (void)state;
    app_open(app, SCREEN_IMPROVEMENT_EDIT, NULL);
}
