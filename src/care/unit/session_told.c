/* session_told.c: what has befallen one's own user since, told at the sign-in. */
#include "base/clock.h"
#include "base/i18n.h"
#include "care/unit/opening.h"
#include "care/unit/session_private.h"
#include "vault/tries.h"

/* So long that whoever was away for some weeks sees it. */
#define TOLD_MS ((gint64)30 * 24 * 60 * 60 * 1000)

/* An administrator can give anybody a new passphrase, and so sign in as them: they are told, by each sign-in
 * for a while, for the first one may be the administrator's, until they have set one of their own. New; NULL:
 * nobody has. */
static char *tell_passphrase(Session *session)
{
    g_autoptr(DbStatement) row =
        db_query(session->db,
                 "SELECT a.at_ms, s.name, COALESCE(a.staff_id, 0) FROM audit a LEFT JOIN staff s ON s.id = a.staff_id"
                 " WHERE a.client_id IS NULL AND a.changes IS NOT NULL AND a.entity = 'staff'"
                 " AND a.entity_id = :me AND a.node + 0 = :node AND a.action = 'passphrase' AND a.at_ms > :since"
                 " ORDER BY a.seq DESC LIMIT 1",
                 DB_PARAMS(DB_INT("me", session->staff_id), DB_INT("node", db_node(session->db)),
                           DB_INT("since", clock_now_ms() - TOLD_MS)),
                 NULL);
    if (row == NULL || db_step(row, NULL) != DB_STEP_ROW || db_int(row, 2) == session->staff_id)
        return NULL;
    g_autofree char *when = clock_text(db_int(row, 0));
    const char *who = db_text(row, 1);
    return g_strdup_printf(_("%s gave you a new passphrase %s. If you did not ask for it, tell your team "
                             "lead, and set one of your own: dagsform user passwd %s"),
                           who != NULL ? who : _("Somebody with the recovery code"), when,
                           session->login);
}

char *session_tell_tries(Session *session)
{
    if (session->recovery)
        return NULL;
    char *tries = tries_tell(vault_path(session->vault), session->login);
    g_autofree char *passphrase = tell_passphrase(session);
    if (passphrase == NULL || tries == NULL)
        return passphrase != NULL ? g_steal_pointer(&passphrase) : tries;
    char *both = g_strdup_printf("%s\n%s", tries, passphrase);
    g_free(tries);
    return both;
}
