/* form_private.h: what the files of src/form/ share while a form is read. */
#pragma once

#include "base/date.h"
#include "form/form.h"

/* --- YAML as a tree (form_yaml.c) --- */

typedef enum { NODE_SCALAR, NODE_LIST, NODE_MAP } NodeKind;

typedef struct {
    NodeKind kind;
    int line;            /* from 1 */
    const char *text;    /* of a scalar, NUL-terminated; valid UTF-8 without NUL inside */
    gsize length;        /* its bytes */
    gboolean missing;    /* a plain scalar that says nothing: "", "~" or "null" */
    gboolean open;       /* being read: a reference to it would be a circle */
    GPtrArray *children; /* of a list: nodes; of a map: key, value, key, value … */
} Node;

typedef struct {
    GPtrArray *nodes; /* owns every Node; a referred one stands in several places */
    GStringChunk *text;
    const Node *root;
} Tree;

/* The tree of one YAML document, ERROR_INPUT with the line of the fault. What a reference (*name)
 * refers to is shared, not copied, so the tree is never larger than the bytes. */
Tree *tree_parse(const char *bytes, gsize length, const char *file, GError **error);
void tree_free(Tree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Tree, tree_free)

/* --- rules and fills (form.c) --- */

/* The day that "today", "today+90" or "today-1" means; DATE_NONE for anything else. */
Date form_rule_day(const char *answer, Date today);
/* The length of the fill ("{client}") that `text` begins with; 0 where it begins with none that
 * form_fill() knows. */
gsize form_fill_length(const char *text);

/* --- what the pieces mean together (form_check.c) --- */

/* Checks the whole form and makes the items' `by_text`. `questions` is set to their number (groups
 * and displayed texts are not questions). */
gboolean form_check(Form *form, const char *file, int *questions, GPtrArray *warnings,
                    GError **error);
