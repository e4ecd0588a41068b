/* response_read.c: responses as they lie in the database: one, lists of them, and what was answered
 * before. */
#include "base/i18n.h"
#include "care/client/client_private.h"
#include "care/response/response_private.h"
#include "care/unit/audit.h"

#include <string.h>

/* :me is who asks. */
#define RESPONSES                                                                                  \
    "SELECT r.id, r.client_id, r.staff_id, r.placement_id, r.corrects_id, r.form, r.form_hash,"    \
    " r.title, r.interview, r.respondent, r.language, r.mode, r.interpreter, r.minutes_used,"      \
    " r.at_item, r.at_instance, r.at_number, r.typed_in, r.typed, r.begun_ms, r.continued_ms,"     \
    " r.completed_ms, r.not_done, r.not_done_words, r.holder, r.held_by, h.name, s.name,"          \
    " COALESCE(c.name, r.subject), CASE WHEN EXISTS (SELECT 1 FROM response k"                     \
    " WHERE k.corrects_id = r.id AND k.completed_ms IS NOT NULL) THEN 1 ELSE 0 END,"               \
    " CASE WHEN " RESPONSE_CLOSED " THEN 1 ELSE 0 END"                                             \
    " FROM response r JOIN staff s ON s.id = r.staff_id LEFT JOIN staff h ON h.id = r.held_by"     \
    " LEFT JOIN client c ON c.id = r.client_id"
#define LATEST_FIRST " ORDER BY r.begun_ms DESC, r.id DESC"

void response_free(Response *response)
{
    if (response == NULL)
        return;
    g_free(response->form);
    g_free(response->form_hash);
    g_free(response->respondent);
    g_free(response->language);
    g_free(response->at_item);
    g_free(response->at_instance);
    g_free(response->typed);
    g_free(response->not_done_words);
    g_free(response->title);
    g_free(response->subject);
    g_free(response->staff_name);
    g_free(response);
}

void response_row_free(ResponseRow *row)
{
    if (row == NULL)
        return;
    response_free(row->response);
    g_free(row->holder_name);
    g_free(row);
}

static TypedIn typed_in_of(const char *code)
{
    if (g_strcmp0(code, "note") == 0)
        return TYPED_NOTE;
    if (g_strcmp0(code, "reason") == 0)
        return TYPED_REASON;
    return code != NULL ? TYPED_ANSWER : TYPED_NOTHING;
}

/* That it is there is all that is told of a closed one. */
static void keep_closed(Response *response)
{
    response->closed = TRUE;
    response->at_number = 0;
    response_set_text(&response->subject, NULL);
    response_set_text(&response->at_item, NULL);
    response_set_text(&response->at_instance, NULL);
    response_set_text(&response->typed, NULL);
    response_set_text(&response->not_done_words, NULL);
}

static Response *response_from_row(DbStatement *row)
{
    Response *response = g_new0(Response, 1);
    response->id = db_int(row, 0);
    response->client_id = db_int(row, 1);
    response->staff_id = db_int(row, 2);
    response->placement_id = db_int(row, 3);
    response->corrects_id = db_int(row, 4);
    response->form = g_strdup(db_text(row, 5));
    response->form_hash = g_strdup(db_text(row, 6));
    response->title = g_strdup(db_text(row, 7));
    response->respondent = g_strdup(db_text(row, 9));
    response->language = g_strdup(db_text(row, 10));
    response_mode_parse(db_text(row, 11), &response->mode);
    response->interpreter = db_int(row, 12) != 0;
    response->minutes_used = (int)db_int(row, 13);
    response->at_item = g_strdup(db_text(row, 14));
    response->at_instance = g_strdup(db_text(row, 15));
    response->at_number = (int)db_int(row, 16);
    response->typed_in = typed_in_of(db_text(row, 17));
    response->typed = g_strdup(db_text(row, 18));
    response->begun_ms = db_int(row, 19);
    response->continued_ms = db_int(row, 20);
    response->completed_ms = db_int(row, 21);
    not_done_parse(db_text(row, 22), &response->not_done);
    response->not_done_words = g_strdup(db_text(row, 23));
    response->held = !db_is_null(row, 24);
    response->held_by = response->held ? db_int(row, 25) : 0;
    response->staff_name = g_strdup(db_text(row, 27));
    response->subject = g_strdup(db_text(row, 28));
    response->corrected = db_int(row, 29) != 0;
    if (db_int(row, 30) != 0)
        keep_closed(response);
    return response;
}

