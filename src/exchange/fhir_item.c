/* fhir_item.c: an item of a FHIR R4 Questionnaire as one of a form. */
#include "exchange/fhir_read_private.h"

#include "base/i18n.h"

#include <string.h>

#define MAX_GROUPS 16

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

static void read_type(FhirReader *reader, JsonObject *object, const char *path, FormItem *item)
{
    g_autofree char *name = fhir_get_text(&reader->input, object, path, "type");
    for (gsize i = 0; name != NULL && i < G_N_ELEMENTS(TYPES); i++)
        if (g_str_equal(TYPES[i].name, name)) {
            item->type = TYPES[i].type;
            if (!TYPES[i].own)
                tell_type(reader, path, name, item->type);
            return;
        }
    fhir_fault(&reader->input, path, _("“%s” is no type of question in FHIR R4. Correct the type."),
               name != NULL ? name : "");
}

/* --- one item --- */

/* How many answers may be chosen; a number that is none is told. */
static void read_most(FhirReader *reader, JsonObject *extension, const char *path, FormItem *item)
{
    static const char *const members[] = {"url", "valueInteger", NULL};
    JsonNode *most = json_object_get_member(extension, "valueInteger");
    gint64 count = most != NULL && JSON_NODE_HOLDS_VALUE(most) ? json_node_get_int(most) : 0;
    if (count > 0 && count <= FHIR_MAX_ITEMS)
        item->max = (int)count;
    else
        fhir_tell_member(&reader->input, extension, path, "valueInteger");
    fhir_tell_others(&reader->input, extension, path, members);
}

/* What says something about an answer. */
static gboolean read_question_extension(FhirReader *reader, JsonObject *extension, const char *path,
                                        const char *url, FormItem *item)
{
    if (g_str_equal(url, OWN_INITIAL) && item->initial == NULL && item_is_choice(item))
        item->initial = fhir_extension_text(reader, extension, path, "valueString");
    else if (g_str_equal(url, FHIR_INITIAL_EXPRESSION) && item->initial == NULL)
        fhir_read_expression(reader, extension, path, item);
    else if (g_str_equal(url, FHIR_CANDIDATE_EXPRESSION) && item->candidates->len == 0)
        fhir_read_candidates(reader, extension, path, item);
    else if (g_str_equal(url, FHIR_MAX_OCCURS) && item_is_choice(item) && item->repeats)
        read_most(reader, extension, path, item);
    else if (g_str_equal(url, FHIR_CONSTRAINT))
        fhir_read_constraint(reader, extension, path, item);
    else if (g_str_equal(url, FHIR_MIN_VALUE))
        fhir_read_limit(reader, extension, path, WHEN_GE, item);
    else if (g_str_equal(url, FHIR_MAX_VALUE))
        fhir_read_limit(reader, extension, path, WHEN_LE, item);
    else
        return FALSE;
    return TRUE;
}

static gboolean read_item_extension(FhirReader *reader, JsonObject *extension, const char *path,
                                    const char *url, gpointer into)
{
    FhirItem *read = into;
    FormItem *item = read->item;
    if (g_str_equal(url, OWN_WORDS))
        item->own_words = fhir_extension_flag(reader, extension, path);
    else if (g_str_equal(url, OWN_STATUTORY))
        item->statutory = fhir_extension_flag(reader, extension, path);
    else if (g_str_equal(url, OWN_FOLLOW_UP) && item_is_question(item))
        item->follow_up = fhir_extension_flag(reader, extension, path);
    else if (g_str_equal(url, OWN_REQUIRED) && item->type == ITEM_DISPLAY)
        item->required = fhir_extension_flag(reader, extension, path);
    else if (g_str_equal(url, OWN_MAPS_TO) && item->maps_to == NULL)
        item->maps_to = fhir_extension_text(reader, extension, path, "valueString");
    else if (g_str_equal(url, OWN_KNOWN) && item->known == NULL)
        item->known = fhir_extension_text(reader, extension, path, "valueString");
    else if (g_str_equal(url, OWN_BESIDE)) {
        char *link_id = fhir_extension_text(reader, extension, path, "valueString");
        if (link_id != NULL)
            g_ptr_array_add(item->beside, link_id);
    } else if (g_str_equal(url, OWN_HELP) && item->help == NULL)
        item->help = fhir_extension_translated(reader, extension, path);
    else if (g_str_equal(url, FHIR_HIDDEN)) {
        read->hidden = fhir_extension_flag(reader, extension, path);
        if (read->hidden)
            fhir_tell(&reader->input, path,
                      _("hidden there; here it is shown, but need not be answered"));
    } else
        return item_is_question(item) &&
               read_question_extension(reader, extension, path, url, item);
    return TRUE;
}

/* `required` and `repeats`, where the form has them; elsewhere TRUE is told. */
static void read_flags(FhirReader *reader, JsonObject *object, const char *path, FormItem *item)
{
    FhirInput *input = &reader->input;
    gboolean required = fhir_get_flag(input, object, path, "required");
    gboolean repeats = fhir_get_flag(input, object, path, "repeats");
    item->required = required && item->type != ITEM_DISPLAY;
    item->repeats = repeats && (item->type == ITEM_GROUP || item_is_choice(item));
    if (required && !item->required)
        fhir_tell_member(input, object, path, "required");
    if (repeats && !item->repeats)
        fhir_tell_member(input, object, path, "repeats");
    if (fhir_get_flag(input, object, path, "readOnly"))
        fhir_tell_member(input, object, path, "readOnly");
}

