/* Clients: cards, search, and two people at one card. */
#include "tests/unit/care/fixture_client.h"

/* The names found, "a, b". */
static char *found(Session *session, const char *search)
{
    g_autoptr(GPtrArray) rows = NULL;
    g_autoptr(GString) names = g_string_new(NULL);
    gint64 count = -1;

    assert_ok((rows = client_list(session, search, FALSE, NULL, 50, &error)));
    assert_ok(client_count(session, search, FALSE, &count, &error));
    assert_int_equal(count, rows->len);
    for (guint i = 0; i < rows->len; i++)
        g_string_append_printf(names, "%s%s", i ? ", " : "", ((ClientRow *)rows->pdata[i])->name);
    return g_strdup(names->str);
}

static void card_is_read_back(void **state)
{
    Fixture *fixture = *state;
    Session *session = fixture->session;
    g_autoptr(Client) client = client_new();
    gint64 me = session_staff_id(session);

    client->name = g_strdup("  Åsa\tÖberg ");
    client->id_number = g_strdup("990914-2383");
    client->number = g_strdup("K-1001");
    client->phone = g_strdup("070-174 06 05");
    client->email = g_strdup(" ");
    client->address = g_strdup("Gatan 1\n141 00 Huddinge\n");
    client->language = g_strdup("fi");
    client->interpreter = TRUE;
    client->case_officer_id = me;
    assert_ok(client_add(session, client, &error));
    g_autoptr(Client) card = client_open(session, client->id, NULL);
    assert_non_null(card);
    assert_string_equal(card->name, "Åsa Öberg");
    assert_string_equal(card->id_number, NUMBER_WOMAN);
    assert_int_equal(card->id_kind, ID_PERSONNUMMER);
    assert_int_equal(card->birth_date, date_parse("1999-09-14"));
    assert_int_equal(card->sex, SEX_WOMAN);
    assert_null(card->email);
    assert_string_equal(card->address, "Gatan 1\n141 00 Huddinge");
    assert_true(card->interpreter);
    assert_true(card->active);
    assert_int_equal(card->case_officer_id, me);
    assert_int_equal(card->support_worker_id, 0);
    assert_int_equal(card->version, 1);
    assert_int_equal(fixture_int(session, "SELECT count(*) FROM audit WHERE action = 'read'"), 1);
    assert_fails(client_open(session, 4711, &error), ERROR_NOT_FOUND);
}

static void unusable_cards_are_refused(void **state)
{
    static const struct {
        const char *name, *id_number, *language, *birth;
    } rows[] = {
        {"", NULL, NULL, NULL},
        {NULL, NULL, NULL, NULL},
        {"Eva", "19990914-2384", NULL, NULL}, /* check digit */
        {"Eva", "1,99E+11", NULL, NULL},
        {"Eva", NULL, "Finska", NULL},
        {"Eva", NULL, NULL, "2026-11-23"}, /* tomorrow */
    };
    Fixture *fixture = *state;

    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(Client) client = client_new();
        client->name = g_strdup(rows[i].name);
        client->id_number = g_strdup(rows[i].id_number);
        client->language = g_strdup(rows[i].language);
        if (rows[i].birth)
            client->birth_date = date_parse(rows[i].birth);
        assert_fails(client_add(fixture->session, client, &error), ERROR_INPUT);
        assert_int_equal(client->id, 0);
    }
    assert_int_equal(fixture_int(fixture->session, "SELECT count(*) FROM client"), 0);
}

static void duplicate_number_names_who_has_it(void **state)
{
    Fixture *fixture = *state;
    Session *session = fixture->session;
    g_autoptr(GError) failed = NULL;
    g_autoptr(Client) client = client_new();

    add(session, "Åsa Öberg", NUMBER_WOMAN, "K-1001");
    client->name = g_strdup("Någon Annan");
    client->id_number = g_strdup("9909142383");
    assert_false(client_add(session, client, &failed));
    assert_true(g_error_matches(failed, DAGSFORM_ERROR, ERROR_EXISTS));
    assert_non_null(strstr(failed->message, "Åsa Öberg"));
    g_clear_pointer(&client->id_number, g_free);
    client->number = g_strdup("K-1001");
    assert_fails(client_add(session, client, &error), ERROR_EXISTS);
    client->number[5] = '2';
    assert_ok(client_add(session, client, &error));
    g_free(client->number);
    client->number = g_strdup("K-1001");
    assert_fails(client_change(session, client, &error), ERROR_EXISTS);
}

