/* visit_record.c: what came of a visit: recorded, corrected, undone, redone.
 *
 * Each of them is a step from the state the visit has to another one. A state is the outcome,
 * the new time and the visits made beside it; a step makes and takes away what differs, keeps the
 * state it left in visit_version and writes the log, in one transaction. The state before the first
 * recording is empty and is kept only when a redo leaves it: where a version has no row, nothing
 * was recorded. */
#include "care/visit/visit_record.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/decision.h"
#include "care/task/task.h"
#include "care/unit/cause.h"
#include "care/unit/commit.h"
#include "care/unit/draft.h"
#include "care/visit/meeting.h"
#include "care/visit/summary.h"
#include "care/visit/visit_row.h"
#include "care/visit/visit_state.h"

typedef struct {
    Session *session;
    const char *action; /* for the log */
    const Visit *before;
    GPtrArray *made; /* Visit *: there before */
    VisitOutcome after;
    gint64 recorded_ms, recorded_by;
    GPtrArray *wanted;    /* Visit *: there after; not owned. One without an id is new */
    const Visit *new_one; /* which of them is the new time; NULL: none */
    StateEnd end;
    int kept;
} Step;

static void step_clear(Step *step)
{
    visit_outcome_clear(&step->after);
    g_clear_pointer(&step->made, g_ptr_array_unref);
    g_clear_pointer(&step->wanted, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Step, step_clear)

static gint64 new_visit_of(const Step *step)
{
    return step->new_one != NULL ? step->new_one->id : 0;
}

static const Visit *find_visit(const GPtrArray *visits, gint64 id)
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
        if (visit->id != 0 && find_visit(step->made, visit->id) != NULL)
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
        if (find_visit(step->wanted, visit->id) != NULL)
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
    return new_visit_of(step) == step->before->new_visit_id ||
           db_run(session_db(step->session),
                  "UPDATE visit SET new_visit_id = :new_visit WHERE id = :id",
                  DB_PARAMS(DB_INT_OR_NULL("new_visit", new_visit_of(step)),
                            DB_INT("id", step->before->id)),
                  error);
}

/* Also of what was made beside it: which of them counts follows from this one. */
static gboolean count(const Step *step, GError **error)
{
    const Visit *before = step->before;
    Week week = week_of(before->date);
    return summary_move(
               step->session,
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

static gboolean took_place(Outcome outcome)
{
    return outcome == OUTCOME_DONE || outcome == OUTCOME_DONE_OTHERWISE;
}

/* The task to rebook follows the state. What a correction closed, its undo opens again; what the
 * user has finished stays so. */
static gboolean set_tasks(const Step *step, GError **error)
{
    const Visit *before = step->before;
    gboolean needed = needs_new_time(before->outcome.outcome, before->new_visit_id);
    gboolean needs = needs_new_time(step->after.outcome, new_visit_of(step));
    if (step->end.undone && (took_place(before->outcome.outcome) || (needs && !needed)))
        return task_reopen_of_visit(step->session, before->id, before->recorded_ms, needs, error);
    if (needs && !needed)
        return task_add_rebook(step->session, before, error);
    if (!step->end.undone && before->outcome.outcome != OUTCOME_NONE &&
        took_place(step->after.outcome))
        return task_close_of_visit(step->session, before->id, error);
    if (needed && !needs)
        return task_end_rebook(step->session, before->id, step->end.undone, error);
    return TRUE;
}

/* New visits before the row that names them, old ones after it has let them go. */
static gboolean step_take(Step *step, GError **error)
{
    const Visit *before = step->before;
    g_autoptr(AuditChanges) changes = audit_changes_new();
    visit_outcome_changes(changes, &before->outcome, &step->after);
    if (!make_visits(step, changes, error) || !keep_state(step, error) ||
        !set_outcome(step, error) || !set_new_visit(step, error) ||
        !take_away_visits(step, changes, error) || !count(step, error) || !set_tasks(step, error))
        return FALSE;
    audit_changes_int(changes, "new_visit_id", before->new_visit_id, new_visit_of(step));
    audit_changes_int(changes, "visits_kept", 0, step->kept);
    return audit_write(step->session, step->action, "visit", before->id, before->client_id, changes,
                       error);
}

/* Commits, and gives the visit as it now stands. */
static gboolean step_finish(Step *step, DbTransaction *tx, Visit **saved, GError **error)
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

/* --- what is to be recorded ------------------------------------------------------------------- */

static gboolean refuse(GError **error, const char *sentence)
{
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT, sentence);
    return FALSE;
}

/* A cause that was recorded earlier may have left the list since; it stays valid on its visit. */
static gboolean check_cause(Session *session, const Visit *before, const VisitOutcome *outcome,
                            const char *code, GError **error)
{
    if (code == NULL)
        return TRUE;
    const FormOption *option = cause_option(session, code);
    gboolean stays = g_strcmp0(code, before->outcome.cause) == 0 ||
                     g_strcmp0(code, before->outcome.cause_further) == 0;
    if (option == NULL && stays)
        return TRUE;
    if (option == NULL) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("The cause “%s” is not in the list of causes. Choose one from the list."),
                    cause_name(session, code));
        return FALSE;
    }
    if (option->unit_cause && outcome_is_missed(outcome->outcome)) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("“%s” is the unit's own cause. Choose “%s”, or another cause."),
                    form_text(option->display), outcome_name(OUTCOME_UNIT_CANCELLED));
        return FALSE;
    }
    return TRUE;
}

