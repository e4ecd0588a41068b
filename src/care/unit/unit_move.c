/* unit_move.c: all of a unit from one place to another.
 *
 * Where it comes to everything is one transaction, whose commit is the move; where it comes from is
 * marked after that. So there is never less than one whole unit, and whatever is broken off before
 * that commit has changed nothing. When the program is killed between the two, the same command
 * finds the log of this unit there, with its last entry, and only marks. */
#include "care/unit/unit_move.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
#include "base/folder.h"
#include "base/i18n.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/audit_epoch.h"
#include "care/unit/logins.h"
#include "care/unit/session_private.h"
#include "db/db_move.h"
#include "vault/vault_login.h"

#define PART ".moving" /* what is being made bears this at the end of its name */

gboolean unit_is_here(Db *db, GError **error)
{
    g_autoptr(GError) failed = NULL;
    g_autofree char *to = db_meta_get(db, DB_MOVED_TO, &failed);

    if (failed != NULL)
        g_propagate_error(error, g_steal_pointer(&failed));
    else if (to != NULL)
        g_set_error(error, DAGSFORM_ERROR, ERROR_DENIED,
                    _("The unit is no longer kept in %s: it was carried to %s. Open that instead."),
                    db_path(db), to);
    else
        return TRUE;
    return FALSE;
}

/* --- where it comes to ------------------------------------------------------------------------ */

static gboolean log_is_whole(Session *there, GError **error)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);

    if (!audit_verify(there, faults, NULL, error))
        return FALSE;
    if (faults->len == 0)
        return TRUE;
    g_set_error(
        error, DAGSFORM_ERROR, ERROR_CORRUPT,
        _("The unit's log is not whole, so the unit was not carried. %s See to that first."),
        (const char *)faults->pdata[0]);
    return FALSE;
}

static gboolean log_move(Session *there, const char *from, const char *to, GError **error)
{
    g_autoptr(AuditChanges) changes = audit_changes_new();

    audit_changes_text(changes, "place", from, to);
    return audit_write(there, "move", "meta", 0, 0, changes, error);
}

/* All rows from `from` into `to`, and the log proved there. The keys of the log never come to a
 * server open. */
static gboolean carry(const Session *session, Db *from, Db *to, const char *path,
                      const DbWatch *watch, GError **error)
{
    Session there = session_at(session, to);
    const gboolean carried = db_move(from, to, watch, error) &&
                             (db_is_on_server(to) || audit_epochs_lay(&there, FALSE, error)) &&
                             log_is_whole(&there, error) &&
                             log_move(&there, db_path(session->db), path, error);

    secret_free(there.audit_key);
    return carried;
}

static gboolean mark(Db *db, const char *path, GError **error)
{
    g_autofree char *full = g_canonicalize_filename(path, NULL);

    return db_meta_set(db, DB_MOVED_TO, full, error);
}

/* What is there already is the same file, of a carrying that was broken off. */
static gboolean lay_keys(Session *session, const char *path, GError **error)
{
    g_autofree char *keys = vault_path_for(path), *part = g_strconcat(keys, PART, NULL);
    g_autofree char *part_copy = g_strconcat(part, ".copy", NULL), *sum = NULL;
    guint64 generation = 0;

    g_unlink(part);
    g_unlink(part_copy);
    gboolean laid = vault_write_out(session->vault, part, &generation, &sum, error);
    if (laid && g_file_test(keys, G_FILE_TEST_EXISTS)) {
        g_autofree char *one = NULL, *other = NULL;
        gsize first = 0, second = 0;
        laid = g_file_get_contents(keys, &one, &first, NULL) &&
               g_file_get_contents(part, &other, &second, NULL) && first == second &&
               memcmp(one, other, first) == 0;
        if (!laid)
            folder_fault(keys, EEXIST, error);
    } else {
        laid = laid && folder_name(part, keys, error);
    }
    g_unlink(part);
    g_unlink(part_copy);
    return laid;
}

/* --- to a server ------------------------------------------------------------------------------ */

/* The hash of an entry of the log that both have; new, NULL where it is not there. */
static GBytes *hash_at(Db *db, gint64 seq, GError **error)
{
    g_autoptr(DbStatement) row =
        db_query(db, "SELECT hash FROM audit WHERE node = :node AND seq = :seq",
                 DB_PARAMS(DB_INT("node", db_node(db)), DB_INT("seq", seq)), error);
    gsize length = 0;

    if (row == NULL || db_step(row, error) != DB_STEP_ROW)
        return NULL;
    const void *hash = db_blob(row, 0, &length);
    return g_bytes_new(hash, length);
}

/* The log there tells of the carrying, and goes as far as the one here did then; since then nobody
 * has done more here than sign in. */
static gboolean was_carried(Db *here, Db *there, gboolean *was, GError **error)
{
    g_autoptr(GError) failed = NULL;
    gint64 told = 0, done = 1;

    *was = FALSE;
    if (db_node(here) != db_node(there))
        return TRUE;
    const DbParam *node = DB_PARAMS(DB_INT("node", db_node(there)));
    if (!db_get_int(there,
                    "SELECT seq FROM audit WHERE node = :node AND action = 'move'"
                    " AND entity = 'meta' ORDER BY seq DESC LIMIT 1",
                    node, 0, &told, error))
        return FALSE;
    g_autoptr(GBytes) one = told > 0 ? hash_at(here, told - 1, &failed) : NULL;
    g_autoptr(GBytes) other = one != NULL ? hash_at(there, told - 1, &failed) : NULL;
    if (failed != NULL) {
        g_propagate_error(error, g_steal_pointer(&failed));
        return FALSE;
    }
    if (other == NULL || !g_bytes_equal(one, other))
        return TRUE;
    if (!db_get_int(here,
                    "SELECT count(*) FROM audit WHERE node = :node AND seq >= :seq"
                    " AND action <> 'unlock'",
                    DB_PARAMS(DB_INT("node", db_node(here)), DB_INT("seq", told)), 1, &done, error))
        return FALSE;
    *was = done == 0;
    return TRUE;
}

