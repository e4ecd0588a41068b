/* answers.c: a table of answers by item and instance. */
#include "form/answers.h"

#include "base/code.h"
#include "base/i18n.h"
#include "form/answers_private.h"

#include <string.h>

struct Answers {
    GPtrArray *list;  /* Answer *, owned, in the order given */
    GHashTable *keys; /* the same, by link_id and instance */
};

/* --- kinds --- */

static const CodeWord KINDS[] = {
    [ANSWER_NONE] = {.code = "none"},           [ANSWER_VALUE] = {.code = "value"},
    [ANSWER_UNKNOWN] = {.code = "unknown"},     [ANSWER_REFUSED] = {.code = "refused"},
    [ANSWER_NOT_ASKED] = {.code = "not-asked"},
};
CODE_FUNCTIONS(AnswerKind, answer_kind, KINDS)

const char *answer_kind_name(AnswerKind kind)
{
    switch (kind) {
    case ANSWER_NONE:
        return C_("answer", "not answered");
    case ANSWER_VALUE:
        return C_("answer", "answered");
    case ANSWER_UNKNOWN:
        return C_("answer", "does not know");
    case ANSWER_REFUSED:
        return C_("answer", "does not want to answer");
    case ANSWER_NOT_ASKED:
        return C_("answer", "not asked");
    }
    return "";
}

/* --- the table --- */

static guint key_hash(gconstpointer key)
{
    const Answer *answer = key;
    return g_str_hash(answer->link_id) * 31 + g_str_hash(answer->instance);
}

static gboolean key_equal(gconstpointer a, gconstpointer b)
{
    const Answer *one = a, *other = b;
    return strcmp(one->link_id, other->link_id) == 0 && strcmp(one->instance, other->instance) == 0;
}

static void answer_free(Answer *answer)
{
    if (answer == NULL)
        return;
    g_free(answer->link_id);
    g_free(answer->instance);
    g_free(answer->value);
    g_free(answer->note);
    g_free(answer->reason);
    g_free(answer);
}

Answers *answers_new(void)
{
    Answers *answers = g_new0(Answers, 1);
    answers->list = g_ptr_array_new_with_free_func((GDestroyNotify)answer_free);
    answers->keys = g_hash_table_new(key_hash, key_equal);
    return answers;
}

void answers_free(Answers *answers)
{
    if (answers == NULL)
        return;
    g_hash_table_unref(answers->keys);
    g_ptr_array_unref(answers->list);
    g_free(answers);
}

static Answer *find(const Answers *answers, const char *link_id, const char *instance)
{
    Answer key = {.link_id = (char *)link_id, .instance = (char *)instance};
    return g_hash_table_lookup(answers->keys, &key);
}

const Answer *answers_get(const Answers *answers, const char *link_id, const char *instance)
{
    return find(answers, link_id, instance);
}

static Answer *find_or_add(Answers *answers, const char *link_id, const char *instance)
{
    Answer *answer = find(answers, link_id, instance);
    if (answer != NULL)
        return answer;
    answer = g_new0(Answer, 1);
    answer->link_id = g_strdup(link_id);
    answer->instance = g_strdup(instance);
    g_ptr_array_add(answers->list, answer);
    g_hash_table_add(answers->keys, answer);
    return answer;
}

static void remove_if_empty(Answers *answers, Answer *answer)
{
    if (answer->kind != ANSWER_NONE || answer->note != NULL)
        return;
    g_hash_table_remove(answers->keys, answer);
    g_ptr_array_remove(answers->list, answer);
}

static void replace(char **slot, const char *text)
{
    char *copy = text == NULL || text[0] == '\0' ? NULL : g_strdup(text);
    g_free(*slot);
    *slot = copy;
}

void answers_set(Answers *answers, const char *link_id, const char *instance, AnswerKind kind,
                 const char *value)
{
    if (kind != ANSWER_VALUE || value == NULL || value[0] == '\0')
        value = NULL;
    if (kind == ANSWER_VALUE && value == NULL)
        kind = ANSWER_NONE;
    Answer *answer = find_or_add(answers, link_id, instance);
    if (answer->kind != kind || g_strcmp0(answer->value, value) != 0)
        g_clear_pointer(&answer->reason, g_free);
    answer->kind = kind;
    replace(&answer->value, value);
    remove_if_empty(answers, answer);
}

void answers_set_note(Answers *answers, const char *link_id, const char *instance, const char *note)
{
    Answer *answer = find_or_add(answers, link_id, instance);
    replace(&answer->note, note);
    remove_if_empty(answers, answer);
}

void answers_set_reason(Answers *answers, const char *link_id, const char *instance,
                        const char *reason)
{
    Answer *answer = find(answers, link_id, instance);
    if (answer != NULL && answer->kind != ANSWER_NONE)
        replace(&answer->reason, reason);
}

void answers_foreach(const Answers *answers, void (*visit)(const Answer *answer, gpointer data),
                     gpointer data)
{
    for (guint i = 0; i < answers->list->len; i++)
        visit(g_ptr_array_index(answers->list, i), data);
}

/* --- instances --- */

int instance_depth(const char *instance)
{
    int depth = instance[0] != '\0';
    for (; *instance != '\0'; instance++)
        depth += *instance == '.';
    return depth;
}

