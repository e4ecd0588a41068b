/* table_import_cell.c: what a cell says, and what is said of it. */
#include "base/i18n.h"
#include "base/text.h"
#include "exchange/table_import_private.h"

#include <string.h>

/* Characters of a cell: names and codes, and a note. */
#define LONGEST_CELL 200
#define LONGEST_NOTE 4000

void import_fault_free(ImportFault *fault)
{
    g_free(fault->column);
    g_free(fault->reason);
    g_free(fault);
}

/* NULL where the file has none of this kind, nor one that says the same in its stead. */
static const char *heading_of(const TableImport *import, ColumnKind kind)
{
    static const ColumnKind in_its_stead[COLUMN_COUNT] = {
        [COLUMN_ID_NUMBER] = COLUMN_CLIENT_NUMBER,
        [COLUMN_NAME] = COLUMN_FAMILY_NAME,
        [COLUMN_FAMILY_NAME] = COLUMN_GIVEN_NAME,
    };
    for (; kind != COLUMN_SKIP; kind = in_its_stead[kind])
        for (int i = 0; i < import->columns; i++)
            if (import->kinds[i] == kind)
                return import->headings[i];
    return NULL;
}

static void note(TableImport *import, GPtrArray *where, int line, ColumnKind kind, char *reason)
{
    ImportFault *fault = g_new0(ImportFault, 1);
    fault->line = line;
    fault->column = g_strdup(heading_of(import, kind));
    fault->reason = reason;
    g_ptr_array_add(where, fault);
}

void table_import_refuse(TableImport *import, int line, ColumnKind kind, char *reason)
{
    note(import, import->faults, line, kind, reason);
}

void table_import_remark(TableImport *import, int line, ColumnKind kind, char *reason)
{
    note(import, import->remarks, line, kind, reason);
}

/* Blanks of every kind, and marks that show nothing. */
static gboolean is_beside(gunichar c)
{
    return g_unichar_isspace(c) || g_unichar_type(c) == G_UNICODE_FORMAT;
}

char *table_import_trim(char *text)
{
    while (*text && is_beside(g_utf8_get_char(text)))
        text = g_utf8_next_char(text);
    char *end = text + strlen(text);
    for (char *last; (last = g_utf8_find_prev_char(text, end)) != NULL; end = last)
        if (!is_beside(g_utf8_get_char(last)))
            break;
    *end = '\0';
    return text;
}

/* The text of a formula that is nothing but a text, ="…". */
static char *text_of_formula(char *formula)
{
    char *text = formula + 2, *to = text;
    for (const char *from = text; from[1]; from++) {
        *to++ = *from;
        if (*from == '"' && from[1] == '"' && from[2])
            from++;
    }
    *to = '\0';
    return table_import_trim(text);
}

char *table_import_tidy(char *cell)
{
    char *text = table_import_trim(cell);
    const char guarded = text[strspn(text, "'")];
    if (text[0] == '\'' && guarded && strchr("=+-@\t\r", guarded))
        return text + 1;
    const gsize length = strlen(text);
    const gboolean formula =
        length >= 3 && text[0] == '=' && text[1] == '"' && text[length - 1] == '"';
    return formula ? text_of_formula(text) : text;
}

char *table_import_quote(const char *cell)
{
    enum { SHOWN_BYTES = 400, SHOWN_COLUMNS = 60 };
    const char *end = cell;
    while (*end && end - cell < SHOWN_BYTES)
        end = g_utf8_next_char(end);
    g_autofree char *beginning = g_strndup(cell, (gsize)(end - cell));
    g_autofree char *line = text_display(beginning);
    return text_truncate(line, SHOWN_COLUMNS);
}

/* --- cells of a row --------------------------------------------------------------------------- */

void import_cells_init(ImportCells *cells, TableImport *import)
{
    cells->import = import;
    for (int kind = 0; kind < COLUMN_COUNT; kind++)
        cells->at[kind] = -1;
    for (int i = 0; i < import->columns; i++)
        cells->at[import->kinds[i]] = i;
}

const char *import_cell(const ImportCells *cells, const CsvRow *row, ColumnKind kind)
{
    const int column = cells->at[kind];
    return column < 0 ? "" : row->cells[column];
}

gboolean import_refuse(const ImportCells *cells, const CsvRow *row, ColumnKind kind, char *reason)
{
    table_import_refuse(cells->import, row->line, kind, reason);
    return FALSE;
}

gboolean import_refuse_cell(const ImportCells *cells, const CsvRow *row, ColumnKind kind,
                            const char *format, const char *text)
{
    g_autofree char *quote = table_import_quote(text);
    return import_refuse(cells, row, kind, g_strdup_printf(format, quote));
}

