/* demo.c: dagsform demo: a made-up unit to try the program on. */
#include "exchange/demo.h"

#include "base/i18n.h"
#include "cmd/commands.h"

#include <stdio.h>

static int make_demo(const CommonOptions *common, DemoSize size, guint32 seed)
{
    GError *error = NULL;
    g_autofree char *database = cmd_database(common, &error);
    if (!database)
        return cmd_fail(error);
    cmd_catch_interrupts();
    if (!demo_make(database, size, seed, cmd_progress, (gpointer)_("Making the demo"), &error))
        return cmd_fail(error);
    printf(_("The demo unit lies in %s. Everybody in it is made up.\n"
             "Users: stod (support worker), hand (case officer), led (team lead), admin "
             "(administrator)\n"
             "Passphrase for all of them: %s\n"),
           database, DEMO_PASSPHRASE);
    return EXIT_DONE;
}

int cmd_demo(const Command *self, int argc, char **argv)
{
    g_autofree char *size_text = NULL;
    gint64 seed = DEMO_SEED;
    const GOptionEntry entries[] = {
        {"size", 0, 0, G_OPTION_ARG_STRING, &size_text,
         N_("unit (12,500 visits), town (100,000), city (1,000,000) or region (10,000,000)."), "SIZE"},
        {"seed", 0, 0, G_OPTION_ARG_INT64, &seed, N_("A number; the same gives the same demo."),
         "N"},
        G_OPTION_ENTRY_NULL,
    };
    CommonOptions common = {0};
    int exit_code;
    if (cmd_parse(self, entries, &common, &argc, &argv, &exit_code)) {
        DemoSize size = DEMO_UNIT;
        exit_code = EXIT_USAGE;
        if (argc > 1 || (size_text && !demo_size_parse(size_text, &size)) || seed < 0 ||
            seed > G_MAXUINT32)
            fprintf(stderr, "%s\n", _("Write: dagsform demo --db FILE [--size unit|town|city|region]"));
        else
            exit_code = make_demo(&common, size, (guint32)seed);
    }
    common_options_clear(&common);
    return exit_code;
}
