/* shown.c: the two streams, as streams of our own before the terminal. */
#include "cmd/shown.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

/* The first byte of the second row of control signs in UTF-8, U+0080 to U+009F. */
#define LEAD '\xc2'

gsize shown_clean(const char *bytes, gsize length, char *clean, gboolean *held)
{
    gsize count = 0;
    for (gsize i = 0; i < length; i++) {
        const guchar byte = (guchar)bytes[i];
        if (*held) {
            *held = FALSE;
            if (byte >= 0x80 && byte < 0xa0) {
                clean[count++] = '?';
                continue;
            }
            clean[count++] = LEAD;
        }
        if (bytes[i] == LEAD)
            *held = TRUE;
        else if ((byte < 0x20 && bytes[i] != '\n' && bytes[i] != '\r' && bytes[i] != '\t') ||
                 byte == 0x7f)
            clean[count++] = '?';
        else
            clean[count++] = bytes[i];
    }
    return count;
}

typedef struct {
    int fd;
    gboolean held;
} Terminal;

static ssize_t write_clean(void *cookie, const char *bytes, size_t length)
{
    Terminal *terminal = cookie;
    g_autofree char *clean = g_malloc(length + 1); /* what was held back beside it */
    gsize left = shown_clean(bytes, length, clean, &terminal->held);
    for (const char *at = clean; left > 0;) {
        const ssize_t written = write(terminal->fd, at, left);
        if (written < 0 && errno != EINTR)
            return 0;
        at += MAX(written, 0);
        left -= (gsize)MAX(written, 0);
    }
    return (ssize_t)length;
}

/* Lives as long as the program. */
static FILE *clean_stream(FILE *stream, int fd, int buffering)
{
    if (!isatty(fd))
        return stream;
    Terminal *terminal = g_new0(Terminal, 1);
    terminal->fd = fd;
    FILE *clean = fopencookie(terminal, "w", (cookie_io_functions_t){.write = write_clean});
    if (clean == NULL) {
        g_free(terminal);
        return stream;
    }
    fflush(stream);
    setvbuf(clean, NULL, buffering, 0);
    return clean;
}

void shown_begin(void)
{
    stdout = clean_stream(stdout, STDOUT_FILENO, _IOLBF);
    stderr = clean_stream(stderr, STDERR_FILENO, _IONBF);
}
