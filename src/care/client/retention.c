/* retention.c: the year's proposal, made, looked through and confirmed. */
#include "care/client/retention.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/cards.h"
#include "care/client/client_guard.h"
#include "care/client/retention_keep.h"
#include "care/client/retention_private.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/session_private.h"

#define MUNICIPALITY "municipality" /* of meta: SCB's four digits */

void retention_proposal_free(RetentionProposal *proposal)
{
    if (proposal == NULL)
        return;
    g_free(proposal->made_by);
    g_free(proposal);
}

void retention_row_free(RetentionRow *row)
{
    if (row == NULL)
        return;
    g_free(row->name);
    g_free(row->number);
    g_free(row->kept_by);
    g_free(row->kept_why);
    g_free(row->confirmed_by);
    g_free(row);
}

static gboolean refuse(GError **error, DagsformError code, const char *sentence)
{
    g_set_error_literal(error, DAGSFORM_ERROR, (int)code, sentence);
    return FALSE;
}

/* --- the municipality ------------------------------------------------------------------------- */

gboolean retention_municipality_read(Session *session, int *code, GError **error)
{
    GError *failed = NULL;
    g_autofree char *text = db_meta_get(session->db, MUNICIPALITY, &failed);
    *code = retention_municipality(text);
    if (failed != NULL)
        g_propagate_error(error, failed);
    return failed == NULL;
}

gboolean retention_municipality_set(Session *session, const char *text, GError **error)
{
    g_autofree char *said = g_strstrip(g_strdup(text)), *before = NULL;
    if (!access_require(session, PERMIT_CLIENT_EDIT, error))
        return FALSE;
    if (retention_municipality(said) == 0)
        return refuse(error, ERROR_INPUT,
                      _("A municipality is written with its four digits, such as 0126 for Huddinge "
                        "or 1480 for Göteborg; SCB has the list."));
    g_autoptr(DbTransaction) tx = db_transaction(session->db, error);
    if (tx == NULL)
        return FALSE;
    before = db_meta_get(session->db, MUNICIPALITY, NULL);
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, MUNICIPALITY, before, said);
    return audit_changes_empty(changes) ||
           (db_meta_set(session->db, MUNICIPALITY, said, error) &&
            audit_write(session, "change", "meta", 0, 0, changes, error) &&
            db_transaction_commit(tx, error));
}

/* --- making one ------------------------------------------------------------------------------- */

static int this_year(void)
{
    int year, month, day;
    date_to_ymd(clock_today(), &year, &month, &day);
    return year;
}

/* This year's is made by whoever makes it anew. 0 on error. */
static gint64 proposal_of_year(Session *session, int municipality, GError **error)
{
    gint64 id = 0, fresh = db_new_id(session->db, "retention_proposal", error);
    if (fresh == 0 ||
        !db_run(session->db,
                "INSERT INTO retention_proposal (id, unit_id, year, municipality, made_ms, made_by)"
                " VALUES (:id, :unit, :year, :place, :now, :me) ON CONFLICT (unit_id, year) DO UPDATE"
                " SET municipality = excluded.municipality, made_ms = excluded.made_ms,"
                " made_by = excluded.made_by, version = retention_proposal.version + 1",
                DB_PARAMS(DB_INT("id", fresh), DB_INT("unit", session->unit_id),
                          DB_INT("year", this_year()), DB_INT("place", municipality),
                          DB_INT("now", clock_now_ms()), DB_INT("me", session->staff_id)),
                error) ||
        !db_get_int(session->db,
                    "SELECT id FROM retention_proposal WHERE unit_id = :unit AND year = :year",
                    DB_PARAMS(DB_INT("unit", session->unit_id), DB_INT("year", this_year())), 0, &id,
                    error))
        return 0;
    return id;
}

/* What nobody has confirmed is proposed anew, and so is whom somebody kept until now. A client who was
 * kept in an earlier year until some later day is so still. */