gsize instance_prefix(const char *instance, int depth)
{
    const char *at = instance;
    for (; depth > 0 && *at != '\0'; depth--) {
        at += at > instance;
        at += strcspn(at, ".");
    }
    return (gsize)(at - instance);
}

char *instance_within(const char *instance, int number, char *buffer)
{
    g_snprintf(buffer, INSTANCE_SIZE, "%s%s%d", instance, instance[0] != '\0' ? "." : "", number);
    return buffer;
}

int instance_compare(const char *a, const char *b)
{
    while (*a != '\0' && *b != '\0') {
        char *after_a, *after_b;
        gint64 one = g_ascii_strtoll(a, &after_a, 10), other = g_ascii_strtoll(b, &after_b, 10);
        if (one != other || after_a == a || after_b == b)
            return one != other ? (one > other) * 2 - 1 : strcmp(a, b);
        a = after_a + (*after_a == '.');
        b = after_b + (*after_b == '.');
    }
    return (*a != '\0') - (*b != '\0');
}

/* --- repetitions --- */

int answers_repetitions(const Answers *answers, const FormItem *group, const char *instance)
{
    const Answer *begun = find(answers, group->link_id, instance);
    guint64 count = 1;
    if (begun == NULL || begun->value == NULL ||
        !g_ascii_string_to_unsigned(begun->value, 10, 1, ANSWERS_REPETITIONS_MAX, &count, NULL))
        return 1;
    return (int)count;
}

static void set_repetitions(Answers *answers, const FormItem *group, const char *instance,
                            int count)
{
    char text[16];
    g_snprintf(text, sizeof text, "%d", count);
    answers_set(answers, group->link_id, instance, count > 1 ? ANSWER_VALUE : ANSWER_NONE, text);
}

void answers_need_repetitions(Answers *answers, const FormItem *group, const char *instance,
                              int count)
{
    if (count > answers_repetitions(answers, group, instance))
        set_repetitions(answers, group, instance, MIN(count, ANSWERS_REPETITIONS_MAX));
}

void answers_add_repetition(Answers *answers, const FormItem *group, const char *instance)
{
    answers_need_repetitions(answers, group, instance,
                             answers_repetitions(answers, group, instance) + 1);
}

static void collect_inside(const FormItem *group, GHashTable *inside)
{
    for (guint i = 0; i < group->items->len; i++) {
        FormItem *item = g_ptr_array_index(group->items, i);
        g_hash_table_add(inside, item->link_id);
        collect_inside(item, inside);
    }
}

/* The repetition of the group at `instance` that `answer` lies in; 0 when it lies elsewhere.
 * `tail` is set to what follows the number. */
static int repetition_of(const Answer *answer, const char *instance, const char **tail)
{
    const char *at = answer->instance;
    gsize length = strlen(instance);
    if (strncmp(at, instance, length) != 0 || (length > 0 && at[length] != '.'))
        return 0;
    at += length + (length > 0);
    *tail = at + strcspn(at, ".");
    return (int)g_ascii_strtoll(at, NULL, 10);
}

void answers_remove_repetition(Answers *answers, const FormItem *group, const char *instance,
                               int number)
{
    int count = answers_repetitions(answers, group, instance);
    if (number < 1 || number > count)
        return;
    g_autoptr(GHashTable) inside = g_hash_table_new(g_str_hash, g_str_equal);
    collect_inside(group, inside);
    g_autoptr(GPtrArray) all = g_steal_pointer(&answers->list);
    answers->list = g_ptr_array_new_with_free_func((GDestroyNotify)answer_free);
    /* The keys change with the instances, so the table is made anew. */
    g_hash_table_remove_all(answers->keys);
    for (guint i = 0; i < all->len; i++) {
        Answer *answer = g_ptr_array_index(all, i);
        const char *tail = "";
        int at = g_hash_table_contains(inside, answer->link_id)
                     ? repetition_of(answer, instance, &tail)
                     : 0;
        if (at == number)
            continue;
        if (at > number) {
            char moved[INSTANCE_SIZE];
            instance_within(instance, at - 1, moved);
            char *whole = g_strconcat(moved, tail, NULL);
            g_free(answer->instance);
            answer->instance = whole;
        }
        g_ptr_array_index(all, i) = NULL;
        g_ptr_array_add(answers->list, answer);
        g_hash_table_add(answers->keys, answer);
    }
    set_repetitions(answers, group, instance, MAX(count - 1, 1));
}

/* --- choices --- */

gboolean answers_has_code(const Answer *answer, const char *code)
{
    return answer != NULL && answer->value != NULL && value_has_code(answer->value, code);
}

const char *answers_own_words(const Answer *answer)
{
    return answer == NULL || answer->value == NULL ? NULL : value_own_words(answer->value);
}

const char *value_own_words(const char *value)
{
    for (const char *at = value; *at != '\0'; at++)
        if (*at == '=' && (at == value || at[-1] == ' '))
            return at + 1;
    return NULL;
}

gboolean value_has_code(const char *value, const char *code)
{
    gsize length = strlen(code);
    for (const char *at = value; *at != '\0' && *at != '=';) {
        gsize word = strcspn(at, " ");
        if (word == length && strncmp(at, code, length) == 0)
            return TRUE;
        at += word + strspn(at + word, " ");
    }
    return FALSE;
}
