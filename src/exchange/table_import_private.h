/* table_import_private.h: what reading in shares: the file, its columns, the people met, the run;
 * and what rows of one kind do of their own. */
#pragma once

#include "care/client/client.h"
#include "exchange/csv.h"
#include "exchange/table_import.h"

typedef struct ImportKind ImportKind;

struct TableImport {
    Session *session;
    ImportWhat what;
    char *path, *hash;
    char *rows; /* csv_pack(): the headings and all that stands below them; never changed */
    gsize length;
    guint count; /* of the rows, the headings too */
    Encoding encoding;
    char separator;
    gboolean strict;
    char *sheet;      /* of a spreadsheet's own file: its name; NULL: the file is a text */
    int heading_line;
    char *heading_text; /* as they stand, to remember the mapping by */
    GStrv headings;
    int columns;
    ColumnKind *kinds;
    gboolean *settled;           /* recognised, remembered or said by somebody */
    GPtrArray *faults, *remarks; /* ImportFault * */
};

/* The bytes of a file with a NUL behind them, new; NULL with a sentence. (table_import_file.c) */
char *table_import_read_file(const char *path, gsize *length, GError **error);
/* What a file holds, decoded and taken into cells, in a process of its own or here (`apart`). The
 * bytes have a NUL behind them and are taken over. */
gboolean table_import_read(TableImport *import, char *bytes, gsize length,
                           const ImportOptions *options, gboolean apart, GError **error);
/* The latter half of it: what that process has handed back, with a NUL behind it. Taken over. */
gboolean table_import_unpack(TableImport *import, char *packed, gsize length,
                             const ImportOptions *options, GError **error);
/* The rows behind the headings; `heading` is theirs. */
CsvReader *table_import_rows(const TableImport *import, CsvRow *heading);

/* What each column is, by its heading, by codes remembered, by a map file. (table_import_mapping.c)
 */
void table_import_recognise(TableImport *import);
/* Whether the headings are of a list of staff: a name and what somebody is or is called, and
 * nothing of visits, clients or decisions. */
gboolean table_import_is_staff(const TableImport *import);
/* What the file holds, by its headings: forms where the name of one and when it was begun stand;
 * decisions where the day of one stands, and what, who or until when; staff as said above; tasks
 * where a day they are due stands; clients where none is of visits alone and a name stands among
 * headings that are all known, or one that clients alone have; in doubt visits. */
ImportWhat table_import_seen(const TableImport *import);
char *table_import_mapping(const TableImport *import); /* the codes; new */
void table_import_apply_mapping(TableImport *import, const char *mapping);
gboolean table_import_apply_map(TableImport *import, const char *path, GError **error);
/* The same of what stands in that file, with a NUL behind it. Taken over. */
gboolean table_import_map_bytes(TableImport *import, char *bytes, gsize length, const char *path,
                                GError **error);

/* What table_import_open() does without a session, where it does that in a process `apart`. `bytes`, with a
 * NUL behind them, are taken over. */
TableImport *table_import_from_bytes(char *bytes, gsize length, const ImportOptions *options,
                                     gboolean apart, GError **error);
/* The same of what that process has handed back. */
TableImport *table_import_from_packed(char *packed, gsize length, const ImportOptions *options,
                                      GError **error);

void import_fault_free(ImportFault *fault);
/* Notes a refusal for what stands in the column of `kind`; COLUMN_SKIP: for the row as a whole.
 * `reason` is taken over; what it quotes from the file must have passed table_import_quote(). */
void table_import_refuse(TableImport *import, int line, ColumnKind kind, char *reason);
/* The same of a row that is read in without what stands there. */
void table_import_remark(TableImport *import, int line, ColumnKind kind, char *reason);
/* What a cell says: without blanks round it, without what spreadsheets put before and round a text
 * that looks like a number or a formula ('=1+1, ="0123"). In place; points into `cell`. */
