/* together.c: the unit tests of a folder as one program, which is the test by whose name it is
 * called. TESTS(T) is a T(NAME) for each of them, whose main() is called main_NAME there. */
#include <stdio.h>
#include <string.h>

#define DECLARED(name) int main_##name(void);
TESTS(DECLARED)

#define NAMED(name) {#name, main_##name},
static const struct {
    const char *name;
    int (*run)(void);
} named[] = {TESTS(NAMED)};

int main(int argc, char **argv)
{
    const char *slash = argc > 0 ? strrchr(argv[0], '/') : NULL;

    for (size_t i = 0; slash != NULL && i < sizeof named / sizeof *named; i++)
        if (strcmp(named[i].name, slash + 1) == 0)
            return named[i].run();
    fputs("There is no test of that name here.\n", stderr);
    return 1;
}
