/* A client's card: opening, adding and changing. */
#include "care/client/client.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/client/cards.h"
#include "care/client/client_named.h"
#include "care/client/client_private.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/commit.h"
#include "care/unit/session_private.h"
#include "care/visit/counted.h"

Client *client_new(void)
{
    Client *client = g_new0(Client, 1);

    client->birth_date = DATE_NONE;
    client->active = TRUE;
    client->mandate_to = DATE_NONE;
    return client;
}

void client_free(Client *client)
{
    if (!client)
        return;
    g_free(client->number);
    g_free(client->name);
    g_free(client->id_number);
    g_free(client->phone);
    g_free(client->email);
    g_free(client->address);
    g_free(client->contact);
    g_free(client->language);
    g_free(client);
}

/* --- reading ------------------------------------------------------------------------------ */

Client *client_read_row(Session *session, gint64 id, GError **error)
{
    g_autoptr(DbStatement) row =
        db_query(session->db,
                 "SELECT c.number, c.name, c.id_kind, c.id_number, c.birth_date, c.sex, c.phone,"
                 " c.email, c.address, c.contact, c.language, c.interpreter, c.protection,"
                 " c.support_worker_id, c.case_officer_id, c.active, c.version, " CLIENT_STANDING
                 ", c.mandate_to, c.id"
                 " FROM client c WHERE c.id = :id AND c.unit_id = :unit",
                 DB_PARAMS(DB_INT("id", id), DB_INT("unit", session->unit_id)), error);
    DbStep step = row ? db_step(row, error) : DB_STEP_ERROR;

    if (step == DB_STEP_DONE)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                            _("This client is no longer there. Open the list again."));
    if (step != DB_STEP_ROW)
        return NULL;
    Client *client = client_new();
    client->id = id;
    client->number = g_strdup(db_text(row, 0));
    client->name = g_strdup(db_text(row, 1));
    id_kind_parse(db_text(row, 2), &client->id_kind);
    client->id_number = g_strdup(db_text(row, 3));
    if (!db_is_null(row, 4))
        client->birth_date = date_parse(db_text(row, 4));
    sex_parse(db_text(row, 5), &client->sex);
    client->phone = g_strdup(db_text(row, 6));
    client->email = g_strdup(db_text(row, 7));
    client->address = g_strdup(db_text(row, 8));
    client->contact = g_strdup(db_text(row, 9));
    client->language = g_strdup(db_text(row, 10));
    client->interpreter = db_int(row, 11) != 0;
    client->protection = protection_parse(db_text(row, 12));
    client->support_worker_id = db_int(row, 13);
    client->case_officer_id = db_int(row, 14);
    client->active = db_int(row, 15) != 0;
    client->version = db_int(row, 16);
    if (!db_is_null(row, 18))
        client->mandate_to = date_parse(db_text(row, 18));
    client->standing = standing_of(client->active, db_text(row, 17));
    return client;
}

Client *client_read_allowed(Session *session, gint64 id, GError **error)
{
    return client_require_open(session, id, error) ? client_read_row(session, id, error) : NULL;
}

Client *client_open(Session *session, gint64 id, GError **error)
{
    g_autoptr(Client) client = NULL;

    if (!access_require(session, PERMIT_CLIENT_READ, error) ||
        !(client = client_read_allowed(session, id, error)) ||
        !audit_note(session, "read", "client", id, id, error))
        return NULL;
    return g_steal_pointer(&client);
}

/* --- checking ----------------------------------------------------------------------------- */

static void tidy_line(char **text)
{
    char *line = care_line(*text);
    g_free(*text);
    *text = line;
}

/* The same for a text that may have several lines. */
static void tidy_text(char **text)
{
    char *clean = *text ? g_strstrip(text_clean(*text)) : NULL;

    if (clean && *clean == '\0')
        g_clear_pointer(&clean, g_free);
    g_free(*text);
    *text = clean;
}

static gboolean tidy_identity(Client *client, GError **error)
{
    IdNumber id;

    tidy_line(&client->id_number);
    client->id_kind = ID_NONE;
    if (!client->id_number)
        return TRUE;
    if (!idnumber_parse(client->id_number, clock_today(), &id)) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT, idnumber_fault_text(id.fault));
        return FALSE;
    }
    g_free(client->id_number);
    client->id_number = g_strdup(id.number);
    client->id_kind = id.kind;
    if (id.birth != DATE_NONE)
        client->birth_date = id.birth;
    if (id.sex != SEX_UNKNOWN && client->sex != SEX_OTHER)
        client->sex = id.sex;
    return TRUE;
}

