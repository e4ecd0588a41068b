/* key.c and key_decoder.c: names of keys, and bytes made into keys, pastes and clicks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <locale.h>

#include "ui/key_decoder.h"

/* term.c's, which this test does without. */
void event_clear(Event *event)
{
    g_free(event->text);
    *event = (Event){.type = EVENT_TIMEOUT};
}

static void names_are_understood_again(void **unused)
{
    (void)unused;
    static const struct {
        const char *spelling;
        Key key;
        const char *label;
    } CASES[] = {
        {"a", 'a', "a"},
        {"?", '?', "?"},
        {"å", 0xe5, "å"},
        {"+", '+', "+"},
        {"-", '-', "-"},
        {"f", 'f', "f"},
        {"f1", K_F(1), "F1"},
        {"F12", K_F(12), "F12"},
        {"ctrl-l", K_CTRL('L'), "Ctrl-L"},
        {"Ctrl-X", K_CTRL('X'), "Ctrl-X"},
        {"up", K_UP, "↑"},
        {"pgdn", K_PAGE_DOWN, "PgDn"},
        {"ctrl-left", K_WORD_LEFT, "Ctrl-←"},
        {"ctrl-home", K_TOP, "Ctrl-Home"},
        {"ctrl-space", K_CTRL_SPACE, "Ctrl-Space"},
        {"enter", K_ENTER, "Enter"},
        {"f13", K_NONE, ""},
        {"f0", K_NONE, ""},
        {"f01", K_NONE, ""},
        {"ctrl-i", K_NONE, ""}, /* cannot be told from Tab */
        {"ctrl-å", K_NONE, ""},
        {"ab", K_NONE, ""},
        {"", K_NONE, ""},
        {" ", K_NONE, ""},
        {"\xff", K_NONE, ""},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        char label[24];
        Key key = key_parse(CASES[i].spelling, strlen(CASES[i].spelling));
        assert_int_equal(key, CASES[i].key);
        assert_string_equal(key_label(key, label), CASES[i].label);
    }
}

/* What came out, as text: keys by their label, "«paste»", "click R,C". */
static char *drain(KeyDecoder *decoder, Decoded *state)
{
    GString *out = g_string_new(NULL);
    Event event;
    while ((*state = key_decoder_next(decoder, &event)) == DECODED_EVENT) {
        char label[24];
        if (out->len > 0)
            g_string_append_c(out, ' ');
        if (event.type == EVENT_KEY)
            g_string_append_printf(out, "%s%s", event.shift ? "Shift+" : "",
                                   key_label(event.key, label));
        else if (event.type == EVENT_PASTE)
            g_string_append_printf(out, "«%s»", event.text);
        else
            g_string_append_printf(out, "click %d,%d", event.row, event.column);
        event_clear(&event);
    }
    return g_string_free(out, FALSE);
}

static char *decode(KeyDecoder *decoder, const char *bytes, gsize length, Decoded *state)
{
    key_decoder_feed(decoder, bytes, length);
    return drain(decoder, state);
}

