/* The manifest is a key file of GLib's. What is sealed is not its bytes but the one text that its
 * values make, so blanks or comments mean nothing. */
#include "care/unit/backup_manifest.h"

#include <sodium.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"

/* 2 is that of one with forms, which a program that knows none would not put back. */
#define FORMAT 2
#define FORMAT_WITHOUT_FORMS 1
#define MOST_BYTES ((gsize)1 << 20)
#define KEY_BYTES 32
#define MAC_BYTES 32
#define MAC_HEX (2 * MAC_BYTES + 1)

static DbTable *table_new(const char *name, gint64 rows)
{
    DbTable *table = g_new0(DbTable, 1);

    table->name = g_strdup(name);
    table->rows = rows;
    return table;
}

static void table_free(gpointer data)
{
    DbTable *table = data;

    g_free(table->name);
    g_free(table);
}

static BackupManifest *manifest_empty(void)
{
    BackupManifest *manifest = g_new0(BackupManifest, 1);

    manifest->tables = g_ptr_array_new_with_free_func(table_free);
    manifest->forms = g_ptr_array_new_with_free_func((GDestroyNotify)backup_form_free);
    return manifest;
}

void backup_manifest_free(BackupManifest *manifest)
{
    if (!manifest)
        return;
    g_free(manifest->program);
    g_free(manifest->database_id);
    g_free(manifest->log);
    g_free(manifest->keys);
    g_free(manifest->mac);
    g_ptr_array_unref(manifest->tables);
    g_ptr_array_unref(manifest->forms);
    g_free(manifest);
}

static const char *setting(const DbContents *contents, const char *key)
{
    const char *value = g_hash_table_lookup(contents->meta, key);

    return value ? value : "";
}

BackupManifest *backup_manifest_new(const DbContents *contents, guint64 generation,
                                    const char *keys, gint64 made_ms)
{
    BackupManifest *manifest = manifest_empty();

    manifest->program = g_strdup(DAGSFORM_VERSION);
    manifest->database_id = g_strdup(setting(contents, "database_id"));
    manifest->schema = contents->version;
    manifest->generation = generation;
    manifest->made_ms = made_ms;
    manifest->log = g_strdup(setting(contents, "audit_mac"));
    manifest->keys = g_strdup(keys);
    for (guint i = 0; i < contents->tables->len; i++) {
        const DbTable *table = contents->tables->pdata[i];
        g_ptr_array_add(manifest->tables, table_new(table->name, table->rows));
    }
    return manifest;
}

/* --- the text --------------------------------------------------------------------------------- */

static GString *body(const BackupManifest *manifest)
{
    GString *text = g_string_new(NULL);

    g_string_append_printf(text,
                           "[backup]\nformat=%d\nprogram=%s\ndatabase=%s\nschema=%d\n"
                           "generation=%" G_GUINT64_FORMAT "\nmade=%" G_GINT64_FORMAT
                           "\nlog=%s\nkeys=%s\n\n[rows]\n",
                           manifest->forms->len > 0 ? FORMAT : FORMAT_WITHOUT_FORMS,
                           manifest->program, manifest->database_id, manifest->schema,
                           manifest->generation, manifest->made_ms, manifest->log, manifest->keys);
    for (guint i = 0; i < manifest->tables->len; i++) {
        const DbTable *table = manifest->tables->pdata[i];
        g_string_append_printf(text, "%s=%" G_GINT64_FORMAT "\n", table->name, table->rows);
    }
    if (manifest->forms->len > 0)
        g_string_append(text, "\n[forms]\n");
    for (guint i = 0; i < manifest->forms->len; i++) {
        const BackupForm *form = manifest->forms->pdata[i];
        g_string_append_printf(text, "%s=%s\n", form->name, form->sum);
    }
    return text;
}

static Secret *subkey(const Secret *data_key, const char *purpose)
{
    Secret *key = secret_new(KEY_BYTES);

    crypto_generichash(key->bytes, key->length, (const guint8 *)purpose, strlen(purpose),
                       data_key->bytes, KEY_BYTES);
    return key;
}

Secret *backup_digest_key(const Secret *data_key)
{
    return subkey(data_key, "dagsform backup digest");
}

static void seal(const GString *text, const Secret *data_key, char *hex)
{
    g_autoptr(Secret) key = subkey(data_key, "dagsform backup manifest");
    guint8 mac[MAC_BYTES];

    crypto_generichash(mac, sizeof mac, (const guint8 *)text->str, text->len, key->bytes,
                       key->length);
    sodium_bin2hex(hex, MAC_HEX, mac, sizeof mac);
}

char *backup_manifest_text(const BackupManifest *manifest, const Secret *data_key)
{
    GString *text = body(manifest);
    char hex[MAC_HEX];

    seal(text, data_key, hex);
    g_string_append_printf(text, "\n[seal]\nmac=%s\n", hex);
    return g_string_free(text, FALSE);
}

gboolean backup_manifest_fits(const BackupManifest *manifest, const Secret *data_key)
{
    g_autoptr(GString) text = body(manifest);
    char hex[MAC_HEX];

    seal(text, data_key, hex);
    return strlen(manifest->mac) == MAC_HEX - 1 &&
           sodium_memcmp(manifest->mac, hex, MAC_HEX - 1) == 0;
}

