/* client_rows.c: a client's details as rows of text, and back. */
#include "care/client/client_rows.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/unit/pick.h"

#include <string.h>

gboolean client_rows_init(Session *session, ClientRows *rows, const Client *client, GError **error)
{
    rows->staff = pick_staff(session, error);
    rows->languages = pick_languages();
    rows->address_hidden = client->protection != PROTECTION_NONE && client->address != NULL;
    return rows->staff != NULL;
}

void client_rows_clear(ClientRows *rows)
{
    g_clear_pointer(&rows->staff, g_ptr_array_unref);
    g_clear_pointer(&rows->languages, g_ptr_array_unref);
}

Client *client_rows_new(Session *session)
{
    Client *client = client_new();
    if (session_role(session) == ROLE_CASE_OFFICER)
        client->case_officer_id = session_staff_id(session);
    return client;
}

/* --- to rows ---------------------------------------------------------------------------------- */

static char *number_text(gint64 number)
{
    return g_strdup_printf("%" G_GINT64_FORMAT, number);
}

static const char *language_name(const ClientRows *rows, const char *code)
{
    const PickOption *known = code != NULL ? pick_match(rows->languages, code) : NULL;
    return known != NULL ? known->name : code;
}

/* NULL for nothing. Not owned. */
static const char *text_of(const ClientRows *rows, const Client *client, int row)
{
    switch (row) {
    case CLIENT_ROW_NAME:
        return client->name;
    case CLIENT_ROW_ID:
        return client->id_number;
    case CLIENT_ROW_PHONE:
        return client->phone;
    case CLIENT_ROW_ADDRESS:
        return rows->address_hidden ? NULL : client->address;
    case CLIENT_ROW_CONTACT:
        return client->contact;
    case CLIENT_ROW_LANGUAGE:
        return language_name(rows, client->language);
    case CLIENT_ROW_WORKER:
        return pick_name(rows->staff, client->support_worker_id);
    case CLIENT_ROW_OFFICER:
        return pick_name(rows->staff, client->case_officer_id);
    case CLIENT_ROW_NUMBER:
        return client->number;
    default:
        return client->email;
    }
}

char *client_rows_value(const ClientRows *rows, const Client *client, int row)
{
    char date[DATE_SIZE];
    switch (row) {
    case CLIENT_ROW_INTERPRETER:
        return number_text(client->interpreter != FALSE);
    case CLIENT_ROW_PROTECTION:
        return number_text(client->protection);
    case CLIENT_ROW_BIRTH:
        return g_strdup(date_format(client->birth_date, date));
    case CLIENT_ROW_MANDATE:
        return g_strdup(date_format(client->mandate_to, date));
    case CLIENT_ROW_SEX:
        return number_text(client->sex);
    default: {
        const char *text = text_of(rows, client, row);
        return g_strdup(text != NULL ? text : "");
    }
    }
}

char **client_rows_values(const ClientRows *rows, const Client *client)
{
    char **values = g_new0(char *, CLIENT_ROW_COUNT + 1);
    for (int row = 0; row < CLIENT_ROW_COUNT; row++)
        values[row] = client_rows_value(rows, client, row);
    return values;
}

/* --- from rows -------------------------------------------------------------------------------- */

/* What is taken, and what it is found wrong with. */
typedef struct {
    const ClientRows *rows;
    char *const *values;
    char *const *base; /* may be NULL */
    Client *client;
    const char **faults;
} Taking;

static char *typed(const Taking *taking, int row)
{
    return g_strstrip(g_strdup(taking->values[row]));
}

static int digits_of(const Taking *taking, int row, int otherwise, int most)
{
    guint64 number;
    return g_ascii_string_to_unsigned(taking->values[row], 10, 0, (guint64)most, &number, NULL)
               ? (int)number
               : otherwise;
}

/* NULL for an empty row. */
static void take_text(Taking *taking, int row, char **to)
{
    g_autofree char *text = typed(taking, row);
    g_free(*to);
    *to = text[0] != '\0' ? g_steal_pointer(&text) : NULL;
}

static void take_address(Taking *taking)
{
    g_autofree char *text = typed(taking, CLIENT_ROW_ADDRESS);
    if (taking->rows->address_hidden && text[0] == '\0')
        return;
    take_text(taking, CLIENT_ROW_ADDRESS, &taking->client->address);
    if (taking->rows->address_hidden && strcmp(text, "-") == 0)
        g_clear_pointer(&taking->client->address, g_free);
}

/* Somebody who has left the unit keeps the assignment until another is chosen. */
static void take_staff(Taking *taking, int row, gint64 *id)
{
    g_autofree char *text = typed(taking, row);
    g_autofree char *before = taking->base != NULL
                                  ? g_strdup(taking->base[row])
                                  : client_rows_value(taking->rows, taking->client, row);
    const PickOption *who = pick_match(taking->rows->staff, text);
    if (strcmp(text, before) == 0)
        return;
    if (text[0] != '\0' && who == NULL)
        taking->faults[row] =
            _("Nobody, or more than one, has that name. Type more of it, or leave it empty.");
    else
        *id = who != NULL ? who->value : 0;
}

