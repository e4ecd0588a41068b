/* D15: a client's details as rows of text mean the same on the full screen and in --plain. */
#include "care/client/client_rows.h"

#include "care/unit/pick.h"
#include "tests/unit/care/fixture_client.h"

static void fill(char **rows, int row, const char *text)
{
    g_free(rows[row]);
    rows[row] = g_strdup(text);
}

static void test_d15_there_and_back(void **state)
{
    Session *session = ((Fixture *)*state)->session;
    const char *faults[CLIENT_ROW_COUNT];
    g_autoptr(Client) client = client_rows_new(session);
    ClientRows rows = {0};
    assert_true(client->case_officer_id == session_staff_id(session));
    assert_ok(client_rows_init(session, &rows, client, &error));
    g_auto(GStrv) values = client_rows_values(&rows, client);
    assert_string_equal(values[CLIENT_ROW_OFFICER], "hand");
    assert_false(client_rows_take(&rows, values, NULL, client, faults));
    assert_string_equal(faults[CLIENT_ROW_NAME], "A client needs a name.");
    fill(values, CLIENT_ROW_NAME, " Alva Ö ");
    fill(values, CLIENT_ROW_ID, NUMBER_WOMAN);
    fill(values, CLIENT_ROW_LANGUAGE, "somali");
    fill(values, CLIENT_ROW_INTERPRETER, "1");
    fill(values, CLIENT_ROW_PROTECTION, "1");
    fill(values, CLIENT_ROW_WORKER, "stod");
    fill(values, CLIENT_ROW_BIRTH, "1999-09-14");
    fill(values, CLIENT_ROW_MANDATE, "2027-06-30");
    assert_true(client_rows_take(&rows, values, NULL, client, faults));
    assert_string_equal(client->name, "Alva Ö");
    assert_string_equal(client->language, "so");
    assert_true(client->interpreter);
    assert_int_equal(client->protection, PROTECTION_MARKED);
    assert_true(client->support_worker_id == staff_id(session, "stod"));
    g_auto(GStrv) again = client_rows_values(&rows, client);
    assert_string_equal(again[CLIENT_ROW_LANGUAGE], "Somali");
    assert_string_equal(again[CLIENT_ROW_PROTECTION], "1");
    assert_string_equal(again[CLIENT_ROW_BIRTH], "1999-09-14");
    assert_string_equal(again[CLIENT_ROW_MANDATE], "2027-06-30");
    client_rows_clear(&rows);
}

static void test_d15_what_cannot_be_used(void **state)
{
    Session *session = ((Fixture *)*state)->session;
    const char *faults[CLIENT_ROW_COUNT];
    g_autoptr(Client) client = client_rows_new(session);
    ClientRows rows = {0};
    assert_ok(client_rows_init(session, &rows, client, &error));
    g_auto(GStrv) values = client_rows_values(&rows, client);
    fill(values, CLIENT_ROW_NAME, "Alva");
    const int wrong[] = {CLIENT_ROW_ID, CLIENT_ROW_LANGUAGE, CLIENT_ROW_WORKER, CLIENT_ROW_OFFICER,
                         CLIENT_ROW_BIRTH, CLIENT_ROW_MANDATE};
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autofree char *before = g_strdup(values[wrong[i]]);
        fill(values, wrong[i], "klingonska");
        assert_false(client_rows_take(&rows, values, NULL, client, faults));
        for (int row = 0; row < CLIENT_ROW_COUNT; row++)
            assert_int_equal(faults[row] != NULL, row == wrong[i]);
        fill(values, wrong[i], before);
    }
    fill(values, CLIENT_ROW_LANGUAGE, "EO"); /* a code that is not in the list */
    assert_true(client_rows_take(&rows, values, NULL, client, faults));
    assert_string_equal(client->language, "eo");
    client_rows_clear(&rows);
}

/* It is neither shown nor lost, and taken away by a hyphen alone. */
static void test_d15_a_hidden_address(void **state)
{
    Session *session = ((Fixture *)*state)->session;
    const char *faults[CLIENT_ROW_COUNT];
    g_autoptr(Client) client = client_rows_new(session);
    ClientRows rows = {0};
    client->name = g_strdup("Siv");
    client->protection = PROTECTION_MARKED;
    client->address = g_strdup("Gatan 1");
    assert_ok(client_rows_init(session, &rows, client, &error));
    g_auto(GStrv) values = client_rows_values(&rows, client);
    assert_string_equal(values[CLIENT_ROW_ADDRESS], "");
    assert_true(client_rows_take(&rows, values, NULL, client, faults));
    assert_string_equal(client->address, "Gatan 1");
    fill(values, CLIENT_ROW_ADDRESS, "Gatan 2");
    assert_true(client_rows_take(&rows, values, NULL, client, faults));
    assert_string_equal(client->address, "Gatan 2");
    fill(values, CLIENT_ROW_ADDRESS, "-");
    assert_true(client_rows_take(&rows, values, NULL, client, faults));
    assert_null(client->address);
    client_rows_clear(&rows);
}

/* Who has left the unit is not in the list, and keeps the assignment until another is chosen. */
static void test_d15_somebody_who_has_left(void **state)
{
    Session *session = ((Fixture *)*state)->session;
    const char *faults[CLIENT_ROW_COUNT];
    g_autoptr(Client) client = client_rows_new(session);
    ClientRows rows = {0};
    const gint64 left = 4711;
    client->name = g_strdup("Alva");
    client->support_worker_id = left;
    assert_ok(client_rows_init(session, &rows, client, &error));
    g_auto(GStrv) base = client_rows_values(&rows, client);
    g_auto(GStrv) values = client_rows_values(&rows, client);
    assert_true(client_rows_take(&rows, values, base, client, faults));
    assert_true(client->support_worker_id == left);
    fill(values, CLIENT_ROW_WORKER, "stod");
    assert_true(client_rows_take(&rows, values, base, client, faults));
    assert_true(client->support_worker_id == staff_id(session, "stod"));
    client_rows_clear(&rows);
}

static void test_d15_a_number_that_is_taken(void **state)
{
    Session *session = ((Fixture *)*state)->session;
    gint64 id = add(session, "Alva Ö", NUMBER_WOMAN, NULL);
    g_autofree char *taken = client_rows_double(session, 0, NUMBER_WOMAN);
    assert_non_null(strstr(taken, "Alva Ö"));
    assert_null(client_rows_double(session, id, NUMBER_WOMAN));
    assert_null(client_rows_double(session, 0, NUMBER_OTHER));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNIT_TEST(test_d15_there_and_back),        UNIT_TEST(test_d15_what_cannot_be_used),
        UNIT_TEST(test_d15_a_hidden_address),      UNIT_TEST(test_d15_somebody_who_has_left),
        UNIT_TEST(test_d15_a_number_that_is_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
