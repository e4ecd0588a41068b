/* What has been done with a client's card, and by whom, as the audit log has it. */
#include "care/client/client.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/i18n.h"
#include "care/client/client_private.h"
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
    {"contact", N_("contact person")},
    {"language", N_("language")},
    {"interpreter", N_("interpreter")},
    {"protection", N_("protected identity")},
    {"support_worker_id", N_("support worker")},
    {"case_officer_id", N_("case officer")},
    {"active", N_("active")},
    {"named_staff_id", N_("who may open the card")},
};

static const struct {
    const char *action, *name;
} action_names[] = {
    {"read", N_("opened the card")},
    {"create", N_("added the client")},
    {"change", N_("changed the card")},
    {"denied", N_("was not allowed to open the card")},
    {"met", N_("looked through a file with the client's number")},
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

static const char *field_name(const char *field)
{
    for (guint i = 0; i < G_N_ELEMENTS(field_names); i++)
        if (strcmp(field, field_names[i].field) == 0)
            return _(field_names[i].name);
    return field;
}

static const char *action_name(const char *action)
{
    for (guint i = 0; i < G_N_ELEMENTS(action_names); i++)
        if (strcmp(action, action_names[i].action) == 0)
            return _(action_names[i].name);
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
        g_string_append_printf(names, "%s%s", names->len ? ", " : "", field_name(field));
    return names->len ? g_strdup(names->str) : NULL;
}

GPtrArray *client_history(Session *session, gint64 client_id, int limit, GError **error)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)client_event_free);
    g_autoptr(Client) client = NULL;

    if (!access_require(session, PERMIT_CLIENT_READ, error) ||
        !(client = client_read_allowed(session, client_id, error)))
        return NULL;
    g_autoptr(DbStatement) rows =
        db_query(session->db,
                 "SELECT a.at_ms, s.name, a.action, a.changes FROM audit a"
                 " LEFT JOIN staff s ON s.id = a.staff_id"
                 " WHERE a.client_id = :id AND a.entity = 'client'"
                 " ORDER BY a.seq DESC LIMIT :limit",
                 DB_PARAMS(DB_INT("id", client_id), DB_INT("limit", limit)), error);
    DbStep step = DB_STEP_ERROR;
    while (rows && (step = db_step(rows, error)) == DB_STEP_ROW) {
        ClientEvent *event = g_new0(ClientEvent, 1);
        const char *who = db_text(rows, 1), *action = db_text(rows, 2);
        event->at_ms = db_int(rows, 0);
        event->who = g_strdup(who ? who : _("recovery"));
        event->action = g_strdup(action_name(action));
        if (strcmp(action, "change") == 0)
            event->what = fields_changed(db_text(rows, 3));
        g_ptr_array_add(list, event);
    }
    return step == DB_STEP_DONE ? g_steal_pointer(&list) : NULL;
}
