/* placement.c: a placement, and the tasks to follow it up.
 *
 * The tasks follow from the placement, the birth date and what has been answered: they are brought
 * into line in the transaction that changes one of these, and never made twice. */
#include "care/placement/placement.h"

#include "base/clock.h"
#include "base/fault.h"
#include "base/i18n.h"
#include "care/client/client_private.h"
#include "care/response/response_answers_private.h"
#include "care/task/task.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/commit.h"
#include "care/unit/form_version.h"
#include "form/flow.h"

void placement_free(Placement *placement)
{
    if (placement == NULL)
        return;
    g_free(placement->institution);
    g_free(placement);
}

void placement_part_free(PlacementPart *part)
{
    if (part == NULL)
        return;
    g_free(part->not_done_words);
    g_free(part->staff_name);
    g_free(part);
}

/* --- reading ---------------------------------------------------------------------------------- */

#define PLACEMENT_COLUMNS                                                                          \
    "SELECT p.id, p.client_id, p.institution_id, i.name, i.kind, p.started_on, p.ended_on,"        \
    " p.staff_id, p.version, p.two_parents FROM placement p LEFT JOIN institution i ON i.id = "    \
    "p.institution_id"

static Placement *placement_from_row(DbStatement *row)
{
    Placement *placement = g_new0(Placement, 1);
    placement->id = db_int(row, 0);
    placement->client_id = db_int(row, 1);
    placement->institution_id = db_int(row, 2);
    placement->institution = g_strdup(db_text(row, 3));
    placement->institution_kind = INSTITUTION_OTHER;
    institution_kind_parse(db_text(row, 4), &placement->institution_kind);
    placement->started_on = date_parse(db_text(row, 5));
    placement->ended_on = db_is_null(row, 6) ? DATE_NONE : date_parse(db_text(row, 6));
    placement->staff_id = db_int(row, 7);
    placement->version = db_int(row, 8);
    placement->two_parents = db_int(row, 9) != 0;
    return placement;
}

static Placement *read_one(Session *session, gint64 id, GError **error)
{
    g_autoptr(DbStatement) row =
        db_query(session_db(session), PLACEMENT_COLUMNS " WHERE p.id = :id AND p.unit_id = :unit",
                 DB_PARAMS(DB_INT("id", id), DB_INT("unit", session_unit_id(session))), error);
    DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    if (step == DB_STEP_DONE)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                            _("The placement is no longer there. Look at the client's placements "
                              "again."));
    return step == DB_STEP_ROW ? placement_from_row(row) : NULL;
}

GPtrArray *placement_of_client(Session *session, gint64 client_id, GError **error)
{
    if (!client_require(session, PERMIT_INTERVIEW, client_id, error))
        return NULL;
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)placement_free);
    g_autoptr(DbStatement) rows = db_query(
        session_db(session),
        PLACEMENT_COLUMNS " WHERE p.client_id = :client ORDER BY p.started_on DESC, p.id DESC",
        DB_PARAMS(DB_INT("client", client_id)), error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        g_ptr_array_add(all, placement_from_row(rows));
    return step == DB_STEP_DONE ? g_steal_pointer(&all) : NULL;
}

Placement *placement_get(Session *session, gint64 id, GError **error)
{
    g_autoptr(Placement) placement = NULL;
    if (!access_require(session, PERMIT_INTERVIEW, error) ||
        (placement = read_one(session, id, error)) == NULL ||
        !client_require_open(session, placement->client_id, error))
        return NULL;
    return g_steal_pointer(&placement);
}

Placement *placement_open(Session *session, gint64 id, GError **error)
{
    g_autoptr(Placement) placement = placement_get(session, id, error);
    if (placement == NULL ||
        !audit_note(session, "read", "placement", id, placement->client_id, error))
        return NULL;
    return g_steal_pointer(&placement);
}

/* --- the respondents -------------------------------------------------------------------------- */

/* What a part becomes with the next response of its respondent, in the order they were begun. One
 * begun by mistake says nothing, and a correction given up leaves what it was to correct. */
