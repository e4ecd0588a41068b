/* decision_import.c: rows of decisions, checked and added. What stands already is never changed: a
 * row that says something else is refused. */
#include "care/completion/decision_import.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"
#include "exchange/table_import_private.h"

#include <string.h>

typedef struct {
    ImportClient who;
    DecisionLine line;
} Row;

static void row_clear(gpointer data)
{
    Row *row = data;
    import_client_clear(&row->who);
    decision_free(row->line.decision);
}

static gpointer rows_new(ImportRun *run)
{
    (void)run;
    return import_rows_new(sizeof(Row), row_clear);
}

static char *missing(const TableImport *import)
{
    return table_import_column_of(import, COLUMN_DECIDED, 0) < 0
               ? g_strdup(_("Say which column holds the day of the decision."))
           : table_import_column_of(import, COLUMN_DECIDED_BY, 0) < 0
               ? g_strdup(_("Say which column holds who decided."))
               : NULL;
}

/* --- checking --------------------------------------------------------------------------------- */

/* Which column holds what a row of the page asks for. */
static const ColumnKind COLUMNS[DECISION_ROW_COUNT] = {
    [DECISION_ROW_KIND] = COLUMN_DECISION,        [DECISION_ROW_LAW] = COLUMN_LAW,
    [DECISION_ROW_SUPPORT] = COLUMN_SUPPORT,      [DECISION_ROW_DECIDED] = COLUMN_DECIDED,
    [DECISION_ROW_FROM] = COLUMN_VALID_FROM,      [DECISION_ROW_TO] = COLUMN_VALID_TO,
    [DECISION_ROW_MONTH] = COLUMN_MONTH_HOURS,    [DECISION_ROW_SECTION] = COLUMN_SECTION,
    [DECISION_ROW_REASONS] = COLUMN_REASONS,      [DECISION_ROW_BY] = COLUMN_DECIDED_BY,
    [DECISION_ROW_DELEGATION] = COLUMN_DELEGATION};

/* A case system's words for what was decided; in Swedish, as text_fold() writes them. */
static gboolean kind_said(const char *text, DecisionEntry *entry)
{
    static const struct {
        DecisionEntry entry;
        const char *words[12];
    } said[] = {
        {ENTRY_GRANTED,
         {"bifall", "bifallen", "beviljad", "beviljat", "beviljas", "nytt beslut", "nybeslut",
          "gynnande", "ja"}},
        {ENTRY_EXTENDED,
         {"förlängning", "förlängd", "förlängt", "forlangt beslut", "förlängt beslut"}},
        {ENTRY_CHANGED,
         {"ändring", "ändrad", "ändrat", "ändrat beslut", "omprövat", "utökning", "minskning"}},
        {ENTRY_PARTLY,
         {"delvis avslag", "delavslag", "delvis bifall", "delvis beviljat", "delvis beviljad",
          "bifall delvis", "avslag delvis"}},
        {ENTRY_REFUSED, {"avslag", "avslagen", "avslaget", "avslås", "nej"}},
        {ENTRY_ENDED,
         {"upphört", "upphörande", "upphör", "avslutad", "avslutat", "avslut", "återkallat"}},
    };
    g_autofree char *folded = text_fold(text);
    g_strstrip(folded);
    if (decision_entry_parse(decision_kind_said(text), entry))
        return TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS(said); i++)
        for (gsize n = 0; n < G_N_ELEMENTS(said[i].words) && said[i].words[n] != NULL; n++)
            if (g_str_equal(said[i].words[n], folded)) {
                *entry = said[i].entry;
                return TRUE;
            }
    return FALSE;
}

/* A day as the page's row has it. New; NULL when the row is refused. */
static char *day_text(const ImportCells *cells, const CsvRow *row, ColumnKind kind, Date *date)
{
    char text[DATE_SIZE];
    return import_date(cells, row, kind, date) ? g_strdup(date_format(*date, text)) : NULL;
}

/* By its column, else by what stands in that of the section: LSS or socialtjänstlagen, of which it
 * is the day that says which one. FALSE when it is refused. */
