/* response_import.c: responses that come from a file. */
#include "care/response/response_import.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/placement/placement_import.h"
#include "care/response/response_answers_private.h"
#include "care/response/response_row_private.h"
#include "care/response/response_save.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/form_version.h"
#include "form/flow.h"

#define MINUTE_MS G_GINT64_CONSTANT(60000)

/* --- whether they are answers ----------------------------------------------------------------- */

/* "2.1" in a group that repeats inside another that does. */
static gboolean instance_fits(const FormItem *item, const char *instance)
{
    int depth = 0, parts = 0;
    for (const FormItem *group = item->parent; group != NULL; group = group->parent)
        depth += group->repeats;
    if (*instance == '\0')
        return depth == 0;
    g_auto(GStrv) numbers = g_strsplit(instance, ".", -1);
    for (; numbers[parts] != NULL; parts++)
        if (!g_ascii_string_to_unsigned(numbers[parts], 10, 1, ANSWERS_REPETITIONS_MAX, NULL, NULL))
            return FALSE;
    return parts == depth;
}

static char *wrong_value(const FormItem *item, const char *value)
{
    if (item->type != ITEM_GROUP || !item->repeats)
        return flow_wrong_type(item, value);
    return g_ascii_string_to_unsigned(value, 10, 1, ANSWERS_REPETITIONS_MAX, NULL, NULL)
               ? NULL
               : g_strdup(_("Write how many times the group was answered, for example 2."));
}

typedef struct {
    const Form *form;
    const Answer *wrong;
    char *sentence;
} Looking;

static void look(const Answer *answer, gpointer data)
{
    Looking *looking = data;
    if (looking->sentence != NULL)
        return;
    const FormItem *item = form_item(looking->form, answer->link_id);
    if (item == NULL)
        looking->sentence = g_strdup(_("The form has no such question here. Read in the version of "
                                       "the form that it was asked in."));
    else if (!instance_fits(item, answer->instance))
        looking->sentence = g_strdup(_("The question does not stand in that repetition."));
    else if (answer->kind == ANSWER_VALUE)
        looking->sentence = wrong_value(item, answer->value);
    looking->wrong = answer;
}

char *response_wrong_answer(const Form *form, const Answers *answers, const Answer **wrong)
{
    Looking looking = {.form = form};
    answers_foreach(answers, look, &looking);
    *wrong = looking.wrong;
    return looking.sentence;
}

/* --- whether it is there ---------------------------------------------------------------------- */

typedef struct {
    const Answers *others;
    int count;
    gboolean same;
} Comparing;

static void compare(const Answer *answer, gpointer data)
{
    Comparing *comparing = data;
    const Answer *other = answers_get(comparing->others, answer->link_id, answer->instance);
    comparing->count++;
    comparing->same = comparing->same && other != NULL && other->kind == answer->kind &&
                      g_strcmp0(other->value, answer->value) == 0 &&
                      g_strcmp0(other->note, answer->note) == 0 &&
                      g_strcmp0(other->reason, answer->reason) == 0;
}

static gboolean same_answers(const Answers *a, const Answers *b)
{
    Comparing one = {.others = b, .same = TRUE}, other = {.others = a, .same = TRUE};
    answers_foreach(a, compare, &one);
    answers_foreach(b, compare, &other);
    return one.same && other.same && one.count == other.count;
}

/* The nth of that form, client and minute; id 0: there are fewer. */
static gboolean find(Session *session, const Response *response, int nth, gint64 *id,
                     gboolean *as_far, gint64 *placement_id, GError **error)
{
    const gint64 minute = response->begun_ms - response->begun_ms % MINUTE_MS;
    g_autoptr(DbStatement) row = db_query(
        session_db(session),
        "SELECT id, completed_ms, not_done, placement_id, subject FROM response WHERE unit_id = :unit"
        " AND client_id IS NOT DISTINCT FROM :client AND form = :form"
        " AND respondent IS NOT DISTINCT FROM :respondent"
        " AND begun_ms >= :minute AND begun_ms < :next ORDER BY begun_ms, id",
        DB_PARAMS(DB_INT("unit", session_unit_id(session)),
                  DB_INT_OR_NULL("client", response->client_id), DB_TEXT("form", response->form),
                  DB_TEXT("respondent", response->respondent), DB_INT("minute", minute),
                  DB_INT("next", minute + MINUTE_MS)),
        error);
    DbStep step = row != NULL ? DB_STEP_ROW : DB_STEP_ERROR;
    for (int met = 0; met < nth && step == DB_STEP_ROW;)
        if ((step = db_step(row, error)) == DB_STEP_ROW)
            met += response->client_id != 0 || g_strcmp0(db_text(row, 4), response->subject) == 0;
    *id = step == DB_STEP_ROW ? db_int(row, 0) : 0;
    *placement_id = step == DB_STEP_ROW ? db_int(row, 3) : 0;
    *as_far = step == DB_STEP_ROW && db_is_null(row, 1) == (response->completed_ms == 0) &&
              g_strcmp0(db_text(row, 2), not_done_code(response->not_done)) == 0;
    return step != DB_STEP_ERROR;
}

