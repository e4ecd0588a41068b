/* D15: a placement's details as rows of text mean the same on the full screen and in --plain. */
#include "care/placement/placement_rows.h"

#include "tests/unit/care/fixture_client.h"

static gint64 add_institution(Session *session, const char *name, gboolean active)
{
    g_autoptr(Institution) institution = g_new0(Institution, 1);
    institution->name = g_strdup(name);
    institution->active = TRUE;
    assert_ok(institution_add(session, institution, &error));
    institution->active = active;
    assert_ok(institution_change(session, institution, &error));
    return institution->id;
}

static void test_d15_there_and_back(void **state)
{
    Session *session = ((Fixture *)*state)->session;
    const char *faults[PLACEMENT_ROW_COUNT];
    gint64 client = add(session, "Alva Ö", NUMBER_WOMAN, NULL);
    gint64 birch = add_institution(session, "Björken", TRUE);
    PlacementRows rows = {0};
    assert_ok(placement_rows_init(session, &rows, 0, &error));
    g_autoptr(Placement) placement = placement_rows_new(session, client);
    assert_true(placement->staff_id == session_staff_id(session));
    g_auto(GStrv) begun = placement_rows_values(&rows, placement);
    assert_string_equal(begun[PLACEMENT_ROW_STAFF], "hand");
    assert_string_equal(begun[PLACEMENT_ROW_STARTED], "");
    g_auto(GStrv) typed = g_strsplit("björ|12/1|2026-10-31|led|1", "|", -1);
    assert_true(placement_rows_take(&rows, typed, placement, faults));
    assert_true(placement->institution_id == birch);
    assert_true(placement->started_on == date_parse("2026-01-12"));
    assert_true(placement->ended_on == date_parse("2026-10-31"));
    assert_true(placement->staff_id == staff_id(session, "led"));
    assert_true(placement->two_parents);
    assert_int_equal(placement_rows_kind(&rows, "björ"), INSTITUTION_HVB);
    assert_int_equal(placement_rows_kind(&rows, "eken"), INSTITUTION_OTHER);
    placement_rows_clear(&rows);
}

static void test_d15_what_cannot_be_used(void **state)
{
    Session *session = ((Fixture *)*state)->session;
    const char *faults[PLACEMENT_ROW_COUNT];
    PlacementRows rows = {0};
    Placement placement = {0};
    assert_ok(placement_rows_init(session, &rows, 0, &error));
    g_auto(GStrv) wrong = g_strsplit("Eken||someday|nobody|0", "|", -1);
    assert_false(placement_rows_take(&rows, wrong, &placement, faults));
    for (int row = 0; row < PLACEMENT_ROW_PARENTS; row++)
        assert_non_null(faults[row]);
    assert_null(faults[PLACEMENT_ROW_PARENTS]);
    g_auto(GStrv) least = g_strsplit("|12/1|||0", "|", -1);
    assert_true(placement_rows_take(&rows, least, &placement, faults));
    placement_rows_clear(&rows);
}

/* One out of use is offered to the placement that has it, and to no other. */
static void test_d15_an_institution_out_of_use(void **state)
{
    Session *session = ((Fixture *)*state)->session;
    gint64 closed = add_institution(session, "Eken", FALSE);
    const char *faults[PLACEMENT_ROW_COUNT];
    PlacementRows rows = {0};
    Placement placement = {0};
    g_auto(GStrv) typed = g_strsplit("eken|12/1||", "|", -1);
    assert_ok(placement_rows_init(session, &rows, 0, &error));
    assert_false(placement_rows_take(&rows, typed, &placement, faults));
    assert_ok(placement_rows_init(session, &rows, closed, &error));
    assert_true(placement_rows_take(&rows, typed, &placement, faults));
    assert_true(placement.institution_id == closed);
    placement_rows_clear(&rows);
}

/* The clock stands at 22 November 2026. */
static void test_d15_days_behind_us(void **state)
{
    (void)state;
    assert_true(placement_rows_day("12/1") == date_parse("2026-01-12"));
    assert_true(placement_rows_day("24/12") == date_parse("2025-12-24"));
    assert_true(placement_rows_day("2026-12-24") == date_parse("2026-12-24"));
    assert_true(placement_rows_day(" ") == DATE_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNIT_TEST(test_d15_there_and_back),
        UNIT_TEST(test_d15_what_cannot_be_used),
        UNIT_TEST(test_d15_an_institution_out_of_use),
        UNIT_TEST(test_d15_days_behind_us),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
