/* tasks.c: what has a date that somebody must keep. */
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/client/client_doubles.h"
#include "care/client/log_review.h"
#include "care/client/retention.h"
#include "care/laptop/laptop_proposal.h"
#include "care/task/call_clock.h"
#include "care/task/task_index.h"
#include "care/unit/cover_rows.h"
#include "exchange/call_report.h"
#include "ui/common/dialog.h"
#include "ui/common/export_ask.h"
#include "ui/common/open_client.h"
#include "ui/common/read_on.h"
#include "ui/common/screens.h"
#include "ui/common/shared.h"
#include "ui/common/words.h"
#include "ui/tasks/task_edit.h"
#include "ui/tasks/task_give.h"
#include "ui/widgets/list.h"

enum {
    DUE_COLUMNS = 18,
    CLIENT_COLUMNS = 18,
    STAFF_COLUMNS = 16,
    WHAT_COLUMNS = 27, /* what tells the tasks of one client apart */
    WIDE_FROM = 106,   /* columns of a line from which names have more room */
    WIDE_MORE = 8,
    CLIENT_LEAST = 11,
    DUE_LEAST = 11,
    GAP = 2,
    LIST_MARK = 2, /* to the left of every line */
    SUMMARY_ROWS = 2,
    WAITS_ROWS = 7,
    DETAIL_ROWS = 5,
};

typedef struct {
    App *app;
    gboolean mine;    /* one's own and those of nobody */
    char *words;      /* that those shown have (TaskFilter); NULL: all are */
    TaskIndex *index; /* NULL: to be read anew */
    List *list;
    gint64 open, due;
    char *out;       /* who is out and late, and oneself; NULL */
    char *covers;    /* whom one covers for today, and who covers for oneself; NULL */
    GArray *done;    /* ids of those marked done here, the last one last */
    gint64 moving;   /* the task that a date is asked for */
    char *waits;     /* what is to be looked through of the log; NULL */
    char *retention; /* who is to be deleted; NULL */
    char *doubles;   /* who may have two cards; NULL */
} TasksState;

/* --- fetching --------------------------------------------------------------------------------- */

static TaskFilter filter_of(const TasksState *state)
{
    return (TaskFilter){.mine = state->mine, .words = state->words};
}

static gboolean read_index(TasksState *state, GError **error)
{
    if (state->index == NULL)
        state->index = task_index_new(app_session(state->app), filter_of(state), error);
    if (state->index != NULL)
        task_index_count(state->index, clock_today(), &state->open, &state->due);
    return state->index != NULL;
}

static GPtrArray *fetch(void *data, gconstpointer after, int limit, GError **error)
{
    TasksState *state = data;
    return read_index(state, error) ? task_index_list(state->index, after, limit, error) : NULL;
}

/* What is left of a call's hours, or how many it is late. New. */
static char *hours_text(const Task *task)
{
    const int left = call_hours_left(task->came_ms, clock_now_ms());
    return left >= 0
               ? g_strdup_printf(ngettext("%d hour left", "%d hours left", (gulong)left), left)
               : g_strdup_printf(ngettext("%d hour late", "%d hours late", (gulong)-left), -left);
}

/* When, in so many columns: of what was agreed for an hour the day gives way, not the hour. */
static char *due_text(const Task *task, int columns)
{
    char time[TIME_SIZE];
    int year, month, day;
    if (task->came_ms != 0)
        return hours_text(task);
    g_autofree char *due = words_due(task->due_date, clock_today());
    if (task->due_time < 0)
        return g_steal_pointer(&due);
    time_format(task->due_time, time);
    g_autofree char *both = g_strdup_printf("%s %s", due, time);
    if (text_width(both) <= columns)
        return g_steal_pointer(&both);
    date_to_ymd(task->due_date, &year, &month, &day);
    return g_strdup_printf("%d/%d %s", day, month, time);
}

/* Columns of a line without the list's mark; `staff` is 0 where it is left out. */
typedef struct {
    int due, client, what, staff;
} TaskColumns;

