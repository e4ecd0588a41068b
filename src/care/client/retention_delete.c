/* retention_delete.c: one client after the other, and what holds them still. */
#include "care/client/retention_delete.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_tables.h"
#include "care/client/retention_private.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/audit_weed.h"
#include "care/unit/backup.h"
#include "care/unit/commit.h"
#include "care/unit/kept_copies.h"
#include "care/unit/session_private.h"
#include "care/visit/counted.h"
#include "care/visit/summary.h"

/* One confirmed client. */
typedef struct {
    gint64 proposal_id, client_id, proposed_by, confirmed_by;
} Confirmed;

static GArray *read_confirmed(Session *session, GError **error)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(Confirmed));
    g_autoptr(DbStatement) rows =
        db_query(session->db,
                 "SELECT r.proposal_id, r.client_id, r.proposed_by, r.confirmed_by"
                 " FROM retention_row r JOIN retention_proposal p ON p.id = r.proposal_id"
                 " WHERE p.unit_id = :unit AND r.confirmed_by IS NOT NULL ORDER BY r.client_id",
                 DB_PARAMS(DB_INT("unit", session->unit_id)), error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        const Confirmed one = {db_int(rows, 0), db_int(rows, 1), db_int(rows, 2), db_int(rows, 3)};
        g_array_append_val(all, one);
    }
    return step == DB_STEP_DONE ? g_steal_pointer(&all) : NULL;
}

/* --- what was counted ------------------------------------------------------------------------- */

typedef struct {
    SummaryState state;
    gint64 visits;
} Counted;

static void counted_clear(gpointer data)
{
    g_free((char *)((Counted *)data)->state.cause);
}

static GArray *read_counted(Session *session, gint64 client_id, GError **error)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(Counted));
    g_array_set_clear_func(all, counted_clear);
    g_autoptr(DbStatement) rows =
        db_query(session->db,
                 "SELECT v.week, v.outcome, v.cause, v.stand_in, COUNT(*) FROM visit v"
                 " WHERE v.client_id = :client GROUP BY v.week, v.outcome, v.cause, v.stand_in",
                 DB_PARAMS(DB_INT("client", client_id)), error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        Counted one = {.state = {.week = (Week)db_int(rows, 0),
                                 .cause = g_strdup(db_text(rows, 2)),
                                 .stand_in = db_int(rows, 3) != 0},
                       .visits = db_int(rows, 4)};
        if (!outcome_parse(db_text(rows, 1), &one.state.outcome))
            one.state.outcome = OUTCOME_NONE;
        g_array_append_val(all, one);
    }
    return step == DB_STEP_DONE ? g_steal_pointer(&all) : NULL;
}

static gboolean uncount(Session *session, gint64 client_id, GError **error)
{
    g_autoptr(GArray) all = read_counted(session, client_id, error);
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const Counted *one = &g_array_index(all, Counted, i);
        if (!summary_move(session, (SummaryOf){0}, one->state,
                          (SummaryState){.outcome = OUTCOME_NONE}, one->visits, error))
            return FALSE;
    }
    return all != NULL;
}

/* --- one client ------------------------------------------------------------------------------- */

/* Nothing has been noted or begun since it was confirmed. `*due`. */
static gboolean is_still_due(Session *session, const Confirmed *one, gboolean *due, GError **error)
{
    int municipality = 0;
    if (!retention_municipality_read(session, &municipality, error))
        return FALSE;
    g_autoptr(GArray) found = retention_candidates(session, one->client_id, municipality, error);
    *due =
        found != NULL && found->len == 1 &&
        retention_rule(&g_array_index(found, RetentionCandidate, 0).facts, clock_today()).state ==
            RETENTION_DUE;
    return found != NULL;
}

static gboolean write_log(Session *session, const Confirmed *one, GError **error)
{
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_int(changes, "clients", 0, 1);
    audit_changes_int(changes, "proposed_by", 0, one->proposed_by);
    audit_changes_int(changes, "confirmed_by", 0, one->confirmed_by);
    return audit_write(session, "delete", "retention_proposal", one->proposal_id, 0, changes,
                       error);
}

