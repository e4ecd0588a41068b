/* file_import.c: files read in, and how their columns were mapped. */
#include "care/unit/file_import.h"

#include "base/clock.h"
#include "care/unit/audit.h"

gint64 file_import_begin(Session *session, GError **error)
{
    return db_new_id(session_db(session), "import", error);
}

/* `action` "import" or "look". */
static gboolean log_file(Session *session, const char *action, const FileImport *import,
                         GError **error)
{
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "file_name", NULL, import->file_name);
    audit_changes_text(changes, "file_hash", NULL, import->file_hash);
    audit_changes_int(changes, "imported", 0, import->imported);
    audit_changes_int(changes, "rejected", 0, import->rejected);
    return audit_write(session, action, "import", import->id, 0, changes, error);
}

gboolean file_import_looked(Session *session, const FileImport *import, GError **error)
{
    return log_file(session, "look", import, error);
}

gboolean file_import_met(Session *session, const gint64 *clients, gsize count, GError **error)
{
    for (gsize i = 0; i < count; i++)
        if (!audit_write(session, "met", "client", clients[i], clients[i], NULL, error))
            return FALSE;
    return TRUE;
}

gboolean file_import_finish(Session *session, const FileImport *import, GError **error)
{
    return db_run(session_db(session),
                  "INSERT INTO import (id, unit_id, file_name, file_hash, encoding, row_count,"
                  " imported, duplicates, rejected, imported_ms, imported_by)"
                  " VALUES (:id, :unit, :name, :hash, :encoding, :rows, :imported, :duplicates,"
                  " :rejected, :at, :by)",
                  DB_PARAMS(DB_INT("id", import->id), DB_INT("unit", session_unit_id(session)),
                            DB_TEXT("name", import->file_name), DB_TEXT("hash", import->file_hash),
                            DB_TEXT("encoding", import->encoding), DB_INT("rows", import->rows),
                            DB_INT("imported", import->imported),
                            DB_INT("duplicates", import->duplicates),
                            DB_INT("rejected", import->rejected), DB_INT("at", clock_now_ms()),
                            DB_INT("by", session_staff_id(session))),
                  error) &&
           log_file(session, "import", import, error);
}

char *file_import_mapping(Session *session, const char *heading, GError **error)
{
    char *mapping = NULL;
    db_get_text(session_db(session), "SELECT mapping FROM import_map WHERE heading = :heading",
                DB_PARAMS(DB_TEXT("heading", heading)), &mapping, error);
    return mapping;
}

gboolean file_import_remember(Session *session, const char *heading, const char *mapping,
                              GError **error)
{
    return db_run(session_db(session),
                  "INSERT INTO import_map (heading, mapping) VALUES (:heading, :mapping)"
                  " ON CONFLICT (heading) DO UPDATE SET mapping = excluded.mapping",
                  DB_PARAMS(DB_TEXT("heading", heading), DB_TEXT("mapping", mapping)), error);
}
