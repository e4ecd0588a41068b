/* flow_parse.c: what was typed, as a value. */
#include "form/flow_private.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

/* Twelve digits before the point and nine after are kept exactly by a double and as text. */
#define LARGEST 1e12

/* --- numbers and times --- */

/* Blanks between groups of three digits are left out: "1 200" → "1200". New; NULL for others. */
static char *without_groups(const char *typed)
{
    g_autofree char *line = text_display(typed);
    GString *plain = g_string_new(NULL);
    gboolean good = TRUE;
    for (const char *at = g_strstrip(line); *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (!g_unichar_isspace(c)) {
            g_string_append_unichar(plain, c);
            continue;
        }
        const char *next = g_utf8_next_char(at);
        good = good && plain->len > 0 && g_ascii_isdigit(plain->str[plain->len - 1]) &&
               strspn(next, "0123456789") == 3;
    }
    if (!good)
        g_string_truncate(plain, 0);
    return g_string_free(plain, plain->len == 0);
}

static char *parse_number(const char *typed, gboolean whole)
{
    double number = 0;
    char buffer[64];
    g_autofree char *plain = without_groups(typed);
    if (plain == NULL || !text_parse_number(plain, &number) || fabs(number) >= LARGEST ||
        (whole && strpbrk(plain, ".,") != NULL))
        return NULL;
    g_ascii_formatd(buffer, sizeof buffer, "%.9f", number);
    char *end = buffer + strlen(buffer);
    while (end[-1] == '0')
        end--;
    end -= end[-1] == '.';
    *end = '\0';
    return g_strdup(strcmp(buffer, "-0") == 0 ? "0" : buffer);
}

static char *parse_date(const char *typed, Date today)
{
    char buffer[DATE_SIZE];
    Date date = date_parse_words(typed, today);
    return date == DATE_NONE ? NULL : g_strdup(date_format(date, buffer));
}

/* "kl. 8.30" is a time, too. */
static char *parse_time(const char *typed)
{
    static const char *const AHEAD[] = {"klockan", "kello", "klo", "kl", "at"};
    char buffer[TIME_SIZE];
    g_autofree char *line = text_display(typed);
    g_autofree char *small = g_utf8_strdown(g_strstrip(line), -1);
    const char *at = small;
    for (gsize i = 0; i < G_N_ELEMENTS(AHEAD) && at == small; i++)
        if (g_str_has_prefix(small, AHEAD[i]))
            at += strlen(AHEAD[i]);
    if (at > small)
        at += strspn(at, ". ");
    int minutes = time_parse(at);
    return minutes < 0 ? NULL : g_strdup(time_format(minutes, buffer));
}

static char *parse_boolean(const char *typed)
{
    static const char *const YES[] = {"ja", "j", "yes", "y", "kyllä", "k", "true", NULL};
    static const char *const NO[] = {"nej", "n", "no", "ei", "e", "false", NULL};
    g_autofree char *folded = text_fold(typed);
    if (g_strv_contains(YES, folded))
        return g_strdup("true");
    return g_strv_contains(NO, folded) ? g_strdup("false") : NULL;
}

/* --- choices --- */

static gboolean has_digit_key(const FormItem *item)
{
    for (guint i = 0; i < item->options->len; i++) {
        const FormOption *option = g_ptr_array_index(item->options, i);
        if (g_unichar_isdigit(option->key))
            return TRUE;
    }
    return FALSE;
}

static const FormOption *find_option(const FormItem *item, const char *typed)
{
    gunichar key = g_unichar_tolower(g_utf8_get_char(typed));
    if (g_utf8_strlen(typed, -1) == 1)
        for (guint i = 0; i < item->options->len; i++) {
            const FormOption *option = g_ptr_array_index(item->options, i);
            if (option->key == key)
                return option;
        }
    const FormOption *option = form_option_by_text(item, typed);
    guint64 place;
    if (option == NULL && !has_digit_key(item) &&
        g_ascii_string_to_unsigned(typed, 10, 1, item->options->len, &place, NULL))
        option = g_ptr_array_index(item->options, place - 1);
    return option;
}

