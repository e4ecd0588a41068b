/* The log of a computer that was away comes home: it is appended whole, once, and proved from the
 * unit's own. */
#include "care/unit/audit_carry.h"

#include "care/client/client.h"
#include "care/client/client_event.h"
#include "care/unit/audit_head.h"
#include "care/unit/audit_weed.h"
#include "fixture.h"

/* `home` first: fixture_teardown() ends it. */
typedef struct {
    Fixture home;
    char *path; /* of the computer's own database */
    Session *away;
} Two;

static Session *away_open(const Two *two)
{
    g_autoptr(Secret) passphrase = secret_from_text(PASSPHRASE);
    const SessionOpening opening = {
        .database = two->path, .login = "resande", .passphrase = passphrase};
    Session *session = NULL;

    assert_ok(session = session_open(&opening, &error));
    return session;
}

static int two_setup(void **state)
{
    Two *two = g_new0(Two, 1);
    Secret *code = NULL;

    fixture_start(&two->home);
    fixture_make(&two->home, ROLE_ADMINISTRATOR);
    two->path = g_build_filename(two->home.folder, "borta.db", NULL);
    g_autoptr(Secret) passphrase = secret_from_text(PASSPHRASE);
    const SessionOpening opening = {
        .database = two->path, .login = "resande", .passphrase = passphrase};
    assert_ok(two->away = session_create(&opening, "Enheten", "Resande Ett", ROLE_SUPPORT_WORKER,
                                         &code, &error));
    secret_free(code);
    *state = two;
    return 0;
}

static int two_teardown(void **state)
{
    Two *two = *state;

    session_close(two->away);
    g_free(two->path);
    return fixture_teardown(state);
}

static void note(Session *session, gint64 client)
{
    assert_ok(audit_note(session, "read", "client", client, client, &error));
}

static gint64 carry(Two *two)
{
    gint64 entries = -1;

    assert_ok(audit_carry_home(two->home.session, two->away, &entries, &error));
    return entries;
}

static void run(Session *session, const char *sql)
{
    assert_ok(db_run(session_db(session), sql, NULL, &error));
}

static gint64 of_away(const Two *two, const char *sql)
{
    gint64 found = -1;

    assert_ok(db_get_int(session_db(two->home.session), sql,
                         DB_PARAMS(DB_INT("node", db_node(session_db(two->away)))), -1, &found,
                         &error));
    return found;
}

static void a_log_comes_home_whole_and_once(void **state)
{
    Two *two = *state;
    Session *home = two->home.session;

    note(two->away, 7);
    note(two->away, 8);
    const gint64 all = fixture_int(two->away, "SELECT count(*) FROM audit");
    assert_int_equal(carry(two), all);
    assert_int_equal(of_away(two, "SELECT count(*) FROM audit WHERE node = :node"), all);
    assert_int_equal(of_away(two, "SELECT count(*) FROM audit WHERE action = 'carry'"
                                  " AND entity = 'audit' AND entity_id = :node"),
                     1);
    const gint64 entries = fixture_int(home, "SELECT count(*) FROM audit");
    assert_int_equal(carry(two), 0);
    assert_int_equal(fixture_int(home, "SELECT count(*) FROM audit"), entries);
    assert_int_equal(fixture_faults(home, NULL), 0);
}

/* Each goes on, by turns; and the home's key changes in between. */
static void two_logs_that_alternate(void **state)
{
    Two *two = *state;
    Session *home = two->home.session;

    for (int i = 0; i < 3; i++) {
        note(home, 1 + i);
        note(two->away, 11 + i);
        assert_true(carry(two) > 0);
        note(home, 21 + i);
        if (i > 0)
            continue;
        fixture_user(&two->home, "bort", ROLE_SUPPORT_WORKER);
        assert_ok(staff_revoke(home, "bort", NULL, &error));
    }
    assert_int_equal(fixture_faults(home, NULL), 0);
    assert_int_equal(fixture_int(home, "SELECT count(*) FROM audit WHERE action = 'carry'"), 3);
    fixture_reopen(&two->home, "grundare");
    assert_int_equal(session_notices(two->home.session)->len, 0);
}