static gboolean clear_rows(Session *session, gint64 id, GError **error)
{
    char today[DATE_SIZE];
    return db_run(session->db,
                  "DELETE FROM retention_row WHERE (proposal_id = :id AND confirmed_by IS NULL"
                  " AND (kept_by IS NULL OR look_again_on <= :today))"
                  " OR (proposal_id <> :id AND (kept_by IS NULL OR look_again_on <= :today))",
                  DB_PARAMS(DB_INT("id", id), DB_TEXT("today", date_format(clock_today(), today))),
                  error) &&
           db_run(session->db, "UPDATE retention_row SET proposal_id = :id WHERE proposal_id <> :id",
                  DB_PARAMS(DB_INT("id", id)), error);
}

static gboolean add_row(Session *session, gint64 id, const RetentionCandidate *one, gint64 *due,
                        GError **error)
{
    char note[DATE_SIZE], first[DATE_SIZE], last[DATE_SIZE];
    const RetentionRule rule = retention_rule(&one->facts, clock_today());
    if (rule.state == RETENTION_NOT_YET ||
        (rule.state == RETENTION_OPEN && rule.first > clock_today()))
        return TRUE;
    *due += rule.state == RETENTION_DUE;
    return db_run(
        session->db,
        "INSERT INTO retention_row (proposal_id, client_id, state, ground, last_note, first_on,"
        " last_on, proposed_by) VALUES (:id, :client, :state, :ground, :note, :first, :last, :me)"
        " ON CONFLICT (proposal_id, client_id) DO NOTHING",
        DB_PARAMS(DB_INT("id", id), DB_INT("client", one->client_id),
                  DB_TEXT("state", retention_state_code(rule.state)),
                  DB_TEXT("ground", retention_ground_code(rule.ground)),
                  DB_TEXT("note", date_format(one->facts.last_note, note)),
                  DB_TEXT("first", date_format(rule.first, first)),
                  DB_TEXT("last", date_format(rule.last, last)), DB_INT("me", session->staff_id)),
        error);
}

static gboolean write_proposal(Session *session, int municipality, GError **error)
{
    gint64 due = 0;
    g_autoptr(GArray) all = retention_candidates(session, 0, municipality, error);
    g_autoptr(DbTransaction) tx = all != NULL ? db_transaction(session->db, error) : NULL;
    const gint64 id = tx != NULL ? proposal_of_year(session, municipality, error) : 0;
    if (id == 0 || !clear_rows(session, id, error))
        return FALSE;
    for (guint i = 0; i < all->len; i++)
        if (!add_row(session, id, &g_array_index(all, RetentionCandidate, i), &due, error))
            return FALSE;
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_int(changes, "due", 0, due);
    return audit_write(session, "propose", "retention_proposal", id, 0, changes, error) &&
           db_transaction_commit(tx, error);
}

RetentionProposal *retention_propose(Session *session, GError **error)
{
    int municipality = 0;
    if (!access_require(session, PERMIT_CLIENT_EDIT, error) ||
        !retention_municipality_read(session, &municipality, error))
        return NULL;
    if (municipality == 0) {
        refuse(error, ERROR_INPUT,
               _("Say first which municipality the unit belongs to, as some keep everything: "
                 "dagsform retention municipality 0126"));
        return NULL;
    }
    return write_proposal(session, municipality, error) ? retention_read(session, error) : NULL;
}

/* --- reading it ------------------------------------------------------------------------------- */

#define IS_DUE "r.state = 'due' AND r.kept_by IS NULL"
#define COUNT_OF(condition) "COUNT(CASE WHEN " condition " THEN 1 END)"