static const struct {
    const char *bytes, *keys;
    Decoded state;
} STREAMS[] = {
    {"abc", "a b c", DECODED_NONE},
    {"åäö€😀", "å ä ö € 😀", DECODED_NONE},
    {"\xc3", "", DECODED_PARTIAL},
    {"\xf5\x80\xfd\xa6\xae", "", DECODED_NONE}, /* no character begins so (RFC 3629) */
    {"\xff\xfe"
     "a",
     "a", DECODED_NONE},
    {"\r\n\t\177\b", "Enter Enter Tab Backspace Backspace", DECODED_NONE},
    {"\x01\x13\x1a", "Ctrl-A Ctrl-S Ctrl-Z", DECODED_NONE},
    {"\033", "", DECODED_ESCAPE},
    {"\033\033", "Esc", DECODED_ESCAPE},
    {"\033\033[A", "Esc ↑", DECODED_NONE},
    /* C1: with Alt, an unknown key */
    {"\033gx", "x", DECODED_NONE},
    {"\033åx", "x", DECODED_NONE},
    {"\033\303", "", DECODED_PARTIAL},
    {"\033\rx\033\177y", "x y", DECODED_NONE},
    {"\033\033gx", "Esc x", DECODED_NONE},
    {"\033[A\033OB\033[C\033OD", "↑ ↓ → ←", DECODED_NONE},
    {"\033[H\033OF\033[1~\033[4~", "Home End Home End", DECODED_NONE},
    {"\033[1;5C\033[1;5D\033Oc\033Od", "Ctrl-→ Ctrl-← Ctrl-→ Ctrl-←", DECODED_NONE},
    {"\033[1;2A\033[1;6D\033[1;2H\033[5;2~", "Shift+↑ Shift+Ctrl-← Shift+Home Shift+PgUp",
     DECODED_NONE},
    {"\033[1;5H\033[4;5~\033[1;6F", "Ctrl-Home Ctrl-End Shift+Ctrl-End", DECODED_NONE},
    {"\033[a\033[7$\033[8^\033[7", "Shift+↑ Shift+Home Ctrl-End", DECODED_PARTIAL},
    {"\033[5~\033[6~\033[2~\033[3~\033[Z", "PgUp PgDn Ins Del Shift-Tab", DECODED_NONE},
    {"\033OP\033[15~\033[21~\033[24~\033[[A\033[1;2P", "F1 F5 F10 F12 F1 Shift+F1", DECODED_NONE},
    {"\033[99~a\033[?1;2cb\033[Ic", "a b c", DECODED_NONE}, /* unknown: passed over whole */
    {"\033[", "", DECODED_PARTIAL},
    {"\033[1;", "", DECODED_PARTIAL},
    {"\033[\001", "Ctrl-A", DECODED_NONE}, /* broken off */
    {"\033[1;5\033[1;5Cå", "Ctrl-→ å", DECODED_NONE},
    {"\033[12\303\245", "å", DECODED_NONE},
    {"\033O", "", DECODED_PARTIAL},
    {"\033Oyx", "x", DECODED_NONE},
    {"\033[200~rad 1\rrad 2\033[201~x", "«rad 1\nrad 2» x", DECODED_NONE},
    {"\033[200~\033[201~", "«»", DECODED_NONE},
    {"\033[200~\033[A\001q\033", "", DECODED_PASTING},
    {"\033[200~a\r\nb\rc\033[201~", "«a\nb\nc»", DECODED_NONE},
    {"\033[201~a", "a", DECODED_NONE},
    {"\033[<0;11;6M\033[<0;11;6m", "click 5,10", DECODED_NONE},
    {"\033[<64;1;1M\033[<65;1;1M\033[<2;1;1M\033[<35;4;4M", "↑ ↓", DECODED_NONE},
    /* C1: a terminal's answers */
    {"\033]11;rgb:1e1e/1e1e/1e1e\033\\a", "a", DECODED_NONE},
    {"\033]11;rgb:1e1e/1e1e/1e1e\aa", "a", DECODED_NONE},
    {"\033P1$r0m\033\\a\033_Ggg;OK\033\\b\033^g\033\\c\033Xg\033\\d", "a b c d", DECODED_NONE},
    {"\033]0;gåg\t\r\n\177\001g\033\\a", "a", DECODED_NONE},
    {"\033]g", "", DECODED_PARTIAL},
    {"\033]g\033", "", DECODED_PARTIAL},
    {"\033]g\033\033\\a", "a", DECODED_NONE},        /* as a multiplexer doubles it */
    {"\033]g\033[Aa", "↑ a", DECODED_NONE},          /* broken off by another sequence, */
    {"\033]g\030a\033Pg\032b", "a b", DECODED_NONE}, /* CAN and SUB */
    {"\033]g\033]g\ag", "g", DECODED_NONE},
    {"\033\\x", "x", DECODED_NONE},
};

static void streams_become_keys(void **unused)
{
    (void)unused;
    for (gsize i = 0; i < G_N_ELEMENTS(STREAMS); i++) {
        g_autoptr(KeyDecoder) decoder = key_decoder_new();
        Decoded state;
        g_autofree char *keys = decode(decoder, STREAMS[i].bytes, strlen(STREAMS[i].bytes), &state);
        assert_string_equal(keys, STREAMS[i].keys);
        assert_int_equal(state, STREAMS[i].state);
    }
}

/* However the line cuts them up. A lone ESC at the end of a cut waits for the next one. */
static void cuts_do_not_matter(void **unused)
{
    (void)unused;
    for (gsize i = 0; i < G_N_ELEMENTS(STREAMS); i++) {
        g_autoptr(KeyDecoder) decoder = key_decoder_new();
        Decoded state = DECODED_NONE;
        GString *all = g_string_new(NULL);
        for (const char *at = STREAMS[i].bytes; *at != '\0'; at++) {
            g_autofree char *keys = decode(decoder, at, 1, &state);
            if (keys[0] != '\0')
                g_string_append_printf(all, "%s%s", all->len > 0 ? " " : "", keys);
        }
        assert_string_equal(all->str, STREAMS[i].keys);
        assert_int_equal(state, STREAMS[i].state);
        g_string_free(all, TRUE);
    }
}

