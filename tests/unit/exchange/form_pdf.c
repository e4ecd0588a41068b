/* form_pdf.c: blank forms and responses on paper: every question is there under its number, and
 * conditions stand in words. */
#include "tests/unit/exchange/fixture_paper.h"

#include "exchange/form_pdf.h"
#include "exchange/form_words.h"
#include "care/client/dispute.h"
#include "exchange/response_pdf.h"
#include "form/flow.h"

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

static Form *load(const char *name)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = form_find(name, NULL);
    assert_non_null(path);
    Form *form = form_load(path, NULL, &error);
    if (form == NULL)
        fail_msg("%s", error->message);
    return form;
}

static Form *load_bytes(const char *bytes)
{
    g_autoptr(GError) error = NULL;
    Form *form = form_load_bytes(bytes, strlen(bytes), "prov.yaml", NULL, &error);
    if (form == NULL)
        fail_msg("%s", error->message);
    return form;
}

/* --- shipped forms --- */

static const char *const FORMS[] = {
    "aktualisering", "avbokning",    "handlingsplan",   "handlingsplan-tva-fragor",
    "sip",           "ubu-foralder", "ubu-handlaggare", "ubu-ungdom"};

/* The number with the first words of the question: a longer one may go on behind a page's foot. A
 * follow-up has the words alone. */
static void assert_question(const FormWords *words, const FormItem *item, const char *text)
{
    enum { WORDS = 3 };
    g_autofree char *asked = form_words_blank(words, item->text, FALSE);
    g_auto(GStrv) parts = g_strsplit(asked, " ", WORDS + 1);
    if (g_strv_length(parts) > WORDS)
        g_clear_pointer(&parts[WORDS], g_free);
    g_autofree char *first = g_strjoinv(" ", parts);
    g_autofree char *wanted =
        item_is_numbered(item) ? g_strdup_printf(" %d. %s", form_words_number(words, item), first)
                               : g_strdup_printf(" %s", first);
    assert_says(text, wanted);
}

static void assert_items(const FormWords *words, const GPtrArray *items, const char *text)
{
    for (guint i = 0; i < items->len; i++) {
        const FormItem *item = g_ptr_array_index(items, i);
        if (item->type == ITEM_GROUP)
            assert_items(words, item->items, text);
        else if (item->type != ITEM_DISPLAY)
            assert_question(words, item, text);
    }
}

static int write_and_look(const Form *form, const char *language, gboolean large)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *name = g_strdup_printf("%s-%s-%d.pdf", form->name, language, large);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    if (!form_pdf_write(form, language, large, path, &error))
        fail_msg("%s", error->message);
    g_autofree char *text = text_of_file(path);
    g_autofree char *info = info_of_file(path);
    g_autoptr(FormWords) words = form_words_new(form, language);
    assert_items(words, form->items, text);
    assert_keeps_quiet(text, "{");
    assert_says(info, form_text_in(form->title, language));
    return pages_of_info(info);
}

static void every_form_is_there_with_every_question(void **state)
{
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(FORMS); i++) {
        g_autoptr(Form) form = load(FORMS[i]);
        const int ordinary = write_and_look(form, "sv", FALSE);
        const int large = write_and_look(form, "sv", TRUE);
        assert_true(ordinary >= 1);
        assert_true(large > ordinary);
    }
}

static void forms_speak_other_languages(void **state)
{
    (void)state;
    static const char *const SPOKEN[] = {"en", "fi"};
    for (guint i = 0; i < G_N_ELEMENTS(SPOKEN); i++) {
        g_autoptr(Form) form = load("ubu-ungdom");
        write_and_look(form, SPOKEN[i], FALSE);
        assert_string_equal(i18n_language(), "sv");
    }
}

