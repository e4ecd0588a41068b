/* reading.c: a file of rows read in, as lines: which file, what is in it, and then. */
#include "cmd/plain/plain.h"

#include "base/i18n.h"
#include "base/paths.h"
#include "exchange/table_import.h"

enum { FAULTS_MOST = 40 }; /* that are said one by one */

typedef struct {
    Plain *plain;
    char *path;
    TableImport *import;
    ImportWhat what; /* that somebody has said it is; IMPORT_ANY: nobody */
    gboolean encoding_given;
    Encoding encoding;
} Reading;

static gboolean go_on(double share, gpointer data)
{
    (void)share;
    return !((const Plain *)data)->ended;
}

/* What was open before stays when it cannot be opened so. */
static gboolean open_file(Reading *reading, GError **error)
{
    const ImportOptions options = {.what = reading->what,
                                   .path = reading->path,
                                   .encoding_given = reading->encoding_given,
                                   .encoding = reading->encoding};
    TableImport *import = table_import_open(reading->plain->session, &options, error);
    if (import == NULL)
        return FALSE;
    g_clear_pointer(&reading->import, table_import_free);
    reading->import = import;
    reading->encoding = table_import_encoding(import);
    return TRUE;
}

/* --- what is in it ---------------------------------------------------------------------------- */

static void say_file(const Reading *reading)
{
    Plain *plain = reading->plain;
    const TableImport *import = reading->import;
    g_autofree char *how = table_import_words(import);
    plain_say(plain, "%s", how);
    for (int i = 0; i < table_import_columns(import); i++)
        plain_say(plain, "  %s: %s", table_import_heading(import, i),
                  column_name(table_import_column(import, i)));
}

static void say_rows(Plain *plain, const GPtrArray *faults)
{
    for (guint i = 0; i < MIN(faults->len, FAULTS_MOST); i++) {
        g_autofree char *text = import_fault_words(faults->pdata[i]);
        plain_say(plain, "%s", text);
    }
    if (faults->len > FAULTS_MOST)
        plain_say(
            plain,
            ngettext("and %u more like it", "and %u more like them", faults->len - FAULTS_MOST),
            faults->len - FAULTS_MOST);
}

/* Counts what reading it in would do, or reads it in. Whether it could be done. */
static gboolean run(Reading *reading, gboolean dry_run, ImportResult *result)
{
    Plain *plain = reading->plain;
    GError *error = NULL;
    if (!table_import_run(reading->import, dry_run, go_on, plain, result, &error)) {
        plain_error(plain, error);
        return FALSE;
    }
    say_rows(plain, table_import_remarks(reading->import));
    say_rows(plain, table_import_faults(reading->import));
    g_autofree char *text = import_result_words(result, !dry_run);
    plain_say(plain, "%s", text);
    return TRUE;
}

/* --- what can be done ------------------------------------------------------------------------- */

static void choose_column(Reading *reading)
{
    TableImport *import = reading->import;
    g_autoptr(GPtrArray) headings = g_ptr_array_new(), names = g_ptr_array_new();
    g_autoptr(GArray) kinds = g_array_new(FALSE, FALSE, sizeof(ColumnKind));
    for (int i = 0; i < table_import_columns(import); i++)
        g_ptr_array_add(headings, (char *)table_import_heading(import, i));
    const int column =
        plain_choose(reading->plain, _("Which column? An empty line goes back."), headings);
    if (column < 0)
        return;
    for (ColumnKind kind = 0; kind < COLUMN_COUNT; kind++)
        if (import_what_has(table_import_what(import), kind)) {
            g_ptr_array_add(names, (char *)column_name(kind));
            g_array_append_val(kinds, kind);
        }
    const int index =
        plain_choose(reading->plain, _("What does it hold? An empty line goes back."), names);
    GError *error = NULL;
    if (index < 0)
        return;
    table_import_set_column(import, column, g_array_index(kinds, ColumnKind, index));
    table_import_remember(import, &error);
    plain_error(reading->plain, error);
}

