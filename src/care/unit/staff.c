/* The people of the unit, and who of them can sign in. */
#include "care/unit/staff.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/strength.h"
#include "base/text.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/keys.h"
#include "care/unit/logins.h"
#include "care/unit/session_private.h"
#include "vault/own_file.h"
#include "vault/vault_own.h"

#define LOGIN_CHARACTERS 64
#define STAFF_COLUMNS "SELECT id, login, code, name, role, active FROM staff "

void staff_free(Staff *staff)
{
    if (!staff)
        return;
    g_free(staff->login);
    g_free(staff->code);
    g_free(staff->name);
    g_free(staff);
}

char *login_normalise(const char *text, GError **error)
{
    g_autofree char *typed = g_strstrip(g_strdup(text ? text : ""));
    g_autofree char *composed = g_utf8_normalize(typed, -1, G_NORMALIZE_NFC);
    g_autoptr(GString) login = g_string_new(NULL);
    gboolean good = composed && *composed;

    /* Letter by letter: g_utf8_strdown() would fold I by the rules of the host's language. */
    for (const char *c = composed; good && *c; c = g_utf8_next_char(c)) {
        gunichar letter = g_utf8_get_char(c);
        good = g_unichar_isalnum(letter) || letter == '.' || letter == '_' || letter == '-';
        g_string_append_unichar(login, g_unichar_tolower(letter));
    }
    if (good && g_utf8_strlen(login->str, -1) <= LOGIN_CHARACTERS)
        return g_strdup(login->str);
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                        _("A user name is 1 to 64 letters, digits, full stops, hyphens or "
                          "underscores, without blanks. Type it again."));
    return NULL;
}

/* What is wrong with a passphrase that is long enough. */
static const char *soon_guessed(const Secret *passphrase, const char *login)
{
    gboolean common;

    if (strength_bits(passphrase, login, &common) >= STRENGTH_BITS_ENOUGH)
        return NULL;
    return common ? _("That passphrase is soon guessed: it is made of what everybody tries first. "
                      "Take three or four words that do not belong together.")
                  : _("That passphrase is soon guessed: it is too short for what it is made of. "
                      "Take three or four words that do not belong together.");
}

gboolean passphrase_check(const Secret *joined, const char *login, GError **error)
{
    g_autoptr(Secret) passphrase = own_file_part(joined, NULL);
    if (!g_utf8_validate((const char *)passphrase->bytes, (gssize)passphrase->length, NULL)) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("The passphrase is no text in UTF-8, so it could not be typed again. "
                              "Type another one."));
        return FALSE;
    }
    if (g_utf8_strlen((const char *)passphrase->bytes, (gssize)passphrase->length) <
        PASSPHRASE_CHARACTERS) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("A passphrase needs at least %d characters. A few words that you remember "
                      "are good."),
                    PASSPHRASE_CHARACTERS);
        return FALSE;
    }
    const char *weakness = soon_guessed(passphrase, login);
    if (weakness)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT, weakness);
    return weakness == NULL;
}

static Staff *staff_from_row(DbStatement *row)
{
    Staff *staff = g_new0(Staff, 1);

    staff->id = db_int(row, 0);
    staff->login = g_strdup(db_text(row, 1));
    staff->code = g_strdup(db_text(row, 2));
    staff->name = g_strdup(db_text(row, 3));
    role_parse(db_text(row, 4), &staff->role);
    staff->active = db_int(row, 5) != 0;
    return staff;
}

static gint by_name(gconstpointer a, gconstpointer b)
{
    const Staff *first = *(Staff *const *)a, *second = *(Staff *const *)b;
    int order = text_collate(first->name, second->name);
    return order ? order : (first->id > second->id) - (first->id < second->id);
}

GPtrArray *staff_list(Session *session, GError **error)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)staff_free);
    g_autoptr(DbStatement) rows = db_query(session->db, STAFF_COLUMNS "WHERE unit_id = :unit",
                                           DB_PARAMS(DB_INT("unit", session->unit_id)), error);
    DbStep step = DB_STEP_ERROR;

    while (rows && (step = db_step(rows, error)) == DB_STEP_ROW)
        g_ptr_array_add(list, staff_from_row(rows));
    if (step == DB_STEP_ERROR)
        return NULL;
    g_ptr_array_sort(list, by_name);
    return g_steal_pointer(&list);
}