/* The numbers are those of the screen. */
static void the_numbers_are_those_of_the_walk(void **state)
{
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(FORMS); i++) {
        g_autoptr(Form) form = load(FORMS[i]);
        g_autoptr(FormWords) words = form_words_new(form, "sv");
        g_autoptr(Answers) answers = answers_new();
        g_autoptr(Flow) flow = flow_new(form, answers, date_from_ymd(2026, 11, 23));
        for (int step = 0; step < flow_count(flow); step++)
            assert_int_equal(flow_step(flow, step)->number,
                             form_words_number(words, flow_step(flow, step)->item));
    }
}

/* --- conditions in words --- */

#define HEAD "name: prov\nversion: 1\ntitle: Prov\nitem:\n"
#define ASKED                                                                                      \
    "- {linkId: ja, type: boolean, text: T}\n"                                                     \
    "- {linkId: val, type: choice, text: T, answerOption: [{code: a, display: Äpple, key: a}, "   \
    "{code: b, display: Banan, key: b}]}\n"                                                        \
    "- {linkId: tal, type: integer, text: T}\n"                                                    \
    "- {linkId: dag, type: date, text: T}\n"

static void conditions_stand_in_words(void **state)
{
    (void)state;
    static const struct {
        const char *item, *language, *words;
    } CASES[] = {
        {"{linkId: x, type: text, text: T, enableWhen: [{question: ja, operator: \"=\", answer: "
         "true}]}",
         "sv", "Svara bara om svaret på fråga 1 är ”Ja”."},
        {"{linkId: x, type: text, text: T, enableWhen: [{question: ja, operator: \"=\", answer: "
         "true}]}",
         "fi", "Vastaa vain, jos kysymyksen 1 vastaus on ”Kyllä”."},
        {"{linkId: x, type: text, text: T, enableWhen: [{question: val, operator: \"!=\", answer: "
         "a}]}",
         "sv", "Svara bara om svaret på fråga 2 är något annat än ”Äpple”."},
        {"{linkId: x, type: text, text: T, enableWhen: [{question: val, operator: exists, answer: "
         "true}, {question: val, operator: \"!=\", answer: a}, {question: val, operator: \"!=\", "
         "answer: b}]}",
         "sv", "Svara bara om svaret på fråga 2 är något annat än ”Äpple” eller ”Banan”."},
        {"{linkId: x, type: text, text: T, enableBehavior: any, enableWhen: [{question: val, "
         "operator: \"=\", answer: a}, {question: val, operator: \"=\", answer: b}, {question: ja, "
         "operator: \"=\", answer: false}]}",
         "sv",
         "Svara bara om svaret på fråga 2 är ”Äpple” eller ”Banan” eller svaret på fråga 1 är "
         "”Nej”."},
        {"{linkId: x, type: text, text: T, enableWhen: [{question: tal, operator: \">=\", answer: "
         "18}, {question: tal, operator: \"<\", answer: 65}]}",
         "sv",
         "Svara bara om svaret på fråga 3 är 18 eller mer och svaret på fråga 3 är mindre än 65."},
        {"{linkId: x, type: text, text: T, enableWhen: [{question: dag, operator: \">\", answer: "
         "\"2025-07-01\"}]}",
         "sv", "Svara bara om svaret på fråga 4 är senare än tisdag 1 juli 2025."},
        {"{linkId: x, type: text, text: T, enableWhen: [{question: dag, operator: exists, answer: "
         "true}]}",
         "sv", "Svara bara om fråga 4 har ett svar."},
        {"{linkId: x, type: text, text: T, enableWhen: [{question: dag, operator: exists, answer: "
         "false}]}",
         "en", "Answer only if question 4 has no answer."},
        {"{linkId: x, type: display, text: T, enableWhen: [{question: tal, operator: \"<=\", "
         "answer: 7}]}",
         "sv", "Om svaret på fråga 3 är 7 eller mindre:"},
        {"{linkId: x, type: group, text: T, enableWhen: [{question: ja, operator: \"=\", answer: "
         "true}], item: [{linkId: y, type: text, text: T}, {linkId: z, type: text, text: T}]}",
         "sv", "Svara på frågorna 5–6 bara om svaret på fråga 1 är ”Ja”."},
        {"{linkId: x, type: group, text: T, enableWhen: [{question: ja, operator: \"=\", answer: "
         "true}], item: [{linkId: y, type: text, text: T}]}",
         "sv", "Svara bara om svaret på fråga 1 är ”Ja”."},
        {"{linkId: x, type: text, text: T}", "sv", NULL},
    };
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *bytes = g_strconcat(HEAD ASKED "- ", CASES[i].item, "\n", NULL);
        g_autoptr(Form) form = load_bytes(bytes);
        g_autoptr(FormWords) words = form_words_new(form, CASES[i].language);
        g_autofree char *said = form_words_condition(words, form_item(form, "x"));
        if (CASES[i].words == NULL)
            assert_null(said);
        else
            assert_string_equal(said, CASES[i].words);
    }
}

