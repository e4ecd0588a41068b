/* forms_list.c: dagsform forms list: the unit's own forms and those that came with the program. */
#include "cmd/forms_private.h"

#include "base/i18n.h"
#include "base/share.h"
#include "base/text.h"
#include "exchange/form_show.h"
#include "form/form_write.h"

#include <stdio.h>
#include <string.h>

typedef struct {
    char *path;
    gboolean own;      /* the unit's */
    gboolean replaced; /* a file of the unit's own with the same name goes first */
    Form *form;        /* NULL: it does not load */
    char *fault;
} Row;

static void row_free(Row *row)
{
    g_free(row->path);
    g_free(row->fault);
    form_free(row->form);
    g_free(row);
}

static int by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names of the form files in a folder, in order; none when it is not there. */
static GPtrArray *files_in(const char *folder)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) directory = folder != NULL ? g_dir_open(folder, 0, NULL) : NULL;
    const char *name;
    while (directory != NULL && (name = g_dir_read_name(directory)) != NULL)
        if (name[0] != '.' && g_str_has_suffix(name, ".yaml"))
            g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, by_name);
    return names;
}

static gboolean is_replaced(const char *name, const char *unit_folder)
{
    g_autofree char *own =
        unit_folder != NULL ? g_build_filename(unit_folder, name, NULL) : g_strdup("");
    return g_file_test(own, G_FILE_TEST_EXISTS);
}

static void add_rows(GPtrArray *rows, const char *folder, gboolean own, const char *unit_folder)
{
    g_autoptr(GPtrArray) names = files_in(folder);
    for (guint i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        g_autoptr(GError) error = NULL;
        Row *row = g_new0(Row, 1);
        row->path = g_build_filename(folder, name, NULL);
        row->own = own;
        row->replaced = !own && is_replaced(name, unit_folder);
        row->form = form_load(row->path, NULL, &error);
        row->fault = row->form == NULL ? g_strdup(error->message) : NULL;
        g_ptr_array_add(rows, row);
    }
}

static const char *kind_words(FormKind kind)
{
    return kind == FORM_KIND_INTERVIEW ? _("Interview")
           : kind == FORM_KIND_WALK    ? _("Walk")
                                       : _("Other form");
}

static void print_row(const Row *row)
{
    if (row->form == NULL) {
        printf("%s\n", row->fault);
        return;
    }
    g_autofree char *title = text_display(form_text(row->form->title));
    printf(ngettext("%s, version %s: %s. %s, %d question.", "%s, version %s: %s. %s, %d questions.",
                    (gulong)form_questions(row->form)),
           row->form->name, row->form->version, title, kind_words(row->form->kind),
           form_questions(row->form));
    printf("\n  %s%s\n", row->path,
           row->own        ? _(" (the unit's own)")
           : row->replaced ? _(" (the unit's own goes first)")
                           : "");
}

static void add_text(JsonBuilder *json, const char *name, const char *text)
{
    json_builder_set_member_name(json, name);
    json_builder_add_string_value(json, text);
}

static void add_row(JsonBuilder *json, const Row *row)
{
    json_builder_begin_object(json);
    add_text(json, "file", row->path);
    json_builder_set_member_name(json, "own");
    json_builder_add_boolean_value(json, row->own);
    json_builder_set_member_name(json, "in_force");
    json_builder_add_boolean_value(json, row->form != NULL && !row->replaced);
    if (row->form != NULL) {
        add_text(json, "name", row->form->name);
        add_text(json, "version", row->form->version);
        add_text(json, "title", form_text(row->form->title));
        add_text(json, "kind", form_kind_code(row->form->kind));
        json_builder_set_member_name(json, "questions");
        json_builder_add_int_value(json, form_questions(row->form));
    } else {
        add_text(json, "fault", row->fault);
    }
    json_builder_end_object(json);
}

int forms_list(const FormsCommand *command, char **arguments)
{
    (void)arguments;
    g_autofree char *unit_folder = forms_unit_folder(command);
    g_autofree char *shipped = g_build_filename(share_folder(), "dagsform", "forms", NULL);
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)row_free);
    g_autoptr(JsonBuilder) json = json_builder_new();
    gboolean all = TRUE;
    add_rows(rows, unit_folder, TRUE, unit_folder);
    add_rows(rows, shipped, FALSE, unit_folder);
    json_builder_begin_array(json);
    for (guint i = 0; i < rows->len; i++) {
        const Row *row = rows->pdata[i];
        all = all && row->form != NULL;
        add_row(json, row);
        if (!command->common.json)
            print_row(row);
    }
    json_builder_end_array(json);
    if (command->common.json)
        forms_print_json(json);
    return all ? EXIT_DONE : EXIT_FAILED;
}