/* The row that the query stands at, or ends before: then NULL without error. */
static ResponseRow *row_from(DbStatement *rows, GError **error)
{
    if (rows == NULL || db_step(rows, error) != DB_STEP_ROW)
        return NULL;
    ResponseRow *row = g_new0(ResponseRow, 1);
    row->response = response_from_row(rows);
    row->interview = db_int(rows, 8) != 0;
    row->holder = db_int(rows, 24);
    row->held_by = db_int(rows, 25);
    row->holder_name = g_strdup(db_text(rows, 26));
    return row;
}

static ResponseRow *row_read(Session *session, gint64 id, GError **error)
{
    g_autoptr(GError) failed = NULL;
    g_autoptr(DbStatement) rows =
        db_query(session_db(session), RESPONSES " WHERE r.id = :id AND r.unit_id = :unit",
                 DB_PARAMS(DB_INT("id", id), DB_INT("unit", session_unit_id(session)),
                           DB_INT("me", session_staff_id(session))),
                 &failed);
    ResponseRow *row = row_from(rows, &failed);
    if (row == NULL && failed == NULL)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                            _("This form is no longer there. Look at the list again."));
    else if (row == NULL)
        g_propagate_error(error, g_steal_pointer(&failed));
    return row;
}

gboolean response_require(Session *session, gboolean interview, GError **error)
{
    return access_require(session, interview ? PERMIT_INTERVIEW : PERMIT_WALK, error);
}

static gboolean may_open_card(Session *session, gint64 client_id, GError **error)
{
    if (client_id == 0)
        return TRUE;
    g_autoptr(Client) client = client_read_allowed(session, client_id, error);
    return client != NULL;
}

ResponseRow *response_row_permitted(Session *session, gint64 id, GError **error)
{
    g_autoptr(ResponseRow) row = row_read(session, id, error);
    if (row == NULL || !response_require(session, row->interview, error) ||
        !may_open_card(session, row->response->client_id, error))
        return NULL;
    return g_steal_pointer(&row);
}

ResponseRow *response_row_allowed(Session *session, gint64 id, GError **error)
{
    g_autoptr(ResponseRow) row = response_row_permitted(session, id, error);
    if (row == NULL || !row->response->closed)
        return g_steal_pointer(&row);
    audit_note(session, "denied", "response", id, 0, NULL);
    g_set_error(error, DAGSFORM_ERROR, ERROR_DENIED,
                _("The person has protected identity. Until there is a card the form opens only "
                  "for %s, who began it, or for a team lead who takes it over with a reason."),
                row->response->staff_name);
    return NULL;
}

ResponseRow *response_row_begin(Session *session, gint64 id, DbTransaction **tx, GError **error)
{
    g_autoptr(ResponseRow) before = response_row_allowed(session, id, error);
    if (before == NULL || (*tx = db_transaction(session_db(session), error)) == NULL)
        return NULL;
    return response_row_allowed(session, id, error);
}

ResponseRow *response_row_latest(Session *session, gint64 client_id, const char *form,
                                 GError **error)
{
    g_autoptr(DbStatement) rows =
        db_query(session_db(session),
                 RESPONSES " WHERE r.client_id = :client AND r.form = :form"
                           " AND r.completed_ms IS NOT NULL AND NOT EXISTS (SELECT 1"
                           " FROM response k WHERE k.corrects_id = r.id"
                           " AND k.completed_ms IS NOT NULL)"
                           " ORDER BY r.completed_ms DESC, r.id DESC LIMIT 1",
                 DB_PARAMS(DB_INT("client", client_id), DB_TEXT("form", form),
                           DB_INT("me", session_staff_id(session))),
                 error);
    return row_from(rows, error);
}

