/* code.c: enumerations that are stored as a code and said as a word. */
#include "base/code.h"

#include <string.h>

#include "base/i18n.h"
#include "base/text.h"

const char *code_of(const CodeWord *table, guint count, guint value)
{
    return value < count ? table[value].code : NULL;
}

const char *code_word(const CodeWord *table, guint count, guint value)
{
    return value < count && table[value].word != NULL ? _(table[value].word) : "";
}

int code_value(const CodeWord *table, guint count, const char *code)
{
    gboolean empty = code == NULL || code[0] == '\0';
    for (guint i = 0; i < count; i++)
        if (table[i].code == NULL ? empty : !empty && strcmp(table[i].code, code) == 0)
            return (int)i;
    return -1;
}

static gboolean is_word(const char *word, const char *folded)
{
    static const char *const LANGUAGES[] = {"sv", "en", "fi"};
    gboolean found = FALSE;
    for (gsize i = 0; word != NULL && i < G_N_ELEMENTS(LANGUAGES) && !found; i++) {
        g_autofree char *other = text_fold(i18n_text_in(LANGUAGES[i], word));
        found = strcmp(other, folded) == 0;
    }
    return found;
}

int code_value_said(const CodeWord *table, guint count, const char *said)
{
    g_autofree char *folded = text_fold(said);
    for (guint i = 0; i < count; i++) {
        g_autofree char *code = table[i].code != NULL ? text_fold(table[i].code) : NULL;
        if (code != NULL && (strcmp(code, folded) == 0 || is_word(table[i].word, folded)))
            return (int)i;
    }
    return -1;
}

char *code_choices(const CodeWord *table, guint count)
{
    GString *choices = g_string_new(NULL);
    for (guint i = 0; i < count; i++) {
        if (table[i].code == NULL)
            continue;
        g_string_append_printf(choices, "%s%s", choices->len > 0 ? ", " : "", table[i].code);
        if (table[i].word != NULL)
            g_string_append_printf(choices, " (%s)", _(table[i].word));
    }
    return g_string_free(choices, FALSE);
}
