/* spc.c: dagsform spc: a control chart over any counts a unit keeps in a file. */
#include "base/file.h"
#include "base/i18n.h"
#include "cmd/commands.h"
#include "exchange/spc_report.h"

#include <stdio.h>

typedef struct {
    CommonOptions common;
    int freeze;
    char **parts, *excluded; /* --rebase, --exclude; NULL: not given */
} SpcOptions;

static void options_clear(SpcOptions *options)
{
    common_options_clear(&options->common);
    g_clear_pointer(&options->parts, g_strfreev);
    g_clear_pointer(&options->excluded, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpcOptions, options_clear)

static SpcTable *read_table(const char *path, SpcKind kind, const SpcOptions *options,
                            GError **error)
{
    gsize length;
    g_autofree char *bytes = file_read(path, SPC_FILE_MOST, &length, error);
    g_autoptr(SpcTable) table = bytes ? spc_table_read(bytes, length, kind, error) : NULL;
    if (table == NULL)
        return NULL;
    for (char **part = options->parts; part != NULL && *part != NULL; part++)
        if (!spc_table_begin_part(table, *part, error))
            return NULL;
    if (options->excluded != NULL && !spc_table_exclude(table, options->excluded, error))
        return NULL;
    return g_steal_pointer(&table);
}

static int print_chart(const char *path, SpcKind kind, const SpcOptions *options)
{
    GError *error = NULL;
    g_autoptr(SpcTable) table = read_table(path, kind, options, &error);
    if (table == NULL)
        return cmd_fail(error);
    g_autoptr(SpcChart) chart = spc_table_chart(table, kind, (gsize)options->freeze);
    g_autofree char *text =
        options->common.json ? spc_report_json(table, chart) : spc_report_text(table, chart);
    fputs(text, stdout);
    return EXIT_DONE;
}

int cmd_spc(const Command *self, int argc, char **argv)
{
    g_auto(SpcOptions) options = {0};
    const GOptionEntry entries[] = {
        {"freeze", 0, 0, G_OPTION_ARG_INT, &options.freeze,
         N_("Count centre line and limits from the first N points."), "N"},
        {"rebase", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.parts,
         N_("Begin a part with a centre line and limits of its own at this day, week or label; may "
            "be given several times."),
         "DATE"},
        {"exclude", 0, 0, G_OPTION_ARG_STRING, &options.excluded,
         N_("Show these points, numbered from 1, but leave them out of the counting: 3,7,12-15."),
         "N,…"},
        G_OPTION_ENTRY_NULL,
    };
    int exit_code;
    SpcKind kind;
    if (!cmd_parse(self, entries, &options.common, &argc, &argv, &exit_code))
        return exit_code;
    if (argc != 3 || !spc_parse(argv[1], &kind))
        fprintf(stderr, "%s\n",
                _("Say which chart, run, p, u, c or xmr, and the file: dagsform spc p FILE."));
    else if (options.freeze < 0)
        fprintf(stderr, "%s\n", _("The number of points for --freeze is 1 or more."));
    else if (options.freeze > 0 && options.parts != NULL)
        fprintf(stderr, "%s\n",
                _("Choose --freeze or --rebase: a part has limits of its own points."));
    else
        return print_chart(argv[2], kind, &options);
    return EXIT_USAGE;
}
