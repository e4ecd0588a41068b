/* term_fatal.c: a program that dies leaves the terminal as it found it. Everything the handler
 * needs is made beforehand; it calls only what signal-safety(7) allows. */
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "ui/term_private.h"

static const int SIGNALS[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS};
enum { STACK_SIZE = 16384 };

static struct {
    char restore[512];
    gsize restore_length;
    struct termios modes;
    gboolean taken[G_N_ELEMENTS(SIGNALS)];
    stack_t stack;
} fatal;

static void on_fatal(int number)
{
    tcsetattr(STDIN_FILENO, TCSANOW, &fatal.modes);
    gsize at = 0;
    while (at < fatal.restore_length) {
        gssize written = write(STDOUT_FILENO, fatal.restore + at, fatal.restore_length - at);
        if (written <= 0)
            break;
        at += (gsize)written;
    }
    raise(number); /* SA_RESETHAND: now it ends the program */
}

void fatal_start(const char *restore)
{
    fatal.restore_length = MIN(strlen(restore), sizeof fatal.restore);
    memcpy(fatal.restore, restore, fatal.restore_length);
    tcgetattr(STDIN_FILENO, &fatal.modes);
    /* A stack of its own, since a full one is among the reasons. */
    fatal.stack = (stack_t){.ss_sp = g_malloc(STACK_SIZE), .ss_size = STACK_SIZE};
    sigaltstack(&fatal.stack, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(SIGNALS); i++) {
        struct sigaction old, new = {.sa_handler = on_fatal, .sa_flags = SA_RESETHAND | SA_ONSTACK};
        sigemptyset(&new.sa_mask);
        /* A sanitizer's own handler stays: it has more to tell. */
        fatal.taken[i] = sigaction(SIGNALS[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL &&
                         sigaction(SIGNALS[i], &new, NULL) == 0;
    }
}

void fatal_stop(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(SIGNALS); i++)
        if (fatal.taken[i])
            signal(SIGNALS[i], SIG_DFL);
    stack_t none = {.ss_flags = SS_DISABLE};
    sigaltstack(&none, NULL);
    g_clear_pointer(&fatal.stack.ss_sp, g_free);
}
