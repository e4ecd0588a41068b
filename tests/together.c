/* together.c: the unit tests of a folder as one program, which is the test by whose name it is
 * called, or each of those it is given, in a process of its own that is loaded already. TESTS(T) is a
 * T(NAME) for each of them, whose main() is called main_NAME there. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define DECLARED(name) int main_##name(void);
TESTS(DECLARED)

#define NAMED(name) {#name, main_##name},
static const struct {
    const char *name;
    int (*run)(void);
} named[] = {TESTS(NAMED)};

/* 0 when it passes. */
static int run(const char *name)
{
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (strcmp(named[i].name, name) == 0)
            return named[i].run();
    fprintf(stderr, "There is no test called %s here.\n", name);
    return 1;
}

static int run_apart(const char *name)
{
    int status = 0;

    fflush(NULL);
    pid_t child = fork();
    if (child == 0)
        exit(run(name));
    return child < 0 || waitpid(child, &status, 0) != child || status != 0;
}

int main(int argc, char **argv)
{
    const char *slash = argc > 0 ? strrchr(argv[0], '/') : NULL;
    int failed = 0;

    if (argc < 2)
        return run(slash != NULL ? slash + 1 : "");
    for (int i = 1; i < argc; i++)
        failed |= run_apart(argv[i]);
    return failed;
}
