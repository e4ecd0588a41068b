/* fhir_json.c: JSON from elsewhere: nothing too deep or too much is read, a member of a wrong type
 * is a fault with its path, and what is not understood is told. */
#include "exchange/fhir_private.h"

#include "base/i18n.h"
#include "base/text.h"

#include <string.h>

#define MAX_DEPTH 100
/* The parser lays some hundreds of bytes around every object and value. */
#define MAX_OBJECTS 500000
#define MAX_VALUES 2000000
#define MAX_UNKNOWN 1000
#define MAX_FAULTS 100
#define SHOWN 80           /* columns of a value that is told */
#define SHOWN_SENTENCE 300 /* and of all that is told of one place */

/* --- faults --- */

static void add_fault(FhirInput *input, char *fault)
{
    if (input->faults->len < MAX_FAULTS)
        g_ptr_array_add(input->faults, fault);
    else {
        input->more_faults++;
        g_free(fault);
    }
}

void fhir_fault(FhirInput *input, const char *path, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *quoting = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autofree char *sentence = text_display(quoting);
    add_fault(input, g_strdup_printf("%s, %s: %s", input->file, path, sentence));
}

gboolean fhir_faults(FhirInput *input, GError **error)
{
    if (input->faults->len == 0)
        return FALSE;
    if (input->more_faults > 0)
        g_ptr_array_add(input->faults, g_strdup_printf(ngettext("%d more fault.", "%d more faults.",
                                                                (gulong)input->more_faults),
                                                       input->more_faults));
    g_ptr_array_add(input->faults, NULL);
    g_autofree char *lines = g_strjoinv("\n", (char **)input->faults->pdata);
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT, lines);
    return TRUE;
}

/* --- what was not understood --- */

void fhir_tell(FhirInput *input, const char *path, const char *format, ...)
{
    if (input->unknown == NULL)
        return;
    if (input->unknown->len >= MAX_UNKNOWN) {
        input->left_out++;
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *sentence = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autofree char *line = text_display(sentence);
    g_autofree char *shown = text_truncate(line, SHOWN_SENTENCE);
    g_ptr_array_add(input->unknown, g_strdup_printf("%s: %s", path, shown));
}

void fhir_tell_end(FhirInput *input)
{
    if (input->unknown != NULL && input->left_out > 0)
        g_ptr_array_add(input->unknown,
                        g_strdup_printf(ngettext("%d more place was not understood.",
                                                 "%d more places were not understood.",
                                                 (gulong)input->left_out),
                                        input->left_out));
}

void fhir_tell_member(FhirInput *input, JsonObject *object, const char *path, const char *member)
{
    JsonNode *node = json_object_get_member(object, member);
    if (node == NULL || input->unknown == NULL || input->unknown->len >= MAX_UNKNOWN) {
        input->left_out += node != NULL;
        return;
    }
    g_autofree char *value =
        JSON_NODE_HOLDS_VALUE(node) ? fhir_plain(node) : json_to_string(node, FALSE);
    g_autofree char *line = text_display(value != NULL ? value : "");
    g_autofree char *shown = text_truncate(line, SHOWN);
    g_autofree char *name = text_display(member);
    g_autofree char *short_name = text_truncate(name, SHOWN);
    g_autofree char *at = g_strdup_printf("%s.%s", path, short_name);
    fhir_tell(input, at, "%s", shown);
}

void fhir_tell_others(FhirInput *input, JsonObject *object, const char *path,
                      const char *const *known)
{
    g_autoptr(GList) members = json_object_get_members(object);
    for (GList *at = members; at != NULL; at = at->next)
        if (!g_strv_contains(known, at->data))
            fhir_tell_member(input, object, path, at->data);
}

/* --- members --- */

static const char *json_kind(JsonNode *node)
{
    switch (json_node_get_node_type(node)) {
    case JSON_NODE_OBJECT:
        return "{…}";
    case JSON_NODE_ARRAY:
        return "[…]";
    default:
        return json_node_get_value_type(node) == G_TYPE_STRING    ? "\"…\""
               : json_node_get_value_type(node) == G_TYPE_BOOLEAN ? "true/false"
                                                                  : "123";
    }
}

static void wrong_kind(FhirInput *input, JsonNode *node, const char *path, const char *member,
                       const char *wanted)
{
    g_autofree char *name = text_display(member);
    g_autofree char *at = g_strdup_printf("%s.%s", path, name);
    fhir_fault(input, at, _("In FHIR this has the form %s, but here it is %s. Correct the file."),
               wanted, json_kind(node));
}

/* NULL where the member is absent, or null. */
static JsonNode *member_of(JsonObject *object, const char *member)
{
    JsonNode *node = json_object_get_member(object, member);
    return node == NULL || JSON_NODE_HOLDS_NULL(node) ? NULL : node;
}

char *fhir_plain(JsonNode *node)
{
    if (!JSON_NODE_HOLDS_VALUE(node))
        return NULL;
    GType type = json_node_get_value_type(node);
    if (type == G_TYPE_STRING) {
        char *clean = text_clean(json_node_get_string(node));
        return g_strstrip(clean);
    }
    if (type == G_TYPE_BOOLEAN)
        return g_strdup(json_node_get_boolean(node) ? "true" : "false");
    if (type == G_TYPE_INT64)
        return g_strdup_printf("%" G_GINT64_FORMAT, json_node_get_int(node));
    /* The shortest that is the same number again. */
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];
    double number = json_node_get_double(node);
    for (int digits = 15; digits <= 17; digits++) {
        char format[8];
        g_snprintf(format, sizeof format, "%%.%dg", digits);
        g_ascii_formatd(buffer, sizeof buffer, format, number);
        if (g_ascii_strtod(buffer, NULL) == number)
            break;
    }
    return g_strdup(buffer);
}

