/* The unit's clients in memory: what another program changes, and what is taken back, is seen. */
#include "care/client/cards.h"

#include "base/text.h"
#include "care/client/client_merge.h"
#include "care/client/client_named.h"
#include "care/unit/id_page.h"
#include "care/unit/session_private.h"
#include "tests/unit/care/fixture_visit.h"

static guint found(Session *session, const char *typed)
{
    g_autoptr(GPtrArray) rows = NULL;
    gint64 count = -1;
    assert_ok((rows = client_list(session, typed, FALSE, NULL, 50, &error)));
    assert_ok(client_count(session, typed, FALSE, &count, &error));
    assert_int_equal(rows->len, count);
    return rows->len;
}

static void rename_client(Session *session, gint64 id, const char *name)
{
    g_autoptr(Client) client = NULL;
    assert_ok((client = client_open(session, id, &error)));
    g_free(client->name);
    client->name = g_strdup(name);
    assert_ok(client_change(session, client, &error));
}

static void what_another_program_changes_is_seen(void **state)
{
    Visits *visits = *state;
    g_autoptr(Session) other = fixture_open(&visits->unit, "grundare");
    assert_int_equal(found(visits->session, "emil"), 1);
    assert_int_equal(found(other, "emil"), 1);
    rename_client(other, visits->client, "Örjan Ärlig");
    assert_int_equal(found(visits->session, "emil"), 0);
    assert_int_equal(found(visits->session, "orjan"), 1);
    assert_int_equal(found(other, "örjan"), 1);
    /* Also by one who had not read what the other changed. */
    rename_client(other, visits->client, "Åsa Ärlig");
    rename_client(visits->session, visits->other, "Ali Essen");
    assert_int_equal(found(visits->session, "åsa"), 1);
    assert_int_equal(found(visits->session, "yusuf"), 0);
    assert_int_equal(found(other, "ali"), 1);
    add_client(other, "Zoran Ek", PROTECTION_NONE);
    assert_int_equal(found(visits->session, "zor"), 1);
}

/* Past the program: whoever reads the card anew sees it, and nobody else. */
static void rename_unseen(Session *session, gint64 id, const char *name)
{
    assert_ok(db_run(session_db(session), "UPDATE client SET name = :name WHERE id = :id",
                     DB_PARAMS(DB_INT("id", id), DB_TEXT("name", name)), &error));
}

/* Of a colleague's changes only those cards are read that were changed, while they are few. */
static void what_was_not_changed_is_not_read_again(void **state)
{
    Visits *visits = *state;
    Session *session = visits->session;
    g_autoptr(Session) other = fixture_open(&visits->unit, "grundare");
    /* The first change of all says nothing of those before it. */
    rename_client(other, visits->client, "Örjan Ärlig");
    assert_int_equal(found(session, "orjan"), 1);
    assert_int_equal(found(other, "orjan"), 1);
    rename_unseen(other, visits->other, "Zeta Essen");
    rename_client(other, visits->client, "Åsa Ärlig");
    const gint64 ek = add_client(other, "Yngve Ek", PROTECTION_NONE);
    assert_int_equal(found(session, "åsa"), 1);
    assert_int_equal(found(session, "yngve"), 1);
    assert_int_equal(found(session, "zeta"), 0);
    /* Also by one who changes a card then, and had not seen it. */
    rename_client(other, visits->client, "Bo Ärlig");
    rename_client(session, ek, "Östen Ek");
    assert_int_equal(found(session, "bo"), 1);
    assert_int_equal(found(other, "östen"), 1);
    assert_int_equal(found(session, "zeta"), 0);
    assert_int_equal(found(other, "zeta"), 0);
    /* What several cards say is read whole, */
    fixture_cards_changed(other);
    assert_int_equal(found(session, "zeta"), 1);
    /* and so are more changes than are noted. */
    rename_unseen(other, visits->other, "Yusuf Essen");
    for (int i = 0; i < 40; i++)
        rename_client(other, ek, i % 2 == 0 ? "Ove Ek" : "Uno Ek");
    assert_int_equal(found(session, "zeta"), 0);
    assert_int_equal(found(session, "uno"), 1);
}

