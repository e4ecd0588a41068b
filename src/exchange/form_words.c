/* form_words.c: what enableWhen says, in plain words, for somebody who has only the paper. */
#include "exchange/form_words.h"

#include "base/i18n.h"
#include "form/flow.h"

#include <string.h>

struct FormWords {
    const Form *form;
    const char *language;
    GHashTable *numbers;  /* const FormItem * to its number */
    GPtrArray *questions; /* const FormItem *, in order: number n stands at n - 1 */
};

/* --- numbers --- */

static void number_items(FormWords *words, const GPtrArray *items)
{
    for (guint i = 0; i < items->len; i++) {
        const FormItem *item = g_ptr_array_index(items, i);
        if (item->type == ITEM_GROUP) {
            number_items(words, item->items);
        } else if (item->type != ITEM_DISPLAY) {
            if (item_is_numbered(item))
                g_ptr_array_add(words->questions, (gpointer)item);
            g_hash_table_insert(words->numbers, (gpointer)item,
                                GINT_TO_POINTER(words->questions->len));
        }
    }
}

FormWords *form_words_new(const Form *form, const char *language)
{
    FormWords *words = g_new0(FormWords, 1);
    words->form = form;
    words->language = language;
    words->numbers = g_hash_table_new(NULL, NULL);
    words->questions = g_ptr_array_new();
    number_items(words, form->items);
    return words;
}

void form_words_free(FormWords *words)
{
    if (words == NULL)
        return;
    g_hash_table_unref(words->numbers);
    g_ptr_array_unref(words->questions);
    g_free(words);
}

int form_words_number(const FormWords *words, const FormItem *item)
{
    return GPOINTER_TO_INT(g_hash_table_lookup(words->numbers, item));
}

/* --- conditions --- */

/* What one condition says; %d is the question's number, %s the answer. */
static const char *condition_pattern(const FormWhen *when, ItemType type)
{
    const gboolean day = type == ITEM_DATE || type == ITEM_TIME;
    switch (when->operator) {
    case WHEN_EXISTS:
        return g_strcmp0(when->answer, "false") == 0 ? N_("question %d has no answer")
                                                     : N_("question %d has an answer");
    case WHEN_EQ:
        return N_("the answer to question %d is %s");
    case WHEN_NE:
        return N_("the answer to question %d is something else than %s");
    case WHEN_GT:
        return day ? N_("the answer to question %d is later than %s")
                   : N_("the answer to question %d is more than %s");
    case WHEN_LT:
        return day ? N_("the answer to question %d is earlier than %s")
                   : N_("the answer to question %d is less than %s");
    case WHEN_GE:
        return day ? N_("the answer to question %d is %s or later")
                   : N_("the answer to question %d is %s or more");
    case WHEN_LE:
        return day ? N_("the answer to question %d is %s or earlier")
                   : N_("the answer to question %d is %s or less");
    }
    return N_("question %d has an answer");
}

/* "”Ja”", "18", "1 juli 2025". New. */
static char *answer_words(const FormWords *words, const FormItem *asked, const char *answer)
{
    Answer given = {.kind = ANSWER_VALUE, .value = (char *)answer};
    char *text = flow_value_text(asked, &given, words->language);
    if (asked->type != ITEM_BOOLEAN && asked->type != ITEM_CHOICE &&
        asked->type != ITEM_OPEN_CHOICE)
        return text;
    char *quoted = g_strdup_printf(i18n_text_in(words->language, N_("“%s”")), text);
    g_free(text);
    return quoted;
}

/* Several answers to one question make one condition: "is “A” or “B”", "is something else than “A”
 * or “B”". */
static gboolean are_one(const FormItem *item, const FormWhen *first, const FormWhen *other)
{
    return strcmp(first->question, other->question) == 0 &&
           first->operator== other->operator&&((item->enable_any && first->operator== WHEN_EQ) ||
                                               (!item->enable_any && first->operator== WHEN_NE));
}

/* "Has an answer" need not be said beside a condition on that answer, which says it too. */
static gboolean goes_without_saying(const FormItem *item, const FormWhen *when)
{
    if (when->operator!= WHEN_EXISTS || g_strcmp0(when->answer, "false") == 0 || item->enable_any)
        return FALSE;
    for (guint i = 0; i < item->enable_when->len; i++) {
        const FormWhen *other = g_ptr_array_index(item->enable_when, i);
        if (other->operator!= WHEN_EXISTS && strcmp(other->question, when->question) == 0)
            return TRUE;
    }
    return FALSE;
}

/* Puts `more` behind `text` by "%s and %s" or its like; takes both. */
static char *joined(const FormWords *words, char *text, char *more, const char *pattern)
{
    if (text == NULL)
        return more;
    char *both = g_strdup_printf(i18n_text_in(words->language, pattern), text, more);
    g_free(text);
    g_free(more);
    return both;
}

/* The condition number `at` with those that are one with it; NULL when it has been said. New. */
static char *one_condition(const FormWords *words, const FormItem *item, guint at)
{
    const FormWhen *when = g_ptr_array_index(item->enable_when, at);
    const FormItem *asked = form_item(words->form, when->question);
    if (asked == NULL || goes_without_saying(item, when))
        return NULL;
    for (guint i = 0; i < at; i++)
        if (are_one(item, g_ptr_array_index(item->enable_when, i), when))
            return NULL;
    const char *pattern = i18n_text_in(words->language, condition_pattern(when, asked->type));
    const int number = form_words_number(words, asked);
    if (when->operator== WHEN_EXISTS)
        return g_strdup_printf(pattern, number);
    g_autofree char *answers = answer_words(words, asked, when->answer);
    for (guint i = at + 1; i < item->enable_when->len; i++) {
        const FormWhen *other = g_ptr_array_index(item->enable_when, i);
        if (are_one(item, when, other))
            answers =
                joined(words, answers, answer_words(words, asked, other->answer), N_("%s or %s"));
    }
    return g_strdup_printf(pattern, number, answers);
}

