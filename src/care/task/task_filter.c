/* task_filter.c: words that are typed to see some of the tasks only. */
#include "care/task/task_filter_private.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/client/cards.h"
#include "care/unit/pick.h"

static void word_clear(gpointer data)
{
    TaskWord *word = data;
    g_array_unref(word->staff);
    g_array_unref(word->clients);
    g_strfreev(word->terms);
}

static void add_staff(TaskWord *word, const GPtrArray *staff, char *const *terms)
{
    static const gint64 NOBODY = 0;
    for (guint i = 0; i < staff->len; i++) {
        const PickOption *person = staff->pdata[i];
        if (text_name_has(person->name, terms))
            g_array_append_val(word->staff, person->value);
    }
    if (text_name_has(_("whoever can"), terms))
        g_array_append_val(word->staff, NOBODY);
}

static void add_kinds(TaskWord *word, char *const *terms)
{
    for (guint kind = 0; kind < TASK_KIND_COUNT; kind++)
        if (text_name_has(task_kind_name((TaskKind)kind), terms))
            word->kinds |= 1u << kind;
    /* TRANSLATORS: typed to see what should have been done already; words with the same meaning. */
    word->overdue = text_name_has(C_("tasks", "overdue late"), terms);
}

static int compare_ids(gconstpointer a, gconstpointer b)
{
    const gint64 one = *(const gint64 *)a, other = *(const gint64 *)b;
    return (one > other) - (one < other);
}

/* Those whose names begin so. */
static gboolean add_clients(Session *session, TaskWord *word, const char *term, GError **error)
{
    const Cards *cards = cards_of(session, error);
    for (guint i = 0; cards != NULL && i < cards_count(cards); i++) {
        const gint64 id = card_id(cards_at(cards, i));
        if (card_is_begun(cards_at(cards, i), term))
            g_array_append_val(word->clients, id);
    }
    g_array_sort(word->clients, compare_ids);
    return cards != NULL;
}

/* What cannot be understood is found nowhere. */
static gboolean read_word(Session *session, const GPtrArray *staff, const char *typed,
                          GArray *words, GError **error)
{
    char **terms = text_name_terms(typed);
    const TaskWord word = {.terms = terms,
                           .day = date_parse_words(typed, clock_today()),
                           .staff = g_array_new(FALSE, FALSE, sizeof(gint64)),
                           .clients = g_array_new(FALSE, FALSE, sizeof(gint64))};
    g_array_append_val(words, word);
    TaskWord *added = &g_array_index(words, TaskWord, words->len - 1);
    if (terms[0] == NULL)
        return TRUE;
    add_staff(added, staff, terms);
    add_kinds(added, terms);
    return add_clients(session, added, terms[0], error);
}

GArray *task_words_read(Session *session, const GPtrArray *staff, const char *typed, GError **error)
{
    g_auto(GStrv) parts = g_strsplit_set(typed != NULL ? typed : "", " \t", -1);
    g_autoptr(GArray) words = g_array_new(FALSE, FALSE, sizeof(TaskWord));
    g_array_set_clear_func(words, word_clear);
    for (char **part = parts; *part != NULL && words->len < TASK_WORDS_MOST; part++)
        if (**part != '\0' && !read_word(session, staff, *part, words, error))
            return NULL;
    return g_steal_pointer(&words);
}

static gboolean has_staff(const TaskWord *word, gint64 id)
{
    for (guint i = 0; i < word->staff->len; i++)
        if (g_array_index(word->staff, gint64, i) == id)
            return TRUE;
    return FALSE;
}

gboolean task_word_means(const TaskWord *word, const TaskAsked *task)
{
    return (word->kinds & 1u << task->kind) != 0 || (word->overdue && task->overdue) ||
           (word->day != DATE_NONE && word->day == task->due) || has_staff(word, task->staff_id) ||
           (task->subject != NULL && word->terms[0] != NULL &&
            text_name_has(task->subject, word->terms)) ||
           (task->client_id != 0 &&
            g_array_binary_search(word->clients, &task->client_id, compare_ids, NULL));
}
