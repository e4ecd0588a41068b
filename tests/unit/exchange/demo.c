/* demo.c: a unit like Huddinge's, the same every time, whole or not at all. */
#include "exchange/demo.h"
#include "care/visit/series.h"

#include "care/client/client.h"
#include "care/client/group.h"
#include "care/client/plan.h"
#include "care/visit/at_risk.h"
#include "exchange/demo_private.h"
#include "exchange/report.h"
#include "stats/breakdown.h"
#include "tests/unit/exchange/fixture_import.h"

/* The folder and the shipped forms; no unit. */
static int demo_setup(void **state)
{
    Fixture *fixture = g_new0(Fixture, 1);
    fixture_start(fixture);
    static const char *const forms[] = {"avbokning", "ubu-handlaggare", "ubu-ungdom",
                                        "ubu-foralder", "handlingsplan-tva-fragor"};
    for (gsize i = 0; i < G_N_ELEMENTS(forms); i++) {
        g_autofree char *name = g_strconcat(forms[i], ".yaml", NULL);
        g_autofree char *ours = g_build_filename("forms", name, NULL);
        g_autofree char *shipped =
            g_build_filename(fixture->folder, "share", "dagsform", "forms", name, NULL);
        fixture_copy(ours, shipped);
    }
    *state = fixture;
    return 0;
}

static void make(const Fixture *fixture, guint32 seed)
{
    assert_ok(demo_make(fixture->database, DEMO_UNIT, seed, NULL, NULL, &error));
}

static Session *sign_in(const Fixture *fixture, const char *login)
{
    Session *session = NULL;
    assert_ok((session = fixture_try(fixture, login, DEMO_PASSPHRASE, &error)));
    return session;
}

static char *left_by(const Fixture *fixture)
{
    return g_strconcat(fixture->database, ".unfinished", NULL);
}

/* What all look at: the demo, made where a program killed in the middle left something. */
static Fixture *demo;

static int group_setup(void **state)
{
    demo_setup(state);
    demo = *state;
    g_autofree char *left = left_by(demo);
    fixture_write(left, "half a demo");
    make(demo, DEMO_SEED);
    demo->session = sign_in(demo, "led");
    return 0;
}

/* A place for another one beside it. */
static int place_setup(void **state)
{
    Fixture *fixture = g_new0(Fixture, 1);
    fixture->folder = g_build_filename(demo->folder, "other", NULL);
    fixture->database = g_build_filename(fixture->folder, "unit.db", NULL);
    assert_int_equal(g_mkdir(fixture->folder, 0700), 0);
    *state = fixture;
    return 0;
}

#define PLACE_TEST(f) cmocka_unit_test_setup_teardown(f, place_setup, fixture_teardown)

static void a_unit_like_huddinges(void **state)
{
    static const struct {
        const char *login;
        StaffRole role;
    } users[] = {{"stod", ROLE_SUPPORT_WORKER},
                 {"hand", ROLE_CASE_OFFICER},
                 {"led", ROLE_TEAM_LEAD},
                 {"admin", ROLE_ADMINISTRATOR}};
    const Fixture *fixture = *state;
    for (gsize i = 0; i < G_N_ELEMENTS(users); i++) {
        g_autoptr(Session) session = sign_in(fixture, users[i].login);
        assert_int_equal(session_role(session), users[i].role);
        assert_true(session_is_demo(session));
    }
    Session *session = fixture->session;
    assert_int_equal(
        fixture_int(session, "SELECT count(*) FROM staff WHERE role = 'support-worker'"), 17);
    assert_int_equal(fixture_int(session, "SELECT count(*) FROM staff WHERE role = 'case-officer'"),
                     9);
    const gint64 clients = fixture_int(session, "SELECT count(*) FROM client");
    assert_true(clients >= 205 && clients <= 215);
    /* Half a year back, the clock's week, two weeks ahead. */
    const gint64 visits = fixture_int(session, "SELECT count(*) FROM visit");
    assert_true(visits > 10000 && visits < 16000);
    assert_int_equal(fixture_int(session, "SELECT count(DISTINCT week) FROM visit"), 26 + 1 + 2);
    assert_int_equal(fixture_int(session, "SELECT count(*) FROM visit WHERE date > '2026-11-22'"
                                          " AND outcome IS NOT NULL"),
                     0);
    assert_true(fixture_int(session, "SELECT count(*) FROM task WHERE done_ms IS NULL") > 5);
    assert_int_equal(fixture_int(session, "SELECT count(*) FROM visit v JOIN staff s ON"
                                          " s.id = v.staff_id WHERE s.login = 'stod'") > 100,
                     TRUE);
    assert_true(fixture_int(session, "SELECT count(*) FROM client WHERE protection <> 'none'") > 1);
    /* Each client's visits follow a series, which has no more to lay out. */
    assert_int_equal(fixture_int(session, "SELECT count(*) FROM series"), 212);
    assert_int_equal(fixture_int(session, "SELECT count(*) FROM visit v LEFT JOIN series r"
                                          " ON r.id = v.series_id WHERE r.client_id = v.client_id"
                                          " OR v.origin_id IS NOT NULL"),
                     visits);
    int added = -1;
    assert_ok(series_lay_out(session, clock_today(), &added, &error));
    assert_int_equal(added, 0);
    assert_all_is_well(fixture);
}

