/* fhir_options.c: the options of a question: answerOption, or a value set in the same file. */
#include "exchange/fhir_read_private.h"

#include "base/i18n.h"
#include "base/text.h"

#include <string.h>

#define MAX_OPTIONS 50000 /* in the whole file */

typedef struct {
    FhirReader *reader;
    FhirItem *into;
    GHashTable *taken;     /* codes, for fhir_word() */
    GHashTable *spellings; /* folded codes and texts of those before and of this, to its FormOption */
    GHashTable *keys;      /* gunichar of those before */
    char *system;          /* of the option before; told when it changes */
} Options;

static char *with_system(const char *system, const char *code)
{
    return g_strdup_printf("%s|%s", system != NULL ? system : "", code);
}

/* A name that might mean several means none of them. */
static void remember(GHashTable *names, const char *name, const FormOption *option)
{
    const char *before = g_hash_table_lookup(names, name);
    if (before == NULL || strcmp(before, option->code) != 0)
        g_hash_table_insert(names, g_strdup(name), g_strdup(before == NULL ? option->code : ""));
}

static void remember_code(FhirItem *item, const char *system, const char *code,
                          const FormOption *option)
{
    g_autofree char *both = with_system(system, code);
    remember(item->codes, both, option);
    remember(item->codes, code, option);
}

static const char *meant(GHashTable *names, const char *name)
{
    const char *code = g_hash_table_lookup(names, name);
    return code == NULL || code[0] == '\0' ? NULL : code;
}

const char *fhir_option_code(const FhirItem *asked, JsonObject *coding)
{
    /* Of another type they say nothing here; it is told where they stand. */
    JsonNode *system = json_object_get_member(coding, "system");
    JsonNode *code = json_object_get_member(coding, "code");
    JsonNode *display = json_object_get_member(coding, "display");
    g_autofree char *system_text = system != NULL ? fhir_plain(system) : NULL;
    g_autofree char *code_text = code != NULL ? fhir_plain(code) : NULL;
    g_autofree char *display_text = display != NULL ? fhir_plain(display) : NULL;
    if (code_text == NULL)
        return display_text != NULL ? meant(asked->texts, display_text) : NULL;
    g_autofree char *both = with_system(system_text, code_text);
    g_autofree char *without = with_system(NULL, code_text);
    if (g_hash_table_contains(asked->codes, both))
        return meant(asked->codes, both);
    return meant(asked->codes, system_text != NULL ? without : code_text);
}

/* The form takes no two options that can be read as the same, however they are written. */
static gboolean is_free(Options *options, const char *spelling, FormOption *option)
{
    g_autofree char *folded = text_fold(spelling);
    const FormOption *other = g_hash_table_lookup(options->spellings, folded);
    if (other == NULL && folded[0] != '\0')
        g_hash_table_insert(options->spellings, g_steal_pointer(&folded), option);
    return other == NULL || other == option;
}

static void name_option(Options *options, const char *path, const char *code, const char *display,
                        FormOption *option)
{
    FhirInput *input = &options->reader->input;
    option->code = fhir_word(code != NULL ? code : display, options->taken);
    while (!is_free(options, option->code, option)) {
        g_free(option->code);
        option->code = fhir_word(code != NULL ? code : display, options->taken);
    }
    if (code != NULL && strcmp(code, option->code) != 0)
        fhir_tell(input, path, _("the code “%s” is kept as “%s”"), code, option->code);
    option->display = g_strdup(display != NULL ? display : code);
    if (is_free(options, option->display, option))
        return;
    g_autofree char *alike = g_steal_pointer(&option->display);
    option->display = g_strdup_printf("%s (%s)", alike, option->code);
    fhir_tell(input, path, _("another option reads the same as “%s”; this one is shown as “%s”"),
              alike, option->display);
    is_free(options, option->display, option);
}

