/* visit_import_run.c: rows of visits, checked and added. */
#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client.h"
#include "care/unit/id_page.h"
#include "care/unit/staff.h"
#include "care/visit/visit_batch.h"
#include "exchange/visit_import.h"

#include <string.h>

/* Rows looked at to see whether days and times stand in one column. */
#define ROWS_TRIED 20

typedef struct {
    RowChecker *checker;
    GArray *visits;   /* ImportVisit */
    GArray *refusals; /* ImportRefusal, one per client */
} VisitRows;

/* --- columns ---------------------------------------------------------------------------------- */

/* Whether the column of `kind` has both day and time, by the first of its cells that has any. */
static gboolean has_both(const TableImport *import, ColumnKind kind)
{
    const int column = table_import_column_of(import, kind, 0);
    CsvRow row;
    g_autoptr(CsvReader) reader = table_import_rows(import, &row);
    for (int n = 0; column >= 0 && n < ROWS_TRIED && csv_next(reader, &row); n++) {
        ImportMoment moment;
        char *text = column < row.count ? table_import_tidy(row.cells[column]) : NULL;
        if (text && *text)
            return table_import_moment(text, &moment) && moment.date != DATE_NONE &&
                   moment.minute >= 0;
    }
    return FALSE;
}

static char *missing(const TableImport *import)
{
    if (table_import_column_of(import, COLUMN_CLIENT_NUMBER, 0) < 0 &&
        table_import_column_of(import, COLUMN_ID_NUMBER, 0) < 0)
        return g_strdup(_("Say which column holds the identity number or the client number."));
    const gboolean date = table_import_column_of(import, COLUMN_DATE, 0) >= 0;
    const gboolean start = table_import_column_of(import, COLUMN_START, 0) >= 0;
    if (!date && !has_both(import, COLUMN_START))
        return g_strdup(_("Say which column holds the date."));
    if (!start && !has_both(import, COLUMN_DATE))
        return g_strdup(_("Say which column holds the time when the visit begins."));
    return NULL;
}

/* --- checking --------------------------------------------------------------------------------- */

static void refusal_clear(gpointer data)
{
    g_free(((ImportRefusal *)data)->reason);
}

static gpointer rows_new(ImportRun *run)
{
    TableImport *import = run->import;
    VisitRows *rows = g_new0(VisitRows, 1);
    rows->checker =
        row_checker_new(import, session_cancellation_form(import->session), clock_today());
    /* Room for them at once, not by copies of what grows. */
    rows->visits = g_array_sized_new(FALSE, FALSE, sizeof(ImportVisit), import->count);
    rows->refusals = g_array_new(FALSE, TRUE, sizeof(ImportRefusal));
    g_array_set_clear_func(rows->refusals, refusal_clear);
    return rows;
}

static void rows_free(gpointer data)
{
    VisitRows *rows = data;
    row_checker_free(rows->checker);
    g_array_unref(rows->visits);
    g_array_unref(rows->refusals);
    g_free(rows);
}

/* By client and time: neighbours in the file of visits lie together, so the indexes grow at few
 * places. Rows of one moment keep the file's order. */
static int compare_visits(gconstpointer a, gconstpointer b)
{
    const ImportVisit *x = a, *y = b;
    if (x->client != y->client)
        return x->client < y->client ? -1 : 1;
    if (x->date != y->date)
        return x->date < y->date ? -1 : 1;
    if (x->start != y->start)
        return x->start - y->start;
    return x->line - y->line;
}

static gboolean check_rows(ImportRun *run, CsvReader *reader, GError **error)
{
    VisitRows *rows = run->rows;
    CsvRow row;
    while (csv_next(reader, &row)) {
        ImportVisit visit;
        run->result->rows++;
        if (row_checker_take(rows->checker, &row, &visit))
            g_array_append_val(rows->visits, visit);
        if (run->result->rows % IMPORT_PROGRESS_EVERY == 0 &&
            !import_run_on(run,
                           IMPORT_CHECKING_SHARE * (double)csv_position(reader) /
                               (double)run->import->length,
                           error))
            return FALSE;
    }
    g_array_sort(rows->visits, compare_visits);
    return TRUE;
}

/* --- people ----------------------------------------------------------------------------------- */

/* `stranger`: without the numbers, which somebody else has. That whoever has one is not shown by a
 * server is a refusal. */
static gboolean add_client(ImportRun *run, ImportClient *met, gboolean stranger,
                           ImportRefusal *refusal, GError **error)
{
    g_autoptr(GError) fault = NULL;
    g_autoptr(Client) client = client_new();
    client->name = g_strdup(met->name);
    if (!stranger)
        client->number = g_strdup(met->number);
    if (!stranger && met->id.fault == ID_OK) {
        client->id_kind = met->id.kind;
        client->id_number = g_strdup(met->id.number);
        client->birth_date = met->id.birth;
        client->sex = met->id.sex;
    }
    if (!client_add_known(run->import->session, client, &fault)) {
        if (!g_error_matches(fault, DAGSFORM_ERROR, ERROR_EXISTS)) {
            g_propagate_error(error, g_steal_pointer(&fault));
            return FALSE;
        }
        *refusal = (ImportRefusal){COLUMN_SKIP, g_strdup(fault->message)};
        return TRUE;
    }
    met->client_id = client->id;
    run->result->new_clients++;
    return TRUE;
}

