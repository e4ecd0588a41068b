/* implementation.c: plans for how what was decided is carried out. */
#include "care/client/implementation_private.h"

#include "base/clock.h"
#include "base/code.h"
#include "base/i18n.h"
#include "care/client/client_guard.h"
#include "care/client/decision.h"
#include "care/task/task.h"
#include "care/task/task_private.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/commit.h"

#define WORDS_LENGTH_MAX 4000

static const CodeWord PARTS[HAD_PART_COUNT] = {
    [HAD_PART_UNKNOWN] = {NULL, N_("not known")},
    [HAD_PART_YES] = {"yes", N_("yes")},
    [HAD_PART_PARTLY] = {"partly", N_("partly")},
    [HAD_PART_NO] = {"no", N_("no")},
};
CODE_AND_NAME_FUNCTIONS(ImplementationPart, implementation_part, PARTS)

Implementation *implementation_new(gint64 client_id, gint64 decision_id)
{
    Implementation *plan = g_new0(Implementation, 1);
    plan->client_id = client_id;
    plan->decision_id = decision_id;
    plan->due = plan->arrived = plan->follow_up = plan->letter = DATE_NONE;
    plan->version = 1;
    return plan;
}

void implementation_free(Implementation *plan)
{
    if (plan == NULL)
        return;
    g_free(plan->words);
    g_free(plan->provider);
    g_free(plan);
}

gboolean implementation_is_late(const Implementation *plan, Date today)
{
    return plan->arrived == DATE_NONE && plan->due < today;
}

/* --- the unit's days -------------------------------------------------------------------------- */

static gboolean refuse(GError **error, const char *sentence)
{
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT, sentence);
    return FALSE;
}

gboolean implementation_days(Session *session, gint64 *days, GError **error)
{
    return db_get_int(session_db(session), "SELECT plan_days FROM unit WHERE id = :unit",
                      DB_PARAMS(DB_INT("unit", session_unit_id(session))), 0, days, error) &&
           (*days > 0 || (*days = IMPLEMENTATION_DAYS) > 0);
}

gboolean implementation_set_days(Session *session, gint64 days, GError **error)
{
    if (!access_require(session, PERMIT_IMPROVE, error))
        return FALSE;
    if (days != -1 && (days < 1 || days > 365))
        return refuse(error, _("Within how many days shall the plan come? Write a number from 1 to "
                               "365."));
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_int(changes, "plan_days", -1, days);
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    return tx != NULL &&
           db_run(session_db(session), "UPDATE unit SET plan_days = :days WHERE id = :unit",
                  DB_PARAMS(DB_INT_IF("days", days, days > 0),
                            DB_INT("unit", session_unit_id(session))),
                  error) &&
           audit_write(session, "change", "unit", session_unit_id(session), 0, changes, error) &&
           db_transaction_commit(tx, error);
}

/* --- reading ---------------------------------------------------------------------------------- */

#define COLUMNS                                                                                    \
    "SELECT p.id, p.client_id, p.decision_id, p.order_id, p.due_on, p.arrived_on, p.part,"         \
    " p.part_source, p.words, p.follow_on, p.letter_on, p.version, o.provider"                     \
    " FROM implementation p LEFT JOIN care_order o ON o.id = p.order_id"

static Implementation *from_row(DbStatement *row)
{
    Implementation *plan = implementation_new(db_int(row, 1), db_int(row, 2));
    plan->id = db_int(row, 0);
    plan->order_id = db_int(row, 3);
    plan->due = date_parse(db_text(row, 4));
    plan->arrived = date_parse(db_text(row, 5));
    implementation_part_parse(db_text(row, 6), &plan->part);
    cause_source_parse(db_text(row, 7), &plan->source);
    plan->words = g_strdup(db_text(row, 8));
    plan->follow_up = date_parse(db_text(row, 9));
    plan->letter = date_parse(db_text(row, 10));
    plan->version = db_int(row, 11);
    plan->provider = g_strdup(db_text(row, 12));
    return plan;
}

static GPtrArray *all_of(DbStatement *rows, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)implementation_free);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        g_ptr_array_add(all, from_row(rows));
    return step == DB_STEP_DONE ? g_steal_pointer(&all) : NULL;
}

