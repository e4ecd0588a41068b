/* client_reason.c: why the card of a colleague's client was opened. */
#include "care/client/client_reason.h"

#include "base/clock.h"
#include "base/code.h"
#include "base/error.h"
#include "base/i18n.h"
#include "care/client/client_guard.h"
#include "care/client/protection.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/commit.h"
#include "care/unit/session_private.h"

static const CodeWord REASONS[REASON_COUNT] = {
    [REASON_URGENT] = {"urgent", N_("something that cannot wait")},
    [REASON_STAND_IN] = {"stand-in", N_("I stand in for a colleague")},
    [REASON_ASKED] = {"asked", N_("a colleague asked me to help")},
    [REASON_CALLED] = {"called", N_("the client, or somebody close, got in touch")},
    [REASON_OTHER] = {"other", N_("something else, in my own words")},
};
CODE_AND_NAME_FUNCTIONS(Reason, reason, REASONS)

void given_reason_free(GivenReason *given)
{
    if (given == NULL)
        return;
    g_free(given->client_name);
    g_free(given->staff_name);
    g_free(given->words);
    g_free(given->seen_name);
    g_free(given);
}

/* --- giving one ------------------------------------------------------------------------------- */

static gboolean words_are_right(Reason reason, const char *words, GError **error)
{
    const char *wrong = NULL;
    if (reason == REASON_OTHER && words == NULL)
        wrong = _("Say in a few words why you need to open the card today.");
    else if (words != NULL && g_utf8_strlen(words, -1) > REASON_WORDS_MOST)
        wrong = _("The reason is longer than 200 characters. Shorten it.");
    if (wrong != NULL)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT, wrong);
    return wrong == NULL;
}

static gboolean write_reason(Session *session, gint64 client_id, Reason reason, const char *words,
                             GError **error)
{
    gint64 id = db_new_id(session->db, "client_reason", error);
    if (id == 0 ||
        !db_run(session->db,
                "INSERT INTO client_reason (id, unit_id, client_id, staff_id, day, reason, words,"
                " given_ms) VALUES (:id, :unit, :client, :me, :day, :reason, :words, :now)"
                " ON CONFLICT (staff_id, client_id, day) DO NOTHING",
                DB_PARAMS(DB_INT("id", id), DB_INT("unit", session->unit_id),
                          DB_INT("client", client_id), DB_INT("me", session->staff_id),
                          DB_TEXT("day", client_guard_day(session)),
                          DB_TEXT("reason", reason_code(reason)), DB_TEXT("words", words),
                          DB_INT("now", clock_now_ms())),
                error))
        return FALSE;
    if (db_changes(session->db) == 0)
        return TRUE;
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "reason", NULL, reason_code(reason));
    audit_changes_text(changes, "words", NULL, words);
    return audit_write(session, "reason", "client", client_id, client_id, changes, error);
}

gboolean client_give_reason(Session *session, gint64 client_id, Reason reason, const char *words,
                            GError **error)
{
    g_autofree char *line = care_line(words);
    if (!access_require(session, PERMIT_CLIENT_READ, error) || !words_are_right(reason, line, error))
        return FALSE;
    if (!client_by_reason(session, client_id))
        return client_require_open(session, client_id, error);
    g_autoptr(DbTransaction) tx = db_transaction(session->db, error);
    return tx != NULL && write_reason(session, client_id, reason, line, error) &&
           commit_and_make_sure(session, tx,
                                "SELECT COUNT(*) FROM client_reason WHERE client_id = :client"
                                " AND staff_id = :me AND day = :day",
                                DB_PARAMS(DB_INT("client", client_id),
                                          DB_INT("me", session->staff_id),
                                          DB_TEXT("day", client_guard_day(session))),
                                error);
}

/* --- looking them through --------------------------------------------------------------------- */

