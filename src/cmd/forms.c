/* forms.c: dagsform forms: the forms there are, checked, shown, handed out and taken in. */
#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "cmd/commands.h"
#include "cmd/forms_private.h"
#include "exchange/fhir.h"
#include "exchange/form_pdf.h"
#include "exchange/form_show.h"

#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

/* --- check --- */

static void add_text(JsonBuilder *json, const char *name, const char *text)
{
    json_builder_set_member_name(json, name);
    json_builder_add_string_value(json, text);
}

static void add_check(JsonBuilder *json, const char *path, const Form *form, const char *fault,
                      const GPtrArray *warnings)
{
    json_builder_begin_object(json);
    add_text(json, "file", path);
    json_builder_set_member_name(json, "valid");
    json_builder_add_boolean_value(json, form != NULL);
    if (form != NULL) {
        add_text(json, "name", form->name);
        add_text(json, "version", form->version);
        json_builder_set_member_name(json, "questions");
        json_builder_add_int_value(json, form_questions(form));
    } else {
        add_text(json, "fault", fault);
    }
    json_builder_set_member_name(json, "warnings");
    json_builder_begin_array(json);
    for (guint i = 0; i < warnings->len; i++)
        json_builder_add_string_value(json, warnings->pdata[i]);
    json_builder_end_array(json);
    json_builder_end_object(json);
}

/* A form is found by the name of its file, and its answers are kept under the name inside it. */
static void warn_of_name(const char *path, const Form *form, GPtrArray *warnings)
{
    g_autofree char *base = g_path_get_basename(path);
    g_autofree char *wanted = g_strconcat(form->name, ".yaml", NULL);
    if (strcmp(base, wanted) != 0)
        g_ptr_array_add(warnings,
                        g_strdup_printf(_("%s: The form is called “%s”, so its file should be "
                                          "called %s. Rename one of the two."),
                                        path, form->name, wanted));
}

static gboolean check_one(const FormsCommand *command, const char *argument, JsonBuilder *json)
{
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;
    g_autofree char *path = forms_path(command, argument, &error);
    g_autoptr(Form) form = path != NULL ? form_load(path, warnings, &error) : NULL;
    if (form != NULL)
        warn_of_name(path, form, warnings);
    if (command->common.json) {
        add_check(json, path != NULL ? path : argument, form, form != NULL ? "" : error->message,
                  warnings);
        return form != NULL;
    }
    for (guint i = 0; i < warnings->len; i++)
        printf("%s\n", (const char *)warnings->pdata[i]);
    if (form == NULL)
        printf("%s\n", error->message);
    else
        printf(ngettext("%s holds together: %s, version %s, %d question.\n",
                        "%s holds together: %s, version %s, %d questions.\n",
                        (gulong)form_questions(form)),
               path, form->name, form->version, form_questions(form));
    return form != NULL;
}

static int forms_check(const FormsCommand *command, char **arguments)
{
    g_autoptr(JsonBuilder) json = json_builder_new();
    gboolean all = TRUE;
    json_builder_begin_array(json);
    for (; *arguments != NULL; arguments++)
        all = check_one(command, *arguments, json) && all;
    json_builder_end_array(json);
    if (command->common.json)
        forms_print_json(json);
    return all ? EXIT_DONE : EXIT_FAILED;
}

/* --- show, pot --- */

static int forms_show(const FormsCommand *command, char **arguments)
{
    GError *error = NULL;
    g_autoptr(Form) form = forms_load(command, arguments[0], &error);
    if (form == NULL)
        return cmd_fail(error);
    g_autofree char *text = form_show(form, i18n_language());
    return forms_write(command, text, &error) ? EXIT_DONE : cmd_fail(error);
}

static int forms_pot(const FormsCommand *command, char **arguments)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) forms = g_ptr_array_new_with_free_func((GDestroyNotify)form_free);
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
    for (; *arguments != NULL; arguments++) {
        g_autofree char *path = forms_path(command, *arguments, &error);
        Form *form = path != NULL ? form_load(path, NULL, &error) : NULL;
        if (form == NULL)
            return cmd_fail(error);
        g_ptr_array_add(forms, form);
        g_ptr_array_add(files, g_steal_pointer(&path));
    }
    g_autofree char *text =
        form_pot((const Form *const *)forms->pdata, (const char *const *)files->pdata, forms->len);
    return forms_write(command, text, &error) ? EXIT_DONE : cmd_fail(error);
}

/* --- export, import --- */

static int export_pdf(const FormsCommand *command, const Form *form)
{
    GError *error = NULL;
    if (command->output == NULL) {
        fprintf(stderr, "%s\n", _("Say which file the PDF goes into: -o FILE"));
        return EXIT_USAGE;
    }
    g_autofree char *beside = forms_name_to_write(command);
    if (!form_pdf_write(form, i18n_language(), command->large, beside, &error) ||
        !forms_put_in_place(command, beside, &error))
        return cmd_fail(error);
    return EXIT_DONE;
}

