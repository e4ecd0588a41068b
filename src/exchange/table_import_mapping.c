/* table_import_mapping.c: which column is what: by its heading, as it was the last time, by a map
 * file, or as somebody says. */
#include "base/i18n.h"
#include "base/text.h"
#include "exchange/table_import_private.h"

#include <string.h>

ImportWhat table_import_seen(const TableImport *import)
{
    gboolean met[COLUMN_COUNT] = {FALSE}, known = TRUE, told = FALSE;
    for (int i = 0; i < import->columns; i++) {
        ColumnKind kind;
        const gboolean found =
            column_recognise(IMPORT_ANY, import->headings[i], &kind) &&
            (import_what_has(IMPORT_VISITS, kind) || import_what_has(IMPORT_CLIENTS, kind));
        known = (found || *import->headings[i] == '\0') && known;
        met[kind] = TRUE;
    }
    if (met[COLUMN_FORM] && met[COLUMN_BEGUN])
        return IMPORT_RESPONSES;
    if (met[COLUMN_DECIDED] &&
        (met[COLUMN_DECISION] || met[COLUMN_SUPPORT] || met[COLUMN_DECIDED_BY] ||
         met[COLUMN_SECTION] || met[COLUMN_VALID_FROM] || met[COLUMN_VALID_TO]))
        return IMPORT_DECISIONS;
    if (table_import_is_staff(import))
        return IMPORT_STAFF;
    if (met[COLUMN_DUE_DATE] && !met[COLUMN_DATE])
        return IMPORT_TASKS;
    for (ColumnKind kind = 0; kind < COLUMN_DUE_DATE; kind++) {
        if (met[kind] && !import_what_has(IMPORT_CLIENTS, kind))
            return IMPORT_VISITS;
        told = told || (met[kind] && !import_what_has(IMPORT_VISITS, kind));
    }
    return (met[COLUMN_NAME] || met[COLUMN_FAMILY_NAME]) && (known || told) ? IMPORT_CLIENTS
                                                                            : IMPORT_VISITS;
}

gboolean table_import_is_staff(const TableImport *import)
{
    static const char *const staffs[] = {"roll",
                                         "befattning",
                                         "titel",
                                         "yrkestitel",
                                         "anställningsnr",
                                         "anställningsnummer",
                                         "användarnamn",
                                         "inloggning",
                                         "role",
                                         "position",
                                         "job title",
                                         "user name",
                                         "username",
                                         "login",
                                         "employee number",
                                         NULL};
    gboolean told = FALSE, named = FALSE;
    for (int i = 0; i < import->columns; i++) {
        ColumnKind kind;
        g_autofree char *folded = text_fold(import->headings[i]);
        told = told || g_strv_contains(staffs, g_strstrip(folded));
        column_recognise(IMPORT_ANY, import->headings[i], &kind);
        named = named || kind == COLUMN_NAME || kind == COLUMN_FAMILY_NAME || kind == COLUMN_STAFF;
        if (kind == COLUMN_CLIENT_NUMBER || kind == COLUMN_DATE || kind == COLUMN_START ||
            (kind >= COLUMN_BIRTH_DATE && !import_what_has(IMPORT_STAFF, kind)))
            return FALSE;
    }
    return told && named;
}

/* One that is known, but not of such rows, is as one that nobody knows. */
void table_import_recognise(TableImport *import)
{
    for (int i = 0; i < import->columns; i++)
        import->settled[i] = column_recognise(import->what, import->headings[i], &import->kinds[i]);
}

/* --- as the last time ------------------------------------------------------------------------- */

char *table_import_mapping(const TableImport *import)
{
    GString *codes = g_string_new(NULL);
    for (int i = 0; i < import->columns; i++)
        g_string_append_printf(codes, "%s%s", i ? "," : "",
                               import->settled[i] ? column_code(import->kinds[i]) : "");
    return g_string_free(codes, FALSE);
}

void table_import_apply_mapping(TableImport *import, const char *mapping)
{
    g_auto(GStrv) codes = g_strsplit(mapping, ",", -1);
    for (int i = 0; i < import->columns && codes[i]; i++) {
        ColumnKind kind;
        if (!column_parse(codes[i], &kind) || !import_what_has(import->what, kind))
            continue;
        import->kinds[i] = kind;
        import->settled[i] = TRUE;
    }
}

/* --- by a map file ---------------------------------------------------------------------------- */

/* The column that a map file means by `name`: a heading, and for one that stands more than once
 * which of them, "Datum [2]". -1 with a sentence. */
