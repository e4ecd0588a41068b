/* harness_day.c: a scripted day. An act that is done again does what a person does who sees what is
 * there: nothing, where it has come through after all. */
#include "tests/fault/harness_day.h"

#include "care/client/client_guard.h"
#include "care/client/client_merge.h"
#include "care/response/walk.h"
#include "care/unit/backup.h"
#include "stats/week_review.h"
#include "tests/unit/care/fixture_visit.h"

enum { CANCELLED = 10, ANSWERED = 6, AT_THE_LOCK = 3, TASKS = 2 };

#define PHONE "08-999 88"
#define TYPED "Det bästa var "
#define UNDONE (CANCELLED - 1) /* of the visits */

struct Day {
    Visits visits; /* its session is the one at work; NULL: locked */
    FixtureFiles files;
    gint64 planned[CANCELLED], tasks[TASKS];
    Walk *walk;
    gint64 response;
    char *items[ANSWERED], *values[ANSWERED];
    guint done; /* acts that were said to be done */
};

/* --- the acts --------------------------------------------------------------------------------- */

static gboolean sign_in(Day *day, int nth, GError **error)
{
    (void)nth;
    day->visits.session = fixture_try(&day->visits.unit, "grundare", PASSPHRASE, error);
    if (day->visits.session == NULL)
        return FALSE;
    if (!db_is_read_only(session_db(day->visits.session)))
        return TRUE;
    /* The screen says so; to write one unlocks again. */
    session_close(g_steal_pointer(&day->visits.session));
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_FULL, "It can only be read.");
    return FALSE;
}

static gboolean lock(Day *day, int nth, GError **error)
{
    (void)nth, (void)error;
    session_close(g_steal_pointer(&day->visits.session));
    return TRUE;
}

static gboolean cancel(Day *day, int nth, GError **error)
{
    Session *session = day->visits.session;
    g_autoptr(Visit) visit = visit_get(session, day->planned[nth], error);
    VisitOutcome what = came(OUTCOME_CANCELLED, "ORK");
    what.words = (char *)"Jag orkar inte idag.";
    return visit != NULL &&
           visit_record(session, visit->id, visit->version, &what, NULL, NULL, error);
}

static gboolean undo(Day *day, int nth, GError **error)
{
    (void)nth;
    Session *session = day->visits.session;
    g_autoptr(Visit) visit = visit_get(session, day->planned[UNDONE], error);
    return visit != NULL &&
           (visit->outcome.outcome == OUTCOME_NONE || visit_undo(session, visit->id, NULL, error));
}

static gboolean change_card(Day *day, int nth, GError **error)
{
    (void)nth;
    g_autoptr(Client) client = client_open(day->visits.session, day->visits.client, error);
    if (client == NULL || g_strcmp0(client->phone, PHONE) == 0)
        return client != NULL;
    g_free(client->phone);
    client->phone = g_strdup(PHONE);
    return client_change(day->visits.session, client, error);
}

/* All of it or nothing. */
static gboolean merge_cards(Day *day, int nth, GError **error)
{
    (void)nth;
    gint64 stands = 0, merge = 0;
    Session *session = day->visits.session;
    return client_stands(session, day->visits.other, &stands, error) &&
           (stands == day->visits.client ||
            client_merge(session, day->visits.client, day->visits.other, 0, &merge, error));
}

static gboolean finish_task(Day *day, int nth, GError **error)
{
    return task_finish(day->visits.session, day->tasks[nth], "Ringt", error);
}

static gboolean begin(Day *day, int nth, GError **error)
{
    (void)nth;
    Session *session = day->visits.session;
    g_autoptr(GPtrArray) unfinished = response_unfinished(session, TRUE, 1, error);
    if (unfinished == NULL)
        return FALSE;
    day->walk =
        unfinished->len > 0
            ? walk_open(session, ((const Response *)unfinished->pdata[0])->id, TRUE, error)
            : walk_begin(session, "ubu-ungdom", day->visits.client, "child", 0, "sv", error);
    if (day->walk != NULL)
        day->response = walk_response(day->walk)->id;
    return day->walk != NULL;
}

static gboolean answer(Day *day, int nth, GError **error)
{
    const FormItem *item = walk_step(day->walk)->item;
    const FormOption *first = item->options->len > 0 ? item->options->pdata[0] : NULL;
    g_autofree char *sentence = NULL;
    g_free(day->items[nth]);
    day->items[nth] = g_strdup(item->link_id);
    g_free(day->values[nth]);
    day->values[nth] = g_strdup(first != NULL                ? first->code
                                : item->type == ITEM_BOOLEAN ? "true"
                                                             : "Jag trivdes.");
    WalkResult result =
        walk_answer(day->walk, day->visits.session, day->values[nth], NULL, &sentence, error);
    if (sentence != NULL)
        fail_msg("%s: %s", item->link_id, sentence);
    return result == WALK_SAVED && walk_forward(day->walk, day->visits.session, error);
}

static gboolean type(Day *day, int nth, GError **error)
{
    (void)nth;
    return walk_type(day->walk, day->visits.session, TYPED_ANSWER, TYPED, error);
}