static TaskColumns fit(const TasksState *state, int columns)
{
    int more = columns >= WIDE_FROM ? WIDE_MORE : 0;
    TaskColumns fitted = {.due = DUE_COLUMNS, .client = CLIENT_COLUMNS + more};
    int rest = columns - fitted.due - fitted.client - 2 * GAP;
    if ((!state->mine || state->covers != NULL) &&
        rest >= WHAT_COLUMNS + GAP + STAFF_COLUMNS + more)
        fitted.staff = STAFF_COLUMNS + more;
    fitted.what = rest - (fitted.staff > 0 ? fitted.staff + GAP : 0);
    int lacks = CLAMP(WHAT_COLUMNS - fitted.what, 0, DUE_COLUMNS - DUE_LEAST);
    fitted.due -= lacks;
    fitted.what += lacks;
    lacks = CLAMP(WHAT_COLUMNS - fitted.what, 0, fitted.client - CLIENT_LEAST);
    fitted.client -= lacks;
    fitted.what += lacks;
    return fitted;
}

static void draw_cells(TaskColumns columns, Area line, const Style *styles,
                       const char *const *texts)
{
    const int widths[] = {columns.due, columns.client, columns.what, columns.staff};
    for (int i = 0, at = 0; i < (int)G_N_ELEMENTS(widths); at += widths[i++] + GAP)
        draw_cell(line, 0, at, widths[i], styles[i], FALSE, texts[i]);
}

static void draw_task(void *data, gconstpointer row, Area line, gboolean selected)
{
    const Task *task = row;
    gboolean overdue = task_is_overdue(task);
    Style style = selected ? STYLE_SELECTED : STYLE_NORMAL;
    const Style styles[] = {overdue && !selected ? STYLE_NOTICE : style, style, STYLE_NORMAL,
                            STYLE_NORMAL};
    const TaskColumns columns = fit(data, line.columns);
    g_autofree char *due = due_text(task, columns.due), *what = task_words(task);
    const char *const texts[] = {due, task_about(task) != NULL ? task_about(task) : "–", what,
                                 task->staff_name != NULL ? task->staff_name : _("whoever can")};
    draw_cells(columns, line, styles, texts);
}

/* When and for whom. */
static int highlit(void *data, int columns)
{
    TaskColumns fitted = fit(data, columns);
    return fitted.due + GAP + fitted.client;
}

static gboolean same_task(gconstpointer a, gconstpointer b)
{
    return ((const Task *)a)->id == ((const Task *)b)->id;
}

static const ListClass LIST = {
    .fetch = fetch, .draw = draw_task, .same = same_task, .highlit = highlit};

/* All that stands there, anew. */
static gboolean read_tasks(TasksState *state, GError **error)
{
    g_free(state->waits);
    state->waits = log_waits(app_session(state->app));
    g_free(state->retention);
    state->retention = retention_waits(app_session(state->app));
    g_free(state->doubles);
    state->doubles = client_doubles_wait(app_session(state->app));
    g_clear_pointer(&state->covers, g_free);
    if (!shared_out(state->app, &state->out, error) ||
        !cover_words_of_me(app_session(state->app), clock_today(), &state->covers, error))
        return FALSE;
    g_clear_pointer(&state->index, task_index_free);
    return read_index(state, error);
}

static gboolean tasks_enter(App *app, void *data, const void *argument, GError **error)
{
    (void)argument;
    TasksState *state = data;
    state->app = app;
    state->mine = shared_begins_with_own(app);
    state->list = list_new(&LIST, state);
    state->done = g_array_new(FALSE, FALSE, sizeof(gint64));
    return read_tasks(state, error) && list_restart(state->list, error);
}

static void tasks_resume(App *app, void *data)
{
    TasksState *state = data;
    GError *error = NULL;
    if (!read_tasks(state, &error) || !list_reload(state->list, &error))
        app_error(app, error);
}

static void tasks_watch(App *app, void *data)
{
    TasksState *state = data;
    shared_out(app, &state->out, NULL);
}

/* What is looked for may be a name: all are shown when somebody is back. */
static void tasks_forget(App *app, void *data)
{
    (void)app;
    TasksState *state = data;
    g_clear_pointer(&state->words, g_free);
    g_clear_pointer(&state->out, g_free);
    g_clear_pointer(&state->covers, g_free);
    g_clear_pointer(&state->index, task_index_free);
}

