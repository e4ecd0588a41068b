/* migrate.c: from any earlier schema to the newest, or not at all. */
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/i18n.h"
#include "db/sqlcipher/migrate.h"
#include "db/sqlcipher/sqlcipher_private.h"

/* ---- steps ----------------------------------------------------------------------------------- */

static gboolean read_version(Db *db, int *version, GError **error)
{
    g_autoptr(GError) mine = NULL;
    g_autofree char *text = engine_get(db->handle, db->path, "PRAGMA user_version", &mine);

    if (mine) {
        g_propagate_error(error, g_steal_pointer(&mine));
        return FALSE;
    }
    *version = text ? atoi(text) : 0;
    return TRUE;
}

static gboolean copy_before(Db *db, int first, GError **error)
{
    for (int nth = 1;; nth++) {
        g_autoptr(GError) mine = NULL;
        g_autofree char *path = nth == 1
                                    ? g_strdup_printf("%s.before-%04d", db->path, first)
                                    : g_strdup_printf("%s.before-%04d-%d", db->path, first, nth);
        if (db_backup(db, path, &mine))
            return TRUE;
        if (!g_error_matches(mine, DAGSFORM_ERROR, ERROR_EXISTS)) {
            g_propagate_error(error, g_steal_pointer(&mine));
            return FALSE;
        }
    }
}

/* A new database's own marks. The node number is never 0, so no row number is small. */
static gboolean mark_new(Db *db, GError **error)
{
    g_autofree char *application = g_strdup_printf("PRAGMA application_id = %d", DB_APPLICATION_ID);
    guint32 drawn = 0;
    char node[16];

    do {
        if (getrandom(&drawn, sizeof drawn, 0) != sizeof drawn) {
            fault_set(error, "no random numbers");
            return FALSE;
        }
        drawn &= G_MAXINT32;
    } while (drawn == 0);
    g_snprintf(node, sizeof node, "%u", drawn);
    return engine_exec(db->handle, db->path, application, error) &&
           db_meta_set(db, "node", node, error);
}

static gboolean apply(Db *db, const Migration *step, GError **error)
{
    g_autoptr(GError) mine = NULL;
    g_autofree char *text = migrate_dialect(step->text);

    if (!engine_exec(db->handle, db->path, text, &mine)) {
        g_set_error(error, mine->domain, mine->code,
                    _("The database %s could not be brought up to date (step %s), and is as it was "
                      "before. %s"),
                    db->path, step->name, mine->message);
        return FALSE;
    }
    if (!sqlite3_get_autocommit(db->handle))
        return TRUE;
    fault_set(error, "%s ends the transaction", step->name);
    return FALSE;
}

/* Foreign keys are off while tables are rebuilt, so every one is looked at before the end. */
static gboolean references_hold(Db *db, GError **error)
{
    g_autoptr(GError) mine = NULL;
    g_autofree char *table = engine_get(db->handle, db->path, "PRAGMA foreign_key_check", &mine);

    if (mine) {
        g_propagate_error(error, g_steal_pointer(&mine));
        return FALSE;
    }
    if (!table)
        return TRUE;
    g_set_error(error, DAGSFORM_ERROR, ERROR_CORRUPT,
                _("The database %s was not brought up to date: rows of its table %s refer to rows "
                  "that are not there. Nothing was changed; ask for help with this message."),
                db->path, table);
    return FALSE;
}

/* Where the file keeps it (table meta), once it has been found or made to be as it should. */
#define SUM "schema"

static gboolean keep_sum(Db *db, const Migration *list, gsize count, GError **error)
{
    g_autofree char *sum =
        schema_sum(db->handle, db->path, list, count, list[count - 1].number, error);

    return sum && db_meta_set(db, SUM, sum, error);
}

/* Whether a file is built as its version promises. */
typedef enum {
    BUILT_OTHERWISE,
    BUILT_FOUND, /* as it should be, by the comparison; its sum is not kept, or is another */
    BUILT_KNOWN, /* by its sum; also a new file, or one of a version that is not known here */
} Built;

