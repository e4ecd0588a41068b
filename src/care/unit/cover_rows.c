/* cover_rows.c: who covers for a colleague: typed, and said. */
#include "care/unit/cover_rows.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/unit/pick.h"

/* --- rows ------------------------------------------------------------------------------------- */

char **cover_rows_values(const Cover *cover)
{
    char date[DATE_SIZE];
    char **values = g_new0(char *, COVER_ROW_COUNT + 1);
    values[COVER_ROW_STAFF] = g_strdup(cover->staff_name != NULL ? cover->staff_name : "");
    values[COVER_ROW_COVER] = g_strdup(cover->cover_name != NULL ? cover->cover_name : "");
    values[COVER_ROW_TO] = g_strdup(date_format(cover->to, date));
    values[COVER_ROW_FROM] = g_strdup(date_format(cover->from, date));
    values[COVER_ROW_WORD] = g_strdup(cover->word != NULL ? cover->word : "");
    return values;
}

/* New; NULL: nothing is written. */
static char *written(const char *text)
{
    g_autofree char *clean = g_strstrip(text_clean(text));
    return clean[0] != '\0' ? g_steal_pointer(&clean) : NULL;
}

/* 0: nobody, or more than one. */
static gint64 somebody(const GPtrArray *staff, const char *typed, char **name)
{
    const PickOption *found = pick_match(staff, typed);
    g_free(*name);
    *name = found != NULL ? g_strdup(found->name) : NULL;
    return found != NULL ? found->value : 0;
}

static Date day_or(const char *typed, Date otherwise)
{
    g_autofree char *text = written(typed);
    return text != NULL ? date_parse_words(text, clock_today()) : otherwise;
}

gboolean cover_rows_take(const GPtrArray *staff, char *const *values, Cover *cover,
                         const char *faults[COVER_ROW_COUNT])
{
    const char *nobody =
        _("No colleague, or more than one, is meant by that. Type more of the name.");
    memset(faults, 0, COVER_ROW_COUNT * sizeof *faults);
    cover->staff_id = somebody(staff, values[COVER_ROW_STAFF], &cover->staff_name);
    cover->cover_id = somebody(staff, values[COVER_ROW_COVER], &cover->cover_name);
    cover->from = day_or(values[COVER_ROW_FROM], clock_today());
    cover->to = day_or(values[COVER_ROW_TO], cover->from);
    g_free(cover->word);
    cover->word = written(values[COVER_ROW_WORD]);
    if (cover->staff_id == 0)
        faults[COVER_ROW_STAFF] = nobody;
    if (cover->cover_id == 0)
        faults[COVER_ROW_COVER] = nobody;
    else if (cover->cover_id == cover->staff_id)
        faults[COVER_ROW_COVER] = _("Nobody covers for themselves. Choose a colleague.");
    if (cover->from == DATE_NONE)
        faults[COVER_ROW_FROM] = _("Write the first day away as 21/11, fri or tomorrow.");
    if (cover->to == DATE_NONE && cover->from != DATE_NONE)
        faults[COVER_ROW_TO] = _("Write the last day away as 21/11, fri or +2w.");
    else if (cover->to != DATE_NONE && cover->to < cover->from)
        faults[COVER_ROW_TO] =
            _("The last day away is before the first one. Change one of the days.");
    for (int row = 0; row < COVER_ROW_COUNT; row++)
        if (faults[row] != NULL)
            return FALSE;
    return TRUE;
}

/* --- words ------------------------------------------------------------------------------------ */

char *cover_words(const Cover *cover)
{
    char from[DATE_SIZE], to[DATE_SIZE];
    date_format(cover->from, from);
    if (cover->from == cover->to)
        /* TRANSLATORS: who covers, for which colleague, on which day */
        return g_strdup_printf(_("%s covers for %s, %s"), cover->cover_name, cover->staff_name,
                               from);
    /* TRANSLATORS: who covers, for which colleague, first and last day */
    return g_strdup_printf(_("%s covers for %s, %s to %s"), cover->cover_name, cover->staff_name,
                           from, date_format(cover->to, to));
}

char *cover_words_done(const Cover *cover, const CoverDone *done)
{
    g_autofree char *who = cover_words(cover);
    g_autoptr(GString) text = g_string_new(who);
    g_string_append(text, ": ");
    g_string_append_printf(text, ngettext("%d visit", "%d visits", (gulong)done->visits),
                           done->visits);
    g_string_append(text, ", ");
    g_string_append_printf(text, ngettext("%d task", "%d tasks", (gulong)done->tasks),
                           done->tasks);
    g_string_append_c(text, '.');
    if (done->passed > 0) {
        g_string_append_c(text, ' ');
        g_string_append_printf(text,
                               ngettext("What %s covers for %d colleague is among them.",
                                        "What %s covers for %d colleagues is among them.",
                                        (gulong)done->passed),
                               cover->staff_name, done->passed);
    }
    if (done->clashes > 0) {
        g_string_append_c(text, ' ');
        g_string_append_printf(text,
                               ngettext("%d visit is at the same time as one of %s’s own.",
                                        "%d visits are at the same time as one of %s’s own.",
                                        (gulong)done->clashes),
                               done->clashes, cover->cover_name);
    }
    if (done->alone > 0) {
        g_string_append_c(text, ' ');
        g_string_append_printf(
            text,
            ngettext("On %d visit two were to go, and one does now: choose who goes along.",
                     "On %d visits two were to go, and one does now: choose who goes along.",
                     (gulong)done->alone),
            done->alone);
    }
    if (done->closed > 0) {
        g_string_append_c(text, ' ');
        g_string_append_printf(
            text,
            ngettext("%d about protected identity is left: name %s on that card, or give it to "
                     "somebody named.",
                     "%d about protected identity are left: name %s on those cards, or give them "
                     "to somebody named.",
                     (gulong)done->closed),
            done->closed, cover->cover_name);
    }
    return g_strdup(text->str);
}

static void add_sentence(Session *session, const Cover *cover, GString *text)
{
    char to[DATE_SIZE];
    const gboolean mine = cover->cover_id == session_staff_id(session);
    const char *weekday = date_weekday_short(date_weekday(cover->to));
    if (text->len > 0)
        g_string_append_c(text, ' ');
    if (mine && cover->word != NULL)
        /* TRANSLATORS: a colleague, the last day (weekday, date), and what they say */
        g_string_append_printf(text, _("You cover for %s to %s %s: “%s”"), cover->staff_name,
                               weekday, date_format(cover->to, to), cover->word);
    else if (mine)
        g_string_append_printf(text, _("You cover for %s to %s %s."), cover->staff_name, weekday,
                               date_format(cover->to, to));
    else
        g_string_append_printf(text, _("%s covers for you to %s %s."), cover->cover_name, weekday,
                               date_format(cover->to, to));
}

gboolean cover_words_of_me(Session *session, Date day, char **words, GError **error)
{
    *words = NULL;
    g_autoptr(GPtrArray) all = cover_of_me(session, day, error);
    if (all == NULL)
        return FALSE;
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < all->len; i++)
        add_sentence(session, all->pdata[i], text);
    *words = text->len > 0 ? g_strdup(text->str) : NULL;
    return TRUE;
}