/* As a reading of all of them has it, whoever changed what and took it back. */
static void assert_as_read_whole(Session *session, Session *fresh)
{
    const Cards *have = NULL, *wanted = NULL;
    if (fresh->cards != NULL)
        fresh->free_cards(g_steal_pointer(&fresh->cards));
    assert_ok((have = cards_of(session, &error)));
    assert_ok((wanted = cards_of(fresh, &error)));
    assert_int_equal(cards_count(have), cards_count(wanted));
    for (guint i = 0; i < cards_count(wanted); i++) {
        assert_int_equal(card_id(cards_at(have, i)), card_id(cards_at(wanted, i)));
        assert_string_equal(card_name(cards_at(have, i)), card_name(cards_at(wanted, i)));
        assert_int_equal(card_merged_into(cards_at(have, i)), card_merged_into(cards_at(wanted, i)));
    }
}

static void do_one(Session *session, const gint64 *clients, gint64 *merge, GRand *chance)
{
    static const char *const names[] = {"Östen Ek", "Åsa Berg", "Ali Noor", "Emil Ärlig"};
    const int what = g_rand_int_range(chance, 0, 20);
    const char *name = names[g_rand_int_range(chance, 0, G_N_ELEMENTS(names))];
    g_autoptr(DbTransaction) tx = NULL;
    assert_ok((tx = db_transaction(session_db(session), &error)));
    if (what == 0)
        add_client(session, name, PROTECTION_NONE);
    else if (what == 1 && *merge == 0)
        assert_ok(client_merge(session, clients[0], clients[1], 0, merge, &error));
    else if (what == 2 && *merge != 0) {
        assert_ok(client_merge_undo(session, *merge, NULL, &error));
        *merge = 0;
    } else
        rename_client(session, clients[g_rand_int_range(chance, 2, 6)], name);
    if (what <= 2 || g_rand_int_range(chance, 0, 4) > 0)
        assert_ok(db_transaction_commit(tx, &error));
    else if (g_rand_boolean(chance))
        assert_ok(cards_of(session, &error)); /* and takes it back */
}

static void they_are_as_if_read_whole(void **state)
{
    Visits *visits = *state;
    g_autoptr(GRand) chance = g_rand_new_with_seed(1717);
    g_autoptr(Session) two = fixture_open(&visits->unit, "grundare");
    g_autoptr(Session) fresh = fixture_open(&visits->unit, "grundare");
    Session *all[] = {visits->session, two};
    gint64 clients[6], merge = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(clients); i++)
        clients[i] = add_client(visits->session, "Siv Ek", PROTECTION_NONE);
    for (int round = 0; round < 300; round++) {
        do_one(all[g_rand_int_range(chance, 0, 2)], clients, &merge, chance);
        if (g_rand_int_range(chance, 0, 3) == 0)
            assert_as_read_whole(all[g_rand_int_range(chance, 0, 2)], fresh);
    }
}

static gboolean add_ek(Session *session)
{
    g_autoptr(Client) client = client_new();
    client->name = g_strdup("Zoran Ek");
    client->number = g_strdup("B77");
    return client_add_known(session, client, NULL);
}

static gint64 of_number(Session *session)
{
    gint64 id = -1;
    assert_ok(client_find(session, NULL, "B77", &id, &error));
    return id;
}

static void what_is_rolled_back_is_taken_back(void **state)
{
    Visits *visits = *state;
    Session *session = visits->session;
    assert_int_equal(found(session, "zoran"), 0);
    {
        g_autoptr(DbTransaction) tx = NULL;
        assert_ok((tx = db_transaction(session_db(session), &error)));
        assert_true(add_ek(session));
        assert_int_equal(found(session, "zoran"), 1);
        assert_true(of_number(session) > 0);
    }
    assert_int_equal(found(session, "zoran"), 0);
    assert_int_equal(of_number(session), 0);
    {
        g_autoptr(DbTransaction) tx = NULL;
        assert_ok((tx = db_transaction(session_db(session), &error)));
        {
            g_autoptr(DbTransaction) inner = NULL;
            assert_ok((inner = db_transaction(session_db(session), &error)));
            assert_true(add_ek(session));
        }
        assert_int_equal(of_number(session), 0);
        assert_ok(db_transaction_commit(tx, &error));
    }
    assert_int_equal(of_number(session), 0);
    /* Another's change then is not taken for one's own that is gone. */
    g_autoptr(Session) other = fixture_open(&visits->unit, "grundare");
    rename_client(other, visits->other, "Zoran Essen");
    assert_int_equal(found(session, "zoran"), 1);
}