static void tasks_leave(App *app, void *data)
{
    (void)app;
    TasksState *state = data;
    list_free(state->list);
    g_clear_pointer(&state->index, task_index_free);
    g_array_unref(state->done);
    g_free(state->words);
    g_free(state->covers);
    g_free(state->out);
    g_free(state->doubles);
    g_free(state->retention);
    g_free(state->waits);
}

/* --- drawing ---------------------------------------------------------------------------------- */

static void draw_summary(const TasksState *state, Area area)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_append_printf(text, ngettext("%d task", "%d tasks", (gulong)state->open),
                           (int)state->open);
    if (state->due > 0)
        g_string_append_printf(
            text,
            ngettext(", %d due today or overdue", ", %d due today or overdue", (gulong)state->due),
            (int)state->due);
    g_autofree char *sentence = g_strdup_printf(
        state->mine ? _("Your own and those of nobody: %s") : _("The whole unit: %s"), text->str);
    g_autofree char *some =
        state->words != NULL
            ? g_strdup_printf(_("%s. Only those with “%s”: Esc shows all."), sentence, state->words)
            : NULL;
    draw_paragraph(area_rows(area, 0, SUMMARY_ROWS), 0, 0, area.columns, STYLE_NORMAL,
                   some != NULL ? some : sentence);
}

/* Below it: who covers for whom, who is to be deleted, and what waits in the log for a team lead,
 * with the keys that go there. The rows it took. */
static int draw_waits(App *app, const TasksState *state, Area area)
{
    char key[KEY_NAME_SIZE];
    const struct {
        const char *text;
        Action action;
    } lines[] = {{state->retention, ACTION_RETENTION},
                 {state->doubles, ACTION_DOUBLES},
                 {state->waits, ACTION_LOG}};
    int rows = state->covers == NULL
                   ? 0
                   : draw_paragraph(area, 0, 0, area.columns, STYLE_NOTICE, state->covers);
    for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
        if (lines[i].text == NULL)
            continue;
        shared_key(app, lines[i].action, key);
        g_autofree char *text = g_strdup_printf(_("%s %s goes there."), lines[i].text, key);
        rows += draw_paragraph(area, rows, 0, area.columns, STYLE_NOTICE, text);
    }
    return rows == 0 ? 0 : rows + 1;
}

static void draw_headings(const TasksState *state, Area line)
{
    const Style styles[] = {STYLE_QUIET, STYLE_QUIET, STYLE_QUIET, STYLE_QUIET};
    const char *const texts[] = {C_("column of tasks", "When"), C_("column of tasks", "Client"),
                                 C_("column of tasks", "What"), C_("column of tasks", "Who")};
    Area cells = area_columns(line, LIST_MARK, -1);
    draw_cells(fit(state, cells.columns), cells, styles, texts);
}

/* When and by whom it is to be done. New. */
static char *by_text(const Task *task)
{
    char date[DATE_SIZE], time[TIME_SIZE];
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_append_printf(text, _("By %s %s"), date_weekday_name(date_weekday(task->due_date)),
                           date_format(task->due_date, date));
    if (task->due_time >= 0)
        g_string_append_printf(text, " %s", time_format(task->due_time, time));
    g_string_append_printf(text, ", %s",
                           task->staff_name != NULL ? task->staff_name : _("whoever can"));
    return g_strdup(text->str);
}

/* When a call came, and how often they have rung again; new, NULL: none is. */
static char *came_text(const Task *task)
{
    if (task->came_ms == 0)
        return NULL;
    g_autofree char *when = clock_words(task->came_ms);
    g_autofree char *again =
        task->reminders > 0
            ? g_strdup_printf(ngettext(", rung again %d time", ", rung again %d times",
                                       (gulong)task->reminders),
                              task->reminders)
            : g_strdup("");
    return g_strdup_printf(_("Rang %s%s"), when, again);
}

