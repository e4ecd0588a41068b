/* task.c: tasks by day, finished, opened again, moved. */
#include "tests/unit/care/fixture_visit.h"

#include "care/task/task_index.h"

/* `time` -1: any. */
static gint64 add_task_at(const Visits *visits, TaskKind kind, const char *due, int time,
                          gint64 staff)
{
    g_autoptr(Task) task = task_new();
    task->kind = kind;
    task->client_id = visits->client;
    task->staff_id = staff;
    task->due_date = date_parse(due);
    task->due_time = time;
    task->note = g_strdup("Ring om fredagen");
    assert_ok(task_add(visits->session, task, &error));
    return task->id;
}

static gint64 add_task(const Visits *visits, TaskKind kind, const char *due, gint64 staff)
{
    return add_task_at(visits, kind, due, 9 * 60 + 30, staff);
}

static GPtrArray *list(const Visits *visits, gboolean mine, const Task *after, int limit)
{
    GPtrArray *tasks = NULL;
    assert_ok(
        (tasks = task_list(visits->session, (TaskFilter){.mine = mine}, after, limit, &error)));
    return tasks;
}

static void test_list(void **state)
{
    const Visits *visits = *state;
    gint64 me = session_staff_id(visits->session);
    gint64 late = add_task(visits, TASK_OTHER, "2026-12-01", me);
    gint64 soon = add_task(visits, TASK_CALL_BACK, "2026-11-22", 0);
    gint64 same_day = add_task(visits, TASK_OTHER, "2026-12-01", visits->staff);
    gint64 overdue = add_task(visits, TASK_OTHER, "2026-11-20", visits->staff);
    gint64 any_time = add_task_at(visits, TASK_OTHER, "2026-12-01", -1, visits->staff);
    gint64 afternoon = add_task_at(visits, TASK_OTHER, "2026-12-01", 16 * 60, visits->staff);
    gint64 morning = add_task_at(visits, TASK_OTHER, "2026-12-01", 8 * 60, visits->staff);
    const gint64 order[] = {overdue, soon, morning, late, same_day, afternoon, any_time};
    const gint64 my_order[] = {soon, late};
    g_autoptr(GPtrArray) all = list(visits, FALSE, NULL, 10);
    assert_int_equal(all->len, G_N_ELEMENTS(order));
    for (guint i = 0; i < all->len; i++)
        assert_int_equal(((Task *)g_ptr_array_index(all, i))->id, order[i]);
    g_autoptr(GPtrArray) mine = list(visits, TRUE, NULL, 10);
    assert_int_equal(mine->len, G_N_ELEMENTS(my_order));
    for (guint i = 0; i < mine->len; i++)
        assert_int_equal(((Task *)g_ptr_array_index(mine, i))->id, my_order[i]);
    /* Window by window the same. */
    const Task *after = NULL;
    g_autoptr(GPtrArray) window = NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(order); i++) {
        GPtrArray *next = list(visits, FALSE, after, 1);
        assert_int_equal(next->len, 1);
        g_clear_pointer(&window, g_ptr_array_unref);
        window = next;
        after = g_ptr_array_index(window, 0);
        assert_int_equal(after->id, order[i]);
    }
    g_autoptr(GPtrArray) end = list(visits, FALSE, after, 1);
    assert_int_equal(end->len, 0);

    const Task *first = g_ptr_array_index(mine, 0);
    assert_int_equal(first->kind, TASK_CALL_BACK);
    assert_int_equal(first->due_time, 570);
    assert_string_equal(first->note, "Ring om fredagen");
    assert_string_equal(first->client_name, "Emil Ärlig");
    assert_string_equal(first->phone, "08-123 45");
    assert_null(first->staff_name);
}

static void test_count(void **state)
{
    const Visits *visits = *state;
    gint64 open = -1, due = -1;
    Date today = clock_today();
    assert_ok(task_count(visits->session, (TaskFilter){0}, today, &open, &due, &error));
    assert_int_equal(open, 0);
    assert_int_equal(due, 0);
    add_task(visits, TASK_OTHER, "2026-11-21", visits->staff);
    add_task(visits, TASK_OTHER, "2026-11-22", 0);
    add_task(visits, TASK_OTHER, "2026-11-23", 0);
    assert_ok(task_count(visits->session, (TaskFilter){0}, today, &open, &due, &error));
    assert_int_equal(open, 3);
    assert_int_equal(due, 2);
    assert_ok(task_count(visits->session, (TaskFilter){.mine = TRUE}, today, &open, &due, &error));
    assert_int_equal(open, 2);
    assert_int_equal(due, 1);
}

