/* client_merge_field.c: the fields of a card that can be chosen when two are made one. */
#include "care/client/client_merge_field.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_event.h"
#include "care/client/client_private.h"

static const struct {
    const char *code;
    int row; /* of client_rows.h, which has it in words */
} FIELDS[MERGE_FIELD_COUNT] = {
    [MERGE_NAME] = {"name", CLIENT_ROW_NAME},
    [MERGE_ID_NUMBER] = {"id_number", CLIENT_ROW_ID},
    [MERGE_BIRTH_DATE] = {"birth_date", CLIENT_ROW_BIRTH},
    [MERGE_SEX] = {"sex", CLIENT_ROW_SEX},
    [MERGE_PHONE] = {"phone", CLIENT_ROW_PHONE},
    [MERGE_EMAIL] = {"email", CLIENT_ROW_EMAIL},
    [MERGE_ADDRESS] = {"address", CLIENT_ROW_ADDRESS},
    [MERGE_CONTACT] = {"contact", CLIENT_ROW_CONTACT},
    [MERGE_LANGUAGE] = {"language", CLIENT_ROW_LANGUAGE},
    [MERGE_INTERPRETER] = {"interpreter", CLIENT_ROW_INTERPRETER},
    [MERGE_NUMBER] = {"number", CLIENT_ROW_NUMBER},
    [MERGE_SUPPORT_WORKER] = {"support_worker_id", CLIENT_ROW_WORKER},
    [MERGE_CASE_OFFICER] = {"case_officer_id", CLIENT_ROW_OFFICER},
    [MERGE_MANDATE] = {"mandate_to", CLIENT_ROW_MANDATE},
};

const char *client_merge_field_code(MergeField field)
{
    return FIELDS[field].code;
}

int client_merge_field_parse(const char *code)
{
    for (int field = 0; field < MERGE_FIELD_COUNT; field++)
        if (g_str_equal(FIELDS[field].code, code))
            return field;
    return -1;
}

const char *client_merge_field_name(MergeField field)
{
    return client_field_name(FIELDS[field].code);
}

/* Where a text of the card is kept; NULL: it is none. */
static char **text_of(Client *client, MergeField field)
{
    switch (field) {
    case MERGE_NAME:
        return &client->name;
    case MERGE_ID_NUMBER:
        return &client->id_number;
    case MERGE_PHONE:
        return &client->phone;
    case MERGE_EMAIL:
        return &client->email;
    case MERGE_ADDRESS:
        return &client->address;
    case MERGE_CONTACT:
        return &client->contact;
    case MERGE_LANGUAGE:
        return &client->language;
    case MERGE_NUMBER:
        return &client->number;
    default:
        return NULL;
    }
}

static char *number_or_null(gint64 number)
{
    return number != 0 ? g_strdup_printf("%" G_GINT64_FORMAT, number) : NULL;
}

char *client_merge_value(const Client *client, MergeField field)
{
    char day[DATE_SIZE];
    char *const *text = text_of((Client *)client, field);
    if (text != NULL)
        return g_strdup(*text);
    switch (field) {
    case MERGE_BIRTH_DATE:
        return g_strdup(date_or_null(client->birth_date, day));
    case MERGE_MANDATE:
        return g_strdup(date_or_null(client->mandate_to, day));
    case MERGE_SEX:
        return client->sex != SEX_UNKNOWN ? g_strdup(sex_code(client->sex)) : NULL;
    case MERGE_INTERPRETER:
        return number_or_null(client->interpreter != FALSE);
    case MERGE_SUPPORT_WORKER:
        return number_or_null(client->support_worker_id);
    default:
        return number_or_null(client->case_officer_id);
    }
}

static void set_text(Client *client, MergeField field, char **text, const char *value)
{
    IdNumber id;
    g_free(*text);
    *text = g_strdup(value);
    if (field != MERGE_ID_NUMBER)
        return;
    client->id_kind = ID_NONE;
    if (value != NULL && idnumber_parse(value, clock_today(), &id))
        client->id_kind = id.kind;
}

void client_merge_set_value(Client *client, MergeField field, const char *value)
{
    char **text = text_of(client, field);
    const gint64 number = value != NULL ? g_ascii_strtoll(value, NULL, 10) : 0;
    if (text != NULL)
        set_text(client, field, text, value);
    else if (field == MERGE_BIRTH_DATE)
        client->birth_date = value != NULL ? date_parse(value) : DATE_NONE;
    else if (field == MERGE_MANDATE)
        client->mandate_to = value != NULL ? date_parse(value) : DATE_NONE;
    else if (field == MERGE_SEX && !sex_parse(value != NULL ? value : "unknown", &client->sex))
        client->sex = SEX_UNKNOWN;
    else if (field == MERGE_INTERPRETER)
        client->interpreter = number != 0;
    else if (field == MERGE_SUPPORT_WORKER)
        client->support_worker_id = number;
    else if (field == MERGE_CASE_OFFICER)
        client->case_officer_id = number;
}

guint client_merge_differing(const Client *kept, const Client *closed)
{
    guint differing = 0;
    for (MergeField field = 0; field < MERGE_FIELD_COUNT; field++) {
        g_autofree char *one = client_merge_value(kept, field);
        g_autofree char *other = client_merge_value(closed, field);
        if (g_strcmp0(one, other) != 0)
            differing |= MERGE_BIT(field);
    }
    return differing;
}

guint client_merge_proposed(const Client *kept, const Client *closed)
{
    guint proposed = client_merge_differing(kept, closed);
    for (MergeField field = 0; field < MERGE_FIELD_COUNT; field++) {
        g_autofree char *one = client_merge_value(kept, field);
        if (one != NULL)
            proposed &= ~MERGE_BIT(field);
    }
    return proposed;
}

char *client_merge_words(const ClientRows *rows, const Client *client, MergeField field)
{
    g_autofree char *value = client_merge_value(client, field);
    if (value == NULL)
        return g_strdup("–");
    if (field == MERGE_ADDRESS && client->protection != PROTECTION_NONE)
        return g_strdup(_("not shown"));
    if (field == MERGE_SEX)
        return g_strdup(sex_name(client->sex));
    if (field == MERGE_INTERPRETER)
        return g_strdup(C_("answer", "yes"));
    return client_rows_value(rows, client, FIELDS[field].row);
}
