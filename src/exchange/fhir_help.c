/* fhir_help.c: help texts: displays inside the item that they belong to. */
#include "exchange/fhir_read_private.h"

static gboolean has_help_code(JsonObject *extension)
{
    JsonNode *concept = json_object_get_member(extension, "valueCodeableConcept");
    JsonNode *codings = concept != NULL && JSON_NODE_HOLDS_OBJECT(concept)
                            ? json_object_get_member(json_node_get_object(concept), "coding")
                            : NULL;
    if (codings == NULL || !JSON_NODE_HOLDS_ARRAY(codings) ||
        json_array_get_length(json_node_get_array(codings)) == 0)
        return FALSE;
    JsonNode *coding = json_array_get_element(json_node_get_array(codings), 0);
    JsonNode *code = JSON_NODE_HOLDS_OBJECT(coding)
                         ? json_object_get_member(json_node_get_object(coding), "code")
                         : NULL;
    return code != NULL && JSON_NODE_HOLDS_VALUE(code) &&
           (g_strcmp0(json_node_get_string(code), "help") == 0 ||
            g_strcmp0(json_node_get_string(code), "flyover") == 0);
}

gboolean fhir_is_help(JsonObject *object)
{
    JsonNode *type = json_object_get_member(object, "type");
    JsonNode *extensions = json_object_get_member(object, "extension");
    if (type == NULL || !JSON_NODE_HOLDS_VALUE(type) ||
        g_strcmp0(json_node_get_string(type), "display") != 0 || extensions == NULL ||
        !JSON_NODE_HOLDS_ARRAY(extensions) || json_object_has_member(object, "enableWhen"))
        return FALSE;
    JsonArray *array = json_node_get_array(extensions);
    gboolean found = FALSE;
    for (guint i = 0; i < json_array_get_length(array) && !found; i++) {
        JsonNode *node = json_array_get_element(array, i);
        JsonNode *url = JSON_NODE_HOLDS_OBJECT(node)
                            ? json_object_get_member(json_node_get_object(node), "url")
                            : NULL;
        found = url != NULL && JSON_NODE_HOLDS_VALUE(url) &&
                g_strcmp0(json_node_get_string(url), FHIR_ITEM_CONTROL) == 0 &&
                has_help_code(json_node_get_object(node));
    }
    return found;
}

static gboolean read_help_control(FhirReader *reader, JsonObject *extension, const char *path,
                                  const char *url, gpointer into)
{
    (void)reader;
    (void)path;
    (void)into;
    return g_str_equal(url, FHIR_ITEM_CONTROL) && has_help_code(extension);
}

static void read_help(FhirReader *reader, JsonObject *object, const char *path, FormItem *item)
{
    static const char *const members[] = {"extension", "linkId", "text", "_text", "type", NULL};
    fhir_tell_others(&reader->input, object, path, members);
    fhir_read_extensions(reader, object, path, read_help_control, NULL);
    g_autofree char *text = fhir_get_translated(reader, object, path, "text");
    char *both = item->help != NULL && text != NULL ? g_strconcat(item->help, "\n", text, NULL)
                                                    : g_strdup(text != NULL ? text : item->help);
    g_free(item->help);
    item->help = both;
}

void fhir_read_help(FhirReader *reader, JsonObject *object, const char *path, FormItem *item)
{
    JsonNode *node = json_object_get_member(object, "item");
    if (node == NULL || !JSON_NODE_HOLDS_ARRAY(node))
        return; /* said where the other items are read */
    JsonArray *children = json_node_get_array(node);
    for (guint i = 0; i < json_array_get_length(children); i++) {
        JsonNode *child = json_array_get_element(children, i);
        g_autofree char *at = g_strdup_printf("%s.item[%u]", path, i);
        if (JSON_NODE_HOLDS_OBJECT(child) && fhir_is_help(json_node_get_object(child)))
            read_help(reader, json_node_get_object(child), at, item);
    }
}
