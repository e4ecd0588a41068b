/* plain_lock.c: B15: --plain locks: by a word, and when nobody types. */
#include <poll.h>
#include <pty.h>
#include <termios.h>

#include "base/idle_clock.h"
#include "cmd/plain/plain.h"
#include "tests/unit/cmd/fixture_cmd.h"

/* In the place of the system's: what waiting comes to, and how long it was to be. */
static int found;
static gint64 waited_s, now_ms, passes_ms;

int ppoll(struct pollfd *files, nfds_t count, const struct timespec *longest, const sigset_t *mask)
{
    (void)files, (void)count, (void)mask;
    waited_s = longest ? (gint64)longest->tv_sec : -1;
    now_ms += passes_ms;
    return found;
}

gint64 idle_clock_ms(void)
{
    return now_ms;
}

static Plain at_a_terminal(GString *waiting, FILE *out, int lock_minutes)
{
    return (Plain){.out = out, .waiting = waiting, .talks = TRUE, .lock_minutes = lock_minutes};
}

static void test_b15_it_locks_when_nobody_types(void **state)
{
    (void)state;
    g_autoptr(GString) waiting = g_string_new(NULL);
    FILE *out = fopen("/dev/null", "w");
    Plain plain = at_a_terminal(waiting, out, 10);

    found = 0;
    passes_ms = 600000;
    assert_null(plain_read(&plain, "?"));
    assert_int_equal(waited_s, 600);
    assert_true(plain.locked && plain.ended);
    /* A lid that was closed meanwhile: a line is there, but not from the one who was at it. */
    Plain closed = at_a_terminal(waiting, out, 10);
    found = 1;
    passes_ms = 3600000;
    assert_null(plain_read(&closed, "?"));
    assert_true(closed.locked && closed.ended);
    fclose(out);
}

static void test_b15_other_ends_are_no_locks(void **state)
{
    (void)state;
    g_autoptr(GString) waiting = g_string_new("en rad\n");
    FILE *out = fopen("/dev/null", "w");
    Plain never = at_a_terminal(waiting, out, 0), script = at_a_terminal(waiting, out, 10);

    found = 0;
    passes_ms = 0;
    g_autofree char *line = plain_read(&never, "?");
    assert_string_equal(line, "en rad");
    assert_null(plain_read(&never, "?"));
    assert_int_equal(waited_s, -1);
    assert_true(never.ended && !never.locked);
    script.talks = FALSE;
    assert_null(plain_read(&script, "?"));
    assert_int_equal(waited_s, -1);
    assert_true(script.ended && !script.locked);
    fclose(out);
}

static void test_b15_the_word_that_locks(void **state)
{
    static const struct {
        const char *line;
        gboolean locks;
    } cases[] = {{".lock", TRUE},   {".LOCK", TRUE}, {"lock", FALSE},   {".lo", FALSE},
                 {".locks", FALSE}, {".", FALSE},    {"..lock", FALSE}, {".lock it", FALSE}};
    (void)state;
    FILE *out = fopen("/dev/null", "w");
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) waiting = g_string_new(cases[i].line);
        g_string_append_c(waiting, '\n');
        Plain plain = at_a_terminal(waiting, out, 10);
        g_autofree char *line = plain_read_raw(&plain);
        assert_int_equal(plain.locked, cases[i].locks);
        assert_int_equal(line == NULL, cases[i].locks);
    }
    fclose(out);
}

/* --- at a terminal ---------------------------------------------------------------------------- */

static void read_until(int terminal, GString *seen, const char *text)
{
    char byte = 0;
    gsize from = seen->len;
    while (!strstr(seen->str + from, text) && read(terminal, &byte, 1) == 1)
        g_string_append_c(seen, byte);
    if (!strstr(seen->str + from, text))
        fail_msg("\"%s\" did not come: %s", text, seen->str);
}

static void answer(int terminal, GString *seen, const char *question, const char *line)
{
    read_until(terminal, seen, question);
    assert_int_equal(write(terminal, line, strlen(line)), strlen(line));
}

/* The program at a terminal of its own; `words` ends with NULL. */
static pid_t begin(const Fixture *fixture, int *terminal, const char *const *words)
{
    const char *program = g_getenv("DAGSFORM");
    g_autoptr(GPtrArray) argv = g_ptr_array_new();
    const char *const common[] = {"--lang", "en", "--db", fixture->database, "--user", "grundare"};
    g_ptr_array_add(argv, (gpointer) "dagsform");
    for (int i = 0; words[i]; i++)
        g_ptr_array_add(argv, (gpointer)words[i]);
    for (gsize i = 0; i < G_N_ELEMENTS(common); i++)
        g_ptr_array_add(argv, (gpointer)common[i]);
    g_ptr_array_add(argv, NULL);
    pid_t child = forkpty(terminal, NULL, NULL, NULL);
    assert_true(child >= 0);
    if (child == 0) {
        execv(program ? program : "build/tests/dagsform", (char **)argv->pdata);
        _exit(99);
    }
    return child;
}

static void ends_well(pid_t child, int terminal)
{
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    close(terminal);
}

/* The passphrase is asked for again, also of whoever gave it in a file, and the work goes on. */
static void test_b15_it_is_unlocked_by_the_passphrase(void **state)
{
    const Fixture *fixture = *state;
    g_autofree char *pass = g_build_filename(fixture->folder, "pass", NULL);
    g_autoptr(GString) seen = g_string_new(NULL);
    const char *const words[] = {"--plain", "--passphrase-file", pass, NULL};
    int terminal = -1;

    fixture_write(pass, PASSPHRASE "\n");
    assert_int_equal(chmod(pass, 0600), 0);
    pid_t child = begin(fixture, &terminal, words);
    answer(terminal, seen, "Number:", ".lock\n");
    answer(terminal, seen, "Passphrase:", "fel fras helt\n");
    answer(terminal, seen, "do not fit", "");
    answer(terminal, seen, "Passphrase:", PASSPHRASE "\n");
    answer(terminal, seen, "1 wrong passphrase has been typed", "");
    answer(terminal, seen, "Number:", "\n");
    ends_well(child, terminal);
    assert_non_null(strstr(seen->str, "Locked."));
}

/* Whoever types the passphrase to a command is told as well. */
static void test_b15_a_person_at_a_command_is_told(void **state)
{
    const Fixture *fixture = *state;
    g_autoptr(GString) seen = g_string_new(NULL);
    const char *const words[] = {"report", "week", NULL};
    int terminal = -1;

    g_auto(Ran) ran = run_command_as(fixture, "grundare", "fel fras helt", words);
    assert_int_equal(ran.status, 1);
    pid_t child = begin(fixture, &terminal, words);
    answer(terminal, seen, "Passphrase:", PASSPHRASE "\n");
    answer(terminal, seen, "1 wrong passphrase has been typed", "");
    char rest[512];
    while (read(terminal, rest, sizeof rest) > 0)
        ;
    ends_well(child, terminal);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_b15_it_locks_when_nobody_types),
        cmocka_unit_test(test_b15_other_ends_are_no_locks),
        cmocka_unit_test(test_b15_the_word_that_locks),
        COMMAND_TEST(test_b15_it_is_unlocked_by_the_passphrase),
        COMMAND_TEST(test_b15_a_person_at_a_command_is_told),
    };

    i18n_init("en");
    return cmocka_run_group_tests_name("cmd/plain_lock", tests, NULL, NULL);
}
