/* form_guides.c: the walks and interview guides that come with the program load without a word of
 * complaint in every language, and have the questions they promise. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/i18n.h"
#include "form/flow.h"

#include <stdio.h>

/* Forms and catalogues as the build lays them: BUILD/share, seen from BUILD/tests/unit/form/. */
static int use_build_share(void **state)
{
    (void)state;
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = g_path_get_dirname(program);
    g_autofree char *share = g_build_filename(folder, "..", "..", "..", "share", NULL);
    g_setenv("DAGSFORM_SHARE", share, TRUE);
    return 0;
}

static Form *load(const char *name)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *path = form_find(name, NULL);
    assert_non_null(path);
    Form *form = form_load(path, warnings, &error);
    if (error != NULL)
        fprintf(stderr, "%s\n", error->message);
    for (guint i = 0; i < warnings->len; i++)
        fprintf(stderr, "%s\n", (char *)g_ptr_array_index(warnings, i));
    assert_non_null(form);
    assert_int_equal(warnings->len, 0);
    return form;
}

static const struct {
    const char *name;
    int questions; /* 0: as many as it takes */
} GUIDES[] = {
    {"ubu-handlaggare", 47},
    {"ubu-ungdom", 24},
    {"ubu-foralder", 20},
    {"aktualisering", 0},
    {"sip", 0},
    {"handlingsplan", 0},
    {"handlingsplan-tva-fragor", 0},
};

static void every_guide_loads_in_every_language(void **state)
{
    (void)state;
    static const char *const LANGUAGES[] = {"sv", "en", "fi"};
    for (guint language = 0; language < G_N_ELEMENTS(LANGUAGES); language++) {
        assert_true(i18n_init(LANGUAGES[language]));
        for (guint i = 0; i < G_N_ELEMENTS(GUIDES); i++) {
            g_autoptr(Form) form = load(GUIDES[i].name);
            assert_string_equal(form->name, GUIDES[i].name);
            if (GUIDES[i].questions != 0)
                assert_int_equal(form->count, GUIDES[i].questions);
            if (GUIDES[i].questions != 0)
                assert_int_equal(form_questions(form), GUIDES[i].questions);
        }
    }
}

/* Answers every question with the first thing it can be, or says that it is not known; conditions
 * open and close questions on the way, and the walk still comes to an end. */
static void every_guide_can_be_walked_to_its_end(void **state)
{
    (void)state;
    const Date today = date_from_ymd(2026, 11, 23);
    for (guint i = 0; i < G_N_ELEMENTS(GUIDES); i++) {
        g_autoptr(Form) form = load(GUIDES[i].name);
        g_autoptr(Answers) answers = answers_new();
        g_autoptr(Flow) flow = flow_new(form, answers, today);
        int steps = 0;
        for (int at = flow_next_unanswered(flow, -1); at >= 0 && steps < 5000; steps++) {
            const FlowStep *step = flow_step(flow, at);
            const FormOption *option = step->item->options != NULL && step->item->options->len > 0
                                           ? step->item->options->pdata[0]
                                           : NULL;
            if (option != NULL)
                answers_set(answers, step->item->link_id, step->instance, ANSWER_VALUE,
                            option->code);
            else
                answers_set(answers, step->item->link_id, step->instance, ANSWER_UNKNOWN, NULL);
            flow_refresh(flow);
            at = flow_next_unanswered(flow, -1);
        }
        assert_true(steps > 0 && steps < 5000);
        const FlowProgress progress = flow_progress(flow, -1);
        assert_int_equal(progress.answered, progress.questions);
    }
}

/* A8: the clocks run from the day it came in, however much later they are looked at. */
static void a8_clocks_run_from_the_day_it_came_in(void **state)
{
    (void)state;
    static const struct {
        const char *form, *came, *item, *value;
        CheckLevel level;
    } cases[] = {
        {"aktualisering", "inkom-datum", "forhands-klar-barn", "2026-11-24", CHECK_OK},
        {"aktualisering", "inkom-datum", "forhands-klar-barn", "2026-12-10", CHECK_WARNING},
        {"aktualisering", "inkom-datum", "forhands-klar", "2026-11-24", CHECK_OK},
        {"aktualisering", "inkom-datum", "forhands-klar", "2026-11-25", CHECK_WARNING},
        {"aktualisering", "inkom-datum", "ansokan-klar", "2027-03-12", CHECK_OK},
        {"aktualisering", "inkom-datum", "ansokan-klar", "2027-03-13", CHECK_WARNING},
        {"aktualisering", "inkom-datum", "aterkoppling-dag", "2026-11-12", CHECK_OK},
        {"aktualisering", "inkom-datum", "aterkoppling-dag", "2026-11-13", CHECK_WARNING},
        {"sip", "behov-dag", "mote-dag", "2026-12-10", CHECK_OK},
        {"sip", "behov-dag", "mote-dag", "2026-12-11", CHECK_WARNING},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Form) form = load(cases[i].form);
        g_autoptr(Answers) answers = answers_new();
        answers_set(answers, cases[i].came, "", ANSWER_VALUE, "2026-11-10");
        g_autoptr(Flow) flow = flow_new(form, answers, date_from_ymd(2026, 12, 1));
        CheckLevel level =
            flow_check(flow, form_item(form, cases[i].item), "", cases[i].value, NULL);
        if (level != cases[i].level)
            fail_msg("%s %s: %d", cases[i].item, cases[i].value, level);
    }
}

