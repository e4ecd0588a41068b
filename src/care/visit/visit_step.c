/* visit_step.c: a visit goes from one state to another. */
#include "care/visit/visit_step_private.h"

#include "base/clock.h"
#include "care/task/task.h"
#include "care/unit/audit.h"
#include "care/unit/commit.h"
#include "care/visit/meeting.h"
#include "care/visit/summary.h"
#include "care/visit/visit_row.h"

void step_clear(Step *step)
{
    visit_outcome_clear(&step->after);
    g_clear_pointer(&step->made, g_ptr_array_unref);
    g_clear_pointer(&step->wanted, g_ptr_array_unref);
}

Visit *step_begin(Step *step, Session *session, gint64 id, GError **error)
{
    g_autoptr(Visit) before = visit_read(session, id, error);
    if (before == NULL)
        return NULL;
    /* A first recording has made nothing yet. */
    step->made = before->version > 1 ? visit_made_by(session, id, error)
                                     : g_ptr_array_new_with_free_func((GDestroyNotify)visit_free);
    if (step->made == NULL)
        return NULL;
    step->session = session;
    step->before = before;
    step->wanted = g_ptr_array_new();
    visit_outcome_init(&step->after);
    return g_steal_pointer(&before);
}

gint64 step_new_visit(const Step *step)
{
    return step->new_one != NULL ? step->new_one->id : 0;
}

const Visit *step_find_visit(const GPtrArray *visits, gint64 id)
{
    for (guint i = 0; i < visits->len; i++) {
        const Visit *visit = g_ptr_array_index(visits, i);
        if (visit->id == id)
            return visit;
    }
    return NULL;
}

/* Somebody has recorded on it, so it is a visit in its own right. */
static gboolean something_came_of(const Visit *visit)
{
    return visit->outcome.outcome != OUTCOME_NONE || visit->version > 1;
}

/* --- a step ----------------------------------------------------------------------------------- */

static void log_made(AuditChanges *changes, const Visit *visit, gboolean added)
{
    char date[DATE_SIZE], start[TIME_SIZE];
    g_autofree char *field = g_strdup_printf("visit_%" G_GINT64_FORMAT, visit->id);
    g_autofree char *text =
        g_strdup_printf("%s %s %s", date_format(visit->date, date),
                        time_format(visit->start, start), visit_mode_code(visit->mode));
    audit_changes_text(changes, field, added ? NULL : text, added ? text : NULL);
}

static gboolean make_visits(Step *step, AuditChanges *changes, GError **error)
{
    for (guint i = 0; i < step->wanted->len; i++) {
        Visit *visit = g_ptr_array_index(step->wanted, i);
        if (visit->id != 0 && step_find_visit(step->made, visit->id) != NULL)
            continue;
        visit->client_id = step->before->client_id;
        visit->origin_id = step->before->id;
        if (!visit_insert(step->session, visit, error))
            return FALSE;
        log_made(changes, visit, TRUE);
    }
    return TRUE;
}

static gboolean take_away_visits(Step *step, AuditChanges *changes, GError **error)
{
    for (guint i = 0; i < step->made->len; i++) {
        const Visit *visit = g_ptr_array_index(step->made, i);
        if (step_find_visit(step->wanted, visit->id) != NULL)
            continue;
        if (something_came_of(visit)) {
            step->kept++;
            continue;
        }
        if (!visit_delete(step->session, visit, error))
            return FALSE;
        log_made(changes, visit, FALSE);
    }
    return TRUE;
}

static gboolean keep_state(const Step *step, GError **error)
{
    const Visit *before = step->before;
    if (before->outcome.outcome == OUTCOME_NONE && !step->end.redone)
        return TRUE;
    g_autofree char *state = visit_state_write(before, step->made, &step->end);
    return db_run(session_db(step->session),
                  "INSERT INTO visit_version (visit_id, version, state, replaced_ms, replaced_by)"
                  " VALUES (:id, :version, :state, :now, :me)",
                  DB_PARAMS(DB_INT("id", before->id), DB_INT("version", before->version),
                            DB_TEXT("state", state), DB_INT("now", clock_now_ms()),
                            DB_INT("me", session_staff_id(step->session))),
                  error);
}

static gboolean set_outcome(const Step *step, GError **error)
{
    const VisitOutcome *after = &step->after;
    return db_run(
        session_db(step->session),
        "UPDATE visit SET outcome = :outcome, cancelled_by = :by, told_by = :told,"
        " notice_hours = :notice, cause = :cause, cause_further = :further,"
        " cause_source = :source, words = :words, alternative = :alternative,"
        " alternative_taken = :taken, note = :note, version = version + 1,"
        " recorded_ms = :recorded, recorded_by = :recorder WHERE id = :id",
        DB_PARAMS(
            DB_TEXT("outcome", outcome_code(after->outcome)),
            DB_TEXT("by", cancelled_by_code(after->by)), DB_TEXT("told", told_by_code(after->told)),
            DB_INT_IF("notice", after->notice, after->notice >= 0), DB_TEXT("cause", after->cause),
            DB_TEXT("further", after->cause_further),
            DB_TEXT("source", cause_source_code(after->source)), DB_TEXT("words", after->words),
            DB_TEXT("alternative", alternative_code(after->alternative)),
            DB_INT_IF("taken", after->alternative_taken, after->alternative_taken >= 0),
            DB_TEXT("note", after->note), DB_INT_OR_NULL("recorded", step->recorded_ms),
            DB_INT_OR_NULL("recorder", step->recorded_by), DB_INT("id", step->before->id)),
        error);
}

