/* visit_record.c: what came of a visit: recorded and corrected. */
#include "care/visit/visit_record.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "care/client/decision_gap.h"
#include "care/unit/cause.h"
#include "care/unit/draft.h"
#include "care/visit/visit_deed.h"
#include "care/visit/visit_row.h"
#include "care/visit/visit_step_private.h"

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
    if (new_time->date == DATE_NONE)
        return TRUE;
    if (outcome->outcome == OUTCOME_DONE)
        return refuse(error, _("A visit that took place gets no new time. Plan the next visit on "
                               "its own."));
    if (new_time->date == before->date && new_time->start == before->start)
        return refuse(error, _("The new time is the time the visit had. Choose another."));
    return visit_check_time(new_time->date, new_time->start, new_time->minutes, error) &&
           decision_covers(session, before->client_id, new_time->date, error);
}

static gboolean check_times(Session *session, const Visit *before, const VisitOutcome *outcome,
                            const VisitTimes *times, GError **error)
{
    const NewTime *instead = &times->instead;
    return check_new_time(session, before, outcome, &times->new_time, error) &&
           (instead->date == DATE_NONE ||
            (visit_check_time(instead->date, instead->start, instead->minutes, error) &&
             decision_covers(session, before->client_id, instead->date, error)));
}

static int notice_of(const Visit *before, Outcome outcome)
{
    if (outcome == OUTCOME_DECLINED || outcome == OUTCOME_NO_SHOW)
        return 0;
    if (outcome == before->outcome.outcome)
        return before->outcome.notice;
    int ahead = (before->date - clock_today()) * DAY_MINUTES + before->start - clock_minute();
    return ahead > 0 && !outcome_took_place(outcome)
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

/* What was done otherwise is that visit itself; otherwise what was taken is one of its own.
 */
static gboolean makes_alternative(const VisitOutcome *outcome)
{
    return !outcome_took_place(outcome->outcome) && outcome->alternative > OFFER_NOTHING &&
           outcome->alternative_taken == 1;
}

static Visit *alternative_visit(const Visit *before, const VisitOutcome *outcome,
                                const NewTime *instead)
{
    Visit *visit = visit_new();
    visit->date = before->date;
    visit->start = before->start;
    visit->minutes = alternative_minutes(outcome->alternative, before->minutes);
    visit->mode = alternative_mode(outcome->alternative);
    visit->staff_id = outcome->alternative == OFFER_OTHER_PERSON ? 0 : before->staff_id;
    if (instead->date != DATE_NONE) {
        visit->date = instead->date;
        visit->start = instead->start;
        visit->minutes = instead->minutes;
    }
    return visit;
}

/* Where it is not said when, what was planned of that kind stays. */
static Visit *alternative_present(const Step *step, const NewTime *instead)
{
    for (guint i = 0; instead->date == DATE_NONE && i < step->made->len; i++) {
        Visit *visit = g_ptr_array_index(step->made, i);
        if (visit->id != step->before->new_visit_id &&
            visit->mode == alternative_mode(step->after.alternative) &&
            step->before->outcome.alternative == step->after.alternative)
            return visit;
    }
    return NULL;
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

static gboolean planned_alike(const Visit *a, const Visit *b)
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
        if ((visit->id == step->before->new_visit_id) == new_time && planned_alike(visit, planned))
            return visit;
    }
    return planned;
}

static void want_visits(Step *step, const VisitTimes *times, GPtrArray *owned)
{
    const Visit *before = step->before;
    if (times->new_time.date != DATE_NONE) {
        Visit *planned = new_time_visit(before, &times->new_time);
        step->new_one = present_or_new(step, planned, TRUE, owned);
    } else if (step->after.outcome != OUTCOME_DONE && before->new_visit_id != 0) {
        step->new_one = step_find_visit(step->made, before->new_visit_id);
    }
    if (step->new_one != NULL)
        g_ptr_array_add(step->wanted, (gpointer)step->new_one);
    if (makes_alternative(&step->after)) {
        Visit *wanted = alternative_present(step, &times->instead);
        if (wanted == NULL)
            wanted = present_or_new(step, alternative_visit(before, &step->after, &times->instead),
                                    FALSE, owned);
        g_ptr_array_add(step->wanted, wanted);
    }
}

/* --- recording -------------------------------------------------------------------------------- */

static gboolean changes_nothing(const Step *step)
{
    if (!visit_outcome_equal(&step->before->outcome, &step->after) ||
        step_new_visit(step) != step->before->new_visit_id)
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

static gboolean record(Session *session, gint64 id, gint64 version, const VisitOutcome *outcome,
                       const VisitTimes *given, Visit **saved, GError **error)
{
    const VisitTimes *times = given != NULL ? given : &VISIT_TIMES_NONE;
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
        !check_times(session, before, &step.after, times, error))
        return FALSE;
    want_visits(&step, times, owned);
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

gboolean visit_record(Session *session, gint64 id, gint64 version, const VisitOutcome *outcome,
                      const VisitTimes *given, Visit **saved, GError **error)
{
    g_autoptr(Deed) deed = NULL;
    if (!visit_deed_begin(session, DEED_VISIT_RECORD, id, &deed, error))
        return FALSE;
    visit_deed_outcome(deed, outcome);
    visit_deed_times(deed, given);
    return visit_deed_end(deed, session, id,
                          record(session, id, version, outcome, given, saved, error), error);
}

gboolean visit_rebook(Session *session, const Visit *visit, const NewTime *time, GError **error)
{
    VisitTimes times = VISIT_TIMES_NONE;
    times.new_time = *time;
    return visit_record(session, visit->id, visit->version, &visit->outcome, &times, NULL, error);
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
    step.absence_id = before->absence_id;
    /* The caller takes the visit itself away. */
    for (guint i = 0; i < step.made->len; i++)
        g_ptr_array_add(step.wanted, g_ptr_array_index(step.made, i));
    return step_take(&step, error);
}
