/* visits_pdf.h: a client's visits on paper: the period, its sums with their definitions, and each
 * visit with what came of it, why, in whose words, what was offered and the new time. Of somebody
 * with protected identity neither number nor address is printed. */
#pragma once

#include "base/date.h"
#include "care/unit/session.h"

typedef struct {
    gint64 client_id;
    Date from, to;  /* both included; DATE_NONE: from the first, to the last */
    gboolean words; /* with own words; whose they are stands in the log */
} VisitsPaperOrder;

/* All that stands on it, read at once. PERMIT_CLIENT_READ and the right to open the card
 * (client_guard.h). New. */
typedef struct VisitsPaper VisitsPaper;
VisitsPaper *visits_paper_new(Session *session, const VisitsPaperOrder *order, GError **error);
void visits_paper_free(VisitsPaper *paper);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VisitsPaper, visits_paper_free)
/* How many visits there are on it. */
guint visits_paper_count(const VisitsPaper *paper);
/* Notes the export in the log: before it is written. */
gboolean visits_paper_log(const VisitsPaper *paper, Session *session, GError **error);
/* In the program's language. Touches no database, so it can be done apart (base/apart.h). Errors as
 * paper_new() and paper_write(). */
gboolean visits_paper_write(const VisitsPaper *paper, const char *path, gboolean replace,
                            GError **error);
