/* forms_private.h: what the files of `dagsform forms` share. */
#pragma once

#include "cmd/cmd.h"

#include <json-glib/json-glib.h>

typedef struct {
    CommonOptions common;
    char *output;
    gboolean fhir, pdf, large, force;
} FormsCommand;

/* --- files (forms_file.c) --- */

/* The folder with the unit's own forms, beside its database; NULL when there is no place for one.
 * New. */
char *forms_unit_folder(const FormsCommand *command);
/* Where the form lies that is called so, or the file itself that has this name. ERROR_NOT_FOUND.
 * New. */
char *forms_path(const FormsCommand *command, const char *argument, GError **error);
Form *forms_load(const FormsCommand *command, const char *argument, GError **error);
/* Into --output, which must not be there already but with --force; else to standard output. */
gboolean forms_write(const FormsCommand *command, const char *text, GError **error);
/* --output, or with --force a name beside it, and what was written there put in its place. */
char *forms_name_to_write(const FormsCommand *command);
gboolean forms_put_in_place(const FormsCommand *command, const char *written, GError **error);
void forms_print_json(JsonBuilder *json);

/* --- list (forms_list.c) --- */

int forms_list(const FormsCommand *command, char **arguments);
