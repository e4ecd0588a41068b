/* try_at_exit.c: linked into the program of the tests. Where DAGSFORM_TEST_TRY names a file, it tries at
 * its end what a broken file could make of it (base/confine.h), and tells into what is open as
 * DAGSFORM_TEST_TRY_FD how each went.
 */
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <unistd.h>

static const char *tried(int value)
{
    return value >= 0 ? "done" : errno == EPERM ? "EPERM" : errno == EACCES ? "EACCES" : "failed";
}

__attribute__((destructor)) static void try_at_exit(void)
{
    const char *path = getenv("DAGSFORM_TEST_TRY"), *fd = getenv("DAGSFORM_TEST_TRY_FD");
    char *const none[] = {NULL};
    FILE *told = path != NULL && fd != NULL ? fdopen(atoi(fd), "w") : NULL;
    if (told == NULL)
        return;
    fprintf(told, "file %s\n", tried(open(path, O_RDONLY | O_CLOEXEC)));
    fprintf(told, "network %s\n", tried(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)));
    fprintf(told, "process %s\n", tried((int)ptrace(PTRACE_SEIZE, getppid(), NULL, NULL)));
    fprintf(told, "program %s\n", tried(execve("/bin/false", none, none)));
    fclose(told);
}
