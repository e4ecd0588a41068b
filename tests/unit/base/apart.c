/* apart.c: what work in a process of its own leaves behind, and how it ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/apart.h"
#include "base/confine.h"
#include "base/error.h"

static gboolean write_file(gpointer data, GError **error)
{
    char *path = data;
    gboolean written = g_file_set_contents(path, "x", 1, error);
    path[0] = '\0';
    return written;
}

static void its_files_stay_and_its_memory_goes(void **state)
{
    (void)state;
    g_autofree char *folder = g_dir_make_tmp("dagsform-apart-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "left", NULL);
    g_autoptr(GError) error = NULL;
    assert_true(apart_run(write_file, path, &error));
    assert_null(error);
    assert_int_equal(g_unlink(path), 0);
    assert_int_equal(g_rmdir(folder), 0);
    /* No child is left, dead or alive. */
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

static gboolean refuse(gpointer data, GError **error)
{
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_EXISTS, data);
    return FALSE;
}

static void its_error_is_handed_on(void **state)
{
    (void)state;
    /* More than a pipe holds. */
    g_autofree char *sentence = g_strnfill(200000, 'a');
    const char *const sentences[] = {"Filen finns redan: välj ett annat namn.", sentence};
    for (gsize i = 0; i < G_N_ELEMENTS(sentences); i++) {
        g_autoptr(GError) error = NULL;
        assert_false(apart_run(refuse, (gpointer)sentences[i], &error));
        assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_EXISTS));
        assert_string_equal(error->message, sentences[i]);
    }
}

static gboolean die(gpointer data, GError **error)
{
    (void)error;
    return raise(GPOINTER_TO_INT(data)) == 0;
}

static int written_by_handler[2];

static void on_signal(int number)
{
    (void)number;
    if (write(written_by_handler[1], "!", 1) != 1)
        _exit(2);
}

/* A fault in a library: the program lives, says so, and its own handler does not run there. */
static void its_death_is_an_error(void **state)
{
    (void)state;
    static const int numbers[] = {SIGKILL, SIGSEGV, SIGABRT};
    char byte;
    assert_int_equal(pipe(written_by_handler), 0);
    void (*before)(int) = signal(SIGSEGV, on_signal);
    for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++) {
        g_autoptr(GError) error = NULL;
        assert_false(apart_run(die, GINT_TO_POINTER(numbers[i]), &error));
        assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_IO));
        assert_non_null(strstr(error->message, "broken off"));
    }
    signal(SIGSEGV, before);
    close(written_by_handler[1]);
    assert_int_equal(read(written_by_handler[0], &byte, 1), 0);
    close(written_by_handler[0]);
}

static gboolean speak(gpointer data, GError **error)
{
    (void)data;
    (void)error;
    return write(STDOUT_FILENO, "!", 1) == 1 && write(STDERR_FILENO, "!", 1) == 1;
}

static void it_says_nothing_on_the_terminal(void **state)
{
    (void)state;
    int ends[2], out = dup(STDOUT_FILENO), err = dup(STDERR_FILENO);
    char byte;
    assert_int_equal(pipe(ends), 0);
    dup2(ends[1], STDOUT_FILENO);
    dup2(ends[1], STDERR_FILENO);
    close(ends[1]);
    gboolean done = apart_run(speak, NULL, NULL);
    dup2(out, STDOUT_FILENO);
    dup2(err, STDERR_FILENO);
    close(out);
    close(err);
    assert_true(done);
    assert_int_equal(read(ends[0], &byte, 1), 0);
    close(ends[0]);
}

static gboolean is_ignored(gpointer data, GError **error)
{
    struct sigaction action;
    (void)data;
    (void)error;
    return sigaction(SIGXFSZ, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

static void what_is_ignored_stays_ignored(void **state)
{
    (void)state;
    void (*before)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_true(apart_run(is_ignored, NULL, NULL));
    signal(SIGXFSZ, before);
}

static gboolean try_to_open(int fd, gpointer data, GError **error)
{
    char *bytes = NULL;
    const char *answer = g_file_get_contents(data, &bytes, NULL, NULL) ? bytes : "nothing";
    const gboolean put = apart_put(fd, answer, strlen(answer), error);
    g_free(bytes);
    return put;
}

static gboolean make_much(int fd, gpointer data, GError **error)
{
    g_autofree char *much = g_strnfill(5 << 20, 'a');
    (void)data;
    return apart_put(fd, much, 5 << 20, error);
}

/* What comes of it is handed over; nobody's file is opened meanwhile. */
static void bytes_are_made_where_no_file_is_opened(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    gsize length = 0;
    g_autofree char *folder = g_dir_make_tmp("dagsform-apart-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "secret", NULL);
    assert_true(g_file_set_contents(path, "opened", -1, NULL));
    static const char *const nowhere[] = {NULL};
    const pid_t child = fork();
    if (child == 0)
        _exit(confine_files(nowhere) ? 0 : 1);
    int status = 0;
    waitpid(child, &status, 0);
    g_autofree char *answer = apart_bytes(try_to_open, path, 100, &length, &error);
    assert_string_equal(answer, WEXITSTATUS(status) == 0 ? "nothing" : "opened");
    assert_int_equal(length, strlen(answer));
    g_autofree char *much = apart_bytes(make_much, NULL, 5 << 20, &length, &error);
    assert_int_equal(length, 5 << 20);
    assert_int_equal(strlen(much), length);
    g_unlink(path);
    g_rmdir(folder);
}

static gboolean make_without_end(int fd, gpointer data, GError **error)
{
    (void)data;
    while (apart_put(fd, "aaaaaaaaaaaaaaaa", 16, NULL)) {
    }
    (void)error;
    pause();
    return FALSE;
}

/* A process that is the file's own by then can neither fill the memory nor be waited for. */
static void what_has_no_end_is_broken_off(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    gsize length = 0;
    signal(SIGPIPE, SIG_IGN);
    assert_null(apart_bytes(make_without_end, NULL, 1 << 20, &length, &error));
    assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_IO));
    g_clear_error(&error);
    assert_null(apart_bytes(make_much, NULL, (5 << 20) - 1, &length, &error));
    assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_IO));
    signal(SIGPIPE, SIG_DFL);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

static void a_sentence_that_is_no_text_is_not_told(void **state)
{
    (void)state;
    static const char *const sentences[] = {"\xff\xfe", ""};
    for (gsize i = 0; i < G_N_ELEMENTS(sentences); i++) {
        g_autoptr(GError) error = NULL;
        assert_false(apart_run(refuse, (gpointer)sentences[i], &error));
        assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_IO));
        assert_non_null(strstr(error->message, "broken off"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_files_stay_and_its_memory_goes),
        cmocka_unit_test(its_error_is_handed_on),
        cmocka_unit_test(its_death_is_an_error),
        cmocka_unit_test(it_says_nothing_on_the_terminal),
        cmocka_unit_test(what_is_ignored_stays_ignored),
        cmocka_unit_test(bytes_are_made_where_no_file_is_opened),
        cmocka_unit_test(what_has_no_end_is_broken_off),
        cmocka_unit_test(a_sentence_that_is_no_text_is_not_told),
    };
    return cmocka_run_group_tests_name("base/apart", tests, NULL, NULL);
}