static gboolean tidy(Client *client, GError **error)
{
    const char *wrong = NULL;

    tidy_line(&client->name);
    tidy_line(&client->number);
    tidy_line(&client->phone);
    tidy_line(&client->email);
    tidy_line(&client->language);
    tidy_text(&client->address);
    tidy_text(&client->contact);
    if (!tidy_identity(client, error))
        return FALSE;
    if (!client->name)
        wrong = _("A client needs a name. Type it and save again.");
    else if (client->language &&
             (strlen(client->language) != 2 || !g_ascii_islower(client->language[0]) ||
              !g_ascii_islower(client->language[1])))
        wrong = _("A language is two small letters, such as fi or ar. Choose it again.");
    else if (client->birth_date != DATE_NONE && client->birth_date > clock_today())
        wrong = _("The birth date lies ahead. Look at it again.");
    if (wrong)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT, wrong);
    return !wrong;
}

static void say_protected(const char *number, GError **error)
{
    g_set_error(error, DAGSFORM_ERROR, ERROR_EXISTS,
                _("A client with protected identity has the number %s already. Ask the team "
                  "lead."),
                number);
}

/* A server does not show the card of whoever has the number, but neither does it let two have it.
 */
static gboolean refuse_hidden(Session *session, const Client *client, GError **error)
{
    if (db_changes(session->db) > 0)
        return FALSE;
    g_autofree char *both = client->id_number != NULL && client->number != NULL
                                ? g_strdup_printf("%s / %s", client->id_number, client->number)
                                : NULL;
    say_protected(both != NULL                ? both
                  : client->id_number != NULL ? client->id_number
                                              : client->number,
                  error);
    return TRUE;
}

/* Whose the number is already, unless that would give away somebody with protected identity. */
static gboolean refuse_duplicate(Session *session, const Client *client, GError **error)
{
    gint64 holder = 0;
    const char *number = NULL;
    g_autofree char *name = NULL;

    if (!client_find_holder(session, client, &holder, &number, &name, error))
        return TRUE;
    if (holder == 0)
        return FALSE;
    if (client_may_open(session, holder))
        g_set_error(error, DAGSFORM_ERROR, ERROR_EXISTS,
                    _("%s has the number %s already. Open that card instead, or correct the "
                      "number."),
                    name, number);
    else
        say_protected(number, error);
    return TRUE;
}

/* --- writing ------------------------------------------------------------------------------ */

static AuditChanges *compare(const Client *before, const Client *after)
{
    AuditChanges *changes = audit_changes_new();
    char born[2][DATE_SIZE];
    const char *birth[2] = {NULL, NULL};

    if (before->birth_date != DATE_NONE)
        birth[0] = date_format(before->birth_date, born[0]);
    if (after->birth_date != DATE_NONE)
        birth[1] = date_format(after->birth_date, born[1]);
    audit_changes_text(changes, "number", before->number, after->number);
    audit_changes_text(changes, "name", before->name, after->name);
    audit_changes_text(changes, "id_kind", id_kind_code(before->id_kind),
                       id_kind_code(after->id_kind));
    audit_changes_text(changes, "id_number", before->id_number, after->id_number);
    audit_changes_text(changes, "birth_date", birth[0], birth[1]);
    audit_changes_text(changes, "sex", sex_code(before->sex), sex_code(after->sex));
    audit_changes_text(changes, "phone", before->phone, after->phone);
    audit_changes_text(changes, "email", before->email, after->email);
    audit_changes_text(changes, "address", before->address, after->address);
    audit_changes_text(changes, "contact", before->contact, after->contact);
    audit_changes_date(changes, "mandate_to", before->mandate_to, after->mandate_to);
    audit_changes_text(changes, "language", before->language, after->language);
    audit_changes_int(changes, "interpreter", before->interpreter, after->interpreter);
    audit_changes_text(changes, "protection", protection_code(before->protection),
                       protection_code(after->protection));
    audit_changes_int(changes, "support_worker_id", before->support_worker_id,
                      after->support_worker_id);
    audit_changes_int(changes, "case_officer_id", before->case_officer_id, after->case_officer_id);
    audit_changes_int(changes, "active", before->active, after->active);
    return changes;
}

