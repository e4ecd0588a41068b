/* fhir_read.c: a FHIR R4 Questionnaire as a form file.
 *
 * The items are read in one pass and their conditions, which may name any item, in a second; then
 * the form is written as YAML, and loaded to see that it holds together. */
#include "exchange/fhir_read_private.h"

#include "base/i18n.h"

#include <string.h>

#define MAX_ITEMS 5000
#define MAX_GROUPS 16

static gboolean read_items(FhirReader *reader, JsonObject *object, const char *path, int depth,
                           GPtrArray *into);

/* --- types --- */

static const struct {
    const char *name;
    ItemType type;
    gboolean own; /* the form has the very same */
} TYPES[] = {
    {"group", ITEM_GROUP, TRUE},
    {"display", ITEM_DISPLAY, TRUE},
    {"boolean", ITEM_BOOLEAN, TRUE},
    {"choice", ITEM_CHOICE, TRUE},
    {"open-choice", ITEM_OPEN_CHOICE, TRUE},
    {"integer", ITEM_INTEGER, TRUE},
    {"decimal", ITEM_DECIMAL, TRUE},
    {"date", ITEM_DATE, TRUE},
    {"time", ITEM_TIME, TRUE},
    {"string", ITEM_STRING, TRUE},
    {"text", ITEM_TEXT, TRUE},
    {"dateTime", ITEM_DATE, FALSE},
    {"quantity", ITEM_DECIMAL, FALSE},
    {"url", ITEM_STRING, FALSE},
    {"reference", ITEM_STRING, FALSE},
    {"attachment", ITEM_STRING, FALSE},
};

static void tell_type(FhirReader *reader, const char *path, const char *name, ItemType type)
{
    fhir_tell(&reader->input, path, _("the type “%s” is read as “%s”"), name, item_type_name(type));
}

static gboolean read_type(FhirReader *reader, JsonObject *object, const char *path, FormItem *item)
{
    g_autofree char *name = NULL;
    if (!fhir_get_text(&reader->input, object, path, "type", &name))
        return FALSE;
    for (gsize i = 0; name != NULL && i < G_N_ELEMENTS(TYPES); i++)
        if (g_str_equal(TYPES[i].name, name)) {
            item->type = TYPES[i].type;
            if (!TYPES[i].own)
                tell_type(reader, path, name, item->type);
            return TRUE;
        }
    return fhir_fault(&reader->input, path,
                      _("“%s” is no type of question in FHIR R4. Correct the type."),
                      name != NULL ? name : "");
}

static gboolean is_choice(const FormItem *item)
{
    return item->type == ITEM_CHOICE || item->type == ITEM_OPEN_CHOICE;
}

static gboolean is_question(const FormItem *item)
{
    return item->type != ITEM_GROUP && item->type != ITEM_DISPLAY;
}

/* --- one item --- */

/* How many answers may be chosen; a number that is none is told. */
static gboolean read_most(FhirReader *reader, JsonObject *extension, const char *path,
                          FormItem *item)
{
    static const char *const members[] = {"url", "valueInteger", NULL};
    JsonNode *most = json_object_get_member(extension, "valueInteger");
    gint64 count = most != NULL && JSON_NODE_HOLDS_VALUE(most) ? json_node_get_int(most) : 0;
    if (count > 0 && count <= MAX_ITEMS)
        item->max = (int)count;
    else
        fhir_tell_member(&reader->input, extension, path, "valueInteger");
    fhir_tell_others(&reader->input, extension, path, members);
    return TRUE;
}

