/* client_import.c: rows of clients, checked and added. What stands on a card already is never
 * changed: a row that says something else is refused, and mended on the card by whoever knows which
 * is right. */
#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "care/client/client_guard.h"
#include "care/unit/staff.h"
#include "exchange/table_import_private.h"

typedef struct {
    ImportClient who;
    Date birth;
    Protection protection;
    char *worker, *officer; /* NULL: none said */
    gboolean active;
    gboolean says[COLUMN_COUNT]; /* which cells are filled in */
} ClientLine;

static void line_clear(gpointer data)
{
    ClientLine *line = data;
    import_client_clear(&line->who);
    g_free(line->worker);
    g_free(line->officer);
}

static gpointer rows_new(ImportRun *run)
{
    (void)run;
    return import_rows_new(sizeof(ClientLine), line_clear);
}

static char *missing(const TableImport *import)
{
    return table_import_column_of(import, COLUMN_NAME, 0) < 0 &&
                   table_import_column_of(import, COLUMN_FAMILY_NAME, 0) < 0
               ? g_strdup(_("Say which column holds the name."))
               : NULL;
}

/* --- checking --------------------------------------------------------------------------------- */

static gboolean take_birth(const ImportCells *cells, const CsvRow *row, ClientLine *line)
{
    const char *text = import_cell(cells, row, COLUMN_BIRTH_DATE);
    if (!import_date(cells, row, COLUMN_BIRTH_DATE, &line->birth))
        return FALSE;
    if (line->who.id.fault != ID_OK || line->who.id.birth == DATE_NONE)
        return TRUE;
    if (line->birth != DATE_NONE && line->birth != line->who.id.birth)
        return import_refuse_cell(cells, row, COLUMN_BIRTH_DATE,
                                  _("“%s” is another birth date than that of the identity number. "
                                    "Check which one is right."),
                                  text);
    line->birth = line->who.id.birth;
    return TRUE;
}

static gboolean take_standing(const ImportCells *cells, const CsvRow *row, ClientLine *line)
{
    const char *text = import_cell(cells, row, COLUMN_ACTIVE);
    const int yes = *text ? import_yes_or_no(text) : 1;
    if (yes < 0)
        return import_refuse_cell(cells, row, COLUMN_ACTIVE, _("“%s” is neither yes nor no."),
                                  text);
    line->active = yes != 0;
    text = import_cell(cells, row, COLUMN_PROTECTION);
    line->protection = PROTECTION_NONE;
    if (!*text || import_yes_or_no(text) == 0 || protection_said(text, &line->protection))
        return TRUE;
    if (import_yes_or_no(text) < 0)
        return import_refuse_cell(cells, row, COLUMN_PROTECTION,
                                  _("“%s” is no protection of identity known here. Write for "
                                    "instance confidentiality mark."),
                                  text);
    line->protection = PROTECTION_MARKED;
    return TRUE;
}

static gboolean take(const ImportCells *cells, const CsvRow *row, Date today, ClientLine *line)
{
    if (!import_row_begin(cells, row) || !import_client_take(cells, row, today, TRUE, &line->who))
        return FALSE;
    if (*line->who.name == '\0')
        return import_refuse(cells, row, COLUMN_NAME, g_strdup(_("The name is missing.")));
    if (!take_birth(cells, row, line) || !take_standing(cells, row, line))
        return FALSE;
    for (ColumnKind kind = COLUMN_SKIP + 1; kind < COLUMN_COUNT; kind++)
        line->says[kind] = *import_cell(cells, row, kind) != '\0';
    if (line->says[COLUMN_STAFF])
        line->worker = g_strdup(import_cell(cells, row, COLUMN_STAFF));
    if (line->says[COLUMN_OFFICER])
        line->officer = g_strdup(import_cell(cells, row, COLUMN_OFFICER));
    import_client_remark(cells, row, &line->who);
    return TRUE;
}

/* `key` is taken over. FALSE when it was met before. */
static gboolean meet(ImportRows *rows, const ImportCells *cells, const CsvRow *row, ColumnKind kind,
                     char *key)
{
    return import_rows_meet(rows, cells, row, kind, key,
                            _("The client is on line %d already. Keep one of the rows."));
}

/* Told from the file alone, so that the second of two rows says nothing of who is in the unit. */
static gboolean is_first(ImportRows *rows, const ImportCells *cells, const CsvRow *row,
                         const ClientLine *line)
{
    const ImportClient *who = &line->who;
    const gboolean identified = who->id.fault == ID_OK;
    if (who->number == NULL && !identified)
        return meet(rows, cells, row, COLUMN_NAME,
                    g_strdup_printf("name %d %s", line->birth, who->name));
    return (who->number == NULL || meet(rows, cells, row, COLUMN_CLIENT_NUMBER,
                                        g_strconcat("number ", who->number, NULL))) &&
           (!identified ||
            meet(rows, cells, row, COLUMN_ID_NUMBER, g_strconcat("id ", who->id.number, NULL)));
}

static void take_row(ImportRun *run, const ImportCells *cells, const CsvRow *row)
{
    ImportRows *rows = run->rows;
    ClientLine line = {0};
    if (take(cells, row, clock_today(), &line) && is_first(rows, cells, row, &line))
        g_array_append_val(rows->rows, line);
    else
        line_clear(&line);
}

static gboolean check_rows(ImportRun *run, CsvReader *reader, GError **error)
{
    return import_check_each(run, reader, take_row, error);
}

/* --- adding ----------------------------------------------------------------------------------- */

/* Who of the unit has the client. */
typedef struct {
    gint64 worker, officer; /* 0: nobody is said */
} Assigned;

