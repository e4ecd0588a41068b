/* Somebody with protected identity in forms and tasks: an intake that is taken over, an address
 * that is shown when it is asked for, a task that is not done by others. */
#include "care/task/task.h"
#include "tests/screen/fixture_forms.h"

#define PERSON "Hemlig Person"
#define ADDRESS "Hemliga gatan 7"
#define REASON "Elin är sjuk hela hösten"

/* --- made beside the screen --------------------------------------------------------------------
 */

static void give(Walk *walk, Session *session, const char *item, const char *value)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *sentence = NULL;
    if (!walk_go(walk, session, flow_find(walk_flow(walk), item, ""), &error) ||
        walk_answer(walk, session, value, "Så är det.", &sentence, &error) != WALK_SAVED)
        fail_msg("%s: %s", item, error != NULL ? error->message : sentence);
}

/* An intake of somebody whose identity is marked, begun by `login` and left at the address. */
static gint64 begin_intake(const char *folder, const char *login)
{
    walk_use_build_share();
    g_autoptr(Session) session = fixture_session(folder, login);
    g_autoptr(GError) error = NULL;
    Walk *walk = walk_begin(session, "aktualisering", 0, NULL, 0, "sv", &error);
    if (walk == NULL)
        fail_msg("%s", error->message);
    gint64 id = walk_response(walk)->id;
    give(walk, session, "namn", PERSON);
    give(walk, session, "skydd-slag", "marked");
    give(walk, session, "adress", ADDRESS);
    assert_true(walk_back(walk, session, &error) && walk_forward(walk, session, &error));
    walk_close(walk, session);
    return id;
}

static void protect(const char *folder, const char *login)
{
    g_autoptr(Session) session = fixture_session(folder, login);
    g_autoptr(GError) error = NULL;
    g_autoptr(Client) client = client_open(session, forms_client_id(session), &error);
    assert_non_null(client);
    client->protection = PROTECTION_MARKED;
    client->support_worker_id = client->case_officer_id = 0;
    assert_true(client_change(session, client, &error));
}

static void sees_not(Harness *harness, const char *text)
{
    if (!harness_text_contains(harness, text))
        return;
    g_autofree char *dump = harness_dump(harness);
    fail_msg("\"%s\" is on the screen:\n%s", text, dump);
}

/* --- taking over -------------------------------------------------------------------------------
 */

static void show_closed(Harness *harness, const char *language)
{
    harness_keys(harness, "6m");
    fixture_goldens(harness, "protected-closed", language);
    harness_keys(harness, PRESS_ENTER);
    fixture_goldens(harness, "protected-reason", language);
}

static void at_every_size_in_both_languages(void **unused)
{
    (void)unused;
    static const char *const LANGUAGES[] = {"sv", "en"};
    for (gsize i = 0; i < G_N_ELEMENTS(LANGUAGES); i++) {
        const HarnessOptions options = {.language = LANGUAGES[i]};
        char *folder = fixture_folder();
        begin_intake(folder, "hand");
        Harness *lead = fixture_open(folder, "led", &options);
        show_closed(lead, LANGUAGES[i]);
        harness_stop(lead);
        Harness *officer = fixture_open(folder, "hand", &options);
        harness_keys(officer, WALK_OPEN);
        fixture_goldens(officer, "protected-address", LANGUAGES[i]);
        harness_stop(officer);
        harness_folder_remove(folder);
    }
}

static char *logged_reason(const char *folder)
{
    g_autoptr(Session) session = fixture_session(folder, "led");
    char *changes = NULL;
    assert_true(db_get_text(session_db(session),
                            "SELECT changes, node, seq FROM audit WHERE action = 'take-over'", NULL, &changes,
                            NULL));
    return changes;
}

/* Without a reason nothing is opened; with one it is, and who began it is not shut out. */
static void a_team_lead_takes_it_over(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    begin_intake(folder, "hand");
    Harness *harness = fixture_open(folder, "led", NULL);
    harness_keys(harness, "6m");
    fixture_caret_on(harness, "skyddade person");
    fixture_caret_on(harness, "påbörjat av Karin Novak");
    sees_not(harness, PERSON);
    harness_keys(harness, PRESS_ENTER PRESS_ENTER);
    fixture_sees(harness, "Skriv med ord varför du tar över.");
    harness_keys(harness, PRESS_ESCAPE);
    fixture_caret_on(harness, "skyddade person");
    g_autofree char *none = logged_reason(folder);
    assert_null(none);
    /* Left half written, the reason stands there when it is asked for again. */
    harness_keys(harness, PRESS_ENTER REASON PRESS_ESCAPE PRESS_ENTER);
    fixture_sees(harness, REASON);
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, PERSON);
    g_autofree char *reason = logged_reason(folder);
    assert_non_null(strstr(reason, REASON));
    harness_keys(harness, PRESS_ESCAPE);
    fixture_caret_on(harness, PERSON);
    Harness *officer = fixture_open(folder, "hand", NULL);
    harness_keys(officer, "6");
    fixture_caret_on(officer, PERSON);
    harness_stop(officer);
    harness_stop(harness);
    harness_folder_remove(folder);
}