/* What the line of the list has no room for. */
static void draw_detail(App *app, const Task *task, Area area)
{
    if (task == NULL || area.rows <= 0)
        return;
    g_autoptr(Detail) detail = detail_new();
    g_autoptr(GString) who = g_string_new(task_about(task));
    if (task->contact != NULL)
        g_string_append_printf(who, "%s%s", who->len > 0 ? " · " : "", task->contact);
    if (task->phone != NULL)
        g_string_append_printf(who, "%s%s", who->len > 0 ? ", " : "", task->phone);
    detail_add(detail, NULL, by_text(task));
    detail_add(detail, NULL, came_text(task));
    detail_add_strong(detail, g_strdup(who->str));
    detail_add(detail, NULL,
               task->note != NULL && task->kind != TASK_UBU ? g_strdup(task->note)
                                                            : task_words(task));
    read_on_detail(app, detail, area);
}

static void tasks_draw(App *app, void *data, Area area)
{
    TasksState *state = data;
    char new_key[KEY_NAME_SIZE], mine_key[KEY_NAME_SIZE];
    Area list = area_rows(area, SUMMARY_ROWS, -1), detail = area_rows(area, 0, 0);
    gboolean empty = list_is_empty(state->list);
    if (state->out != NULL) {
        const int rows = draw_paragraph(area, 0, 0, area.columns, STYLE_NOTICE, state->out);
        area = area_rows(area, rows, -1);
        list = area_rows(area, SUMMARY_ROWS, -1);
    }
    draw_summary(state, area);
    list = area_rows(list, draw_waits(app, state, area_rows(list, 0, WAITS_ROWS)), -1);
    if (!empty) {
        const int lines = 1 + list_loaded(state->list);
        detail_split(list, detail_below(list, DETAIL_ROWS, lines), &list, &detail);
        draw_headings(state, area_rows(list, 0, 1));
        list = area_rows(list, 1, -1);
    }
    shared_key(app, ACTION_TASK_NEW, new_key);
    shared_key(app, ACTION_TASKS_MINE, mine_key);
    g_autofree char *none =
        state->words != NULL
            ? g_strdup_printf(_("No task has the words “%s”. Esc shows all."), state->words)
        : state->mine ? g_strdup_printf(
                            _("Nothing waits for you. %s adds a task, %s shows the whole unit's."),
                            new_key, mine_key)
                      : g_strdup_printf(_("Nothing waits for the unit. %s adds a task."), new_key);
    list_draw(state->list, list, TRUE, none);
    draw_detail(app, list_selected(state->list), detail);
}

/* --- keys and actions ------------------------------------------------------------------------- */

static Subject tasks_subject(App *app, void *data)
{
    (void)app;
    const Task *task = list_selected(((const TasksState *)data)->list);
    return (Subject){
        .client_id = task != NULL ? task->client_id : 0, .kind = SUBJECT_TASK, .row = task};
}

static void file_named(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)data;
    if (!yes || app_top(app) != &screen_tasks)
        return;
    const TasksState *state = app_top_state(app);
    ExportOrder order = {.what = EXPORT_TASKS,
                         .from = DATE_NONE,
                         .to = DATE_NONE,
                         .search = state->words,
                         .mine = state->mine};
    export_write(app, &order, text);
}

void on_tasks_export(App *app, void *data)
{
    (void)data;
    export_ask(app, EXPORT_TASKS, file_named);
}

/* --- some of them ----------------------------------------------------------------------------- */

static void show_those_with(App *app, TasksState *state, const char *words)
{
    GError *error = NULL;
    g_free(state->words);
    state->words = words[strspn(words, " ")] != '\0' ? g_strdup(words) : NULL;
    const gboolean narrowed =
        state->index == NULL || task_index_narrow(state->index, state->words, &error);
    if (!narrowed)
        g_clear_pointer(&state->index, task_index_free);
    if (!narrowed || !read_index(state, &error) || !list_restart(state->list, &error))
        app_error(app, error);
}

static void find_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)data;
    if (yes && app_top(app) == &screen_tasks)
        show_those_with(app, app_top_state(app), text);
}

void on_tasks_find(App *app, void *data)
{
    const TasksState *state = data;
    dialog_prompt(app, _("Which? A client, a colleague, what it is, a day or overdue:"),
                  state->words != NULL ? state->words : "", find_answered, NULL);
}