/* The cell in which a card that is there says something else than the row; COLUMN_SKIP: none. */
static ColumnKind differs(Session *session, const ClientLine *line, const ClientRow *known,
                          const Assigned *to)
{
    if (line->who.number != NULL && g_strcmp0(line->who.number, known->number) != 0 &&
        !import_was(session, known, "number", line->who.number))
        return COLUMN_CLIENT_NUMBER;
    if (line->who.id.fault == ID_OK && g_strcmp0(line->who.id.number, known->id_number) != 0 &&
        !import_was(session, known, "id_number", line->who.id.number))
        return COLUMN_ID_NUMBER;
    if (line->says[COLUMN_BIRTH_DATE] && line->birth != known->birth_date)
        return COLUMN_BIRTH_DATE;
    if (line->says[COLUMN_STAFF] && to->worker != known->support_worker_id)
        return COLUMN_STAFF;
    if (line->says[COLUMN_OFFICER] && to->officer != known->case_officer_id)
        return COLUMN_OFFICER;
    if (line->says[COLUMN_ACTIVE] && line->active != known->active)
        return COLUMN_ACTIVE;
    if (line->says[COLUMN_PROTECTION] && line->protection != known->protection)
        return COLUMN_PROTECTION;
    return COLUMN_SKIP;
}

/* A client that is there already: of a card that the reader may not open nothing is told. */
static gboolean compare(ImportRun *run, const ClientLine *line, gboolean guarded,
                        const Assigned *to, GError **error)
{
    ClientRow *known = client_known(run->import->session, line->who.client_id, error);
    if (known == NULL)
        return FALSE;
    const ColumnKind kind = guarded ? COLUMN_SKIP : differs(run->import->session, line, known, to);
    if (guarded)
        g_array_append_val(run->guarded, known->id);
    if (kind == COLUMN_SKIP)
        run->result->duplicates++;
    else
        table_import_refuse(run->import, line->who.line, kind,
                            g_strdup(_("The client is there already, and the card says something "
                                       "else here. Change it on the card if the file is right.")));
    client_row_free(known);
    return TRUE;
}

/* What the card's own rule says against it is the row's refusal. */
static gboolean add_client(ImportRun *run, const ClientLine *line, const Assigned *to,
                           GError **error)
{
    g_autoptr(GError) fault = NULL;
    g_autoptr(Client) client = client_new();
    client->name = g_strdup(line->who.name);
    client->number = g_strdup(line->who.number);
    if (line->who.id.fault == ID_OK) {
        client->id_kind = line->who.id.kind;
        client->id_number = g_strdup(line->who.id.number);
        client->sex = line->who.id.sex;
    }
    client->birth_date = line->birth;
    client->protection = line->protection;
    client->active = line->active;
    client->support_worker_id = to->worker;
    client->case_officer_id = to->officer;
    if (client_add_from_file(run->import->session, client, &fault)) {
        run->result->imported++;
        return TRUE;
    }
    if (!g_error_matches(fault, DAGSFORM_ERROR, ERROR_INPUT) &&
        !g_error_matches(fault, DAGSFORM_ERROR, ERROR_EXISTS)) {
        g_propagate_error(error, g_steal_pointer(&fault));
        return FALSE;
    }
    table_import_refuse(run->import, line->who.line, COLUMN_SKIP, g_strdup(fault->message));
    return TRUE;
}

/* Whoever has neither number is known by name and birth date. */
static gboolean find(ImportRun *run, ClientLine *line, gboolean *guarded, ImportRefusal *refusal,
                     GError **error)
{
    ImportClient *who = &line->who;
    if (who->number != NULL || who->id.fault == ID_OK)
        return import_client_find(run, who, guarded, refusal, error);
    if (!client_find_unnumbered(run->import->session, who->name, line->birth, &who->client_id,
                                error))
        return FALSE;
    *guarded = who->client_id != 0 && !client_may_open(run->import->session, who->client_id);
    if (*guarded && run->dry_run) {
        g_array_append_val(run->guarded, who->client_id);
        who->client_id = 0;
    }
    return TRUE;
}

/* Who is not known is added. */
static gboolean assign(ImportRun *run, const GPtrArray *staff, const ClientLine *line, Assigned *to,
                       GError **error)
{
    if (line->worker != NULL &&
        (to->worker = import_staff(run, staff, line->worker, ROLE_SUPPORT_WORKER, error)) == 0)
        return FALSE;
    return line->officer == NULL ||
           (to->officer = import_staff(run, staff, line->officer, ROLE_CASE_OFFICER, error)) != 0;
}

static gboolean add_line(ImportRun *run, guint index, gpointer staff, GError **error)
{
    ClientLine *line = &g_array_index(((ImportRows *)run->rows)->rows, ClientLine, index);
    ImportRefusal refusal = {0};
    gboolean guarded;
    Assigned to = {0};
    if (!find(run, line, &guarded, &refusal, error))
        return FALSE;
    if (refusal.reason != NULL) {
        table_import_refuse(run->import, line->who.line, refusal.kind, refusal.reason);
        return TRUE;
    }
    if (!assign(run, staff, line, &to, error))
        return FALSE;
    if (line->who.client_id != 0)
        return compare(run, line, guarded, &to, error);
    if (!guarded)
        return add_client(run, line, &to, error);
    /* A dry run that answers as if nobody had the number cannot add it once more. */
    run->result->imported++;
    return TRUE;
}

static gboolean add_rows(ImportRun *run, gint64 import_id, GError **error)
{
    (void)import_id;
    g_autoptr(GPtrArray) staff = staff_list(run->import->session, error);
    return staff != NULL &&
           import_add_each(run, ((ImportRows *)run->rows)->rows->len, add_line, staff, error);
}

const ImportKind import_kind_clients = {missing, rows_new, import_rows_free, check_rows, add_rows};