GPtrArray *implementation_of_client(Session *session, gint64 client_id, GError **error)
{
    if (!client_require(session, PERMIT_WALK, client_id, error))
        return NULL;
    g_autoptr(DbStatement) rows = db_query(
        session_db(session), COLUMNS " WHERE p.client_id = :client ORDER BY p.due_on, p.id",
        DB_PARAMS(DB_INT("client", client_id)), error);
    return all_of(rows, error);
}

static Implementation *read_one(Session *session, gint64 id, GError **error)
{
    g_autoptr(DbStatement) row =
        db_query(session_db(session), COLUMNS " WHERE p.id = :id AND p.unit_id = :unit",
                 DB_PARAMS(DB_INT("id", id), DB_INT("unit", session_unit_id(session))), error);
    const DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    if (step == DB_STEP_DONE)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                            _("The plan is no longer there. Look at the list again."));
    return step == DB_STEP_ROW ? from_row(row) : NULL;
}

Implementation *implementation_get(Session *session, gint64 id, GError **error)
{
    g_autoptr(Implementation) plan = read_one(session, id, error);
    return plan != NULL && client_require(session, PERMIT_WALK, plan->client_id, error)
               ? g_steal_pointer(&plan)
               : NULL;
}

gboolean implementation_of_order(Session *session, gint64 order_id, Implementation **plan,
                                 GError **error)
{
    g_autoptr(DbStatement) row =
        db_query(session_db(session), COLUMNS " WHERE p.order_id = :id ORDER BY p.id DESC LIMIT 1",
                 DB_PARAMS(DB_INT("id", order_id)), error);
    const DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    *plan = step == DB_STEP_ROW ? from_row(row) : NULL;
    return step != DB_STEP_ERROR;
}

/* --- checking --------------------------------------------------------------------------------- */

static gboolean check(const Implementation *plan, GError **error)
{
    if (plan->due == DATE_NONE)
        return refuse(error, _("Write the day on which the plan is to have come."));
    if (plan->arrived != DATE_NONE && plan->arrived > clock_today())
        return refuse(error,
                      _("Write the day on which the plan came, which is not in the future."));
    if (plan->arrived == DATE_NONE && plan->follow_up != DATE_NONE)
        return refuse(error,
                      _("A plan that has not come is not followed up. Write the day on which "
                        "it came, or leave out the day when it is followed up."));
    if (plan->follow_up != DATE_NONE && plan->follow_up < plan->arrived)
        return refuse(error, _("A plan is followed up after it has come. Change one of the days."));
    if (plan->words != NULL && g_utf8_strlen(plan->words, -1) > WORDS_LENGTH_MAX)
        return refuse(error, _("The note is too long. Shorten it."));
    return TRUE;
}

/* --- what is to be done ----------------------------------------------------------------------- */

/* Whose help goes on, and who decides on it (0: whoever can). */
static gboolean whose(Session *session, gint64 client_id, gboolean *active, gint64 *officer,
                      GError **error)
{
    gint64 goes_on = 0;
    const DbParam *client = DB_PARAMS(DB_INT("id", client_id));
    if (!db_get_int(session_db(session), "SELECT active FROM client WHERE id = :id", client, 0,
                    &goes_on, error) ||
        !db_get_int(session_db(session),
                    "SELECT s.id FROM client c JOIN staff s ON s.id = c.case_officer_id"
                    " AND s.active = 1 WHERE c.id = :id",
                    client, 0, officer, error))
        return FALSE;
    *active = goes_on != 0;
    return TRUE;
}

/* New. */
static char *note_of(const Implementation *plan)
{
    if (plan->arrived != DATE_NONE)
        return g_strdup(
            i18n_text_in(RECORD_LANGUAGE, N_("See how the implementation plan works, and "
                                             "whether it still fits.")));
    if (plan->provider == NULL)
        return g_strdup(
            i18n_text_in(RECORD_LANGUAGE, N_("The implementation plan is to have come.")));
    g_auto(GStrv) parts = g_strsplit(
        i18n_text_in(RECORD_LANGUAGE, N_("The implementation plan from %s is to have come.")), "%s",
        2);
    return g_strconcat(parts[0], plan->provider, parts[1], NULL);
}

