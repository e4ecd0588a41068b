/* response_end.c: a response completed, corrected, given up, taken up again. */
#include "care/response/response_end.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/completion/completion.h"
#include "care/placement/placement.h"
#include "care/response/call.h"
#include "care/response/response_answers_private.h"
#include "care/response/response_row_private.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/commit.h"
#include "form/flow.h"

/* The follow-up of the placement knows what has become of this respondent's part. */
static gboolean tell_placement(Session *session, const Response *response, gboolean done,
                               GError **error)
{
    return response->placement_id == 0 || placement_follow_up_done(session, response, done, error);
}

/* --- completing ------------------------------------------------------------------------------- */

static void copy_answer(const Answer *answer, gpointer to)
{
    answers_set(to, answer->link_id, answer->instance, answer->kind, answer->value);
    answers_set_note(to, answer->link_id, answer->instance, answer->note);
    answers_set_reason(to, answer->link_id, answer->instance, answer->reason);
}

static void count_one(const Answer *answer, gpointer count)
{
    *(gint64 *)count += answer->kind != ANSWER_NONE;
}

/* Takes the answers whose questions have fallen away out of `answers`, notes too. */
static void drop_fallen_away(const Form *form, Answers *answers)
{
    g_autoptr(Flow) flow = flow_new(form, answers, clock_today());
    g_autoptr(GPtrArray) fallen = flow_fallen_away(flow);
    for (guint i = 0; i < fallen->len; i++) {
        const Answer *answer = g_ptr_array_index(fallen, i);
        /* The answer goes with the last thing that is taken from it, and its names with it. */
        g_autofree char *item = g_strdup(answer->link_id);
        g_autofree char *instance = g_strdup(answer->instance);
        answers_set(answers, item, instance, ANSWER_NONE, NULL);
        answers_set_note(answers, item, instance, NULL);
    }
}

static gboolean mark_completed(Session *session, Response *response, gint64 now, GError **error)
{
    return db_run(session_db(session),
                  "UPDATE response SET completed_ms = :now, continued_ms = :now, holder = NULL,"
                  " typed = NULL, typed_in = NULL, at_item = NULL, at_instance = NULL,"
                  " at_number = 0" RESPONSE_HELD,
                  DB_PARAMS(DB_INT("now", now), DB_INT("id", response->id),
                            DB_INT("holder", response->holder),
                            DB_INT("me", session_staff_id(session))),
                  error) &&
           response_was_held(session, response, error);
}

/* What the answers become; an intake has its card then. */
static gboolean apply(Session *session, Response *response, const Form *form, Answers *left,
                      GError **error)
{
    gint64 answered = 0;
    g_autoptr(AuditChanges) changes = audit_changes_new();
    answers_foreach(left, count_one, &answered);
    audit_changes_int(changes, "answers", 0, answered);
    return call_close_tasks(session, response->id, NULL, error) &&
           completion_apply(session, response, form, left, error) &&
           db_run(
               session_db(session),
               "UPDATE response SET client_id = :client,"
               " subject = CASE WHEN :client IS NULL THEN subject END WHERE id = :id",
               DB_PARAMS(DB_INT_OR_NULL("client", response->client_id), DB_INT("id", response->id)),
               error) &&
           tell_placement(session, response, TRUE, error) &&
           audit_write(session, "complete", "response", response->id, response->client_id, changes,
                       error);
}

static gboolean complete(Session *session, Response *response, const Form *form, Answers *left,
                         gint64 now, GError **error)
{
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    return tx != NULL && mark_completed(session, response, now, error) &&
           response_write_answers(session, response->id, left, now, error) &&
           apply(session, response, form, left, error) &&
           commit_and_make_sure(session, tx,
                                "SELECT COUNT(*) FROM response WHERE id = :id"
                                " AND completed_ms = :now AND held_by = :me",
                                DB_PARAMS(DB_INT("id", response->id), DB_INT("now", now),
                                          DB_INT("me", session_staff_id(session))),
                                error);
}

