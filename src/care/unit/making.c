/* Making a unit's database together with its key file. The key file is made first: so a pulled plug
 * leaves at most a key file without a database. Of a unit on a server the unit's file comes next, before
 * the commit; whoever asks for the same again is brought to the end of it. */
#include "care/unit/making.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "care/unit/audit.h"
#include "care/unit/cause.h"
#include "care/unit/keys.h"
#include "care/unit/logins.h"
#include "care/unit/session_private.h"
#include "care/unit/staff.h"
#include "vault/vault_login.h"

static gboolean insert_founder(Session *session, StaffRole role, GError **error)
{
    Db *db = session->db;
    gint64 now = clock_now_ms();
    g_autoptr(AuditChanges) unit = audit_changes_new();
    g_autoptr(AuditChanges) changes = audit_changes_new();

    audit_changes_int(unit, "demo", FALSE, session->demo);
    audit_changes_text(changes, "login", NULL, session->login);
    audit_changes_text(changes, "name", NULL, session->staff_name);
    audit_changes_text(changes, "role", NULL, role_code(role));
    session->role = role;
    session->unit_id = db_new_id(db, "unit", error);
    return session->unit_id != 0 &&
           db_run(db,
                  "INSERT INTO unit (id, name, demo, created_ms) VALUES (:id, :name, :demo, :now)",
                  DB_PARAMS(DB_INT("id", session->unit_id), DB_TEXT("name", session->unit_name),
                            DB_INT("demo", session->demo), DB_INT("now", now)),
                  error) &&
           (session->staff_id = db_new_id(db, "staff", error)) != 0 &&
           db_run(db,
                  "INSERT INTO staff (id, unit_id, login, name, role, created_ms)"
                  " VALUES (:id, :unit, :login, :name, :role, :now)",
                  DB_PARAMS(DB_INT("id", session->staff_id), DB_INT("unit", session->unit_id),
                            DB_TEXT("login", session->login), DB_TEXT("name", session->staff_name),
                            DB_TEXT("role", role_code(role)), DB_INT("now", now)),
                  error) &&
           audit_write(session, "create", "unit", session->unit_id, 0, unit, error) &&
           audit_write(session, "create", "staff", session->staff_id, 0, changes, error);
}

/* What a new database holds besides its marks. */
typedef struct {
    StaffRole role;  /* of the founder; */
    MakingFill fill; /* or what fills it instead */
    gpointer data;
} Content;

static gboolean insert_content(Session *session, const Content *content, GError **error)
{
    return content->fill != NULL ? content->fill(session, content->data, error)
                                 : insert_founder(session, content->role, error);
}

static gboolean fill_new(Session *session, const Content *content, GError **error)
{
    g_autoptr(DbTransaction) tx = db_transaction(session->db, error);

    return tx != NULL &&
           db_meta_set(session->db, "database_id", vault_database_id(session->vault), error) &&
           insert_content(session, content, error) &&
           session_keep_generation(session, error) && cause_load(session, error) &&
           db_transaction_commit(tx, error);
}

/* Refuses to make a unit where something lies already. */
static gboolean place_is_free(const char *database, const char *keys, GError **error)
{
    if (g_file_test(database, G_FILE_TEST_EXISTS)) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_EXISTS,
                    _("There is a database at %s already. Open it, or give another path for the "
                      "new one."),
                    database);
        return FALSE;
    }
    if (g_file_test(keys, G_FILE_TEST_EXISTS)) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_EXISTS,
                    _("There is a key file at %s but no database beside it. If its database lies "
                      "elsewhere, move it back; if a unit was begun here and never finished, "
                      "move the key file to another folder and try again."),
                    keys);
        return FALSE;
    }
    return TRUE;
}

static void remove_keys(const char *database)
{
    g_autofree char *keys = vault_path_for(database);
    g_autofree char *copy = vault_copy_path_for(database);

    g_unlink(keys);
    g_unlink(copy);
}

static void remove_database(const char *database)
{
    g_autofree char *journal = g_strconcat(database, "-journal", NULL);

    g_unlink(database);
    g_unlink(journal);
}

/* The unit, its first user and all that a server is to know of them, in one transaction. */
static gboolean fill_set_up(Session *session, DbSetUp *set_up, const Content *content,
                            GError **error)
{
    guint8 point[VAULT_POINT_BYTES];
    /* Forgotten at the end: then only whoever holds a slot knows its password. */
    g_autoptr(Secret) secret = vault_draw_point(point);
    g_autoptr(Secret) founder = vault_password_of(session->vault, session->login, point, secret);
    g_autoptr(Secret) recovery = vault_password_of(session->vault, NULL, point, secret);

    session->db = db_set_up_db(set_up);
    const gboolean filled =
        fill_new(session, content, error) &&
        db_set_up_login(set_up, session->login, role_code(content->role), founder, error) &&
        db_set_up_login(set_up, DB_LOGIN_RECOVERY, role_code(ROLE_ADMINISTRATOR), recovery,
                        error) &&
        db_set_up_commit(set_up, point, error);
    session->db = NULL;
    return filled;
}