/* Whoever has read them in the same transaction need not ask again; but what was taken back of it
 * is seen. */
static void what_a_savepoint_takes_back_is_seen(void **state)
{
    Visits *visits = *state;
    Session *session = visits->session;
    g_autoptr(DbTransaction) tx = NULL;
    assert_ok((tx = db_transaction(session_db(session), &error)));
    assert_int_equal(of_number(session), 0);
    assert_true(add_ek(session));
    const gint64 ek = of_number(session);
    assert_true(ek > 0);
    {
        g_autoptr(DbTransaction) inner = NULL;
        assert_ok((inner = db_transaction(session_db(session), &error)));
        rename_client(session, ek, "Zelda Ek");
        assert_int_equal(found(session, "zelda"), 1);
    }
    assert_int_equal(found(session, "zelda"), 0);
    assert_int_equal(found(session, "zoran"), 1);
    {
        g_autoptr(DbTransaction) inner = NULL;
        assert_ok((inner = db_transaction(session_db(session), &error)));
        rename_client(session, ek, "Zelda Ek");
    }
    assert_int_equal(found(session, "zelda"), 0);
    assert_ok(db_transaction_commit(tx, &error));
    g_autoptr(Session) other = fixture_open(&visits->unit, "grundare");
    assert_int_equal(found(other, "zoran"), 1);
}

/* A card that was just added is as one that was read. */
static void who_was_added_is_as_if_read(void **state)
{
    Visits *visits = *state;
    Session *session = visits->session;
    g_autoptr(Client) client = client_new();
    client->name = g_strdup("Östen Ek-Åberg");
    client->id_number = g_strdup("19121212-1212");
    client->id_kind = ID_PERSONNUMMER;
    client->support_worker_id = session_staff_id(session);
    assert_int_equal(found(session, "osten"), 0);
    assert_ok(client_add(session, client, &error));
    g_autoptr(Session) other = fixture_open(&visits->unit, "grundare");
    const Cards *own = NULL, *read = NULL;
    assert_ok((own = cards_of(session, &error)) && (read = cards_of(other, &error)));
    const Card *a = cards_find(own, client->id), *b = cards_find(read, client->id);
    assert_true(a != NULL && b != NULL);
    assert_string_equal(card_name(a), card_name(b));
    assert_null(card_number(a));
    assert_string_equal(card_id_number(a), card_id_number(b));
    assert_int_equal(card_id_kind(a), card_id_kind(b));
    assert_int_equal(card_birth_date(a), card_birth_date(b));
    assert_int_equal(card_sex(a), card_sex(b));
    assert_int_equal(card_is_active(a), card_is_active(b));
    assert_int_equal(card_is_protected(a), card_is_protected(b));
    assert_true(card_is_assigned_to(a, client->support_worker_id));
    assert_true(card_are_alike(a, b));
    for (guint i = 0; i < cards_count(own); i++)
        assert_int_equal(card_id(cards_at(own, i)), card_id(cards_at(read, i)));
}

/* More than a page of them, added by one who has read them: each is put where it belongs. */
static void many_stand_in_order(void **state)
{
    Visits *visits = *state;
    Session *session = visits->session;
    enum { MANY = 2 * ID_PAGE + 10 };
    g_autoptr(GPtrArray) rows = NULL, next = NULL;
    assert_int_equal(found(session, ""), 3);
    for (int i = 0; i < MANY; i++) {
        g_autofree char *name = g_strdup_printf("Test %c%c", 'z' - i % 26, 'a' + i / 26);
        add_client(session, name, i % 7 == 0 ? PROTECTION_MARKED : PROTECTION_NONE);
        if (i % 9 == 0)
            assert_true(found(session, name) > 0);
    }
    assert_ok((rows = client_list(session, "", FALSE, NULL, 1000, &error)));
    assert_int_equal(rows->len, MANY + 3);
    session_close(visits->session);
    visits->session = visits->unit.session = session = fixture_open(&visits->unit, "grundare");
    assert_ok((next = client_list(session, "", FALSE, NULL, 1000, &error)));
    assert_int_equal(next->len, rows->len);
    for (guint i = 0; i < rows->len; i++) {
        const ClientRow *one = rows->pdata[i], *same = next->pdata[i];
        assert_int_equal(one->id, same->id);
        assert_string_equal(one->name, same->name);
        assert_true(i == 0 ||
                    text_collate(((ClientRow *)rows->pdata[i - 1])->name, one->name) <= 0);
    }
}

