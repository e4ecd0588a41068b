/* A client's forms: those that are there, a new one, and the plan of two questions. */
#include "tests/screen/fixture_forms.h"

#define PLAN "handlingsplan-tva-fragor"
#define FORMS FORMS_CARD "f"

/* --- what is seen ------------------------------------------------------------------------------
 */

static void show_none(Harness *harness, const char *language)
{
    harness_keys(harness, FORMS);
    fixture_goldens(harness, "responses-none", language);
    harness_keys(harness, "n");
    fixture_caret_on(harness, "[1]");
    fixture_goldens(harness, "responses-new", language);
    harness_keys(harness, PRESS_ESCAPE);
    harness_keys(harness, PRESS_ESCAPE);
    harness_keys(harness, "p");
    fixture_goldens(harness, "responses-plan-asks", language);
}

static void show_many(Harness *harness, const char *language)
{
    harness_keys(harness, FORMS);
    fixture_caret_on(harness, ">");
    fixture_goldens(harness, "responses", language);
    harness_keys(harness, "n");
    fixture_goldens(harness, "responses-begun", language);
    harness_keys(harness, PRESS_ESCAPE);
    harness_keys(harness, "b");
    fixture_goldens(harness, "responses-give-up", language);
    harness_keys(harness, "4");
    fixture_goldens(harness, "responses-given-up", language);
    harness_keys(harness, "b");
    fixture_goldens(harness, "responses-given-up-twice", language);
    harness_keys(harness, PRESS_END);
    harness_keys(harness, PRESS_ENTER);
    fixture_goldens(harness, "responses-read", language);
}

static void at_every_size_in_both_languages(void **unused)
{
    (void)unused;
    static const char *const LANGUAGES[] = {"sv", "en"};
    fixture_in_both("hand", NULL, show_none);
    for (gsize i = 0; i < G_N_ELEMENTS(LANGUAGES); i++) {
        char *folder = fixture_folder();
        forms_make_plan(folder);
        forms_make_intake(folder);
        forms_begin(folder, "hand", "sip", 4);
        Harness *harness =
            fixture_open(folder, "hand", &(HarnessOptions){.language = LANGUAGES[i]});
        show_many(harness, LANGUAGES[i]);
        harness_stop(harness);
        harness_folder_remove(folder);
    }
}

