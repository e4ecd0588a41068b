/* Who may open the card of a client with protected identity: named, listed and taken away. */
#include "tests/screen/fixture.h"

#include "care/client/client.h"

#define SEARCH "B1001" /* one client, neither the support worker's nor the case officer's */
#define OPEN_CARD PRESS_F3 SEARCH PRESS_DOWN PRESS_ENTER

/* Protects the client, in the name of "hand". */
static void protect(const char *folder)
{
    Session *session = fixture_session(folder, "hand");
    g_autoptr(GPtrArray) found = client_list(session, SEARCH, FALSE, NULL, 2, NULL);
    assert_non_null(found);
    assert_int_equal(found->len, 1);
    g_autoptr(Client) client = client_open(session, ((ClientRow *)found->pdata[0])->id, NULL);
    assert_non_null(client);
    client->protection = PROTECTION_MARKED;
    assert_true(client_change(session, client, NULL));
    session_close(session);
}

static void at_every_size_in_both_languages(void **unused)
{
    (void)unused;
    static const char *const LANGUAGES[] = {"sv", "en"};
    for (gsize i = 0; i < G_N_ELEMENTS(LANGUAGES); i++) {
        const HarnessOptions options = {.language = LANGUAGES[i]};
        char *folder = fixture_folder();
        protect(folder);
        Harness *harness = fixture_open(folder, "hand", &options);
        harness_keys(harness, OPEN_CARD);
        fixture_goldens(harness, "client-protected", LANGUAGES[i]);
        harness_keys(harness, "btheo" PRESS_ENTER);
        fixture_goldens(harness, "client-named", LANGUAGES[i]);
        harness_keys(harness, "elin");
        fixture_goldens(harness, "client-named-typed", LANGUAGES[i]);
        harness_stop(harness);
        harness_folder_remove(folder);
    }
}

/* The case officer names a support worker, who sees the list but has no field, and takes the name
 * away again. */
static void only_the_named_open_the_card(void **unused)
{
    (void)unused;
    const HarnessOptions english = {.language = "en"};
    char *folder = fixture_folder();
    protect(folder);
    Harness *hand = fixture_open(folder, "hand", &english);
    Harness *stod = fixture_open(folder, "stod", &english);
    harness_keys(stod, OPEN_CARD);
    fixture_sees(stod, "This client has protected identity.");
    harness_keys(hand, OPEN_CARD "b" PRESS_DELETE);
    fixture_sees(hand, "Your own name is taken away by somebody else");
    harness_keys(hand, "nobody" PRESS_ENTER);
    fixture_sees(hand, "Nobody, or more than one, has that name.");
    harness_keys(hand, PRESS_CTRL_U "theo" PRESS_ENTER);
    fixture_sees(hand, "Theo Ek is named and may open the card.");
    harness_keys(stod, PRESS_ENTER "b");
    fixture_sees(stod, "Theo Ek");
    fixture_caret_on(stod, "Karin Novak");
    assert_false(harness_text_contains(stod, "Delete"));
    harness_keys(stod, PRESS_DELETE "x");
    fixture_sees(stod, "Karin Novak");
    harness_keys(hand, PRESS_DOWN PRESS_DELETE);
    fixture_sees(hand, "Theo Ek is no longer named.");
    fixture_caret_on(hand, "Karin Novak");
    harness_keys(stod, PRESS_ENTER PRESS_ESCAPE PRESS_ENTER);
    fixture_sees(stod, "This client has protected identity.");
    harness_stop(stod);
    harness_stop(hand);
    harness_folder_remove(folder);
}

static void an_open_card_has_nobody_named(void **unused)
{
    (void)unused;
    const HarnessOptions english = {.language = "en"};
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "hand", &english);
    harness_keys(harness, OPEN_CARD "b");
    fixture_sees(harness, "This client's identity is not protected");
    harness_stop(harness);
    harness_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_every_size_in_both_languages),
        cmocka_unit_test(only_the_named_open_the_card),
        cmocka_unit_test(an_open_card_has_nobody_named),
    };
    return cmocka_run_group_tests_name("client_named", tests, fixture_make, fixture_remove);
}
