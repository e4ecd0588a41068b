/* fhir_read.c: a FHIR R4 Questionnaire as a form file.
 *
 * The items are read in one pass and their conditions, which may name any item, in a second; then
 * the form is written as YAML, and loaded to see that it holds together. */
#include "exchange/fhir_read_private.h"

#include "base/i18n.h"
#include "base/text.h"

#include <string.h>

static gboolean read_count(FhirReader *reader, JsonObject *extension, const char *path, Form *form)
{
    static const char *const members[] = {"url", "valueInteger", NULL};
    JsonNode *count = json_object_get_member(extension, "valueInteger");
    if (count == NULL || !JSON_NODE_HOLDS_VALUE(count) || json_node_get_int(count) <= 0 ||
        json_node_get_int(count) > FHIR_MAX_ITEMS)
        return FALSE;
    fhir_tell_others(&reader->input, extension, path, members);
    form->count = (int)json_node_get_int(count);
    return TRUE;
}

static gboolean read_form_extension(FhirReader *reader, JsonObject *extension, const char *path,
                                    const char *url, gpointer into)
{
    Form *form = into;
    if (g_str_equal(url, OWN_RESPONDENT) && form->respondent == NULL)
        form->respondent = fhir_extension_text(reader, extension, path, "valueCode");
    else if (g_str_equal(url, OWN_OPENING) && form->opening == NULL)
        form->opening = fhir_extension_translated(reader, extension, path);
    else if (g_str_equal(url, OWN_OPENING_ON_PAPER) && form->opening_on_paper == NULL)
        form->opening_on_paper = fhir_extension_translated(reader, extension, path);
    else if (g_str_equal(url, OWN_CLOSING) && form->closing == NULL)
        form->closing = fhir_extension_translated(reader, extension, path);
    else if (g_str_equal(url, OWN_KIND)) {
        g_autofree char *kind = fhir_extension_text(reader, extension, path, "valueCode");
        if (!form_kind_parse(kind, &form->kind))
            fhir_tell_member(&reader->input, extension, path, "valueCode");
    } else
        return g_str_equal(url, OWN_COUNT) && read_count(reader, extension, path, form);
    return TRUE;
}

/* The form's own name among the identifiers; the others are told. New. */
static char *read_identifiers(FhirReader *reader, JsonObject *root, const char *path)
{
    static const char *const members[] = {"system", "value", NULL}, *const nothing[] = {NULL};
    FhirInput *input = &reader->input;
    guint length;
    JsonArray *identifiers = fhir_get_array(input, root, path, "identifier", &length);
    char *name = NULL;
    for (guint i = 0; i < length; i++) {
        g_autofree char *at = NULL;
        JsonObject *identifier = fhir_get_element(input, identifiers, i, path, "identifier", &at);
        if (identifier == NULL)
            continue;
        g_autofree char *system = fhir_get_text(input, identifier, at, "system");
        g_autofree char *value = fhir_get_text(input, identifier, at, "value");
        gboolean own = name == NULL && value != NULL && g_strcmp0(system, OWN_FORM) == 0;
        fhir_tell_others(input, identifier, at, own ? members : nothing);
        if (own)
            name = g_steal_pointer(&value);
    }
    return name;
}

/* "/home/x/prov.json" → "prov": what a questionnaire without any name is called. */
static char *name_of_file(const char *file)
{
    g_autofree char *name = g_path_get_basename(file);
    g_autofree char *clean = text_display(name);
    char *dot = strrchr(clean, '.');
    if (dot != NULL && dot != clean)
        *dot = '\0';
    return g_steal_pointer(&clean);
}

/* name, or else FHIR's name, id or title as a word, or else that of the file; `id` is told unless
 * it is used. */
static void read_names(FhirReader *reader, JsonObject *root, const char *path, Form *form)
{
    FhirInput *input = &reader->input;
    g_autoptr(GHashTable) none = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree char *own = read_identifiers(reader, root, path);
    g_autofree char *name = fhir_get_text(input, root, path, "name");
    g_autofree char *id = fhir_get_text(input, root, path, "id");
    g_autofree char *version = fhir_get_text(input, root, path, "version");
    g_autofree char *file = name_of_file(input->file);
    form->title = fhir_get_translated(reader, root, path, "title");
    const char *best = own != NULL           ? own
                       : name != NULL        ? name
                       : id != NULL          ? id
                       : form->title != NULL ? form->title
                                             : file;
    if (best == file)
        fhir_tell(input, path, _("there is no name, title or id; it is called “%s”, as the file"),
                  file);
    if (best != id)
        fhir_tell_member(input, root, path, "id");
    g_autofree char *derived = own != NULL ? fhir_computer_name(own) : NULL;
    if (own != NULL && name != NULL && strcmp(name, derived) != 0)
        fhir_tell_member(input, root, path, "name");
    form->name = fhir_word(best, none);
    if (form->title == NULL)
        form->title = g_strdup(best);
    g_hash_table_remove_all(none);
    form->version = fhir_word(version != NULL ? version : "1", none);
    if (version != NULL && strcmp(version, form->version) != 0)
        fhir_tell_member(input, root, path, "version");
}

static void read_contained(FhirReader *reader, JsonObject *root, const char *path)
{
    static const char *const members[] = {"resourceType", "id",        "status",
                                          "compose",      "expansion", NULL};
    FhirInput *input = &reader->input;
    guint length;
    JsonArray *contained = fhir_get_array(input, root, path, "contained", &length);
    for (guint i = 0; i < length; i++) {
        g_autofree char *at = NULL;
        JsonObject *resource = fhir_get_element(input, contained, i, path, "contained", &at);
        if (resource == NULL)
            continue;
        g_autofree char *id = fhir_get_text(input, resource, at, "id");
        g_autofree char *type = fhir_get_text(input, resource, at, "resourceType");
        if (id == NULL || g_strcmp0(type, "ValueSet") != 0) {
            fhir_tell(input, at, "%s", type != NULL ? type : "?");
            continue;
        }
        fhir_tell_others(input, resource, at, members);
        g_hash_table_replace(reader->contained, g_strconcat("#", id, NULL), resource);
    }
}

