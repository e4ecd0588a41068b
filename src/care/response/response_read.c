/* response_read.c: lists of responses, and what was answered before. */
#include "care/response/response_read.h"

#include "base/i18n.h"
#include "care/client/client_private.h"
#include "care/response/response_answers_private.h"
#include "care/response/response_row_private.h"
#include "care/unit/access.h"

#include <string.h>

#define LATEST_FIRST " ORDER BY r.begun_ms DESC, r.id DESC"

/* --- answers ---------------------------------------------------------------------------------- */

Response *response_latest(Session *session, gint64 client_id, const char *form, Answers **answers,
                          GError **error)
{
    if (!access_require(session, PERMIT_WALK, error) ||
        !response_may_open_card(session, client_id, error))
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
                  CLIENT_GUARD(session), DB_INT("limit", limit)),
        error);
    return responses_from(rows, error);
}

GPtrArray *response_list(Session *session, const Response *after, int limit, GError **error)
{
    if (!access_require(session, PERMIT_WALK, error))
        return NULL;
    gint64 interviews = access_allows(session, PERMIT_INTERVIEW);
    g_autoptr(DbStatement) rows = db_query(
        session_db(session),
        RESPONSES " WHERE r.unit_id = :unit AND (:interviews = 1 OR r.interview = 0)"
                  " AND (" CLIENT_MAY_OPEN " = 1 OR (c.id IS NULL AND NOT " RESPONSE_CLOSED "))"
                  " AND (r.begun_ms, r.id) > (:begun, :id) ORDER BY r.begun_ms, r.id LIMIT :limit",
        DB_PARAMS(DB_INT("unit", session_unit_id(session)), DB_INT("interviews", interviews),
                  CLIENT_GUARD(session),
                  DB_INT("begun", after != NULL ? after->begun_ms : -1),
                  DB_INT("id", after != NULL ? after->id : 0), DB_INT("limit", limit)),
        error);
    return responses_from(rows, error);
}

GPtrArray *response_of_client(Session *session, gint64 client_id, GError **error)
{
    if (!access_require(session, PERMIT_WALK, error) ||
        !response_may_open_card(session, client_id, error))
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
    if (!response_may_open_card(session, client, error))
        return NULL;
    g_autoptr(DbStatement) rows = db_query(
        session_db(session), RESPONSES " WHERE r.placement_id = :placement" LATEST_FIRST,
        DB_PARAMS(DB_INT("placement", placement_id), DB_INT("me", session_staff_id(session))),
        error);
    return responses_from(rows, error);
}