RetentionProposal *retention_read(Session *session, GError **error)
{
    if (!access_require(session, PERMIT_CLIENT_EDIT, error))
        return NULL;
    g_autoptr(DbStatement) row = db_query(
        session->db,
        "SELECT p.id, p.version, p.year, p.municipality, p.made_ms, p.taken,"
        " (SELECT s.name FROM staff s WHERE s.id = p.made_by), " COUNT_OF(IS_DUE) ", "
        COUNT_OF("r.confirmed_by IS NOT NULL") ", "
        COUNT_OF("r.state = 'kept' OR r.kept_by IS NOT NULL") ", " COUNT_OF("r.state = 'open'")
        ", " COUNT_OF("c.protection <> 'none' AND " CLIENT_IS_NAMED " = 0")
        " FROM retention_proposal p LEFT JOIN retention_row r ON r.proposal_id = p.id"
        " LEFT JOIN client c ON c.id = r.client_id WHERE p.unit_id = :unit"
        " GROUP BY p.id, p.version, p.year, p.municipality, p.made_ms, p.taken, p.made_by"
        " ORDER BY p.year DESC LIMIT 1",
        DB_PARAMS(DB_INT("unit", session->unit_id), DB_INT("me", session->staff_id)), error);
    if (row == NULL || db_step(row, error) != DB_STEP_ROW)
        return NULL;
    RetentionProposal *proposal = g_new0(RetentionProposal, 1);
    *proposal = (RetentionProposal){.id = db_int(row, 0),
                                    .version = db_int(row, 1),
                                    .year = (int)db_int(row, 2),
                                    .municipality = (int)db_int(row, 3),
                                    .made_ms = db_int(row, 4),
                                    .taken = db_int(row, 5),
                                    .made_by = g_strdup(db_text(row, 6)),
                                    .due = db_int(row, 7),
                                    .confirmed = db_int(row, 8),
                                    .kept = db_int(row, 9),
                                    .open = db_int(row, 10),
                                    .closed = db_int(row, 11)};
    return proposal;
}

RetentionProposal *retention_require(Session *session, GError **error)
{
    GError *failed = NULL;
    RetentionProposal *proposal = retention_read(session, &failed);
    if (proposal == NULL && failed == NULL)
        refuse(error, ERROR_NOT_FOUND,
               _("There is no proposal yet. Make one: dagsform retention propose"));
    else if (proposal == NULL)
        g_propagate_error(error, failed);
    return proposal;
}

char *retention_proposal_words(const RetentionProposal *proposal)
{
    g_autofree char *made = clock_text(proposal->made_ms);
    return g_strdup_printf(
        _("Proposal of %d for municipality %04d, made %s by %s: to be deleted %d, of them confirmed "
          "%d; kept %d; where something goes on %d; deleted %d."),
        proposal->year, proposal->municipality, made, proposal->made_by, (int)proposal->due,
        (int)proposal->confirmed, (int)proposal->kept, (int)proposal->open, (int)proposal->taken);
}

#define ROWS \
    "SELECT c.id, c.name, c.number, r.state, r.ground, r.last_note, r.first_on, r.last_on," \
    " k.name, r.kept_why, r.look_again_on, f.name FROM retention_row r" \
    " JOIN client c ON c.id = r.client_id LEFT JOIN staff k ON k.id = r.kept_by" \
    " LEFT JOIN staff f ON f.id = r.confirmed_by"

static RetentionRow *from_row(DbStatement *row)
{
    RetentionRow *one = g_new0(RetentionRow, 1);
    *one = (RetentionRow){.client_id = db_int(row, 0),
                          .name = g_strdup(db_text(row, 1)),
                          .number = g_strdup(db_text(row, 2)),
                          .last_note = date_parse(db_text(row, 5)),
                          .first = date_parse(db_text(row, 6)),
                          .last = date_parse(db_text(row, 7)),
                          .kept_by = g_strdup(db_text(row, 8)),
                          .kept_why = g_strdup(db_text(row, 9)),
                          .look_again = date_parse(db_text(row, 10)),
                          .confirmed_by = g_strdup(db_text(row, 11))};
    if (!retention_state_parse(db_text(row, 3), &one->state))
        one->state = RETENTION_OPEN;
    if (!retention_ground_parse(db_text(row, 4), &one->ground))
        one->ground = GROUND_NONE;
    return one;
}

/* Whoever is due, whoever something goes on with, the others. */
static int part_of_list(const RetentionRow *row)
{
    if (row->state == RETENTION_DUE && row->kept_by == NULL)
        return 0;
    return row->state == RETENTION_OPEN ? 1 : 2;
}

static gint by_what_is_due(gconstpointer left, gconstpointer right, gpointer cards)
{
    const RetentionRow *a = *(RetentionRow *const *)left, *b = *(RetentionRow *const *)right;
    const int order = part_of_list(a) - part_of_list(b);
    return order != 0 ? order : cards_compare(cards, a->client_id, b->client_id);
}