static gboolean read_item_extension(FhirReader *reader, JsonObject *extension, const char *path,
                                    const char *url, gpointer into, gboolean *known)
{
    FormItem *item = into;
    *known = TRUE;
    if (g_str_equal(url, OWN_WORDS))
        return fhir_extension_flag(reader, extension, path, &item->own_words);
    if (g_str_equal(url, OWN_STATUTORY))
        return fhir_extension_flag(reader, extension, path, &item->statutory);
    if (g_str_equal(url, OWN_REQUIRED) && item->type == ITEM_DISPLAY)
        return fhir_extension_flag(reader, extension, path, &item->required);
    if (g_str_equal(url, OWN_MAPS_TO) && item->maps_to == NULL)
        return fhir_extension_text(reader, extension, path, "valueString", &item->maps_to);
    if (g_str_equal(url, OWN_KNOWN) && item->known == NULL)
        return fhir_extension_text(reader, extension, path, "valueString", &item->known);
    if (g_str_equal(url, FHIR_MAX_OCCURS) && is_choice(item) && item->repeats)
        return read_most(reader, extension, path, item);
    if (g_str_equal(url, OWN_BESIDE)) {
        char *link_id = NULL;
        if (!fhir_extension_text(reader, extension, path, "valueString", &link_id))
            return FALSE;
        if (link_id != NULL)
            g_ptr_array_add(item->beside, link_id);
        return TRUE;
    }
    if (g_str_equal(url, OWN_HELP) && item->help == NULL)
        return fhir_extension_translated(reader, extension, path, &item->help);
    if (g_str_equal(url, OWN_INITIAL) && item->initial == NULL && is_choice(item))
        return fhir_extension_text(reader, extension, path, "valueString", &item->initial);
    if (is_question(item) && g_str_equal(url, FHIR_CONSTRAINT))
        return fhir_read_constraint(reader, extension, path, item);
    if (is_question(item) && g_str_equal(url, FHIR_MIN_VALUE))
        return fhir_read_limit(reader, extension, path, WHEN_GE, item);
    if (is_question(item) && g_str_equal(url, FHIR_MAX_VALUE))
        return fhir_read_limit(reader, extension, path, WHEN_LE, item);
    *known = FALSE;
    return TRUE;
}

/* `required` and `repeats`, where the form has them; elsewhere TRUE is told. */
static gboolean read_flags(FhirReader *reader, JsonObject *object, const char *path, FormItem *item)
{
    gboolean required, repeats, read_only;
    if (!fhir_get_flag(&reader->input, object, path, "required", &required) ||
        !fhir_get_flag(&reader->input, object, path, "repeats", &repeats) ||
        !fhir_get_flag(&reader->input, object, path, "readOnly", &read_only))
        return FALSE;
    item->required = required && item->type != ITEM_DISPLAY;
    item->repeats = repeats && (item->type == ITEM_GROUP || is_choice(item));
    if (required && !item->required)
        fhir_tell_member(&reader->input, object, path, "required");
    if (repeats && !item->repeats)
        fhir_tell_member(&reader->input, object, path, "repeats");
    if (read_only)
        fhir_tell_member(&reader->input, object, path, "readOnly");
    return TRUE;
}

/* A choice whose options stand elsewhere is answered in words. */
static gboolean read_choice(FhirReader *reader, JsonObject *object, const char *path,
                            FhirItem *read)
{
    FormItem *item = read->item;
    if (!is_choice(item)) {
        fhir_tell_member(&reader->input, object, path, "answerOption");
        fhir_tell_member(&reader->input, object, path, "answerValueSet");
        return TRUE;
    }
    if (!fhir_read_options(reader, object, path, read))
        return FALSE;
    if (item->options->len > 0)
        return TRUE;
    tell_type(reader, path, item_type_name(item->type), ITEM_STRING);
    if (item->repeats)
        fhir_tell_member(&reader->input, object, path, "repeats");
    item->type = ITEM_STRING;
    item->repeats = FALSE;
    return TRUE;
}

static gboolean read_initial(FhirReader *reader, JsonObject *object, const char *path,
                             const FhirItem *read)
{
    JsonArray *values;
    if (!fhir_get_array(&reader->input, object, path, "initial", &values))
        return FALSE;
    for (guint i = 0; values != NULL && i < json_array_get_length(values); i++) {
        JsonObject *value;
        g_autofree char *at = NULL, *answer = NULL;
        if (!fhir_get_element(&reader->input, values, i, path, "initial", &value, &at))
            return FALSE;
        const char *member = fhir_choice_member(value, "value");
        const char *const known[] = {member, NULL};
        if (member != NULL && read->item->initial == NULL)
            answer = fhir_answer(value, member, read);
        static const char *const nothing[] = {NULL};
        fhir_tell_others(&reader->input, value, at, answer != NULL ? known : nothing);
        if (answer != NULL)
            read->item->initial = g_steal_pointer(&answer);
    }
    return TRUE;
}

