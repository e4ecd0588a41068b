/* form_yaml.c: the bytes of a form file as a tree that knows its lines.
 *
 * libyaml's events are read one by one, so that depth and number are limited before anything
 * grows. A line for every node, and sentences of our own, are why no schema library stands
 * between. */
#include "form/form_fault_private.h"
#include "form/form_private.h"

#include "base/i18n.h"

#include <string.h>
#include <yaml.h>

#define MAX_DEPTH 32
#define MAX_NODES 200000

typedef struct {
    yaml_parser_t yaml;
    const char *file;
    const char *bytes;
    gsize length;
    Tree *tree;
    GPtrArray *open;     /* Node * still being read, the innermost last */
    GHashTable *anchors; /* name to Node * */
    int documents;
    GError **error;
} TreeReader;

static void node_free(Node *node)
{
    g_clear_pointer(&node->children, g_ptr_array_unref);
    g_free(node);
}

void tree_free(Tree *tree)
{
    if (tree == NULL)
        return;
    g_ptr_array_unref(tree->nodes);
    g_string_chunk_free(tree->text);
    g_free(tree);
}

static int line_of(yaml_mark_t mark)
{
    return (int)mark.line + 1;
}

static gboolean add(TreeReader *reader, Node *node)
{
    if (reader->open->len == 0) {
        reader->tree->root = node;
        return TRUE;
    }
    Node *into = g_ptr_array_index(reader->open, reader->open->len - 1);
    g_ptr_array_add(into->children, node);
    return TRUE;
}

static gboolean begin(TreeReader *reader, NodeKind kind, const yaml_char_t *anchor,
                      const yaml_event_t *event, Node **begun)
{
    int line = line_of(event->start_mark);
    if (reader->tree->nodes->len >= MAX_NODES)
        return form_fault(reader->error, reader->file, line, NULL,
                          _("The file is too large for a form. Split it into several forms."));
    if (reader->open->len >= MAX_DEPTH)
        return form_fault(reader->error, reader->file, line, NULL,
                          _("Lists and groups lie too deep inside each other. Move some of them "
                            "out, a form needs only a few levels."));
    Node *node = g_new0(Node, 1);
    node->kind = kind;
    node->line = line;
    g_ptr_array_add(reader->tree->nodes, node);
    if (anchor != NULL)
        g_hash_table_replace(reader->anchors, g_strdup((const char *)anchor), node);
    add(reader, node);
    if (kind != NODE_SCALAR) {
        node->children = g_ptr_array_new();
        node->open = TRUE;
        g_ptr_array_add(reader->open, node);
    }
    *begun = node;
    return TRUE;
}

static gboolean scalar(TreeReader *reader, const yaml_event_t *event)
{
    const char *text = (const char *)event->data.scalar.value;
    gsize length = event->data.scalar.length;
    Node *node;
    if (!begin(reader, NODE_SCALAR, event->data.scalar.anchor, event, &node))
        return FALSE;
    /* "\0" in quotation marks is a NUL, "\ud800" would be no character at all. */
    if (!g_utf8_validate_len(text, length, NULL))
        return form_fault(reader->error, reader->file, node->line, NULL,
                          _("The text holds a character that cannot be shown. Remove the "
                            "backslash and what belongs to it."));
    /* A "!" that begins a plain value is YAML's mark of a type, and the value is what comes after.
     */
    const char *tag = (const char *)event->data.scalar.tag;
    if (tag != NULL && tag[0] == '!')
        return form_fault(reader->error, reader->file, node->line, NULL,
                          _("A value that begins with “!” is written in quotation marks: \"%s\"."),
                          tag);
    node->text = g_string_chunk_insert_len(reader->tree->text, text, (gssize)length);
    node->length = length;
    node->missing = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
                    (length == 0 || g_str_equal(text, "~") || g_str_equal(text, "null"));
    return TRUE;
}

static gboolean reference(TreeReader *reader, const yaml_event_t *event)
{
    const char *name = (const char *)event->data.alias.anchor;
    int line = line_of(event->start_mark);
    Node *node = g_hash_table_lookup(reader->anchors, name);
    if (node == NULL)
        return form_fault(reader->error, reader->file, line, NULL,
                          _("*%s refers to nothing. Write &%s where the part that is to be used "
                            "again stands, above this line."),
                          name, name);
    if (node->open)
        return form_fault(reader->error, reader->file, line, NULL,
                          _("*%s refers to the part it stands in itself. Write the part out."),
                          name);
    return add(reader, node);
}

