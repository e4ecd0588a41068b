/* laptop.c: a part of the unit is taken along.
 *
 * The file on the laptop is whole before the unit knows of it, and opens only once the unit does:
 * what is broken off between leaves a file in which nothing can have been done, or a row that says
 * lost. */
#include "care/laptop/laptop.h"

#include <errno.h>

#include <glib/gstdio.h>

#include "base/clock.h"
#include "base/code.h"
#include "base/folder.h"
#include "base/i18n.h"
#include "care/client/client_guard.h"
#include "care/laptop/laptop_slice.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/backup_forms.h"
#include "care/unit/form_version.h"
#include "care/unit/laptop_mark.h"
#include "care/unit/making.h"
#include "care/unit/session_private.h"
#include "care/visit/counted.h"

static const CodeWord STATES[LAPTOP_STATE_COUNT] = {
    [LAPTOP_OUT] = {"out", N_("away from the unit")},
    [LAPTOP_HOME] = {"home", N_("come home")},
    [LAPTOP_LOST] = {"lost", N_("told lost")},
};
CODE_AND_NAME_FUNCTIONS(LaptopState, laptop_state, STATES)

void laptop_free(Laptop *laptop)
{
    if (laptop == NULL)
        return;
    g_free(laptop->staff_name);
    g_free(laptop);
}

/* --- whose cards go along --------------------------------------------------------------------- */

static gboolean add_own(Session *session, GArray *clients, GError **error)
{
    g_autoptr(DbStatement) rows =
        db_query(session_db(session),
                 "SELECT c.id FROM client c WHERE c.unit_id = :unit AND c.merged_into IS NULL"
                 " AND c.protection = 'none' AND c.id IN " CLIENTS_OWN " ORDER BY c.id",
                 DB_PARAMS(DB_INT("unit", session_unit_id(session)), CLIENT_GUARD(session)), error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        const gint64 id = db_int(rows, 0);
        g_array_append_val(clients, id);
    }
    return step == DB_STEP_DONE;
}

static gboolean is_among(const GArray *clients, gint64 id)
{
    for (guint i = 0; i < clients->len; i++)
        if (g_array_index(clients, gint64, i) == id)
            return TRUE;
    return FALSE;
}

/* Those with protected identity who are named, each of whom must be open to the person. */
static gboolean add_guarded(Session *session, const GArray *guarded, GArray *clients,
                            GError **error)
{
    for (guint i = 0; guarded != NULL && i < guarded->len; i++) {
        const gint64 id = g_array_index(guarded, gint64, i);
        if (!client_require(session, PERMIT_CLIENT_READ, id, error))
            return FALSE;
        if (!is_among(clients, id))
            g_array_append_val(clients, id);
    }
    return TRUE;
}

/* --- the file --------------------------------------------------------------------------------- */

typedef struct {
    Session *home;
    const GArray *clients;
    DbTransaction
        *tx; /* of home: nothing changes between two tables, nor before home knows of it */
    Date until;
} Taking;

