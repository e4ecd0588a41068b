/* today.c: the visits of a day or its week, one's own or the whole unit's. */
#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/unit/cover_rows.h"
#include "care/unit/draft.h"
#include "care/visit/visit_list.h"
#include "stats/review.h"
#include "ui/app.h"
#include "ui/common/dialog.h"
#include "ui/common/shared.h"
#include "ui/common/words.h"
#include "ui/visits/visit_row.h"
#include "ui/widgets/list.h"

#define WEEK_DAYS 7
/* A visit is looked for in the list from so long after it should have begun. */
#define NOW_MINUTES 30
/* The cursor is not set on a visit in a longer list: that would fetch all before it. */
#define SEARCHED_VISITS 2000
/* Before the line of a begun cancellation, as before a list's rows. */
#define MARK_COLUMNS 2

typedef struct {
    App *app;
    Date date;
    Date present;    /* the clock's day when `date` was chosen */
    gboolean mine;   /* one's own visits alone */
    gboolean week;   /* the whole week of `date` */
    gboolean denied; /* the role sees no visits */
    List *list;
    gint64 visits, missed, unknown;
    gint64 earlier; /* visits of before the present day of which nothing is recorded */
    Date earlier_day;
    char *out;         /* who is out and late, and oneself; NULL */
    char *covers;      /* whom one covers for that day, and who covers for oneself; NULL */
    Visit *draft;      /* the visit of a cancellation begun and not finished; NULL: none */
    gboolean on_draft; /* the cursor is on the line that says so */
    gint64 forgotten;  /* the visit of the draft it was on when the program was locked */
} TodayState;

/* --- what is shown ---------------------------------------------------------------------------- */

static VisitQuery query_of(const TodayState *state)
{
    Date monday = week_monday(week_of(state->date));
    return (VisitQuery){
        .from = state->week ? monday : state->date,
        .to = state->week ? monday + WEEK_DAYS - 1 : state->date,
        .staff_id = state->mine ? session_staff_id(app_session(state->app)) : 0,
        .covered = TRUE,
        .outcome = -1,
    };
}

static GPtrArray *fetch(void *data, gconstpointer after, int limit, GError **error)
{
    TodayState *state = data;
    VisitQuery query = query_of(state);
    return visit_list(app_session(state->app), &query, after, limit, error);
}

