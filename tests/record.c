/* record.c: notes each SQL statement that a test has run, or a commit would have run after an
 * error, with the types of its parameters, for tests/postgres/statements.c. Linked with the tests
 * of every floor that stands on the database; the linker leads their calls of these functions here
 * (ld's --wrap). */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/record.h"

static int by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* NAME:TYPE for each parameter, in the order of their names, then the statement; both end in NUL.
 */
static GString *as_noted(const char *sql, const DbParam *params)
{
    static const char types[] = {
        [DB_TYPE_INT] = 'i', [DB_TYPE_REAL] = 'r', [DB_TYPE_TEXT] = 't', [DB_TYPE_BLOB] = 'b'};
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    GString *note = g_string_new(NULL);

    for (; params && params->type != DB_TYPE_END; params++)
        g_ptr_array_add(names, g_strdup_printf("%s:%c ", params->name, types[params->type]));
    g_ptr_array_sort(names, by_text);
    for (guint i = 0; i < names->len; i++)
        g_string_append(note, names->pdata[i]);
    g_string_append_c(note, '\0');
    g_string_append_len(note, sql, (gssize)strlen(sql) + 1);
    return note;
}

/* A note is written in one go, so that many programs share the file. */
void record_note(const char *sql, const DbParam *params)
{
    static GHashTable *noted;
    const char *path = getenv("DAGSFORM_TEST_STATEMENTS");
    g_autoptr(GBytes) bytes = path ? g_string_free_to_bytes(as_noted(sql, params)) : NULL;
    int file;

    if (!noted)
        noted =
            g_hash_table_new_full(g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
    if (!bytes || !g_hash_table_add(noted, g_bytes_ref(bytes)))
        return;
    file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    /* A test may have taken all room away: then another time. */
    if (file < 0 || write(file, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)) < 0)
        g_hash_table_remove(noted, bytes);
    close(file);
}

DbStatement *__real_db_query(Db *db, const char *sql, const DbParam *params, GError **error);
DbStatement *__wrap_db_query(Db *db, const char *sql, const DbParam *params, GError **error);
DbStatement *__wrap_db_query(Db *db, const char *sql, const DbParam *params, GError **error)
{
    record_note(sql, params);
    return __real_db_query(db, sql, params, error);
}

gboolean __real_db_run(Db *db, const char *sql, const DbParam *params, GError **error);
gboolean __wrap_db_run(Db *db, const char *sql, const DbParam *params, GError **error);
gboolean __wrap_db_run(Db *db, const char *sql, const DbParam *params, GError **error)
{
    record_note(sql, params);
    return __real_db_run(db, sql, params, error);
}

gboolean __real_db_run_later(Db *db, const char *sql, const DbParam *params, GError **error);
gboolean __wrap_db_run_later(Db *db, const char *sql, const DbParam *params, GError **error);
gboolean __wrap_db_run_later(Db *db, const char *sql, const DbParam *params, GError **error)
{
    record_note(sql, params);
    return __real_db_run_later(db, sql, params, error);
}

gboolean __real_db_get_int(Db *db, const char *sql, const DbParam *params, gint64 fallback,
                           gint64 *value, GError **error);
gboolean __wrap_db_get_int(Db *db, const char *sql, const DbParam *params, gint64 fallback,
                           gint64 *value, GError **error);
gboolean __wrap_db_get_int(Db *db, const char *sql, const DbParam *params, gint64 fallback,
                           gint64 *value, GError **error)
{
    record_note(sql, params);
    return __real_db_get_int(db, sql, params, fallback, value, error);
}

gboolean __real_db_get_text(Db *db, const char *sql, const DbParam *params, char **value,
                            GError **error);
gboolean __wrap_db_get_text(Db *db, const char *sql, const DbParam *params, char **value,
                            GError **error);
gboolean __wrap_db_get_text(Db *db, const char *sql, const DbParam *params, char **value,
                            GError **error)
{
    record_note(sql, params);
    return __real_db_get_text(db, sql, params, value, error);
}