static void choose_what(Reading *reading)
{
    GError *error = NULL;
    const ImportWhat before = reading->what;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (ImportWhat what = IMPORT_ANY + 1; what < IMPORT_WHAT_COUNT; what++)
        g_ptr_array_add(names, (char *)import_what_name(what));
    const int index =
        plain_choose(reading->plain, _("What is in the file? An empty line goes back."), names);
    if (index < 0)
        return;
    reading->what = (ImportWhat)(IMPORT_ANY + 1 + index);
    if (open_file(reading, &error))
        return;
    reading->what = before;
    plain_error(reading->plain, error);
}

static void choose_encoding(Reading *reading)
{
    GError *error = NULL;
    const Encoding before = reading->encoding;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (int encoding = 0; encoding <= ENCODING_UTF16BE; encoding++)
        g_ptr_array_add(names, (char *)encoding_name((Encoding)encoding));
    const int index = plain_choose(
        reading->plain, _("In which encoding is it written? An empty line goes back."), names);
    if (index < 0)
        return;
    reading->encoding = (Encoding)index;
    reading->encoding_given = TRUE;
    if (open_file(reading, &error))
        return;
    reading->encoding = before;
    plain_error(reading->plain, error);
}

static void write_refused(Reading *reading)
{
    GError *error = NULL;
    g_autofree char *typed = plain_ask(
        reading->plain, _("To which file shall the refused rows be written? It holds personal "
                          "data: take it away when it has been read in."));
    if (typed == NULL || *typed == '\0')
        return;
    g_autofree char *path = paths_typed(typed);
    if (table_import_write_rejected(reading->import, path, &error))
        plain_say(reading->plain, _("The refused rows are in %s. Mend them and read that file in."),
                  path);
    plain_error(reading->plain, error);
}

enum { READ_IN, COLUMN, WHAT, WRITTEN_IN, REFUSED, ACTS };

/* FALSE when it is left. */
static gboolean act(Reading *reading, gboolean counted, const ImportResult *counts)
{
    int acts[ACTS], count = 0;
    ImportResult result;
    g_autoptr(GPtrArray) lines = g_ptr_array_new();
    const gboolean is_new = counted && counts->imported + counts->changed + counts->completed > 0;
    const struct {
        int act;
        gboolean there;
        const char *text;
    } all[] = {{READ_IN, is_new, _("Read it in")},
               {COLUMN, TRUE, _("Say what a column holds")},
               {WHAT, TRUE, _("It is something else")},
               {WRITTEN_IN, table_import_sheet(reading->import) == NULL, _("Another encoding")},
               {REFUSED, counted && counts->rejected > 0, _("Write the refused rows to a file")}};
    for (gsize i = 0; i < G_N_ELEMENTS(all); i++)
        if (all[i].there) {
            g_ptr_array_add(lines, (char *)all[i].text);
            acts[count++] = all[i].act;
        }
    const int index = plain_choose(
        reading->plain, _("Nothing has been written. What now? An empty line goes back."), lines);
    if (index < 0)
        return FALSE;
    if (acts[index] == READ_IN)
        return !run(reading, FALSE, &result);
    if (acts[index] == COLUMN)
        choose_column(reading);
    else if (acts[index] == WHAT)
        choose_what(reading);
    else if (acts[index] == WRITTEN_IN)
        choose_encoding(reading);
    else
        write_refused(reading);
    return TRUE;
}

static void look(Reading *reading)
{
    gboolean goes_on = TRUE;
    while (goes_on && !reading->plain->ended) {
        ImportResult result = {0};
        say_file(reading);
        g_autofree char *missing = table_import_missing(reading->import);
        if (missing != NULL)
            plain_say(reading->plain, "%s", missing);
        const gboolean counted = missing == NULL && run(reading, TRUE, &result);
        goes_on = act(reading, counted, &result);
    }
}

void plain_import(Plain *plain, gint64 unused)
{
    (void)unused;
    Reading reading = {.plain = plain};
    GError *error = NULL;
    g_autofree char *typed = plain_ask(
        plain, _("Which file of visits, clients, staff, decisions, tasks or forms (CSV or XLSX)? "
                 "Nothing is read in before you have heard what is in it. An empty line "
                 "goes back:"));
    if (typed == NULL || *typed == '\0')
        return;
    reading.path = paths_typed(typed);
    if (open_file(&reading, &error))
        look(&reading);
    plain_error(plain, error);
    g_clear_pointer(&reading.import, table_import_free);
    g_free(reading.path);
}