static gboolean resolve_clients(ImportRun *run, GError **error)
{
    VisitRows *rows = run->rows;
    GArray *clients = row_checker_clients(rows->checker);
    g_array_set_size(rows->refusals, clients->len);
    for (guint i = 0; i < clients->len; i++) {
        ImportClient *met = &g_array_index(clients, ImportClient, i);
        ImportRefusal *refusal = &g_array_index(rows->refusals, ImportRefusal, i);
        gboolean guarded;
        if (met->meant && (!import_client_find(run, met, &guarded, refusal, error) ||
                           (met->client_id == 0 && refusal->reason == NULL &&
                            !add_client(run, met, guarded, refusal, error))))
            return FALSE;
    }
    return TRUE;
}

static gboolean resolve_staff(ImportRun *run, GError **error)
{
    const VisitRows *rows = run->rows;
    GArray *staff = row_checker_staff(rows->checker);
    g_autoptr(GPtrArray) all = staff_list(run->import->session, error);
    if (!all)
        return FALSE;
    for (guint i = 0; i < staff->len; i++) {
        ImportStaff *met = &g_array_index(staff, ImportStaff, i);
        if (!(met->staff_id = import_staff(run, all, met->text, ROLE_SUPPORT_WORKER, error)))
            return FALSE;
    }
    return TRUE;
}

/* --- adding ----------------------------------------------------------------------------------- */

static void fill_visit(const VisitRows *rows, const ImportVisit *from, Visit *to)
{
    GArray *clients = row_checker_clients(rows->checker);
    GArray *staff = row_checker_staff(rows->checker);
    to->client_id = g_array_index(clients, ImportClient, from->client).client_id;
    to->staff_id = from->staff ? g_array_index(staff, ImportStaff, from->staff - 1).staff_id : 0;
    to->date = from->date;
    to->start = from->start;
    to->minutes = from->minutes;
    to->outcome.outcome = from->outcome;
    to->outcome.by = from->by;
    to->outcome.source = from->source;
    to->outcome.notice = from->notice;
    to->outcome.cause = (char *)from->cause;
    to->outcome.note = (char *)from->note;
    to->outcome.words = (char *)from->words;
    to->outcome.cause_further = (char *)from->further;
    to->outcome.told = from->told;
    to->outcome.alternative = from->alternative;
    to->outcome.alternative_taken = from->taken;
    to->mode = from->mode;
}

/* Of the file's clients from `first` on. */
static gboolean look_ahead(const VisitRows *rows, VisitBatch *batch, guint first, GError **error)
{
    GArray *clients = row_checker_clients(rows->checker);
    gint64 ids[ID_PAGE];
    guint count = 0;
    Date from = DATE_NONE, to = DATE_NONE;
    for (guint i = first; i < clients->len && i < first + ID_PAGE; i++) {
        const gint64 id = g_array_index(clients, ImportClient, i).client_id;
        if (id != 0)
            ids[count++] = id;
    }
    for (guint i = 0; i < rows->visits->len; i++) {
        const Date date = g_array_index(rows->visits, ImportVisit, i).date;
        from = from == DATE_NONE ? date : MIN(from, date);
        to = to == DATE_NONE ? date : MAX(to, date);
    }
    return visit_batch_look_ahead(batch, ids, count, from, to, error);
}

static gboolean add_visits(ImportRun *run, VisitBatch *batch, GError **error)
{
    const VisitRows *rows = run->rows;
    ImportResult *result = run->result;
    g_autoptr(Visit) visit = visit_new();
    gboolean good = TRUE;
    guint behind = 0; /* the first client who was not looked ahead for */
    for (guint i = 0; good && i < rows->visits->len; i++) {
        const ImportVisit *from = &g_array_index(rows->visits, ImportVisit, i);
        const ImportRefusal *refusal = &g_array_index(rows->refusals, ImportRefusal, from->client);
        if (refusal->reason) {
            table_import_refuse(run->import, from->line, refusal->kind, g_strdup(refusal->reason));
            continue;
        }
        if (from->client >= behind) {
            behind = from->client + ID_PAGE;
            if (!look_ahead(rows, batch, from->client, error)) {
                good = FALSE;
                break;
            }
        }
        fill_visit(rows, from, visit);
        switch (visit_batch_add(batch, visit, error)) {
        case BATCH_COMPLETED:
            result->completed++;
            result->imported++;
            break;
        case BATCH_ADDED:
            result->imported++;
            break;
        case BATCH_DUPLICATE:
            result->duplicates++;
            break;
        case BATCH_DIFFERS:
            table_import_refuse(run->import, from->line, COLUMN_OUTCOME,
                                g_strdup(_("The visit is there already with another outcome. "
                                           "Correct it on the visit if the file is right.")));
            break;
        case BATCH_ERROR:
            good = FALSE;
        }
        if (good && i % IMPORT_PROGRESS_EVERY == 0)
            good = import_run_on(
                run, IMPORT_CHECKING_SHARE + (1 - IMPORT_CHECKING_SHARE) * i / rows->visits->len,
                error);
    }
    /* Causes and texts are the form's and the checker's: not the visit's to free. */
    visit->outcome.cause = visit->outcome.cause_further = NULL;
    visit->outcome.words = visit->outcome.note = NULL;
    return good;
}

static gboolean add_rows(ImportRun *run, gint64 import_id, GError **error)
{
    const VisitRows *rows = run->rows;
    if (!resolve_clients(run, error) || !resolve_staff(run, error))
        return FALSE;
    g_autoptr(VisitBatch) batch = visit_batch_new(run->import->session, import_id, error);
    return batch && visit_batch_expect(batch, rows->visits->len, error) &&
           add_visits(run, batch, error) && visit_batch_finish(batch, error);
}

const ImportKind import_kind_visits = {missing, rows_new, rows_free, check_rows, add_rows};