/* The pilot and those with a plan, beside the rest; three whom the unit may be about to lose, one
 * of them with a plan and of those who sign in. */
static void groups_and_those_at_risk(void **state)
{
    const Fixture *fixture = *state;
    Session *session = fixture->session;
    static const char *const names[] = {"Piloten 18–25 år", "Plan med två frågor"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        BreakdownQuery query = {.from = 202644, .to = 202647};
        assert_ok(group_find(session, names[i], &query.group_id, &error));
        g_autoptr(Breakdown) breakdown = NULL;
        assert_ok((breakdown = breakdown_new(session, &query, &error)));
        assert_false(breakdown->too_few);
        assert_true(breakdown->all.missed > 0);
        const BreakdownRow *young = breakdown_find(breakdown, SPLIT_AGE, "18-25");
        assert_true(i > 0 || (young != NULL && breakdown->rows[SPLIT_AGE]->len == 1));
    }
    static const struct {
        const char *login;
        gboolean mine;
        guint count;
    } asking[] = {{"led", FALSE, 3}, {"stod", TRUE, 2}, {"hand", TRUE, 2}};
    for (gsize i = 0; i < G_N_ELEMENTS(asking); i++) {
        g_autoptr(Session) own = sign_in(fixture, asking[i].login);
        g_autoptr(GPtrArray) risks = NULL;
        int plans = 0;
        assert_ok((risks = at_risk_list(own, asking[i].mine, NULL, &error)));
        assert_int_equal(risks->len, asking[i].count);
        for (guint k = 0; asking[i].mine && k < risks->len; k++) {
            const AtRisk *risk = risks->pdata[k];
            g_autoptr(Plan) plan = plan_of_client(own, risk->client_id, NULL);
            assert_true(risk->missed >= 2);
            plans += plan != NULL && plan->hard != NULL && plan->then != NULL;
        }
        assert_true(!asking[i].mine || plans > 0);
    }
    assert_int_equal(fixture_int(session, "SELECT count(*) FROM response WHERE form ="
                                          " 'handlingsplan-tva-fragor'"
                                          " AND completed_ms IS NOT NULL"),
                     12);
}

/* The measure that matters most: four of five alternatives that were taken took place, and the weeks
 * say so. One by another person is another's. */
static void alternatives_took_place(void **state)
{
    const Fixture *fixture = *state;
    Session *session = fixture->session;
    const gint64 taken =
        fixture_int(session, "SELECT count(*) FROM visit WHERE alternative_taken = 1");
    assert_true(taken > 100);
    assert_int_equal(fixture_int(session, "SELECT count(*) FROM visit a JOIN visit v ON"
                                          " v.id = a.origin_id WHERE v.alternative_taken = 1"
                                          " AND a.stand_in = 1 AND a.date = v.date"
                                          " AND (a.staff_id = v.staff_id) ="
                                          " (v.alternative <> 'other-person')"),
                     taken);
    const BreakdownQuery query = {.from = 202621, .to = 202647};
    g_autoptr(Breakdown) breakdown = NULL;
    assert_ok((breakdown = breakdown_new(session, &query, &error)));
    const SplitCounts *all = &breakdown->all;
    assert_int_equal(all->taken, taken + all->otherwise);
    assert_int_equal(all->took_place, taken - taken / 5 + all->otherwise);
    assert_true(breakdown_support(all) > 0.1);
}

/* All that is seen of it; row ids differ, as their node number is drawn. */
static char *seen(const Fixture *fixture)
{
    g_autoptr(Session) session = sign_in(fixture, "led");
    GString *text = g_string_new(NULL);
    g_autoptr(DbStatement) rows = NULL;
    assert_ok((rows = db_query(session_db(session),
                               "SELECT c.name || c.id_number || c.number || v.date || v.start ||"
                               " COALESCE(v.outcome, '') || COALESCE(v.cause, '') || s.name"
                               " FROM visit v JOIN client c ON c.id = v.client_id"
                               " JOIN staff s ON s.id = v.staff_id ORDER BY v.id",
                               NULL, &error)));
    while (db_step(rows, NULL) == DB_STEP_ROW)
        g_string_append(text, db_text(rows, 0));
    assert_true(text->len > 100000);
    return g_string_free(text, FALSE);
}

