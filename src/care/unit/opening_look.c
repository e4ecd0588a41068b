/* opening_look.c: what a sign-in looks at in the files and the log, and tells whoever signs in. */
#include "care/unit/opening_look.h"

#include <sys/stat.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/last_seen.h"
#include "care/unit/restored.h"
#include "care/unit/session_private.h"
#include "care/unit/standing.h"

/* meta: when the database was found older than its key file; told for a week. */
#define OLDER "found_older_ms"
#define OLDER_TOLD_MS ((gint64)7 * 24 * 60 * 60 * 1000)

void opening_notice(Session *session, const char *sentence)
{
    g_ptr_array_add(session->notices, g_strdup(sentence));
}

gboolean opening_log_mending(Session *session, const char *what, const char *before,
                             const char *after, GError **error)
{
    g_autoptr(AuditChanges) changes = audit_changes_new();

    audit_changes_text(changes, what, before, after);
    return audit_write(session, "mend", "meta", 0, 0, changes, error);
}

/* What cannot be looked at keeps nobody out: it is said, and check says the rest. A log that is cut
 * tells nothing of who may do what. */
static void look_at_log(Session *session)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) failed = NULL;

    if (!audit_glance(session, faults, &failed) ||
        (faults->len == 0 && !audit_go_on(session, faults, &failed)) ||
        (faults->len == 0 && !standing_compare(session, FALSE, faults, &failed)))
        opening_notice(session, failed->message);
    for (guint i = 0; i < faults->len; i++)
        opening_notice(session, faults->pdata[i]);
}

static gboolean is_older(Session *session)
{
    gint64 known = 0;

    return db_get_int(session->db, KNOWN_GENERATION, NULL, 0, &known, NULL) &&
           (guint64)known < vault_generation(session->vault);
}

/* Whether it was told. */
static gboolean tell_restored(Session *session)
{
    g_autofree char *sentence = restored_tell(session);

    if (sentence)
        opening_notice(session, sentence);
    return sentence != NULL;
}

/* A database that was put back by the program is not what was last seen here either; nor is one
 * that opening_note_older() tells of, which is not asked where `explained`. */
static void look_at_last_seen(Session *session, gboolean explained)
{
    g_autofree char *sentence = explained || !is_older(session) ? last_seen_tell(session) : NULL;

    if (sentence)
        opening_notice(session, sentence);
}

/* The journal lies beside the name, so what a crash has left half written under one is not found
 * under another (sqlite.org/howtocorrupt.html §2.4), and a copy that is such a name changes with
 * the database. */
static void look_at_names(Session *session)
{
    struct stat status;

    if (db_is_on_server(session->db) || stat(db_path(session->db), &status) != 0 ||
        status.st_nlink < 2)
        return;
    g_autofree char *sentence = g_strdup_printf(_("The database %s has another name too (a hard "
                                                  "link). What a crash leaves half done under one "
                                                  "name is not mended under the other. Take the "
                                                  "other name away, and make a copy with: dagsform "
                                                  "backup"),
                                                db_path(session->db));
    opening_notice(session, sentence);
}

/* Whoever may write there can put something else in the place of it, or a journal beside it. A demo
 * may lie anywhere. */
static void look_at_rights(Session *session)
{
    const char *database = db_path(session->db);
    g_autofree char *folder = g_path_get_dirname(database);
    const char *const places[] = {folder, database, vault_path(session->vault)};
    struct stat status;

    for (gsize i = 0; i < G_N_ELEMENTS(places) && !session_is_demo(session); i++) {
        if (stat(places[i], &status) != 0 || (status.st_mode & S_IWOTH) == 0 ||
            !(S_ISREG(status.st_mode) || S_ISDIR(status.st_mode)))
            continue;
        g_autofree char *sentence = g_strdup_printf(
            _("Everybody on this computer may write to %s, and so put something else in "
              "its place. Close it to others: chmod o-w %s"),
            places[i], places[i]);
        opening_notice(session, sentence);
    }
}

/* Whoever runs the servers lets saves go on; whoever saves is to know what that means. */
static void look_at_standby(Session *session)
{
    if (db_lacks_standby(session->db))
        opening_notice(
            session,
            _("The unit's server has no other beside it just now that keeps "
              "what is saved too: what you save would be lost with its disk. Work can go on. Tell "
              "whoever runs the server."));
}

void opening_look_through(Session *session, gboolean new_copy, gboolean explained)
{
    const gboolean restored = tell_restored(session) || new_copy;

    look_at_log(session);
    look_at_names(session);
    look_at_rights(session);
    look_at_standby(session);
    if (!restored)
        look_at_last_seen(session, explained);
}

/* When an older database was found, in ms; 0: never, or so long ago that enough has been said. */
static gboolean was_found_older(Session *session, gint64 *at, GError **error)
{
    if (!db_get_int(session->db, "SELECT CAST(value AS BIGINT) FROM meta WHERE key = '" OLDER "'",
                    NULL, 0, at, error))
        return FALSE;
    if (clock_now_ms() - *at > OLDER_TOLD_MS)
        *at = 0;
    return TRUE;
}

static gboolean keep_older(Session *session, GError **error)
{
    g_autofree char *now = g_strdup_printf("%" G_GINT64_FORMAT, clock_now_ms());
    return db_meta_set(session->db, OLDER, now, error) &&
           opening_log_mending(session, "database", "older than the key file", "opened", error);
}

gboolean opening_note_older(Session *session, GError **error)
{
    gint64 known = 0, at = 0;

    if (!db_get_int(session->db, KNOWN_GENERATION, NULL, 0, &known, error) ||
        !was_found_older(session, &at, error))
        return FALSE;
    const gboolean older = (guint64)known < vault_generation(session->vault);
    if (older || (at > 0 && access_allows(session, PERMIT_USERS)))
        opening_notice(
            session, _("The database was older than its key file: either an earlier copy of it has "
                       "been put back, and what was recorded after that is missing, or a change of "
                       "users was broken off. Tell an administrator."));
    return !older || db_is_read_only(session->db) || keep_older(session, error);
}