Staff *staff_get(Session *session, gint64 id, GError **error)
{
    g_autoptr(DbStatement) row =
        db_query(session->db, STAFF_COLUMNS "WHERE id = :id AND unit_id = :unit",
                 DB_PARAMS(DB_INT("id", id), DB_INT("unit", session->unit_id)), error);
    DbStep step = row ? db_step(row, error) : DB_STEP_ERROR;

    if (step == DB_STEP_DONE)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                            _("This person is no longer in the unit. Open the list again."));
    return step == DB_STEP_ROW ? staff_from_row(row) : NULL;
}

Staff *staff_find(Session *session, const char *login_or_code, GError **error)
{
    g_autofree char *login = login_normalise(login_or_code, NULL);
    g_autofree char *code = care_line(login_or_code);
    g_autoptr(DbStatement) row = db_query(
        session->db,
        STAFF_COLUMNS "WHERE unit_id = :unit AND (login = :login OR code = :code)"
                      " ORDER BY CASE WHEN login = :login THEN 0 ELSE 1 END LIMIT 1",
        DB_PARAMS(DB_INT("unit", session->unit_id), DB_TEXT("login", login), DB_TEXT("code", code)),
        error);
    return row && db_step(row, error) == DB_STEP_ROW ? staff_from_row(row) : NULL;
}

/* The person with this very login, open or closed; NULL without error when there is none. `login`
 * is normalised. */
static Staff *by_login(Session *session, const char *login, GError **error)
{
    g_autoptr(DbStatement) row =
        db_query(session->db, STAFF_COLUMNS "WHERE unit_id = :unit AND login = :login",
                 DB_PARAMS(DB_INT("unit", session->unit_id), DB_TEXT("login", login)), error);
    return row && db_step(row, error) == DB_STEP_ROW ? staff_from_row(row) : NULL;
}

/* As by_login(), for `typed`; ERROR_NOT_FOUND names the users' list. */
static Staff *named_user(Session *session, const char *typed, GError **error)
{
    g_autoptr(GError) failed = NULL;
    g_autofree char *login = login_normalise(typed, error);
    if (!login)
        return NULL;
    Staff *staff = by_login(session, login, &failed);
    if (failed)
        g_propagate_error(error, g_steal_pointer(&failed));
    else if (!staff)
        g_set_error(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                    _("There is no user called %s. Look in the list of users."), login);
    return staff;
}

static gboolean refuse_closed(const Staff *staff, GError **error)
{
    if (staff->active)
        return FALSE;
    g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                _("The user %s is closed. Add the user again to open it."), staff->login);
    return TRUE;
}

/* How many can sign in, in all or as administrators; -1 on error. */
static gint64 count_open(Session *session, gboolean administrators, GError **error)
{
    gint64 count = -1;

    if (!db_get_int(session->db,
                    "SELECT count(*) FROM staff WHERE unit_id = :unit AND active = 1"
                    " AND login IS NOT NULL AND (:all = 1 OR role = 'administrator')",
                    DB_PARAMS(DB_INT("unit", session->unit_id), DB_INT("all", !administrators)), 0,
                    &count, error))
        return -1;
    return count;
}

/* Refuses what would leave the unit without an administrator, or without anyone. */
static gboolean may_lose(Session *session, const Staff *staff, gboolean altogether, GError **error)
{
    gint64 open = altogether ? count_open(session, FALSE, error) : 2;
    gint64 administrators =
        staff->role == ROLE_ADMINISTRATOR ? count_open(session, TRUE, error) : 2;

    if (open < 0 || administrators < 0)
        return FALSE;
    if (open > 1 && administrators > 1)
        return TRUE;
    g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                administrators > 1
                    ? _("%s is the only one who can sign in. Add another user first.")
                    : _("%s is the only administrator. Make another user administrator first."),
                staff->login);
    return FALSE;
}

/* --- adding ------------------------------------------------------------------------------- */

typedef struct {
    char *login, *name, *code;
    StaffRole role;
} NewUser;

static gboolean insert_staff(Session *session, const NewUser *user, gint64 *id, GError **error)
{
    *id = db_new_id(session->db, "staff", error);
    return *id != 0 &&
           db_run(session->db,
                  "INSERT INTO staff (id, unit_id, login, code, name, role, created_ms)"
                  " VALUES (:id, :unit, :login, :code, :name, :role, :now)",
                  DB_PARAMS(DB_INT("id", *id), DB_INT("unit", session->unit_id),
                            DB_TEXT("login", user->login), DB_TEXT("code", user->code),
                            DB_TEXT("name", user->name), DB_TEXT("role", role_code(user->role)),
                            DB_INT("now", clock_now_ms())),
                  error);
}