gboolean response_was_held(Session *session, const Response *response, GError **error)
{
    if (db_changes(session_db(session)) > 0)
        return TRUE;
    g_autoptr(ResponseRow) row = row_read(session, response->id, error);
    if (row == NULL)
        return FALSE;
    if (row->response->completed_ms != 0)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CONFLICT,
                            _("This form has been completed since. Open it again to read it, or "
                              "make a correction."));
    else if (row->response->not_done != NOT_DONE_NONE)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CONFLICT,
                            _("This form has been given up since. Take it up again to go on."));
    else if (row->held_by != session_staff_id(session))
        g_set_error(error, DAGSFORM_ERROR, ERROR_CONFLICT,
                    _("%s has gone on with this form since. Talk to each other, and open it again "
                      "when you are the one to go on."),
                    row->holder_name);
    else
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CONFLICT,
                            _("You have opened this form in another place since. Go on there, or "
                              "open it here again."));
    return FALSE;
}

/* --- answers ---------------------------------------------------------------------------------- */

Answers *response_read_answers(Session *session, gint64 id, GError **error)
{
    g_autoptr(Answers) answers = answers_new();
    g_autoptr(DbStatement) row = db_query(
        session_db(session),
        "SELECT item, instance, kind, value, note, reason FROM answer WHERE response_id = :id",
        DB_PARAMS(DB_INT("id", id)), error);
    DbStep step;
    if (row == NULL)
        return NULL;
    while ((step = db_step(row, error)) == DB_STEP_ROW) {
        const char *item = db_text(row, 0), *instance = db_text(row, 1);
        AnswerKind kind = ANSWER_NONE;
        answer_kind_parse(db_text(row, 2), &kind);
        answers_set(answers, item, instance, kind, db_text(row, 3));
        answers_set_note(answers, item, instance, db_text(row, 4));
        answers_set_reason(answers, item, instance, db_text(row, 5));
    }
    return step == DB_STEP_DONE ? g_steal_pointer(&answers) : NULL;
}

Response *response_latest(Session *session, gint64 client_id, const char *form, Answers **answers,
                          GError **error)
{
    if (!access_require(session, PERMIT_WALK, error) || !may_open_card(session, client_id, error))
        return NULL;
    g_autoptr(ResponseRow) row = response_row_latest(session, client_id, form, error);
    if (row == NULL || (row->interview && !response_require(session, TRUE, error)) ||
        (*answers = response_read_answers(session, row->response->id, error)) == NULL)
        return NULL;
    return g_steal_pointer(&row->response);
}

/* The instance of the repetition before: "2.2" of "2.3". NULL: there is none. New. */
static char *instance_before(const char *instance)
{
    const char *dot = strrchr(instance, '.');
    const char *last = dot != NULL ? dot + 1 : instance;
    gint64 number = g_ascii_strtoll(last, NULL, 10);
    return number > 1 ? g_strdup_printf("%.*s%" G_GINT64_FORMAT, (int)(last - instance), instance,
                                        number - 1)
                      : NULL;
}

char *response_value_before(Session *session, const Response *response, const Answers *answers,
                            const char *item, const char *instance, GError **error)
{
    g_autofree char *before = instance_before(instance);
    const Answer *answer = before != NULL ? answers_get(answers, item, before) : NULL;
    if (answer != NULL && answer->value != NULL)
        return g_strdup(answer->value);
    if (response->client_id == 0)
        return NULL;
    g_autoptr(ResponseRow) latest =
        response_row_latest(session, response->client_id, response->form, error);
    char *value = NULL;
    if (latest != NULL)
        db_get_text(session_db(session),
                    "SELECT value FROM answer WHERE response_id = :response AND item = :item"
                    " AND instance = :instance",
                    DB_PARAMS(DB_INT("response", latest->response->id), DB_TEXT("item", item),
                              DB_TEXT("instance", instance)),
                    &value, error);
    return value;
}