char *fhir_get_text(FhirInput *input, JsonObject *object, const char *path, const char *member)
{
    JsonNode *node = member_of(object, member);
    if (node == NULL)
        return NULL;
    if (!JSON_NODE_HOLDS_VALUE(node) || json_node_get_value_type(node) != G_TYPE_STRING) {
        wrong_kind(input, node, path, member, "\"…\"");
        return NULL;
    }
    g_autofree char *text = fhir_plain(node);
    return text[0] != '\0' ? g_steal_pointer(&text) : NULL;
}

gboolean fhir_get_flag(FhirInput *input, JsonObject *object, const char *path, const char *member)
{
    JsonNode *node = member_of(object, member);
    if (node == NULL)
        return FALSE;
    if (JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == G_TYPE_BOOLEAN)
        return json_node_get_boolean(node);
    wrong_kind(input, node, path, member, "true/false");
    return FALSE;
}

JsonObject *fhir_get_object(FhirInput *input, JsonObject *object, const char *path,
                            const char *member)
{
    JsonNode *node = member_of(object, member);
    if (node == NULL)
        return NULL;
    if (JSON_NODE_HOLDS_OBJECT(node))
        return json_node_get_object(node);
    wrong_kind(input, node, path, member, "{…}");
    return NULL;
}

JsonArray *fhir_get_array(FhirInput *input, JsonObject *object, const char *path,
                          const char *member, guint *length)
{
    *length = 0;
    JsonNode *node = member_of(object, member);
    if (node == NULL)
        return NULL;
    if (!JSON_NODE_HOLDS_ARRAY(node)) {
        wrong_kind(input, node, path, member, "[…]");
        return NULL;
    }
    *length = json_array_get_length(json_node_get_array(node));
    return json_node_get_array(node);
}

JsonObject *fhir_get_element(FhirInput *input, JsonArray *array, guint index, const char *path,
                             const char *member, char **at)
{
    JsonNode *node = json_array_get_element(array, index);
    g_autofree char *place = g_strdup_printf("%s[%u]", member, index);
    *at = NULL;
    if (!JSON_NODE_HOLDS_OBJECT(node)) {
        wrong_kind(input, node, path, place, "{…}");
        return NULL;
    }
    *at = g_strdup_printf("%s.%s", path, place);
    return json_node_get_object(node);
}

const char *fhir_choice_member(JsonObject *object, const char *prefix)
{
    const char *found = NULL;
    g_autoptr(GList) members = json_object_get_members(object);
    for (GList *at = members; at != NULL && found == NULL; at = at->next)
        if (g_str_has_prefix(at->data, prefix))
            found = at->data;
    return found;
}

/* --- the whole file --- */

typedef struct {
    int line, depth;
    gboolean begun;
    guint objects, values;
} Scan;

static gboolean scan_fault(FhirInput *input, const Scan *scan, const char *sentence)
{
    add_fault(input, g_strdup_printf(_("%s, line %d: %s"), input->file, scan->line, sentence));
    return FALSE;
}

/* From the quotation mark at `at` to the one that ends the text, which is returned; NULL when there
 * is none, or when a NUL is meant. */
static const char *end_of_text(const char *at, const char *end)
{
    for (at++; at < end && *at != '"'; at++) {
        if (*at == '\n')
            return NULL;
        if (*at == '\\' && (++at == end || (end - at > 4 && strncmp(at, "u0000", 5) == 0)))
            return NULL;
    }
    return at < end ? at : NULL;
}

static gboolean scan_mark(FhirInput *input, Scan *scan, char mark)
{
    scan->objects += mark == '{';
    scan->values += mark == ',' || mark == ':' || mark == '[';
    scan->depth += (mark == '{' || mark == '[') - (mark == '}' || mark == ']');
    if (scan->depth > MAX_DEPTH)
        return scan_fault(input, scan,
                          _("The file is nested deeper than any questionnaire. Look if it is the "
                            "right file."));
    if (scan->objects > MAX_OBJECTS || scan->values > MAX_VALUES)
        return scan_fault(input, scan,
                          _("The file holds more than any questionnaire. Split it into several."));
    return TRUE;
}

