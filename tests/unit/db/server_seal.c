/* server_seal.c: what is sealed opens in its place, with its key, as it was; and nowhere else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/i18n.h"
#include "db/server/server_sealed.h"
#include "db/server/server_unseal.h"

#define NAME "client.name:7"
#define NUMBER "client.number:7"
#define LONG (100 * 1000)

static SealKeys *keys, *others;

static SealKeys *keys_of(guint8 byte)
{
    g_autoptr(Secret) key = secret_new(DB_KEY_BYTES);

    memset(key->bytes, byte, key->length);
    return seal_keys_new(key);
}

static int setup(void **state)
{
    (void)state;
    i18n_init("en");
    if (!secret_init(NULL))
        return -1;
    keys = keys_of(1);
    others = keys_of(2);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    seal_keys_free(keys);
    seal_keys_free(others);
    seal_keys_free(NULL);
    return 0;
}

static void opens(const char *place, const char *column, const char *value)
{
    g_autofree char *sealed = seal_value(keys, place, column, value);
    g_autofree char *opened = seal_open(keys, place, column, sealed);

    assert_int_equal(*sealed, SEAL_SIGN);
    assert_non_null(opened);
    assert_string_equal(opened, value);
}

static void is_refused(const SealKeys *with, const char *place, const char *column,
                       const char *sealed)
{
    g_autofree char *opened = seal_open(with, place, column, sealed);

    assert_null(opened);
}

static void every_text_comes_back(void **state)
{
    g_autofree char *much = g_strnfill(LONG, 'x');
    static const char *const texts[] = {"",
                                        "a",
                                        "Åsa Öberg",
                                        "å",
                                        "ja",
                                        "nej",
                                        "~",
                                        "två\nrader",
                                        "31 letters are one less than it",
                                        "32 letters, as many as a block is"};

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        opens(NAME, NULL, texts[i]);
        opens(NUMBER, "client.number", texts[i]);
    }
    opens(NAME, NULL, much);
    opens(NUMBER, "client.number", much);
}

/* An empty text tells nothing, and is asked for by the program. */
static void an_empty_text_is_left_as_it_is(void **state)
{
    const SealedTable *client = sealed_table("client");
    const char *const row[] = {"7"};
    g_autofree char *none = server_seal_with(keys, client, sealed_column(client, "name"), row, "");
    g_autofree char *some = server_seal_with(keys, client, sealed_column(client, "name"), row, "å");

    (void)state;
    assert_string_equal(none, "");
    assert_int_equal(*some, SEAL_SIGN);
}

static void it_opens_in_its_place_alone(void **state)
{
    g_autofree char *sealed = seal_value(keys, NAME, NULL, "Åsa");
    static const char *const elsewhere[] = {
        "client.name:8", "client.name:77", "client.name:", "client.phone:7", "staff.name:7", ""};

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(elsewhere); i++)
        is_refused(keys, elsewhere[i], NULL, sealed);
    is_refused(others, NAME, NULL, sealed);
    is_refused(keys, NAME, "client.number", sealed);
}

/* Of three tables' places as the program itself writes them. */
static void no_two_places_are_alike(void **state)
{
    const SealedTable *answer = sealed_table("answer"), *visit = sealed_table("visit");
    const char *const rows[][3] = {
        {"1", "2", "3"}, {"12", "3", ""}, {"1", "23", ""}, {"1", "", "23"}, {"", "12", "3"}};
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        assert_true(g_hash_table_add(
            seen, server_seal_with(keys, answer, sealed_column(answer, "value"), rows[i], "x")));
        assert_true(g_hash_table_add(
            seen, server_seal_with(keys, answer, sealed_column(answer, "note"), rows[i], "x")));
    }
    assert_true(g_hash_table_add(
        seen, server_seal_with(keys, visit, sealed_column(visit, "note"), rows[0], "x")));
}

static void not_a_bit_may_be_changed(void **state)
{
    g_autofree char *sealed = seal_value(keys, NAME, NULL, "Åsa");
    g_autofree char *keyed = seal_value(keys, NUMBER, "client.number", "12-345");

    (void)state;
    for (gsize i = 0; i < strlen(sealed); i++)
        for (int bit = 0; bit < 8; bit++) {
            sealed[i] = (char)(sealed[i] ^ 1 << bit);
            is_refused(keys, NAME, NULL, sealed);
            sealed[i] = (char)(sealed[i] ^ 1 << bit);
        }
    /* Nor of the beginning that tells like from like. */
    for (gsize i = 0; i < strlen(keyed); i++) {
        keyed[i] = (char)(keyed[i] ^ 1);
        is_refused(keys, NUMBER, "client.number", keyed);
        keyed[i] = (char)(keyed[i] ^ 1);
    }
    opens(NAME, NULL, "Åsa");
}