static gboolean review(Day *day, int nth, GError **error)
{
    (void)nth;
    g_autoptr(WeekReview) found =
        week_review_new(day->visits.session, week_parse("2026-W48"), 4, error);
    return found != NULL;
}

static gboolean back_up(Day *day, int nth, GError **error)
{
    (void)nth;
    g_autoptr(Backup) made = backup_make(day->visits.session, &(BackupOrder){0}, error);
    return made != NULL;
}

/* --- what must be there ------------------------------------------------------------------------
 */

static void see_cancelled(const Day *day, int nth)
{
    g_autoptr(Visit) visit = get(&day->visits, day->planned[nth]);
    assert_int_equal(visit->outcome.outcome, OUTCOME_CANCELLED);
    assert_string_equal(visit->outcome.words, "Jag orkar inte idag.");
}

static void see_undone(const Day *day, int nth)
{
    (void)nth;
    g_autoptr(Visit) visit = get(&day->visits, day->planned[UNDONE]);
    assert_int_equal(visit->outcome.outcome, OUTCOME_NONE);
}

static void see_card(const Day *day, int nth)
{
    (void)nth;
    g_autoptr(Client) client = NULL;
    assert_ok((client = client_open(day->visits.session, day->visits.client, &error)));
    assert_string_equal(client->phone, PHONE);
}

static void see_merged(const Day *day, int nth)
{
    (void)nth;
    assert_int_equal(ask(&day->visits, "SELECT merged_into FROM client WHERE id = :id",
                         day->visits.other),
                     day->visits.client);
    assert_int_equal(
        ask(&day->visits, "SELECT COUNT(*) FROM task WHERE client_id = :id", day->visits.other), 0);
    assert_int_equal(
        ask(&day->visits, "SELECT COUNT(*) FROM client_merge WHERE closed_id = :id", day->visits.other),
        1);
}

static void see_task(const Day *day, int nth)
{
    assert_int_equal(ask(&day->visits,
                         "SELECT COUNT(*) FROM task WHERE id = :id AND done_ms IS NOT NULL"
                         " AND done_how = 'Ringt'",
                         day->tasks[nth]),
                     1);
}

static void see_answer(const Day *day, int nth)
{
    g_autoptr(Answers) answers = NULL;
    g_autoptr(Response) response = NULL;
    Form *form = NULL;
    assert_ok((response = response_open(day->visits.session, day->response, FALSE, FALSE, &form,
                                        &answers, &error)));
    const Answer *found = answers_get(answers, day->items[nth], "");
    assert_non_null(found);
    assert_string_equal(found->value, day->values[nth]);
    form_free(form);
}

static void see_typed(const Day *day, int nth)
{
    (void)nth;
    TypedIn in = TYPED_NOTHING;
    Walk *walk = NULL;
    assert_ok((walk = walk_open(day->visits.session, day->response, TRUE, &error)));
    const char *typed = walk_typed(walk, &in);
    assert_non_null(typed);
    assert_string_equal(typed, TYPED);
    walk_close(walk, day->visits.session);
}

static void see_backup(const Day *day, int nth)
{
    (void)nth;
    g_autofree char *folder = backup_folder(day->visits.session);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    assert_non_null(dir);
    const char *name = g_dir_read_name(dir);
    assert_non_null(name);
}

/* --- the day -----------------------------------------------------------------------------------
 */

typedef struct {
    const char *name;
    gboolean (*act)(Day *day, int nth, GError **error);
    void (*see)(const Day *day, int nth); /* NULL: leaves nothing to be seen */
    int from, until;                      /* what `nth` goes through */
} Part;

static const Part PARTS[] = {
    {"sign in", sign_in, NULL, 0, 1},
    {"cancel", cancel, see_cancelled, 0, CANCELLED},
    {"undo", undo, see_undone, 0, 1},
    {"begin", begin, NULL, 0, 1},
    {"answer", answer, see_answer, 0, AT_THE_LOCK},
    {"type", type, NULL, 0, 1}, /* the answer takes its place */
    {"lock", lock, NULL, 0, 1},
    {"sign in again", sign_in, NULL, 0, 1},
    {"answer", answer, see_answer, AT_THE_LOCK, ANSWERED},
    {"type", type, see_typed, 0, 1},
    {"change the card", change_card, see_card, 0, 1},
    {"merge two cards", merge_cards, see_merged, 0, 1},
    {"finish a task", finish_task, see_task, 0, TASKS},
    {"look at the week", review, NULL, 0, 1},
    {"back up", back_up, see_backup, 0, 1},
};

/* An error of ours: a sentence that says what to do, and nothing of the engine's. */
static void told(const char *name, const GError *error)
{
    static const DagsformError RIGHT[] = {ERROR_IO, ERROR_FULL, ERROR_READONLY};
    gboolean right = FALSE;
    if (error == NULL)
        fail_msg("%s: failed without a word", name);
    for (gsize i = 0; i < G_N_ELEMENTS(RIGHT); i++)
        right |= g_error_matches(error, DAGSFORM_ERROR, (gint)RIGHT[i]);
    g_autofree char *lower = g_utf8_strdown(error->message, -1);
    if (!right || !g_str_has_suffix(lower, ".") || strstr(lower, "sql") != NULL ||
        strstr(lower, "i/o") != NULL)
        fail_msg("%s: code %d: %s", name, error->code, error->message);
}

