/* forms_file.c: finding, reading and writing the files of `dagsform forms`. */
#include "cmd/forms_private.h"

#include "base/file_draft.h"
#include "base/i18n.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

char *forms_unit_folder(const FormsCommand *command)
{
    g_autofree char *database = cmd_database(&command->common, NULL);
    g_autofree char *folder = database != NULL ? g_path_get_dirname(database) : NULL;
    return folder != NULL ? g_build_filename(folder, "forms", NULL) : NULL;
}

char *forms_path(const FormsCommand *command, const char *argument, GError **error)
{
    if (strchr(argument, '/') != NULL || g_str_has_suffix(argument, ".yaml") ||
        g_file_test(argument, G_FILE_TEST_IS_REGULAR))
        return g_strdup(argument);
    g_autofree char *folder = forms_unit_folder(command);
    char *path = form_find(argument, folder);
    if (path == NULL)
        g_set_error(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                    _("There is no form called %s. See: dagsform forms list"), argument);
    return path;
}

Form *forms_load(const FormsCommand *command, const char *argument, GError **error)
{
    g_autofree char *path = forms_path(command, argument, error);
    return path != NULL ? form_load(path, NULL, error) : NULL;
}

/* --- writing --- */

static gboolean write_fault(const char *path, GError **error)
{
    g_set_error(error, DAGSFORM_ERROR, errno == ENOSPC || errno == EDQUOT ? ERROR_FULL : ERROR_IO,
                _("%s cannot be written (%s)."), path, g_strerror(errno));
    return FALSE;
}

char *forms_name_to_write(const FormsCommand *command)
{
    gboolean replaces = command->force && g_file_test(command->output, G_FILE_TEST_EXISTS);
    return replaces ? g_strdup_printf("%s.%d.new", command->output, (int)getpid())
                    : g_strdup(command->output);
}

gboolean forms_put_in_place(const FormsCommand *command, const char *written, GError **error)
{
    if (strcmp(written, command->output) == 0 || g_rename(written, command->output) == 0)
        return TRUE;
    write_fault(command->output, error);
    g_unlink(written);
    return FALSE;
}

gboolean forms_write(const FormsCommand *command, const char *text, GError **error)
{
    if (command->output == NULL) {
        if (fputs(text, stdout) != EOF && fflush(stdout) == 0)
            return TRUE;
        return write_fault(_("Standard output"), error);
    }
    g_autoptr(GError) fault = NULL;
    if (file_write(command->output, command->force, text, strlen(text), &fault))
        return TRUE;
    if (!g_error_matches(fault, DAGSFORM_ERROR, ERROR_EXISTS)) {
        g_propagate_error(error, g_steal_pointer(&fault));
        return FALSE;
    }
    g_set_error(error, DAGSFORM_ERROR, ERROR_EXISTS,
                _("%s is there already. Choose another name, or write over it with --force."),
                command->output);
    return FALSE;
}

void forms_print_json(JsonBuilder *json)
{
    g_autoptr(JsonNode) root = json_builder_get_root(json);
    g_autofree char *text = json_to_string(root, TRUE);
    printf("%s\n", text);
}
