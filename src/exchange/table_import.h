/* table_import.h: reads in a file of rows: visits from a planning system's export, clients from a
 * case system's, staff and decisions too, and visits, clients, tasks and forms as this program
 * exports them.
 *
 * Two steps: look (encoding, separator, columns, the first rows, every fault) and read in. Nothing
 * is guessed: a row with a fault is refused with line, column and reason; the others are read in;
 * an interruption leaves all or nothing of the file. Reading the same file twice adds nothing. */
#pragma once

#include "base/encoding.h"
#include "care/visit/visit.h"

typedef enum {
    IMPORT_ANY, /* what the columns look like */
    IMPORT_VISITS,
    IMPORT_CLIENTS,
    IMPORT_TASKS,
    IMPORT_RESPONSES,
    IMPORT_STAFF,
    IMPORT_DECISIONS,
    IMPORT_WHAT_COUNT
} ImportWhat;
const char *import_what_code(ImportWhat what); /* "visits" */
const char *import_what_name(ImportWhat what); /* translated, "Visits" */
gboolean import_what_parse(const char *code, ImportWhat *what);

/* What a column of the file can be. */
typedef enum {
    COLUMN_SKIP,
    COLUMN_CLIENT_NUMBER,
    COLUMN_ID_NUMBER,
    COLUMN_NAME,
    COLUMN_GIVEN_NAME,
    COLUMN_FAMILY_NAME,
    COLUMN_DATE,
    COLUMN_START,
    COLUMN_END,
    COLUMN_HOURS,   /* length, decimal hours */
    COLUMN_MINUTES, /* length */
    COLUMN_STAFF,   /* code or name of who carries it out */
    COLUMN_OUTCOME, /* empty, or a word such as "Planerad": nothing has come of it yet */
    COLUMN_CAUSE,
    COLUMN_BY,
    COLUMN_SOURCE, /* whose word the cause is */
    COLUMN_NOTICE, /* hours */
    COLUMN_NOTE,
    COLUMN_MODE, /* at home, by phone …; of visits that are not there yet */
    COLUMN_CAUSE_FURTHER,
    COLUMN_TOLD,
    COLUMN_ALTERNATIVE,
    COLUMN_TAKEN, /* whether the alternative was taken: yes or no */
    COLUMN_WORDS,
    COLUMN_BIRTH_DATE, /* from here on: of clients */
    COLUMN_ACTIVE,     /* yes or no */
    COLUMN_PROTECTION,
    COLUMN_OFFICER,  /* code or name of the case officer */
    COLUMN_DUE_DATE, /* from here on: of tasks */
    COLUMN_DUE_TIME,
    COLUMN_TASK_KIND,
    COLUMN_VISIT_DATE, /* which visit it is about */
    COLUMN_VISIT_START,
    COLUMN_NUMBER, /* from here on: of forms, a row for each answer; which form of the file it is */
    COLUMN_CORRECTS,
    COLUMN_BEGUN,
    COLUMN_BEGUN_AT,
    COLUMN_FORM,
    COLUMN_FORM_VERSION,
    COLUMN_SUBJECT, /* named in an intake that has no card */
    COLUMN_RESPONDENT,
    COLUMN_PLACED_FROM, /* of an interview: which placement it follows up */
    COLUMN_PLACED_UNTIL,
    COLUMN_INSTITUTION,
    COLUMN_INSTITUTION_KIND,
    COLUMN_MEETING,
    COLUMN_LANGUAGE,
    COLUMN_COMPLETED,
    COLUMN_COMPLETED_AT,
    COLUMN_NOT_DONE,
    COLUMN_NOT_DONE_WORDS,
    COLUMN_LINK_ID,
    COLUMN_INSTANCE,
    COLUMN_ANSWER, /* as it is stored (answers.h) */
    COLUMN_NO_ANSWER,
    COLUMN_ANSWER_NOTE,
    COLUMN_REASON,
    COLUMN_STAFF_NAME, /* from here on: of staff */
    COLUMN_STAFF_CODE,
    COLUMN_ROLE,
    COLUMN_DECISION, /* from here on: of decisions; what was decided */
    COLUMN_SUPPORT,
    COLUMN_DECIDED, /* on which day */
    COLUMN_VALID_FROM,
    COLUMN_VALID_TO,
    COLUMN_MONTH_HOURS,
    COLUMN_LAW,
    COLUMN_SECTION,
    COLUMN_REASONS,
    COLUMN_DECIDED_BY,
    COLUMN_DELEGATION,
    COLUMN_COUNT
} ColumnKind;
/* Whether rows of that kind can have such a column; COLUMN_SKIP is in each. */
gboolean import_what_has(ImportWhat what, ColumnKind kind);
const char *column_code(ColumnKind kind); /* "client-number", in --map files */
const char *column_name(ColumnKind kind); /* translated */
gboolean column_parse(const char *code, ColumnKind *kind);
/* By a Swedish or English heading ("Personnummer", "Visit date"), or by column_name() in any of the
 * program's languages, among those that `what` has; IMPORT_ANY: among all. FALSE, and COLUMN_SKIP,
 * when it is not known. */
