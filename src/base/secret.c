/* secret.c: locked memory, and reading a passphrase into it without a detour. */
#include "base/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sodium.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <termios.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/i18n.h"
#include "base/leak_checker.h"

/* The longest passphrase in bytes; the terminal's own line is at most 4095. */
#define LONGEST 1024

gboolean secret_init(GError **error)
{
    if (sodium_init() < 0) {
        fault_set(error, "libsodium cannot start");
        return FALSE;
    }
    const struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    if (!UNDER_LEAK_CHECKER)
        prctl(PR_SET_DUMPABLE, 0);
    /* A file-size limit then is a failed write that can be told, not the end of the process. */
    signal(SIGXFSZ, SIG_IGN);
    return TRUE;
}

Secret *secret_new(gsize length)
{
    Secret *secret = g_new(Secret, 1);
    secret->bytes = sodium_malloc(length);
    secret->length = length;
    /* Like g_malloc(): without a few pages there is nothing left to do. */
    if (secret->bytes == NULL)
        g_error("no memory for a key");
    sodium_memzero(secret->bytes, length);
    return secret;
}

Secret *secret_copy(const void *bytes, gsize length)
{
    Secret *secret = secret_new(length);
    if (length > 0)
        memcpy(secret->bytes, bytes, length);
    return secret;
}

void secret_free(Secret *secret)
{
    if (secret == NULL)
        return;
    sodium_free(secret->bytes);
    g_free(secret);
}

/* What is locked already is not counted once more. */
gboolean secret_is_locked(const Secret *secret)
{
    return mlock(secret->bytes, secret->length) == 0;
}

gboolean secret_equal(const Secret *a, const Secret *b)
{
    return a->length == b->length && sodium_memcmp(a->bytes, b->bytes, a->length) == 0;
}

/* RFC 8265, 4.2.2, rule 2: every kind of blank is the one of ASCII. All of them are one unit of
 * UTF-16. */
static void map_blanks(UChar *text, int32_t length)
{
    for (int32_t i = 0; i < length; i++)
        if (u_charType(text[i]) == U_SPACE_SEPARATOR)
            text[i] = ' ';
}

/* The NFC of UTF-8 bytes; bytes that are no UTF-8 are kept as they are, so they too are one
 * passphrase. Every step is in locked memory: the buffers are large enough (NFC is at most three
 * times as long) that ICU makes none of its own. */
static Secret *normalise(const guint8 *bytes, gsize length, gboolean opaque)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
    g_autoptr(Secret) wide = secret_new((length + 1) * sizeof(UChar));
    g_autoptr(Secret) composed = secret_new((3 * length + 1) * sizeof(UChar));
    g_autoptr(Secret) utf8 = secret_new(9 * length + 1);
    int32_t wide_length = 0, composed_length = 0, utf8_length = 0;

    /* Guarded bytes end at the end of a page, so an even length begins at an even address. */
    UChar *wide_text = (UChar *)(void *)wide->bytes;
    UChar *composed_text = (UChar *)(void *)composed->bytes;
    u_strFromUTF8(wide_text, (int32_t)length + 1, &wide_length, (const char *)bytes,
                  (int32_t)length, &status);
    if (opaque && U_SUCCESS(status))
        map_blanks(wide_text, wide_length);
    composed_length = unorm2_normalize(nfc, wide_text, wide_length, composed_text,
                                       (int32_t)(3 * length + 1), &status);
    u_strToUTF8((char *)utf8->bytes, (int32_t)utf8->length, &utf8_length, composed_text,
                composed_length, &status);
    if (U_FAILURE(status))
        return secret_copy(bytes, length);
    return secret_copy(utf8->bytes, (gsize)utf8_length);
}

Secret *secret_from_text(const char *text)
{
    return normalise((const guint8 *)text, strlen(text), FALSE);
}

Secret *secret_composed(const Secret *text)
{
    return normalise(text->bytes, text->length, FALSE);
}

