/* Clients with protected identity: who opens the card, and what lists and searches withhold. */
#include "care/client/client_guard.h"
#include "care/client/client_named.h"
#include "tests/unit/care/fixture_client.h"

static gint64 add_protected(Session *session, const char *name, const char *id_number)
{
    g_autoptr(Client) client = client_new();

    client->name = g_strdup(name);
    client->id_number = g_strdup(id_number);
    client->address = g_strdup("Hemliga gatan 1");
    client->protection = PROTECTION_MARKED;
    assert_ok(client_add(session, client, &error));
    return client->id;
}

static void protected_card_opens_for_the_named_only(void **state)
{
    Fixture *fixture = *state;
    Session *hand = fixture->session;
    g_autoptr(Session) stod = fixture_open(fixture, "stod");
    g_autoptr(Session) led = fixture_open(fixture, "led");
    gint64 id = add_protected(hand, "Skyddad Person", NUMBER_WOMAN);
    gint64 stod_id = staff_id(hand, "stod");
    g_autoptr(Client) own = client_open(hand, id, NULL);
    g_autoptr(Client) card = NULL;

    assert_non_null(own); /* whoever protects goes on working */
    assert_true(client_may_open(hand, id));
    assert_false(client_may_open(stod, id));
    assert_fails(client_open(stod, id, &error), ERROR_DENIED);
    assert_fails(client_history(stod, id, 10, &error), ERROR_DENIED);
    assert_fails(client_open(led, id, &error), ERROR_DENIED);
    assert_fails(client_name_staff(led, id, session_staff_id(led), TRUE, &error), ERROR_DENIED);
    assert_int_equal(fixture_int(hand, "SELECT count(*) FROM audit WHERE action = 'denied'"
                                       " AND client_id IS NOT NULL"),
                     4);
    assert_ok(client_name_staff(hand, id, stod_id, TRUE, &error));
    assert_ok(client_name_staff(hand, id, stod_id, TRUE, &error));
    assert_ok((card = client_open(stod, id, &error)));
    assert_string_equal(card->address, "Hemliga gatan 1");
    assert_ok(client_name_staff(hand, id, stod_id, FALSE, &error));
    assert_fails(client_open(stod, id, &error), ERROR_DENIED);
    own->support_worker_id = stod_id;
    assert_ok(client_change(hand, own, &error));
    g_clear_pointer(&card, client_free);
    assert_ok((card = client_open(stod, id, &error)));
}

static void giving_a_protected_client_away_leaves_somebody(void **state)
{
    Fixture *fixture = *state;
    Session *hand = fixture->session;
    g_autoptr(Client) card = client_new(), again = NULL;

    card->name = g_strdup("Skyddad Person");
    card->protection = PROTECTION_MARKED;
    card->case_officer_id = session_staff_id(hand);
    assert_ok(client_add(hand, card, &error));
    assert_int_equal(fixture_int(hand, "SELECT count(*) FROM client_named_staff"), 0);
    card->case_officer_id = 0;
    assert_ok(client_change(hand, card, &error));
    assert_ok((again = client_open(hand, card->id, &error)));
}

/* The names in `session`'s eyes, each with a comma behind it. */
static void assert_named(Session *session, gint64 id, const char *expected)
{
    g_autoptr(GPtrArray) named = NULL;
    g_autoptr(GString) names = g_string_new(NULL);

    assert_ok((named = client_named_staff(session, id, &error)));
    for (guint i = 0; i < named->len; i++)
        g_string_append_printf(names, "%s,", ((const Staff *)named->pdata[i])->name);
    assert_string_equal(names->str, expected);
}

