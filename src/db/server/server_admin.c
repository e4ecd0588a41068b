/* server_admin.c: a unit set up on a server, and kept in order there.
 *
 * All of it is one transaction, roles too: PostgreSQL rolls them back like rows. The tables belong
 * to a role that nobody signs in as. */
#include "db/db_server.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/random.h>

#include "base/i18n.h"
#include "db/server/server_login.h"
#include "db/server/server_private.h"
#include "db/server/unit_file.h"

#define DEFAULT_PORT 5432

struct DbSetUp {
    char *path;
    UnitFile *unit;
    gboolean new_unit; /* there is none in the database yet */
    gboolean had_file;
    Db *db;
    DbTransaction *transaction;
};

/* ---- the place ------------------------------------------------------------------------------- */

static UnitFile *unit_of(const DbServerPlace *place)
{
    UnitFile *unit = g_new0(UnitFile, 1);

    unit->hosts = g_strdupv(place->hosts);
    unit->port = place->port != 0 ? place->port : DEFAULT_PORT;
    unit->database = g_strdup(place->database);
    unit->ca = place->ca ? g_canonicalize_filename(place->ca, NULL) : NULL;
    return unit;
}

static gboolean is_same_place(const UnitFile *one, const UnitFile *other)
{
    return g_strv_equal((const char *const *)one->hosts, (const char *const *)other->hosts) &&
           one->port == other->port && g_str_equal(one->database, other->database) &&
           g_strcmp0(one->ca, other->ca) == 0;
}

/* `begun`: the file may be there, if it says the same. */
static gboolean check_place(const char *path, const DbServerPlace *place, gboolean begun,
                            GError **error)
{
    g_autoptr(UnitFile) unit = unit_of(place);

    if (!unit_file_may_be(unit, error))
        return FALSE;
    g_autoptr(UnitFile) there = begun ? unit_file_read(path, NULL) : NULL;
    if (!unit_file_is(path))
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("The name of the file %s of a unit on a server ends with .unit. Give it so."),
                    path);
    else if (g_file_test(path, G_FILE_TEST_EXISTS) &&
             (there == NULL || !is_same_place(unit, there)))
        g_set_error(error, DAGSFORM_ERROR, ERROR_EXISTS,
                    _("The file %s is already there. Choose another name, or open it."), path);
    else if (unit->ca && !g_file_test(unit->ca, G_FILE_TEST_IS_REGULAR))
        g_set_error(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                    _("There is no certificate at %s. Look at where it lies."), unit->ca);
    else
        return TRUE;
    return FALSE;
}

gboolean db_server_place_check(const char *path, const DbServerPlace *place, GError **error)
{
    return check_place(path, place, FALSE, error);
}

gboolean db_server_place_again(const char *path, const DbServerPlace *place, GError **error)
{
    return check_place(path, place, TRUE, error);
}

static gboolean draw_id(UnitFile *unit, GError **error)
{
    guint8 bytes[UNIT_ID_BYTES];
    GString *hex = g_string_new(NULL);

    if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes) {
        g_string_free(hex, TRUE);
        fault_set(error, "no random numbers");
        return FALSE;
    }
    for (gsize i = 0; i < sizeof bytes; i++)
        g_string_append_printf(hex, "%02x", bytes[i]);
    unit->id = g_string_free(hex, FALSE);
    return TRUE;
}

/* ---- the connection -------------------------------------------------------------------------- */

/* Whoever has no password yet is asked for one. */
static void set_not_let_in(Db *db, const DbAdmin *admin, const GError *failed, GError **error)
{
    PGconn *connection = db->server ? db->server->connection : NULL;

    const gboolean asked =
        connection && LIB->PQstatus(connection) != CONNECTION_OK &&
        (LIB->PQconnectionNeedsPassword(connection) || LIB->PQconnectionUsedPassword(connection));

    if (admin->asked)
        *admin->asked = asked;
    if (asked)
        g_set_error(
            error, DAGSFORM_ERROR, ERROR_DENIED,
            _("The server wants the password of the role %s, or another one than it got. Put it "
              "in libpq's password file (PGPASSFILE), or type it at a terminal."),
            admin->role);
    else
        g_propagate_error(error, g_error_copy(failed));
}