#define HANGS(id, answer)                                                                          \
    "- {linkId: " id ", type: text, text: T, enableWhen: [{question: ja, operator: \"=\", "        \
    "answer: " answer "}]}\n"
#define YES "- {linkId: ja, type: boolean, text: T}\n"
#define FREE "- {linkId: fri, type: text, text: T}\n"

static void where_to_go_on_is_said(void **state)
{
    (void)state;
    static const struct {
        const char *items, *words;
    } CASES[] = {
        {YES HANGS("a", "true") HANGS("b", "true") FREE, "Om svaret är ”Nej”: gå till fråga 4."},
        {YES HANGS("a", "false") FREE, "Om svaret är ”Ja”: gå till fråga 3."},
        {YES FREE HANGS("a", "true"), NULL},
        {YES HANGS("a", "true"), NULL},
        {YES "- {linkId: g, type: group, enableWhen: [{question: ja, operator: \"=\", answer: "
             "true}], item: [{linkId: a, type: text, text: T}]}\n" FREE,
         "Om svaret är ”Nej”: gå till fråga 3."},
        {"- linkId: flera\n  type: group\n  repeats: true\n  item:\n  " YES "  " HANGS("a", "true")
             FREE,
         NULL},
    };
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *bytes = g_strconcat(HEAD, CASES[i].items, NULL);
        g_autoptr(Form) form = load_bytes(bytes);
        g_autoptr(FormWords) words = form_words_new(form, "sv");
        g_autofree char *said = form_words_skip(words, form_item(form, "ja"));
        if (CASES[i].words == NULL)
            assert_null(said);
        else
            assert_string_equal(said, CASES[i].words);
    }
}

static void names_are_lines_or_left_out(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        gboolean greeting;
        const char *blank;
    } CASES[] = {
        {"Hej {client.first}!", TRUE, "Hej!"},
        {"Hej {client.first}, det är {staff}.", TRUE, "Hej, det är ______________."},
        {"Tack, {client.first}. Hej då.", TRUE, "Tack. Hej då."},
        {"Det var allt. Tack, {client.first}!", TRUE, "Det var allt. Tack!"},
        {"Mötet är till för {client.first}.", TRUE, "Mötet är till för ______________."},
        {"Hej {client.first}!", FALSE, "Hej ______________!"},
        {"{client} {unit} {respondent} {today} {annat}", FALSE,
         "______________ ______________ ______________ ______________ {annat}"},
        {"{client.first}", TRUE, "______________"},
        {NULL, TRUE, ""},
    };
    g_autoptr(Form) form = load_bytes(HEAD YES);
    g_autoptr(FormWords) words = form_words_new(form, "sv");
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *blank = form_words_blank(words, CASES[i].text, CASES[i].greeting);
        assert_string_equal(blank, CASES[i].blank);
    }
}

/* --- what stands on the page --- */