static gboolean add_task(Session *session, const Implementation *plan, Date due, GError **error)
{
    gboolean is_new = FALSE, active = FALSE;
    g_autoptr(Task) task = task_new();
    task->kind = TASK_IMPLEMENTATION;
    task->client_id = plan->client_id;
    task->due_date = due;
    task->note = note_of(plan);
    if (!whose(session, plan->client_id, &active, &task->staff_id, error))
        return FALSE;
    return !active ||
           (task_create(session, task, &is_new, error) &&
            db_run(session_db(session), "UPDATE task SET implementation_id = :plan WHERE id = :id",
                   DB_PARAMS(DB_INT("plan", plan->id), DB_INT("id", task->id)), error));
}

/* When there is something to do about it; DATE_NONE: nothing. */
static Date task_day(const Implementation *plan)
{
    if (plan->arrived != DATE_NONE)
        return plan->follow_up;
    return plan->letter != DATE_NONE ? MAX(plan->letter + IMPLEMENTATION_LETTER_DAYS, plan->due)
                                     : plan->due;
}

static gboolean end_tasks(Session *session, const Implementation *plan, gboolean came,
                          GError **error)
{
    if (!came)
        return db_run(session_db(session),
                      "DELETE FROM task WHERE implementation_id = :id AND done_ms IS NULL",
                      DB_PARAMS(DB_INT("id", plan->id)), error);
    return task_end_each(session,
                         "SELECT id FROM task WHERE implementation_id = :id AND done_ms IS NULL",
                         DB_PARAMS(DB_INT("id", plan->id)),
                         i18n_text_in(RECORD_LANGUAGE, N_("The plan has come.")), error);
}

/* `before` NULL: a new one. What somebody has done by hand is not asked for again for the same day.
 */
static gboolean settle_task(Session *session, const Implementation *before,
                            const Implementation *after, GError **error)
{
    const Date due = task_day(after);
    const gboolean came =
        before != NULL && before->arrived == DATE_NONE && after->arrived != DATE_NONE;
    if (before != NULL && !came && task_day(before) == due &&
        (before->arrived == DATE_NONE) == (after->arrived == DATE_NONE))
        return TRUE;
    return (before == NULL || end_tasks(session, after, came, error)) &&
           (due == DATE_NONE || add_task(session, after, due, error));
}

/* --- writing ---------------------------------------------------------------------------------- */

/* The words themselves are not in the log, which could not be weeded of them. */
static AuditChanges *changes_of(const Implementation *before, const Implementation *after)
{
    AuditChanges *changes = audit_changes_new();
    const struct {
        const char *field;
        Date before, after;
    } days[] = {
        {"due_on", before->due, after->due},
        {"arrived_on", before->arrived, after->arrived},
        {"follow_on", before->follow_up, after->follow_up},
        {"letter_on", before->letter, after->letter},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(days); i++)
        audit_changes_date(changes, days[i].field, days[i].before, days[i].after);
    audit_changes_text(changes, "part", implementation_part_code(before->part),
                       implementation_part_code(after->part));
    audit_changes_text(changes, "part_source", cause_source_code(before->source),
                       cause_source_code(after->source));
    return changes;
}

gboolean implementation_write(Session *session, Implementation *plan, GError **error)
{
    Db *db = session_db(session);
    char due[DATE_SIZE], arrived[DATE_SIZE], follow[DATE_SIZE], letter[DATE_SIZE];
    g_autoptr(Implementation) nothing = implementation_new(plan->client_id, plan->decision_id);
    g_autoptr(AuditChanges) changes = changes_of(nothing, plan);
    return (plan->id != 0 || (plan->id = db_new_id(db, "implementation", error)) != 0) &&
           db_run(
               db,
               "INSERT INTO implementation (id, unit_id, client_id, decision_id, order_id, due_on,"
               " arrived_on, part, part_source, words, follow_on, letter_on, created_ms,"
               " created_by) VALUES (:id, :unit, :client, :decision, :order, :due, :arrived,"
               " :part, :source, :words, :follow, :letter, :now, :me)",
               DB_PARAMS(DB_INT("id", plan->id), DB_INT("unit", session_unit_id(session)),
                         DB_INT("client", plan->client_id), DB_INT("decision", plan->decision_id),
                         DB_INT_OR_NULL("order", plan->order_id),
                         DB_TEXT("due", date_format(plan->due, due)),
                         DB_TEXT("arrived", date_or_null(plan->arrived, arrived)),
                         DB_TEXT("part", implementation_part_code(plan->part)),
                         DB_TEXT("source", cause_source_code(plan->source)),
                         DB_TEXT("words", plan->words),
                         DB_TEXT("follow", date_or_null(plan->follow_up, follow)),
                         DB_TEXT("letter", date_or_null(plan->letter, letter)),
                         DB_INT("now", clock_now_ms()), DB_INT("me", session_staff_id(session))),
               error) &&
           settle_task(session, NULL, plan, error) &&
           audit_write(session, "create", "implementation", plan->id, plan->client_id, changes,
                       error);
}

