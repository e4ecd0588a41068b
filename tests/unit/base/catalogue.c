/* catalogue.c: texts are found in whole catalogues of either byte order, and a file that is cut
 * short or damaged anywhere is refused or harmless. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <glib/gstdio.h>

#include "base/catalogue.h"
#include "tests/unit/base/mo.h"

#define CHARSET "Content-Type: text/plain; charset=UTF-8\n"
#define PLURALS "Plural-Forms: nplurals=2; plural=(n != 1);\n"

/* Enough of them for a search of several steps; ids in the order of their bytes, so "ö" is last. */
static const MoText TEXTS[] = {
    {"", CHARSET PLURALS},
    {"%d day" MO_PLURAL "%d days", "%d dag" MO_PLURAL "%d dagar"},
    {"%d hour" MO_PLURAL "%d hours", "%d timme" MO_PLURAL},
    {"Empty", ""},
    {"Friday", "fredag"},
    {"Mon", "mån"},
    {"Monday", "måndag"},
    {"sense\004Cancelled", "Avbokat"},
    {"week\004%d day" MO_PLURAL "%d days", "%d veckodag" MO_PLURAL "%d veckodagar"},
    {"ö", "island"},
};

static GString *whole(gboolean swapped)
{
    return mo_bytes(TEXTS, G_N_ELEMENTS(TEXTS), swapped);
}

/* The bytes are copied to memory of just their size, where a step too far is seen. */
static Catalogue *read_bytes(const char *bytes, gsize length)
{
    g_autoptr(GBytes) copy = g_bytes_new(bytes, length);
    return catalogue_new(copy);
}

static Catalogue *read_texts(const MoText *texts, guint32 count)
{
    g_autoptr(GString) bytes = mo_bytes(texts, count, FALSE);
    return read_bytes(bytes->str, bytes->len);
}

static void expect(const char *found, const char *wanted)
{
    if (g_strcmp0(found, wanted) != 0)
        fail_msg("“%s” is found, not “%s”", found ? found : "(nothing)",
                 wanted ? wanted : "(nothing)");
}

static void texts_are_found_in_either_byte_order(void **state)
{
    (void)state;
    static const MoText FOUND[] = {
        {"Friday", "fredag"},
        {"Mon", "mån"},
        {"Monday", "måndag"},
        {"ö", "island"},
        {"sense\004Cancelled", "Avbokat"},
        {"%d day", "%d dag"},
        {"Cancelled", NULL},
        {"other\004Cancelled", NULL},
        {"%d days", NULL},
        {"Empty", NULL},
        {"", NULL}, /* the heading is no text */
        {"\001", NULL},
        {"Mond", NULL},
        {"Mondays", NULL},
        {"öö", NULL},
        {"monday", NULL},
    };
    for (int swapped = FALSE; swapped <= TRUE; swapped++) {
        g_autoptr(GString) bytes = whole(swapped);
        g_autoptr(Catalogue) catalogue = read_bytes(bytes->str, bytes->len);
        assert_non_null(catalogue);
        for (guint i = 0; i < G_N_ELEMENTS(FOUND); i++)
            expect(catalogue_text(catalogue, FOUND[i].id), FOUND[i].text);
    }
}

static void plurals_have_two_forms(void **state)
{
    (void)state;
    static const struct {
        const char *one;
        gulong n;
        const char *found;
    } CASES[] = {
        {"%d day", 0, "%d dagar"},
        {"%d day", 1, "%d dag"},
        {"%d day", 2, "%d dagar"},
        {"%d day", 101, "%d dagar"},
        {"%d day", G_MAXULONG, "%d dagar"},
        {"week\004%d day", 1, "%d veckodag"},
        {"week\004%d day", 7, "%d veckodagar"},
        {"%d hour", 1, "%d timme"},
        {"%d hour", 2, NULL}, /* that form is empty */
        {"Monday", 1, NULL},  /* has no forms */
        {"Monday", 2, NULL},
        {"%d year", 1, NULL},
        {"", 1, NULL},
        {"", 2, NULL},
    };
    g_autoptr(GString) bytes = whole(FALSE);
    g_autoptr(Catalogue) catalogue = read_bytes(bytes->str, bytes->len);
    assert_non_null(catalogue);
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++)
        expect(catalogue_plural(catalogue, CASES[i].one, CASES[i].n), CASES[i].found);
}