static void what_is_cut_short_or_longer_is_refused(void **state)
{
    g_autofree char *sealed = seal_value(keys, NAME, NULL, "Åsa");
    g_autofree char *longer = g_strconcat(sealed, "AAAA", NULL);

    (void)state;
    is_refused(keys, NAME, NULL, longer);
    is_refused(keys, NAME, NULL, "Åsa");
    for (gsize length = strlen(sealed); length-- > 0;) {
        sealed[length] = '\0';
        is_refused(keys, NAME, NULL, sealed);
        is_refused(keys, NUMBER, "client.number", sealed);
    }
}

static void the_same_in_the_same_place_is_sealed_alike(void **state)
{
    g_autofree char *one = seal_value(keys, NAME, NULL, "Åsa");
    g_autofree char *again = seal_value(keys, NAME, NULL, "Åsa");
    g_autofree char *elsewhere = seal_value(keys, "client.name:8", NULL, "Åsa");
    g_autofree char *other = seal_value(keys, NAME, NULL, "Asa");
    g_autofree char *by_other = seal_value(others, NAME, NULL, "Åsa");

    (void)state;
    assert_string_equal(one, again);
    assert_string_not_equal(one, elsewhere);
    assert_string_not_equal(one, other);
    assert_string_not_equal(one, by_other);
    /* Nor do they begin alike. */
    assert_int_not_equal(strncmp(one, elsewhere, SEAL_KEYED_LETTERS), 0);
    assert_int_not_equal(strncmp(one, other, SEAL_KEYED_LETTERS), 0);
}

static void what_is_keyed_begins_alike_where_it_is_the_same(void **state)
{
    g_autofree char *one = seal_value(keys, NUMBER, "client.number", "12-345");
    g_autofree char *same = seal_value(keys, "client.number:8", "client.number", "12-345");
    g_autofree char *other = seal_value(keys, "client.number:8", "client.number", "12-346");
    g_autofree char *column = seal_value(keys, "client.id_number:7", "client.id_number", "12-345");
    g_autofree char *by_other = seal_value(others, NUMBER, "client.number", "12-345");

    (void)state;
    assert_int_equal(strncmp(one, same, SEAL_KEYED_LETTERS), 0);
    assert_string_not_equal(one, same);
    assert_int_not_equal(strncmp(one, other, SEAL_KEYED_LETTERS), 0);
    assert_int_not_equal(strncmp(one, column, SEAL_KEYED_LETTERS), 0);
    assert_int_not_equal(strncmp(one, by_other, SEAL_KEYED_LETTERS), 0);
}

static gsize sealed_length(const char *value)
{
    g_autofree char *sealed = seal_value(keys, NAME, NULL, value);

    return strlen(sealed);
}

static void a_yes_is_as_long_as_a_no(void **state)
{
    g_autofree char *just = g_strnfill(SEAL_BLOCK - 1, 'x');
    g_autofree char *more = g_strnfill(SEAL_BLOCK, 'x');

    (void)state;
    assert_int_equal(sealed_length("ja"), sealed_length("nej"));
    assert_int_equal(sealed_length(""), sealed_length(just));
    assert_true(sealed_length(just) < sealed_length(more));
}

static void a_mark_tells_keys_apart(void **state)
{
    g_autofree char *one = seal_mark(keys);
    g_autofree char *again = seal_mark(keys);
    g_autofree char *other = seal_mark(others);

    (void)state;
    assert_string_equal(one, again);
    assert_string_not_equal(one, other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_text_comes_back),
        cmocka_unit_test(an_empty_text_is_left_as_it_is),
        cmocka_unit_test(it_opens_in_its_place_alone),
        cmocka_unit_test(no_two_places_are_alike),
        cmocka_unit_test(not_a_bit_may_be_changed),
        cmocka_unit_test(what_is_cut_short_or_longer_is_refused),
        cmocka_unit_test(the_same_in_the_same_place_is_sealed_alike),
        cmocka_unit_test(what_is_keyed_begins_alike_where_it_is_the_same),
        cmocka_unit_test(a_yes_is_as_long_as_a_no),
        cmocka_unit_test(a_mark_tells_keys_apart),
    };

    return cmocka_run_group_tests_name("db/server_seal", tests, setup, teardown);
}