static int forms_export(const FormsCommand *command, char **arguments)
{
    GError *error = NULL;
    if (command->fhir == command->pdf) {
        fprintf(stderr, "%s\n", _("Say as what to export it: --fhir or --pdf"));
        return EXIT_USAGE;
    }
    g_autoptr(Form) form = forms_load(command, arguments[0], &error);
    if (form == NULL)
        return cmd_fail(error);
    if (command->pdf)
        return export_pdf(command, form);
    g_autofree char *json = fhir_write(form);
    return forms_write(command, json, &error) ? EXIT_DONE : cmd_fail(error);
}

static void tell_unknown(const GPtrArray *unknown)
{
    if (unknown->len == 0)
        return;
    fprintf(stderr, "%s\n", _("This has no place in a form here, or was read as something else:"));
    for (guint i = 0; i < unknown->len; i++)
        fprintf(stderr, "  %s\n", (const char *)unknown->pdata[i]);
}

/* The form itself is in it unless it went into a file. */
static void print_import(const FormsCommand *command, const char *file, const char *yaml,
                         const GPtrArray *unknown, const char *faults)
{
    g_autoptr(JsonBuilder) json = json_builder_new();
    g_auto(GStrv) lines = g_strsplit(faults, "\n", -1);
    json_builder_begin_object(json);
    add_text(json, "file", file);
    json_builder_set_member_name(json, "valid");
    json_builder_add_boolean_value(json, yaml != NULL);
    json_builder_set_member_name(json, "faults");
    json_builder_begin_array(json);
    for (char **line = lines; *line != NULL; line++)
        json_builder_add_string_value(json, *line);
    json_builder_end_array(json);
    json_builder_set_member_name(json, "told");
    json_builder_begin_array(json);
    for (guint i = 0; i < unknown->len; i++)
        json_builder_add_string_value(json, unknown->pdata[i]);
    json_builder_end_array(json);
    if (yaml != NULL && command->output == NULL)
        add_text(json, "form", yaml);
    json_builder_end_object(json);
    forms_print_json(json);
}

static int forms_import(const FormsCommand *command, char **arguments)
{
    GError *error = NULL;
    gsize length = 0;
    gboolean as_json = command->common.json;
    if (!command->fhir) {
        fprintf(stderr, "%s\n", _("Say what to import: dagsform forms import --fhir FILE"));
        return EXIT_USAGE;
    }
    g_autoptr(GPtrArray) unknown = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *bytes = file_read(arguments[0], FHIR_MAX_BYTES, &length, &error);
    if (bytes == NULL)
        return cmd_fail(error);
    cmd_confine(NULL, command->output);
    g_autofree char *yaml = fhir_read(bytes, length, arguments[0], unknown, &error);
    gboolean writes = yaml != NULL && (!as_json || command->output != NULL);
    if (writes && !forms_write(command, yaml, &error))
        return cmd_fail(error);
    if (as_json)
        print_import(command, arguments[0], yaml, unknown, yaml == NULL ? error->message : "");
    else
        tell_unknown(unknown);
    if (yaml != NULL)
        return EXIT_DONE;
    if (!as_json)
        return cmd_fail(error);
    g_clear_error(&error);
    return EXIT_FAILED;
}

/* --- the command --- */

static const struct {
    const char *name;
    int least, most; /* arguments */
    gboolean json;
    int (*run)(const FormsCommand *command, char **arguments);
} acts[] = {
    {"list", 0, 0, TRUE, forms_list},      {"check", 1, 1000, TRUE, forms_check},
    {"show", 1, 1, FALSE, forms_show},     {"pot", 1, 1000, FALSE, forms_pot},
    {"export", 1, 1, FALSE, forms_export}, {"import", 1, 1, TRUE, forms_import},
};

static int run_forms(const FormsCommand *command, int argc, char **argv)
{
    for (gsize i = 0; argc >= 2 && i < G_N_ELEMENTS(acts); i++)
        if (g_str_equal(argv[1], acts[i].name) && argc - 2 >= acts[i].least &&
            argc - 2 <= acts[i].most)
            return acts[i].json || cmd_without_json(&command->common, "forms", acts[i].name)
                       ? acts[i].run(command, argv + 2)
                       : EXIT_USAGE;
    fprintf(stderr, "%s\n",
            _("Write: dagsform forms list, or dagsform forms check|show|pot|export|import NAME"));
    return EXIT_USAGE;
}

int cmd_forms(const Command *self, int argc, char **argv)
{
    FormsCommand command = {0};
    const GOptionEntry entries[] = {
        {"fhir", 0, 0, G_OPTION_ARG_NONE, &command.fhir,
         N_("A Questionnaire of HL7 FHIR R4, as JSON."), NULL},
        {"pdf", 0, 0, G_OPTION_ARG_NONE, &command.pdf, N_("A blank form to fill in by hand."),
         NULL},
        {"large", 0, 0, G_OPTION_ARG_NONE, &command.large, N_("The PDF in large print."), NULL},
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &command.output,
         N_("The file to write, instead of standard output."), "FILE"},
        {"force", 0, 0, G_OPTION_ARG_NONE, &command.force,
         N_("Writes over a file that is there already."), NULL},
        G_OPTION_ENTRY_NULL,
    };
    int exit_code;
    if (cmd_parse(self, entries, &command.common, &argc, &argv, &exit_code))
        exit_code = run_forms(&command, argc, argv);
    common_options_clear(&command.common);
    g_free(command.output);
    return exit_code;
}
