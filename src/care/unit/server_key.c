/* In one transaction at the server: what is sealed, the log's turn to another key, and the mark of
 * the key. Its commit is the change. The key file holds both keys from before that until after it.
 */
#include "care/unit/server_key.h"

#include "base/i18n.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/audit_epoch.h"
#include "care/unit/keys.h"
#include "care/unit/session_private.h"

static gboolean turn_log(const Session *session, Db *db, GError **error)
{
    Session there = session_at(session, db);
    const gboolean turned = audit_turn(&there, error) && audit_epochs_lay(&there, TRUE, error);

    secret_free(there.audit_key);
    return turned;
}

/* Whoever waited for somebody else that did the same finds that its key fits no more. */
static DbSetUp *set_up(Session *session, const DbAdmin *admin, GError **error)
{
    g_autoptr(GError) failed = NULL;
    DbSetUp *begun =
        db_set_up_as_it_is(db_path(session->db), admin, vault_data_key(session->vault), &failed);

    if (begun == NULL && g_error_matches(failed, DAGSFORM_ERROR, ERROR_PASSPHRASE) &&
        vault_was_overtaken(session->vault))
        g_set_error_literal(
            error, DAGSFORM_ERROR, ERROR_KEY_CHANGED,
            _("Somebody else has just drawn a new data key for the unit, so none was drawn "
              "now."));
    else if (begun == NULL)
        g_propagate_error(error, g_steal_pointer(&failed));
    return begun;
}

/* The new key is drawn when everybody else waits: who is not let in has begun nothing. */
static gboolean bring_in(Session *session, const DbAdmin *admin, const DbWatch *watch,
                         GError **error)
{
    Vault *vault = session->vault;
    g_autoptr(DbSetUp) begun = set_up(session, admin, error);

    if (begun == NULL || (vault_next_key(vault) == NULL && !vault_rotate_begin(vault, NULL, error)))
        return FALSE;
    Db *db = db_set_up_db(begun);
    return db_rekey(db, vault_next_key(vault), watch, error) && turn_log(session, db, error) &&
           db_set_up_commit(begun, NULL, error);
}

static gboolean end(Session *session, GError **error)
{
    g_autoptr(GError) failed = NULL;

    if (session_take_over(session, vault_next_key(session->vault), &failed) &&
        session_end_rotation(session, &failed))
        return TRUE;
    g_set_error(
        error, DAGSFORM_ERROR, failed->code,
        _("The unit has a new data key, but the key file has the old one too still: %s That is "
          "put right by itself the next time somebody signs in."),
        failed->message);
    return FALSE;
}

gboolean server_key_draw(Session *session, const DbAdmin *admin, const DbWatch *watch,
                         GError **error)
{
    if (!access_require(session, PERMIT_USERS, error))
        return FALSE;
    /* Somebody who has left since may have seen the one that was begun. */
    if (vault_next_key(session->vault) != NULL &&
        !(bring_in(session, admin, watch, error) && end(session, error)))
        return FALSE;
    return bring_in(session, admin, watch, error) && end(session, error);
}
