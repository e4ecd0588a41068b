/* apart.c: a child of fork() does the work and tells down a pipe how it went. Secrets stay in the
 * pages that the parent has locked: the child shares them and is gone before either writes there.
 */
#include "base/apart.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/confine.h"
#include "base/error.h"
#include "base/i18n.h"

enum { DONE, FAILED };
/* Bytes of a sentence about what went wrong, many times the longest. */
#define SENTENCE_MOST (1 << 20)

/* What a library says must not land on the screen, nor a handler of the terminal's run in the
 * child; what is ignored stays so (a file that grows too large is an error, not the end). */
static void leave_terminal(void)
{
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int fd = STDIN_FILENO; nothing >= 0 && fd <= STDERR_FILENO; fd++)
        dup2(nothing, fd);
    for (int number = 1; number < NSIG; number++) {
        struct sigaction action;
        if (sigaction(number, NULL, &action) == 0 && action.sa_handler != SIG_IGN)
            signal(number, SIG_DFL);
    }
}

static void tell(int fd, const GError *error)
{
    const gint32 code = error->code;
    const char *part = (const char *)&code;
    gsize left = sizeof code;
    for (int i = 0; i < 2; i++, part = error->message, left = strlen(error->message))
        while (left > 0) {
            ssize_t written = write(fd, part, left);
            if (written < 0 && errno != EINTR)
                return;
            part += MAX(written, 0);
            left -= (gsize)MAX(written, 0);
        }
}

/* A piece of work, or one that comes to bytes. */
typedef struct {
    ApartWork work;
    ApartBytes bytes;
    gpointer data;
    gsize most; /* that is listened to */
} Piece;

static gboolean do_it(const Piece *piece, int fd, GError **error)
{
    static const char *const nowhere[] = {NULL};
    if (piece->work != NULL)
        return piece->work(piece->data, error);
    confine_files(nowhere);
    return piece->bytes(fd, piece->data, error);
}

G_NORETURN static void be_the_child(const Piece *piece, int fd)
{
    g_autoptr(GError) error = NULL;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    leave_terminal();
    if (do_it(piece, fd, &error))
        _exit(DONE);
    tell(fd, error);
    _exit(FAILED);
}

/* Until the child has closed its end, or has told more than `most`. New. */
static GByteArray *listen_to(int fd, gsize most)
{
    GByteArray *told = g_byte_array_new();
    enum { AT_ONCE = 64 << 10 };
    g_autofree guint8 *part = g_malloc(AT_ONCE);
    for (;;) {
        ssize_t got = read(fd, part, AT_ONCE);
        if (got > 0)
            g_byte_array_append(told, part, (guint)got);
        if (told->len > most || got == 0 || (got < 0 && errno != EINTR))
            return told;
    }
}

/* Its sentence; FALSE where it has told none, which a process that is no longer itself may do. */
static gboolean hand_on_sentence(const GByteArray *told, GError **error)
{
    gint32 code;
    if (told->len <= sizeof code || told->len > SENTENCE_MOST)
        return FALSE;
    g_autofree char *message =
        g_strndup((const char *)told->data + sizeof code, told->len - sizeof code);
    memcpy(&code, told->data, sizeof code);
    if (message[0] == '\0' || !g_utf8_validate(message, -1, NULL))
        return FALSE;
    g_set_error_literal(error, DAGSFORM_ERROR, code, message);
    return TRUE;
}

static gboolean hand_on(const GByteArray *told, gsize most, int status, GError **error)
{
    if (told->len <= most && WIFEXITED(status) && WEXITSTATUS(status) == DONE)
        return TRUE;
    if (told->len <= most && WIFEXITED(status) && WEXITSTATUS(status) == FAILED &&
        hand_on_sentence(told, error))
        return FALSE;
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_IO,
                        _("The work was broken off before its end, and what you have entered is "
                          "still there. Close other programs and try again."));
    return FALSE;
}

/* What it has told, new; NULL with `error`. */
static GByteArray *run(const Piece *piece, GError **error)
{
    int ends[2], status = 0;
    pid_t child = -1;
    if (pipe2(ends, O_CLOEXEC) == 0 && (child = fork()) < 0) {
        close(ends[0]);
        close(ends[1]);
    }
    if (child < 0) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_IO,
                            _("The computer has no room for more. Close other programs and try "
                              "again."));
        return NULL;
    }
    if (child == 0)
        be_the_child(piece, ends[1]);
    close(ends[1]);
    g_autoptr(GByteArray) told = listen_to(ends[0], piece->most);
    close(ends[0]);
    if (told->len > piece->most)
        kill(child, SIGKILL); /* it need not end by itself */
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return hand_on(told, piece->most, status, error) ? g_steal_pointer(&told) : NULL;
}

gboolean apart_run(ApartWork work, gpointer data, GError **error)
{
    const Piece piece = {.work = work, .data = data, .most = SENTENCE_MOST};
    g_autoptr(GByteArray) told = run(&piece, error);
    return told != NULL;
}

gboolean apart_put(int fd, const void *bytes, gsize length, GError **error)
{
    const char *at = bytes;
    while (length > 0) {
        const ssize_t written = write(fd, at, length);
        if (written < 0 && errno != EINTR) {
            g_set_error_literal(error, DAGSFORM_ERROR, ERROR_IO, g_strerror(errno));
            return FALSE;
        }
        at += MAX(written, 0);
        length -= (gsize)MAX(written, 0);
    }
    return TRUE;
}

char *apart_bytes(ApartBytes work, gpointer data, gsize most, gsize *length, GError **error)
{
    const Piece piece = {.bytes = work, .data = data, .most = MIN(most, APART_BYTES_MOST)};
    GByteArray *told = run(&piece, error);
    if (told == NULL)
        return NULL;
    *length = told->len;
    g_byte_array_append(told, (const guint8 *)"", 1);
    return (char *)g_byte_array_free(told, FALSE);
}
