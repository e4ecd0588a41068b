/* i18n.c: gettext, told which language to use by LANGUAGE alone.
 *
 * glibc heeds LANGUAGE in every locale but "C", so "C.UTF-8", which is always there, is enough and
 * no locale has to be installed. */
#include "base/i18n.h"

#include <glib.h>
#include <langinfo.h>
#include <locale.h>
#include <string.h>

#include "base/paths.h"

#define DOMAIN "dagsform"
#define FORMS_DOMAIN "dagsform-forms"

/* gettext remembers what it looked up until this counter changes (GNU gettext manual, 11.3). */
extern int _nl_msg_cat_cntr;

static const char *const LANGUAGES[] = {"sv", "en", "fi"};
static const char *current = "sv";

/* The supported language that the first `length` bytes of a locale's name begin with
 * ("sv_SE.UTF-8"), or NULL. */
static const char *find_language(const char *name, gsize length)
{
    for (guint i = 0; i < G_N_ELEMENTS(LANGUAGES); i++) {
        gboolean whole = length == 2 || (length > 2 && strchr("_.@-", name[2]) != NULL);
        if (whole && g_ascii_strncasecmp(name, LANGUAGES[i], 2) == 0)
            return LANGUAGES[i];
    }
    return NULL;
}

/* A list of names ("de:en_GB:sv") is only usual in LANGUAGE but harmless in the others. */
static const char *language_of_environment(void)
{
    static const char *const VARIABLES[] = {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"};
    for (guint i = 0; i < G_N_ELEMENTS(VARIABLES); i++) {
        const char *at = g_getenv(VARIABLES[i]);
        while (at != NULL && *at != '\0') {
            gsize length = strcspn(at, ":");
            const char *language = find_language(at, length);
            if (language != NULL)
                return language;
            at += length + (at[length] == ':' ? 1 : 0);
        }
    }
    return NULL;
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

static void bind_domain(const char *domain)
{
    g_autofree char *folder = g_build_filename(paths_share(), "locale", NULL);
    bindtextdomain(domain, folder);
    bind_textdomain_codeset(domain, "UTF-8");
}

int i18n_init(const char *lang)
{
    const char *language =
        lang != NULL ? find_language(lang, strlen(lang)) : language_of_environment();
    gboolean known = lang == NULL || language != NULL;
    current = language != NULL ? language : "sv";

    choose_locale();
    g_setenv("LANGUAGE", current, TRUE);
    _nl_msg_cat_cntr++;
    bind_domain(DOMAIN);
    bind_domain(FORMS_DOMAIN);
    textdomain(DOMAIN);
    return known;
}

const char *i18n_language(void)
{
    return current;
}

const char *i18n_context(const char *context_and_id, const char *id)
{
    const char *text = gettext(context_and_id);
    return text == context_and_id ? id : text;
}

const char *i18n_form_text(const char *lang, const char *text)
{
    /* The empty msgid is the catalogue's heading; a form's texts are written in Swedish. */
    if (*text == '\0' || strcmp(lang, "sv") == 0)
        return text;
    if (strcmp(lang, current) == 0)
        return dgettext(FORMS_DOMAIN, text);

    g_setenv("LANGUAGE", lang, TRUE);
    _nl_msg_cat_cntr++;
    const char *translated = dgettext(FORMS_DOMAIN, text);
    g_setenv("LANGUAGE", current, TRUE);
    _nl_msg_cat_cntr++;
    return translated;
}