static void forget_place(Response *response)
{
    g_clear_pointer(&response->at_item, g_free);
    g_clear_pointer(&response->at_instance, g_free);
    g_clear_pointer(&response->typed, g_free);
    response->at_number = 0;
    response->typed_in = TYPED_NOTHING;
}

gboolean response_complete(Session *session, Response *response, const Form *form, Answers *answers,
                           GError **error)
{
    gint64 now = clock_now_ms(), client_id = response->client_id;
    /* A copy, so that a failure leaves everything as it was. */
    g_autoptr(Answers) left = answers_new();
    answers_foreach(answers, copy_answer, left);
    drop_fallen_away(form, left);
    if (!access_require(session, PERMIT_WALK, error) ||
        !complete(session, response, form, left, now, error)) {
        response->client_id = client_id;
        return FALSE;
    }
    drop_fallen_away(form, answers);
    forget_place(response);
    response->completed_ms = response->continued_ms = now;
    response->holder = 0;
    response->held = FALSE;
    return TRUE;
}

/* --- correcting ------------------------------------------------------------------------------- */

/* Whether a correction of the response `id` is under way or completed; it is named in the
 * ERROR_EXISTS. `but` is not counted. Inside a transaction. */
static gboolean not_corrected(Session *session, gint64 id, gint64 but, GError **error)
{
    g_autoptr(DbStatement) row =
        db_query(session_db(session),
                 "SELECT s.name, k.completed_ms FROM response k JOIN staff s ON s.id = k.staff_id"
                 " WHERE k.corrects_id = :id AND k.id <> :but AND k.not_done IS NULL LIMIT 1",
                 DB_PARAMS(DB_INT("id", id), DB_INT("but", but)), error);
    DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    if (step != DB_STEP_ROW)
        return step == DB_STEP_DONE;
    if (db_is_null(row, 1))
        g_set_error(error, DAGSFORM_ERROR, ERROR_EXISTS,
                    _("%s has begun a correction of this form already. Open that one to go on."),
                    db_text(row, 0));
    else
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_EXISTS,
                            _("This form has been corrected already. Open the correction, and "
                              "correct that one."));
    return FALSE;
}

static gboolean insert_correction(Session *session, gint64 from, gint64 id, gint64 holder,
                                  GError **error)
{
    const DbParam of[] = {DB_INT("from", from),          DB_INT("id", id),
                          DB_INT("now", clock_now_ms()), DB_INT("me", session_staff_id(session)),
                          DB_INT("holder", holder),      {.type = DB_TYPE_END}};
    g_autoptr(Answers) answers = NULL;
    return db_run(session_db(session),
                  "INSERT INTO response (id, unit_id, client_id, staff_id, placement_id,"
                  " corrects_id, form, form_hash, title, interview, respondent, language, mode,"
                  " interpreter, is_protected, holder, held_by, begun_ms, continued_ms, seen_ms)"
                  " SELECT :id, unit_id, client_id, :me, placement_id, id, form, form_hash, title,"
                  " interview, respondent, language, mode, interpreter, is_protected, :holder,"
                  " :me, :now, :now, :now"
                  " FROM response WHERE id = :from",
                  of, error) &&
           (answers = response_read_answers(session, from, error)) != NULL &&
           response_write_answers(session, id, answers, clock_now_ms(), error);
}

static gboolean may_correct(Session *session, const Response *response, GError **error)
{
    if (response->completed_ms != 0)
        return not_corrected(session, response->id, 0, error);
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                        _("This form is not completed. Open it and change the answers in it."));
    return FALSE;
}

Response *response_correct(Session *session, gint64 id, GError **error)
{
    gint64 holder = response_draw_holder(), new_id = 0;
    g_autoptr(DbTransaction) tx = NULL;
    g_autoptr(ResponseRow) row = response_row_begin(session, id, &tx, error);
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_int(changes, "corrects_id", 0, id);
    if (row == NULL || !may_correct(session, row->response, error) ||
        (new_id = db_new_id(session_db(session), "response", error)) == 0 ||
        !insert_correction(session, id, new_id, holder, error) ||
        !audit_write(session, "correct", "response", new_id, row->response->client_id, changes,
                     error))
        return NULL;
    g_autoptr(ResponseRow) made = response_row_allowed(session, new_id, error);
    if (made == NULL ||
        !commit_and_make_sure(session, tx,
                              "SELECT COUNT(*) FROM response WHERE id = :id AND holder = :holder",
                              DB_PARAMS(DB_INT("id", new_id), DB_INT("holder", holder)), error))
        return NULL;
    made->response->holder = holder;
    return g_steal_pointer(&made->response);
}

