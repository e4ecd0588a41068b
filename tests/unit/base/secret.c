/* secret.c: locked memory, and passphrases from files and from a terminal (a pseudo-terminal). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <pty.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

#include "base/error.h"
#include "base/secret.h"

static char *folder;

static int setup(void **state)
{
    (void)state;
    folder = g_dir_make_tmp("dagsform-secret-XXXXXX", NULL);
    return folder != NULL && secret_init(NULL) ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    int left = g_rmdir(folder);
    g_clear_pointer(&folder, g_free);
    return left;
}

static void expect_secret(const Secret *secret, const char *text)
{
    assert_non_null(secret);
    assert_int_equal(secret->length, strlen(text));
    assert_memory_equal(secret->bytes, text, strlen(text));
}

static void the_process_is_closed(void **state)
{
    (void)state;
    struct rlimit limit;
    assert_int_equal(getrlimit(RLIMIT_CORE, &limit), 0);
    assert_int_equal(limit.rlim_max, 0);
    struct sigaction action;
    assert_int_equal(sigaction(SIGXFSZ, NULL, &action), 0);
    assert_true(action.sa_handler == SIG_IGN);
    /* A build for the leak checker stays open; clang says so in another way than gcc. */
#if !defined(__SANITIZE_ADDRESS__) && !defined(__clang__)
    assert_int_equal(prctl(PR_GET_DUMPABLE), 0);
#endif
}

static void memory_is_its_own(void **state)
{
    (void)state;
    g_autoptr(Secret) zero = secret_new(32);
    for (gsize i = 0; i < zero->length; i++)
        assert_int_equal(zero->bytes[i], 0);
    g_autoptr(Secret) copy = secret_copy("nyckel", 6);
    expect_secret(copy, "nyckel");
    g_autoptr(Secret) empty = secret_copy(NULL, 0);
    assert_int_equal(empty->length, 0);
    g_autoptr(Secret) same = secret_copy("nyckel", 6), other = secret_copy("nyckeL", 6);
    assert_true(secret_equal(copy, same));
    assert_false(secret_equal(copy, other));
    assert_false(secret_equal(copy, empty));
    secret_free(NULL);
}

