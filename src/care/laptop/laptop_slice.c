/* laptop_slice.c: the list, and the copying by it.
 *
 * Columns are read as they are, beside their row's key, and written from a parameter each, so that
 * it is the same whatever keeps the unit at home. */
#include "care/laptop/laptop_slice.h"

#include <string.h>

#include "base/clock.h"
#include "care/client/client_guard.h"

/* A row stands behind those that it points at, but for its own table's (TO_SELF). */
static const SliceTable TABLES[] = {
    {.name = "unit",
     .columns = "id:i name:t demo:i created_ms:i reminders_most:i plan_days:i "
                "first_visit_days:i sip_call_days:i",
     .of_unit = "1 = 1"},
    {.name = "staff",
     .columns = "id:i unit_id:i!unit login:t code:t name:t role:t active:i created_ms:i",
     .of_unit = "unit_id = :unit"},
    {.name = "form_version",
     .columns = "hash:t name:t version:t body:t first_seen_ms:i",
     .of_unit = "1 = 1"},
    {.name = "cover",
     .columns = "id:i unit_id:i!unit staff_id:i!staff cover_id:i!staff from_on:t to_on:t "
                "word:t version:i created_ms:i created_by:i withdrawn_ms:i",
     .of_unit = "unit_id = :unit AND (staff_id = :me OR cover_id = :me) AND to_on >= :own_since"},
    {.name = "client",
     .columns = "id:i unit_id:i!unit number:t name:t id_kind:t id_number:t "
                "birth_date:t sex:t phone:t email:t address:t contact:t language:t "
                "interpreter:i protection:t support_worker_id:i>staff case_officer_id:i>staff "
                "active:i version:i created_ms:i merged_into:i>client mandate_to:t",
     .of_client = "id = :client"},
    {.name = "client_named_staff",
     .columns = "client_id:i!client staff_id:i!staff",
     .of_client = "client_id = :client"},
    {.name = "response",
     .columns = "id:i unit_id:i!unit client_id:i>client subject:t staff_id:i!staff "
                "placement_id:i>placement corrects_id:i>response form:t "
                "form_hash:t!form_version title:t interview:i respondent:t language:t mode:t "
                "interpreter:i minutes_used:i at_item:t at_instance:t at_number:i typed:t "
                "typed_in:t holder:i held_by:i>staff saves:i begun_ms:i continued_ms:i "
                "completed_ms:i not_done:t not_done_words:t is_protected:i seen_ms:i",
     .of_client = "client_id = :client AND staff_id = :me AND completed_ms IS NULL AND not_done IS "
                  "NULL AND placement_id IS NULL AND corrects_id IS NULL"},
    {.name = "answer",
     .columns = "response_id:i!response item:t instance:t kind:t value:t note:t reason:t "
                "saved_ms:i",
     .of_client = "response_id IN (SELECT r.id FROM response r WHERE r.client_id = :client)"},
    {.name = "call",
     .columns = "id:i response_id:i!response at_ms:i staff_id:i!staff result:t back_date:t "
                "back_time:t note:t",
     .of_client = "response_id IN (SELECT r.id FROM response r WHERE r.client_id = :client)"},
    {.name = "series",
     .columns = "id:i client_id:i!client staff_id:i>staff rrule:t starts_on:t ends_on:t "
                "start:t minutes:i form:t laid_out_to:t created_ms:i created_by:i "
                "response_id:i>response",
     .of_client = "client_id = :client AND (ends_on IS NULL OR ends_on >= :from)"},
    {.name = "series_second",
     .columns = "series_id:i!series staff_id:i!staff created_ms:i",
     .of_client = "series_id IN (SELECT r.id FROM series r WHERE r.client_id = :client)"},
    {.name = "absence",
     .columns = "id:i unit_id:i!unit client_id:i!client cause:t from_on:t to_on:t words:t "
                "version:i created_ms:i created_by:i withdrawn_ms:i",
     .of_client = "client_id = :client AND (to_on IS NULL OR to_on >= :from)"},
    {.name = "visit",
     .columns = "id:i unit_id:i!unit client_id:i!client staff_id:i>staff series_id:i>series "
                "origin_id:i>visit date:t start:t minutes:i week:i form:t outcome:t "
                "cancelled_by:t told_by:t notice_hours:i cause:t cause_further:t "
                "cause_source:t words:t alternative:t alternative_taken:i new_visit_id:i>visit "
                "note:t version:i recorded_ms:i recorded_by:i import_id:i "
                "response_id:i>response stand_in:i absence_id:i>absence",
     .of_client = "id IN (WITH RECURSIVE linked (id) AS (SELECT w.id FROM visit w"
                  " WHERE w.client_id = :client AND w.date >= :from AND w.date <= :to"
                  " UNION SELECT o.id FROM linked l JOIN visit v ON v.id = l.id"
                  " JOIN visit o ON o.id = v.origin_id OR o.origin_id = v.id)"
                  " SELECT l.id FROM linked l) ORDER BY id"},
    {.name = "visit_version",
     .columns = "visit_id:i!visit version:i state:t replaced_ms:i replaced_by:i",
     .of_client = "visit_id IN (SELECT v.id FROM visit v WHERE v.client_id = :client AND v.date >= "
                  ":from)"},
    {.name = "visit_second",
     .columns = "visit_id:i!visit staff_id:i!staff created_ms:i",
     .of_client = "visit_id IN (SELECT v.id FROM visit v WHERE v.client_id = :client AND v.date >= "
                  ":from)"},
    {.name = "decision",
     .columns = "id:i unit_id:i!unit client_id:i!client response_id:i>response kind:t law:t "
                "asked_for:t support:t purpose:t hours:t received_on:t due_on:t decided_on:t "
                "decided_by:t valid_from:t valid_to:t version:i created_ms:i section:t "
                "reasons:t delegation:t month_minutes:i",
     .of_client = "client_id = :client"},
    {.name = "care_order",
     .columns = "id:i unit_id:i!unit client_id:i!client decision_id:i!decision provider:t "
                "contact:t contact_phone:t aims:t words:t ordered_on:t sent_on:t "
                "decision_version:i version:i created_ms:i created_by:i",
     .of_client = "client_id = :client"},
    {.name = "implementation",
     .columns = "id:i unit_id:i!unit client_id:i!client decision_id:i!decision "
                "order_id:i>care_order due_on:t arrived_on:t part:t part_source:t words:t "
                "follow_on:t letter_on:t version:i created_ms:i created_by:i",
     .of_client = "client_id = :client"},
    {.name = "consent",
     .columns = "id:i unit_id:i!unit client_id:i!client response_id:i>response item:t "
                "instance:t given:t actors:t scope:t purpose:t exceptions:t form:t given_by:t "
                "given_on:t ends_on:t withdrawn_on:t version:i created_ms:i settled:t "
                "settled_ms:i",
     .of_client = "client_id = :client"},
    {.name = "closing",
     .columns = "id:i unit_id:i!unit client_id:i!client absence_id:i!absence reason:t "
                "last_on:t follows:t months:i words:t version:i created_ms:i created_by:i "
                "reopened_on:t reopened_ms:i",
     .of_client = "client_id = :client"},
    {.name = "risk_note",
     .columns = "id:i unit_id:i!unit client_id:i!client words:t staff_id:i>staff created_ms:i "
                "ended_ms:i ended_by:i>staff",
     .of_client = "client_id = :client AND ended_ms IS NULL"},
    {.name = "contact_note",
     .columns = "id:i unit_id:i!unit client_id:i!client mode:t party:t day:t time:t note:t "
                "words:t replaced_id:i>contact_note staff_id:i>staff created_ms:i",
     .of_client = "client_id = :client AND day >= :from ORDER BY id DESC"},
    {.name = "task",
     .columns = "id:i unit_id:i!unit kind:t client_id:i>client visit_id:i>visit "
                "staff_id:i>staff due_date:t due_time:t note:t created_ms:i created_by:i "
                "done_ms:i done_by:i done_how:t response_id:i>response item:t instance:t "
                "placement_id:i>placement contact:t contact_phone:t absence_id:i>absence "
                "decision_id:i>decision implementation_id:i>implementation mandate_on:t",
     .of_client = "client_id = :client AND done_ms IS NULL",
     .of_unit = "client_id IS NULL AND staff_id = :me AND done_ms IS NULL"},
    {.name = "call_request",
     .columns = "task_id:i!task unit_id:i!unit came_ms:i",
     .of_client = "task_id IN (SELECT t.id FROM task t WHERE t.client_id = :client AND t.done_ms "
                  "IS NULL)"},
    {.name = "call_reminder",
     .columns = "id:i unit_id:i!unit task_id:i!call_request at_ms:i staff_id:i>staff",
     .of_client = "task_id IN (SELECT t.id FROM task t WHERE t.client_id = :client AND t.done_ms "
                  "IS NULL)"},
    {.name = "audit", .why_not = "the log at home; a laptop begins its own"},
    {.name = "audit_epoch", .why_not = "the log's"},
    {.name = "audit_weeded", .why_not = "the log's"},
    {.name = "away", .why_not = "kept at home"},
    {.name = "away_proposal", .why_not = "settled at home"},
    {.name = "away_response", .why_not = "kept at home"},
    {.name = "client_apart", .why_not = "cards are compared at home"},
    {.name = "client_former", .why_not = "cards are merged at home"},
    {.name = "client_group", .why_not = "numbers are read at home"},
    {.name = "client_group_member", .why_not = "numbers are read at home"},
    {.name = "client_merge", .why_not = "cards are merged at home"},
    {.name = "client_merge_field", .why_not = "cards are merged at home"},
    {.name = "client_merge_row", .why_not = "cards are merged at home"},
    {.name = "client_reason", .why_not = "no card of a colleague's goes along"},
    {.name = "cycle", .why_not = "read at home"},
    {.name = "decision_version", .why_not = "read at home"},
    {.name = "dispute", .why_not = "answered at home"},
    {.name = "draft", .why_not = "goes on where it was begun"},
    {.name = "first_visit", .why_not = "found among the visits that are there"},
    {.name = "latest_visit", .why_not = "found among the visits that are there"},
    {.name = "import", .why_not = "files are read in at home"},
    {.name = "import_map", .why_not = "files are read in at home"},
    {.name = "improvement", .why_not = "read at home"},
    {.name = "institution", .why_not = "placements stay"},
    {.name = "log_review", .why_not = "the log's"},
    {.name = "meta", .why_not = "the laptop's own are made with it"},
    {.name = "out_home", .why_not = "who is out is seen at home"},
    {.name = "outbox", .why_not = "empty when it leaves"},
    {.name = "placement", .why_not = "placements stay"},
    {.name = "quote", .why_not = "the file of words is kept at home"},
    {.name = "retention_proposal", .why_not = "what is deleted is decided at home"},
    {.name = "retention_row", .why_not = "what is deleted is decided at home"},
    {.name = "sync_op", .why_not = "kept at home"},
    {.name = "week_cause", .why_not = "counted from the visits that are there"},
    {.name = "week_cell", .why_not = "counted when it is looked at"},
    {.name = "week_counted", .why_not = "counted when it is looked at"},
    {.name = "week_note", .why_not = "read at home"},
    {.name = "week_outcome", .why_not = "counted from the visits that are there"},
};

