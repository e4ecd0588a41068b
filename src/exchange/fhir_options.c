/* fhir_options.c: the options of a question: answerOption, or a value set in the same file. */
#include "exchange/fhir_read_private.h"

#include "base/i18n.h"

#include <string.h>

#define MAX_OPTIONS 50000 /* in the whole file */

typedef struct {
    FhirReader *reader;
    FhirItem *into;
    GHashTable *taken; /* codes, for fhir_word() */
    GHashTable *keys;  /* gunichar of those before */
    char *system;      /* of the option before; told when it changes */
} Options;

/* A condition names the first of two that are called the same. */
static void remember(GHashTable *names, const char *name, const FormOption *option)
{
    if (name != NULL && !g_hash_table_contains(names, name))
        g_hash_table_insert(names, g_strdup(name), g_strdup(option->code));
}

static FormOption *add_option(Options *options, const char *path, const char *code,
                              const char *display)
{
    FhirReader *reader = options->reader;
    if (++reader->options_read > MAX_OPTIONS) {
        fhir_fault(&reader->input, path,
                   _("The file has more than %d options. Split it into several."), MAX_OPTIONS);
        return NULL;
    }
    FormOption *option = form_option_new();
    const char *given = code != NULL ? code : display;
    option->code = fhir_word(given, options->taken);
    option->display = g_strdup(display != NULL ? display : code);
    if (code != NULL && strcmp(code, option->code) != 0)
        fhir_tell(&reader->input, path, _("the code “%s” is kept as “%s”"), code, option->code);
    remember(options->into->codes, code, option);
    remember(options->into->texts, display, option);
    g_ptr_array_add(options->into->item->options, option);
    return option;
}

/* The system of a code is told once for all options that have it. */
static void tell_system(Options *options, const char *path, const char *system)
{
    if (system == NULL || g_strcmp0(system, options->system) == 0)
        return;
    if (!g_str_has_prefix(system, OWN_FORM ":"))
        fhir_tell(&options->reader->input, path, _("the code system is not kept: %s"), system);
    g_free(options->system);
    options->system = g_strdup(system);
}

/* {system, code, display}, which a Coding and a concept of a value set have. */
static FormOption *read_coding(Options *options, JsonObject *coding, const char *path,
                               const char *const *known)
{
    FhirReader *reader = options->reader;
    g_autofree char *system = NULL, *code = NULL, *display = NULL;
    fhir_tell_others(&reader->input, coding, path, known);
    if (!fhir_get_text(&reader->input, coding, path, "system", &system) ||
        !fhir_get_text(&reader->input, coding, path, "code", &code) ||
        !fhir_get_translated(reader, coding, path, "display", &display))
        return NULL;
    if (code == NULL && display == NULL) {
        fhir_fault(&reader->input, path, _("The option has neither code nor display. Add them."));
        return NULL;
    }
    tell_system(options, path, system);
    return add_option(options, path, code, display);
}

/* --- answerOption --- */

/* "a", "a." and "a)" are the key a; a label that is no key is told. */
static void read_prefix(Options *options, const char *path, const char *label, FormOption *option)
{
    gunichar key = g_unichar_tolower(g_utf8_get_char(label));
    const char *rest = g_utf8_next_char(label);
    gboolean good = g_unichar_isalnum(key) &&
                    (rest[0] == '\0' || g_str_equal(rest, ".") || g_str_equal(rest, ")"));
    if (good && g_hash_table_add(options->keys, GUINT_TO_POINTER(key)))
        option->key = key;
    else
        fhir_tell(&options->reader->input, path, _("the label is not kept as a key: %s"), label);
}

typedef struct {
    Options *options;
    FormOption *option;
} OptionPlace;

static gboolean read_option_extension(FhirReader *reader, JsonObject *extension, const char *path,
                                      const char *url, gpointer into, gboolean *known)
{
    const OptionPlace *place = into;
    FormOption *option = place->option;
    g_autofree char *text = NULL;
    *known = TRUE;
    if (g_str_equal(url, FHIR_OPTION_PREFIX) && option->key == 0) {
        if (!fhir_extension_text(reader, extension, path, "valueString", &text))
            return FALSE;
        if (text != NULL)
            read_prefix(place->options, path, text, option);
        return TRUE;
    }
    if (g_str_equal(url, OWN_ALIAS)) {
        if (!fhir_extension_text(reader, extension, path, "valueString", &text))
            return FALSE;
        if (text != NULL)
            g_ptr_array_add(option->alias, g_steal_pointer(&text));
        return TRUE;
    }
    if (g_str_equal(url, OWN_OFFERS_HELP))
        return fhir_extension_flag(reader, extension, path, &option->offers_help);
    if (g_str_equal(url, OWN_UNIT_CAUSE))
        return fhir_extension_flag(reader, extension, path, &option->unit_cause);
    *known = g_str_equal(url, FHIR_OPTION_EXCLUSIVE) && place->options->into->item->repeats;
    return !*known || fhir_extension_flag(reader, extension, path, &option->exclusive);
}

static FormOption *read_value(Options *options, JsonObject *object, const char *path)
{
    static const char *const members[] = {"system", "code", "display", "_display", NULL};
    FhirReader *reader = options->reader;
    const char *member = fhir_choice_member(object, "value");
    g_autofree char *at = g_strdup_printf("%s.%s", path, member != NULL ? member : "value[x]");
    JsonObject *coding = NULL;
    if (g_strcmp0(member, "valueCoding") == 0) {
        if (!fhir_get_object(&reader->input, object, path, member, &coding))
            return NULL;
        if (coding != NULL)
            return read_coding(options, coding, at, members);
    }
    g_autofree char *plain =
        member != NULL ? fhir_plain(json_object_get_member(object, member)) : NULL;
    if (plain == NULL || plain[0] == '\0') {
        fhir_fault(&reader->input, at,
                   _("The option has no value that can be shown. Give it a valueCoding."));
        return NULL;
    }
    if (!g_str_equal(member, "valueString"))
        return add_option(options, at, NULL, plain);
    g_autofree char *text = NULL;
    if (!fhir_get_translated(reader, object, path, member, &text))
        return NULL;
    FormOption *option = add_option(options, at, NULL, text);
    if (option != NULL)
        remember(options->into->texts, plain, option);
    return option;
}

