/* What is newer shows in the log: the present one goes on from the entry where the backup ends. */
#include "care/unit/restore_compare.h"

#include <string.h>

#include "base/i18n.h"

static void add(GPtrArray *sentences, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void add(GPtrArray *sentences, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_ptr_array_add(sentences, g_strdup_vprintf(format, args));
    va_end(args);
}

/* "Nils Korhonen 12, Eva Ek 3", and `*entries` of all. New; NULL on error. */
static char *newer_by_person(Session *present, gint64 from, gint64 *entries, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(DbStatement) rows = db_query(
        session_db(present),
        "SELECT COALESCE(staff.name, '–'), count(*) FROM audit"
        " LEFT JOIN staff ON staff.id = audit.staff_id WHERE audit.node = :node"
        " AND audit.seq > :from"
        " GROUP BY COALESCE(staff.name, '–') ORDER BY count(*) DESC, 1",
        DB_PARAMS(DB_INT("node", db_node(session_db(present))), DB_INT("from", from)), error);
    DbStep step = DB_STEP_ERROR;

    *entries = 0;
    while (rows && (step = db_step(rows, error)) == DB_STEP_ROW) {
        g_string_append_printf(text, "%s%s %" G_GINT64_FORMAT, text->len > 0 ? ", " : "",
                               db_text(rows, 0), db_int(rows, 1));
        *entries += db_int(rows, 1);
    }
    return step == DB_STEP_DONE ? g_strdup(text->str) : NULL;
}

static gboolean say_newer(Session *present, gint64 from, GPtrArray *sentences, GError **error)
{
    gint64 entries = 0;
    g_autofree char *who = newer_by_person(present, from, &entries, error);

    if (who && entries == 0)
        add(sentences, "%s", _("The present database has nothing that the backup has not."));
    else if (who)
        add(sentences,
            ngettext("The present database has %lld later entry in its log, which the restored one "
                     "has not: %s.",
                     "The present database has %lld later entries in its log, which the restored "
                     "one has not: %s.",
                     (gulong)entries),
            (long long)entries, who);
    return who != NULL;
}

/* Logins that are open in `session`. A set of char *; NULL on error. */
static GHashTable *open_logins(Session *session, GError **error)
{
    g_autoptr(GHashTable) logins = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(DbStatement) rows =
        db_query(session_db(session),
                 "SELECT login FROM staff WHERE login IS NOT NULL AND active = 1 ORDER BY login",
                 NULL, error);
    DbStep step = DB_STEP_ERROR;

    while (rows && (step = db_step(rows, error)) == DB_STEP_ROW)
        g_hash_table_add(logins, g_strdup(db_text(rows, 0)));
    return step == DB_STEP_DONE ? g_steal_pointer(&logins) : NULL;
}

static gboolean say_reopened(Session *restored, Session *present, GPtrArray *sentences,
                             GError **error)
{
    g_autoptr(GHashTable) then = open_logins(restored, error);
    g_autoptr(GHashTable) now = then ? open_logins(present, error) : NULL;
    g_autoptr(GString) again = g_string_new(NULL);

    if (!now)
        return FALSE;
    g_autoptr(GList) names = g_list_sort(g_hash_table_get_keys(then), (GCompareFunc)strcmp);
    for (GList *name = names; name; name = name->next)
        if (!g_hash_table_contains(now, name->data))
            g_string_append_printf(again, "%s%s", again->len > 0 ? ", " : "", (char *)name->data);
    if (again->len > 0)
        add(sentences,
            _("These have been closed since, and can sign in to the restored one: %s. Close them "
              "anew with: dagsform user revoke NAME"),
            again->str);
    return TRUE;
}

/* The id is read from the file itself, since each key file fits its own. */
static gboolean is_another(const RestoreCopy *copy, Session *present)
{
    return strcmp(vault_database_id(session_vault(present)), copy->manifest->database_id) != 0;
}

void restore_compare(const RestoreCopy *copy, const SessionOpening *opening, GPtrArray *sentences,
                     gboolean *other)
{
    g_autoptr(GError) failed = NULL;
    g_autoptr(Session) present = NULL;

    *other = FALSE;
    if (!opening->database || !g_file_test(opening->database, G_FILE_TEST_EXISTS))
        return;
    present = session_open_to_look(opening, &failed);
    if (present && (*other = is_another(copy, present)))
        add(sentences, _("The database %s belongs to another unit than the backup."),
            opening->database);
    else if (!present ||
             !say_newer(present, backup_manifest_entry(copy->manifest), sentences, &failed) ||
             !say_reopened(copy->session, present, sentences, &failed))
        add(sentences,
            _("The present database could not be looked at, so what is newer in it is not known. "
              "(%s)"),
            failed->message);
}
