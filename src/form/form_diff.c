/* form_diff.c: the difference between two versions of a form, in sentences. */
#include "form/form_diff.h"

#include "base/i18n.h"
#include "base/text.h"

#include <string.h>

#define SHOWN 80 /* columns of a text that is told */

typedef struct {
    GPtrArray *sentences;
    GHashTable *before, *after; /* linkId to const FormItem * */
} Diff;

static void tell(Diff *diff, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void tell(Diff *diff, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_ptr_array_add(diff->sentences, g_strdup_vprintf(format, arguments));
    va_end(arguments);
}

/* A form's text on one line, in the program's language. New. */
static char *shown(const char *text)
{
    g_autofree char *line = text_display(form_text(text));
    return text_truncate(line, SHOWN);
}

static char *name_of(const FormItem *item)
{
    return shown(item->text != NULL ? item->text : item->link_id);
}

/* --- options --- */

static void compare_option(Diff *diff, const char *name, const FormOption *before,
                           const FormOption *after)
{
    g_autofree char *old_text = shown(before->display), *new_text = shown(after->display);
    char key[7] = "";
    if (strcmp(before->display, after->display) != 0)
        tell(diff, _("The option “%s” of “%s” is now worded “%s”."), old_text, name, new_text);
    g_unichar_to_utf8(after->key, key);
    if (before->key != after->key && after->key != 0)
        tell(diff, _("The option “%s” of “%s” is now chosen with the key %s."), new_text, name,
             key);
}

static void compare_options(Diff *diff, const char *name, const FormItem *before,
                            const FormItem *after)
{
    for (guint i = 0; i < after->options->len; i++) {
        const FormOption *option = after->options->pdata[i];
        const FormOption *old = form_option(before, option->code);
        g_autofree char *text = shown(option->display);
        if (old == NULL)
            tell(diff, _("“%s” has the new option “%s”."), name, text);
        else
            compare_option(diff, name, old, option);
    }
    for (guint i = 0; i < before->options->len; i++) {
        const FormOption *option = before->options->pdata[i];
        g_autofree char *text = shown(option->display);
        if (form_option(after, option->code) == NULL)
            tell(diff, _("“%s” no longer has the option “%s”."), name, text);
    }
}

/* --- conditions and rules --- */

static gboolean same_conditions(const FormItem *before, const FormItem *after)
{
    gboolean same = before->enable_when->len == after->enable_when->len &&
                    (before->enable_any == after->enable_any || after->enable_when->len < 2);
    for (guint i = 0; same && i < after->enable_when->len; i++) {
        const FormWhen *old = before->enable_when->pdata[i], *new = after->enable_when->pdata[i];
        same = old->operator== new->operator&& strcmp(old->question, new->question) == 0 &&
               strcmp(old->answer, new->answer) == 0;
    }
    return same;
}

static gboolean same_rules(const GPtrArray *before, const GPtrArray *after)
{
    gboolean same = before->len == after->len;
    for (guint i = 0; same && i < after->len; i++) {
        const FormRule *old = before->pdata[i], *new = after->pdata[i];
        same = old->operator== new->operator&& strcmp(old->answer, new->answer) == 0 &&
               strcmp(old->text, new->text) == 0;
    }
    return same;
}

/* --- items --- */

const char *item_type_words(ItemType type, const char *language)
{
    static const char *const WORDS[] = {
        [ITEM_GROUP] = N_("a section"),
        [ITEM_DISPLAY] = N_("a text to read"),
        [ITEM_BOOLEAN] = N_("yes or no"),
        [ITEM_CHOICE] = N_("a choice"),
        [ITEM_OPEN_CHOICE] = N_("a choice or own words"),
        [ITEM_INTEGER] = N_("a whole number"),
        [ITEM_DECIMAL] = N_("a number"),
        [ITEM_DATE] = N_("a date"),
        [ITEM_TIME] = N_("a time"),
        [ITEM_STRING] = N_("a short text"),
        [ITEM_TEXT] = N_("a longer text"),
    };
    return i18n_text_in(language, WORDS[type]);
}

/* How it must be answered, and how many times. */
static void compare_demands(Diff *diff, const char *name, const FormItem *before,
                            const FormItem *after)
{
    gboolean must = after->required || after->statutory;
    if (must != (before->required || before->statutory))
        tell(diff,
             must ? _("“%s” must now be answered.") : _("“%s” need not be answered any more."),
             name);
    if (after->statutory && !before->statutory)
        tell(diff, _("The law asks for the answer to “%s”."), name);
    if (before->follow_up != after->follow_up)
        tell(diff,
             after->follow_up ? _("“%s” now goes on with the question above it.")
                              : _("“%s” is now a question with a number of its own."),
             name);
    if (before->max != after->max && after->max > 0)
        tell(diff,
             ngettext("“%s” may now have at most %d answer.",
                      "“%s” may now have at most %d answers.", (gulong)after->max),
             name, after->max);
    if (before->repeats == after->repeats)
        return;
    if (item_is_choice(after))
        tell(diff,
             after->repeats ? _("“%s” may now have several answers.")
                            : _("“%s” now has one answer only."),
             name);
    else if (after->type == ITEM_GROUP)
        tell(diff,
             after->repeats ? _("“%s” may now be filled in several times.")
                            : _("“%s” is now filled in once only."),
             name);
}

static const char *parent_of(const FormItem *item)
{
    return item->parent != NULL ? item->parent->link_id : NULL;
}

static void compare_item(Diff *diff, const FormItem *before, const FormItem *after)
{
    g_autofree char *old_name = name_of(before), *name = name_of(after);
    if (g_strcmp0(before->text, after->text) != 0)
        tell(diff, _("“%s” is now worded “%s”."), old_name, name);
    if (before->type != after->type)
        tell(diff, _("“%s” was %s and is now %s."), name,
             item_type_words(before->type, i18n_language()),
             item_type_words(after->type, i18n_language()));
    if (g_strcmp0(before->help, after->help) != 0)
        tell(diff,
             after->help != NULL ? _("“%s” has another help text.")
                                 : _("“%s” has no help text any more."),
             name);
    compare_demands(diff, name, before, after);
    compare_options(diff, name, before, after);
    if (!same_conditions(before, after))
        tell(diff, _("“%s” is asked under other conditions."), name);
    if (!same_rules(before->constraints, after->constraints) ||
        !same_rules(before->warnings, after->warnings))
        tell(diff, _("The answer to “%s” is checked in another way."), name);
    if (g_strcmp0(before->initial, after->initial) != 0)
        tell(diff, _("“%s” begins with another answer."), name);
    if (g_strcmp0(parent_of(before), parent_of(after)) != 0)
        tell(diff, _("“%s” stands in another section."), name);
}

static void tell_new(Diff *diff, const FormItem *item)
{
    g_autofree char *name = name_of(item);
    if (item->type == ITEM_GROUP)
        tell(diff, _("The section “%s” is new."), name);
    else if (item->type == ITEM_DISPLAY)
        tell(diff, _("The text “%s” is new."), name);
    else
        tell(diff, _("The question “%s” is new."), name);
}

static void tell_gone(Diff *diff, const FormItem *item)
{
    g_autofree char *name = name_of(item);
    if (item->type == ITEM_GROUP)
        tell(diff, _("The section “%s” has been taken away."), name);
    else if (item->type == ITEM_DISPLAY)
        tell(diff, _("The text “%s” has been taken away."), name);
    else
        tell(diff, _("The question “%s” has been taken away."), name);
}

/* --- the whole form --- */

/* All items, groups before what is in them. */
static void gather(const GPtrArray *items, GPtrArray *into, GHashTable *by_link_id)
{
    for (guint i = 0; i < items->len; i++) {
        FormItem *item = items->pdata[i];
        g_ptr_array_add(into, item);
        g_hash_table_insert(by_link_id, item->link_id, item);
        gather(item->items, into, by_link_id);
    }
}

/* The first item from `at` on that the other version has too; NULL at the end. */
static const FormItem *next_common(const GPtrArray *items, GHashTable *other, guint *at)
{
    while (*at < items->len) {
        const FormItem *item = items->pdata[(*at)++];
        if (g_hash_table_contains(other, item->link_id))
            return item;
    }
    return NULL;
}

static gboolean same_order(const Diff *diff, const GPtrArray *before, const GPtrArray *after)
{
    guint old_at = 0, new_at = 0;
    for (;;) {
        const FormItem *old = next_common(before, diff->after, &old_at);
        const FormItem *new = next_common(after, diff->before, &new_at);
        if (old == NULL || new == NULL)
            return TRUE;
        if (strcmp(old->link_id, new->link_id) != 0)
            return FALSE;
    }
}

static void compare_head(Diff *diff, const Form *before, const Form *after)
{
    g_autofree char *old_title = shown(before->title), *new_title = shown(after->title);
    if (strcmp(before->title, after->title) != 0)
        tell(diff, _("The form was called “%s” and is now called “%s”."), old_title, new_title);
    if (g_strcmp0(before->opening, after->opening) != 0)
        tell(diff, "%s", _("The text read aloud at the start is another."));
    if (g_strcmp0(before->closing, after->closing) != 0)
        tell(diff, "%s", _("The text at the end is another."));
    if (g_strcmp0(before->respondent, after->respondent) != 0)
        tell(diff, "%s", _("The form is answered by somebody else."));
}

GPtrArray *form_diff(const Form *before, const Form *after)
{
    g_autoptr(GPtrArray) old_items = g_ptr_array_new();
    g_autoptr(GPtrArray) new_items = g_ptr_array_new();
    g_autoptr(GHashTable) old_ids = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) new_ids = g_hash_table_new(g_str_hash, g_str_equal);
    Diff diff = {
        .sentences = g_ptr_array_new_with_free_func(g_free), .before = old_ids, .after = new_ids};
    gather(before->items, old_items, old_ids);
    gather(after->items, new_items, new_ids);
    compare_head(&diff, before, after);
    for (guint i = 0; i < new_items->len; i++) {
        const FormItem *item = new_items->pdata[i];
        const FormItem *old = g_hash_table_lookup(old_ids, item->link_id);
        if (old == NULL)
            tell_new(&diff, item);
        else
            compare_item(&diff, old, item);
    }
    if (!same_order(&diff, old_items, new_items))
        tell(&diff, "%s", _("The questions come in another order."));
    for (guint i = 0; i < old_items->len; i++) {
        const FormItem *item = old_items->pdata[i];
        if (!g_hash_table_contains(new_ids, item->link_id))
            tell_gone(&diff, item);
    }
    return diff.sentences;
}