/* E: short enough to be heard, and first of all whether anybody else hears; on paper it says more.
 */
static void e_a_child_is_asked_first_whether_it_is_alone(void **state)
{
    (void)state;
    enum { WORDS = 60 };
    g_autoptr(Form) form = load("ubu-ungdom");
    g_auto(GStrv) words = g_strsplit(form->opening, " ", -1);
    assert_in_range(g_strv_length(words), 1, WORDS);
    const char *first = strchr(form->opening, '?');
    assert_non_null(first);
    assert_true(g_str_has_prefix(first - strlen("Är du ensam nu"), "Är du ensam nu?"));
    assert_non_null(form->opening_on_paper);
    assert_null(strstr(form->opening_on_paper, "nu?"));
}

/* D12: in danger to life the number to call is shown, also when the danger is the person's own. */
static void d12_an_acute_risk_shows_112(void **state)
{
    (void)state;
    g_autoptr(Form) form = load("aktualisering");
    g_autoptr(Answers) answers = answers_new();
    g_autoptr(Flow) flow = flow_new(form, answers, date_from_ymd(2026, 11, 23));
    assert_true(flow_find(flow, "saker-112", "") < 0);
    answers_set(answers, "saker-liv", "", ANSWER_VALUE, "acute");
    flow_refresh(flow);
    assert_true(flow_find(flow, "saker-112", "") > flow_find(flow, "saker-liv", ""));
    assert_true(flow_find(flow, "freda-enrum", "") < flow_find(flow, "saker-nu", ""));
}

/* D12: 1 is the worst and 5 the best in every scale of five, whoever answers. */
static void d12_scales_run_one_way(void **state)
{
    (void)state;
    static const char *const SCALES[][4] = {
        {"aktualisering", "lo-larande-hur", "complete", "none"},
        {"handlingsplan", "nulage-dag", "very-bad", "very-good"},
        {"handlingsplan", "mal-nu", "not-begun", "there"},
        {"handlingsplan", "delaktig", "not-at-all", "fully"},
        {"handlingsplan-tva-fragor", "uppfoljning-anvand", "never", "always"},
        {"sip", "plan-delaktig", "not-at-all", "fully"},
        {"sip", "uppfoljning-hur", "nothing", "all"},
        {"ubu-ungdom", "trygg", "1", "5"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(SCALES); i++) {
        g_autoptr(Form) form = load(SCALES[i][0]);
        const FormItem *item = form_item(form, SCALES[i][1]);
        assert_int_equal(form_option(item, SCALES[i][2])->key, '1');
        assert_int_equal(form_option(item, SCALES[i][3])->key, '5');
    }
}

/* D12: nobody who has been named is typed again. */
static void d12_whoever_is_named_is_proposed(void **state)
{
    (void)state;
    static const char *const ASKED[][2] = {
        {"sip", "deltagare-namn"},     {"sip", "kallad-person"},
        {"sip", "inbjuden-person"},    {"sip", "narvarande-namn"},
        {"sip", "insats-kontakt"},     {"sip", "andra-vem"},
        {"sip", "plan-samordnare"},    {"sip", "gor-vem"},
        {"sip", "uppfoljning-vem"},    {"sip", "fraga-till"},
        {"handlingsplan", "steg-vem"}, {"aktualisering", "narstaende-namn"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(ASKED); i++) {
        g_autoptr(Form) form = load(ASKED[i][0]);
        assert_true(form_item(form, ASKED[i][1])->candidates->len > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_guide_loads_in_every_language),
        cmocka_unit_test(every_guide_can_be_walked_to_its_end),
        cmocka_unit_test(a8_clocks_run_from_the_day_it_came_in),
        cmocka_unit_test(e_a_child_is_asked_first_whether_it_is_alone),
        cmocka_unit_test(d12_an_acute_risk_shows_112),
        cmocka_unit_test(d12_scales_run_one_way),
        cmocka_unit_test(d12_whoever_is_named_is_proposed),
    };
    return cmocka_run_group_tests_name("form/guides", tests, use_build_share, NULL);
}
