/* json_members.h: members of an object in JSON, one call each. */
#pragma once

#include <json-glib/json-glib.h>

#include "base/date.h"

void member_int(JsonBuilder *json, const char *name, gint64 value);
/* NULL is null. */
void member_text(JsonBuilder *json, const char *name, const char *value);
void member_boolean(JsonBuilder *json, const char *name, gboolean value);
/* NAN is null. */
void member_number(JsonBuilder *json, const char *name, double value);
/* "quarter": "2026-Q4", "from" and "to": its days. */
void member_quarter(JsonBuilder *json, int year, int quarter, Date from, Date to);
/* What has been built, laid out for reading, with a line's end. New. */
char *json_text(JsonBuilder *json);
