/* doubles.c: two cards of one person on the full screen: found, looked at side by side, merged
 * field by field, and two again. Issue 10. */
#include "care/client/client.h"
#include "tests/screen/fixture.h"

#define DOUBLES PRESS_F5 "d"

static void add_client(Session *session, const char *name, const char *number, const char *phone)
{
    g_autoptr(Client) client = client_new();
    g_autoptr(GError) error = NULL;
    client->name = g_strdup(name);
    client->number = g_strdup(number);
    client->phone = g_strdup(phone);
    client->birth_date = date_parse("1999-09-14");
    if (!client_add(session, client, &error))
        fail_msg("%s", error->message);
}

static char *unit(void)
{
    char *folder = fixture_folder();
    g_autoptr(Session) session = fixture_session(folder, "led");
    add_client(session, "Zeta Ärlig", "Z1", NULL);
    add_client(session, "Zeta Ärlig", "Z2", "070-174 06 35");
    return folder;
}

static void show(Harness *harness, const char *language)
{
    harness_keys(harness, PRESS_F5);
    fixture_goldens(harness, "doubles-tasks", language);
    harness_keys(harness, "d");
    fixture_goldens(harness, "doubles", language);
    harness_keys(harness, PRESS_ENTER PRESS_END PRESS_UP PRESS_UP " ");
    fixture_goldens(harness, "merge", language);
    harness_keys(harness, PRESS_F8 "j");
    harness_keys(harness, PRESS_ESCAPE);
    harness_keys(harness, PRESS_F3 "Z1" PRESS_DOWN PRESS_ENTER "d");
    fixture_goldens(harness, "doubles-merged", language);
}

static void at_every_size_in_both_languages(void **unused)
{
    (void)unused;
    static const char *const LANGUAGES[] = {"sv", "en"};
    for (gsize i = 0; i < G_N_ELEMENTS(LANGUAGES); i++) {
        char *folder = unit();
        const HarnessOptions options = {.language = LANGUAGES[i]};
        Harness *harness = fixture_open(folder, "led", &options);
        show(harness, LANGUAGES[i]);
        harness_stop(harness);
        harness_folder_remove(folder);
    }
}

#define NUMBERS "SELECT number, id FROM client WHERE merged_into IS NULL"

/* Which is kept, and what of the other; the card that lies below is the kept one afterwards. */
static void merged_from_the_card_and_two_again(void **unused)
{
    (void)unused;
    char *folder = unit();
    Harness *harness = fixture_open(folder, "led", NULL);
    harness_keys(harness, PRESS_F3 "Z1" PRESS_DOWN PRESS_ENTER "d");
    fixture_sees(harness, "samma namn och samma födelsedag");
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, "070-174 06 35");
    harness_keys(harness, PRESS_F8 "n");
    assert_int_equal(fixture_count(folder, "SELECT COUNT(*) FROM client_merge"), 0);
    harness_keys(harness, "b" PRESS_F8 "j");
    fixture_sees(harness, "De två korten är nu ett.");
    assert_int_equal(fixture_count_of(folder, NUMBERS, "Z1"), 1);
    assert_int_equal(fixture_count_of(folder, NUMBERS, "Z2"), 0);
    harness_keys(harness, PRESS_ESCAPE);
    fixture_sees(harness, "Z1");
    fixture_sees(harness, "070-174 06 35");
    harness_keys(harness, "du");
    fixture_sees(harness, "Ska korten vara två igen?");
    harness_keys(harness, "j");
    fixture_sees(harness, "Korten är två igen, som de var.");
    assert_int_equal(fixture_count_of(folder, NUMBERS, "Z1"), 1);
    harness_keys(harness, "n");
    fixture_sees(harness, "två personer");
    harness_keys(harness, PRESS_F5);
    assert_false(harness_text_contains(harness, "kan ha två kort"));
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* One that the program does not find is chosen by name or number. */
static void another_card_is_chosen(void **unused)
{
    (void)unused;
    char *folder = unit();
    Harness *harness = fixture_open(folder, "led", NULL);
    harness_keys(harness,
                 PRESS_F3 "Z1" PRESS_DOWN PRESS_ENTER "d" PRESS_F8 "finns inte alls" PRESS_ENTER);
    fixture_sees(harness, "Ingen annan hittas");
    harness_keys(harness, PRESS_CTRL_U "a" PRESS_ENTER);
    fixture_sees(harness, "Fler än en");
    harness_keys(harness, PRESS_CTRL_U "Z2" PRESS_ENTER);
    fixture_sees(harness, "Kortet som behålls");
    harness_stop(harness);
    harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, DOUBLES);
    assert_false(harness_text_contains(harness, "Zeta"));
    harness_stop(harness);
    harness_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_every_size_in_both_languages),
        cmocka_unit_test(merged_from_the_card_and_two_again),
        cmocka_unit_test(another_card_is_chosen),
    };
    return cmocka_run_group_tests_name("doubles", tests, fixture_make, fixture_remove);
}
