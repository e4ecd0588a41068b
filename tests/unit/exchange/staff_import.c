/* staff_import.c: staff read in from a file. */
#include "care/unit/staff.h"
#include "tests/unit/exchange/fixture_rows.h"

#define FAULTS "5 Anställningsnr\n6 Namn\n7 Befattning\n8 Aktiv\n11 Namn"

static gint64 count(const Fixture *fixture, const char *where)
{
    g_autofree char *sql = g_strconcat("SELECT count(*) FROM staff WHERE ", where, NULL);
    return fixture_int(fixture->session, sql);
}

/* Rows with faults are refused, the others read in; the same file again changes nothing. */
static void test_a_file_is_read_in_once(void **state)
{
    const Fixture *fixture = *state;
    const gint64 before = rows_in_all(fixture);
    assert_reading(fixture, "personal.csv", IMPORT_STAFF, TRUE, "5/0/0/5\n" FAULTS);
    assert_int_equal(rows_in_all(fixture), before + 1); /* that it was looked through */
    assert_reading(fixture, "personal.csv", IMPORT_STAFF, FALSE, "5/0/0/5\n" FAULTS);
    assert_reading(fixture, "personal.csv", IMPORT_STAFF, FALSE, "0/0/5/5\n" FAULTS);
    assert_int_equal(count(fixture, "code = '1002' AND name = 'Bo Ek' AND role = 'case-officer'"
                                    " AND login IS NULL AND active = 1"),
                     1);
    assert_int_equal(count(fixture, "code = '1003' AND role = 'team-lead'"), 1);
    assert_int_equal(count(fixture, "name = 'Filip Holm' AND active = 0"), 1);
    assert_int_equal(count(fixture, "name = 'Gun Ivarsson' AND code IS NULL"), 1);
    assert_all_is_well(fixture);
}

/* What the column of user names holds is not taken for anything, and that is said. */
static void test_access_is_not_read_in(void **state)
{
    const Fixture *fixture = *state;
    g_autoptr(TableImport) import = open_path(fixture, "tests/data/reading/personal.csv");
    g_auto(GStrv) unknown = table_import_unknown(import);
    assert_int_equal(g_strv_length(unknown), 1);
    assert_string_equal(unknown[0], "Användarnamn");
}

/* Another system's file, later: other spellings and roles change the row, another person is
 * refused. */
static void test_a_later_file_changes_rows(void **state)
{
    const Fixture *fixture = *state;
    assert_reading(fixture, "personal.csv", IMPORT_STAFF, FALSE, "5/0/0/5\n" FAULTS);
    assert_reading(fixture, "staff.tsv", IMPORT_STAFF, TRUE, "1/1/1/1\n5 Signatur");
    assert_reading(fixture, "staff.tsv", IMPORT_STAFF, FALSE, "1/1/1/1\n5 Signatur");
    assert_int_equal(
        count(fixture, "code = '1001' AND name = 'Berg Anna' AND role = 'case-officer'"), 1);
    assert_int_equal(count(fixture, "code = '1003' AND name = 'Carl Åberg'"), 1);
    assert_reading(fixture, "staff.tsv", IMPORT_STAFF, FALSE, "0/0/3/1\n5 Signatur");
    assert_int_equal(fixture_int(fixture->session,
                                 "SELECT count(*) FROM audit WHERE entity = 'staff' AND action ="
                                 " 'change'"),
                     1 + 1); /* and that Filip Holm has left */
    assert_all_is_well(fixture);
}

/* A file of visits has met them by code or by name alone. */
static void test_those_met_in_visits_get_their_name(void **state)
{
    const Fixture *fixture = *state;
    assert_read(fixture,
                EMIL "2026-11-23;10:00;1;1001;Planerad;;;;\r\n" YUSUF
                     "2026-11-23;10:00;1;Bo Ek;Planerad;;;;\r\n",
                "2/0/0/0");
    const gint64 before = count(fixture, "id > 0");
    assert_reading(fixture, "personal.csv", IMPORT_STAFF, FALSE, "3/2/0/5\n" FAULTS);
    assert_int_equal(count(fixture, "id > 0"), before + 3);
    assert_int_equal(fixture_int(fixture->session,
                                 "SELECT count(*) FROM visit v JOIN staff s ON s.id ="
                                 " v.staff_id WHERE s.name = 'Anna Berg' AND s.code"
                                 " = '1001'"),
                     1);
    assert_int_equal(count(fixture, "name = 'Bo Ek' AND code = '1002'"), 1);
    assert_all_is_well(fixture);
}

/* Role and access of those who sign in are the administrator's; a code they have none of they get.
 */
static void test_users_keep_role_and_access(void **state)
{
    const Fixture *fixture = *state;
    const char *heading = "Namn;Anställningsnr;Roll;Aktiv\r\n";
    const char *name = session_staff_name(fixture->session);
    g_autofree char *lead = g_strdup_printf("%s%s;77;team lead;ja\r\n", heading, name);
    g_autofree char *officer = g_strdup_printf("%s%s;77;case officer;ja\r\n", heading, name);
    g_autofree char *gone = g_strdup_printf("%s%s;77;;nej\r\n", heading, name);
    assert_text(fixture, officer, IMPORT_STAFF, "0/0/0/1\n2 Roll");
    assert_text(fixture, lead, IMPORT_STAFF, "0/1/0/0");
    assert_text(fixture, lead, IMPORT_STAFF, "0/0/1/0");
    assert_text(fixture, officer, IMPORT_STAFF, "0/0/0/1\n2 Roll");
    assert_text(fixture, gone, IMPORT_STAFF, "0/0/0/1\n2 Aktiv");
    assert_int_equal(count(fixture, "login = 'grundare' AND code = '77' AND role = 'team-lead' AND"
                                    " active = 1"),
                     1);
    assert_all_is_well(fixture);
}

/* Two of one name: with codes they are two persons, without one nobody knows who is meant. */
static void test_namesakes(void **state)
{
    const Fixture *fixture = *state;
    assert_text(fixture, "Namn;Anställningsnr;Roll\r\nEva Ek;1;\r\nEva Ek;2;\r\n", IMPORT_STAFF,
                "2/0/0/0");
    assert_text(fixture, "Namn;Anställningsnr;Roll\r\nEva Ek;;\r\n", IMPORT_STAFF,
                "0/0/0/1\n2 Namn");
    assert_text(fixture, "Namn;Anställningsnr;Roll\r\nEva Ek;3;\r\n", IMPORT_STAFF, "1/0/0/0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IMPORT_TEST(test_a_file_is_read_in_once),
        IMPORT_TEST(test_access_is_not_read_in),
        IMPORT_TEST(test_a_later_file_changes_rows),
        IMPORT_TEST(test_those_met_in_visits_get_their_name),
        IMPORT_TEST(test_users_keep_role_and_access),
        IMPORT_TEST(test_namesakes),
    };
    return cmocka_run_group_tests_name("exchange/staff_import", tests, swedish_is_known, NULL);
}
