/* closing_rows.c: the end of the help typed, and said. */
#include "care/client/closing_rows.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/visit/absence_rows.h"

/* --- rows ------------------------------------------------------------------------------------- */

char **closing_rows_values(const Closing *closing)
{
    char date[DATE_SIZE];
    char **values = g_new0(char *, CLOSING_ROW_COUNT + 1);
    values[CLOSING_ROW_REASON] =
        closing->id != 0 ? g_strdup_printf("%d", (int)closing->reason) : g_strdup("");
    values[CLOSING_ROW_LAST] = g_strdup(date_format(closing->last_day, date));
    values[CLOSING_ROW_FOLLOWS] = g_strdup_printf("%d", (int)closing->follows);
    values[CLOSING_ROW_MONTHS] = g_strdup_printf("%d", closing->months);
    values[CLOSING_ROW_WORDS] = g_strdup(closing->words != NULL ? closing->words : "");
    return values;
}

/* -1: nothing, or none of `count`. */
static int chosen(const char *value, int count)
{
    const gint64 number = value[0] != '\0' ? g_ascii_strtoll(value, NULL, 10) : -1;
    return number >= 0 && number < count ? (int)number : -1;
}

/* Whole months in digits; -1: something else. */
static int months_of(const char *text)
{
    char *end = NULL;
    const gint64 months = g_ascii_strtoll(text, &end, 10);
    return end != text && *end == '\0' && months >= 0 && months <= CLOSING_MONTHS_MOST ? (int)months
                                                                                      : -1;
}

gboolean closing_rows_take(char *const *values, Closing *closing,
                           const char *faults[CLOSING_ROW_COUNT])
{
    const int reason = chosen(values[CLOSING_ROW_REASON], CLOSING_REASON_COUNT);
    const int follows = chosen(values[CLOSING_ROW_FOLLOWS], FOLLOWS_COUNT);
    g_autofree char *last = g_strstrip(text_clean(values[CLOSING_ROW_LAST]));
    g_autofree char *months = g_strstrip(text_clean(values[CLOSING_ROW_MONTHS]));
    g_autofree char *words = g_strstrip(text_clean(values[CLOSING_ROW_WORDS]));
    memset(faults, 0, CLOSING_ROW_COUNT * sizeof *faults);
    g_free(closing->words);
    closing->words = words[0] != '\0' ? g_steal_pointer(&words) : NULL;
    closing->reason = (ClosingReason)MAX(reason, 0);
    closing->follows = (ClosingFollows)MAX(follows, 0);
    closing->last_day = last[0] != '\0' ? date_parse_words(last, clock_today()) : DATE_NONE;
    closing->months = months[0] != '\0' ? months_of(months) : 0;
    if (reason < 0)
        faults[CLOSING_ROW_REASON] = _("Choose why.");
    if (closing->last_day == DATE_NONE)
        faults[CLOSING_ROW_LAST] = _("Write the last day as 21/11, fri or yesterday.");
    if (closing->months < 0)
        faults[CLOSING_ROW_MONTHS] = _("Write after how many months somebody asks, at most 24, or 0 "
                                       "where nobody does.");
    for (int row = 0; row < CLOSING_ROW_COUNT; row++)
        if (faults[row] != NULL)
            return FALSE;
    return TRUE;
}

/* --- words ------------------------------------------------------------------------------------ */

char *closing_words(const Closing *closing)
{
    char date[DATE_SIZE];
    GString *text = g_string_new(NULL);
    /* TRANSLATORS: the last day, and why: "2026-11-30, has moved." */
    g_string_append_printf(text, _("%s, %s."), date_format(closing->last_day, date),
                           closing_reason_name(closing->reason));
    if (closing->follows != FOLLOWS_NOTHING)
        g_string_append_printf(text, _(" Then: %s."), closing_follows_name(closing->follows));
    if (closing->reopened != DATE_NONE)
        g_string_append_printf(text, _(" Comes here again since %s."),
                               date_format(closing->reopened, date));
    else if (closing->months > 0)
        g_string_append_printf(
            text, _(" To be asked how it has gone: %s."),
            date_format(date_add_months(closing->last_day, closing->months), date));
    if (closing->words != NULL)
        g_string_append_printf(text, " %s", closing->words);
    return g_string_free(text, FALSE);
}

char *closing_words_done(const ClosingDone *done)
{
    g_autofree char *visits = absence_words_done(&done->visits);
    GString *text = g_string_new(visits);
    if (done->tasks > 0)
        g_string_append_printf(text,
                               ngettext(" %d task is left to do.", " %d tasks are left to do.",
                                        (gulong)done->tasks),
                               done->tasks);
    if (done->forms > 0)
        g_string_append_printf(text,
                               ngettext(" %d form is begun and not completed.",
                                        " %d forms are begun and not completed.",
                                        (gulong)done->forms),
                               done->forms);
    return g_string_free(text, FALSE);
}

gboolean closing_words_now(Session *session, gint64 client_id, char **words, GError **error)
{
    GError *fault = NULL;
    g_autoptr(Closing) closing = closing_now(session, client_id, &fault);
    *words = closing != NULL ? closing_words(closing) : NULL;
    if (fault == NULL)
        return TRUE;
    g_propagate_error(error, fault);
    return FALSE;
}
