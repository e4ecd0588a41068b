/* i18n.c: which language is spoken, and the catalogues of it.
 *
 * The C library's gettext is not used. It finds a catalogue by the locale, and no locale but
 * C.UTF-8 can be counted on; whether it heeds LANGUAGE in that one differs between versions of
 * glibc. It also speaks one language at a time, while a form is read to a person in another than
 * the program's. Only the makers of catalogues (xgettext, msgmerge, msgfmt) are gettext's. */
#include "base/i18n.h"

#include <langinfo.h>
#include <locale.h>
#include <string.h>

#include "base/catalogue.h"
#include "base/share.h"

static const char *const LANGUAGES[] = {"sv", "en", "fi"};
enum { SWEDISH, ENGLISH, LANGUAGE_COUNT = G_N_ELEMENTS(LANGUAGES), NONE = -1 };

/* Read when a text of it is first asked for, and kept: texts are handed out without a copy. */
typedef struct {
    gboolean looked_for;
    Catalogue *catalogue; /* NULL: there is none, or none that is whole */
} Kept;

/* A domain's msgids are its texts in the language they are written in: there is no catalogue of it. */
typedef struct {
    const char *name;
    int written_in;
    Kept kept[LANGUAGE_COUNT];
} Domain;

static Domain program_texts = {.name = "dagsform", .written_in = ENGLISH};
static Domain form_texts = {.name = "dagsform-forms", .written_in = SWEDISH};
static int current = NONE; /* before i18n_init(): Swedish manners, English texts */

static const Catalogue *catalogue_of(Domain *domain, int language)
{
    if (language == NONE || language == domain->written_in)
        return NULL;
    Kept *kept = &domain->kept[language];
    if (!kept->looked_for) {
        g_autofree char *file = g_strconcat(domain->name, ".mo", NULL);
        g_autofree char *path = g_build_filename(share_folder(), "locale", LANGUAGES[language],
                                                 "LC_MESSAGES", file, NULL);
        kept->catalogue = catalogue_open(path);
        kept->looked_for = TRUE;
    }
    return kept->catalogue;
}

/* `text` itself where there is no translation. */
static const char *text_of(Domain *domain, int language, const char *text)
{
    const Catalogue *catalogue = catalogue_of(domain, language);
    const char *translated = catalogue != NULL ? catalogue_text(catalogue, text) : NULL;
    return translated != NULL ? translated : text;
}

/* The language that the first `length` bytes of a locale's name begin with ("sv_SE.UTF-8"). */
static int find_language(const char *name, gsize length)
{
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        gboolean whole = length == 2 || (length > 2 && strchr("_.@-", name[2]) != NULL);
        if (whole && g_ascii_strncasecmp(name, LANGUAGES[i], 2) == 0)
            return i;
    }
    return NONE;
}

/* A list of names ("de:en_GB:sv") is only usual in LANGUAGE but harmless in the others. */
static int language_of_environment(void)
{
    static const char *const VARIABLES[] = {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"};
    for (guint i = 0; i < G_N_ELEMENTS(VARIABLES); i++) {
        const char *at = g_getenv(VARIABLES[i]);
        while (at != NULL && *at != '\0') {
            gsize length = strcspn(at, ":");
            int language = find_language(at, length);
            if (language != NONE)
                return language;
            at += length + (at[length] == ':' ? 1 : 0);
        }
    }
    return NONE;
}

/* The host's locale if it is a UTF-8 one, because its terminal is set up for that; else C.UTF-8.
 * Numbers are always written and read with a point: text_number() puts the comma. */
static void choose_locale(void)
{
    if (setlocale(LC_ALL, "") == NULL || strcmp(nl_langinfo(CODESET), "UTF-8") != 0) {
        if (setlocale(LC_ALL, "C.UTF-8") == NULL)
            setlocale(LC_ALL, "en_US.UTF-8");
    }
    const char *messages = setlocale(LC_MESSAGES, NULL);
    if (messages == NULL || strcmp(messages, "C") == 0 || strcmp(messages, "POSIX") == 0)
        setlocale(LC_MESSAGES, setlocale(LC_CTYPE, NULL));
    setlocale(LC_NUMERIC, "C");
}

int i18n_init(const char *lang)
{
    int language = lang != NULL ? find_language(lang, strlen(lang)) : language_of_environment();
    gboolean known = lang == NULL || language != NONE;
    current = language != NONE ? language : SWEDISH;

    choose_locale();
    /* For what the libraries say themselves (strerror), where their texts are installed. */
    g_setenv("LANGUAGE", LANGUAGES[current], TRUE);
    return known;
}

const char *i18n_language(void)
{
    return LANGUAGES[current != NONE ? current : SWEDISH];
}

const char *i18n_text(const char *text)
{
    return text_of(&program_texts, current, text);
}

const char *i18n_plural(const char *one, const char *many, gulong n)
{
    const Catalogue *catalogue = catalogue_of(&program_texts, current);
    const char *translated = catalogue != NULL ? catalogue_plural(catalogue, one, n) : NULL;
    if (translated != NULL)
        return translated;
    return n == 1 ? one : many;
}

const char *i18n_context(const char *context_and_id, const char *id)
{
    const char *text = i18n_text(context_and_id);
    return text == context_and_id ? id : text;
}

const char *i18n_form_text(const char *lang, const char *text)
{
    return text_of(&form_texts, find_language(lang, strlen(lang)), text);
}

const char *i18n_text_in(const char *lang, const char *text)
{
    return text_of(&program_texts, find_language(lang, strlen(lang)), text);
}
