/* log_rows.c: openings of cards one by one: a colleague's, those with a reason, a month's sample. */
#include "ui/log/log.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_reason.h"
#include "care/client/log_review.h"
#include "care/unit/draft_rows.h"
#include "ui/app.h"
#include "ui/common/dialog.h"
#include "ui/common/read_on.h"
#include "ui/common/rows.h"
#include "ui/common/shared.h"
#include "ui/widgets/list.h"

enum {
    ROWS_MOST = 2000,
    WHEN_COLUMNS = 18,
    NAME_COLUMNS = 24,
    MARK_COLUMNS = 2, /* list.c's */
    DETAIL_ROWS = 8,
};

/* A row of any of the three. */
typedef struct {
    gint64 id, at_ms; /* of the reason, or the entry's number */
    char *who, *client, *what, *why;
} Row;

typedef struct {
    App *app;
    LogView view;
    gint64 staff_id;
    Date from, to;
    char *name;
    GPtrArray *all; /* Row * */
    List *list;
    LogSigned sign; /* of LOG_SAMPLE */
} RowsState;

static void row_free(Row *row)
{
    g_free(row->who);
    g_free(row->client);
    g_free(row->what);
    g_free(row->why);
    g_free(row);
}

static void add_row(GPtrArray *rows, Row row)
{
    if (row.client == NULL)
        row.client = g_strdup(_("protected"));
    g_ptr_array_add(rows, g_memdup2(&row, sizeof row));
}

static GPtrArray *rows_of_openings(GPtrArray *openings)
{
    g_autoptr(GPtrArray) from = openings;
    GPtrArray *rows = from != NULL ? g_ptr_array_new_with_free_func((GDestroyNotify)row_free) : NULL;
    for (guint i = 0; from != NULL && i < from->len; i++) {
        const LogOpening *opening = from->pdata[i];
        add_row(rows, (Row){opening->seq, opening->at_ms, g_strdup(opening->staff_name),
                            g_strdup(opening->client_name), g_strdup(opening->what),
                            opening->reason != NULL ? g_strdup(opening->reason)
                                                    : g_strdup(log_pick_name(opening->pick))});
    }
    return rows;
}

static GPtrArray *rows_of_reasons(GPtrArray *reasons)
{
    g_autoptr(GPtrArray) from = reasons;
    GPtrArray *rows = from != NULL ? g_ptr_array_new_with_free_func((GDestroyNotify)row_free) : NULL;
    for (guint i = 0; from != NULL && i < from->len; i++) {
        const GivenReason *given = from->pdata[i];
        add_row(rows, (Row){given->id, given->given_ms, g_strdup(given->staff_name),
                            g_strdup(given->client_name),
                            g_strdup(_("said why the card had to be opened")),
                            g_strdup(given->words != NULL ? given->words
                                                          : reason_name(given->reason))});
    }
    return rows;
}

static GPtrArray *read_rows(const RowsState *state, GError **error)
{
    Session *session = app_session(state->app);
    return state->view == LOG_REASONS
               ? rows_of_reasons(reason_list(session, FALSE, ROWS_MOST, error))
           : state->view == LOG_SAMPLE
               ? rows_of_openings(log_sample(session, state->from, error))
               : rows_of_openings(log_openings(session, state->staff_id, state->from, state->to,
                                               ROWS_MOST, error));
}

static gboolean reload(RowsState *state, GError **error)
{
    log_signed_clear(&state->sign);
    return (state->view != LOG_SAMPLE ||
            log_signed(app_session(state->app), state->from, &state->sign, error)) &&
           rows_replace(state->list, &state->all, read_rows(state, error), error);
}

/* --- drawing ---------------------------------------------------------------------------------- */

static GPtrArray *fetch(void *data, gconstpointer after, int limit, GError **error)
{
    (void)error;
    return rows_after(((RowsState *)data)->all, after, limit);
}

static gboolean same(gconstpointer a, gconstpointer b)
{
    const Row *one = a, *other = b;

    /* Two computers' logs can have the same number. */
    return one->id == other->id && one->at_ms == other->at_ms;
}

static void draw_line(void *data, gconstpointer item, Area line, gboolean selected)
{
    const RowsState *state = data;
    const Row *row = item;
    Style style = selected ? STYLE_SELECTED : STYLE_NORMAL;
    g_autofree char *when = clock_text(row->at_ms);
    int at = WHEN_COLUMNS;
    draw_cell(line, 0, 0, WHEN_COLUMNS - 1, style, FALSE, when);
    if (state->view != LOG_OPENINGS) {
        draw_cell(line, 0, at, NAME_COLUMNS - 1, style, FALSE, row->who);
        at += NAME_COLUMNS;
    }
    draw_cell(line, 0, at, NAME_COLUMNS - 1, style, FALSE, row->client);
    at += NAME_COLUMNS;
    draw_cell(line, 0, at, line.columns - at, style, FALSE,
              *row->why != '\0' ? row->why : row->what);
}

static const ListClass LIST = {.fetch = fetch, .draw = draw_line, .same = same};