static void remove_unit(const Fixture *fixture)
{
    fixture_remove(fixture->folder);
    assert_int_equal(g_mkdir(fixture->folder, 0700), 0);
}

static void one_seed_gives_one_demo(void **state)
{
    const Fixture *fixture = *state;
    g_autofree char *first = seen(demo);
    make(fixture, DEMO_SEED);
    g_autofree char *second = seen(fixture);
    remove_unit(fixture);
    make(fixture, 8);
    g_autofree char *other = seen(fixture);
    assert_int_equal(strcmp(first, second), 0);
    assert_int_not_equal(strcmp(first, other), 0);
}

static void numbers_are_published_ones(void **state)
{
    (void)state;
    g_autofree char *published = NULL, *used = NULL;
    assert_true(g_file_get_contents("tests/data/testpersonnummer.csv", &published, NULL, NULL));
    assert_true(g_file_get_contents(TRUE_FILE, &used, NULL, NULL));
    for (gsize i = 0; i < demo_id_number_count; i++) {
        IdNumber id;
        if (!idnumber_parse(demo_id_numbers[i], date_parse("2026-11-22"), &id))
            fail_msg("%s: %s", demo_id_numbers[i], idnumber_fault_text(id.fault));
        g_autofree char *digits = g_strdup_printf("%.8s%s", id.number, id.number + 9);
        if (!strstr(published, digits) && !strstr(used, id.number))
            fail_msg("%s is not a published test number", id.number);
        for (gsize j = 0; j < i; j++)
            assert_string_not_equal(demo_id_numbers[i], demo_id_numbers[j]);
    }
}

/* --- all or nothing --------------------------------------------------------------------------- */

static gboolean until(double share, gpointer data)
{
    return share < *(double *)data;
}

static guint files_in(const Fixture *fixture)
{
    g_autofree char *folder = g_path_get_dirname(fixture->database);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    guint count = 0;
    while (g_dir_read_name(dir))
        count++;
    return count;
}

static void broken_off_leaves_no_files(void **state)
{
    const Fixture *fixture = *state;
    double shares[] = {0, 0.1, 0.6};
    for (gsize i = 0; i < G_N_ELEMENTS(shares); i++) {
        assert_fails(demo_make(fixture->database, DEMO_UNIT, DEMO_SEED, until, &shares[i], &error),
                     ERROR_CANCELLED);
        assert_int_equal(files_in(fixture), 0);
    }
}

/* What a program killed in the middle left is cleared away; what is somebody's is not. */
static void only_its_own_files_are_replaced(void **state)
{
    Fixture *fixture = *state;
    g_autofree char *left = left_by(fixture);
    assert_false(g_file_test(left, G_FILE_TEST_EXISTS));
    assert_fails(demo_make(fixture->database, DEMO_UNIT, DEMO_SEED, NULL, NULL, &error),
                 ERROR_EXISTS);
    session_close(g_steal_pointer(&fixture->session));
    g_unlink(fixture->database);
    assert_fails(demo_make(fixture->database, DEMO_UNIT, DEMO_SEED, NULL, NULL, &error),
                 ERROR_EXISTS);
    assert_true(g_file_test(fixture->keys, G_FILE_TEST_EXISTS));
}

static void sizes_are_read(void **state)
{
    (void)state;
    DemoSize size = DEMO_UNIT;
    assert_true(demo_size_parse("city", &size) && size == DEMO_CITY);
    assert_true(demo_size_parse("town", &size) && size == DEMO_TOWN);
    assert_true(demo_size_parse("region", &size) && size == DEMO_REGION);
    assert_true(demo_size_parse("unit", &size) && size == DEMO_UNIT);
    assert_false(demo_size_parse("village", &size));
    assert_false(demo_size_parse("", &size));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_unit_like_huddinges),
        cmocka_unit_test(groups_and_those_at_risk),
        cmocka_unit_test(alternatives_took_place),
        PLACE_TEST(one_seed_gives_one_demo),
        cmocka_unit_test(numbers_are_published_ones),
        PLACE_TEST(broken_off_leaves_no_files),
        /* The demo is lost then. */
        cmocka_unit_test(only_its_own_files_are_replaced),
        cmocka_unit_test(sizes_are_read),
    };

    return cmocka_run_group_tests_name("exchange/demo", tests, group_setup, fixture_teardown);
}
