/* response_save.c: what is answered, committed as it is given.
 *
 * A saving is one short transaction: the row is touched by whoever holds it, which is also how one
 * learns that somebody else does, and the answer is written. `saves` numbers the tries of one
 * holder, so that after an error of COMMIT it can be told whether this very try stands. */
#include "care/response/response_save.h"

#include "base/clock.h"
#include "care/client/client_private.h"
#include "care/response/response_answers_private.h"
#include "care/response/response_row_private.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/commit.h"

static const char *typed_in_code(TypedIn in)
{
    switch (in) {
    case TYPED_NOTHING:
        return NULL;
    case TYPED_ANSWER:
        return "answer";
    case TYPED_NOTE:
        return "note";
    case TYPED_REASON:
        return "reason";
    }
    return NULL;
}

/* --- what is said of the person ----------------------------------------------------------------
 */

typedef struct {
    const Form *form;
    gboolean said;
} Protected;

static void look_for_protection(const Answer *answer, gpointer data)
{
    Protected *search = data;
    const FormItem *item = answer->kind == ANSWER_VALUE && answer->value != NULL
                               ? form_item(search->form, answer->link_id)
                               : NULL;
    if (item != NULL && g_strcmp0(item->maps_to, "client.protection") == 0)
        search->said = search->said || protection_parse(answer->value) != PROTECTION_NONE;
}

gboolean response_says_protected(const Form *form, const Answers *answers)
{
    Protected search = {.form = form};
    answers_foreach(answers, look_for_protection, &search);
    return search.said;
}

/* --- saving ------------------------------------------------------------------------------------
 */

/* Where one is once it has been saved. */
typedef struct {
    const char *item, *instance;
    int number;
} Place;

static Place place_of(const Response *response)
{
    return (Place){response->at_item, response->at_instance, response->at_number};
}

/* Touches the row as its holder; `typed` FALSE: what was being typed is gone. `now`: when it was
 * last changed. Inside a transaction. */
static gboolean touch(Session *session, Response *response, Place at, gboolean typed, gint64 now,
                      GError **error)
{
    const char *text = typed ? response->typed : NULL;
    return db_run(session_db(session),
                  "UPDATE response SET at_item = :item, at_instance = :instance,"
                  " at_number = :number, typed = :typed, typed_in = :typed_in,"
                  " subject = CASE WHEN client_id IS NULL THEN :subject END,"
                  " is_protected = :protected, continued_ms = :now, seen_ms = :seen,"
                  " saves = :saves" RESPONSE_HELD,
                  DB_PARAMS(
                      DB_TEXT("item", at.item), DB_TEXT("instance", at.instance),
                      DB_INT("number", at.number), DB_TEXT("typed", text),
                      DB_TEXT("typed_in", text != NULL ? typed_in_code(response->typed_in) : NULL),
                      DB_TEXT("subject", response->subject),
                      DB_INT("protected", response->is_protected), DB_INT("now", now),
                      DB_INT("seen", clock_now_ms()), DB_INT("saves", ++response->saves),
                      DB_INT("id", response->id), DB_INT("holder", response->holder),
                      DB_INT("me", session_staff_id(session))),
                  error) &&
           response_was_held(session, response, error);
}

/* Commits; `at` is where one is then. */
static gint64 finish(Session *session, DbTransaction *tx, Response *response, Place at,
                     gboolean typed, gint64 now, GError **error)
{
    if (!commit_and_make_sure(
            session, tx,
            "SELECT COUNT(*) FROM response WHERE id = :id AND holder = :holder AND saves = :saves",
            DB_PARAMS(DB_INT("id", response->id), DB_INT("holder", response->holder),
                      DB_INT("saves", response->saves)),
            error))
        return 0;
    if (at.item != response->at_item) {
        response_set_text(&response->at_item, at.item);
        response_set_text(&response->at_instance, at.instance);
        response->at_number = at.number;
    }
    if (!typed || response->typed == NULL) {
        g_clear_pointer(&response->typed, g_free);
        response->typed_in = TYPED_NOTHING;
    }
    response->continued_ms = now;
    return now;
}

/* Begins what every saving begins with. */
static DbTransaction *begin_saving(Session *session, GError **error)
{
    return access_require(session, PERMIT_WALK, error) ? db_transaction(session_db(session), error)
                                                       : NULL;
}