/* What points at a row of the same table that may be copied after it. */
static const struct {
    const char *table, *column, *update;
} TO_SELF[] = {
    {"visit", "origin_id", "UPDATE visit SET origin_id = :to WHERE id = :id"},
    {"visit", "new_visit_id", "UPDATE visit SET new_visit_id = :to WHERE id = :id"},
    {"contact_note", "replaced_id", "UPDATE contact_note SET replaced_id = :to WHERE id = :id"},
};

const SliceTable *laptop_slice_tables(gsize *count)
{
    *count = G_N_ELEMENTS(TABLES);
    return TABLES;
}

/* --- the columns of a table ------------------------------------------------------------------- */

typedef struct {
    char *name, *to; /* `to`: the table it points at; NULL: none */
    char type;       /* i, t */
    gboolean must;   /* what it points at must be there */
} Column;

typedef struct {
    const SliceTable *table;
    GArray *columns; /* Column */
    char *names, *insert;
    GHashTable *ids; /* of the rows that are copied */
} Copied;

/* What is pointed at once all rows are there. */
typedef struct {
    const char *update;
    gint64 id, to;
} Later;

typedef struct {
    Session *home;
    Db *db;
    GHashTable *tables; /* name → Copied */
    GArray *later;
    gint64 client;
    char from[DATE_SIZE], to[DATE_SIZE];
} Slice;