#define UNSEEN " g.unit_id = :unit AND g.seen_ms IS NULL"
#define GIVEN                                                                                      \
    "SELECT g.id, c.id, g.staff_id, c.name, s.name, c.protection, g.day, g.given_ms,"       \
    " g.reason, g.words, g.seen_ms, l.name, " CLIENT_MAY_OPEN " FROM client_reason g"              \
    " JOIN client c ON c.id = " CLIENT_NOW("g.client_id") " JOIN staff s ON s.id = g.staff_id"                       \
    " LEFT JOIN staff l ON l.id = g.seen_by WHERE"

static GivenReason *given_from_row(DbStatement *row)
{
    GivenReason *given = g_new0(GivenReason, 1);
    given->id = db_int(row, 0);
    given->client_id = db_int(row, 1);
    given->staff_id = db_int(row, 2);
    given->closed = db_int(row, 12) == 0;
    given->client_name = given->closed ? NULL : g_strdup(db_text(row, 3));
    given->staff_name = g_strdup(db_text(row, 4));
    given->day = date_parse(db_text(row, 6));
    given->given_ms = db_int(row, 7);
    if (!reason_parse(db_text(row, 8), &given->reason))
        given->reason = REASON_OTHER;
    given->words = g_strdup(db_text(row, 9));
    given->seen_ms = db_int(row, 10);
    given->seen_name = g_strdup(db_text(row, 11));
    return given;
}

GPtrArray *reason_list(Session *session, gboolean all, int limit, GError **error)
{
    if (!access_require(session, PERMIT_LOG, error))
        return NULL;
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)given_reason_free);
    g_autoptr(DbStatement) rows = db_query(
        session->db,
        all ? GIVEN " g.unit_id = :unit ORDER BY g.given_ms DESC, g.id DESC LIMIT :limit"
            : GIVEN UNSEEN " ORDER BY g.given_ms, g.id LIMIT :limit",
        DB_PARAMS(CLIENT_GUARD(session), DB_INT("unit", session->unit_id), DB_INT("limit", limit)),
        error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        g_ptr_array_add(list, given_from_row(rows));
    return step == DB_STEP_DONE ? g_steal_pointer(&list) : NULL;
}

gboolean reason_count(Session *session, gint64 *count, GError **error)
{
    return access_require(session, PERMIT_LOG, error) &&
           db_get_int(session->db, "SELECT COUNT(*) FROM client_reason g WHERE" UNSEEN,
                      DB_PARAMS(DB_INT("unit", session->unit_id)), 0, count, error);
}

/* The client and who gave it; ERROR_NOT_FOUND. */
static gboolean read_given(Session *session, gint64 id, gint64 *client_id, gint64 *staff_id,
                           GError **error)
{
    g_autoptr(DbStatement) row =
        db_query(session->db,
                 "SELECT client_id, staff_id FROM client_reason WHERE id = :id AND unit_id = :unit",
                 DB_PARAMS(DB_INT("id", id), DB_INT("unit", session->unit_id)), error);
    DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    if (step == DB_STEP_DONE)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                            _("This reason is no longer there. Open the list again."));
    if (step != DB_STEP_ROW)
        return FALSE;
    *client_id = db_int(row, 0);
    *staff_id = db_int(row, 1);
    return TRUE;
}

gboolean reason_see(Session *session, gint64 id, GError **error)
{
    gint64 client_id = 0, staff_id = 0;
    if (!access_require(session, PERMIT_LOG, error) ||
        !read_given(session, id, &client_id, &staff_id, error))
        return FALSE;
    if (staff_id == session->staff_id) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_DENIED,
                            _("Your own reasons are looked through by another team lead."));
        return FALSE;
    }
    g_autoptr(DbTransaction) tx = db_transaction(session->db, error);
    if (tx == NULL ||
        !db_run(session->db,
                "UPDATE client_reason SET seen_by = :me, seen_ms = :now WHERE id = :id"
                " AND seen_ms IS NULL",
                DB_PARAMS(DB_INT("me", session->staff_id), DB_INT("now", clock_now_ms()),
                          DB_INT("id", id)),
                error))
        return FALSE;
    return (db_changes(session->db) == 0 ||
            audit_write(session, "see", "client_reason", id, client_id, NULL, error)) &&
           db_transaction_commit(tx, error);
}
