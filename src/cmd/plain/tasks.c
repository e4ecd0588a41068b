/* tasks.c: what has a date that somebody must keep, as lines. */
#include "cmd/plain/page.h"
#include "cmd/plain/plain.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/retention.h"
#include "care/laptop/laptop_proposal.h"
#include "care/task/call_clock.h"
#include "care/task/call_request.h"
#include "care/task/task_index.h"
#include "care/unit/access.h"
#include "care/unit/pick.h"

enum { TASKS_MOST = 100 };

/* --- in words --------------------------------------------------------------------------------- */

/* "fredag 2026-11-27 10:00, Anna Berg: Ring upp (2 dagar sen)". New. */
static char *task_line(const Task *task, gboolean with_staff)
{
    char date[DATE_SIZE], time[TIME_SIZE];
    int days = clock_today() - task->due_date;
    g_autofree char *what = task_words(task);
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_append_printf(text, "%s %s", date_weekday_name(date_weekday(task->due_date)),
                           date_format(task->due_date, date));
    if (task->due_time >= 0)
        g_string_append_printf(text, " %s", time_format(task->due_time, time));
    if (task_about(task) != NULL)
        g_string_append_printf(text, ", %s", task_about(task));
    if (with_staff)
        g_string_append_printf(text, ", %s",
                               task->staff_name != NULL ? task->staff_name : _("whoever can"));
    g_string_append_printf(text, ": %s", what);
    if (task->came_ms != 0) {
        const int left = call_hours_left(task->came_ms, clock_now_ms());
        g_string_append(text, " (");
        g_string_append_printf(text,
                               left >= 0 ? ngettext("%d hour left", "%d hours left", (gulong)left)
                                         : ngettext("%d hour late", "%d hours late", (gulong)-left),
                               ABS(left));
        g_string_append_c(text, ')');
    } else if (days > 0) {
        g_autofree char *late = g_strdup_printf(
            ngettext("overdue by %d day", "overdue by %d days", (gulong)days), days);
        g_string_append_printf(text, " (%s)", late);
    }
    return g_strdup(text->str);
}

/* --- one task --------------------------------------------------------------------------------- */

static void open_task(Plain *plain, const Task *task)
{
    gint64 proposal = 0;
    if (task->kind == TASK_CALL_BACK && task->response_id != 0 && task->response_completed)
        plain_read_aloud(plain, task->response_id);
    else if (task->kind == TASK_CALL_BACK && task->response_id != 0)
        plain_walk(plain, &(PlainWalk){.response_id = task->response_id});
    else if (task->kind == TASK_UBU && task->placement_id != 0)
        plain_placement(plain, task->placement_id);
    else if (task->kind == TASK_REBOOK && task->visit_id != 0 &&
             access_allows(plain->session, PERMIT_VISIT_RECORD))
        plain_rebook(plain, task->visit_id);
    else if (task->kind == TASK_PROPOSAL && proposal_of_task(plain->session, task->id, &proposal, NULL) &&
             proposal != 0)
        plain_proposal(plain, proposal);
    else if (task->kind == TASK_DISPUTE && task->client_id != 0)
        plain_disputes(plain, task->client_id);
    else if (task->kind == TASK_IMPLEMENTATION && task->client_id != 0)
        plain_grounds(plain, task->client_id);
    else if (task->client_id != 0)
        plain_client(plain, task->client_id);
    else
        plain_say(plain, "%s", _("The task is about no client."));
}

static void finish_task(Plain *plain, const Task *task)
{
    GError *error = NULL;
    if (task_finish(plain->session, task->id, NULL, &error)) {
        g_autofree char *what = task_words(task);
        plain_say(plain, _("Done: %s."), what);
    }
    plain_error(plain, error);
}

static void move_task(Plain *plain, const Task *task)
{
    GError *error = NULL;
    Date due;
    char date[DATE_SIZE];
    if (!plain_day_asked(plain, _("Move to which day? Type for instance tomorrow, fri or 21/11:"),
                         &due))
        return;
    if (task_postpone(plain->session, task->id, due, &error))
        plain_say(plain, _("Moved to %s %s."), date_weekday_name(date_weekday(due)),
                  date_format(due, date));
    plain_error(plain, error);
}