static void only_the_known_plural_forms_are_used(void **state)
{
    (void)state;
    static const struct {
        const char *heading;
        gboolean used;
    } CASES[] = {
        {CHARSET PLURALS, TRUE},
        {PLURALS CHARSET, TRUE},
        {"Plural-Forms: nplurals=2; plural=n != 1;\n", TRUE},
        {"Plural-Forms: nplurals=2; plural=n!=1\n", TRUE},
        {"Plural-Forms:nplurals = 2 ;\tplural = ( n != 1 )", TRUE},
        {CHARSET, TRUE},
        {"", TRUE},
        {"Plural-Forms: nplurals=2; plural=(n > 1);\n", FALSE},
        {"Plural-Forms: nplurals=2; plural=(n != 1", TRUE},
        {"Plural-Forms: nplurals=2; plural=(n != 1 && n != 2);\n", FALSE},
        {"Plural-Forms: nplurals=2; plural=(n != 11);\n", FALSE},
        {"Plural-Forms: nplurals=2; plural=(n != \n", FALSE},
        {"Plural-Forms: nplurals=1; plural=0;\n", FALSE},
        {"Plural-Forms:", FALSE},
        {"Plural-Forms:\nnplurals=2; plural=(n != 1);\n", FALSE},
    };
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        const MoText texts[] = {{"", CASES[i].heading}, TEXTS[1], {"Monday", "måndag"}};
        g_autoptr(Catalogue) catalogue = read_texts(texts, G_N_ELEMENTS(texts));
        assert_non_null(catalogue);
        if ((catalogue_plural(catalogue, "%d day", 2) != NULL) != CASES[i].used)
            fail_msg("“%s” is %sused", CASES[i].heading, CASES[i].used ? "not " : "");
        expect(catalogue_text(catalogue, "Monday"), "måndag");
    }
    g_autoptr(Catalogue) headless = read_texts(TEXTS + 1, 1);
    assert_non_null(headless);
    expect(catalogue_plural(headless, "%d day", 2), "%d dagar");
}

static void a_catalogue_may_be_empty(void **state)
{
    (void)state;
    g_autoptr(Catalogue) none = read_texts(NULL, 0), heading = read_texts(TEXTS, 1);
    assert_non_null(none);
    assert_non_null(heading);
    expect(catalogue_text(none, "Monday"), NULL);
    expect(catalogue_text(none, ""), NULL);
    expect(catalogue_plural(none, "%d day", 2), NULL);
    expect(catalogue_text(heading, "Monday"), NULL);
    catalogue_free(NULL);
}

static void every_beginning_of_a_file_is_refused(void **state)
{
    (void)state;
    for (int swapped = FALSE; swapped <= TRUE; swapped++) {
        g_autoptr(GString) bytes = whole(swapped);
        for (gsize length = 0; length < bytes->len; length++) {
            g_autoptr(Catalogue) catalogue = read_bytes(bytes->str, length);
            if (catalogue != NULL)
                fail_msg("the first %zu of %zu bytes are read", length, bytes->len);
        }
    }
}

/* Whatever a look-up in a damaged file finds is text that can be shown. */
static void look_up_all(const Catalogue *catalogue)
{
    for (guint i = 0; i < G_N_ELEMENTS(TEXTS); i++) {
        g_autofree char *one = g_strndup(TEXTS[i].id, strcspn(TEXTS[i].id, MO_PLURAL));
        const char *found[] = {catalogue_text(catalogue, one), catalogue_plural(catalogue, one, 1),
                               catalogue_plural(catalogue, one, 2)};
        for (guint k = 0; k < G_N_ELEMENTS(found); k++)
            assert_true(found[k] == NULL || g_utf8_validate(found[k], -1, NULL));
    }
}

static void every_damaged_byte_is_refused_or_harmless(void **state)
{
    (void)state;
    static const guint8 MASKS[] = {0x01, 0x20, 0x80, 0xff};
    g_autoptr(GString) bytes = whole(FALSE);
    guint refused = 0;
    for (gsize at = 0; at < bytes->len; at++) {
        for (guint i = 0; i < G_N_ELEMENTS(MASKS); i++) {
            bytes->str[at] ^= (char)MASKS[i];
            g_autoptr(Catalogue) catalogue = read_bytes(bytes->str, bytes->len);
            bytes->str[at] ^= (char)MASKS[i];
            if (catalogue != NULL)
                look_up_all(catalogue);
            else
                refused++;
        }
    }
    assert_true(refused > 100);
}