static void nobody_else_sees_it(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    begin_intake(folder, "led");
    static const char *const LOGINS[] = {"hand", "stod"};
    for (gsize i = 0; i < G_N_ELEMENTS(LOGINS); i++) {
        Harness *harness = fixture_open(folder, LOGINS[i], NULL);
        harness_keys(harness, "6m");
        sees_not(harness, "skyddade person");
        sees_not(harness, PERSON);
        harness_stop(harness);
    }
    harness_folder_remove(folder);
}

/* --- the address -------------------------------------------------------------------------------
 */

static void is_stored(const char *folder, gint64 id, const char *value)
{
    const WalkTest test = {.folder = (char *)folder, .id = id};
    walk_is_stored(&test, "adress", value);
}

/* Passing by changes nothing; what is typed replaces it; what is asked for can be changed. */
static void the_address_is_shown_when_asked_for(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    gint64 id = begin_intake(folder, "hand");
    Harness *harness = fixture_open(folder, "hand", NULL);
    harness_keys(harness, WALK_OPEN);
    fixture_sees(harness, "Ctrl-R visar den");
    sees_not(harness, ADDRESS);
    harness_keys(harness, PRESS_ENTER PRESS_PAGE_UP "x" PRESS_BACKSPACE PRESS_TAB PRESS_PAGE_UP);
    fixture_sees(harness, "Ctrl-R visar den");
    is_stored(folder, id, ADDRESS);
    harness_keys(harness, PRESS_CTRL_R);
    fixture_caret_on(harness, ADDRESS);
    sees_not(harness, "Ctrl-R visar den");
    harness_keys(harness, PRESS_CTRL_Z PRESS_END " B" PRESS_ENTER PRESS_PAGE_UP);
    is_stored(folder, id, ADDRESS " B");
    sees_not(harness, ADDRESS);
    harness_keys(harness, "Nya gatan 1" PRESS_TAB PRESS_PAGE_UP);
    is_stored(folder, id, "Nya gatan 1");
    sees_not(harness, "Nya gatan");
    /* What is being typed is seen, and kept when one is cut off. */
    harness_keys(harness, "Halva ad" PRESS_F9);
    harness_keys(harness, FIXTURE_UNLOCK);
    fixture_caret_on(harness, "Halva ad");
    is_stored(folder, id, "Nya gatan 1");
    harness_keys(harness, PRESS_CTRL_U PRESS_F8);
    fixture_sees(harness, "dold (v visar den)");
    sees_not(harness, "Nya gatan");
    harness_keys(harness, "v");
    fixture_sees(harness, "Nya gatan 1");
    harness_keys(harness, "v");
    sees_not(harness, "Nya gatan");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* One that is only read. */
static void a_completed_one_hides_it_too(void **unused)
{
    (void)unused;
    static const FormsGiven GIVEN[] = {{"inkom-datum", "", "2026-10-05"},
                                       {"skydd-slag", "", "marked"},
                                       {"adress", "", ADDRESS},
                                       {NULL, NULL, NULL}};
    char *folder = fixture_folder();
    protect(folder, "hand");
    forms_complete(folder, "hand", "aktualisering", GIVEN);
    Harness *harness = fixture_open(folder, "hand", &(HarnessOptions){.rows = 43, .columns = 132});
    harness_keys(harness, FORMS_CARD "f" PRESS_ENTER);
    for (int i = 0; i < 60 && !harness_text_contains(harness, "dold (v"); i++)
        harness_keys(harness, PRESS_DOWN);
    fixture_sees(harness, "dold (v visar den)");
    sees_not(harness, ADDRESS);
    harness_keys(harness, "v");
    fixture_sees(harness, ADDRESS);
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* --- tasks -------------------------------------------------------------------------------------
 */

static void a_task_is_not_done_by_others(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    {
        g_autoptr(Session) session = fixture_session(folder, "hand");
        g_autoptr(Task) task = task_new();
        task->client_id = forms_client_id(session);
        task->due_date = date_parse("2026-01-01");
        task->note = g_strdup("Ring systern");
        assert_true(task_add(session, task, NULL));
    }
    protect(folder, "hand");
    Harness *harness = fixture_open(folder, "led", NULL);
    harness_keys(harness, "4");
    fixture_sees(harness, "Att göra");
    sees_not(harness, FORMS_CLIENT);
    sees_not(harness, "Ring systern");
    harness_stop(harness);
    harness = fixture_open(folder, "hand", NULL);
    harness_keys(harness, "4");
    fixture_caret_on(harness, "Ring systern");
    harness_keys(harness, "g");
    fixture_sees(harness, "Klar: Ring systern.");
    harness_stop(harness);
    harness_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_every_size_in_both_languages),
        cmocka_unit_test(a_team_lead_takes_it_over),
        cmocka_unit_test(nobody_else_sees_it),
        cmocka_unit_test(the_address_is_shown_when_asked_for),
        cmocka_unit_test(a_completed_one_hides_it_too),
        cmocka_unit_test(a_task_is_not_done_by_others),
    };
    return cmocka_run_group_tests_name("protected", tests, fixture_make, fixture_remove);
}
