/* flow_parse.c and flow_text.c: typed text to values, values to words, fills. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/i18n.h"
#include "form/flow.h"

#include <string.h>

static const char FORM[] =
    "name: prov\nversion: 1\ntitle: Prov\nitem:\n"
    "- {linkId: ja, type: boolean, text: T}\n"
    "- {linkId: val, type: choice, text: T, answerOption: &val [{code: MÅ, display: Mår dåligt, "
    "key: m, alias: [Mår illa]}, {code: glömt, display: Glömt, key: g}, "
    "{code: other, display: Annat, key: n}]}\n"
    "- {linkId: skala, type: choice, text: T, answerOption: [{code: never, display: Aldrig, "
    "key: 5}, {code: always, display: Alltid, key: 1}]}\n"
    "- {linkId: flera, type: choice, repeats: true, text: T, answerOption: *val}\n"
    "- {linkId: eget, type: open-choice, text: T, answerOption: *val}\n"
    "- {linkId: egna, type: open-choice, repeats: true, text: T, answerOption: *val}\n"
    "- {linkId: tal, type: integer, text: T}\n"
    "- {linkId: dec, type: decimal, text: T}\n"
    "- {linkId: dag, type: date, text: T}\n"
    "- {linkId: tid, type: time, text: T}\n"
    "- {linkId: ord, type: string, text: T}\n"
    "- {linkId: text, type: text, text: T}\n"
    "- {linkId: bara, type: display, text: T}\n";

/* The catalogues as the build lays them: BUILD/share, seen from BUILD/tests/unit/form/. */
static int use_build_share(void **state)
{
    (void)state;
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = g_path_get_dirname(program);
    g_autofree char *share = g_build_filename(folder, "..", "..", "..", "share", NULL);
    g_setenv("DAGSFORM_SHARE", share, TRUE);
    i18n_init("sv");
    return 0;
}

static int load(void **state)
{
    g_autoptr(GError) error = NULL;
    Form *form = form_load_bytes(FORM, sizeof FORM - 1, "prov.yaml", NULL, &error);
    if (form == NULL)
        fail_msg("%s", error->message);
    *state = form;
    return 0;
}

static int unload(void **state)
{
    form_free(*state);
    return 0;
}

static const struct {
    const char *link_id, *typed, *value; /* NULL: not understood */
} parses[] = {
    {"ja", "ja", "true"},
    {"ja", "J", "true"},
    {"ja", " Nej. ", "false"},
    {"ja", "yes", "true"},
    {"ja", "kyllä", "true"},
    {"ja", "ei", "false"},
    {"ja", "kanske", NULL},
    {"ja", "", NULL},
    {"val", "m", "MÅ"},
    {"val", "M", "MÅ"},
    {"val", "mår DÅLIGT", "MÅ"},
    {"val", "mår illa", "MÅ"},
    {"val", "glömt", "glömt"},
    {"val", "2", "glömt"},
    {"val", "3", "other"},
    {"val", "4", NULL},
    {"val", "0", NULL},
    {"val", "m g", NULL},
    {"val", "något annat", NULL},
    {"val", " ", NULL},
    {"skala", "5", "never"},
    {"skala", "1", "always"},
    {"skala", "2", NULL},
    {"flera", "m", "MÅ"},
    {"flera", "g m", "MÅ glömt"},
    {"flera", "n, m, m", "MÅ other"},
    {"flera", "Glömt; mår dåligt,", "MÅ glömt"},
    {"flera", "1 3", "MÅ other"},
    {"flera", "m, bussen", NULL},
    {"flera", ", ,", NULL},
    {"eget", "glömt", "glömt"},
    {"eget", "bussen kom inte", "=bussen kom inte"},
    {"eget", "=", "=="},
    {"eget", "=bussen", "==bussen"},
    {"egna", "bussen, g, tåget", "glömt =bussen, tåget"},
    {"egna", "bussen kom inte", "=bussen kom inte"},
    {"egna", "g =bussen", "=g =bussen"},
    {"tal", "12", "12"},
    {"tal", " +7 ", "7"},
    {"tal", "-3", "-3"},
    {"tal", "\u22123", "-3"},
    {"tal", "007", "7"},
    {"tal", "-0", "0"},
    {"tal", "1 200", "1200"},
    {"tal", "1\u00a0200\u00a0000", "1200000"},
    {"tal", "12 34", NULL},
    {"tal", "1 200 0", NULL},
    {"tal", "3,0", NULL},
    {"tal", "1.000", NULL},
    {"tal", "tolv", NULL},
    {"tal", "999999999999999", NULL},
    {"tal", "", NULL},
    {"dec", "3,5", "3.5"},
    {"dec", "3.50", "3.5"},
    {"dec", "0,1", "0.1"},
    {"dec", ",5", "0.5"},
    {"dec", "100", "100"},
    {"dec", "-0,0", "0"},
    {"dec", "1 200,25", "1200.25"},
    {"dec", "1,2,3", NULL},
    {"dec", "3,", NULL},
    {"dag", "21/11", "2026-11-21"},
    {"dag", "i går", "2026-11-21"},
    {"dag", "v47 fre", "2026-11-20"},
    {"dag", "2026-02-28", "2026-02-28"},
    {"dag", "30/2", NULL},
    {"dag", "snart", NULL},
    {"tid", "830", "08:30"},
    {"tid", "8.30", "08:30"},
    {"tid", "14", "14:00"},
    {"tid", "kl 14", "14:00"},
    {"tid", "Kl. 8.30", "08:30"},
    {"tid", "klo 8.30", "08:30"},
    {"tid", "25", NULL},
    {"tid", "kl", NULL},
    {"ord", "  hej\ndå ", "hej då"},
    {"ord", " ", NULL},
    {"text", "rad ett\r\nrad två\n", "rad ett\nrad två"},
    {"text", "\n", NULL},
    {"bara", "x", NULL},
};