static char *all_conditions(const FormWords *words, const FormItem *item)
{
    char *text = NULL;
    for (guint i = 0; i < item->enable_when->len; i++) {
        char *one = one_condition(words, item, i);
        if (one != NULL)
            text = joined(words, text, one, item->enable_any ? N_("%s or %s") : N_("%s and %s"));
    }
    return text;
}

/* The first and last number of the questions in the group; 0 when it has none. */
static void number_range(const FormWords *words, const FormItem *group, int *first, int *last)
{
    for (guint i = 0; i < group->items->len; i++) {
        const FormItem *item = g_ptr_array_index(group->items, i);
        const int number = form_words_number(words, item);
        if (item->type == ITEM_GROUP)
            number_range(words, item, first, last);
        else if (number > 0)
            *last = number;
        if (*first == 0)
            *first = *last;
    }
}

char *form_words_condition(const FormWords *words, const FormItem *item)
{
    g_autofree char *text = all_conditions(words, item);
    const char *language = words->language;
    int first = 0, last = 0;
    if (text == NULL)
        return NULL;
    if (item->type == ITEM_DISPLAY)
        return g_strdup_printf(i18n_text_in(language, N_("If %s:")), text);
    if (item->type == ITEM_GROUP)
        number_range(words, item, &first, &last);
    if (last > first)
        return g_strdup_printf(i18n_text_in(language, N_("Answer questions %d–%d only if %s.")),
                               first, last, text);
    return g_strdup_printf(i18n_text_in(language, N_("Answer only if %s.")), text);
}

/* --- where to go on --- */

static gboolean repeats_somewhere(const FormItem *item)
{
    for (const FormItem *at = item->parent; at != NULL; at = at->parent)
        if (at->repeats)
            return TRUE;
    return FALSE;
}

/* Whether the item, or a group around it, is asked only when `question` has the answer `answer`. */
static gboolean hangs_on(const FormItem *item, const char *question, const char *answer)
{
    for (const FormItem *at = item; at != NULL; at = at->parent) {
        if (at->enable_any && at->enable_when->len > 1)
            continue;
        for (guint i = 0; i < at->enable_when->len; i++) {
            const FormWhen *when = g_ptr_array_index(at->enable_when, i);
            if (when->operator== WHEN_EQ && strcmp(when->question, question) == 0 &&
                g_strcmp0(when->answer, answer) == 0)
                return TRUE;
        }
    }
    return FALSE;
}

char *form_words_skip(const FormWords *words, const FormItem *item)
{
    const guint after = (guint)form_words_number(words, item); /* its own place, and one more */
    if (item->type != ITEM_BOOLEAN || repeats_somewhere(item) || after >= words->questions->len)
        return NULL;
    const FormItem *next = g_ptr_array_index(words->questions, after);
    const gboolean yes = hangs_on(next, item->link_id, "true");
    if (!yes && !hangs_on(next, item->link_id, "false"))
        return NULL;
    guint at = after;
    while (at < words->questions->len &&
           hangs_on(g_ptr_array_index(words->questions, at), item->link_id, yes ? "true" : "false"))
        at++;
    if (at >= words->questions->len)
        return NULL;
    const char *answer = form_text_in(yes ? "Nej" : "Ja", words->language);
    return g_strdup_printf(
        i18n_text_in(words->language, N_("If the answer is “%s”: go to question %d.")), answer,
        (int)at + 1);
}

/* --- fills --- */

#define BLANK "______________"

/* The bytes of a fill that `text` begins with; 0 when it does not. */
static gsize fill_length(const char *text)
{
    static const char *const FILLS[] = {"{client}", "{client.first}", "{staff}",
                                        "{unit}",   "{respondent}",   "{today}"};
    for (gsize i = 0; i < G_N_ELEMENTS(FILLS); i++)
        if (g_str_has_prefix(text, FILLS[i]))
            return strlen(FILLS[i]);
    return 0;
}

/* Whether the name stands alone behind a greeting of at most two words: "Hej {client.first}!",
 * "Thank you, {client.first}." */
static gboolean is_greeted(const char *text, gsize before, const char *behind)
{
    int words = 0;
    for (gsize i = before; i > 0 && strchr(".!?:\n", text[i - 1]) == NULL; i--)
        words += text[i - 1] != ' ' && (i == before || text[i] == ' ');
    return words >= 1 && words <= 2 && *behind != '\0' && strchr(".!,", *behind) != NULL;
}

char *form_words_blank(const FormWords *words, const char *text, gboolean greeting)
{
    const char *translated = form_text_in(text != NULL ? text : "", words->language);
    GString *filled = g_string_new(NULL);
    for (const char *at = translated; *at != '\0';) {
        const gsize length = fill_length(at);
        if (length == 0) {
            g_string_append_c(filled, *at++);
            continue;
        }
        const gboolean left_out = greeting && g_str_has_prefix(at, "{client.first}") &&
                                  is_greeted(translated, (gsize)(at - translated), at + length);
        while (left_out && filled->len > 0 && strchr(" ,", filled->str[filled->len - 1]) != NULL)
            g_string_truncate(filled, filled->len - 1);
        if (!left_out)
            g_string_append(filled, BLANK);
        at += length;
    }
    return g_string_free(filled, FALSE);
}