static void take_language(Taking *taking)
{
    g_autofree char *text = typed(taking, CLIENT_ROW_LANGUAGE);
    const PickOption *language = pick_match(taking->rows->languages, text);
    gboolean code = strlen(text) == 2 && g_ascii_isalpha(text[0]) && g_ascii_isalpha(text[1]);
    if (text[0] != '\0' && language == NULL && !code) {
        taking->faults[CLIENT_ROW_LANGUAGE] =
            _("That language is not in the list. Type more of it, or its two-letter code.");
        return;
    }
    g_free(taking->client->language);
    taking->client->language = text[0] == '\0'    ? NULL
                               : language != NULL ? g_strdup(language->code)
                                                  : g_ascii_strdown(text, 2);
}

static void take_identity(Taking *taking)
{
    IdNumber id;
    take_text(taking, CLIENT_ROW_ID, &taking->client->id_number);
    if (taking->client->id_number != NULL &&
        !idnumber_parse(taking->client->id_number, clock_today(), &id))
        taking->faults[CLIENT_ROW_ID] = idnumber_fault_text(id.fault);
}

static void take_birth(Taking *taking)
{
    g_autofree char *text = typed(taking, CLIENT_ROW_BIRTH);
    Date date = text[0] != '\0' ? date_parse_words(text, clock_today()) : DATE_NONE;
    if (text[0] != '\0' && date == DATE_NONE)
        taking->faults[CLIENT_ROW_BIRTH] = _("Write the date as 1964-08-23.");
    else
        taking->client->birth_date = date;
}

static void take_mandate(Taking *taking)
{
    g_autofree char *text = typed(taking, CLIENT_ROW_MANDATE);
    Date date = text[0] != '\0' ? date_parse_words(text, clock_today()) : DATE_NONE;
    if (text[0] != '\0' && date == DATE_NONE)
        taking->faults[CLIENT_ROW_MANDATE] = _("Write the day as 2027-06-30, or leave it empty.");
    else
        taking->client->mandate_to = date;
}

static gboolean has_fault(const Taking *taking)
{
    for (int row = 0; row < CLIENT_ROW_COUNT; row++)
        if (taking->faults[row] != NULL)
            return TRUE;
    return FALSE;
}

gboolean client_rows_take(const ClientRows *rows, char *const *values, char *const *base,
                          Client *client, const char *faults[CLIENT_ROW_COUNT])
{
    Taking taking = {rows, values, base, client, faults};
    memset(faults, 0, CLIENT_ROW_COUNT * sizeof *faults);
    take_text(&taking, CLIENT_ROW_NAME, &client->name);
    if (client->name == NULL)
        faults[CLIENT_ROW_NAME] = _("A client needs a name.");
    take_identity(&taking);
    take_text(&taking, CLIENT_ROW_PHONE, &client->phone);
    take_address(&taking);
    take_text(&taking, CLIENT_ROW_CONTACT, &client->contact);
    take_language(&taking);
    client->interpreter = digits_of(&taking, CLIENT_ROW_INTERPRETER, FALSE, TRUE) != FALSE;
    client->protection = (Protection)digits_of(&taking, CLIENT_ROW_PROTECTION, PROTECTION_NONE,
                                               PROTECTION_FICTITIOUS);
    take_staff(&taking, CLIENT_ROW_WORKER, &client->support_worker_id);
    take_staff(&taking, CLIENT_ROW_OFFICER, &client->case_officer_id);
    take_text(&taking, CLIENT_ROW_NUMBER, &client->number);
    take_text(&taking, CLIENT_ROW_EMAIL, &client->email);
    take_birth(&taking);
    take_mandate(&taking);
    client->sex = (Sex)digits_of(&taking, CLIENT_ROW_SEX, SEX_UNKNOWN, SEX_OTHER);
    return !has_fault(&taking);
}

/* --- two with one number ---------------------------------------------------------------------- */

char *client_rows_double(Session *session, gint64 client_id, const char *id_number)
{
    gint64 other = 0;
    if (!client_find(session, id_number, NULL, &other, NULL) || other == 0 || other == client_id)
        return NULL;
    ClientRow *row = client_glance(session, other, NULL);
    gboolean hidden = row == NULL || (row->protection != PROTECTION_NONE && row->id_number == NULL);
    char *text = hidden ? g_strdup(_("A client with protected identity has this number already. "
                                     "Ask the team lead."))
                        : g_strdup_printf(_("%s has this number already. Go back and open that "
                                            "card instead, or correct the number."),
                                          row->name);
    client_row_free(row);
    return text;
}
