/* draft_rows.c: what has been typed into a page of rows, as a draft, and back. */
#include "care/unit/draft_rows.h"

#include <json-glib/json-glib.h>

/* --- the body --------------------------------------------------------------------------------- */

static void write_texts(JsonBuilder *json, const char *name, char *const *texts)
{
    json_builder_set_member_name(json, name);
    json_builder_begin_array(json);
    for (; *texts != NULL; texts++)
        json_builder_add_string_value(json, *texts);
    json_builder_end_array(json);
}

char *draft_rows_write(char *const *values, char *const *base, gint64 version)
{
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_object(json);
    json_builder_set_member_name(json, "version");
    json_builder_add_int_value(json, version);
    write_texts(json, "values", values);
    if (base != NULL)
        write_texts(json, "base", base);
    json_builder_end_object(json);
    g_autoptr(JsonNode) root = json_builder_get_root(json);
    return json_to_string(root, FALSE);
}

/* The first `count` texts of an array; NULL when it has not as many, but for those that `own` has.
 * A page may have had more rows at its end when it was kept, or fewer. New. */
static char **read_texts(JsonObject *object, const char *name, guint count, char *const *own)
{
    JsonNode *node = json_object_get_member(object, name);
    if (node == NULL || !JSON_NODE_HOLDS_ARRAY(node))
        return NULL;
    const guint kept = json_array_get_length(json_node_get_array(node));
    if (kept < count && (own == NULL || kept == 0))
        return NULL;
    char **texts = g_new0(char *, count + 1);
    for (guint i = 0; i < count; i++) {
        if (i >= kept) {
            texts[i] = g_strdup(own[i]);
            continue;
        }
        JsonNode *element = json_array_get_element(json_node_get_array(node), i);
        const char *text = JSON_NODE_HOLDS_VALUE(element) ? json_node_get_string(element) : NULL;
        texts[i] = g_strdup(text != NULL ? text : "");
    }
    return texts;
}

gboolean draft_rows_read(const char *body, guint count, char *const *own, char ***values,
                         char ***base, gint64 *version)
{
    g_autoptr(JsonNode) root = json_from_string(body, NULL);
    if (root == NULL || !JSON_NODE_HOLDS_OBJECT(root))
        return FALSE;
    JsonObject *object = json_node_get_object(root);
    JsonNode *number = json_object_get_member(object, "version");
    char **texts = read_texts(object, "values", count, own);
    if (texts == NULL || number == NULL || !JSON_NODE_HOLDS_VALUE(number)) {
        g_strfreev(texts);
        return FALSE;
    }
    *values = texts;
    *base = read_texts(object, "base", count, own);
    *version = json_node_get_int(number);
    return TRUE;
}

RowMerge draft_rows_merge(const char *mine, const char *base, const char *theirs)
{
    if (g_str_equal(mine, theirs) || g_strcmp0(base, theirs) == 0)
        return ROW_IS_MINE;
    return g_strcmp0(base, mine) == 0 ? ROW_IS_THEIRS : ROW_IS_BOTH;
}

/* --- what is kept ----------------------------------------------------------------------------- */

void draft_kept_clear(DraftKept *kept)
{
    g_clear_pointer(&kept->entered, g_free);
    g_clear_pointer(&kept->kept, g_free);
}

gboolean draft_kept_lacks(const DraftKept *kept, const char *body)
{
    return g_strcmp0(body, kept->kept != NULL ? kept->kept : kept->entered) != 0;
}

gboolean draft_kept_drop(Session *session, DraftKept *kept, GError **error)
{
    if (!draft_drop(session, kept->kind, kept->ref_id, error))
        return FALSE;
    g_clear_pointer(&kept->kept, g_free);
    return TRUE;
}

gboolean draft_kept_save(Session *session, DraftKept *kept, const char *body, gboolean *saved,
                         GError **error)
{
    if (saved != NULL)
        *saved = FALSE;
    if (!draft_kept_lacks(kept, body))
        return TRUE;
    if (g_strcmp0(body, kept->entered) == 0)
        return draft_kept_drop(session, kept, error);
    if (!draft_save(session, kept->kind, kept->ref_id, body, error))
        return FALSE;
    g_free(kept->kept);
    kept->kept = g_strdup(body);
    if (saved != NULL)
        *saved = TRUE;
    return TRUE;
}