/* Runs `sql`, which has every column of the card as a parameter of its name, and :now when it
 * makes the row (`now` above 0). */
static gboolean write_row(Session *session, const char *sql, const Client *client, gint64 now,
                          GError **error)
{
    char born[DATE_SIZE], mandate[DATE_SIZE];

    return db_run(session->db, sql,
                  DB_PARAMS(DB_INT("id", client->id), DB_INT("unit", session->unit_id),
                            DB_TEXT("number", client->number), DB_TEXT("name", client->name),
                            DB_TEXT("id_kind", id_kind_code(client->id_kind)),
                            DB_TEXT("id_number", client->id_number),
                            client->birth_date == DATE_NONE
                                ? DB_NULL("birth_date")
                                : DB_TEXT("birth_date", date_format(client->birth_date, born)),
                            DB_TEXT("sex", sex_code(client->sex)), DB_TEXT("phone", client->phone),
                            DB_TEXT("email", client->email), DB_TEXT("address", client->address),
                            DB_TEXT("contact", client->contact),
                            DB_TEXT("mandate_to", date_or_null(client->mandate_to, mandate)),
                            DB_TEXT("language", client->language),
                            DB_INT("interpreter", client->interpreter != FALSE),
                            DB_TEXT("protection", protection_code(client->protection)),
                            DB_INT_OR_NULL("support_worker_id", client->support_worker_id),
                            DB_INT_OR_NULL("case_officer_id", client->case_officer_id),
                            DB_INT("active", client->active != FALSE),
                            DB_INT("version", client->version),
                            now > 0 ? DB_INT("now", now) : (DbParam){.type = DB_TYPE_END}),
                  error);
}

/* Whoever protects a client, or gives the client to others, can go on working with the card: there
 * is always somebody who can open it. */
static gboolean name_oneself(Session *session, const Client *client, GError **error)
{
    if (client->protection == PROTECTION_NONE || session->staff_id == 0 ||
        client->support_worker_id == session->staff_id ||
        client->case_officer_id == session->staff_id)
        return TRUE;
    return client_write_named(session, client->id, session->staff_id, TRUE, error);
}

static gboolean put_among_cards(Session *session, const Client *client, GError **error)
{
    return cards_added(session,
                       &(NewCard){.id = client->id,
                                  .support_worker_id = client->support_worker_id,
                                  .case_officer_id = client->case_officer_id,
                                  .name = client->name,
                                  .number = client->number,
                                  .id_number = client->id_number,
                                  .id_kind = client->id_kind,
                                  .birth_date = client->birth_date,
                                  .sex = client->sex,
                                  .active = client->active,
                                  .guarded = client->protection != PROTECTION_NONE},
                       error);
}

gboolean client_add_known(Session *session, Client *client, GError **error)
{
    g_autoptr(Client) nobody = client_new();
    g_autoptr(AuditChanges) changes = NULL;

    if (!tidy(client, error) || refuse_duplicate(session, client, error))
        return FALSE;
    if (client->id == 0 && !(client->id = db_new_id(session->db, "client", error)))
        return FALSE;
    client->version = 1;
    changes = compare(nobody, client);
    return write_row(
               session,
               "INSERT INTO client (id, unit_id, number, name, id_kind, id_number,"
               " birth_date, sex, phone, email, address, contact, mandate_to, language,"
               " interpreter, protection, support_worker_id, case_officer_id, active, version, "
               "created_ms)"
               " VALUES (:id, :unit, :number, :name, :id_kind, :id_number,"
               " :birth_date, :sex, :phone, :email, :address, :contact, :mandate_to, :language,"
               " :interpreter, :protection, :support_worker_id, :case_officer_id, :active,"
               " :version, :now) ON CONFLICT DO NOTHING",
               client, clock_now_ms(), error) &&
           !refuse_hidden(session, client, error) && put_among_cards(session, client, error) &&
           audit_write(session, "create", "client", client->id, client->id, changes, error);
}

gboolean client_add_allowed(Session *session, Client *client, GError **error)
{
    return client_add_known(session, client, error) && name_oneself(session, client, error);
}