static void text_is_one_passphrase_in_both_encodings(void **state)
{
    (void)state;
    static const struct {
        const char *text, *bytes;
    } CASES[] = {
        {"", ""},
        {"plain words", "plain words"},
        {"två blå fåglar", "två blå fåglar"},
        {"tva\u030A bla\u030A fa\u030Aglar", "två blå fåglar"},
        {"\u212B", "Å"},      /* the sign for ångström */
        {"ﬁ ² Ａ", "ﬁ ² Ａ"}, /* NFC, not NFKC */
        {"\u1D160", "\u1D160"},
        {"\U0001D160", "\U0001D158\U0001D165\U0001D16E"}, /* grows threefold */
        {"latin \xE5", "latin \xE5"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(Secret) secret = secret_from_text(CASES[i].text);
        expect_secret(secret, CASES[i].bytes);
    }
}

/* B17: RFC 8265, 4.2: every blank (Zs) is the one of ASCII; then NFC. Case, width and all else
 * stay. */
static void test_b17_passphrases_are_opaque_strings(void **state)
{
    (void)state;
    static const struct {
        const char *text, *opaque;
    } CASES[] = {
        {"", ""},
        {"tre små grisar", "tre små grisar"},
        {"tre\u00A0sma\u030A\u3000grisar", "tre små grisar"},
        {"\u1680\u2000\u2009\u202F\u205F", "     "},
        {"a\u200Bb\tc\nd", "a\u200Bb\tc\nd"},
        {"Ａ ﬁ ²", "Ａ ﬁ ²"},
        {"latin \xA0\xE5", "latin \xA0\xE5"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(Secret) text = secret_copy(CASES[i].text, strlen(CASES[i].text));
        g_autoptr(Secret) opaque = secret_opaque(text);
        expect_secret(opaque, CASES[i].opaque);
        g_autoptr(Secret) again = secret_opaque(opaque);
        expect_secret(again, CASES[i].opaque);
    }
}

/* Writes `bytes` with `mode`, reads the passphrase of it and removes it. `exposed` may be NULL. */
static Secret *read_file_mode(const char *bytes, mode_t mode, gboolean *exposed, GError **error)
{
    g_autofree char *path = g_build_filename(folder, "passphrase", NULL);
    assert_true(g_file_set_contents(path, bytes, -1, NULL));
    assert_int_equal(chmod(path, mode), 0);
    Secret *secret = secret_read_passphrase_file(path, exposed, error);
    assert_int_equal(g_unlink(path), 0);
    return secret;
}

static Secret *read_file(const char *bytes, GError **error)
{
    return read_file_mode(bytes, 0600, NULL, error);
}

static void the_first_line_of_a_file(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *passphrase;
    } CASES[] = {
        {"tre små grisar\n", "tre små grisar"},
        {"tre små grisar", "tre små grisar"},
        {"tre sma\u030A grisar\r\n", "tre små grisar"},
        {"en\ntvå\n", "en"},
        {" blank \n", " blank "},
        {"\xEF\xBB\xBFord\r\n", "ord"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(Secret) secret = read_file(CASES[i].bytes, &error);
        assert_null(error);
        expect_secret(secret, CASES[i].passphrase);
    }
    g_autofree char *longest = g_strnfill(1024, 'a');
    g_autoptr(Secret) all = read_file(longest, NULL);
    expect_secret(all, longest);
}

static void files_that_are_refused(void **state)
{
    (void)state;
    g_autofree char *long_line = g_strnfill(1025, 'a');
    g_autofree char *longer_line = g_strnfill(5000, 'a');
    const char *const CASES[] = {"",        "\n",        "\r\n",          "\nord\n",
                                 long_line, longer_line, "\xEF\xBB\xBF\n"};
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(read_file(CASES[i], &error));
        assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_INPUT));
    }
    g_autoptr(GError) missing = NULL;
    g_autofree char *path = g_build_filename(folder, "none", NULL);
    assert_null(secret_read_passphrase_file(path, NULL, &missing));
    assert_true(g_error_matches(missing, DAGSFORM_ERROR, ERROR_NOT_FOUND));
    g_autoptr(GError) is_folder = NULL;
    assert_int_equal(chmod(folder, 0700), 0);
    assert_null(secret_read_passphrase_file(folder, NULL, &is_folder));
    assert_true(g_error_matches(is_folder, DAGSFORM_ERROR, ERROR_IO));
}

/* B17: what could not be typed again on another machine. */
static void test_b17_bytes_that_are_no_text(void **state)
{
    (void)state;
    g_autoptr(GError) latin = NULL, wide = NULL;
    assert_null(read_file("tre sm\xE5 grisar\n", &latin));
    assert_true(g_error_matches(latin, DAGSFORM_ERROR, ERROR_INPUT));
    assert_non_null(strstr(latin->message, "UTF-8"));

    static const char utf16[] = "t\0r\0e\0 \0g\0r\0i\0s\0a\0r\0\n";
    g_autofree char *path = g_build_filename(folder, "passphrase", NULL);
    assert_true(g_file_set_contents(path, utf16, sizeof utf16, NULL));
    assert_null(secret_read_passphrase_file(path, NULL, &wide));
    assert_int_equal(g_unlink(path), 0);
    assert_true(g_error_matches(wide, DAGSFORM_ERROR, ERROR_INPUT));
    assert_non_null(strstr(wide->message, "NUL"));
}

static void a_file_open_to_others_is_told(void **state)
{
    (void)state;
    static const struct {
        mode_t mode;
        gboolean exposed;
    } CASES[] = {{0600, FALSE}, {0400, FALSE}, {0700, FALSE}, {0640, TRUE},
                 {0604, TRUE},  {0644, TRUE},  {0620, FALSE}};
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        gboolean exposed = !CASES[i].exposed;
        g_autoptr(Secret) secret = read_file_mode("ord\n", CASES[i].mode, &exposed, NULL);
        expect_secret(secret, "ord");
        assert_int_equal(exposed, CASES[i].exposed);
    }
}

