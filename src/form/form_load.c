/* form_load.c: from a form file's tree to the structs of form.h.
 *
 * One table of fields per kind of mapping says which names are known, how each value is read and
 * where it goes. What the pieces mean together is checked in form_check.c. */
#include "form/form_fault_private.h"
#include "form/form_private.h"

#include "base/i18n.h"
#include "base/text.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>

#define MAX_BYTES (4u << 20)
#define MAX_ITEMS 5000
#define MAX_GROUPS 16
/* What may be read in all, references unfolded: bytes of text and NODE_COST a node. */
#define MAX_COST (16u << 20)
#define NODE_COST 32

typedef struct {
    const char *file;
    const char *link_id; /* of the item being read; NULL outside */
    gsize cost;
    int items;
    int groups; /* how deep */
    GError **error;
} Reader;

typedef struct Field Field;
/* Reads `value` of `field` into `slot`, a member of the struct being filled. */
typedef gboolean (*FieldReader)(Reader *reader, const Field *field, const Node *value,
                                gpointer slot);
struct Field {
    const char *name;
    FieldReader read;
    gsize offset;
    gboolean needed;
};

/* `reader` says which file and item; the rest is one sentence. */
#define fault(reader, line, ...)                                                                   \
    form_fault((reader)->error, (reader)->file, line, (reader)->link_id, __VA_ARGS__)

/* --- one mapping --- */

static gboolean charge(Reader *reader, const Node *node)
{
    reader->cost += NODE_COST + node->length;
    if (reader->cost <= MAX_COST)
        return TRUE;
    return fault(reader, node->line,
                 _("The form is too large once its references (*name) are followed. Use fewer of "
                   "them, or split the form into several."));
}

static char *known_names(const Field *fields, gsize count)
{
    GString *names = g_string_new(NULL);
    for (gsize i = 0; i < count; i++)
        g_string_append_printf(names, "%s%s", i == 0 ? "" : ", ", fields[i].name);
    return g_string_free(names, FALSE);
}

static gboolean find_field(Reader *reader, const Field *fields, gsize count, const Node *key,
                           gsize *found)
{
    if (key->kind == NODE_SCALAR)
        for (gsize i = 0; i < count; i++)
            if (g_str_equal(fields[i].name, key->text)) {
                *found = i;
                return TRUE;
            }
    g_autofree char *known = known_names(fields, count);
    g_autofree char *shown = text_display(key->kind == NODE_SCALAR ? key->text : "?");
    g_autofree char *name = text_truncate(shown, 60);
    return fault(reader, key->line,
                 _("The field “%s” is not known here. Correct its name or remove it; the known "
                   "ones are: %s."),
                 name, known);
}

/* Fills the struct at `into` from `node` as `fields` say. */
static gboolean read_mapping(Reader *reader, const Node *node, const Field *fields, gsize count,
                             gpointer into)
{
    g_assert(count <= 32);
    guint32 seen = 0, given = 0;
    if (node->kind != NODE_MAP) {
        g_autofree char *known = known_names(fields, count);
        return fault(reader, node->line,
                     _("Fields with values are expected here, as “%s: …”. The known ones are: %s."),
                     fields[0].name, known);
    }
    if (!charge(reader, node))
        return FALSE;
    for (guint i = 0; i + 1 < node->children->len; i += 2) {
        const Node *key = g_ptr_array_index(node->children, i);
        const Node *value = g_ptr_array_index(node->children, i + 1);
        gsize at = 0;
        if (!find_field(reader, fields, count, key, &at))
            return FALSE;
        if (seen & 1u << at)
            return fault(reader, key->line,
                         _("The field “%s” stands twice. Remove one of the two."), key->text);
        seen |= 1u << at;
        if (value->missing)
            continue;
        given |= 1u << at;
        if (!charge(reader, value) ||
            !fields[at].read(reader, &fields[at], value, (char *)into + fields[at].offset))
            return FALSE;
    }
    for (gsize i = 0; i < count; i++)
        if (fields[i].needed && !(given & 1u << i))
            return fault(reader, node->line, _("The field “%s” is missing. Add it with its value."),
                         fields[i].name);
    return TRUE;
}

