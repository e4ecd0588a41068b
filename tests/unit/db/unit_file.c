/* The file that names a unit's server: what may stand in it, and what libpq is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib/gstdio.h>

#include "db/server/server_login.h"
#include "db/server/unit_file.h"

#define ID "00112233445566778899aabbccddeeff"
#define POINT ID ID
#define MARKS "id=" ID "\npoint=" POINT "\n"
#define WHOLE                                                                                      \
    "[dagsform "                                                                                   \
    "unit]\nhosts=db1.example.se;db2.example.se\nport=5433\ndatabase=care\nca=ca.pem\n" MARKS

static UnitFile *parsed(const char *text, GError **error)
{
    return unit_file_parse(text, strlen(text), "/srv/unit", error);
}

static void a_whole_file_is_read(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(UnitFile) unit = parsed(WHOLE "standby=true\n", &error);
    g_autofree char *words = unit ? unit_file_words(unit) : NULL;

    assert_non_null(unit);
    assert_int_equal(g_strv_length(unit->hosts), 2);
    assert_string_equal(unit->ca, "/srv/unit/ca.pem");
    assert_string_equal(unit->id, ID);
    assert_true(unit->standby);
    assert_int_equal(unit->point[1], 0x11);
    assert_string_equal(
        words, "host='db1.example.se,db2.example.se' port='5433' dbname='care' hostaddr=''"
               " gssencmode='disable' sslmode='verify-full' sslrootcert='/srv/unit/ca.pem'"
                               " ssl_min_protocol_version='TLSv1.2'");
}

static void sockets_need_no_certificate(void **state)
{
    (void)state;
    g_autoptr(UnitFile) unit = parsed("# the unit's own computer\n[dagsform unit]\nhosts = "
                                      "/run/post'gres\\\\ql ;\ndatabase=care\n" MARKS,
                                      NULL);
    g_autofree char *words = unit ? unit_file_words(unit) : NULL;

    assert_non_null(unit);
    assert_false(unit->standby);
    assert_string_equal(words, "host='/run/post\\'gres\\\\ql' port='5432' dbname='care' hostaddr=''"
                               " gssencmode='disable' sslmode='disable'");
}

/* Each with a sentence. */
static void what_is_wrong_is_refused(void **state)
{
    static const char *const bad[] = {
        "",
        "hosts=/run\n",
        "[dagsform]\nhosts=/run\ndatabase=care\n" MARKS,
        "[dagsform unit]\nhosts=/run\nhost=/run\ndatabase=care\n" MARKS,
        "[dagsform unit]\nhosts=db.example.se\ndatabase=care\n" MARKS,
        "[dagsform unit]\nhosts=/run;db.example.se\ndatabase=care\n" MARKS,
        "[dagsform unit]\nhosts=db.example.se\ndatabase=care\nca=\n" MARKS,
        "[dagsform unit]\nhosts=/run,evil.example\ndatabase=care\n" MARKS,
        "[dagsform unit]\nhosts=a.example,b.example\ndatabase=care\nca=a\n" MARKS,
        "[dagsform unit]\nhosts=@abstract\ndatabase=care\nca=a\n" MARKS,
        "[dagsform unit]\nhosts=a b\ndatabase=care\nca=a\n" MARKS,
        "[dagsform unit]\nhosts=a' user='postgres\ndatabase=care\nca=a\n" MARKS,
        "[dagsform unit]\nhosts=1;2;3;4;5;6;7;8;9\ndatabase=care\nca=a\n" MARKS,
        "[dagsform unit]\ndatabase=care\n" MARKS,
        "[dagsform unit]\nhosts=/run\n" MARKS,
        "[dagsform unit]\nhosts=/run\ndatabase=Care\n" MARKS,
        "[dagsform unit]\nhosts=/run\ndatabase=a'b\n" MARKS,
        "[dagsform unit]\nhosts=/run\ndatabase=abcdefghijklmnopqrstuvwxyz0123456\n" MARKS,
        "[dagsform unit]\nhosts=/run\ndatabase=care\nport=0\n" MARKS,
        "[dagsform unit]\nhosts=/run\ndatabase=care\nport=65536\n" MARKS,
        "[dagsform unit]\nhosts=/run\ndatabase=care\nport=5432x\n" MARKS,
        "[dagsform unit]\nhosts=/run\ndatabase=care\nstandby=yes\n" MARKS,
        "[dagsform unit]\nhosts=/run\ndatabase=care\nid=" ID "\n",
        "[dagsform unit]\nhosts=/run\ndatabase=care\nid=" ID "\npoint=" ID "\n",
        "[dagsform unit]\nhosts=/run\ndatabase=care\nid=0\npoint=" POINT "\n",
        "[dagsform unit]\nhosts=/run\ndatabase=care\nid=" ID "\npoint=" ID
        "00112233445566778899aabbccddeefg\n",
        "[dagsform unit]\nhosts=/run\ndatabase=care\nca=\xff\n" MARKS,
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(UnitFile) unit = parsed(bad[i], &error);

        if (unit != NULL)
            fail_msg("taken: %s", bad[i]);
        assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_INPUT));
    }
}

