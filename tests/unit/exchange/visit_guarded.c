/* visit_import: a file tells nothing of who has protected identity, and leaves a trace (B8). */
#include "care/client/client.h"
#include "care/client/client_guard.h"
#include "tests/unit/exchange/fixture_import.h"

/* Somebody whose card the team lead may not open, with a visit of her own. */
static gint64 protect(Fixture *fixture)
{
    g_autoptr(Client) client = client_new();
    fixture_user(fixture, "handl", ROLE_CASE_OFFICER);
    const char *lead = g_intern_string(session_login(fixture->session));
    fixture_reopen(fixture, "handl");
    client->name = g_strdup("Yusuf Essen");
    client->number = g_strdup("B1001");
    client->id_number = g_strdup("20000831-2399");
    client->protection = PROTECTION_MARKED;
    client->case_officer_id = session_staff_id(fixture->session);
    assert_ok(client_add(fixture->session, client, &error));
    fixture_reopen(fixture, lead);
    assert_false(client_may_open(fixture->session, client->id));
    return client->id;
}

static char *answer(const Fixture *fixture, const char *rows, gboolean dry_run)
{
    g_autofree char *text = g_strconcat(HEADING, rows, NULL);
    g_autoptr(TableImport) import = open_text(fixture, text);
    const ImportResult result = run(import, dry_run);
    g_autoptr(GString) told = g_string_new(NULL);
    g_string_printf(told, "%d read in, %d there, %d refused, %d clients, %d completed",
                    result.imported, result.duplicates, result.rejected, result.new_clients,
                    result.completed);
    for (guint i = 0; i < table_import_faults(import)->len; i++)
        g_string_append_printf(told, "\n%s",
                               ((ImportFault *)table_import_faults(import)->pdata[i])->reason);
    return g_strdup(told->str);
}

/* The same as of a number that nobody has: with another name, with the right one, with the right
 * client number, beside somebody else's client number. */
static void a_dry_run_does_not_tell_who_is_there(void **state)
{
    static const char *const rows[] = {
        ";%s;Siv Svensson;2026-05-11;08:30;1;;;;;;\r\n",
        ";%s;Yusuf Essen;2026-05-11;08:30;1;;;;;;\r\n",
        ";%s;Yusuf Essen;2026-05-11;08:30;1;;;;;;\r\n;%s;Yusuf Essen;2026-05-11;08:30;1;;;;;;\r\n",
        "B1001;%s;Yusuf Essen;2026-05-11;08:30;1;;;;;;\r\n",
        "B1000;%s;Emil Ärlig;2026-05-12;08:30;1;;;;;;\r\n",
        "B7;%s;Kim Ek;2026-05-12;08:30;1;;;;;;\r\n",
    };
    Fixture *fixture = *state;
    const gint64 guarded = protect(fixture);
    assert_read(fixture, EMIL "2026-05-11;08:30;1;;;;;;\r\n", "1/0/0/0");
    assert_read(fixture, "B7;;Kim Ek;2026-05-11;08:30;1;;;;;;\r\n", "1/0/0/0");
    assert_read(fixture, YUSUF "2026-05-11;08:30;1;;;;;;\r\n", "1/0/0/0");
    g_autofree char *log = g_strdup_printf(
        "SELECT count(*) FROM audit WHERE action = 'met' AND client_id = %" G_GINT64_FORMAT,
        guarded);
    assert_int_equal(fixture_int(fixture->session, log), 0);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(GStrv) parts = g_strsplit(rows[i], "%s", -1);
        g_autofree char *hers = g_strjoinv("20000831-2399", parts);
        g_autofree char *nobodys = g_strjoinv("19920911-2391", parts);
        g_autofree char *of_hers = answer(fixture, hers, TRUE);
        g_autofree char *of_nobodys = answer(fixture, nobodys, TRUE);
        assert_string_equal(of_hers, of_nobodys);
    }
    /* Where the number decided whose the row is, the log says so. */
    assert_int_equal(fixture_int(fixture->session, log), 5);
    assert_int_equal(
        fixture_int(fixture->session, "SELECT count(*) FROM audit WHERE action = 'look'"),
        2 * G_N_ELEMENTS(rows));
    assert_int_equal(fixture_int(fixture->session, "SELECT count(*) FROM client"), 3);
    assert_int_equal(fixture_int(fixture->session, "SELECT count(*) FROM visit"), 3);
    assert_all_is_well(fixture);
}

/* In earnest, her own visits are read in, and another's are refused, which stands in the log. */
static void reading_in_goes_by_the_name(void **state)
{
    Fixture *fixture = *state;
    const gint64 guarded = protect(fixture);
    g_autofree char *mine = answer(fixture, YUSUF "2026-05-11;08:30;1;;;;;;\r\n", FALSE);
    assert_string_equal(mine, "1 read in, 0 there, 0 refused, 0 clients, 0 completed");
    assert_int_equal(
        fixture_int(fixture->session, "SELECT count(*) FROM audit WHERE action = 'met'"), 0);
    g_autofree char *other =
        answer(fixture, ";20000831-2399;Siv Svensson;2026-05-12;08:30;1;;;;;;\r\n", FALSE);
    assert_true(g_str_has_prefix(other, "0 read in, 0 there, 1 refused"));
    g_autofree char *log = g_strdup_printf(
        "SELECT count(*) FROM audit WHERE action = 'met' AND client_id = %" G_GINT64_FORMAT,
        guarded);
    assert_int_equal(fixture_int(fixture->session, log), 1);
    assert_all_is_well(fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IMPORT_TEST(a_dry_run_does_not_tell_who_is_there),
        IMPORT_TEST(reading_in_goes_by_the_name),
    };

    return cmocka_run_group_tests_name("exchange/visit_guarded", tests, NULL, NULL);
}
