/* client_by_hand.c: a card that somebody writes by hand, and what follows of it. */
#include "base/clock.h"
#include "care/client/client_private.h"
#include "care/task/mandate.h"
#include "care/unit/access.h"
#include "care/unit/commit.h"
#include "form/flow.h"

/* Whose help has ended gets no new task. */
static gboolean follow(Session *session, Date before, const Client *after, GError **error)
{
    return !after->active || mandate_follow(session, after->id, after->case_officer_id, before,
                                            after->mandate_to, error);
}

gboolean client_add(Session *session, Client *client, GError **error)
{
    if (!access_require(session, PERMIT_CLIENT_EDIT, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    if (tx != NULL && client_add_allowed(session, client, error) &&
        follow(session, DATE_NONE, client, error) &&
        commit_and_make_sure(session, tx, "SELECT count(*) FROM client WHERE id = :id",
                             DB_PARAMS(DB_INT("id", client->id)), error))
        return TRUE;
    client->id = 0;
    return FALSE;
}

/* An intake wrote the day among the contacts too: it is the same there. */
static void move_day(Date before, Client *after)
{
    if (after->contact == NULL || before == DATE_NONE || after->mandate_to == DATE_NONE ||
        before == after->mandate_to)
        return;
    g_autofree char *was = form_date_text(before, "sv"); /* the record's language */
    g_autofree char *is = form_date_text(after->mandate_to, "sv");
    GString *contact = g_string_new(after->contact);
    g_string_replace(contact, was, is, 0);
    g_free(after->contact);
    after->contact = g_string_free(contact, FALSE);
}

gboolean client_change(Session *session, Client *client, GError **error)
{
    g_autoptr(Client) before = NULL;
    if (!access_require(session, PERMIT_CLIENT_EDIT, error) ||
        (before = client_read_allowed(session, client->id, error)) == NULL)
        return FALSE;
    if (before->mandate_to == client->mandate_to)
        return client_change_allowed(session, client, error);
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    if (tx == NULL)
        return FALSE;
    const gint64 version = client->version;
    move_day(before->mandate_to, client);
    if (client_change_allowed(session, client, error) &&
        follow(session, before->mandate_to, client, error) &&
        commit_and_make_sure(
            session, tx, "SELECT count(*) FROM client WHERE id = :id AND version > :version",
            DB_PARAMS(DB_INT("id", client->id), DB_INT("version", version)), error))
        return TRUE;
    client->version = version;
    return FALSE;
}