/* A choice whose options stand elsewhere is answered in words. */
static void read_choice(FhirReader *reader, JsonObject *object, const char *path, FhirItem *read)
{
    FormItem *item = read->item;
    if (!item_is_choice(item)) {
        fhir_tell_member(&reader->input, object, path, "answerOption");
        fhir_tell_member(&reader->input, object, path, "answerValueSet");
        return;
    }
    fhir_read_options(reader, object, path, read);
    if (item->options->len > 0)
        return;
    tell_type(reader, path, item_type_name(item->type), ITEM_STRING);
    if (item->repeats)
        fhir_tell_member(&reader->input, object, path, "repeats");
    item->type = ITEM_STRING;
    item->repeats = FALSE;
}

static void read_initial(FhirReader *reader, JsonObject *object, const char *path,
                         const FhirItem *read)
{
    static const char *const nothing[] = {NULL};
    guint length;
    JsonArray *values = fhir_get_array(&reader->input, object, path, "initial", &length);
    for (guint i = 0; i < length; i++) {
        g_autofree char *at = NULL, *answer = NULL;
        JsonObject *value = fhir_get_element(&reader->input, values, i, path, "initial", &at);
        if (value == NULL)
            continue;
        const char *member = fhir_choice_member(value, "value");
        const char *const known[] = {member, NULL};
        if (member != NULL && read->item->initial == NULL)
            answer = fhir_answer(value, member, read);
        if (answer != NULL && answer[0] == '=' && !item_is_choice(read->item))
            g_clear_pointer(&answer, g_free); /* in a form it would name another question */
        fhir_tell_others(&reader->input, value, at, answer != NULL ? known : nothing);
        if (answer == NULL)
            continue;
        fhir_tell_rest(reader, value, at, member);
        read->item->initial = g_steal_pointer(&answer);
    }
}

static void read_behaviour(FhirReader *reader, JsonObject *object, const char *path, FormItem *item)
{
    guint length;
    g_autofree char *behaviour = fhir_get_text(&reader->input, object, path, "enableBehavior");
    JsonArray *whens = fhir_get_array(&reader->input, object, path, "enableWhen", &length);
    if (behaviour != NULL && !g_str_equal(behaviour, "all") && !g_str_equal(behaviour, "any"))
        fhir_fault(&reader->input, path, _("enableBehavior is all or any, not “%s”. Correct it."),
                   behaviour);
    item->enable_any = g_strcmp0(behaviour, "any") == 0;
    if (whens == NULL)
        return;
    if (behaviour == NULL && length > 1)
        fhir_tell(&reader->input, path, _("without enableBehavior all conditions must hold"));
    FhirCondition *condition = g_new0(FhirCondition, 1);
    *condition = (FhirCondition){.item = item, .whens = whens, .path = g_strdup(path)};
    g_ptr_array_add(reader->conditions, condition);
}

static void read_link_id(FhirReader *reader, JsonObject *object, const char *path, FhirItem *read)
{
    g_autofree char *link_id = fhir_get_text(&reader->input, object, path, "linkId");
    read->item->link_id = fhir_word(link_id != NULL ? link_id : "x", reader->link_ids);
    if (link_id == NULL)
        fhir_fault(&reader->input, path, _("The item has no linkId. Give it one."));
    else if (g_hash_table_contains(reader->items, link_id))
        fhir_fault(&reader->input, path, _("The linkId “%s” stands twice. Give each item its own."),
                   link_id);
    else if (strcmp(read->item->link_id, link_id) != 0)
        fhir_tell(&reader->input, path, _("the linkId “%s” is kept as “%s”"), link_id,
                  read->item->link_id);
    if (link_id != NULL && !g_hash_table_contains(reader->items, link_id))
        g_hash_table_insert(reader->items, g_steal_pointer(&link_id), read);
}

void fhir_item_free(FhirItem *read)
{
    g_clear_pointer(&read->codes, g_hash_table_unref);
    g_clear_pointer(&read->texts, g_hash_table_unref);
    g_free(read->path);
    g_free(read);
}

/* The text, or else the words of the code that says what is asked, or else the linkId: where to
 * answer is never left out. */
static void read_text(FhirReader *reader, JsonObject *object, const char *path, FormItem *item)
{
    item->text = fhir_get_translated(reader, object, path, "text");
    if (item->text != NULL || !item_is_question(item))
        return;
    JsonNode *codes = json_object_get_member(object, "code");
    JsonNode *first = codes != NULL && JSON_NODE_HOLDS_ARRAY(codes) &&
                              json_array_get_length(json_node_get_array(codes)) > 0
                          ? json_array_get_element(json_node_get_array(codes), 0)
                          : NULL;
    JsonNode *display = first != NULL && JSON_NODE_HOLDS_OBJECT(first)
                            ? json_object_get_member(json_node_get_object(first), "display")
                            : NULL;
    item->text = display != NULL ? fhir_plain(display) : NULL;
    if (item->text == NULL || item->text[0] == '\0') {
        g_free(item->text);
        item->text = g_strdup(item->link_id);
    }
    fhir_tell(&reader->input, path, _("there is no text; it is shown as “%s”"), item->text);
}

