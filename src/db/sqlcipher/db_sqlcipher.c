/* db_sqlcipher.c: the engine: connections to a SQLCipher file, with every setting read back. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "db/sqlcipher/sqlcipher_private.h"

#define OLDEST_CIPHER_MAJOR 4
#define OLDEST_CIPHER_MINOR 6
#define OLDEST_SQLITE 3046000

/* Sleeps of 1 to 10 ms, 5.5 on average: half a minute. */
#define BUSY_ATTEMPTS 5450
#define BUSY_LEAST_US 1000
#define BUSY_MOST_US 10000

/* In this order. Sources: sqlite.org/pragma.html; measured: TRUNCATE with EXTRA loses nothing at a
 * power cut, and this engine's WAL can corrupt a file (the WAL-reset fault, mended in 3.51.3). */
static const struct {
    const char *set; /* NULL: only read */
    const char *get;
    const char *wanted;
} settings[] = {
    {"PRAGMA temp_store = 2", "PRAGMA temp_store", "2"},
    {"PRAGMA cipher_memory_security = OFF", "PRAGMA cipher_memory_security", "0"},
    {NULL, "PRAGMA cipher_use_hmac", "1"},
    {"PRAGMA journal_mode = TRUNCATE", "PRAGMA journal_mode", "truncate"},
    {"PRAGMA synchronous = EXTRA", "PRAGMA synchronous", "3"},
    {"PRAGMA foreign_keys = ON", "PRAGMA foreign_keys", "1"},
    {"PRAGMA trusted_schema = OFF", "PRAGMA trusted_schema", "0"},
    {"PRAGMA cell_size_check = ON", "PRAGMA cell_size_check", "1"},
    {"PRAGMA mmap_size = 0", "PRAGMA mmap_size", "0"},
    {ENGINE_CACHE, "PRAGMA cache_size", "-" ENGINE_CACHE_KIB},
    {"PRAGMA secure_delete = ON", "PRAGMA secure_delete", "1"},
};

gboolean engine_exec(sqlite3 *handle, const char *path, const char *sql, GError **error)
{
    int code = sqlite3_exec(handle, sql, NULL, NULL, NULL);

    if (code == SQLITE_OK)
        return TRUE;
    engine_error(handle, path, code, sql, error);
    return FALSE;
}

char *engine_get(sqlite3 *handle, const char *path, const char *sql, GError **error)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(handle, sql, -1, &statement, NULL);
    char *value = NULL;

    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    if (code == SQLITE_ROW) {
        value = g_strdup((const char *)sqlite3_column_text(statement, 0));
        code = value ? SQLITE_DONE : sqlite3_errcode(handle);
    }
    if (code != SQLITE_DONE && code != SQLITE_ROW)
        engine_error(handle, path, code, sql, error);
    sqlite3_finalize(statement);
    return value;
}

/* ---- which engine ---------------------------------------------------------------------------- */

gboolean engine_version_check(const char *cipher, int sqlite, GError **error)
{
    int major = 0, minor = 0;

    if (!cipher || sscanf(cipher, "%d.%d", &major, &minor) != 2) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_VERSION,
                            _("The database engine on this machine cannot encrypt. Install "
                              "SQLCipher 4.6 or later."));
        return FALSE;
    }
    if (major < OLDEST_CIPHER_MAJOR ||
        (major == OLDEST_CIPHER_MAJOR && minor < OLDEST_CIPHER_MINOR) || sqlite < OLDEST_SQLITE) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_VERSION,
                    _("The database engine on this machine is too old: SQLCipher %s with SQLite "
                      "%d.%d. Install SQLCipher 4.6 or later (on Debian 12 from "
                      "bookworm-backports)."),
                    cipher, sqlite / 1000000, sqlite / 1000 % 1000);
        return FALSE;
    }
    return TRUE;
}

/* "4.6.1 community"; NULL for an engine that does not encrypt. New. */
void engine_prepare(void)
{
    static gsize done;

    if (g_once_init_enter(&done)) {
        /* Nobody asks how much memory the engine uses, and it would count behind a mutex. */
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        g_once_init_leave(&done, 1);
    }
}

