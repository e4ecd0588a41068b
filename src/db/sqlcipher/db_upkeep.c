/* db_upkeep.c: what is done to a whole file: checked.
 *
 * On connections of its own: a page that cannot be authenticated leaves a connection useless. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "db/sqlcipher/sqlcipher_private.h"

/* More faults than these are only counted. */
#define FAULTS_SHOWN 20

/* ---- check ----------------------------------------------------------------------------------- */

/* The sentence for a row, without a word of the engine's; NULL when the row is no fault. `*code` is
 * set where the row tells that the engine could not look. New. */
typedef char *(*FaultRow)(sqlite3_stmt *row, int *code);

static void add_fault(GPtrArray *faults, char *fault)
{
    if (fault && (faults->len == 0 || strcmp(faults->pdata[faults->len - 1], fault) != 0))
        g_ptr_array_add(faults, fault);
    else
        g_free(fault);
}

/* Adds the sentences of the first rows of `sql`, alike ones once; the rest become one sentence. */
static gboolean each_fault(sqlite3 *handle, const char *path, const char *sql, FaultRow fault,
                           GPtrArray *faults, GError **error)
{
    sqlite3_stmt *statement = NULL;
    gulong rows = 0;
    int code = sqlite3_prepare_v2(handle, sql, -1, &statement, NULL);

    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(statement);
        if (code == SQLITE_ROW && rows++ < FAULTS_SHOWN)
            add_fault(faults, fault(statement, &code));
    }
    sqlite3_finalize(statement);
    if (rows > FAULTS_SHOWN)
        g_ptr_array_add(faults, g_strdup_printf(ngettext("And %lu more fault of this kind.",
                                                         "And %lu more faults of this kind.",
                                                         rows - FAULTS_SHOWN),
                                                rows - FAULTS_SHOWN));
    if (code == SQLITE_DONE)
        return TRUE;
    /* The SQL is right: a page could not be had, after an error the engine has told already. */
    engine_error(handle, path, code == SQLITE_ERROR ? SQLITE_IOERR : code, sql, error);
    return FALSE;
}

static void add_salt_fault(GPtrArray *faults)
{
    g_ptr_array_add(faults, g_strdup(_("The first bytes of the database file are not as they were "
                                       "written. No data is lost by that, but something else than "
                                       "Dagsform has changed the file: check the disk.")));
}

/* The first column of a row; NULL, and `*code`, when there is no memory for it. */
static const char *row_text(sqlite3_stmt *row, int *code)
{
    const char *text = (const char *)sqlite3_column_text(row, 0);

    if (!text)
        *code = SQLITE_NOMEM;
    return text;
}

static char *page_fault(sqlite3_stmt *row, int *code)
{
    const char *text = row_text(row, code);
    long page;

    if (!text)
        return NULL;
    if (g_str_has_prefix(text, "error reading ")) {
        *code = SQLITE_IOERR_READ;
        return NULL;
    }
    if (sscanf(text, "HMAC verification failed for page %ld", &page) == 1)
        return g_strdup_printf(_("Page %ld of the database is not as it was written. Restore the "
                                 "latest backup."),
                               page);
    g_debug("cipher_integrity_check: %s", text);
    return g_strdup(_("The database file cannot be read whole. Restore the latest backup."));
}

/* Whether the row tells of a page that the engine could not have, rather than of one that is wrong;
 * `*code` then is why. Of a page in a chain (of a long text, of free pages) it does not say why,
 * and takes those behind it for pages that nothing leads to: whether it is as it was written has
 * been looked at before, so that it could not be read. */
static gboolean page_not_had(const char *text, int *code)
{
    static const char WHY[] = "error code=";
    const char *why = strstr(text, WHY);
    const int told = strstr(text, "failed to get page ") ? SQLITE_IOERR_READ
                     : why                               ? atoi(why + strlen(WHY))
                                                         : SQLITE_OK;

    if ((told & 0xff) != SQLITE_IOERR && (told & 0xff) != SQLITE_NOMEM)
        return FALSE;
    *code = told;
    return TRUE;
}

static char *structure_fault(sqlite3_stmt *row, int *code)
{
    const char *text = row_text(row, code);

    if (!text || strcmp(text, "ok") == 0 || page_not_had(text, code))
        return NULL;
    g_debug("quick_check: %s", text);
    return g_strdup(_("The structure of the database is damaged. Restore the latest backup."));
}

static char *reference_fault(sqlite3_stmt *row, int *code)
{
    (void)code;
    return g_strdup_printf(_("Row %lld of the table %s refers to a row of %s that is not there. "
                             "Ask for help with this message."),
                           sqlite3_column_int64(row, 1), (const char *)sqlite3_column_text(row, 0),
                           (const char *)sqlite3_column_text(row, 2));
}

gboolean engine_check_pages(sqlite3 *handle, const char *path, GPtrArray *faults, GError **error)
{
    gboolean done;

    /* The page check reads the file without a lock: hold one, so that nobody writes meanwhile. */
    if (!engine_exec(handle, path, "BEGIN; SELECT count(*) FROM sqlite_schema", error))
        return FALSE;
    done = each_fault(handle, path, "PRAGMA cipher_integrity_check", page_fault, faults, error);
    sqlite3_exec(handle, "ROLLBACK", NULL, NULL, NULL);
    return done;
}

gboolean engine_check(sqlite3 *handle, const char *path, GPtrArray *faults, GError **error)
{
    guint before = faults->len;

    if (!engine_check_pages(handle, path, faults, error))
        return FALSE;
    /* The engine reads no further than the first bad page, so its structure says nothing then. */
    return faults->len > before ||
           each_fault(handle, path, "PRAGMA quick_check", structure_fault, faults, error);
}

static gboolean check_schema(Db *db, sqlite3 *handle, GPtrArray *faults, GError **error)
{
    g_autoptr(GPtrArray) different =
        schema_compare(handle, db->path, db->migrations, db->migration_count, G_MAXINT, error);

    for (guint i = 0; different && i < different->len; i++)
        g_ptr_array_add(faults, schema_sentence(different->pdata[i]));
    return different != NULL;
}

gboolean engine_check_references(sqlite3 *handle, const char *path, GPtrArray *faults,
                                 GError **error)
{
    return each_fault(handle, path, "PRAGMA foreign_key_check", reference_fault, faults, error);
}

gboolean sqlcipher_check(Db *db, GPtrArray *faults, DbProgress progress, gpointer data,
                         GError **error)
{
    /* On a connection that only reads, the engine takes no notice of CHECK constraints. */
    sqlite3 *handle = engine_open_second(db, db->read_only, error);
    guint before;
    gboolean done;

    if (!handle)
        return FALSE;
    if (progress)
        progress(0.0, data);
    if (db->salt_changed || !engine_salt_fits(handle, db->key))
        add_salt_fault(faults);
    before = faults->len;
    done = engine_check_pages(handle, db->path, faults, error);
    if (done && progress)
        progress(0.4, data);
    if (done && faults->len == before) {
        done =
            each_fault(handle, db->path, "PRAGMA integrity_check", structure_fault, faults, error);
        if (done && progress)
            progress(0.8, data);
        done = done && engine_check_references(handle, db->path, faults, error) &&
               check_schema(db, handle, faults, error);
    }
    sqlite3_close(handle);
    if (done && progress)
        progress(1.0, data);
    return done;
}
