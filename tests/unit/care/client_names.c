/* A unit whose names were stored by other rules is renewed when it is opened, once (C10). */
#include "base/text.h"
#include "tests/unit/care/fixture_visit.h"

static guint found(Session *session, const char *typed)
{
    g_autoptr(GPtrArray) rows = NULL;

    assert_ok(rows = client_list(session, typed, FALSE, NULL, 50, &error));
    return rows->len;
}

static gint64 number(Session *session, const char *sql)
{
    gint64 value = -1;

    assert_ok(db_get_int(session_db(session), sql, NULL, -1, &value, &error));
    return value;
}

/* As a program of before left it: no letters, no words without å ä ö, another order. */
static void make_old(Session *session, const char *rules)
{
    g_autoptr(DbTransaction) tx = NULL;

    assert_ok(tx = db_transaction(session_db(session), &error));
    assert_ok(
        db_run(session_db(session),
               "DELETE FROM client_word WHERE length(word) = 1 OR word IN ('arlig', 'aerlig')",
               NULL, &error));
    assert_ok(db_run(session_db(session), "UPDATE client SET name_key = :key",
                     DB_PARAMS(DB_BLOB("key", "x", 1)), &error));
    if (rules)
        assert_ok(db_meta_set(session_db(session), "client_names", rules, &error));
    assert_ok(db_transaction_commit(tx, &error));
    assert_int_equal(found(session, "arlig"), 0);
    assert_int_equal(found(session, "e"), 0);
}

/* Closed and opened again. */
static void open_again(Visits *visits)
{
    session_close(visits->session);
    visits->session = visits->unit.session = fixture_open(&visits->unit, "grundare");
}

static void c10_names_are_renewed(void **state)
{
    Visits *visits = *state;
    gint64 words = number(visits->session, "SELECT count(*) FROM client_word");

    make_old(visits->session, "0 1.2");
    open_again(visits);
    assert_int_equal(found(visits->session, "arlig"), 1);
    assert_int_equal(found(visits->session, "e"), 2);
    assert_int_equal(number(visits->session, "SELECT count(*) FROM client_word"), words);
    assert_int_equal(number(visits->session, "SELECT count(DISTINCT name_key) FROM client"),
                     number(visits->session, "SELECT count(*) FROM client"));
    assert_int_equal(number(visits->session, "SELECT count(*) FROM client_word w JOIN client c"
                                             " ON c.id = w.client_id AND c.name_key <> w.name_key"),
                     0);
}

/* C8: words of the rules before this one did not find all that is found now. */
static void c8_names_of_the_rules_before_are_renewed(void **state)
{
    Visits *visits = *state;
    g_autofree char *rules = text_name_rules();
    g_autofree char *before = g_strdup_printf("1%s", strchr(rules, ' '));

    assert_int_equal(found(visits->session, "aerlig"), 1);
    make_old(visits->session, before);
    open_again(visits);
    assert_int_equal(found(visits->session, "aerlig"), 1);
    assert_int_equal(found(visits->session, "arlig"), 1);
}

static void they_are_not_when_made_by_the_same(void **state)
{
    Visits *visits = *state;

    make_old(visits->session, NULL);
    open_again(visits);
    assert_int_equal(found(visits->session, "arlig"), 0);
}

static void the_rules_name_what_icu_has(void **state)
{
    g_autofree char *first = text_name_rules(), *second = text_name_rules();

    (void)state;
    assert_string_equal(first, second);
    assert_true(g_regex_match_simple("^[0-9]+ [0-9.]+$", first, 0, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VISIT_TEST(c10_names_are_renewed),
        VISIT_TEST(c8_names_of_the_rules_before_are_renewed),
        VISIT_TEST(they_are_not_when_made_by_the_same),
        cmocka_unit_test(the_rules_name_what_icu_has),
    };

    return cmocka_run_group_tests_name("care/client_names", tests, NULL, NULL);
}
