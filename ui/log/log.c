/* log.c: who has opened whose card, a line for each colleague, for the team lead. */
#include "ui/log/log.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/log_review.h"
#include "ui/app.h"
#include "ui/common/rows.h"
#include "ui/common/shared.h"
#include "ui/widgets/list.h"

enum {
    DAYS_BACK = 30,
    NAME_COLUMNS = 30,
    NUMBER_COLUMNS = 12,
    MARK_COLUMNS = 2, /* list.c's */
    SUMMARY_ROWS = 8,
};

typedef struct {
    App *app;
    GPtrArray *all; /* LogColleague *: the rows of the list */
    List *list;
} LogState;

static gboolean reload(LogState *state, GError **error)
{
    const Date today = clock_today();
    return rows_replace(state->list, &state->all,
                        log_colleagues(app_session(state->app), today - DAYS_BACK, today, error),
                        error);
}

/* --- drawing ---------------------------------------------------------------------------------- */

static void draw_cells(Area line, Style style, const char *name, const char *const numbers[3])
{
    int at = MIN(NAME_COLUMNS, line.columns - 3 * NUMBER_COLUMNS);
    draw_cell(line, 0, 0, at - 1, style, FALSE, name);
    for (int i = 0; i < 3; i++, at += NUMBER_COLUMNS)
        draw_cell(line, 0, at, NUMBER_COLUMNS - 1, style, TRUE, numbers[i]);
}

static void draw_line(void *data, gconstpointer row, Area line, gboolean selected)
{
    (void)data;
    const LogColleague *colleague = row;
    const gint64 values[] = {colleague->clients, colleague->openings, colleague->reasons};
    char texts[3][24];
    const char *numbers[3];
    for (int i = 0; i < 3; i++) {
        g_snprintf(texts[i], sizeof texts[i], "%" G_GINT64_FORMAT, values[i]);
        numbers[i] = texts[i];
    }
    draw_cells(line, selected ? STYLE_SELECTED : STYLE_NORMAL, colleague->name, numbers);
}

static GPtrArray *fetch(void *data, gconstpointer after, int limit, GError **error)
{
    (void)error;
    return rows_after(((LogState *)data)->all, after, limit);
}

static gboolean same(gconstpointer a, gconstpointer b)
{
    return ((const LogColleague *)a)->staff_id == ((const LogColleague *)b)->staff_id;
}

static const ListClass LIST = {.fetch = fetch, .draw = draw_line, .same = same};

/* What is shown, what waits, and how to get there. The rows it took. */
static int draw_summary(App *app, Area area)
{
    char reasons[KEY_NAME_SIZE], sample[KEY_NAME_SIZE];
    g_autofree char *waits = log_waits(app_session(app));
    shared_key(app, ACTION_LOG_REASONS, reasons);
    shared_key(app, ACTION_LOG_SAMPLE, sample);
    g_autofree char *whose = g_strdup_printf(
        _("Who has opened whose card in the last %d days. Enter shows which."), DAYS_BACK);
    g_autofree char *keys =
        g_strdup_printf(_("%s shows the reasons, %s the month's sample."), reasons, sample);
    int rows = draw_paragraph(area, 0, 0, area.columns, STYLE_NORMAL, whose);
    rows += draw_paragraph(area, rows, 0, area.columns, waits != NULL ? STYLE_NOTICE : STYLE_QUIET,
                           waits != NULL ? waits : _("Nothing waits to be looked through."));
    return rows + draw_paragraph(area, rows, 0, area.columns, STYLE_QUIET, keys) + 1;
}

static void log_draw(App *app, void *data, Area area)
{
    LogState *state = data;
    const char *const headings[] = {C_("column of the log", "Clients"),
                                    C_("column of the log", "Openings"),
                                    C_("column of the log", "Reasons")};
    Area list = area_rows(area, draw_summary(app, area_rows(area, 0, SUMMARY_ROWS)), -1);
    draw_cells(area_columns(area_rows(list, 0, 1), MARK_COLUMNS, -1), STYLE_QUIET,
               C_("column of the log", "Colleague"), headings);
    list_draw(state->list, area_rows(list, 1, -1), TRUE, _("Nobody has opened a card."));
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean log_enter(App *app, void *data, const void *argument, GError **error)
{
    (void)argument;
    LogState *state = data;
    state->app = app;
    state->list = list_new(&LIST, state);
    return reload(state, error);
}

static void log_resume(App *app, void *data)
{
    GError *error = NULL;
    if (!reload(data, &error))
        app_error(app, error);
}

static void log_leave(App *app, void *data)
{
    (void)app;
    LogState *state = data;
    list_free(state->list);
    g_clear_pointer(&state->all, g_ptr_array_unref);
}

const Screen screen_log = {
    .name = "log",
    .place = IN_LOG,
    .title = N_("The log"),
    .state_size = sizeof(LogState),
    .enter = log_enter,
    .resume = log_resume,
    .draw = log_draw,
    .list = offsetof(LogState, list),
    .leave = log_leave,
};

void on_log(App *app, void *state)
{
    (void)state;
    app_switch(app, SCREEN_LOG, NULL);
}

void on_log_open(App *app, void *data)
{
    const LogColleague *colleague = list_selected(((LogState *)data)->list);
    const Date today = clock_today();
    if (colleague == NULL) {
        app_say(app, STYLE_QUIET, "%s", _("Nobody has opened a card."));
        return;
    }
    app_push(app, &screen_log_rows,
             &(LogArgument){LOG_OPENINGS, colleague->staff_id, today - DAYS_BACK, today,
                            colleague->name});
}

void on_log_reasons(App *app, void *state)
{
    (void)state;
    app_push(app, &screen_log_rows, &(LogArgument){.view = LOG_REASONS});
}

void on_log_sample(App *app, void *state)
{
    (void)state;
    app_push(app, &screen_log_rows, &(LogArgument){.view = LOG_SAMPLE, .from = log_last_month()});
}