static gboolean check_outcome(Session *session, const Visit *before, const VisitOutcome *outcome,
                              GError **error)
{
    if (outcome->outcome <= OUTCOME_NONE || outcome->outcome >= OUTCOME_COUNT)
        return refuse(error,
                      _("Choose what came of the visit. To take a recording back, undo it."));
    if (!outcome_has_cause(outcome->outcome) && outcome->cause != NULL)
        return refuse(error, _("A visit that took place has no cause. Take the cause away, or "
                               "choose another outcome."));
    if (outcome->cause_further != NULL && g_strcmp0(outcome->cause, outcome->cause_further) == 0)
        return refuse(error, _("The further cause is the same as the first. Choose another, or "
                               "leave it out."));
    if (outcome->cause_further != NULL && outcome->cause == NULL)
        return refuse(error, _("There is a further cause but no first one. Choose the first."));
    return check_cause(session, before, outcome, outcome->cause, error) &&
           check_cause(session, before, outcome, outcome->cause_further, error);
}

static gboolean check_new_time(Session *session, const Visit *before, const VisitOutcome *outcome,
                               const NewTime *new_time, GError **error)
{
    if (new_time == NULL || new_time->date == DATE_NONE)
        return TRUE;
    if (outcome->outcome == OUTCOME_DONE)
        return refuse(error, _("A visit that took place gets no new time. Plan the next visit on "
                               "its own."));
    if (new_time->date == before->date && new_time->start == before->start)
        return refuse(error, _("The new time is the time the visit had. Choose another."));
    return visit_check_time(new_time->date, new_time->start, new_time->minutes, error) &&
           decision_covers(session, before->client_id, new_time->date, error);
}

static int notice_of(const Visit *before, Outcome outcome)
{
    if (outcome == OUTCOME_DECLINED || outcome == OUTCOME_NO_SHOW)
        return 0;
    if (outcome == before->outcome.outcome)
        return before->outcome.notice;
    int ahead = (before->date - clock_today()) * DAY_MINUTES + before->start - clock_minute();
    return ahead > 0 && !took_place(outcome)
               ? notice_hours(clock_today(), clock_minute(), before->date, before->start)
               : -1;
}

static void blank_to_null(char **text)
{
    if (*text != NULL && **text == '\0')
        g_clear_pointer(text, g_free);
}

/* Fills in what follows from the rest, and leaves out what the outcome does not have. */
static void complete_outcome(const Visit *before, VisitOutcome *outcome)
{
    outcome->outcome = outcome_by(outcome->outcome, outcome->by);
    blank_to_null(&outcome->cause);
    blank_to_null(&outcome->cause_further);
    blank_to_null(&outcome->words);
    blank_to_null(&outcome->note);
    if (outcome->outcome == OUTCOME_DONE) {
        outcome->by = BY_NONE;
        outcome->told = TOLD_NONE;
        outcome->notice = -1;
        outcome->alternative = OFFER_NONE;
    } else if (outcome->notice < 0) {
        outcome->notice = notice_of(before, outcome->outcome);
    }
    if (!cause_says_why(outcome->cause))
        outcome->source = SOURCE_NONE;
    if (outcome->alternative <= OFFER_NOTHING)
        outcome->alternative_taken = -1;
}

/* --- the visits beside it --------------------------------------------------------------------- */

/* What was done in another form is that visit itself; otherwise what was taken is one of its own.
 */
static gboolean makes_alternative(const VisitOutcome *outcome)
{
    return !took_place(outcome->outcome) && outcome->alternative > OFFER_NOTHING &&
           outcome->alternative_taken == 1;
}

static Visit *alternative_visit(const Visit *before, const VisitOutcome *outcome)
{
    Visit *visit = visit_new();
    visit->date = before->date;
    visit->start = before->start;
    visit->minutes =
        outcome->alternative == OFFER_SHORTER ? (before->minutes + 1) / 2 : before->minutes;
    visit->mode = alternative_mode(outcome->alternative);
    visit->staff_id = outcome->alternative == OFFER_OTHER_PERSON ? 0 : before->staff_id;
    return visit;
}

