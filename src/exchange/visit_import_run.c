/* visit_import_run.c: checks every row, then adds those that passed, in one transaction. */
#include "base/clock.h"
#include "base/file_draft.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/client/client_guard.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/file_import.h"
#include "care/unit/staff.h"
#include "care/visit/visit_batch.h"
#include "exchange/visit_import_private.h"

#include <string.h>

/* Checking is the lighter half of the work. */
#define CHECKING_SHARE 0.4
#define PROGRESS_EVERY 2048

/* Why a client's rows are refused. */
typedef struct {
    ColumnKind kind; /* of the column at fault */
    char *reason;    /* NULL: they are not */
} Refusal;

typedef struct {
    VisitImport *import;
    ImportProgress progress;
    gpointer data;
    ImportResult *result;
    RowChecker *checker;
    GArray *visits;   /* ImportVisit */
    GArray *refusals; /* Refusal, one per client */
    GArray *guarded; /* gint64: clients whose card the reader may not open, and who were met without
                      * their visits being read in */
    gboolean dry_run;
} Run;

static gboolean go_on(const Run *run, double share, GError **error)
{
    if (!run->progress || run->progress(share, run->data))
        return TRUE;
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CANCELLED,
                        _("Reading in was broken off. Nothing of the file was read in."));
    return FALSE;
}

/* --- checking --------------------------------------------------------------------------------- */