static char *cipher_version(GError **error)
{
    sqlite3 *handle = NULL;
    char *version = NULL;

    engine_prepare();
    int code =
        sqlite3_open_v2(":memory:", &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK)
        version = engine_get(handle, ":memory:", "PRAGMA cipher_version", error);
    else
        engine_error(handle, ":memory:", code, NULL, error);
    sqlite3_close(handle);
    return version;
}

gboolean db_engine_check(GError **error)
{
    g_autoptr(GError) failed = NULL;
    g_autofree char *version = cipher_version(&failed);

    if (!failed)
        return engine_version_check(version, sqlite3_libversion_number(), error);
    g_propagate_error(error, g_steal_pointer(&failed));
    return FALSE;
}

const char *db_engine_version(void)
{
    static gsize text;

    if (g_once_init_enter(&text)) {
        g_autofree char *version = cipher_version(NULL);
        if (version)
            *strchrnul(version, ' ') = '\0';
        g_once_init_leave(&text,
                          (gsize)g_strdup_printf("SQLCipher %s (SQLite %s)",
                                                 version ? version : "–", sqlite3_libversion()));
    }
    return (const char *)text;
}

/* ---- a connection ---------------------------------------------------------------------------- */

/* Random sleeps, so that two who wait do not meet again and again. */
static int wait_for_lock(void *data, int attempts)
{
    (void)data;
    if (attempts >= BUSY_ATTEMPTS)
        return 0;
    g_usleep((gulong)g_random_int_range(BUSY_LEAST_US, BUSY_MOST_US + 1));
    return 1;
}

/* Whoever waits has tried within one pause; the other is for a busy machine. */
void sqlcipher_give_way(Db *db)
{
    (void)db;
    g_usleep(2 * BUSY_MOST_US);
}

/* x'…' of the key and its salt, which the engine takes as it is, without deriving. */
static Secret *raw_key(const Secret *key)
{
    static const char digits[] = "0123456789abcdef";
    Secret *hex = secret_new(2 * DB_KEY_BYTES + 3);
    char *at = (char *)hex->bytes;

    *at++ = 'x';
    *at++ = '\'';
    for (gsize i = 0; i < DB_KEY_BYTES; i++) {
        *at++ = digits[key->bytes[i] >> 4];
        *at++ = digits[key->bytes[i] & 15];
    }
    *at = '\'';
    return hex;
}

static int give_key(sqlite3 *handle, const Secret *key)
{
    g_autoptr(Secret) hex = raw_key(key);

    return sqlite3_key_v2(handle, "main", hex->bytes, (int)hex->length);
}

void engine_rekey(sqlite3 *handle, const Secret *key)
{
    g_autoptr(Secret) hex = raw_key(key);

    sqlite3_rekey_v2(handle, "main", hex->bytes, (int)hex->length);
}

/* Whether the engine answers `wanted` to `sql`. It answers nothing where there was no memory to
 * write the answer in, and says no more of that. */
static gboolean answers(sqlite3 *handle, const char *path, const char *sql, const char *wanted,
                        GError **error)
{
    g_autoptr(GError) mine = NULL;
    g_autofree char *got = engine_get(handle, path, sql, &mine);

    if (mine != NULL)
        g_propagate_error(error, g_steal_pointer(&mine));
    else if (got == NULL)
        engine_error(handle, path, SQLITE_NOMEM, sql, error);
    else if (strcmp(got, wanted) != 0)
        fault_set(error, "the engine answers %s to %s", got, sql);
    else
        return TRUE;
    return FALSE;
}

static gboolean apply_settings(sqlite3 *handle, const char *path, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(settings); i++)
        if ((settings[i].set != NULL && !engine_exec(handle, path, settings[i].set, error)) ||
            !answers(handle, path, settings[i].get, settings[i].wanted, error))
            return FALSE;
    return TRUE;
}