/* On its own: a reference from the table to itself makes the engine write the whole row anew with
 * every index, which most recordings need not pay for. */
static gboolean set_new_visit(const Step *step, GError **error)
{
    return step_new_visit(step) == step->before->new_visit_id ||
           db_run(session_db(step->session),
                  "UPDATE visit SET new_visit_id = :new_visit WHERE id = :id",
                  DB_PARAMS(DB_INT_OR_NULL("new_visit", step_new_visit(step)),
                            DB_INT("id", step->before->id)),
                  error);
}

/* Nor does this change at most recordings. */
static gboolean set_absence(const Step *step, GError **error)
{
    return step->absence_id == step->before->absence_id ||
           db_run(session_db(step->session), "UPDATE visit SET absence_id = :absence WHERE id = :id",
                  DB_PARAMS(DB_INT_OR_NULL("absence", step->absence_id),
                            DB_INT("id", step->before->id)),
                  error);
}

/* Also of what was made beside it: which of them counts follows from this one. */
static gboolean count(const Step *step, GError **error)
{
    const Visit *before = step->before;
    Week week = week_of(before->date);
    return summary_move(
               step->session, (SummaryOf){before->client_id, before->origin_id},
               (SummaryState){week, before->outcome.outcome, before->outcome.cause,
                              before->stand_in},
               (SummaryState){week, step->after.outcome, step->after.cause, before->stand_in}, 1,
               error) &&
           ((step->made->len == 0 && step->wanted->len == 0) ||
            meeting_settle(step->session, before->id, error));
}

static gboolean needs_new_time(Outcome outcome, gint64 new_visit)
{
    return outcome_is_missed(outcome) && new_visit == 0;
}

/* The task to rebook follows the state. What a correction closed, its undo opens again; what the
 * user has finished stays so. */
static gboolean set_tasks(const Step *step, GError **error)
{
    const Visit *before = step->before;
    gboolean needed = needs_new_time(before->outcome.outcome, before->new_visit_id);
    gboolean needs = needs_new_time(step->after.outcome, step_new_visit(step));
    if (step->end.undone && (outcome_took_place(before->outcome.outcome) || (needs && !needed)))
        return task_reopen_of_visit(step->session, before->id, before->recorded_ms, needs, error);
    if (needs && !needed)
        return task_add_rebook(step->session, before, error);
    if (!step->end.undone && before->outcome.outcome != OUTCOME_NONE &&
        outcome_took_place(step->after.outcome))
        return task_close_of_visit(step->session, before->id, error);
    if (needed && !needs)
        return task_end_rebook(step->session, before->id, step->end.undone, error);
    return TRUE;
}

/* New visits before the row that names them, old ones after it has let them go. */
gboolean step_take(Step *step, GError **error)
{
    const Visit *before = step->before;
    g_autoptr(AuditChanges) changes = audit_changes_new();
    visit_outcome_changes(changes, &before->outcome, &step->after);
    if (!make_visits(step, changes, error) || !keep_state(step, error) ||
        !set_outcome(step, error) || !set_new_visit(step, error) || !set_absence(step, error) ||
        !take_away_visits(step, changes, error) || !count(step, error) || !set_tasks(step, error))
        return FALSE;
    audit_changes_int(changes, "new_visit_id", before->new_visit_id, step_new_visit(step));
    audit_changes_int(changes, "visits_kept", 0, step->kept);
    return audit_write(step->session, step->action, "visit", before->id, before->client_id, changes,
                       error);
}

gboolean step_finish(Step *step, DbTransaction *tx, Visit **saved, GError **error)
{
    g_autoptr(Visit) visit = NULL;
    if (saved != NULL) {
        visit = visit_read(step->session, step->before->id, error);
        if (visit == NULL)
            return FALSE;
        visit->kept = step->kept;
    }
    if (!commit_and_make_sure(step->session, tx,
                              "SELECT COUNT(*) FROM visit WHERE id = :id AND version = :version"
                              " AND recorded_ms IS NOT DISTINCT FROM :recorded"
                              " AND recorded_by IS NOT DISTINCT FROM :recorder",
                              DB_PARAMS(DB_INT("id", step->before->id),
                                        DB_INT("version", step->before->version + 1),
                                        DB_INT_OR_NULL("recorded", step->recorded_ms),
                                        DB_INT_OR_NULL("recorder", step->recorded_by)),
                              error))
        return FALSE;
    if (saved != NULL)
        *saved = g_steal_pointer(&visit);
    return TRUE;
}