static gboolean update_staff(Session *session, const NewUser *user, gint64 id, GError **error)
{
    return db_run(session->db,
                  "UPDATE staff SET login = :login, code = :code, name = :name, role = :role,"
                  " active = 1 WHERE id = :id",
                  DB_PARAMS(DB_INT("id", id), DB_TEXT("login", user->login),
                            DB_TEXT("code", user->code), DB_TEXT("name", user->name),
                            DB_TEXT("role", role_code(user->role))),
                  error);
}

/* Writes the row: a new one, or `known` (met in an import, or closed earlier) opened. Inside a
 * transaction. */
static gboolean write_user(Session *session, const NewUser *user, const Staff *known,
                           GError **error)
{
    gint64 id = known ? known->id : 0;
    g_autoptr(AuditChanges) changes = audit_changes_new();

    audit_changes_text(changes, "login", known ? known->login : NULL, user->login);
    audit_changes_text(changes, "code", known ? known->code : NULL, user->code);
    audit_changes_text(changes, "name", known ? known->name : NULL, user->name);
    audit_changes_text(changes, "role", known ? role_code(known->role) : NULL,
                       role_code(user->role));
    audit_changes_int(changes, "active", known && known->active, TRUE);
    return (known ? update_staff(session, user, id, error)
                  : insert_staff(session, user, &id, error)) &&
           audit_write(session, known ? "change" : "create", "staff", id, 0, changes, error) &&
           session_keep_generation(session, error);
}

/* The row a new user goes into: one closed earlier under the same login, or one known by the same
 * code. `*known` NULL: a new row. FALSE with ERROR_EXISTS when login or code is in use. */
static gboolean find_row(Session *session, const NewUser *user, Staff **known, GError **error)
{
    g_autoptr(GError) failed = NULL;
    g_autoptr(Staff) same_login = by_login(session, user->login, &failed);
    g_autoptr(Staff) same_code = NULL;

    if (!failed && user->code) {
        g_autoptr(DbStatement) row = db_query(
            session->db, STAFF_COLUMNS "WHERE unit_id = :unit AND code = :code",
            DB_PARAMS(DB_INT("unit", session->unit_id), DB_TEXT("code", user->code)), &failed);
        if (row && db_step(row, &failed) == DB_STEP_ROW)
            same_code = staff_from_row(row);
    }
    if (failed) {
        g_propagate_error(error, g_steal_pointer(&failed));
        return FALSE;
    }
    if (same_login && same_login->active) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_EXISTS,
                    _("There is a user called %s already. Choose another user name."), user->login);
        return FALSE;
    }
    if (same_code && (same_code->login || same_login) &&
        (!same_login || same_login->id != same_code->id)) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_EXISTS,
                    _("The code %s belongs to %s already. Give another code, or none."), user->code,
                    same_code->name);
        return FALSE;
    }
    *known = same_login ? g_steal_pointer(&same_login) : g_steal_pointer(&same_code);
    return TRUE;
}

gboolean staff_add_user(Session *session, const char *login, const char *name, const char *code,
                        StaffRole role, const Secret *passphrase, GError **error)
{
    g_autofree char *own_login = NULL, *own_name = care_line(name), *own_code = care_line(code);
    g_autoptr(Staff) known = NULL;

    if (!access_require(session, PERMIT_USERS, error) ||
        !(own_login = login_normalise(login, error)) ||
        !db_login_fits(session->db, own_login, error) ||
        !passphrase_check(passphrase, own_login, error))
        return FALSE;
    if (!own_name)
        own_name = g_strdup(own_login);
    NewUser user = {.login = own_login, .name = own_name, .code = own_code, .role = role};
    if (!find_row(session, &user, &known, error))
        return FALSE;
    if (known && !user.code)
        user.code = known->code;
    /* A slot without an open row comes from an addition that was interrupted; it opens nothing. */
    gboolean slot = vault_has_login(session->vault, own_login);
    g_autoptr(DbTransaction) tx = db_transaction(session->db, error);
    return tx != NULL &&
           (slot ? vault_set_passphrase(session->vault, own_login, passphrase, error)
                 : vault_add_user(session->vault, own_login, passphrase, error)) &&
           write_user(session, &user, known, error) &&
           login_lay(session, own_login, &role, error) && db_transaction_commit(tx, error);
}

