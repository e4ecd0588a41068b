/* retention_pdf.h: the year's proposal of whom to delete, on paper for the municipality's archive: how many,
 * by which rule, and each client that the reader may see. */
#pragma once

#include "care/client/retention.h"

/* Notes the export in the log, with the number of rows alone, and writes a new file. ERROR_EXISTS, and as
 * paper_new() and paper_write(). */
gboolean retention_paper_write(Session *session, const RetentionProposal *proposal,
                               const GPtrArray *rows, const char *path, GError **error);
