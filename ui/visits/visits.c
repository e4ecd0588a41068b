/* visits.c: the visits behind a figure of the week's review. */
#include "base/i18n.h"
#include "base/text.h"
#include "care/unit/cause.h"
#include "care/visit/visit_behind.h"
#include "care/visit/visit_words.h"
#include "exchange/breakdown_words.h"
#include "ui/common/export_ask.h"
#include "ui/common/screens.h"
#include "ui/common/words.h"
#include "ui/visits/visit_row.h"
#include "ui/widgets/list.h"

typedef struct {
    App *app;
    VisitQuery query;
    char *cause, *value; /* what those of query point to */
    List *list;
    gint64 count, closed; /* closed: of persons whose card one may not open */
} VisitsState;

static GPtrArray *fetch(void *data, gconstpointer after, int limit, GError **error)
{
    VisitsState *state = data;
    return visit_behind(app_session(state->app), &state->query, after, limit, error);
}

static gboolean count_visits(VisitsState *state, GError **error)
{
    return visit_behind_count(app_session(state->app), &state->query, &state->count, &state->closed,
                              error);
}

static VisitRowShape shape_of(const VisitsState *state)
{
    return (VisitRowShape){.session = app_session(state->app),
                           .day = TRUE,
                           .staff = TRUE,
                           .one_cause = state->cause != NULL};
}

static void draw_visit(void *data, gconstpointer row, Area line, gboolean selected)
{
    VisitRowShape shape = shape_of(data);
    visit_row_draw(&shape, row, line, selected);
}

static int highlit(void *data, int columns)
{
    VisitRowShape shape = shape_of(data);
    return visit_row_highlit(&shape, columns);
}

static gboolean same_visit(gconstpointer a, gconstpointer b)
{
    return ((const Visit *)a)->id == ((const Visit *)b)->id;
}

static const ListClass LIST = {
    .fetch = fetch, .draw = draw_visit, .same = same_visit, .highlit = highlit};

/* Those not taken are found by an index of their own. */
static void ask_for_split(VisitsState *state, const VisitsArgument *asked)
{
    state->value = g_strdup(asked->value);
    state->query.split = asked->split;
    state->query.value = state->value;
    state->query.part = asked->part;
    state->query.missed = asked->part == PART_MISSED;
    state->query.group_id = asked->group_id;
}

static gboolean visits_enter(App *app, void *data, const void *argument, GError **error)
{
    VisitsState *state = data;
    const VisitsArgument *asked = argument;
    state->app = app;
    state->cause = g_strdup(asked->cause);
    state->query = (VisitQuery){
        .from = asked->from,
        .to = asked->to,
        .outcome = MAX(asked->outcome, -1),
        .cause = state->cause,
        .stand_in = asked->outcome == VISITS_STAND_INS ? STAND_IN_ONLY : STAND_IN_NOT,
    };
    if (asked->outcome == VISITS_SPLIT)
        ask_for_split(state, asked);
    state->list = list_new(&LIST, state);
    return count_visits(state, error) && list_restart(state->list, error);
}

static void visits_resume(App *app, void *data)
{
    VisitsState *state = data;
    GError *error = NULL;
    if (!count_visits(state, &error) || !list_reload(state->list, &error))
        app_error(app, error);
}

static void visits_leave(App *app, void *data)
{
    (void)app;
    VisitsState *state = data;
    list_free(state->list);
    g_free(state->cause);
    g_free(state->value);
}

/* New. */
static char *split_text(const VisitsState *state)
{
    const VisitQuery *query = &state->query;
    const char *part = breakdown_words_part(query->part);
    if (query->split == SPLIT_ALL)
        return g_strdup(part);
    return g_strdup_printf(
        "%s: %s. %s", split_name(query->split),
        breakdown_words_value(app_session(state->app), query->split, state->value), part);
}