/* --- single values --- */

static gboolean need_scalar(Reader *reader, const Field *field, const Node *value)
{
    return value->kind == NODE_SCALAR ||
           fault(reader, value->line,
                 _("The field “%s” takes one value. Write it on the same line after the colon."),
                 field->name);
}

/* A text to be shown: cleaned, and its outer blanks (a block's last newline) taken off. */
static gboolean read_text(Reader *reader, const Field *field, const Node *value, gpointer slot)
{
    if (!need_scalar(reader, field, value))
        return FALSE;
    g_autofree char *text = text_clean(value->text);
    g_strstrip(text);
    if (text[0] == '\0')
        return fault(reader, value->line,
                     _("The field “%s” is empty. Write its text, or remove the field."),
                     field->name);
    *(char **)slot = g_steal_pointer(&text);
    return TRUE;
}

/* A word that is stored and compared: no blanks, nothing invisible. */
static gboolean read_word(Reader *reader, const Field *field, const Node *value, gpointer slot)
{
    if (!need_scalar(reader, field, value))
        return FALSE;
    g_autofree char *clean = text_clean(value->text);
    gboolean good = clean[0] != '\0' && value->length <= 100 && g_str_equal(clean, value->text);
    for (const char *at = clean; good && *at != '\0'; at = g_utf8_next_char(at))
        good = g_unichar_isgraph(g_utf8_get_char(at));
    if (!good)
        return fault(reader, value->line,
                     _("“%s” takes one word of at most 100 bytes, without blanks. Use hyphens to "
                       "join words."),
                     field->name);
    *(char **)slot = g_steal_pointer(&clean);
    return TRUE;
}

static gboolean read_flag(Reader *reader, const Field *field, const Node *value, gpointer slot)
{
    static const struct {
        const char *word;
        gboolean means;
    } words[] = {{"true", TRUE}, {"false", FALSE}, {"ja", TRUE},
                 {"nej", FALSE}, {"yes", TRUE},    {"no", FALSE}};
    if (!need_scalar(reader, field, value))
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_ascii_strcasecmp(value->text, words[i].word) == 0) {
            *(gboolean *)slot = words[i].means;
            return TRUE;
        }
    return fault(reader, value->line, _("“%s” is either true or false. Write one of the two."),
                 field->name);
}

static gboolean read_count(Reader *reader, const Field *field, const Node *value, gpointer slot)
{
    guint64 count;
    if (!need_scalar(reader, field, value))
        return FALSE;
    if (!g_ascii_string_to_unsigned(value->text, 10, 1, MAX_ITEMS, &count, NULL))
        return fault(reader, value->line, _("“%s” is a number from 1 to %d. Write one."),
                     field->name, MAX_ITEMS);
    *(int *)slot = (int)count;
    return TRUE;
}

/* The place of the value among `words`; the fault lists them. */
static gboolean read_one_of(Reader *reader, const Field *field, const Node *value,
                            const char *const *words, gsize count, gsize *chosen)
{
    if (!need_scalar(reader, field, value))
        return FALSE;
    for (gsize i = 0; i < count; i++)
        if (g_str_equal(value->text, words[i])) {
            *chosen = i;
            return TRUE;
        }
    GString *known = g_string_new(NULL);
    for (gsize i = 0; i < count; i++)
        g_string_append_printf(known, "%s\"%s\"", i == 0 ? "" : " ", words[i]);
    g_autofree char *list = g_string_free(known, FALSE);
    g_autofree char *shown = text_display(value->text);
    g_autofree char *wrong = text_truncate(shown, 60);
    return fault(reader, value->line,
                 _("“%s” cannot be “%s”. Write one of these, in quotation marks: %s."), field->name,
                 wrong, list);
}

