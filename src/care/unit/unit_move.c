/* unit_move.c: all of a unit from one place to another.
 *
 * Where it comes to everything is one transaction, whose commit is the move; where it comes from is
 * marked before as being carried, which lets nobody but who carries it in and nobody save, and
 * after that as carried. So there is never less than one whole unit and never more than one that is
 * worked in, and whatever is broken off before the first mark has changed nothing. When the program
 * is killed between the two, the same command finds the log of this unit there, with its last
 * entry, and only marks; or finds nothing there, and begins anew. */
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
#include "care/visit/counted.h"
#include "db/db_move.h"
#include "vault/vault_login.h"

#define PART ".moving" /* what is being made bears this at the end of its name */

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
                             log_is_whole(&there, error) && counted_forget_all(&there, error) &&
                             log_move(&there, db_path(session->db), path, error);

    secret_free(there.audit_key);
    return carried;
}

static gboolean forget_mark(Db *db, GError **error)
{
    return db_run(db, "DELETE FROM meta WHERE key = '" DB_MOVING_TO "'", NULL, error);
}

/* `key` is DB_MOVING_TO, or DB_MOVED_TO instead of it. */
static gboolean mark(Db *db, const char *key, const char *path, GError **error)
{
    g_autofree char *full = g_canonicalize_filename(path, NULL);

    return forget_mark(db, error) && db_meta_set(db, key, full, error);
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

static gboolean fill(Session *session, DbSetUp *set_up, const char *path, guint8 *point,
                     const DbWatch *watch, char **lacking, GError **error)
{
    return audit_epochs_lay(session, TRUE, error) &&
           carry(session, session->db, db_set_up_db(set_up), path, watch, error) &&
           logins_set_up(set_up, session->vault, point, lacking, error) &&
           lay_keys(session, path, error);
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

/* In a transaction of its own, for what is over; the mark stays where even that fails. */
static void open_again(Db *db)
{
    g_autoptr(DbTransaction) tx = db_transaction(db, NULL);

    if (tx != NULL && forget_mark(db, NULL))
        db_transaction_commit(tx, NULL);
}

/* `set_up` NULL: all there is sealed under another key. */
static void refuse_other(DbSetUp *set_up, const char *path, GError **error)
{
    if (set_up == NULL || !db_set_up_refuses_bare(set_up, error))
        g_set_error(error, DAGSFORM_ERROR, ERROR_EXISTS,
                    _("There is a unit in %s already, so nothing was carried there."), path);
}

/* To a place on a server. */
typedef struct {
    const char *path;
    const DbServerPlace *place;
    const DbAdmin *admin;
    const Secret *key;
} There;

static DbSetUp *set_up_there(const There *there, GError **error)
{
    const gboolean begun = g_file_test(there->path, G_FILE_TEST_EXISTS);
    g_autoptr(GError) failed = NULL;
    DbSetUp *set_up =
        begun || there->place == NULL
            ? db_set_up_begun(there->path, there->admin, there->key, &failed)
            : db_set_up_new(there->path, there->place, there->admin, there->key, &failed);

    if (g_error_matches(failed, DAGSFORM_ERROR, ERROR_PASSPHRASE))
        refuse_other(NULL, there->path, error);
    else if (failed != NULL)
        g_propagate_error(error, g_steal_pointer(&failed));
    return set_up;
}

static gboolean has_nothing(const There *there)
{
    g_autoptr(DbSetUp) set_up = set_up_there(there, NULL);

    return set_up != NULL && db_set_up_is_new(set_up);
}

/* The commit there, with the mark here. Whether that came to be is asked where it was not answered.
 */
static gboolean commit_there(Session *session, DbTransaction *tx, DbSetUp **set_up,
                             const There *there, const guint8 *point, GError **error)
{
    if (!mark(session->db, DB_MOVING_TO, there->path, error) || !db_transaction_commit(tx, error))
        return FALSE;
    if (db_set_up_commit(*set_up, point, error))
        return TRUE;
    g_clear_pointer(set_up, db_set_up_free);
    if (has_nothing(there))
        open_again(session->db);
    return FALSE;
}

/* FALSE: it is not there, and what was here is open again; or whether it is cannot be known. */
static gboolean bring_there(Session *session, DbSetUp **set_up, const There *there,
                            const DbWatch *watch, char **lacking, GError **error)
{
    guint8 point[VAULT_POINT_BYTES];
    UnitPlace found = UNIT_PLACE_OTHER;
    g_autoptr(DbTransaction) tx = db_transaction(session->db, error);

    if (tx == NULL || !unit_place(session->db, db_set_up_db(*set_up), &found, error))
        return FALSE;
    if (found == UNIT_PLACE_SAME)
        return mark(session->db, DB_MOVING_TO, there->path, error) &&
               db_transaction_commit(tx, error);
    if (found == UNIT_PLACE_EMPTY &&
        fill(session, *set_up, there->path, point, watch, lacking, error))
        return commit_there(session, tx, set_up, there, point, error);
    if (found == UNIT_PLACE_OTHER)
        refuse_other(*set_up, there->path, error);
    g_clear_pointer(&tx, db_transaction_end);
    open_again(session->db);
    return FALSE;
}

gboolean unit_to_server(Session *session, const char *path, const DbServerPlace *place,
                        const DbAdmin *admin, const DbWatch *watch, char **lacking, GError **error)
{
    g_autoptr(GError) failed = NULL;

    *lacking = NULL;
    if (!access_require(session, PERMIT_USERS, error))
        return FALSE;
    const There there = {path, place, admin, vault_data_key(session->vault)};
    g_autoptr(DbSetUp) set_up = set_up_there(&there, error);
    if (set_up == NULL || !bring_there(session, &set_up, &there, watch, lacking, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session->db, &failed);
    if (tx != NULL && mark(session->db, DB_MOVED_TO, path, &failed) &&
        db_transaction_commit(tx, &failed))
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

/* Of a server only whoever set the unit up says where it lies. `key` NULL: here, after all. */
static gboolean mark_server(Session *session, const char *key, const char *path,
                            const DbAdmin *admin, GError **error)
{
    g_autoptr(DbSetUp) set_up =
        db_set_up(db_path(session->db), admin, vault_data_key(session->vault), error);

    if (set_up == NULL)
        return FALSE;
    Db *db = db_set_up_db(set_up);
    return (key != NULL ? mark(db, key, path, error) : forget_mark(db, error)) &&
           db_set_up_commit(set_up, NULL, error);
}

/* A whole unit beside the file's place, with the mark on the server: all but the name. */
static gboolean make_part(Session *session, const char *part, const char *path,
                          const DbAdmin *admin, const DbWatch *watch, GError **error)
{
    g_autoptr(DbSetUp) set_up =
        db_set_up(db_path(session->db), admin, vault_data_key(session->vault), error);

    remove_part(part);
    return set_up != NULL && fill_file(session, db_set_up_db(set_up), part, path, watch, error) &&
           lay_keys(session, path, error) &&
           mark(db_set_up_db(set_up), DB_MOVING_TO, path, error) &&
           db_set_up_commit(set_up, NULL, error);
}

/* Whether the file that lies there came of this very carrying, broken off before its last step. */
static gboolean is_there(Session *session, const char *path, const DbAdmin *admin, GError **error)
{
    UnitPlace found = UNIT_PLACE_OTHER;
    const Secret *key = vault_data_key(session->vault);
    g_autoptr(Db) there = db_open(path, key, DB_READ_ONLY, NULL);
    g_autoptr(DbSetUp) set_up =
        there != NULL ? db_set_up(db_path(session->db), admin, key, error) : NULL;

    if (there != NULL &&
        (set_up == NULL || !unit_place(db_set_up_db(set_up), there, &found, error)))
        return FALSE;
    return found == UNIT_PLACE_SAME || folder_fault(path, EEXIST, error);
}

static gboolean bring_home(Session *session, const char *path, const DbAdmin *admin,
                           const DbWatch *watch, GError **error)
{
    g_autofree char *part = g_strconcat(path, PART, NULL);

    if (g_file_test(path, G_FILE_TEST_EXISTS))
        return is_there(session, path, admin, error);
    if (make_part(session, part, path, admin, watch, error) && folder_name(part, path, error))
        return TRUE;
    remove_part(part);
    g_autofree char *moving = db_meta_get(session->db, DB_MOVING_TO, NULL);
    if (moving != NULL)
        mark_server(session, NULL, NULL, admin, NULL);
    return FALSE;
}

/* Which of two the server has is not for a file to find out. */
static gboolean has_one_key(const Session *session, GError **error)
{
    if (vault_next_key(session->vault) == NULL)
        return TRUE;
    g_set_error_literal(
        error, DAGSFORM_ERROR, ERROR_CONFLICT,
        _("A new data key has been drawn for the unit and not brought in. Do that first, with: "
          "dagsform server rekey"));
    return FALSE;
}

gboolean unit_to_file(Session *session, const char *path, const DbAdmin *admin,
                      const DbWatch *watch, GError **error)
{
    g_autoptr(GError) failed = NULL;

    if (!access_require(session, PERMIT_USERS, error) || !has_one_key(session, error) ||
        !bring_home(session, path, admin, watch, error))
        return FALSE;
    if (mark_server(session, DB_MOVED_TO, path, admin, &failed))
        return TRUE;
    return set_not_marked(session->db, path, failed, error);
}
