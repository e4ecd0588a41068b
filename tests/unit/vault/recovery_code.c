/* The recovery code: what is printed is read, and what is mistyped is found and named. */
#include "vault/recovery_code.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char ALPHABET[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static void fill_key(guint8 *key)
{
    for (int i = 0; i < RECOVERY_KEY_BYTES; i++)
        key[i] = (guint8)(i * 73 + 11);
}

static void make_code(char *text)
{
    guint8 key[RECOVERY_KEY_BYTES];

    fill_key(key);
    recovery_code_format(key, text);
}

static void assert_reads(const char *text)
{
    guint8 expected[RECOVERY_KEY_BYTES], key[RECOVERY_KEY_BYTES];

    fill_key(expected);
    assert_int_equal(recovery_code_parse(text, key), 0);
    assert_memory_equal(key, expected, sizeof key);
}

static void reads_what_it_writes(void **state)
{
    const guint8 patterns[] = {0x00, 0xff, 0xa5, 0x01, 0x80};
    guint8 key[RECOVERY_KEY_BYTES], read[RECOVERY_KEY_BYTES];
    char text[RECOVERY_CODE_SIZE];

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(patterns); i++) {
        memset(key, patterns[i], sizeof key);
        recovery_code_format(key, text);
        assert_int_equal(strlen(text), RECOVERY_CODE_SIZE - 1);
        assert_int_equal(recovery_code_parse(text, read), 0);
        assert_memory_equal(key, read, sizeof key);
    }
}

/* Codes lie in safes: the writing may never change. */
static void keeps_its_writing(void **state)
{
    char text[RECOVERY_CODE_SIZE];
    const guint8 zero[RECOVERY_KEY_BYTES] = {0};

    (void)state;
    recovery_code_format(zero, text);
    assert_string_equal(text, "00005-0000A-0000F-0000M-0000H-0000Y-0000V-"
                              "0000D-00008-00007-00002-0000S-0000W");
    make_code(text);
    assert_string_equal(text, "1DA9D-VSHF0-F30GS-MMWW0-WMQ7B-FG09K-AADYR-"
                              "8BBPB-QW45V-36Q3Q-5HTVG-W1TG0-K7H0Q");
}

static void reads_what_people_type(void **state)
{
    char text[RECOVERY_CODE_SIZE];

    (void)state;
    make_code(text);
    g_autofree char *small = g_ascii_strdown(text, -1);
    assert_reads(small);
    g_auto(GStrv) groups = g_strsplit(text, "-", -1);
    g_autofree char *blanks = g_strjoinv("  ", groups);
    assert_reads(blanks);
    g_autofree char *dashes = g_strjoinv("\u2013", groups);
    assert_reads(dashes);
    g_autofree char *bare = g_strjoinv("", groups);
    assert_reads(bare);
    g_autofree char *framed = g_strdup_printf("\t%s \n", text);
    assert_reads(framed);

    g_autofree char *letters = g_strdup(text);
    for (char *c = letters; *c; c++)
        *c = *c == '0' ? 'O' : *c == '1' ? 'l' : *c;
    assert_string_not_equal(letters, text);
    assert_reads(letters);
}

static void names_the_group_of_any_wrong_symbol(void **state)
{
    guint8 key[RECOVERY_KEY_BYTES];
    const guint8 zero[RECOVERY_KEY_BYTES] = {0};
    char text[RECOVERY_CODE_SIZE];

    (void)state;
    make_code(text);
    for (int at = 0; at < RECOVERY_CODE_SIZE - 1; at++) {
        const char right = text[at];

        for (const char *c = ALPHABET; right != '-' && *c; c++) {
            if (*c == right)
                continue;
            text[at] = *c;
            assert_int_equal(recovery_code_parse(text, key), at / 6 + 1);
            assert_memory_equal(key, zero, sizeof key);
        }
        text[at] = right;
    }
}

static void exchange(char *text, int a, int b, int count)
{
    for (int i = 0; i < count; i++) {
        char kept = text[a + i];
        text[a + i] = text[b + i];
        text[b + i] = kept;
    }
}

static void finds_exchanged_symbols_and_groups(void **state)
{
    guint8 key[RECOVERY_KEY_BYTES];
    char text[RECOVERY_CODE_SIZE];

    (void)state;
    make_code(text);
    for (int group = 0; group < RECOVERY_GROUPS; group++) {
        for (int a = 0; a < RECOVERY_GROUP_SYMBOLS; a++) {
            for (int b = a + 1; b < RECOVERY_GROUP_SYMBOLS; b++) {
                if (text[group * 6 + a] == text[group * 6 + b])
                    continue;
                exchange(text, group * 6 + a, group * 6 + b, 1);
                assert_int_equal(recovery_code_parse(text, key), group + 1);
                exchange(text, group * 6 + a, group * 6 + b, 1);
            }
        }
        for (int other = group + 1; other < RECOVERY_GROUPS; other++) {
            exchange(text, group * 6, other * 6, RECOVERY_GROUP_SYMBOLS);
            assert_int_equal(recovery_code_parse(text, key), group + 1);
            exchange(text, group * 6, other * 6, RECOVERY_GROUP_SYMBOLS);
        }
    }
}

static void names_where_it_ends_or_goes_on(void **state)
{
    guint8 key[RECOVERY_KEY_BYTES];
    char text[RECOVERY_CODE_SIZE];

    (void)state;
    assert_int_equal(recovery_code_parse("", key), 1);
    assert_int_equal(recovery_code_parse(" - ", key), 1);
    assert_int_equal(recovery_code_parse("\xff\xfe", key), 1);
    assert_int_equal(recovery_code_parse("ÅÄÖ", key), 1);
    for (int length = 0; length < RECOVERY_CODE_SIZE - 1; length++) {
        make_code(text);
        text[length] = '\0';
        assert_int_equal(recovery_code_parse(text, key), (length + 1) / 6 + 1);
    }
    make_code(text);
    g_autofree char *longer = g_strconcat(text, "-7", NULL);
    assert_int_equal(recovery_code_parse(longer, key), RECOVERY_GROUPS + 1);
    text[13] = 'U'; /* the letter that the alphabet leaves out */
    assert_int_equal(recovery_code_parse(text, key), 3);
}

/* Four bits more than the key holds are zero; a group that sets one is refused even where its check
 * symbol fits. */
static void refuses_bits_beyond_the_key(void **state)
{
    guint8 key[RECOVERY_KEY_BYTES];
    char text[RECOVERY_CODE_SIZE];
    int fitting = 0;

    (void)state;
    make_code(text);
    char *last = text + 6 * (RECOVERY_GROUPS - 1);
    for (const char *symbol = ALPHABET; *symbol; symbol++) {
        for (const char *check = ALPHABET; *check; check++) {
            last[3] = *symbol;
            last[4] = *check;
            if (recovery_code_parse(text, key) == 0)
                fitting++;
        }
    }
    /* The symbol holds one bit of the key: two symbols, each with its one check. */
    assert_int_equal(fitting, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_it_writes),
        cmocka_unit_test(keeps_its_writing),
        cmocka_unit_test(reads_what_people_type),
        cmocka_unit_test(names_the_group_of_any_wrong_symbol),
        cmocka_unit_test(finds_exchanged_symbols_and_groups),
        cmocka_unit_test(names_where_it_ends_or_goes_on),
        cmocka_unit_test(refuses_bits_beyond_the_key),
    };
    return cmocka_run_group_tests_name("recovery_code", tests, NULL, NULL);
}
