/* pick.c: a text that stands for one of many. */
#include "care/unit/pick.h"

#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "care/unit/staff.h"

enum { NAMED_MOST = 4 }; /* in a hint */

static void option_free(gpointer data)
{
    PickOption *option = data;
    g_free(option->name);
    g_free(option->code);
    g_free(option);
}

GPtrArray *pick_new(void)
{
    return g_ptr_array_new_with_free_func(option_free);
}

void pick_add(GPtrArray *options, const char *name, const char *code, gint64 value)
{
    PickOption *option = g_new0(PickOption, 1);
    option->name = g_strdup(name);
    option->code = g_strdup(code);
    option->value = value;
    g_ptr_array_add(options, option);
}

static gboolean has_namesake(const GPtrArray *staff, const Staff *person)
{
    for (guint i = 0; i < staff->len; i++) {
        const Staff *other = staff->pdata[i];
        if (other != person && other->active && strcmp(other->name, person->name) == 0)
            return TRUE;
    }
    return FALSE;
}

static GPtrArray *staff_options(Session *session, gboolean all, GError **error)
{
    g_autoptr(GPtrArray) staff = staff_list(session, error);
    if (staff == NULL)
        return NULL;
    GPtrArray *options = pick_new();
    for (guint i = 0; i < staff->len; i++) {
        const Staff *person = staff->pdata[i];
        const char *code = person->code != NULL ? person->code : person->login;
        if (!person->active && !all)
            continue;
        g_autofree char *name = code != NULL && has_namesake(staff, person)
                                    ? g_strdup_printf("%s (%s)", person->name, code)
                                    : g_strdup(person->name);
        pick_add(options, name, code, person->id);
    }
    return options;
}

GPtrArray *pick_staff(Session *session, GError **error)
{
    return staff_options(session, FALSE, error);
}

GPtrArray *pick_staff_all(Session *session, GError **error)
{
    return staff_options(session, TRUE, error);
}

GPtrArray *pick_languages(void)
{
    static const struct {
        const char *code, *name;
    } LANGUAGES[] = {
        {"sq", N_("Albanian")},   {"am", N_("Amharic")},   {"ar", N_("Arabic")},
        {"bs", N_("Bosnian")},    {"bg", N_("Bulgarian")}, {"zh", N_("Chinese")},
        {"da", N_("Danish")},     {"en", N_("English")},   {"et", N_("Estonian")},
        {"fi", N_("Finnish")},    {"fr", N_("French")},    {"el", N_("Greek")},
        {"hr", N_("Croatian")},   {"is", N_("Icelandic")}, {"it", N_("Italian")},
        {"yi", N_("Yiddish")},    {"ku", N_("Kurdish")},   {"lv", N_("Latvian")},
        {"lt", N_("Lithuanian")}, {"nl", N_("Dutch")},     {"no", N_("Norwegian")},
        {"ps", N_("Pashto")},     {"fa", N_("Persian")},   {"pl", N_("Polish")},
        {"pt", N_("Portuguese")}, {"ro", N_("Romanian")},  {"ru", N_("Russian")},
        {"se", N_("Sami")},       {"sr", N_("Serbian")},   {"so", N_("Somali")},
        {"es", N_("Spanish")},    {"sv", N_("Swedish")},   {"th", N_("Thai")},
        {"ti", N_("Tigrinya")},   {"tr", N_("Turkish")},   {"de", N_("German")},
        {"uk", N_("Ukrainian")},  {"hu", N_("Hungarian")}, {"ur", N_("Urdu")},
        {"vi", N_("Vietnamese")},
    };
    GPtrArray *options = pick_new();
    for (gsize i = 0; i < G_N_ELEMENTS(LANGUAGES); i++)
        pick_add(options, _(LANGUAGES[i].name), LANGUAGES[i].code, (gint64)i + 1);
    return options;
}

typedef enum { NOT_MEANT, MAYBE_MEANT, MEANT } Meant;

static Meant is_meant(const PickOption *option, const char *folded, char **typed)
{
    g_autofree char *name = text_fold(option->name);
    g_autofree char *code = text_fold(option->code != NULL ? option->code : "");
    if (strcmp(name, folded) == 0 || strcmp(code, folded) == 0)
        return MEANT;
    g_autofree char *both = g_strconcat(option->name, " ", option->code, NULL);
    return text_name_has(both, typed) ? MAYBE_MEANT : NOT_MEANT;
}

/* Those that `text` may stand for; only one when it is exactly that one. Not owned. */
static GPtrArray *candidates(const GPtrArray *options, const char *text)
{
    GPtrArray *found = g_ptr_array_new();
    g_autofree char *folded = g_strstrip(text_fold(text));
    g_auto(GStrv) typed = text_name_terms(text);
    if (folded[0] == '\0')
        return found;
    for (guint i = 0; i < options->len; i++) {
        Meant meant = is_meant(options->pdata[i], folded, typed);
        if (meant == MEANT) {
            g_ptr_array_set_size(found, 0);
            g_ptr_array_add(found, options->pdata[i]);
            break;
        }
        if (meant == MAYBE_MEANT)
            g_ptr_array_add(found, options->pdata[i]);
    }
    return found;
}

const PickOption *pick_match(const GPtrArray *options, const char *text)
{
    g_autoptr(GPtrArray) found = candidates(options, text);
    return found->len == 1 ? found->pdata[0] : NULL;
}

const char *pick_name(const GPtrArray *options, gint64 value)
{
    for (guint i = 0; i < options->len; i++) {
        const PickOption *option = options->pdata[i];
        if (option->value == value)
            return option->name;
    }
    return "";
}

char *pick_hint(const GPtrArray *options, const char *text)
{
    g_autoptr(GPtrArray) found = candidates(options, text);
    if (found->len == 0)
        return NULL;
    const PickOption *first = found->pdata[0];
    if (found->len == 1)
        return g_strdup_printf("→ %s", first->name);
    GString *hint = g_string_new(NULL);
    for (guint i = 0; i < MIN(found->len, NAMED_MOST); i++) {
        const PickOption *option = found->pdata[i];
        g_string_append_printf(hint, "%s%s", i > 0 ? ", " : "", option->name);
    }
    g_string_append(hint, found->len > NAMED_MOST ? " …" : "");
    g_autofree char *names = g_string_free(hint, FALSE);
    return g_strdup_printf(_("Type more: %s"), names);
}
