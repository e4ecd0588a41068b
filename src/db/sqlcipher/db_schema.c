/* db_schema.c: how a file is built, beside how the program's own steps build one.
 *
 * Schema files were changed in place before they were frozen, so files exist whose version number
 * promises more than they have. What a file should be is found by running the steps on an empty
 * database in memory; what differs is brought up to it with all its rows, or refused. */
#include <string.h>

#include "base/i18n.h"
#include "db/sqlcipher/sqlcipher_private.h"

/* What a table is called while it is built anew beside the old one. */
#define BESIDE "being_mended"

/* What rows get in a column that came to their table without a default; `old` is the old row. */
static const struct {
    const char *table, *column, *value;
} fills[] = {
    {"client_word", "name_key", "(SELECT c.name_key FROM client c WHERE c.id = old.client_id)"},
    {"response", "title", "old.form"},
};

/* A table or index; also what differs, with what is wanted. */
struct SchemaPart {
    char *type, *name;
    char *sql;   /* as the engine keeps it; of an unknown part NULL */
    char *plain; /* what of it is compared */
    SchemaFault fault;
};

static void part_free(gpointer data)
{
    SchemaPart *part = data;

    g_free(part->type);
    g_free(part->name);
    g_free(part->sql);
    g_free(part->plain);
    g_free(part);
}

/* ---- reading --------------------------------------------------------------------------------- */

/* Where a comment that begins at `at` ends; `at` when none begins there. */
static const char *past_comment(const char *at)
{
    const char *end = g_str_has_prefix(at, "--")   ? strchr(at, '\n')
                      : g_str_has_prefix(at, "/*") ? strstr(at + 2, "*/")
                                                   : at;

    if (!end)
        return at + strlen(at);
    return end == at ? at : end + (*end == '*' ? 2 : 1);
}

char *schema_plain(const char *sql)
{
    GString *out = g_string_sized_new(strlen(sql));
    gboolean apart = FALSE; /* blanks or a comment since the last character */

    for (const char *at = sql, *end; *at; at = end) {
        end = past_comment(at);
        if (end > at || g_ascii_isspace(*at) || *at == '"') {
            apart = TRUE;
            end += end == at;
            continue;
        }
        end = *at == '\'' && (end = strchr(at + 1, '\'')) ? end + 1 : at + 1;
        if (apart && out->len > 0 && sql_is_word(out->str[out->len - 1]) && sql_is_word(*at))
            g_string_append_c(out, ' ');
        g_string_append_len(out, at, end - at);
        apart = FALSE;
    }
    return g_string_free(out, FALSE);
}

static gboolean read_parts(sqlite3 *handle, const char *path, GPtrArray *parts, GError **error)
{
    static const char sql[] =
        "SELECT type, name, sql FROM sqlite_schema"
        " WHERE name NOT LIKE 'sqlite^_%' ESCAPE '^' ORDER BY type DESC, name";
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(handle, sql, -1, &statement, NULL);

    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(statement);
        if (code == SQLITE_ROW) {
            SchemaPart *part = g_new0(SchemaPart, 1);
            part->type = g_strdup((const char *)sqlite3_column_text(statement, 0));
            part->name = g_strdup((const char *)sqlite3_column_text(statement, 1));
            part->sql = g_strdup((const char *)sqlite3_column_text(statement, 2));
            part->plain = schema_plain(part->sql ? part->sql : "");
            g_ptr_array_add(parts, part);
        }
    }
    sqlite3_finalize(statement);
    if (code != SQLITE_DONE)
        engine_error(handle, path, code, sql, error);
    return code == SQLITE_DONE;
}

/* What the steps up to `version` build. */
static gboolean wanted_parts(const Migration *list, gsize count, int version, GPtrArray *parts,
                             GError **error)
{
    sqlite3 *handle = NULL;
    gboolean done =
        sqlite3_open_v2(":memory:", &handle,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX,
                        NULL) == SQLITE_OK;

    if (!done)
        fault_set(error, "no database in memory");
    for (gsize i = 0; done && i < count && list[i].number <= version; i++) {
        g_autofree char *text = migrate_dialect(list[i].text);
        done = engine_exec(handle, ":memory:", text, error);
    }
    done = done && read_parts(handle, ":memory:", parts, error);
    sqlite3_close(handle);
    return done;
}