static void clients_are_found(void **state)
{
    static const struct {
        const char *typed, *names;
    } rows[] = {
        {NULL, "Anders Ek, Anna-Lena Svensson, Renée Müller, Åsa Öberg, Örjan Ek"},
        {"", "Anders Ek, Anna-Lena Svensson, Renée Müller, Åsa Öberg, Örjan Ek"},
        {" -", "Anders Ek, Anna-Lena Svensson, Renée Müller, Åsa Öberg, Örjan Ek"},
        {"a", "Anders Ek, Anna-Lena Svensson, Åsa Öberg"},
        {"å", "Åsa Öberg"},
        {"ås", "Åsa Öberg"},
        {"ån", ""},
        {"Ö", "Åsa Öberg, Örjan Ek"},
        {"o", "Åsa Öberg, Örjan Ek"},
        {"asa", "Åsa Öberg"},
        {"obe", "Åsa Öberg"},
        {"obe åsa", "Åsa Öberg"},
        {"e o", "Örjan Ek"},
        {"orjän", ""},
        {"lena", "Anna-Lena Svensson"},
        {"anna-l", "Anna-Lena Svensson"},
        {"sv an", "Anna-Lena Svensson"},
        {"e a", "Anders Ek"},
        {"ek ör", "Örjan Ek"},
        {"ek å", ""},
        {"renee", "Renée Müller"},
        {"mul", "Renée Müller"},
        {"rs", ""},
        {"x", ""},
        {"a n d e r s", ""},
        {"1", ""},
        {"19", "Anders Ek, Åsa Öberg"},
        {"99", "Anders Ek, Åsa Öberg"},
        {"990914", "Åsa Öberg"},
        {"990914-", "Åsa Öberg"},
        {"990914-2383", "Åsa Öberg"},
        {"9909142383", "Åsa Öberg"},
        {"990914 2383", "Åsa Öberg"},
        {"19990914", "Åsa Öberg"},
        {"199909142", "Åsa Öberg"},
        {"19990914-2383", "Åsa Öberg"},
        {"199909142383", "Åsa Öberg"},
        {"990914-2384", ""},
        {"900322+98", "Örjan Ek"},
        {"K-100", "Åsa Öberg"},
        {"k-1001", "Åsa Öberg"},
        {"10", ""},
        {"K1001", ""},
        {"77", "Renée Müller"},
        {"%9", ""},
        {"_9", ""},
        {"9'", ""},
    };
    Fixture *fixture = *state;
    Session *session = fixture->session;

    add(session, "Örjan Ek", NUMBER_OLD, NULL);
    add(session, "Åsa Öberg", NUMBER_WOMAN, "K-1001");
    add(session, "Renée Müller", NULL, "7712");
    add(session, "Anna-Lena Svensson", NULL, NULL);
    add(session, "Anders Ek", NUMBER_OTHER, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *names = found(session, rows[i].typed);
        if (strcmp(names, rows[i].names) != 0)
            fail_msg("\"%s\": %s", rows[i].typed ? rows[i].typed : "(all)", names);
    }
}

static void numbers_are_found_for_a_reader_of_files(void **state)
{
    Fixture *fixture = *state;
    Session *session = fixture->session;
    gint64 eva = add(session, "Eva", NUMBER_WOMAN, "K-1"), bo = add(session, "Bo", NULL, "K-2");
    gint64 id = -1;

    assert_ok(client_find(session, NUMBER_WOMAN, NULL, &id, &error));
    assert_int_equal(id, eva);
    assert_ok(client_find(session, NULL, "K-2", &id, &error));
    assert_int_equal(id, bo);
    assert_ok(client_find(session, NUMBER_WOMAN, "K-2", &id, &error));
    assert_int_equal(id, eva);
    assert_ok(client_find(session, NULL, NULL, &id, &error));
    assert_int_equal(id, 0);
}

/* What windows of `size` give one after the other, "a, b"; no client twice running. */
static char *windowed(Session *session, const char *search, int size)
{
    g_autoptr(GPtrArray) window = NULL;
    g_autoptr(GString) names = g_string_new(NULL);
    gint64 last_id = 0;

    do {
        const ClientRow *after = window ? window->pdata[window->len - 1] : NULL;
        g_autoptr(GPtrArray) next = NULL;
        assert_ok((next = client_list(session, search, FALSE, after, size, &error)));
        for (guint i = 0; i < next->len; i++) {
            const ClientRow *row = next->pdata[i];
            assert_int_not_equal(row->id, last_id);
            last_id = row->id;
            g_string_append_printf(names, "%s%s", names->len ? ", " : "", row->name);
        }
        g_clear_pointer(&window, g_ptr_array_unref);
        window = g_steal_pointer(&next);
    } while (window->len > 0);
    return g_strdup(names->str);
}