static void test_parse(void **state)
{
    g_autoptr(Answers) answers = answers_new();
    g_autoptr(Flow) flow = flow_new(*state, answers, date_from_ymd(2026, 11, 22));
    for (gsize i = 0; i < G_N_ELEMENTS(parses); i++) {
        const FormItem *item = form_item(*state, parses[i].link_id);
        g_autofree char *value = flow_parse(flow, item, parses[i].typed);
        if (g_strcmp0(value, parses[i].value) != 0)
            fail_msg("%s “%s”: “%s” is not “%s”", parses[i].link_id, parses[i].typed,
                     value != NULL ? value : "(none)",
                     parses[i].value != NULL ? parses[i].value : "(none)");
        /* what is understood is also an answer */
        if (value != NULL && flow_check(flow, item, "", value, NULL) != CHECK_OK)
            fail_msg("%s “%s”: “%s” is no answer", parses[i].link_id, parses[i].typed, value);
    }
}

static void test_value_text(void **state)
{
    static const struct {
        const char *link_id, *value, *language, *text;
    } cases[] = {
        {"ja", "true", "sv", "Ja"},
        {"ja", "false", "sv", "Nej"},
        {"ja", "true", "en", "Yes"},
        {"ja", "false", "fi", "Ei"},
        {"val", "MÅ", "sv", "Mår dåligt"},
        {"val", "gone", "sv", "gone"},
        {"flera", "MÅ other", "sv", "Mår dåligt, Annat"},
        {"eget", "=bussen kom inte", "sv", "bussen kom inte"},
        {"egna", "glömt =bussen, tåget", "sv", "Glömt, bussen, tåget"},
        {"tal", "-3", "sv", "-3"},
        {"dec", "3.5", "sv", "3,5"},
        {"dec", "3.5", "fi", "3,5"},
        {"dec", "3.5", "en", "3.5"},
        {"dag", "2026-11-21", "sv", "lördag 21 november 2026"},
        {"dag", "2026-11-21", "en", "Saturday 21 November 2026"},
        {"dag", "2026-11-21", "fi", "lauantai 21. marraskuuta 2026"},
        {"dag", "someday", "sv", "someday"},
        {"tid", "08:30", "sv", "08:30"},
        {"text", "rad ett\nrad två", "sv", "rad ett\nrad två"},
    };
    g_autoptr(Answers) answers = answers_new();
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *link_id = cases[i].link_id;
        answers_set(answers, link_id, "", ANSWER_VALUE, cases[i].value);
        g_autofree char *text = flow_value_text(
            form_item(*state, link_id), answers_get(answers, link_id, ""), cases[i].language);
        if (strcmp(text, cases[i].text) != 0)
            fail_msg("%s “%s”: “%s” is not “%s”", link_id, cases[i].value, text, cases[i].text);
    }
}