static SchemaPart *find_part(GPtrArray *parts, const SchemaPart *like)
{
    for (guint i = 0; i < parts->len; i++) {
        SchemaPart *part = parts->pdata[i];
        if (strcmp(part->name, like->name) == 0 && strcmp(part->type, like->type) == 0)
            return part;
    }
    return NULL;
}

static void add_different(GPtrArray *different, const SchemaPart *part, SchemaFault fault)
{
    SchemaPart *copy = g_new0(SchemaPart, 1);

    copy->type = g_strdup(part->type);
    copy->name = g_strdup(part->name);
    copy->sql = g_strdup(part->sql);
    copy->fault = fault;
    g_ptr_array_add(different, copy);
}

GPtrArray *schema_compare(sqlite3 *handle, const char *path, const Migration *list, gsize count,
                          int version, GError **error)
{
    g_autoptr(GPtrArray) there = g_ptr_array_new_with_free_func(part_free);
    g_autoptr(GPtrArray) wanted = g_ptr_array_new_with_free_func(part_free);
    g_autoptr(GPtrArray) different = g_ptr_array_new_with_free_func(part_free);

    if (!read_parts(handle, path, there, error) ||
        !wanted_parts(list, count, version, wanted, error))
        return NULL;
    for (guint i = 0; i < wanted->len; i++) {
        const SchemaPart *part = wanted->pdata[i], *has = find_part(there, part);
        if (!has || strcmp(has->plain, part->plain) != 0)
            add_different(different, part, has ? SCHEMA_OTHER : SCHEMA_MISSING);
    }
    for (guint i = 0; i < there->len; i++)
        if (!find_part(wanted, there->pdata[i]))
            add_different(different, there->pdata[i], SCHEMA_UNKNOWN);
    return g_steal_pointer(&different);
}

char *schema_sum(sqlite3 *handle, const char *path, const Migration *list, gsize count, int version,
                 GError **error)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree char *built = engine_get(
        handle, path,
        "SELECT group_concat(type || ' ' || name || ' ' || coalesce(sql, ''), char(10)) FROM"
        " (SELECT type, name, sql FROM sqlite_schema ORDER BY type, name)",
        error);

    if (!built)
        return NULL;
    g_checksum_update(sum, (const guchar *)built, -1);
    for (gsize i = 0; i < count && list[i].number <= version; i++)
        g_checksum_update(sum, (const guchar *)list[i].text, -1);
    return g_strdup(g_checksum_get_string(sum));
}

gboolean schema_is_short(GPtrArray *different)
{
    for (guint i = 0; i < different->len; i++)
        if (((const SchemaPart *)different->pdata[i])->fault != SCHEMA_UNKNOWN)
            return TRUE;
    return FALSE;
}

char *schema_sentence(const SchemaPart *part)
{
    const char *format = part->fault == SCHEMA_MISSING
                             ? _("The part %s of the database is missing. Restore the latest "
                                 "backup, or ask for help with this message.")
                         : part->fault == SCHEMA_OTHER
                             ? _("The part %s of the database is not built as Dagsform builds it. "
                                 "Restore the latest backup, or ask for help with this message.")
                             : _("The database has a part %s that Dagsform has not made. Ask for "
                                 "help with this message.");

    return g_strdup_printf(format, part->name);
}

/* ---- mending --------------------------------------------------------------------------------- */

/* The first column of every row, joined with ", "; "" when there is no row. New; NULL: an error. */
static char *joined(Db *db, const char *sql, GError **error)
{
    g_autofree char *all =
        g_strdup_printf("SELECT coalesce(group_concat(c, ', '), '') FROM (%s)", sql);

    return engine_get(db->handle, db->path, all, error);
}

#define COLUMNS_OF "SELECT name AS c FROM pragma_table_info('%s')"

/* A file that holds more than this version knows, or lacks what cannot be made up. */
static gboolean refuse(Db *db, const char *table, const char *columns, GError **error)
{
    g_set_error(
        error, DAGSFORM_ERROR, ERROR_CORRUPT,
        _("The part %s of the database %s is not built as Dagsform builds it, and cannot be "
          "put right without losing something (%s). Nothing was changed; ask for help with "
          "this message."),
        table, db->path, columns);
    return FALSE;
}

/* Adds to the copied columns and their values those of `lacking` (as joined() has it) that `fills`
 * has for `table`. The first one it has not, or NULL. New. */
