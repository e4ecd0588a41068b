/* form.c: the parts of a loaded form, and looking things up in it. */
#include "form/form.h"

#include "base/i18n.h"
#include "base/share.h"
#include "base/text.h"
#include "form/form_private.h"

#include <string.h>

/* That a rule can add: a hundred years. */
#define MOST_DAYS 36524

static const char *const TYPE_NAMES[] = {
    [ITEM_GROUP] = "group",
    [ITEM_DISPLAY] = "display",
    [ITEM_BOOLEAN] = "boolean",
    [ITEM_CHOICE] = "choice",
    [ITEM_OPEN_CHOICE] = "open-choice",
    [ITEM_INTEGER] = "integer",
    [ITEM_DECIMAL] = "decimal",
    [ITEM_DATE] = "date",
    [ITEM_TIME] = "time",
    [ITEM_STRING] = "string",
    [ITEM_TEXT] = "text",
};

const char *item_type_name(ItemType type)
{
    return TYPE_NAMES[type];
}

gboolean item_is_choice(const FormItem *item)
{
    return item->type == ITEM_CHOICE || item->type == ITEM_OPEN_CHOICE;
}

gboolean item_is_question(const FormItem *item)
{
    return item->type != ITEM_GROUP && item->type != ITEM_DISPLAY;
}

gboolean item_is_numbered(const FormItem *item)
{
    return item_is_question(item) && !item->follow_up;
}

FormOption *form_option_new(void)
{
    FormOption *option = g_new0(FormOption, 1);
    option->alias = g_ptr_array_new_with_free_func(g_free);
    return option;
}

void form_option_free(FormOption *option)
{
    if (option == NULL)
        return;
    g_free(option->code);
    g_free(option->display);
    g_ptr_array_unref(option->alias);
    g_free(option);
}

void form_when_free(FormWhen *when)
{
    if (when == NULL)
        return;
    g_free(when->question);
    g_free(when->answer);
    g_free(when);
}

void form_rule_free(FormRule *rule)
{
    if (rule == NULL)
        return;
    g_free(rule->answer);
    g_free(rule->text);
    g_free(rule);
}

char *form_rule_reference(const char *answer, int *days)
{
    guint64 count = 0;
    *days = 0;
    if (answer[0] != '=')
        return NULL;
    g_auto(GStrv) words = g_strsplit(answer + 1, " ", 3);
    if (g_strv_length(words) == 3) {
        gboolean plus = g_str_equal(words[1], "+");
        if ((!plus && !g_str_equal(words[1], "-")) ||
            !g_ascii_string_to_unsigned(words[2], 10, 0, MOST_DAYS, &count, NULL))
            return NULL;
        *days = plus ? (int)count : -(int)count;
    }
    return g_strv_length(words) == 2 ? NULL : g_strdup(words[0]);
}

Date form_rule_day(const char *answer, Date today)
{
    static const gsize LENGTH = sizeof "today" - 1;
    guint64 days = 0;
    if (!g_str_has_prefix(answer, "today"))
        return DATE_NONE;
    char sign = answer[LENGTH];
    if (sign == '\0')
        return today;
    if ((sign != '+' && sign != '-') ||
        !g_ascii_string_to_unsigned(answer + LENGTH + 1, 10, 0, MOST_DAYS, &days, NULL))
        return DATE_NONE;
    return sign == '+' ? today + (Date)days : today - (Date)days;
}

static int count_numbered(const GPtrArray *items)
{
    int count = 0;
    for (guint i = 0; i < items->len; i++) {
        const FormItem *item = g_ptr_array_index(items, i);
        count += item_is_numbered(item) + count_numbered(item->items);
    }
    return count;
}

int form_questions(const Form *form)
{
    return count_numbered(form->items);
}

gboolean form_initial_refers(const FormItem *item)
{
    return (item->type == ITEM_STRING || item->type == ITEM_TEXT) && item->initial != NULL &&
           item->initial[0] == '=';
}

FormItem *form_item_new(void)
{
    FormItem *item = g_new0(FormItem, 1);
    item->enable_when = g_ptr_array_new_with_free_func((GDestroyNotify)form_when_free);
    item->options = g_ptr_array_new_with_free_func((GDestroyNotify)form_option_free);
    item->constraints = g_ptr_array_new_with_free_func((GDestroyNotify)form_rule_free);
    item->warnings = g_ptr_array_new_with_free_func((GDestroyNotify)form_rule_free);
    item->items = g_ptr_array_new_with_free_func((GDestroyNotify)form_item_free);
    item->beside = g_ptr_array_new_with_free_func(g_free);
    item->candidates = g_ptr_array_new_with_free_func(g_free);
    return item;
}