static Visit *new_time_visit(const Visit *before, const NewTime *new_time)
{
    Visit *visit = visit_new();
    visit->date = new_time->date;
    visit->start = new_time->start;
    visit->minutes = new_time->minutes;
    visit->mode = new_time->mode;
    visit->staff_id = new_time->staff_id != 0 ? new_time->staff_id : before->staff_id;
    return visit;
}

static gboolean same_plan(const Visit *a, const Visit *b)
{
    return a->date == b->date && a->start == b->start && a->minutes == b->minutes &&
           a->mode == b->mode && a->staff_id == b->staff_id;
}

/* The one of `step->made` that is `planned` already, or `planned` itself, to be made; then `owned`
 * frees it. */
static Visit *present_or_new(Step *step, Visit *planned, gboolean new_time, GPtrArray *owned)
{
    g_ptr_array_add(owned, planned);
    for (guint i = 0; i < step->made->len; i++) {
        Visit *visit = g_ptr_array_index(step->made, i);
        if ((visit->id == step->before->new_visit_id) == new_time && same_plan(visit, planned))
            return visit;
    }
    return planned;
}

static void want_visits(Step *step, const NewTime *new_time, GPtrArray *owned)
{
    const Visit *before = step->before;
    if (new_time != NULL && new_time->date != DATE_NONE) {
        Visit *planned = new_time_visit(before, new_time);
        step->new_one = present_or_new(step, planned, TRUE, owned);
    } else if (step->after.outcome != OUTCOME_DONE && before->new_visit_id != 0) {
        step->new_one = find_visit(step->made, before->new_visit_id);
    }
    if (step->new_one != NULL)
        g_ptr_array_add(step->wanted, (gpointer)step->new_one);
    if (makes_alternative(&step->after)) {
        Visit *planned = alternative_visit(before, &step->after);
        g_ptr_array_add(step->wanted, present_or_new(step, planned, FALSE, owned));
    }
}

/* --- recording -------------------------------------------------------------------------------- */

static gboolean changes_nothing(const Step *step)
{
    if (!visit_outcome_equal(&step->before->outcome, &step->after) ||
        new_visit_of(step) != step->before->new_visit_id)
        return FALSE;
    for (guint i = 0; i < step->wanted->len; i++)
        if (((const Visit *)g_ptr_array_index(step->wanted, i))->id == 0)
            return FALSE;
    return TRUE;
}

static gboolean conflict(Session *session, const Visit *visit, GError **error)
{
    g_autofree char *name = NULL;
    if (!db_get_text(session_db(session),
                     "SELECT name FROM staff WHERE id = COALESCE((SELECT replaced_by"
                     " FROM visit_version WHERE visit_id = :id AND version = :earlier), :recorder)",
                     DB_PARAMS(DB_INT("id", visit->id), DB_INT("earlier", visit->version - 1),
                               DB_INT("recorder", visit->recorded_by)),
                     &name, error))
        return FALSE;
    g_set_error(error, DAGSFORM_ERROR, ERROR_CONFLICT,
                _("%s has changed what came of this visit since you opened it. Look at it again, "
                  "and save once more if yours is right."),
                name != NULL ? name : _("Somebody"));
    return FALSE;
}

/* Reads visit `id` and what was made by it, inside the transaction. */
static Visit *step_begin(Step *step, Session *session, gint64 id, GError **error)
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

gboolean visit_record(Session *session, gint64 id, gint64 version, const VisitOutcome *outcome,
                      const NewTime *new_time, Visit **saved, GError **error)
{
    if (!visit_require(session, PERMIT_VISIT_RECORD, id, error))
        return FALSE;
    g_autoptr(GPtrArray) owned = g_ptr_array_new_with_free_func((GDestroyNotify)visit_free);
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    g_auto(Step) step = {0};
    g_autoptr(Visit) before = tx != NULL ? step_begin(&step, session, id, error) : NULL;
    if (before == NULL)
        return FALSE;
    visit_outcome_copy(&step.after, outcome);
    complete_outcome(before, &step.after);
    if (!check_outcome(session, before, &step.after, error) ||
        !check_new_time(session, before, &step.after, new_time, error))
        return FALSE;
    want_visits(&step, new_time, owned);
    if (!draft_drop(session, DRAFT_CANCELLATION, id, error))
        return FALSE;
    if (changes_nothing(&step)) {
        if (!db_transaction_commit(tx, error))
            return FALSE;
        if (saved != NULL)
            *saved = g_steal_pointer(&before);
        return TRUE;
    }
    if (before->version != version)
        return conflict(session, before, error);
    step.action = before->outcome.outcome == OUTCOME_NONE ? "record" : "correct";
    step.recorded_ms = clock_now_ms();
    step.recorded_by = session_staff_id(session);
    return step_take(&step, error) && step_finish(&step, tx, saved, error);
}

