/* client_tables.c: the list. */
#include "care/client/client_tables.h"

#include "care/client/cards.h"
#include "care/client/client_drafts.h"

#define OF_CLIENT "client_id = :client"
#define OF_VISIT "visit_id IN (SELECT v.id FROM visit v WHERE v.client_id = :client)"
#define OF_RESPONSE "response_id IN (SELECT q.id FROM response q WHERE q.client_id = :client)"
#define OF_PLACEMENT "placement_id IN (SELECT p.id FROM placement p WHERE p.client_id = :client)"

#define OF_MERGE                                                                                   \
    "merge_id IN (SELECT m.id FROM client_merge m WHERE m.kept_id = :client"                       \
    " OR m.closed_id = :client)"

/* A task may be tied by what it came from alone. */
#define OF_TASK OF_CLIENT " OR " OF_VISIT " OR " OF_RESPONSE " OR " OF_PLACEMENT

#define OF_DECISION "decision_id IN (SELECT d.id FROM decision d WHERE d.client_id = :client)"

#define OF_A_TASK "task_id IN (SELECT id FROM task WHERE " OF_TASK ")"

/* Whose ref_id is what stands in draft_rows.h and where a page begins its draft. What tells of a
 * client by what is typed alone: client_drafts.h. */
#define DRAFTS_OF_CLIENT                                                                           \
    "(kind IN ('visit', 'series', 'client', 'new-placement', 'quote', 'reason', 'group-member',"   \
    " 'group-member-end', 'contact', 'retention-keep', 'absence', 'decision', 'closing',"           \
    " 'consent', 'risk-note')"                                                                     \
    " OR kind LIKE 'dispute-card-%'"                                                               \
    " OR kind = 'dispute-other-')"
#define OF_DRAFT                                                                                   \
    "(" DRAFTS_OF_CLIENT " AND ref_id = :client)"                                                  \
    " OR (kind IN ('new-time', 'cancellation', 'second')"                                          \
    " AND ref_id IN (SELECT v.id FROM visit v WHERE v.client_id = :client))"                       \
    " OR (kind IN ('call', 'take-over')"                                                           \
    " AND ref_id IN (SELECT q.id FROM response q WHERE q.client_id = :client))"                    \
    " OR (kind = 'task-give' AND ref_id IN (SELECT id FROM task WHERE " OF_TASK "))"               \
    " OR (kind = 'contact-correction'"                                                             \
    " AND ref_id IN (SELECT n.id FROM contact_note n WHERE n.client_id = :client))"                \
    " OR (kind = 'absence-change'"                                                                 \
    " AND ref_id IN (SELECT b.id FROM absence b WHERE b.client_id = :client))"                     \
    " OR (kind = 'consent-change'"                                                                 \
    " AND ref_id IN (SELECT k.id FROM consent k WHERE k.client_id = :client))"                     \
    " OR (kind = 'closing-change'"                                                                 \
    " AND ref_id IN (SELECT e.id FROM closing e WHERE e.client_id = :client))"                     \
    " OR (kind IN ('placement', 'not-given-case-officer', 'not-given-child', 'not-given-parent',"   \
    " 'not-given-parent-2')"                                                                       \
    " AND ref_id IN (SELECT p.id FROM placement p WHERE p.client_id = :client))"                   \
    " OR (kind = 'dispute-visit-'"                                                                 \
    " AND ref_id IN (SELECT v.id FROM visit v WHERE v.client_id = :client))"                       \
    " OR (kind LIKE 'dispute-response-%'"                                                              \
    " AND ref_id IN (SELECT q.id FROM response q WHERE q.client_id = :client))"                    \
    " OR (kind IN ('decision-change', 'order', 'implementation', 'dispute-decision-')"                                                              \
    " AND ref_id IN (SELECT d.id FROM decision d WHERE d.client_id = :client))"                    \
    " OR (kind = 'order-change'"                                                                   \
    " AND ref_id IN (SELECT o.id FROM care_order o WHERE o.client_id = :client))"                  \
    " OR (kind = 'implementation-change'"                                                          \
    " AND ref_id IN (SELECT p.id FROM implementation p WHERE p.client_id = :client))"              \
    " OR (kind = 'dispute-note-'"                                                                  \
    " AND ref_id IN (SELECT n.id FROM contact_note n WHERE n.client_id = :client))"                \
    " OR (kind = 'dispute-settle'"                                                                 \
    " AND ref_id IN (SELECT d.id FROM dispute d WHERE d.client_id = :client))"

#define TABLE(table, columns, of)                                                                  \
    .name = table, .points = columns, .whose = of, .take = "DELETE FROM " table " WHERE " of
#define MOVE(table) .move = "UPDATE " table " SET client_id = :to WHERE client_id = :client"
/* But for those of which :to has the like. */
#define MOVE_UNLESS(table, alike)                                                                  \
    .move = "UPDATE " table " SET client_id = :to WHERE client_id = :client AND NOT EXISTS ("      \
            "SELECT 1 FROM " table " o WHERE o.client_id = :to AND " alike ")"