/* Every word that the program itself says in the language of the questions is translated. */
static void test_own_words(void **state)
{
    static const char *const LANGUAGES[] = {"en", "fi"};
    const FormItem *item = form_item(*state, "ja");
    for (gsize l = 0; l < G_N_ELEMENTS(LANGUAGES); l++) {
        for (AnswerKind kind = ANSWER_UNKNOWN; kind <= ANSWER_NOT_ASKED; kind++) {
            Answer answer = {.kind = kind};
            g_autofree char *swedish = flow_value_text(item, &answer, "sv");
            g_autofree char *other = flow_value_text(item, &answer, LANGUAGES[l]);
            assert_true(swedish[0] != '\0');
            assert_string_not_equal(other, swedish);
        }
        for (int month = 1; month <= 12; month++) {
            Date date = date_from_ymd(2026, month, month);
            g_autofree char *swedish = form_date_text(date, "sv");
            g_autofree char *other = form_date_text(date, LANGUAGES[l]);
            g_auto(GStrv) words = g_strsplit(swedish, " ", -1);
            assert_null(strstr(other, words[0]));
            assert_true(g_utf8_strlen(other, -1) > 12);
            assert_null(strchr(other, '{'));
        }
    }
    Answer none = {.kind = ANSWER_NONE};
    g_autofree char *absent = flow_value_text(item, NULL, "sv");
    g_autofree char *taken_back = flow_value_text(item, &none, "sv");
    g_autofree char *no_day = form_date_text(DATE_NONE, "sv");
    assert_string_equal(absent, "");
    assert_string_equal(taken_back, "");
    assert_string_equal(no_day, "");
}

static void test_fill(void **state)
{
    (void)state;
    const FormFills full = {"Eva-Lena Karlsson", "Bo Ek", "Norr", "mamma",
                            date_from_ymd(2026, 11, 21)};
    const FormFills turned = {"Karlsson, Eva-Lena Maria", "{client}", NULL, NULL, DATE_NONE};
    static const struct {
        gboolean turned;
        const char *text, *filled;
    } cases[] = {
        {FALSE, "", ""},
        {FALSE, "Hej!", "Hej!"},
        {FALSE, "Hej {client.first}, {client}!", "Hej Eva-Lena, Eva-Lena Karlsson!"},
        {FALSE, "{staff} på {unit} pratar med {respondent}.", "Bo Ek på Norr pratar med mamma."},
        {FALSE, "I dag är det {today}.", "I dag är det lördag 21 november 2026."},
        {FALSE, "{namn} {client {} }{client}", "{namn} {client {} }Eva-Lena Karlsson"},
        {TRUE, "{client.first}", "Eva-Lena"},
        {TRUE, "{staff}", "{client}"},
        {TRUE, "{unit}, {respondent}.", "…, …."},
        {TRUE, "({today})", "()"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *filled = form_fill(cases[i].text, "sv", cases[i].turned ? &turned : &full);
        assert_string_equal(filled, cases[i].filled);
    }
    g_autofree char *english = form_fill("{today}", "en", &full);
    assert_string_equal(english, "Saturday 21 November 2026");
    g_autofree char *nothing = form_fill(NULL, "sv", &full);
    assert_string_equal(nothing, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_parse, load, unload),
        cmocka_unit_test_setup_teardown(test_value_text, load, unload),
        cmocka_unit_test_setup_teardown(test_own_words, load, unload),
        cmocka_unit_test(test_fill),
    };
    return cmocka_run_group_tests_name("form/flow_text", tests, use_build_share, NULL);
}