/* The ids of the tasks with these words, in order, with a blank after each; the count is theirs
 * too. */
static char *with_words(const Visits *visits, const char *words)
{
    const TaskFilter filter = {.words = words};
    GPtrArray *tasks = NULL;
    gint64 open = -1, due = -1;
    g_autoptr(GString) ids = g_string_new(NULL);
    assert_ok((tasks = task_list(visits->session, filter, NULL, 20, &error)));
    for (guint i = 0; i < tasks->len; i++)
        g_string_append_printf(ids, "%" G_GINT64_FORMAT " ", ((Task *)tasks->pdata[i])->id);
    assert_ok(task_count(visits->session, filter, clock_today(), &open, &due, &error));
    assert_int_equal(open, tasks->len);
    g_ptr_array_unref(tasks);
    return g_strdup(ids->str);
}

static void assert_with_words(const Visits *visits, const char *words, const gint64 *ids, int count)
{
    g_autofree char *found = with_words(visits, words);
    g_autoptr(GString) wanted = g_string_new(NULL);
    for (int i = 0; i < count; i++)
        g_string_append_printf(wanted, "%" G_GINT64_FORMAT " ", ids[i]);
    assert_string_equal(found, wanted->str);
}
#define ASSERT_WITH_WORDS(words, ...)                                                              \
    assert_with_words(visits, words, (const gint64[]){__VA_ARGS__},                                \
                      sizeof((const gint64[]){__VA_ARGS__}) / sizeof(gint64))

/* By client, colleague, kind, day and what is overdue, and by several of them; today is 22/11. */
static void test_with_words(void **state)
{
    Visits *visits = *state;
    const gint64 emil = visits->client;
    gint64 overdue = add_task(visits, TASK_OTHER, "2026-11-20", visits->staff);
    gint64 call = add_task(visits, TASK_CALL_BACK, "2026-11-23", 0);
    visits->client = visits->other;
    gint64 others = add_task(visits, TASK_REBOOK, "2026-11-24", visits->colleague);
    gint64 friday = add_task(visits, TASK_OTHER, "2026-11-27", visits->staff);
    visits->client = emil;

    ASSERT_WITH_WORDS("", overdue, call, others, friday);
    ASSERT_WITH_WORDS("  ", overdue, call, others, friday);
    ASSERT_WITH_WORDS("emil", overdue, call);
    ASSERT_WITH_WORDS("ARLIG", overdue, call); /* Ärlig, on a keyboard without ä */
    ASSERT_WITH_WORDS("esse", others, friday);
    ASSERT_WITH_WORDS("back", call);
    ASSERT_WITH_WORDS("27/11", friday);
    ASSERT_WITH_WORDS("tue", others);
    ASSERT_WITH_WORDS("overdue", overdue);
    ASSERT_WITH_WORDS("emil call", call);
    ASSERT_WITH_WORDS("whoever", call); /* nobody's */
    assert_with_words(visits, "mil", NULL, 0);
    assert_with_words(visits, "emil 27/11", NULL, 0);
    assert_with_words(visits, "%", NULL, 0);
}

/* The ids of a window of the index, in order. */
static GArray *window_of(const TaskIndex *index, Task *after, int limit)
{
    GPtrArray *tasks = NULL;
    GArray *ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    assert_ok((tasks = task_index_list(index, after, limit, &error)));
    for (guint i = 0; i < tasks->len; i++) {
        const Task *task = tasks->pdata[i];
        g_array_append_val(ids, task->id);
        *after = (Task){.id = task->id, .due_date = task->due_date, .due_time = task->due_time};
    }
    g_ptr_array_unref(tasks);
    return ids;
}

/* Kept while it is looked at: narrowed and widened again, window by window, without what is done or
 * is for others by then. */