/* NULL when there are too many. */
static FormOption *add_option(Options *options, const char *path, const char *system,
                              const char *code, const char *display)
{
    FhirReader *reader = options->reader;
    if (++reader->options_read > MAX_OPTIONS) {
        if (reader->options_read == MAX_OPTIONS + 1)
            fhir_fault(&reader->input, path,
                       _("The file has more than %d options. Split it into several."), MAX_OPTIONS);
        return NULL;
    }
    FormOption *option = form_option_new();
    g_ptr_array_add(options->into->item->options, option);
    name_option(options, path, code, display, option);
    if (code != NULL)
        remember_code(options->into, system, code, option);
    if (display != NULL)
        remember(options->into->texts, display, option);
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

/* {system, code, display}, which a Coding and a concept of a value set have; `system` is that of
 * the whole set, where the concept says none. */
static FormOption *read_coding(Options *options, JsonObject *coding, const char *path,
                               const char *system)
{
    static const char *const members[] = {"system", "code", "display", "_display", NULL};
    FhirReader *reader = options->reader;
    fhir_tell_others(&reader->input, coding, path, members);
    g_autofree char *own = fhir_get_text(&reader->input, coding, path, "system");
    g_autofree char *code = fhir_get_text(&reader->input, coding, path, "code");
    g_autofree char *display = fhir_get_translated(reader, coding, path, "display");
    if (code == NULL && display == NULL) {
        fhir_fault(&reader->input, path, _("The option has neither code nor display. Add them."));
        return NULL;
    }
    tell_system(options, path, own != NULL ? own : system);
    return add_option(options, path, own != NULL ? own : system, code, display);
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

static void read_alias(Options *options, JsonObject *extension, const char *path,
                       FormOption *option)
{
    g_autofree char *text =
        fhir_extension_text(options->reader, extension, path, "valueString");
    if (text != NULL && is_free(options, text, option))
        g_ptr_array_add(option->alias, g_steal_pointer(&text));
    else
        fhir_tell_member(&options->reader->input, extension, path, "valueString");
}

static gboolean read_option_extension(FhirReader *reader, JsonObject *extension, const char *path,
                                      const char *url, gpointer into)
{
    const OptionPlace *place = into;
    FormOption *option = place->option;
    if (g_str_equal(url, FHIR_OPTION_PREFIX) && option->key == 0) {
        g_autofree char *text = fhir_extension_text(reader, extension, path, "valueString");
        if (text != NULL)
            read_prefix(place->options, path, text, option);
    } else if (g_str_equal(url, OWN_ALIAS))
        read_alias(place->options, extension, path, option);
    else if (g_str_equal(url, OWN_OFFERS_HELP))
        option->offers_help = fhir_extension_flag(reader, extension, path);
    else if (g_str_equal(url, OWN_UNIT_CAUSE))
        option->unit_cause = fhir_extension_flag(reader, extension, path);
    else if (g_str_equal(url, FHIR_OPTION_EXCLUSIVE) && place->options->into->item->repeats)
        option->exclusive = fhir_extension_flag(reader, extension, path);
    else
        return FALSE;
    return TRUE;
}

static FormOption *read_value(Options *options, JsonObject *object, const char *path)
{
    FhirReader *reader = options->reader;
    const char *member = fhir_choice_member(object, "value");
    g_autofree char *at = g_strdup_printf("%s.%s", path, member != NULL ? member : "value[x]");
    if (g_strcmp0(member, "valueCoding") == 0) {
        JsonObject *coding = fhir_get_object(&reader->input, object, path, member);
        return coding != NULL ? read_coding(options, coding, at, NULL) : NULL;
    }
    g_autofree char *plain =
        member != NULL ? fhir_plain(json_object_get_member(object, member)) : NULL;
    if (plain == NULL || plain[0] == '\0') {
        fhir_fault(&reader->input, at,
                   _("The option has no value that can be shown. Give it a valueCoding."));
        return NULL;
    }
    if (!g_str_equal(member, "valueString"))
        return add_option(options, at, NULL, NULL, plain);
    g_autofree char *text = fhir_get_translated(reader, object, path, member);
    if (text == NULL)
        return NULL;
    FormOption *option = add_option(options, at, NULL, NULL, text);
    if (option != NULL)
        remember(options->into->texts, plain, option);
    return option;
}

static void read_option(Options *options, JsonObject *object, const char *path)
{
    FhirReader *reader = options->reader;
    FormItem *item = options->into->item;
    FormOption *option = read_value(options, object, path);
    gboolean selected = fhir_get_flag(&reader->input, object, path, "initialSelected");
    if (option == NULL)
        return;
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
    fhir_read_extensions(reader, object, path, read_option_extension, &place);
}

/* --- value sets --- */

static void read_concepts(Options *options, JsonObject *holder, const char *path,
                          const char *member, const char *system)
{
    FhirInput *input = &options->reader->input;
    guint length;
    JsonArray *concepts = fhir_get_array(input, holder, path, member, &length);
    for (guint i = 0; i < length; i++) {
        g_autofree char *at = NULL;
        JsonObject *concept = fhir_get_element(input, concepts, i, path, member, &at);
        if (concept != NULL)
            read_coding(options, concept, at, system);
    }
}

static void read_compose(Options *options, JsonObject *set, const char *path)
{
    static const char *const compose_members[] = {"include", NULL};
    static const char *const include_members[] = {"system", "concept", NULL};
    FhirInput *input = &options->reader->input;
    g_autofree char *at = g_strconcat(path, ".compose", NULL);
    JsonObject *compose = fhir_get_object(input, set, path, "compose");
    guint length;
    if (compose == NULL)
        return;
    fhir_tell_others(input, compose, at, compose_members);
    JsonArray *includes = fhir_get_array(input, compose, at, "include", &length);
    for (guint i = 0; i < length; i++) {
        g_autofree char *place = NULL;
        JsonObject *include = fhir_get_element(input, includes, i, at, "include", &place);
        if (include == NULL)
            continue;
        g_autofree char *system = fhir_get_text(input, include, place, "system");
        fhir_tell_others(input, include, place, include_members);
        read_concepts(options, include, place, "concept", system);
    }
}

static void read_expansion(Options *options, JsonObject *set, const char *path)
{
    g_autofree char *at = g_strconcat(path, ".expansion", NULL);
    JsonObject *expansion = fhir_get_object(&options->reader->input, set, path, "expansion");
    if (expansion != NULL)
        read_concepts(options, expansion, at, "contains", NULL);
}

/* A set in the same file gives the options; one elsewhere is told. */
static void read_value_set(Options *options, JsonObject *object, const char *path)
{
    FhirReader *reader = options->reader;
    g_autofree char *name = fhir_get_text(&reader->input, object, path, "answerValueSet");
    JsonObject *set = name != NULL ? g_hash_table_lookup(reader->contained, name) : NULL;
    if (set == NULL) {
        fhir_tell_member(&reader->input, object, path, "answerValueSet");
        return;
    }
    gpointer kept = NULL;
    g_hash_table_lookup_extended(reader->contained, name, &kept, NULL);
    g_hash_table_add(reader->used, kept);
    g_autofree char *at = g_strdup_printf("contained(%s)", name);
    read_compose(options, set, at);
    if (options->into->item->options->len == 0)
        read_expansion(options, set, at);
}

void fhir_read_options(FhirReader *reader, JsonObject *object, const char *path, FhirItem *into)
{
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) spellings = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) keys = g_hash_table_new(NULL, NULL);
    Options options = {
        .reader = reader, .into = into, .taken = taken, .spellings = spellings, .keys = keys};
    guint length;
    into->codes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    into->texts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    read_value_set(&options, object, path);
    JsonArray *array = fhir_get_array(&reader->input, object, path, "answerOption", &length);
    for (guint i = 0; i < length; i++) {
        g_autofree char *at = NULL;
        JsonObject *element =
            fhir_get_element(&reader->input, array, i, path, "answerOption", &at);
        if (element != NULL)
            read_option(&options, element, at);
    }
    g_free(options.system);
}