gint64 staff_add_known(Session *session, const char *code, const char *name, StaffRole role,
                       GError **error)
{
    g_autofree char *own_code = care_line(code), *own_name = care_line(name);
    g_autoptr(AuditChanges) changes = audit_changes_new();
    gint64 id = 0;

    if (!own_name)
        own_name = g_strdup(own_code);
    if (!own_name) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("A person of the staff needs a name or a code. Give one."));
        return 0;
    }
    NewUser user = {.name = own_name, .code = own_code, .role = role};
    audit_changes_text(changes, "code", NULL, own_code);
    audit_changes_text(changes, "name", NULL, own_name);
    audit_changes_text(changes, "role", NULL, role_code(role));
    if (!insert_staff(session, &user, &id, error) ||
        !audit_write(session, "create", "staff", id, 0, changes, error))
        return 0;
    return id;
}

gboolean staff_change_known(Session *session, const Staff *before, const Staff *after,
                            GError **error)
{
    const StaffRole role = before->login != NULL ? before->role : after->role;
    const gboolean active = before->login != NULL ? before->active : after->active;
    g_autofree char *code = care_line(after->code), *name = care_line(after->name);
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "code", before->code, code);
    audit_changes_text(changes, "name", before->name, name);
    audit_changes_text(changes, "role", role_code(before->role), role_code(role));
    audit_changes_int(changes, "active", before->active, active);
    return db_run(session->db,
                  "UPDATE staff SET code = :code, name = :name, role = :role, active = :active"
                  " WHERE id = :id",
                  DB_PARAMS(DB_TEXT("code", code), DB_TEXT("name", name),
                            DB_TEXT("role", role_code(role)), DB_INT("active", active),
                            DB_INT("id", before->id)),
                  error) &&
           audit_write(session, "change", "staff", before->id, 0, changes, error);
}

/* --- changing ----------------------------------------------------------------------------- */

gboolean staff_set_role(Session *session, const char *login, StaffRole role, GError **error)
{
    if (!access_require(session, PERMIT_USERS, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session->db, error);
    if (tx == NULL)
        return FALSE;
    g_autoptr(Staff) staff = named_user(session, login, error);
    if (!staff || refuse_closed(staff, error))
        return FALSE;
    if (staff->role == role)
        return TRUE;
    if (!may_lose(session, staff, FALSE, error))
        return FALSE;
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "role", role_code(staff->role), role_code(role));
    if (!db_run(session->db, "UPDATE staff SET role = :role WHERE id = :id",
                DB_PARAMS(DB_INT("id", staff->id), DB_TEXT("role", role_code(role))), error) ||
        !audit_write(session, "change", "staff", staff->id, 0, changes, error) ||
        !login_lay(session, staff->login, &role, error) ||
        !db_transaction_commit(tx, error))
        return FALSE;
    if (staff->id == session->staff_id)
        session->role = role;
    return TRUE;
}

gboolean staff_set_passphrase(Session *session, const char *login, const Secret *passphrase,
                              GError **error)
{
    g_autoptr(Staff) staff = named_user(session, login, error);

    if (!staff || (staff->id != session->staff_id && !access_require(session, PERMIT_USERS, error)))
        return FALSE;
    if (refuse_closed(staff, error) || !passphrase_check(passphrase, staff->login, error))
        return FALSE;
    const gboolean mine = staff->id == session->staff_id;
    gboolean slot = vault_has_login(session->vault, staff->login);
    g_autoptr(Secret) own = NULL;
    secret_free(own_file_part(passphrase, &own));
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_int(changes, "own_key_file", own_file_is_needed(session->vault, staff->login),
                      own != NULL);
    /* Which the user is told (session_told.c). */
    audit_changes_int(changes, "set_by", 0, session->recovery ? -1 : session->staff_id);
    g_autoptr(DbTransaction) tx = db_transaction(session->db, error);
    if (tx == NULL || !audit_write(session, "passphrase", "staff", staff->id, 0, changes, error) ||
        !(slot ? vault_set_passphrase(session->vault, staff->login, passphrase, error)
               : vault_add_user(session->vault, staff->login, passphrase, error)) ||
        !session_keep_generation(session, error) ||
        !login_lay(session, staff->login, mine ? NULL : &staff->role, error) ||
        !db_transaction_commit(tx, error))
        return FALSE;
    login_renew(session);
    return TRUE;
}