static void test_index(void **state)
{
    enum { COUNT = 70, WINDOW = 50 };
    Visits *visits = *state;
    gint64 ids[COUNT], open = 0, due = 0;
    const gint64 emil = visits->client;
    fixture_user(&visits->unit, "bertil", ROLE_CASE_OFFICER);
    g_autoptr(Session) bertil = fixture_open(&visits->unit, "bertil");
    for (int i = 0; i < COUNT; i++) {
        visits->client = i % 2 == 0 ? emil : visits->other;
        ids[i] = add_task_at(visits, TASK_OTHER, i < 10 ? "2026-11-22" : "2026-11-24",
                             i % 7 == 6 ? -1 : i, 0);
    }
    visits->client = emil;
    g_autoptr(TaskIndex) index = NULL;
    assert_ok((index = task_index_new(bertil, (TaskFilter){0}, &error)));
    task_index_count(index, clock_today(), &open, &due);
    assert_int_equal(open, COUNT);
    assert_int_equal(due, 10);
    Task after = {.due_date = DATE_NONE, .due_time = -1};
    after.due_date = date_parse("2026-01-01");
    g_autoptr(GArray) first = window_of(index, &after, WINDOW);
    g_autoptr(GArray) second = window_of(index, &after, WINDOW);
    assert_int_equal(first->len, WINDOW);
    assert_int_equal(second->len, COUNT - WINDOW);
    g_autoptr(GPtrArray) all = list(visits, FALSE, NULL, COUNT);
    for (guint i = 0; i < COUNT; i++)
        assert_int_equal(((Task *)all->pdata[i])->id,
                         i < WINDOW ? g_array_index(first, gint64, i)
                                    : g_array_index(second, gint64, i - WINDOW));

    assert_ok(task_index_narrow(index, "emil", &error));
    task_index_count(index, clock_today(), &open, &due);
    assert_int_equal(open, COUNT / 2);
    assert_int_equal(due, 5);
    assert_ok(task_finish(visits->session, ids[0], NULL, &error));
    after.due_date = date_parse("2026-01-01");
    g_autoptr(GArray) of_emil = window_of(index, &after, WINDOW);
    assert_int_equal(of_emil->len, COUNT / 2 - 1);

    assert_ok(task_index_narrow(index, NULL, &error));
    assert_ok(db_run(session_db(visits->session),
                     "UPDATE client SET protection = 'marked' WHERE id = :id",
                     DB_PARAMS(DB_INT("id", emil)), &error));
    after.due_date = date_parse("2026-01-01");
    g_autoptr(GArray) of_others = window_of(index, &after, COUNT);
    assert_int_equal(of_others->len, COUNT / 2);
}

static void test_finish_and_reopen(void **state)
{
    const Visits *visits = *state;
    gint64 id = add_task(visits, TASK_OTHER, "2026-11-23", 0);
    for (int twice = 0; twice < 2; twice++)
        assert_ok(task_finish(visits->session, id, "Ringde", &error));
    assert_int_equal(ask(visits,
                         "SELECT COUNT(*) FROM task WHERE id = :id AND done_ms IS NOT NULL"
                         " AND done_how = 'Ringde' AND done_by IS NOT NULL",
                         id),
                     1);
    g_autoptr(GPtrArray) none = list(visits, FALSE, NULL, 10);
    assert_int_equal(none->len, 0);
    assert_fails(task_postpone(visits->session, id, clock_today() + 9, &error), ERROR_CONFLICT);
    for (int twice = 0; twice < 2; twice++)
        assert_ok(task_reopen(visits->session, id, &error));
    assert_int_equal(ask(visits,
                         "SELECT COUNT(*) FROM task WHERE id = :id AND done_ms IS NULL"
                         " AND done_how IS NULL AND done_by IS NULL",
                         id),
                     1);
    assert_ok(task_postpone(visits->session, id, date_parse("2026-12-24"), &error));
    g_autoptr(GPtrArray) moved = list(visits, FALSE, NULL, 10);
    assert_int_equal(((Task *)g_ptr_array_index(moved, 0))->due_date, date_parse("2026-12-24"));
    /* Each change once: added, finished, opened, moved. */
    assert_int_equal(ask(visits,
                         "SELECT COUNT(*) FROM audit WHERE entity = 'task'"
                         " AND entity_id = :id",
                         id),
                     4);
    assert_int_equal(fixture_faults(visits->session, NULL), 0);
}