typedef struct {
    const FormItem *item;
    GHashTable *chosen; /* FormOption * */
    GString *own;       /* what no option has, joined by commas */
} Choosing;

/* One word or name; FALSE when no option has it. */
static gboolean choose(Choosing *choosing, const char *part)
{
    const FormOption *option = find_option(choosing->item, part);
    if (option != NULL)
        g_hash_table_add(choosing->chosen, (gpointer)option);
    return option != NULL;
}

/* "m o k" is three options when each word is one. */
static gboolean choose_words(Choosing *choosing, const char *part)
{
    g_auto(GStrv) words = g_strsplit(part, " ", -1);
    for (char **word = words; *word != NULL; word++)
        if (find_option(choosing->item, *word) == NULL)
            return FALSE;
    for (char **word = words; *word != NULL; word++)
        choose(choosing, *word);
    return TRUE;
}

static char *chosen_value(const Choosing *choosing)
{
    GString *value = g_string_new(NULL);
    for (guint i = 0; i < choosing->item->options->len; i++) {
        FormOption *option = g_ptr_array_index(choosing->item->options, i);
        if (g_hash_table_contains(choosing->chosen, option))
            g_string_append_printf(value, "%s%s", value->len > 0 ? " " : "", option->code);
    }
    if (choosing->own->len > 0)
        g_string_append_printf(value, "%s=%s", value->len > 0 ? " " : "", choosing->own->str);
    return g_string_free(value, value->len == 0);
}

static char *parse_several(const FormItem *item, const char *line)
{
    g_autoptr(GHashTable) chosen = g_hash_table_new(NULL, NULL);
    g_autoptr(GString) own = g_string_new(NULL);
    Choosing choosing = {item, chosen, own};
    g_auto(GStrv) parts = g_strsplit_set(line, ",;", -1);
    for (char **part = parts; *part != NULL; part++) {
        g_strstrip(*part);
        if ((*part)[0] == '\0' || choose(&choosing, *part) || choose_words(&choosing, *part))
            continue;
        if (item->type != ITEM_OPEN_CHOICE)
            return NULL;
        g_string_append_printf(own, "%s%s", own->len > 0 ? ", " : "", *part);
    }
    return chosen_value(&choosing);
}

static char *parse_choice(const FormItem *item, const char *typed)
{
    g_autofree char *line = text_display(typed);
    g_strstrip(line);
    if (line[0] == '\0')
        return NULL;
    const FormOption *option = find_option(item, line);
    if (option != NULL)
        return g_strdup(option->code);
    if (item->repeats)
        return parse_several(item, line);
    return item->type == ITEM_OPEN_CHOICE ? g_strconcat("=", line, NULL) : NULL;
}

/* --- texts --- */

static char *parse_text(const char *typed, gboolean one_line)
{
    g_autofree char *text = one_line ? text_display(typed) : text_clean(typed);
    g_strchomp(text);
    if (one_line)
        g_strchug(text);
    return text[0] == '\0' ? NULL : g_steal_pointer(&text);
}

char *flow_parse(const Flow *flow, const FormItem *item, const char *typed)
{
    switch (item->type) {
    case ITEM_BOOLEAN:
        return parse_boolean(typed);
    case ITEM_CHOICE:
    case ITEM_OPEN_CHOICE:
        return parse_choice(item, typed);
    case ITEM_INTEGER:
    case ITEM_DECIMAL:
        return parse_number(typed, item->type == ITEM_INTEGER);
    case ITEM_DATE:
        return parse_date(typed, flow->today);
    case ITEM_TIME:
        return parse_time(typed);
    case ITEM_STRING:
    case ITEM_TEXT:
        return parse_text(typed, item->type == ITEM_STRING);
    case ITEM_GROUP:
    case ITEM_DISPLAY:
        break;
    }
    return NULL;
}