static const char INTERVIEW[] =
    "name: prov\nversion: \"3\"\ntitle: Prov\nkind: interview\nopening: Välkommen {client.first}!\n"
    "closing: Slut.\nitem:\n"
    "- linkId: g\n  type: group\n  repeats: true\n  text: Barn\n  item:\n"
    "  - {linkId: s, type: choice, text: Skala, answerOption: [{code: a, display: Dåligt, key: 1}, "
    "{code: b, display: Sådär, key: 2}, {code: c, display: Bra, key: 3}, {code: d, display: Vet "
    "ej, key: v}]}\n"
    "- {linkId: o, type: open-choice, repeats: true, text: Öppen, help: En hint, answerOption: "
    "[{code: a, display: Ena, key: e}]}\n"
    "- {linkId: n, type: decimal, text: Tal}\n"
    "- {linkId: k, type: time, text: Klockan}\n"
    "- {linkId: d, type: display, text: Nu kommer slutet}\n"
    "- {linkId: w, type: string, text: Namn}\n";

static int count_of(const char *text, const char *wanted)
{
    int count = 0;
    for (const char *at = strstr(text, wanted); at != NULL; at = strstr(at + 1, wanted))
        count++;
    return count;
}

static void there_is_room_for_every_kind_of_answer(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Form) form = load_bytes(INTERVIEW);
    g_autofree char *path = g_build_filename(folder, "intervju.pdf", NULL);
    assert_true(form_pdf_write(form, "sv", FALSE, path, &error));
    g_autofree char *text = text_of_file(path);
    static const char *const WORDS[] = {
        "Välkommen!",   "Barn (1 av 4)", "Barn (4 av 4)",    "Behöver du plats för fler",
        "Något annat:", "En hint",       "Timme : minut",    "Nu kommer slutet",
        "Slut.",        "Skicka eller",  "prov, version 3.", "Du får kryssa för flera.",
        "Ärendenummer",
    };
    for (guint i = 0; i < G_N_ELEMENTS(WORDS); i++)
        assert_says(text, WORDS[i]);
    /* Four scales that have their own "Vet ej", an open choice, a number and a time. */
    assert_int_equal(count_of(text, "Vet ej"), 7);
    assert_int_equal(count_of(text, "Vill inte svara"), 7);

    assert_false(form_pdf_write(form, "sv", FALSE, path, &error));
    assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_EXISTS));
}

/* --- responses --- */

/* D14: nobody carries 37 sheets to a home visit. */
static void an_intake_takes_at_most_twelve_pages(void **state)
{
    (void)state;
    enum { PAGES = 12 };
    g_autoptr(GError) error = NULL;
    g_autoptr(Form) form = load("aktualisering");
    g_autofree char *path = g_build_filename(folder, "intag.pdf", NULL);
    assert_true(form_pdf_write(form, "sv", FALSE, path, &error));
    assert_in_range(pages_of_file(path), 1, PAGES);
}

/* D14: a screen reader reads each choice by itself, also those that stand in one row. */
static void each_choice_is_read_by_itself(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Form) form = load_bytes(INTERVIEW);
    g_autofree char *path = g_build_filename(folder, "val.pdf", NULL);
    assert_true(form_pdf_write(form, "sv", FALSE, path, &error));
    const char *const arguments[] = {"pdfinfo", "-struct-text", path, NULL};
    g_autofree char *structure = run_tool(arguments);
    static const char *const ALONE[] = {"\"Dåligt\"\n", "\"Sådär\"\n", "\"Bra\"\n", "\"Ena\"\n",
                                        "\"Vill inte svara\"\n"};
    for (guint i = 0; i < G_N_ELEMENTS(ALONE); i++)
        assert_says(structure, ALONE[i]);
}

