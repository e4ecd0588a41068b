/* laptop_again.c: each deed and its function. */
#include "care/laptop/laptop_again.h"

#include <string.h>

#include "base/i18n.h"
#include "care/client/client_guard.h"
#include "care/client/contact_note.h"
#include "care/response/response_open.h"
#include "care/task/task.h"
#include "care/unit/session_private.h"
#include "care/visit/absence.h"
#include "care/visit/visit_add.h"
#include "care/visit/visit_deed.h"
#include "care/visit/visit_record.h"
#include "care/visit/visit_undo.h"

/* What a deed is done on: `over` whatever stands by now. */
typedef struct {
    Session *session;
    const DeedBody *body;
    gint64 id, client, node;
    gboolean over;
} Again;

static gboolean version_of(const Again *again, gint64 *version, GError **error)
{
    return db_get_int(session_db(again->session), "SELECT version FROM visit WHERE id = :id",
                      DB_PARAMS(DB_INT("id", again->id)), 0, version, error);
}

/* FALSE with ERROR_CONFLICT where the visit is not as the laptop saw it. */
static gboolean stands_as_seen(const Again *again, GError **error)
{
    gint64 version = 0;
    if (!version_of(again, &version, error))
        return FALSE;
    if (again->over || version == 0 || version == deed_body_int(again->body, "version", 0))
        return TRUE;
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CONFLICT,
                        _("The visit has been changed at home since it was taken along."));
    return FALSE;
}

static gboolean record(const Again *again, GError **error)
{
    VisitOutcome outcome;
    gint64 version = deed_body_int(again->body, "version", 0);
    const VisitTimes times = visit_deed_read_times(again->body);
    if (again->over && !version_of(again, &version, error))
        return FALSE;
    const gboolean done =
        visit_deed_read_outcome(again->body, &outcome, error) &&
        visit_record(again->session, again->id, version, &outcome, &times, NULL, error);
    visit_outcome_clear(&outcome);
    return done;
}

static gboolean undo(const Again *again, GError **error)
{
    return stands_as_seen(again, error) && visit_undo(again->session, again->id, NULL, error);
}

static gboolean redo(const Again *again, GError **error)
{
    return stands_as_seen(again, error) && visit_redo(again->session, again->id, NULL, error);
}

static gboolean take_away(const Again *again, GError **error)
{
    return stands_as_seen(again, error) && visit_remove(again->session, again->id, error);
}

static gboolean add_visit(const Again *again, GError **error)
{
    g_autoptr(Visit) visit = visit_deed_read_plan(again->body);
    visit->client_id = again->client;
    return visit_add(again->session, visit, error);
}

