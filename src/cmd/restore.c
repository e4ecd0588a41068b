/* restore.c: dagsform restore: a backup put back, to a new place or in that of the present one. */
#include "care/unit/restore.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "cmd/commands.h"

#include <stdio.h>

typedef struct {
    CommonOptions common;
    char *to;
    gboolean replace;
} RestoreCommand;

static void restore_command_clear(RestoreCommand *command)
{
    common_options_clear(&command->common);
    g_free(command->to);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RestoreCommand, restore_command_clear)

static void say(const Restored *restored)
{
    g_autofree char *made = clock_text(restored->made_ms);

    printf(_("The backup made %s is restored, read through and opened: %s (%lld rows, log %s).\n"),
           made, restored->database, (long long)restored->rows, restored->log);
    if (restored->forms > 0)
        printf(ngettext("%u form of your own is back.\n", "%u forms of your own are back.\n",
                        restored->forms),
               restored->forms);
    if (restored->kept)
        printf(
            _("What was there is kept as %s, with its key file. Programs that had it open must be "
              "started again.\n"),
            restored->kept);
    for (guint i = 0; i < restored->sentences->len; i++)
        printf("%s\n", (const char *)restored->sentences->pdata[i]);
}

static int restore(const RestoreCommand *command, const char *from)
{
    g_autofree char *database = NULL;
    g_autoptr(Secret) passphrase = NULL;
    GError *error = NULL;

    if (!cmd_who(&command->common, &database, &passphrase, &error))
        return cmd_fail(error);
    const SessionOpening opening = {
        .database = database, .login = command->common.login, .passphrase = passphrase};
    g_autoptr(Restored) restored = command->replace
                                       ? restore_replace(&opening, from, &error)
                                       : restore_to(&opening, from, command->to, &error);
    if (!restored)
        return cmd_fail(error);
    say(restored);
    return EXIT_DONE;
}

int cmd_restore(const Command *self, int argc, char **argv)
{
    g_auto(RestoreCommand) command = {0};
    const GOptionEntry entries[] = {
        {"to", 0, 0, G_OPTION_ARG_FILENAME, &command.to,
         N_("A new folder, to look at the backup there; the present database is left alone."),
         "FOLDER"},
        {"replace", 0, 0, G_OPTION_ARG_NONE, &command.replace,
         N_("Puts it in the place of the present database, which is kept under another name."),
         NULL},
        G_OPTION_ENTRY_NULL,
    };
    int exit_code;

    if (!cmd_parse(self, entries, &command.common, &argc, &argv, &exit_code))
        return exit_code;
    if (argc != 2 || (command.to != NULL) == command.replace) {
        fprintf(
            stderr, "%s\n",
            _("Say which backup, and where: dagsform restore BACKUP --to FOLDER, or in the place "
              "of the present database: dagsform restore BACKUP --replace"));
        return EXIT_USAGE;
    }
    return restore(&command, argv[1]);
}
