/* What a screen shows, as a file: Ctrl-F on visits, tasks, clients and the week, and the week on
 * paper. */
#include "tests/screen/fixture.h"

#define PRESS_CTRL_F "\006"

/* Presses `key` and lets the file be called `name` in the test's folder; what lies there. New; NULL
 * where there is none. */
static char *file_from(Harness *harness, const char *key, const char *name, gsize *length)
{
    g_autofree char *path = g_build_filename(harness_folder(harness), name, NULL);
    g_autofree char *keys = g_strconcat(key, PRESS_CTRL_U, path, PRESS_ENTER, NULL);
    char *bytes = NULL;
    harness_keys(harness, keys);
    g_file_get_contents(path, &bytes, length, NULL);
    return bytes;
}

static void assert_file(Harness *harness, const char *key, const char *name, const char *begins)
{
    gsize length = 0;
    g_autofree char *bytes = file_from(harness, key, name, &length);
    if (bytes == NULL)
        fail_msg("%s is not there:\n%s", name, harness_dump(harness));
    assert_true(g_str_has_prefix(bytes, begins));
}

static void what_is_shown_is_written(void **unused)
{
    (void)unused;
    g_autofree char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "led", NULL);
    harness_keys(harness, "3");
    assert_file(harness, PRESS_CTRL_F, "week.xlsx", "PK");
    fixture_sees(harness, "26 rader finns i");
    assert_file(harness, "p", "week.pdf", "%PDF");
    fixture_sees(harness, "Papperet ligger i");
    assert_file(harness, PRESS_ENTER PRESS_CTRL_F, "visits.csv",
                "\xef\xbb\xbf"
                "Brukarnummer;");
    assert_file(harness, "4" PRESS_CTRL_F, "tasks.json", "[");
    assert_file(harness, "2" PRESS_CTRL_F, "clients.csv",
                "\xef\xbb\xbf"
                "Brukarnummer;");
    harness_stop(harness);
    g_autoptr(Session) session = fixture_session(folder, "led");
    gint64 logged = 0;
    assert_true(db_get_int(session_db(session),
                           "SELECT count(*) FROM audit WHERE action = 'export'", NULL, 0, &logged,
                           NULL));
    assert_int_equal(logged, 5);
    harness_folder_remove(g_steal_pointer(&folder));
}

/* The log of one client, for whoever asks, and the code of the whole log. */
static void what_the_log_has_is_written(void **unused)
{
    (void)unused;
    g_autofree char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "led", NULL);
    gsize length = 0;
    harness_keys(harness, PRESS_F3 "bäckman" PRESS_ENTER "l");
    fixture_sees(harness, "Vem som har läst eller ändrat");
    assert_null(file_from(harness, PRESS_CTRL_F, "log.doc", &length));
    fixture_sees(harness, ".json");
    assert_file(harness, PRESS_CTRL_F, "log.csv", "\xef\xbb\xbfNär;Roll;");
    fixture_sees(harness, "rader ur loggen finns i");
    fixture_sees(harness, "skrev vem som har läst");
    assert_file(harness, PRESS_CTRL_F, "log.pdf", "%PDF");
    harness_keys(harness, PRESS_ESCAPE "0");
    assert_file(harness, "p", "code.pdf", "%PDF");
    fixture_sees(harness, "Loggens kod");
    harness_stop(harness);
    harness_folder_remove(g_steal_pointer(&folder));
}

/* Of a search, those found alone. */
static void a_search_is_written_as_it_is(void **unused)
{
    (void)unused;
    g_autofree char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "led", NULL);
    gsize length = 0;
    g_autofree char *all = file_from(harness, "2" PRESS_CTRL_F, "all.csv", &length);
    g_autofree char *some = file_from(harness, "an" PRESS_CTRL_F, "some.csv", &length);
    assert_non_null(all);
    assert_non_null(some);
    assert_true(strlen(some) < strlen(all));
    harness_stop(harness);
    harness_folder_remove(g_steal_pointer(&folder));
}

static void what_cannot_be_written_is_said(void **unused)
{
    (void)unused;
    g_autofree char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "led", NULL);
    gsize length = 0;
    harness_keys(harness, "3");
    assert_file(harness, PRESS_CTRL_F, "week.csv", "\xef\xbb\xbf");
    g_autofree char *again = file_from(harness, PRESS_CTRL_F, "week.csv", &length);
    fixture_sees(harness, "week.csv");
    assert_false(harness_text_contains(harness, "rader finns i"));
    assert_null(file_from(harness, PRESS_CTRL_F, "week.doc", &length));
    fixture_sees(harness, ".xlsx, .csv eller .json");
    harness_keys(harness, PRESS_CTRL_F PRESS_ESCAPE);
    harness_stop(harness);
    harness_folder_remove(g_steal_pointer(&folder));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_shown_is_written),
        cmocka_unit_test(what_the_log_has_is_written),
        cmocka_unit_test(a_search_is_written_as_it_is),
        cmocka_unit_test(what_cannot_be_written_is_said),
    };

    return cmocka_run_group_tests_name("exports", tests, fixture_make, fixture_remove);
}
