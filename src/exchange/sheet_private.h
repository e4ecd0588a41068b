/* sheet_private.h: what reading a spreadsheet shares: the parts of its package, how its numbers are
 * shown, and its rows. */
#pragma once

#include <glib.h>

/* Of a sheet (Excel's own limits, ECMA-376 18.3.1.73 and on). */
#define SHEET_ROWS (1 << 20)
#define SHEET_COLUMNS (1 << 14)
/* Characters of a cell are at most 32,767; runs of a text are put together up to this many bytes.
 */
#define SHEET_CELL_MOST (1 << 17)
/* Bytes of all texts of a file, and of the text that is made of it. */
#define SHEET_TEXT_MOST ((gsize)256 << 20)

/* "The spreadsheet is broken", with what is to be done. FALSE. */
gboolean sheet_broken(GError **error);
gboolean sheet_too_large(GError **error);

/* --- the package (sheet_package.c) -------------------------------------------------------------
 */

typedef struct SheetPackage SheetPackage;
/* `bytes` are the caller's, and stay. */
SheetPackage *sheet_package_open(const char *bytes, gsize length, GError **error);
void sheet_package_free(SheetPackage *package);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SheetPackage, sheet_package_free)
gboolean sheet_package_has(const SheetPackage *package, const char *part);

/* What is read of a part, in the order it stands there. Names are without what stands before a
 * colon. */
typedef struct {
    /* `names` and `values` as GMarkupParser has them. */
    gboolean (*begin)(gpointer data, const char *name, const char **names, const char **values,
                      GError **error);
    gboolean (*end)(gpointer data, const char *name, GError **error);
    gboolean (*text)(gpointer data, const char *text, gsize length,
                     GError **error); /* NULL: none */
} SheetEvents;
/* Reads a part piece by piece. Neither document types nor entities of a file's own are taken. */
gboolean sheet_package_read(SheetPackage *package, const char *part, const SheetEvents *events,
                            gpointer data, GError **error);
/* The value of an attribute, in any namespace; NULL. */
const char *sheet_attribute(const char *name, const char **names, const char **values);
/* TRUE for "1" and "true". */
gboolean sheet_is_true(const char *value);

/* The part that `from` has as its relation of this kind ("worksheet"), or by its id where `id` is
 * not NULL; NULL without error: none. `from` "": the package. New. */
char *sheet_package_related(SheetPackage *package, const char *from, const char *kind,
                            const char *id, GError **error);

/* --- numbers (sheet_number.c) ------------------------------------------------------------------
 */

typedef enum {
    SHEET_NUMBER,
    SHEET_DATE, /* with a day, and a time where there is one */
    SHEET_TIME,
    SHEET_ELAPSED, /* hours that may be more than a day's */
    SHEET_DIGITS,  /* filled up with noughts, and with hyphens among them */
} SheetShow;
#define SHEET_DIGITS_SIZE 24
typedef struct {
    SheetShow show;
    char digits[SHEET_DIGITS_SIZE]; /* of SHEET_DIGITS: "000000-0000" */
} SheetFormat;
/* By number (18.8.30), and by code where it is the file's own; `code` NULL: by number alone. */
SheetFormat sheet_format(guint id, const char *code);
/* Appends a number of a cell; `from_1904`: days are counted from 1904 (18.17.4.1). */
void sheet_number_append(GString *out, double number, const SheetFormat *format,
                         gboolean from_1904);

/* --- what cells point to (sheet_parts.c) -------------------------------------------------------
 */

typedef struct {
    gboolean from_1904;
    GArray *formats;  /* SheetFormat, by the s of a cell */
    GPtrArray *texts; /* char *, by the number in a cell */
    GStringChunk *chunk;
    char *name, *part; /* of the sheet that is read */
    gsize most;        /* bytes of the text that is made of it: SHEET_TEXT_MOST */
} SheetBook;
/* Which sheet, its texts and formats. */
SheetBook *sheet_book_open(SheetPackage *package, GError **error);
void sheet_book_free(SheetBook *book);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SheetBook, sheet_book_free)

/* --- rows (sheet_rows.c) -----------------------------------------------------------------------
 */

/* The sheet as text. NULL with `error`. New. */
GString *sheet_rows_text(SheetPackage *package, const SheetBook *book, GError **error);
/* `text` as it was meant: "_x000A_" is a character (22.9.2.19). In place. */
void sheet_unescape(GString *text);