gboolean staff_new_recovery(Session *session, Secret **recovery_code, GError **error)
{
    if (!access_require(session, PERMIT_USERS, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session->db, error);
    if (tx == NULL || !audit_write(session, "recovery", "unit", session->unit_id, 0, NULL, error) ||
        !vault_new_recovery(session->vault, recovery_code, error))
        return FALSE;
    /* The old code opens nothing any more, so the new one must reach the user whatever happens to
     * the log: the next opening notes the new generation of the key file there. */
    if (session_keep_generation(session, NULL) &&
        login_lay(session, DB_LOGIN_RECOVERY, NULL, NULL) && db_transaction_commit(tx, NULL))
        login_renew(session);
    return TRUE;
}

/* --- revoking ----------------------------------------------------------------------------- */

static gboolean close_row(Session *session, const Staff *staff, GError **error)
{
    g_autoptr(DbTransaction) tx = db_transaction(session->db, error);
    g_autoptr(AuditChanges) changes = audit_changes_new();

    audit_changes_int(changes, "active", TRUE, FALSE);
    return tx != NULL && may_lose(session, staff, TRUE, error) &&
           db_run(session->db, "UPDATE staff SET active = 0 WHERE id = :id",
                  DB_PARAMS(DB_INT("id", staff->id)), error) &&
           audit_write(session, "change", "staff", staff->id, 0, changes, error) &&
           login_close(session, staff->login, error) && db_transaction_commit(tx, error);
}

/* Of a unit on a server: it shuts them out, and a new key is drawn by whoever set it up there
 * (server_key.h). */
static gboolean drop_slot(Session *session, const Staff *staff, GError **error)
{
    g_autoptr(DbTransaction) tx = db_transaction(session->db, error);

    return tx != NULL &&
           (!vault_has_login(session->vault, staff->login) ||
            vault_remove_user(session->vault, staff->login, error)) &&
           session_keep_generation(session, error) && db_transaction_commit(tx, error);
}

/* Drops the slot and draws a new data key. One drawn earlier must be brought in first: there is no
 * way back from it. */
static gboolean draw_key(Session *session, const Staff *staff, const DbWatch *watch, GError **error)
{
    Vault *vault = session->vault;

    if (db_is_on_server(session->db))
        return drop_slot(session, staff, error);
    return session_finish_rotation(session, watch, error) &&
           vault_rotate_begin(vault, vault_has_login(vault, staff->login) ? staff->login : NULL,
                              error);
}

gboolean staff_revoke(Session *session, const char *login, const DbWatch *watch, GError **error)
{
    g_autoptr(GError) failed = NULL;

    if (!access_require(session, PERMIT_USERS, error))
        return FALSE;
    g_autoptr(Staff) staff = named_user(session, login, error);
    if (!staff)
        return FALSE;
    if (staff->id == session->staff_id) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("You cannot close your own user. Ask another administrator."));
        return FALSE;
    }
    /* A closed row whose slot is still there was interrupted: it is taken up again. */
    const gboolean begun = vault_next_key(session->vault) != NULL && !db_is_on_server(session->db);
    if (!staff->active && !vault_has_login(session->vault, staff->login) && !begun)
        return !refuse_closed(staff, error);
    if (staff->active && !close_row(session, staff, error))
        return FALSE;
    if (!draw_key(session, staff, watch, &failed)) {
        g_set_error(error, DAGSFORM_ERROR, failed->code,
                    _("The user %s is closed and can no longer sign in, but the keys could not be "
                      "changed: %s Close the user once more when that is mended."),
                    staff->login, failed->message);
        return FALSE;
    }
    if (!db_is_on_server(session->db) && !session_finish_rotation(session, watch, &failed)) {
        g_set_error(error, DAGSFORM_ERROR, failed->code,
                    _("The user %s is closed and can no longer sign in, but the database could not "
                      "be encrypted with a new key now: %s It is done the next time someone signs "
                      "in."),
                    staff->login, failed->message);
        return FALSE;
    }
    return TRUE;
}
