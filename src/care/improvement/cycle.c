/* cycle.c: changes and small tests of an improvement work. */
#include "care/improvement/cycle.h"

#include "base/clock.h"
#include "base/code.h"
#include "base/i18n.h"
#include "care/improvement/improvement_private.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/commit.h"

static const CodeWord KINDS[CYCLE_KIND_COUNT] = {
    [CYCLE_CHANGE] = {"change", N_("change")},
    [CYCLE_TEST] = {"test", N_("small test")},
};
CODE_AND_NAME_FUNCTIONS(CycleKind, cycle_kind, KINDS)

Cycle *cycle_new(gint64 improvement_id, Date from)
{
    Cycle *cycle = g_new0(Cycle, 1);
    cycle->improvement_id = improvement_id;
    cycle->from = from;
    cycle->rebase = TRUE;
    return cycle;
}

void cycle_free(Cycle *cycle)
{
    if (cycle == NULL)
        return;
    g_free(cycle->name);
    g_free(cycle->prediction);
    g_free(cycle->happened);
    g_free(cycle->learned);
    g_free(cycle->next);
    g_free(cycle);
}

/* --- reading ---------------------------------------------------------------------------------- */

#define COLUMNS                                                                                    \
    "SELECT id, improvement_id, kind, name, from_on, rebase, prediction, happened, learned, next," \
    " version FROM cycle WHERE unit_id = :unit"

static Cycle *from_row(DbStatement *row)
{
    Cycle *cycle = cycle_new(db_int(row, 1), date_parse(db_text(row, 4)));
    cycle->id = db_int(row, 0);
    cycle_kind_parse(db_text(row, 2), &cycle->kind);
    cycle->name = g_strdup(db_text(row, 3));
    cycle->rebase = db_int(row, 5) != 0;
    cycle->prediction = g_strdup(db_text(row, 6));
    cycle->happened = g_strdup(db_text(row, 7));
    cycle->learned = g_strdup(db_text(row, 8));
    cycle->next = g_strdup(db_text(row, 9));
    cycle->version = db_int(row, 10);
    return cycle;
}

GPtrArray *cycle_list(Session *session, gint64 improvement_id, GError **error)
{
    if (!access_require(session, PERMIT_REVIEW, error))
        return NULL;
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)cycle_free);
    g_autoptr(DbStatement) rows =
        db_query(session_db(session),
                 COLUMNS " AND (:all = 1 OR improvement_id = :work) ORDER BY from_on, id",
                 DB_PARAMS(DB_INT("unit", session_unit_id(session)),
                           DB_INT("all", improvement_id == 0), DB_INT("work", improvement_id)),
                 error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        g_ptr_array_add(all, from_row(rows));
    return step == DB_STEP_DONE ? g_steal_pointer(&all) : NULL;
}

Cycle *cycle_get(Session *session, gint64 id, GError **error)
{
    if (!access_require(session, PERMIT_REVIEW, error))
        return NULL;
    g_autoptr(DbStatement) row =
        db_query(session_db(session), COLUMNS " AND id = :id",
                 DB_PARAMS(DB_INT("unit", session_unit_id(session)), DB_INT("id", id)), error);
    DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    if (step == DB_STEP_DONE)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                            _("The change is no longer there. Look at the improvement work "
                              "again."));
    return step == DB_STEP_ROW ? from_row(row) : NULL;
}

/* --- saving ----------------------------------------------------------------------------------- */

/* As it is stored; NULL with ERROR_INPUT. New. */
static Cycle *checked(const Cycle *given, GError **error)
{
    g_autofree char *name = improvement_checked_name(
        given->name, _("A change needs a name, which stands on the line. Type it and save again."),
        error);
    if (name == NULL)
        return NULL;
    if (given->from == DATE_NONE) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("A change needs its first day. Type it and save again."));
        return NULL;
    }
    Cycle *after = cycle_new(given->improvement_id, given->from);
    after->id = given->id;
    after->kind = given->kind;
    after->name = g_steal_pointer(&name);
    after->rebase = given->rebase != FALSE;
    after->prediction = improvement_words(given->prediction);
    after->happened = improvement_words(given->happened);
    after->learned = improvement_words(given->learned);
    after->next = improvement_words(given->next);
    after->version = given->version;
    return after;
}

