/* client_merge_rows.c: what is moved from one card to another, row by row, and back. */
#include "care/client/client_merge_private.h"

#include "care/client/client_tables.h"

/* `note` before it is moved, `unnote` what stayed with the closed card after all, `back`. */
typedef struct {
    const char *table, *note, *unnote, *back;
} Moved;

#define NOTED(table) "r.merge_id = :merge AND r.table_name = '" table "' AND r.how = 'moved'"
#define UNNOTE(table)                                                                              \
    "DELETE FROM client_merge_row WHERE merge_id = :merge AND table_name = '" table                \
    "' AND how = 'moved' AND "
#define BY_ID(table)                                                                               \
    {table,                                                                                        \
     "INSERT INTO client_merge_row (merge_id, table_name, how, row_id) SELECT :merge, '" table     \
     "', 'moved', t.id FROM " table " t WHERE t.client_id = :client",                              \
     UNNOTE(table) "row_id IN (SELECT t.id FROM " table " t WHERE t.client_id = :client)",         \
     "UPDATE " table " SET client_id = :client WHERE client_id = :to AND id IN (SELECT r.row_id"   \
     " FROM client_merge_row r WHERE " NOTED(table) ")"}

/* A row for every table of client_tables.h with a `move`; what hangs on a row stands before it. */
static const Moved MOVED[] = {
    {"draft",
     "INSERT INTO client_merge_row (merge_id, table_name, how, row_id, row_text)"
     " SELECT :merge, 'draft', 'moved', t.staff_id, t.kind FROM draft t WHERE t.ref_id = :client",
     UNNOTE("draft") "EXISTS (SELECT 1 FROM draft t WHERE t.ref_id = :client"
                     " AND t.staff_id = client_merge_row.row_id"
                     " AND t.kind = client_merge_row.row_text)",
     "UPDATE draft SET ref_id = :client WHERE ref_id = :to AND EXISTS (SELECT 1"
     " FROM client_merge_row r WHERE " NOTED("draft")
     " AND r.row_id = draft.staff_id AND r.row_text = draft.kind)"},
    BY_ID("dispute"),
    BY_ID("away_proposal"),
    BY_ID("consent"),
    BY_ID("decision"),
    BY_ID("care_order"),
    BY_ID("implementation"),
    BY_ID("risk_note"),
    BY_ID("task"),
    BY_ID("contact_note"),
    BY_ID("quote"),
    BY_ID("client_reason"),
    {"retention_row",
     "INSERT INTO client_merge_row (merge_id, table_name, how, row_id)"
     " SELECT :merge, 'retention_row', 'moved', t.proposal_id FROM retention_row t"
     " WHERE t.client_id = :client",
     UNNOTE("retention_row") "row_id IN (SELECT t.proposal_id FROM retention_row t"
                             " WHERE t.client_id = :client)",
     "UPDATE retention_row SET client_id = :client WHERE client_id = :to AND proposal_id IN ("
     "SELECT r.row_id FROM client_merge_row r WHERE " NOTED("retention_row") ")"},
    BY_ID("visit"),
    BY_ID("absence"),
    BY_ID("closing"),
    BY_ID("series"),
    BY_ID("response"),
    BY_ID("placement"),
    BY_ID("client_former"),
    {"client",
     "INSERT INTO client_merge_row (merge_id, table_name, how, row_id)"
     " SELECT :merge, 'client', 'moved', t.id FROM client t WHERE t.merged_into = :client",
     UNNOTE("client") "row_id IN (SELECT t.id FROM client t WHERE t.merged_into = :client)",
     "UPDATE client SET merged_into = :client WHERE merged_into = :to AND id IN (SELECT r.row_id"
     " FROM client_merge_row r WHERE " NOTED("client") ")"},
};

static const char *move_of(const char *table)
{
    gsize count = 0;
    const ClientTable *tables = client_tables(&count);
    for (gsize i = 0; i < count; i++)
        if (g_str_equal(tables[i].name, table))
            return tables[i].move;
    g_return_val_if_reached(NULL);
}