/* The code that is printed is of the unit's own log, whatever came home since. */
static void the_code_is_of_the_own_log(void **state)
{
    Two *two = *state;
    Session *home = two->home.session;
    gint64 later = -1;

    note(home, 1);
    g_autofree char *code = audit_head(home, NULL);
    assert_int_equal(g_ascii_strtoll(code, NULL, 10),
                     fixture_int(home, "SELECT count(*) FROM audit"));
    for (int i = 0; i < 20; i++)
        note(two->away, 3);
    assert_true(carry(two) > 20);
    assert_ok(audit_holds(home, code, &later, &error));
    assert_int_equal(later, 1);
    gint64 last = -1;
    assert_ok(audit_last(home, &last, &error));
    assert_int_equal(last, g_ascii_strtoll(code, NULL, 10) + 1);
}

#define AWAY "(SELECT entity_id FROM audit WHERE action = 'carry' LIMIT 1)"
#define OWN "(SELECT CAST(value AS BIGINT) FROM meta WHERE key = 'node')"
static const struct {
    const char *what, *sql, *fault;
} acts[] = {
    {"altered", "UPDATE audit SET staff_id = 99 WHERE seq = 2 AND node = " AWAY,
     "Entry 2 of the log"},
    {"altered words", "UPDATE audit SET changes = '{}' WHERE seq = 3 AND node = " AWAY,
     "Entry 3 of the log"},
    {"emptied", "UPDATE audit SET changes = NULL WHERE seq = 2 AND node = " AWAY,
     "Entry 2 of the log"},
    {"taken out", "DELETE FROM audit WHERE seq = 2 AND node = " AWAY,
     "have been removed from the log"},
    {"cut", "DELETE FROM audit WHERE seq > 3 AND node = " AWAY, "have been removed from the log"},
    {"all", "DELETE FROM audit WHERE node = " AWAY, "have been removed from the log"},
    {"moved home",
     "UPDATE audit SET node = " OWN
     ", seq = (SELECT MAX(o.seq) + 1 FROM audit o WHERE o.node = " OWN
     ") WHERE seq = 4 AND node = " AWAY,
     "have been removed from the log"},
    {"moved to another", "UPDATE audit SET node = 5 WHERE node = " AWAY,
     "have been removed from the log"},
    {"added",
     "INSERT INTO audit (node, seq, at_ms, staff_id, action, entity, hash)"
     " SELECT node, 900, 0, 0, 'read', 'client', hash FROM audit WHERE seq = 1 AND node = " AWAY,
     "of which the audit log does not tell"},
    {"of a third computer",
     "INSERT INTO audit (node, seq, at_ms, staff_id, action, entity, entity_id, client_id, "
     "changes, hash)"
     " SELECT 5, seq, at_ms, staff_id, action, entity, entity_id, client_id, changes, hash FROM "
     "audit"
     " WHERE node = " AWAY,
     "of which the audit log does not tell"},
    {"own log's row moved there",
     "UPDATE audit SET node = " AWAY ", seq = 901 WHERE seq = 2 AND node = " OWN,
     "Entry 2 of the audit log has been removed"},
    {"told otherwise", "UPDATE audit SET entity_id = 5 WHERE action = 'carry'",
     "is not what was written"},
    {"told no more", "DELETE FROM audit WHERE action = 'carry'", "has been removed"},
};

static void what_is_done_to_a_log_that_came_home_shows(void **state)
{
    fixture_wants_file(); /* on a server what is sealed opens in its own place alone */
    Two *two = *state;
    Session *home = two->home.session;

    note(home, 1);
    note(two->away, 2);
    note(two->away, 2);
    note(two->away, 2);
    carry(two);
    note(home, 2);
    assert_int_equal(fixture_faults(home, NULL), 0);
    for (guint i = 0; i < G_N_ELEMENTS(acts); i++) {
        g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
        gboolean told = FALSE;
        assert_ok(db_begin(session_db(home), &error));
        run(home, acts[i].sql);
        assert_ok(audit_verify(home, faults, NULL, &error));
        for (guint j = 0; j < faults->len; j++)
            told = told || strstr(faults->pdata[j], acts[i].fault) != NULL;
        if (!told)
            fail_msg("%s: %s", acts[i].what,
                     faults->len > 0 ? (char *)faults->pdata[0] : "not noticed");
        db_rollback(session_db(home));
        assert_int_equal(fixture_faults(home, NULL), 0);
    }
}

