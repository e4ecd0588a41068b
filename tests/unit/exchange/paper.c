/* paper.c: what is put on paper comes back from the file, pages break where they may, and the file
 * is the owner's alone. */
#include "tests/unit/exchange/fixture_paper.h"

#include "exchange/paper_private.h"

#include <sys/stat.h>
#include <sys/wait.h>

#define NOBODY 65534

static char *folder;

static int setup(void **state)
{
    (void)state;
    use_build_share();
    folder = make_folder();
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    remove_folder(folder);
    g_clear_pointer(&folder, g_free);
    return 0;
}

static Paper *make(const char *language, gboolean large)
{
    const PaperHead head = {.title = "Prov på papper",
                            .language = language,
                            .large = large,
                            .unit = "Boendestöd Söder",
                            .date = date_from_ymd(2026, 11, 23)};
    g_autoptr(GError) error = NULL;
    Paper *paper = paper_new(&head, &error);
    if (paper == NULL)
        fail_msg("%s", error->message);
    return paper;
}

/* Must be the first test: the fonts of a process are found once. */
static void a_computer_without_fonts_is_told(void **state)
{
    (void)state;
    g_autofree char *config = g_build_filename(folder, "fonts.conf", NULL);
    assert_true(g_file_set_contents(config, "<fontconfig></fontconfig>", -1, NULL));
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        g_setenv("FONTCONFIG_FILE", config, TRUE);
        const PaperHead head = {.title = "T", .language = "sv", .date = DATE_NONE};
        GError *error = NULL;
        Paper *paper = paper_new(&head, &error);
        _exit(paper == NULL && g_error_matches(error, DAGSFORM_ERROR, ERROR_NOT_FOUND) ? 0 : 1);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    g_unlink(config);
}

static void put_everything(Paper *paper)
{
    static const char *const FEW[] = {"Ja", "Nej"};
    static const char *const STEPS[] = {"Aldrig", "Sällan", "Ibland", "Ofta", "Alltid"};
    static const char *const LONG[] = {"Ett svar som är så långt att det inte får plats bredvid",
                                       "ett annat svar som också är långt och tar en hel rad"};
    paper_heading(paper, 1, "Åäö ÅÄÖ é ü");
    paper_text(paper, "Första stycket.\n\nAndra stycket, Cabdullaahi Xuseen.");
    paper_note(paper, "En liten upplysning.");
    paper_quote(paper, "Jag vill\nha det så.");
    paper_value(paper, "Namn", "محمد علي");
    paper_value(paper, "En etikett som är längre än sin kolumn", "kort");
    paper_bullet(paper, "En punkt");
    paper_question(paper, 17, "Hur går det?");
    paper_indent(paper, 1);
    paper_ticks(paper, FEW, 2);
    paper_ticks(paper, FEW, 0);
    paper_ticks(paper, LONG, 2);
    paper_scale(paper, STEPS, 5);
    paper_scale(paper, LONG, 2);
    paper_lines(paper, 6);
    paper_boxes(paper, PAPER_DATE, "År – månad – dag");
    paper_boxes(paper, PAPER_TIME, "Timme : minut");
    paper_boxes(paper, PAPER_NUMBER, NULL);
    paper_indent(paper, 0);
    paper_label_line(paper, "Telefon:");
    paper_label_line(paper, "En etikett som är så lång att raden inte får plats bredvid den alls");
    paper_point(paper, 3, "Tredje steget");
    paper_signature(paper, "För kommunen", "Namnteckning", "Datum");
}

static void everything_comes_back(void **state)
{
    (void)state;
    static const char *const WORDS[] = {
        "Åäö ÅÄÖ é ü",
        "Andra stycket, Cabdullaahi Xuseen.",
        "En liten upplysning.",
        "ha det så.",
        "• En punkt",
        "17. Hur går det?",
        "Ja",
        "får plats bredvid",
        "Sällan",
        "Alltid",
        "År – månad – dag",
        "Telefon:",
        "3. Tredje",
        "För kommunen",
        "Namnteckning",
        "2026-11-23",
        "Boendestöd Söder",
        "Sida 1 av",
    };
    for (int large = 0; large < 2; large++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(Paper) paper = make("sv", large);
        g_autofree char *path = g_build_filename(folder, large ? "stor.pdf" : "vanlig.pdf", NULL);
        put_everything(paper);
        assert_true(paper_write(paper, path, FALSE, &error));
        g_autofree char *text = text_of_file(path);
        for (guint i = 0; i < G_N_ELEMENTS(WORDS); i++)
            assert_says(text, WORDS[i]);
        /* Poppler gives the letters of a line that is read from the right in either order. */
        assert_true(strstr(text, "محمد") != NULL || strstr(text, "دمحم") != NULL);
        assert_int_equal(pages_of_file(path), paper_pages(paper));
    }
}

