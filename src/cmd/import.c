/* import.c: dagsform import visits|clients|staff|decisions|tasks|responses: reads in a file of
 * rows. */
#include "base/i18n.h"
#include "cmd/commands.h"
#include "exchange/table_import.h"

#include <json-glib/json-glib.h>
#include <stdio.h>

typedef struct {
    CommonOptions common;
    char *map, *encoding, *rejected;
    gboolean dry_run, rfc4180;
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

/* Line, column and reason of each. */
static void add_rows(JsonBuilder *json, const char *name, const GPtrArray *faults)
{
    json_builder_set_member_name(json, name);
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
}

static void print_json(const ImportResult *result, const TableImport *import)
{
    g_auto(GStrv) unknown = table_import_unknown(import);
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_object(json);
    add_count(json, "rows", result->rows);
    add_count(json, "imported", result->imported);
    add_count(json, "duplicates", result->duplicates);
    add_count(json, "completed", result->completed);
    add_count(json, "changed", result->changed);
    add_count(json, "new_clients", result->new_clients);
    json_builder_set_member_name(json, "encoding");
    json_builder_add_string_value(json, encoding_name(table_import_encoding(import)));
    if (table_import_sheet(import) != NULL) {
        json_builder_set_member_name(json, "sheet");
        json_builder_add_string_value(json, table_import_sheet(import));
    }
    add_count(json, "heading_line", table_import_heading_line(import));
    json_builder_set_member_name(json, "unknown_columns");
    json_builder_begin_array(json);
    for (int i = 0; unknown[i]; i++)
        json_builder_add_string_value(json, unknown[i]);
    json_builder_end_array(json);
    add_rows(json, "rejected", table_import_faults(import));
    add_rows(json, "remarks", table_import_remarks(import));
    json_builder_end_object(json);
    g_autoptr(JsonNode) root = json_builder_get_root(json);
    g_autofree char *text = json_to_string(root, TRUE);
    printf("%s\n", text);
}

static void print_rows(const GPtrArray *faults)
{
    for (guint i = 0; i < faults->len; i++) {
        g_autofree char *text = import_fault_words(faults->pdata[i]);
        printf("%s\n", text);
    }
}

static void print_text(const ImportResult *result, const TableImport *import, gboolean dry_run)
{
    if (table_import_sheet(import) != NULL)
        printf(_("Sheet “%s”.\n"), table_import_sheet(import));
    else
        printf(_("Encoding %s, separator %s.\n"), encoding_name(table_import_encoding(import)),
               table_import_separator_name(import));
    if (table_import_heading_line(import) > 1)
        printf(_("The headings are on line %d. What stands before them was not read in.\n"),
               table_import_heading_line(import));
    print_rows(table_import_remarks(import));
    print_rows(table_import_faults(import));
    g_autofree char *text = import_result_words(result, !dry_run);
    printf("%s", text);
    if (dry_run)
        printf(" %s", _("Nothing was written."));
    printf("\n");
}

/* What the result leaves out, for whoever looks at nothing but that. */
static void warn(const ImportResult *result, const TableImport *import, gboolean kept)
{
    g_auto(GStrv) unknown = table_import_unknown(import);
    g_autofree char *names = g_strjoinv("”, “", unknown);
    const gulong count = g_strv_length(unknown);
    if (count > 0)
        fprintf(stderr,
                ngettext("The heading of a column is not known, so it was not read in: “%s”. Say "
                         "with --map what it is, or that it is left out (skip).",
                         "The headings of some columns are not known, so they were not read in: "
                         "“%s”. Say with --map what they are, or that they are left out (skip).",
                         count),
                names);
    if (count > 0)
        fprintf(stderr, "\n");
    if (result->rejected == 0)
        return;
    fprintf(stderr,
            ngettext("%d row was refused.", "%d rows were refused.", (gulong)result->rejected),
            result->rejected);
    if (!kept)
        fprintf(stderr, " %s",
                _("Mend what is refused and read it in; --rejected writes it to a file."));
    fprintf(stderr, "\n");
}

/* A run needs to know what each column is; here it is said with --map. */
static gboolean columns_are_known(const TableImport *import, GError **error)
{
    g_autofree char *missing = table_import_missing(import);
    if (!missing)
        return TRUE;
    g_set_error(
        error, DAGSFORM_ERROR, ERROR_INPUT, "%s %s", missing,
        _("Write it in a file, on each line heading = code, and name the file with --map."));
    return FALSE;
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
    g_autoptr(TableImport) import = session ? table_import_open(session, options, &error) : NULL;
    ImportResult result;
    cmd_catch_interrupts();
    cmd_confine(&command->common, command->rejected);
    if (!import || !columns_are_known(import, &error) ||
        !table_import_run(import, command->dry_run, cmd_progress, (gpointer)_("Reading in"),
                          &result, &error))
        return cmd_fail(error);
    if (command->common.json)
        print_json(&result, import);
    else
        print_text(&result, import, command->dry_run);
    warn(&result, import, command->rejected != NULL);
    if (command->rejected && result.rejected > 0 &&
        !table_import_write_rejected(import, command->rejected, &error)) {
        g_prefix_error(&error, "%s ", _("The rows were read in, but those refused are not kept:"));
        return cmd_fail(error);
    }
    return result.rejected > 0 ? EXIT_FAILED : EXIT_DONE;
}

static int run_import(const ImportCommand *command, ImportWhat what, const char *path)
{
    ImportOptions options = {
        .what = what, .path = path, .map_path = command->map, .strict = command->rfc4180};
    options.encoding_given = command->encoding != NULL;
    if (!command->encoding || encoding_parse(command->encoding, &options.encoding))
        return import_file(command, &options);
    fprintf(stderr,
            _("%s is no encoding known here. Try utf-8, iso-8859-1, windows-1252, cp850, utf-16le "
              "or utf-16be.\n"),
            command->encoding);
    return EXIT_USAGE;
}

static void say_usage(const char *what)
{
    if (g_str_equal(what, "week"))
        fprintf(stderr, "%s\n",
                _("Weeks are counted from the visits. Read in the visits instead."));
    else
        fprintf(stderr, "%s\n",
                _("Say what to read in: dagsform import "
                  "visits|clients|staff|decisions|tasks|responses FILE"));
}

int cmd_import(const Command *self, int argc, char **argv)
{
    ImportCommand command = {0};
    const GOptionEntry entries[] = {
        {"dry-run", 0, 0, G_OPTION_ARG_NONE, &command.dry_run,
         N_("Checks and counts, and writes nothing."), NULL},
        {"map", 0, 0, G_OPTION_ARG_FILENAME, &command.map,
         N_("A file that says which column is what: one line each, heading = code."), "FILE"},
        {"encoding", 0, 0, G_OPTION_ARG_STRING, &command.encoding,
         N_("The file's encoding, when the one found is wrong."), "NAME"},
        {"rfc4180", 0, 0, G_OPTION_ARG_NONE, &command.rfc4180,
         N_("The file is a CSV of dagsform export --rfc4180."), NULL},
        {"rejected", 0, 0, G_OPTION_ARG_FILENAME, &command.rejected,
         N_("Writes the refused rows to a new file, to be mended and read in."), "FILE"},
        G_OPTION_ENTRY_NULL,
    };
    int exit_code;
    if (cmd_parse(self, entries, &command.common, &argc, &argv, &exit_code)) {
        ImportWhat what = IMPORT_ANY;
        exit_code = EXIT_USAGE;
        if (argc == 3 && import_what_parse(argv[1], &what) && what != IMPORT_ANY)
            exit_code = run_import(&command, what, argv[2]);
        else
            say_usage(argc > 1 ? argv[1] : "");
    }
    import_command_clear(&command);
    return exit_code;
}