static gboolean take_law(const ImportCells *cells, const CsvRow *row, Date decided, gboolean *lss)
{
    const char *text = import_cell(cells, row, COLUMN_LAW);
    const char *said = *text ? text : import_cell(cells, row, COLUMN_SECTION);
    const gboolean older = strstr(said, "2001:453") != NULL,
                   newer = strstr(said, "2025:400") != NULL;
    const gboolean new_law = g_str_equal(decision_law_on(decided, FALSE), "sol-2025");
    g_autofree char *folded = text_fold(said);
    *lss = strstr(folded, "lss") != NULL || strstr(said, "1993:387") != NULL;
    if (!*text || *lss)
        return TRUE;
    if ((older && new_law) || (newer && !new_law))
        return import_refuse_cell(
            cells, row, COLUMN_LAW,
            _("“%s” was not in force on the day of the decision. Check the day "
              "and the law."),
            text);
    return older || newer || strstr(folded, "sol") != NULL || strstr(folded, "socialtj") != NULL ||
           strstr(folded, "social services") != NULL ||
           import_refuse_cell(cells, row, COLUMN_LAW,
                              _("“%s” is no law that support rests on here. Write SoL or LSS."),
                              text);
}

/* The texts of the page's rows; g_strfreev. NULL when the row is refused. */
static char **take_values(const ImportCells *cells, const CsvRow *row)
{
    g_auto(GStrv) values = g_new0(char *, DECISION_ROW_COUNT + 1);
    const char *kind = import_cell(cells, row, COLUMN_DECISION);
    DecisionEntry entry = ENTRY_GRANTED;
    Date decided = DATE_NONE, day = DATE_NONE;
    gboolean lss = FALSE;
    for (int i = 0; i < DECISION_ROW_COUNT; i++)
        values[i] = g_strdup(import_cell(cells, row, COLUMNS[i]));
    const struct {
        DecisionRow row;
        Date *day;
    } days[] = {
        {DECISION_ROW_DECIDED, &decided}, {DECISION_ROW_FROM, &day}, {DECISION_ROW_TO, &day}};
    for (gsize i = 0; i < G_N_ELEMENTS(days); i++) {
        char *text = day_text(cells, row, COLUMNS[days[i].row], days[i].day);
        if (text == NULL)
            return NULL;
        g_free(values[days[i].row]);
        values[days[i].row] = text;
    }
    if (decided == DATE_NONE) {
        import_refuse(cells, row, COLUMN_DECIDED,
                      g_strdup(_("The day of the decision is missing.")));
        return NULL;
    }
    if (!*kind && cells->at[COLUMN_DECISION] >= 0) {
        import_refuse(cells, row, COLUMN_DECISION, g_strdup(_("What was decided is missing.")));
        return NULL;
    }
    if (*kind && !kind_said(kind, &entry)) {
        import_refuse_cell(cells, row, COLUMN_DECISION,
                           _("“%s” is no decision known here. Write for instance granted, extended "
                             "or refused."),
                           kind);
        return NULL;
    }
    if (!take_law(cells, row, decided, &lss))
        return NULL;
    const char *support = decision_support_said(values[DECISION_ROW_SUPPORT]);
    g_free(values[DECISION_ROW_KIND]);
    values[DECISION_ROW_KIND] = g_strdup_printf("%d", (int)entry);
    g_free(values[DECISION_ROW_LAW]);
    values[DECISION_ROW_LAW] = g_strdup(lss ? "1" : "0");
    if (support != NULL) {
        g_free(values[DECISION_ROW_SUPPORT]);
        values[DECISION_ROW_SUPPORT] = g_strdup(decision_support_name(support));
    }
    return g_steal_pointer(&values);
}

static gboolean take(const ImportCells *cells, const CsvRow *row, Date today, Row *taken)
{
    const char *faults[DECISION_ROW_COUNT];
    if (!import_row_begin(cells, row) || !import_client_take(cells, row, today, FALSE, &taken->who))
        return FALSE;
    g_auto(GStrv) values = take_values(cells, row);
    if (values == NULL)
        return FALSE;
    taken->line.decision = decision_new();
    if (!decision_rows_take(values, taken->line.decision, faults)) {
        for (int i = 0; i < DECISION_ROW_COUNT; i++)
            if (faults[i] != NULL)
                return import_refuse(cells, row, COLUMNS[i], g_strdup(faults[i]));
    }
    for (int i = 0; i < DECISION_ROW_COUNT; i++)
        taken->line.says[i] = *import_cell(cells, row, COLUMNS[i]) != '\0';
    import_client_remark(cells, row, &taken->who);
    return TRUE;
}

