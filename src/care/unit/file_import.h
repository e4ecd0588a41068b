/* file_import.h: which files have been read in, and how their columns were mapped. */
#pragma once

#include "care/unit/session.h"

typedef struct {
    gint64 id;
    char *file_name, *file_hash, *encoding; /* name without its folder; BLAKE2b-256 of the bytes */
    int rows, imported, duplicates, rejected;
} FileImport;

/* Draws the id, to stand beside each visit. Inside the transaction of the import. 0 on error. */
gint64 file_import_begin(Session *session, GError **error);
/* Writes the row and the audit entry, same transaction. */
gboolean file_import_finish(Session *session, const FileImport *import, GError **error);

/* The same of a file that was only looked through: there is the audit entry alone. */
gboolean file_import_looked(Session *session, const FileImport *import, GError **error);
/* An entry for each client whose number stood in the file, and whose card the reader may not open,
 * since such numbers could be tried out. Same transaction. */
gboolean file_import_met(Session *session, const gint64 *clients, gsize count, GError **error);

/* The mapping remembered for a heading line; NULL without error when there is none. New. */
char *file_import_mapping(Session *session, const char *heading, GError **error);
gboolean file_import_remember(Session *session, const char *heading, const char *mapping,
                              GError **error);