char *table_import_tidy(char *cell);
/* Without blanks round it alone. */
char *table_import_trim(char *cell);
/* A cell for a sentence: nothing a terminal acts on, and no longer than one reads. New. */
char *table_import_quote(const char *cell);
/* A day, a time of day or both. */
typedef struct {
    Date date;  /* DATE_NONE: none */
    int minute; /* of the day; -1: none */
} ImportMoment;
/* "2026-05-11", "20260511", "8:30", "0830", "08:30:00", or a day and a time with a T or blanks
 * between them; a time with a zone ("Z", "+01:00") is moved to the unit's own. FALSE: none of
 * these. Pure but for the time zone of the machine. (table_import_time.c) */
gboolean table_import_moment(const char *text, ImportMoment *moment);

/* --- cells of a row (table_import_cell.c) ------------------------------------------------------
 */

/* Where each kind of column stands in the file; -1: it is not there. */
typedef struct {
    TableImport *import;
    int at[COLUMN_COUNT];
} ImportCells;
void import_cells_init(ImportCells *cells, TableImport *import);
/* Whether the row is whole and no cell too long; its cells are tidied. Else it is refused. */
gboolean import_row_begin(const ImportCells *cells, const CsvRow *row);
/* The cell of a kind, "" where the column is not in the file. */
const char *import_cell(const ImportCells *cells, const CsvRow *row, ColumnKind kind);
/* Refuses the row, COLUMN_SKIP: as a whole. FALSE. */
gboolean import_refuse(const ImportCells *cells, const CsvRow *row, ColumnKind kind, char *reason);
/* The same with a sentence that has one %s, for what stands in the cell. */
gboolean import_refuse_cell(const ImportCells *cells, const CsvRow *row, ColumnKind kind,
                            const char *format, const char *text);
/* What a person has written in a cell, new; NULL for an empty one. */
char *import_words(const ImportCells *cells, const CsvRow *row, ColumnKind kind);
/* A day, and a time of day; DATE_NONE and -1 for an empty cell. FALSE when the row is refused. */
gboolean import_date(const ImportCells *cells, const CsvRow *row, ColumnKind kind, Date *date);
gboolean import_time(const ImportCells *cells, const CsvRow *row, ColumnKind kind, int *minute);
/* 1, 0; -1: it is neither. */
int import_yes_or_no(const char *text);

/* --- people (import_people.c) ------------------------------------------------------------------
 */

typedef struct {
    char *number, *name;
    IdNumber id;
    int line;       /* where it was first met */
    gboolean meant; /* a row that passed is this client's */
    gint64 client_id;
} ImportClient;
void import_client_clear(ImportClient *client);
/* Name ("": none), client number and identity number of a row; `today` tells the century of ten
 * digits. A number of a form unknown here, as another region's may be, does where the client number
 * is there; none at all where `unnumbered`. FALSE when it is refused; `*client` is to be cleared
 * either way. */
gboolean import_client_take(const ImportCells *cells, const CsvRow *row, Date today,
                            gboolean unnumbered, ImportClient *client);
/* Whether a row says nothing of a client: neither a number nor a name. */
gboolean import_client_none(const ImportCells *cells, const CsvRow *row);
/* The remark on a number of such a form, which is left out. */
void import_client_remark(const ImportCells *cells, const CsvRow *row, const ImportClient *client);
/* Two spellings of one person share at least one word, "Essen, Yusuf" and "Yusuf Essen"; nothing
 * is said of an empty name. */
gboolean import_names_meet(const char *a, const char *b);
/* Whether a card that was merged into the client's said so: `kind` as client_former() has it. */
gboolean import_was(Session *session, const ClientRow *known, const char *kind, const char *said);