static gboolean tasks_key(App *app, void *data, const Event *event)
{
    TasksState *state = data;
    if (state->words == NULL || event->type != EVENT_KEY || event->key != K_ESCAPE)
        return FALSE;
    show_those_with(app, state, "");
    return TRUE;
}

/* Whoever is out, or sees that a colleague is late, has the key that ends it before them. */
static gboolean tasks_idle(const void *data, Action action)
{
    return action == ACTION_OUT && ((const TasksState *)data)->out == NULL;
}

const Screen screen_tasks = {
    .name = "tasks",
    .place = IN_TASKS,
    .title = N_("To do"),
    .state_size = sizeof(TasksState),
    .enter = tasks_enter,
    .resume = tasks_resume,
    .forget = tasks_forget,
    .watch = tasks_watch,
    .draw = tasks_draw,
    .key = tasks_key,
    .list = offsetof(TasksState, list),
    .leave = tasks_leave,
    .subject = tasks_subject,
    .idle = tasks_idle,
};

void on_tasks(App *app, void *state)
{
    (void)state;
    app_switch(app, SCREEN_TASKS, NULL);
}

void on_tasks_mine(App *app, void *data)
{
    TasksState *state = data;
    GError *error = NULL;
    state->mine = !state->mine;
    if (!read_tasks(state, &error) || !list_restart(state->list, &error))
        app_error(app, error);
}

static const Task *selected(App *app, TasksState *state)
{
    const Task *task = list_selected(state->list);
    if (task == NULL)
        app_say(app, STYLE_QUIET, _("There is no task here."));
    return task;
}

void on_task_open(App *app, void *data)
{
    const Task *task = selected(app, data);
    gint64 proposal = 0;
    if (task == NULL)
        return;
    if (task->kind == TASK_CALL_BACK && task->response_id != 0)
        app_open(
            app, SCREEN_WALK,
            &(WalkArgument){.response_id = task->response_id, .read = task->response_completed});
    else if (task->kind == TASK_UBU && task->placement_id != 0)
        app_open(app, SCREEN_PLACEMENT, &(gint64){task->placement_id});
    else if (task->kind == TASK_REBOOK && task->visit_id != 0 &&
             access_allows(app_session(app), PERMIT_VISIT_RECORD))
        app_open(app, SCREEN_VISIT_EDIT, &(VisitEditArgument){task->client_id, task->visit_id});
    else if (task->kind == TASK_PROPOSAL &&
             proposal_of_task(app_session(app), task->id, &proposal, NULL) && proposal != 0)
        app_open(app, SCREEN_PROPOSAL, &proposal);
    else if ((task->kind == TASK_DISPUTE || task->kind == TASK_IMPLEMENTATION) &&
             task->client_id != 0)
        app_open(app, SCREEN_CONSENTS, &(gint64){task->client_id});
    else if (task->client_id != 0)
        open_client(app, task->client_id);
    else
        app_say(app, STYLE_QUIET, _("The task is about no client."));
}

void on_task_done(App *app, void *data)
{
    TasksState *state = data;
    const Task *task = selected(app, state);
    GError *error = NULL;
    if (task == NULL)
        return;
    gint64 id = task->id;
    g_autofree char *what = task_words(task);
    gboolean done = task_finish(app_session(app), id, NULL, &error);
    tasks_resume(app, state);
    if (!done) {
        app_error(app, error);
        return;
    }
    char key[KEY_NAME_SIZE];
    g_array_append_val(state->done, id);
    app_say(app, STYLE_GOOD, _("Done: %s. %s opens it again."), what,
            shared_key(app, ACTION_TASK_UNDO, key));
}

/* The cursor stays on the task. */
static void say_changed(App *app, TasksState *state, gboolean changed, GError *error,
                        const char *sentence)
{
    tasks_resume(app, state);
    if (changed)
        app_say(app, STYLE_GOOD, "%s", sentence);
    else
        app_error(app, error);
}

void on_task_take(App *app, void *data)
{
    const Task *task = selected(app, data);
    GError *error = NULL;
    if (task == NULL)
        return;
    const gboolean taken = task_take(app_session(app), task->id, &error);
    say_changed(app, data, taken, error, _("The task is yours."));
}