/* More than a window holds: the cursor comes to the last one, and the card is still the same. */
static void a_long_list_scrolls(void **unused)
{
    (void)unused;
    enum { FORMS_MADE = 30 };
    char *folder = fixture_folder();
    gint64 first = forms_make_plan(folder);
    for (int i = 0; i < FORMS_MADE; i++)
        forms_make_plan(folder);
    gint64 last = forms_begin(folder, "hand", "sip", 4);
    assert_true(first != last);
    Harness *harness = fixture_open(folder, "hand", NULL);
    harness_keys(harness, FORMS);
    fixture_caret_on(harness, "SIP");
    harness_keys(harness, PRESS_END);
    fixture_caret_on(harness, "Handlingsplan med två");
    assert_false(harness_text_contains(harness, "SIP"));
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* --- who may what ------------------------------------------------------------------------------
 */

/* A support worker makes plans; intakes are begun by others, and interviews by nobody here. */
static void a_support_worker_is_offered_what_they_may_begin(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, FORMS "n");
    fixture_sees(harness, "Handlingsplan med två frågor");
    assert_false(harness_text_contains(harness, "Aktualisering"));
    assert_false(harness_text_contains(harness, "Uppföljning efter placering"));
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* The client becomes protected, and is nobody's. */
static void protect(const char *folder)
{
    g_autoptr(Session) session = fixture_session(folder, "led");
    g_autoptr(GError) error = NULL;
    g_autoptr(Client) client = client_open(session, forms_client_id(session), &error);
    assert_non_null(client);
    client->protection = PROTECTION_MARKED;
    client->support_worker_id = client->case_officer_id = 0;
    assert_true(client_change(session, client, &error));
}

static void a_protected_client_keeps_their_forms(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    forms_make_plan(folder);
    forms_begin(folder, "led", "sip", 4);
    protect(folder);
    Harness *harness = fixture_open(folder, "stod", NULL);
    fixture_caret_on(harness, FORMS_CLIENT);
    harness_keys(harness, "f");
    fixture_sees(harness, "skyddade personuppgifter");
    fixture_sees(harness, "Utfall"); /* still on Today */
    harness_keys(harness, "p");
    fixture_sees(harness, "skyddade personuppgifter");
    harness_keys(harness, "6m");
    assert_false(harness_text_contains(harness, FORMS_CLIENT));
    /* The visit can be recorded all the same, without the plan. */
    harness_keys(harness, "1");
    harness_keys(harness, "a");
    fixture_caret_on(harness, "[f]");
    assert_false(harness_text_contains(harness, "Ring mig klockan tio"));
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* --- beginning ---------------------------------------------------------------------------------
 */

static guint forms_count(const char *folder)
{
    g_autoptr(Session) session = fixture_session(folder, "hand");
    g_autoptr(GPtrArray) all = response_of_client(session, forms_client_id(session), NULL);
    assert_non_null(all);
    return all->len;
}

/* p begins the plan after a question, goes on with it, and shows it when it is made. */
static void one_key_for_the_plan(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    fixture_caret_on(harness, FORMS_CLIENT);
    harness_keys(harness, "p");
    harness_keys(harness, "n");
    assert_int_equal(forms_count(folder), 0);
    harness_keys(harness, "p");
    harness_keys(harness, "j");
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, "Vad brukar göra det svårt att ses?");
    harness_keys(harness, "Mycket folk" PRESS_ESCAPE);
    assert_int_equal(forms_count(folder), 1);
    harness_keys(harness, "p");
    fixture_sees(harness, "Mycket folk");
    harness_keys(harness, PRESS_ESCAPE);
    forms_make_plan(folder);
    harness_keys(harness, "p");
    fixture_sees(harness, "Ring mig klockan tio");
    assert_int_equal(forms_count(folder), 2);
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* A form that is begun is gone on with when it is chosen anew. */
static void none_is_begun_twice(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "hand", NULL);
    forms_begin(folder, "hand", "handlingsplan", 5);
    harness_keys(harness, FORMS "n");
    fixture_sees(harness, "[2] Handlingsplan (påbörjat, fråga 5)");
    harness_keys(harness, "2");
    fixture_sees(harness, "Fråga 5 av");
    assert_int_equal(forms_count(folder), 1);
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* The unit's own file is faulty: it is said where, and the others can be begun. */
static void a_faulty_file_is_said_in_a_sentence(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    harness_folder_write(folder, "forms/sip.yaml", "name: sip\nversion: [\n");
    harness_folder_write(folder, "forms/eget.yaml",
                         "name: eget\nversion: \"1\"\ntitle: Vårt eget\nkind: walk\ncount: 1\n"
                         "item:\n  - {linkId: hur, type: text, text: Hur har du det?}\n");
    Harness *harness = fixture_open(folder, "hand", NULL);
    harness_keys(harness, FORMS "n");
    fixture_sees(harness, "sip.yaml");
    assert_false(harness_text_contains(harness, "SIP – samordnad"));
    fixture_sees(harness, "[4] Vårt eget");
    harness_keys(harness, "4");
    fixture_sees(harness, "Hur har du det?");
    harness_stop(harness);
    harness_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_every_size_in_both_languages),
        cmocka_unit_test(a_long_list_scrolls),
        cmocka_unit_test(a_support_worker_is_offered_what_they_may_begin),
        cmocka_unit_test(a_protected_client_keeps_their_forms),
        cmocka_unit_test(one_key_for_the_plan),
        cmocka_unit_test(none_is_begun_twice),
        cmocka_unit_test(a_faulty_file_is_said_in_a_sentence),
    };
    return cmocka_run_group_tests_name("responses", tests, fixture_make, fixture_remove);
}
