/* main.c: reads the command line; a subcommand, or the full screen without one. */
#include "base/clock.h"
#include "base/i18n.h"
#include "cmd/cmd.h"
#include "ui/run.h"

#include <stdio.h>
#include <string.h>

/* --lang must be known before the first text, wherever it stands. */
static const char *language_of(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (g_str_equal(argv[i], "--lang") && i + 1 < argc)
            return argv[i + 1];
        if (g_str_has_prefix(argv[i], "--lang="))
            return argv[i] + strlen("--lang=");
    }
    return NULL;
}

static void print_overview(void)
{
    g_autofree char *commands = cmd_overview();
    printf(_("dagsform [--db FILE] [--user NAME]   opens the full screen\n"
             "dagsform COMMAND …                   does one thing and ends:\n\n%s\n"
             "dagsform COMMAND --help tells more of each.\n"),
           commands);
}

int main(int argc, char **argv)
{
    GError *error = NULL;
    const char *language = language_of(argc, argv);
    if (!i18n_init(language)) {
        fprintf(stderr, _("%s is not a language of this program. Choose sv, en or fi.\n"),
                language);
        return EXIT_USAGE;
    }
    if (!secret_init(&error) || !clock_init(&error) || !db_engine_check(&error))
        return cmd_fail(error);
    const char *first = argc > 1 ? argv[1] : NULL;
    if (first && (g_str_equal(first, "--help") || g_str_equal(first, "-h"))) {
        print_overview();
        return EXIT_DONE;
    }
    if (first && g_str_equal(first, "--version")) {
        printf("dagsform %s, %s\n", DAGSFORM_VERSION, db_engine_version());
        return EXIT_DONE;
    }
    if (!first || first[0] == '-')
        return ui_run(argc, argv);
    const Command *command = cmd_find(first);
    if (!command) {
        fprintf(stderr, _("There is no command called %s. See: dagsform --help\n"), first);
        return EXIT_USAGE;
    }
    return command->run(argc - 1, argv + 1);
}
