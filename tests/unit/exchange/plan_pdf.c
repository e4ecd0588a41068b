/* plan_pdf.c: the plan of action as the person reads it (D14). */
#include "tests/unit/exchange/fixture_paper.h"

#include "exchange/plan_pdf.h"

static char *folder;
static Form *form;

static int setup(void **state)
{
    (void)state;
    use_build_share();
    folder = make_folder();
    g_autofree char *path = form_find("handlingsplan", NULL);
    form = form_load(path, NULL, NULL);
    return form != NULL ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    g_clear_pointer(&form, form_free);
    remove_folder(folder);
    g_clear_pointer(&folder, g_free);
    return 0;
}

static Answers *given(void)
{
    static const char *const GIVEN[][3] = {
        {"nulage-ord", "", "Jag sover dåligt."},
        {"nulage-andra", "", "HEMLIGT av personal"},
        {"mojligheter-hinder", "", "HEMLIGT hinder"},
        {"mal-vad", "1", "Jag vill ta bussen."},
        {"mal-varfor", "1", "För att hälsa på min syster."},
        {"mal-vad", "2", "Jag vill laga mat."},
        {"gor-du", "", "Jag ställer klockan."},
        {"gor-vi", "", "Vi ringer på morgonen."},
        {"gor-tung-dag", "", "Då pratar vi i telefon."},
        {"steg-vad", "1", "Köpa busskort"},
        {"steg-vem", "1", "Anna"},
        {"uppfoljning-dag", "", "2027-02-01"},
    };
    Answers *answers = answers_new();
    for (gsize i = 0; i < G_N_ELEMENTS(GIVEN); i++)
        answers_set(answers, GIVEN[i][0], GIVEN[i][1], ANSWER_VALUE, GIVEN[i][2]);
    return answers;
}

static char *paper_of(gboolean unfinished)
{
    const SipPaperAbout about = {.client = "Nimco Cabdullaahi",
                                 .disputed = "“Så vill jag inte ha det.”",
                                 .id_number = "19900206-2397",
                                 .unit = "Boendestöd Söder",
                                 .staff = "Åsa Öberg",
                                 .today = date_from_ymd(2026, 11, 23),
                                 .unfinished = unfinished};
    g_autoptr(GError) error = NULL;
    g_autoptr(Answers) answers = given();
    g_autofree char *path = g_build_filename(folder, "plan.pdf", NULL);
    g_unlink(path);
    if (!plan_pdf_write(form, answers, &about, "sv", FALSE, path, &error))
        fail_msg("%s", error->message);
    return text_of_file(path);
}

static void it_is_written_as_a_plan(void **state)
{
    (void)state;
    static const char *const WANTED[] = {
        "Handlingsplan",          "Nimco Cabdullaahi",
        "Så vill jag inte ha det.",
        "Så här är det nu",           "Mål 1",
        "Jag vill ta bussen.",    "Mål 2",
        "Jag vill laga mat.",     "Varför det är viktigt för mig",
        "Det här gör jag själv",      "Jag ställer klockan.",
        "Vi ringer på morgonen.", "1. Köpa busskort",
        "inte bestämt ännu",      "måndag 1 februari 2027",
        "Underskrifter",
    };
    g_autofree char *text = paper_of(FALSE);
    for (gsize i = 0; i < G_N_ELEMENTS(WANTED); i++)
        assert_says(text, WANTED[i]);
    assert_keeps_quiet(text, "HEMLIGT");
    /* No question of the form stands on it. */
    assert_keeps_quiet(text, "Vad vill du uppnå?");
    assert_keeps_quiet(text, "Hur har du det nu?");
}

static void an_unfinished_one_is_not_signed(void **state)
{
    (void)state;
    g_autofree char *text = paper_of(TRUE);
    assert_keeps_quiet(text, "Underskrifter");
}

static void another_form_is_none(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Answers) answers = answers_new();
    g_autofree char *file = form_find("sip", NULL);
    g_autoptr(Form) sip = form_load(file, NULL, NULL);
    const SipPaperAbout about = {.client = "Ingen", .today = date_from_ymd(2026, 11, 23)};
    g_autofree char *path = g_build_filename(folder, "ingen.pdf", NULL);
    assert_false(plan_pdf_write(sip, answers, &about, "sv", FALSE, path, &error));
    assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_INPUT));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_written_as_a_plan),
        cmocka_unit_test(an_unfinished_one_is_not_signed),
        cmocka_unit_test(another_form_is_none),
    };
    return cmocka_run_group_tests_name("exchange/plan_pdf", tests, setup, teardown);
}
