/* response_open.c: a response begun, opened, let go. */
#include "care/response/response_open.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_private.h"
#include "care/response/response_answers_private.h"
#include "care/response/response_row_private.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/commit.h"
#include "care/unit/deed.h"
#include "care/unit/form_version.h"
#include "care/unit/session_private.h"

#define BUSY_MINUTES 10
#define REASON_LENGTH_MAX 500

/* --- beginning -------------------------------------------------------------------------------- */

/* The placement is the client's own. */
static gboolean placement_is_of(Session *session, gint64 placement_id, gint64 client_id,
                                GError **error)
{
    gint64 there = 0;
    if (placement_id == 0)
        return TRUE;
    if (!db_get_int(session_db(session),
                    "SELECT COUNT(*) FROM placement WHERE id = :id AND client_id = :client",
                    DB_PARAMS(DB_INT("id", placement_id), DB_INT("client", client_id)), 0, &there,
                    error))
        return FALSE;
    if (there == 0)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                            _("The placement is no longer there. Look at the client's placements "
                              "again."));
    return there > 0;
}

static gboolean insert(Session *session, const Response *response, gboolean interview,
                       GError **error)
{
    return db_run(
        session_db(session),
        "INSERT INTO response (id, unit_id, client_id, staff_id, placement_id, form, form_hash,"
        " title, interview, respondent, language, holder, held_by, begun_ms, continued_ms, seen_ms)"
        " VALUES (:id, :unit, :client, :me, :placement, :form, :hash, :title, :interview,"
        " :respondent, :language, :holder, :me, :now, :now, :now)",
        DB_PARAMS(DB_INT("id", response->id), DB_INT("unit", session_unit_id(session)),
                  DB_INT_OR_NULL("client", response->client_id), DB_INT("me", response->staff_id),
                  DB_INT_OR_NULL("placement", response->placement_id),
                  DB_TEXT("form", response->form), DB_TEXT("hash", response->form_hash),
                  DB_TEXT("title", response->title), DB_INT("interview", interview),
                  DB_TEXT("respondent", response->respondent),
                  DB_TEXT("language", response->language), DB_INT("holder", response->holder),
                  DB_INT("now", response->begun_ms)),
        error);
}

/* Everything but the id, which is drawn inside the transaction. */
static Response *response_make(Session *session, const Form *form, const Client *client,
                               const char *respondent, gint64 placement_id, const char *language)
{
    Response *response = g_new0(Response, 1);
    response->client_id = client != NULL ? client->id : 0;
    response->subject = g_strdup(client != NULL ? client->name : NULL);
    response->staff_id = session_staff_id(session);
    response->staff_name = g_strdup(session_staff_name(session));
    response->placement_id = placement_id;
    response->form = g_strdup(form->name);
    response->form_hash = g_strdup(form->hash);
    response->title = g_strdup(form->title);
    response->respondent = g_strdup(respondent);
    response->language = g_strdup(language != NULL ? language : i18n_language());
    response->begun_ms = response->continued_ms = clock_now_ms();
    response->holder = response_draw_holder();
    response->held = TRUE;
    response->held_by = response->staff_id;
    return response;
}

static Response *begin(Session *session, const Form *form, gint64 client_id,
                         const char *respondent, gint64 placement_id, const char *language,
                         GError **error)
{
    gboolean interview =
        form->kind == FORM_KIND_INTERVIEW || client_id == 0 || form_changes_card(form);
    g_autoptr(Client) client = NULL;
    if (!response_require(session, interview, error) ||
        (client_id != 0 && (client = client_read_allowed(session, client_id, error)) == NULL))
        return NULL;
    g_autoptr(Response) response =
        response_make(session, form, client, respondent, placement_id, language);
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "form", NULL, response->form);
    audit_changes_text(changes, "respondent", NULL, respondent);
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    if (tx == NULL || !placement_is_of(session, placement_id, client_id, error) ||
        !form_version_keep(session, form->name, form, error) ||
        (response->id = db_new_id(session_db(session), "response", error)) == 0 ||
        !insert(session, response, interview, error) ||
        !audit_write(session, "begin", "response", response->id, client_id, changes, error) ||
        !commit_and_make_sure(
            session, tx, "SELECT COUNT(*) FROM response WHERE id = :id AND holder = :holder",
            DB_PARAMS(DB_INT("id", response->id), DB_INT("holder", response->holder)), error))
        return NULL;
    return g_steal_pointer(&response);
}

