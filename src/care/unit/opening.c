/* Opening a unit's database together with its key file.
 *
 * The key file is always written before the database needs it, and its generation noted in the
 * database afterwards. So a pulled plug leaves at most a database whose number is behind, which the
 * next opening mends. */
#include "care/unit/opening.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/cause.h"
#include "care/unit/keys.h"
#include "care/unit/laptop_mark.h"
#include "care/unit/last_seen.h"
#include "care/unit/logins.h"
#include "care/unit/opening_look.h"
#include "care/unit/session_private.h"
#include "care/unit/staff.h"
#include "care/unit/unit_place.h"
#include "vault/tries.h"

/* How long an opening goes on trying while another program changes the keys, and its pause. */
#define OVERTAKEN_PATIENCE_MS 60000
#define OVERTAKEN_PAUSE_US 20000

/* How a session is opened: by a person, or with the recovery code. */
typedef struct {
    const char *database;
    const char *login; /* normalised; NULL: recovery */
    const Secret *passphrase;
    const char *code; /* of recovery */
    Secret **rebuild; /* the key file is damaged: it is written anew, and this gets the new recovery
                         code; else NULL */
    const char *rebuild_login; /* who then gets a passphrase; NULL: nobody */
    const Secret *rebuild_passphrase;
    gboolean read_only;
    gboolean no_room;     /* for reading alone from the start: the disk is full */
    gboolean new_copy;    /* just made from a backup */
    gboolean carrying;    /* it may be half carried elsewhere: to bring that to its end */
    gboolean coming_home; /* a laptop's part, for nothing but to bring home what was done in it */
    gboolean to_look;     /* the same, and nothing more than that the files open */
} Unlock;

