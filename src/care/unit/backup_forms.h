/* backup_forms.h: the unit's own forms in a backup: the files NAME.yaml of the folder `forms` beside
 * its database, under names of their own beside the copy of the database. */
#pragma once

#include <glib.h>

#define BACKUP_FORM "dagsform.form-" /* what their names there begin with */
#define BACKUP_FORMS BACKUP_FORM "*.yaml"

typedef struct {
    char *name; /* "avbokning.yaml" */
    char *sum;  /* SHA-256 of its bytes, in hex digits */
} BackupForm;
BackupForm *backup_form_new(const char *name, const char *sum);
void backup_form_free(BackupForm *form);
/* Whether a file of that name can be a form's: letters, digits and -_. before ".yaml". */
gboolean backup_form_is_name(const char *name);

/* Copies those of the folder `from`, which may not be there, into the backup `to`, and adds them to
 * `forms`, by name. */
gboolean backup_forms_take(const char *from, const char *to, GPtrArray *forms, GError **error);
/* Copies `forms` from one backup to another folder under the same names. ERROR_CORRUPT where one is
 * not as it was taken. */
gboolean backup_forms_prove(const char *from, const char *to, const GPtrArray *forms,
                            GError **error);
/* Moves `forms` from the backup's copy `from` to the folder `to`, which is made. One that is there and
 * says something else is kept as NAME.yaml.replaced-DATE, and its new name added to `kept` (char *).
 * Forms of other names stay. */
gboolean backup_forms_put(const char *from, const char *to, const GPtrArray *forms, GPtrArray *kept,
                          GError **error);
