/* visit_import_private.h: what the files of visit_import share. */
#pragma once

#include "exchange/csv.h"
#include "exchange/visit_import.h"

struct VisitImport {
    Session *session;
    char *path, *hash;
    char *text; /* the whole file as UTF-8; never changed */
    gsize length;
    Encoding encoding;
    char separator;
    gsize heading_at; /* where the row of headings is read from, */
    int line_at;      /* and which line that is; empty ones may lie between */
    int heading_line;
    char *heading_text; /* as they stand, to remember the mapping by */
    GStrv headings;
    int columns;
    ColumnKind *kinds;
    gboolean *settled;           /* recognised, remembered or said by somebody */
    GPtrArray *faults, *remarks; /* ImportFault * */
};

/* The bytes of a file with a NUL behind them, new; NULL with a sentence. (visit_import_file.c) */
char *visit_import_read_file(const char *path, gsize *length, GError **error);
/* `bytes` are taken over. */
gboolean visit_import_read_text(VisitImport *import, char *bytes, gsize length,
                                const ImportOptions *options, GError **error);
gboolean visit_import_read_headings(VisitImport *import, GError **error);
/* The rows behind the headings; `heading` is theirs. */
CsvReader *visit_import_rows(const VisitImport *import, CsvRow *heading);

/* What each column is, by its heading, by codes remembered, by a map file. (visit_import_mapping.c)
 */
void visit_import_recognise(VisitImport *import);
char *visit_import_mapping(const VisitImport *import); /* the codes; new */
void visit_import_apply_mapping(VisitImport *import, const char *mapping);
gboolean visit_import_apply_map(VisitImport *import, const char *path, GError **error);

/* What visit_import_open() does without a session. `bytes`, with a NUL behind them, are taken
 * over. */
VisitImport *visit_import_from_bytes(char *bytes, gsize length, const ImportOptions *options,
                                     GError **error);

void import_fault_free(ImportFault *fault);
/* Notes a refusal for what stands in the column of `kind`; COLUMN_SKIP: for the row as a whole.
 * `reason` is taken over; what it quotes from the file must have passed visit_import_quote(). */
void visit_import_refuse(VisitImport *import, int line, ColumnKind kind, char *reason);
/* The same of a row that is read in without what stands there. */
void visit_import_remark(VisitImport *import, int line, ColumnKind kind, char *reason);
/* What a cell says: without blanks round it, without what spreadsheets put before and round a text
 * that looks like a number or a formula ('=1+1, ="0123"). In place; points into `cell`. */
char *visit_import_tidy(char *cell);
/* A cell for a sentence: nothing a terminal acts on, and no longer than one reads. New. */
char *visit_import_quote(const char *cell);
/* A day, a time of day or both. */
typedef struct {
    Date date;  /* DATE_NONE: none */
    int minute; /* of the day; -1: none */
} ImportMoment;
/* "2026-05-11", "20260511", "8:30", "0830", "08:30:00", or a day and a time with a T or blanks
 * between them; a time with a zone ("Z", "+01:00") is moved to the unit's own. FALSE: none of
 * these. Pure but for the time zone of the machine. (visit_import_time.c) */
gboolean visit_import_moment(const char *text, ImportMoment *moment);

/* Two spellings of one person share at least one word, "Essen, Yusuf" and "Yusuf Essen"; nothing
 * is said of an empty name. */
gboolean visit_import_names_meet(const char *a, const char *b);

/* One row that has passed every check, ready to be added (visit_import_row.c). */
typedef struct {
    guint client; /* index into the import's clients */
    guint staff;  /* index + 1; 0: nobody */
    Date date;
    gint16 start, minutes;
    guint8 outcome, by, source, mode, told, alternative;
    gint8 taken;                 /* 1 yes, 0 no, -1 not known */
    gint16 notice;               /* -1: not known */
    const char *cause, *further; /* codes, interned; NULL */
    const char *words, *note;    /* owned by the checker; NULL: none */
    int line;
} ImportVisit;

typedef struct {
    char *number, *name;
    IdNumber id;
    int line;       /* where it was first met */
    gboolean meant; /* a row that passed is this client's */
    gint64 client_id;
} ImportClient;

typedef struct {
    char *text;
    gint64 staff_id;
} ImportStaff;

/* Checks rows one by one; people met are gathered once each. `form` has the outcomes and causes;
 * `today` tells the century of a number of ten digits. */
typedef struct RowChecker RowChecker;
RowChecker *row_checker_new(VisitImport *import, const Form *form, Date today);
void row_checker_free(RowChecker *checker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RowChecker, row_checker_free)
/* FALSE when the row is refused (visit_import_refuse() has been called). */
gboolean row_checker_take(RowChecker *checker, const CsvRow *row, ImportVisit *visit);
GArray *row_checker_clients(RowChecker *checker); /* ImportClient */
GArray *row_checker_staff(RowChecker *checker);   /* ImportStaff */