GPtrArray *retention_rows(Session *session, gint64 proposal_id, GError **error)
{
    if (!access_require(session, PERMIT_CLIENT_EDIT, error))
        return NULL;
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)retention_row_free);
    g_autoptr(DbStatement) rows = db_query(
        session->db,
        ROWS
        " WHERE r.proposal_id = :id AND c.unit_id = :unit AND " CLIENT_MAY_OPEN " = 1",
        DB_PARAMS(CLIENT_GUARD(session), DB_INT("id", proposal_id),
                  DB_INT("unit", session->unit_id)),
        error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        g_ptr_array_add(all, from_row(rows));
    const Cards *cards = step == DB_STEP_DONE ? cards_of(session, error) : NULL;
    if (cards == NULL)
        return NULL;
    g_ptr_array_sort_with_data(all, by_what_is_due, (gpointer)cards);
    return g_steal_pointer(&all);
}

gboolean retention_kept(Session *session, gint64 client_id, RetentionRow **row, GError **error)
{
    *row = NULL;
    if (!client_require(session, PERMIT_CLIENT_READ, client_id, error))
        return FALSE;
    g_autoptr(DbStatement) kept = db_query(
        session->db,
        ROWS " WHERE r.client_id = :client AND r.kept_by IS NOT NULL ORDER BY r.proposal_id DESC LIMIT 1",
        DB_PARAMS(DB_INT("client", client_id)), error);
    DbStep step = kept != NULL ? db_step(kept, error) : DB_STEP_ERROR;
    if (step == DB_STEP_ROW)
        *row = from_row(kept);
    return step != DB_STEP_ERROR;
}

char *retention_row_words(const RetentionRow *row)
{
    char day[DATE_SIZE];
    if (row->kept_by != NULL)
        return g_strdup_printf(_("kept by %s until %s: %s"), row->kept_by,
                               date_format(row->look_again, day), row->kept_why);
    if (row->confirmed_by != NULL)
        return g_strdup_printf(_("to be deleted, confirmed by %s"), row->confirmed_by);
    if (row->state == RETENTION_KEPT)
        return g_strdup_printf("%s: %s", retention_state_name(row->state),
                               retention_ground_name(row->ground));
    if (row->state == RETENTION_OPEN)
        return g_strdup(_("something goes on: end the decision, series, task or form first"));
    return g_strdup_printf(_("to be deleted by %s"), date_format(row->last, day));
}

/* --- keeping and confirming ------------------------------------------------------------------- */

static gboolean new_version(Session *session, gint64 id, GError **error)
{
    return db_run(session->db,
                  "UPDATE retention_proposal SET version = version + 1 WHERE id = :id",
                  DB_PARAMS(DB_INT("id", id)), error);
}

static gboolean write_kept(Session *session, const RetentionProposal *proposal, gint64 client_id,
                           const char *why, Date look_again, GError **error)
{
    char day[DATE_SIZE];
    g_autoptr(DbTransaction) tx = db_transaction(session->db, error);
    if (tx == NULL ||
        !db_run(session->db,
                "UPDATE retention_row SET kept_by = :me, kept_why = :why, look_again_on = :day,"
                " confirmed_by = NULL, confirmed_ms = NULL"
                " WHERE proposal_id = :id AND client_id = :client AND state = 'due'",
                DB_PARAMS(DB_INT("me", session->staff_id), DB_TEXT("why", why),
                          DB_TEXT("day", date_format(look_again, day)), DB_INT("id", proposal->id),
                          DB_INT("client", client_id)),
                error))
        return FALSE;
    if (db_changes(session->db) == 0)
        return refuse(error, ERROR_NOT_FOUND,
                      _("The client is not among those to be deleted, and is kept as it is."));
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "why", NULL, why);
    audit_changes_date(changes, "look_again_on", DATE_NONE, look_again);
    return new_version(session, proposal->id, error) &&
           audit_write(session, "retain", "client", client_id, client_id, changes, error) &&
           db_transaction_commit(tx, error);
}

gboolean retention_keep(Session *session, gint64 client_id, const char *why, Date look_again,
                        GError **error)
{
    g_autofree char *line = care_line(why);
    if (!client_require(session, PERMIT_CLIENT_EDIT, client_id, error))
        return FALSE;
    const char *fault = keep_fault_why(line);
    if (fault == NULL)
        fault = keep_fault_again(look_again, clock_today());
    if (fault != NULL)
        return refuse(error, ERROR_INPUT, fault);
    g_autoptr(RetentionProposal) proposal = retention_require(session, error);
    return proposal != NULL && write_kept(session, proposal, client_id, line, look_again, error);
}