static gboolean read_behaviour(FhirReader *reader, JsonObject *object, const char *path,
                               FormItem *item)
{
    g_autofree char *behaviour = NULL;
    JsonArray *whens;
    if (!fhir_get_text(&reader->input, object, path, "enableBehavior", &behaviour) ||
        !fhir_get_array(&reader->input, object, path, "enableWhen", &whens))
        return FALSE;
    if (behaviour != NULL && !g_str_equal(behaviour, "all") && !g_str_equal(behaviour, "any"))
        return fhir_fault(&reader->input, path,
                          _("enableBehavior is all or any, not “%s”. Correct it."), behaviour);
    item->enable_any = g_strcmp0(behaviour, "any") == 0;
    if (whens == NULL)
        return TRUE;
    if (behaviour == NULL && json_array_get_length(whens) > 1)
        fhir_tell(&reader->input, path, _("without enableBehavior all conditions must hold"));
    FhirCondition *condition = g_new0(FhirCondition, 1);
    *condition = (FhirCondition){.item = item, .whens = whens, .path = g_strdup(path)};
    g_ptr_array_add(reader->conditions, condition);
    return TRUE;
}

static gboolean read_link_id(FhirReader *reader, JsonObject *object, const char *path,
                             FhirItem *read)
{
    g_autofree char *link_id = NULL;
    if (!fhir_get_text(&reader->input, object, path, "linkId", &link_id))
        return FALSE;
    if (link_id == NULL)
        return fhir_fault(&reader->input, path, _("The item has no linkId. Give it one."));
    if (g_hash_table_contains(reader->items, link_id))
        return fhir_fault(&reader->input, path,
                          _("The linkId “%s” stands twice. Give each item its own."), link_id);
    read->item->link_id = fhir_word(link_id, reader->link_ids);
    if (strcmp(read->item->link_id, link_id) != 0)
        fhir_tell(&reader->input, path, _("the linkId “%s” is kept as “%s”"), link_id,
                  read->item->link_id);
    g_hash_table_insert(reader->items, g_steal_pointer(&link_id), read);
    return TRUE;
}

static void fhir_item_free(FhirItem *read)
{
    g_clear_pointer(&read->codes, g_hash_table_unref);
    g_clear_pointer(&read->texts, g_hash_table_unref);
    g_free(read);
}

static gboolean check_item(FhirReader *reader, const char *path, const FormItem *item)
{
    if (item->type != ITEM_GROUP && item->text == NULL)
        return fhir_fault(&reader->input, path,
                          _("The item has no text. Add “text” with what is to be shown."));
    if (item->type == ITEM_GROUP && item->items->len == 0)
        return fhir_fault(&reader->input, path,
                          _("The group is empty. Add items to it, or remove it."));
    return TRUE;
}

/* Items inside a question belong to it: they are asked when it is. Only a group holds items here,
 * so they get one of their own after the question, with its conditions. */
static gboolean read_items_of_question(FhirReader *reader, JsonObject *object, const char *path,
                                       int depth, const FormItem *question, GPtrArray *into)
{
    FormItem *group = form_item_new();
    FhirCondition *condition = g_new0(FhirCondition, 1);
    g_autofree char *name = g_strconcat(question->link_id, "-items", NULL);
    *condition = (FhirCondition){.item = group, .like = question};
    g_ptr_array_add(reader->conditions, condition);
    g_ptr_array_add(into, group);
    group->type = ITEM_GROUP;
    if (!read_items(reader, object, path, depth, group->items))
        return FALSE;
    if (group->items->len == 0) {
        g_ptr_array_remove(reader->conditions, condition);
        g_ptr_array_remove(into, group);
        return TRUE;
    }
    group->link_id = fhir_word(name, reader->link_ids);
    fhir_tell(&reader->input, path,
              _("the items inside the question stand in a group after it, “%s”"), group->link_id);
    return TRUE;
}