/* --- lists ------------------------------------------------------------------------------------ */

static GPtrArray *responses_from(DbStatement *rows, GError **error)
{
    g_autoptr(GPtrArray) responses = g_ptr_array_new_with_free_func((GDestroyNotify)response_free);
    DbStep step;
    if (rows == NULL)
        return NULL;
    while ((step = db_step(rows, error)) == DB_STEP_ROW)
        g_ptr_array_add(responses, response_from_row(rows));
    return step == DB_STEP_DONE ? g_steal_pointer(&responses) : NULL;
}

GPtrArray *response_unfinished(Session *session, gboolean mine, int limit, GError **error)
{
    if (!access_require(session, PERMIT_WALK, error))
        return NULL;
    gint64 interviews = access_allows(session, PERMIT_INTERVIEW);
    gint64 closed = access_allows(session, PERMIT_TAKE_CLOSED);
    g_autoptr(DbStatement) rows = db_query(
        session_db(session),
        RESPONSES " WHERE r.unit_id = :unit AND r.completed_ms IS NULL AND r.not_done IS NULL"
                  " AND (:interviews = 1 OR r.interview = 0)"
                  " AND (:mine = 0 OR r.staff_id = :me OR r.held_by = :me)"
                  " AND (r.staff_id = :me OR " CLIENT_MAY_OPEN " = 1"
                  " OR (c.id IS NULL AND (:closed = 1 OR NOT " RESPONSE_CLOSED ")))"
                  " ORDER BY r.continued_ms DESC, r.id DESC LIMIT :limit",
        DB_PARAMS(DB_INT("unit", session_unit_id(session)), DB_INT("interviews", interviews),
                  DB_INT("closed", closed), DB_INT("mine", mine),
                  DB_INT("me", session_staff_id(session)), DB_INT("limit", limit)),
        error);
    return responses_from(rows, error);
}

GPtrArray *response_of_client(Session *session, gint64 client_id, GError **error)
{
    if (!access_require(session, PERMIT_WALK, error) || !may_open_card(session, client_id, error))
        return NULL;
    gint64 interviews = access_allows(session, PERMIT_INTERVIEW);
    g_autoptr(DbStatement) rows = db_query(
        session_db(session),
        RESPONSES
        " WHERE r.client_id = :client AND (:interviews = 1 OR r.interview = 0)" LATEST_FIRST,
        DB_PARAMS(DB_INT("client", client_id), DB_INT("interviews", interviews),
                  DB_INT("me", session_staff_id(session))),
        error);
    return responses_from(rows, error);
}

GPtrArray *response_of_placement(Session *session, gint64 placement_id, GError **error)
{
    gint64 client = 0;
    if (!access_require(session, PERMIT_INTERVIEW, error) ||
        !db_get_int(session_db(session),
                    "SELECT client_id FROM placement WHERE id = :id AND unit_id = :unit",
                    DB_PARAMS(DB_INT("id", placement_id), DB_INT("unit", session_unit_id(session))),
                    0, &client, error))
        return NULL;
    if (client == 0) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                            _("The placement is no longer there. Look at the client's placements "
                              "again."));
        return NULL;
    }
    if (!may_open_card(session, client, error))
        return NULL;
    g_autoptr(DbStatement) rows = db_query(
        session_db(session), RESPONSES " WHERE r.placement_id = :placement" LATEST_FIRST,
        DB_PARAMS(DB_INT("placement", placement_id), DB_INT("me", session_staff_id(session))),
        error);
    return responses_from(rows, error);
}