/* What the rows are, and what to do with them. New. */
static char *heading(App *app, const RowsState *state)
{
    char key[KEY_NAME_SIZE], date[DATE_SIZE];
    shared_key(app, state->view == LOG_REASONS ? ACTION_LOG_SEEN : ACTION_LOG_SIGN, key);
    if (state->view == LOG_OPENINGS)
        return g_strdup_printf(_("What %s has opened."), state->name);
    if (state->view == LOG_REASONS)
        return g_strdup_printf(
            _("Why colleagues' clients were opened. %s marks one as looked at."), key);
    g_autofree char *month = g_strndup(date_format(state->from, date), strlen("2026-10"));
    if (state->sign.signed_ms == 0)
        return g_strdup_printf(_("The sample of %s. %s signs it, with what was found."), month, key);
    g_autofree char *when = clock_text(state->sign.signed_ms);
    return g_strdup_printf(_("The sample of %s, signed by %s %s: %s"), month, state->sign.who, when,
                           state->sign.found != NULL ? state->sign.found
                                                     : _("nothing to remark on"));
}

static void draw_detail(App *app, const Row *row, Area area)
{
    if (row == NULL || area.rows <= 0)
        return;
    g_autoptr(Detail) detail = detail_new();
    detail_add_strong(detail, g_strdup(row->client));
    detail_add(detail, NULL, g_strdup_printf("%s: %s", row->who, row->what));
    detail_add(detail, _("Reason"), *row->why != '\0' ? g_strdup(row->why) : NULL);
    read_on_detail(app, detail, area);
}

static void rows_draw(App *app, void *data, Area area)
{
    RowsState *state = data;
    g_autofree char *text = heading(app, state);
    int rows = draw_paragraph(area_rows(area, 0, 4), 0, 0, area.columns, STYLE_NORMAL, text);
    Area list, detail;
    detail_split(area_rows(area, rows + 1, -1), DETAIL_ROWS, &list, &detail);
    list_draw(state->list, list, TRUE, _("There is nothing here to look through."));
    draw_detail(app, list_selected(state->list), detail);
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean rows_enter(App *app, void *data, const void *argument, GError **error)
{
    RowsState *state = data;
    const LogArgument *from = argument;
    state->app = app;
    state->view = from->view;
    state->staff_id = from->staff_id;
    state->from = from->from;
    state->to = from->to;
    state->name = g_strdup(from->name);
    state->list = list_new(&LIST, state);
    return reload(state, error);
}

static void rows_resume(App *app, void *data)
{
    GError *error = NULL;
    if (!reload(data, &error))
        app_error(app, error);
}

static void rows_forget(App *app, void *data)
{
    (void)app;
    log_signed_clear(&((RowsState *)data)->sign);
}

static void rows_leave(App *app, void *data)
{
    (void)app;
    RowsState *state = data;
    list_free(state->list);
    g_clear_pointer(&state->all, g_ptr_array_unref);
    log_signed_clear(&state->sign);
    g_free(state->name);
}

const Screen screen_log_rows = {
    .name = "log-rows",
    .place = IN_LOG_ROWS,
    .title = N_("The log"),
    .state_size = sizeof(RowsState),
    .enter = rows_enter,
    .resume = rows_resume,
    .forget = rows_forget,
    .draw = rows_draw,
    .list = offsetof(RowsState, list),
    .leave = rows_leave,
};

/* --- actions ---------------------------------------------------------------------------------- */

void on_log_seen(App *app, void *data)
{
    RowsState *state = data;
    const Row *row = list_selected(state->list);
    GError *error = NULL;
    if (state->view != LOG_REASONS || row == NULL) {
        app_say(app, STYLE_QUIET, "%s", _("There is no reason here to mark as looked at."));
        return;
    }
    if (reason_see(app_session(app), row->id, &error) && reload(state, &error))
        app_say(app, STYLE_GOOD, "%s", _("Marked as looked at."));
    else
        app_error(app, error);
}

static void ask_found(App *app, Date month);

/* What was typed stands there again when it cannot be taken. */
static void found_typed(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)data;
    if (!yes || app_top(app) != &screen_log_rows)
        return;
    RowsState *state = app_top_state(app);
    GError *error = NULL;
    if (log_sign(app_session(app), state->from, text, &error) &&
        draft_drop(app_session(app), DRAFT_FOUND, state->from, &error) && reload(state, &error)) {
        app_say(app, STYLE_GOOD, "%s", _("The sample is signed."));
        return;
    }
    ask_found(app, state->from);
    app_error(app, error);
}

static void ask_found(App *app, Date month)
{
    dialog_write(app,
                 _("What was found in the sample? An empty line says that there is nothing to "
                   "remark on."),
                 DRAFT_FOUND, month, found_typed, NULL);
}

void on_log_sign(App *app, void *data)
{
    RowsState *state = data;
    if (state->view != LOG_SAMPLE)
        app_say(app, STYLE_QUIET, "%s", _("Only the sample of a month is signed."));
    else if (state->sign.signed_ms != 0)
        app_say(app, STYLE_QUIET, "%s", _("This month's sample is signed already."));
    else
        ask_found(app, state->from);
}

static void go_months(App *app, RowsState *state, int months)
{
    GError *error = NULL;
    const Date was = state->from, to = date_add_months(was, months);
    if (state->view != LOG_SAMPLE) {
        app_say(app, STYLE_QUIET, "%s", _("Only the samples go by months."));
        return;
    }
    if (to > log_last_month()) {
        app_say(app, STYLE_QUIET, "%s", _("The sample of this month is drawn when it is over."));
        return;
    }
    state->from = to;
    if (reload(state, &error))
        return;
    state->from = was;
    app_error(app, error);
}

void on_log_before(App *app, void *state)
{
    go_months(app, state, -1);
}

void on_log_after(App *app, void *state)
{
    go_months(app, state, 1);
}
