/* recovery_code.c: five bits a symbol, the most significant first. */
#include "vault/recovery_code.h"

#include <sodium.h>
#include <string.h>

#define DATA_SYMBOLS (RECOVERY_GROUP_SYMBOLS - 1)

static const char ALPHABET[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* Multiplication by x in GF(32), modulo x^5 + x^2 + 1. */
static guint times_x(guint value)
{
    value <<= 1;
    return value & 0x20 ? value ^ 0x25 : value;
}

/* Horner's rule: the place i counts x^(4-i) times its symbol, the group's number x^5, the
 * check symbol 1. As x generates the field, all weights differ and none is zero. */
static guint check_symbol(int group, const guint8 *symbols)
{
    guint sum = (guint)group + 1;

    for (int i = 0; i < DATA_SYMBOLS; i++)
        sum = times_x(sum) ^ symbols[i];
    return times_x(sum);
}

void recovery_code_format(const guint8 *key, char *text)
{
    guint bits = 0;
    int held = 0;
    int next = 0;

    for (int group = 0; group < RECOVERY_GROUPS; group++) {
        guint8 symbols[DATA_SYMBOLS];

        for (int i = 0; i < DATA_SYMBOLS; i++) {
            if (held < 5) {
                bits = (bits << 8) | (next < RECOVERY_KEY_BYTES ? key[next] : 0);
                next++;
                held += 8;
            }
            held -= 5;
            symbols[i] = (bits >> held) & 31;
            *text++ = ALPHABET[symbols[i]];
        }
        *text++ = ALPHABET[check_symbol(group, symbols)];
        *text++ = group + 1 < RECOVERY_GROUPS ? '-' : '\0';
        sodium_memzero(symbols, sizeof symbols);
    }
}

/* The value of a typed character; -1 for one that belongs to no group and is passed over, 32 for
 * one that is no symbol. */
static int symbol_value(gunichar c)
{
    if (g_unichar_isspace(c) || g_unichar_type(c) == G_UNICODE_DASH_PUNCTUATION || c == 0x2212)
        return -1;
    if (c >= 'a' && c <= 'z')
        c -= 'a' - 'A';
    if (c == 'O')
        c = '0';
    if (c == 'I' || c == 'L')
        c = '1';

    const char *found = c > 0 && c < 0x80 ? strchr(ALPHABET, (int)c) : NULL;
    return found ? (int)(found - ALPHABET) : 32;
}

/* The next symbol of `*text`, stepping past it; -1 at the end. Bytes that are not UTF-8 are no
 * symbol. */
static int next_symbol(const char **text)
{
    int value = -1;

    while (**text && value < 0) {
        gunichar c = g_utf8_get_char_validated(*text, -1);
        gboolean valid = c < 0x110000;

        value = valid ? symbol_value(c) : 32;
        *text = valid ? g_utf8_next_char(*text) : *text + 1;
    }
    return value;
}

/* The data symbols of group number `group`. FALSE when one is missing or the check does not fit. */
static gboolean read_group(const char **text, int group, guint8 *symbols)
{
    guint8 read[RECOVERY_GROUP_SYMBOLS];
    gboolean whole = TRUE;

    for (int i = 0; i < RECOVERY_GROUP_SYMBOLS && whole; i++) {
        int value = next_symbol(text);

        whole = value >= 0 && value < 32;
        read[i] = whole ? (guint8)value : 0;
    }
    if (whole)
        memcpy(symbols, read, DATA_SYMBOLS);
    whole = whole && check_symbol(group, symbols) == read[DATA_SYMBOLS];
    sodium_memzero(read, sizeof read);
    return whole;
}

/* As recovery_code_parse(), without wiping. */
static int parse_groups(const char *text, guint8 *key)
{
    guint bits = 0;
    int held = 0;
    int filled = 0;

    for (int group = 0; group < RECOVERY_GROUPS; group++) {
        guint8 symbols[DATA_SYMBOLS];

        if (!read_group(&text, group, symbols))
            return group + 1;
        for (int i = 0; i < DATA_SYMBOLS; i++) {
            bits = (bits << 5) | symbols[i];
            held += 5;
            if (held >= 8 && filled < RECOVERY_KEY_BYTES) {
                held -= 8;
                key[filled++] = (bits >> held) & 0xff;
            }
        }
        sodium_memzero(symbols, sizeof symbols);
    }
    /* 52 symbols carry four bits more than the key; they are zero. */
    if (bits & ((1U << held) - 1))
        return RECOVERY_GROUPS;
    return next_symbol(&text) < 0 ? 0 : RECOVERY_GROUPS + 1;
}

int recovery_code_parse(const char *text, guint8 *key)
{
    int fault = parse_groups(text, key);

    if (fault)
        sodium_memzero(key, RECOVERY_KEY_BYTES);
    return fault;
}