static void show_given(App *app, gint64 id)
{
    list_select(((TasksState *)app_top_state(app))->list, &(Task){.id = id}, NULL);
}

void on_task_give(App *app, void *data)
{
    const Task *task = selected(app, data);
    if (task != NULL)
        app_push(app, &screen_task_give, &(TaskGiveArgument){.id = task->id, .given = show_given});
}

void on_call_remind(App *app, void *data)
{
    const Task *task = selected(app, data);
    GError *error = NULL;
    if (task == NULL)
        return;
    const gboolean counted = call_request_remind(app_session(app), task->id, &error);
    say_changed(app, data, counted, error, _("Counted: they have rung again."));
}

/* This quarter and the one before it. */
void on_call_figures(App *app, void *data)
{
    (void)data;
    int year, month, day;
    GError *error = NULL;
    CallFigures now, before;
    date_to_ymd(clock_today(), &year, &month, &day);
    const int quarter = (month + 2) / 3;
    if (!call_figures(app_session(app), year, quarter, &now, &error) ||
        !call_figures(app_session(app), quarter > 1 ? year : year - 1,
                      quarter > 1 ? quarter - 1 : 4, &before, &error)) {
        app_error(app, error);
        return;
    }
    now.whole = TRUE; /* it is said once, at the end */
    g_autofree char *this_one = call_report_text(&now);
    g_autofree char *earlier = call_report_text(&before);
    g_autofree char *text = g_strdup_printf("%s\n%s", this_one, earlier);
    dialog_tell(app, _("Calls to return"), text);
}

void on_task_undo(App *app, void *data)
{
    TasksState *state = data;
    GError *error = NULL;
    if (state->done->len == 0) {
        app_say(app, STYLE_QUIET, _("No task has been marked as done here since you came."));
        return;
    }
    Task reopened = {.id = g_array_index(state->done, gint64, state->done->len - 1)};
    if (!task_reopen(app_session(app), reopened.id, &error)) {
        app_error(app, error);
        return;
    }
    g_array_set_size(state->done, state->done->len - 1);
    tasks_resume(app, state);
    list_select(state->list, &reopened, NULL);
    app_say(app, STYLE_GOOD, _("The task is open again."));
}

/* --- a date, a new task ----------------------------------------------------------------------- */

/* DATE_NONE after asking again with what was typed. */
static Date understood(App *app, const char *text, DialogAnswer *again)
{
    Date date = date_parse_words(text, clock_today());
    if (date != DATE_NONE)
        return date;
    dialog_prompt(app, _("By which day? Type for instance tomorrow, fri or 21/11."), text, again,
                  NULL);
    app_say(app, STYLE_NOTICE,
            _("That was not understood as a date. Type for instance 21/11, tomorrow or fri."));
    return DATE_NONE;
}

static void move_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)data;
    TasksState *state = app_top_state(app);
    Date due = yes ? understood(app, text, move_answered) : DATE_NONE;
    GError *error = NULL;
    if (due == DATE_NONE)
        return;
    Task moved = {.id = state->moving};
    char date[DATE_SIZE];
    if (!task_postpone(app_session(app), moved.id, due, &error)) {
        app_error(app, error);
        return;
    }
    tasks_resume(app, state);
    list_select(state->list, &moved, NULL);
    app_say(app, STYLE_GOOD, _("Moved to %s %s."), date_weekday_name(date_weekday(due)),
            date_format(due, date));
}

void on_task_move(App *app, void *data)
{
    TasksState *state = data;
    const Task *task = selected(app, state);
    if (task == NULL)
        return;
    state->moving = task->id;
    dialog_prompt(app, _("Move to which day? Type for instance tomorrow, fri or 21/11."), "",
                  move_answered, NULL);
}

static void show_added(App *app, gint64 id)
{
    TasksState *state = app_top_state(app);
    list_select(state->list, &(Task){.id = id}, NULL);
    app_say(app, STYLE_GOOD, "%s", _("The task is added."));
}

void on_task_new(App *app, void *state)
{
    (void)state;
    app_push(app, &screen_task_edit, &(TaskEditArgument){.saved = show_added});
}
