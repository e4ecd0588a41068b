/* commit.c: a COMMIT that reports an error is believed only when the row is not there. */
#include "tests/unit/care/fixture_visit.h"

#include "care/unit/commit.h"
#include "care/visit/visit_row.h"

/* Adds a visit in a transaction that the engine ends by itself with `end`, so that the COMMIT of
 * the program fails. Its id. */
static gint64 add_behind_its_back(const Visits *visits, const char *end, gboolean stands)
{
    Db *db = session_db(visits->session);
    g_autoptr(Visit) visit = planned_visit(visits, "2026-11-24", "10:00");
    g_autoptr(DbTransaction) tx = NULL;
    g_autoptr(GError) failure = NULL;
    assert_ok((tx = db_transaction(db, &error)));
    assert_ok(visit_insert(visits->session, visit, &error));
    assert_ok(db_run(db, end, NULL, &error));
    assert_int_equal(commit_and_make_sure(visits->session, tx,
                                          "SELECT COUNT(*) FROM visit WHERE id = :id",
                                          DB_PARAMS(DB_INT("id", visit->id)), &failure),
                     stands);
    assert_int_equal(failure == NULL, stands);
    return visit->id;
}

static void test_error_but_there(void **state)
{
    const Visits *visits = *state;
    gint64 id = add_behind_its_back(visits, "COMMIT", TRUE);
    g_autoptr(Visit) visit = get(visits, id);
    assert_int_equal(visit->id, id);
    assert_counts_true(visits);
}

static void test_error_and_not_there(void **state)
{
    const Visits *visits = *state;
    gint64 id = add_behind_its_back(visits, "ROLLBACK", FALSE);
    assert_fails(visit_get(visits->session, id, &error), ERROR_NOT_FOUND);
    assert_counts_true(visits);
    /* The session goes on. */
    plan(visits, "2026-11-24", "10:00");
    assert_counts_true(visits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VISIT_TEST(test_error_but_there),
        VISIT_TEST(test_error_and_not_there),
    };
    return cmocka_run_group_tests_name("care/commit", tests, NULL, NULL);
}