/* What is said of the whole and of one question, also of one without an answer. */
static GPtrArray *said_to_be_wrong(void)
{
    static const struct {
        gint64 response_id;
        const char *field, *words;
    } SAID[] = {{7, NULL, "Jag sa aldrig så."},
                {7, "mal-vad/2", "Det var inte mitt mål."},
                {7, "resurser-egna", "Jag är bra på mat."},
                {8, NULL, "Ett annat formulär"}};
    GPtrArray *disputes = g_ptr_array_new_with_free_func((GDestroyNotify)dispute_free);
    for (gsize i = 0; i < G_N_ELEMENTS(SAID); i++) {
        Dispute *dispute = dispute_new();
        dispute->about = DISPUTE_RESPONSE;
        dispute->about_id = SAID[i].response_id;
        dispute->field = g_strdup(SAID[i].field);
        dispute->entry = g_strdup("x");
        dispute->words = g_strdup(SAID[i].words);
        dispute->said_on = date_from_ymd(2026, 11, 20);
        g_ptr_array_add(disputes, dispute);
    }
    return disputes;
}

static void a_response_is_readable_text(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Form) form = load("handlingsplan");
    g_autoptr(Answers) answers = answers_new();
    answers_set(answers, "nulage-ord", "", ANSWER_VALUE, "Jag orkar inte så mycket nu.");
    answers_set(answers, "nulage-dag", "", ANSWER_VALUE, "bad");
    answers_set(answers, "nulage-bra", "", ANSWER_REFUSED, NULL);
    answers_set_note(answers, "nulage-dag", "", "Sa det två gånger");
    answers_set(answers, "mal-vad", "1", ANSWER_VALUE, "Gå ut");
    answers_set(answers, "mal-vad", "2", ANSWER_VALUE, "Träffa vänner");
    answers_set(answers, "uppfoljning-ord", "", ANSWER_VALUE, "Har fallit bort");
    g_autoptr(GPtrArray) disputes = said_to_be_wrong();
    const ResponsePaperAbout about = {.client = "Nimco Cabdullaahi",
                                      .id_number = "19900206-2397",
                                      .unit = "Boendestöd Söder",
                                      .staff = "Åsa Öberg",
                                      .disputes = disputes,
                                      .response_id = 7,
                                      .today = date_from_ymd(2026, 11, 23),
                                      .signatures = TRUE};
    g_autofree char *path = g_build_filename(folder, "svar.pdf", NULL);
    assert_true(response_pdf_write(form, answers, &about, "sv", FALSE, path, &error));
    g_autofree char *text = text_of_file(path);
    static const char *const WORDS[] = {
        "Nimco Cabdullaahi",
        "19900206-2397",
        "Jag sa aldrig så.",
        "Läget nu",
        "Hur har du det nu?",
        "Jag orkar inte så",
        "Dålig",
        "Mål 1",
        "Mål 2",
        "Träffa vänner",
        "Underskrifter",
        "Åsa Öberg",
        "Vill inte svara",
        "Anteckning: Sa det två gånger",
    };
    for (guint i = 0; i < G_N_ELEMENTS(WORDS); i++)
        assert_says(text, WORDS[i]);
    const char *goal = strstr(text, "Träffa vänner"), *wrong = strstr(text, "inte mitt mål");
    assert_true(goal != NULL && wrong > goal);
    assert_says(text, "Jag är bra på mat.");
    /* Sections without answers, and what has fallen away. */
    static const char *const NOT[] = {"Ett annat formulär", "Din tid", "Har fallit bort", "Vad är svårt?"};
    for (guint i = 0; i < G_N_ELEMENTS(NOT); i++)
        assert_keeps_quiet(text, NOT[i]);
    g_autofree char *info = info_of_file(path);
    assert_keeps_quiet(info, "Nimco");

    g_autofree char *finnish = g_build_filename(folder, "vastaus.pdf", NULL);
    assert_true(response_pdf_write(form, answers, &about, "fi", TRUE, finnish, &error));
    g_autofree char *other = text_of_file(finnish);
    assert_says(other, "Allekirjoitukset");
    assert_says(other, "Ei halua vastata");
    assert_true(pages_of_file(finnish) > pages_of_info(info));
}

