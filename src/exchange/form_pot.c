/* form_pot.c: the texts of forms as a template for translators. */
#include "exchange/form_show.h"

#include <string.h>

typedef struct {
    const char *text;
    GPtrArray *places; /* "forms/sip.yaml:12" */
} Entry;

typedef struct {
    const char *file; /* being gathered */
    GPtrArray *entries;
    GHashTable *by_text; /* to Entry * */
} Pot;

static void entry_free(Entry *entry)
{
    g_ptr_array_unref(entry->places);
    g_free(entry);
}

static void add(Pot *pot, const char *text, int line)
{
    if (text == NULL)
        return;
    Entry *entry = g_hash_table_lookup(pot->by_text, text);
    if (entry == NULL) {
        entry = g_new0(Entry, 1);
        entry->text = text;
        entry->places = g_ptr_array_new_with_free_func(g_free);
        g_ptr_array_add(pot->entries, entry);
        g_hash_table_insert(pot->by_text, (gpointer)text, entry);
    }
    g_ptr_array_add(entry->places, g_strdup_printf("%s:%d", pot->file, line));
}

static void add_rules(Pot *pot, const GPtrArray *rules)
{
    for (guint i = 0; i < rules->len; i++) {
        const FormRule *rule = rules->pdata[i];
        add(pot, rule->text, rule->line);
    }
}

static void add_items(Pot *pot, const GPtrArray *items)
{
    for (guint i = 0; i < items->len; i++) {
        const FormItem *item = items->pdata[i];
        add(pot, item->text, item->line);
        add(pot, item->help, item->line);
        for (guint o = 0; o < item->options->len; o++) {
            const FormOption *option = item->options->pdata[o];
            add(pot, option->display, option->line);
        }
        add_rules(pot, item->constraints);
        add_rules(pot, item->warnings);
        add_items(pot, item->items);
    }
}

/* The line of the file on which a field of the form itself begins; 1 where it is not found. */
static int line_of(const Form *form, const char *field)
{
    int line = 1;
    for (const char *at = form->body; at != NULL && *at != '\0'; line++) {
        if (g_str_has_prefix(at, field))
            return line;
        at = strchr(at, '\n');
        at += at != NULL;
    }
    return 1;
}

static void add_form(Pot *pot, const Form *form)
{
    add(pot, form->title, line_of(form, "title:"));
    add(pot, form->opening, line_of(form, "opening:"));
    add(pot, form->opening_on_paper, line_of(form, "openingOnPaper:"));
    add(pot, form->closing, line_of(form, "closing:"));
    add_items(pot, form->items);
}

/* One line of a text in quotation marks, as gettext reads them. */
static void put_line(GString *out, const char *text, gsize length)
{
    g_string_append_c(out, '"');
    for (gsize i = 0; i < length; i++) {
        if (text[i] == '"' || text[i] == '\\')
            g_string_append_c(out, '\\');
        if (text[i] == '\n' || text[i] == '\t')
            g_string_append(out, text[i] == '\n' ? "\\n" : "\\t");
        else
            g_string_append_c(out, text[i]);
    }
    g_string_append(out, "\"\n");
}

static void put_entry(GString *out, const Entry *entry)
{
    g_string_append_c(out, '\n');
    for (guint i = 0; i < entry->places->len; i++)
        g_string_append_printf(out, "#: %s\n", (const char *)entry->places->pdata[i]);
    g_string_append(out, "msgid ");
    if (strchr(entry->text, '\n') != NULL)
        g_string_append(out, "\"\"\n");
    for (const char *at = entry->text; *at != '\0';) {
        const char *end = strchr(at, '\n');
        gsize length = end != NULL ? (gsize)(end - at) + 1 : strlen(at);
        put_line(out, at, length);
        at += length;
    }
    g_string_append(out, "msgstr \"\"\n");
}

char *form_pot(const Form *const *forms, const char *const *files, gsize count)
{
    g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func((GDestroyNotify)entry_free);
    g_autoptr(GHashTable) by_text = g_hash_table_new(g_str_hash, g_str_equal);
    Pot pot = {.entries = entries, .by_text = by_text};
    for (gsize i = 0; i < count; i++) {
        pot.file = files[i];
        add_form(&pot, forms[i]);
    }
    GString *out = g_string_new("msgid \"\"\n"
                                "msgstr \"\"\n"
                                "\"Project-Id-Version: dagsform-forms\\n\"\n"
                                "\"Language: \\n\"\n"
                                "\"MIME-Version: 1.0\\n\"\n"
                                "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
                                "\"Content-Transfer-Encoding: 8bit\\n\"\n");
    for (guint i = 0; i < entries->len; i++)
        put_entry(out, entries->pdata[i]);
    return g_string_free(out, FALSE);
}