static char *fill(const char *table, const char *lacking, GString *columns, GString *values)
{
    g_auto(GStrv) names = g_strsplit(lacking, ", ", -1);

    for (gsize i = 0; names[i]; i++) {
        gsize nth = 0;
        while (nth < G_N_ELEMENTS(fills) &&
               (strcmp(fills[nth].table, table) != 0 || strcmp(fills[nth].column, names[i]) != 0))
            nth++;
        if (nth == G_N_ELEMENTS(fills))
            return g_strdup(names[i]);
        g_string_append_printf(columns, ", %s", fills[nth].column);
        g_string_append_printf(values, ", %s", fills[nth].value);
    }
    return NULL;
}

/* Every row of `table` into the one beside it. */
static gboolean copy_rows(Db *db, const char *table, GError **error)
{
    g_autofree char *there = g_strdup_printf(COLUMNS_OF, table);
    g_autofree char *new = g_strdup_printf(COLUMNS_OF, BESIDE);
    g_autofree char *more_sql = g_strdup_printf("%s EXCEPT %s", there, new);
    g_autofree char *same_sql = g_strdup_printf("%s INTERSECT %s", there, new);
    g_autofree char *lacking_sql =
        g_strdup_printf("%s WHERE \"notnull\" AND dflt_value IS NULL EXCEPT %s", new, there);
    g_autofree char *more = joined(db, more_sql, error);
    g_autofree char *same = more ? joined(db, same_sql, error) : NULL;
    g_autofree char *lacking = same ? joined(db, lacking_sql, error) : NULL;
    g_autofree char *unfilled = NULL, *sql = NULL;

    if (!lacking)
        return FALSE;
    if (*more)
        return refuse(db, table, more, error);
    g_autoptr(GString) columns = g_string_new(same), values = g_string_new(same);
    if ((unfilled = fill(table, lacking, columns, values)))
        return refuse(db, table, unfilled, error);
    sql = g_strdup_printf("INSERT INTO " BESIDE " (%s) SELECT %s FROM %s AS old", columns->str,
                          values->str, table);
    return engine_exec(db->handle, db->path, sql, error);
}

/* sqlite.org/lang_altertable.html, section 7: built beside, filled, put in the old one's place. */
static gboolean build_anew(Db *db, const SchemaPart *table, GError **error)
{
    const char *body = strchr(table->sql, '(');
    g_autofree char *create = g_strconcat("CREATE TABLE " BESIDE " ", body, NULL);
    g_autofree char *replace = g_strdup_printf("DROP TABLE %s; ALTER TABLE " BESIDE " RENAME TO %s",
                                               table->name, table->name);

    return engine_exec(db->handle, db->path, create, error) && copy_rows(db, table->name, error) &&
           engine_exec(db->handle, db->path, replace, error);
}

static gboolean mend_part(Db *db, const SchemaPart *part, GError **error)
{
    g_autofree char *drop = g_strdup_printf("DROP %s %s", part->type, part->name);

    if (part->fault == SCHEMA_OTHER && strcmp(part->type, "table") == 0)
        return build_anew(db, part, error);
    return (part->fault == SCHEMA_MISSING || engine_exec(db->handle, db->path, drop, error)) &&
           engine_exec(db->handle, db->path, part->sql, error);
}

/* Those of one type, so that tables come before the indexes that went with the old ones. */
static gboolean mend_type(Db *db, const Migration *list, gsize count, int version, const char *type,
                          GError **error)
{
    g_autoptr(GPtrArray) different =
        schema_compare(db->handle, db->path, list, count, version, error);

    for (guint i = 0; different && i < different->len; i++) {
        const SchemaPart *part = different->pdata[i];
        if (part->fault != SCHEMA_UNKNOWN && strcmp(part->type, type) == 0 &&
            !mend_part(db, part, error))
            return FALSE;
    }
    return different != NULL;
}

gboolean schema_mend(Db *db, const Migration *list, gsize count, int version, GError **error)
{
    g_autoptr(GPtrArray) left = NULL;

    if (!mend_type(db, list, count, version, "table", error) ||
        !mend_type(db, list, count, version, "index", error) ||
        !(left = schema_compare(db->handle, db->path, list, count, version, error)))
        return FALSE;
    if (!schema_is_short(left))
        return TRUE;
    fault_set(error, "the schema is not as it was mended to be");
    return FALSE;
}