static void too_long_a_file_is_none(void **state)
{
    (void)state;
    g_autoptr(GString) text = g_string_new(WHOLE);

    g_autoptr(UnitFile) whole = parsed(text->str, NULL);
    assert_non_null(whole);
    while (text->len <= UNIT_FILE_BYTES)
        g_string_append(text, "# and so on\n");
    assert_null(parsed(text->str, NULL));
}

static void what_is_written_reads_the_same(void **state)
{
    (void)state;
    g_autofree char *folder = g_dir_make_tmp("unit-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "care.unit", NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(UnitFile) unit = parsed(WHOLE "standby=true\n", NULL);

    assert_null(unit_file_read(path, &error));
    assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_NOT_FOUND));
    g_free(unit->ca);
    unit->ca = g_build_filename(folder, "ca.pem", NULL);
    assert_true(unit_file_write(unit, path, NULL));
    g_autoptr(UnitFile) again = unit_file_read(path, NULL);
    GStatBuf status;
    assert_int_equal(g_chmod(path, 0664), 0);
    assert_true(unit_file_write(unit, path, NULL));
    assert_int_equal(g_stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0664);
    assert_non_null(again);
    g_autofree char *one = unit_file_words(unit), *other = unit_file_words(again);
    assert_string_equal(one, other);
    assert_memory_equal(unit->point, again->point, sizeof unit->point);
    assert_true(again->standby);
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    /* The two may be moved together. */
    assert_non_null(strstr(text, "\nca=ca.pem\n"));
    g_unlink(path);
    g_rmdir(folder);
}

static void a_path_says_what_it_names(void **state)
{
    (void)state;
    assert_true(unit_file_is("/srv/care.unit"));
    assert_false(unit_file_is("/srv/care.db") || unit_file_is("/srv/.unit") ||
                 unit_file_is("/srv/x.unit/a"));
}

static void roles_begin_with_the_database(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autofree char *role = server_login_role("care", "åsa.ek", NULL);
    g_autofree char *owner = server_group_name("care", "owner");
    g_autofree char *long_login = g_strnfill(59, 'a');

    assert_string_equal(role, "care.åsa.ek");
    assert_string_equal(owner, "care_owner");
    assert_null(server_login_role("care", long_login, &error));
    assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_INPUT));
    long_login[58] = '\0';
    g_autofree char *fits = server_login_role("care", long_login, NULL);
    assert_non_null(fits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_file_is_read),
        cmocka_unit_test(sockets_need_no_certificate),
        cmocka_unit_test(what_is_wrong_is_refused),
        cmocka_unit_test(too_long_a_file_is_none),
        cmocka_unit_test(what_is_written_reads_the_same),
        cmocka_unit_test(a_path_says_what_it_names),
        cmocka_unit_test(roles_begin_with_the_database),
    };

    return cmocka_run_group_tests_name("db/unit_file", tests, NULL, NULL);
}