void form_item_free(FormItem *item)
{
    if (item == NULL)
        return;
    g_free(item->link_id);
    g_free(item->text);
    g_free(item->help);
    g_free(item->initial);
    g_free(item->maps_to);
    g_free(item->known);
    g_clear_pointer(&item->by_text, g_hash_table_unref);
    g_ptr_array_unref(item->enable_when);
    g_ptr_array_unref(item->options);
    g_ptr_array_unref(item->constraints);
    g_ptr_array_unref(item->warnings);
    g_ptr_array_unref(item->items);
    g_ptr_array_unref(item->beside);
    g_ptr_array_unref(item->candidates);
    g_free(item);
}

Form *form_new(void)
{
    Form *form = g_new0(Form, 1);
    form->items = g_ptr_array_new_with_free_func((GDestroyNotify)form_item_free);
    return form;
}

void form_free(Form *form)
{
    if (form == NULL)
        return;
    g_free(form->name);
    g_free(form->version);
    g_free(form->title);
    g_free(form->source);
    g_free(form->respondent);
    g_free(form->opening);
    g_free(form->opening_on_paper);
    g_free(form->closing);
    g_free(form->hash);
    g_free(form->body);
    g_ptr_array_unref(form->items);
    g_free(form);
}

char *form_find(const char *name, const char *unit_folder)
{
    if (name[0] == '\0' || name[0] == '.' || strchr(name, '/') != NULL)
        return NULL;
    g_autofree char *file = g_strconcat(name, ".yaml", NULL);
    if (unit_folder != NULL) {
        g_autofree char *own = g_build_filename(unit_folder, file, NULL);
        if (g_file_test(own, G_FILE_TEST_EXISTS))
            return g_steal_pointer(&own);
    }
    g_autofree char *shipped = g_build_filename(share_folder(), "dagsform", "forms", file, NULL);
    return g_file_test(shipped, G_FILE_TEST_EXISTS) ? g_steal_pointer(&shipped) : NULL;
}

static const FormItem *find_item(const GPtrArray *items, const char *link_id)
{
    for (guint i = 0; i < items->len; i++) {
        const FormItem *item = g_ptr_array_index(items, i);
        if (strcmp(item->link_id, link_id) == 0)
            return item;
        const FormItem *inside = find_item(item->items, link_id);
        if (inside != NULL)
            return inside;
    }
    return NULL;
}

/* What whoever meets the client may write down by a form. */
static gboolean is_way_to_reach(const char *to)
{
    static const char *const WAYS[] = {"client.phone", "client.email",    "client.address",
                                       "client.contact", "client.language", "client.interpreter",
                                       NULL};
    return g_strv_contains(WAYS, to);
}

static gboolean changes_card(const GPtrArray *items)
{
    for (guint i = 0; items != NULL && i < items->len; i++) {
        const FormItem *item = items->pdata[i];
        const char *to = item->maps_to != NULL ? item->maps_to : "";
        if ((g_str_has_prefix(to, "client.") && !is_way_to_reach(to)) ||
            g_str_has_prefix(to, "decision."))
            return TRUE;
        if (changes_card(item->items))
            return TRUE;
    }
    return FALSE;
}

gboolean form_changes_card(const Form *form)
{
    return changes_card(form->items);
}

const FormItem *form_item(const Form *form, const char *link_id)
{
    return find_item(form->items, link_id);
}

const FormOption *form_option(const FormItem *item, const char *code)
{
    for (guint i = 0; i < item->options->len; i++) {
        const FormOption *option = g_ptr_array_index(item->options, i);
        if (strcmp(option->code, code) == 0)
            return option;
    }
    return NULL;
}

const FormOption *form_option_by_text(const FormItem *item, const char *text)
{
    if (item->by_text == NULL)
        return NULL;
    g_autofree char *folded = text_fold(text);
    return g_hash_table_lookup(item->by_text, folded);
}

const char *form_text(const char *text)
{
    return form_text_in(text, i18n_language());
}

/* An empty msgid would give the catalogue's own heading. */
const char *form_text_in(const char *text, const char *language)
{
    return text == NULL || text[0] == '\0' ? text : i18n_form_text(language, text);
}
