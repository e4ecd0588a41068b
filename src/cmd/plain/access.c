/* access.c: who has read or changed what is kept about a client, and who may open the card of one
 * with protected identity, as lines. */
#include "cmd/plain/plain.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_named.h"
#include "care/unit/access.h"
#include "care/unit/pick.h"
#include "care/unit/staff.h"

enum { EVENTS_MOST = 1000, EVENTS_AT_ONCE = 20 };

/* --- the log ---------------------------------------------------------------------------------- */

void plain_client_log(Plain *plain, gint64 client_id)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) events = client_history(plain->session, client_id, EVENTS_MOST, &error);
    plain_error(plain, error);
    for (guint i = 0; events != NULL && i < events->len; i++) {
        const ClientEvent *event = events->pdata[i];
        g_autofree char *when = clock_text(event->at_ms);
        if (i > 0 && i % EVENTS_AT_ONCE == 0 && !plain_yes(plain, _("Read on?")))
            return;
        if (event->what != NULL)
            plain_say(plain, "%s, %s: %s: %s", when, event->who, event->action, event->what);
        else
            plain_say(plain, "%s, %s: %s", when, event->who, event->action);
    }
}

/* --- who may open it -------------------------------------------------------------------------- */

/* Those who need not be named. */
static void say_assigned(Plain *plain, const Client *client, const GPtrArray *all)
{
    const char *worker = pick_name(all, client->support_worker_id);
    const char *officer = client->case_officer_id != client->support_worker_id
                              ? pick_name(all, client->case_officer_id)
                              : "";
    gboolean both = *worker != '\0' && *officer != '\0';
    g_autofree char *names = g_strconcat(worker, both ? ", " : "", officer, NULL);
    if (*names != '\0')
        plain_say(plain, _("Those assigned may always open it: %s."), names);
    else
        plain_say(plain, "%s", _("Nobody is assigned to the client."));
}

static void name_one(Plain *plain, gint64 client_id)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) staff = pick_staff(plain->session, &error);
    plain_error(plain, error);
    g_autofree char *line =
        staff != NULL ? plain_ask(plain, _("Whom? The beginning of a name or a code:")) : NULL;
    if (line == NULL || *line == '\0')
        return;
    const PickOption *meant = pick_match(staff, line);
    if (meant == NULL) {
        plain_refuse(plain, "%s", _("Nobody, or more than one, has that name. Type more of it."));
        return;
    }
    error = NULL;
    if (client_name_staff(plain->session, client_id, meant->value, TRUE, &error))
        plain_say(plain, _("%s is named and may open the card."), meant->name);
    plain_error(plain, error);
}

static void take_away(Plain *plain, gint64 client_id, const Staff *person)
{
    GError *error = NULL;
    if (client_name_staff(plain->session, client_id, person->id, FALSE, &error))
        plain_say(plain, _("%s is no longer named."), person->name);
    plain_error(plain, error);
}

/* FALSE when nothing more is to be done. */
static gboolean choose_named(Plain *plain, gint64 client_id, const GPtrArray *all)
{
    GError *error = NULL;
    gboolean may_edit = access_allows(plain->session, PERMIT_CLIENT_EDIT);
    g_autoptr(GPtrArray) named = client_named_staff(plain->session, client_id, &error);
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    plain_error(plain, error);
    for (guint i = 0; named != NULL && i < named->len; i++) {
        const Staff *person = named->pdata[i];
        g_ptr_array_add(lines, g_strdup_printf("%s, %s", pick_name(all, person->id),
                                               person->active ? role_name(person->role)
                                                              : _("has left the unit")));
    }
    if (named != NULL && named->len == 0)
        plain_say(plain, "%s", _("Nobody else is named."));
    if (named == NULL || !may_edit) {
        for (guint i = 0; i < lines->len; i++)
            plain_say(plain, "  %s", (const char *)lines->pdata[i]);
        return FALSE;
    }
    g_ptr_array_add(lines, g_strdup(_("Name one more")));
    int index = plain_choose(
        plain, _("Who else may open the card: whose name is taken away? An empty line goes back."),
        lines);
    if (index == (int)named->len)
        name_one(plain, client_id);
    else if (index >= 0)
        take_away(plain, client_id, named->pdata[index]);
    return index >= 0;
}

void plain_named(Plain *plain, gint64 client_id)
{
    GError *error = NULL;
    const Client *client = plain_open_card(plain, client_id);
    if (client == NULL)
        return;
    if (client->protection == PROTECTION_NONE) {
        plain_say(plain, "%s",
                  _("This client's identity is not protected: all who see clients may open the "
                    "card."));
        return;
    }
    g_autoptr(GPtrArray) all = pick_staff_all(plain->session, &error);
    plain_error(plain, error);
    if (all == NULL)
        return;
    say_assigned(plain, client, all);
    while (!plain->ended && choose_named(plain, client_id, all))
        continue;
}
