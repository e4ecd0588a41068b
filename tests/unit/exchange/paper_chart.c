/* paper_chart.c: charts on paper: a figure with the texts of its axes, whatever the values are. */
#include "exchange/paper.h"
#include "tests/unit/exchange/fixture_paper.h"

#include <math.h>

typedef struct {
    char *folder, *path;
} Test;

static Paper *begin(Test *test)
{
    use_build_share();
    test->folder = make_folder();
    test->path = g_build_filename(test->folder, "chart.pdf", NULL);
    const PaperHead head = {.title = "Diagram", .language = "sv", .date = DATE_NONE};
    Paper *paper = paper_new(&head, NULL);
    assert_non_null(paper);
    paper_heading(paper, 1, "Diagram");
    return paper;
}

/* The text of the file. New. */
static char *finish(Test *test, Paper *paper)
{
    g_autoptr(GError) error = NULL;
    if (!paper_write(paper, test->path, FALSE, &error))
        fail_msg("%s", error->message);
    paper_free(paper);
    return text_of_file(test->path);
}

static void clear(Test *test)
{
    remove_folder(test->folder);
    g_free(test->folder);
    g_free(test->path);
}

static void a_chart_has_its_axes_and_is_a_figure(void **state)
{
    (void)state;
    static const double values[] = {0.12, NAN, 0.31, 0.08}, upper[] = {0.4, 0.4, 0.42, 0.42};
    static const char *const names[] = {"31", "32", "33", "34"};
    static const PaperMark marks[] = {{2, "ny rutin"}};
    const PaperChart chart = {.values = values,
                              .names = names,
                              .count = G_N_ELEMENTS(values),
                              .centre = 0.15,
                              .target = 0.14,
                              .centre_label = "median 15 %",
                              .target_label = "mål 14 %",
                              .upper = upper,
                              .marks = marks,
                              .mark_count = 1,
                              .share = TRUE};
    Test test;
    Paper *paper = begin(&test);
    paper_chart(paper, &chart);
    g_autofree char *text = finish(&test, paper);
    const char *const wanted[] = {" 10 % ", " 50 % ", " 31 ", " 34 ", "ny rutin", "median 15 %",
                                  "mål 14 %"};
    for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++)
        if (strstr(text, wanted[i]) == NULL)
            fail_msg("“%s” is not in: %s", wanted[i], text);
    const char *const arguments[] = {"pdfinfo", "-struct", test.path, NULL};
    g_autofree char *structure = run_tool(arguments);
    assert_non_null(strstr(structure, "Figure"));
    clear(&test);
}

/* Changes of weeks that follow each other: each text stands whole, on a line of its own. */
static void texts_of_marks_stand_below_each_other(void **state)
{
    (void)state;
    static const double values[] = {0.1, 0.2, 0.1, 0.3, 0.2, 0.1};
    static const char *const names[] = {"1", "2", "3", "4", "5", "6"};
    static const PaperMark marks[] = {{1, "Samtal dagen innan varje besök"},
                                      {2, "Kortare besök när orken tryter"},
                                      {2, "Promenad i stället för att vara inne"}};
    const PaperChart chart = {.values = values,
                              .names = names,
                              .count = G_N_ELEMENTS(values),
                              .centre = NAN,
                              .target = NAN,
                              .marks = marks,
                              .mark_count = G_N_ELEMENTS(marks),
                              .share = TRUE};
    Test test;
    Paper *paper = begin(&test);
    paper_chart(paper, &chart);
    g_autofree char *text = finish(&test, paper);
    for (gsize i = 0; i < G_N_ELEMENTS(marks); i++)
        assert_says(text, marks[i].text);
    clear(&test);
}

static void nothing_and_one_point_are_drawn_too(void **state)
{
    (void)state;
    static const double none[] = {NAN, NAN}, one[] = {0}, small[] = {0.001, 0.002};
    static const char *const names[] = {"1", "2"};
    const PaperChart charts[] = {
        {.values = none, .names = names, .count = 0, .centre = NAN, .target = NAN},
        {.values = none, .names = names, .count = 2, .centre = NAN, .target = NAN},
        {.values = one, .names = names, .count = 1, .centre = 0, .target = NAN},
        {.values = small, .names = names, .count = 2, .centre = NAN, .target = NAN, .share = TRUE},
    };
    Test test;
    Paper *paper = begin(&test);
    for (gsize i = 0; i < G_N_ELEMENTS(charts); i++)
        paper_chart(paper, &charts[i]);
    g_autofree char *text = finish(&test, paper);
    assert_non_null(strstr(text, "0,1 %"));
    assert_null(strstr(text, "nan"));
    clear(&test);
}

static void bars_are_a_list_with_their_values(void **state)
{
    (void)state;
    Test test;
    Paper *paper = begin(&test);
    paper_bar(paper, "Mår dåligt psykiskt", 1, "18 · 30,5 %");
    paper_bar(paper, "En orsak vars namn är så långt att det inte får plats på en rad", 0.4,
              "7 · 11,9 %");
    paper_bar(paper, "Okänd", 0, "0 · 0,0 %");
    g_autofree char *text = finish(&test, paper);
    assert_non_null(strstr(text, "Mår dåligt psykiskt 18 · 30,5 %"));
    assert_non_null(strstr(text, "Okänd 0 · 0,0 %"));
    clear(&test);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chart_has_its_axes_and_is_a_figure),
        cmocka_unit_test(texts_of_marks_stand_below_each_other),
        cmocka_unit_test(nothing_and_one_point_are_drawn_too),
        cmocka_unit_test(bars_are_a_list_with_their_values),
    };

    return cmocka_run_group_tests_name("exchange/paper_chart", tests, NULL, NULL);
}