/* Windows of every size give each client once, in Swedish order; two have the same name. */
static void windows_follow_swedish_order(void **state)
{
    static const char *const added[] = {"Östen Åker", "Wera Ås", "Zara Åker", "Ärla Ås",
                                        "Vera Ås",    "Wera Ås", "Åke Ås"};
    static const struct {
        const char *search, *names;
    } rows[] = {
        {"", "Vera Ås, Wera Ås, Wera Ås, Zara Åker, Åke Ås, Ärla Ås, Östen Åker"},
        {"å", "Vera Ås, Wera Ås, Wera Ås, Zara Åker, Åke Ås, Ärla Ås, Östen Åker"},
        {"ås", "Vera Ås, Wera Ås, Wera Ås, Åke Ås, Ärla Ås"},
        {"åk", "Zara Åker, Åke Ås, Östen Åker"},
        {"å w", "Wera Ås, Wera Ås"},
    };
    Fixture *fixture = *state;
    Session *session = fixture->session;

    for (guint i = 0; i < G_N_ELEMENTS(added); i++)
        add(session, added[i], NULL, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        for (int size = 1; size <= 8; size++) {
            g_autofree char *names = windowed(session, rows[i].search, size);
            assert_string_equal(names, rows[i].names);
        }
    }
}

/* C8: in the database as in base/text.h; a number of a region as it stands on a paper. */
static void names_are_found_as_others_write_them(void **state)
{
    static const struct {
        const char *name, *number, *typed[4];
    } rows[] = {
        {"Pat O'Brien", NULL, {"obrien", "o'brien", "brien pat", "o"}},
        {"Gina D’Angelo", NULL, {"Dangelo", "d'a", "angelo"}},
        {"Sara-Lena Ek", NULL, {"saralena", "sara-lena", "lena ek"}},
        {"Ŋulle Wu", NULL, {"nulle", "n", "ŋ"}},
        {"Kim Ærlig", NULL, {"aerlig", "arlig", "Ærlig"}},
        {"کامران یوسفی", NULL, {"كامران", "يوسفي", "ک", "یوسفی"}},
        {"Siv Borg", "561110-K064", {"561110K064", "561110-k064", "19561110k064", "561110-k"}},
        {"Åke Hed", "991981000010", {"991981000010", "99198100-0010", "991981"}},
    };
    Fixture *fixture = *state;
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
        add(fixture->session, rows[i].name, rows[i].number, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
        for (guint at = 0; at < 4 && rows[i].typed[at]; at++) {
            g_autofree char *names = found(fixture->session, rows[i].typed[at]);
            if (strcmp(names, rows[i].name) != 0)
                fail_msg("%s finds “%s”", rows[i].typed[at], names);
        }
}

/* A search is counted no further than anybody would read. */
static void many_found_are_not_counted_to_the_end(void **state)
{
    static const char *const searches[] = {"a", "an", "an b", "20"};
    Fixture *fixture = *state;
    Session *session = fixture->session;
    gint64 count = 0;

    for (int i = 0; i < CLIENTS_COUNTED + 20; i++) {
        g_autofree char *number = g_strdup_printf("20-%d", i);
        add(session, "Anna Bo", NULL, number);
        if (i + 1 != CLIENTS_COUNTED)
            continue;
        for (guint at = 0; at < G_N_ELEMENTS(searches); at++) {
            assert_ok(client_count(session, searches[at], FALSE, &count, &error));
            assert_int_equal(count, CLIENTS_COUNTED);
        }
    }
    for (guint at = 0; at < G_N_ELEMENTS(searches); at++) {
        assert_ok(client_count(session, searches[at], FALSE, &count, &error));
        assert_int_equal(count, CLIENTS_COUNTED + 1);
        assert_ok(client_count(session, searches[at], TRUE, &count, &error));
        assert_int_equal(count, 0);
    }
    assert_ok(client_count(session, "", FALSE, &count, &error));
    assert_int_equal(count, CLIENTS_COUNTED + 20);
}

static void mine_are_those_assigned_to_me(void **state)
{
    static const struct {
        const char *typed;
        gint64 mine;
    } searches[] = {{"", 1}, {"m", 1}, {"min", 1}, {"a", 0}, {"annan", 0}, {"m-", 1}, {"M-1", 1}};
    Fixture *fixture = *state;
    g_autoptr(Session) stod = fixture_open(fixture, "stod");
    g_autoptr(Client) client = client_new();
    g_autoptr(GPtrArray) rows = NULL;
    gint64 count = 0;

    add(fixture->session, "Annan", NULL, "M-12");
    client->name = g_strdup("Min");
    client->number = g_strdup("M-11");
    client->support_worker_id = session_staff_id(stod);
    assert_ok(client_add(fixture->session, client, &error));
    assert_ok((rows = client_list(stod, NULL, TRUE, NULL, 50, &error)));
    assert_int_equal(rows->len, 1);
    assert_string_equal(((ClientRow *)rows->pdata[0])->name, "Min");
    assert_string_equal(((ClientRow *)rows->pdata[0])->support_worker, "stod");
    for (guint i = 0; i < G_N_ELEMENTS(searches); i++) {
        g_autoptr(GPtrArray) own = NULL;
        assert_ok(client_count(stod, searches[i].typed, TRUE, &count, &error));
        assert_ok((own = client_list(stod, searches[i].typed, TRUE, NULL, 50, &error)));
        assert_int_equal(count, searches[i].mine);
        assert_int_equal(own->len, searches[i].mine);
    }
}

static void change_keeps_words_and_earlier_values(void **state)
{
    Fixture *fixture = *state;
    Session *session = fixture->session;
    gint64 id = add(session, "Eva Ek", NULL, NULL);
    g_autoptr(Client) card = client_open(session, id, NULL);
    g_autofree char *changes = NULL;

    g_free(card->name);
    card->name = g_strdup("Eva Björk");
    card->phone = g_strdup("08-465 004 00");
    assert_ok(client_change(session, card, &error));
    assert_int_equal(card->version, 2);
    g_autofree char *old = found(session, "ek"), *fresh = found(session, "björk");
    g_autofree char *typed = found(session, "bjork");
    assert_string_equal(old, "");
    assert_string_equal(fresh, "Eva Björk");
    assert_string_equal(typed, "Eva Björk");
    assert_ok(db_get_text(session_db(session),
                          "SELECT changes, node, seq FROM audit WHERE action = 'change' AND entity = 'client'",
                          NULL, &changes, &error));
    assert_string_equal(changes,
                        "{\"name\":[\"Eva Ek\",\"Eva Björk\"],\"phone\":[null,\"08-465 004 00\"]}");
    /* Saving the same once more changes nothing. */
    assert_ok(client_change(session, card, &error));
    assert_int_equal(card->version, 2);
    g_autoptr(GPtrArray) history = client_history(session, id, 10, NULL);
    assert_int_equal(history->len, 3);
    assert_string_equal(((ClientEvent *)history->pdata[0])->what, "name, telephone");
    assert_string_equal(((ClientEvent *)history->pdata[0])->who, "hand");
    assert_null(((ClientEvent *)history->pdata[1])->what);
    assert_int_equal(fixture_faults(session, NULL), 0);
}

static void slower_change_is_told_who_was_faster(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(Session) other = fixture_open(fixture, "led");
    gint64 id = add(fixture->session, "Eva Ek", NULL, NULL);
    g_autoptr(Client) mine = client_open(fixture->session, id, NULL);
    g_autoptr(Client) theirs = client_open(other, id, NULL);
    g_autoptr(GError) failed = NULL;

    theirs->phone = g_strdup("08-465 004 01");
    mine->phone = g_strdup("08-465 004 02");
    assert_ok(client_change(other, theirs, &error));
    assert_false(client_change(fixture->session, mine, &failed));
    assert_true(g_error_matches(failed, DAGSFORM_ERROR, ERROR_CONFLICT));
    assert_non_null(strstr(failed->message, "led"));
    g_autoptr(Client) now = client_open(fixture->session, id, NULL);
    assert_string_equal(now->phone, "08-465 004 01");
}

static void roles_limit_what_is_done(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(Session) stod = fixture_open(fixture, "stod");
    g_autoptr(Session) admin = fixture_open(fixture, "grundare");
    g_autoptr(Client) client = client_new();
    gint64 id = add(fixture->session, "Eva Ek", NULL, NULL);

    client->name = g_strdup("Bo Ek");
    assert_fails(client_add(stod, client, &error), ERROR_DENIED);
    g_autoptr(Client) card = client_open(stod, id, NULL);
    assert_fails(client_change(stod, card, &error), ERROR_DENIED);
    assert_fails(client_list(admin, NULL, FALSE, NULL, 9, &error), ERROR_DENIED);
    assert_fails(client_glance(admin, id, &error), ERROR_DENIED);
    assert_fails(client_open(admin, id, &error), ERROR_DENIED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNIT_TEST(card_is_read_back),
        UNIT_TEST(unusable_cards_are_refused),
        UNIT_TEST(duplicate_number_names_who_has_it),
        UNIT_TEST(clients_are_found),
        UNIT_TEST(numbers_are_found_for_a_reader_of_files),
        UNIT_TEST(windows_follow_swedish_order),
        UNIT_TEST(names_are_found_as_others_write_them),
        UNIT_TEST(many_found_are_not_counted_to_the_end),
        UNIT_TEST(mine_are_those_assigned_to_me),
        UNIT_TEST(change_keeps_words_and_earlier_values),
        UNIT_TEST(slower_change_is_told_who_was_faster),
        UNIT_TEST(roles_limit_what_is_done),
    };
    return cmocka_run_group_tests_name("care/client", tests, NULL, NULL);
}
