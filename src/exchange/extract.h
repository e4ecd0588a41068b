/* extract.h: all that the unit keeps about one person (registerutdrag), for the one it is about:
 * article 15 of the General Data Protection Regulation (EU) 2016/679.
 *
 * Card, consents, decisions, series, visits with what was recorded on them before, forms with every
 * answer, calls, tasks, placements, groups, and how often it has been opened. The paper and the
 * JSON hold the same. Who names somebody else in a form (a relative, whoever told of the person)
 * may not be told to have done so before that has been weighed (26 kap. 1 § and 10 kap. 3 § OSL
 * (2009:400)): such answers are left out, and counted, unless they are asked for. No program finds
 * a name in a free text: the first page says that somebody reads it through. */
#pragma once

#include "care/unit/session.h"

typedef struct {
    int left_out; /* answers that name somebody else */
} ExtractResult;

/* Writes it to `path`, a new file, as its ending says: .pdf or .json (ERROR_INPUT for another).
 * `others`: with the answers that name somebody else. Stands in the log, before there is a file, as
 * "extract" of the client. PERMIT_INTERVIEW, without which it would not be whole, and the right to
 * open the card. Errors as file_draft_new(). Nothing is left then. */
gboolean extract_write(Session *session, gint64 client_id, gboolean others, const char *path,
                       ExtractResult *result, GError **error);