static void part_take_row(PlacementPart *part, DbStatement *row)
{
    NotDone not_done = NOT_DONE_NONE;
    gboolean completed = !db_is_null(row, 2), corrects = !db_is_null(row, 6);
    if (!db_is_null(row, 3) && !not_done_parse(db_text(row, 3), &not_done))
        not_done = NOT_DONE_OTHER;
    if (not_done == NOT_DONE_MISTAKE || (not_done != NOT_DONE_NONE && corrects))
        return;
    part->response_id = db_int(row, 0);
    part->completed = completed;
    part->correcting = corrects && !completed;
    part->not_done = not_done;
    g_free(part->not_done_words);
    part->not_done_words = g_strdup(db_text(row, 4));
    part->continued_ms = db_int(row, 5);
    g_free(part->staff_name);
    part->staff_name = g_strdup(db_text(row, 7));
    part->calls = (int)db_int(row, 8);
}

/* All of them as the responses have them, without what the rule asks and without counts. */
static GPtrArray *read_parts(Session *session, gint64 placement_id, GError **error)
{
    g_autoptr(GPtrArray) parts =
        g_ptr_array_new_with_free_func((GDestroyNotify)placement_part_free);
    for (Respondent r = RESPONDENT_CASE_OFFICER; r < RESPONDENT_COUNT; r++) {
        PlacementPart *part = g_new0(PlacementPart, 1);
        part->respondent = r;
        g_ptr_array_add(parts, part);
    }
    g_autoptr(DbStatement) rows = db_query(
        session_db(session),
        "SELECT r.id, r.respondent, r.completed_ms, r.not_done, r.not_done_words, r.continued_ms,"
        " r.corrects_id, s.name, (SELECT COUNT(*) FROM call c WHERE c.response_id = r.id)"
        " FROM response r LEFT JOIN staff s ON s.id = r.staff_id"
        " WHERE r.placement_id = :placement ORDER BY r.begun_ms, r.id",
        DB_PARAMS(DB_INT("placement", placement_id)), error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        Respondent respondent;
        if (respondent_parse(db_text(rows, 1), &respondent))
            part_take_row(g_ptr_array_index(parts, respondent), rows);
    }
    return step == DB_STEP_DONE ? g_steal_pointer(&parts) : NULL;
}

static gboolean is_finished(const PlacementPart *part)
{
    return part->completed || part->correcting || part->not_done != NOT_DONE_NONE;
}

/* How many of the questions that apply have been answered, in an unfinished one. A count shows
 * nothing of what was said, so it is not logged as reading. */
static gboolean count_answers(Session *session, PlacementPart *part, GError **error)
{
    g_autofree char *hash = NULL;
    if (!db_get_text(session_db(session), "SELECT form_hash FROM response WHERE id = :id",
                     DB_PARAMS(DB_INT("id", part->response_id)), &hash, error))
        return FALSE;
    g_autoptr(Form) form = form_version_load(session, hash, error);
    g_autoptr(Answers) answers =
        form != NULL ? response_read_answers(session, part->response_id, error) : NULL;
    if (answers == NULL)
        return FALSE;
    g_autoptr(Flow) flow = flow_new(form, answers, clock_today());
    FlowProgress progress = flow_progress(flow, -1);
    part->questions = progress.questions;
    part->answered = progress.answered;
    return TRUE;
}

GPtrArray *placement_parts(Session *session, const Placement *placement, GError **error)
{
    g_autoptr(Client) client = NULL;
    if (!access_require(session, PERMIT_INTERVIEW, error) ||
        (client = client_read_allowed(session, placement->client_id, error)) == NULL)
        return NULL;
    g_autoptr(GPtrArray) parts = read_parts(session, placement->id, error);
    if (parts == NULL)
        return NULL;
    PlacementRule rule = placement_rule(client->birth_date, placement->started_on,
                                        placement->ended_on, placement->two_parents);
    for (guint i = 0; i < parts->len; i++) {
        PlacementPart *part = g_ptr_array_index(parts, i);
        part->asked = rule.asked[part->respondent];
        if (part->response_id != 0 && !part->completed && part->not_done == NOT_DONE_NONE &&
            !count_answers(session, part, error))
            return NULL;
    }
    const PlacementPart *other = g_ptr_array_index(parts, RESPONDENT_PARENT_2);
    if (!placement->two_parents && other->response_id == 0)
        g_ptr_array_set_size(parts, RESPONDENT_PARENT_2);
    return g_steal_pointer(&parts);
}