/* The cards that were merged into the client's, which go with it. */
static GArray *read_merged(Session *session, gint64 client_id, GError **error)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(DbStatement) rows =
        db_query(session->db, "SELECT id FROM client WHERE merged_into = :client ORDER BY id",
                 DB_PARAMS(DB_INT("client", client_id)), error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        const gint64 id = db_int(rows, 0);
        g_array_append_val(all, id);
    }
    return step == DB_STEP_DONE ? g_steal_pointer(&all) : NULL;
}

/* Papers and files have left the database; the log alone has that they were written. */
static gboolean count_papers(Session *session, gint64 client_id, gint64 *papers, GError **error)
{
    gint64 more = 0;
    const gboolean done = db_get_int(session->db,
                                     "SELECT COUNT(*) FROM audit WHERE client_id = :client"
                                     " AND action IN ('export', 'extract', 'paper', 'log')",
                                     DB_PARAMS(DB_INT("client", client_id)), 0, &more, error);
    *papers += more;
    return done;
}

static gboolean take_card(Session *session, gint64 client_id, gint64 *papers, GError **error)
{
    return count_papers(session, client_id, papers, error) && uncount(session, client_id, error) && audit_weed(session, client_id, error) &&
           client_tables_take(session, client_id, error);
}

static gboolean take(Session *session, const Confirmed *one, gint64 *papers, GError **error)
{
    g_autoptr(GArray) merged = read_merged(session, one->client_id, error);
    for (guint i = 0; merged != NULL && i < merged->len; i++)
        if (!take_card(session, g_array_index(merged, gint64, i), papers, error))
            return FALSE;
    return merged != NULL && take_card(session, one->client_id, papers, error) &&
           db_run(session->db,
                  "UPDATE retention_proposal SET taken = taken + 1, taken_ms = :now,"
                  " version = version + 1 WHERE id = :id",
                  DB_PARAMS(DB_INT("now", clock_now_ms()), DB_INT("id", one->proposal_id)),
                  error) &&
           write_log(session, one, error);
}

static gboolean leave(Session *session, const Confirmed *one, GError **error)
{
    return db_run(
        session->db, "DELETE FROM retention_row WHERE proposal_id = :id AND client_id = :client",
        DB_PARAMS(DB_INT("id", one->proposal_id), DB_INT("client", one->client_id)), error);
}

/* In one transaction. Another program may have taken the row meanwhile, or taken the confirmation
 * back. */
static gboolean delete_one(Session *session, const Confirmed *one, RetentionResult *result,
                           GError **error)
{
    gboolean due = FALSE;
    gint64 stands = 0, papers = 0;
    g_autoptr(DbTransaction) tx = db_transaction(session->db, error);
    if (tx == NULL ||
        !db_get_int(session->db,
                    "SELECT COUNT(*) FROM retention_row WHERE proposal_id = :id"
                    " AND client_id = :client AND confirmed_by = :by",
                    DB_PARAMS(DB_INT("id", one->proposal_id), DB_INT("client", one->client_id),
                              DB_INT("by", one->confirmed_by)),
                    0, &stands, error))
        return FALSE;
    if (stands == 0)
        return TRUE;
    if (!is_still_due(session, one, &due, error) ||
        !(due ? take(session, one, &papers, error) : leave(session, one, error)) ||
        !commit_and_make_sure(
            session, tx,
            "SELECT 1 - COUNT(*) FROM retention_row WHERE proposal_id = :id"
            " AND client_id = :client",
            DB_PARAMS(DB_INT("id", one->proposal_id), DB_INT("client", one->client_id)), error))
        return FALSE;
    result->deleted += due;
    result->papers += papers;
    result->changed += !due;
    return TRUE;
}

