/* The key file's bytes: one way to write them, and nothing else is read. */
#include "vault/vault_file.h"

#include "vault/vault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define USERS 3
#define AT_FORMAT 8
#define AT_GENERATION (AT_FORMAT + 4 + 16)
#define AT_KEYS (AT_GENERATION + 8)
#define AT_USERS (AT_KEYS + 1)

static Secret *mac_key;

static void fill(guint8 *bytes, gsize length, guint8 seed)
{
    for (gsize i = 0; i < length; i++)
        bytes[i] = (guint8)(seed + i * 7);
}

static VaultSlot make_slot(VaultSlotType type, guint8 seed)
{
    VaultSlot slot = {.type = type};

    if (type == VAULT_SLOT_USER) {
        fill(slot.login_hash, sizeof slot.login_hash, seed);
        fill(slot.salt, sizeof slot.salt, seed);
        slot.cost = (VaultCost){3, 256 << 20};
    }
    fill(slot.public_half, sizeof slot.public_half, seed);
    fill(slot.nonce, sizeof slot.nonce, seed);
    fill(slot.sealed_half, sizeof slot.sealed_half, seed);
    fill(slot.sealed_keys, sizeof slot.sealed_keys, seed);
    return slot;
}

static VaultFile *make_file(guint keys)
{
    VaultFile *file = vault_file_new();

    fill(file->database_id, sizeof file->database_id, 9);
    file->generation = G_GUINT64_CONSTANT(0x0102030405060708);
    file->key_count = keys;
    for (guint8 i = 0; i < USERS; i++) {
        VaultSlot slot = make_slot(VAULT_SLOT_USER, (guint8)(10 * i + 1));
        g_array_append_val(file->users, slot);
    }
    file->recovery = make_slot(VAULT_SLOT_RECOVERY, 100);
    return file;
}

static VaultFile *parse(GBytes *bytes, GError **error)
{
    gsize length;
    const guint8 *data = g_bytes_get_data(bytes, &length);

    return vault_file_parse(data, length, error);
}

/* The fault of `file` as it is written; -1 for none. */
static int fault_of(const VaultFile *file)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = vault_file_serialise(file, mac_key);
    g_autoptr(VaultFile) read = parse(bytes, &error);

    return read ? -1 : error->code;
}

/* The same for bytes whose checksum is made to fit. */
static int fault_of_bytes(guint8 *bytes, gsize length)
{
    g_autoptr(GError) error = NULL;

    crypto_generichash(bytes + length - VAULT_CHECKSUM_BYTES, VAULT_CHECKSUM_BYTES, bytes,
                       length - VAULT_CHECKSUM_BYTES, NULL, 0);
    g_autoptr(VaultFile) read = vault_file_parse(bytes, length, &error);
    return read ? -1 : error->code;
}

static void reads_what_it_writes(void **state)
{
    (void)state;
    for (guint keys = 1; keys <= 2; keys++) {
        g_autoptr(VaultFile) file = make_file(keys);
        g_autoptr(GBytes) bytes = vault_file_serialise(file, mac_key);
        g_autoptr(VaultFile) read = parse(bytes, NULL);

        assert_non_null(read);
        assert_int_equal(read->generation, file->generation);
        assert_int_equal(read->key_count, keys);
        assert_int_equal(read->users->len, USERS);
        g_autoptr(GBytes) again = vault_file_serialise(read, mac_key);
        assert_true(g_bytes_equal(bytes, again));
        assert_true(
            vault_file_mac_fits(g_bytes_get_data(again, NULL), g_bytes_get_size(again), mac_key));
    }
}

static void refuses_any_other_length(void **state)
{
    g_autoptr(VaultFile) file = make_file(1);
    g_autoptr(GBytes) bytes = vault_file_serialise(file, mac_key);
    gsize length = g_bytes_get_size(bytes);

    (void)state;
    for (gsize cut = 0; cut < length; cut++) {
        /* A copy of exactly that length, so a sanitizer sees a read beyond it. */
        g_autofree guint8 *part = g_memdup2(g_bytes_get_data(bytes, NULL), MAX(cut, 1));
        g_autoptr(GError) error = NULL;

        assert_false(vault_parse_check(part, cut, &error));
        assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_CORRUPT));
    }
    g_autofree guint8 *more = g_malloc0(length + 1);
    memcpy(more, g_bytes_get_data(bytes, NULL), length);
    assert_false(vault_parse_check(more, length + 1, NULL));
    assert_true(vault_parse_check(more, length, NULL));
    assert_int_equal(fault_of_bytes(more, length + 1), ERROR_CORRUPT);
}