gboolean engine_let_schema_act(sqlite3 *handle, gboolean act)
{
    int triggers = -1, views = -1;

    return sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, act, &triggers) == SQLITE_OK &&
           sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, act, &views) == SQLITE_OK &&
           triggers == act && views == act;
}

static gboolean configure(sqlite3 *handle, GError **error)
{
    static const struct {
        int option, value;
    } options[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_DQS_DML, 0},
        {SQLITE_DBCONFIG_DQS_DDL, 0},
        {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(options); i++) {
        int now = -1;
        if (sqlite3_db_config(handle, options[i].option, options[i].value, &now) != SQLITE_OK ||
            now != options[i].value) {
            fault_set(error, "the engine refuses option %d", options[i].option);
            return FALSE;
        }
    }
    if (!engine_let_schema_act(handle, schema_rule_acts())) {
        fault_set(error, "the engine refuses to leave triggers alone");
        return FALSE;
    }
    return TRUE;
}

static gboolean silence_log(sqlite3 *handle, const char *path, GError **error)
{
    return engine_exec(handle, path,
                       "PRAGMA cipher_log_source = NONE; PRAGMA cipher_log_level = NONE", error) &&
           answers(handle, path, "PRAGMA cipher_log_level", "NONE", error);
}

static gboolean unlock(sqlite3 *handle, const char *path, const Secret *key, GError **error)
{
    g_autofree char *objects = NULL;

    /* The engine would write its log over the screen. Taking the first key sets its level again,
     * and tells meanwhile of memory that cannot be locked, but not where it logs nothing from any
     * source. */
    if (!silence_log(handle, path, error))
        return FALSE;
    const int code = give_key(handle, key);
    if (code != SQLITE_OK) {
        engine_error(handle, path, code, NULL, error);
        return FALSE;
    }
    if (!silence_log(handle, path, error))
        return FALSE;
    /* Reads the first page, and rolls back what a crash left half done. */
    objects = engine_get(handle, path, "SELECT count(*) FROM sqlite_schema", error);
    return objects != NULL;
}

static gboolean is_writable(sqlite3 *handle, const char *path, GError **error)
{
    /* The engine opens a file it may not write as one to read, without a word. */
    if (!sqlite3_db_readonly(handle, "main"))
        return TRUE;
    engine_error(NULL, path, SQLITE_READONLY, NULL, error);
    return FALSE;
}

gboolean engine_salt_fits(sqlite3 *handle, const Secret *key)
{
    guint8 salt[DB_SALT_BYTES];
    sqlite3_file *file = NULL;

    /* The engine's own file: closing another one would let go of the locks. */
    sqlite3_file_control(handle, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    return !file || !file->pMethods ||
           file->pMethods->xRead(file, salt, sizeof salt, 0) != SQLITE_OK ||
           memcmp(salt, key->bytes + DB_DATA_KEY_BYTES, sizeof salt) == 0;
}

sqlite3 *engine_open_and_look(const char *path, const char *vfs, const Secret *key,
                              gboolean read_only, gboolean *salt_changed, GError **error)
{
    int flags = (read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) | SQLITE_OPEN_NOMUTEX |
                SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE;
    sqlite3 *handle = NULL;
    int code = sqlite3_open_v2(path, &handle, flags, vfs);

    if (code != SQLITE_OK) {
        engine_error(handle, path, code, NULL, error);
    } else {
        sqlite3_busy_handler(handle, wait_for_lock, NULL);
        *salt_changed = !engine_salt_fits(handle, key);
        if (configure(handle, error) && unlock(handle, path, key, error) &&
            (read_only || is_writable(handle, path, error)) && apply_settings(handle, path, error))
            return handle;
    }
    sqlite3_close(handle);
    return NULL;
}

sqlite3 *engine_open(const char *path, const char *vfs, const Secret *key, gboolean read_only,
                     GError **error)
{
    gboolean salt_changed;

    return engine_open_and_look(path, vfs, key, read_only, &salt_changed, error);
}