static VisitRowShape shape_of(const TodayState *state)
{
    return (VisitRowShape){.session = app_session(state->app),
                           .day = state->week,
                           .staff = !state->mine || state->covers != NULL,
                           .phone = TRUE};
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

static gboolean count_visits(TodayState *state, GError **error)
{
    Session *session = app_session(state->app);
    VisitQuery all = query_of(state), missed = all, unknown = all;
    missed.missed = TRUE;
    unknown.outcome = OUTCOME_NONE;
    return visit_count(session, &all, &state->visits, error) &&
           visit_count(session, &missed, &state->missed, error) &&
           visit_count(session, &unknown, &state->unknown, error);
}

static gboolean find_earlier(TodayState *state, GError **error)
{
    Session *session = app_session(state->app);
    return visit_unrecorded(session, state->mine ? session_staff_id(session) : 0, clock_today(),
                            &state->earlier, &state->earlier_day, error);
}

/* The newest cancellation begun whose visit is still there. The cursor does not go on to it from
 * the line of another one: the next key would act on a visit that was not chosen. */
static void find_draft(TodayState *state)
{
    gint64 before = state->draft != NULL ? state->draft->id : state->forgotten;
    state->forgotten = 0;
    g_clear_pointer(&state->draft, visit_free);
    g_autoptr(GPtrArray) drafts = draft_list(app_session(state->app), NULL);
    for (guint i = 0; drafts != NULL && i < drafts->len && state->draft == NULL; i++) {
        const Draft *draft = drafts->pdata[i];
        if (g_strcmp0(draft->kind, CANCELLATION_DRAFT) == 0)
            state->draft = visit_get(app_session(state->app), draft->ref_id, NULL);
    }
    state->on_draft = state->on_draft && state->draft != NULL && state->draft->id == before;
}

/* On the present day the cursor begins on the visit that is next. */
static gboolean select_next(TodayState *state, GError **error)
{
    int minute = clock_minute() - NOW_MINUTES;
    if (state->date != clock_today() || minute < 0 || state->visits > SEARCHED_VISITS)
        return TRUE;
    VisitQuery query = query_of(state);
    Visit moment = {.id = 0, .date = state->date, .start = minute};
    g_autoptr(GPtrArray) next = visit_list(app_session(state->app), &query, &moment, 1, error);
    if (next == NULL)
        return FALSE;
    if (next->len > 0)
        list_select(state->list, next->pdata[0], NULL);
    return TRUE;
}

/* `restart`: other visits, so the cursor begins anew. */
static gboolean fetch_all(TodayState *state, gboolean restart, GError **error)
{
    if (!access_allows(app_session(state->app), PERMIT_CLIENT_READ)) {
        state->denied = TRUE;
        return TRUE;
    }
    state->denied = FALSE;
    g_clear_pointer(&state->covers, g_free);
    if (!shared_out(state->app, &state->out, error) || !count_visits(state, error) ||
        !find_earlier(state, error) ||
        !cover_words_of_me(app_session(state->app), state->date, &state->covers, error))
        return FALSE;
    find_draft(state);
    if (!restart)
        return list_reload(state->list, error);
    state->on_draft = FALSE;
    return list_restart(state->list, error) && select_next(state, error);
}

static void show(App *app, TodayState *state, gboolean restart)
{
    GError *error = NULL;
    if (!fetch_all(state, restart, &error))
        app_error(app, error);
}

static gboolean today_enter(App *app, void *data, const void *argument, GError **error)
{
    TodayState *state = data;
    state->app = app;
    state->present = clock_today();
    state->date = argument != NULL ? *(const Date *)argument : state->present;
    state->mine = shared_begins_with_own(app);
    state->list = list_new(&LIST, state);
    if (!fetch_all(state, TRUE, error))
        return FALSE;
    state->on_draft = state->draft != NULL;
    return TRUE;
}

/* Where the present day was shown and a new one has begun, the list goes on to it. */
static void today_resume(App *app, void *data)
{
    TodayState *state = data;
    Date today = clock_today();
    gboolean new_day = state->date == state->present && today != state->present;
    if (new_day)
        state->date = state->present = today;
    show(app, state, new_day);
}

static void today_watch(App *app, void *data)
{
    TodayState *state = data;
    if (!state->denied)
        shared_out(app, &state->out, NULL);
}

static void today_forget(App *app, void *data)
{
    (void)app;
    TodayState *state = data;
    const gint64 draft = state->draft != NULL ? state->draft->id : 0;
    g_clear_pointer(&state->draft, visit_free);
    g_clear_pointer(&state->covers, g_free);
    g_clear_pointer(&state->out, g_free);
    state->forgotten = state->on_draft ? draft : 0;
}

static void today_leave(App *app, void *data)
{
    (void)app;
    TodayState *state = data;
    list_free(state->list);
    g_free(state->covers);
    g_free(state->out);
    visit_free(state->draft);
}

/* --- drawing ---------------------------------------------------------------------------------- */

static gboolean shows_day(const TodayState *state, Date date)
{
    return state->week ? week_of(state->date) == week_of(date) : state->date == date;
}

/* Which day it is, and that it is another than the present one. */
static void draw_day(const TodayState *state, Area area, int row)
{
    char key[KEY_NAME_SIZE];
    g_autofree char *day = state->week ? words_week(week_of(state->date)) : words_day(state->date);
    int column = draw_text(area, row, 0, STYLE_STRONG, day) + 2;
    if (shows_day(state, clock_today()))
        return;
    shared_key(state->app, ACTION_TO_TODAY, key);
    g_autofree char *distance = words_distance(state->date, clock_today());
    g_autofree char *way = state->week ? g_strdup_printf(_("another week; %s goes to today"), key)
                                       : g_strdup_printf(_("%s; %s goes to today"), distance, key);
    gboolean fits = column + text_width(way) <= area.columns;
    draw_text(area, row, column, STYLE_NOTICE, fits || state->week ? way : distance);
}

/* Whose cancellation was begun and what the keys do with it. New. */
static char *draft_text(const TodayState *state, const char *name, gboolean narrow)
{
    int year, month, day;
    char time[TIME_SIZE], enter[KEY_NAME_SIZE], delete[KEY_NAME_SIZE], up[KEY_NAME_SIZE];
    date_to_ymd(state->draft->date, &year, &month, &day);
    time_format(state->draft->start, time);
    if (!state->on_draft)
        return g_strdup_printf(_("Cancellation begun: %s, %d/%d %s. %s goes to it."), name, day,
                               month, time, key_label(K_UP, up));
    return g_strdup_printf(narrow ? _("%s, %d/%d %s. %s goes on, %s drops it.")
                                  : _("Cancellation begun: %s, %d/%d %s. %s goes on, %s drops it."),
                           name, day, month, time, key_label(K_ENTER, enter),
                           key_label(K_DELETE, delete));
}

/* In a narrow line it is not said that it is one, and the name makes way for the keys. New. */
static char *draft_text_in(const TodayState *state, int columns)
{
    const char *name = state->draft->client_name;
    g_autofree char *whole = draft_text(state, name, FALSE);
    if (text_width(whole) <= columns)
        return g_steal_pointer(&whole);
    g_autofree char *rest = draft_text(state, "", TRUE);
    g_autofree char *cut = text_truncate(name, columns - text_width(rest));
    return draft_text(state, cut, TRUE);
}

static int draw_draft(const TodayState *state, Area area, int row)
{
    if (state->draft == NULL)
        return 0;
    int columns = area.columns - MARK_COLUMNS;
    g_autofree char *text = draft_text_in(state, columns);
    Style style = state->on_draft ? STYLE_SELECTED : STYLE_NOTICE;
    draw_cell(area, row, 0, MARK_COLUMNS, style, FALSE, state->on_draft ? ">" : "");
    draw_cell(area, row, MARK_COLUMNS, columns, style, FALSE, text);
    if (state->on_draft)
        draw_caret(area, row, 0);
    return 1;
}

/* Wraps, so that no number is cut off in a narrow window. Returns the rows it took. */
static int draw_summary(const TodayState *state, Area area, int row)
{
    g_autofree char *counts = words_day_summary(state->visits, state->missed, state->unknown);
    const char *whose = state->mine                          ? _("Your own: %s")
                        : shared_begins_with_own(state->app) ? _("Your clients: %s")
                                                             : _("The whole unit: %s");
    g_autofree char *text = g_strdup_printf(whose, counts);
    return draw_paragraph(area, row, 0, area.columns, STYLE_NORMAL, text);
}

/* On the present day: what was forgotten before it. Returns the rows it took. */
static int draw_earlier(const TodayState *state, Area area, int row)
{
    if (state->earlier == 0 || !shows_day(state, clock_today()))
        return 0;
    char key[KEY_NAME_SIZE];
    g_autofree char *distance = words_distance(state->earlier_day, clock_today());
    g_autofree char *text = g_strdup_printf(
        ngettext("Nothing is recorded on %d earlier visit, %s. %s goes there.",
                 "Nothing is recorded on %d earlier visits, the latest %s. %s goes there.",
                 (gulong)state->earlier),
        (int)state->earlier, distance, shared_key(state->app, ACTION_TODAY_EARLIER, key));
    return draw_paragraph(area, row, 0, area.columns, STYLE_NOTICE, text);
}

/* What to do when there are no visits. New. */
static char *empty_text(const TodayState *state)
{
    App *app = state->app;
    char mine[KEY_NAME_SIZE], before[KEY_NAME_SIZE], after[KEY_NAME_SIZE], new[KEY_NAME_SIZE],
        import[KEY_NAME_SIZE];
    shared_key(app, ACTION_TODAY_MINE, mine);
    shared_key(app, ACTION_DAY_BEFORE, before);
    shared_key(app, ACTION_DAY_AFTER, after);
    if (state->mine)
        return g_strdup_printf(state->week ? _("You have no visits this week. %s shows the whole "
                                               "unit's, %s and %s go to another week.")
                                           : _("You have no visits this day. %s shows the whole "
                                               "unit's, %s and %s go to another day."),
                               mine, before, after);
    shared_key(app, ACTION_NEW_VISIT, new);
    if (!access_allows(app_session(app), PERMIT_IMPORT))
        return g_strdup_printf(
            state->week
                ? _("No visits are planned this week. %s plans one, %s and %s go to another "
                    "week.")
                : _("No visits are planned this day. %s plans one, %s and %s go to another "
                    "day."),
            new, before, after);
    return g_strdup_printf(state->week
                               ? _("No visits are planned this week. %s plans one, %s reads in a "
                                   "planning system's file, %s and %s go to another week.")
                               : _("No visits are planned this day. %s plans one, %s reads in a "
                                   "planning system's file, %s and %s go to another day."),
                           new, shared_key(app, ACTION_IMPORT, import), before, after);
}

static void draw_denied(const TodayState *state, Area area)
{
    char key[KEY_NAME_SIZE];
    g_autofree char *text = g_strdup_printf(
        _("Visits are seen by support workers, case officers and team leads. %s shows the week in "
          "numbers, without names."),
        shared_key(state->app, ACTION_WEEK, key));
    const int rows = draw_paragraph(area, 0, 0, area.columns, STYLE_NORMAL, text);
    if (access_allows(app_session(state->app), PERMIT_BACKUP)) {
        g_autofree char *keeps =
            g_strdup_printf(_("%s has what keeps the database safe: the backups, the data key and "
                              "the code of the log."),
                            shared_key(state->app, ACTION_DATABASE, key));
        const int below = rows + 1;
        const int more = draw_paragraph(area, below, 0, area.columns, STYLE_NORMAL, keeps);
        if (access_allows(app_session(state->app), PERMIT_USERS))
            draw_paragraph(
                area, below + more + 1, 0, area.columns, STYLE_NORMAL,
                _("Users are added, closed and given another role by commands: dagsform user"));
    }
    draw_caret(area, 0, 0);
}

static const Visit *chosen_visit(const TodayState *state)
{
    if (state->denied)
        return NULL;
    return state->on_draft ? state->draft : list_selected(state->list);
}

/* Two marks would leave it open which visit the next key acts on. */
static void draw_list(const TodayState *state, Area area, const char *empty)
{
    if (state->on_draft)
        list_draw_unmarked(state->list, area, empty);
    else
        list_draw(state->list, area, TRUE, empty);
}

static void today_draw(App *app, void *data, Area area)
{
    TodayState *state = data;
    if (state->denied) {
        draw_denied(state, area);
        return;
    }
    VisitRowShape shape = shape_of(state);
    int row = 0;
    if (state->out != NULL)
        row += draw_paragraph(area, row, 0, area.columns, STYLE_NOTICE, state->out);
    row += draw_draft(state, area, row);
    draw_day(state, area, row++);
    row += draw_summary(state, area, row);
    if (state->covers != NULL)
        row += draw_paragraph(area, row, 0, area.columns, STYLE_NOTICE, state->covers);
    row += draw_earlier(state, area, row);
    Area list, detail;
    gboolean empty = list_is_empty(state->list);
    if (empty) {
        g_autofree char *none = empty_text(state);
        draw_list(state, area_rows(area, row + 1, -1), none);
        return;
    }
    Area body = area_rows(area, row, -1);
    const int lines = 1 + list_loaded(state->list);
    detail_split(body, detail_below(body, VISIT_DETAIL_ROWS, lines), &list, &detail);
    visit_row_headings(&shape, area_rows(list, 0, 1));
    draw_list(state, area_rows(list, 1, -1), "");
    visit_detail_draw(app, chosen_visit(state), detail);
}

/* --- keys and actions ------------------------------------------------------------------------- */

static void drop_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)text;
    GError *error = NULL;
    if (yes && !draft_drop(app_session(app), CANCELLATION_DRAFT, *(const gint64 *)data, &error))
        app_error(app, error);
    shared_resume_top(app);
}