static void what_never_ends_is_given_up(void **unused)
{
    (void)unused;
    static const struct {
        const char *bytes, *keys;
    } CASES[] = {
        {"\033", "Esc"},
        {"\033\033", "EscEsc"},
        {"\033[", ""},
        {"\033O", ""},
        {"\033[1;5", ""},
        {"\xc3", ""},
        {"\033\303", ""},
        {"\033]11;rgb:1e", ""},
        {"\033]11;rgb:1e\033", ""},
        {"\033Pg\033\033", ""},
        {"\033[200~text", "«text»"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(KeyDecoder) decoder = key_decoder_new();
        Decoded state;
        g_autofree char *before = decode(decoder, CASES[i].bytes, strlen(CASES[i].bytes), &state);
        assert_int_not_equal(state, DECODED_NONE);
        key_decoder_flush(decoder);
        g_autofree char *keys = drain(decoder, &state);
        g_autofree char *after = decode(decoder, "q", 1, &state);
        g_autofree char *all = g_strconcat(before, keys, NULL);
        assert_string_equal(all, CASES[i].keys);
        assert_string_equal(after, "q");
        assert_int_equal(state, DECODED_NONE);
    }
}

/* C1: what is typed behind the beginning of a character is not held back. */
static void a_nul_is_a_key_and_no_end(void **unused)
{
    (void)unused;
    static const struct {
        const char *bytes;
        gsize length;
    } CASES[] = {
        {"\xe0\0q", 3}, {"\xf0\x90\0q", 4}, {"\033\xe0\0q", 4}, {"\xfd\xb3\xa6\xae\0q", 6}};
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(KeyDecoder) decoder = key_decoder_new();
        Decoded state;
        g_autofree char *keys = decode(decoder, CASES[i].bytes, CASES[i].length, &state);
        assert_string_equal(keys, "Ctrl-Space q");
        assert_int_equal(state, DECODED_NONE);
    }
}

/* C1: however long, and without an end, it is no key and takes no room. */
static void a_string_may_be_of_any_length(void **unused)
{
    (void)unused;
    g_autoptr(KeyDecoder) decoder = key_decoder_new();
    g_autofree char *part = g_strnfill(4096, 'g');
    Decoded state;
    key_decoder_feed(decoder, "\033]52;c;", 7);
    for (int i = 0; i < 256; i++) {
        g_autofree char *keys = decode(decoder, part, 4096, &state);
        assert_string_equal(keys, "");
        assert_int_equal(state, DECODED_PARTIAL);
    }
    g_autofree char *keys = decode(decoder, "\ag", 2, &state);
    assert_string_equal(keys, "g");
    assert_int_equal(state, DECODED_NONE);
}

static void long_pastes_are_one_event(void **unused)
{
    (void)unused;
    g_autoptr(KeyDecoder) decoder = key_decoder_new();
    const gsize size = 1 << 20;
    key_decoder_feed(decoder, "\033[200~", 6);
    g_autofree char *part = g_strnfill(4096, 'x');
    Event event;
    for (gsize i = 0; i < size / 4096; i++) {
        key_decoder_feed(decoder, part, 4096);
        assert_int_equal(key_decoder_next(decoder, &event), DECODED_PASTING);
    }
    key_decoder_feed(decoder, "\033[201~q", 7);
    assert_int_equal(key_decoder_next(decoder, &event), DECODED_EVENT);
    assert_int_equal(event.type, EVENT_PASTE);
    assert_int_equal(strlen(event.text), size);
    event_clear(&event);
    assert_int_equal(key_decoder_next(decoder, &event), DECODED_EVENT);
    assert_int_equal(event.key, 'q');
}

static void a_terminals_own_sequences_come_first(void **unused)
{
    (void)unused;
    g_autoptr(KeyDecoder) decoder = key_decoder_new();
    key_decoder_add(decoder, "\033[11^", K_F(11));
    key_decoder_add(decoder, "\033[A", K_PAGE_UP);
    key_decoder_add(decoder, "\x1ex", K_F(2));
    key_decoder_add(decoder, "a", K_F(3)); /* no sequence: not taken */
    Decoded state;
    g_autofree char *keys = decode(decoder, "\033[11^\033[Aa\x1ex\x1e", 12, &state);
    assert_string_equal(keys, "F11 PgUp a F2");
    assert_int_equal(state, DECODED_PARTIAL);
}

static void random_bytes_do_no_harm(void **unused)
{
    (void)unused;
    GRand *random = g_rand_new_with_seed(48);
    static const char ALPHABET[] = "\033\033[[O<0125;~MAm200201\303\245\377a\r\0]P\\\a\030";
    for (int round = 0; round < 300; round++) {
        g_autoptr(KeyDecoder) decoder = key_decoder_new();
        for (int i = 0; i < 100; i++) {
            char bytes[8];
            for (gsize k = 0; k < sizeof bytes; k++)
                bytes[k] = ALPHABET[g_rand_int_range(random, 0, sizeof ALPHABET)];
            Decoded state;
            g_free(decode(decoder, bytes, sizeof bytes, &state));
            if (g_rand_boolean(random))
                key_decoder_flush(decoder);
        }
        Decoded state;
        key_decoder_flush(decoder);
        g_free(drain(decoder, &state));
        key_decoder_flush(decoder);
        g_free(drain(decoder, &state));
        assert_int_equal(state, DECODED_NONE);
    }
    g_rand_free(random);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_understood_again),
        cmocka_unit_test(streams_become_keys),
        cmocka_unit_test(cuts_do_not_matter),
        cmocka_unit_test(what_never_ends_is_given_up),
        cmocka_unit_test(a_nul_is_a_key_and_no_end),
        cmocka_unit_test(long_pastes_are_one_event),
        cmocka_unit_test(a_string_may_be_of_any_length),
        cmocka_unit_test(a_terminals_own_sequences_come_first),
        cmocka_unit_test(random_bytes_do_no_harm),
    };
    return cmocka_run_group_tests_name("key", tests, NULL, NULL);
}