/* One reading in, from the first row to the log. */
typedef struct {
    TableImport *import;
    ImportProgress progress;
    gpointer data;
    ImportResult *result;
    GArray *guarded; /* gint64: clients whose card the reader may not open, and who were met without
                      * anything about them being read in */
    gboolean dry_run;
    gpointer rows; /* those that passed the check, as the kind has them */
} ImportRun;
/* ERROR_CANCELLED. Called about every IMPORT_PROGRESS_EVERY rows with a share of the whole. */
#define IMPORT_PROGRESS_EVERY 2048
gboolean import_run_on(const ImportRun *run, double share, GError **error);
/* Checking is the lighter half of the work. */
#define IMPORT_CHECKING_SHARE 0.4

/* The rows that passed, and by what they are told apart (import_rows.c). */
typedef struct {
    GArray *rows;
    GHashTable *met; /* what a row is known by → its line of the file */
} ImportRows;
gpointer import_rows_new(guint size, GDestroyNotify clear);
void import_rows_free(gpointer rows);
/* Whether the first row with that `key` (taken over); else it is refused by `format`, with the line of the
 * first one as its %d: told from the file alone, so that it says nothing of who is in the unit. */
gboolean import_rows_meet(ImportRows *rows, const ImportCells *cells, const CsvRow *row,
                          ColumnKind kind, char *key, const char *format) G_GNUC_PRINTF(6, 0);
/* Every row of the file through `take`, which keeps or refuses it. */
typedef void ImportTake(ImportRun *run, const ImportCells *cells, const CsvRow *row);
gboolean import_check_each(ImportRun *run, CsvReader *reader, ImportTake *take, GError **error);
/* Each of `count` rows that were kept through `add`, which gets `data`. */
typedef gboolean ImportAdd(ImportRun *run, guint index, gpointer data, GError **error);
gboolean import_add_each(ImportRun *run, guint count, ImportAdd *add, gpointer data,
                         GError **error);

/* Why a client's rows are refused. */
typedef struct {
    ColumnKind kind; /* of the column at fault */
    char *reason;    /* NULL: they are not; new */
} ImportRefusal;
/* Who the file's client is: sets client_id, 0: nobody, and whether the reader may not open that
 * card; or why it cannot be told. Whether somebody whose card the reader may not open has a number
 * is not told by a dry run: it answers as if nobody had it. Reading in must refuse another name,
 * and leaves a trace. FALSE on error alone. */
gboolean import_client_find(ImportRun *run, ImportClient *met, gboolean *guarded,
                            ImportRefusal *refusal, GError **error);
/* The same where the client must be one whose card the reader may open: whoever is not is as
 * nobody, here and in a dry run alike, and `refusal` says so. */
gboolean import_client_known(ImportRun *run, ImportClient *who, ImportRefusal *refusal,
                             GError **error);
/* The person with that code, login or, when only one has it, name; else a new one. `all` is
 * staff_list(), `role` a new one's. 0 on error. */
gint64 import_staff(ImportRun *run, const GPtrArray *all, const char *text, StaffRole role,
                    GError **error);
/* The same without a new one: `*id` 0 where nobody is meant. FALSE only on error. */
gboolean import_staff_known(const ImportRun *run, const GPtrArray *all, const char *text,
                            gint64 *id, GError **error);

/* --- what rows of one kind do of their own -----------------------------------------------------
 */

struct ImportKind {
    /* table_import_missing() beyond what goes for each kind; new, or NULL. */
    char *(*missing)(const TableImport *import);
    gpointer (*rows_new)(ImportRun *run);
    void (*rows_free)(gpointer rows);
    /* Checks every row without looking at the database; those that pass are kept in run->rows. */
    gboolean (*check)(ImportRun *run, CsvReader *reader, GError **error);
    /* Adds them, inside a transaction that a dry run throws away. */
    gboolean (*add)(ImportRun *run, gint64 import_id, GError **error);
};
extern const ImportKind import_kind_visits, import_kind_clients, import_kind_tasks,
    import_kind_responses, import_kind_staff, import_kind_decisions;
/* Why two columns that are read as one thing will not do; NULL: there are none. New. */
char *table_import_double(const TableImport *import);
/* The first column of a kind at or after `from`; -1. */
int table_import_column_of(const TableImport *import, ColumnKind kind, int from);