static gboolean refuse(GError **error, DagsformError code, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
static gboolean refuse(GError **error, DagsformError code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *sentence = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error_literal(error, DAGSFORM_ERROR, (gint)code, sentence);
    return FALSE;
}

/* --- what belongs together -------------------------------------------------------------------- */

static Db *open_with_key(const Unlock *unlock, Vault *vault, const Secret *key, GError **error)
{
    g_autoptr(GError) failed = NULL;
    Db *db = login_open(unlock->database, key,
                        unlock->no_room || unlock->to_look ? DB_READ_ONLY : DB_READ_WRITE, vault,
                        unlock->login, &failed);

    if (!db && unlock->read_only && g_error_matches(failed, DAGSFORM_ERROR, ERROR_READONLY)) {
        g_clear_error(&failed);
        db = login_open(unlock->database, key, DB_READ_ONLY, vault, unlock->login, &failed);
    }
    if (!db)
        g_propagate_error(error, g_steal_pointer(&failed));
    return db;
}

/* With whichever of the vault's keys fits; there are two while a change of data key is under way.
 * `*next` gets whether it was the new one. */
static Db *open_with_vault(const Unlock *unlock, Vault *vault, gboolean *next, GError **error)
{
    const Secret *keys[] = {vault_data_key(vault), vault_next_key(vault)};

    for (guint i = 0; i < G_N_ELEMENTS(keys) && keys[i]; i++) {
        g_autoptr(GError) failed = NULL;
        Db *db = open_with_key(unlock, vault, keys[i], &failed);
        *next = i == 1;
        if (db)
            return db;
        if (!g_error_matches(failed, DAGSFORM_ERROR, ERROR_PASSPHRASE)) {
            g_propagate_error(error, g_steal_pointer(&failed));
            return NULL;
        }
    }
    refuse(
        error, ERROR_CORRUPT,
        _("The key file %s does not fit the database: one of them has been put back from another "
          "time, is damaged, or belongs to another unit. Put back both from the same backup."),
        vault_path(vault));
    return NULL;
}

/* Both marks of the database, which its making wrote; new. */
static gboolean read_marks(Db *db, char **id, char **generation, GError **error)
{
    g_autoptr(GError) failed = NULL;

    *id = db_meta_get(db, "database_id", &failed);
    *generation = failed ? NULL : db_meta_get(db, "key_generation", &failed);
    if (failed) {
        g_propagate_error(error, g_steal_pointer(&failed));
        return FALSE;
    }
    return (*id && *generation) ||
           refuse(error, ERROR_CORRUPT,
                  _("The database %s lacks its marks: its making was interrupted, or something "
                    "else than Dagsform has changed it. If it has been in use, put back database "
                    "and key file from the same backup. Keep both files; a new unit can be made "
                    "under another name."),
                  db_path(db));
}

/* Whether key file and database belong together and the key file is the newest the database has
 * seen. Of a damaged key file the number is not to be believed; it is about to be replaced. */
static gboolean check_pair(Session *session, gboolean damaged, GError **error)
{
    g_autofree char *id = NULL, *generation = NULL;

    if (!read_marks(session->db, &id, &generation, error))
        return FALSE;
    if (g_strcmp0(id, vault_database_id(session->vault)) != 0)
        return refuse(
            error, ERROR_CORRUPT,
            _("The key file %s belongs to another database. Put back the one that belongs "
              "to this database."),
            vault_path(session->vault));
    return damaged || g_ascii_strtoull(generation, NULL, 10) <= vault_generation(session->vault) ||
           refuse(error, ERROR_CORRUPT,
                  db_is_on_server(session->db)
                      ? _("The key file %s is older than the unit on the server: users or a "
                          "passphrase have been changed on another computer since. Copy the newest "
                          "one here, or keep it in a folder that the computers share.")
                      : _("The key file %s is older than the database: it has been put back to "
                          "an earlier state. Put back the newest key file, or database and key "
                          "file together from the same backup."),
                  vault_path(session->vault));
}

static gboolean read_unit(Session *session, GError **error)
{
    g_autoptr(DbStatement) unit =
        db_query(session->db, "SELECT id, name, demo FROM unit ORDER BY id LIMIT 1", NULL, error);
    if (!unit)
        return FALSE;
    DbStep step = db_step(unit, error);
    if (step == DB_STEP_DONE)
        return refuse(error, ERROR_CORRUPT,
                      _("There is no unit in the database %s. Put back database and key file from "
                        "a backup."),
                      db_path(session->db));
    if (step == DB_STEP_ERROR)
        return FALSE;
    session->unit_id = db_int(unit, 0);
    session->unit_name = g_strdup(db_text(unit, 1));
    session->demo = db_int(unit, 2) != 0;
    return TRUE;
}

static gboolean read_person(Session *session, GError **error)
{
    session->role_version = db_data_version(session->db);
    if (session->recovery) {
        session->role = ROLE_ADMINISTRATOR;
        session->staff_name = g_strdup(_("recovery"));
        session->login = g_strdup("");
        return TRUE;
    }
    g_autoptr(DbStatement) person = db_query(
        session->db,
        "SELECT id, name, role FROM staff WHERE unit_id = :unit AND login = :login AND active = 1",
        DB_PARAMS(DB_INT("unit", session->unit_id), DB_TEXT("login", session->login)), error);
    if (!person)
        return FALSE;
    DbStep step = db_step(person, error);
    if (step == DB_STEP_ERROR)
        return FALSE;
    if (step == DB_STEP_DONE || !role_parse(db_text(person, 2), &session->role))
        return refuse(error, ERROR_PASSPHRASE,
                      _("User name and passphrase do not fit. Try again, or ask an administrator "
                        "for a new passphrase."));
    session->staff_id = db_int(person, 0);
    session->staff_name = g_strdup(db_text(person, 1));
    return TRUE;
}

/* What was interrupted is brought to its end. A failure here keeps nobody out: the key file still
 * holds both keys, and the next opening tries again. At a server it is not for those who sign in.
 */
static void mend(Session *session, gboolean next)
{
    if (vault_next_key(session->vault) == NULL)
        return;
    if (next)
        session_end_rotation(session, NULL);
    else if (db_may_rekey(session->db, NULL))
        session_finish_rotation(session, NULL, NULL);
    else if (access_allows(session, PERMIT_USERS))
        opening_notice(
            session,
            _("A new data key has been drawn for the unit and is not in use yet: it is being "
              "brought in just now, or that was broken off. Whoever runs the database finishes it "
              "with: dagsform server rekey"));
}

/* --- what was amiss with the files ------------------------------------------------------------ */

/* This very transaction puts a changed salt right: what was seen is kept in the log. */
static gboolean note_salt(Session *session, GError **error)
{
    return !db_salt_was_changed(session->db) ||
           audit_write(session, "mend", "meta", 0, 0, NULL, error);
}

/* Where the key file cannot be put right just now, its copy serves; the next opening tries again.
 */
static gboolean tend_key_file(Session *session, GError **error)
{
    g_autoptr(GError) failed = NULL;
    gboolean mended;

    if (!vault_tend(session->vault, &mended, &failed))
        opening_notice(session, failed->message);
    if (!mended)
        return TRUE;
    opening_notice(session,
                   _("The key file was damaged, and its copy has put it right. Tell whoever looks "
                     "after the computer: its disk may be failing."));
    return opening_log_mending(session, "key_file", "damaged", "copied", error);
}

/* A passphrase that is guarded by too little work is given more, now that it is known. */
static gboolean raise_slot(Session *session, const Unlock *unlock, GError **error)
{
    g_autoptr(GError) failed = NULL;

    if (!unlock->login || !vault_is_weak(session->vault, unlock->login))
        return TRUE;
    if (vault_set_passphrase(session->vault, unlock->login, unlock->passphrase, &failed))
        return login_lay(session, unlock->login, NULL, error) &&
               opening_log_mending(session, "passphrase_cost", "low", "raised", error);
    opening_notice(session, failed->message);
    return TRUE;
}

/* A generation that no key file of this unit has had. The number in a damaged file is believed only
 * where it can be true. */
static gboolean rebuild_key_file(Session *session, const Unlock *unlock, GError **error)
{
    enum { AHEAD_AT_MOST = 64 };
    g_autoptr(GError) failed = NULL;
    gint64 known = 0;

    if (!db_get_int(session->db, KNOWN_GENERATION, NULL, 0, &known, error))
        return FALSE;
    g_autofree char *slots = db_meta_get(session->db, "key_slots", &failed);
    if (failed) {
        g_propagate_error(error, g_steal_pointer(&failed));
        return FALSE;
    }
    guint64 told = vault_generation(session->vault), least = (guint64)known;
    guint64 generation = told > least && told - least <= AHEAD_AT_MOST ? told : least;
    return vault_rebuild(session->vault, generation + 1, slots, unlock->rebuild_login,
                         unlock->rebuild_passphrase, unlock->rebuild, error) &&
           (unlock->rebuild_login == NULL ||
            login_lay(session, unlock->rebuild_login, NULL, error)) &&
           (*unlock->rebuild == NULL || login_lay(session, DB_LOGIN_RECOVERY, NULL, error)) &&
           opening_log_mending(session, "key_file", "damaged", "rebuilt", error);
}

/* Whoever asks for it manages users; who gets a passphrase by it is one who can sign in. */
static gboolean may_rebuild(Session *session, const char *login, GError **error)
{
    g_autoptr(GError) failed = NULL;

    if (!access_require(session, PERMIT_USERS, error))
        return FALSE;
    if (!login)
        return TRUE;
    g_autoptr(Staff) staff = staff_find(session, login, &failed);
    if (failed) {
        g_propagate_error(error, g_steal_pointer(&failed));
        return FALSE;
    }
    return (staff && staff->active && g_strcmp0(staff->login, login) == 0) ||
           refuse(error, ERROR_NOT_FOUND,
                  _("There is no user called %s. Look in the list of users."), login);
}

/* `rotated`: a change of data key was found under way, which explains what the database knows. */
static gboolean log_unlock(Session *session, const Unlock *unlock, gboolean rotated, GError **error)
{
    if (db_is_read_only(session->db)) {
        opening_look_through(session, unlock->new_copy, rotated);
        if (vault_reads_copy(session->vault))
            opening_notice(session,
                           _("The key file is damaged, so its copy was used. It is put right the "
                             "next time somebody signs in who can write to it."));
        return rotated || opening_note_older(session, error);
    }
    if (unlock->rebuild && !may_rebuild(session, unlock->rebuild_login, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session->db, error);
    if (tx == NULL)
        return FALSE;
    opening_look_through(session, unlock->new_copy, rotated || unlock->rebuild != NULL);
    return (unlock->rebuild ? rebuild_key_file(session, unlock, error)
                            : (rotated || opening_note_older(session, error)) &&
                                  tend_key_file(session, error)) &&
           raise_slot(session, unlock, error) && session_keep_generation(session, error) &&
           audit_write(session, "unlock", "staff", session->staff_id, 0, NULL, error) &&
           note_salt(session, error) && db_transaction_commit(tx, error);
}

/* --- opening ---------------------------------------------------------------------------------- */

/* Opens the database with what the vault holds, and does what an unlocking has to write. */
static gboolean enter_database(Session *session, const Unlock *unlock, GError **error)
{
    g_autoptr(GError) form_fault = NULL;
    gboolean next = FALSE;

    session->db = open_with_vault(unlock, session->vault, &next, error);
    session->carrying = unlock->carrying;
    if (session->db != NULL && !unit_is_here(session->db, unlock->carrying, error))
        return FALSE;
    if (unlock->to_look)
        return session->db && read_unit(session, error);
    if (!session->db || !check_pair(session, unlock->rebuild != NULL, error) ||
        !read_unit(session, error) || !session_clock_allowed(session->demo, error) ||
        !laptop_mark_read(session, unlock->coming_home, error) || !read_person(session, error))
        return FALSE;
    vault_ask_passes(session->vault, (guint64)session_passes(session));
    const gboolean rotated = vault_next_key(session->vault) != NULL;
    if (!db_is_read_only(session->db) && !unlock->rebuild)
        mend(session, next);
    if (!cause_load(session, &form_fault) && !session->recovery) {
        g_propagate_error(error, g_steal_pointer(&form_fault));
        return FALSE;
    }
    if (!log_unlock(session, unlock, rotated, error))
        return FALSE;
    login_renew(session);
    last_seen_keep(session);
    return TRUE;
}

/* After several wrong passphrases there is a pause, whoever asks. The recovery code is no guess. */
static Vault *open_vault(const Unlock *unlock, const char *keys, GError **error)
{
    if (unlock->login && !tries_allow(keys, unlock->login, error))
        return NULL;
    if (unlock->rebuild)
        return unlock->login ? vault_salvage(keys, unlock->login, unlock->passphrase, error)
                             : vault_salvage_recovery(keys, unlock->code, error);
    return unlock->login ? vault_open(keys, unlock->login, unlock->passphrase, error)
                         : vault_open_recovery(keys, unlock->code, error);
}

/* One try to open both files. `*overtaken` gets whether it failed because another program was
 * changing the keys meanwhile. Then the database seemed damaged, busy, or of another key: which of
 * these depends on the moment, so what decides is the key file. */
static Session *try_to_enter(const Unlock *unlock, gboolean *overtaken, GError **error)
{
    g_autofree char *keys = vault_path_for(unlock->database);
    g_autoptr(Session) session = session_new(unlock->login);

    /* Whoever only looks reads no row of their own either. */
    session->recovery = unlock->login == NULL || unlock->to_look;
    session->no_room = unlock->no_room;
    session->vault = open_vault(unlock, keys, error);
    *overtaken = FALSE;
    if (session->vault && enter_database(session, unlock, error))
        return g_steal_pointer(&session);
    *overtaken = session->vault && vault_was_overtaken(session->vault);
    return NULL;
}

static Session *enter(const Unlock *unlock, GError **error)
{
    const gint64 end = clock_monotonic_ms() + OVERTAKEN_PATIENCE_MS;

    for (;;) {
        g_autoptr(GError) failed = NULL;
        gboolean overtaken;
        Session *session = try_to_enter(unlock, &overtaken, &failed);
        if (session)
            return session;
        if (!overtaken || clock_monotonic_ms() > end) {
            g_propagate_error(error, g_steal_pointer(&failed));
            return NULL;
        }
        g_usleep(OVERTAKEN_PAUSE_US);
    }
}

/* The file that a symbolic link leads to: there lie its key file, forms and backups. New; NULL when
 * there is none. */
static char *real_database(const char *path, GError **error)
{
    char *resolved = realpath(path, NULL);
    char *real = g_strdup(resolved);

    free(resolved);
    if (!real)
        refuse(error, ERROR_NOT_FOUND,
               _("There is no database at %s. Give the right path, or make a unit first."), path);
    else if (!g_file_test(real, G_FILE_TEST_IS_REGULAR)) {
        refuse(error, ERROR_INPUT,
               _("%s is a folder, a device or a pipe, and no database. Give the path of the "
                 "database itself."),
               path);
        g_clear_pointer(&real, g_free);
    }
    return real;
}

/* Whether `failed` says that the passphrase was wrong; of a damaged key file nothing else opens. */
static gboolean was_wrong(const Unlock *unlock, const GError *failed)
{
    return unlock->login &&
           (g_error_matches(failed, DAGSFORM_ERROR, ERROR_PASSPHRASE) ||
            (unlock->rebuild && g_error_matches(failed, DAGSFORM_ERROR, ERROR_CORRUPT)));
}

/* The log keeps how many were wrong before it. */
static void log_wrong_tries(Session *session, int wrong)
{
    g_autoptr(AuditChanges) changes = audit_changes_new();
    g_autoptr(DbTransaction) tx = NULL;

    if (wrong == 0 || db_is_read_only(session->db))
        return;
    tx = db_transaction(session->db, NULL);
    audit_changes_int(changes, "wrong_passphrases", 0, wrong);
    if (tx != NULL && audit_write(session, "unlock", "staff", session->staff_id, 0, changes, NULL))
        db_transaction_commit(tx, NULL);
}

static void keep_count(const Unlock *unlock, Session *session, const GError *failed)
{
    g_autofree char *keys = vault_path_for(unlock->database);

    if (session && unlock->login)
        log_wrong_tries(session, tries_right(keys, unlock->login));
    else if (was_wrong(unlock, failed))
        tries_wrong(keys, unlock->login);
}

static Session *unlock_session(const Unlock *asked, GError **error)
{
    g_autofree char *database = real_database(asked->database, error);
    g_autoptr(GError) failed = NULL;
    Unlock unlock = *asked;
    Session *session;

    if (!database || (!db_names_server(database) && !paths_is_local(database, error)))
        return NULL;
    unlock.database = database;
    session = enter(&unlock, &failed);
    /* What a crash left half done was rolled back by the first try, which may write. */
    if (unlock.read_only && g_error_matches(failed, DAGSFORM_ERROR, ERROR_FULL)) {
        unlock.no_room = TRUE;
        session = enter(&unlock, NULL);
    }
    keep_count(&unlock, session, failed);
    if (!session)
        g_propagate_error(error, g_steal_pointer(&failed));
    return session;
}

Session *session_open(const SessionOpening *opening, GError **error)
{
    g_autofree char *login = login_normalise(opening->login, error);

    return login ? unlock_session(&(Unlock){.database = opening->database,
                                            .login = login,
                                            .passphrase = opening->passphrase,
                                            .read_only = opening->read_only,
                                            .carrying = opening->carrying,
                                            .coming_home = opening->coming_home,
                                            .new_copy = opening->new_copy},
                                  error)
                 : NULL;
}

Session *session_open_to_look(const SessionOpening *opening, GError **error)
{
    g_autofree char *login = login_normalise(opening->login, error);

    return login ? unlock_session(&(Unlock){.database = opening->database,
                                            .login = login,
                                            .passphrase = opening->passphrase,
                                            .to_look = TRUE},
                                  error)
                 : NULL;
}

Session *session_open_recovery(const char *database, const char *code, GError **error)
{
    return unlock_session(&(Unlock){.database = database, .code = code}, error);
}

/* Only what is damaged is repaired: a key file that was put back to an older state opens, and must
 * not be taken for the newest by this way. */
static Session *repair(const Unlock *asked, GError **error)
{
    g_autofree char *database = real_database(asked->database, error);
    g_autofree char *keys = database ? vault_path_for(database) : NULL;
    g_autoptr(GError) failed = NULL;
    Unlock ordinary = *asked;

    if (!database)
        return NULL;
    ordinary.rebuild = NULL;
    g_autoptr(Vault) vault = open_vault(&ordinary, keys, &failed);
    if (vault)
        refuse(error, ERROR_INPUT,
               _("The key file is not damaged, so there is nothing to repair. Sign in as usual."));
    else if (g_error_matches(failed, DAGSFORM_ERROR, ERROR_CORRUPT) ||
             g_error_matches(failed, DAGSFORM_ERROR, ERROR_VERSION))
        return unlock_session(asked, error);
    else {
        keep_count(&(Unlock){.database = database, .login = asked->login}, NULL, failed);
        g_propagate_error(error, g_steal_pointer(&failed));
    }
    return NULL;
}

Session *session_repair(const SessionOpening *opening, Secret **recovery_code, GError **error)
{
    g_autofree char *login = login_normalise(opening->login, error);

    return login ? repair(&(Unlock){.database = opening->database,
                                    .login = login,
                                    .passphrase = opening->passphrase,
                                    .rebuild = recovery_code},
                          error)
                 : NULL;
}

Session *session_repair_recovery(const char *database, const char *code, const char *login,
                                 const Secret *passphrase, Secret **recovery_code, GError **error)
{
    g_autofree char *known = login_normalise(login, error);

    return known && passphrase_check(passphrase, known, error)
               ? repair(&(Unlock){.database = database,
                                  .code = code,
                                  .rebuild = recovery_code,
                                  .rebuild_login = known,
                                  .rebuild_passphrase = passphrase},
                        error)
               : NULL;
}
