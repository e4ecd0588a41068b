/* strength.c: B17: what is soon guessed and what is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/strength.h"

static int bits_of(const char *text, gboolean *common)
{
    g_autoptr(Secret) passphrase = secret_copy(text, strlen(text));
    return strength_bits(passphrase, "asa.berg", common);
}

/* B17: what people choose, and what is tried first. */
static void test_b17_what_is_common_is_little(void **state)
{
    static const char *const CASES[] = {
        "password",
        "12345678",
        "Passw0rd1!",
        "p4$$w0rd2026",
        "lösenord",
        "losenord",
        "L0senord123",
        "Sommaren2026!",
        "qwertyuiop",
        "asdfghjklöä",
        "1q2w3e4r5t",
        "poiuytrewq",
        "abcdefgh",
        "aaaaaaaaaaaaaaa",
        "abcabcabcabc",
        "hejhejhejhejhej",
        "hej hej hej hej hej hej",
        "en två tre fyra fem sex sju åtta",
        "asa.berg2026",
        "ASA.BERG asa.berg",
        "Välkommen Huddinge 2026",
        "vinter Vinter VINTER vinter",
        "måndag tisdag onsdag torsdag",
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        gboolean common = FALSE;
        int bits = bits_of(CASES[i], &common);
        if (bits >= STRENGTH_BITS_ENOUGH || !common)
            fail_msg("%s: %d bits, %s", CASES[i], bits, common ? "common" : "not common");
    }
}

static void test_b17_too_little_without_being_common(void **state)
{
    static const char *const CASES[] = {
        "",           "        ",    "\t\u00A0  \u3000", "trygghet", "Trygghet",
        "tr9gghet",   "fönsterbänk", "katt och hund",    "k7Gq!",    "ежедневникам",
        "1973-05-12", "Berit 1973",  "dalahäst7",
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        gboolean common = TRUE;
        int bits = bits_of(CASES[i], &common);
        if (bits >= STRENGTH_BITS_ENOUGH || common)
            fail_msg("%s: %d bits, %s", CASES[i], bits, common ? "common" : "not common");
    }
}

static void test_b17_words_and_chance_are_enough(void **state)
{
    static const char *const CASES[] = {
        "en lagom lång fras",
        "det är okej att inte orka",
        "stödets långa fras",
        "trygghet fönster dalahäst",
        "TrygghetFönsterDalahäst",
        "kolme pientä porsasta",
        "ни один день без строчки",
        "k7Gqp2!xW9",
        "x9#Kd!2v",
        "vhqkzrtplmwx",
        "84615 20973 1",
        "ord-för-ord: blåbär",
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        gboolean common = FALSE;
        int bits = bits_of(CASES[i], &common);
        if (bits < STRENGTH_BITS_ENOUGH)
            fail_msg("%s: %d bits", CASES[i], bits);
    }
}

/* One more word is never worth less, and the login is only one's own. */
static void test_b17_more_is_more(void **state)
{
    gboolean common = FALSE;
    (void)state;
    assert_true(bits_of("blå fågel", &common) < bits_of("blå fågel dansar", &common));
    assert_true(bits_of("blå fågel blå", &common) < bits_of("blå fågel grå", &common));
    g_autoptr(Secret) own = secret_copy("bertilsson", 10);
    int other = strength_bits(own, "asa", &common);
    assert_false(common);
    assert_true(strength_bits(own, "bertilsson", &common) < other);
    assert_true(common);
    assert_int_equal(strength_bits(own, NULL, &common), other);
    assert_int_equal(strength_bits(own, "", &common), other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_b17_what_is_common_is_little),
        cmocka_unit_test(test_b17_too_little_without_being_common),
        cmocka_unit_test(test_b17_words_and_chance_are_enough),
        cmocka_unit_test(test_b17_more_is_more),
    };
    if (!secret_init(NULL))
        return 1;
    return cmocka_run_group_tests_name("strength", tests, NULL, NULL);
}