/* One number of the file is another. */
static void numbers_that_cannot_be_are_refused(void **state)
{
    (void)state;
    enum { MAGIC = 0, REVISION = 4, COUNT = 8, IDS = 12, TRANSLATIONS = 16 };
    const guint32 rows = 28, row = 8, count = G_N_ELEMENTS(TEXTS);
    const struct {
        gsize at;
        guint32 number;
        gboolean read;
    } CASES[] = {
        {MAGIC, 0x950412df, FALSE},
        {MAGIC, 0, FALSE},
        {REVISION, 1, TRUE}, /* additions that may be passed over */
        {REVISION, 0x00010001, TRUE},
        {REVISION, 0x00020000, FALSE},
        {COUNT, 0, TRUE},
        {COUNT, count - 1, TRUE},
        {COUNT, count * 100, FALSE},
        {COUNT, 0x20000000, FALSE}, /* times eight is 0 in 32 bits */
        {COUNT, G_MAXUINT32, FALSE},
        {IDS, 0, FALSE},
        {IDS, 0xfffffff8, FALSE},
        {TRANSLATIONS, 0xffffffff, FALSE},
        {rows, G_MAXUINT32, FALSE}, /* a length */
        {rows, 1, FALSE},           /* no NUL behind it */
        {rows + 4, G_MAXUINT32, FALSE},
        {rows + 3 * row + 4, 0, FALSE}, /* ids out of order */
        {rows + count * row, 0xffffff00, FALSE},
        {rows + count * row, 3, FALSE},
    };
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(GString) bytes = whole(FALSE);
        memcpy(bytes->str + CASES[i].at, &CASES[i].number, sizeof CASES[i].number);
        g_autoptr(Catalogue) catalogue = read_bytes(bytes->str, bytes->len);
        if ((catalogue != NULL) != CASES[i].read)
            fail_msg("%#x at %zu is %s", CASES[i].number, CASES[i].at,
                     CASES[i].read ? "refused" : "read");
    }
}

static void texts_that_cannot_be_are_refused(void **state)
{
    (void)state;
    static const MoText UNSORTED[] = {{"b", "b"}, {"a", "a"}};
    static const MoText TWICE[] = {{"a", "1"}, {"a", "2"}};
    static const MoText LATIN[] = {{"Monday", "m\xe5ndag"}};
    static const MoText LATIN_PLURAL[] = {{"a" MO_PLURAL "b", "a" MO_PLURAL "\xe5r"}};
    assert_null(read_texts(UNSORTED, 2));
    assert_null(read_texts(TWICE, 2));
    assert_null(read_texts(LATIN, 1));
    assert_null(read_texts(LATIN_PLURAL, 1));
}

static void files_are_read_or_are_none(void **state)
{
    (void)state;
    g_autofree char *folder = g_dir_make_tmp("dagsform-catalogue-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "texts.mo", NULL);
    assert_null(catalogue_open(path));
    assert_null(catalogue_open(folder));
    assert_true(g_file_set_contents(path, "", 0, NULL));
    assert_null(catalogue_open(path));

    g_autoptr(GString) bytes = whole(FALSE);
    assert_true(g_file_set_contents(path, bytes->str, (gssize)bytes->len, NULL));
    g_autoptr(Catalogue) catalogue = catalogue_open(path);
    assert_non_null(catalogue);
    /* The file may go, or be written anew, while its texts are in use. */
    assert_true(g_file_set_contents(path, "", 0, NULL));
    assert_int_equal(g_unlink(path), 0);
    expect(catalogue_text(catalogue, "Monday"), "måndag");
    assert_int_equal(g_rmdir(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_found_in_either_byte_order),
        cmocka_unit_test(plurals_have_two_forms),
        cmocka_unit_test(only_the_known_plural_forms_are_used),
        cmocka_unit_test(a_catalogue_may_be_empty),
        cmocka_unit_test(every_beginning_of_a_file_is_refused),
        cmocka_unit_test(every_damaged_byte_is_refused_or_harmless),
        cmocka_unit_test(numbers_that_cannot_be_are_refused),
        cmocka_unit_test(texts_that_cannot_be_are_refused),
        cmocka_unit_test(files_are_read_or_are_none),
    };
    return cmocka_run_group_tests_name("base/catalogue", tests, NULL, NULL);
}