Response *response_begin(Session *session, const Form *form, gint64 client_id,
                         const char *respondent, gint64 placement_id, const char *language,
                         GError **error)
{
    g_autoptr(Deed) deed = NULL;
    if (!deed_begin(session, DEED_RESPONSE_BEGIN, &deed, error))
        return NULL;
    g_autoptr(Response) response =
        begin(session, form, client_id, respondent, placement_id, language, error);
    deed_int(deed, "client", client_id);
    deed_text(deed, "name", form->name);
    deed_text(deed, "form", form->body);
    deed_text(deed, "respondent", respondent);
    deed_text(deed, "language", response != NULL ? response->language : NULL);
    return deed_end(deed, response != NULL, error) ? g_steal_pointer(&response) : NULL;
}

gboolean response_begin_away(Session *session, const Form *form, gint64 client_id,
                             const char *respondent, const char *language, gint64 node,
                             GError **error)
{
    g_autoptr(Response) response = response_make(session, form, NULL, respondent, 0, language);
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "form", NULL, response->form);
    audit_changes_text(changes, "respondent", NULL, respondent);
    response->client_id = client_id;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    return tx != NULL && form_version_keep(session, form->name, form, error) &&
           (response->id = db_new_id(session_db(session), "response", error)) != 0 &&
           insert(session, response, FALSE, error) &&
           db_run(session_db(session),
                  "INSERT INTO away_response (response_id, node) VALUES (:id, :node)",
                  DB_PARAMS(DB_INT("id", response->id), DB_INT("node", node)), error) &&
           audit_write(session, "begin", "response", response->id, client_id, changes, error) &&
           db_transaction_commit(tx, error);
}

/* --- opening and letting go ------------------------------------------------------------------- */

static gboolean is_unfinished(const Response *response, GError **error)
{
    if (response->completed_ms != 0)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CONFLICT,
                            _("This form is completed. Open it to read it, or make a "
                              "correction."));
    else if (response->not_done != NOT_DONE_NONE)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CONFLICT,
                            _("This form has been given up. Take it up again to go on."));
    else
        return TRUE;
    return FALSE;
}

static gboolean is_busy(Session *session, const ResponseRow *row)
{
    gint64 idle = clock_now_ms() - row->seen_ms;
    return row->holder != 0 && row->held_by != session_staff_id(session) &&
           idle < BUSY_MINUTES * G_GINT64_CONSTANT(60000);
}

/* It goes on on a laptop alone until that has come home, or is told lost (care/laptop/laptop.h). */
static gboolean is_at_home(Session *session, const ResponseRow *row, GError **error)
{
    char until[DATE_SIZE];
    g_autoptr(DbStatement) away =
        db_query(session_db(session),
                 "SELECT s.name, a.until_on FROM away_response r JOIN away a ON a.node = r.node"
                 " JOIN staff s ON s.id = a.staff_id WHERE r.response_id = :id",
                 DB_PARAMS(DB_INT("id", row->response->id)), error);
    const DbStep step = away != NULL ? db_step(away, error) : DB_STEP_ERROR;
    if (step == DB_STEP_ROW)
        g_set_error(error, DAGSFORM_ERROR, ERROR_BUSY,
                    _("%s has this form away on a laptop, until %s at the latest. It goes on here once the "
                      "laptop has come home, or is told lost."),
                    db_text(away, 0), date_format(date_parse(db_text(away, 1)), until));
    return step == DB_STEP_DONE;
}

/* Refuses while a colleague is at it. */
static gboolean is_free(Session *session, const ResponseRow *row, GError **error)
{
    if (!is_busy(session, row))
        return TRUE;
    g_set_error(error, DAGSFORM_ERROR, ERROR_BUSY,
                _("%s is answering this form just now. Wait until it has been left, or take it "
                  "over if you have agreed on that."),
                row->holder_name);
    return FALSE;
}