static gboolean open_made(Session *session, const SessionOpening *opening, GError **error)
{
    session->db = login_open(opening->database, vault_data_key(session->vault), DB_READ_WRITE,
                             session->vault, session->login, error);
    return session->db != NULL;
}

/* Opened as the first user then. */
static gboolean make_on_server(Session *session, const SessionOpening *opening,
                               const Content *content,
                               GError **error)
{
    const UnitServer *server = opening->server;
    const Secret *key = vault_data_key(session->vault);
    g_autoptr(DbSetUp) set_up =
        db_set_up_new(opening->database, &server->place, &server->admin, key, error);

    return set_up != NULL && fill_set_up(session, set_up, content, error) &&
           open_made(session, opening, error);
}

static gboolean make_database(Session *session, const SessionOpening *opening,
                              const Content *content,
                              GError **error)
{
    if (opening->server)
        return make_on_server(session, opening, content, error);
    session->db = db_open(opening->database, vault_data_key(session->vault), DB_CREATE, error);
    return session->db && fill_new(session, content, error);
}

/* Key file, then database. What was made is taken away again when anything fails. */
static gboolean make_files(Session *session, const SessionOpening *opening, const char *keys,
                           const Content *content, Secret **recovery_code, GError **error)
{
    g_autoptr(GError) failed = NULL;
    g_autoptr(Secret) code = NULL;

    session->vault = vault_create(keys, session->login, opening->passphrase, &code, error);
    if (!session->vault)
        return FALSE;
    if (make_database(session, opening, content, &failed)) {
        *recovery_code = g_steal_pointer(&code);
        return TRUE;
    }
    db_close(g_steal_pointer(&session->db));
    vault_close(g_steal_pointer(&session->vault));
    /* A database that somebody made in the same moment is theirs; and where the file of a unit on a server
     * stays, it may have been made: the same asked for again finds out. */
    if (opening->server == NULL && !g_error_matches(failed, DAGSFORM_ERROR, ERROR_EXISTS))
        remove_database(opening->database);
    if (opening->server == NULL || !g_file_test(opening->database, G_FILE_TEST_EXISTS))
        remove_keys(opening->database);
    g_propagate_error(error, g_steal_pointer(&failed));
    return FALSE;
}

static gboolean may_lie_there(const SessionOpening *opening, GError **error)
{
    return opening->server
               ? db_server_place_check(opening->database, &opening->server->place, error)
               : session_is_file_name(opening->database, error) &&
                     paths_is_local(opening->database, error);
}

gboolean session_is_file_name(const char *database, GError **error)
{
    if (!db_names_server(database))
        return TRUE;
    g_set_error(
        error, DAGSFORM_ERROR, ERROR_INPUT,
        _("The name %s is for a unit that a server keeps. Make that with: dagsform server init. "
          "Otherwise give a name that ends with .db."),
        database);
    return FALSE;
}

/* --- what was broken off ----------------------------------------------------------------------- */

/* On a server alone: a key file that is none of a file's database. */
static gboolean was_begun(const SessionOpening *opening, const char *keys)
{
    g_autofree char *stem = g_strndup(keys, strlen(keys) - strlen(".keys"));
    g_autofree char *file = g_strconcat(stem, ".db", NULL);

    return opening->server != NULL && g_file_test(keys, G_FILE_TEST_EXISTS) &&
           !g_file_test(file, G_FILE_TEST_EXISTS);
}

/* Of nobody else's yet: one slot, and that of the recovery code. */
static gboolean is_founders(Vault *vault)
{
    g_autofree char *slots = vault_slots(vault);
    g_auto(GStrv) words = g_strsplit(slots, " ", -1);

    return g_strv_length(words) == 2;
}

static gboolean set_there(const char *unit, GError **error)
{
    g_set_error(error, DAGSFORM_ERROR, ERROR_EXISTS,
                _("The file %s is already there. Choose another name, or open it."), unit);
    return FALSE;
}

static Vault *open_begun(const SessionOpening *opening, const char *keys, const char *login,
                         GError **error)
{
    g_autoptr(Vault) vault = vault_open(keys, login, opening->passphrase, NULL);

    if (vault != NULL && is_founders(vault))
        return g_steal_pointer(&vault);
    if (vault != NULL && g_file_test(opening->database, G_FILE_TEST_EXISTS))
        set_there(opening->database, error);
    else
        g_set_error(
            error, DAGSFORM_ERROR, ERROR_EXISTS,
            _("There is a key file at %s already. If the making of this unit was broken off, write "
              "the same again with the same name and passphrase; otherwise choose another name for "
              "the unit's file."),
            keys);
    return NULL;
}