static gboolean read_type(Reader *reader, const Field *field, const Node *value, gpointer slot)
{
    const char *names[ITEM_TEXT + 1];
    gsize chosen;
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        names[i] = item_type_name((ItemType)i);
    if (!read_one_of(reader, field, value, names, G_N_ELEMENTS(names), &chosen))
        return FALSE;
    *(ItemType *)slot = (ItemType)chosen;
    return TRUE;
}

/* Of a rule: "exists" would say what `required` says. */
static gboolean read_comparison(Reader *reader, const Field *field, const Node *value,
                                gpointer slot)
{
    static const char *const names[] = {"=", "!=", ">", "<", ">=", "<="};
    static const WhenOperator operators[] = {WHEN_EQ, WHEN_NE, WHEN_GT, WHEN_LT, WHEN_GE, WHEN_LE};
    gsize chosen;
    if (!read_one_of(reader, field, value, names, G_N_ELEMENTS(names), &chosen))
        return FALSE;
    *(WhenOperator *)slot = operators[chosen];
    return TRUE;
}

static gboolean read_respondent(Reader *reader, const Field *field, const Node *value,
                                gpointer slot)
{
    static const char *const names[] = {"case-officer", "child", "parent", "client", "staff"};
    gsize chosen;
    if (!read_one_of(reader, field, value, names, G_N_ELEMENTS(names), &chosen))
        return FALSE;
    *(char **)slot = g_strdup(names[chosen]);
    return TRUE;
}

static gboolean read_kind(Reader *reader, const Field *field, const Node *value, gpointer slot)
{
    static const char *const names[] = {"walk", "interview"};
    gsize chosen;
    if (!read_one_of(reader, field, value, names, G_N_ELEMENTS(names), &chosen))
        return FALSE;
    *(FormKind *)slot = chosen == 0 ? FORM_KIND_WALK : FORM_KIND_INTERVIEW;
    return TRUE;
}

static gboolean read_operator(Reader *reader, const Field *field, const Node *value, gpointer slot)
{
    static const char *const names[] = {
        [WHEN_EXISTS] = "exists", [WHEN_EQ] = "=",  [WHEN_NE] = "!=", [WHEN_GT] = ">",
        [WHEN_LT] = "<",          [WHEN_GE] = ">=", [WHEN_LE] = "<=",
    };
    gsize chosen;
    if (!read_one_of(reader, field, value, names, G_N_ELEMENTS(names), &chosen))
        return FALSE;
    *(WhenOperator *)slot = (WhenOperator)chosen;
    return TRUE;
}

static gboolean read_behaviour(Reader *reader, const Field *field, const Node *value, gpointer slot)
{
    static const char *const names[] = {"all", "any"};
    gsize chosen;
    if (!read_one_of(reader, field, value, names, G_N_ELEMENTS(names), &chosen))
        return FALSE;
    *(gboolean *)slot = chosen == 1;
    return TRUE;
}

/* One letter or digit, kept as it is typed without Shift. */
static gboolean read_key(Reader *reader, const Field *field, const Node *value, gpointer slot)
{
    if (!need_scalar(reader, field, value))
        return FALSE;
    g_autofree char *text = text_clean(value->text);
    gunichar key = g_utf8_get_char(text);
    if (g_utf8_strlen(text, -1) != 1 || !g_unichar_isalnum(key))
        return fault(reader, value->line, _("“%s” is one letter or digit. Write a single one."),
                     field->name);
    *(gunichar *)slot = g_unichar_tolower(key);
    return TRUE;
}

/* --- lists --- */

static gboolean need_list(Reader *reader, const Field *field, const Node *value)
{
    return value->kind == NODE_LIST ||
           fault(reader, value->line,
                 _("The field “%s” takes a list. Begin each part on a line of its own with “- ”."),
                 field->name);
}

