/* completion_names.c: people and languages by what they are called in a form. Pure. */
#include "care/completion/completion_names_private.h"

#include <string.h>

#include <unicode/uloc.h>
#include <unicode/ustring.h>

#include "base/i18n.h"
#include "base/text.h"
#include "care/unit/session_private.h"
#include "care/unit/staff.h"

/* --- staff by name ---------------------------------------------------------------------------- */

static gboolean folds_to(const char *text, const char *folded)
{
    g_autofree char *mine = text != NULL ? text_fold(text) : NULL;
    return mine != NULL && *mine != '\0' && strcmp(mine, folded) == 0;
}

/* Whether every word of `words` is one of the name's. */
static gboolean has_words(const char *name, char **words)
{
    g_auto(GStrv) mine = text_fold_words(name);
    for (; *words != NULL; words++)
        if (!g_strv_contains((const char *const *)mine, *words))
            return FALSE;
    return TRUE;
}

gint64 staff_called(const GPtrArray *staff, const char *name, gboolean exact)
{
    g_autofree char *folded = text_fold(name);
    g_auto(GStrv) words = text_fold_words(name);
    gint64 whole = 0, part = 0;
    int wholes = 0, parts = 0;
    if (words[0] == NULL)
        return 0;
    for (guint i = 0; i < staff->len; i++) {
        const Staff *one = g_ptr_array_index(staff, i);
        if (!one->active)
            continue;
        if (folds_to(one->name, folded) || folds_to(one->login, folded) ||
            folds_to(one->code, folded)) {
            whole = one->id;
            wholes++;
        } else if (has_words(one->name, words)) {
            part = one->id;
            parts++;
        }
    }
    if (wholes > 0 || exact)
        return wholes == 1 ? whole : 0;
    return parts == 1 ? part : 0;
}

char **names_in(const char *text)
{
    static const char *const BETWEEN[] = {" och ", " and ", " ja ", "&", ";", "\n"};
    g_autoptr(GString) names = g_string_new(text);
    g_autoptr(GStrvBuilder) found = g_strv_builder_new();
    for (gsize i = 0; i < G_N_ELEMENTS(BETWEEN); i++)
        g_string_replace(names, BETWEEN[i], ",", 0);
    g_auto(GStrv) parts = g_strsplit(names->str, ",", -1);
    for (char **part = parts; *part != NULL; part++) {
        g_autofree char *name = care_line(*part);
        if (name != NULL)
            g_strv_builder_add(found, name);
    }
    return g_strv_builder_end(found);
}

/* --- languages by name ------------------------------------------------------------------------ */

/* What language `code` is called in `language`; NULL: it has no name there. New. */
static char *name_in(const char *code, const char *language)
{
    UChar name[64];
    char utf8[sizeof name * 3];
    UErrorCode status = U_ZERO_ERROR;
    uloc_getDisplayLanguage(code, language, name, G_N_ELEMENTS(name), &status);
    if (U_FAILURE(status) || status == U_USING_DEFAULT_WARNING)
        return NULL;
    u_strToUTF8(utf8, sizeof utf8, NULL, name, -1, &status);
    return U_SUCCESS(status) ? g_strdup(utf8) : NULL;
}

static gboolean is_called(const char *code, const char *language, const char *folded)
{
    g_autofree char *name = name_in(code, language);
    return name != NULL && folds_to(name, folded);
}

char *language_word(const char *code)
{
    for (const char *const *known = uloc_getISOLanguages(); *known != NULL; known++)
        if (strlen(*known) == 2 && g_str_equal(*known, code))
            return name_in(code, i18n_language());
    return NULL;
}

char *language_code_of(const char *words)
{
    static const char *const IN[] = {"sv", "en", "fi"};
    g_autofree char *folded = text_fold(words);
    if (*folded == '\0')
        return NULL;
    for (const char *const *code = uloc_getISOLanguages(); *code != NULL; code++) {
        if (strlen(*code) != 2)
            continue;
        if (is_called(*code, *code, folded))
            return g_strdup(*code);
        for (gsize i = 0; i < G_N_ELEMENTS(IN); i++)
            if (is_called(*code, IN[i], folded))
                return g_strdup(*code);
    }
    return NULL;
}