static const ClientTable TABLES[] = {
    {.name = "audit", .points = "client_id", .whose = OF_CLIENT},
    {TABLE("draft", "ref_id body", OF_DRAFT),
     .move = "UPDATE draft SET ref_id = :to WHERE ref_id = :client AND " DRAFTS_OF_CLIENT
             " AND NOT EXISTS (SELECT 1 FROM draft o WHERE o.staff_id = draft.staff_id"
             " AND o.kind = draft.kind AND o.ref_id = :to)"},
    {TABLE("away_response", "response_id", OF_RESPONSE)},
    {TABLE("away_proposal", "client_id visit_id task_id", OF_CLIENT), MOVE("away_proposal")},
    {TABLE("answer", "response_id", OF_RESPONSE)},
    {TABLE("call", "response_id", OF_RESPONSE)},
    {TABLE("visit_version", "visit_id", OF_VISIT)},
    {TABLE("out_home", "visit_id", OF_VISIT)},
    {TABLE("visit_second", "visit_id", OF_VISIT)},
    {TABLE("series_second", "series_id",
           "series_id IN (SELECT r.id FROM series r WHERE r.client_id = :client)")},
    {TABLE("dispute", "client_id visit_id response_id decision_id note_id task_id", OF_CLIENT),
     MOVE("dispute")},
    {TABLE("consent", "client_id response_id", OF_CLIENT), MOVE("consent")},
    {TABLE("call_reminder", "task_id", OF_A_TASK)},
    {TABLE("call_request", "task_id", OF_A_TASK)},
    {TABLE("task", "client_id visit_id response_id placement_id absence_id decision_id implementation_id",
           OF_TASK),
     MOVE("task")},
    {TABLE("implementation", "client_id decision_id order_id", OF_CLIENT), MOVE("implementation")},
    {TABLE("care_order", "client_id decision_id", OF_CLIENT), MOVE("care_order")},
    {TABLE("decision_version", "decision_id", OF_DECISION)},
    {TABLE("decision", "client_id response_id", OF_CLIENT), MOVE("decision")},
    {TABLE("contact_note", "client_id replaced_id", OF_CLIENT), MOVE("contact_note")},
    {TABLE("quote", "client_id", OF_CLIENT), MOVE("quote")},
    {TABLE("first_visit", "client_id visit_id", OF_CLIENT)},
    {TABLE("latest_visit", "client_id", OF_CLIENT)},
    {TABLE("client_group_member", "client_id", OF_CLIENT)},
    {TABLE("client_named_staff", "client_id", OF_CLIENT)},
    {TABLE("client_reason", "client_id", OF_CLIENT),
     MOVE_UNLESS("client_reason",
                 "o.staff_id = client_reason.staff_id AND o.day = client_reason.day")},
    {TABLE("retention_row", "client_id", OF_CLIENT),
     .move = "UPDATE retention_row SET client_id = :to WHERE client_id = :client"
             " AND kept_by IS NOT NULL AND NOT EXISTS (SELECT 1 FROM retention_row o"
             " WHERE o.client_id = :to AND o.proposal_id = retention_row.proposal_id)"},
    {TABLE("visit", "client_id series_id origin_id new_visit_id response_id absence_id", OF_CLIENT),
     MOVE("visit")},
    {TABLE("closing", "client_id absence_id", OF_CLIENT), MOVE("closing")},
    {TABLE("absence", "client_id", OF_CLIENT), MOVE("absence")},
    {TABLE("risk_note", "client_id", OF_CLIENT), MOVE("risk_note")},
    {TABLE("series", "client_id response_id", OF_CLIENT), MOVE("series")},
    {TABLE("response", "client_id placement_id corrects_id", OF_CLIENT), MOVE("response")},
    {TABLE("placement", "client_id", OF_CLIENT), MOVE("placement")},
    {TABLE("client_merge_field", "merge_id", OF_MERGE)},
    {TABLE("client_merge_row", "merge_id", OF_MERGE)},
    {TABLE("client_former", "client_id merge_id", OF_CLIENT " OR " OF_MERGE),
     MOVE("client_former")},
    {TABLE("client_merge", "kept_id closed_id", "kept_id = :client OR closed_id = :client")},
    {TABLE("client_apart", "client_id other_id", "client_id = :client OR other_id = :client")},
    {TABLE("client", "id merged_into", "id = :client"),
     .move = "UPDATE client SET merged_into = :to WHERE merged_into = :client"},
};

const ClientTable *client_tables(gsize *count)
{
    *count = G_N_ELEMENTS(TABLES);
    return TABLES;
}

gboolean client_tables_take(Session *session, gint64 client_id, GError **error)
{
    if (!client_drafts_take(session, client_id, error))
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(TABLES); i++)
        if (TABLES[i].take != NULL && !db_run(session_db(session), TABLES[i].take,
                                              DB_PARAMS(DB_INT("client", client_id)), error))
            return FALSE;
    return cards_changed(session, 0, error);
}