static void test_refusals(void **state)
{
    const Visits *visits = *state;
    g_autoptr(Task) task = task_new();
    assert_fails(task_add(visits->session, task, &error), ERROR_INPUT);
    task->due_date = clock_today();
    task->note = g_strnfill(4001, 'x');
    assert_fails(task_add(visits->session, task, &error), ERROR_INPUT);
    assert_fails(task_finish(visits->session, 17, NULL, &error), ERROR_NOT_FOUND);
    assert_fails(task_postpone(visits->session, 17, DATE_NONE, &error), ERROR_INPUT);
}

static void test_added_once(void **state)
{
    const Visits *visits = *state;
    g_autoptr(Task) task = task_new();
    task->due_date = clock_today();
    for (int twice = 0; twice < 2; twice++)
        assert_ok(task_add(visits->session, task, &error));
    assert_int_equal(ask(visits, "SELECT COUNT(*) FROM task WHERE :id > 0", 1), 1);
}

static void test_phone_of_protected(void **state)
{
    const Visits *visits = *state;
    g_autoptr(Task) task = task_new();
    task->client_id = visits->hidden;
    task->due_date = clock_today();
    assert_ok(task_add(visits->session, task, &error));
    g_autoptr(GPtrArray) tasks = list(visits, FALSE, NULL, 1);
    const Task *first = g_ptr_array_index(tasks, 0);
    assert_string_equal(first->client_name, "Siv Skyddad");
    assert_null(first->phone);
}

/* Of somebody with protected identity a colleague reads what they have to do themselves, and no
 * other note. */
static void test_note_of_protected(void **state)
{
    Visits *visits = *state;
    fixture_user(&visits->unit, "bertil", ROLE_SUPPORT_WORKER);
    g_autoptr(Session) bertil = fixture_open(&visits->unit, "bertil");
    gint64 me = session_staff_id(bertil);
    const gint64 doers[] = {visits->staff, 0, me};
    for (gsize i = 0; i < G_N_ELEMENTS(doers); i++) {
        g_autoptr(Task) task = task_new();
        task->client_id = visits->hidden;
        task->staff_id = doers[i];
        task->due_date = clock_today() + (Date)i;
        task->note = g_strdup("Bor hos sin syster");
        assert_ok(task_add(visits->session, task, &error));
    }
    g_autoptr(GPtrArray) theirs = NULL, of_all = list(visits, FALSE, NULL, 9);
    gint64 open = 0, due = 0;
    assert_ok((theirs = task_list(bertil, (TaskFilter){0}, NULL, 9, &error)));
    assert_ok(task_count(bertil, (TaskFilter){0}, clock_today(), &open, &due, &error));
    assert_int_equal(theirs->len, 1);
    assert_int_equal(open, 1);
    assert_int_equal(((const Task *)theirs->pdata[0])->staff_id, me);
    assert_string_equal(((const Task *)theirs->pdata[0])->note, "Bor hos sin syster");
    assert_int_equal(of_all->len, G_N_ELEMENTS(doers));
}

/* What they cannot read they do not do either, whoever's it is but their own; and the log has it.
 */
static void test_protected_is_not_done_by_others(void **state)
{
    Visits *visits = *state;
    fixture_user(&visits->unit, "bertil", ROLE_SUPPORT_WORKER);
    g_autoptr(Session) bertil = fixture_open(&visits->unit, "bertil");
    const Date later = clock_today() + 7;
    const struct {
        gint64 client, doer;
        gboolean his;
    } cases[] = {
        {visits->hidden, visits->staff, FALSE},
        {visits->hidden, 0, FALSE},
        {visits->hidden, session_staff_id(bertil), TRUE},
        {visits->client, visits->staff, TRUE}, /* his own client's */
        {visits->client, 0, TRUE},
        {visits->other, visits->staff, FALSE}, /* a colleague's client's */
        {visits->other, session_staff_id(bertil), TRUE},
        {0, visits->staff, TRUE},
    };
    int refused = 0;
    make_own(visits->session, visits->client, bertil);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Task) task = task_new();
        task->client_id = cases[i].client;
        task->staff_id = cases[i].doer;
        task->due_date = clock_today();
        assert_ok(task_add(visits->session, task, &error));
        if (cases[i].his) {
            assert_ok(task_postpone(bertil, task->id, later, &error));
            assert_ok(task_finish(bertil, task->id, NULL, &error));
            assert_ok(task_reopen(bertil, task->id, &error));
            continue;
        }
        assert_fails(task_postpone(bertil, task->id, later, &error), ERROR_DENIED);
        assert_fails(task_finish(bertil, task->id, NULL, &error), ERROR_DENIED);
        assert_ok(task_finish(visits->session, task->id, NULL, &error));
        assert_fails(task_reopen(bertil, task->id, &error), ERROR_DENIED);
        refused += 3;
        assert_int_equal(ask(visits,
                             "SELECT COUNT(*) FROM task WHERE id = :id AND done_ms IS NOT NULL"
                             " AND due_date = '2026-11-22'",
                             task->id),
                         1);
    }
    assert_int_equal(ask(visits,
                         "SELECT COUNT(*) FROM audit WHERE entity = 'task' AND action = 'denied'"
                         " AND client_id <> :id",
                         visits->client),
                     refused);
    assert_int_equal(fixture_faults(visits->session, NULL), 0);
}