/* --- adding ----------------------------------------------------------------------------------- */

static gboolean insert(Session *session, const Response *response, gboolean interview,
                       GError **error)
{
    return db_run(
        session_db(session),
        "INSERT INTO response (id, unit_id, client_id, subject, staff_id, placement_id, "
        "corrects_id, form,"
        " form_hash, title, interview, respondent, language, mode, is_protected, begun_ms,"
        " continued_ms, seen_ms, completed_ms, not_done, not_done_words)"
        " VALUES (:id, :unit, :client, :subject, :staff, :placement, :corrects, :form, :hash, "
        ":title,"
        " :interview, :respondent, :language, :mode, :protected, :begun, :continued, :continued,"
        " :completed, :not_done, :words)",
        DB_PARAMS(DB_INT("id", response->id), DB_INT("unit", session_unit_id(session)),
                  DB_INT_OR_NULL("client", response->client_id),
                  DB_TEXT("subject", response->client_id == 0 ? response->subject : NULL),
                  DB_INT("staff", response->staff_id),
                  DB_INT_OR_NULL("placement", response->placement_id),
                  DB_INT_OR_NULL("corrects", response->corrects_id),
                  DB_TEXT("form", response->form), DB_TEXT("hash", response->form_hash),
                  DB_TEXT("title", response->title), DB_INT("interview", interview),
                  DB_TEXT("respondent", response->respondent),
                  DB_TEXT("language", response->language),
                  DB_TEXT("mode", response_mode_code(response->mode)),
                  DB_INT("protected", response->is_protected), DB_INT("begun", response->begun_ms),
                  DB_INT("continued", MAX(response->begun_ms, response->completed_ms)),
                  DB_INT_OR_NULL("completed", response->completed_ms),
                  DB_TEXT("not_done", not_done_code(response->not_done)),
                  DB_TEXT("words", response->not_done_words)),
        error);
}

/* Whether the one that is there follows up the same placement; what a file leaves out contradicts
 * nothing. FALSE only on error. */
static gboolean same_placement(Session *session, Placement *placement, gint64 there, gboolean *same,
                               GError **error)
{
    *same = placement == NULL;
    if (*same)
        return TRUE;
    if (!placement_find(session, placement, error))
        return FALSE;
    *same = placement->id != 0 && placement->id == there;
    return TRUE;
}

static gboolean add(Session *session, Response *response, Placement *placement, const Form *form,
                    const Answers *answers, gboolean interview, GError **error)
{
    const gboolean done = response->completed_ms != 0 || response->not_done != NOT_DONE_NONE;
    if (placement != NULL && !placement_find_or_add(session, placement, error))
        return FALSE;
    response->placement_id = placement != NULL ? placement->id : 0;
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "form", NULL, response->form);
    audit_changes_text(changes, "respondent", NULL, response->respondent);
    response->is_protected = response_says_protected(form, answers);
    response_set_text(&response->form_hash, form->hash);
    response_set_text(&response->title, form->title);
    return form_version_keep(session, form->name, form, error) &&
           (response->id = db_new_id(session_db(session), "response", error)) != 0 &&
           insert(session, response, interview, error) &&
           response_write_answers(session, response->id, answers, clock_now_ms(), error) &&
           audit_write(session, "begin", "response", response->id, response->client_id, changes,
                       error) &&
           (!done || placement_follow_up_done(session, response, TRUE, error));
}

ResponseFromFile response_add_from_file(Session *session, Response *response, Placement *placement,
                                        const Form *form, const Answers *answers, int nth,
                                        GError **error)
{
    const gboolean interview = form->kind == FORM_KIND_INTERVIEW || response->client_id == 0;
    gboolean as_far = FALSE, same = FALSE;
    gint64 placement_id = 0;
    if (!access_require(session, PERMIT_IMPORT, error) ||
        !response_require(session, interview, error) ||
        !response_may_open_card(session, response->client_id, error) ||
        !find(session, response, nth, &response->id, &as_far, &placement_id, error))
        return RESPONSE_ERROR;
    if (response->id == 0)
        return add(session, response, placement, form, answers, interview, error) ? RESPONSE_ADDED
                                                                                  : RESPONSE_ERROR;
    g_autoptr(Answers) there = response_read_answers(session, response->id, error);
    if (there == NULL || !same_placement(session, placement, placement_id, &same, error))
        return RESPONSE_ERROR;
    return as_far && same && same_answers(there, answers) ? RESPONSE_THERE : RESPONSE_DIFFERS;
}