static gboolean accept(TreeReader *reader, const yaml_event_t *event)
{
    Node *node;
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (++reader->documents > 1)
            return form_fault(reader->error, reader->file, line_of(event->start_mark), NULL,
                              _("A second document begins here. Remove the line “---”, or move "
                                "what follows to a file of its own."));
        return TRUE;
    case YAML_ALIAS_EVENT:
        return reference(reader, event);
    case YAML_SCALAR_EVENT:
        return scalar(reader, event);
    case YAML_SEQUENCE_START_EVENT:
        return begin(reader, NODE_LIST, event->data.sequence_start.anchor, event, &node);
    case YAML_MAPPING_START_EVENT:
        return begin(reader, NODE_MAP, event->data.mapping_start.anchor, event, &node);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        node = g_ptr_array_steal_index(reader->open, reader->open->len - 1);
        node->open = FALSE;
        return TRUE;
    default:
        return TRUE;
    }
}

/* Whether the indentation of `line` (from 1) holds a tab, the commonest fault of all. */
static gboolean indented_by_tab(const TreeReader *reader, int line)
{
    const char *at = reader->bytes, *end = reader->bytes + reader->length;
    for (; line > 1 && at != NULL; line--) {
        at = memchr(at, '\n', (gsize)(end - at));
        at = at == NULL ? NULL : at + 1;
    }
    while (at != NULL && at < end && *at == ' ')
        at++;
    return at != NULL && at < end && *at == '\t';
}

/* A quotation or bracket that is never closed is noticed far below; it is wrong where it begins. */
static int line_of_fault(const yaml_parser_t *yaml)
{
    const char *context = yaml->context != NULL ? yaml->context : "";
    gboolean unclosed = strstr(context, "quoted") != NULL || strstr(context, "flow") != NULL;
    return line_of(unclosed ? yaml->context_mark : yaml->problem_mark);
}

static gboolean syntax_fault(TreeReader *reader)
{
    const yaml_parser_t *yaml = &reader->yaml;
    int line = line_of_fault(yaml);
    if (yaml->error == YAML_MEMORY_ERROR)
        g_error("%s: out of memory", reader->file);
    if (yaml->error == YAML_READER_ERROR) {
        /* Reader errors carry an offset instead of a mark. */
        line = 1;
        for (gsize at = 0; at < yaml->problem_offset && at < reader->length; at++)
            line += reader->bytes[at] == '\n';
        return form_fault(reader->error, reader->file, line, NULL,
                          _("There is a control character in this line. Remove it."));
    }
    if (indented_by_tab(reader, line))
        return form_fault(reader->error, reader->file, line, NULL,
                          _("The line begins with a tab. Indent it with blanks instead."));
    return form_fault(reader->error, reader->file, line, NULL,
                      _("The line cannot be understood (%s). Look at its indentation, colon and "
                        "quotation marks, and at the line above it."),
                      yaml->problem);
}

static gboolean read_events(TreeReader *reader)
{
    for (;;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&reader->yaml, &event))
            return syntax_fault(reader);
        gboolean last = event.type == YAML_STREAM_END_EVENT;
        gboolean accepted = accept(reader, &event);
        yaml_event_delete(&event);
        if (!accepted || last)
            return accepted;
    }
}

static gboolean check_bytes(const char *bytes, gsize length, const char *file, GError **error)
{
    const char *bad;
    if (g_utf8_validate_len(bytes, length, &bad))
        return TRUE;
    int line = 1;
    for (const char *at = bytes; at < bad; at++)
        line += *at == '\n';
    return form_fault(error, file, line, NULL,
                      _("The file is not in UTF-8. Open it in your editor and save it again with "
                        "the encoding UTF-8."));
}

Tree *tree_parse(const char *bytes, gsize length, const char *file, GError **error)
{
    if (!check_bytes(bytes, length, file, error))
        return NULL;
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        bytes += 3;
        length -= 3;
    }
    g_autoptr(Tree) tree = g_new0(Tree, 1);
    tree->nodes = g_ptr_array_new_with_free_func((GDestroyNotify)node_free);
    tree->text = g_string_chunk_new(4096);

    g_autoptr(GPtrArray) open = g_ptr_array_new();
    g_autoptr(GHashTable) anchors = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    TreeReader reader = {.file = file,
                         .bytes = bytes,
                         .length = length,
                         .tree = tree,
                         .open = open,
                         .anchors = anchors,
                         .error = error};
    if (!yaml_parser_initialize(&reader.yaml))
        g_error("%s: out of memory", file);
    yaml_parser_set_encoding(&reader.yaml, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader.yaml, (const unsigned char *)bytes, length);
    gboolean read = read_events(&reader);
    yaml_parser_delete(&reader.yaml);
    if (!read)
        return NULL;
    if (tree->root == NULL || tree->root->missing) {
        form_fault(error, file, 0, NULL,
                   _("The file is empty. Write the form's name, version, title and items in it, or "
                     "copy one of the forms that come with the program."));
        return NULL;
    }
    return g_steal_pointer(&tree);
}