static void test_words(void **state)
{
    (void)state;
    static const struct {
        TaskKind kind;
        const char *item, *note, *words;
    } cases[] = {
        {TASK_REBOOK, NULL, NULL, "Book a new time"},
        {TASK_REBOOK, NULL, "Thursdays", "Book a new time: Thursdays"},
        {TASK_OTHER, NULL, "Order keys", "Order keys"},
        {TASK_OTHER, NULL, NULL, "Other"},
        {TASK_UBU, "child", "never shown", "Interview: Child or young person"},
        {TASK_UBU, NULL, NULL, "Interview after placement"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Task task = {
            .kind = cases[i].kind, .item = (char *)cases[i].item, .note = (char *)cases[i].note};
        g_autofree char *words = task_words(&task);
        assert_string_equal(words, cases[i].words);
    }
}

static void test_kinds(void **state)
{
    (void)state;
    static const char *const codes[TASK_KIND_COUNT] = {"rebook",  "call-back", "follow-up",
                                                       "action",  "decision",  "ubu",
                                                       "dispute", "return",    "implementation",
                                                       "other",   "proposal"};
    for (TaskKind kind = TASK_REBOOK; kind < TASK_KIND_COUNT; kind++) {
        assert_string_equal(task_kind_code(kind), codes[kind]);
        assert_string_not_equal(task_kind_name(kind), "");
    }
}

/* D4: each task of one client says which visit, or whom, it is about. */
static void test_d4_words_tell_tasks_apart(void **state)
{
    const Visits *visits = *state;
    static const char *const TIMES[][2] = {{"2026-11-19", "10:00"}, {"2026-11-20", "08:30"}};
    static const char *const WORDS[] = {"New time for Thu 19/11 10:00",
                                        "New time for Fri 20/11 08:30"};
    for (gsize i = 0; i < G_N_ELEMENTS(TIMES); i++)
        record(visits, plan(visits, TIMES[i][0], TIMES[i][1]), came(OUTCOME_CANCELLED, "sjuk"));
    g_autoptr(GPtrArray) tasks = list(visits, FALSE, NULL, 10);
    assert_int_equal(tasks->len, G_N_ELEMENTS(WORDS));
    for (guint i = 0; i < tasks->len; i++) {
        g_autofree char *words = task_words(tasks->pdata[i]);
        assert_string_equal(words, WORDS[i]);
    }
    g_autoptr(Task) interview = task_new();
    interview->kind = TASK_UBU;
    interview->item = g_strdup("case-officer");
    g_autofree char *whom = task_words(interview);
    assert_string_equal(whom, "Interview: Case officer");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VISIT_TEST(test_list),
        VISIT_TEST(test_count),
        VISIT_TEST(test_with_words),
        VISIT_TEST(test_index),
        VISIT_TEST(test_finish_and_reopen),
        VISIT_TEST(test_refusals),
        VISIT_TEST(test_added_once),
        VISIT_TEST(test_phone_of_protected),
        VISIT_TEST(test_note_of_protected),
        VISIT_TEST(test_d4_words_tell_tasks_apart),
        VISIT_TEST(test_protected_is_not_done_by_others),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_kinds),
    };
    return cmocka_run_group_tests_name("care/task", tests, NULL, NULL);
}
