/* export.h: what the unit keeps, as a file for others: a table of rows, written as CSV, as a
 * spreadsheet or as JSON; of one's own visits also a calendar.
 *
 * Who may is asked where the rows are read (care/): the file has what the signed-in person sees in
 * the lists. Persons with protected identity are left out, and counted, unless they are asked for;
 * then each of them has a line in the log. What somebody has said, and notes, are only written when
 * asked for. Every export is logged before there is a file: what, of which days, as what, how many
 * rows. A file is written whole or not at all. */
#pragma once

#include "care/unit/session.h"
#include "care/visit/visit_behind.h"

typedef enum {
    EXPORT_VISITS,
    EXPORT_RESPONSES,
    EXPORT_TASKS,
    EXPORT_WEEK,
    EXPORT_CLIENTS,
    EXPORT_WHAT_COUNT
} ExportWhat;
const char *export_what_code(ExportWhat what); /* "visits" */
const char *export_what_name(ExportWhat what); /* translated, "Visits" */
gboolean export_what_parse(const char *code, ExportWhat *what);

typedef enum { EXPORT_CSV, EXPORT_XLSX, EXPORT_JSON, EXPORT_ICS, EXPORT_FORMAT_COUNT } ExportFormat;
const char *export_format_code(ExportFormat format); /* "csv", which its files end in too */
gboolean export_format_parse(const char *code, ExportFormat *format);

/* Called now and then with a share 0-1 of the rows where it is known, else 0; FALSE breaks off
 * (ERROR_CANCELLED). */
typedef gboolean (*ExportProgress)(double share, gpointer data);

typedef struct {
    ExportWhat what;
    ExportFormat format;
    Date from, to;  /* both included; DATE_NONE: from the first, to the last. Weeks: those with one
                       of the days */
    gboolean words; /* with own words and notes */
    gboolean protected;        /* with those who have protected identity, as the lists show them */
    gboolean names;            /* of a calendar: with the names of one's own clients who have no
                                  protected identity; else it names nobody */
    gboolean strict;           /* CSV to the letter of RFC 4180; else as Swedish Excel opens it */
    const VisitQuery *visits;  /* of EXPORT_VISITS: which, as visit_behind() takes it; its days are
                                  not used; NULL: all */
    const char *search;        /* of EXPORT_CLIENTS, as client_list() takes it, and of EXPORT_TASKS, as
                                  task_list() does; NULL: all */
    gboolean mine;             /* of EXPORT_TASKS and EXPORT_CLIENTS: one's own */
    ExportProgress progress;   /* NULL: none */
    gpointer progress_data;
} ExportOrder;

typedef struct {
    gint64 rows;
    gint64 protected; /* rows left out: of persons with protected identity, or whose card may not be
                         opened */
} ExportResult;

/* Writes the file at `path` (file_draft.h says how). ERROR_DENIED where the role does not allow it,
 * ERROR_READONLY where nothing can be written in the log, ERROR_INPUT for what there is not in that
 * format; others as file_draft_new(). Nothing is left then. */
gboolean export_file(Session *session, const ExportOrder *order, const char *path, gboolean replace,
                     ExportResult *result, GError **error);
/* The same as a text, which is logged before it is handed out; a spreadsheet is none. New. */
GString *export_text(Session *session, const ExportOrder *order, ExportResult *result,
                     GError **error);
