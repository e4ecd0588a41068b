/* import.c: dagsform import visits: reads in a planning system's file. */
#include "base/i18n.h"
#include "cmd/cmd.h"
#include "cmd/commands.h"
#include "exchange/visit_import.h"

#include <json-glib/json-glib.h>
#include <stdio.h>

typedef struct {
    CommonOptions common;
    char *map, *encoding, *rejected;
    gboolean dry_run;
} ImportCommand;

static void import_command_clear(ImportCommand *command)
{
    common_options_clear(&command->common);
    g_free(command->map);
    g_free(command->encoding);
    g_free(command->rejected);
}

static void add_count(JsonBuilder *json, const char *name, int count)
{
    json_builder_set_member_name(json, name);
    json_builder_add_int_value(json, count);
}

static void print_json(const ImportResult *result, const VisitImport *import)
{
    const GPtrArray *faults = visit_import_faults(import);
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_object(json);
    add_count(json, "rows", result->rows);
    add_count(json, "imported", result->imported);
    add_count(json, "duplicates", result->duplicates);
    add_count(json, "completed", result->completed);
    add_count(json, "new_clients", result->new_clients);
    json_builder_set_member_name(json, "encoding");
    json_builder_add_string_value(json, encoding_name(visit_import_encoding(import)));
    json_builder_set_member_name(json, "rejected");
    json_builder_begin_array(json);
    for (guint i = 0; i < faults->len; i++) {
        const ImportFault *fault = faults->pdata[i];
        json_builder_begin_object(json);
        add_count(json, "line", fault->line);
        json_builder_set_member_name(json, "column");
        json_builder_add_string_value(json, fault->column);
        json_builder_set_member_name(json, "reason");
        json_builder_add_string_value(json, fault->reason);
        json_builder_end_object(json);
    }
    json_builder_end_array(json);
    json_builder_end_object(json);
    g_autoptr(JsonNode) root = json_builder_get_root(json);
    g_autofree char *text = json_to_string(root, TRUE);
    printf("%s\n", text);
}

static void print_text(const ImportResult *result, const VisitImport *import, gboolean dry_run)
{
    const GPtrArray *faults = visit_import_faults(import);
    const gulong rows = (gulong)result->rows;
    printf(_("Encoding %s, separator %s.\n"), encoding_name(visit_import_encoding(import)),
           visit_import_separator_name(import));
    for (guint i = 0; i < faults->len; i++) {
        const ImportFault *fault = faults->pdata[i];
        if (fault->column)
            printf(_("Line %d, column %s: %s\n"), fault->line, fault->column, fault->reason);
        else
            printf(_("Line %d: %s\n"), fault->line, fault->reason);
    }
    printf(dry_run ? ngettext("%d row: %d to be read in, %d there already, %d refused.",
                              "%d rows: %d to be read in, %d there already, %d refused.", rows)
                   : ngettext("%d row: %d read in, %d there already, %d refused.",
                              "%d rows: %d read in, %d there already, %d refused.", rows),
           result->rows, result->imported, result->duplicates, result->rejected);
    if (dry_run)
        printf(" %s", _("Nothing was written."));
    printf("\n");
}

/* Before anything is read in: afterwards it would be too late to choose another name. */
static gboolean rejected_is_free(const char *path, GError **error)
{
    if (!path || !g_file_test(path, G_FILE_TEST_EXISTS))
        return TRUE;
    g_set_error(error, DAGSFORM_ERROR, ERROR_EXISTS, _("%s is there already. Choose another name."),
                path);
    return FALSE;
}

static int import_file(const ImportCommand *command, const ImportOptions *options)
{
    GError *error = NULL;
    g_autoptr(Session) session = NULL;
    if (rejected_is_free(command->rejected, &error))
        session = cmd_session(&command->common, FALSE, &error);
    g_autoptr(VisitImport) import = session ? visit_import_open(session, options, &error) : NULL;
    ImportResult result;
    cmd_catch_interrupts();
    if (!import || !visit_import_run(import, command->dry_run, cmd_progress,
                                     (gpointer)_("Reading in"), &result, &error))
        return cmd_fail(error);
    if (command->common.json)
        print_json(&result, import);
    else
        print_text(&result, import, command->dry_run);
    if (command->rejected && result.rejected > 0 &&
        !visit_import_write_rejected(import, command->rejected, &error)) {
        g_prefix_error(&error, "%s ", _("The rows were read in, but those refused are not kept:"));
        return cmd_fail(error);
    }
    return EXIT_DONE;
}

static int run_import(const ImportCommand *command, const char *path)
{
    ImportOptions options = {.path = path, .map_path = command->map};
    options.encoding_given = command->encoding != NULL;
    if (!command->encoding || encoding_parse(command->encoding, &options.encoding))
        return import_file(command, &options);
    fprintf(stderr,
            _("%s is no encoding known here. Try utf-8, iso-8859-1, windows-1252, utf-16le or "
              "utf-16be.\n"),
            command->encoding);
    return EXIT_USAGE;
}

int cmd_import(int argc, char **argv)
{
    ImportCommand command = {0};
    const GOptionEntry entries[] = {
        {"dry-run", 0, 0, G_OPTION_ARG_NONE, &command.dry_run,
         N_("Checks and counts, and writes nothing."), NULL},
        {"map", 0, 0, G_OPTION_ARG_FILENAME, &command.map,
         N_("A file that says which column is what: one line each, heading = code."), "FILE"},
        {"encoding", 0, 0, G_OPTION_ARG_STRING, &command.encoding,
         N_("The file's encoding, when the one found is wrong."), "NAME"},
        {"rejected", 0, 0, G_OPTION_ARG_FILENAME, &command.rejected,
         N_("Writes the refused rows to a new file, to be mended and read in."), "FILE"},
        G_OPTION_ENTRY_NULL,
    };
    int exit_code;
    if (cmd_parse(cmd_find("import"), entries, &command.common, &argc, &argv, &exit_code)) {
        exit_code = EXIT_USAGE;
        if (argc == 3 && g_str_equal(argv[1], "visits"))
            exit_code = run_import(&command, argv[2]);
        else
            fprintf(stderr, "%s\n", _("Say what to read in: dagsform import visits FILE"));
    }
    import_command_clear(&command);
    return exit_code;
}
