/* sheet_parts.c: which sheet of a workbook is read, and what its cells point to: texts that several
 * share, and formats. */
#include "base/error.h"
#include "base/i18n.h"
#include "exchange/sheet_private.h"

#include <string.h>

/* Cell formats that a file may have (Excel's own limit). */
#define FORMATS_MOST (1 << 16)

void sheet_book_free(SheetBook *book)
{
    if (book == NULL)
        return;
    g_array_unref(book->formats);
    g_ptr_array_unref(book->texts);
    g_string_chunk_free(book->chunk);
    g_free(book->name);
    g_free(book->part);
    g_free(book);
}

/* --- the workbook ----------------------------------------------------------------------------- */

typedef struct {
    SheetBook *book;
    GPtrArray *ids, *names; /* char *: of the sheets that are shown, in their order */
} Workbook;

static gboolean on_workbook(gpointer data, const char *name, const char **names,
                            const char **values, GError **error)
{
    (void)error;
    Workbook *workbook = data;
    if (strcmp(name, "workbookPr") == 0)
        workbook->book->from_1904 = sheet_is_true(sheet_attribute("date1904", names, values));
    if (strcmp(name, "sheet") != 0)
        return TRUE;
    const char *state = sheet_attribute("state", names, values);
    const char *id = sheet_attribute("id", names, values);
    if (id == NULL || (state != NULL && strcmp(state, "visible") != 0))
        return TRUE;
    const char *called = sheet_attribute("name", names, values);
    g_ptr_array_add(workbook->ids, g_strdup(id));
    g_ptr_array_add(workbook->names, g_strdup(called != NULL ? called : ""));
    return TRUE;
}

/* The first that holds cells: one may be a chart alone. */
static gboolean choose_sheet(SheetPackage *package, const char *part, Workbook *workbook,
                             GError **error)
{
    GError *fault = NULL;
    for (guint i = 0; i < workbook->ids->len; i++) {
        char *found =
            sheet_package_related(package, part, "worksheet", workbook->ids->pdata[i], &fault);
        if (fault != NULL) {
            g_propagate_error(error, fault);
            return FALSE;
        }
        if (found == NULL)
            continue;
        workbook->book->part = found;
        workbook->book->name = g_strdup(workbook->names->pdata[i]);
        return TRUE;
    }
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                        _("The spreadsheet has no sheet that is shown. Show the one with the list, "
                          "and save it again."));
    return FALSE;
}

static gboolean read_workbook(SheetPackage *package, const char *part, SheetBook *book,
                              GError **error)
{
    static const SheetEvents events = {on_workbook, NULL, NULL};
    Workbook workbook = {.book = book};
    workbook.ids = g_ptr_array_new_with_free_func(g_free);
    workbook.names = g_ptr_array_new_with_free_func(g_free);
    const gboolean good = sheet_package_read(package, part, &events, &workbook, error) &&
                          choose_sheet(package, part, &workbook, error);
    g_ptr_array_unref(workbook.ids);
    g_ptr_array_unref(workbook.names);
    return good;
}

/* --- formats ---------------------------------------------------------------------------------- */

typedef struct {
    SheetBook *book;
    GHashTable *codes; /* number → the file's own code */
    gboolean of_cells; /* inside cellXfs: others are styles that cells do not point to */
} Styles;

static guint number_of(const char *text)
{
    guint64 number = 0;
    return text != NULL && g_ascii_string_to_unsigned(text, 10, 0, G_MAXUINT32, &number, NULL)
               ? (guint)number
               : 0;
}

static gboolean on_style(gpointer data, const char *name, const char **names, const char **values,
                         GError **error)
{
    Styles *styles = data;
    const guint id = number_of(sheet_attribute("numFmtId", names, values));
    if (strcmp(name, "cellXfs") == 0)
        styles->of_cells = TRUE;
    if (strcmp(name, "numFmt") == 0) {
        const char *code = sheet_attribute("formatCode", names, values);
        if (code != NULL && g_hash_table_size(styles->codes) < FORMATS_MOST)
            g_hash_table_insert(styles->codes, GUINT_TO_POINTER(id), g_strdup(code));
    }
    if (strcmp(name, "xf") != 0 || !styles->of_cells)
        return TRUE;
    if (styles->book->formats->len >= FORMATS_MOST)
        return sheet_broken(error);
    const SheetFormat format =
        sheet_format(id, g_hash_table_lookup(styles->codes, GUINT_TO_POINTER(id)));
    g_array_append_val(styles->book->formats, format);
    return TRUE;
}

