/* response_row.c: a response as it lies in the database, and who may see it. */
#include "care/response/response_row_private.h"

#include <sodium.h>

#include "base/i18n.h"
#include "care/client/client_private.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"

/* From 1, so that it is never "nobody". */
gint64 response_draw_holder(void)
{
    guint64 drawn = 0;
    randombytes_buf(&drawn, sizeof drawn);
    return (gint64)(drawn >> 1) | 1;
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

Response *response_from_row(DbStatement *row)
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
    response->subject = g_strdup(db_text(row, db_is_null(row, 34) ? 28 : 33));
    response->corrected = db_int(row, 29) != 0;
    response->is_protected = db_int(row, 31) != 0;
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
    row->seen_ms = db_int(rows, 32);
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

gboolean response_may_open_card(Session *session, gint64 client_id, GError **error)
{
    return client_id == 0 || client_require_open(session, client_id, error);
}

ResponseRow *response_row_permitted(Session *session, gint64 id, GError **error)
{
    g_autoptr(ResponseRow) row = row_read(session, id, error);
    if (row == NULL || !response_require(session, row->interview, error) ||
        !response_may_open_card(session, row->response->client_id, error))
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
