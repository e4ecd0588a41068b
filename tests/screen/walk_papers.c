/* A response on paper, from its overview. */
#include "tests/screen/fixture_walk.h"

/* Puts what is asked for into the test's own folder, and sees that a PDF lies there. */
static void write_to(WalkTest *test, const char *name)
{
    g_autofree char *path = g_build_filename(test->folder, name, NULL);
    g_autofree char *keys = g_strconcat(PRESS_CTRL_U, path, PRESS_ENTER, NULL);
    g_autofree char *bytes = NULL;
    harness_keys(test->harness, keys);
    fixture_sees(test->harness, "Papperet ligger i");
    assert_true(g_file_get_contents(path, &bytes, NULL, NULL));
    assert_true(g_str_has_prefix(bytes, "%PDF"));
}

static void the_answers(void **unused)
{
    (void)unused;
    WalkTest test = walk_start("handlingsplan-tva-fragor", NULL);
    harness_keys(test.harness, PRESS_ENTER "Kö" PRESS_TAB PRESS_F8 "p");
    fixture_caret_on(test.harness, "Vanlig stil");
    harness_golden(test.harness, "walk-paper-size-sv-80x24");
    harness_keys(test.harness, "2");
    fixture_caret_on(test.harness, "-svar-2026-11-23.pdf");
    write_to(&test, "svar.pdf");

    /* A file that is there is never written over. */
    g_autofree char *path = g_build_filename(test.folder, "svar.pdf", NULL);
    g_autofree char *again = g_strconcat("p1" PRESS_CTRL_U, path, PRESS_ENTER, NULL);
    harness_keys(test.harness, again);
    assert_false(harness_text_contains(test.harness, "Papperet ligger i"));
    walk_stop(&test);
}

/* Number of a question of the SIP by its linkId. */
static int sip_number(const char *link_id)
{
    g_autofree char *yaml = NULL;
    assert_true(g_file_get_contents("forms/sip.yaml", &yaml, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(yaml, "\n", -1);
    int number = 0;
    gboolean here = FALSE;
    for (char **line = lines; *line != NULL; line++) {
        const char *text = g_strchug(*line);
        if (g_str_has_prefix(text, "- linkId: "))
            here = g_str_equal(text + strlen("- linkId: "), link_id);
        if (!g_str_has_prefix(text, "type: ") || strstr(text, "group") || strstr(text, "display"))
            continue;
        number++;
        if (here)
            return number;
    }
    fail_msg("The SIP has no question %s.", link_id);
    return 0;
}

static void the_papers_of_a_sip(void **unused)
{
    (void)unused;
    WalkTest test = walk_start("sip", NULL);
    harness_keys(test.harness, PRESS_ENTER);
    walk_jump(test.harness, sip_number("sip-blir"));
    harness_keys(test.harness, "j");
    walk_jump(test.harness, sip_number("kallad-huvudman"));
    harness_keys(test.harness, "rVårdcentralen" PRESS_ENTER PRESS_F8 "p");
    fixture_sees(test.harness, "Kallelse till Regionen, Vårdcentralen");
    harness_golden(test.harness, "walk-papers-sv-80x24");

    /* Nothing is sent without a consent. */
    harness_keys(test.harness, "21" PRESS_ENTER);
    fixture_sees(test.harness, "samtycke");
    harness_keys(test.harness, "p11");
    write_to(&test, "plan.pdf");
    walk_stop(&test);
}

/* A plan of action as the person reads it, or all its answers: each lies under a name of its own.
 */
static void the_papers_of_a_plan(void **unused)
{
    (void)unused;
    WalkTest test = walk_start("handlingsplan", NULL);
    harness_keys(test.harness, PRESS_F8 "p");
    fixture_sees(test.harness, "Planen");
    fixture_sees(test.harness, "Alla svar");
    harness_keys(test.harness, "11");
    fixture_caret_on(test.harness, "handlingsplan-plan-2026-11-23.pdf");
    write_to(&test, "plan.pdf");
    harness_keys(test.harness, "p22");
    fixture_caret_on(test.harness, "handlingsplan-svar-2026-11-23.pdf");
    write_to(&test, "svar.pdf");
    walk_stop(&test);
}

static void protected_identity_is_asked_about(void **unused)
{
    (void)unused;
    WalkTest test = walk_start("handlingsplan-tva-fragor", NULL);
    g_autoptr(Session) session = fixture_session(test.folder, "hand");
    g_autoptr(GError) error = NULL;
    g_autoptr(Client) client = client_open(session, walk_client_id(session), &error);
    assert_non_null(client);
    client->protection = PROTECTION_MARKED;
    client->case_officer_id = session_staff_id(session);
    assert_true(client_change(session, client, &error));
    harness_keys(test.harness, PRESS_ENTER "Kö" PRESS_TAB PRESS_F8 "p1");
    fixture_sees(test.harness, "skyddade personuppgifter");
    harness_keys(test.harness, "n");
    fixture_caret_on(test.harness, ">");
    harness_keys(test.harness, "p1j");
    write_to(&test, "svar.pdf");
    walk_stop(&test);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_answers),
        cmocka_unit_test(the_papers_of_a_sip),
        cmocka_unit_test(the_papers_of_a_plan),
        cmocka_unit_test(protected_identity_is_asked_about),
    };
    return cmocka_run_group_tests_name("walk_papers", tests, fixture_make, fixture_remove);
}