static gboolean check_rows(Run *run, GError **error)
{
    VisitImport *import = run->import;
    CsvRow row;
    g_autoptr(CsvReader) reader = visit_import_rows(import, &row);
    while (csv_next(reader, &row)) {
        ImportVisit visit;
        run->result->rows++;
        if (row_checker_take(run->checker, &row, &visit))
            g_array_append_val(run->visits, visit);
        if (run->result->rows % PROGRESS_EVERY == 0 &&
            !go_on(run, CHECKING_SHARE * (double)csv_position(reader) / (double)import->length,
                   error))
            return FALSE;
    }
    return TRUE;
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

/* --- people ----------------------------------------------------------------------------------- */

static void refusal_clear(gpointer data)
{
    g_free(((Refusal *)data)->reason);
}

/* Whether and why the file's rows cannot be this registered client's. */
static Refusal mismatch(const ImportClient *met, const ClientRow *known)
{
    if (met->id.fault == ID_OK && known->id_number &&
        !g_str_equal(met->id.number, known->id_number))
        return (Refusal){COLUMN_ID_NUMBER,
                         g_strdup(_("The client number belongs to a client with another identity "
                                    "number. Check which one is right."))};
    if (!visit_import_names_meet(met->name, known->name))
        return (Refusal){COLUMN_NAME, g_strdup(_("The number belongs to a client with another "
                                                 "name. Check whose visit this is."))};
    return (Refusal){0};
}

/* `stranger`: without the numbers, which somebody else has. */
static gboolean add_client(Run *run, ImportClient *met, gboolean stranger, GError **error)
{
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
    if (!client_add_known(run->import->session, client, error))
        return FALSE;
    met->client_id = client->id;
    run->result->new_clients++;
    return TRUE;
}

/* The clients with the file's identity number and client number; 0: none. Of two, one whose card
 * the reader may not open is as none, so that no number can be tried out beside another. */
static gboolean find_client(Run *run, const ImportClient *met, gint64 *by_id, gint64 *by_number,
                            GError **error)
{
    Session *session = run->import->session;
    *by_id = *by_number = 0;
    if ((met->id.fault == ID_OK && !client_find(session, met->id.number, NULL, by_id, error)) ||
        (met->number && !client_find(session, NULL, met->number, by_number, error)))
        return FALSE;
    if (!*by_id || !*by_number || *by_id == *by_number)
        return TRUE;
    if (!client_may_open(session, *by_id))
        *by_id = 0;
    else if (!client_may_open(session, *by_number))
        *by_number = 0;
    return TRUE;
}

/* The registered client that the file's one is, by identity number, else by client number. Whether
 * somebody whose card the reader may not open has a number is not told by a dry run: it answers as
 * if nobody had it. Reading in must refuse another name, and leaves a trace. */
static gboolean resolve_client(Run *run, ImportClient *met, Refusal *refusal, GError **error)
{
    Session *session = run->import->session;
    gint64 by_id, by_number;
    if (!find_client(run, met, &by_id, &by_number, error))
        return FALSE;
    met->client_id = by_id ? by_id : by_number;
    if (!met->client_id)
        return add_client(run, met, FALSE, error);
    if (by_id && by_number && by_number != by_id) {
        *refusal = (Refusal){COLUMN_CLIENT_NUMBER,
                             g_strdup(_("The client number and the identity number belong to two "
                                        "different clients."))};
        return TRUE;
    }
    const gboolean guarded = !client_may_open(session, met->client_id);
    if (guarded && run->dry_run) {
        g_array_append_val(run->guarded, met->client_id);
        return add_client(run, met, TRUE, error);
    }
    ClientRow *known = client_known(session, met->client_id, error);
    if (!known)
        return FALSE;
    *refusal = mismatch(met, known);
    if (guarded && refusal->reason)
        g_array_append_val(run->guarded, met->client_id);
    client_row_free(known);
    return TRUE;
}

static gboolean resolve_clients(Run *run, GError **error)
{
    GArray *clients = row_checker_clients(run->checker);
    g_array_set_size(run->refusals, clients->len);
    for (guint i = 0; i < clients->len; i++) {
        ImportClient *met = &g_array_index(clients, ImportClient, i);
        Refusal *refusal = &g_array_index(run->refusals, Refusal, i);
        if (met->meant && !resolve_client(run, met, refusal, error))
            return FALSE;
    }
    return TRUE;
}

/* By code or login, else by name when only one has it; 0: nobody. FALSE only on error. */
static gboolean find_staff(const Run *run, const GPtrArray *all, const char *text, gint64 *id,
                           GError **error)
{
    g_autoptr(GError) fault = NULL;
    g_autoptr(Staff) known = staff_find(run->import->session, text, &fault);
    if (fault) {
        g_propagate_error(error, g_steal_pointer(&fault));
        return FALSE;
    }
    *id = known ? known->id : 0;
    guint namesakes = 0;
    for (guint i = 0; !known && i < all->len; i++) {
        const Staff *one = all->pdata[i];
        if (text_collate(one->name, text) != 0)
            continue;
        *id = namesakes++ == 0 ? one->id : 0;
    }
    return TRUE;
}

static gboolean resolve_staff(Run *run, GError **error)
{
    Session *session = run->import->session;
    GArray *staff = row_checker_staff(run->checker);
    g_autoptr(GPtrArray) all = staff_list(session, error);
    if (!all)
        return FALSE;
    for (guint i = 0; i < staff->len; i++) {
        ImportStaff *met = &g_array_index(staff, ImportStaff, i);
        if (!find_staff(run, all, met->text, &met->staff_id, error))
            return FALSE;
        if (met->staff_id)
            continue;
        met->staff_id = staff_add_known(session, met->text, met->text, ROLE_SUPPORT_WORKER, error);
        if (!met->staff_id)
            return FALSE;
        run->result->new_staff++;
    }
    return TRUE;
}

/* --- adding ----------------------------------------------------------------------------------- */

static void fill_visit(Run *run, const ImportVisit *from, Visit *to)
{
    GArray *clients = row_checker_clients(run->checker);
    GArray *staff = row_checker_staff(run->checker);
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

static gboolean add_visits(Run *run, VisitBatch *batch, GError **error)
{
    ImportResult *result = run->result;
    g_autoptr(Visit) visit = visit_new();
    gboolean good = TRUE;
    for (guint i = 0; good && i < run->visits->len; i++) {
        const ImportVisit *from = &g_array_index(run->visits, ImportVisit, i);
        const Refusal *refusal = &g_array_index(run->refusals, Refusal, from->client);
        if (refusal->reason) {
            visit_import_refuse(run->import, from->line, refusal->kind, g_strdup(refusal->reason));
            continue;
        }
        fill_visit(run, from, visit);
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
            visit_import_refuse(run->import, from->line, COLUMN_OUTCOME,
                                g_strdup(_("The visit is there already with another outcome. "
                                           "Correct it on the visit if the file is right.")));
            break;
        case BATCH_ERROR:
            good = FALSE;
        }
        if (good && i % PROGRESS_EVERY == 0)
            good = go_on(run, CHECKING_SHARE + (1 - CHECKING_SHARE) * i / run->visits->len, error);
    }
    /* Causes and texts are the form's and the checker's: not the visit's to free. */
    visit->outcome.cause = visit->outcome.cause_further = NULL;
    visit->outcome.words = visit->outcome.note = NULL;
    return good;
}

static int compare_faults(gconstpointer a, gconstpointer b)
{
    return (*(ImportFault *const *)a)->line - (*(ImportFault *const *)b)->line;
}

static gboolean write_all(Run *run, gint64 import_id, GError **error)
{
    VisitImport *import = run->import;
    g_autoptr(VisitBatch) batch = visit_batch_new(import->session, import_id, error);
    if (!batch || !visit_batch_expect(batch, run->visits->len, error) ||
        !add_visits(run, batch, error) || !visit_batch_finish(batch, error))
        return FALSE;
    g_ptr_array_sort(import->faults, compare_faults);
    run->result->rejected = (int)import->faults->len;
    return TRUE;
}

/* What the log says of it, and of a dry run too. */
static gboolean write_file(Run *run, gint64 import_id, GError **error)
{
    const VisitImport *import = run->import;
    const ImportResult *result = run->result;
    g_autofree char *name = g_path_get_basename(import->path);
    g_autofree char *mapping = visit_import_mapping(import);
    const FileImport row = {.id = import_id,
                            .file_name = name,
                            .file_hash = import->hash,
                            .encoding = (char *)encoding_name(import->encoding),
                            .rows = result->rows,
                            .imported = result->imported,
                            .duplicates = result->duplicates,
                            .rejected = result->rejected};
    if (!file_import_met(import->session, (const gint64 *)run->guarded->data, run->guarded->len,
                         error))
        return FALSE;
    if (run->dry_run)
        return file_import_looked(import->session, &row, error);
    return file_import_finish(import->session, &row, error) &&
           file_import_remember(import->session, import->heading_text, mapping, error);
}

/* Everything is added; what comes of a dry run is thrown away. */
static gboolean add_all(Run *run, GError **error)
{
    Session *session = run->import->session;
    g_autoptr(DbTransaction) transaction = db_transaction_large(session_db(session), error);
    if (transaction == NULL)
        return FALSE;
    const gint64 import_id = file_import_begin(session, error);
    return import_id && resolve_clients(run, error) && resolve_staff(run, error) &&
           write_all(run, import_id, error) &&
           (run->dry_run ||
            (write_file(run, import_id, error) && db_transaction_commit(transaction, error)));
}

static gboolean log_dry_run(Run *run, GError **error)
{
    Db *db = session_db(run->import->session);
    if (db_is_read_only(db))
        return TRUE;
    g_autoptr(DbTransaction) transaction = db_transaction(db, error);
    return transaction != NULL && write_file(run, 0, error) &&
           db_transaction_commit(transaction, error);
}

static gboolean run_import(Run *run, GError **error)
{
    if (!go_on(run, 0, error) || !check_rows(run, error))
        return FALSE;
    g_array_sort(run->visits, compare_visits);
    if (!add_all(run, error) || (run->dry_run && !log_dry_run(run, error)))
        return FALSE;
    go_on(run, 1, NULL);
    return TRUE;
}

gboolean visit_import_run(VisitImport *import, gboolean dry_run, ImportProgress progress,
                          gpointer data, ImportResult *result, GError **error)
{
    *result = (ImportResult){0};
    g_autofree char *missing = visit_import_missing(import);
    if (missing) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT, missing);
        return FALSE;
    }
    if (!access_require(import->session, PERMIT_IMPORT, error))
        return FALSE;
    g_ptr_array_set_size(import->faults, 0);
    g_ptr_array_set_size(import->remarks, 0);
    Run run = {
        .import = import, .progress = progress, .data = data, .result = result, .dry_run = dry_run};
    run.checker =
        row_checker_new(import, session_cancellation_form(import->session), clock_today());
    run.visits = g_array_new(FALSE, FALSE, sizeof(ImportVisit));
    run.refusals = g_array_new(FALSE, TRUE, sizeof(Refusal));
    g_array_set_clear_func(run.refusals, refusal_clear);
    run.guarded = g_array_new(FALSE, FALSE, sizeof(gint64));
    const gboolean done = run_import(&run, error);
    row_checker_free(run.checker);
    g_array_unref(run.visits);
    g_array_unref(run.refusals);
    g_array_unref(run.guarded);
    return done;
}

