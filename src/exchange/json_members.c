/* json_members.c: members of an object in JSON. */
#include "exchange/json_members.h"

#include <math.h>

void member_int(JsonBuilder *json, const char *name, gint64 value)
{
    json_builder_set_member_name(json, name);
    json_builder_add_int_value(json, value);
}

void member_text(JsonBuilder *json, const char *name, const char *value)
{
    json_builder_set_member_name(json, name);
    if (value != NULL)
        json_builder_add_string_value(json, value);
    else
        json_builder_add_null_value(json);
}

void member_boolean(JsonBuilder *json, const char *name, gboolean value)
{
    json_builder_set_member_name(json, name);
    json_builder_add_boolean_value(json, value);
}

void member_number(JsonBuilder *json, const char *name, double value)
{
    json_builder_set_member_name(json, name);
    if (isnan(value))
        json_builder_add_null_value(json);
    else
        json_builder_add_double_value(json, value);
}

void member_quarter(JsonBuilder *json, int year, int quarter, Date from, Date to)
{
    char date[DATE_SIZE];
    g_autofree char *name = g_strdup_printf("%d-Q%d", year, quarter);

    member_text(json, "quarter", name);
    member_text(json, "from", date_format(from, date));
    member_text(json, "to", date_format(to, date));
}

char *json_text(JsonBuilder *json)
{
    g_autoptr(JsonNode) root = json_builder_get_root(json);
    g_autofree char *text = json_to_string(root, TRUE);
    return g_strconcat(text, "\n", NULL);
}