static void the_file_says_what_it_is_and_no_name(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Paper) paper = make("fi", FALSE);
    g_autofree char *path = g_build_filename(folder, "uppgifter.pdf", NULL);
    paper_heading(paper, 1, "Suunnitelma");
    paper_text(paper, "Nimco Cabdullaahi");
    assert_true(paper_write(paper, path, FALSE, &error));
    g_autofree char *info = info_of_file(path);
    assert_says(info, "Prov på papper");
    assert_says(info, "2026");
    assert_says(info, "A4");
    assert_non_null(strstr(strstr(info, "Tagged:"), "yes"));
    assert_keeps_quiet(info, "Author");
    assert_keeps_quiet(info, "Nimco");
    assert_keeps_quiet(info, "Boendestöd");
    g_autofree char *bytes = NULL;
    gsize length = 0;
    assert_true(g_file_get_contents(path, &bytes, &length, NULL));
    assert_non_null(memmem(bytes, length, "/Lang (fi)", 10));
    assert_non_null(memmem(bytes, length, "/Marked true", 12));
    g_autofree char *text = text_of_file(path);
    assert_says(text, "Sivu 1/1");
}

/* Rows that stay together do, wherever on the page they come: each time a line further down, until
 * the lines before them fill it. Nothing stands below the last line. */
static void pages_break_where_they_may(void **state)
{
    (void)state;
    for (int large = 0; large < 2; large++) {
        gboolean full = FALSE;
        int lines = 0;
        for (; !full; lines++) {
            g_autoptr(Paper) paper = make("sv", large);
            static const char *const ANSWERS[] = {"Ett svar som är så långt att det tar en rad",
                                                  "ett andra svar som är lika långt som så",
                                                  "ett tredje"};
            for (int i = 0; i < lines; i++)
                paper_text(paper, "En rad");
            paper_heading(paper, 2, "Rubrik");
            paper_heading(paper, 3, "Underrubrik");
            paper_question(paper, 1, "Frågan?");
            paper_ticks(paper, ANSWERS, 3);
            paper_signature(paper, "Namn", "Namnteckning", "Datum");
            assert_true(paper_paginate(paper) >= 1);
            const PaperRow *before = NULL;
            for (guint i = 0; i < paper->rows->len; i++) {
                const PaperRow *row = g_ptr_array_index(paper->rows, i);
                assert_true(row->y + row->height <= PAGE_HEIGHT - paper->style->bottom + 0.01);
                assert_true(row->y >= paper->top);
                if (before != NULL && before->page == row->page)
                    assert_true(row->y >= before->y + before->height - 0.01);
                if (before != NULL && before->keep)
                    assert_int_equal(before->page, row->page);
                before = row;
            }
            full = lines > 0 && ((PaperRow *)g_ptr_array_index(paper->rows, lines - 1))->page > 0;
        }
        assert_true(lines > 20);
    }
}

/* A paragraph longer than a page, and a chain of rows that is. */
static void what_is_too_long_for_a_page_goes_on(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Paper) paper = make("sv", TRUE);
    g_autoptr(GString) text = g_string_new(NULL);
    for (int i = 0; i < 800; i++)
        g_string_append_printf(text, "ord%d ", i);
    paper_text(paper, text->str);
    paper_question(paper, 1, text->str);
    paper_break(paper);
    paper_text(paper, "sist");
    g_autofree char *path = g_build_filename(folder, "lang.pdf", NULL);
    assert_true(paper_write(paper, path, FALSE, &error));
    assert_true(pages_of_file(path) > 4);
    g_autofree char *back = text_of_file(path);
    for (int i = 0; i < 800; i++) {
        g_autofree char *word = g_strdup_printf(" ord%d ", i);
        assert_says(back, word);
    }
    const PaperRow *first = g_ptr_array_index(paper->rows, 0);
    const PaperRow *last = g_ptr_array_index(paper->rows, paper->rows->len - 1);
    assert_int_equal(last->page, paper_pages(paper) - 1);
    assert_int_equal(first->page, 0);
}