const GPtrArray *visit_import_faults(const VisitImport *import)
{
    return import->faults;
}

const GPtrArray *visit_import_remarks(const VisitImport *import)
{
    return import->remarks;
}

/* --- the refused rows --------------------------------------------------------------------------
 */

/* A row of the file and two cells more. A row cut short is filled up; one too long keeps all it
 * has, and is refused again until it is mended. */
static void append_rejected(GString *out, const VisitImport *import, const CsvRow *row,
                            const char *line, const char *reason)
{
    const int count = MAX(row->count, import->columns);
    g_autofree const char **cells = g_new0(const char *, count + 2);
    memcpy(cells, row->cells, (gsize)row->count * sizeof *cells);
    cells[count] = line;
    cells[count + 1] = reason;
    csv_append(out, cells, count + 2, import->separator);
}

static char *rejected_text(const VisitImport *import)
{
    GString *out = g_string_new("\xef\xbb\xbf");
    CsvRow row;
    g_autoptr(CsvReader) reader = visit_import_rows(import, &row);
    append_rejected(out, import, &row, _("Line in file"), _("Reason refused"));
    guint next = 0;
    while (next < import->faults->len && csv_next(reader, &row)) {
        const ImportFault *fault = import->faults->pdata[next];
        if (row.line != fault->line)
            continue;
        char line[16];
        g_snprintf(line, sizeof line, "%d", row.line);
        append_rejected(out, import, &row, line, fault->reason);
        next++;
    }
    return g_string_free(out, FALSE);
}

gboolean visit_import_write_rejected(const VisitImport *import, const char *path, GError **error)
{
    g_autofree char *text = rejected_text(import);
    return file_write(path, FALSE, text, strlen(text), error);
}
