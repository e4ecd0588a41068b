/* last_seen.c: one file of the account's, a group for each database at its place. */
#include "care/unit/last_seen.h"

#include <sodium.h>
#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/kept.h"
#include "base/paths.h"
#include "care/unit/audit_head.h"

#define LOG "log"
#define AT "at_ms"
#define NAME_BYTES 16

/* The database at its place: a copy elsewhere, such as a backup that is tried, has a log of its own. No
 * name of a unit or a folder is kept outside. New. */
static char *group_of(Session *session)
{
    const char *parts[] = {vault_database_id(session_vault(session)), db_path(session_db(session))};
    char hex[2 * NAME_BYTES + 1];
    guint8 hash[NAME_BYTES];
    crypto_generichash_state state;

    crypto_generichash_init(&state, NULL, 0, sizeof hash);
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        crypto_generichash_update(&state, (const guint8 *)parts[i], strlen(parts[i]) + 1);
    crypto_generichash_final(&state, hash, sizeof hash);
    return g_strdup(sodium_bin2hex(hex, sizeof hex, hash, sizeof hash));
}

char *last_seen_tell(Session *session)
{
    g_autofree char *path = paths_last_seen();
    g_autoptr(GKeyFile) file = kept_read(path);
    g_autofree char *group = group_of(session);
    g_autofree char *code = g_key_file_get_string(file, group, LOG, NULL);
    g_autoptr(GError) failed = NULL;
    gint64 later;

    if (code == NULL || audit_holds(session, code, &later, &failed) ||
        !g_error_matches(failed, DAGSFORM_ERROR, ERROR_CORRUPT))
        return NULL;
    g_autofree char *when = clock_text(g_key_file_get_int64(file, group, AT, NULL));
    return g_strdup_printf(
        _("The log no longer has what stood in it when somebody signed in here %s: database and "
          "key file have been put back to an older state, or the log has been changed. Tell an "
          "administrator, before anything is recorded."),
        when);
}

void last_seen_keep(Session *session)
{
    g_autofree char *path = paths_last_seen();
    g_autoptr(GKeyFile) file = kept_read(path);
    g_autofree char *group = group_of(session);
    g_autofree char *code = audit_head(session, NULL);

    if (code == NULL)
        return;
    g_key_file_set_string(file, group, LOG, code);
    g_key_file_set_int64(file, group, AT, clock_now_ms());
    kept_write(path, file);
}
