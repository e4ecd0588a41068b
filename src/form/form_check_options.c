/* form_check_options.c: the options of a choice: each has its own code and key, and no two read
 * alike. */
#include "form/form_check_private.h"

#include "base/i18n.h"
#include "base/text.h"

/* In which an option's displayed text is also recognised by form_option_by_text(). */
static const char *const LANGUAGES[] = {"en", "fi"};

/* `codes` and `keys` hold the options before this one. */
static gboolean check_code_and_key(FormCheck *check, const FormItem *item, FormOption *option,
                                   GHashTable *codes, GHashTable *keys)
{
    const FormOption *other = g_hash_table_lookup(codes, option->code);
    if (other != NULL)
        return check_fault(check, item, option->line,
                           _("The code “%s” also stands on line %d. Give each option its own."),
                           option->code, other->line);
    g_hash_table_insert(codes, option->code, option);
    if (option->code[0] == '=')
        return check_fault(
            check, item, option->line,
            _("A code does not begin with “=”, the mark of an answer in own words. Choose "
              "another code."));
    if (option->exclusive && !item->repeats)
        return check_fault(
            check, item, option->line,
            _("“exclusive” has a meaning only where several options may be chosen. Remove "
              "it, or add “repeats: true” to the item."));
    if (option->key == 0)
        return TRUE;
    other = g_hash_table_lookup(keys, GUINT_TO_POINTER(option->key));
    if (other != NULL) {
        char key[7] = "";
        g_unichar_to_utf8(option->key, key);
        return check_fault(
            check, item, option->line,
            _("The key “%s” already chooses “%s” (line %d). Choose another letter or "
              "digit."),
            key, other->code, other->line);
    }
    g_hash_table_insert(keys, GUINT_TO_POINTER(option->key), option);
    return TRUE;
}

/* Remembers a spelling; the option that has it already is returned when it is another one. */
static const FormOption *remember(FormItem *item, FormOption *option, const char *spelling)
{
    g_autofree char *folded = text_fold(spelling);
    const FormOption *other = g_hash_table_lookup(item->by_text, folded);
    if (other != NULL)
        return other == option ? NULL : other;
    if (folded[0] != '\0')
        g_hash_table_insert(item->by_text, g_steal_pointer(&folded), option);
    return NULL;
}

static gboolean remember_own(FormCheck *check, FormItem *item, FormOption *option,
                             const char *spelling)
{
    const FormOption *other = remember(item, option, spelling);
    return other == NULL ||
           check_fault(
               check, item, option->line,
               _("“%s” reads the same as a spelling of “%s” (line %d), so a file read in could "
                 "mean either. Remove one of them."),
               spelling, other->code, other->line);
}

/* Translations come after the file's own spellings: a unit's words always win. */
static void remember_translations(FormCheck *check, FormItem *item)
{
    for (gsize l = 0; l < G_N_ELEMENTS(LANGUAGES); l++)
        for (guint i = 0; i < item->options->len; i++) {
            FormOption *option = g_ptr_array_index(item->options, i);
            const char *text = form_text_in(option->display, LANGUAGES[l]);
            const FormOption *other = remember(item, option, text);
            if (other != NULL && check->warnings != NULL)
                g_ptr_array_add(
                    check->warnings,
                    g_strdup_printf(_("%s, line %d: In the language “%s” the options “%s” and "
                                      "“%s” both read “%s”. Give them different translations."),
                                    check->file, option->line, LANGUAGES[l], other->code,
                                    option->code, text));
        }
}

gboolean form_check_options(FormCheck *check, FormItem *item)
{
    if (!item_is_choice(item) && item->options->len > 0)
        return check_fault(check, item, item->line,
                           _("Only a choice has options. Change the type to “choice”, or remove "
                             "“answerOption”."));
    if (!item_is_choice(item))
        return TRUE;
    if (item->options->len == 0)
        return check_fault(
            check, item, item->line,
            _("A choice without options cannot be answered. Add “answerOption” with at "
              "least one."));
    g_autoptr(GHashTable) codes = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) keys = g_hash_table_new(NULL, NULL);
    item->by_text = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < item->options->len; i++) {
        FormOption *option = g_ptr_array_index(item->options, i);
        if (!check_code_and_key(check, item, option, codes, keys) ||
            !remember_own(check, item, option, option->code) ||
            !remember_own(check, item, option, option->display))
            return FALSE;
        for (guint a = 0; a < option->alias->len; a++)
            if (!remember_own(check, item, option, g_ptr_array_index(option->alias, a)))
                return FALSE;
    }
    remember_translations(check, item);
    return TRUE;
}