static void a_pipe_is_a_file_too(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "genom ett rör\nmer", 18), 18);
    close(ends[1]);
    g_autofree char *path = g_strdup_printf("/dev/fd/%d", ends[0]);
    g_autoptr(Secret) secret = secret_read_passphrase_file(path, NULL, NULL);
    close(ends[0]);
    expect_secret(secret, "genom ett rör");
}

/* --- the terminal ----------------------------------------------------------------------------- */

#define PROMPT "Passphrase: "

/* What the child says on the terminal after it was asked. Its exit status. */
static int answer_in_child(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Secret) secret = secret_read_passphrase_tty(PROMPT, &error);
    struct termios terminal;
    gboolean echoes = tcgetattr(STDIN_FILENO, &terminal) == 0 && (terminal.c_lflag & ECHO) != 0;
    g_autofree char *text = NULL;
    if (secret != NULL)
        text = g_strndup((const char *)secret->bytes, secret->length);
    else
        text = g_strdup_printf("error %d", error->code);
    g_autofree char *line = g_strdup_printf("<%s|%s>", text, echoes ? "echo" : "silent");
    return write(STDOUT_FILENO, line, strlen(line)) > 0 ? 0 : 1;
}

/* Reads until `text` has come (or the other side is gone); everything read so far is in `seen`. */
static void read_until(int terminal, GString *seen, const char *text)
{
    char byte = 0;
    while (strstr(seen->str, text) == NULL && read(terminal, &byte, 1) == 1)
        g_string_append_c(seen, byte);
}

/* A child is asked and `typed` is typed after the prompt. All that came on the terminal; new. */
static char *talk(const char *typed)
{
    int terminal = -1;
    pid_t child = forkpty(&terminal, NULL, NULL, NULL);
    assert_true(child >= 0);
    if (child == 0)
        _exit(answer_in_child());
    GString *seen = g_string_new(NULL);
    read_until(terminal, seen, PROMPT);
    assert_int_equal(write(terminal, typed, strlen(typed)), strlen(typed));
    read_until(terminal, seen, ">");
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    close(terminal);
    return g_string_free(seen, FALSE);
}

static void the_terminal_is_asked_without_echo(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *answer;
    } CASES[] = {
        {"hemligt ord\n", "<hemligt ord|echo>"},
        {"fa\u030Agel\n", "<fågel|echo>"},
        {"fel\x15rätt\n", "<rätt|echo>"}, /* ^U */
        {"abc\x7F\n", "<ab|echo>"},       /* backspace */
    };
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *seen = talk(CASES[i].typed);
        assert_true(g_str_has_prefix(seen, PROMPT "\r\n"));
        assert_string_equal(seen + strlen(PROMPT "\r\n"), CASES[i].answer);
    }
}

static void breaking_off_is_cancelling(void **state)
{
    (void)state;
    static const char *const KEYS[] = {"\x03", "abc\x03", "\x04"};
    char answer[32];
    g_snprintf(answer, sizeof answer, "<error %d|echo>", ERROR_CANCELLED);
    for (guint i = 0; i < G_N_ELEMENTS(KEYS); i++) {
        g_autofree char *seen = talk(KEYS[i]);
        assert_non_null(strstr(seen, answer));
        assert_null(strstr(seen, "abc"));
    }
    g_snprintf(answer, sizeof answer, "<error %d|echo>", ERROR_INPUT);
    g_autofree char *seen = talk("\n");
    assert_non_null(strstr(seen, answer));
}

/* A signal ends the process as it would have done, but the terminal echoes again. */
static void a_signal_leaves_the_terminal_in_order(void **state)
{
    (void)state;
    static const int SIGNALS[] = {SIGTERM, SIGHUP, SIGQUIT};
    for (guint i = 0; i < G_N_ELEMENTS(SIGNALS); i++) {
        int terminal = -1, other = -1;
        assert_int_equal(openpty(&terminal, &other, NULL, NULL, NULL), 0);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            close(terminal);
            if (login_tty(other) != 0)
                _exit(1);
            _exit(answer_in_child());
        }
        /* `other` stays open here, so the terminal can still be looked at. */
        g_autoptr(GString) seen = g_string_new(NULL);
        read_until(terminal, seen, PROMPT);
        struct termios mode;
        assert_int_equal(tcgetattr(other, &mode), 0);
        assert_int_equal(mode.c_lflag & ECHO, 0);
        assert_int_equal(kill(child, SIGNALS[i]), 0);
        int status = 0;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGNALS[i]);
        assert_int_equal(tcgetattr(other, &mode), 0);
        assert_int_not_equal(mode.c_lflag & ECHO, 0);
        close(other);
        close(terminal);
    }
}

