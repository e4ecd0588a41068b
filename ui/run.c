/* run.c: the full screen from start to end. */
#include "ui/run.h"

#include <stdlib.h>

#include "base/confine.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "db/db.h"
#include "ui/app.h"
#include "ui/handlers.h"

static const Screen *const SCREENS[SCREEN_COUNT] = {
#define SCREEN(id, name) [SCREEN_##id] = &screen_##name,
#include "ui/screen.def"
#undef SCREEN
};

/* The file asked for, the configured one, or the default one. New. */
static char *choose_database(const UiOptions *options, const Config *config, GError **error)
{
    if (options->database)
        return g_strdup(options->database);
    if (config->database)
        return g_strdup(config->database);
    g_autofree char *folder = paths_user_data(error);
    return folder ? g_build_filename(folder, "dagsform.db", NULL) : NULL;
}

/* But for a unit that a server keeps. */
static void stay_off_network(const char *database)
{
    g_autofree char *real = realpath(database, NULL);
    if (real == NULL || !db_names_server(real))
        confine_network();
}

gboolean ui_run(const UiOptions *options, GError **error)
{
    g_autoptr(Config) config = config_load(options->config, error);
    if (!config)
        return FALSE;
    if (config->language && !options->language_given)
        i18n_init(config->language);
    g_autofree char *database = choose_database(options, config, error);
    if (!database)
        return FALSE;
    stay_off_network(database);
    const TermOptions terminal = {
        .mouse = config->mouse,
        .theme = options->monochrome ? THEME_MONOCHROME : theme_choose(config->theme),
        .escape_delay_ms = config->escape_delay_ms,
    };
    if (!term_start(&terminal, error))
        return FALSE;
    const AppParts parts = {.screens = SCREENS,
                            .handlers = action_handlers,
                            .home = SCREEN_TODAY,
                            .lock = SCREEN_UNLOCK};
    App *app = app_new(g_steal_pointer(&config), database, &parts);
    app_set_login(app, options->login);
    const gboolean exists = g_file_test(database, G_FILE_TEST_EXISTS);
    if (app_open(app, exists ? SCREEN_UNLOCK : SCREEN_START, NULL))
        app_run(app);
    app_free(app);
    term_stop();
    return TRUE;
}