/* --- giving up and taking up ------------------------------------------------------------------ */

static gboolean mark_given_up(Session *session, const Response *response, NotDone cause,
                              const char *words, GError **error)
{
    return db_run(session_db(session),
                  "UPDATE response SET not_done = :cause, not_done_words = :words,"
                  " continued_ms = :now, holder = NULL" RESPONSE_HELD,
                  DB_PARAMS(DB_TEXT("cause", not_done_code(cause)), DB_TEXT("words", words),
                            DB_INT("now", clock_now_ms()), DB_INT("id", response->id),
                            DB_INT("holder", response->holder),
                            DB_INT("me", session_staff_id(session))),
                  error) &&
           response_was_held(session, response, error);
}

gboolean response_give_up(Session *session, Response *response, NotDone cause, const char *words,
                          GError **error)
{
    if (cause <= NOT_DONE_NONE || cause >= NOT_DONE_COUNT) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("Choose why the form is given up."));
        return FALSE;
    }
    if (words != NULL && words[0] == '\0')
        words = NULL;
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "not_done", NULL, not_done_code(cause));
    audit_changes_text(changes, "not_done_words", NULL, words);
    if (!access_require(session, PERMIT_WALK, error))
        return FALSE;
    Response given_up = *response; /* its texts are the other's */
    given_up.not_done = cause;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    if (tx == NULL || !mark_given_up(session, response, cause, words, error) ||
        !call_close_tasks(session, response->id, not_done_name(cause), error) ||
        !tell_placement(session, &given_up, TRUE, error) ||
        !audit_write(session, "give-up", "response", response->id, response->client_id, changes,
                     error) ||
        !commit_and_make_sure(session, tx,
                              "SELECT COUNT(*) FROM response WHERE id = :id AND not_done = :cause"
                              " AND holder IS NULL AND held_by = :me",
                              DB_PARAMS(DB_INT("id", response->id),
                                        DB_TEXT("cause", not_done_code(cause)),
                                        DB_INT("me", session_staff_id(session))),
                              error))
        return FALSE;
    response->not_done = cause;
    response_set_text(&response->not_done_words, words);
    response->holder = 0;
    response->held = FALSE;
    return TRUE;
}

/* It can be gone on with unless somebody has begun to correct the same response meanwhile. */
static gboolean may_take_up(Session *session, const Response *response, GError **error)
{
    return response->corrects_id == 0 ||
           not_corrected(session, response->corrects_id, response->id, error);
}

gboolean response_take_up(Session *session, gint64 id, GError **error)
{
    g_autoptr(DbTransaction) tx = NULL;
    g_autoptr(ResponseRow) row = response_row_begin(session, id, &tx, error);
    if (row == NULL)
        return FALSE;
    Response *response = row->response;
    if (response->not_done == NOT_DONE_NONE)
        return TRUE;
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "not_done", not_done_code(response->not_done), NULL);
    audit_changes_text(changes, "not_done_words", response->not_done_words, NULL);
    response->not_done = NOT_DONE_NONE;
    return may_take_up(session, response, error) &&
           db_run(session_db(session),
                  "UPDATE response SET not_done = NULL, not_done_words = NULL,"
                  " continued_ms = :now WHERE id = :id",
                  DB_PARAMS(DB_INT("now", clock_now_ms()), DB_INT("id", id)), error) &&
           tell_placement(session, response, FALSE, error) &&
           audit_write(session, "take-up", "response", id, response->client_id, changes, error) &&
           commit_and_make_sure(session, tx,
                                "SELECT COUNT(*) FROM response WHERE id = :id AND not_done IS NULL",
                                DB_PARAMS(DB_INT("id", id)), error);
}
