/* client.c: finding a client, and what is done with the card, as lines. */
#include "cmd/plain/plain.h"

#include "base/i18n.h"
#include "care/client/client.h"
#include "care/client/client_guard.h"
#include "care/client/client_reason.h"
#include "care/unit/audit.h"

enum { CLIENTS_MOST = 20 };

void plain_change_client(Plain *plain, gint64 client_id)
{
    if (plain_edit_client(plain, client_id) != 0)
        g_clear_pointer(&plain->card, client_free);
}

void plain_new_client(Plain *plain, gint64 unused)
{
    (void)unused;
    gint64 id = plain_edit_client(plain, 0);
    if (id != 0)
        plain_client(plain, id);
}

/* FALSE when the card stays closed. */
static gboolean give_reason(Plain *plain, gint64 client_id)
{
    GError *error = NULL;
    g_autofree char *words = NULL;
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    for (Reason reason = 0; reason < REASON_COUNT; reason++)
        g_ptr_array_add(lines, g_strdup(reason_name(reason)));
    int reason = plain_choose(plain, _("A colleague's client: why do you need the card today?"), lines);
    if (reason == REASON_OTHER)
        words = plain_ask(plain, _("Why do you need to open the card today?"));
    if (reason < 0 || (reason == REASON_OTHER && words == NULL))
        return FALSE;
    gboolean given =
        client_give_reason(plain->session, client_id, (Reason)reason, words, &error);
    plain_error(plain, error);
    return given;
}

void plain_client(Plain *plain, gint64 client_id)
{
    static const PlainEntry MENU[] = {
        {N_("The card"), PERMIT_CLIENT_READ, plain_card},
        {N_("Visits, to come and past"), PERMIT_CLIENT_READ, plain_visits_of},
        {N_("New visit"), PERMIT_VISIT_RECORD, plain_new_visit},
        {N_("New series of visits"), PERMIT_VISIT_RECORD, plain_new_series},
        {N_("End a series of visits"), PERMIT_VISIT_RECORD, plain_end_series},
        {N_("Another worker for a series"), PERMIT_VISIT_RECORD, plain_hand_series},
        {N_("Away: holiday, hospital, pause"), PERMIT_VISIT_RECORD, plain_absences},
        {N_("Plan of two questions"), PERMIT_WALK, plain_plan_of},
        {N_("Forms, begun and completed"), PERMIT_WALK, plain_forms_of},
        {N_("New form"), PERMIT_WALK, plain_new_form},
        {N_("Placements and interviews"), PERMIT_INTERVIEW, plain_placements},
        {N_("Journal"), PERMIT_WALK, plain_journal},
        {N_("Consents and decisions"), PERMIT_WALK, plain_grounds},
        {N_("Groups"), PERMIT_CLIENT_EDIT, plain_groups_of},
        {N_("Quotes for the meeting"), PERMIT_WALK, plain_quotes},
        {N_("What the person says is wrong"), PERMIT_VISIT_RECORD, plain_disputes},
        {N_("The visits on paper"), PERMIT_CLIENT_READ, plain_visits_paper},
        {N_("Change the details"), PERMIT_CLIENT_EDIT, plain_change_client},
        {N_("The help ends, or the client comes here again"), PERMIT_CLIENT_EDIT, plain_closing},
        {N_("Log of who has read what"), PERMIT_CLIENT_READ, plain_client_log},
        {N_("File for the client, of every reading"), PERMIT_CLIENT_READ, plain_client_log_file},
        {N_("Who else may open it"), PERMIT_CLIENT_READ, plain_named},
        {N_("Note on risk"), PERMIT_CLIENT_READ, plain_risk},
        {N_("Two cards again"), PERMIT_CLIENT_EDIT, plain_unmerge},
    };
    GError *error = NULL;
    if (client_by_reason(plain->session, client_id) && !give_reason(plain, client_id))
        return;
    /* Logged, and refused where the card may not be opened. */
    Client *client = client_open(plain->session, client_id, &error);
    if (client == NULL) {
        plain_error(plain, error);
        return;
    }
    if (audit_unlogged(plain->session) != NULL)
        plain_say(plain, "%s", audit_unlogged(plain->session));
    g_autofree char *question =
        client->protection != PROTECTION_NONE
            ? g_strdup_printf("%s, %s", client->name, protection_name(client->protection))
            : g_strdup(client->name);
    Client *outer = plain->card;
    plain->card = client;
    plain_menu(plain, question, MENU, G_N_ELEMENTS(MENU), client_id);
    client_free(plain->card);
    plain->card = outer;
}

/* "Anna Berg, född 1980-02-01, sekretessmarkering". New. */
static char *client_line(const ClientRow *row)
{
    char date[DATE_SIZE];
    g_autoptr(GString) text = g_string_new(row->name);
    if (row->birth_date != DATE_NONE)
        g_string_append_printf(text, _(", born %s"), date_format(row->birth_date, date));
    if (row->protection != PROTECTION_NONE)
        g_string_append_printf(text, ", %s", protection_name(row->protection));
    if (standing_name(row->standing) != NULL)
        g_string_append_printf(text, ", %s", standing_name(row->standing));
    return g_strdup(text->str);
}

gint64 plain_find_client(Plain *plain)
{
    GError *error = NULL;
    g_autofree char *search = plain_ask(plain, _("Name or number, the beginning is enough:"));
    if (search == NULL || *search == '\0')
        return 0;
    g_autoptr(GPtrArray) found =
        client_list_own_first(plain->session, search, NULL, CLIENTS_MOST, &error);
    if (found == NULL) {
        plain_error(plain, error);
        return 0;
    }
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < found->len; i++)
        g_ptr_array_add(lines, client_line(found->pdata[i]));
    if (found->len == 0) {
        plain_refuse(plain, _("Nobody is found by %s. Try another beginning."), search);
        return 0;
    }
    if (found->len == CLIENTS_MOST)
        plain_say(plain, _("The first %d are shown. Type more of the name to see others."),
                  CLIENTS_MOST);
    int index = plain_choose(plain, _("Which client? An empty line goes back."), lines);
    return index >= 0 ? ((const ClientRow *)found->pdata[index])->id : 0;
}

void plain_clients(Plain *plain, gint64 unused)
{
    (void)unused;
    const gint64 id = plain_find_client(plain);
    if (id != 0)
        plain_client(plain, id);
}
