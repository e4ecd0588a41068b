/* form_version.h: where the unit's forms lie, and the versions of forms that have been used: each
 * is kept whole, so that what was answered in it opens as it was asked. */
#pragma once

#include "care/unit/session.h"

/* The folder with the unit's own forms, beside the database; it may not be there. New. */
char *form_version_unit_folder(Session *session);

gboolean form_version_is_kept(Session *session, const char *hash, gboolean *kept, GError **error);
/* Keeps the form's file under `name`; one that is kept already stays as it is. Inside a
 * transaction. */
gboolean form_version_keep(Session *session, const char *name, const Form *form, GError **error);
/* The kept version. ERROR_NOT_FOUND when it is not kept, ERROR_INPUT when this program cannot read
 * it. */
Form *form_version_load(Session *session, const char *hash, GError **error);
