/* D15: what is typed into a page of rows is one draft for the full screen and for --plain: its
 * body, when it is kept and dropped, and what becomes of a row that a colleague has changed
 * meanwhile. */
#include "care/unit/draft_rows.h"
#include "tests/unit/care/fixture_visit.h"

/* Of characters: drafts have texts that can be changed. */
static char first[] = "fri", second[] = "10", third[] = "", fourth[] = "mon", fifth[] = "\"å\"\n";
static char *values[] = {first, second, third, NULL}, *base[] = {fourth, third, fifth, NULL};

static void test_d15_body_and_back(void **state)
{
    (void)state;
    g_auto(GStrv) read = NULL, read_base = NULL;
    gint64 version = 0;
    g_autofree char *body = draft_rows_write(values, base, 7);
    assert_true(draft_rows_read(body, 3, NULL, &read, &read_base, &version));
    assert_true(g_strv_equal((const char *const *)read, (const char *const *)values));
    assert_true(g_strv_equal((const char *const *)read_base, (const char *const *)base));
    assert_int_equal(version, 7);
}

static void test_d15_body_of_something_new(void **state)
{
    (void)state;
    g_auto(GStrv) read = NULL, read_base = NULL;
    gint64 version = 1;
    g_autofree char *body = draft_rows_write(values, NULL, 0);
    assert_string_equal(body, "{\"version\":0,\"values\":[\"fri\",\"10\",\"\"]}");
    assert_true(draft_rows_read(body, 3, NULL, &read, &read_base, &version));
    assert_null(read_base);
    assert_int_equal(version, 0);
}

static void test_d15_none_of_ours(void **state)
{
    (void)state;
    const char *const bodies[] = {"",
                                  "[]",
                                  "{}",
                                  "{\"version\":1}",
                                  "{\"values\":[\"\",\"\",\"\"]}",
                                  "{\"version\":1,\"values\":[\"\",\"\"]}",
                                  "{\"version\":[],\"values\":[\"\",\"\",\"\"]}"};
    for (gsize i = 0; i < G_N_ELEMENTS(bodies); i++) {
        char **read = values, **read_base = base;
        gint64 version = 5;
        assert_false(draft_rows_read(bodies[i], 3, NULL, &read, &read_base, &version));
        assert_ptr_equal(read, values);
        assert_ptr_equal(read_base, base);
        assert_int_equal(version, 5);
    }
}

/* A page that has grown at its end takes up what was typed before it had: nothing typed is lost. */
static void test_d15_a_page_that_has_grown(void **state)
{
    (void)state;
    static char last[] = "2027-06-30";
    char *own[] = {third, third, third, last, NULL};
    g_auto(GStrv) read = NULL, read_base = NULL, none = NULL, none_base = NULL;
    gint64 version = 0;
    g_autofree char *body = draft_rows_write(values, base, 7);
    assert_true(draft_rows_read(body, 4, own, &read, &read_base, &version));
    for (int i = 0; i < 3; i++) {
        assert_string_equal(read[i], values[i]);
        assert_string_equal(read_base[i], base[i]);
    }
    assert_string_equal(read[3], last);
    assert_int_equal(draft_rows_merge(read[3], read_base[3], last), ROW_IS_MINE);
    assert_false(
        draft_rows_read("{\"version\":1,\"values\":[]}", 4, own, &none, &none_base, &version));
}

/* Found by the fuzz target: what is no text in the place of one is an empty row. */
static void test_d15_rows_of_other_kinds(void **state)
{
    (void)state;
    g_auto(GStrv) read = NULL, read_base = NULL;
    gint64 version = 0;
    assert_true(draft_rows_read("{\"version\":1,\"values\":[{},[],5]}", 3, NULL, &read, &read_base,
                                &version));
    for (int i = 0; i < 3; i++)
        assert_string_equal(read[i], "");
}

static void test_d15_kept_once_and_dropped_as_entered(void **state)
{
    Session *session = ((Visits *)*state)->session;
    DraftKept kept = {.kind = DRAFT_VISIT, .ref_id = 3, .entered = g_strdup("{}")};
    gboolean saved = TRUE;
    g_autoptr(GPtrArray) drafts = NULL;
    assert_false(draft_kept_lacks(&kept, "{}"));
    assert_ok(draft_kept_save(session, &kept, "{}", &saved, &error));
    assert_false(saved); /* as it was opened: nothing to keep */
    assert_true(draft_kept_lacks(&kept, "{1}"));
    assert_ok(draft_kept_save(session, &kept, "{1}", &saved, &error));
    assert_true(saved);
    assert_ok(draft_kept_save(session, &kept, "{1}", &saved, &error));
    assert_false(saved); /* it is kept already */
    g_autoptr(Draft) draft = draft_load(session, DRAFT_VISIT, 3, NULL);
    assert_string_equal(draft->body, "{1}");
    assert_ok(draft_kept_save(session, &kept, "{}", NULL, &error));
    assert_null(draft_load(session, DRAFT_VISIT, 3, NULL));
    assert_ok(draft_kept_save(session, &kept, "{2}", NULL, &error));
    assert_ok(draft_kept_drop(session, &kept, &error));
    assert_ok(drafts = draft_list(session, &error));
    assert_int_equal(drafts->len, 0);
    draft_kept_clear(&kept);
}

static void test_d15_changed_by_a_colleague(void **state)
{
    (void)state;
    assert_int_equal(draft_rows_merge("a", "a", "a"), ROW_IS_MINE);
    assert_int_equal(draft_rows_merge("mine", "a", "a"), ROW_IS_MINE);
    assert_int_equal(draft_rows_merge("same", "a", "same"), ROW_IS_MINE);
    assert_int_equal(draft_rows_merge("a", "a", "theirs"), ROW_IS_THEIRS);
    assert_int_equal(draft_rows_merge("mine", "a", "theirs"), ROW_IS_BOTH);
    assert_int_equal(draft_rows_merge("mine", NULL, "theirs"), ROW_IS_BOTH);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_d15_body_and_back),
        cmocka_unit_test(test_d15_body_of_something_new),
        cmocka_unit_test(test_d15_none_of_ours),
        cmocka_unit_test(test_d15_a_page_that_has_grown),
        cmocka_unit_test(test_d15_rows_of_other_kinds),
        VISIT_TEST(test_d15_kept_once_and_dropped_as_entered),
        cmocka_unit_test(test_d15_changed_by_a_colleague),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
