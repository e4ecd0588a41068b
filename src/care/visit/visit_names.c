/* visit_names.c: everybody of the unit, so that a million visits are not each joined with two people. */
#include "care/visit/visit_names.h"

#include <string.h>

typedef struct {
    gint64 id;
    Date birth;
    Protection protection;
    char name[];
} Person;

struct VisitNames {
    GHashTable *clients, *staff; /* gint64 * in the Person → Person */
};

#define CLIENTS "SELECT id, name, birth_date, protection FROM client WHERE "
#define STAFF "SELECT id, name, NULL, NULL FROM staff WHERE "

static gboolean gather(Session *session, const char *sql, const DbParam *params, GHashTable *people,
                       GError **error)
{
    g_autoptr(DbStatement) rows = db_query(session_db(session), sql, params, error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        const char *name = db_text(rows, 1);
        const gsize size = strlen(name) + 1;
        Person *person = g_malloc0(sizeof *person + size);
        person->id = db_int(rows, 0);
        memcpy(person->name, name, size);
        person->birth = date_parse(db_text(rows, 2));
        person->protection = protection_parse(db_text(rows, 3));
        g_hash_table_replace(people, &person->id, person);
    }
    return step == DB_STEP_DONE;
}

VisitNames *visit_names_new(Session *session, GError **error)
{
    const DbParam *unit = DB_PARAMS(DB_INT("unit", session_unit_id(session)));
    g_autoptr(VisitNames) names = g_new0(VisitNames, 1);
    names->clients = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_free);
    names->staff = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_free);
    if (!gather(session, CLIENTS "unit_id = :unit", unit, names->clients, error) ||
        !gather(session, STAFF "unit_id = :unit", unit, names->staff, error))
        return NULL;
    return g_steal_pointer(&names);
}

void visit_names_free(VisitNames *names)
{
    g_hash_table_unref(names->clients);
    g_hash_table_unref(names->staff);
    g_free(names);
}

/* NULL on error, and where there is nobody of that id. */
static const Person *find(Session *session, GHashTable *people, const char *sql, gint64 id,
                          GError **error)
{
    const Person *person = g_hash_table_lookup(people, &id);
    if (person == NULL && gather(session, sql, DB_PARAMS(DB_INT("id", id)), people, error))
        person = g_hash_table_lookup(people, &id);
    return person;
}

gboolean visit_names_put(VisitNames *names, Session *session, const GPtrArray *visits,
                         GError **error)
{
    g_autoptr(GError) fault = NULL;
    for (guint i = 0; i < visits->len && fault == NULL; i++) {
        Visit *visit = visits->pdata[i];
        const Person *client =
            find(session, names->clients, CLIENTS "id = :id", visit->client_id, &fault);
        const Person *staff =
            visit->staff_id != 0 && fault == NULL
                ? find(session, names->staff, STAFF "id = :id", visit->staff_id, &fault)
                : NULL;
        if (client != NULL) {
            visit->client_name = g_strdup(client->name);
            visit->client_birth = client->birth;
            visit->client_protection = client->protection;
        }
        if (staff != NULL)
            visit->staff_name = g_strdup(staff->name);
    }
    if (fault == NULL)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&fault));
    return FALSE;
}
