/* fhir_text.c: the texts, words and extensions of a Questionnaire. */
#include "exchange/fhir_read_private.h"

#include "base/i18n.h"
#include "base/text.h"

#include <string.h>

#define MAX_WORD 100 /* bytes; what the form's loader takes */
#define MAX_SLUG 60

/* --- translations --- */

typedef struct {
    char *language, *content;
} Translation;

static void translation_free(Translation *translation)
{
    g_free(translation->language);
    g_free(translation->content);
    g_free(translation);
}

static gboolean read_translation(FhirReader *reader, JsonObject *extension, const char *path,
                                 const char *url, gpointer into)
{
    char **slot = g_str_equal(url, "lang")      ? &((Translation *)into)->language
                  : g_str_equal(url, "content") ? &((Translation *)into)->content
                                                : NULL;
    if (slot == NULL || *slot != NULL)
        return FALSE;
    *slot = fhir_extension_text(reader, extension, path,
                                g_str_equal(url, "lang") ? "valueCode" : "valueString");
    return TRUE;
}

/* Into a GPtrArray of Translation *. */
static gboolean read_beside(FhirReader *reader, JsonObject *extension, const char *path,
                            const char *url, gpointer into)
{
    static const char *const members[] = {"url", "extension", NULL};
    if (!g_str_equal(url, FHIR_TRANSLATION))
        return FALSE;
    fhir_tell_others(&reader->input, extension, path, members);
    Translation *translation = g_new0(Translation, 1);
    g_ptr_array_add(into, translation);
    fhir_read_extensions(reader, extension, path, read_translation, translation);
    if (translation->language == NULL || translation->content == NULL) {
        fhir_tell(&reader->input, path, "%s", FHIR_TRANSLATION);
        g_ptr_array_remove(into, translation);
    }
    return TRUE;
}

/* "sv-SE" is Swedish. */
static gboolean is_language(const char *tag, const char *language)
{
    return g_ascii_strncasecmp(tag, language, 2) == 0 && (tag[2] == '\0' || tag[2] == '-');
}

/* Tells of what the catalogue does not say itself. */
static void tell_translation(FhirReader *reader, const char *path, const char *text,
                             const char *language, const char *content)
{
    char code[3] = "";
    g_strlcpy(code, language, sizeof code);
    g_autofree char *clean = text_clean(form_text_in(text, code));
    g_strstrip(clean);
    if (strcmp(clean, content) != 0)
        fhir_tell(&reader->input, path,
                  _("the translation into “%s” is not in the forms' catalogue: %s"), language,
                  content);
}

static char *choose_swedish(FhirReader *reader, const char *path, const char *text,
                            const GPtrArray *translations)
{
    const Translation *swedish = NULL;
    for (guint i = 0; i < translations->len; i++) {
        const Translation *translation = translations->pdata[i];
        if (!is_language(reader->language, "sv") && is_language(translation->language, "sv") &&
            swedish == NULL)
            swedish = translation;
    }
    const char *chosen = swedish != NULL ? swedish->content : text;
    for (guint i = 0; i < translations->len; i++) {
        const Translation *translation = translations->pdata[i];
        if (translation != swedish)
            tell_translation(reader, path, chosen, translation->language, translation->content);
    }
    if (swedish != NULL)
        tell_translation(reader, path, chosen, reader->language, text);
    return g_strdup(chosen);
}

char *fhir_get_translated(FhirReader *reader, JsonObject *object, const char *path,
                          const char *member)
{
    static const char *const members[] = {"extension", NULL};
    g_autofree char *beside = g_strconcat("_", member, NULL);
    g_autofree char *at = g_strdup_printf("%s.%s", path, beside);
    g_autofree char *text = fhir_get_text(&reader->input, object, path, member);
    JsonObject *element = fhir_get_object(&reader->input, object, path, beside);
    if (text == NULL) {
        fhir_tell_member(&reader->input, object, path, beside);
        return NULL;
    }
    g_autoptr(GPtrArray) translations =
        g_ptr_array_new_with_free_func((GDestroyNotify)translation_free);
    if (element != NULL) {
        fhir_tell_others(&reader->input, element, at, members);
        fhir_read_extensions(reader, element, at, read_beside, translations);
    }
    return choose_swedish(reader, at, text, translations);
}

