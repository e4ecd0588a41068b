/* Gallring that is broken off: killed at any moment it leaves nobody half deleted, a unit that is whole
 * and goes on where it was; and it comes to its end beside a change of data key. Issue 10. */
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "care/client/retention_delete.h"
#include "care/visit/meeting.h"
#include "care/visit/summary.h"
#include "care/visit/visit_add.h"
#include "tests/unit/care/fixture_retention.h"

enum { CLIENTS = 60, VISITS = 6, KILLS = 16, KILLS_ALL = 300 };

static gboolean all(void)
{
    return g_getenv("DAGSFORM_TEST_ALL") != NULL;
}

/* Each with visits, none noted about since 2026. */
static void fill(const Gallring *unit)
{
    retention_clock("2026-11-20T10:00");
    for (int i = 0; i < CLIENTS; i++) {
        g_autofree char *name = g_strdup_printf("Gallrad Person%d", i);
        g_autofree char *number = g_strdup_printf("G%d", i);
        g_autoptr(Client) client = client_new();
        client->name = g_strdup(name);
        client->number = g_strdup(number);
        client->birth_date = date_parse("1999-09-14");
        assert_ok(client_add(unit->officer, client, &error));
        for (int j = 0; j < VISITS; j++) {
            g_autoptr(Visit) visit = visit_new();
            visit->client_id = client->id;
            visit->date = date_parse("2026-11-09") + j;
            visit->start = 9 * 60;
            visit->minutes = 60;
            assert_ok(visit_add(unit->officer, visit, &error));
        }
    }
    propose_in_2032(unit, unit->officer);
    assert_true(confirm(unit->lead) >= CLIENTS);
}

static gint64 counted(Session *session, const char *sql)
{
    return fixture_int(session, sql);
}

/* Nobody is half there, and the counts, the log and the pages are whole. */
static void assert_whole(Session *session)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    assert_ok(db_check(session_db(session), faults, NULL, NULL, &error));
    assert_ok(audit_verify(session, faults, NULL, &error));
    assert_ok(summary_verify(session, faults, &error));
    assert_ok(meeting_verify(session, faults, &error));
    if (faults->len > 0)
        fail_msg("%s", (char *)faults->pdata[0]);
    assert_int_equal(counted(session, "SELECT COUNT(*) FROM visit WHERE client_id NOT IN"
                                      " (SELECT id FROM client)"),
                     0);
    assert_int_equal(counted(session, "SELECT COUNT(*) FROM client WHERE name LIKE 'Gallrad%'") *
                         VISITS,
                     counted(session, "SELECT COUNT(*) FROM visit"));
}

/* Both ends of what is said between the two programs: once the first client is gone, and that the
 * other goes on. */
typedef struct {
    int told[2], go[2];
    int asked;
} Watch;

static gboolean tell_once(double share, gpointer data)
{
    Watch *watch = data;
    char byte;
    if (share == 0 || watch->asked++ > 0)
        return TRUE;
    return write(watch->told[1], "!", 1) == 1 && read(watch->go[0], &byte, 1) == 1;
}

/* Signs in and deletes, in a program of its own: 0 when it came to its end, 2 when the key had changed. */
static void delete_and_tell(const Fixture *fixture, Watch *watch)
{
    RetentionResult result;
    g_autoptr(GError) error = NULL;
    g_autoptr(Session) session = fixture_try(fixture, "hand", PASSPHRASE, NULL);
    if (session == NULL)
        _exit(1);
    if (retention_run(session, tell_once, watch, &result, &error))
        _exit(0);
    _exit(g_error_matches(error, DAGSFORM_ERROR, ERROR_KEY_CHANGED) ? 2 : 3);
}

/* Once the first client is gone; it waits for go_on(). */
static pid_t begin_deleting(const Fixture *fixture, Watch *watch)
{
    char byte;
    assert_int_equal(pipe(watch->told), 0);
    assert_int_equal(pipe(watch->go), 0);
    const pid_t child = fork();
    if (child == 0)
        delete_and_tell(fixture, watch);
    close(watch->told[1]);
    assert_int_equal(read(watch->told[0], &byte, 1), 1);
    return child;
}

static void go_on(const Watch *watch)
{
    assert_int_equal(write(watch->go[1], "!", 1), 1);
}

/* How it ended. */
static int end_of(pid_t child, const Watch *watch)
{
    int status = -1;
    waitpid(child, &status, 0);
    close(watch->told[0]);
    close(watch->go[0]);
    close(watch->go[1]);
    return status;
}

static void let_go(Gallring *unit)
{
    session_close(g_steal_pointer(&unit->lead));
    session_close(g_steal_pointer(&unit->unit.session));
    unit->officer = NULL;
}

static void open_again(Gallring *unit)
{
    unit->unit.session = fixture_open(&unit->unit, "hand");
    unit->officer = unit->unit.session;
    unit->lead = fixture_open(&unit->unit, "led");
}