/* At the sign-in what came home since the last one is proved with the rest. */
static void a_sign_in_proves_what_came_home(void **state)
{
    Two *two = *state;

    note(two->away, 2);
    carry(two);
    run(two->home.session, "UPDATE audit SET staff_id = 99 WHERE seq = 2 AND node = " AWAY);
    fixture_reopen(&two->home, "grundare");
    assert_non_null(strstr(session_notices(two->home.session)->pdata[0], "Entry 2 of the log"));
}

/* A unit that takes another's number takes its log no more with it than a row of it. */
static void a_log_under_another_number_shows(void **state)
{
    fixture_wants_file(); /* on a server what is sealed opens in its own place alone */
    Two *two = *state;
    Db *db = session_db(two->home.session);

    note(two->home.session, 1);
    run(two->home.session, "UPDATE audit SET node = 5");
    db->node = 5;
    assert_int_equal(fixture_faults(two->home.session, "The end of the audit log"), 1);
}

static void nothing_is_taken_in(Two *two, int code, const char *said)
{
    g_autoptr(GError) error = NULL;
    gint64 entries = -1, before = fixture_int(two->home.session, "SELECT count(*) FROM audit");

    assert_false(audit_carry_home(two->home.session, two->away, &entries, &error));
    assert_true(g_error_matches(error, DAGSFORM_ERROR, code));
    assert_non_null(strstr(error->message, said));
    assert_int_equal(entries, 0);
    assert_int_equal(fixture_int(two->home.session, "SELECT count(*) FROM audit"), before);
    assert_int_equal(fixture_faults(two->home.session, NULL), 0);
}

/* What was home before must be there still, as it was. */
static void an_older_log_is_not_taken_in(void **state)
{
    fixture_wants_file();
    Two *two = *state;
    g_autofree char *older = g_strconcat(two->path, ".aldre", NULL);

    note(two->away, 2);
    session_close(g_steal_pointer(&two->away));
    fixture_copy(two->path, older);
    two->away = away_open(two);
    note(two->away, 3);
    assert_true(carry(two) > 0);
    session_close(g_steal_pointer(&two->away));
    fixture_copy(older, two->path);
    two->away = away_open(two);
    nothing_is_taken_in(two, ERROR_CORRUPT, "does not go on from what came home");
    /* And worked in, so that it is longer. */
    for (int i = 0; i < 5; i++)
        note(two->away, 4);
    nothing_is_taken_in(two, ERROR_CORRUPT, "does not go on from what came home");
}

static void a_log_that_is_not_whole_is_not_taken_in(void **state)
{
    Two *two = *state;

    note(two->away, 2);
    carry(two);
    note(two->away, 2);
    run(two->away, "DELETE FROM audit WHERE seq = (SELECT MAX(seq) FROM audit)");
    nothing_is_taken_in(two, ERROR_CORRUPT, "The end of the audit log");
}

static void the_own_log_is_not_taken_in(void **state)
{
    Two *two = *state;
    gint64 entries = -1;

    assert_fails(audit_carry_home(two->home.session, two->home.session, &entries, &error),
                 ERROR_INPUT);
}

/* One transaction: what comes after it in the caller's may still fail. */
static void a_carrying_that_is_rolled_back_is_none(void **state)
{
    Two *two = *state;
    Session *home = two->home.session;
    const gint64 before = fixture_int(home, "SELECT count(*) FROM audit");

    note(two->away, 2);
    assert_ok(db_begin(session_db(home), &error));
    assert_true(carry(two) > 0);
    db_rollback(session_db(home));
    assert_int_equal(fixture_int(home, "SELECT count(*) FROM audit"), before);
    fixture_refuse(home, "audit", "NEW.action = 'carry'");
    gint64 entries = -1;
    assert_false(audit_carry_home(home, two->away, &entries, NULL));
    fixture_take(home, "audit");
    assert_int_equal(fixture_int(home, "SELECT count(*) FROM audit"), before);
    assert_true(carry(two) > 0);
    assert_int_equal(fixture_faults(home, NULL), 0);
}

