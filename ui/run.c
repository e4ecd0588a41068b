/* run.c: the full screen from start to end. */
#include "ui/run.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "cmd/cmd.h"
#include "ui/app.h"
#include "ui/screens/screens.h"

#include <stdio.h>

typedef struct {
    char *database, *login, *language, *config;
    gboolean monochrome;
} RunOptions;

static void run_options_clear(RunOptions *options)
{
    g_free(options->database);
    g_free(options->login);
    g_free(options->language);
    g_free(options->config);
}

static gboolean run_options_parse(RunOptions *options, int argc, char **argv)
{
    const GOptionEntry entries[] = {
        {"db", 0, 0, G_OPTION_ARG_FILENAME, &options->database, NULL, NULL},
        {"user", 0, 0, G_OPTION_ARG_STRING, &options->login, NULL, NULL},
        {"lang", 0, 0, G_OPTION_ARG_STRING, &options->language, NULL, NULL},
        {"config", 0, 0, G_OPTION_ARG_FILENAME, &options->config, NULL, NULL},
        {"monochrome", 0, 0, G_OPTION_ARG_NONE, &options->monochrome, NULL, NULL},
        G_OPTION_ENTRY_NULL,
    };
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_option_context_set_help_enabled(context, FALSE);
    g_option_context_add_main_entries(context, entries, NULL);
    g_autoptr(GError) error = NULL;
    if (g_option_context_parse(context, &argc, &argv, &error) && argc == 1)
        return TRUE;
    fprintf(stderr, _("That was not understood (%s). See: dagsform --help\n"),
            error ? error->message : argv[1]);
    return FALSE;
}

/* The file asked for, the configured one, or the default one. New. */
static char *choose_database(const RunOptions *options, const Config *config, GError **error)
{
    if (options->database)
        return g_strdup(options->database);
    if (config->database)
        return g_strdup(config->database);
    g_autofree char *folder = paths_user_data(error);
    return folder ? g_build_filename(folder, "dagsform.db", NULL) : NULL;
}

static gboolean run_screens(const RunOptions *options, GError **error)
{
    g_autoptr(Config) config = config_load(options->config, error);
    if (!config || (config->language && !options->language && !i18n_init(config->language)))
        return FALSE;
    g_autofree char *database = choose_database(options, config, error);
    if (!database)
        return FALSE;
    TermOptions terminal = {
        .mouse = config->mouse,
        .monochrome = options->monochrome || theme_choose(config->theme) == THEME_MONOCHROME,
        .escape_delay_ms = config->escape_delay_ms,
    };
    if (!term_start(&terminal, error))
        return FALSE;
    App *app = app_new(g_steal_pointer(&config), database);
    if (options->login)
        app->login = g_strdup(options->login);
    const gboolean exists = g_file_test(database, G_FILE_TEST_EXISTS);
    if (app_push(app, exists ? &screen_unlock : &screen_start, NULL))
        app_run(app);
    app_free(app);
    term_stop();
    return TRUE;
}

int ui_run(int argc, char **argv)
{
    RunOptions options = {0};
    GError *error = NULL;
    int exit_code = EXIT_USAGE;
    if (run_options_parse(&options, argc, argv))
        exit_code = run_screens(&options, &error) ? EXIT_DONE : cmd_fail(error);
    run_options_clear(&options);
    return exit_code;
}
