/* What each role may do, and that refusals are logged. */
#include "care/unit/access.h"
#include "fixture.h"

static void roles_permit_what_the_table_says(void **state)
{
    static const struct {
        StaffRole role;
        const char *permits; /* one letter a permit, in order; '-' is no */
    } rows[] = {
        {ROLE_SUPPORT_WORKER, "r-vp-w--c----"},
        {ROLE_CASE_OFFICER, "revpnwi-c----"},
        {ROLE_TEAM_LEAD, "revpnwi-ctibl"},
        {ROLE_ADMINISTRATOR, "-----wiuc--b-"},
    };

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        assert_int_equal(strlen(rows[i].permits), PERMIT_COUNT);
        for (int permit = 0; permit < PERMIT_COUNT; permit++)
            assert_int_equal(role_permits(rows[i].role, (Permit)permit),
                             rows[i].permits[permit] != '-');
    }
}

static void codes_are_read_back(void **state)
{
    (void)state;
    for (int i = 0; i < ROLE_COUNT; i++) {
        StaffRole role = ROLE_COUNT;
        assert_true(role_parse(role_code((StaffRole)i), &role));
        assert_int_equal(role, i);
        assert_true(*role_name((StaffRole)i) != '\0');
    }
    StaffRole role;
    assert_false(role_parse("chief", &role));
    assert_false(role_parse(NULL, &role));
}

/* B18: one administrator alone can do everything, until there is a second user, and never again. */
static void b18_founder_may_everything_until_there_are_two(void **state)
{
    Fixture *fixture = *state;
    Session *session = fixture->session;

    for (int permit = 0; permit < PERMIT_COUNT; permit++)
        assert_ok(access_require(session, (Permit)permit, &error));
    fixture_user(fixture, "stod", ROLE_SUPPORT_WORKER);
    assert_false(access_allows(session, PERMIT_CLIENT_READ));
    assert_false(access_allows(session, PERMIT_VISIT_RECORD));
    assert_false(access_allows(session, PERMIT_CLIENT_EDIT));
    assert_true(access_allows(session, PERMIT_USERS));
    assert_ok(staff_revoke(session, "stod", NULL, &error));
    assert_false(access_allows(session, PERMIT_CLIENT_READ));
    assert_false(access_allows(session, PERMIT_CLIENT_EDIT));
    assert_fails(access_require(session, PERMIT_CLIENT_READ, &error), ERROR_DENIED);
}

/* All at once is the same as one by one, whatever somebody else holds. */
static void all_permits_are_each_one(void **state)
{
    Fixture *fixture = *state;
    static const struct {
        const char *login;
        StaffRole role;
    } users[] = {{"stod", ROLE_SUPPORT_WORKER}, {"hand", ROLE_CASE_OFFICER}};

    for (guint added = 0; added <= G_N_ELEMENTS(users); added++) {
        guint permits = access_permits(fixture->session);
        assert_int_equal(permits >> PERMIT_COUNT, 0);
        for (int permit = 0; permit < PERMIT_COUNT; permit++)
            assert_int_equal(permits >> permit & 1,
                             access_allows(fixture->session, (Permit)permit));
        if (added < G_N_ELEMENTS(users))
            fixture_user(fixture, users[added].login, users[added].role);
    }
    assert_false(access_permits(fixture->session) & 1U << PERMIT_CLIENT_EDIT);
}

/* Somebody known only from an import holds nothing, and ends no founder's rule. In a unit without
 * an administrator everyone may manage users. */
static void nobody_who_cannot_sign_in_counts(void **state)
{
    Fixture *fixture = *state;

    fixture_make(fixture, ROLE_SUPPORT_WORKER);
    assert_true(access_allows(fixture->session, PERMIT_USERS));
    assert_ok(db_begin(session_db(fixture->session), &error));
    assert_ok(staff_add_known(fixture->session, "H1", "Hand Ett", ROLE_CASE_OFFICER, &error) != 0);
    assert_ok(db_commit(session_db(fixture->session), &error));
    assert_true(access_allows(fixture->session, PERMIT_CLIENT_EDIT));
    fixture_user(fixture, "hand", ROLE_CASE_OFFICER);
    assert_false(access_allows(fixture->session, PERMIT_CLIENT_EDIT));
    assert_true(access_allows(fixture->session, PERMIT_USERS));
}

static void refusals_are_logged(void **state)
{
    Fixture *fixture = *state;

    fixture_user(fixture, "stod", ROLE_SUPPORT_WORKER);
    fixture_user(fixture, "hand", ROLE_CASE_OFFICER);
    fixture_reopen(fixture, "stod");
    assert_false(access_allows(fixture->session, PERMIT_USERS));
    assert_int_equal(
        fixture_int(fixture->session, "SELECT count(*) FROM audit WHERE action = 'denied'"), 0);
    assert_fails(access_require(fixture->session, PERMIT_USERS, &error), ERROR_DENIED);
    assert_fails(access_require(fixture->session, PERMIT_CLIENT_EDIT, &error), ERROR_DENIED);
    assert_int_equal(fixture_int(fixture->session,
                                 "SELECT count(*) FROM audit a JOIN staff s ON s.id = a.staff_id"
                                 " WHERE a.action = 'denied' AND s.login = 'stod'"),
                     2);
    assert_int_equal(fixture_faults(fixture->session, NULL), 0);
}

/* A role that an administrator changes meanwhile counts at once. */
static void changed_role_counts_at_once(void **state)
{
    Fixture *fixture = *state;

    fixture_user(fixture, "hand", ROLE_CASE_OFFICER);
    fixture_user(fixture, "led", ROLE_TEAM_LEAD);
    g_autoptr(Session) other = fixture_open(fixture, "hand");
    assert_ok(access_require(other, PERMIT_CLIENT_EDIT, &error));
    assert_ok(staff_set_role(fixture->session, "hand", ROLE_SUPPORT_WORKER, &error));
    assert_fails(access_require(other, PERMIT_CLIENT_EDIT, &error), ERROR_DENIED);
    assert_int_equal(session_role(other), ROLE_SUPPORT_WORKER);
}

static void recovery_manages_users_only(void **state)
{
    Fixture *fixture = *state;
    g_autofree char *code =
        g_strndup((const char *)fixture->recovery->bytes, fixture->recovery->length);
    g_autoptr(Session) recovery = NULL;

    assert_ok((recovery = session_open_recovery(fixture->database, code, &error)));
    assert_true(session_is_recovery(recovery));
    assert_int_equal(access_permits(recovery), 1U << PERMIT_USERS | 1U << PERMIT_CHECK);
    assert_ok(access_require(recovery, PERMIT_USERS, &error));
    assert_ok(access_require(recovery, PERMIT_CHECK, &error));
    assert_fails(access_require(recovery, PERMIT_CLIENT_READ, &error), ERROR_DENIED);
    assert_fails(access_require(recovery, PERMIT_REVIEW, &error), ERROR_DENIED);
    assert_int_equal(fixture_faults(recovery, NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(roles_permit_what_the_table_says),
        cmocka_unit_test(codes_are_read_back),
        FIXTURE_TEST(b18_founder_may_everything_until_there_are_two),
        FIXTURE_TEST(all_permits_are_each_one),
        FIXTURE_TEST_EMPTY(nobody_who_cannot_sign_in_counts),
        FIXTURE_TEST(refusals_are_logged),
        FIXTURE_TEST(changed_role_counts_at_once),
        FIXTURE_TEST(recovery_manages_users_only),
    };
    return cmocka_run_group_tests_name("care/access", tests, NULL, NULL);
}