/* A card is found by its place in memory and by nothing that it said before. */
static void a_card_says_what_it_says_now(void **state)
{
    Visits *visits = *state;
    const Cards *cards = NULL;
    assert_ok((cards = cards_of(visits->session, &error)));
    const guint count = cards_count(cards);
    rename_client(visits->session, visits->client, "Östen Ärlig");
    assert_ok((cards = cards_of(visits->session, &error)));
    assert_int_equal(cards_count(cards), count);
    const Card *card = cards_find(cards, visits->client);
    assert_string_equal(card_name(card), "Östen Ärlig");
    assert_true(card_is_begun(card, "osten") && card_is_begun(card, "oe"));
    assert_false(card_is_begun(card, "emil"));
    assert_ptr_equal(cards_at(cards, count - 1), card);
    assert_true(cards_compare(cards, visits->client, visits->other) > 0);
    assert_true(cards_compare(cards, visits->client, 99) < 0);
    assert_null(cards_find(cards, 99));
}

/* Where a server keeps the unit, a card that one may open from now on was not among those that were read. */
static void who_is_named_reads_the_cards_anew(void **state)
{
    Visits *visits = *state;
    g_autofree char *before = db_meta_get(session_db(visits->session), "cards", NULL);
    assert_ok(client_name_staff(visits->session, visits->hidden, visits->staff, TRUE, &error));
    g_autofree char *after = db_meta_get(session_db(visits->session), "cards", NULL);
    assert_string_not_equal(before, after);
    assert_int_equal(found(visits->session, "siv"), 1);
}

static gint64 unnumbered(Session *session, const char *name)
{
    gint64 id = -1;
    assert_ok(client_find_unnumbered(session, name, date_parse("1999-09-14"), &id, &error));
    return id;
}

/* By name and day; also when the card has been merged into another, unless it had a number there. */
static void who_has_no_number_is_found_by_name_and_day(void **state)
{
    Visits *visits = *state;
    Session *session = visits->session;
    gint64 merge = 0;
    assert_int_equal(unnumbered(session, "Emil Ärlig"), visits->client);
    assert_int_equal(unnumbered(session, "emil ärlig"), 0);
    const gint64 younger = add_client(session, "Emil Ärlig", PROTECTION_NONE);
    assert_int_equal(unnumbered(session, "Emil Ärlig"), visits->client);
    assert_ok(client_merge(session, visits->other, visits->client, 0, &merge, &error));
    assert_int_equal(unnumbered(session, "Emil Ärlig"), visits->other);
    assert_ok(client_merge_undo(session, merge, NULL, &error));
    g_autoptr(Client) numbered = NULL;
    assert_ok((numbered = client_open(session, visits->client, &error)));
    numbered->number = g_strdup("B12");
    assert_ok(client_change(session, numbered, &error));
    assert_int_equal(unnumbered(session, "Emil Ärlig"), younger);
    assert_ok(client_merge(session, visits->other, visits->client, 0, &merge, &error));
    assert_int_equal(unnumbered(session, "Emil Ärlig"), younger);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VISIT_TEST(what_another_program_changes_is_seen),
        VISIT_TEST(what_was_not_changed_is_not_read_again),
        VISIT_TEST(they_are_as_if_read_whole),
        VISIT_TEST(what_is_rolled_back_is_taken_back),
        VISIT_TEST(what_a_savepoint_takes_back_is_seen),
        VISIT_TEST(who_was_added_is_as_if_read),
        VISIT_TEST(many_stand_in_order),
        VISIT_TEST(a_card_says_what_it_says_now),
        VISIT_TEST(who_is_named_reads_the_cards_anew),
        VISIT_TEST(who_has_no_number_is_found_by_name_and_day),
    };
    return cmocka_run_group_tests_name("care/cards", tests, NULL, NULL);
}
