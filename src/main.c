/* main.c: reads the command line; a subcommand, or the full screen without one. */
#include "base/clock.h"
#include "base/confine.h"
#include "base/i18n.h"
#include "care/unit/backup.h"
#include "cmd/commands.h"
#include "cmd/plain/plain.h"
#include "cmd/shown.h"
#include "ui/config.h"
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

/* Lines instead of the full screen. */
static gboolean asks_for_lines(int argc, char **argv)
{
    if (argc < 2 || argv[1][0] != '-')
        return FALSE;
    for (int i = 1; i < argc; i++)
        if (g_str_equal(argv[i], "--plain"))
            return TRUE;
    return FALSE;
}

/* As on the screen. Settings that cannot be read are said, and then it locks as where there are
 * none. */
static int run_lines(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Config) config = config_load(NULL, &error);
    if (!config)
        fprintf(stderr, "%s\n", error->message);
    const PlainSettings settings = {config ? config->lock_minutes : LOCK_MINUTES,
                                    config ? config->backup_days : BACKUP_LATE_DAYS,
                                    config ? config->syslog : FALSE};
    return plain_run(argc, argv, &settings);
}

static int run_screen(int argc, char **argv, gboolean language_given)
{
    g_autofree char *database = NULL, *login = NULL, *config = NULL, *language = NULL;
    gboolean monochrome = FALSE;
    const GOptionEntry entries[] = {
        {"db", 0, 0, G_OPTION_ARG_FILENAME, &database, NULL, NULL},
        {"user", 0, 0, G_OPTION_ARG_STRING, &login, NULL, NULL},
        {"lang", 0, 0, G_OPTION_ARG_STRING, &language, NULL, NULL},
        {"config", 0, 0, G_OPTION_ARG_FILENAME, &config, NULL, NULL},
        {"monochrome", 0, 0, G_OPTION_ARG_NONE, &monochrome, NULL, NULL},
        G_OPTION_ENTRY_NULL,
    };
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_option_context_set_help_enabled(context, FALSE);
    g_option_context_add_main_entries(context, entries, NULL);
    GError *error = NULL;
    if (!g_option_context_parse(context, &argc, &argv, &error) || argc > 1) {
        fprintf(stderr, _("That was not understood (%s). See: dagsform --help\n"),
                error ? error->message : argv[1]);
        g_clear_error(&error);
        return EXIT_USAGE;
    }
    const UiOptions options = {.database = database,
                               .login = login,
                               .config = config,
                               .language_given = language_given,
                               .monochrome = monochrome};
    return ui_run(&options, &error) ? EXIT_DONE : cmd_fail(error);
}

static void print_overview(void)
{
    g_autofree char *commands = cmd_overview();
    printf(_("dagsform [--db FILE] [--user NAME]   opens the full screen\n"
             "dagsform --plain …                   the same as lines, for screen readers\n"
             "dagsform COMMAND …                   does one thing and ends:\n\n%s\n"
             "dagsform COMMAND --help tells more of each. Beside that:\n\n"
             "  --lang LANG    sv, en or fi\n"
             "  --config FILE  the settings of the full screen\n"
             "  --monochrome   the full screen without colours\n"
             "  --version      which version this is\n"),
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
    confine_process();
    const char *first = argc > 1 ? argv[1] : NULL;
    if (first && (g_str_equal(first, "--help") || g_str_equal(first, "-h"))) {
        print_overview();
        return EXIT_DONE;
    }
    if (first && g_str_equal(first, "--version")) {
        printf("dagsform %s, %s\n", DAGSFORM_VERSION, db_engine_version());
        return EXIT_DONE;
    }
    if (asks_for_lines(argc, argv)) {
        shown_begin();
        return run_lines(argc, argv);
    }
    if (!first || first[0] == '-')
        return run_screen(argc, argv, language != NULL);
    const Command *command = cmd_find(first);
    if (!command) {
        fprintf(stderr, _("There is no command called %s. See: dagsform --help\n"), first);
        return EXIT_USAGE;
    }
    shown_begin();
    return command->run(command, argc - 1, argv + 1);
}
