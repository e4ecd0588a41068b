/* shown.c: nothing that a terminal acts on comes through to it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pty.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cmd/shown.h"

/* In one piece, and cut at each place. */
static void signs_of_a_terminal_are_taken_out(void **state)
{
    static const struct {
        const char *written, *shown;
    } CASES[] = {
        {"Åsa Öberg, 5 €\n\tx\r", "Åsa Öberg, 5 €\n\tx\r"},
        {"unit.db\033]52;c;eA==\a", "unit.db?]52;c;eA==?"},
        {"a\xc2\x9b"
         "31mb\177",
         "a?31mb?"},
        {"\xc2\xa0\xc2\xe5\xb7\xa5", "\xc2\xa0\xc2\xe5\xb7\xa5"},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        const gsize length = strlen(CASES[i].written);
        for (gsize cut = 0; cut <= length; cut++) {
            char clean[64];
            gboolean held = FALSE;
            gsize count = shown_clean(CASES[i].written, cut, clean, &held);
            count += shown_clean(CASES[i].written + cut, length - cut, clean + count, &held);
            clean[count] = '\0';
            assert_string_equal(clean, CASES[i].shown);
            assert_false(held);
        }
    }
}

static void both_streams_pass_it(void **state)
{
    int terminal = -1, status = 0;
    char seen[256] = "";
    gsize length = 0;
    (void)state;
    const pid_t child = forkpty(&terminal, NULL, NULL, NULL);
    assert_true(child >= 0);
    if (child == 0) {
        shown_begin();
        printf("one\033[2J\n");
        fprintf(stderr, "two\a");
        fflush(NULL);
        _exit(0);
    }
    for (ssize_t got; length < sizeof seen - 1 &&
                      (got = read(terminal, seen + length, sizeof seen - 1 - length)) > 0;)
        length += (gsize)got;
    waitpid(child, &status, 0);
    close(terminal);
    assert_string_equal(seen, "one?[2J\r\ntwo?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signs_of_a_terminal_are_taken_out),
        cmocka_unit_test(both_streams_pass_it),
    };
    return cmocka_run_group_tests_name("cmd/shown", tests, NULL, NULL);
}
