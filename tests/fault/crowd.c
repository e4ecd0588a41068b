/* A crowd on one unit: seven programs plan visits and record cancellations as fast as they can, an
 * eighth does too and is killed again and again. Nobody is ever told that something failed, what
 * was said to be saved is there, once, and the counts, the weeks and the log are those of the
 * visits.
 *
 * On a file here; on a server by tests/postgres/units. */
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/care/fixture_visit.h"

#define WRITERS 7
#define VICTIM WRITERS
#define ROUNDS 40
#define ROUNDS_ALL 150
#define ACKNOWLEDGED_MOST 12 /* by the victim, before it is killed */

/* What a program tells, in one write, which arrives whole: that of `visit` this version is saved.
 */
typedef struct {
    int writer;
    int version; /* PLANNED; above: recorded; DONE: all is done; FAILED */
    gint64 visit;
} Told;
enum { PLANNED = 1, DONE = 0, FAILED = -1 };

static int rounds(void)
{
    return g_getenv("DAGSFORM_TEST_ALL") != NULL ? ROUNDS_ALL : ROUNDS;
}

static void tell(int to, int writer, int version, gint64 visit)
{
    const Told told = {.writer = writer, .version = version, .visit = visit};

    if (write(to, &told, sizeof told) != sizeof told)
        _exit(2);
}

/* ---- one of the crowd: in a child nothing of cmocka may run -----------------------------------
 */

static void must(gboolean done, int to, int writer, const GError *error)
{
    if (done)
        return;
    fprintf(stderr, "program %d: %s\n", writer, error ? error->message : "");
    tell(to, writer, FAILED, 0);
    _exit(1);
}

/* All cancel for the same three clients in the same weeks, so all change the same counts. */
static void one_round(Session *session, const Visits *visits, int writer, int to, int round)
{
    const gint64 clients[] = {visits->client, visits->other, visits->hidden};
    g_autoptr(GError) error = NULL;
    g_autoptr(Visit) visit = visit_new(), saved = NULL;
    const VisitOutcome cancelled = everything();

    visit->client_id = clients[round % 3];
    visit->staff_id = visits->staff;
    visit->date = date_parse("2026-11-23") + round % 21;
    visit->start = 6 * 60 + writer * 75 + round % 60;
    visit->minutes = 60;
    must(visit_add(session, visit, &error), to, writer, error);
    tell(to, writer, PLANNED, visit->id);
    must(visit_record(session, visit->id, visit->version, &cancelled, NULL, &saved, &error), to,
         writer, error);
    tell(to, writer, saved->version, visit->id);
    /* As while nobody presses a key. */
    if (round % 4 == 0)
        must(week_cells_prepare(session, 202647, 202651, 1, NULL, &error), to, writer, error);
}

static void work(const Visits *visits, int writer, int to, int go)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Secret) passphrase = secret_from_text(PASSPHRASE);
    const SessionOpening opening = {
        .database = visits->unit.database, .login = "grundare", .passphrase = passphrase};
    Session *session = session_open(&opening, &error);
    char byte;

    must(session != NULL, to, writer, error);
    if (read(go, &byte, 1) != 0) /* all begin together, when the parent closes it */
        _exit(2);
    for (int round = 0; writer == VICTIM || round < rounds(); round++)
        one_round(session, visits, writer, to, round);
    tell(to, writer, DONE, 0);
    session_close(session);
    _exit(0);
}

/* ---- the parent -------------------------------------------------------------------------------
 */

typedef struct {
    const Visits *visits;
    int tell[2], go[2];
    pid_t programs[WRITERS + 1];
    GHashTable *versions; /* visit → the newest version that was said to be saved */
    int planned, saves, working;
} Crowd;

static void start(Crowd *crowd, int writer)
{
    crowd->programs[writer] = fork();
    assert_true(crowd->programs[writer] >= 0);
    if (crowd->programs[writer] != 0)
        return;
    if (crowd->go[1] >= 0)
        close(crowd->go[1]);
    work(crowd->visits, writer, crowd->tell[1], crowd->go[0]);
}