static void change_task(Plain *plain, const Task *task,
                        gboolean (*change)(Session *session, gint64 id, GError **error),
                        const char *sentence)
{
    GError *error = NULL;
    if (change(plain->session, task->id, &error))
        plain_say(plain, "%s", sentence);
    plain_error(plain, error);
}

/* TRUE when it has been marked as done. */
static gboolean choose_act(Plain *plain, const Task *task)
{
    enum { OPEN, DONE, MOVE, TAKE, GIVE, NOTE, REMIND };
    g_autoptr(GPtrArray) labels = g_ptr_array_new();
    g_ptr_array_add(labels, (char *)_("Open it"));
    g_ptr_array_add(labels, (char *)_("It is done"));
    g_ptr_array_add(labels, (char *)_("Move it to another day"));
    g_ptr_array_add(labels, (char *)_("I do it"));
    g_ptr_array_add(labels, (char *)_("Give it to a colleague"));
    g_ptr_array_add(labels, (char *)_("Note it in the journal"));
    if (task->came_ms != 0)
        g_ptr_array_add(labels, (char *)_("They have rung again"));
    g_autofree char *line = task_line(task, FALSE);
    if (task->contact != NULL)
        plain_say(plain, _("Call back: %s"), task->contact);
    if (task->phone != NULL)
        plain_say(plain, _("Phone: %s"), task->phone);
    if (task->came_ms != 0 && task->note != NULL)
        plain_say(plain, "%s: %s", C_("call", "Message"), task->note);
    int index = plain_choose(plain, line, labels);
    if (index == OPEN)
        open_task(plain, task);
    else if (index == DONE)
        finish_task(plain, task);
    else if (index == MOVE)
        move_task(plain, task);
    else if (index == TAKE)
        change_task(plain, task, task_take, _("The task is yours."));
    else if (index == GIVE)
        plain_give_task(plain, task->id);
    else if (index == NOTE)
        plain_note_task(plain, task);
    else if (index == REMIND)
        change_task(plain, task, call_request_remind, _("Counted: they have rung again."));
    return index == DONE;
}

/* --- the list --------------------------------------------------------------------------------- */

static void reopen(Plain *plain, gint64 *id)
{
    GError *error = NULL;
    if (task_reopen(plain->session, *id, &error))
        plain_say(plain, "%s", _("The task is open again."));
    plain_error(plain, error);
    *id = 0;
}

/* --- a new task ------------------------------------------------------------------------------- */

enum { TASK_ROW_NOTE, TASK_ROW_DUE, TASK_ROW_COUNT };

static char *task_fault(PlainPage *page, guint row, const char *text)
{
    (void)page;
    if (row == TASK_ROW_NOTE)
        return *text == '\0' ? g_strdup(_("Write what is to be done.")) : NULL;
    return date_parse_words(text, clock_today()) == DATE_NONE
               ? g_strdup(_("By which day? Type for instance tomorrow, fri or 21/11."))
               : NULL;
}

static gboolean save_task(PlainPage *page)
{
    GError *error = NULL;
    Session *session = page->plain->session;
    g_autoptr(Task) task = task_new();
    task->staff_id = session_staff_id(session);
    task->note = g_strdup(page->values[TASK_ROW_NOTE]);
    task->due_date = date_parse_words(page->values[TASK_ROW_DUE], clock_today());
    const gboolean added = task_add(session, task, &error);
    if (added)
        plain_say(page->plain, "%s", _("The task is added."));
    plain_error(page->plain, error);
    return added;
}