gboolean client_add_from_file(Session *session, Client *client, GError **error)
{
    return client_add_allowed(session, client, error);
}

/* Sets ERROR_CONFLICT, naming who changed the card last. */
static void say_conflict(Session *session, gint64 id, GError **error)
{
    char day[DATE_SIZE] = "", time[9] = "";
    g_autofree char *who = NULL;
    g_autoptr(DbStatement) last =
        db_query(session->db,
                 "SELECT a.at_ms, s.name FROM audit a LEFT JOIN staff s ON s.id = a.staff_id"
                 " WHERE a.client_id = :id AND a.entity = 'client'"
                 " AND a.action IN ('change', 'merge', 'unmerge') AND a.node + 0 = :node"
                 " ORDER BY a.seq DESC LIMIT 1",
                 DB_PARAMS(DB_INT("id", id), DB_INT("node", db_node(session_db(session)))), NULL);

    if (last && db_step(last, NULL) == DB_STEP_ROW) {
        date_format(clock_local(db_int(last, 0), time), day);
        who = g_strdup(db_text(last, 1));
    }
    g_set_error(error, DAGSFORM_ERROR, ERROR_CONFLICT,
                _("%s changed this card while you had it open (%s %.5s). Open it again and make "
                  "your change once more."),
                who ? who : _("Somebody"), day, time);
}

static gboolean write_card(Session *session, const Client *client, GError **error)
{
    return write_row(session,
                     "UPDATE client SET number = :number, name = :name,"
                     " id_kind = :id_kind, id_number = :id_number, birth_date = :birth_date,"
                     " sex = :sex, phone = :phone, email = :email, address = :address,"
                     " contact = :contact, mandate_to = :mandate_to, language = :language, "
                     "interpreter = :interpreter,"
                     " protection = :protection, support_worker_id = :support_worker_id,"
                     " case_officer_id = :case_officer_id, active = :active,"
                     " version = :version + 1 WHERE id = :id AND unit_id = :unit",
                     client, 0, error);
}

gboolean client_was_written(Session *session, GError **error)
{
    if (db_changes(session->db) == 1)
        return TRUE;
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_DENIED,
                        _("One of the two cards is closed to you by now, so nothing has been changed. Ask "
                          "somebody who may open both."));
    return FALSE;
}

gboolean client_write_unlogged(Session *session, const Client *client, GError **error)
{
    return !refuse_duplicate(session, client, error) && write_card(session, client, error) &&
           client_was_written(session, error) && cards_changed(session, client->id, error);
}

static gboolean write_change(Session *session, const Client *before, const Client *client,
                             const AuditChanges *changes, GError **error)
{
    /* What visits are split by (week_count.c). */
    gboolean other_person = before->birth_date != client->birth_date ||
                            before->sex != client->sex || before->protection != client->protection;

    /* Named while the card is still open: a server shows nobody what they have closed to
     * themselves. */
    return audit_write(session, "change", "client", client->id, client->id, changes, error) &&
           name_oneself(session, client, error) && write_card(session, client, error) &&
           cards_changed(session, client->id, error) &&
           (!other_person ||
            counted_forget_client(session, client->id, DATE_NONE, DATE_NONE, error));
}

gboolean client_change_allowed(Session *session, Client *client, GError **error)
{
    g_autoptr(Client) before = NULL;
    g_autoptr(AuditChanges) changes = NULL;

    if (!tidy(client, error))
        return FALSE;
    before = client_read_allowed(session, client->id, error);
    if (!before)
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session->db, error);
    if (tx == NULL)
        return FALSE;
    g_autoptr(Client) now = client_read_row(session, client->id, error);
    if (!now)
        return FALSE;
    changes = compare(now, client);
    if (audit_changes_empty(changes)) {
        client->version = now->version;
        return TRUE;
    }
    if (now->version != client->version) {
        say_conflict(session, client->id, error);
        return FALSE;
    }
    if (refuse_duplicate(session, client, error) ||
        !write_change(session, now, client, changes, error) ||
        !commit_and_make_sure(
            session, tx, "SELECT count(*) FROM client WHERE id = :id AND version > :version",
            DB_PARAMS(DB_INT("id", client->id), DB_INT("version", client->version)), error))
        return FALSE;
    client->version++;
    return TRUE;
}
