/* Who has been told is known from the log: they have signed in since. */
#include "care/unit/restored.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/unit/audit.h"

/* meta: when the database was put back, the moment of the backup, and the entry that says so. */
#define AT "restored_ms"
#define FROM "restored_from_ms"
#define ENTRY "restored_entry"
#define TOLD_MS ((gint64)31 * 24 * 60 * 60 * 1000)

static gboolean set(Session *session, const char *key, gint64 value, GError **error)
{
    g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, value);

    return db_meta_set(session_db(session), key, text, error);
}

gboolean restored_mark(Session *session, gint64 made_ms, const char *place, GError **error)
{
    Db *db = session_db(session);
    g_autofree char *made = clock_text(made_ms);
    g_autoptr(AuditChanges) changes = audit_changes_new();
    g_autoptr(DbTransaction) tx = db_transaction(db, error);
    gint64 entry = 0;

    audit_changes_text(changes, "backup", NULL, place);
    audit_changes_text(changes, "made", NULL, made);
    return tx != NULL && audit_write(session, "restore", "meta", 0, 0, changes, error) &&
           audit_last(session, &entry, error) && set(session, AT, clock_now_ms(), error) &&
           set(session, FROM, made_ms, error) && set(session, ENTRY, entry, error) &&
           db_transaction_commit(tx, error);
}

static gint64 number(Session *session, const char *key)
{
    g_autofree char *text = db_meta_get(session_db(session), key, NULL);

    return text ? g_ascii_strtoll(text, NULL, 10) : 0;
}

char *restored_tell(Session *session)
{
    const gint64 at = number(session, AT);
    gint64 signed_in = 0;

    if (at == 0 || clock_now_ms() - at > TOLD_MS ||
        !db_get_int(session_db(session),
                    "SELECT count(*) FROM audit WHERE node = :node AND seq > :entry"
                    " AND staff_id = :staff AND action = 'unlock'",
                    DB_PARAMS(DB_INT("node", db_node(session_db(session))),
                              DB_INT("entry", number(session, ENTRY)),
                              DB_INT("staff", session_staff_id(session))),
                    0, &signed_in, NULL) ||
        signed_in > 0)
        return NULL;
    g_autofree char *when = clock_text(at), *from = clock_text(number(session, FROM));
    return g_strdup_printf(
        _("The database was put back %s from a backup made %s. What was recorded "
          "in between is not in it."),
        when, from);
}