static gboolean read_item(FhirReader *reader, JsonObject *object, const char *path, int depth,
                          GPtrArray *into)
{
    static const char *const members[] = {
        "extension", "linkId",       "type",           "text",       "_text",
        "required",  "repeats",      "readOnly",       "enableWhen", "enableBehavior",
        "initial",   "answerOption", "answerValueSet", "item",       NULL};
    FormItem *item = form_item_new();
    FhirItem *read = g_new0(FhirItem, 1);
    read->item = item;
    g_ptr_array_add(into, item);
    fhir_tell_others(&reader->input, object, path, members);
    if (!read_link_id(reader, object, path, read)) {
        fhir_item_free(read);
        return FALSE;
    }
    if (!read_type(reader, object, path, item) ||
        !fhir_get_translated(reader, object, path, "text", &item->text) ||
        !read_flags(reader, object, path, item) || !read_choice(reader, object, path, read) ||
        !fhir_read_extensions(reader, object, path, read_item_extension, item) ||
        !read_initial(reader, object, path, read) || !read_behaviour(reader, object, path, item) ||
        !fhir_read_help(reader, object, path, item))
        return FALSE;
    gboolean children = item->type == ITEM_GROUP
                            ? read_items(reader, object, path, depth + 1, item->items)
                            : read_items_of_question(reader, object, path, depth + 1, item, into);
    return children && check_item(reader, path, item);
}

/* The items of `object` that are no help to itself. */
static gboolean read_items(FhirReader *reader, JsonObject *object, const char *path, int depth,
                           GPtrArray *into)
{
    JsonArray *items;
    if (!fhir_get_array(&reader->input, object, path, "item", &items))
        return FALSE;
    for (guint i = 0; items != NULL && i < json_array_get_length(items); i++) {
        JsonObject *object_of_item;
        g_autofree char *at = NULL;
        if (!fhir_get_element(&reader->input, items, i, path, "item", &object_of_item, &at))
            return FALSE;
        if (depth > 0 && fhir_is_help(object_of_item))
            continue;
        if (depth >= MAX_GROUPS)
            return fhir_fault(&reader->input, at,
                              _("Items lie more than %d deep inside each other. Move some of them "
                                "out."),
                              MAX_GROUPS);
        if (++reader->items_read > MAX_ITEMS)
            return fhir_fault(&reader->input, at,
                              _("The questionnaire has more than %d items. Split it into several."),
                              MAX_ITEMS);
        if (!read_item(reader, object_of_item, at, depth, into))
            return FALSE;
    }
    return TRUE;
}

/* --- the questionnaire --- */

static gboolean read_form_extension(FhirReader *reader, JsonObject *extension, const char *path,
                                    const char *url, gpointer into, gboolean *known)
{
    static const char *const members[] = {"url", "valueInteger", NULL};
    Form *form = into;
    g_autofree char *text = NULL;
    *known = TRUE;
    if (g_str_equal(url, OWN_RESPONDENT) && form->respondent == NULL)
        return fhir_extension_text(reader, extension, path, "valueCode", &form->respondent);
    if (g_str_equal(url, OWN_OPENING) && form->opening == NULL)
        return fhir_extension_translated(reader, extension, path, &form->opening);
    if (g_str_equal(url, OWN_OPENING_ON_PAPER) && form->opening_on_paper == NULL)
        return fhir_extension_translated(reader, extension, path, &form->opening_on_paper);
    if (g_str_equal(url, OWN_CLOSING) && form->closing == NULL)
        return fhir_extension_translated(reader, extension, path, &form->closing);
    if (g_str_equal(url, OWN_KIND)) {
        if (!fhir_extension_text(reader, extension, path, "valueCode", &text))
            return FALSE;
        if (!form_kind_parse(text, &form->kind))
            fhir_tell_member(&reader->input, extension, path, "valueCode");
        return TRUE;
    }
    JsonNode *count = json_object_get_member(extension, "valueInteger");
    *known = g_str_equal(url, OWN_COUNT) && count != NULL && JSON_NODE_HOLDS_VALUE(count) &&
             json_node_get_int(count) > 0 && json_node_get_int(count) <= MAX_ITEMS;
    if (*known) {
        fhir_tell_others(&reader->input, extension, path, members);
        form->count = (int)json_node_get_int(count);
    }
    return TRUE;
}

