/* deed.c: what is done away from home, put down to be done again there. */
#include "care/unit/deed.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "care/unit/session_private.h"

struct Deed {
    Session *session;
    const char *name;
    JsonBuilder *body;
    GPtrArray *drawn; /* char * */
    DbTransaction *tx;
};

/* What stands in the log although nothing has changed by it that home must get to know. */
static const struct {
    const char *action, *entity; /* entity NULL: whatever it is about */
} NO_CHANGE[] = {{"read", NULL}, {"denied", NULL},   {"unlock", NULL},     {"mend", NULL},
                 {"look", NULL}, {"change", "meta"}, {"passphrase", NULL}, {"backup", NULL},
                 {"see", NULL},  {"rekey", NULL},      {"remove", "response"}};

gboolean deed_allows(Session *session, const char *action, const char *entity, GError **error)
{
    if (!session->is_laptop || session->deed != NULL || session->is_filled)
        return TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS(NO_CHANGE); i++)
        if (strcmp(action, NO_CHANGE[i].action) == 0 &&
            (NO_CHANGE[i].entity == NULL || strcmp(entity, NO_CHANGE[i].entity) == 0))
            return TRUE;
    g_set_error_literal(
        error, DAGSFORM_ERROR, ERROR_DENIED,
        _("This cannot be done on a laptop that is away. Do it when you are back at "
          "the unit."));
    return FALSE;
}

/* --- a deed ----------------------------------------------------------------------------------- */

gboolean deed_begin(Session *session, const char *name, Deed **begun, GError **error)
{
    *begun = NULL;
    if (!session->is_laptop || session->deed != NULL)
        return TRUE;
    g_autoptr(Deed) deed = g_new0(Deed, 1);
    deed->session = session;
    deed->name = name;
    deed->body = json_builder_new_immutable();
    json_builder_begin_object(deed->body);
    deed->drawn = g_ptr_array_new_with_free_func(g_free);
    deed->tx = db_transaction(session->db, error);
    if (deed->tx == NULL)
        return FALSE;
    session->deed = deed;
    db_ids_note(session->db, deed->drawn);
    *begun = g_steal_pointer(&deed);
    return TRUE;
}

void deed_free(Deed *deed)
{
    if (deed == NULL)
        return;
    if (deed->session->deed == deed) {
        deed->session->deed = NULL;
        db_ids_note(deed->session->db, NULL);
    }
    db_transaction_end(deed->tx);
    g_object_unref(deed->body);
    g_ptr_array_unref(deed->drawn);
    g_free(deed);
}

void deed_int(Deed *deed, const char *field, gint64 value)
{
    if (deed == NULL)
        return;
    json_builder_set_member_name(deed->body, field);
    json_builder_add_int_value(deed->body, value);
}

void deed_text(Deed *deed, const char *field, const char *value)
{
    if (deed == NULL || value == NULL)
        return;
    json_builder_set_member_name(deed->body, field);
    json_builder_add_string_value(deed->body, value);
}

void deed_date(Deed *deed, const char *field, Date value)
{
    char date[DATE_SIZE];
    deed_text(deed, field, date_or_null(value, date));
}

/* "visit 4294967297 task 4294967298": new. */
static char *ids_text(const GPtrArray *drawn)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < drawn->len; i++)
        g_string_append_printf(text, "%s%s", i > 0 ? "\n" : "", (const char *)drawn->pdata[i]);
    return g_string_free(text, FALSE);
}

static gboolean put_out(Deed *deed, GError **error)
{
    Db *db = deed->session->db;
    gint64 last = 0, home = 0;
    if (!db_get_int(db, "SELECT COUNT(*) FROM meta WHERE key = '" LAPTOP_HOME_MS "'", NULL, 0, &home,
                    error))
        return FALSE;
    if (home > 0) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_DENIED,
                            _("What was done here has come home meanwhile, and this was not saved. Do "
                              "it in the unit."));
        return FALSE;
    }
    json_builder_end_object(deed->body);
    g_autoptr(JsonNode) root = json_builder_get_root(deed->body);
    g_autofree char *body = json_to_string(root, FALSE);
    g_autofree char *ids = ids_text(deed->drawn);
    return db_get_int(db, "SELECT COALESCE(MAX(seq), 0) FROM outbox", NULL, 0, &last, error) &&
           db_run(db,
                  "INSERT INTO outbox (seq, at_ms, name, body, ids)"
                  " VALUES (:seq, :at, :name, :body, :ids)",
                  DB_PARAMS(DB_INT("seq", last + 1), DB_INT("at", clock_now_ms()),
                            DB_TEXT("name", deed->name), DB_TEXT("body", body),
                            DB_TEXT("ids", ids)),
                  error) &&
           db_transaction_commit(deed->tx, error);
}

gboolean deed_end(Deed *deed, gboolean done, GError **error)
{
    if (deed == NULL)
        return done;
    /* What was refused has been rolled back where it was refused: this leaves what the log says of
     * it. */
    if (!done)
        return db_transaction_commit(deed->tx, NULL) && FALSE;
    return put_out(deed, error);
}

/* --- what it was given ------------------------------------------------------------------------ */

struct DeedBody {
    JsonNode *root;
    JsonObject *object;
};

DeedBody *deed_body_read(const char *json, GError **error)
{
    g_autoptr(JsonNode) root = json_from_string(json, NULL);
    if (root == NULL || !JSON_NODE_HOLDS_OBJECT(root)) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CORRUPT,
                            _("What was done on the laptop cannot be read. Run dagsform check with "
                              "the laptop's database."));
        return NULL;
    }
    DeedBody *body = g_new0(DeedBody, 1);
    body->object = json_node_get_object(root);
    body->root = g_steal_pointer(&root);
    return body;
}

void deed_body_free(DeedBody *body)
{
    if (body == NULL)
        return;
    json_node_unref(body->root);
    g_free(body);
}

static JsonNode *value_of(const DeedBody *body, const char *field)
{
    JsonNode *node = json_object_get_member(body->object, field);
    return node != NULL && JSON_NODE_HOLDS_VALUE(node) ? node : NULL;
}

gint64 deed_body_int(const DeedBody *body, const char *field, gint64 none)
{
    JsonNode *node = value_of(body, field);
    return node != NULL ? json_node_get_int(node) : none;
}

const char *deed_body_text(const DeedBody *body, const char *field)
{
    JsonNode *node = value_of(body, field);
    return node != NULL ? json_node_get_string(node) : NULL;
}

Date deed_body_date(const DeedBody *body, const char *field)
{
    const char *text = deed_body_text(body, field);
    return text != NULL ? date_parse(text) : DATE_NONE;
}