/* Inside a transaction. */
static gboolean is_there(Session *session, gint64 id, gboolean *there, GError **error)
{
    gint64 count = 0;
    if (id != 0 &&
        !db_get_int(session_db(session), "SELECT COUNT(*) FROM implementation WHERE id = :id",
                    DB_PARAMS(DB_INT("id", id)), 0, &count, error))
        return FALSE;
    *there = count > 0;
    return TRUE;
}

gboolean implementation_add(Session *session, Implementation *plan, GError **error)
{
    gboolean there = FALSE;
    if (!client_require(session, PERMIT_CLIENT_EDIT, plan->client_id, error) || !check(plan, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    if (tx == NULL || !is_there(session, plan->id, &there, error))
        return FALSE;
    if (there)
        return TRUE; /* it came through the first time */
    g_autoptr(Decision) decision = decision_get(session, plan->decision_id, error);
    return decision != NULL && decision_require_grant(decision, error) &&
           implementation_write(session, plan, error) &&
           commit_and_make_sure(session, tx, "SELECT COUNT(*) FROM implementation WHERE id = :id",
                                DB_PARAMS(DB_INT("id", plan->id)), error);
}

static gboolean same(const Implementation *a, const Implementation *b)
{
    return a->due == b->due && a->arrived == b->arrived && a->part == b->part &&
           a->source == b->source && a->follow_up == b->follow_up && a->letter == b->letter &&
           g_strcmp0(a->words, b->words) == 0;
}

/* `before`: as it stands. Inside a transaction. */
static gboolean update(Session *session, const Implementation *before, const Implementation *after,
                       GError **error)
{
    char due[DATE_SIZE], arrived[DATE_SIZE], follow[DATE_SIZE], letter[DATE_SIZE];
    g_autoptr(AuditChanges) changes = changes_of(before, after);
    return db_run(
               session_db(session),
               "UPDATE implementation SET due_on = :due, arrived_on = :arrived, part = :part,"
               " part_source = :source, words = :words, follow_on = :follow, letter_on = :letter,"
               " version = version + 1 WHERE id = :id",
               DB_PARAMS(DB_TEXT("due", date_format(after->due, due)),
                         DB_TEXT("arrived", date_or_null(after->arrived, arrived)),
                         DB_TEXT("part", implementation_part_code(after->part)),
                         DB_TEXT("source", cause_source_code(after->source)),
                         DB_TEXT("words", after->words),
                         DB_TEXT("follow", date_or_null(after->follow_up, follow)),
                         DB_TEXT("letter", date_or_null(after->letter, letter)),
                         DB_INT("id", after->id)),
               error) &&
           settle_task(session, before, after, error) &&
           audit_write(session, "change", "implementation", after->id, after->client_id, changes,
                       error);
}

static gboolean update_and_commit(Session *session, const Implementation *before,
                                  const Implementation *after, DbTransaction *tx, GError **error)
{
    return update(session, before, after, error) &&
           commit_and_make_sure(
               session, tx,
               "SELECT COUNT(*) FROM implementation WHERE id = :id"
               " AND version = :version",
               DB_PARAMS(DB_INT("id", after->id), DB_INT("version", before->version + 1)), error);
}

gboolean implementation_change(Session *session, const Implementation *plan, GError **error)
{
    if (!client_require(session, PERMIT_CLIENT_EDIT, plan->client_id, error) || !check(plan, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    g_autoptr(Implementation) before = tx != NULL ? read_one(session, plan->id, error) : NULL;
    if (before == NULL)
        return FALSE;
    if (same(before, plan))
        return TRUE;
    if (before->version != plan->version) {
        g_set_error_literal(
            error, DAGSFORM_ERROR, ERROR_CONFLICT,
            _("Somebody has changed this plan since you opened it. Look at it again, "
              "and save once more if yours is right."));
        return FALSE;
    }
    return update_and_commit(session, before, plan, tx, error);
}

static gboolean may_change(Session *session, gint64 id, GError **error)
{
    g_autoptr(Implementation) plan = read_one(session, id, error);
    return plan != NULL && client_require(session, PERMIT_CLIENT_EDIT, plan->client_id, error);
}

gboolean implementation_tell_late(Session *session, gint64 id, GError **error)
{
    if (!may_change(session, id, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    g_autoptr(Implementation) before = tx != NULL ? read_one(session, id, error) : NULL;
    if (before == NULL)
        return FALSE;
    if (!implementation_is_late(before, clock_today()))
        return refuse(error, before->arrived != DATE_NONE
                                 ? _("The plan has come. There is nothing to tell the provider.")
                                 : _("The plan is not late yet."));
    Implementation after = *before;
    after.letter = clock_today();
    return same(before, &after) || update_and_commit(session, before, &after, tx, error);
}

gboolean implementation_move(Session *session, const Implementation *plan, Date due, GError **error)
{
    Implementation after = *plan;
    after.due = due;
    return same(plan, &after) || (check(&after, error) && update(session, plan, &after, error));
}

gboolean implementation_ask_again(Session *session, gint64 client_id, GError **error)
{
    g_autoptr(DbStatement) rows =
        db_query(session_db(session),
                 COLUMNS " WHERE p.client_id = :client AND NOT EXISTS (SELECT 1 FROM task t"
                         " WHERE t.implementation_id = p.id) ORDER BY p.id",
                 DB_PARAMS(DB_INT("client", client_id)), error);
    g_autoptr(GPtrArray) all = all_of(rows, error);
    g_clear_pointer(&rows, db_statement_release);
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const Implementation *plan = all->pdata[i];
        const Date due = task_day(plan);
        if (due != DATE_NONE && !add_task(session, plan, due, error))
            return FALSE;
    }
    return all != NULL;
}

/* --- taking away ------------------------------------------------------------------------------ */

gboolean implementation_drop(Session *session, const Implementation *plan, GError **error)
{
    g_autoptr(Implementation) nothing = implementation_new(plan->client_id, plan->decision_id);
    g_autoptr(AuditChanges) changes = changes_of(plan, nothing);
    if (plan->arrived != DATE_NONE)
        return refuse(error, _("The plan has come and is kept. Change what is wrong in it."));
    return end_tasks(session, plan, FALSE, error) &&
           db_run(session_db(session), "DELETE FROM implementation WHERE id = :id",
                  DB_PARAMS(DB_INT("id", plan->id)), error) &&
           audit_write(session, "remove", "implementation", plan->id, plan->client_id, changes,
                       error);
}

gboolean implementation_remove(Session *session, gint64 id, GError **error)
{
    gboolean there = FALSE;
    if (!is_there(session, id, &there, error))
        return FALSE;
    if (!there)
        return TRUE; /* gone already */
    if (!may_change(session, id, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    g_autoptr(Implementation) plan = tx != NULL ? read_one(session, id, error) : NULL;
    return plan != NULL && implementation_drop(session, plan, error) &&
           commit_and_make_sure(session, tx,
                                "SELECT COUNT(*) FROM client c WHERE c.id = :client"
                                " AND NOT EXISTS (SELECT 1 FROM implementation p WHERE p.id = :id)",
                                DB_PARAMS(DB_INT("client", plan->client_id), DB_INT("id", id)),
                                error);
}

gboolean implementation_drop_of(Session *session, gint64 decision_id, GError **error)
{
    g_autoptr(DbStatement) rows =
        db_query(session_db(session), COLUMNS " WHERE p.decision_id = :id",
                 DB_PARAMS(DB_INT("id", decision_id)), error);
    g_autoptr(GPtrArray) all = all_of(rows, error);
    if (all == NULL)
        return FALSE;
    for (guint i = 0; i < all->len; i++)
        if (((const Implementation *)all->pdata[i])->arrived != DATE_NONE)
            return refuse(error, _("The plan for this decision has come. Correct the decision "
                                   "instead."));
    for (guint i = 0; i < all->len; i++)
        if (!implementation_drop(session, all->pdata[i], error))
            return FALSE;
    return TRUE;
}