gboolean column_recognise(ImportWhat what, const char *heading, ColumnKind *kind);

typedef struct TableImport TableImport;
typedef struct {
    ImportWhat what;
    const char *path;
    const char *map_path; /* --map FILE: "heading = code" lines; NULL: recognised/remembered */
    gboolean encoding_given;
    Encoding encoding;
    gboolean strict; /* a CSV to the letter of RFC 4180 (export.h): nothing stands before a text
                        that is not its own */
} ImportOptions;

/* A row that was refused, or read in without what stands in the column. */
typedef struct {
    int line;
    char *column; /* the heading; NULL when the row as a whole is at fault */
    char *reason; /* translated sentence */
} ImportFault;

typedef struct {
    int rows, imported, duplicates, rejected;
    int changed; /* of staff: those who were there, and are otherwise now */
    int new_clients, new_staff, completed; /* completed: a planned visit got its outcome. A file of
                                              clients counts its own as imported alone */
} ImportResult;

/* Step one. Opens and decodes (of a spreadsheet the first sheet that is shown), finds the headings
 * (a title before them, and a line "sep=;", are passed over) and the separator, recognises columns
 * (a mapping remembered for these headings goes first). At most 256 MB. ERROR_NOT_FOUND,
 * ERROR_INPUT (empty, no heading, not a text file), ERROR_IO. Nothing is written. Needs
 * PERMIT_IMPORT. */
TableImport *table_import_open(Session *session, const ImportOptions *options, GError **error);
void table_import_free(TableImport *import);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TableImport, table_import_free)

ImportWhat table_import_what(const TableImport *import); /* never IMPORT_ANY */
Encoding table_import_encoding(const TableImport *import);
/* The sheet's name where the file is a spreadsheet's own (XLSX), which has neither encoding nor
 * separator; else NULL. */
const char *table_import_sheet(const TableImport *import);
char table_import_separator(const TableImport *import);
const char *table_import_separator_name(const TableImport *import); /* translated */
int table_import_heading_line(const TableImport *import); /* where the headings stand, from 1 */
int table_import_columns(const TableImport *import);
const char *table_import_heading(const TableImport *import, int column);
ColumnKind table_import_column(const TableImport *import, int column);
void table_import_set_column(TableImport *import, int column, ColumnKind kind);
/* What the columns were said to be is kept for these headings, as after a run: whoever is cut off need not say
 * it again. */
gboolean table_import_remember(const TableImport *import, GError **error);
/* The headings of the columns that nobody knows: neither read in nor said to be left out. New;
 * g_strfreev. */
char **table_import_unknown(const TableImport *import);
/* NULL when the mapping is enough (of visits: client, date, start; of clients and staff: a name; of
 * tasks: a day; of forms: form, day and answers; of decisions: client, day and who decided) and no
 * two columns are for one thing; else what is missing, in a sentence. New. */
char *table_import_missing(const TableImport *import);
/* Cell texts of the first rows, for the preview: GPtrArray of char ** (GStrv). */
GPtrArray *table_import_sample(const TableImport *import, int rows);

/* What the file is, in a line: "Visits · encoding UTF-8 · separator semicolon · 9 columns". New.
 * (table_import_words.c) */
char *table_import_words(const TableImport *import);
/* "Line 7, column Datum: …". New. */
char *import_fault_words(const ImportFault *fault);
/* "12 rows: 10 read in, 2 there already, 0 refused.", and what else came of it; or will, where it
 * is not done. New. */
char *import_result_words(const ImportResult *result, gboolean done);

/* Called about ten times a second with a share 0-1; FALSE breaks off (ERROR_CANCELLED). */
typedef gboolean (*ImportProgress)(double share, gpointer data);
/* Step two. With `dry_run` everything is checked and counted and nothing written. Faults are kept
 * in the import (table_import_faults). The mapping is remembered for this heading. */
gboolean table_import_run(TableImport *import, gboolean dry_run, ImportProgress progress,
                          gpointer data, ImportResult *result, GError **error);
/* After a run: GPtrArray of ImportFault *, by line. Owned by the import. */
const GPtrArray *table_import_faults(const TableImport *import);
/* The same of what was left out of rows that were read in. */
const GPtrArray *table_import_remarks(const TableImport *import);
/* Writes the refused rows as they stood, with the heading and two columns more (line and reason),
 * to `path` (must not exist; mode 0600), UTF-8 with byte-order mark, to be mended and read in:
 * those two columns are recognised and passed over. */
gboolean table_import_write_rejected(const TableImport *import, const char *path, GError **error);