static gboolean read_option(Options *options, JsonObject *object, const char *path)
{
    FhirReader *reader = options->reader;
    FormItem *item = options->into->item;
    gboolean selected;
    FormOption *option = read_value(options, object, path);
    if (option == NULL ||
        !fhir_get_flag(&reader->input, object, path, "initialSelected", &selected))
        return FALSE;
    const char *value = fhir_choice_member(object, "value");
    g_autofree char *beside = g_strconcat("_", value, NULL);
    const char *known[] = {"extension", value, "initialSelected", NULL, NULL};
    if (g_str_equal(value, "valueString"))
        known[3] = beside;
    fhir_tell_others(&reader->input, object, path, known);
    if (selected && item->initial == NULL)
        item->initial = g_strdup(option->code);
    else if (selected)
        fhir_tell_member(&reader->input, object, path, "initialSelected");
    OptionPlace place = {.options = options, .option = option};
    return fhir_read_extensions(reader, object, path, read_option_extension, &place);
}

/* --- value sets --- */

static gboolean read_concepts(Options *options, JsonObject *holder, const char *path,
                              const char *member, const char *system)
{
    static const char *const members[] = {"system", "code", "display", "_display", NULL};
    FhirReader *reader = options->reader;
    JsonArray *concepts;
    if (!fhir_get_array(&reader->input, holder, path, member, &concepts))
        return FALSE;
    for (guint i = 0; concepts != NULL && i < json_array_get_length(concepts); i++) {
        JsonObject *concept;
        g_autofree char *at = NULL;
        if (!fhir_get_element(&reader->input, concepts, i, path, member, &concept, &at))
            return FALSE;
        tell_system(options, at, system);
        if (read_coding(options, concept, at, members) == NULL)
            return FALSE;
    }
    return TRUE;
}

static gboolean read_compose(Options *options, JsonObject *set, const char *path)
{
    static const char *const compose_members[] = {"include", NULL};
    static const char *const include_members[] = {"system", "concept", NULL};
    FhirReader *reader = options->reader;
    JsonObject *compose;
    JsonArray *includes = NULL;
    g_autofree char *at = g_strconcat(path, ".compose", NULL);
    if (!fhir_get_object(&reader->input, set, path, "compose", &compose) ||
        (compose != NULL && !fhir_get_array(&reader->input, compose, at, "include", &includes)))
        return FALSE;
    if (compose != NULL)
        fhir_tell_others(&reader->input, compose, at, compose_members);
    for (guint i = 0; includes != NULL && i < json_array_get_length(includes); i++) {
        JsonObject *include;
        g_autofree char *place = NULL, *system = NULL;
        if (!fhir_get_element(&reader->input, includes, i, at, "include", &include, &place) ||
            !fhir_get_text(&reader->input, include, place, "system", &system))
            return FALSE;
        fhir_tell_others(&reader->input, include, place, include_members);
        if (!read_concepts(options, include, place, "concept", system))
            return FALSE;
    }
    return TRUE;
}

static gboolean read_expansion(Options *options, JsonObject *set, const char *path)
{
    JsonObject *expansion;
    g_autofree char *at = g_strconcat(path, ".expansion", NULL);
    if (!fhir_get_object(&options->reader->input, set, path, "expansion", &expansion))
        return FALSE;
    return expansion == NULL || read_concepts(options, expansion, at, "contains", NULL);
}

/* A set in the same file gives the options; one elsewhere is told. */
static gboolean read_value_set(Options *options, JsonObject *object, const char *path)
{
    FhirReader *reader = options->reader;
    g_autofree char *name = NULL;
    if (!fhir_get_text(&reader->input, object, path, "answerValueSet", &name))
        return FALSE;
    JsonObject *set = name != NULL ? g_hash_table_lookup(reader->contained, name) : NULL;
    if (set == NULL) {
        fhir_tell_member(&reader->input, object, path, "answerValueSet");
        return TRUE;
    }
    gpointer kept = NULL;
    g_hash_table_lookup_extended(reader->contained, name, &kept, NULL);
    g_hash_table_add(reader->used, kept);
    g_autofree char *at = g_strdup_printf("contained(%s)", name);
    return read_compose(options, set, at) &&
           (options->into->item->options->len > 0 || read_expansion(options, set, at));
}

gboolean fhir_read_options(FhirReader *reader, JsonObject *object, const char *path, FhirItem *into)
{
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) keys = g_hash_table_new(NULL, NULL);
    Options options = {.reader = reader, .into = into, .taken = taken, .keys = keys};
    JsonArray *array;
    into->codes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    into->texts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    gboolean read = fhir_get_array(&reader->input, object, path, "answerOption", &array) &&
                    read_value_set(&options, object, path);
    for (guint i = 0; read && array != NULL && i < json_array_get_length(array); i++) {
        JsonObject *element;
        g_autofree char *at = NULL;
        read = fhir_get_element(&reader->input, array, i, path, "answerOption", &element, &at) &&
               read_option(&options, element, at);
    }
    g_free(options.system);
    return read;
}