static void column_clear(gpointer data)
{
    Column *column = data;
    g_free(column->name);
    g_free(column->to);
}

static void copied_free(gpointer data)
{
    Copied *copied = data;
    g_array_unref(copied->columns);
    g_hash_table_unref(copied->ids);
    g_free(copied->names);
    g_free(copied->insert);
    g_free(copied);
}

static Column column_of(const char *word)
{
    const char *colon = strchr(word, ':');
    return (Column){.name = g_strndup(word, (gsize)(colon - word)),
                    .type = colon[1],
                    .must = colon[2] == '!',
                    .to = colon[2] != '\0' ? g_strdup(colon + 3) : NULL};
}

static Copied *copied_new(const SliceTable *table)
{
    Copied *copied = g_new0(Copied, 1);
    g_auto(GStrv) words = g_strsplit(table->columns, " ", -1);
    copied->table = table;
    copied->columns = g_array_new(FALSE, FALSE, sizeof(Column));
    g_array_set_clear_func(copied->columns, column_clear);
    copied->ids = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    for (char **word = words; *word != NULL; word++) {
        Column column = column_of(*word);
        g_array_append_val(copied->columns, column);
        g_free(*word);
        *word = g_strdup(column.name);
    }
    g_autofree char *values = g_strjoinv(", :", words);
    copied->names = g_strjoinv(", ", words);
    copied->insert =
        g_strdup_printf("INSERT INTO %s (%s) VALUES (:%s)", table->name, copied->names, values);
    return copied;
}

