/* What the log says is gathered as facts, "staff.role:ID" and the like with their last value, and
 * each row is then held against them. Of what the log has never said anything, nothing is said. */
#include "care/unit/standing.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/i18n.h"
#include "care/client/client_event.h"
#include "care/client/protection.h"
#include "care/unit/session_private.h"

#define PROTECTION "client.protection"
#define NAMED "client.named_staff_id"

/* What stands on a card, each a column of its name. What was put back as it once was fits nothing
 * else. */
static const char *const CARD[] = {
    "number",         "name",    "id_number", "birth_date", "sex",      "phone",
    "email",          "address", "contact",   "mandate_to", "language", "support_worker_id",
    "case_officer_id"};

typedef struct {
    Session *session;
    gboolean in_detail;
    GHashTable *facts; /* char * → char * */
    GPtrArray *faults;
} Standing;

static char *fact_key(const char *what, gint64 id)
{
    return g_strdup_printf("%s:%" G_GINT64_FORMAT, what, id);
}

static char *named_key(gint64 client_id, gint64 staff_id)
{
    return g_strdup_printf(NAMED ":%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, client_id, staff_id);
}

/* What the log says last; NULL when it says nothing. */
static const char *fact(const Standing *standing, const char *what, gint64 id)
{
    g_autofree char *key = fact_key(what, id);
    return g_hash_table_lookup(standing->facts, key);
}

/* --- what the log says ------------------------------------------------------------------------ */

/* One side of [before, after] as text; an id that is none is 0. New. */
static char *side(JsonArray *change, guint which)
{
    JsonNode *node =
        which < json_array_get_length(change) ? json_array_get_element(change, which) : NULL;
    if (!node || !JSON_NODE_HOLDS_VALUE(node))
        return g_strdup("");
    return json_node_get_value_type(node) == G_TYPE_STRING
               ? json_node_dup_string(node)
               : g_strdup_printf("%" G_GINT64_FORMAT, json_node_get_int(node));
}

/* Every naming is a fact, "1" or "0": one id, or several with a blank between where two cards
 * became one (client_merge_named.c). */
static void take_named(Standing *standing, gint64 client_id, JsonArray *change)
{
    for (guint which = 0; which <= 1; which++) {
        g_autofree char *text = side(change, which);
        g_auto(GStrv) ids = g_strsplit(text, " ", -1);
        for (char **id = ids; *id != NULL; id++) {
            gint64 staff_id = g_ascii_strtoll(*id, NULL, 10);
            if (staff_id)
                g_hash_table_insert(standing->facts, named_key(client_id, staff_id),
                                    g_strdup(which ? "1" : "0"));
        }
    }
}

/* What a card says; at a sign-in that is not looked at. */
static void take_card(Standing *standing, gint64 id, const char *changes)
{
    g_autoptr(JsonNode) node = json_from_string(changes, NULL);
    JsonObject *object =
        node != NULL && JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;

    for (gsize i = 0; object != NULL && i < G_N_ELEMENTS(CARD); i++) {
        JsonNode *change = json_object_get_member(object, CARD[i]);
        if (change != NULL && JSON_NODE_HOLDS_ARRAY(change))
            g_hash_table_insert(standing->facts, fact_key(CARD[i], id),
                                side(json_node_get_array(change), 1));
    }
}

static void take_changes(Standing *standing, const char *entity, gint64 id, const char *changes)
{
    static const char *const kept[] = {"staff.login", "staff.role", "staff.active", PROTECTION,
                                       NAMED};
    g_autoptr(JsonNode) node = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(kept); i++) {
        const char *field = strchr(kept[i], '.') + 1;
        if (!g_str_has_prefix(kept[i], entity) || !strstr(changes, field))
            continue;
        if (!node && (!(node = json_from_string(changes, NULL)) || !JSON_NODE_HOLDS_OBJECT(node)))
            return;
        JsonObject *object = json_node_get_object(node);
        JsonNode *change = json_object_get_member(object, field);
        if (!change || !JSON_NODE_HOLDS_ARRAY(change))
            continue;
        if (strcmp(kept[i], NAMED) == 0)
            take_named(standing, id, json_node_get_array(change));
        else
            g_hash_table_insert(standing->facts, fact_key(kept[i], id),
                                side(json_node_get_array(change), 1));
    }
}

/* Through the index audit_of_standing. The unit's own log alone: what another computer's says was
 * done there, and stands here once it is done here too. */
static gboolean read_log(Standing *standing, const char *entity, GError **error)
{
    g_autoptr(DbStatement) entries = db_query(
        standing->session->db,
        "SELECT entity_id, changes, node, seq FROM audit WHERE node + 0 = :node AND entity = :entity"
        " AND changes IS NOT NULL AND (entity = 'staff' OR entity = 'client') ORDER BY seq",
        DB_PARAMS(DB_INT("node", db_node(standing->session->db)), DB_TEXT("entity", entity)),
        error);
    DbStep step = DB_STEP_ERROR;

    while (entries && (step = db_step(entries, error)) == DB_STEP_ROW) {
        take_changes(standing, entity, db_int(entries, 0), db_text(entries, 1));
        if (standing->in_detail && strcmp(entity, "client") == 0)
            take_card(standing, db_int(entries, 0), db_text(entries, 1));
    }
    return step == DB_STEP_DONE;
}

