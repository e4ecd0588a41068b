/* text_name.c: names as they are stored to be searched, and as they are searched for. */
#include "base/text.h"

#include <string.h>

/* As somebody types it who has no å ä ö but knows what they are in passports and abroad. NULL where
 * the text has none of them. New. */
static char *in_pairs(const char *folded)
{
    if (g_str_is_ascii(folded))
        return NULL;
    g_autoptr(GString) pairs = g_string_new(folded);
    guint found = g_string_replace(pairs, "å", "aa", 0);
    found += g_string_replace(pairs, "ä", "ae", 0);
    found += g_string_replace(pairs, "ö", "oe", 0);
    return found > 0 ? g_strdup(pairs->str) : NULL;
}

char **text_name_beginnings(const char *name)
{
    g_auto(GStrv) words = text_fold_words(name);
    g_autoptr(GStrvBuilder) beginnings = g_strv_builder_new();
    for (char **word = words; *word != NULL; word++) {
        g_autofree char *rest = g_strjoinv("", word);
        g_autofree char *bare = text_fold_bare(rest), *pairs = in_pairs(rest);
        g_strv_builder_add(beginnings, rest);
        if (bare != NULL)
            g_strv_builder_add(beginnings, bare);
        if (pairs != NULL)
            g_strv_builder_add(beginnings, pairs);
    }
    return g_strv_builder_end(beginnings);
}

/* What stands within one name: O'Brien, Sara-Lena. */
static gboolean joins(gunichar c)
{
    return c == '-' || c == '\'' || c == '`' || c == 0xAD || c == 0xB4 || c == 0x2032 ||
           c == 0x2212 || (c >= 0x2010 && c <= 0x2015) || (c >= 0x2018 && c <= 0x201B);
}

static gboolean parts(gunichar c)
{
    return g_unichar_isspace(c) || (g_unichar_ispunct(c) && !joins(c));
}

static void add_term(GStrvBuilder *terms, const char *from, const char *to)
{
    g_autofree char *typed = g_strndup(from, (gsize)(to - from));
    g_auto(GStrv) words = text_fold_words(typed);
    g_autofree char *term = g_strjoinv("", words);
    if (*term != '\0')
        g_strv_builder_add(terms, term);
}

char **text_name_terms(const char *typed)
{
    g_autoptr(GStrvBuilder) terms = g_strv_builder_new();
    g_autofree char *clean = text_clean(typed);
    const char *from = clean;
    for (const char *at = clean; *at != '\0'; at = g_utf8_next_char(at)) {
        if (!parts(g_utf8_get_char(at)))
            continue;
        add_term(terms, from, at);
        from = g_utf8_next_char(at);
    }
    add_term(terms, from, from + strlen(from));
    return g_strv_builder_end(terms);
}

gboolean text_name_has(const char *name, char *const *terms)
{
    g_auto(GStrv) beginnings = text_name_beginnings(name);
    for (; *terms != NULL; terms++) {
        gboolean found = FALSE;
        for (char **one = beginnings; *one != NULL && !found; one++)
            found = g_str_has_prefix(*one, *terms);
        if (!found)
            return FALSE;
    }
    return TRUE;
}