static void notices_every_changed_byte(void **state)
{
    g_autoptr(VaultFile) file = make_file(2);
    g_autoptr(GBytes) bytes = vault_file_serialise(file, mac_key);
    gsize length = g_bytes_get_size(bytes);
    g_autofree guint8 *changed = g_memdup2(g_bytes_get_data(bytes, NULL), length);

    (void)state;
    for (gsize at = 0; at < length; at++) {
        changed[at] ^= 0x01;
        assert_false(vault_parse_check(changed, length, NULL));
        changed[at] ^= 0x01;
    }
    assert_true(vault_parse_check(changed, length, NULL));
}

static void refuses_a_newer_format(void **state)
{
    g_autoptr(VaultFile) file = make_file(1);
    g_autoptr(GBytes) bytes = vault_file_serialise(file, mac_key);
    gsize length = g_bytes_get_size(bytes);
    g_autofree guint8 *changed = g_memdup2(g_bytes_get_data(bytes, NULL), length);

    (void)state;
    changed[AT_FORMAT] = VAULT_FORMAT_OWN_FILES + 1;
    assert_int_equal(fault_of_bytes(changed, length), ERROR_VERSION);
    changed[AT_FORMAT] = 0;
    assert_int_equal(fault_of_bytes(changed, length), ERROR_CORRUPT);
}

static void refuses_absurd_headers(void **state)
{
    const struct {
        gsize at;
        gsize bytes;
        guint8 value;
    } cases[] = {
        {0, 1, 'd'},         {AT_GENERATION, 8, 0}, {AT_KEYS, 1, 0},
        {AT_KEYS, 1, 3},     {AT_KEYS, 1, 2},       {AT_USERS, 4, 0},
        {AT_USERS, 4, 0xff}, {AT_USERS, 1, 2},      {AT_USERS, 1, USERS + 1},
    };
    g_autoptr(VaultFile) file = make_file(1);
    g_autoptr(GBytes) bytes = vault_file_serialise(file, mac_key);
    gsize length = g_bytes_get_size(bytes);

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree guint8 *changed = g_memdup2(g_bytes_get_data(bytes, NULL), length);

        memset(changed + cases[i].at, cases[i].value, cases[i].bytes);
        assert_int_equal(fault_of_bytes(changed, length), ERROR_CORRUPT);
    }
}

static void bounds_what_argon2id_may_cost(void **state)
{
    const struct {
        VaultCost cost;
        gboolean good;
    } cases[] = {
        {{1, 8192}, TRUE},
        {{VAULT_MOST_PASSES, VAULT_COST_MEMORY}, TRUE},
        {{0, 8192}, FALSE},
        {{VAULT_MOST_PASSES + 1, 8192}, FALSE},
        {{G_MAXUINT32, 8192}, FALSE},
        {{3, 0}, FALSE},
        {{3, 7168}, FALSE},
        {{3, VAULT_COST_MEMORY + 1024}, FALSE},
        {{10, G_GUINT64_CONSTANT(1) << 30}, FALSE}, /* B21: 12 seconds and a gigabyte */
        {{3, (guint64)G_MAXUINT32 * 1024}, FALSE},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(VaultFile) file = make_file(1);

        g_array_index(file->users, VaultSlot, 1).cost = cases[i].cost;
        assert_int_equal(fault_of(file), cases[i].good ? -1 : ERROR_CORRUPT);
    }
}

/* B21: what is asked for, and what is the most, in the sentence. */
static void says_what_a_slot_asks_for(void **state)
{
    g_autoptr(VaultFile) file = make_file(1);
    g_autoptr(GError) error = NULL;

    (void)state;
    g_array_index(file->users, VaultSlot, 1).cost = (VaultCost){10, G_GUINT64_CONSTANT(1) << 30};
    g_autoptr(GBytes) bytes = vault_file_serialise(file, mac_key);
    assert_null(parse(bytes, &error));
    assert_non_null(strstr(error->message, "10 passes over 1024 MB"));
    assert_non_null(strstr(error->message, "10 over 256 MB"));
}

static void has_one_order_of_slots(void **state)
{
    g_autoptr(VaultFile) exchanged = make_file(1);
    g_autoptr(VaultFile) twice = make_file(1);
    g_autoptr(VaultFile) type = make_file(1);

    (void)state;
    VaultSlot first = g_array_index(exchanged->users, VaultSlot, 0);
    g_array_index(exchanged->users, VaultSlot, 0) = g_array_index(exchanged->users, VaultSlot, 1);
    g_array_index(exchanged->users, VaultSlot, 1) = first;
    assert_int_equal(fault_of(exchanged), ERROR_CORRUPT);
    g_array_index(twice->users, VaultSlot, 1) = g_array_index(twice->users, VaultSlot, 0);
    assert_int_equal(fault_of(twice), ERROR_CORRUPT);
    g_array_index(type->users, VaultSlot, 0).type = VAULT_SLOT_RECOVERY;
    assert_int_equal(fault_of(type), ERROR_CORRUPT);
}