/* --- tasks ------------------------------------------------------------------------------------ */

/* The task of one respondent: the open one, else the latest; NULL when there is none. */
static Task *task_of_respondent(const GPtrArray *tasks, Respondent respondent)
{
    Task *found = NULL;
    for (guint i = 0; i < tasks->len; i++) {
        Task *task = g_ptr_array_index(tasks, i);
        if (task->kind == TASK_UBU && g_strcmp0(task->item, respondent_code(respondent)) == 0 &&
            (found == NULL || found->done_ms != 0))
            found = task;
    }
    return found;
}

static gboolean add_task(Session *session, const Placement *placement, Respondent respondent,
                         Date due, GError **error)
{
    g_autoptr(Task) task = task_new();
    task->kind = TASK_UBU;
    task->client_id = placement->client_id;
    task->placement_id = placement->id;
    task->staff_id = placement->staff_id;
    task->item = g_strdup(respondent_code(respondent));
    task->due_date = due;
    return task_add(session, task, error);
}

static gboolean want_task(Session *session, const Placement *placement, Respondent respondent,
                          Task *task, Date due, GError **error)
{
    if (task == NULL)
        return add_task(session, placement, respondent, due, error);
    if (task->done_ms != 0 && !task_reopen(session, task->id, error))
        return FALSE;
    task->due_date = due;
    task->staff_id = placement->staff_id;
    return task_revise(session, task, error);
}

