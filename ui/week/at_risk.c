/* at_risk.c: whom the unit may be about to lose: from each row one key to the card, the plan's two
 * questions, and a task to the case officer. */
#include "care/visit/at_risk.h"

#include "base/i18n.h"
#include "care/client/client_words.h"
#include "exchange/risk_report.h"
#include "ui/app.h"
#include "ui/common/rows.h"
#include "ui/common/shared.h"
#include "ui/widgets/detail.h"
#include "ui/widgets/list.h"

enum {
    NAME_COLUMNS = 24,
    MISSED_COLUMNS = 6,
    SINCE_COLUMNS = 11,
    TASK_COLUMNS = 8,
    GAP = 2,
    MARK_COLUMNS = 2, /* list.c's */
    DETAIL_ROWS = 5,
};

typedef struct {
    App *app;
    gboolean mine;
    GPtrArray *all; /* AtRisk *: the rows of the list */
    gint64 closed;
    List *list;
} AtRiskState;

static gboolean reload(AtRiskState *state, GError **error)
{
    return rows_replace(state->list, &state->all,
                        at_risk_list(app_session(state->app), state->mine, &state->closed, error),
                        error);
}

/* --- drawing ---------------------------------------------------------------------------------- */

/* Name, how many, since when, whether there is a task, and where there is room whose it is. */
static void draw_cells(Area line, Style style, const char *const texts[5])
{
    const int least = NAME_COLUMNS + MISSED_COLUMNS + SINCE_COLUMNS + TASK_COLUMNS + 4 * GAP;
    const int widths[] = {MIN(NAME_COLUMNS, line.columns / 2), MISSED_COLUMNS, SINCE_COLUMNS,
                          TASK_COLUMNS, MAX(line.columns - least, 0)};
    for (int i = 0, at = 0; i < (int)G_N_ELEMENTS(widths); at += widths[i++] + GAP)
        draw_cell(line, 0, at, widths[i], style, i == 1, texts[i]);
}

static void draw_row(void *data, gconstpointer item, Area line, gboolean selected)
{
    (void)data;
    const AtRisk *row = item;
    char since[DATE_SIZE];
    g_autofree char *name = row->protection != PROTECTION_NONE
                                ? g_strdup_printf(_("%s (protected)"), row->client_name)
                                : g_strdup(row->client_name);
    g_autofree char *missed = g_strdup_printf("%d", row->missed);
    const char *const texts[] = {name, missed, date_format(row->since, since),
                                 row->task_id != 0 ? _("yes") : "–",
                                 row->case_officer != NULL ? row->case_officer : ""};
    draw_cells(line, selected ? STYLE_SELECTED : STYLE_NORMAL, texts);
}

static GPtrArray *fetch(void *data, gconstpointer after, int limit, GError **error)
{
    (void)error;
    return rows_after(((AtRiskState *)data)->all, after, limit);
}

static gboolean same(gconstpointer a, gconstpointer b)
{
    return ((const AtRisk *)a)->client_id == ((const AtRisk *)b)->client_id;
}

static const ListClass LIST = {.fetch = fetch, .draw = draw_row, .same = same};

static void draw_detail(const AtRisk *row, Area area)
{
    if (row == NULL || area.rows <= 0)
        return;
    g_autoptr(Detail) detail = detail_new();
    detail_add(detail, NULL, risk_report_line(row));
    detail_draw(detail, area);
}

static void at_risk_draw(App *app, void *data, Area area)
{
    (void)app;
    AtRiskState *state = data;
    const char *const headings[] = {
        C_("column of those at risk", "Name"), C_("column of those at risk", "missed"),
        C_("column of those at risk", "since"), C_("column of those at risk", "task"),
        C_("column of those at risk", "case officer")};
    g_autofree char *nobody = client_words_closed(state->closed);
    int row = draw_paragraph(area, 0, 0, area.columns, STYLE_QUIET,
                             state->mine ? _("Yours: three visits in a row, or all for two weeks, "
                                             "were not taken.")
                                         : _("Three visits in a row, or all for two weeks, were "
                                             "not taken."));
    Area list, detail;
    if (nobody != NULL)
        row += draw_paragraph(area, row, 0, area.columns, STYLE_QUIET, nobody);
    detail_split(area_rows(area, row, -1), DETAIL_ROWS, &list, &detail);
    if (!list_is_empty(state->list))
        draw_cells(area_columns(area_rows(list, 0, 1), MARK_COLUMNS, -1), STYLE_QUIET, headings);
    list_draw(state->list, area_rows(list, 1, -1), TRUE,
              state->closed > 0 ? "" : _("There is nobody of whom that is so."));
    draw_detail(list_selected(state->list), detail);
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean at_risk_enter(App *app, void *data, const void *argument, GError **error)
{
    (void)argument;
    AtRiskState *state = data;
    state->app = app;
    state->mine = shared_begins_with_own(app);
    state->list = list_new(&LIST, state);
    return reload(state, error);
}

static void at_risk_resume(App *app, void *data)
{
    GError *error = NULL;
    if (!reload(data, &error))
        app_error(app, error);
}

static void at_risk_leave(App *app, void *data)
{
    (void)app;
    AtRiskState *state = data;
    list_free(state->list);
    g_clear_pointer(&state->all, g_ptr_array_unref);
}

static Subject at_risk_subject(App *app, void *data)
{
    (void)app;
    const AtRisk *row = list_selected(((AtRiskState *)data)->list);
    return (Subject){.client_id = row != NULL ? row->client_id : 0};
}

const Screen screen_at_risk = {
    .name = "at-risk",
    .place = IN_AT_RISK,
    .title = N_("Whom we may lose"),
    .state_size = sizeof(AtRiskState),
    .enter = at_risk_enter,
    .resume = at_risk_resume,
    .draw = at_risk_draw,
    .list = offsetof(AtRiskState, list),
    .leave = at_risk_leave,
    .subject = at_risk_subject,
};

void on_at_risk(App *app, void *state)
{
    (void)state;
    app_open(app, SCREEN_AT_RISK, NULL);
}

void on_at_risk_mine(App *app, void *data)
{
    AtRiskState *state = data;
    GError *error = NULL;
    state->mine = !state->mine;
    if (!reload(state, &error)) {
        state->mine = !state->mine;
        app_error(app, error);
    }
}

void on_at_risk_task(App *app, void *data)
{
    AtRiskState *state = data;
    const gint64 client_id = shared_client(app);
    GError *error = NULL;
    gint64 task_id = 0;
    if (client_id == 0)
        return;
    const AtRisk *row = list_selected(state->list);
    if (row->task_id != 0) {
        app_say(app, STYLE_QUIET, "%s", _("There is a task to get in touch already."));
        return;
    }
    g_autofree char *officer = g_strdup(row->case_officer);
    if (!at_risk_make_task(app_session(app), client_id, &task_id, &error) || !reload(state, &error))
        app_error(app, error);
    else if (officer != NULL)
        app_say(app, STYLE_GOOD, _("%s has the task to get in touch within a week."), officer);
    else
        app_say(
            app, STYLE_GOOD, "%s",
            _("The unit has the task to get in touch within a week: there is no case officer."));
}