/* The file's version, and how it is built. */
static gboolean look(Db *db, const Migration *list, gsize count, int *version, Built *built,
                     GError **error)
{
    g_autoptr(GPtrArray) different = NULL;
    g_autofree char *sum = NULL, *kept = NULL;

    *built = BUILT_KNOWN;
    if (!read_version(db, version, error))
        return FALSE;
    if (*version == 0 || *version > list[count - 1].number)
        return TRUE;
    if (!(sum = schema_sum(db->handle, db->path, list, count, *version, error)))
        return FALSE;
    kept = engine_get(db->handle, db->path, "SELECT value FROM meta WHERE key = '" SUM "'", NULL);
    if (g_strcmp0(sum, kept) == 0)
        return TRUE;
    different = schema_compare(db->handle, db->path, list, count, *version, error);
    *built = different && !schema_is_short(different) ? BUILT_FOUND : BUILT_OTHERWISE;
    return different != NULL;
}

/* In one transaction, which holds other writers off while the copy is made. */
static gboolean migrate_locked(Db *db, const Migration *list, gsize count, GError **error)
{
    g_autoptr(DbTransaction) transaction = db_transaction(db, error);
    int newest = list[count - 1].number, version;
    Built built;
    gsize first = 0;
    g_autofree char *set_version = g_strdup_printf("PRAGMA user_version = %d", newest);

    if (transaction == NULL || !look(db, list, count, &version, &built, error))
        return FALSE;
    /* It may be known by now: another program was quicker. */
    if (version >= newest && built != BUILT_OTHERWISE)
        return (built == BUILT_KNOWN || keep_sum(db, list, count, error)) &&
               db_transaction_commit(transaction, error);
    while (first < count && list[first].number <= version)
        first++;
    if (version > 0 && !copy_before(db, first < count ? list[first].number : newest, error))
        return FALSE;
    if (built == BUILT_OTHERWISE && !schema_mend(db, list, count, version, error))
        return FALSE;
    for (gsize i = first; i < count; i++)
        if (!apply(db, &list[i], error))
            return FALSE;
    return (version > 0 || mark_new(db, error)) && keep_sum(db, list, count, error) &&
           references_hold(db, error) && engine_exec(db->handle, db->path, set_version, error) &&
           db_transaction_commit(transaction, error);
}

static gboolean foreign_keys_on(Db *db, GError **error)
{
    g_autofree char *now = NULL;

    if (!engine_exec(db->handle, db->path, "PRAGMA foreign_keys = ON", error))
        return FALSE;
    now = engine_get(db->handle, db->path, "PRAGMA foreign_keys", NULL);
    if (g_strcmp0(now, "1") == 0)
        return TRUE;
    fault_set(error, "foreign keys stay off");
    return FALSE;
}

gboolean migrate_run(Db *db, const Migration *list, gsize count, GError **error)
{
    int newest = list[count - 1].number, version;
    Built built;
    gboolean needed, done;

    if (!look(db, list, count, &version, &built, error))
        return FALSE;
    if (version > newest) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_VERSION,
                    _("The database %s was made by a newer version of Dagsform (format %d; this "
                      "one knows %d). Install that version to open it."),
                    db->path, version, newest);
        return FALSE;
    }
    needed = version < newest || built == BUILT_OTHERWISE;
    if (!needed && (built == BUILT_KNOWN || db->read_only))
        return TRUE;
    if (db->read_only) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_VERSION,
                    _("The database %s was made by an earlier version of Dagsform. Open it once "
                      "for writing to bring it up to date."),
                    db->path);
        return FALSE;
    }
    if (!engine_exec(db->handle, db->path, "PRAGMA foreign_keys = OFF", error))
        return FALSE;
    /* The sum alone is for speed: a file that it cannot be written to opens all the same. */
    done = migrate_locked(db, list, count, needed ? error : NULL) || !needed;
    return foreign_keys_on(db, done ? error : NULL) && done;
}
