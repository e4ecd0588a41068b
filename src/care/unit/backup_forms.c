/* backup_forms.c: the unit's own forms, into a backup and out of it. */
#include "care/unit/backup_forms.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "base/folder.h"
#include "base/i18n.h"

#define SUFFIX ".yaml"
#define MOST_BYTES ((gsize)4 << 20) /* as form_load() reads */
#define MOST_NAME 200

BackupForm *backup_form_new(const char *name, const char *sum)
{
    BackupForm *form = g_new(BackupForm, 1);
    *form = (BackupForm){g_strdup(name), g_strdup(sum)};
    return form;
}

void backup_form_free(BackupForm *form)
{
    g_free(form->name);
    g_free(form->sum);
    g_free(form);
}

gboolean backup_form_is_name(const char *name)
{
    static const char ALLOWED[] = G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_.";
    return name[0] != '.' && strlen(name) <= MOST_NAME && strspn(name, ALLOWED) == strlen(name) &&
           g_str_has_suffix(name, SUFFIX);
}

static char *place_of(const char *backup, const char *name)
{
    return g_strdup_printf("%s/" BACKUP_FORM "%s", backup, name);
}

/* Its bytes; new. `*sum` gets what they are known by; new. */
static char *read_form(const char *path, gsize *length, char **sum, GError **error)
{
    char *bytes = file_read(path, MOST_BYTES, length, error);
    if (bytes != NULL)
        *sum = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)bytes, *length);
    return bytes;
}

static gboolean take(const char *from, const char *to, const char *name, GPtrArray *forms,
                     GError **error)
{
    gsize length = 0;
    g_autofree char *path = g_build_filename(from, name, NULL), *place = place_of(to, name);
    g_autofree char *sum = NULL;
    g_autofree char *bytes = read_form(path, &length, &sum, error);
    if (bytes == NULL || !folder_write_file(place, bytes, length, error))
        return FALSE;
    g_ptr_array_add(forms, backup_form_new(name, sum));
    return TRUE;
}

static gint by_name(gconstpointer a, gconstpointer b)
{
    return strcmp((*(BackupForm *const *)a)->name, (*(BackupForm *const *)b)->name);
}

gboolean backup_forms_take(const char *from, const char *to, GPtrArray *forms, GError **error)
{
    g_autoptr(GDir) folder = g_dir_open(from, 0, NULL);
    const char *name;
    g_ptr_array_set_size(forms, 0);
    while (folder != NULL && (name = g_dir_read_name(folder)) != NULL)
        if (backup_form_is_name(name) && !take(from, to, name, forms, error))
            return FALSE;
    g_ptr_array_sort(forms, by_name);
    return TRUE;
}

gboolean backup_forms_prove(const char *from, const char *to, const GPtrArray *forms, GError **error)
{
    for (guint i = 0; i < forms->len; i++) {
        const BackupForm *form = forms->pdata[i];
        gsize length = 0;
        g_autofree char *path = place_of(from, form->name), *place = place_of(to, form->name);
        g_autofree char *sum = NULL;
        g_autofree char *bytes = read_form(path, &length, &sum, NULL);
        if (bytes == NULL || strcmp(sum, form->sum) != 0) {
            g_set_error(error, DAGSFORM_ERROR, ERROR_CORRUPT,
                        _("The form %s in the backup is not as it was when the backup was made. "
                          "Take another backup."),
                        form->name);
            return FALSE;
        }
        if (!folder_write_file(place, bytes, length, error))
            return FALSE;
    }
    return TRUE;
}

/* --- where they are used ---------------------------------------------------------------------- */

/* "forms/avbokning.yaml.replaced-2026-11-22", or with a number behind the day. New. */
static char *kept_name(const char *path)
{
    char date[DATE_SIZE];
    date_format(clock_today(), date);
    for (int nth = 1;; nth++) {
        g_autofree char *number = nth > 1 ? g_strdup_printf("-%d", nth) : g_strdup("");
        g_autofree char *name = g_strdup_printf("%s.replaced-%s%s", path, date, number);
        if (!g_file_test(name, G_FILE_TEST_EXISTS))
            return g_steal_pointer(&name);
    }
}

static gboolean put(const char *place, const char *path, const BackupForm *form, GPtrArray *kept,
                    GError **error)
{
    gsize length = 0;
    g_autofree char *sum = NULL;
    g_autofree char *bytes = read_form(path, &length, &sum, NULL);
    if (bytes != NULL && strcmp(sum, form->sum) == 0)
        return g_unlink(place) == 0 || folder_fault(place, errno, error);
    if (g_file_test(path, G_FILE_TEST_EXISTS)) {
        g_autofree char *name = kept_name(path);
        if (!folder_name(path, name, error))
            return FALSE;
        g_ptr_array_add(kept, g_steal_pointer(&name));
    }
    /* There are no names in it: whoever may work in the unit may read it. */
    return (chmod(place, 0644) == 0 || folder_fault(place, errno, error)) &&
           folder_name(place, path, error);
}

gboolean backup_forms_put(const char *from, const char *to, const GPtrArray *forms, GPtrArray *kept,
                          GError **error)
{
    if (forms->len > 0 && mkdir(to, 0755) != 0 && errno != EEXIST)
        return folder_fault(to, errno, error);
    for (guint i = 0; i < forms->len; i++) {
        const BackupForm *form = forms->pdata[i];
        g_autofree char *place = place_of(from, form->name);
        g_autofree char *path = g_build_filename(to, form->name, NULL);
        if (!put(place, path, form, kept, error))
            return FALSE;
    }
    return TRUE;
}
