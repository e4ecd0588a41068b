/* client_history.c: what has been done that concerns a client, and by whom, as the audit log has
 * it: with the card, the visits, the forms, the tasks and all else that is kept about the person.
 */
#include "care/client/client.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/i18n.h"
#include "care/client/client_event.h"
#include "care/client/client_private.h"
#include "care/unit/access.h"
#include "care/unit/session_private.h"

/* Fields as the audit log names them, and what the history calls them. */
static const struct {
    const char *field, *name;
} field_names[] = {
    {"number", N_("client number")},
    {"name", N_("name")},
    {"id_kind", N_("kind of identity number")},
    {"id_number", N_("identity number")},
    {"birth_date", N_("birth date")},
    {"sex", N_("sex")},
    {"phone", N_("telephone")},
    {"email", N_("e-mail")},
    {"address", N_("address")},
    {"contact", N_("next of kin and representatives")},
    {"mandate_to", N_("end of mandate")},
    {"language", N_("language")},
    {"interpreter", N_("interpreter")},
    {"protection", N_("protected identity")},
    {"support_worker_id", N_("support worker")},
    {"case_officer_id", N_("case officer")},
    {"active", N_("active")},
    {"named_staff_id", N_("who may open the card")},
    {"from_on", N_("from")},
    {"to_on", N_("to")},
};

static const struct {
    const char *entity, *action, *name;
} event_names[] = {
    {"client", "read", N_("opened the card")},
    {"client", "create", N_("added the client")},
    {"client", "change", N_("changed the card")},
    {"client", "merge", N_("merged another card of the same person into this one")},
    {"client", "apart", N_("noted that another card is another person's")},
    {"client", "unmerge", N_("undid the merging of two cards")},
    {"client", "reason", N_("said why the card had to be opened")},
    {"client_reason", "see", N_("looked at why the card was opened")},
    {"client", "denied", N_("was not allowed to open the card")},
    {"client", "met", N_("looked through a file with the client's number")},
    {"client", "export", N_("wrote the client to a file")},
    {"client", "extract", N_("wrote all about the client to a file")},
    {"client", "log", N_("wrote who has read or changed what to a file")},
    {"visit", "read", N_("read what was noted at visits")},
    {"visit", "export", N_("wrote visits to a file")},
    {"visit", "create", N_("planned a visit")},
    {"visit", "remove", N_("took a planned visit away")},
    {"visit", "record", N_("recorded a visit")},
    {"visit", "correct", N_("corrected what was recorded")},
    {"visit", "change", N_("changed a visit")},
    {"visit", "undo", N_("took back what was recorded")},
    {"visit", "redo", N_("recorded again what was taken back")},
    {"series", "create", N_("planned recurring visits")},
    {"series", "change", N_("changed recurring visits")},
    {"absence", "create", N_("noted that the client is away")},
    {"absence", "change", N_("changed when the client is away")},
    {"absence", "remove", N_("took an absence away")},
    {"risk_note", "create", N_("noted a risk at visits")},
    {"risk_note", "end", N_("noted that there is no risk at visits any more")},
    {"risk_note", "read", N_("read the note on risk")},
    {"out", "create", N_("was out on a visit")},
    {"out", "change", N_("was out on a visit for longer")},
    {"out", "end", N_("was back from a visit")},
    {"closing", "create", N_("ended the help")},
    {"closing", "change", N_("changed how the help ended")},
    {"closing", "remove", N_("noted that the client comes here again")},
    {"response", "begin", N_("began a form")},
    {"response", "read", N_("opened a form")},
    {"response", "take-over", N_("took over a form")},
    {"response", "change", N_("changed whom a form is about")},
    {"response", "complete", N_("completed a form")},
    {"response", "correct", N_("began to correct a form")},
    {"response", "give-up", N_("noted that a form was not done")},
    {"response", "take-up", N_("took up a form again")},
    {"response", "remove", N_("took away a form with nothing in it")},
    {"response", "denied", N_("was not allowed to open a form")},
    {"response", "export", N_("wrote which forms there are to a file")},
    {"response", "paper", N_("wrote a paper")},
    {"call", "create", N_("noted a call")},
    {"task", "create", N_("added a task")},
    {"task", "change", N_("did or moved a task")},
    {"task", "correct", N_("changed a task")},
    {"task", "remind", N_("noted that somebody had to ring again")},
    {"task", "export", N_("wrote tasks to a file")},
    {"task", "denied", N_("was not allowed to do a task")},
    {"contact_note", "read", N_("read the journal")},
    {"contact_note", "create", N_("wrote in the journal")},
    {"contact_note", "correct", N_("corrected a note in the journal")},
    {"consent", "create", N_("noted a consent")},
    {"consent", "correct", N_("corrected a consent")},
    {"consent", "change", N_("noted that a consent was withdrawn")},
    {"consent", "replace", N_("noted that a consent was changed")},
    {"consent", "settle", N_("said which holds, a yes or a later no")},
    {"consent", "remove", N_("took away a consent")},
    {"quote", "create", N_("noted words that may be shown at the meeting")},
    {"quote", "change", N_("noted that words may not be shown any more")},
    {"quote", "export", N_("wrote words that may be shown on the meeting's paper")},
    {"dispute", "create", N_("noted that the person says something is wrong")},
    {"dispute", "change", N_("answered what the person says is wrong")},
    {"decision", "create", N_("noted a decision")},
    {"decision", "correct", N_("corrected a decision")},
    {"decision", "remove", N_("took away a decision")},
    {"decision", "export", N_("wrote a decision on paper")},
    {"care_order", "create", N_("made an order")},
    {"care_order", "change", N_("changed an order")},
    {"care_order", "send", N_("noted that an order was sent")},
    {"care_order", "remove", N_("took away an order")},
    {"care_order", "export", N_("wrote an order on paper")},
    {"implementation", "create", N_("noted that an implementation plan is awaited")},
    {"implementation", "change", N_("changed an implementation plan")},
    {"implementation", "remove", N_("took away an implementation plan")},
    {"implementation", "export", N_("wrote to the provider that a plan is late")},
    {"placement", "read", N_("opened a placement")},
    {"placement", "create", N_("added a placement")},
    {"placement", "change", N_("changed a placement")},
    {"client_group", "join", N_("put the client in a group")},
    {"client_group", "leave", N_("took the client out of a group")},
    {"client", "take-along", N_("took the client along on a laptop")},
    {"response", "come-home", N_("brought home what was answered on a laptop")},
    {"away_proposal", "create", N_("kept what came from a laptop beside what stood")},
    {"away_proposal", "read", N_("read what came from a laptop")},
    {"away_proposal", "change", N_("chose what holds of home's and a laptop's")},
};