/* --- what the database says ------------------------------------------------------------------- */

static void add_fault(Standing *standing, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void add_fault(Standing *standing, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_ptr_array_add(standing->faults, g_strdup_vprintf(format, args));
    va_end(args);
}

/* The word for a role that is stored. */
static const char *role_word(const char *code)
{
    StaffRole role;
    return role_parse(code, &role) ? role_name(role) : code;
}

static void compare_person(Standing *standing, gint64 id, const char *login, const char *role,
                           gboolean active)
{
    const char *logged = fact(standing, "staff.login", id);

    if (!logged || strcmp(logged, login) != 0) {
        add_fault(standing,
                  _("The user %s is in the database, but not in the log: something else than "
                    "Dagsform has added it. An administrator closes it."),
                  login);
        return;
    }
    logged = fact(standing, "staff.role", id);
    if (logged && strcmp(logged, role) != 0)
        add_fault(standing,
                  _("%s is %s by the database, but %s by the log: something else than Dagsform has "
                    "changed it. An administrator sets the role anew."),
                  login, role_word(role), role_word(logged));
    logged = fact(standing, "staff.active", id);
    if (logged && (strcmp(logged, "0") != 0) != active)
        add_fault(standing,
                  active
                      ? _("The user %s is open by the database, but closed by the log: something "
                          "else than Dagsform has changed it. An administrator closes it anew.")
                      : _("The user %s is closed by the database, but open by the log: something "
                          "else than Dagsform has changed it. An administrator adds it anew."),
                  login);
}

static gboolean compare_staff(Standing *standing, GError **error)
{
    g_autoptr(DbStatement) rows =
        db_query(standing->session->db,
                 "SELECT id, login, role, active FROM staff WHERE login IS NOT NULL ORDER BY login",
                 NULL, error);
    DbStep step = DB_STEP_ERROR;

    while (rows && (step = db_step(rows, error)) == DB_STEP_ROW)
        compare_person(standing, db_int(rows, 0), db_text(rows, 1), db_text(rows, 2),
                       db_int(rows, 3) != 0);
    return step == DB_STEP_DONE;
}

static void add_id(GHashTable *ids, gint64 id)
{
    g_hash_table_add(ids, g_memdup2(&id, sizeof id));
}

/* Adds the clients of the facts of a kind that still stand, with such a value. */
static void add_rest(const Standing *standing, const char *kind, gboolean (*stands)(const char *),
                     GHashTable *odd)
{
    GHashTableIter iter;
    gpointer key, value;

    g_hash_table_iter_init(&iter, standing->facts);
    while (g_hash_table_iter_next(&iter, &key, &value))
        if (g_str_has_prefix(key, kind) && stands(value)) {
            const gint64 id = g_ascii_strtoll((char *)key + strlen(kind) + 1, NULL, 10);
            /* A server hides a protected card, but not who is named on it. */
            if (!g_str_equal(kind, PROTECTION) ||
                !db_hides_row(standing->session->db, "client", id))
                add_id(odd, id);
        }
}

static gboolean is_protected(const char *value)
{
    return *value && strcmp(value, protection_code(PROTECTION_NONE)) != 0;
}

static gboolean is_named(const char *value)
{
    return strcmp(value, "1") == 0;
}

/* A card is made without protection, and that is not logged. Takes what is looked at out of the
 * facts. Only the few with protection are read: a city has thousands without. */
static gboolean find_odd_protection(Standing *standing, GHashTable *odd, GError **error)
{
    g_autoptr(DbStatement) rows =
        db_query(standing->session->db,
                 "SELECT id, protection FROM client WHERE protection <> 'none'", NULL, error);
    DbStep step = DB_STEP_ERROR;

    while (rows && (step = db_step(rows, error)) == DB_STEP_ROW) {
        g_autofree char *key = fact_key(PROTECTION, db_int(rows, 0));
        if (g_strcmp0(g_hash_table_lookup(standing->facts, key), db_text(rows, 1)) != 0)
            add_id(odd, db_int(rows, 0));
        g_hash_table_remove(standing->facts, key);
    }
    add_rest(standing, PROTECTION, is_protected, odd);
    return step == DB_STEP_DONE;
}

/* The same of who is named on a card. */
static gboolean find_odd_names(Standing *standing, GHashTable *odd, GError **error)
{
    g_autoptr(DbStatement) rows = db_query(
        standing->session->db, "SELECT client_id, staff_id FROM client_named_staff", NULL, error);
    DbStep step = DB_STEP_ERROR;

    while (rows && (step = db_step(rows, error)) == DB_STEP_ROW) {
        g_autofree char *key = named_key(db_int(rows, 0), db_int(rows, 1));
        if (g_strcmp0(g_hash_table_lookup(standing->facts, key), "1") != 0)
            add_id(odd, db_int(rows, 0));
        g_hash_table_remove(standing->facts, key);
    }
    add_rest(standing, NAMED, is_named, odd);
    return step == DB_STEP_DONE;
}

/* `format` has a place for the client's number. */
static gboolean tell_of(Standing *standing, GHashTable *odd, const char *format, GError **error)
{
    DbStep step = DB_STEP_ERROR;

    if (g_hash_table_size(odd) == 0)
        return TRUE;
    g_autoptr(DbStatement) rows =
        db_query(standing->session->db, "SELECT id, number FROM client ORDER BY id", NULL, error);
    while (rows && (step = db_step(rows, error)) == DB_STEP_ROW) {
        const gint64 id = db_int(rows, 0);
        if (g_hash_table_contains(odd, &id))
            add_fault(standing, format, db_is_null(rows, 1) ? "–" : db_text(rows, 1));
    }
    return step == DB_STEP_DONE;
}

static gboolean compare_clients(Standing *standing, GError **error)
{
    g_autoptr(GHashTable) guarded =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    g_autoptr(GHashTable) named = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);

    return find_odd_protection(standing, guarded, error) &&
           tell_of(standing, guarded,
                   _("The protection of client %s is another by the database than by the log: "
                     "something else than Dagsform has changed it. Set it anew on the card."),
                   error) &&
           find_odd_names(standing, named, error) &&
           tell_of(standing, named,
                   _("Who may open the card of client %s is another by the database than by the "
                     "log: something else than Dagsform has changed it. Go through the names on "
                     "the card."),
                   error);
}