/* Saves one answer, or all where `item` is NULL. On failure the response is as it was. */
static gint64 save(Session *session, Response *response, const Form *form, const Answers *answers,
                   const char *item, const char *instance, GError **error)
{
    gint64 now = clock_now_ms(), saved = 0;
    gboolean was_protected = response->is_protected;
    Place at =
        response->at_item != NULL || item == NULL ? place_of(response) : (Place){item, instance, 0};
    const Answer *answer = item != NULL ? answers_get(answers, item, instance) : NULL;
    response->is_protected = response_says_protected(form, answers);
    g_autoptr(DbTransaction) tx = begin_saving(session, error);
    if (tx != NULL && touch(session, response, at, FALSE, now, error) &&
        (item == NULL     ? response_write_answers(session, response->id, answers, now, error)
         : answer != NULL ? response_write_answer(session, response->id, answer, now, error)
                          : response_delete_answer(session, response->id, item, instance, error)))
        saved = finish(session, tx, response, at, FALSE, now, error);
    if (saved == 0)
        response->is_protected = was_protected;
    return saved;
}

gint64 response_save(Session *session, Response *response, const Form *form, const Answers *answers,
                     const char *item, const char *instance, GError **error)
{
    return save(session, response, form, answers, item, instance, error);
}

gint64 response_save_all(Session *session, Response *response, const Form *form,
                         const Answers *answers, GError **error)
{
    return save(session, response, form, answers, NULL, NULL, error);
}

gint64 response_save_typed(Session *session, Response *response, GError **error)
{
    gint64 now = clock_now_ms();
    Place at = place_of(response);
    g_autoptr(DbTransaction) tx = begin_saving(session, error);
    if (tx == NULL || !touch(session, response, at, TRUE, now, error))
        return 0;
    return finish(session, tx, response, at, TRUE, now, error);
}

gboolean response_save_place(Session *session, Response *response, GError **error)
{
    Place at = place_of(response);
    g_autoptr(DbTransaction) tx = begin_saving(session, error);
    return tx != NULL && touch(session, response, at, TRUE, response->continued_ms, error) &&
           finish(session, tx, response, at, TRUE, response->continued_ms, error) != 0;
}

/* --- around the answers ----------------------------------------------------------------------- */

/* The client that the response is to be tied to, when that is another than it is tied to now. */
typedef struct {
    gint64 before;
    char *name; /* NULL: no client */
    gboolean other;
} Tie;

static void tie_clear(Tie *tie)
{
    g_free(tie->name);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Tie, tie_clear)

/* Only whoever may open the card may tie to it. Outside the transaction, so that a refusal stays in
 * the log. */
static gboolean may_tie(Session *session, const Response *response, Tie *tie, GError **error)
{
    if (!db_get_int(session_db(session), "SELECT client_id FROM response WHERE id = :id",
                    DB_PARAMS(DB_INT("id", response->id)), 0, &tie->before, error))
        return FALSE;
    tie->other = tie->before != response->client_id;
    if (!tie->other || response->client_id == 0)
        return TRUE;
    g_autoptr(Client) client = client_read_allowed(session, response->client_id, error);
    tie->name = g_strdup(client != NULL ? client->name : NULL);
    return client != NULL;
}

static gboolean write_tie(Session *session, const Response *response, const Tie *tie,
                          GError **error)
{
    if (!tie->other)
        return TRUE;
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_int(changes, "client_id", tie->before, response->client_id);
    return db_run(session_db(session),
                  "UPDATE response SET client_id = :client,"
                  " subject = CASE WHEN :client IS NULL THEN :subject END WHERE id = :id",
                  DB_PARAMS(DB_INT_OR_NULL("client", response->client_id),
                            DB_TEXT("subject", response->subject), DB_INT("id", response->id)),
                  error) &&
           audit_write(session, "change", "response", response->id,
                       response->client_id != 0 ? response->client_id : tie->before, changes,
                       error);
}

static gboolean write_head(Session *session, const Response *response, GError **error)
{
    return db_run(session_db(session),
                  "UPDATE response SET language = :language, mode = :mode,"
                  " interpreter = :interpreter, minutes_used = :minutes WHERE id = :id",
                  DB_PARAMS(DB_TEXT("language", response->language),
                            DB_TEXT("mode", response_mode_code(response->mode)),
                            DB_INT("interpreter", response->interpreter),
                            DB_INT("minutes", MAX(response->minutes_used, 0)),
                            DB_INT("id", response->id)),
                  error);
}

gint64 response_save_head(Session *session, Response *response, GError **error)
{
    gint64 now = clock_now_ms();
    Place at = place_of(response);
    g_auto(Tie) tie = {0};
    if (!may_tie(session, response, &tie, error))
        return 0;
    g_autoptr(DbTransaction) tx = begin_saving(session, error);
    if (tx == NULL || !touch(session, response, at, TRUE, now, error) ||
        !write_head(session, response, error) || !write_tie(session, response, &tie, error) ||
        finish(session, tx, response, at, TRUE, now, error) == 0)
        return 0;
    if (tie.name != NULL)
        response_set_text(&response->subject, tie.name);
    return now;
}