static void ask_drop(App *app, const Visit *visit)
{
    g_autofree char *question = g_strdup_printf(
        _("Drop the cancellation begun for %s? What was answered is thrown away. The visit itself "
          "stays as it is."),
        visit->client_name);
    dialog_ask_owning(app, question, drop_answered, g_memdup2(&visit->id, sizeof visit->id),
                      g_free);
}

/* On the line of the draft, whose visit the other keys act on. Answers whether the key was taken.
 */
static gboolean draft_key(App *app, TodayState *state, Key key)
{
    switch (key) {
    case K_ENTER:
        app_open(app, SCREEN_CANCEL, &(gint64){state->draft->id});
        return TRUE;
    case K_DELETE:
        ask_drop(app, state->draft);
        return TRUE;
    case K_DOWN:
    case K_ESCAPE:
        state->on_draft = FALSE;
        return TRUE;
    case K_UP:
    case K_PAGE_UP:
    case K_HOME:
        return TRUE;
    case K_PAGE_DOWN:
    case K_END:
        state->on_draft = FALSE;
        return FALSE;
    default:
        return FALSE;
    }
}

static gboolean today_key(App *app, void *data, const Event *event)
{
    TodayState *state = data;
    if (state->denied)
        return FALSE;
    if (event->type == EVENT_KEY && state->on_draft && draft_key(app, state, event->key))
        return TRUE;
    if (event->type == EVENT_KEY && event->key == K_UP && state->draft != NULL &&
        list_position(state->list) == 0) {
        state->on_draft = TRUE;
        return TRUE;
    }
    return FALSE;
}