gboolean retention_run(Session *session, RetentionProgress progress, gpointer data,
                       RetentionResult *result, GError **error)
{
    *result = (RetentionResult){0};
    if (!access_require(session, PERMIT_CLIENT_EDIT, error))
        return FALSE;
    g_autoptr(GArray) all = read_confirmed(session, error);
    if (all == NULL)
        return FALSE;
    if (all->len == 0) {
        g_set_error_literal(
            error, DAGSFORM_ERROR, ERROR_INPUT,
            _("Nobody is confirmed. Let somebody else than whoever made the proposal "
              "look it through and confirm it first."));
        return FALSE;
    }
    for (guint i = 0; i < all->len; i++) {
        if (progress != NULL && !progress((double)i / all->len, data)) {
            g_set_error(
                error, DAGSFORM_ERROR, ERROR_CANCELLED,
                _("Broken off. Those who are deleted are gone for good; the others are left "
                  "as they were, and can be deleted another time."));
            return FALSE;
        }
        if (!delete_one(session, &g_array_index(all, Confirmed, i), result, error))
            return FALSE;
        db_give_way(session->db);
    }
    if (progress != NULL)
        progress(1.0, data);
    return TRUE;
}

char *retention_papers_words(gint64 papers)
{
    if (papers == 0)
        return NULL;
    return g_strdup_printf(
        ngettext("%d paper or file was written about those who are gone. It lies where it was put: look "
                 "for it, and destroy it.",
                 "%d papers or files were written about those who are gone. They lie where they were put: "
                 "look for them, and destroy them.",
                 (gulong)papers),
        (int)papers);
}

/* --- the copies ------------------------------------------------------------------------------- */

void retention_copy_free(RetentionCopy *copy)
{
    if (copy == NULL)
        return;
    g_free(copy->path);
    g_free(copy);
}

/* Of the newest in each of so many months the last goes when as many months have passed. */
static void add_backups(Session *session, Date deleted, GPtrArray *all)
{
    g_autofree char *folder = backup_folder(session);
    g_autoptr(GPtrArray) shelf = backup_shelf(folder, vault_database_id(session->vault));
    for (guint i = shelf->len; i-- > 0;) {
        const ShelvedBackup *one = shelf->pdata[i];
        const Date made = clock_local(one->manifest->made_ms, NULL);
        if (made > deleted)
            continue;
        RetentionCopy *copy = g_new0(RetentionCopy, 1);
        *copy = (RetentionCopy){g_strdup(one->path), made,
                                date_add_months(made, BACKUP_RULE.months + 1)};
        g_ptr_array_add(all, copy);
    }
}

GPtrArray *retention_copies(Session *session, GError **error)
{
    gint64 at_ms = 0;
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)retention_copy_free);
    if (!db_get_int(session->db,
                    "SELECT MAX(taken_ms) FROM retention_proposal WHERE unit_id = :unit",
                    DB_PARAMS(DB_INT("unit", session->unit_id)), 0, &at_ms, error))
        return NULL;
    if (at_ms == 0)
        return g_steal_pointer(&all);
    const Date deleted = clock_local(at_ms, NULL);
    g_autoptr(GPtrArray) kept = kept_copies(db_path(session->db));
    for (guint i = 0; i < kept->len; i++) {
        const KeptCopy *one = kept->pdata[i];
        if (one->date > deleted)
            continue;
        RetentionCopy *copy = g_new0(RetentionCopy, 1);
        *copy = (RetentionCopy){g_strdup(one->path), one->date, DATE_NONE};
        g_ptr_array_add(all, copy);
    }
    add_backups(session, deleted, all);
    return g_steal_pointer(&all);
}

char *retention_copy_words(const RetentionCopy *copy)
{
    char made[DATE_SIZE], gone[DATE_SIZE];
    if (copy->gone == DATE_NONE)
        return g_strdup_printf(
            _("%s, of %s: no rule takes it away. Take it away with its key file."), copy->path,
            date_format(copy->made, made));
    return g_strdup_printf(_("%s, of %s: the rule for backups has taken it away by %s."),
                           copy->path, date_format(copy->made, made),
                           date_format(copy->gone, gone));
}
