/* import_people.c: the clients and staff that a file's rows speak of. */
#include "base/i18n.h"
#include "base/text.h"
#include "care/client/client_guard.h"
#include "care/unit/staff.h"
#include "exchange/table_import_private.h"

/* --- clients, as a row has them --------------------------------------------------------------- */

void import_client_clear(ImportClient *client)
{
    g_free(client->number);
    g_free(client->name);
}

/* New. */
static char *name_of(const ImportCells *cells, const CsvRow *row)
{
    const char *name = import_cell(cells, row, COLUMN_NAME);
    if (*name)
        return text_display(name);
    g_autofree char *whole = g_strconcat(import_cell(cells, row, COLUMN_GIVEN_NAME), " ",
                                         import_cell(cells, row, COLUMN_FAMILY_NAME), NULL);
    return text_display(g_strstrip(whole));
}

gboolean import_names_meet(const char *a, const char *b)
{
    if (!*a || !*b)
        return TRUE;
    g_auto(GStrv) words = text_fold_words(a);
    g_auto(GStrv) others = text_fold_words(b);
    for (int i = 0; words[i]; i++)
        if (g_strv_contains((const char *const *)others, words[i]))
            return TRUE;
    return FALSE;
}

/* Rather than one whose form is known and that has gone wrong. */
static gboolean is_strange(IdFault fault)
{
    return fault == ID_FORM || fault == ID_DATE;
}

gboolean import_client_take(const ImportCells *cells, const CsvRow *row, Date today,
                            gboolean unnumbered, ImportClient *client)
{
    g_autofree char *number = text_display(import_cell(cells, row, COLUMN_CLIENT_NUMBER));
    *client = (ImportClient){.name = name_of(cells, row), .line = row->line};
    if (*number)
        client->number = g_steal_pointer(&number);
    idnumber_parse(import_cell(cells, row, COLUMN_ID_NUMBER), today, &client->id);
    const IdFault fault = client->id.fault;
    const gboolean enough = client->number != NULL ? fault == ID_EMPTY || is_strange(fault)
                                                   : unnumbered && fault == ID_EMPTY;
    return fault == ID_OK || enough ||
           import_refuse(cells, row, COLUMN_ID_NUMBER, g_strdup(idnumber_fault_text(fault)));
}

gboolean import_client_none(const ImportCells *cells, const CsvRow *row)
{
    static const ColumnKind kinds[] = {COLUMN_CLIENT_NUMBER, COLUMN_ID_NUMBER, COLUMN_NAME,
                                       COLUMN_GIVEN_NAME, COLUMN_FAMILY_NAME};
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (*import_cell(cells, row, kinds[i]))
            return FALSE;
    return TRUE;
}

void import_client_remark(const ImportCells *cells, const CsvRow *row, const ImportClient *client)
{
    if (is_strange(client->id.fault))
        table_import_remark(cells->import, row->line, COLUMN_ID_NUMBER,
                            g_strdup_printf(_("The identity number was left out, and the client "
                                              "number used. %s"),
                                            idnumber_fault_text(client->id.fault)));
}

/* --- clients, as the unit has them ------------------------------------------------------------ */

gboolean import_was(Session *session, const ClientRow *known, const char *kind, const char *said)
{
    g_autoptr(GPtrArray) former = client_former(session, known->id, kind, NULL);
    for (guint i = 0; former != NULL && i < former->len; i++)
        if (g_str_equal(kind, "name") ? import_names_meet(said, former->pdata[i])
                                      : g_str_equal(said, former->pdata[i]))
            return TRUE;
    return FALSE;
}

/* Whether and why the file's rows cannot be this registered client's. */
static ImportRefusal mismatch(Session *session, ImportWhat what, const ImportClient *met,
                              const ClientRow *known)
{
    if (met->id.fault == ID_OK && known->id_number &&
        !g_str_equal(met->id.number, known->id_number) &&
        !import_was(session, known, "id_number", met->id.number))
        return (ImportRefusal){
            COLUMN_ID_NUMBER,
            g_strdup(_("The client number belongs to a client with another identity "
                       "number. Check which one is right."))};
    if (!import_names_meet(met->name, known->name) &&
        !import_was(session, known, "name", met->name))
        return (ImportRefusal){
            COLUMN_NAME,
            g_strdup(what == IMPORT_VISITS
                         ? _("The number belongs to a client with another name. Check whose visit "
                             "this is.")
                         : _("The number belongs to a client with another name. Check which one is "
                             "right."))};
    return (ImportRefusal){0};
}

/* The clients with the file's identity number and client number; 0: none. Of two, one whose card
 * the reader may not open is as none, so that no number can be tried out beside another. */
static gboolean find_both(Session *session, const ImportClient *met, gint64 *by_id,
                          gint64 *by_number, GError **error)
{
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

gboolean import_client_find(ImportRun *run, ImportClient *met, gboolean *guarded,
                            ImportRefusal *refusal, GError **error)
{
    Session *session = run->import->session;
    gint64 by_id, by_number;
    *guarded = FALSE;
    if (!find_both(session, met, &by_id, &by_number, error))
        return FALSE;
    met->client_id = by_id ? by_id : by_number;
    if (!met->client_id)
        return TRUE;
    if (by_id && by_number && by_number != by_id) {
        *refusal = (ImportRefusal){COLUMN_CLIENT_NUMBER,
                                   g_strdup(_("The client number and the identity number belong to "
                                              "two different clients."))};
        return TRUE;
    }
    *guarded = !client_may_open(session, met->client_id);
    if (*guarded && run->dry_run) {
        g_array_append_val(run->guarded, met->client_id);
        met->client_id = 0;
        return TRUE;
    }
    ClientRow *known = client_known(session, met->client_id, error);
    if (!known)
        return FALSE;
    *refusal = mismatch(session, run->import->what, met, known);
    if (*guarded && refusal->reason)
        g_array_append_val(run->guarded, met->client_id);
    client_row_free(known);
    return TRUE;
}

/* --- staff ------------------------------------------------------------------------------------ */

gboolean import_staff_known(const ImportRun *run, const GPtrArray *all, const char *text,
                            gint64 *id, GError **error)
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

gint64 import_staff(ImportRun *run, const GPtrArray *all, const char *text, StaffRole role,
                    GError **error)
{
    gint64 id = 0;
    if (!import_staff_known(run, all, text, &id, error) || id != 0)
        return id;
    id = staff_add_known(run->import->session, text, text, role, error);
    run->result->new_staff += id != 0;
    return id;
}

gboolean import_client_known(ImportRun *run, ImportClient *who, ImportRefusal *refusal,
                             GError **error)
{
    gboolean guarded = FALSE;
    if (!import_client_find(run, who, &guarded, refusal, error))
        return FALSE;
    if (guarded && !run->dry_run && refusal->reason == NULL)
        g_array_append_val(run->guarded, who->client_id);
    if (!guarded && (who->client_id != 0 || refusal->reason != NULL))
        return TRUE;
    g_free(refusal->reason);
    *refusal = (ImportRefusal){
        COLUMN_ID_NUMBER, g_strdup(_("There is no such client whose card you may open. Read in "
                                     "the clients first."))};
    return TRUE;
}