/* One act, as often as it takes. FALSE: the program is left. */
static gboolean act(Day *day, const Part *part, int nth, Patience patience,
                    void (*work_again)(void), int *errors)
{
    for (int tries = 0; tries < 3; tries++) {
        g_autoptr(GError) error = NULL;
        if (tries == 2)
            work_again();
        if (part->act(day, nth, &error))
            return TRUE;
        told(part->name, error);
        ++*errors;
        if (tries == 1 && patience == LEAVES)
            return FALSE;
        if (tries == 2)
            fail_msg("%s: still not: %s", part->name, error->message);
    }
    return TRUE;
}

/* Whoever leaves for good does so while it still fails. */
static void leave(Day *day)
{
    if (day->walk != NULL)
        walk_close(g_steal_pointer(&day->walk), day->visits.session);
    session_close(g_steal_pointer(&day->visits.session));
}

static void lay(Day *day)
{
    Fixture *unit = &day->visits.unit;
    g_autofree char *folder = g_path_get_dirname(unit->database);
    fixture_remove(folder);
    assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
    fixture_lay(unit, &day->files);
    day->done = 0;
}

int day_work(Day *day, Patience patience, void (*work_again)(void))
{
    int errors = 0;
    gboolean stays = TRUE;
    for (gsize p = 0; p < G_N_ELEMENTS(PARTS) && stays; p++)
        for (int nth = PARTS[p].from; nth < PARTS[p].until && stays; nth++) {
            stays = act(day, &PARTS[p], nth, patience, work_again, &errors);
            day->done += stays;
        }
    leave(day);
    return errors;
}

static void look_sound(Session *session)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    assert_ok(db_check(session_db(session), faults, NULL, NULL, &error));
    assert_ok(audit_verify(session, faults, NULL, &error));
    assert_ok(summary_verify(session, faults, &error));
    assert_ok(meeting_verify(session, faults, &error));
    if (faults->len > 0)
        fail_msg("%s", (const char *)faults->pdata[0]);
}

void day_look(Day *day)
{
    guint number = 0;
    day->visits.session = fixture_open(&day->visits.unit, "grundare");
    look_sound(day->visits.session);
    for (gsize p = 0; p < G_N_ELEMENTS(PARTS); p++)
        for (int nth = PARTS[p].from; nth < PARTS[p].until; nth++, number++) {
            /* What is under way, or has come through, may already be undone again. */
            const gboolean undone = PARTS[p].act == cancel && nth == UNDONE && day->done > number;
            if (number < day->done && PARTS[p].see != NULL && !undone)
                PARTS[p].see(day, nth);
        }
    session_close(g_steal_pointer(&day->visits.session));
    lay(day);
}

/* --- the unit ----------------------------------------------------------------------------------
 */

/* The forms as the build lays them: BUILD/share, seen from BUILD/tests/fault/. */
static void use_build_share(void)
{
    g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = g_path_get_dirname(self);
    g_autofree char *share = g_build_filename(folder, "..", "..", "share", NULL);
    g_setenv("DAGSFORM_SHARE", share, TRUE);
}

static gint64 add_task(const Visits *visits, gint64 client, const char *note)
{
    g_autoptr(Task) task = task_new();
    task->kind = TASK_CALL_BACK;
    task->client_id = client;
    task->due_date = date_parse("2026-11-25");
    task->due_time = -1;
    task->note = g_strdup(note);
    assert_ok(task_add(visits->session, task, &error));
    return task->id;
}

Day *day_new(void)
{
    Day *day = g_new0(Day, 1);
    Visits *visits = &day->visits;
    fixture_start(&visits->unit);
    use_build_share();
    fixture_make(&visits->unit, ROLE_TEAM_LEAD);
    visits->session = g_steal_pointer(&visits->unit.session);
    visits->client = add_client(visits->session, "Emil Ärlig", PROTECTION_NONE);
    visits->other = add_client(visits->session, "Emil Erlig", PROTECTION_NONE);
    visits->staff = add_staff(visits->session, "BS16", "Berit Stöd");
    for (int i = 0; i < CANCELLED; i++) {
        g_autofree char *start = g_strdup_printf("%02d:00", 8 + i);
        day->planned[i] = plan(visits, "2026-11-23", start);
    }
    for (int i = 0; i < TASKS; i++)
        day->tasks[i] = add_task(visits, visits->client, "Ring om fredagen");
    add_task(visits, visits->other, "Ring om lördagen");
    session_close(g_steal_pointer(&visits->session));
    fixture_keep(&visits->unit, &day->files);
    lay(day);
    return day;
}

void day_free(Day *day)
{
    for (int i = 0; i < ANSWERED; i++) {
        g_free(day->items[i]);
        g_free(day->values[i]);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(day->files.bytes); i++)
        g_free(day->files.bytes[i]);
    g_free(day->files.recovery);
    fixture_end(&day->visits.unit);
    g_free(day);
}