gboolean visit_forget_new_time(Session *session, gint64 origin, gint64 removed, GError **error)
{
    g_auto(Step) step = {.action = "change"};
    g_autoptr(Visit) before = step_begin(&step, session, origin, error);
    if (before == NULL)
        return FALSE;
    if (before->new_visit_id != removed)
        return TRUE;
    visit_outcome_copy(&step.after, &before->outcome);
    step.recorded_ms = before->recorded_ms;
    step.recorded_by = before->recorded_by;
    /* The caller takes the visit itself away. */
    for (guint i = 0; i < step.made->len; i++)
        g_ptr_array_add(step.wanted, g_ptr_array_index(step.made, i));
    return step_take(&step, error);
}

/* --- undoing and redoing ---------------------------------------------------------------------- */

/* The kept state of one version; NULL without error when there is none. */
static gboolean read_kept(Session *session, gint64 id, gint64 version, VisitState **state,
                          GError **error)
{
    g_autofree char *json = NULL;
    *state = NULL;
    if (!db_get_text(session_db(session),
                     "SELECT state FROM visit_version WHERE visit_id = :id AND version = :version",
                     DB_PARAMS(DB_INT("id", id), DB_INT("version", version)), &json, error))
        return FALSE;
    return json == NULL || (*state = visit_state_read(json, error)) != NULL;
}

/* The state before the last recording that has not been undone, and its version. Versions that an
 * undo made are passed by: each leads on to the one it went back to. `*state` is NULL when nothing
 * had been recorded. */
static gboolean find_state_before(Session *session, const Visit *visit, gint64 *version,
                                  VisitState **state, GError **error)
{
    gint64 at = visit->version;
    while (visit->outcome.outcome != OUTCOME_NONE && at > 1) {
        g_autoptr(VisitState) earlier = NULL;
        if (!read_kept(session, visit->id, at - 1, &earlier, error))
            return FALSE;
        if (earlier == NULL || !earlier->end.undone) {
            *version = at - 1;
            *state = g_steal_pointer(&earlier);
            return TRUE;
        }
        at = MIN(earlier->end.restored, at - 1);
    }
    return refuse(error, _("There is nothing to undo on this visit."));
}

/* The state that the last undo left, unless something was recorded since, and its version. What was
 * redone meanwhile is passed by: it leads on to the undo before. */
static gboolean find_state_undone(Session *session, const Visit *visit, gint64 *version,
                                  VisitState **state, GError **error)
{
    gint64 at = visit->version;
    while (at > 1) {
        g_autoptr(VisitState) earlier = NULL;
        if (!read_kept(session, visit->id, at - 1, &earlier, error))
            return FALSE;
        if (earlier != NULL && earlier->end.undone) {
            *version = at - 1;
            *state = g_steal_pointer(&earlier);
            return TRUE;
        }
        if (earlier == NULL || !earlier->end.redone)
            break;
        at = MIN(earlier->end.restored, at - 1);
    }
    return refuse(error, _("Nothing has been taken back on this visit that could be recorded "
                           "again."));
}

/* To a state of before. `state` NULL: nothing had been recorded. */
static gboolean go_to_state(Step *step, const VisitState *state, DbTransaction *tx, Visit **now,
                            GError **error)
{
    if (state != NULL) {
        visit_outcome_copy(&step->after, &state->outcome);
        step->recorded_ms = state->recorded_ms;
        step->recorded_by = state->recorded_by;
        for (guint i = 0; i < state->made->len; i++)
            g_ptr_array_add(step->wanted, g_ptr_array_index(state->made, i));
        step->new_one = find_visit(step->wanted, state->new_visit_id);
    }
    return step_take(step, error) && step_finish(step, tx, now, error);
}

gboolean visit_undo(Session *session, gint64 id, Visit **restored, GError **error)
{
    if (!visit_require(session, PERMIT_VISIT_RECORD, id, error))
        return FALSE;
    g_autoptr(VisitState) state = NULL;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    g_auto(Step) step = {.action = "undo", .end = {.undone = TRUE}};
    g_autoptr(Visit) before = tx != NULL ? step_begin(&step, session, id, error) : NULL;
    return before != NULL &&
           find_state_before(session, before, &step.end.restored, &state, error) &&
           go_to_state(&step, state, tx, restored, error);
}

gboolean visit_redo(Session *session, gint64 id, Visit **redone, GError **error)
{
    if (!visit_require(session, PERMIT_VISIT_RECORD, id, error))
        return FALSE;
    g_autoptr(VisitState) state = NULL;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    g_auto(Step) step = {.action = "redo", .end = {.redone = TRUE}};
    g_autoptr(Visit) before = tx != NULL ? step_begin(&step, session, id, error) : NULL;
    return before != NULL &&
           find_state_undone(session, before, &step.end.restored, &state, error) &&
           go_to_state(&step, state, tx, redone, error);
}