/* Of a week, or from the first day to the last. New. */
static char *days_text(const VisitsState *state)
{
    char from[DATE_SIZE], to[DATE_SIZE];
    if (week_of(state->query.from) == week_of(state->query.to))
        return words_week(week_of(state->query.from));
    return g_strdup_printf(_("%s to %s"), date_format(state->query.from, from),
                           date_format(state->query.to, to));
}

/* What the visits have in common. New. */
static char *common_text(const VisitsState *state)
{
    if (state->value != NULL)
        return split_text(state);
    if (visit_behind_lacks_cause(&state->query))
        return g_strdup(_("No cause given"));
    if (state->cause != NULL)
        return g_strdup(cause_name(app_session(state->app), state->cause));
    if (state->query.stand_in == STAND_IN_ONLY)
        return g_strdup(_("In place of another visit"));
    return g_strdup(state->query.outcome == OUTCOME_NONE
                        ? _("Nothing recorded")
                        : outcome_name((Outcome)state->query.outcome));
}

/* At the foot, so that the number that led here is explained. The rows it takes. */
static int draw_closed(const VisitsState *state, Area area)
{
    g_autofree char *text = visit_words_closed(state->closed);
    if (text == NULL)
        return 0;
    int rows = text_width(text) > area.columns ? 2 : 1;
    draw_paragraph(area_rows(area, area.rows - rows, rows), 0, 0, area.columns, STYLE_QUIET, text);
    return rows;
}

static void visits_draw(App *app, void *data, Area area)
{
    VisitsState *state = data;
    g_autofree char *common = common_text(state);
    g_autofree char *count = words_day_summary(state->count, 0, 0);
    g_autofree char *days = days_text(state);
    g_autofree char *all = g_strdup_printf(": %s. %s", count, days);
    int column = draw_text(area, 0, 0, STYLE_STRONG, common);
    if (column + text_width(all) <= area.columns)
        draw_text(area, 0, column, STYLE_NORMAL, all);
    else
        draw_format(area, 0, column, STYLE_NORMAL, ": %s.", count);
    VisitRowShape shape = shape_of(state);
    Area list, detail;
    Area body = area_rows(area, 1, area.rows - 1 - draw_closed(state, area));
    const int lines = 1 + list_loaded(state->list);
    detail_split(body, detail_below(body, VISIT_DETAIL_ROWS, lines), &list, &detail);
    if (!list_is_empty(state->list))
        visit_row_headings(&shape, area_rows(list, 0, 1));
    list_draw(state->list, area_rows(list, 1, -1), TRUE,
              state->closed > 0
                  ? ""
                  : _("There are no such visits left: what was recorded on them has been "
                      "corrected."));
    visit_detail_draw(app, list_selected(state->list), detail);
}

static Subject visits_subject(App *app, void *data)
{
    (void)app;
    const Visit *visit = list_selected(((VisitsState *)data)->list);
    return (Subject){
        .client_id = visit != NULL ? visit->client_id : 0, .kind = SUBJECT_VISIT, .row = visit};
}

static gboolean visits_find(App *app, void *data, Subject subject)
{
    (void)app;
    return subject.kind == SUBJECT_VISIT &&
           list_select(((VisitsState *)data)->list, subject.row, NULL);
}

static void file_named(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)data;
    if (!yes || app_top(app) != &screen_visits)
        return;
    const VisitsState *state = app_top_state(app);
    ExportOrder order = {.what = EXPORT_VISITS,
                         .from = state->query.from,
                         .to = state->query.to,
                         .visits = &state->query};
    export_write(app, &order, text);
}

void on_visits_export(App *app, void *data)
{
    (void)data;
    export_ask(app, EXPORT_VISITS, file_named);
}

const Screen screen_visits = {
    .name = "visits",
    .place = IN_VISITS,
    .title = N_("Visits"),
    .state_size = sizeof(VisitsState),
    .enter = visits_enter,
    .resume = visits_resume,
    .draw = visits_draw,
    .list = offsetof(VisitsState, list),
    .leave = visits_leave,
    .subject = visits_subject,
    .find = visits_find,
};