/* One text, or a list of them. */
static gboolean read_texts(Reader *reader, const Field *field, const Node *value, gpointer slot)
{
    GPtrArray *texts = *(GPtrArray **)slot;
    char *text;
    if (value->kind == NODE_SCALAR) {
        if (!read_text(reader, field, value, &text))
            return FALSE;
        g_ptr_array_add(texts, text);
        return TRUE;
    }
    if (!need_list(reader, field, value))
        return FALSE;
    for (guint i = 0; i < value->children->len; i++) {
        const Node *part = g_ptr_array_index(value->children, i);
        if (!charge(reader, part) || !read_text(reader, field, part, &text))
            return FALSE;
        g_ptr_array_add(texts, text);
    }
    return TRUE;
}

static gboolean read_options(Reader *reader, const Field *field, const Node *value, gpointer slot)
{
    static const Field fields[] = {
        {"code", read_word, offsetof(FormOption, code), TRUE},
        {"display", read_text, offsetof(FormOption, display), TRUE},
        {"key", read_key, offsetof(FormOption, key), FALSE},
        {"alias", read_texts, offsetof(FormOption, alias), FALSE},
        {"offersHelp", read_flag, offsetof(FormOption, offers_help), FALSE},
        {"unitCause", read_flag, offsetof(FormOption, unit_cause), FALSE},
        {"exclusive", read_flag, offsetof(FormOption, exclusive), FALSE},
    };
    GPtrArray *options = *(GPtrArray **)slot;
    if (!need_list(reader, field, value))
        return FALSE;
    for (guint i = 0; i < value->children->len; i++) {
        const Node *node = g_ptr_array_index(value->children, i);
        FormOption *option = form_option_new();
        option->line = node->line;
        g_ptr_array_add(options, option);
        if (!read_mapping(reader, node, fields, G_N_ELEMENTS(fields), option))
            return FALSE;
    }
    return TRUE;
}

static gboolean read_whens(Reader *reader, const Field *field, const Node *value, gpointer slot)
{
    static const Field fields[] = {
        {"question", read_word, offsetof(FormWhen, question), TRUE},
        {"operator", read_operator, offsetof(FormWhen, operator), TRUE},
        {"answer", read_text, offsetof(FormWhen, answer), TRUE},
    };
    GPtrArray *whens = *(GPtrArray **)slot;
    if (!need_list(reader, field, value))
        return FALSE;
    for (guint i = 0; i < value->children->len; i++) {
        const Node *node = g_ptr_array_index(value->children, i);
        FormWhen *when = g_new0(FormWhen, 1);
        when->line = node->line;
        g_ptr_array_add(whens, when);
        if (!read_mapping(reader, node, fields, G_N_ELEMENTS(fields), when))
            return FALSE;
    }
    return TRUE;
}

static gboolean read_rules(Reader *reader, const Field *field, const Node *value, gpointer slot)
{
    static const Field fields[] = {
        {"operator", read_comparison, offsetof(FormRule, operator), TRUE},
        {"answer", read_text, offsetof(FormRule, answer), TRUE},
        {"text", read_text, offsetof(FormRule, text), TRUE},
    };
    GPtrArray *rules = *(GPtrArray **)slot;
    if (!need_list(reader, field, value))
        return FALSE;
    for (guint i = 0; i < value->children->len; i++) {
        const Node *node = g_ptr_array_index(value->children, i);
        FormRule *rule = g_new0(FormRule, 1);
        rule->line = node->line;
        g_ptr_array_add(rules, rule);
        if (!read_mapping(reader, node, fields, G_N_ELEMENTS(fields), rule))
            return FALSE;
    }
    return TRUE;
}

static gboolean read_items(Reader *reader, const Field *field, const Node *value, gpointer slot);

/* The linkId ahead of the other fields, so that their faults can name the item. */
static const char *peek_link_id(const Node *node)
{
    for (guint i = 0; node->kind == NODE_MAP && i + 1 < node->children->len; i += 2) {
        const Node *key = g_ptr_array_index(node->children, i);
        const Node *value = g_ptr_array_index(node->children, i + 1);
        if (key->kind == NODE_SCALAR && g_str_equal(key->text, "linkId"))
            return value->kind == NODE_SCALAR && value->length <= 100 ? value->text : NULL;
    }
    return NULL;
}