/* Whether nothing would be shown of it. An empty group with a heading is that heading. */
static gboolean is_empty(FhirReader *reader, const char *path, FormItem *item)
{
    if (item->type == ITEM_GROUP && item->items->len == 0 && item->text != NULL) {
        tell_type(reader, path, item_type_name(ITEM_GROUP), ITEM_DISPLAY);
        item->type = ITEM_DISPLAY;
        item->repeats = item->required = FALSE;
    }
    gboolean empty = item->type == ITEM_GROUP     ? item->items->len == 0
                     : item->type == ITEM_DISPLAY ? item->text == NULL
                                                  : FALSE;
    if (empty)
        fhir_tell(&reader->input, path, _("there is nothing to show; it is left out"));
    return empty;
}

static void adopt(FormItem *group)
{
    for (guint i = 0; i < group->items->len; i++)
        ((FormItem *)group->items->pdata[i])->parent = group;
}

/* Items inside a question belong to it: they are asked when it is. Only a group holds items here,
 * so they get one of their own after the question, with its conditions. */
static void read_items_of_question(FhirReader *reader, JsonObject *object, const char *path,
                                   int depth, const FormItem *question, GPtrArray *into)
{
    FormItem *group = form_item_new();
    FhirCondition *condition = g_new0(FhirCondition, 1);
    g_autofree char *name = g_strconcat(question->link_id, "-items", NULL);
    *condition = (FhirCondition){.item = group, .like = question};
    g_ptr_array_add(reader->conditions, condition);
    g_ptr_array_add(into, group);
    group->type = ITEM_GROUP;
    fhir_read_items(reader, object, path, depth, group->items);
    if (group->items->len == 0) {
        g_ptr_array_remove(reader->conditions, condition);
        g_ptr_array_remove(into, group);
        return;
    }
    adopt(group);
    group->link_id = fhir_word(name, reader->link_ids);
    fhir_tell(&reader->input, path,
              _("the items inside the question stand in a group after it, “%s”"), group->link_id);
}

static void read_item(FhirReader *reader, JsonObject *object, const char *path, int depth,
                      GPtrArray *into)
{
    static const char *const members[] = {
        "extension", "linkId",       "type",           "text",       "_text",
        "required",  "repeats",      "readOnly",       "enableWhen", "enableBehavior",
        "initial",   "answerOption", "answerValueSet", "item",       NULL};
    FormItem *item = form_item_new();
    FhirItem *read = g_new0(FhirItem, 1);
    read->item = item;
    read->path = g_strdup(path);
    g_ptr_array_add(reader->reads, read);
    g_hash_table_insert(reader->paths, item, read->path);
    g_ptr_array_add(into, item);
    fhir_tell_others(&reader->input, object, path, members);
    read_link_id(reader, object, path, read);
    read_type(reader, object, path, item);
    read_text(reader, object, path, item);
    read_flags(reader, object, path, item);
    read_choice(reader, object, path, read);
    fhir_read_extensions(reader, object, path, read_item_extension, read);
    read_initial(reader, object, path, read);
    read_behaviour(reader, object, path, item);
    fhir_read_help(reader, object, path, item);
    reader->hidden += read->hidden;
    item->required = item->required && reader->hidden == 0;
    if (item->type == ITEM_GROUP)
        fhir_read_items(reader, object, path, depth + 1, item->items);
    else
        read_items_of_question(reader, object, path, depth + 1, item, into);
    reader->hidden -= read->hidden;
    adopt(item);
    guint index;
    if (is_empty(reader, path, item) && g_ptr_array_find(into, item, &index))
        g_ptr_array_add(reader->left_out, g_ptr_array_steal_index(into, index));
}

void fhir_read_items(FhirReader *reader, JsonObject *object, const char *path, int depth,
                     GPtrArray *into)
{
    guint length;
    JsonArray *items = fhir_get_array(&reader->input, object, path, "item", &length);
    for (guint i = 0; i < length; i++) {
        g_autofree char *at = NULL;
        JsonObject *item = fhir_get_element(&reader->input, items, i, path, "item", &at);
        if (item == NULL || (depth > 0 && fhir_is_help(item)))
            continue;
        if (depth >= MAX_GROUPS) {
            fhir_fault(&reader->input, at,
                       _("Items lie more than %d deep inside each other. Move some of them out."),
                       MAX_GROUPS);
            return;
        }
        if (++reader->items_read == FHIR_MAX_ITEMS + 1)
            fhir_fault(&reader->input, at,
                       _("The questionnaire has more than %d items. Split it into several."),
                       FHIR_MAX_ITEMS);
        if (reader->items_read > FHIR_MAX_ITEMS)
            return;
        read_item(reader, item, at, depth, into);
    }
}