void client_event_free(ClientEvent *event)
{
    if (!event)
        return;
    g_free(event->who);
    g_free(event->action);
    g_free(event->what);
    g_free(event);
}

const char *client_field_name(const char *field)
{
    for (guint i = 0; i < G_N_ELEMENTS(field_names); i++)
        if (strcmp(field, field_names[i].field) == 0)
            return _(field_names[i].name);
    return field;
}

const char *client_event_name(const char *entity, const char *action)
{
    for (guint i = 0; i < G_N_ELEMENTS(event_names); i++)
        if (strcmp(entity, event_names[i].entity) == 0 &&
            strcmp(action, event_names[i].action) == 0)
            return _(event_names[i].name);
    return action;
}

/* The names of the changed fields, in the order they were written. New; NULL when none. */
static char *fields_changed(const char *json)
{
    g_autoptr(JsonNode) node = json ? json_from_string(json, NULL) : NULL;
    g_autoptr(GString) names = NULL;

    if (!node || !JSON_NODE_HOLDS_OBJECT(node))
        return NULL;
    JsonObjectIter iter;
    const char *field;
    names = g_string_new(NULL);
    json_object_iter_init_ordered(&iter, json_node_get_object(node));
    while (json_object_iter_next_ordered(&iter, &field, NULL))
        g_string_append_printf(names, "%s%s", names->len ? ", " : "", client_field_name(field));
    return names->len ? g_strdup(names->str) : NULL;
}

static ClientEvent *event_from_row(DbStatement *row)
{
    ClientEvent *event = g_new0(ClientEvent, 1);
    const char *who = db_text(row, 1), *entity = db_text(row, 2), *action = db_text(row, 3);

    event->at_ms = db_int(row, 0);
    event->who = g_strdup(who ? who : _("recovery"));
    event->action = g_strdup(client_event_name(entity, action));
    StaffRole role;
    event->role = role_parse(db_text(row, 8), &role) ? role_name(role) : NULL;
    event->again = !db_is_null(row, 4) && strstr(db_text(row, 4), "\"laptop\":[null,") != NULL;
    event->typed = strcmp(entity, "dispute") == 0;
    event->changed_card = strcmp(entity, "client") == 0 && strcmp(action, "change") == 0;
    if (event->changed_card)
        event->what = fields_changed(db_text(row, 4));
    else if (!db_is_null(row, 5))
        event->what = g_strdup(db_text(row, 5));
    else if (!db_is_null(row, 6))
        event->what = g_strdup(db_text(row, 6));
    else if (db_int(row, 11) != 0)
        event->what = g_strdup(db_text(row, 7));
    return event;
}