/* --- words --- */

static gboolean is_word(const char *text)
{
    if (text[0] == '\0' || text[0] == '=' || strlen(text) > MAX_WORD)
        return FALSE;
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at))
        if (!g_unichar_isgraph(g_utf8_get_char(at)))
            return FALSE;
    return TRUE;
}

static char *slug(const char *text)
{
    g_autofree char *folded = text_fold(text);
    g_strstrip(folded);
    for (char *at = folded; *at != '\0'; at++)
        *at = *at == ' ' ? '-' : *at;
    char *end = folded;
    while (*end != '\0' && g_utf8_next_char(end) - folded <= MAX_SLUG)
        end = g_utf8_next_char(end);
    while (end > folded && end[-1] == '-')
        end--;
    *end = '\0';
    return folded[0] == '\0' ? g_strdup("x") : g_steal_pointer(&folded);
}

char *fhir_word(const char *text, GHashTable *taken)
{
    g_autofree char *base = is_word(text) ? g_strdup(text) : slug(text);
    if (!g_hash_table_contains(taken, base)) {
        g_hash_table_insert(taken, g_strdup(base), GUINT_TO_POINTER(2));
        return g_steal_pointer(&base);
    }
    g_autofree char *stem = strlen(base) > MAX_SLUG ? slug(base) : g_strdup(base);
    guint number = MAX(GPOINTER_TO_UINT(g_hash_table_lookup(taken, stem)), 2u);
    g_autofree char *word = g_strdup_printf("%s-%u", stem, number);
    while (g_hash_table_contains(taken, word)) {
        g_free(word);
        word = g_strdup_printf("%s-%u", stem, ++number);
    }
    g_hash_table_insert(taken, g_strdup(stem), GUINT_TO_POINTER(number + 1));
    g_hash_table_insert(taken, g_strdup(word), GUINT_TO_POINTER(2));
    return g_steal_pointer(&word);
}

/* --- extensions --- */

void fhir_read_extensions(FhirReader *reader, JsonObject *object, const char *path,
                          FhirExtensionReader read, gpointer into)
{
    static const char *const members[] = {"url", NULL};
    guint length;
    JsonArray *extensions =
        fhir_get_array(&reader->input, object, path, "extension", &length);
    if (json_object_has_member(object, "modifierExtension"))
        fhir_fault(&reader->input, path,
                   _("A modifierExtension changes the meaning in a way that is not known "
                     "here. Remove it if the questionnaire says the same without it."));
    for (guint i = 0; i < length; i++) {
        g_autofree char *at = NULL;
        JsonObject *extension =
            fhir_get_element(&reader->input, extensions, i, path, "extension", &at);
        if (extension == NULL)
            continue;
        g_autofree char *url = fhir_get_text(&reader->input, extension, at, "url");
        if (url != NULL && read(reader, extension, at, url, into))
            continue;
        fhir_tell(&reader->input, at, "%s", url != NULL ? url : "?");
        fhir_tell_others(&reader->input, extension, at, members);
    }
}

char *fhir_extension_text(FhirReader *reader, JsonObject *extension, const char *path,
                          const char *member)
{
    const char *const members[] = {"url", member, NULL};
    fhir_tell_others(&reader->input, extension, path, members);
    return fhir_get_text(&reader->input, extension, path, member);
}

char *fhir_extension_translated(FhirReader *reader, JsonObject *extension, const char *path)
{
    static const char *const members[] = {"url", "valueString", "_valueString", NULL};
    fhir_tell_others(&reader->input, extension, path, members);
    return fhir_get_translated(reader, extension, path, "valueString");
}

gboolean fhir_extension_flag(FhirReader *reader, JsonObject *extension, const char *path)
{
    static const char *const members[] = {"url", "valueBoolean", NULL};
    fhir_tell_others(&reader->input, extension, path, members);
    return fhir_get_flag(&reader->input, extension, path, "valueBoolean");
}