static gboolean is_first(ImportRows *rows, const ImportCells *cells, const CsvRow *row,
                         const Row *taken)
{
    const Decision *decision = taken->line.decision;
    char *key =
        g_strdup_printf("%s %s %s %d %d %s", taken->who.number != NULL ? taken->who.number : "",
                        taken->who.id.fault == ID_OK ? taken->who.id.number : "", decision->kind,
                        decision->decided_on, decision->valid_from, decision->support);
    return import_rows_meet(rows, cells, row, COLUMN_DECIDED, key,
                            _("The decision is on line %d already. Keep one of the rows."));
}

static void take_row(ImportRun *run, const ImportCells *cells, const CsvRow *row)
{
    ImportRows *rows = run->rows;
    Row taken = {0};
    if (take(cells, row, clock_today(), &taken) && is_first(rows, cells, row, &taken))
        g_array_append_val(rows->rows, taken);
    else
        row_clear(&taken);
}

static gboolean check_rows(ImportRun *run, CsvReader *reader, GError **error)
{
    return import_check_each(run, reader, take_row, error);
}

/* --- adding ----------------------------------------------------------------------------------- */

/* The rows of each client; those of nobody are refused. Keys are client ids. NULL on error. */
static GHashTable *by_client(ImportRun *run, GArray *rows, GError **error)
{
    g_autoptr(GHashTable) clients =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
    for (guint i = 0; i < rows->len; i++) {
        ImportRefusal refusal = {0};
        Row *row = &g_array_index(rows, Row, i);
        if (!import_client_known(run, &row->who, &refusal, error))
            return NULL;
        if (refusal.reason != NULL) {
            table_import_refuse(run->import, row->who.line, refusal.kind, refusal.reason);
            continue;
        }
        GPtrArray *own = g_hash_table_lookup(clients, &row->who.client_id);
        if (own == NULL) {
            own = g_ptr_array_new();
            g_hash_table_insert(clients, &row->who.client_id, own);
        }
        g_ptr_array_add(own, &row->line);
    }
    return g_steal_pointer(&clients);
}

static void tell(ImportRun *run, const Row *row)
{
    switch (row->line.came) {
    case DECISION_ADDED:
        run->result->imported++;
        break;
    case DECISION_THERE:
        run->result->duplicates++;
        break;
    case DECISION_DIFFERS:
        table_import_refuse(
            run->import, row->who.line, COLUMNS[row->line.differs],
            g_strdup(
                _("The decision is there already and says something else here. A file changes no "
                  "decision: correct it on the card if the file is right, or enter the new one "
                  "there.")));
        break;
    }
}

/* Those of one client, whose id is `clients[index]`. */
typedef struct {
    GHashTable *by_client;
    gpointer *clients;
} Groups;

static gboolean add_group(ImportRun *run, guint index, gpointer data, GError **error)
{
    const Groups *groups = data;
    const gint64 *id = groups->clients[index];
    return decision_add_from_file(run->import->session, *id,
                                  g_hash_table_lookup(groups->by_client, id), error);
}

static gboolean add_rows(ImportRun *run, gint64 import_id, GError **error)
{
    (void)import_id;
    guint count = 0;
    GArray *rows = ((ImportRows *)run->rows)->rows;
    g_autoptr(GHashTable) clients = by_client(run, rows, error);
    if (clients == NULL)
        return FALSE;
    g_autofree gpointer *ids = g_hash_table_get_keys_as_array(clients, &count);
    if (!import_add_each(run, count, add_group, &(Groups){clients, ids}, error))
        return FALSE;
    for (guint i = 0; i < rows->len; i++) {
        const Row *row = &g_array_index(rows, Row, i);
        if (row->line.decision->client_id != 0)
            tell(run, row);
    }
    return TRUE;
}

const ImportKind import_kind_decisions = {missing, rows_new, import_rows_free, check_rows,
                                          add_rows};
