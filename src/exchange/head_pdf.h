/* head_pdf.h: the code of the log's head on a page of its own, to be kept outside (audit_head.h). */
#pragma once

#include "care/unit/session.h"

/* Writes it to the new file `path`, and in the log that it was; `*code` (new) is what stands on the page: of
 * the entry that says so. PERMIT_BACKUP. FALSE with `error`: then there is no file. */
gboolean head_paper_write(Session *session, const char *path, char **code, GError **error);
