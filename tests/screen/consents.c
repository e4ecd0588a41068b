/* A client's consents and decisions, and what the card says of them. */
#include "care/client/consent.h"
#include "tests/screen/fixture_forms.h"

#define CONSENTS FORMS_CARD "c"

/* --- what is seen ------------------------------------------------------------------------------
 */

static void show_none(Harness *harness, const char *language)
{
    harness_keys(harness, CONSENTS);
    fixture_goldens(harness, "consents-none", language);
}

static void show(Harness *harness, const char *language)
{
    harness_keys(harness, FORMS_CARD);
    fixture_goldens(harness, "consents-card", language);
    harness_keys(harness, "c");
    fixture_caret_on(harness, ">");
    fixture_goldens(harness, "consents", language);
    harness_keys(harness, "w");
    fixture_goldens(harness, "consents-withdraw", language);
    harness_keys(harness, PRESS_CTRL_U "sedan" PRESS_ENTER);
    fixture_caret_on(harness, "sedan");
    fixture_goldens(harness, "consents-not-a-day", language);
    harness_keys(harness, PRESS_CTRL_U "30/11" PRESS_ENTER);
    fixture_goldens(harness, "consents-not-yet", language);
    harness_keys(harness, PRESS_CTRL_U "20/11" PRESS_ENTER);
    fixture_goldens(harness, "consents-withdrawn", language);
    harness_keys(harness, PRESS_END);
    harness_keys(harness, "w");
    fixture_goldens(harness, "consents-decision", language);
    harness_keys(harness, PRESS_ENTER);
    fixture_goldens(harness, "consents-form", language);
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
        Harness *harness =
            fixture_open(folder, "hand", &(HarnessOptions){.language = LANGUAGES[i]});
        show(harness, LANGUAGES[i]);
        harness_stop(harness);
        harness_folder_remove(folder);
    }
}

/* --- what is saved -----------------------------------------------------------------------------
 */

static guint holding(const char *folder)
{
    g_autoptr(Session) session = fixture_session(folder, "hand");
    g_autoptr(GPtrArray) all = consent_of_client(session, forms_client_id(session), NULL);
    assert_non_null(all);
    guint count = 0;
    for (guint i = 0; i < all->len; i++)
        count += consent_holds(all->pdata[i], date_parse("2026-11-23")) ? 1 : 0;
    return count;
}

/* Whoever the client tells may withdraw it, and the card counts one less. */
static void a_withdrawn_consent_holds_no_more(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    forms_make_intake(folder);
    assert_int_equal(holding(folder), 2);
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, FORMS_CARD);
    fixture_sees(harness, "2 samtycken, nästa till 2026-12-31");
    harness_keys(harness, "c");
    harness_keys(harness, "w");
    harness_keys(harness, PRESS_ESCAPE);
    assert_int_equal(holding(folder), 2);
    harness_keys(harness, "w");
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, "återtaget");
    assert_int_equal(holding(folder), 1);
    harness_keys(harness, PRESS_END);
    harness_keys(harness, "w");
    fixture_sees(harness, "Bara ett samtycke kan återtas.");
    harness_keys(harness, PRESS_ESCAPE);
    fixture_sees(harness, "1 samtycke, till 2026-12-31");
    harness_stop(harness);
    harness_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_every_size_in_both_languages),
        cmocka_unit_test(a_withdrawn_consent_holds_no_more),
    };
    return cmocka_run_group_tests_name("consents", tests, fixture_make, fixture_remove);
}