static Db *connect_as(const UnitFile *unit, const char *path, const DbAdmin *admin,
                      const Secret *key, GError **error)
{
    g_autofree char *where = unit_file_words(unit);
    g_autoptr(GError) failed = NULL;

    if (server_library(error) == NULL)
        return NULL;
    g_autoptr(Db) db = db_new(&server_engine, path, key, FALSE);
    db->migrations = migrate_embedded(&db->migration_count);
    if (server_connect(db, where, admin->role, admin->password, &failed)) {
        /* What proves all references anew says nothing for minutes. */
        db->server->silence_us = 0;
        return g_steal_pointer(&db);
    }
    set_not_let_in(db, admin, failed, error);
    return NULL;
}

/* ---- the roles that stand for the unit ------------------------------------------------------- */

/* The owner may make roles, and nobody signs in as it; whoever sets up may act as it. Others than
 * the unit's do not get into the database. */
static const char OWNER[] =
    "DO $$ DECLARE base text := current_database(); owner text := base || '_owner'; BEGIN"
    " IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = owner) THEN"
    "  EXECUTE format('CREATE ROLE %I NOLOGIN CREATEROLE', owner); END IF;"
    " IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)"
    "  THEN EXECUTE format('GRANT %I TO %I', owner, current_user); END IF;"
    " EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', base);"
    " IF NOT has_database_privilege(owner, base, 'CONNECT WITH GRANT OPTION') THEN"
    "  EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I WITH GRANT OPTION', base, owner); END IF;"
    " REVOKE ALL ON SCHEMA public FROM PUBLIC;"
    " IF NOT has_schema_privilege(owner, 'public', 'CREATE WITH GRANT OPTION') THEN"
    "  EXECUTE format('GRANT USAGE, CREATE ON SCHEMA public TO %I WITH GRANT OPTION', owner); END "
    "IF; "
    "END $$";

static gboolean become_owner(Db *db, const UnitFile *unit, GError **error)
{
    g_autofree char *owner = server_group_name(unit->database, "owner");
    g_autofree char *role = g_strdup_printf("SET LOCAL ROLE \"%s\"", owner);

    return server_run(db, role, error);
}

static gboolean may_set_up(Db *db, GError **error)
{
    g_autofree char *may =
        server_ask(db, "SELECT 1 FROM pg_roles JOIN pg_database ON datname = current_database()"
                       " WHERE rolname = current_user AND (rolsuper OR (rolcreaterole AND"
                       " pg_has_role(current_user, datdba, 'member')))");

    if (may != NULL)
        return TRUE;
    g_set_error_literal(
        error, DAGSFORM_ERROR, ERROR_DENIED,
        _("To set a unit up the database must be yours on the server, and you must be "
          "allowed to make roles there (CREATEROLE). Ask whoever runs the server."));
    return FALSE;
}

/* An empty database, or one of which the making was broken off. */
static gboolean is_free(Db *db, GError **error)
{
    g_autofree char *others = server_ask(
        db,
        "SELECT 1 WHERE EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace)"
        " AND NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        "  AND relname = 'meta')");

    if (others == NULL)
        return TRUE;
    g_set_error_literal(
        error, DAGSFORM_ERROR, ERROR_EXISTS,
        _("The database on the server is not empty: something else is kept in it. Make a "
          "new one for the unit."));
    return FALSE;
}

static gboolean keep_laid(Db *db, GError **error)
{
    g_autofree char *laid = server_laid(db);

    return laid ? db_meta_set(db, SERVER_LAID, laid, error) : server_error(db, NULL, NULL, error);
}

/* Makes the transaction that of the owner, with the schema of this version in the database. */
static gboolean lay(Db *db, const UnitFile *unit, gboolean new_unit, GError **error)
{
    gsize count;
    const Migration *list = migrate_embedded(&count);

    return (!new_unit || is_free(db, error)) && server_run(db, OWNER, error) &&
           become_owner(db, unit, error) &&
           server_schema_lay(db, new_unit ? unit->id : NULL, list, count, error) &&
           server_logins_lay(db, error) && keep_laid(db, error);
}

/* Else rows may be hidden from the owner. */
static gboolean is_as_laid(Db *db, GError **error)
{
    gboolean is = FALSE;

    if (!server_is_as_laid(db, &is, error))
        return FALSE;
    if (!is)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CORRUPT, server_not_as_laid());
    return is;
}