/* What was printed of the code, if it was, is of no use any more. */
static gboolean finish(Session *session, const SessionOpening *opening, DbSetUp *set_up,
                       const Content *content, Secret **recovery_code, GError **error)
{
    return vault_new_recovery(session->vault, recovery_code, error) &&
           fill_set_up(session, set_up, content, error) && open_made(session, opening, error);
}

gboolean session_is_as_made(Session *session, gboolean *is, GError **error)
{
    gint64 done = 1, staff = 0;
    const gboolean read =
        db_get_int(session->db,
                   "SELECT COUNT(*) FROM audit WHERE action NOT IN ('unlock', 'recovery')"
                   " AND NOT (action = 'create' AND entity IN ('unit', 'staff'))"
                   " AND NOT (action = 'change' AND entity = 'meta')",
                   NULL, 1, &done, error) &&
        db_get_int(session->db, "SELECT COUNT(*) FROM staff", NULL, 0, &staff, error);

    *is = read && done == 0 && staff == 1;
    return read;
}

/* It was made whole, but perhaps nobody was told the recovery code: there is a new one, as long as
 * nothing has been done in it. */
static Session *tell_again(const SessionOpening *opening, Secret **recovery_code, GError **error)
{
    g_autoptr(Session) session = session_open(opening, error);
    gboolean as_made = FALSE;

    if (session == NULL || !session_is_as_made(session, &as_made, error))
        return NULL;
    if (as_made)
        return staff_new_recovery(session, recovery_code, error) ? g_steal_pointer(&session) : NULL;
    set_there(opening->database, error);
    return NULL;
}

/* `session` is new, and taken over. */
static Session *go_on(Session *begun, const SessionOpening *opening, const char *keys,
                      const Content *content, Secret **recovery_code, GError **error)
{
    g_autoptr(Session) session = begun;
    const UnitServer *server = opening->server;

    if (!db_server_place_again(opening->database, &server->place, error) ||
        !(session->vault = open_begun(opening, keys, session->login, error)))
        return NULL;
    const Secret *key = vault_data_key(session->vault);
    g_autoptr(DbSetUp) set_up =
        g_file_test(opening->database, G_FILE_TEST_EXISTS)
            ? db_set_up_begun(opening->database, &server->admin, key, error)
            : db_set_up_new(opening->database, &server->place, &server->admin, key, error);
    if (set_up == NULL)
        return NULL;
    if (!db_set_up_is_new(set_up)) {
        g_clear_pointer(&set_up, db_set_up_free);
        return tell_again(opening, recovery_code, error);
    }
    if (!finish(session, opening, set_up, content, recovery_code, error))
        return NULL;
    session->role_version = db_data_version(session->db);
    return g_steal_pointer(&session);
}

/* ------------------------------------------------------------------------------------------------ */

Session *session_create(const SessionOpening *opening, const char *unit_name,
                        const char *staff_name, StaffRole role, Secret **recovery_code,
                        GError **error)
{
    g_autofree char *keys = vault_path_for(opening->database);
    g_autofree char *login = login_normalise(opening->login, error);
    const gboolean begun = was_begun(opening, keys);
    if (!login || !session_clock_allowed(opening->demo, error) ||
        !passphrase_check(opening->passphrase, login, error) ||
        (!begun && (!may_lie_there(opening, error) ||
                    !place_is_free(opening->database, keys, error))))
        return NULL;

    g_autoptr(Session) session = session_new(login);
    session->demo = opening->demo;
    session->unit_name = care_line(unit_name);
    session->staff_name = care_line(staff_name);
    if (!session->unit_name || !session->staff_name) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("A unit and a person need a name each. Give both and try again."));
        return NULL;
    }
    const Content content = {.role = role};
    if (begun)
        return go_on(g_steal_pointer(&session), opening, keys, &content, recovery_code, error);
    if (!make_files(session, opening, keys, &content, recovery_code, error))
        return NULL;
    session->role_version = db_data_version(session->db);
    return g_steal_pointer(&session);
}

Session *session_create_filled(const SessionOpening *opening, MakingFill fill, gpointer data,
                               Secret **recovery_code, GError **error)
{
    g_autofree char *keys = vault_path_for(opening->database);
    g_autofree char *login = login_normalise(opening->login, error);
    if (!login || !paths_is_local(opening->database, error) ||
        !place_is_free(opening->database, keys, error))
        return NULL;

    g_autoptr(Session) session = session_new(login);
    if (!make_files(session, opening, keys, &(Content){.fill = fill, .data = data}, recovery_code,
                    error))
        return NULL;
    session->role_version = db_data_version(session->db);
    return g_steal_pointer(&session);
}

void session_unmake(Session *made)
{
    g_autofree char *database = g_strdup(db_path(made->db));

    session_close(made);
    remove_database(database);
    remove_keys(database);
}