/* The killed one's last words may lie in the pipe still. */
static int kill_victim(Crowd *crowd)
{
    int status = -1;

    kill(crowd->programs[VICTIM], SIGKILL);
    assert_int_equal(waitpid(crowd->programs[VICTIM], &status, 0), crowd->programs[VICTIM]);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void note(Crowd *crowd, const Told *told)
{
    gint64 *visit = g_new(gint64, 1);

    *visit = told->visit;
    g_hash_table_insert(crowd->versions, visit, GINT_TO_POINTER(told->version));
    crowd->planned += told->version == PLANNED;
    crowd->saves++;
}

/* Until the others have done their work. How often one was killed. */
static int follow(Crowd *crowd)
{
    g_autoptr(GRand) chance = g_rand_new_with_seed(8);
    int kills = 0, left = g_rand_int_range(chance, 1, ACKNOWLEDGED_MOST);
    Told told;

    while (crowd->working > 0 && read(crowd->tell[0], &told, sizeof told) == sizeof told) {
        if (told.version == FAILED)
            fail_msg("program %d failed", told.writer);
        if (told.version == DONE) {
            crowd->working--;
            continue;
        }
        note(crowd, &told);
        if (told.writer == VICTIM && --left == 0) {
            assert_int_equal(kill_victim(crowd), SIGKILL);
            start(crowd, VICTIM);
            left = g_rand_int_range(chance, 1, ACKNOWLEDGED_MOST);
            kills++;
        }
    }
    assert_int_equal(kill_victim(crowd), SIGKILL);
    close(crowd->tell[1]);
    while (read(crowd->tell[0], &told, sizeof told) == sizeof told)
        if (told.version >= PLANNED)
            note(crowd, &told);
    return kills + 1;
}

static void assert_ended_well(pid_t child)
{
    int status = -1;

    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void none_is_faulty(GPtrArray *faults)
{
    if (faults->len > 0)
        fail_msg("%s", (const char *)g_ptr_array_index(faults, 0));
}

/* What was under way when one was killed may be there or not; nothing else may. */
static void look(Crowd *crowd, Visits *visits, int kills)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    GHashTableIter iter;
    gpointer visit, version;

    visits->session = visits->unit.session = fixture_open(&visits->unit, "grundare");
    g_hash_table_iter_init(&iter, crowd->versions);
    while (g_hash_table_iter_next(&iter, &visit, &version)) {
        g_autoptr(Visit) found = get(visits, *(gint64 *)visit);
        assert_true(found->version >= GPOINTER_TO_INT(version));
        assert_int_equal(found->outcome.outcome,
                         found->version > PLANNED ? OUTCOME_CANCELLED : OUTCOME_NONE);
    }
    const gint64 there = ask(visits, "SELECT COUNT(*) FROM visit WHERE id <> :id", 0);
    assert_in_range(there, crowd->planned, crowd->planned + kills);
    assert_int_equal(ask(visits,
                         "SELECT COUNT(*) FROM audit WHERE entity = 'visit' AND action = 'create'"
                         " AND entity_id <> :id",
                         0),
                     there);
    assert_ok(audit_verify(visits->session, faults, NULL, &error));
    assert_ok(week_cells_verify(visits->session, faults, &error));
    assert_ok(meeting_verify(visits->session, faults, &error));
    none_is_faulty(faults);
    assert_int_equal(fixture_faults(visits->session, NULL), 0);
}

static void eight_save_and_one_is_killed(void **state)
{
    Visits *visits = *state;
    g_autoptr(GHashTable) versions =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    Crowd crowd = {.visits = visits, .versions = versions, .working = WRITERS};

    /* Nobody inherits a connection. */
    g_clear_pointer(&visits->unit.session, session_close);
    visits->session = NULL;
    assert_int_equal(pipe(crowd.tell), 0);
    assert_int_equal(pipe(crowd.go), 0);
    for (int writer = 0; writer <= VICTIM; writer++)
        start(&crowd, writer);
    const gint64 begun = g_get_monotonic_time();
    close(crowd.go[1]);
    crowd.go[1] = -1;
    const int kills = follow(&crowd);
    const double seconds = (double)(g_get_monotonic_time() - begun) / 1e6;
    for (int writer = 0; writer < WRITERS; writer++)
        assert_ended_well(crowd.programs[writer]);
    close(crowd.tell[0]);
    close(crowd.go[0]);
    look(&crowd, visits, kills);
    print_message(
        "# %d kills: of one in a crowd of eight; %d saves told, %.0f a second, none lost\n", kills,
        crowd.saves, crowd.saves / seconds);
}

int main(void)
{
    const struct CMUnitTest tests[] = {VISIT_TEST(eight_save_and_one_is_killed)};

    return cmocka_run_group_tests_name("crowd", tests, NULL, NULL);
}
