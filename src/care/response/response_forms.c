/* response_forms.c: the forms in force that can be walked. */
#include "care/response/response_forms.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/share.h"
#include "base/text.h"
#include "care/unit/access.h"
#include "care/unit/form_version.h"

#include <string.h>

#define SUFFIX ".yaml"
#define FORM_MOST ((gsize)4 << 20) /* as form_load() */

/* The unit may copy a form to begin its own from it: two names for one form would mix what was
 * answered in the one with the other. */
static gboolean is_called(const Form *form, const char *name, const char *path, GError **error)
{
    if (g_strcmp0(form->name, name) == 0)
        return TRUE;
    g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                _("%s says “name: %s”. Write “name: %s”, or give the file the other name."), path,
                form->name, name);
    return FALSE;
}

Form *response_form(Session *session, const char *name, GError **error)
{
    g_autofree char *folder = form_version_unit_folder(session);
    g_autofree char *path = form_find(name, folder);
    if (path == NULL) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                    _("The form %s.yaml was not found. Put it back, or install Dagsform again."),
                    name);
        return NULL;
    }
    g_autoptr(Form) form = form_load(path, NULL, error);
    return form != NULL && is_called(form, name, path, error) ? g_steal_pointer(&form) : NULL;
}

gboolean response_form_is_same(Session *session, const char *name, const Form *form)
{
    g_autofree char *folder = form_version_unit_folder(session);
    g_autofree char *path = form_find(name, folder), *bytes = NULL;
    gsize length;
    return path != NULL && (bytes = file_read(path, FORM_MOST, &length, NULL)) != NULL &&
           length == strlen(form->body) && memcmp(bytes, form->body, length) == 0;
}

/* Adds the names of the forms in `folder`, which may not be there. */
static void add_names(GHashTable *names, const char *folder)
{
    g_autoptr(GDir) files = g_dir_open(folder, 0, NULL);
    const char *file;
    while (files != NULL && (file = g_dir_read_name(files)) != NULL)
        if (g_str_has_suffix(file, SUFFIX) && file[0] != '.')
            g_hash_table_add(names, g_strndup(file, strlen(file) - strlen(SUFFIX)));
}

static gint by_title(gconstpointer a, gconstpointer b)
{
    const Form *one = *(Form *const *)a, *other = *(Form *const *)b;
    int order = text_collate(form_text(one->title), form_text(other->title));
    return order != 0 ? order : g_strcmp0(one->name, other->name);
}

GPtrArray *response_forms(Session *session, GPtrArray *faults, GError **error)
{
    if (!access_require(session, PERMIT_WALK, error))
        return NULL;
    GPtrArray *forms = g_ptr_array_new_with_free_func((GDestroyNotify)form_free);
    g_autofree char *own = form_version_unit_folder(session);
    g_autofree char *shipped = g_build_filename(share_folder(), "dagsform", "forms", NULL);
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    add_names(names, shipped);
    add_names(names, own);
    g_autoptr(GList) sorted = g_list_sort(g_hash_table_get_keys(names), (GCompareFunc)strcmp);
    for (const GList *name = sorted; name != NULL; name = name->next) {
        g_autoptr(GError) fault = NULL;
        g_autoptr(Form) form = response_form(session, name->data, &fault);
        if (form == NULL && faults != NULL)
            g_ptr_array_add(faults, g_strdup(fault->message));
        if (form != NULL && form->kind != FORM_KIND_OTHER)
            g_ptr_array_add(forms, g_steal_pointer(&form));
    }
    g_ptr_array_sort(forms, by_title);
    return forms;
}