static gboolean read_item(Reader *reader, const Node *node, FormItem *item)
{
    static const Field fields[] = {
        {"linkId", read_word, offsetof(FormItem, link_id), TRUE},
        {"type", read_type, offsetof(FormItem, type), TRUE},
        {"text", read_text, offsetof(FormItem, text), FALSE},
        {"help", read_text, offsetof(FormItem, help), FALSE},
        {"required", read_flag, offsetof(FormItem, required), FALSE},
        {"statutory", read_flag, offsetof(FormItem, statutory), FALSE},
        {"followUp", read_flag, offsetof(FormItem, follow_up), FALSE},
        {"repeats", read_flag, offsetof(FormItem, repeats), FALSE},
        {"max", read_count, offsetof(FormItem, max), FALSE},
        {"ownWords", read_flag, offsetof(FormItem, own_words), FALSE},
        {"enableWhen", read_whens, offsetof(FormItem, enable_when), FALSE},
        {"enableBehavior", read_behaviour, offsetof(FormItem, enable_any), FALSE},
        {"answerOption", read_options, offsetof(FormItem, options), FALSE},
        {"constraint", read_rules, offsetof(FormItem, constraints), FALSE},
        {"warning", read_rules, offsetof(FormItem, warnings), FALSE},
        {"initial", read_text, offsetof(FormItem, initial), FALSE},
        {"beside", read_texts, offsetof(FormItem, beside), FALSE},
        {"candidates", read_texts, offsetof(FormItem, candidates), FALSE},
        {"mapsTo", read_word, offsetof(FormItem, maps_to), FALSE},
        {"known", read_word, offsetof(FormItem, known), FALSE},
        {"item", read_items, offsetof(FormItem, items), FALSE},
    };
    const char *outer = reader->link_id;
    reader->link_id = peek_link_id(node);
    item->line = node->line;
    gboolean read = read_mapping(reader, node, fields, G_N_ELEMENTS(fields), item);
    reader->link_id = outer;
    for (guint i = 0; i < item->items->len; i++)
        ((FormItem *)g_ptr_array_index(item->items, i))->parent = item;
    return read;
}

static gboolean read_items(Reader *reader, const Field *field, const Node *value, gpointer slot)
{
    GPtrArray *items = *(GPtrArray **)slot;
    if (!need_list(reader, field, value))
        return FALSE;
    if (reader->groups >= MAX_GROUPS)
        return fault(reader, value->line,
                     _("Groups lie more than %d deep inside each other. Move some of them out."),
                     MAX_GROUPS);
    reader->groups++;
    for (guint i = 0; i < value->children->len; i++) {
        const Node *node = g_ptr_array_index(value->children, i);
        if (++reader->items > MAX_ITEMS)
            return fault(reader, node->line,
                         _("The form has more than %d items. Split it into several forms."),
                         MAX_ITEMS);
        FormItem *item = form_item_new();
        g_ptr_array_add(items, item);
        if (!read_item(reader, node, item))
            return FALSE;
    }
    reader->groups--;
    return TRUE;
}

static gboolean read_form(Reader *reader, const Node *root, Form *form)
{
    static const Field fields[] = {
        {"name", read_word, offsetof(Form, name), TRUE},
        {"version", read_word, offsetof(Form, version), TRUE},
        {"title", read_text, offsetof(Form, title), TRUE},
        {"source", read_text, offsetof(Form, source), FALSE},
        {"count", read_count, offsetof(Form, count), FALSE},
        {"respondent", read_respondent, offsetof(Form, respondent), FALSE},
        {"kind", read_kind, offsetof(Form, kind), FALSE},
        {"opening", read_text, offsetof(Form, opening), FALSE},
        {"openingOnPaper", read_text, offsetof(Form, opening_on_paper), FALSE},
        {"closing", read_text, offsetof(Form, closing), FALSE},
        {"item", read_items, offsetof(Form, items), TRUE},
    };
    return read_mapping(reader, root, fields, G_N_ELEMENTS(fields), form);
}