/* Brings the tasks of those respondents that `concerned` names into line with the rule. */
static gboolean set_tasks(Session *session, const Placement *placement, Date birth_date,
                          const gboolean *concerned, const gboolean *finished, GError **error)
{
    PlacementRule rule = placement_rule(birth_date, placement->started_on, placement->ended_on,
                                        placement->two_parents);
    g_autoptr(GPtrArray) tasks = task_of(session, 0, placement->id, error);
    if (tasks == NULL)
        return FALSE;
    for (Respondent r = RESPONDENT_CASE_OFFICER; r < RESPONDENT_COUNT; r++) {
        Task *task = task_of_respondent(tasks, r);
        if (!concerned[r])
            continue;
        if (rule.asked[r] && !finished[r]) {
            if (!want_task(session, placement, r, task, rule.last, error))
                return FALSE;
        } else if (task != NULL && task->done_ms == 0 &&
                   !task_finish(session, task->id, NULL, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean set_all_tasks(Session *session, const Placement *placement, Date birth_date,
                              GError **error)
{
    static const gboolean everyone[RESPONDENT_COUNT] = {TRUE, TRUE, TRUE, TRUE};
    gboolean finished[RESPONDENT_COUNT];
    g_autoptr(GPtrArray) parts = read_parts(session, placement->id, error);
    if (parts == NULL)
        return FALSE;
    for (Respondent r = RESPONDENT_CASE_OFFICER; r < RESPONDENT_COUNT; r++)
        finished[r] = is_finished(g_ptr_array_index(parts, r));
    return set_tasks(session, placement, birth_date, everyone, finished, error);
}

/* DATE_NONE where it is not known. */
static gboolean read_birth_date(Session *session, gint64 client_id, Date *date, GError **error)
{
    g_autofree char *text = NULL;
    if (!db_get_text(session_db(session), "SELECT birth_date, id FROM client WHERE id = :id",
                     DB_PARAMS(DB_INT("id", client_id)), &text, error))
        return FALSE;
    *date = text != NULL ? date_parse(text) : DATE_NONE;
    return TRUE;
}

gboolean placement_follow_up_done(Session *session, const Response *response, gboolean done,
                                  GError **error)
{
    Respondent respondent;
    Date birth_date;
    gboolean concerned[RESPONDENT_COUNT] = {FALSE}, finished[RESPONDENT_COUNT] = {FALSE};
    if (response->placement_id == 0 || !respondent_parse(response->respondent, &respondent) ||
        (done && response->not_done == NOT_DONE_MISTAKE))
        return TRUE;
    g_autoptr(Placement) placement = read_one(session, response->placement_id, error);
    if (placement == NULL || !read_birth_date(session, placement->client_id, &birth_date, error))
        return FALSE;
    concerned[respondent] = TRUE;
    finished[respondent] = done || response->corrects_id != 0;
    return set_tasks(session, placement, birth_date, concerned, finished, error);
}

/* --- saving ----------------------------------------------------------------------------------- */

static gboolean check(const Placement *placement, Date birth_date, GError **error)
{
    const char *wrong = NULL;
    if (placement->started_on == DATE_NONE)
        wrong = _("A placement needs the day it began. Type it and save again.");
    else if (birth_date != DATE_NONE && placement->started_on < birth_date)
        wrong = _("The placement begins before the client was born. Look at the days again.");
    else if (placement->ended_on != DATE_NONE && placement->ended_on < placement->started_on)
        wrong = _("The placement ends before it begins. Change one of the days.");
    else if (placement->ended_on != DATE_NONE && placement->ended_on > clock_today())
        wrong = _("The last day lies ahead. Leave it empty until the placement has ended.");
    if (wrong != NULL)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT, wrong);
    return wrong == NULL;
}

/* One who is moved leaves and comes on the same day; more than that two placements do not share.
 * Inside the transaction. */
static gboolean stands_apart(Session *session, const Placement *placement, GError **error)
{
    char started[DATE_SIZE], ended[DATE_SIZE];
    const char *end = date_or_null(placement->ended_on, ended);
    g_autoptr(DbStatement) row = db_query(
        session_db(session),
        "SELECT started_on, ended_on FROM placement WHERE client_id = :client AND id <> :id"
        " AND started_on < :ended AND COALESCE(ended_on, '9999-12-31') > :started"
        " ORDER BY started_on LIMIT 1",
        DB_PARAMS(DB_INT("client", placement->client_id), DB_INT("id", placement->id),
                  DB_TEXT("ended", end != NULL ? end : "9999-12-31"),
                  DB_TEXT("started", date_format(placement->started_on, started))),
        error);
    DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    if (step == DB_STEP_ROW)
        g_set_error(
            error, DAGSFORM_ERROR, ERROR_INPUT,
            _("Another placement of the client goes on in those days: from %s to %s. Change "
              "the days of one of them, so that they do not overlap."),
            db_text(row, 0), db_is_null(row, 1) ? "…" : db_text(row, 1));
    return step == DB_STEP_DONE;
}

static AuditChanges *compare(const Placement *before, const Placement *after)
{
    AuditChanges *changes = audit_changes_new();
    audit_changes_int(changes, "institution_id", before->institution_id, after->institution_id);
    audit_changes_date(changes, "started_on", before->started_on, after->started_on);
    audit_changes_date(changes, "ended_on", before->ended_on, after->ended_on);
    audit_changes_int(changes, "two_parents", before->two_parents, after->two_parents);
    audit_changes_int(changes, "staff_id", before->staff_id, after->staff_id);
    return changes;
}

/* Sets ERROR_CONFLICT, naming who changed the placement last. */
static void say_conflict(Session *session, const Placement *placement, GError **error)
{
    char day[DATE_SIZE] = "", time[9] = "";
    g_autofree char *who = NULL;
    g_autoptr(DbStatement) last =
        db_query(session_db(session),
                 "SELECT a.at_ms, s.name FROM audit a LEFT JOIN staff s ON s.id = a.staff_id"
                 " WHERE a.client_id = :client AND a.entity = 'placement' AND a.entity_id = :id"
                 " AND a.action = 'change' AND a.node + 0 = :node ORDER BY a.seq DESC LIMIT 1",
                 DB_PARAMS(DB_INT("client", placement->client_id), DB_INT("id", placement->id),
                           DB_INT("node", db_node(session_db(session)))),
                 NULL);
    if (last != NULL && db_step(last, NULL) == DB_STEP_ROW) {
        date_format(clock_local(db_int(last, 0), time), day);
        who = g_strdup(db_text(last, 1));
    }
    g_set_error(
        error, DAGSFORM_ERROR, ERROR_CONFLICT,
        _("%s changed this placement while you had it open (%s %.5s). Look at it once more, "
          "then save."),
        who != NULL ? who : _("Somebody"), day, time);
}

static gboolean insert(Session *session, Placement *placement, GError **error)
{
    Db *db = session_db(session);
    char started[DATE_SIZE], ended[DATE_SIZE];
    if (placement->id == 0 && (placement->id = db_new_id(db, "placement", error)) == 0)
        return FALSE;
    return db_run(
        db,
        "INSERT INTO placement (id, unit_id, client_id, institution_id, started_on, ended_on,"
        " two_parents, staff_id, created_ms) VALUES (:id, :unit, :client, :institution, :started, "
        ":ended,"
        " :parents, :staff, :now) ON CONFLICT (id) DO NOTHING",
        DB_PARAMS(DB_INT("id", placement->id), DB_INT("unit", session_unit_id(session)),
                  DB_INT("client", placement->client_id),
                  DB_INT_OR_NULL("institution", placement->institution_id),
                  DB_TEXT("started", date_format(placement->started_on, started)),
                  DB_TEXT("ended", date_or_null(placement->ended_on, ended)),
                  DB_INT("parents", placement->two_parents),
                  DB_INT_OR_NULL("staff", placement->staff_id), DB_INT("now", clock_now_ms())),
        error);
}

static gboolean add(Session *session, Placement *placement, Date birth_date, GError **error)
{
    static const Placement nothing = {.started_on = DATE_NONE, .ended_on = DATE_NONE};
    g_autoptr(AuditChanges) changes = compare(&nothing, placement);
    return insert(session, placement, error) &&
           (db_changes(session_db(session)) == 0 || /* it came through the first time */
            (audit_write(session, "create", "placement", placement->id, placement->client_id,
                         changes, error) &&
             set_all_tasks(session, placement, birth_date, error)));
}

static gboolean update(Session *session, const Placement *placement, GError **error)
{
    char started[DATE_SIZE], ended[DATE_SIZE];
    return db_run(session_db(session),
                  "UPDATE placement SET institution_id = :institution, started_on = :started,"
                  " ended_on = :ended, two_parents = :parents, staff_id = :staff, version = "
                  "version + 1 WHERE id = :id",
                  DB_PARAMS(DB_INT_OR_NULL("institution", placement->institution_id),
                            DB_TEXT("started", date_format(placement->started_on, started)),
                            DB_TEXT("ended", date_or_null(placement->ended_on, ended)),
                            DB_INT("parents", placement->two_parents),
                            DB_INT_OR_NULL("staff", placement->staff_id),
                            DB_INT("id", placement->id)),
                  error);
}

/* Also when nothing is changed the tasks are brought into line: the birth date may have come to be
 * known since. */
static gboolean change(Session *session, const Placement *before, const Placement *placement,
                       Date birth_date, GError **error)
{
    if (before->client_id != placement->client_id) {
        fault_set(error, "a placement stays with its client");
        return FALSE;
    }
    g_autoptr(AuditChanges) changes = compare(before, placement);
    if (!audit_changes_empty(changes)) {
        if (before->version != placement->version) {
            say_conflict(session, before, error);
            return FALSE;
        }
        if (!update(session, placement, error) ||
            !audit_write(session, "change", "placement", placement->id, before->client_id, changes,
                         error))
            return FALSE;
    }
    return set_all_tasks(session, placement, birth_date, error);
}

gboolean placement_save(Session *session, Placement *placement, GError **error)
{
    g_autoptr(Client) client = NULL;
    g_autoptr(Placement) before = NULL;
    if (!access_require(session, PERMIT_INTERVIEW, error) ||
        (client = client_read_allowed(session, placement->client_id, error)) == NULL ||
        !check(placement, client->birth_date, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    if (tx == NULL || !stands_apart(session, placement, error))
        return FALSE;
    if (placement->version == 0) {
        if (!add(session, placement, client->birth_date, error))
            return FALSE;
    } else if ((before = read_one(session, placement->id, error)) == NULL ||
               !change(session, before, placement, client->birth_date, error)) {
        return FALSE;
    }
    gint64 version = before != NULL ? before->version : 0;
    if (!db_get_int(session_db(session), "SELECT version FROM placement WHERE id = :id",
                    DB_PARAMS(DB_INT("id", placement->id)), version, &version, error) ||
        !commit_and_make_sure(
            session, tx, "SELECT COUNT(*) FROM placement WHERE id = :id AND version >= :version",
            DB_PARAMS(DB_INT("id", placement->id), DB_INT("version", version)), error))
        return FALSE;
    placement->version = version;
    return TRUE;
}