static void keeps_the_recovery_slot_bare(void **state)
{
    (void)state;
    for (int part = 0; part < 5; part++) {
        g_autoptr(VaultFile) file = make_file(1);
        VaultSlot *slot = &file->recovery;

        assert_int_equal(fault_of(file), -1);
        if (part == 0)
            slot->login_hash[31] = 1;
        else if (part == 1)
            slot->cost.operations = 1;
        else if (part == 2)
            slot->cost.memory = 1024;
        else if (part == 3)
            slot->salt[0] = 1;
        else
            slot->type = VAULT_SLOT_USER;
        assert_int_equal(fault_of(file), ERROR_CORRUPT);
    }
}

static void holds_so_many_users(void **state)
{
    g_autoptr(VaultFile) file = make_file(2);

    (void)state;
    g_array_set_size(file->users, 0);
    for (guint i = 0; i < VAULT_USERS_MAX; i++) {
        VaultSlot slot = make_slot(VAULT_SLOT_USER, 0);

        slot.login_hash[0] = (guint8)(i >> 8);
        slot.login_hash[1] = (guint8)i;
        g_array_append_val(file->users, slot);
    }
    g_autoptr(GBytes) bytes = vault_file_serialise(file, mac_key);
    assert_int_equal(g_bytes_get_size(bytes), vault_file_max_length());
    assert_int_equal(fault_of(file), -1);
    VaultSlot more = make_slot(VAULT_SLOT_USER, 0xfe);
    g_array_append_val(file->users, more);
    assert_int_equal(fault_of(file), ERROR_CORRUPT);
}

static void finds_slots_and_places(void **state)
{
    g_autoptr(VaultFile) file = make_file(1);
    guint8 hash[VAULT_LOGIN_HASH_BYTES];
    guint place;

    (void)state;
    for (guint i = 0; i < USERS; i++) {
        VaultSlot *slot = &g_array_index(file->users, VaultSlot, i);

        assert_ptr_equal(vault_file_find(file, slot->login_hash, &place), slot);
        assert_int_equal(place, i);
    }
    memset(hash, 0, sizeof hash);
    assert_null(vault_file_find(file, hash, &place));
    assert_int_equal(place, 0);
    memset(hash, 0xff, sizeof hash);
    assert_null(vault_file_find(file, hash, &place));
    assert_int_equal(place, USERS);
}

/* What the seal vouches for: each of these parts, changed alone, gives other data. */
static void associates_every_part(void **state)
{
    guint8 id[VAULT_ID_BYTES] = {1};
    VaultSlot slot = make_slot(VAULT_SLOT_USER, 5);
    g_autoptr(GByteArray) whole = vault_file_associated(id, &slot);

    (void)state;
    for (int part = 0; part < 7; part++) {
        guint8 other_id[VAULT_ID_BYTES] = {part == 0 ? 2 : 1};
        VaultSlot other = slot;

        if (part == 1)
            other.type = VAULT_SLOT_RECOVERY;
        else if (part == 2)
            other.login_hash[0] ^= 1;
        else if (part == 3)
            other.cost.operations++;
        else if (part == 4)
            other.cost.memory += 1024;
        else if (part == 5)
            other.salt[15] ^= 1;
        else if (part == 6)
            other.public_half[31] ^= 1;
        g_autoptr(GByteArray) data = vault_file_associated(other_id, &other);
        assert_int_equal(data->len, whole->len);
        assert_memory_not_equal(data->data, whole->data, whole->len);
    }
}

static int set_up(void **state)
{
    (void)state;
    if (!secret_init(NULL))
        return -1;
    mac_key = secret_new(crypto_generichash_KEYBYTES);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    secret_free(mac_key);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_it_writes),
        cmocka_unit_test(refuses_any_other_length),
        cmocka_unit_test(notices_every_changed_byte),
        cmocka_unit_test(refuses_a_newer_format),
        cmocka_unit_test(refuses_absurd_headers),
        cmocka_unit_test(bounds_what_argon2id_may_cost),
        cmocka_unit_test(says_what_a_slot_asks_for),
        cmocka_unit_test(has_one_order_of_slots),
        cmocka_unit_test(keeps_the_recovery_slot_bare),
        cmocka_unit_test(holds_so_many_users),
        cmocka_unit_test(finds_slots_and_places),
        cmocka_unit_test(associates_every_part),
    };
    return cmocka_run_group_tests_name("vault_file", tests, set_up, tear_down);
}