/* Makes the signed-in person the holder. The row is read anew, so that nobody can come between. */
static Response *take_hold(Session *session, gint64 id, gboolean take_over, Answers **answers,
                           GError **error)
{
    g_autoptr(DbTransaction) tx = NULL;
    g_autoptr(ResponseRow) row = response_row_begin(session, id, &tx, error);
    if (row == NULL || !is_unfinished(row->response, error) || !is_at_home(session, row, error) ||
        (!take_over && !is_free(session, row, error)))
        return NULL;
    Response *response = row->response;
    gint64 me = session_staff_id(session);
    response->holder = response_draw_holder();
    response->held = TRUE;
    response->held_by = me;
    if (!db_run(session_db(session),
                "UPDATE response SET holder = :holder, held_by = :me, saves = 0,"
                " seen_ms = :now WHERE id = :id",
                DB_PARAMS(DB_INT("holder", response->holder), DB_INT("me", me),
                          DB_INT("now", clock_now_ms()), DB_INT("id", id)),
                error) ||
        (row->held_by != me &&
         !audit_write(session, "take-over", "response", id, response->client_id, NULL, error)))
        return NULL;
    g_autoptr(Answers) given = response_read_answers(session, id, error);
    if (given == NULL ||
        !commit_and_make_sure(
            session, tx, "SELECT COUNT(*) FROM response WHERE id = :id AND holder = :holder",
            DB_PARAMS(DB_INT("id", id), DB_INT("holder", response->holder)), error))
        return NULL;
    *answers = g_steal_pointer(&given);
    return g_steal_pointer(&row->response);
}

static gboolean can_be_taken(Session *session, const ResponseRow *row, GError **error)
{
    if (!is_unfinished(row->response, error))
        return FALSE;
    if (is_busy(session, row))
        g_set_error(error, DAGSFORM_ERROR, ERROR_BUSY,
                    _("%s is answering this form just now. Wait until it has been left."),
                    row->holder_name);
    return !is_busy(session, row);
}

static gboolean has_letters(const char *text)
{
    while (*text != '\0' && !g_unichar_isalpha(g_utf8_get_char(text)))
        text = g_utf8_next_char(text);
    return *text != '\0';
}

/* In words, on one line. NULL with ERROR_INPUT. New. */
static char *check_reason(const char *reason, GError **error)
{
    g_autofree char *line = care_line(reason);
    if (line == NULL || !has_letters(line))
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("Write in words why you take it over. It stands in the log."));
    else if (g_utf8_strlen(line, -1) > REASON_LENGTH_MAX)
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("The reason is longer than %d characters. Shorten it."), REASON_LENGTH_MAX);
    else
        return g_steal_pointer(&line);
    return NULL;
}

static gboolean write_taken(Session *session, const ResponseRow *row, const char *reason,
                            GError **error)
{
    gint64 id = row->response->id, me = session_staff_id(session);
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "reason", NULL, reason);
    audit_changes_int(changes, "held_by", row->held_by, me);
    return db_run(session_db(session),
                  "UPDATE response SET holder = NULL, held_by = :me WHERE id = :id",
                  DB_PARAMS(DB_INT("me", me), DB_INT("id", id)), error) &&
           audit_write(session, "take-over", "response", id, 0, changes, error);
}

gboolean response_take_closed(Session *session, gint64 id, const char *reason, GError **error)
{
    if (!access_require(session, PERMIT_TAKE_CLOSED, error))
        return FALSE;
    g_autofree char *words = check_reason(reason, error);
    /* Asked before the transaction too, so that a refusal stays in the log. */
    g_autoptr(ResponseRow) before =
        words != NULL ? response_row_permitted(session, id, error) : NULL;
    g_autoptr(DbTransaction) tx =
        before != NULL ? db_transaction(session_db(session), error) : NULL;
    g_autoptr(ResponseRow) row = tx != NULL ? response_row_permitted(session, id, error) : NULL;
    if (row == NULL || !row->response->closed)
        return row != NULL;
    return can_be_taken(session, row, error) && write_taken(session, row, words, error) &&
           commit_and_make_sure(
               session, tx, "SELECT COUNT(*) FROM response WHERE id = :id AND held_by = :me",
               DB_PARAMS(DB_INT("id", id), DB_INT("me", session_staff_id(session))), error);
}