static gboolean on_style_end(gpointer data, const char *name, GError **error)
{
    (void)error;
    Styles *styles = data;
    if (strcmp(name, "cellXfs") == 0)
        styles->of_cells = FALSE;
    return TRUE;
}

static gboolean read_styles(SheetPackage *package, const char *part, SheetBook *book,
                            GError **error)
{
    static const SheetEvents events = {on_style, on_style_end, NULL};
    g_autoptr(GHashTable) codes =
        g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, g_free);
    Styles styles = {.book = book, .codes = codes};
    return sheet_package_read(package, part, &events, &styles, error);
}

/* --- texts that cells share ------------------------------------------------------------------- */

typedef struct {
    SheetBook *book;
    GString *text;
    gsize all;
    int beside;     /* how deep inside readings (rPh), which are not the text */
    gboolean taken; /* inside t */
} Texts;

static gboolean on_shared(gpointer data, const char *name, const char **names, const char **values,
                          GError **error)
{
    (void)names;
    (void)values;
    (void)error;
    Texts *texts = data;
    if (strcmp(name, "si") == 0)
        g_string_truncate(texts->text, 0);
    texts->beside += strcmp(name, "rPh") == 0;
    texts->taken = strcmp(name, "t") == 0 && texts->beside == 0;
    return TRUE;
}

static gboolean on_shared_text(gpointer data, const char *text, gsize length, GError **error)
{
    Texts *texts = data;
    if (!texts->taken)
        return TRUE;
    if (texts->text->len + length > SHEET_CELL_MOST)
        return sheet_broken(error);
    g_string_append_len(texts->text, text, (gssize)length);
    return TRUE;
}

static gboolean on_shared_end(gpointer data, const char *name, GError **error)
{
    Texts *texts = data;
    texts->taken = FALSE;
    texts->beside -= strcmp(name, "rPh") == 0;
    if (strcmp(name, "si") != 0)
        return TRUE;
    sheet_unescape(texts->text);
    texts->all += texts->text->len + sizeof(char *);
    if (texts->all > SHEET_TEXT_MOST)
        return sheet_too_large(error);
    g_ptr_array_add(texts->book->texts,
                    g_string_chunk_insert(texts->book->chunk, texts->text->str));
    return TRUE;
}

static gboolean read_texts(SheetPackage *package, const char *part, SheetBook *book, GError **error)
{
    static const SheetEvents events = {on_shared, on_shared_end, on_shared_text};
    g_autoptr(GString) text = g_string_new(NULL);
    Texts texts = {.book = book, .text = text};
    return sheet_package_read(package, part, &events, &texts, error);
}

/* --- the whole -------------------------------------------------------------------------------- */

/* A part that need not be there. */
static gboolean read_related(SheetPackage *package, const char *workbook, const char *kind,
                             gboolean (*read)(SheetPackage *, const char *, SheetBook *, GError **),
                             SheetBook *book, GError **error)
{
    GError *fault = NULL;
    g_autofree char *part = sheet_package_related(package, workbook, kind, NULL, &fault);
    if (fault != NULL) {
        g_propagate_error(error, fault);
        return FALSE;
    }
    return part == NULL || read(package, part, book, error);
}

SheetBook *sheet_book_open(SheetPackage *package, GError **error)
{
    g_autoptr(SheetBook) book = g_new0(SheetBook, 1);
    book->formats = g_array_new(FALSE, FALSE, sizeof(SheetFormat));
    book->texts = g_ptr_array_new();
    book->chunk = g_string_chunk_new(1 << 16);
    book->most = SHEET_TEXT_MOST;
    GError *fault = NULL;
    g_autofree char *workbook = sheet_package_related(package, "", "officeDocument", NULL, &fault);
    if (fault != NULL)
        g_propagate_error(error, fault);
    else if (workbook == NULL)
        sheet_broken(error);
    if (workbook == NULL || !read_workbook(package, workbook, book, error) ||
        !read_related(package, workbook, "styles", read_styles, book, error) ||
        !read_related(package, workbook, "sharedStrings", read_texts, book, error))
        return NULL;
    return g_steal_pointer(&book);
}