/* With words, as a change has them. */
static void change(Session *session, gint64 client, const char *words)
{
    g_autoptr(AuditChanges) changes = audit_changes_new();
    g_autoptr(DbTransaction) tx = NULL;

    audit_changes_text(changes, "words", NULL, words);
    assert_ok(tx = db_transaction(session_db(session), &error));
    assert_ok(audit_write(session, "change", "visit", 3, client, changes, &error));
    assert_ok(db_transaction_commit(tx, &error));
}

/* What is deleted with a client goes out of every log, and may be away still. */
static void what_came_home_is_weeded_with_its_client(void **state)
{
    Two *two = *state;
    Session *home = two->home.session;

    change(two->away, 77, "Måste veta åäö");
    carry(two);
    change(home, 77, "Hemma");
    assert_ok(db_begin(session_db(home), &error));
    assert_ok(audit_weed(home, 77, &error));
    assert_ok(db_commit(session_db(home), &error));
    assert_int_equal(fixture_int(home, "SELECT count(*) FROM audit WHERE client_id = 77"
                                       " AND changes IS NOT NULL"),
                     0);
    assert_int_equal(fixture_int(home, "SELECT count(*) FROM audit_weeded"), 2);
    assert_int_equal(fixture_faults(home, NULL), 0);
    change(two->away, 78, "Mer");
    assert_int_equal(carry(two), 1);
    assert_int_equal(fixture_faults(home, NULL), 0);
    run(home, "UPDATE audit_weeded SET node = 5 WHERE node = " AWAY);
    assert_true(fixture_faults(home, NULL) > 0);
}

static gint64 add_client(Session *session)
{
    g_autoptr(Client) client = client_new();

    client->name = g_strdup("Yusuf Essa");
    assert_ok(client_add(session, client, &error));
    return client->id;
}

/* Who read, at home and away, in order of time. */
static void readings_stand_in_order_of_time(void **state)
{
    static const char *const times[] = {"2026-11-22T10:10", "2026-11-22T10:20", "2026-11-22T10:30",
                                        "2026-11-22T10:40"};
    Two *two = *state;
    Session *home = two->home.session;
    const gint64 client = add_client(home);

    for (gsize i = 0; i < G_N_ELEMENTS(times); i++) {
        g_setenv("DAGSFORM_NOW", times[i], TRUE);
        assert_ok(clock_init(&error));
        note(i % 2 == 0 ? home : two->away, client);
    }
    carry(two);
    g_autoptr(GArray) readings = client_readings(home, client, NULL);
    assert_non_null(readings);
    assert_int_equal(readings->len, G_N_ELEMENTS(times));
    for (guint i = 1; i < readings->len; i++)
        assert_true(g_array_index(readings, ClientReading, i - 1).at_ms <
                    g_array_index(readings, ClientReading, i).at_ms);
}

#define TWO_TEST(f) cmocka_unit_test_setup_teardown(f, two_setup, two_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TWO_TEST(a_log_comes_home_whole_and_once),
        TWO_TEST(two_logs_that_alternate),
        TWO_TEST(the_code_is_of_the_own_log),
        TWO_TEST(what_is_done_to_a_log_that_came_home_shows),
        TWO_TEST(a_sign_in_proves_what_came_home),
        TWO_TEST(a_log_under_another_number_shows),
        TWO_TEST(an_older_log_is_not_taken_in),
        TWO_TEST(a_log_that_is_not_whole_is_not_taken_in),
        TWO_TEST(the_own_log_is_not_taken_in),
        TWO_TEST(a_carrying_that_is_rolled_back_is_none),
        TWO_TEST(what_came_home_is_weeded_with_its_client),
        TWO_TEST(readings_stand_in_order_of_time),
    };

    return cmocka_run_group_tests_name("care/audit_carry", tests, NULL, NULL);
}
