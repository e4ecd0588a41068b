/* proposal.c: what stands at home and what came from a laptop, side by side: which holds. */
#include "care/laptop/laptop_proposal.h"

#include "base/i18n.h"
#include "ui/app.h"
#include "ui/common/dialog.h"
#include "ui/common/read_on.h"
#include "ui/common/rows.h"
#include "ui/widgets/list.h"

enum { LABEL_COLUMNS = 17, MARK_COLUMNS = 2, DETAIL_ROWS = 6, HEAD_ROWS = 4 };

typedef struct {
    App *app;
    gint64 id;
    Proposal *proposal;
    char *head;     /* what it is about */
    GPtrArray *all; /* ProposalRow * */
    List *list;
} ProposalScreen;

/* --- fetching --------------------------------------------------------------------------------- */

static GPtrArray *fetch(void *data, gconstpointer after, int limit, GError **error)
{
    (void)error;
    return rows_after(((ProposalScreen *)data)->all, after, limit);
}

static gboolean same(gconstpointer a, gconstpointer b)
{
    return ((const ProposalRow *)a)->code == ((const ProposalRow *)b)->code;
}

static void let_go(ProposalScreen *state)
{
    g_clear_pointer(&state->proposal, proposal_free);
    g_clear_pointer(&state->head, g_free);
}

static gboolean reload(ProposalScreen *state, GError **error)
{
    Session *session = app_session(state->app);
    let_go(state);
    state->proposal = proposal_get(session, state->id, error);
    if (state->proposal == NULL)
        return FALSE;
    state->head = proposal_head(session, state->proposal);
    return rows_replace(state->list, &state->all, proposal_rows(session, state->proposal, error),
                        error);
}

/* --- drawing ---------------------------------------------------------------------------------- */

static int side_columns(Area area)
{
    return (area.columns - LABEL_COLUMNS) / 2;
}

static void draw_row(void *data, gconstpointer item, Area line, gboolean selected)
{
    (void)data;
    const ProposalRow *row = item;
    const char *const sides[] = {row->home, row->laptop};
    const int width = side_columns(line);
    draw_cell(line, 0, 0, LABEL_COLUMNS - 1, selected ? STYLE_SELECTED : STYLE_NORMAL, FALSE,
              row->label);
    for (int i = 0; i < 2; i++) {
        Area cell = area_columns(line, LABEL_COLUMNS + i * width, width);
        draw_cell(cell, 0, 0, MARK_COLUMNS, STYLE_NORMAL, FALSE, row->differs ? "●" : "");
        draw_cell(cell, 0, MARK_COLUMNS, cell.columns - MARK_COLUMNS - 1,
                  row->differs ? STYLE_NORMAL : STYLE_QUIET, FALSE,
                  *sides[i] != '\0' ? sides[i] : "–");
    }
}

static int highlit(void *data, int columns)
{
    (void)data, (void)columns;
    return LABEL_COLUMNS;
}

static const ListClass LIST = {.fetch = fetch, .draw = draw_row, .same = same, .highlit = highlit};

static void draw_detail(App *app, const ProposalRow *row, Area area)
{
    if (row == NULL || area.rows <= 0)
        return;
    g_autoptr(Detail) detail = detail_new();
    detail_add_strong(detail, g_strdup(row->label));
    detail_add(detail, C_("proposal", "At home"), *row->home != '\0' ? g_strdup(row->home) : NULL);
    detail_add(detail, C_("proposal", "From the laptop"),
               *row->laptop != '\0' ? g_strdup(row->laptop) : NULL);
    read_on_detail(app, detail, area);
}

static void proposal_draw(App *app, void *data, Area area)
{
    const ProposalScreen *state = data;
    Area list, detail;
    const int head = draw_paragraph(area_rows(area, 0, HEAD_ROWS), 0, 0, area.columns, STYLE_NORMAL,
                                    state->head != NULL ? state->head : "");
    Area rest = area_rows(area, head + 1, -1);
    Area heading = area_rows(rest, 0, 1);
    detail_split(area_rows(rest, 1, -1), DETAIL_ROWS, &list, &detail);
    heading = area_columns(heading, 2, list.columns - 2);
    const int side = side_columns(heading);
    draw_cell(heading, 0, LABEL_COLUMNS + MARK_COLUMNS, side - MARK_COLUMNS, STYLE_QUIET, FALSE,
              C_("proposal", "At home"));
    draw_cell(heading, 0, LABEL_COLUMNS + side + MARK_COLUMNS, side - MARK_COLUMNS, STYLE_QUIET,
              FALSE, C_("proposal", "From the laptop"));
    list_draw(state->list, list, TRUE, "");
    draw_detail(app, list_selected(state->list), detail);
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean proposal_enter(App *app, void *data, const void *argument, GError **error)
{
    ProposalScreen *state = data;
    state->app = app;
    state->id = *(const gint64 *)argument;
    state->list = list_new(&LIST, state);
    return reload(state, error);
}

static void proposal_resume(App *app, void *data)
{
    ProposalScreen *state = data;
    GError *error = NULL;
    if (state->proposal == NULL && !reload(state, &error))
        app_error(app, error);
}

static void proposal_forget(App *app, void *data)
{
    (void)app;
    let_go(data);
}

static void proposal_leave(App *app, void *data)
{
    (void)app;
    ProposalScreen *state = data;
    list_free(state->list);
    g_clear_pointer(&state->all, g_ptr_array_unref);
    let_go(state);
}

static Subject proposal_subject(App *app, void *data)
{
    (void)app;
    const ProposalScreen *state = data;
    return (Subject){.client_id = state->proposal != NULL ? state->proposal->client_id : 0};
}

const Screen screen_proposal = {
    .name = "proposal",
    .place = IN_PROPOSAL,
    .title = N_("From a laptop: which holds"),
    .state_size = sizeof(ProposalScreen),
    .enter = proposal_enter,
    .resume = proposal_resume,
    .forget = proposal_forget,
    .draw = proposal_draw,
    .list = offsetof(ProposalScreen, list),
    .subject = proposal_subject,
    .leave = proposal_leave,
};

/* --- what is done ----------------------------------------------------------------------------- */

static void settle(App *app, gboolean take)
{
    GError *error = NULL;
    if (app_top(app) != &screen_proposal)
        return;
    const ProposalScreen *state = app_top_state(app);
    if (!proposal_settle(app_session(app), state->id, take, &error)) {
        app_error(app, error);
        return;
    }
    app_pop(app);
    app_say(app, STYLE_GOOD, "%s", proposal_settled_words(take));
}

static void home_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)text, (void)data;
    if (yes)
        settle(app, FALSE);
}

static void laptop_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)text, (void)data;
    if (yes)
        settle(app, TRUE);
}

void on_proposal_home(App *app, void *data)
{
    (void)data;
    dialog_ask(app, _("Does what stands at home hold?"), home_answered, NULL);
}

void on_proposal_laptop(App *app, void *data)
{
    (void)data;
    dialog_ask(app, _("Does what came from the laptop hold? It is recorded now, in your name."),
               laptop_answered, NULL);
}