static int column_called(const TableImport *import, const char *name, GError **error)
{
    g_autofree char *heading = g_strdup(name);
    char *bracket = strrchr(heading, '[');
    guint64 wanted = 0;
    int found = -1, count = 0;
    for (int pass = 0; pass < 2 && count == 0; pass++) {
        if (pass == 1) {
            if (!bracket || !g_str_has_suffix(bracket, "]"))
                break;
            bracket[strlen(bracket) - 1] = '\0';
            if (!g_ascii_string_to_unsigned(bracket + 1, 10, 1, 9999, &wanted, NULL))
                break;
            *bracket = '\0';
            g_strchomp(heading);
        }
        for (int i = 0; i < import->columns; i++)
            if (text_collate(import->headings[i], heading) == 0 && ++count == (int)MAX(wanted, 1))
                found = i;
    }
    if (found >= 0 && (count == 1 || wanted > 0))
        return found;
    if (found >= 0)
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("%d columns are called “%s”. Say which one is meant: %s [1], %s [2] and so "
                      "on."),
                    count, name, name, name);
    else
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("There is no column called “%s” in the file to be read in."), name);
    return -1;
}

/* One "heading = code" line. */
static gboolean apply_map_line(TableImport *import, char *line, GError **error)
{
    char *equals = strrchr(line, '=');
    ColumnKind kind = COLUMN_SKIP;
    if (!equals || !column_parse(g_strstrip(equals + 1), &kind) ||
        !import_what_has(import->what, kind)) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("Write heading = code, with a code from the manual such as date."));
        return FALSE;
    }
    *equals = '\0';
    g_autofree char *heading = table_import_quote(table_import_tidy(line));
    const int column = column_called(import, heading, error);
    if (column >= 0)
        table_import_set_column(import, column, kind);
    return column >= 0;
}

gboolean table_import_map_bytes(TableImport *import, char *bytes, gsize length, const char *path,
                                GError **error)
{
    const Encoding encoding = encoding_detect(bytes, length);
    g_autofree char *text = encoding_take_utf8(bytes, length, encoding, NULL, error);
    if (!text) {
        g_prefix_error(error, "%s: ", path);
        return FALSE;
    }
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (int n = 0; lines[n]; n++) {
        char *line = g_strstrip(lines[n]);
        if (*line == '\0' || *line == '#' || apply_map_line(import, line, error))
            continue;
        /* TRANSLATORS: a file's name and line number before a sentence */
        g_prefix_error(error, _("%s, line %d: "), path, n + 1);
        return FALSE;
    }
    return TRUE;
}

gboolean table_import_apply_map(TableImport *import, const char *path, GError **error)
{
    gsize length = 0;
    char *bytes = table_import_read_file(path, &length, error);
    return bytes != NULL && table_import_map_bytes(import, bytes, length, path, error);
}

/* --- as somebody says ------------------------------------------------------------------------- */

ColumnKind table_import_column(const TableImport *import, int column)
{
    return import->kinds[column];
}

void table_import_set_column(TableImport *import, int column, ColumnKind kind)
{
    for (int i = 0; i < import->columns; i++)
        if (import->kinds[i] == kind)
            import->kinds[i] = COLUMN_SKIP;
    import->kinds[column] = kind;
    import->settled[column] = TRUE;
}

char **table_import_unknown(const TableImport *import)
{
    g_autoptr(GStrvBuilder) headings = g_strv_builder_new();
    for (int i = 0; i < import->columns; i++)
        if (!import->settled[i] && *import->headings[i])
            g_strv_builder_add(headings, import->headings[i]);
    return g_strv_builder_end(headings);
}

/* --- whether it is enough --------------------------------------------------------------------- */

int table_import_column_of(const TableImport *import, ColumnKind kind, int from)
{
    for (int i = from; i < import->columns; i++)
        if (import->kinds[i] == kind)
            return i;
    return -1;
}

char *table_import_double(const TableImport *import)
{
    for (ColumnKind kind = COLUMN_SKIP + 1; kind < COLUMN_COUNT; kind++) {
        const int first = table_import_column_of(import, kind, 0);
        const int second = first < 0 ? -1 : table_import_column_of(import, kind, first + 1);
        if (second >= 0)
            return g_strdup_printf(
                _("Two columns hold one thing (%s): “%s” and “%s”. Say which one "
                  "is to be read."),
                column_name(kind), import->headings[first], import->headings[second]);
    }
    return NULL;
}