/* Between a thing done on a laptop and its being put into the outbox there. */
#define DEED_MS 2000

static gboolean is_same_deed(const ClientEvent *one, const ClientEvent *other)
{
    return ABS(one->at_ms - other->at_ms) <= DEED_MS && strcmp(one->who, other->who) == 0 &&
           strcmp(one->action, other->action) == 0 && g_strcmp0(one->what, other->what) == 0;
}

/* What was done on a laptop stands in its own log, which came home, and in the unit's, since it was
 * done again there: it is told once. */
static void leave_out_repeated(GPtrArray *list)
{
    for (guint i = list->len; i-- > 0;) {
        const ClientEvent *event = g_ptr_array_index(list, i);
        gboolean said = FALSE;
        for (guint j = 0; event->again && !said && j < list->len; j++) {
            const ClientEvent *other = g_ptr_array_index(list, j);
            said = !other->again && is_same_deed(event, other);
        }
        if (said)
            g_ptr_array_remove_index(list, i);
    }
}

/* SQL: the client's card, and those that were merged into it. */
#define CARDS "(SELECT k.id FROM client k WHERE k.id = :id OR k.merged_into = :id)"

GPtrArray *client_history(Session *session, gint64 client_id, int limit, GError **error)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)client_event_free);

    if (!client_require(session, PERMIT_CLIENT_READ, client_id, error))
        return NULL;
    /* The title of an interview is told to those who may do one. */
    g_autoptr(DbStatement) rows = db_query(
        session->db,
        "SELECT a.at_ms, s.name, a.entity, a.action, a.changes, v.date,"
        " CASE WHEN r.interview = 0 OR :interviews = 1 THEN r.title END,"
        " d.entry, s.role, a.seq, d.id, CASE WHEN q.id IS NULL OR q.interview = 0"
        " OR :interviews = 1 THEN 1 ELSE 0 END, a.node FROM audit a"
        " LEFT JOIN staff s ON s.id = a.staff_id"
        " LEFT JOIN visit v ON a.entity = 'visit' AND v.id = a.entity_id"
        " LEFT JOIN response r ON a.entity = 'response' AND r.id = a.entity_id"
        " LEFT JOIN dispute d ON a.entity = 'dispute' AND d.id = a.entity_id"
        " LEFT JOIN response q ON q.id = d.response_id"
        " WHERE (a.node, a.seq) IN (SELECT l.node, l.seq FROM audit l WHERE l.client_id IN " CARDS
        " ORDER BY l.at_ms DESC, l.node DESC, l.seq DESC LIMIT :limit)"
        " ORDER BY a.at_ms DESC, a.node DESC, a.seq DESC",
        DB_PARAMS(DB_INT("id", client_id),
                  DB_INT("interviews", access_allows(session, PERMIT_INTERVIEW) ? 1 : 0),
                  DB_INT("limit", limit)),
        error);
    DbStep step = DB_STEP_ERROR;
    while (rows && (step = db_step(rows, error)) == DB_STEP_ROW)
        g_ptr_array_add(list, event_from_row(rows));
    leave_out_repeated(list);
    return step == DB_STEP_DONE ? g_steal_pointer(&list) : NULL;
}

GArray *client_readings(Session *session, gint64 client_id, GError **error)
{
    if (!client_require(session, PERMIT_CLIENT_READ, client_id, error))
        return NULL;
    g_autoptr(GArray) readings = g_array_new(FALSE, TRUE, sizeof(ClientReading));
    g_autoptr(DbStatement) rows = db_query(
        session->db,
        "SELECT a.at_ms, a.entity, s.role FROM audit a LEFT JOIN staff s ON s.id = a.staff_id"
        " WHERE a.client_id IN " CARDS " AND a.action = 'read' ORDER BY a.at_ms, a.node, a.seq",
        DB_PARAMS(DB_INT("id", client_id)), error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        StaffRole role;
        const ClientReading reading = {.at_ms = db_int(rows, 0),
                                       .role = role_parse(db_text(rows, 2), &role) ? role_name(role)
                                                                                   : NULL,
                                       .what = client_event_name(db_text(rows, 1), "read")};
        g_array_append_val(readings, reading);
    }
    return step == DB_STEP_DONE ? g_steal_pointer(&readings) : NULL;
}
