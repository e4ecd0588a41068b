/* extract.c: dagsform extract: all that is kept about one person (registerutdrag). */
#include "exchange/extract.h"

#include "base/i18n.h"
#include "cmd/commands.h"

#include <stdio.h>

typedef struct {
    CommonOptions common;
    char *output;
    gboolean others;
} ExtractCommand;

static void extract_command_clear(ExtractCommand *command)
{
    common_options_clear(&command->common);
    g_free(command->output);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ExtractCommand, extract_command_clear)

static int run_extract(const ExtractCommand *command, const char *who)
{
    GError *error = NULL;
    ExtractResult result;
    gint64 client = 0;
    g_autoptr(Session) session = cmd_session(&command->common, FALSE, &error);
    if (session == NULL || !cmd_client(session, who, &client, &error) ||
        !extract_write(session, client, command->others, command->output, &result, &error))
        return cmd_fail(error);
    printf(_("All that is kept is in %s. Read it through before it is handed out."),
           command->output);
    printf("\n");
    if (result.left_out > 0) {
        printf(ngettext("%d answer that names somebody else is left out; with --others it is "
                        "written, once it has been weighed.",
                        "%d answers that name somebody else are left out; with --others they are "
                        "written, once they have been weighed.",
                        (gulong)result.left_out),
               result.left_out);
        printf("\n");
    }
    return EXIT_DONE;
}

int cmd_extract(const Command *self, int argc, char **argv)
{
    g_auto(ExtractCommand) command = {0};
    const GOptionEntry entries[] = {
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &command.output,
         N_("The new file to write: .pdf to be read, .json for programs."), "FILE"},
        {"others", 0, 0, G_OPTION_ARG_NONE, &command.others,
         N_("With the answers that name somebody else."), NULL},
        G_OPTION_ENTRY_NULL,
    };
    int exit_code;
    if (!cmd_parse(self, entries, &command.common, &argc, &argv, &exit_code))
        return exit_code;
    if (!cmd_without_json(&command.common, "extract", NULL))
        return EXIT_USAGE;
    if (argc == 2 && command.output != NULL)
        return run_extract(&command, argv[1]);
    fprintf(stderr, "%s\n",
            _("Say whom, and which file: dagsform extract CLIENT-NUMBER -o FILE.pdf"));
    return EXIT_USAGE;
}