/* The leader of a session: starts the one who is asked, sees it stop with the terminal in order,
 * and lets it go on. The terminal stops only a process group with a parent in another one. */
static _Noreturn void be_shell(void)
{
    pid_t asked = fork();
    if (asked == 0) {
        signal(SIGTTOU, SIG_IGN);
        if (setpgid(0, 0) != 0 || tcsetpgrp(STDIN_FILENO, getpid()) != 0)
            _exit(4);
        signal(SIGTTOU, SIG_DFL);
        _exit(answer_in_child());
    }
    int status = 0;
    struct termios mode;
    if (waitpid(asked, &status, WUNTRACED) != asked || !WIFSTOPPED(status) ||
        tcgetattr(STDIN_FILENO, &mode) != 0 || (mode.c_lflag & ECHO) == 0)
        _exit(2);
    kill(asked, SIGCONT);
    _exit(waitpid(asked, &status, 0) == asked && WIFEXITED(status) ? WEXITSTATUS(status) : 3);
}

/* ^Z gives the shell a terminal with echo; back in the foreground it is asked again. */
static void a_stop_is_survived(void **state)
{
    (void)state;
    /* Valgrind does not let a process stop itself. */
    const char *preload = g_getenv("LD_PRELOAD");
    if (preload != NULL && strstr(preload, "vgpreload") != NULL)
        skip();
    int terminal = -1;
    pid_t shell = forkpty(&terminal, NULL, NULL, NULL);
    assert_true(shell >= 0);
    if (shell == 0) {
        be_shell();
    }
    g_autoptr(GString) seen = g_string_new(NULL);
    read_until(terminal, seen, PROMPT);
    assert_int_equal(write(terminal, "\x1A", 1), 1);
    read_until(terminal, seen, "\r\n" PROMPT);
    assert_int_equal(write(terminal, "åter\n", 6), 6);
    read_until(terminal, seen, ">");
    assert_non_null(strstr(seen->str, "<åter|echo>"));
    int status = 0;
    assert_int_equal(waitpid(shell, &status, 0), shell);
    assert_int_equal(status, 0);
    close(terminal);
}

static int ask_without_terminal(void)
{
    setsid(); /* a new session has no terminal */
    g_autoptr(GError) error = NULL;
    gboolean told = secret_read_passphrase_tty(PROMPT, &error) == NULL &&
                    g_error_matches(error, DAGSFORM_ERROR, ERROR_INPUT) &&
                    strstr(error->message, "--passphrase-file") != NULL;
    return told ? 0 : 1;
}

static void without_a_terminal_it_says_so(void **state)
{
    (void)state;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        _exit(ask_without_terminal());
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_process_is_closed),
        cmocka_unit_test(memory_is_its_own),
        cmocka_unit_test(text_is_one_passphrase_in_both_encodings),
        cmocka_unit_test(test_b17_passphrases_are_opaque_strings),
        cmocka_unit_test(the_first_line_of_a_file),
        cmocka_unit_test(files_that_are_refused),
        cmocka_unit_test(test_b17_bytes_that_are_no_text),
        cmocka_unit_test(a_file_open_to_others_is_told),
        cmocka_unit_test(a_pipe_is_a_file_too),
        cmocka_unit_test(the_terminal_is_asked_without_echo),
        cmocka_unit_test(breaking_off_is_cancelling),
        cmocka_unit_test(a_signal_leaves_the_terminal_in_order),
        cmocka_unit_test(a_stop_is_survived),
        cmocka_unit_test(without_a_terminal_it_says_so),
    };
    return cmocka_run_group_tests_name("base/secret", tests, setup, teardown);
}
