/* visit_import_cell.c: what a cell says, and what is said of it. */
#include "base/text.h"
#include "exchange/visit_import_private.h"

#include <string.h>

void import_fault_free(ImportFault *fault)
{
    g_free(fault->column);
    g_free(fault->reason);
    g_free(fault);
}

/* NULL where the file has none of this kind, nor one that says the same in its stead. */
static const char *heading_of(const VisitImport *import, ColumnKind kind)
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

static void note(VisitImport *import, GPtrArray *where, int line, ColumnKind kind, char *reason)
{
    ImportFault *fault = g_new0(ImportFault, 1);
    fault->line = line;
    fault->column = g_strdup(heading_of(import, kind));
    fault->reason = reason;
    g_ptr_array_add(where, fault);
}

void visit_import_refuse(VisitImport *import, int line, ColumnKind kind, char *reason)
{
    note(import, import->faults, line, kind, reason);
}

void visit_import_remark(VisitImport *import, int line, ColumnKind kind, char *reason)
{
    note(import, import->remarks, line, kind, reason);
}

/* Blanks of every kind, and marks that show nothing. */
static gboolean is_beside(gunichar c)
{
    return g_unichar_isspace(c) || g_unichar_type(c) == G_UNICODE_FORMAT;
}

static char *trim(char *text)
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
    return trim(text);
}

char *visit_import_tidy(char *cell)
{
    char *text = trim(cell);
    const char guarded = text[strspn(text, "'")];
    if (text[0] == '\'' && guarded && strchr("=+-@\t\r", guarded))
        return text + 1;
    const gsize length = strlen(text);
    const gboolean formula =
        length >= 3 && text[0] == '=' && text[1] == '"' && text[length - 1] == '"';
    return formula ? text_of_formula(text) : text;
}

char *visit_import_quote(const char *cell)
{
    enum { SHOWN_BYTES = 400, SHOWN_COLUMNS = 60 };
    const char *end = cell;
    while (*end && end - cell < SHOWN_BYTES)
        end = g_utf8_next_char(end);
    g_autofree char *beginning = g_strndup(cell, (gsize)(end - cell));
    g_autofree char *line = text_display(beginning);
    return text_truncate(line, SHOWN_COLUMNS);
}