/* Nobody is 0 in the log. */
static gboolean is_same(const char *logged, const char *there)
{
    return strcmp(logged, there) == 0 || (*there == '\0' && strcmp(logged, "0") == 0);
}

/* A card that was merged into another has given up its numbers. */
static gboolean compare_cards(Standing *standing, GError **error)
{
    enum { NUMBER = 1 };
    g_autoptr(DbStatement) rows = db_query(
        standing->session->db,
        "SELECT id, number, name, id_number, birth_date, sex, phone, email, address,"
        " contact, mandate_to, language, CAST(support_worker_id AS TEXT),"
        " CAST(case_officer_id AS TEXT) FROM client WHERE merged_into IS NULL ORDER BY id",
        NULL, error);
    DbStep step = DB_STEP_ERROR;

    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        g_autoptr(GString) odd = g_string_new(NULL);
        for (int i = 0; i < (int)G_N_ELEMENTS(CARD); i++) {
            const char *logged = fact(standing, CARD[i], db_int(rows, 0));
            const char *there = db_text(rows, NUMBER + i);
            if (logged != NULL && !is_same(logged, there != NULL ? there : ""))
                g_string_append_printf(odd, "%s%s", odd->len > 0 ? ", " : "",
                                       client_field_name(CARD[i]));
        }
        if (odd->len > 0)
            add_fault(
                standing,
                _("The card of client %s is another by the database than by the log (%s): "
                  "something else than Dagsform has changed it, or put it back as it once was. "
                  "The card's log says who changed it last; ask them, and correct the card."),
                db_is_null(rows, NUMBER) ? "–" : db_text(rows, NUMBER), odd->str);
    }
    return step == DB_STEP_DONE;
}

static void sum_up(Standing *standing, guint from)
{
    if (standing->faults->len == from)
        return;
    g_ptr_array_set_size(standing->faults, (gint)from);
    add_fault(standing, "%s",
              _("Protected identity, or who may open a protected card, is another by the "
                "database than by the log: something else than Dagsform has changed it. Tell "
                "an administrator; “dagsform check” says more."));
}

static gboolean compare(Session *session, gboolean in_detail, GPtrArray *faults, GError **error)
{
    g_autoptr(GHashTable) facts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    Standing standing = {
        .session = session, .in_detail = in_detail, .facts = facts, .faults = faults};

    if (!read_log(&standing, "staff", error) || !read_log(&standing, "client", error) ||
        !compare_staff(&standing, error))
        return FALSE;
    const guint from = faults->len;
    if (!compare_clients(&standing, error))
        return FALSE;
    if (in_detail)
        return compare_cards(&standing, error);
    sum_up(&standing, from);
    return TRUE;
}

/* In one transaction, so that nobody changes a row between the log's being read and its own. Where
 * nothing can be written nobody here changes anything either. */
gboolean standing_compare(Session *session, gboolean in_detail, GPtrArray *faults, GError **error)
{
    if (session_is_laptop(session))
        return TRUE; /* what its log does not tell of came along from home, and no row of it goes back */
    if (db_is_read_only(session->db))
        return compare(session, in_detail, faults, error);
    g_autoptr(DbTransaction) tx = db_transaction(session->db, error);
    return tx != NULL && compare(session, in_detail, faults, error) &&
           db_transaction_commit(tx, error);
}