gboolean unit_place(Db *here, Db *there, UnitPlace *place, GError **error)
{
    gboolean was = FALSE;
    gint64 units = 0;

    if (!db_get_int(there, "SELECT count(*) FROM unit", NULL, 0, &units, error) ||
        (units > 0 && !was_carried(here, there, &was, error)))
        return FALSE;
    *place = units == 0 ? UNIT_PLACE_EMPTY : was ? UNIT_PLACE_SAME : UNIT_PLACE_OTHER;
    return TRUE;
}

static gboolean fill(Session *session, DbSetUp *set_up, const char *path, const DbWatch *watch,
                     char **lacking, GError **error)
{
    guint8 point[VAULT_POINT_BYTES];

    return audit_epochs_lay(session, TRUE, error) &&
           carry(session, session->db, db_set_up_db(set_up), path, watch, error) &&
           logins_set_up(set_up, session->vault, point, lacking, error) &&
           lay_keys(session, path, error) && db_set_up_commit(set_up, point, error);
}

static gboolean set_not_marked(Db *db, const char *path, GError *failed, GError **error)
{
    g_set_error(
        error, failed->domain, failed->code,
        _("The unit is in %s now, and whole. But %s could not be marked so that nobody works "
          "in it any more: put it away. (%s)"),
        path, db_path(db), failed->message);
    return FALSE;
}

gboolean unit_to_server(Session *session, const char *path, const DbServerPlace *place,
                        const DbAdmin *admin, const DbWatch *watch, char **lacking, GError **error)
{
    const gboolean begun = g_file_test(path, G_FILE_TEST_EXISTS);
    g_autoptr(DbTransaction) tx = NULL;
    g_autoptr(GError) failed = NULL;
    UnitPlace there = UNIT_PLACE_OTHER;

    *lacking = NULL;
    if (!access_require(session, PERMIT_USERS, error) || !(tx = db_transaction(session->db, error)))
        return FALSE;
    const Secret *key = vault_data_key(session->vault);
    g_autoptr(DbSetUp) set_up = begun || place == NULL
                                    ? db_set_up_begun(path, admin, key, &failed)
                                    : db_set_up_new(path, place, admin, key, &failed);
    if (set_up == NULL && !g_error_matches(failed, DAGSFORM_ERROR, ERROR_PASSPHRASE)) {
        g_propagate_error(error, g_steal_pointer(&failed));
        return FALSE;
    }
    g_clear_error(&failed);
    if (set_up != NULL && !unit_place(session->db, db_set_up_db(set_up), &there, error))
        return FALSE;
    if (there == UNIT_PLACE_OTHER) {
        if (!db_set_up_refuses_bare(set_up, error))
            g_set_error(error, DAGSFORM_ERROR, ERROR_EXISTS,
                        _("There is a unit in %s already, so nothing was carried there."), path);
        return FALSE;
    }
    if (there == UNIT_PLACE_EMPTY && !fill(session, set_up, path, watch, lacking, error))
        return FALSE;
    if (mark(session->db, path, &failed) && db_transaction_commit(tx, &failed))
        return TRUE;
    return set_not_marked(session->db, path, failed, error);
}

/* --- to a file -------------------------------------------------------------------------------- */

static void remove_part(const char *part)
{
    g_autofree char *journal = g_strconcat(part, "-journal", NULL);

    g_unlink(part);
    g_unlink(journal);
}

static gboolean fill_file(Session *session, Db *from, const char *part, const char *path,
                          const DbWatch *watch, GError **error)
{
    g_autoptr(Db) to = db_open(part, vault_data_key(session->vault), DB_CREATE, error);
    g_autoptr(DbTransaction) tx = to != NULL ? db_transaction_large(to, error) : NULL;

    return tx != NULL && carry(session, from, to, path, watch, error) &&
           db_transaction_commit(tx, error);
}

gboolean unit_to_file(Session *session, const char *path, const DbAdmin *admin,
                      const DbWatch *watch, GError **error)
{
    g_autofree char *part = g_strconcat(path, PART, NULL);
    g_autoptr(GError) failed = NULL;

    if (!access_require(session, PERMIT_USERS, error))
        return FALSE;
    if (g_file_test(path, G_FILE_TEST_EXISTS))
        return folder_fault(path, EEXIST, error);
    if (vault_next_key(session->vault) != NULL) {
        g_set_error_literal(
            error, DAGSFORM_ERROR, ERROR_CONFLICT,
            _("A new data key has been drawn for the unit and not brought in. Do that first, with: "
              "dagsform server rekey"));
        return FALSE;
    }
    g_autoptr(DbSetUp) set_up =
        db_set_up(db_path(session->db), admin, vault_data_key(session->vault), error);
    if (set_up == NULL)
        return FALSE;
    remove_part(part);
    const gboolean there = fill_file(session, db_set_up_db(set_up), part, path, watch, error) &&
                           lay_keys(session, path, error) && folder_name(part, path, error);
    if (!there) {
        remove_part(part);
        return FALSE;
    }
    if (mark(db_set_up_db(set_up), path, &failed) && db_set_up_commit(set_up, NULL, &failed))
        return TRUE;
    return set_not_marked(session->db, path, failed, error);
}
