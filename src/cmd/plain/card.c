/* card.c: a client's card as lines: what the screen has, in the same order. */
#include "cmd/plain/plain.h"

#include "base/i18n.h"
#include "care/client/client_words.h"
#include "care/client/closing_rows.h"
#include "care/client/plan.h"
#include "care/unit/staff.h"
#include "care/visit/absence_rows.h"

Client *plain_open_card(Plain *plain, gint64 client_id)
{
    GError *error = NULL;
    if (plain->card == NULL) /* changed since it was opened */
        plain->card = client_open(plain->session, client_id, &error);
    plain_error(plain, error);
    return plain->card;
}

static void say_fact(Plain *plain, const char *label, const char *text)
{
    if (text != NULL && *text != '\0')
        plain_say(plain, "%s: %s", label, text);
}

static void say_staff(Plain *plain, const char *label, gint64 id)
{
    GError *error = NULL;
    g_autoptr(Staff) staff = id != 0 ? staff_get(plain->session, id, &error) : NULL;
    plain_error(plain, error);
    say_fact(plain, label, staff != NULL ? staff->name : NULL);
}

static void say_person(Plain *plain, const Client *client)
{
    g_autofree char *identity = client_words_identity(client);
    plain_say(plain, "%s, %s", client->name, identity);
    if (!client->active)
        plain_say(plain, "%s",
                  client->standing == STANDING_ENDED ? _("does not come here")
                                                     : standing_name(client->standing));
    if (client->protection != PROTECTION_NONE)
        plain_say(plain, _("Protected identity: %s. Only those assigned or named open this card."),
                  protection_name(client->protection));
}

static gboolean is_hidden(const Client *client)
{
    return client->protection != PROTECTION_NONE && client->address != NULL;
}

static void say_day(Plain *plain, const char *label, Date day)
{
    char text[DATE_SIZE];
    say_fact(plain, label, date_or_null(day, text));
}

static void say_facts(Plain *plain, const Client *client)
{
    g_autofree char *language = client_words_language(client);
    say_fact(plain, _("Telephone"), client->phone);
    if (!is_hidden(client))
        say_fact(plain, _("Address"), client->address);
    say_fact(plain, _("E-mail"), client->email);
    say_fact(plain, _("Language"), language);
    say_fact(plain, _("Client number"), client->number);
    say_staff(plain, _("Support worker"), client->support_worker_id);
    say_staff(plain, _("Case officer"), client->case_officer_id);
    say_fact(plain, C_("client", "Contacts"), client->contact);
    say_day(plain, C_("client", "Mandate ends"), client->mandate_to);
}

/* The plan for a hard day, and what the support rests on. */
static void say_agreed(Plain *plain, const Client *client)
{
    GError *error = NULL;
    g_autofree char *grounds = NULL;
    g_autoptr(Plan) plan = plan_of_client(plain->session, client->id, &error);
    plain_error(plain, error);
    if (plan != NULL) {
        say_fact(plain, _("Usually hard"), plan->hard);
        say_fact(plain, _("Agreed to do then"), plan->then);
    }
    error = NULL;
    if (!client_words_grounds(plain->session, client->id, &grounds, &error))
        plain_error(plain, error);
    say_fact(plain, C_("client", "In force"), grounds);
    g_autofree char *closed = NULL, *away = NULL;
    if (!closing_words_now(plain->session, client->id, &closed, &error))
        plain_error(plain, error);
    say_fact(plain, C_("client", "Ended"), closed);
    error = NULL;
    if (!absence_words_now(plain->session, client->id, &away, &error))
        plain_error(plain, error);
    say_fact(plain, _("Away"), away);
}

void plain_card(Plain *plain, gint64 client_id)
{
    const Client *client = plain_open_card(plain, client_id);
    if (client == NULL)
        return;
    say_person(plain, client);
    say_facts(plain, client);
    plain_say_disputes(plain, client->id);
    plain_say_series(plain, client->id);
    say_agreed(plain, client);
    if (is_hidden(client) && plain_yes(plain, _("An address is hidden. Read it?")))
        say_fact(plain, _("Address"), client->address);
}