/* Why nothing could be confirmed. */
static gboolean nothing_to_confirm(Session *session, const RetentionProposal *seen, GError **error)
{
    gint64 own = 0;
    if (!db_get_int(session->db,
                    "SELECT COUNT(*) FROM retention_row r WHERE r.proposal_id = :id AND " IS_DUE
                    " AND r.confirmed_by IS NULL AND r.proposed_by = :me",
                    DB_PARAMS(DB_INT("id", seen->id), DB_INT("me", session->staff_id)), 0, &own,
                    error))
        return FALSE;
    if (own == 0)
        return refuse(error, ERROR_INPUT, _("There is nothing to confirm."));
    return refuse(error, ERROR_DENIED,
                  _("Whoever made the proposal does not confirm it. Ask a colleague who is case "
                    "officer or team lead."));
}

gboolean retention_confirm(Session *session, const RetentionProposal *seen, gint64 *count,
                           GError **error)
{
    gint64 version = 0;
    if (!access_require(session, PERMIT_CLIENT_EDIT, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session->db, error);
    if (tx == NULL ||
        !db_get_int(session->db, "SELECT version FROM retention_proposal WHERE id = :id",
                    DB_PARAMS(DB_INT("id", seen->id)), 0, &version, error))
        return FALSE;
    if (version != seen->version)
        return refuse(error, ERROR_CONFLICT,
                      _("The proposal has changed since you looked at it. Look it through again."));
    if (!db_run(session->db,
                "UPDATE retention_row SET confirmed_by = :me, confirmed_ms = :now"
                " WHERE proposal_id = :id AND state = 'due' AND kept_by IS NULL"
                " AND confirmed_by IS NULL AND proposed_by <> :me AND client_id IN ("
                "SELECT c.id FROM client c WHERE c.unit_id = :unit AND " CLIENT_MAY_OPEN " = 1)",
                DB_PARAMS(CLIENT_GUARD(session), DB_INT("now", clock_now_ms()),
                          DB_INT("id", seen->id), DB_INT("unit", session->unit_id)),
                error))
        return FALSE;
    *count = db_changes(session->db);
    if (*count == 0)
        return nothing_to_confirm(session, seen, error);
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_int(changes, "clients", 0, *count);
    return new_version(session, seen->id, error) &&
           audit_write(session, "confirm", "retention_proposal", seen->id, 0, changes, error) &&
           db_transaction_commit(tx, error);
}

/* --- what waits ------------------------------------------------------------------------------- */

/* Whether anybody of whom there is no row this year is due. */
static gint64 not_proposed(Session *session)
{
    int municipality = 0;
    gint64 due = 0;
    if (!retention_municipality_read(session, &municipality, NULL))
        return 0;
    g_autoptr(GArray) all = retention_candidates(session, 0, municipality, NULL);
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const RetentionFacts *facts = &g_array_index(all, RetentionCandidate, i).facts;
        due += retention_rule(facts, clock_today()).state == RETENTION_DUE;
    }
    return due;
}

char *retention_waits(Session *session)
{
    if (!access_allows(session, PERMIT_CLIENT_EDIT))
        return NULL;
    g_autoptr(RetentionProposal) latest = retention_read(session, NULL);
    if (latest != NULL && latest->confirmed > 0)
        return g_strdup_printf(ngettext("Retention: %d client is confirmed and to be deleted.",
                                        "Retention: %d clients are confirmed and to be deleted.",
                                        (gulong)latest->confirmed),
                               (int)latest->confirmed);
    if (latest != NULL && latest->year == this_year())
        return latest->due == 0
                   ? NULL
                   : g_strdup_printf(
                         ngettext("Retention: %d client is to be looked through and confirmed.",
                                  "Retention: %d clients are to be looked through and confirmed.",
                                  (gulong)latest->due),
                         (int)latest->due);
    const gint64 due = not_proposed(session);
    return due == 0 ? NULL
                    : g_strdup_printf(ngettext("Retention: %d client is due. Make the year's proposal.",
                                               "Retention: %d clients are due. Make the year's "
                                               "proposal.",
                                               (gulong)due),
                                      (int)due);
}