static void the_named_are_listed_by_name(void **state)
{
    Fixture *fixture = *state;
    Session *hand = fixture->session;
    g_autoptr(Session) led = fixture_open(fixture, "led");
    gint64 open = add(hand, "Öppen Person", NULL, NULL);
    gint64 id = add_protected(hand, "Skyddad Person", NUMBER_WOMAN);
    gint64 me = session_staff_id(hand), stod_id = staff_id(hand, "stod");

    assert_named(hand, open, "");
    assert_named(hand, id, "hand,");
    assert_fails(client_named_staff(led, id, &error), ERROR_DENIED);
    assert_ok(client_name_staff(hand, id, stod_id, TRUE, &error));
    assert_ok(client_name_staff(hand, id, session_staff_id(led), TRUE, &error));
    assert_named(hand, id, "hand,led,stod,");
    assert_ok(client_name_staff(led, id, me, FALSE, &error));
    assert_named(led, id, "led,stod,");
    assert_fails(client_named_staff(hand, id, &error), ERROR_DENIED);
    assert_fails(client_name_staff(led, id, session_staff_id(led), FALSE, &error), ERROR_INPUT);
    assert_named(led, id, "led,stod,");
}

static void lists_mark_the_protected(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(Session) stod = fixture_open(fixture, "stod");
    gint64 id = add_protected(fixture->session, "Skyddad Person", NUMBER_WOMAN);
    g_autoptr(GPtrArray) theirs = client_list(stod, "sky", FALSE, NULL, 9, NULL);
    g_autoptr(GPtrArray) own = client_list(fixture->session, "sky", FALSE, NULL, 9, NULL);
    g_autoptr(GError) failed = NULL;
    const ClientRow *row = theirs->pdata[0];

    assert_string_equal(row->name, "Skyddad Person");
    assert_int_equal(row->protection, PROTECTION_MARKED);
    assert_null(row->id_number);
    assert_string_equal(((ClientRow *)own->pdata[0])->id_number, NUMBER_WOMAN);
    ClientRow *glance = client_glance(stod, id, NULL);
    assert_int_equal(glance->protection, PROTECTION_MARKED);
    assert_null(glance->id_number);
    client_row_free(glance);
    /* A number in use does not give the name away either. */
    g_autoptr(Session) led = fixture_open(fixture, "led");
    g_autoptr(Client) client = client_new();
    client->name = g_strdup("Någon");
    client->id_number = g_strdup(NUMBER_WOMAN);
    assert_false(client_add(led, client, &failed));
    assert_true(g_error_matches(failed, DAGSFORM_ERROR, ERROR_EXISTS));
    assert_null(strstr(failed->message, "Skyddad Person"));
}

/* Clients found by `search`, in the list and in its count. */
static int finds(Session *session, const char *search)
{
    gint64 count = -1;
    g_autoptr(GPtrArray) rows = NULL;
    assert_ok((rows = client_list(session, search, FALSE, NULL, 9, &error)));
    assert_ok(client_count(session, search, FALSE, &count, &error));
    assert_int_equal(count, rows->len);
    return (int)rows->len;
}

/* A number that is withheld is not found out digit by digit either. */
static void a_withheld_number_finds_nobody(void **state)
{
    Fixture *fixture = *state;
    Session *hand = fixture->session;
    g_autoptr(Session) stod = fixture_open(fixture, "stod");
    gint64 id = add_protected(hand, "Skyddad Person", NUMBER_WOMAN);
    g_autoptr(Client) card = client_open(hand, id, NULL);
    g_autofree char *year = g_strndup(NUMBER_WOMAN, 4);
    assert_int_equal(finds(hand, NUMBER_WOMAN), 1);
    assert_int_equal(finds(stod, NUMBER_WOMAN), 0);
    assert_int_equal(finds(stod, year), 0);
    assert_int_equal(finds(stod, "skydd"), 1);
    g_free(card->number);
    card->number = g_strdup("B17");
    assert_ok(client_change(hand, card, &error));
    assert_int_equal(finds(stod, "B17"), 1);
    assert_ok(client_name_staff(hand, id, session_staff_id(stod), TRUE, &error));
    assert_int_equal(finds(stod, NUMBER_WOMAN), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNIT_TEST(protected_card_opens_for_the_named_only),
        UNIT_TEST(giving_a_protected_client_away_leaves_somebody),
        UNIT_TEST(the_named_are_listed_by_name),
        UNIT_TEST(lists_mark_the_protected),
        UNIT_TEST(a_withheld_number_finds_nobody),
    };
    return cmocka_run_group_tests_name("care/client_protected", tests, NULL, NULL);
}
