/* audit_changes.c: what was changed, as the audit log keeps it. */
#include "care/unit/audit.h"

struct AuditChanges {
    GString *json; /* without the closing brace */
};

AuditChanges *audit_changes_new(void)
{
    AuditChanges *changes = g_new0(AuditChanges, 1);
    changes->json = g_string_new("{");
    return changes;
}

void audit_changes_free(AuditChanges *changes)
{
    if (!changes)
        return;
    g_string_free(changes->json, TRUE);
    g_free(changes);
}

gboolean audit_changes_empty(const AuditChanges *changes)
{
    return !changes || changes->json->len == 1;
}

/* A JSON string (RFC 8259, 7): only quote, backslash and control characters need an escape. */
static void append_string(GString *json, const char *text)
{
    g_autofree char *mended = NULL;

    if (!text) {
        g_string_append(json, "null");
        return;
    }
    if (!g_utf8_validate(text, -1, NULL))
        text = mended = g_utf8_make_valid(text, -1);
    g_string_append_c(json, '"');
    for (const char *c = text; *c; c++) {
        if (*c == '"' || *c == '\\')
            g_string_append_c(json, '\\');
        if ((guchar)*c < 0x20)
            g_string_append_printf(json, "\\u%04x", (guint)*c);
        else
            g_string_append_c(json, *c);
    }
    g_string_append_c(json, '"');
}

static void append_field(GString *json, const char *field)
{
    if (json->len > 1)
        g_string_append_c(json, ',');
    append_string(json, field);
    g_string_append_c(json, ':');
}

void audit_changes_text(AuditChanges *changes, const char *field, const char *before,
                        const char *after)
{
    if (g_strcmp0(before, after) == 0)
        return;
    append_field(changes->json, field);
    g_string_append_c(changes->json, '[');
    append_string(changes->json, before);
    g_string_append_c(changes->json, ',');
    append_string(changes->json, after);
    g_string_append_c(changes->json, ']');
}

void audit_changes_date(AuditChanges *changes, const char *field, Date before, Date after)
{
    char from[DATE_SIZE], to[DATE_SIZE];
    audit_changes_text(changes, field, date_or_null(before, from), date_or_null(after, to));
}

void audit_changes_int(AuditChanges *changes, const char *field, gint64 before, gint64 after)
{
    if (before == after)
        return;
    append_field(changes->json, field);
    g_string_append_printf(changes->json, "[%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT "]", before,
                           after);
}

char *audit_changes_json(const AuditChanges *changes)
{
    return audit_changes_empty(changes) ? NULL : g_strconcat(changes->json->str, "}", NULL);
}

char *audit_changes_from(const AuditChanges *changes, gint64 laptop)
{
    if (laptop == 0)
        return audit_changes_json(changes);
    const gboolean empty = audit_changes_empty(changes);
    return g_strdup_printf("%s%s\"laptop\":[null,%" G_GINT64_FORMAT "]}",
                           empty ? "{" : changes->json->str, empty ? "" : ",", laptop);
}