/* --- a row ------------------------------------------------------------------------------------ */

static gboolean is_there(const Slice *slice, const char *table, gint64 id)
{
    const Copied *copied = g_hash_table_lookup(slice->tables, table);
    return copied != NULL && g_hash_table_contains(copied->ids, &id);
}

/* The text that points it out later; NULL: it is no such column. */
static const char *to_self(const char *table, const char *column)
{
    for (gsize i = 0; i < G_N_ELEMENTS(TO_SELF); i++)
        if (strcmp(TO_SELF[i].table, table) == 0 && strcmp(TO_SELF[i].column, column) == 0)
            return TO_SELF[i].update;
    return NULL;
}

/* The value of a column as a parameter, `*stays` when the row cannot come along. */
static DbParam value_of(Slice *slice, const Copied *copied, DbStatement *row, int nth,
                        gboolean *stays)
{
    const Column *column = &g_array_index(copied->columns, Column, nth);
    const gint64 number = column->type == 'i' ? db_int(row, nth) : 0;
    const gboolean none = db_is_null(row, nth);
    if (column->type == 't')
        return DB_TEXT(column->name, db_text(row, nth));
    const char *update = to_self(copied->table->name, column->name);
    if (column->to == NULL || none || (update == NULL && is_there(slice, column->to, number)))
        return DB_INT_IF(column->name, number, !none);
    if (update != NULL) {
        const Later later = {.update = update, .id = db_int(row, 0), .to = number};
        g_array_append_val(slice->later, later);
    }
    *stays |= column->must;
    return DB_INT_IF(column->name, 0, FALSE);
}

static gboolean copy_row(Slice *slice, const Copied *copied, DbStatement *row, GError **error)
{
    g_autofree DbParam *params = g_new0(DbParam, copied->columns->len + 1);
    const gint64 id = db_int(row, 0);
    gboolean stays = FALSE;
    for (guint i = 0; i < copied->columns->len; i++)
        params[i] = value_of(slice, copied, row, (int)i, &stays);
    params[copied->columns->len].type = DB_TYPE_END;
    if (stays || g_hash_table_contains(copied->ids, &id))
        return TRUE;
    if (!db_run(slice->db, copied->insert, params, error))
        return FALSE;
    if (g_array_index(copied->columns, Column, 0).to == NULL &&
        g_array_index(copied->columns, Column, 0).type == 'i')
        g_hash_table_add(copied->ids, g_memdup2(&id, sizeof id));
    return TRUE;
}

/* --- rows ------------------------------------------------------------------------------------- */