Secret *secret_opaque(const Secret *text)
{
    return normalise(text->bytes, text->length, TRUE);
}

/* --- from a file ------------------------------------------------------------------------------ */

static gboolean open_passphrase_file(const char *path, int *file, gboolean *exposed, GError **error)
{
    *file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (*file < 0 && errno == ENOENT) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                    _("There is no file %s. Check the path after --passphrase-file."), path);
        return FALSE;
    }
    struct stat status;
    if (*file < 0 || fstat(*file, &status) != 0) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_IO, _("The file %s cannot be read: %s."), path,
                    g_strerror(errno));
        return FALSE;
    }
    /* A pipe (process substitution) has no readers but us. */
    if (exposed)
        *exposed = S_ISREG(status.st_mode) && (status.st_mode & (S_IRGRP | S_IROTH)) != 0;
    return TRUE;
}

/* Fills `line` up to its first newline, its length or the end of the file. -1 when reading
 * fails. */
static gssize read_line(int file, Secret *line)
{
    gsize length = 0;
    while (length < line->length && memchr(line->bytes, '\n', length) == NULL) {
        ssize_t count = read(file, line->bytes + length, line->length - length);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return -1;
        if (count == 0)
            break;
        length += (gsize)count;
    }
    const guint8 *newline = memchr(line->bytes, '\n', length);
    return newline != NULL ? newline - line->bytes : (gssize)length;
}

/* What could not be typed again on another machine is no passphrase. */
static gboolean is_text(const guint8 *bytes, gsize length, GError **error)
{
    if (memchr(bytes, '\0', length) != NULL)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("There is a NUL sign in the passphrase, as in a file that is saved "
                              "as UTF-16. Save the file as UTF-8 and try again."));
    else if (!g_utf8_validate((const char *)bytes, (gssize)length, NULL))
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("The passphrase is not in UTF-8. Save its file as UTF-8, or set the "
                              "terminal to UTF-8, and try again."));
    else
        return TRUE;
    return FALSE;
}

static Secret *passphrase_of_line(const Secret *line, gsize length, GError **error)
{
    const guint8 *start = line->bytes;
    if (length > LONGEST) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("The passphrase is too long. It may have %d characters at most."), LONGEST);
        return NULL;
    }
    if (length > 0 && start[length - 1] == '\r')
        length--;
    /* Some editors put a byte-order mark in front of every file. */
    if (length >= 3 && memcmp(start, "\xEF\xBB\xBF", 3) == 0) {
        start += 3;
        length -= 3;
    }
    if (length == 0) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("The passphrase is empty. Write it on the first line."));
        return NULL;
    }
    return is_text(start, length, error) ? normalise(start, length, FALSE) : NULL;
}

Secret *secret_read_passphrase_file(const char *path, gboolean *exposed, GError **error)
{
    int file = -1;
    Secret *passphrase = NULL;
    if (open_passphrase_file(path, &file, exposed, error)) {
        g_autoptr(Secret) line = secret_new(LONGEST + 2);
        gssize length = read_line(file, line);
        if (length < 0)
            g_set_error(error, DAGSFORM_ERROR, ERROR_IO, _("The file %s cannot be read: %s."), path,
                        g_strerror(errno));
        else
            passphrase = passphrase_of_line(line, (gsize)length, error);
    }
    if (file >= 0)
        close(file);
    return passphrase;
}

/* --- from the terminal ------------------------------------------------------------------------ */

/* Signals that would leave the terminal without echo if they came through at once. Each is noted,
 * the terminal put back, and the signal sent again. Those of a background process (SIGTTIN,
 * SIGTTOU) stop us before anything is changed and stay as they are. */
static const int HELD[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGTSTP};

/* A handler can reach nothing else. */
static volatile sig_atomic_t noted_signal;

static void note_signal(int number)
{
    noted_signal = number;
}

