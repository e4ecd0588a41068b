/* absence_rows.c: an absence typed, and said. */
#include "care/visit/absence_rows.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"

/* --- rows ------------------------------------------------------------------------------------- */

char **absence_rows_values(const Absence *absence)
{
    char date[DATE_SIZE];
    char **values = g_new0(char *, ABSENCE_ROW_COUNT + 1);
    values[ABSENCE_ROW_CAUSE] =
        absence->id != 0 ? g_strdup_printf("%d", (int)absence->cause) : g_strdup("");
    values[ABSENCE_ROW_TO] = g_strdup(date_format(absence->to, date));
    values[ABSENCE_ROW_FROM] = g_strdup(date_format(absence->from, date));
    values[ABSENCE_ROW_WORDS] = g_strdup(absence->words != NULL ? absence->words : "");
    return values;
}

/* New; NULL: nothing is written. */
static char *written(const char *text)
{
    g_autofree char *clean = g_strstrip(text_clean(text));
    return clean[0] != '\0' ? g_steal_pointer(&clean) : NULL;
}

gboolean absence_rows_take(char *const *values, Absence *absence,
                           const char *faults[ABSENCE_ROW_COUNT])
{
    const char *cause = values[ABSENCE_ROW_CAUSE];
    const gint64 chosen = cause[0] != '\0' ? g_ascii_strtoll(cause, NULL, 10) : -1;
    g_autofree char *to = written(values[ABSENCE_ROW_TO]);
    g_autofree char *from = written(values[ABSENCE_ROW_FROM]);
    memset(faults, 0, ABSENCE_ROW_COUNT * sizeof *faults);
    g_free(absence->words);
    absence->words = written(values[ABSENCE_ROW_WORDS]);
    absence->to = to != NULL ? date_parse_words(to, clock_today()) : DATE_NONE;
    absence->from = from != NULL ? date_parse_words(from, clock_today()) : DATE_NONE;
    if (chosen >= 0 && chosen < AWAY_CHOICES)
        absence->cause = (AwayCause)chosen;
    else
        faults[ABSENCE_ROW_CAUSE] = _("Choose why.");
    if (absence->from == DATE_NONE)
        faults[ABSENCE_ROW_FROM] = _("Write the first day away as 21/11, fri or tomorrow.");
    if (to != NULL && absence->to == DATE_NONE)
        faults[ABSENCE_ROW_TO] = _("Write the last day away as 21/11, fri or +2w, or leave it empty: "
                                   "until further notice.");
    else if (absence->to != DATE_NONE && absence->from != DATE_NONE && absence->to < absence->from)
        faults[ABSENCE_ROW_TO] =
            _("The last day away is before the first one. Change one of the days.");
    for (int row = 0; row < ABSENCE_ROW_COUNT; row++)
        if (faults[row] != NULL)
            return FALSE;
    return TRUE;
}

/* --- words ------------------------------------------------------------------------------------ */

char *absence_words(const Absence *absence)
{
    char from[DATE_SIZE], to[DATE_SIZE];
    const char *cause = away_cause_name(absence->cause);
    g_autofree char *days =
        absence->to != DATE_NONE
            /* TRANSLATORS: two days, and why somebody is away between them */
            ? g_strdup_printf(_("%s to %s, %s"), date_format(absence->from, from),
                              date_format(absence->to, to), cause)
            : g_strdup_printf(_("from %s until further notice, %s"),
                              date_format(absence->from, from), cause);
    return absence->words != NULL ? g_strdup_printf("%s: %s", days, absence->words)
                                  : g_steal_pointer(&days);
}

static void add(GString *text, const char *format, int count) G_GNUC_PRINTF(2, 0);
static void add(GString *text, const char *format, int count)
{
    if (count == 0)
        return;
    if (text->len > 0)
        g_string_append_c(text, ' ');
    g_string_append_printf(text, format, count);
}

char *absence_words_done(const AbsenceDone *done)
{
    const gulong off = (gulong)done->called_off, kept = (gulong)done->kept,
                 back = (gulong)(done->back + done->laid_out);
    GString *text = g_string_new(NULL);
    add(text, ngettext("%d visit is called off.", "%d visits are called off.", off),
        done->called_off);
    add(text,
        ngettext("%d visit of those days is recorded already and stays as it is.",
                 "%d visits of those days are recorded already and stay as they are.", kept),
        done->kept);
    add(text, ngettext("%d visit is planned again.", "%d visits are planned again.", back),
        done->back + done->laid_out);
    if (text->len == 0)
        g_string_append(text, _("No visit is changed by it."));
    return g_string_free(text, FALSE);
}

gboolean absence_words_now(Session *session, gint64 client_id, char **words, GError **error)
{
    const Absence *found = NULL;
    g_autoptr(GPtrArray) all = absence_of_client(session, client_id, error);
    *words = NULL;
    if (all == NULL)
        return FALSE;
    for (guint i = 0; i < all->len; i++) /* the latest first */
        if (absence_matters(all->pdata[i], clock_today()))
            found = all->pdata[i];
    *words = found != NULL ? absence_words(found) : NULL;
    return TRUE;
}