/* --- reading ---------------------------------------------------------------------------------- */

static gboolean take_texts(GKeyFile *file, BackupManifest *manifest)
{
    const struct {
        const char *group, *key;
        char **place;
    } texts[] = {
        {"backup", "program", &manifest->program}, {"backup", "database", &manifest->database_id},
        {"backup", "log", &manifest->log},         {"backup", "keys", &manifest->keys},
        {"seal", "mac", &manifest->mac},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        if (!(*texts[i].place = g_key_file_get_value(file, texts[i].group, texts[i].key, NULL)))
            return FALSE;
    return TRUE;
}

static gboolean take_number(GKeyFile *file, const char *group, const char *key, guint64 *number)
{
    g_autofree char *text = g_key_file_get_value(file, group, key, NULL);

    return text && g_ascii_string_to_unsigned(text, 10, 0, G_MAXINT64, number, NULL);
}

static gboolean take_rows(GKeyFile *file, BackupManifest *manifest)
{
    g_auto(GStrv) names = g_key_file_get_keys(file, "rows", NULL, NULL);

    for (gsize i = 0; names && names[i]; i++) {
        guint64 rows;
        if (!take_number(file, "rows", names[i], &rows))
            return FALSE;
        g_ptr_array_add(manifest->tables, table_new(names[i], (gint64)rows));
    }
    return names != NULL;
}

static gboolean take_forms(GKeyFile *file, BackupManifest *manifest)
{
    g_auto(GStrv) names = g_key_file_get_keys(file, "forms", NULL, NULL);

    for (gsize i = 0; names && names[i]; i++) {
        g_autofree char *sum = g_key_file_get_value(file, "forms", names[i], NULL);
        if (!sum || !backup_form_is_name(names[i]))
            return FALSE;
        g_ptr_array_add(manifest->forms, backup_form_new(names[i], sum));
    }
    return TRUE;
}

static gboolean take_all(GKeyFile *file, BackupManifest *manifest)
{
    guint64 schema, made;

    if (!take_texts(file, manifest) || !take_number(file, "backup", "schema", &schema) ||
        !take_number(file, "backup", "generation", &manifest->generation) ||
        !take_number(file, "backup", "made", &made) || schema > G_MAXINT)
        return FALSE;
    manifest->schema = (int)schema;
    manifest->made_ms = (gint64)made;
    return take_rows(file, manifest) && take_forms(file, manifest);
}

BackupManifest *backup_manifest_parse(const char *text, gsize length, GError **error)
{
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autoptr(BackupManifest) manifest = manifest_empty();
    guint64 format = 0;

    if (!g_utf8_validate(text, (gssize)length, NULL) ||
        !g_key_file_load_from_data(file, text, length, G_KEY_FILE_NONE, NULL) ||
        !take_number(file, "backup", "format", &format) ||
        (format <= FORMAT && (format < 1 || !take_all(file, manifest)))) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CORRUPT,
                            _("What the backup says of itself is damaged, so it cannot be trusted. "
                              "Take another backup."));
        return NULL;
    }
    if (format > FORMAT) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_VERSION,
                            _("The backup was made by a newer version of Dagsform. Install that "
                              "version to restore it."));
        return NULL;
    }
    return g_steal_pointer(&manifest);
}

BackupManifest *backup_manifest_read(const char *backup, GError **error)
{
    g_autofree char *path = g_build_filename(backup, BACKUP_MANIFEST, NULL);
    gsize length = 0;

    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                    _("%s is not a backup of Dagsform's. Name the folder that “dagsform backup” "
                      "made."),
                    backup);
        return NULL;
    }
    g_autofree char *text = file_read(path, MOST_BYTES, &length, error);
    return text ? backup_manifest_parse(text, length, error) : NULL;
}

/* --- comparing -------------------------------------------------------------------------------- */

char *backup_manifest_differs(const BackupManifest *manifest, const DbContents *contents)
{
    g_autoptr(BackupManifest) found =
        backup_manifest_new(contents, manifest->generation, manifest->keys, manifest->made_ms);

    if (found->schema != manifest->schema || strcmp(found->log, manifest->log) != 0 ||
        strcmp(found->database_id, manifest->database_id) != 0)
        return g_strdup("meta");
    for (guint i = 0; i < MAX(found->tables->len, manifest->tables->len); i++) {
        const DbTable *a = i < found->tables->len ? found->tables->pdata[i] : NULL;
        const DbTable *b = i < manifest->tables->len ? manifest->tables->pdata[i] : NULL;
        if (!a || !b || strcmp(a->name, b->name) != 0 || a->rows != b->rows)
            return g_strdup(a ? a->name : b->name);
    }
    return NULL;
}

gint64 backup_manifest_entry(const BackupManifest *manifest)
{
    return g_ascii_strtoll(manifest->log, NULL, 10);
}

gint64 backup_manifest_rows(const BackupManifest *manifest)
{
    gint64 rows = 0;

    for (guint i = 0; i < manifest->tables->len; i++)
        rows += ((const DbTable *)manifest->tables->pdata[i])->rows;
    return rows;
}