typedef struct {
    struct sigaction actions[G_N_ELEMENTS(HELD)];
    sigset_t mask;
} SavedSignals;

/* The signals are blocked but within ppoll(), so none is lost between a look and a wait. */
static void hold_signals(SavedSignals *saved)
{
    struct sigaction note = {.sa_handler = note_signal};
    sigset_t held;
    sigemptyset(&note.sa_mask);
    sigemptyset(&held);
    for (guint i = 0; i < G_N_ELEMENTS(HELD); i++)
        sigaddset(&held, HELD[i]);
    pthread_sigmask(SIG_BLOCK, &held, &saved->mask);
    noted_signal = 0;
    for (guint i = 0; i < G_N_ELEMENTS(HELD); i++)
        sigaction(HELD[i], &note, &saved->actions[i]);
}

static void release_signals(const SavedSignals *saved)
{
    for (guint i = 0; i < G_N_ELEMENTS(HELD); i++)
        sigaction(HELD[i], &saved->actions[i], NULL);
    pthread_sigmask(SIG_SETMASK, &saved->mask, NULL);
}

static gboolean write_all(int file, const char *text)
{
    gsize length = strlen(text);
    while (length > 0) {
        ssize_t count = write(file, text, length);
        if (count < 0 && errno != EINTR)
            return FALSE;
        if (count > 0) {
            text += count;
            length -= (gsize)count;
        }
    }
    return TRUE;
}

/* One line without echo. Its length; -1 at the end of input or when a signal was noted. */
static gssize read_tty_line(int tty, Secret *line, const sigset_t *waiting)
{
    gsize length = 0;
    while (length < line->length) {
        struct pollfd ready = {.fd = tty, .events = POLLIN};
        int polled = ppoll(&ready, 1, NULL, waiting);
        if (noted_signal != 0)
            return -1;
        if (polled < 0 && errno == EINTR)
            continue;
        ssize_t count = polled < 0 ? -1 : read(tty, line->bytes + length, line->length - length);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return -1;
        length += (gsize)count;
        if (line->bytes[length - 1] == '\n')
            return (gssize)length - 1;
    }
    return (gssize)length;
}

/* One prompt and one answer. `*number` is the signal that broke it off, 0 for none. What was typed
 * ahead is kept (TCSADRAIN). */
static gssize ask_once(int tty, const char *prompt, Secret *line, int *number)
{
    struct termios shown;
    if (tcgetattr(tty, &shown) != 0)
        return -1;
    struct termios hidden = shown;
    hidden.c_lflag &= ~(tcflag_t)(ECHO | ECHOE | ECHOK | ECHONL);
    /* NOFLSH: ^C must not throw away what is said after it. */
    hidden.c_lflag |= ICANON | ISIG | NOFLSH;

    SavedSignals saved;
    hold_signals(&saved);
    gssize length = -1;
    if (tcsetattr(tty, TCSADRAIN, &hidden) == 0 && write_all(tty, prompt))
        length = read_tty_line(tty, line, &saved.mask);
    *number = noted_signal;
    tcsetattr(tty, TCSADRAIN, &shown);
    write_all(tty, "\n");
    release_signals(&saved);
    return length;
}

Secret *secret_read_passphrase_tty(const char *prompt, GError **error)
{
    int tty = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (tty < 0) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("There is no terminal to ask for the passphrase. Give it with "
                              "--passphrase-file."));
        return NULL;
    }
    g_autoptr(Secret) line = secret_new(LONGEST + 2);
    int number = 0;
    gssize length = -1;
    do {
        length = ask_once(tty, prompt, line, &number);
        /* ^C is an answer of its own; a stop (^Z) and what ends the program take effect now. */
        if (number != 0 && number != SIGINT)
            raise(number);
    } while (number == SIGTSTP);
    close(tty);
    if (length < 0) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CANCELLED,
                            _("No passphrase was given; nothing has been changed."));
        return NULL;
    }
    return passphrase_of_line(line, (gsize)length, error);
}