/* A begun cancellation that is taken up may be of another day or a colleague's. */
static gboolean today_find(App *app, void *data, Subject subject)
{
    TodayState *state = data;
    const Visit *visit = subject.kind == SUBJECT_VISIT ? subject.row : NULL;
    if (visit == NULL || state->denied)
        return FALSE;
    state->on_draft = FALSE;
    const Visit *selected = list_selected(state->list);
    if (selected != NULL && selected->id == visit->id)
        return TRUE;
    gboolean mine = state->mine && visit->staff_id == session_staff_id(app_session(app));
    if (mine != state->mine || !shows_day(state, visit->date)) {
        state->mine = mine;
        state->date = visit->date;
        show(app, state, TRUE);
    }
    return state->visits <= SEARCHED_VISITS && list_select(state->list, visit, NULL);
}

static Subject today_subject(App *app, void *data)
{
    (void)app;
    const Visit *visit = chosen_visit(data);
    return (Subject){
        .client_id = visit != NULL ? visit->client_id : 0, .kind = SUBJECT_VISIT, .row = visit};
}

/* Whoever is out, or sees that a colleague is late, has the key that ends it before them. */
static gboolean today_idle(const void *data, Action action)
{
    return action == ACTION_OUT && ((const TodayState *)data)->out == NULL;
}