/* Makes the transaction that of the owner, of a database that is laid already. */
static gboolean stand(Db *db, const UnitFile *unit, GError **error)
{
    gsize count;
    const Migration *list = migrate_embedded(&count);

    return become_owner(db, unit, error) && server_schema_stands(db, list, count, error) &&
           is_as_laid(db, error);
}

/* ---- set up ---------------------------------------------------------------------------------- */

typedef enum { BEGIN_NEW, BEGIN_BEGUN, BEGIN_LAY, BEGIN_AS_IT_IS } Beginning;

static gboolean has_standby(Db *db)
{
    g_autofree char *names = server_ask(db, "SELECT " SERVER_STANDBYS);

    return names != NULL && *names != '\0';
}

/* Nobody changes users meanwhile. First of all, for whoever saves holds this and may want a table
 * next. */
static gboolean take_turn(Db *db, GError **error)
{
    return server_run(db, "SELECT value FROM meta WHERE key = '" SERVER_WRITER "' FOR UPDATE",
                      error);
}

/* As all of a unit is made in one transaction, what is in the database is a whole one. */
static gboolean is_made(Db *db)
{
    g_autofree char *made = server_ask(db, "SELECT to_regclass('public.meta')");

    return made != NULL && *made != '\0';
}

/* In the place of another's key it is said that somebody has just made that unit there. */
static gboolean is_under_key(DbSetUp *set_up, Beginning how, GError **error)
{
    Db *db = set_up->db;
    g_autoptr(GError) failed = NULL;

    if (server_key_is_right(db, &failed))
        return TRUE;
    if (how != BEGIN_BEGUN || !become_owner(db, set_up->unit, NULL) ||
        !server_refuse_bare(db, error))
        g_propagate_error(error, g_steal_pointer(&failed));
    return FALSE;
}

static gboolean come_to_stand(DbSetUp *set_up, Beginning how, GError **error)
{
    Db *db = set_up->db;

    if (!may_set_up(db, error))
        return FALSE;
    set_up->new_unit = how == BEGIN_NEW || (how == BEGIN_BEGUN && !is_made(db));
    if (set_up->new_unit)
        return lay(db, set_up->unit, TRUE, error) && server_is_the_units(db, set_up->unit, error);
    return take_turn(db, error) && server_is_the_units(db, set_up->unit, error) &&
           is_under_key(set_up, how, error) &&
           (how == BEGIN_AS_IT_IS ? stand(db, set_up->unit, error)
                                  : lay(db, set_up->unit, FALSE, error));
}

/* Takes `unit` over. */
static DbSetUp *begin(UnitFile *unit, const char *path, Beginning how, const DbAdmin *admin,
                      const Secret *key, GError **error)
{
    g_autoptr(DbSetUp) set_up = g_new0(DbSetUp, 1);

    set_up->path = g_strdup(path);
    set_up->unit = unit;
    set_up->had_file = how != BEGIN_NEW;
    if (!(set_up->db = connect_as(unit, path, admin, key, error)) ||
        !(set_up->transaction = db_transaction(set_up->db, error)) ||
        !come_to_stand(set_up, how, error))
        return NULL;
    if (set_up->new_unit)
        unit->standby = has_standby(set_up->db);
    return g_steal_pointer(&set_up);
}

DbSetUp *db_set_up_new(const char *path, const DbServerPlace *place, const DbAdmin *admin,
                       const Secret *key, GError **error)
{
    g_autoptr(UnitFile) unit = unit_of(place);

    return db_server_place_check(path, place, error) && draw_id(unit, error)
               ? begin(g_steal_pointer(&unit), path, BEGIN_NEW, admin, key, error)
               : NULL;
}

DbSetUp *db_set_up_begun(const char *path, const DbAdmin *admin, const Secret *key, GError **error)
{
    UnitFile *unit = unit_file_read(path, error);

    return unit ? begin(unit, path, BEGIN_BEGUN, admin, key, error) : NULL;
}

gboolean db_set_up_is_new(const DbSetUp *set_up)
{
    return set_up->new_unit;
}

gboolean db_set_up_refuses_bare(DbSetUp *set_up, GError **error)
{
    return server_refuse_bare(set_up->db, error);
}

