/* improvement.c: one improvement work, and its changes and small tests in the order they began. */
#include "base/apart.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "exchange/meeting_pdf.h"
#include "ui/app.h"
#include "ui/common/dialog.h"
#include "ui/common/export_ask.h"
#include "ui/common/read_on.h"
#include "ui/common/rows.h"
#include "ui/common/screens.h"
#include "ui/common/shared.h"
#include "ui/improvement/improvement_words.h"
#include "ui/widgets/list.h"

enum {
    DAY_COLUMNS = 10,
    KIND_COLUMNS = 16,
    GAP = 2,
    MARK_COLUMNS = 2, /* list.c's */
    DETAIL_ROWS = 10,
    HEAD_SHARE = 3, /* of the rows, at most */
};

typedef struct {
    App *app;
    gint64 id;
    Improvement *improvement;
    GPtrArray *cycles; /* Cycle *: the rows of the list */
    List *list;
} ImprovementState;

static gboolean reload(ImprovementState *state, GError **error)
{
    Improvement *improvement = improvement_get(app_session(state->app), state->id, error);
    if (improvement == NULL)
        return FALSE;
    improvement_free(state->improvement);
    state->improvement = improvement;
    return rows_replace(state->list, &state->cycles,
                        cycle_list(app_session(state->app), state->id, error), error);
}

/* --- drawing ---------------------------------------------------------------------------------- */

static void draw_cells(Area line, Style style, const char *day, const char *kind, const char *name)
{
    const int left = DAY_COLUMNS + KIND_COLUMNS + 2 * GAP;
    draw_cell(line, 0, 0, DAY_COLUMNS, style, FALSE, day);
    draw_cell(line, 0, DAY_COLUMNS + GAP, KIND_COLUMNS, style, FALSE, kind);
    draw_cell(line, 0, left, line.columns - left, style, FALSE, name);
}

static void draw_cycle(void *data, gconstpointer row, Area area, gboolean selected)
{
    (void)data;
    const Cycle *cycle = row;
    char day[DATE_SIZE];
    draw_cells(area, selected ? STYLE_SELECTED : STYLE_NORMAL, date_format(cycle->from, day),
               cycle_kind_name(cycle->kind), cycle->name);
}

static GPtrArray *fetch(void *data, gconstpointer after, int limit, GError **error)
{
    (void)error;
    return rows_after(((ImprovementState *)data)->cycles, after, limit);
}

static gboolean same(gconstpointer a, gconstpointer b)
{
    return ((const Cycle *)a)->id == ((const Cycle *)b)->id;
}

static const ListClass LIST = {.fetch = fetch, .draw = draw_cycle, .same = same};

/* The rows it took. */
static int draw_head(const Improvement *improvement, Area area)
{
    g_autoptr(Detail) detail = detail_new();
    g_autofree char *days = improvement_words_days(improvement);
    detail_add_strong(detail, g_strdup_printf("%s  %s", improvement->name, days));
    detail_add(detail, _("What we want to achieve"), g_strdup(improvement->aim));
    detail_add(detail, _("How we shall know"), g_strdup(improvement->measure));
    detail_add(detail, _("Target"), improvement_words_target(improvement));
    detail_draw(detail, area);
    return area.rows;
}

static void draw_detail(App *app, const Cycle *cycle, Area area)
{
    if (cycle == NULL || area.rows <= 0)
        return;
    g_autoptr(Detail) detail = detail_new();
    detail_add_strong(detail, g_strdup(cycle->name));
    detail_add(detail, _("What it is"), improvement_words_kind(cycle));
    detail_add(detail, _("What we predict"), g_strdup(cycle->prediction));
    detail_add(detail, _("What happened"), g_strdup(cycle->happened));
    detail_add(detail, _("What it taught"), g_strdup(cycle->learned));
    detail_add(detail, _("What comes next"), g_strdup(cycle->next));
    read_on_detail(app, detail, area);
}

