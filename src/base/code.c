/* code.c: enumerations that are stored as a code and said as a word. */
#include "base/code.h"

#include <string.h>

#include "base/i18n.h"

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