void plain_new_task(Plain *plain, gint64 unused)
{
    (void)unused;
    const PlainRow rows[TASK_ROW_COUNT] = {
        [TASK_ROW_NOTE] = {.label = _("What is to be done"), .help = _("One line.")},
        [TASK_ROW_DUE] = {.label = _("By which day"),
                          .help = _("The last day: tomorrow, fri, 21/11."),
                          .day = TRUE},
    };
    PlainPage page = {
        .plain = plain,
        .title = _("A new task"),
        .rows = rows,
        .count = TASK_ROW_COUNT,
        .values = g_new0(char *, TASK_ROW_COUNT + 1),
        .kept = {.kind = DRAFT_TASK},
        .is_new = TRUE,
        .fault = task_fault,
        .save = save_task,
    };
    for (int row = 0; row < TASK_ROW_COUNT; row++)
        page.values[row] = g_strdup("");
    plain_page(&page);
    plain_page_clear(&page);
}

/* --- given to a colleague --------------------------------------------------------------------- */

enum { GIVE_ROW_STAFF, GIVE_ROW_WORD, GIVE_ROW_COUNT };

typedef struct {
    GPtrArray *staff; /* PickOption * */
    gint64 id;
} Giving;

static char *give_fault(PlainPage *page, guint row, const char *text)
{
    const Giving *giving = page->data;
    return row == GIVE_ROW_STAFF && *text != '\0' && pick_match(giving->staff, text) == NULL
               ? g_strdup(_("No colleague, or more than one, is meant by that. Type more of the "
                            "name."))
               : NULL;
}

static char *give_meant(PlainPage *page, guint row, const char *text)
{
    const Giving *giving = page->data;
    const PickOption *who = row == GIVE_ROW_STAFF ? pick_match(giving->staff, text) : NULL;
    return who != NULL ? g_strdup(who->name) : NULL;
}

static gboolean save_given(PlainPage *page)
{
    GError *error = NULL;
    const Giving *giving = page->data;
    const PickOption *who = pick_match(giving->staff, page->values[GIVE_ROW_STAFF]);
    const gboolean given = task_give(page->plain->session, giving->id, who != NULL ? who->value : 0,
                                     page->values[GIVE_ROW_WORD], &error);
    if (given)
        plain_say(page->plain, _("Given to: %s."), who != NULL ? who->name : _("whoever can"));
    plain_error(page->plain, error);
    return given;
}

void plain_give_task(Plain *plain, gint64 id)
{
    const PlainRow rows[GIVE_ROW_COUNT] = {
        [GIVE_ROW_STAFF] = {.label = C_("task", "To whom"),
                            .help = _("The beginning of a name. Empty: whoever can.")},
        [GIVE_ROW_WORD] = {.label = C_("task", "A word"),
                           .help = _("What they should know. May be left empty.")},
    };
    GError *error = NULL;
    g_autoptr(GPtrArray) staff = pick_staff(plain->session, &error);
    plain_error(plain, error);
    if (staff == NULL)
        return;
    Giving giving = {staff, id};
    PlainPage page = {
        .plain = plain,
        .title = _("Give the task on"),
        .rows = rows,
        .count = GIVE_ROW_COUNT,
        .values = g_new0(char *, GIVE_ROW_COUNT + 1),
        .kept = {.kind = DRAFT_TASK_GIVE, .ref_id = id},
        .is_new = TRUE,
        .data = &giving,
        .fault = give_fault,
        .meant = give_meant,
        .save = save_given,
    };
    for (int row = 0; row < GIVE_ROW_COUNT; row++)
        page.values[row] = g_strdup("");
    plain_page(&page);
    plain_page_clear(&page);
}

/* --- what is below -----------------------------------------------------------------------------
 */

/* What stands below the tasks; the one marked as done last can be opened again. */
enum { REOPEN, ADD, CALL, WHOSE, FIGURES, SOME, BELOW_COUNT };