static void tell_unused_sets(FhirReader *reader)
{
    GHashTableIter sets;
    gpointer name;
    g_hash_table_iter_init(&sets, reader->contained);
    while (g_hash_table_iter_next(&sets, &name, NULL))
        if (!g_hash_table_contains(reader->used, name))
            fhir_tell(&reader->input, "Questionnaire.contained", "%s", (const char *)name);
}

static void tell_language(FhirReader *reader, const char *path, const char *language)
{
    if (g_ascii_strncasecmp(language, "sv", 2) != 0)
        fhir_tell(
            &reader->input, path,
            _("the texts are in the language “%s”, and are shown as they stand where there is "
              "no Swedish translation"),
            language);
}

/* What a part of the form means together with the others, where it means nothing. */
static void tell_mended(const FormItem *item, const char *field, const char *sentence,
                        gpointer data)
{
    FhirReader *reader = data;
    const char *path = g_hash_table_lookup(reader->paths, item);
    if (path != NULL) /* else it stands beside the question that it was copied from */
        fhir_tell(&reader->input, path, _("%s is not kept: %s"), field, sentence);
}

static void read_form(FhirReader *reader, JsonObject *root, Form *form)
{
    static const char path[] = "Questionnaire";
    static const char *const members[] = {
        "resourceType", "id",    "language", "contained", "extension", "identifier", "version",
        "name",         "title", "_title",   "status",    "publisher", "item",       NULL};
    FhirInput *input = &reader->input;
    g_autofree char *status = fhir_get_text(input, root, path, "status");
    g_autofree char *language = fhir_get_text(input, root, path, "language");
    if (g_strcmp0(status, "active") != 0)
        fhir_tell_member(input, root, path, "status");
    if (language != NULL && strlen(language) >= 2) {
        reader->language = language;
        tell_language(reader, path, language);
    }
    read_contained(reader, root, path);
    fhir_tell_others(input, root, path, members);
    read_names(reader, root, path, form);
    form->source = fhir_get_text(input, root, path, "publisher");
    fhir_read_extensions(reader, root, path, read_form_extension, form);
    fhir_read_items(reader, root, path, 0, form->items);
    if (form->items->len == 0)
        fhir_fault(input, path, _("The questionnaire has no items. Add at least one."));
    fhir_read_conditions(reader);
    if (input->faults->len == 0)
        form_mend(form, tell_mended, reader);
    tell_unused_sets(reader);
    fhir_tell_end(input);
    reader->language = NULL;
}

static void condition_free(FhirCondition *condition)
{
    g_free(condition->path);
    g_free(condition);
}

/* As YAML that is certain to load. */
static char *form_file(const Form *form, const char *file, GError **error)
{
    g_autofree char *yaml = form_to_yaml(form);
    g_autofree char *name = g_strdup_printf(_("%s as a form"), file);
    g_autoptr(Form) loaded = form_load_bytes(yaml, strlen(yaml), name, NULL, error);
    return loaded != NULL ? g_steal_pointer(&yaml) : NULL;
}

/* The questionnaire in the file; NULL and a fault when it holds none. */
static JsonObject *questionnaire_in(FhirInput *input, JsonParser *parser)
{
    JsonNode *root = json_parser_get_root(parser);
    if (!JSON_NODE_HOLDS_OBJECT(root)) {
        fhir_fault(input, "resourceType",
                   _("This is no resource of FHIR. Give the file of a FHIR R4 Questionnaire."));
        return NULL;
    }
    guint before = input->faults->len;
    g_autofree char *type =
        fhir_get_text(input, json_node_get_object(root), "Questionnaire", "resourceType");
    if (g_strcmp0(type, "Questionnaire") == 0)
        return json_node_get_object(root);
    if (input->faults->len == before)
        fhir_fault(
            input, "resourceType",
            _("This is “%s”, not a Questionnaire. Give the file of the questionnaire itself."),
            type != NULL ? type : "");
    return NULL;
}

char *fhir_read(const char *json, gsize length, const char *file, GPtrArray *unknown,
                GError **error)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) reads = g_ptr_array_new_with_free_func((GDestroyNotify)fhir_item_free);
    g_autoptr(GHashTable) items = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) paths = g_hash_table_new(NULL, NULL);
    g_autoptr(GHashTable) link_ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) contained = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) used = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) left_out = g_ptr_array_new_with_free_func((GDestroyNotify)form_item_free);
    g_autoptr(GPtrArray) conditions =
        g_ptr_array_new_with_free_func((GDestroyNotify)condition_free);
    g_autoptr(Form) form = form_new();
    FhirReader reader = {
        .input = {.file = file, .unknown = unknown, .faults = faults},
        .language = "sv",
        .reads = reads,
        .items = items,
        .paths = paths,
        .left_out = left_out,
        .link_ids = link_ids,
        .contained = contained,
        .used = used,
        .conditions = conditions,
    };
    g_autoptr(JsonParser) parser = fhir_parse(&reader.input, json, length);
    JsonObject *root = parser != NULL ? questionnaire_in(&reader.input, parser) : NULL;
    if (root != NULL)
        read_form(&reader, root, form);
    return fhir_faults(&reader.input, error) ? NULL : form_file(form, file, error);
}