/* The form's own name among the identifiers; the others are told. */
static gboolean read_identifiers(FhirReader *reader, JsonObject *root, const char *path,
                                 char **name)
{
    static const char *const members[] = {"system", "value", NULL};
    JsonArray *identifiers;
    if (!fhir_get_array(&reader->input, root, path, "identifier", &identifiers))
        return FALSE;
    for (guint i = 0; identifiers != NULL && i < json_array_get_length(identifiers); i++) {
        JsonObject *identifier;
        g_autofree char *at = NULL, *system = NULL, *value = NULL;
        if (!fhir_get_element(&reader->input, identifiers, i, path, "identifier", &identifier,
                              &at) ||
            !fhir_get_text(&reader->input, identifier, at, "system", &system) ||
            !fhir_get_text(&reader->input, identifier, at, "value", &value))
            return FALSE;
        if (*name != NULL || value == NULL || g_strcmp0(system, OWN_FORM) != 0) {
            static const char *const nothing[] = {NULL};
            fhir_tell_others(&reader->input, identifier, at, nothing);
            continue;
        }
        fhir_tell_others(&reader->input, identifier, at, members);
        *name = g_steal_pointer(&value);
    }
    return TRUE;
}

/* name, or else FHIR's name, id or title as a word; `id` is told unless it is used. */
static gboolean read_names(FhirReader *reader, JsonObject *root, const char *path, Form *form)
{
    g_autoptr(GHashTable) none = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree char *own = NULL, *name = NULL, *id = NULL, *version = NULL;
    if (!read_identifiers(reader, root, path, &own) ||
        !fhir_get_text(&reader->input, root, path, "name", &name) ||
        !fhir_get_text(&reader->input, root, path, "id", &id) ||
        !fhir_get_text(&reader->input, root, path, "version", &version) ||
        !fhir_get_translated(reader, root, path, "title", &form->title))
        return FALSE;
    const char *best = own != NULL ? own : name != NULL ? name : id != NULL ? id : form->title;
    if (best == NULL)
        return fhir_fault(&reader->input, path,
                          _("The questionnaire has neither name nor title. Add them."));
    if (best != id)
        fhir_tell_member(&reader->input, root, path, "id");
    g_autofree char *derived = own != NULL ? fhir_computer_name(own) : NULL;
    if (own != NULL && name != NULL && strcmp(name, derived) != 0)
        fhir_tell_member(&reader->input, root, path, "name");
    form->name = fhir_word(best, none);
    if (form->title == NULL)
        form->title = g_strdup(best);
    g_hash_table_remove_all(none);
    form->version = fhir_word(version != NULL ? version : "1", none);
    if (version != NULL && strcmp(version, form->version) != 0)
        fhir_tell_member(&reader->input, root, path, "version");
    return TRUE;
}