/* Adds the lines below the tasks; `acts` gets what each is. */
static void add_below(Plain *plain, GPtrArray *lines, TaskFilter shown, gint64 done,
                      int acts[BELOW_COUNT])
{
    int count = 0;
    if (done != 0) {
        g_ptr_array_add(lines, g_strdup(_("Open again what was marked as done last")));
        acts[count++] = REOPEN;
    }
    if (access_allows(plain->session, PERMIT_VISIT_RECORD)) {
        g_ptr_array_add(lines, g_strdup(_("Add a task of your own")));
        acts[count++] = ADD;
        g_ptr_array_add(lines, g_strdup(_("Note that somebody rang")));
        acts[count++] = CALL;
    }
    g_ptr_array_add(lines, g_strdup(shown.mine ? _("Show the whole unit's") : _("Show your own")));
    acts[count++] = WHOSE;
    g_ptr_array_add(lines, g_strdup(_("How many were answered in time, and what else is counted by the quarter")));
    acts[count++] = FIGURES;
    g_ptr_array_add(lines, g_strdup(_("Find some of them, or show all again")));
    acts[count] = SOME;
}

/* What the tasks shown are to have; it stays in `words`. NULL: all are shown. */
static const char *ask_words(Plain *plain, char **words)
{
    g_free(*words);
    *words = plain_ask(plain, _("Which? A client, a colleague, what it is, a day or overdue. An "
                                "empty line shows all:"));
    return *words != NULL && **words != '\0' ? *words : NULL;
}

/* Of somebody whom one covers for. */
static gboolean is_another_s(const Plain *plain, const Task *task)
{
    return task->staff_id != 0 && task->staff_id != session_staff_id(plain->session);
}

/* Which they are when not all are, and how many. */
static void say_counts(Plain *plain, const TaskIndex *index, TaskFilter shown, guint listed)
{
    gint64 open = 0, due = 0;
    task_index_count(index, clock_today(), &open, &due);
    if (shown.words != NULL && open > 0)
        plain_say(plain, ngettext("%d task with “%s”.", "%d tasks with “%s”.", (gulong)open),
                  (int)open, shown.words);
    if (open > listed)
        plain_say(plain, _("The first %d of %d are listed. Find some of them to hear others."),
                  (int)listed, (int)open);
}

void plain_tasks(Plain *plain, gint64 unused)
{
    gint64 done = 0;
    TaskFilter shown = {.mine = TRUE};
    g_autofree char *words = NULL;
    (void)unused;
    g_autofree char *waits = retention_waits(plain->session);
    if (waits != NULL)
        plain_say(plain, "%s", waits);
    plain_say_covers(plain, clock_today());
    while (!plain->ended) {
        GError *error = NULL;
        int acts[BELOW_COUNT];
        g_autoptr(TaskIndex) index_of_all = task_index_new(plain->session, shown, &error);
        g_autoptr(GPtrArray) tasks =
            index_of_all != NULL ? task_index_list(index_of_all, NULL, TASKS_MOST, &error) : NULL;
        if (tasks == NULL) {
            plain_error(plain, error);
            return;
        }
        say_counts(plain, index_of_all, shown, tasks->len);
        g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
        for (guint i = 0; i < tasks->len; i++)
            g_ptr_array_add(lines, task_line(tasks->pdata[i],
                                             !shown.mine || is_another_s(plain, tasks->pdata[i])));
        add_below(plain, lines, shown, done, acts);
        if (tasks->len == 0)
            plain_say(plain, "%s",
                      shown.words != NULL ? _("No task has those words.")
                      : shown.mine        ? _("Nothing waits for you.")
                                          : _("Nothing waits for the unit."));
        int index = plain_choose(
            plain,
            shown.mine ? _("To do, your own and those of nobody. Which? An empty line goes back.")
                       : _("To do, the whole unit's. Which? An empty line goes back."),
            lines);
        int act = index >= (int)tasks->len ? acts[index - (int)tasks->len] : -1;
        if (index < 0)
            return;
        if (act == WHOSE)
            shown.mine = !shown.mine;
        else if (act == SOME)
            shown.words = ask_words(plain, &words);
        else if (act == ADD)
            plain_new_task(plain, 0);
        else if (act == CALL)
            plain_new_call(plain, 0);
        else if (act == FIGURES)
            plain_quarter(plain);
        else if (act == REOPEN)
            reopen(plain, &done);
        else if (choose_act(plain, tasks->pdata[index]))
            done = ((const Task *)tasks->pdata[index])->id;
    }
}
