/* flow_text.c: answers and forms in words, in the language of the questions.
 *
 * That language may be another than the program's, so the few words of its own that stand here are
 * Swedish and translated as the forms' texts are (po/forms). */
#include "form/flow_private.h"

#include "form/answers_private.h"
#include "form/form_private.h"

#include <string.h>

/* --- fills --- */

typedef struct {
    const char *name; /* "{client}" */
    const char *value;
} Fill;

/* In one pass: what is filled in is not looked at again. */
static char *substitute(const char *text, const Fill *fills, gsize count)
{
    GString *filled = g_string_new(NULL);
    while (*text != '\0') {
        const Fill *found = NULL;
        for (gsize i = 0; i < count && *text == '{' && found == NULL; i++)
            if (g_str_has_prefix(text, fills[i].name))
                found = &fills[i];
        if (found == NULL) {
            g_string_append_c(filled, *text++);
            continue;
        }
        g_string_append(filled, found->value != NULL ? found->value : "…");
        text += strlen(found->name);
    }
    return g_string_free(filled, FALSE);
}

gsize form_fill_length(const char *text)
{
    static const char *const NAMES[] = {"{client}", "{client.first}", "{staff}",
                                        "{unit}",   "{respondent}",   "{today}"};
    for (gsize i = 0; i < G_N_ELEMENTS(NAMES); i++)
        if (g_str_has_prefix(text, NAMES[i]))
            return strlen(NAMES[i]);
    return 0;
}

/* Of "Eva-Lena Karlsson" and of "Karlsson, Eva-Lena". New. */
static char *first_name(const char *name)
{
    if (name == NULL)
        return NULL;
    const char *comma = strchr(name, ',');
    const char *start = comma != NULL ? comma + 1 : name;
    start += strspn(start, " ");
    return g_strndup(start, strcspn(start, " "));
}

char *form_fill(const char *text, const char *language, const FormFills *fills)
{
    const char *translated = form_text_in(text, language);
    if (translated == NULL || strchr(translated, '{') == NULL)
        return g_strdup(translated != NULL ? translated : "");
    g_autofree char *first = first_name(fills->client);
    g_autofree char *today = form_date_text(fills->today, language);
    const Fill known[] = {
        {"{client}", fills->client}, {"{client.first}", first},           {"{staff}", fills->staff},
        {"{unit}", fills->unit},     {"{respondent}", fills->respondent}, {"{today}", today},
    };
    return substitute(translated, known, G_N_ELEMENTS(known));
}

/* --- values --- */

char *form_date_text(Date date, const char *language)
{
    static const char *const WEEKDAYS[] = {"måndag", "tisdag", "onsdag", "torsdag",
                                           "fredag", "lördag", "söndag"};
    static const char *const MONTHS[] = {"januari",   "februari", "mars",     "april",
                                         "maj",       "juni",     "juli",     "augusti",
                                         "september", "oktober",  "november", "december"};
    if (date == DATE_NONE)
        return g_strdup("");
    int year = 0, month = 0, day = 0;
    date_to_ymd(date, &year, &month, &day);
    g_autofree char *day_text = g_strdup_printf("%d", day);
    g_autofree char *year_text = g_strdup_printf("%d", year);
    const Fill parts[] = {
        {"{veckodag}", form_text_in(WEEKDAYS[date_weekday(date) - 1], language)},
        {"{dag}", day_text},
        {"{månad}", form_text_in(MONTHS[month - 1], language)},
        {"{år}", year_text},
    };
    return substitute(form_text_in("{veckodag} {dag} {månad} {år}", language), parts,
                      G_N_ELEMENTS(parts));
}

static char *number_text(const char *value, const char *language)
{
    char *text = g_strdup(value);
    char *point = strchr(text, '.');
    if (point != NULL && strcmp(language, "en") != 0)
        *point = ',';
    return text;
}

static char *choice_text(const FormItem *item, const char *value, const char *language)
{
    const char *own = item->type == ITEM_OPEN_CHOICE ? value_own_words(value) : NULL;
    g_autofree char *codes =
        own == NULL ? g_strdup(value) : g_strndup(value, (gsize)(own - value) - 1);
    g_auto(GStrv) words = g_strsplit(codes, " ", -1);
    GString *text = g_string_new(NULL);
    for (char **word = words; *word != NULL; word++) {
        if ((*word)[0] == '\0')
            continue;
        const FormOption *option = form_option(item, *word);
        g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "",
                               option == NULL ? *word : form_text_in(option->display, language));
    }
    if (own != NULL)
        g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", own);
    return g_string_free(text, FALSE);
}

static char *value_text(const FormItem *item, const char *value, const char *language)
{
    Date date = item->type == ITEM_DATE ? date_parse(value) : DATE_NONE;
    if (date != DATE_NONE)
        return form_date_text(date, language);
    switch (item->type) {
    case ITEM_BOOLEAN:
        return g_strdup(form_text_in(strcmp(value, "true") == 0 ? "Ja" : "Nej", language));
    case ITEM_CHOICE:
    case ITEM_OPEN_CHOICE:
        return choice_text(item, value, language);
    case ITEM_DECIMAL:
        return number_text(value, language);
    default:
        return g_strdup(value);
    }
}

char *flow_value_text(const FormItem *item, const Answer *answer, const char *language)
{
    static const char *const KINDS[] = {
        [ANSWER_UNKNOWN] = "Vet ej",
        [ANSWER_REFUSED] = "Vill inte svara",
        [ANSWER_NOT_ASKED] = "Inte ställd",
    };
    if (answer == NULL || answer->kind == ANSWER_NONE)
        return g_strdup("");
    return answer->kind == ANSWER_VALUE ? value_text(item, answer->value, language)
                                        : g_strdup(form_text_in(KINDS[answer->kind], language));
}
