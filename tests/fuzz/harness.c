/* harness.c: what a target refuses by g_error(), and what GLib finds wrong in how it is called, is kept
 * as any other crash. GLib ends the program by
 * SIGTRAP, which libFuzzer does not wait for, and the input would be lost. */
#include <signal.h>
#include <stdlib.h>

#include <glib.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);

static void end(int signal_number)
{
    (void)signal_number;
    abort();
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    signal(SIGTRAP, end);
    g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
    return 0;
}