/* Those of what can be asked for that `where` asks for. */
static void give(const Slice *slice, const char *where, DbParam *params)
{
    const DbParam all[] = {
        DB_INT("client", slice->client),
        DB_INT("unit", session_unit_id(slice->home)),
        DB_INT("me", session_staff_id(slice->home)),
        DB_TEXT("own_since", client_guard_since(slice->home)),
        DB_TEXT("from", slice->from),
        DB_TEXT("to", slice->to),
    };
    int count = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
        g_autofree char *name = g_strdup_printf("\\B:%s\\b", all[i].name);
        if (g_regex_match_simple(name, where, 0, 0))
            params[count++] = all[i];
    }
    params[count].type = DB_TYPE_END;
}

static gboolean copy_rows(Slice *slice, const Copied *copied, const char *where, GError **error)
{
    DbParam params[8];
    if (where == NULL)
        return TRUE;
    g_autofree char *select =
        g_strdup_printf("SELECT %s FROM %s WHERE %s", copied->names, copied->table->name, where);
    give(slice, where, params);
    g_autoptr(DbStatement) rows = db_query(session_db(slice->home), select, params, error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        if (!copy_row(slice, copied, rows, error))
            return FALSE;
    return step == DB_STEP_DONE;
}

static gboolean copy_table(Slice *slice, const Copied *copied, const GArray *clients,
                           GError **error)
{
    if (!copy_rows(slice, copied, copied->table->of_unit, error))
        return FALSE;
    for (guint i = 0; copied->table->of_client != NULL && i < clients->len; i++) {
        slice->client = g_array_index(clients, gint64, i);
        if (!copy_rows(slice, copied, copied->table->of_client, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean point(const Slice *slice, GError **error)
{
    for (guint i = 0; i < slice->later->len; i++) {
        const Later *later = &g_array_index(slice->later, Later, i);
        const char *table =
            strstr(later->update, "contact_note") != NULL ? "contact_note" : "visit";
        if (is_there(slice, table, later->to) && is_there(slice, table, later->id) &&
            !db_run(slice->db, later->update,
                    DB_PARAMS(DB_INT("to", later->to), DB_INT("id", later->id)), error))
            return FALSE;
    }
    return TRUE;
}

/* What a review shows is that of the visits that are there. */
static gboolean count_visits(const Slice *slice, GError **error)
{
    return db_run(slice->db,
                  "INSERT INTO week_outcome (unit_id, week, outcome, visits, stand_in)"
                  " SELECT v.unit_id, v.week, COALESCE(v.outcome, ''), COUNT(*), SUM(v.stand_in)"
                  " FROM visit v GROUP BY v.unit_id, v.week, COALESCE(v.outcome, '')",
                  NULL, error) &&
           db_run(
               slice->db,
               "INSERT INTO week_cause (unit_id, week, outcome, cause, visits, stand_in)"
               " SELECT v.unit_id, v.week, v.outcome, COALESCE(v.cause, ''), COUNT(*),"
               " SUM(v.stand_in) FROM visit v WHERE v.outcome IS NOT NULL AND v.outcome <> 'done'"
               " GROUP BY v.unit_id, v.week, v.outcome, COALESCE(v.cause, '')",
               NULL, error);
}

gboolean laptop_slice_copy(Session *home, Db *db, const GArray *clients, GError **error)
{
    const Date today = clock_today();
    g_autoptr(GHashTable) tables =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, copied_free);
    g_autoptr(GArray) later = g_array_new(FALSE, FALSE, sizeof(Later));
    Slice slice = {.home = home, .db = db, .tables = tables, .later = later};
    date_format(today - 7 * LAPTOP_WEEKS_BACK, slice.from);
    date_format(today + 7 * LAPTOP_WEEKS_AHEAD, slice.to);
    for (gsize i = 0; i < G_N_ELEMENTS(TABLES); i++) {
        if (TABLES[i].columns == NULL)
            continue;
        Copied *copied = copied_new(&TABLES[i]);
        g_hash_table_insert(tables, (gpointer)TABLES[i].name, copied);
        if (!copy_table(&slice, copied, clients, error))
            return FALSE;
    }
    return point(&slice, error) && count_visits(&slice, error);
}