/* What others wrote, or what is completed, is not read without a trace. */
static gboolean note_reading(Session *session, const ResponseRow *row, GError **error)
{
    const Response *response = row->response;
    gboolean own_draft = response->completed_ms == 0 &&
                         response->staff_id == session_staff_id(session) &&
                         row->held_by == session_staff_id(session);
    return own_draft ||
           audit_note(session, "read", "response", response->id, response->client_id, error);
}

Response *response_open(Session *session, gint64 id, gboolean hold, gboolean take_over, Form **form,
                        Answers **answers, GError **error)
{
    g_autoptr(ResponseRow) row = response_row_allowed(session, id, error);
    g_autoptr(Form) asked =
        row != NULL ? form_version_load(session, row->response->form_hash, error) : NULL;
    g_autoptr(Response) response = NULL;
    g_autoptr(Answers) given = NULL;
    if (asked == NULL)
        return NULL;
    if (hold)
        response = take_hold(session, id, take_over, &given, error);
    else if (note_reading(session, row, error) &&
             (given = response_read_answers(session, id, error)) != NULL)
        response = g_steal_pointer(&row->response);
    if (response == NULL)
        return NULL;
    *form = g_steal_pointer(&asked);
    *answers = g_steal_pointer(&given);
    return g_steal_pointer(&response);
}

/* Takes away one that was opened to be looked at; response->dropped says whether it was. */
static gboolean drop_empty(Session *session, Response *response, GError **error)
{
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    if (tx == NULL ||
        !db_run(session_db(session),
                "DELETE FROM response" RESPONSE_HELD " AND typed IS NULL AND corrects_id IS NULL"
                " AND mode IS NULL AND interpreter = 0 AND minutes_used = 0"
                " AND NOT EXISTS (SELECT 1 FROM answer a WHERE a.response_id = response.id)"
                " AND NOT EXISTS (SELECT 1 FROM call c WHERE c.response_id = response.id)"
                " AND NOT EXISTS (SELECT 1 FROM away_response w WHERE w.response_id = response.id)"
                " AND NOT EXISTS (SELECT 1 FROM task t WHERE t.response_id = response.id)",
                DB_PARAMS(DB_INT("id", response->id), DB_INT("holder", response->holder),
                          DB_INT("me", session_staff_id(session))),
                error))
        return FALSE;
    gboolean found = db_changes(session_db(session)) > 0;
    if ((found && !audit_write(session, "remove", "response", response->id, response->client_id,
                               NULL, error)) ||
        !db_transaction_commit(tx, error))
        return FALSE;
    response->dropped = found;
    return TRUE;
}

gboolean response_release(Session *session, Response *response, GError **error)
{
    if (response->holder == 0)
        return TRUE;
    if (!drop_empty(session, response, error))
        return FALSE;
    if (response->dropped) {
        response->holder = 0;
        response->held = FALSE;
        return TRUE;
    }
    if (!db_run(session_db(session),
                "UPDATE response SET holder = NULL WHERE id = :id AND holder = :holder",
                DB_PARAMS(DB_INT("id", response->id), DB_INT("holder", response->holder)), error))
        return FALSE;
    response->holder = 0;
    response->held = FALSE;
    response->held_by = 0;
    return TRUE;
}

gboolean response_let_go(Session *session, gint64 id, gboolean *dropped, GError **error)
{
    g_autoptr(ResponseRow) row = response_row_allowed(session, id, error);
    *dropped = FALSE;
    if (row == NULL || row->held_by != session_staff_id(session))
        return row != NULL;
    row->response->holder = row->holder;
    if (!response_release(session, row->response, error))
        return FALSE;
    *dropped = row->response->dropped;
    return TRUE;
}