static gboolean settle(Session *made, const GArray *clients, GError **error)
{
    for (guint i = 0; i < clients->len; i++) {
        const gint64 client = g_array_index(clients, gint64, i);
        if (!counted_settle_first(made, client, error) ||
            !counted_settle_latest(made, client, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean fill(Session *made, gpointer data, GError **error)
{
    Taking *taking = data;
    Session *home = taking->home;
    g_autofree char *home_id = g_strdup(vault_database_id(session_vault(home)));
    made->is_filled = TRUE;
    made->demo = session_is_demo(home);
    made->unit_id = session_unit_id(home);
    made->unit_name = g_strdup(session_unit_name(home));
    made->staff_id = session_staff_id(home);
    made->staff_name = g_strdup(session_staff_name(home));
    made->role = session_role(home);
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_date(changes, "until", DATE_NONE, taking->until);
    taking->tx = db_transaction(session_db(home), error);
    return taking->tx != NULL && laptop_mark(made, home_id, taking->until, error) &&
           laptop_slice_copy(home, made->db, taking->clients, error) &&
           audit_write(made, "create", "unit", made->unit_id, 0, changes, error) &&
           settle(made, taking->clients, error);
}

/* Its own forms, where the folder beside the new file has none of that name. */
static gboolean copy_forms(Session *home, Session *made, GError **error)
{
    g_autofree char *from = form_version_unit_folder(home), *to = form_version_unit_folder(made);
    g_autoptr(GDir) folder = g_dir_open(from, 0, NULL);
    const char *name;
    if (folder != NULL && g_mkdir_with_parents(to, 0700) != 0)
        return folder_fault(to, errno, error);
    while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
        g_autofree char *file = g_build_filename(from, name, NULL);
        g_autofree char *copy = g_build_filename(to, name, NULL);
        if (backup_form_is_name(name) && !g_file_test(copy, G_FILE_TEST_EXISTS) &&
            !folder_copy_file(file, copy, error))
            return FALSE;
    }
    return TRUE;
}

/* --- what home knows -------------------------------------------------------------------------- */

static gboolean log_clients(Session *session, const GArray *clients, GError **error)
{
    for (guint i = 0; i < clients->len; i++) {
        const gint64 client = g_array_index(clients, gint64, i);
        if (!audit_write(session, "take-along", "client", client, client, NULL, error))
            return FALSE;
    }
    return TRUE;
}

/* The forms that are in the file go on there. */
static gboolean hold_responses(Session *session, Session *made, gint64 node, GError **error)
{
    g_autoptr(DbStatement) rows =
        db_query(session_db(made), "SELECT id FROM response ORDER BY id", NULL, error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        if (!db_run(session_db(session),
                    "INSERT INTO away_response (response_id, node) VALUES (:id, :node)",
                    DB_PARAMS(DB_INT("id", db_int(rows, 0)), DB_INT("node", node)), error))
            return FALSE;
    return step == DB_STEP_DONE;
}

static gboolean insert(Session *session, Session *made, const Laptop *laptop, const GArray *clients,
                       GError **error)
{
    char day[DATE_SIZE];
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_int(changes, "clients", 0, laptop->clients);
    audit_changes_date(changes, "until", DATE_NONE, laptop->until);
    return db_run(session_db(session),
                  "INSERT INTO away (node, unit_id, staff_id, database_id, since_ms, until_on,"
                  " clients, state, state_ms, state_by) VALUES (:node, :unit, :me, :database, :now,"
                  " :until, :clients, 'out', :now, :me)",
                  DB_PARAMS(DB_INT("node", laptop->node), DB_INT("unit", session_unit_id(session)),
                            DB_INT("me", session_staff_id(session)),
                            DB_TEXT("database", vault_database_id(session_vault(made))),
                            DB_INT("now", laptop->since_ms),
                            DB_TEXT("until", date_format(laptop->until, day)),
                            DB_INT("clients", laptop->clients)),
                  error) &&
           hold_responses(session, made, laptop->node, error) &&
           audit_write(session, "create", "away", laptop->node, 0, changes, error) &&
           log_clients(session, clients, error);
}

static gboolean make_ready(Session *made, GError **error)
{
    g_autoptr(DbTransaction) tx = db_transaction(session_db(made), error);
    return tx != NULL && laptop_mark_ready(made, error) && db_transaction_commit(tx, error);
}

static gboolean tell_home(const Taking *taking, DbTransaction *tx, Session *made,
                          const Laptop *laptop, GError **error)
{
    return copy_forms(taking->home, made, error) &&
           insert(taking->home, made, laptop, taking->clients, error) &&
           db_transaction_commit(tx, error) && make_ready(made, error);
}

static gboolean may_take(Session *session, GError **error)
{
    if (!access_require(session, PERMIT_CLIENT_READ, error) ||
        !access_require(session, PERMIT_VISIT_RECORD, error))
        return FALSE;
    if (!session_is_laptop(session) && !db_is_read_only(session_db(session)))
        return TRUE;
    g_set_error_literal(
        error, DAGSFORM_ERROR, ERROR_INPUT,
        session_is_laptop(session)
            ? _("This is a laptop's part already. Take a new one along from the unit.")
            : _("Nothing can be written now, so nothing can be taken along either. Try "
                "again where the database can be written to."));
    return FALSE;
}

Laptop *laptop_take_along(Session *session, const SessionOpening *opening, const GArray *guarded,
                          Secret **recovery_code, GError **error)
{
    g_autoptr(GArray) clients = g_array_new(FALSE, FALSE, sizeof(gint64));
    if (!may_take(session, error) || !add_own(session, clients, error) ||
        !add_guarded(session, guarded, clients, error))
        return NULL;
    if (clients->len == 0) {
        g_set_error_literal(
            error, DAGSFORM_ERROR, ERROR_INPUT,
            _("You have no clients of your own, so there is nothing to take along."));
        return NULL;
    }
    Taking taking = {.home = session, .clients = clients, .until = clock_today() + LAPTOP_DAYS};
    g_autoptr(Secret) code = NULL;
    Session *made = session_create_filled(opening, fill, &taking, &code, error);
    g_autoptr(DbTransaction) tx = taking.tx;
    if (made == NULL)
        return NULL;
    g_autoptr(Laptop) laptop = g_new0(Laptop, 1);
    *laptop = (Laptop){.node = db_node(session_db(made)),
                       .staff_id = session_staff_id(session),
                       .staff_name = g_strdup(session_staff_name(session)),
                       .since_ms = clock_now_ms(),
                       .until = taking.until,
                       .clients = (int)clients->len,
                       .state = LAPTOP_OUT,
                       .state_ms = clock_now_ms()};
    if (!tell_home(&taking, tx, made, laptop, error)) {
        session_unmake(made);
        return NULL;
    }
    session_close(made);
    *recovery_code = g_steal_pointer(&code);
    return g_steal_pointer(&laptop);
}

/* --- those there are -------------------------------------------------------------------------- */

#define LAPTOPS                                                                                    \
    "SELECT a.node, a.staff_id, s.name, a.since_ms, a.until_on, a.clients, a.state, a.state_ms"    \
    " FROM away a JOIN staff s ON s.id = a.staff_id WHERE a.unit_id = :unit"

static Laptop *laptop_from_row(DbStatement *row)
{
    Laptop *laptop = g_new0(Laptop, 1);
    laptop->node = db_int(row, 0);
    laptop->staff_id = db_int(row, 1);
    laptop->staff_name = g_strdup(db_text(row, 2));
    laptop->since_ms = db_int(row, 3);
    laptop->until = date_parse(db_text(row, 4));
    laptop->clients = (int)db_int(row, 5);
    laptop_state_parse(db_text(row, 6), &laptop->state);
    laptop->state_ms = db_int(row, 7);
    return laptop;
}

GPtrArray *laptop_list(Session *session, GError **error)
{
    const gboolean all =
        access_allows(session, PERMIT_USERS) || access_allows(session, PERMIT_BACKUP);
    g_autoptr(GPtrArray) laptops = g_ptr_array_new_with_free_func((GDestroyNotify)laptop_free);
    g_autoptr(DbStatement) rows =
        db_query(session_db(session),
                 LAPTOPS " AND (:all = 1 OR a.staff_id = :me) ORDER BY a.since_ms DESC, a.node",
                 DB_PARAMS(DB_INT("unit", session_unit_id(session)), DB_INT("all", all),
                           DB_INT("me", session_staff_id(session))),
                 error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        g_ptr_array_add(laptops, laptop_from_row(rows));
    return step == DB_STEP_DONE ? g_steal_pointer(&laptops) : NULL;
}

Laptop *laptop_get(Session *session, gint64 node, GError **error)
{
    g_autoptr(DbStatement) row =
        db_query(session_db(session), LAPTOPS " AND a.node = :node",
                 DB_PARAMS(DB_INT("unit", session_unit_id(session)), DB_INT("node", node)), error);
    DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    if (step == DB_STEP_DONE)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                            _("The unit knows of no such laptop. Look at those there are with "
                              "“dagsform away --list”."));
    return step == DB_STEP_ROW ? laptop_from_row(row) : NULL;
}

char *laptop_words(const Laptop *laptop)
{
    char day[DATE_SIZE];
    g_autofree char *since = clock_text(laptop->since_ms);
    return g_strdup_printf(ngettext("%s, since %s, until %s, %d client: %s",
                                    "%s, since %s, until %s, %d clients: %s",
                                    (gulong)laptop->clients),
                           laptop->staff_name, since, date_format(laptop->until, day),
                           laptop->clients, laptop_state_name(laptop->state));
}

gboolean laptop_settle(Session *session, const Laptop *laptop, LaptopState state, GError **error)
{
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "state", laptop_state_code(laptop->state),
                       laptop_state_code(state));
    return db_run(session_db(session),
                  "UPDATE away SET state = :state, state_ms = :now, state_by = :me"
                  " WHERE node = :node",
                  DB_PARAMS(DB_TEXT("state", laptop_state_code(state)),
                            DB_INT("now", clock_now_ms()),
                            DB_INT_OR_NULL("me", session_staff_id(session)),
                            DB_INT("node", laptop->node)),
                  error) &&
           db_run(session_db(session), "DELETE FROM away_response WHERE node = :node",
                  DB_PARAMS(DB_INT("node", laptop->node)), error) &&
           audit_write(session, "change", "away", laptop->node, 0, changes, error);
}

gboolean laptop_lost(Session *session, gint64 node, GError **error)
{
    g_autoptr(Laptop) laptop = laptop_get(session, node, error);
    if (laptop == NULL || (laptop->staff_id != session_staff_id(session) &&
                           !access_require(session, PERMIT_USERS, error)))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    g_autoptr(Laptop) now = tx != NULL ? laptop_get(session, node, error) : NULL;
    if (now == NULL)
        return FALSE;
    if (now->state == LAPTOP_LOST)
        return TRUE;
    if (now->state == LAPTOP_HOME) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CONFLICT,
                            _("That laptop has come home already: nothing is away on it."));
        return FALSE;
    }
    return laptop_settle(session, now, LAPTOP_LOST, error) && db_transaction_commit(tx, error);
}