/* A questionnaire is one object. Where none is open, only the first may begin; the parser would
 * take several values in a row, keep the last and lose the others. */
static gboolean scan_outside(FhirInput *input, Scan *scan, char byte)
{
    if (scan->begun)
        return scan_fault(input, scan,
                          _("There is more in the file after its end. Give the file of one FHIR R4 "
                            "Questionnaire."));
    if (byte != '{' && byte != '[')
        return scan_fault(input, scan,
                          _("This is not JSON. Give the file of a FHIR R4 Questionnaire in JSON."));
    scan->begun = TRUE;
    return TRUE;
}

/* Before the parser, which follows any nesting and takes more than JSON, sees the bytes: valid
 * UTF-8 without NUL. */
static gboolean scan_bytes(FhirInput *input, const char *bytes, gsize length)
{
    Scan scan = {.line = 1};
    const char *end = bytes + length;
    for (const char *at = bytes; at < end; at++) {
        scan.line += *at == '\n';
        if (strchr(" \t\r\n", *at) != NULL)
            continue;
        if (scan.depth == 0 && !scan_outside(input, &scan, *at))
            return FALSE;
        if (*at == '"') {
            at = end_of_text(at, end);
            if (at == NULL)
                return scan_fault(input, &scan,
                                  _("This is not JSON: a text in quotation marks does not end, or "
                                    "holds a character that cannot be shown. Correct the file."));
        } else if (strchr("{}[],:", *at) != NULL) {
            if (!scan_mark(input, &scan, *at))
                return FALSE;
        } else if (!g_ascii_isalnum(*at) && strchr("+-.", *at) == NULL) {
            return scan_fault(input, &scan,
                              _("This is not JSON. Give the file of a FHIR R4 Questionnaire in "
                                "JSON."));
        }
    }
    return TRUE;
}

/* The parser keeps the last of two members with one name; that would be a silent loss. */
typedef struct {
    GHashTable *seen; /* JsonObject * being read, to how many members it got */
    char *twice;
} Members;

static void on_member(JsonParser *parser, JsonObject *object, const char *name, gpointer data)
{
    (void)parser;
    Members *members = data;
    guint count = GPOINTER_TO_UINT(g_hash_table_lookup(members->seen, object)) + 1;
    g_hash_table_insert(members->seen, object, GUINT_TO_POINTER(count));
    if (count != json_object_get_size(object) && members->twice == NULL)
        members->twice = text_display(name);
}

static void on_object_end(JsonParser *parser, JsonObject *object, gpointer data)
{
    (void)parser;
    g_hash_table_remove(((Members *)data)->seen, object);
}

JsonParser *fhir_parse(FhirInput *input, const char *bytes, gsize length)
{
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        bytes += 3;
        length -= 3;
    }
    if (length > FHIR_MAX_BYTES) {
        add_fault(input, g_strdup_printf(_("%s is larger than %u MiB, which no questionnaire is. "
                                           "Look if it is the right file."),
                                         input->file, FHIR_MAX_BYTES >> 20));
        return NULL;
    }
    if (!g_utf8_validate_len(bytes, length, NULL)) {
        add_fault(input, g_strdup_printf(_("%s is not in UTF-8, as JSON always is. Look if it is "
                                           "the right file."),
                                         input->file));
        return NULL;
    }
    if (!scan_bytes(input, bytes, length))
        return NULL;

    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    Members members = {.seen = seen};
    g_autoptr(JsonParser) parser = json_parser_new();
    g_autoptr(GError) cause = NULL;
    g_signal_connect(parser, "object-member", G_CALLBACK(on_member), &members);
    g_signal_connect(parser, "object-end", G_CALLBACK(on_object_end), &members);
    gboolean read = json_parser_load_from_data(parser, bytes, (gssize)length, &cause);
    g_autofree char *twice = members.twice;
    /* The parser quotes the file, and may cut a character in two. */
    g_autofree char *quoted = g_utf8_make_valid(cause != NULL ? cause->message : "", -1);
    if (!read || json_parser_get_root(parser) == NULL)
        add_fault(input, g_strdup_printf(_("%s is not JSON (%s). Give the file of a FHIR R4 "
                                           "Questionnaire in JSON."),
                                         input->file, quoted));
    else if (twice != NULL)
        add_fault(input, g_strdup_printf(_("%s has the member “%s” twice in one place. Remove one "
                                           "of the two."),
                                         input->file, twice));
    else
        return g_steal_pointer(&parser);
    return NULL;
}
