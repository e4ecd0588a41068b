/* extract_rows.c: the extract as a document, from its parts to its fields. */
#include "base/i18n.h"
#include "exchange/extract_private.h"

static void field_clear(gpointer data)
{
    ExtractField *field = data;
    g_free(field->label);
    g_free(field->value);
}

static void entry_free(gpointer data)
{
    ExtractEntry *entry = data;
    g_free(entry->title);
    g_array_unref(entry->fields);
    g_free(entry);
}

void extract_part_free(gpointer data)
{
    ExtractPart *part = data;
    g_ptr_array_unref(part->entries);
    g_free(part);
}

ExtractPart *extract_part(Extract *extract, const char *code, const char *title)
{
    ExtractPart *part = g_new0(ExtractPart, 1);
    part->code = code;
    part->title = title;
    part->entries = g_ptr_array_new_with_free_func(entry_free);
    g_ptr_array_add(extract->parts, part);
    return part;
}

ExtractEntry *extract_entry(ExtractPart *part, const char *title)
{
    ExtractEntry *entry = g_new0(ExtractEntry, 1);
    entry->title = g_strdup(title);
    entry->fields = g_array_new(FALSE, FALSE, sizeof(ExtractField));
    g_array_set_clear_func(entry->fields, field_clear);
    g_ptr_array_add(part->entries, entry);
    return entry;
}

static void add(ExtractEntry *entry, const char *code, const char *label, const char *value,
                gboolean words)
{
    const ExtractField field = {code, g_strdup(label), g_strdup(value), words};
    if (value != NULL && *value != '\0')
        g_array_append_val(entry->fields, field);
    else
        g_free(field.label), g_free(field.value);
}

void extract_field(ExtractEntry *entry, const char *code, const char *label, const char *value)
{
    add(entry, code, label, value, FALSE);
}

void extract_date(ExtractEntry *entry, const char *code, const char *label, Date date)
{
    char text[DATE_SIZE];
    if (date != DATE_NONE)
        add(entry, code, label, date_format(date, text), FALSE);
}

void extract_words(ExtractEntry *entry, const char *code, const char *label, const char *value)
{
    add(entry, code, label, value, TRUE);
}

void extract_disputed(const Extract *extract, ExtractEntry *entry, DisputeAbout about, gint64 id,
                      const char *field)
{
    g_autofree char *said = dispute_beside(extract->disputes, about, id, field, i18n_language());
    extract_words(entry, "disputed", _("What you have said is wrong"), said);
}