/* D14: a sheet that lies alone says whom it is about, and a draft that it is one; what may still
 * change nobody signs. */
static void each_page_says_whose_it_is_and_whether_it_is_finished(void **state)
{
    (void)state;
    g_autoptr(Form) form = load("handlingsplan");
    g_autoptr(Answers) answers = answers_new();
    g_autofree char *words = g_strnfill(9000, 'a');
    for (gsize i = 30; i < 9000; i += 30)
        words[i] = ' ';
    answers_set(answers, "nulage-ord", "", ANSWER_VALUE, words);
    for (int unfinished = 0; unfinished < 2; unfinished++) {
        g_autoptr(GError) error = NULL;
        const ResponsePaperAbout about = {.client = "Nimco Cabdullaahi",
                                          .today = date_from_ymd(2026, 11, 23),
                                          .signatures = TRUE,
                                          .unfinished = unfinished};
        g_autofree char *name = g_strdup_printf("sidor-%d.pdf", unfinished);
        g_autofree char *path = g_build_filename(folder, name, NULL);
        assert_true(response_pdf_write(form, answers, &about, "sv", FALSE, path, &error));
        g_autofree char *text = text_of_file(path);
        const int pages = pages_of_file(path);
        assert_true(pages > 2);
        assert_int_equal(count_of(text, "Nimco Cabdullaahi · Handlingsplan"), pages);
        assert_int_equal(count_of(text, "Utkast, inte klart"), unfinished ? pages : 0);
        assert_int_equal(count_of(text, "Underskrifter"), unfinished ? 0 : 1);
    }
}

/* Of somebody with protected identity the paper does not say where they are. */
static void a_protected_response_leads_nowhere(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Form) form = load("aktualisering");
    g_autoptr(Answers) answers = answers_new();
    answers_set(answers, "namn", "", ANSWER_VALUE, "Nimco Cabdullaahi");
    answers_set(answers, "id-slag", "", ANSWER_VALUE, "personnummer");
    answers_set(answers, "id-nummer", "", ANSWER_VALUE, "19900206-2397");
    answers_set(answers, "skydd-slag", "", ANSWER_VALUE, "marked");
    answers_set(answers, "adress", "", ANSWER_VALUE, "Björkgatan 3");
    for (int hidden = 0; hidden < 2; hidden++) {
        const ResponsePaperAbout about = {.client = "Nimco Cabdullaahi",
                                          .id_number = "19900206-2397",
                                          .today = date_from_ymd(2026, 11, 23),
                                          .protected_identity = hidden};
        g_autofree char *name = g_strdup_printf("skydd-%d.pdf", hidden);
        g_autofree char *path = g_build_filename(folder, name, NULL);
        assert_true(response_pdf_write(form, answers, &about, "sv", FALSE, path, &error));
        g_autofree char *text = text_of_file(path);
        assert_says(text, "Nimco Cabdullaahi");
        assert_true((strstr(text, "19900206-2397") != NULL) == !hidden);
        assert_true((strstr(text, "Björkgatan 3") != NULL) == !hidden);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_is_there_with_every_question),
        cmocka_unit_test(forms_speak_other_languages),
        cmocka_unit_test(the_numbers_are_those_of_the_walk),
        cmocka_unit_test(conditions_stand_in_words),
        cmocka_unit_test(where_to_go_on_is_said),
        cmocka_unit_test(names_are_lines_or_left_out),
        cmocka_unit_test(there_is_room_for_every_kind_of_answer),
        cmocka_unit_test(an_intake_takes_at_most_twelve_pages),
        cmocka_unit_test(each_choice_is_read_by_itself),
        cmocka_unit_test(a_response_is_readable_text),
        cmocka_unit_test(each_page_says_whose_it_is_and_whether_it_is_finished),
        cmocka_unit_test(a_protected_response_leads_nowhere),
    };
    return cmocka_run_group_tests_name("exchange/form_pdf", tests, setup, teardown);
}