/* The note that holds by now, of those that correct each other. */
static gboolean newest_note(const Again *again, gint64 *id, GError **error)
{
    gint64 replaced = *id;
    while (replaced != 0) {
        *id = replaced;
        if (!db_get_int(session_db(again->session),
                        "SELECT replaced_id FROM contact_note WHERE id = :id",
                        DB_PARAMS(DB_INT("id", *id)), 0, &replaced, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean add_note(const Again *again, GError **error)
{
    g_autoptr(ContactNote) note = contact_note_new(again->client);
    note->id = again->id;
    contact_mode_parse(deed_body_text(again->body, "mode"), &note->mode);
    note->party = g_strdup(deed_body_text(again->body, "party"));
    note->day = deed_body_date(again->body, "day");
    note->time = (int)deed_body_int(again->body, "time", -1);
    note->note = g_strdup(deed_body_text(again->body, "note"));
    note->words = g_strdup(deed_body_text(again->body, "words"));
    note->corrects_id = deed_body_int(again->body, "corrects", 0);
    return (!again->over || newest_note(again, &note->corrects_id, error)) &&
           contact_note_add(again->session, note, error);
}

static gboolean add_task(const Again *again, GError **error)
{
    g_autoptr(Task) task = task_new();
    task->id = again->id;
    task->kind = task_kind_parse(deed_body_text(again->body, "kind"));
    task->client_id = again->client;
    task->visit_id = deed_body_int(again->body, "visit", 0);
    task->staff_id = deed_body_int(again->body, "staff", 0);
    task->due_date = deed_body_date(again->body, "due");
    task->due_time = (int)deed_body_int(again->body, "time", -1);
    task->note = g_strdup(deed_body_text(again->body, "note"));
    task->response_id = deed_body_int(again->body, "response", 0);
    task->item = g_strdup(deed_body_text(again->body, "item"));
    task->instance = g_strdup(deed_body_text(again->body, "instance"));
    task->contact = g_strdup(deed_body_text(again->body, "contact"));
    task->contact_phone = g_strdup(deed_body_text(again->body, "phone"));
    return task_add(again->session, task, error);
}

static gboolean give_task(const Again *again, GError **error)
{
    return task_give(again->session, again->id, deed_body_int(again->body, "staff", 0),
                     deed_body_text(again->body, "word"), error);
}

static gboolean finish_task(const Again *again, GError **error)
{
    return task_finish(again->session, again->id, deed_body_text(again->body, "how"), error);
}

static gboolean reopen_task(const Again *again, GError **error)
{
    return task_reopen(again->session, again->id, error);
}

static gboolean postpone_task(const Again *again, GError **error)
{
    return task_postpone(again->session, again->id, deed_body_date(again->body, "due"), error);
}

static gboolean add_absence(const Again *again, GError **error)
{
    g_autoptr(Absence) absence = absence_new(again->client);
    absence->id = again->id;
    away_cause_parse(deed_body_text(again->body, "cause"), &absence->cause);
    absence->from = deed_body_date(again->body, "from");
    absence->to = deed_body_date(again->body, "to");
    absence->words = g_strdup(deed_body_text(again->body, "words"));
    return absence_add(again->session, absence, NULL, error);
}

static gboolean begin_response(const Again *again, GError **error)
{
    const char *text = deed_body_text(again->body, "form");
    text = text != NULL ? text : "";
    g_autoptr(Form) form =
        form_load_bytes(text, strlen(text), deed_body_text(again->body, "name"), NULL, error);
    return form != NULL &&
           response_begin_away(again->session, form, again->client,
                               deed_body_text(again->body, "respondent"),
                               deed_body_text(again->body, "language"), again->node, error);
}

typedef enum { OF_VISIT = 1, OF_TASK } Of;
static const struct {
    const char *name;
    gboolean (*again)(const Again *, GError **);
    Of of;
} DEEDS[] = {
    {DEED_VISIT_RECORD, record, OF_VISIT},
    {DEED_VISIT_UNDO, undo, OF_VISIT},
    {DEED_VISIT_REDO, redo, OF_VISIT},
    {DEED_VISIT_REMOVE, take_away, OF_VISIT},
    {DEED_VISIT_ADD, add_visit, 0},
    {DEED_CONTACT_NOTE, add_note, 0},
    {DEED_TASK_ADD, add_task, 0},
    {DEED_TASK_GIVE, give_task, OF_TASK},
    {DEED_TASK_FINISH, finish_task, OF_TASK},
    {DEED_TASK_REOPEN, reopen_task, OF_TASK},
    {DEED_TASK_POSTPONE, postpone_task, OF_TASK},
    {DEED_ABSENCE_ADD, add_absence, 0},
    {DEED_RESPONSE_BEGIN, begin_response, 0},
};

static int find(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(DEEDS); i++)
        if (strcmp(DEEDS[i].name, name) == 0)
            return (int)i;
    return -1;
}

gboolean laptop_again_is_of_visit(const char *name)
{
    const int which = find(name);
    return which >= 0 && DEEDS[which].of == OF_VISIT;
}

gboolean laptop_again_is_of_task(const char *name)
{
    const int which = find(name);
    return which >= 0 && DEEDS[which].of == OF_TASK;
}

gboolean laptop_again_client(Session *session, const DeedBody *body, gint64 *client, GError **error)
{
    const gint64 then = deed_body_int(body, "client", 0);
    *client = 0;
    if (then == 0)
        return TRUE;
    if (!db_get_int(session_db(session), "SELECT " CLIENT_NOW(":client"),
                    DB_PARAMS(DB_INT("client", then)), 0, client, error))
        return FALSE;
    if (*client == 0 && db_hides_row(session_db(session), "client", then))
        *client = then;
    return TRUE;
}

static gboolean do_again(Session *session, const char *name, const DeedBody *body, gboolean over,
                         GError **error)
{
    const int which = find(name);
    Again again = {.session = session,
                   .body = body,
                   .id = deed_body_int(body, "id", 0),
                   .node = session->from_node,
                   .over = over};
    if (which < 0) {
        g_set_error(
            error, DAGSFORM_ERROR, ERROR_VERSION,
            _("On the laptop something was done that this program does not know (%s). Bring it "
              "home with the version of Dagsform that the laptop has."),
            name);
        return FALSE;
    }
    if (!laptop_again_client(session, body, &again.client, error))
        return FALSE;
    if (deed_body_int(body, "client", 0) != 0 && again.client == 0) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                            _("This client is no longer there. Open the list again."));
        return FALSE;
    }
    return DEEDS[which].again(&again, error);
}

gboolean laptop_again(Session *session, const char *name, const DeedBody *body, GError **error)
{
    return do_again(session, name, body, FALSE, error);
}

gboolean laptop_again_over(Session *session, const char *name, const DeedBody *body, GError **error)
{
    return do_again(session, name, body, TRUE, error);
}
