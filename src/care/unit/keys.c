/* A new data key, and the key file's generation in the database. */
#include "care/unit/keys.h"

#include "base/i18n.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/last_seen.h"
#include "care/unit/logins.h"
#include "care/unit/session_private.h"
#include "vault/vault_calibrate.h"

#define PASSES "passphrase_passes" /* meta */

gboolean session_keep_generation(Session *session, GError **error)
{
    g_autoptr(GError) failed = NULL;
    g_autofree char *stored = db_meta_get(session->db, "key_generation", &failed);
    g_autofree char *known = failed ? NULL : db_meta_get(session->db, "key_slots", &failed);
    guint64 generation = vault_generation(session->vault);

    if (failed) {
        g_propagate_error(error, g_steal_pointer(&failed));
        return FALSE;
    }
    if (stored && known && g_ascii_strtoull(stored, NULL, 10) >= generation)
        return TRUE;
    g_autofree char *now = g_strdup_printf("%" G_GUINT64_FORMAT, generation);
    g_autofree char *slots = vault_slots(session->vault);
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "key_generation", stored, now);
    return db_meta_set(session->db, "key_generation", now, error) &&
           db_meta_set(session->db, "key_slots", slots, error) &&
           audit_write(session, "change", "meta", 0, 0, changes, error);
}

gboolean session_end_rotation(Session *session, GError **error)
{
    if (!audit_turn(session, error))
        return FALSE;
    /* In one transaction, so that nobody who opens meanwhile finds the one without the other. */
    g_autoptr(DbTransaction) tx = db_transaction(session->db, error);
    if (tx == NULL || !vault_rotate_finish(session->vault, error) ||
        !session_keep_generation(session, error) || !db_transaction_commit(tx, error))
        return FALSE;
    last_seen_keep(session);
    return TRUE;
}

gboolean session_take_over(Session *session, const Secret *key, GError **error)
{
    Db *db = login_open(db_path(session->db), key, DB_READ_WRITE, session->vault,
                        session->recovery ? NULL : session->login, error);

    if (!db)
        return FALSE;
    db_close(session->db);
    session->db = db;
    return TRUE;
}

/* Two programs may find the same change and both bring it to its end: what counts is that the new
 * key fits. */
gboolean session_finish_rotation(Session *session, const DbWatch *watch, GError **error)
{
    const Secret *next = vault_next_key(session->vault);
    g_autoptr(GError) failed = NULL;

    if (!next)
        return TRUE;
    if (!db_rekey(session->db, next, watch, &failed) && !session_take_over(session, next, NULL)) {
        g_propagate_error(error, g_steal_pointer(&failed));
        return FALSE;
    }
    return session_end_rotation(session, error);
}

gboolean session_new_key(Session *session, const DbWatch *watch, GError **error)
{
    return access_require(session, PERMIT_USERS, error) && db_may_rekey(session->db, error) &&
           session_finish_rotation(session, watch, error) &&
           vault_rotate_begin(session->vault, NULL, error) &&
           session_finish_rotation(session, watch, error);
}

/* --- what a try of a passphrase costs ---------------------------------------------------------- */

int session_passes(Session *session)
{
    g_autofree char *text = db_meta_get(session->db, PASSES, NULL);

    return text != NULL ? (int)CLAMP(g_ascii_strtoll(text, NULL, 10), 0, VAULT_MOST_PASSES) : 0;
}

gboolean session_set_passes(Session *session, int passes, GError **error)
{
    g_autofree char *now = g_strdup_printf("%d", passes);

    if (!access_require(session, PERMIT_USERS, error))
        return FALSE;
    if (passes < (int)VAULT_LEAST_PASSES || passes > VAULT_MOST_PASSES) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("A try of a passphrase takes from %d to %d passes. Give a number between them."),
                    (int)VAULT_LEAST_PASSES, VAULT_MOST_PASSES);
        return FALSE;
    }
    g_autoptr(DbTransaction) tx = db_transaction(session->db, error);
    if (tx == NULL)
        return FALSE;
    g_autofree char *before = db_meta_get(session->db, PASSES, NULL);
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, PASSES, before, now);
    if (!audit_changes_empty(changes) &&
        (!db_meta_set(session->db, PASSES, now, error) ||
         !audit_write(session, "change", "meta", 0, 0, changes, error) ||
         !db_transaction_commit(tx, error)))
        return FALSE;
    vault_ask_passes(session->vault, (guint64)passes);
    return TRUE;
}