DbSetUp *db_set_up(const char *path, const DbAdmin *admin, const Secret *key, GError **error)
{
    UnitFile *unit = unit_file_read(path, error);

    return unit ? begin(unit, path, BEGIN_LAY, admin, key, error) : NULL;
}

DbSetUp *db_set_up_as_it_is(const char *path, const DbAdmin *admin, const Secret *key,
                            GError **error)
{
    UnitFile *unit = unit_file_read(path, error);

    return unit ? begin(unit, path, BEGIN_AS_IT_IS, admin, key, error) : NULL;
}

void db_set_up_free(DbSetUp *set_up)
{
    if (set_up == NULL)
        return;
    db_transaction_end(set_up->transaction);
    db_close(set_up->db);
    unit_file_free(set_up->unit);
    g_free(set_up->path);
    g_free(set_up);
}

Db *db_set_up_db(DbSetUp *set_up)
{
    return set_up->db;
}

GPtrArray *db_set_up_people(DbSetUp *set_up, GError **error)
{
    g_autoptr(GPtrArray) people = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(DbStatement) rows = db_query(
        set_up->db,
        "SELECT login, role FROM staff WHERE active = 1 AND login IS NOT NULL ORDER BY login", NULL,
        error);
    DbStep step = DB_STEP_ERROR;

    while (rows && (step = db_step(rows, error)) == DB_STEP_ROW) {
        g_ptr_array_add(people, g_strdup(db_text(rows, 0)));
        g_ptr_array_add(people, g_strdup(db_text(rows, 1)));
    }
    return step == DB_STEP_DONE ? g_steal_pointer(&people) : NULL;
}

gboolean db_set_up_login(DbSetUp *set_up, const char *login, const char *role,
                         const Secret *password, GError **error)
{
    return server_login_set(set_up->db, login, role, password, error);
}

/* Of all whose name begins with the database's. */
static GPtrArray *logins_there(DbSetUp *set_up, GError **error)
{
    g_autofree char *prefix = g_strconcat(set_up->unit->database, ".", NULL);
    g_autoptr(GPtrArray) logins = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(DbStatement) rows = db_query(
        set_up->db, "SELECT CAST(rolname AS TEXT) FROM pg_roles WHERE rolcanlogin", NULL, error);
    DbStep step = DB_STEP_ERROR;

    while (rows && (step = db_step(rows, error)) == DB_STEP_ROW)
        if (g_str_has_prefix(db_text(rows, 0), prefix))
            g_ptr_array_add(logins, g_strdup(db_text(rows, 0) + strlen(prefix)));
    return step == DB_STEP_DONE ? g_steal_pointer(&logins) : NULL;
}

gboolean db_set_up_close_others(DbSetUp *set_up, const char *const *logins, GError **error)
{
    g_autoptr(GPtrArray) there = logins_there(set_up, error);

    for (guint i = 0; there && i < there->len; i++)
        if (!g_strv_contains(logins, there->pdata[i]) &&
            !server_login_close_of(set_up->db, there->pdata[i], error))
            return FALSE;
    return there != NULL;
}

static void put_back(DbSetUp *set_up, const UnitFile *before)
{
    const gboolean answered = LIB->PQstatus(set_up->db->server->connection) == CONNECTION_OK;

    /* Else it may have come to be: then nobody gets in without that file. */
    if (!set_up->had_file && answered)
        g_unlink(set_up->path);
    else if (set_up->had_file && before != NULL)
        unit_file_write(before, set_up->path, NULL);
}

/* The file first: with another point in it nobody gets in after the commit. */
gboolean db_set_up_commit(DbSetUp *set_up, const guint8 *point, GError **error)
{
    const gboolean kept = point != NULL && set_up->had_file;
    g_autoptr(UnitFile) before = kept ? unit_file_read(set_up->path, error) : NULL;

    if (kept && before == NULL)
        return FALSE;
    if (point != NULL) {
        memcpy(set_up->unit->point, point, sizeof set_up->unit->point);
        if (!unit_file_write(set_up->unit, set_up->path, error))
            return FALSE;
    }
    if (db_transaction_commit(set_up->transaction, error))
        return TRUE;
    put_back(set_up, before);
    return FALSE;
}