static void killed_at_any_moment(void **state)
{
    Gallring *unit = *state;
    g_autoptr(GRand) chance = g_rand_new_with_seed(13);
    RetentionResult result = {0};
    const int kills = all() ? KILLS_ALL : KILLS;
    int within = 0;
    fill(unit);
    gint64 left = counted(unit->lead, "SELECT COUNT(*) FROM client");
    for (int round = 0; round < kills; round++) {
        Watch watch = {0};
        if (counted(unit->lead, "SELECT COUNT(*) FROM retention_row WHERE confirmed_by > 0") < 2)
            break;
        let_go(unit);
        const pid_t child = begin_deleting(&unit->unit, &watch);
        go_on(&watch);
        g_usleep((gulong)g_rand_int_range(chance, 0, 12000));
        kill(child, SIGKILL);
        within += WIFSIGNALED(end_of(child, &watch));
        open_again(unit);
        const gint64 now = counted(unit->lead, "SELECT COUNT(*) FROM client");
        assert_true(now < left);
        left = now;
        assert_whole(unit->lead);
    }
    assert_true(within > 5);
    if (counted(unit->lead, "SELECT COUNT(*) FROM retention_row WHERE confirmed_by > 0") > 0)
        assert_ok(retention_run(unit->officer, NULL, NULL, &result, &error));
    assert_int_equal(counted(unit->lead, "SELECT COUNT(*) FROM client WHERE name LIKE 'Gallrad%'"), 0);
    assert_whole(unit->lead);
    print_message("# %d kills: in the midst of deleting, %d clients deleted after them\n", within,
                  (int)result.deleted);
}

/* Between two clients the administrator closes a user, and the database gets another key under the one
 * who deletes: that program is told, and whoever signs in then does the rest. */
static void beside_a_change_of_data_key(void **state)
{
    Gallring *unit = *state;
    RetentionResult result = {0};
    Watch watch = {0};
    fixture_wants_file();
    fill(unit);
    let_go(unit);
    const pid_t child = begin_deleting(&unit->unit, &watch);
    g_autoptr(Session) admin = fixture_open(&unit->unit, "grundare");
    assert_ok(staff_revoke(admin, "stod", NULL, &error));
    session_close(g_steal_pointer(&admin));
    go_on(&watch);
    const int status = end_of(child, &watch);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 2);
    open_again(unit);
    assert_whole(unit->lead);
    assert_int_equal(counted(unit->lead, "SELECT COUNT(*) FROM audit_epoch"), 1);
    assert_ok(retention_run(unit->officer, NULL, NULL, &result, &error));
    assert_true(result.deleted >= CLIENTS - 1);
    assert_int_equal(counted(unit->lead, "SELECT COUNT(*) FROM client WHERE name LIKE 'Gallrad%'"), 0);
    assert_whole(unit->lead);
}

/* Saves as fast as it can until it is told to end: how often, down the pipe. */
static void save_without_a_pause(const Fixture *fixture, int go, int told)
{
    g_autoptr(Session) session = fixture_try(fixture, "hand", PASSPHRASE, NULL);
    struct pollfd end = {.fd = go, .events = POLLIN};
    gint64 saves = 0;

    for (; session != NULL && poll(&end, 1, 0) == 0; saves++) {
        g_autoptr(DbTransaction) tx = db_transaction(session_db(session), NULL);
        if (tx == NULL || !db_meta_set(session_db(session), "beside", "now", NULL) ||
            !db_transaction_commit(tx, NULL))
            _exit(1);
        if (saves == 0 && write(told, "!", 1) != 1)
            _exit(1);
    }
    _exit(session != NULL && write(told, &saves, sizeof saves) == sizeof saves ? 0 : 1);
}

typedef struct {
    gint64 last_us, longest_us;
} Turns;

static gboolean keep_longest(double share, gpointer data)
{
    Turns *turns = data;
    const gint64 now = g_get_monotonic_time();
    if (share > 0)
        turns->longest_us = MAX(turns->longest_us, now - turns->last_us);
    turns->last_us = now;
    return TRUE;
}

/* Neither waits for the other's end. */
static void goes_on_beside_one_that_never_pauses(void **state)
{
    const Gallring *unit = *state;
    RetentionResult result;
    Turns turns = {0};
    gint64 saves = 0;
    int told[2], go[2], status;
    char byte;
    fill(unit);
    assert_int_equal(pipe(told), 0);
    assert_int_equal(pipe(go), 0);
    const pid_t child = fork();
    if (child == 0)
        save_without_a_pause(&unit->unit, go[0], told[1]);
    assert_int_equal(read(told[0], &byte, 1), 1);
    assert_ok(retention_run(unit->officer, keep_longest, &turns, &result, &error));
    assert_int_equal(result.deleted >= CLIENTS, TRUE);
    assert_int_equal(write(go[1], "!", 1), 1);
    assert_int_equal(read(told[0], &saves, sizeof saves), sizeof saves);
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    assert_true(saves > CLIENTS);
    assert_whole(unit->officer);
    print_message("# %d deleted beside %d saves without a pause; the longest turn took %d ms\n", CLIENTS,
                  (int)saves, (int)(turns.longest_us / 1000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {RETENTION_TEST(killed_at_any_moment),
                                       RETENTION_TEST(beside_a_change_of_data_key),
                                       RETENTION_TEST(goes_on_beside_one_that_never_pauses)};
    return cmocka_run_group_tests_name("retention_kill", tests, NULL, NULL);
}