/* --- whole files --- */

static char *hash_of(const char *bytes, gsize length)
{
    guint8 hash[crypto_generichash_BYTES];
    char hex[2 * sizeof hash + 1];
    crypto_generichash(hash, sizeof hash, (const guint8 *)bytes, length, NULL, 0);
    return g_strdup(sodium_bin2hex(hex, sizeof hex, hash, sizeof hash));
}

static int line_of_field(const Node *root, const char *name)
{
    for (guint i = 0; i + 1 < root->children->len; i += 2) {
        const Node *key = g_ptr_array_index(root->children, i);
        if (key->kind == NODE_SCALAR && g_str_equal(key->text, name))
            return key->line;
    }
    return root->line;
}

Form *form_load_bytes(const char *bytes, gsize length, const char *name, GPtrArray *warnings,
                      GError **error)
{
    if (length > MAX_BYTES) {
        form_fault(error, name, 0, NULL,
                   _("The file is larger than %u MiB, which no form is. Look if it is the right "
                     "file."),
                   MAX_BYTES >> 20);
        return NULL;
    }
    g_autoptr(Tree) tree = tree_parse(bytes, length, name, error);
    if (tree == NULL)
        return NULL;

    g_autoptr(Form) form = g_new0(Form, 1);
    form->items = g_ptr_array_new_with_free_func((GDestroyNotify)form_item_free);
    Reader reader = {.file = name, .error = error};
    int questions;
    if (!read_form(&reader, tree->root, form) ||
        !form_check(form, name, &questions, warnings, error))
        return NULL;
    if (form->count != 0 && form->count != questions) {
        form_fault(
            error, name, line_of_field(tree->root, "count"), NULL,
            ngettext("The form has %d question, but “count” says %d. Correct the number, or "
                     "look for a question that has been lost or added.",
                     "The form has %d questions, but “count” says %d. Correct the number, or "
                     "look for a question that has been lost or added.",
                     (gulong)questions),
            questions, form->count);
        return NULL;
    }
    form->body = g_strndup(bytes, length);
    form->hash = hash_of(bytes, length);
    return g_steal_pointer(&form);
}

/* Only a plain file is opened: a folder gives no bytes, and a pipe could wait for ever. */
static gboolean check_file(const char *path, GError **error)
{
    struct stat status;
    if (stat(path, &status) != 0) {
        gboolean absent = errno == ENOENT || errno == ENOTDIR;
        g_set_error(error, DAGSFORM_ERROR, absent ? ERROR_NOT_FOUND : ERROR_IO,
                    absent ? _("There is no form file %s (%s). Check the name.")
                           : _("The form file %s cannot be read (%s). Check who may read it."),
                    path, g_strerror(errno));
        return FALSE;
    }
    if (!S_ISREG(status.st_mode))
        return form_fault(error, path, 0, NULL,
                          _("This is not a file. Give the name of a form file (*.yaml)."));
    if (status.st_size > (off_t)MAX_BYTES)
        return form_fault(error, path, 0, NULL,
                          _("The file is larger than %u MiB, which no form is. Look if it is the "
                            "right file."),
                          MAX_BYTES >> 20);
    return TRUE;
}

Form *form_load(const char *path, GPtrArray *warnings, GError **error)
{
    g_autofree char *bytes = NULL;
    gsize length;
    g_autoptr(GError) cause = NULL;
    if (!check_file(path, error))
        return NULL;
    if (!g_file_get_contents(path, &bytes, &length, &cause)) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_IO,
                    _("The form file %s cannot be read (%s). Check who may read it."), path,
                    cause->message);
        return NULL;
    }
    return form_load_bytes(bytes, length, path, warnings, error);
}