/* Something is wrong with a file that has a book in a cell, such as a quotation mark too few. */
static gboolean check_lengths(const ImportCells *cells, const CsvRow *row)
{
    for (ColumnKind kind = COLUMN_SKIP + 1; kind < COLUMN_COUNT; kind++) {
        const int column = cells->at[kind];
        const gboolean is_text = kind == COLUMN_NOTE || kind == COLUMN_WORDS ||
                                 kind == COLUMN_NOT_DONE_WORDS || kind >= COLUMN_ANSWER;
        const int longest = is_text ? LONGEST_NOTE : LONGEST_CELL;
        if (column < 0 || strlen(row->cells[column]) <= (gsize)longest ||
            g_utf8_strlen(row->cells[column], -1) <= longest)
            continue;
        return import_refuse(
            cells, row, kind,
            g_strdup_printf(_("The cell has more than %d characters. Shorten it."), longest));
    }
    return TRUE;
}

/* What a spreadsheet shows, in its own language, where a formula has come to nothing. */
static gboolean is_sheet_error(const char *text)
{
    static const char *const errors[] = {
        "#N/A",         "#VALUE!", "#REF!",      "#DIV/0!",    "#NAME?",
        "#NUM!",        "#NULL!",  "#SAKNAS!",   "#VÄRDEFEL!", "#REFERENS!",
        "#DIVISION/0!", "#NAMN?",  "#OGILTIGT!", "#SKÄRNING!", NULL};
    return text[0] == '#' && g_strv_contains(errors, text);
}

static gboolean check_errors(const ImportCells *cells, const CsvRow *row)
{
    for (ColumnKind kind = COLUMN_SKIP + 1; kind < COLUMN_COUNT; kind++)
        if (is_sheet_error(import_cell(cells, row, kind)))
            return import_refuse_cell(
                cells, row, kind,
                _("The spreadsheet shows an error here, “%s”. Mend it there, or empty the cell."),
                import_cell(cells, row, kind));
    return TRUE;
}

gboolean import_row_begin(const ImportCells *cells, const CsvRow *row)
{
    if (row->unclosed)
        return import_refuse(cells, row, COLUMN_SKIP,
                             g_strdup(_("A quotation mark that begins on this line is never "
                                        "closed. Mend it; the rows after it could not be read.")));
    if (row->too_long)
        return import_refuse(
            cells, row, COLUMN_SKIP,
            g_strdup_printf(_("The row is longer than %d characters, so something is "
                              "wrong with it. Mend it, or export the file again."),
                            CSV_ROW_MOST));
    if (row->count != cells->import->columns)
        return import_refuse(cells, row, COLUMN_SKIP,
                             g_strdup_printf(_("The row has %d cells, but there are %d headings."),
                                             row->count, cells->import->columns));
    for (ColumnKind kind = COLUMN_SKIP + 1; kind < COLUMN_COUNT; kind++) {
        char **cell = cells->at[kind] >= 0 ? &row->cells[cells->at[kind]] : NULL;
        if (cell != NULL)
            *cell = cells->import->strict ? table_import_trim(*cell) : table_import_tidy(*cell);
    }
    return check_lengths(cells, row) && check_errors(cells, row);
}

char *import_words(const ImportCells *cells, const CsvRow *row, ColumnKind kind)
{
    g_autofree char *clean = g_strstrip(text_clean(import_cell(cells, row, kind)));
    return *clean ? g_steal_pointer(&clean) : NULL;
}

gboolean import_date(const ImportCells *cells, const CsvRow *row, ColumnKind kind, Date *date)
{
    const char *text = import_cell(cells, row, kind);
    ImportMoment moment = {.date = DATE_NONE};
    const gboolean good =
        !*text || (table_import_moment(text, &moment) && moment.date != DATE_NONE);
    *date = moment.date;
    return good || import_refuse_cell(cells, row, kind,
                                      _("“%s” is not a date. Write it as 2026-11-21."), text);
}

gboolean import_time(const ImportCells *cells, const CsvRow *row, ColumnKind kind, int *minute)
{
    const char *text = import_cell(cells, row, kind);
    ImportMoment moment = {.minute = -1};
    const gboolean good = !*text || (table_import_moment(text, &moment) && moment.minute >= 0);
    *minute = moment.minute;
    return good ||
           import_refuse_cell(cells, row, kind, _("“%s” is not a time. Write it as 08:30."), text);
}

int import_yes_or_no(const char *text)
{
    static const char *const YES[] = {"ja", "yes", "kyllä", "1", NULL};
    static const char *const NO[] = {"nej", "no", "ei", "0", NULL};
    g_autofree char *folded = text_fold(text);
    if (g_strv_contains(YES, folded))
        return 1;
    return g_strv_contains(NO, folded) ? 0 : -1;
}