/* Of what the cards in memory have, client_merge.c tells them (cards_changed()). */
gboolean client_merge_move_rows(Session *session, gint64 merge_id, gint64 closed, gint64 kept,
                                GError **error)
{
    Db *db = session_db(session);
    for (gsize i = 0; i < G_N_ELEMENTS(MOVED); i++) {
        const DbParam *noted = DB_PARAMS(DB_INT("merge", merge_id), DB_INT("client", closed));
        if (!db_run(db, MOVED[i].note, noted, error) ||
            !db_run(db, move_of(MOVED[i].table),
                    DB_PARAMS(DB_INT("client", closed), DB_INT("to", kept)), error) ||
            !db_run(db, MOVED[i].unnote, noted, error))
            return FALSE;
    }
    return TRUE;
}

/* What has been made on a row that was moved goes back with it: a visit of a series, a task of a visit.
 * Noted until nothing is found any more. */
#define FOLLOW(table, column)                                                                      \
    "INSERT INTO client_merge_row (merge_id, table_name, how, row_id) SELECT :merge, '" table      \
    "', 'moved', t.id FROM " table " t WHERE t.client_id = :to AND t." column " IN ("
#define OF_NOTED(parent) "SELECT r.row_id FROM client_merge_row r WHERE " NOTED(parent)
#define ONCE " ON CONFLICT (merge_id, table_name, how, row_id, row_text) DO NOTHING"
#define FOLLOWS(table, column, parent) FOLLOW(table, column) OF_NOTED(parent) ")" ONCE
#define FOLLOWS_AS(table, column, by, parent)                                                      \
    FOLLOW(table, column) by " IN (" OF_NOTED(parent) "))" ONCE

static gboolean note_followers(Session *session, gint64 merge_id, gint64 kept, GError **error)
{
    static const char *const follow[] = {
        FOLLOWS("response", "placement_id", "placement"),
        FOLLOWS("response", "corrects_id", "response"),
        FOLLOWS("series", "response_id", "response"),
        FOLLOWS("visit", "series_id", "series"),
        FOLLOWS("visit", "origin_id", "visit"),
        FOLLOWS("visit", "response_id", "response"),
        FOLLOWS("visit", "absence_id", "absence"),
        FOLLOWS("consent", "response_id", "response"),
        FOLLOWS("decision", "response_id", "response"),
        FOLLOWS_AS("contact_note", "id",
                   "SELECT o.replaced_id FROM contact_note o WHERE o.replaced_id IS NOT NULL AND o.id",
                   "contact_note"),
        FOLLOWS("task", "visit_id", "visit"),
        FOLLOWS("task", "response_id", "response"),
        FOLLOWS("task", "placement_id", "placement"),
        FOLLOWS("task", "absence_id", "absence"),
        FOLLOWS("task", "decision_id", "decision"),
        FOLLOWS("care_order", "decision_id", "decision"),
        FOLLOWS("implementation", "decision_id", "decision"),
        FOLLOWS("task", "implementation_id", "implementation"),
        FOLLOWS("closing", "absence_id", "absence"),
        FOLLOWS("dispute", "visit_id", "visit"),
        FOLLOWS("dispute", "response_id", "response"),
        FOLLOWS("dispute", "decision_id", "decision"),
        FOLLOWS("dispute", "note_id", "contact_note"),
        FOLLOWS_AS("task", "id",
                   "SELECT o.task_id FROM dispute o WHERE o.task_id IS NOT NULL AND o.id", "dispute"),
    };
    for (gint64 found = 1; found > 0;) {
        found = 0;
        for (gsize i = 0; i < G_N_ELEMENTS(follow); i++) {
            if (!db_run(session_db(session), follow[i],
                        DB_PARAMS(DB_INT("merge", merge_id), DB_INT("to", kept)), error))
                return FALSE;
            found += db_changes(session_db(session));
        }
    }
    return TRUE;
}

gboolean client_merge_give_back(Session *session, gint64 merge_id, gint64 closed, gint64 kept,
                                GError **error)
{
    if (!note_followers(session, merge_id, kept, error))
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(MOVED); i++)
        if (!db_run(session_db(session), MOVED[i].back,
                    DB_PARAMS(DB_INT("client", closed), DB_INT("to", kept),
                              DB_INT("merge", merge_id)),
                    error))
            return FALSE;
    return TRUE;
}
