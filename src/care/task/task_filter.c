/* task_filter.c: words that are typed to see some of the tasks only. */
#include "care/task/task_filter_private.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/task/task_kind.h"
#include "care/unit/pick.h"

static void add_staff(GString *codes, const GPtrArray *staff, char *const *terms)
{
    for (guint i = 0; i < staff->len; i++) {
        const PickOption *person = staff->pdata[i];
        if (text_name_has(person->name, terms))
            g_string_append_printf(codes, "%" G_GINT64_FORMAT ",", person->value);
    }
    if (text_name_has(_("whoever can"), terms))
        g_string_append(codes, "0,");
}

static void add_kinds(GString *codes, char *const *terms)
{
    for (int kind = 0; kind < TASK_KIND_COUNT; kind++)
        if (text_name_has(task_kind_name((TaskKind)kind), terms))
            g_string_append_printf(codes, "%s,", task_kind_code((TaskKind)kind));
    /* TRANSLATORS: typed to see what should have been done already; words with the same meaning. */
    if (text_name_has(C_("tasks", "overdue late"), terms))
        g_string_append(codes, "late,");
}

/* What cannot be understood is found nowhere. */
static void read_word(const char *typed, const GPtrArray *staff, TaskWord *word)
{
    g_auto(GStrv) terms = text_name_terms(typed);
    const Date day = date_parse_words(typed, clock_today());
    g_autoptr(GString) codes = g_string_new(",");
    if (terms[0] != NULL) {
        add_staff(codes, staff, terms);
        add_kinds(codes, terms);
    }
    word->codes = g_strdup(codes->str);
    word->from = g_strdup(terms[0] != NULL ? terms[0] : "");
    word->to = terms[0] != NULL ? text_range_end(terms[0]) : g_strdup("");
    if (day != DATE_NONE)
        date_format(day, word->day);
}

gboolean task_words_read(Session *session, const char *typed, TaskWords *words, GError **error)
{
    g_auto(GStrv) parts = g_strsplit_set(typed != NULL ? typed : "", " \t", -1);
    g_autoptr(GPtrArray) staff = NULL;
    int count = 0;
    *words = (TaskWords){0};
    for (char **part = parts; *part != NULL && count < TASK_WORDS_MOST; part++) {
        if (**part == '\0')
            continue;
        if (staff == NULL && (staff = pick_staff_all(session, error)) == NULL)
            return FALSE;
        read_word(*part, staff, &words->words[count++]);
    }
    for (; count < TASK_WORDS_MOST; count++)
        words->words[count] =
            (TaskWord){.codes = g_strdup(""), .from = g_strdup(""), .to = g_strdup("")};
    return TRUE;
}

void task_words_clear(TaskWords *words)
{
    for (int i = 0; i < TASK_WORDS_MOST; i++) {
        g_free(words->words[i].codes);
        g_free(words->words[i].from);
        g_free(words->words[i].to);
    }
}