/* `before` NULL: it is new. */
static AuditChanges *compare(const Cycle *before, const Cycle *after)
{
    static const Cycle nothing = {.from = DATE_NONE};
    AuditChanges *changes = audit_changes_new();
    const Cycle *was = before != NULL ? before : &nothing;
    audit_changes_text(changes, "kind", before != NULL ? cycle_kind_code(was->kind) : NULL,
                       cycle_kind_code(after->kind));
    audit_changes_text(changes, "name", was->name, after->name);
    audit_changes_date(changes, "from_on", was->from, after->from);
    audit_changes_int(changes, "rebase", was->rebase, after->rebase);
    audit_changes_text(changes, "prediction", was->prediction, after->prediction);
    audit_changes_text(changes, "happened", was->happened, after->happened);
    audit_changes_text(changes, "learned", was->learned, after->learned);
    audit_changes_text(changes, "next", was->next, after->next);
    return changes;
}

static gboolean insert(Session *session, Cycle *after, GError **error)
{
    Db *db = session_db(session);
    char from[DATE_SIZE];
    if (after->id == 0 && (after->id = db_new_id(db, "cycle", error)) == 0)
        return FALSE;
    if (!db_run(
            db,
            "INSERT INTO cycle (id, unit_id, improvement_id, kind, name, from_on, rebase,"
            " prediction, happened, learned, next, created_ms) VALUES (:id, :unit, :work, :kind,"
            " :name, :from, :rebase, :prediction, :happened, :learned, :next, :now)"
            " ON CONFLICT (id) DO NOTHING",
            DB_PARAMS(DB_INT("id", after->id), DB_INT("unit", session_unit_id(session)),
                      DB_INT("work", after->improvement_id),
                      DB_TEXT("kind", cycle_kind_code(after->kind)), DB_TEXT("name", after->name),
                      DB_TEXT("from", date_format(after->from, from)),
                      DB_INT("rebase", after->rebase), DB_TEXT("prediction", after->prediction),
                      DB_TEXT("happened", after->happened), DB_TEXT("learned", after->learned),
                      DB_TEXT("next", after->next), DB_INT("now", clock_now_ms())),
            error))
        return FALSE;
    if (db_changes(db) == 0)
        return TRUE; /* it came through the first time */
    g_autoptr(AuditChanges) changes = compare(NULL, after);
    return audit_write(session, "create", "cycle", after->id, 0, changes, error);
}

static gboolean update(Session *session, const Cycle *after, GError **error)
{
    char from[DATE_SIZE];
    g_autoptr(Cycle) before = cycle_get(session, after->id, error);
    if (before == NULL)
        return FALSE;
    g_autoptr(AuditChanges) changes = compare(before, after);
    if (audit_changes_empty(changes))
        return TRUE;
    if (before->version != after->version) {
        improvement_conflict(session, "cycle", after->id, error);
        return FALSE;
    }
    return db_run(session_db(session),
                  "UPDATE cycle SET kind = :kind, name = :name, from_on = :from, rebase = :rebase,"
                  " prediction = :prediction, happened = :happened, learned = :learned,"
                  " next = :next, version = version + 1 WHERE id = :id",
                  DB_PARAMS(
                      DB_TEXT("kind", cycle_kind_code(after->kind)), DB_TEXT("name", after->name),
                      DB_TEXT("from", date_format(after->from, from)),
                      DB_INT("rebase", after->rebase), DB_TEXT("prediction", after->prediction),
                      DB_TEXT("happened", after->happened), DB_TEXT("learned", after->learned),
                      DB_TEXT("next", after->next), DB_INT("id", after->id)),
                  error) &&
           audit_write(session, "change", "cycle", after->id, 0, changes, error);
}

gboolean cycle_save(Session *session, Cycle *cycle, GError **error)
{
    g_autoptr(Cycle) after = NULL;
    if (!access_require(session, PERMIT_IMPROVE, error) || (after = checked(cycle, error)) == NULL)
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    if (tx == NULL ||
        !(after->version == 0 ? insert(session, after, error) : update(session, after, error)))
        return FALSE;
    cycle->id = after->id;
    return db_get_int(session_db(session), "SELECT version FROM cycle WHERE id = :id",
                      DB_PARAMS(DB_INT("id", after->id)), 0, &cycle->version, error) &&
           commit_and_make_sure(
               session, tx, "SELECT COUNT(*) FROM cycle WHERE id = :id AND version >= :version",
               DB_PARAMS(DB_INT("id", after->id), DB_INT("version", cycle->version)), error);
}