static gboolean read_contained(FhirReader *reader, JsonObject *root, const char *path)
{
    static const char *const members[] = {"resourceType", "id",        "status",
                                          "compose",      "expansion", NULL};
    JsonArray *contained;
    if (!fhir_get_array(&reader->input, root, path, "contained", &contained))
        return FALSE;
    for (guint i = 0; contained != NULL && i < json_array_get_length(contained); i++) {
        JsonObject *resource;
        g_autofree char *at = NULL, *id = NULL, *type = NULL;
        if (!fhir_get_element(&reader->input, contained, i, path, "contained", &resource, &at) ||
            !fhir_get_text(&reader->input, resource, at, "id", &id) ||
            !fhir_get_text(&reader->input, resource, at, "resourceType", &type))
            return FALSE;
        if (id == NULL || g_strcmp0(type, "ValueSet") != 0) {
            fhir_tell(&reader->input, at, "%s", type != NULL ? type : "?");
            continue;
        }
        fhir_tell_others(&reader->input, resource, at, members);
        g_hash_table_replace(reader->contained, g_strconcat("#", id, NULL), resource);
    }
    return TRUE;
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

static gboolean read_head(FhirReader *reader, JsonObject *root, char **language)
{
    static const char path[] = "Questionnaire";
    g_autofree char *type = NULL, *status = NULL;
    if (!fhir_get_text(&reader->input, root, path, "resourceType", &type) ||
        !fhir_get_text(&reader->input, root, path, "status", &status) ||
        !fhir_get_text(&reader->input, root, path, "language", language))
        return FALSE;
    if (g_strcmp0(type, "Questionnaire") != 0)
        return fhir_fault(&reader->input, "resourceType",
                          _("This is “%s”, not a Questionnaire. Give the file of the questionnaire "
                            "itself."),
                          type != NULL ? type : "");
    if (g_strcmp0(status, "active") != 0)
        fhir_tell_member(&reader->input, root, path, "status");
    if (*language != NULL && strlen(*language) >= 2) {
        reader->language = *language;
        if (g_ascii_strncasecmp(*language, "sv", 2) != 0)
            fhir_tell(&reader->input, path,
                      _("the texts are in the language “%s”, and are shown as they stand where "
                        "there is no Swedish translation"),
                      *language);
    }
    return read_contained(reader, root, path);
}

static gboolean read_form(FhirReader *reader, JsonObject *root, Form *form, char **language)
{
    static const char path[] = "Questionnaire";
    static const char *const members[] = {
        "resourceType", "id",    "language", "contained", "extension", "identifier", "version",
        "name",         "title", "_title",   "status",    "publisher", "item",       NULL};
    if (!read_head(reader, root, language))
        return FALSE;
    fhir_tell_others(&reader->input, root, path, members);
    if (!read_names(reader, root, path, form) ||
        !fhir_get_text(&reader->input, root, path, "publisher", &form->source) ||
        !fhir_read_extensions(reader, root, path, read_form_extension, form) ||
        !read_items(reader, root, path, 0, form->items))
        return FALSE;
    if (form->items->len == 0)
        return fhir_fault(&reader->input, path,
                          _("The questionnaire has no items. Add at least one."));
    return fhir_read_conditions(reader);
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

char *fhir_read(const char *json, gsize length, const char *file, GPtrArray *unknown,
                GError **error)
{
    FhirReader reader = {.input = {.file = file, .unknown = unknown, .error = error},
                         .language = "sv"};
    g_autoptr(JsonParser) parser = fhir_parse(&reader.input, json, length);
    if (parser == NULL)
        return NULL;
    JsonNode *root = json_parser_get_root(parser);
    if (!JSON_NODE_HOLDS_OBJECT(root)) {
        fhir_fault(&reader.input, "resourceType",
                   _("This is no resource of FHIR. Give the file of a FHIR R4 Questionnaire."));
        return NULL;
    }
    g_autoptr(GHashTable) items =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)fhir_item_free);
    g_autoptr(GHashTable) link_ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) contained = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) used = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) conditions =
        g_ptr_array_new_with_free_func((GDestroyNotify)condition_free);
    g_autoptr(Form) form = form_new();
    g_autofree char *language = NULL;
    reader.items = items;
    reader.link_ids = link_ids;
    reader.contained = contained;
    reader.used = used;
    reader.conditions = conditions;
    if (!read_form(&reader, json_node_get_object(root), form, &language))
        return NULL;
    tell_unused_sets(&reader);
    fhir_tell_end(&reader.input);
    return form_file(form, file, error);
}