static void improvement_draw(App *app, void *data, Area area)
{
    ImprovementState *state = data;
    char key[KEY_NAME_SIZE];
    const int head = draw_head(state->improvement, area_rows(area, 0, area.rows / HEAD_SHARE));
    Area body = area_rows(area, head, -1), list = body, detail = area_rows(area, 0, 0);
    shared_key(app, ACTION_CYCLE_NEW, key);
    g_autofree char *none =
        g_strdup_printf(_("No change or test is noted yet. %s adds the first."), key);
    if (!list_is_empty(state->list)) {
        detail_split(body, DETAIL_ROWS, &list, &detail);
        draw_cells(area_columns(area_rows(list, 0, 1), MARK_COLUMNS, -1), STYLE_QUIET,
                   C_("column of changes", "From"), C_("column of changes", "Kind"),
                   C_("column of changes", "Name"));
        list = area_rows(list, 1, -1);
    }
    list_draw(state->list, list, TRUE, none);
    draw_detail(app, list_selected(state->list), detail);
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean improvement_enter(App *app, void *data, const void *argument, GError **error)
{
    ImprovementState *state = data;
    state->app = app;
    state->id = *(const gint64 *)argument;
    state->list = list_new(&LIST, state);
    return reload(state, error);
}

static void improvement_resume(App *app, void *data)
{
    GError *error = NULL;
    if (!reload(data, &error))
        app_error(app, error);
}

static void improvement_leave(App *app, void *data)
{
    (void)app;
    ImprovementState *state = data;
    list_free(state->list);
    improvement_free(state->improvement);
    g_clear_pointer(&state->cycles, g_ptr_array_unref);
}

const Screen screen_improvement = {
    .name = "improvement",
    .place = IN_IMPROVEMENT,
    .title = N_("Improvement work"),
    .state_size = sizeof(ImprovementState),
    .enter = improvement_enter,
    .resume = improvement_resume,
    .draw = improvement_draw,
    .list = offsetof(ImprovementState, list),
    .leave = improvement_leave,
};

/* Who does not write it reads it, also where no pane beside the list has room for it. */
static void tell_cycle(App *app, const Cycle *cycle)
{
    const struct {
        const char *label, *text;
    } parts[] = {{_("What we predict"), cycle->prediction},
                 {_("What happened"), cycle->happened},
                 {_("What it taught"), cycle->learned},
                 {_("What comes next"), cycle->next}};
    g_autofree char *kind = improvement_words_kind(cycle);
    g_autoptr(GString) text = g_string_new(kind);
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        if (parts[i].text != NULL)
            g_string_append_printf(text, "\n%s: %s", parts[i].label, parts[i].text);
    dialog_tell(app, cycle->name, text->str);
}

void on_cycle_open(App *app, void *data)
{
    const Cycle *cycle = list_selected(((ImprovementState *)data)->list);
    if (cycle == NULL)
        app_say(app, STYLE_QUIET, _("There is no change here."));
    else if (access_allows(app_session(app), PERMIT_IMPROVE))
        app_open(app, SCREEN_CYCLE_EDIT, &(CycleEditArgument){.cycle_id = cycle->id});
    else
        tell_cycle(app, cycle);
}

void on_cycle_new(App *app, void *data)
{
    const ImprovementState *state = data;
    app_open(app, SCREEN_CYCLE_EDIT, &(CycleEditArgument){.improvement_id = state->id});
}

void on_improvement_change(App *app, void *data)
{
    const ImprovementState *state = data;
    app_open(app, SCREEN_IMPROVEMENT_EDIT, &(gint64){state->id});
}

/* --- on paper --------------------------------------------------------------------------------- */

/* Drawing a page takes several megabytes of libraries and fonts: this is done apart. */
typedef struct {
    const MeetingPaper *paper;
    const char *path;
} MeetingOrder;

static gboolean write_paper(gpointer data, GError **error)
{
    const MeetingOrder *order = data;
    return meeting_paper_write(order->paper, order->path, FALSE, error);
}

static void paper_named(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)data;
    GError *error = NULL;
    if (!yes || !app_shows(app, SCREEN_IMPROVEMENT))
        return;
    const ImprovementState *state = app_top_state(app);
    g_autofree char *path = paths_typed(text);
    g_autoptr(MeetingPaper) paper =
        meeting_paper_new(app_session(app), state->id, DATE_NONE, &error);
    const MeetingOrder order = {paper, path};
    if (paper != NULL && meeting_paper_log(paper, app_session(app), &error) &&
        apart_run(write_paper, (gpointer)&order, &error))
        app_say(app, STYLE_GOOD, _("The paper lies in %s."), path);
    else
        app_error(app, error);
}

void on_improvement_paper(App *app, void *data)
{
    (void)data;
    export_ask_paper(app, "meeting", paper_named);
}