const Screen screen_today = {
    .name = "today",
    .place = IN_TODAY,
    .title = N_("Today"),
    .state_size = sizeof(TodayState),
    .enter = today_enter,
    .resume = today_resume,
    .forget = today_forget,
    .watch = today_watch,
    .draw = today_draw,
    .key = today_key,
    .list = offsetof(TodayState, list),
    .leave = today_leave,
    .subject = today_subject,
    .idle = today_idle,
    .find = today_find,
};

static void go_to(App *app, TodayState *state, Date date)
{
    char text[DATE_SIZE];
    date_format(date, text);
    if (date_parse(text) == DATE_NONE)
        return; /* beyond the calendar */
    state->date = date;
    state->present = clock_today();
    show(app, state, TRUE);
}

void on_today(App *app, void *state)
{
    (void)state;
    app_switch(app, SCREEN_TODAY, NULL);
}

static void step(App *app, TodayState *state, int days)
{
    go_to(app, state, state->date + (state->week ? WEEK_DAYS * days : days));
}

void on_day_before(App *app, void *state)
{
    step(app, state, -1);
}

void on_day_after(App *app, void *state)
{
    step(app, state, 1);
}

void on_today_week_before(App *app, void *state)
{
    go_to(app, state, ((TodayState *)state)->date - WEEK_DAYS);
}

void on_today_week_after(App *app, void *state)
{
    go_to(app, state, ((TodayState *)state)->date + WEEK_DAYS);
}

void on_to_today(App *app, void *state)
{
    if (((TodayState *)state)->date == clock_today())
        app_say(app, STYLE_QUIET, _("This is the present day already."));
    go_to(app, state, clock_today());
}

/* To the latest visit of before the present day that was forgotten, again and again to its day. */
void on_today_earlier(App *app, void *data)
{
    TodayState *state = data;
    if (state->denied)
        return;
    if (state->earlier == 0) {
        app_say(app, STYLE_QUIET, _("Something is recorded on every earlier visit."));
        return;
    }
    state->week = FALSE;
    go_to(app, state, state->earlier_day);
    VisitQuery query = query_of(state);
    query.outcome = OUTCOME_NONE;
    g_autoptr(GPtrArray) first = visit_list(app_session(app), &query, NULL, 1, NULL);
    if (first != NULL && first->len > 0 && state->visits <= SEARCHED_VISITS)
        list_select(state->list, first->pdata[0], NULL);
}

static void ask_date(App *app, const char *initial);

static void date_typed(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)data;
    if (!yes)
        return;
    Date date = date_parse_words(text, clock_today());
    if (date != DATE_NONE) {
        go_to(app, app_top_state(app), date);
        return;
    }
    ask_date(app, text);
    app_say(app, STYLE_NOTICE,
            _("That was not understood as a date. Type for instance 21/11, tomorrow or v47 fri."));
}

static void ask_date(App *app, const char *initial)
{
    dialog_prompt(app, _("Which day? Type for instance 21/11, yesterday, fri or v47 fri."), initial,
                  date_typed, NULL);
}

void on_to_date(App *app, void *state)
{
    (void)state;
    ask_date(app, "");
}

/* From a week to the day of the visit that the cursor is on, which it stays on. */
void on_today_span(App *app, void *data)
{
    TodayState *state = data;
    const Visit *visit = list_selected(state->list);
    if (state->denied)
        return;
    g_autoptr(Visit) chosen = visit_new();
    chosen->id = visit != NULL ? visit->id : 0;
    if (state->week && visit != NULL)
        state->date = visit->date;
    state->week = !state->week;
    show(app, state, TRUE);
    if (chosen->id != 0 && state->visits <= SEARCHED_VISITS)
        list_select(state->list, chosen, NULL);
}

void on_today_mine(App *app, void *data)
{
    TodayState *state = data;
    state->mine = !state->mine;
    show(app, state, TRUE);
}
