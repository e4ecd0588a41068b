/* form_version.c: the forms' files as they were when they were used. */
#include "care/unit/form_version.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"

char *form_version_unit_folder(Session *session)
{
    g_autofree char *folder = g_path_get_dirname(db_path(session_db(session)));
    return g_build_filename(folder, "forms", NULL);
}

gboolean form_version_is_kept(Session *session, const char *hash, gboolean *kept, GError **error)
{
    gint64 known = 0;
    if (!db_get_int(session_db(session), "SELECT count(*) FROM form_version WHERE hash = :hash",
                    DB_PARAMS(DB_TEXT("hash", hash)), 0, &known, error))
        return FALSE;
    *kept = known > 0;
    return TRUE;
}

gboolean form_version_keep(Session *session, const char *name, const Form *form, GError **error)
{
    return db_run(session_db(session),
                  "INSERT INTO form_version (hash, name, version, body, first_seen_ms)"
                  " VALUES (:hash, :name, :version, :body, :now) ON CONFLICT (hash) DO NOTHING",
                  DB_PARAMS(DB_TEXT("hash", form->hash), DB_TEXT("name", name),
                            DB_TEXT("version", form->version), DB_TEXT("body", form->body),
                            DB_INT("now", clock_now_ms())),
                  error);
}

Form *form_version_load(Session *session, const char *hash, GError **error)
{
    g_autoptr(DbStatement) row =
        db_query(session_db(session), "SELECT body, name FROM form_version WHERE hash = :hash",
                 DB_PARAMS(DB_TEXT("hash", hash)), error);
    DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    if (step == DB_STEP_DONE)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                            _("The questions of this form are not in the database any more. Run "
                              "“dagsform check” and tell the administrator what it says."));
    if (step != DB_STEP_ROW)
        return NULL;
    const char *body = db_text(row, 0);
    return form_load_bytes(body, strlen(body), db_text(row, 1), NULL, error);
}
