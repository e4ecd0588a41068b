/* visit_import.h: rows of visits on their way in, for visit_import_row.c and visit_import_run.c. */
#pragma once

#include "exchange/table_import_private.h"

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
    char *text;
    gint64 staff_id;
} ImportStaff;

/* Checks rows one by one; people met are gathered once each. `form` has the outcomes and causes;
 * `today` tells the century of a number of ten digits. */
typedef struct RowChecker RowChecker;
RowChecker *row_checker_new(TableImport *import, const Form *form, Date today);
void row_checker_free(RowChecker *checker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RowChecker, row_checker_free)
/* FALSE when the row is refused (table_import_refuse() has been called). */
gboolean row_checker_take(RowChecker *checker, const CsvRow *row, ImportVisit *visit);
GArray *row_checker_clients(RowChecker *checker); /* ImportClient */
GArray *row_checker_staff(RowChecker *checker);   /* ImportStaff */