static void the_file_is_the_owners_alone(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Paper) paper = make("sv", FALSE);
    g_autofree char *own = make_folder();
    g_autofree char *path = g_build_filename(own, "plan.pdf", NULL);
    paper_text(paper, "ett");
    assert_true(paper_write(paper, path, FALSE, &error));
    GStatBuf status;
    assert_int_equal(g_stat(path, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);

    g_autofree char *before = NULL, *after = NULL;
    gsize before_length = 0, after_length = 0;
    assert_true(g_file_get_contents(path, &before, &before_length, NULL));
    paper_text(paper, "två");
    assert_false(paper_write(paper, path, FALSE, &error));
    assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_EXISTS));
    g_clear_error(&error);
    assert_true(g_file_get_contents(path, &after, &after_length, NULL));
    assert_int_equal(before_length, after_length);
    assert_memory_equal(before, after, after_length);

    assert_true(paper_write(paper, path, TRUE, &error));
    g_autofree char *text = text_of_file(path);
    assert_says(text, "två");
    assert_int_equal(remove_folder(own), 1);
}

static void a_place_that_cannot_be_written_is_told(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Paper) paper = make("sv", FALSE);
    paper_text(paper, "ett");
    g_autofree char *nowhere = g_build_filename(folder, "finns-inte", "plan.pdf", NULL);
    assert_false(paper_write(paper, nowhere, FALSE, &error));
    assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_NOT_FOUND));
    g_clear_error(&error);

    g_autofree char *own = make_folder();
    g_autofree char *path = g_build_filename(own, "plan.pdf", NULL);
    assert_int_equal(g_chmod(own, 0500), 0);
    const gboolean root = geteuid() == 0;
    if (root)
        assert_int_equal(seteuid(NOBODY), 0);
    gboolean written = paper_write(paper, path, FALSE, &error);
    if (root)
        assert_int_equal(seteuid(0), 0);
    assert_false(written);
    assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_READONLY));
    assert_int_equal(g_chmod(own, 0700), 0);
    assert_int_equal(remove_folder(own), 0);
}

static void a_letter_that_no_font_has_is_told(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Paper) paper = make("sv", FALSE);
    g_autofree char *path = g_build_filename(folder, "tecken.pdf", NULL);
    paper_text(paper, "Allt går att skriva utom \U0010FFF0 här.");
    assert_false(paper_write(paper, path, FALSE, &error));
    assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_INPUT));
    assert_says(error->message, "\U0010FFF0");
    assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
}

/* Only what cairo writes is added to; anything else is left alone. */
static void a_strange_catalogue_is_left_alone(void **state)
{
    (void)state;
    static const char *const FILES[] = {
        "", "%PDF-1.4\n",
        "%PDF-1.4\ntrailer\n<< /Size 3 /Root 9 0 R /Info 1 0 R >>\nstartxref\n5\n",
        "trailer\n<< /Size 3 /Root ", "/Root 2 0 R /Size 3 /Info 1 0 R startxref\n"};
    for (guint i = 0; i < G_N_ELEMENTS(FILES); i++) {
        g_autoptr(GByteArray) bytes = g_byte_array_new();
        g_byte_array_append(bytes, (const guint8 *)FILES[i], (guint)strlen(FILES[i]));
        paper_add_catalogue(bytes, "sv");
        assert_int_equal(bytes->len, strlen(FILES[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_computer_without_fonts_is_told),
        cmocka_unit_test(everything_comes_back),
        cmocka_unit_test(the_file_says_what_it_is_and_no_name),
        cmocka_unit_test(pages_break_where_they_may),
        cmocka_unit_test(what_is_too_long_for_a_page_goes_on),
        cmocka_unit_test(the_file_is_the_owners_alone),
        cmocka_unit_test(a_place_that_cannot_be_written_is_told),
        cmocka_unit_test(a_letter_that_no_font_has_is_told),
        cmocka_unit_test(a_strange_catalogue_is_left_alone),
    };
    return cmocka_run_group_tests_name("exchange/paper", tests, setup, teardown);
}
