/* quotes.c: words that a client lets the unit show at its meeting, as lines. */
#include "cmd/plain/page.h"
#include "cmd/plain/plain.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_words.h"

/* --- a new one -------------------------------------------------------------------------------- */

static void check_quote(PlainPage *page, char *const *values, const char **faults)
{
    (void)page;
    g_autoptr(Quote) scratch = quote_new();
    quote_rows_take(values, scratch, faults);
}

static gboolean save_quote(PlainPage *page)
{
    const char *faults[QUOTE_ROW_COUNT];
    GError *error = NULL;
    Quote *quote = page->data;
    if (quote_rows_take(page->values, quote, faults) &&
        quote_add(page->plain->session, quote, &error)) {
        plain_say(page->plain, "%s", _("The words are kept for the next meeting."));
        return TRUE;
    }
    plain_error(page->plain, error);
    return FALSE;
}

static char **first_values(void)
{
    char today[DATE_SIZE];
    char **values = g_new0(char *, QUOTE_ROW_COUNT + 1);
    values[QUOTE_ROW_WORDS] = g_strdup("");
    values[QUOTE_ROW_SAID] = g_strdup(date_format(clock_today(), today));
    values[QUOTE_ROW_ALLOWED] = g_strdup("");
    return values;
}

void plain_new_quote(Plain *plain, gint64 client_id)
{
    const char *const yes_no[] = {C_("answer", "no"), C_("answer", "yes")};
    const PlainRow rows[QUOTE_ROW_COUNT] = {
        [QUOTE_ROW_WORDS] = {.label = C_("quote", "Words"),
                             .help = _("As the client said it, without names and without what "
                                       "tells who it is.")},
        [QUOTE_ROW_SAID] = {.label = C_("quote", "Said"),
                            .help = _("The day it was said: 21/11, yesterday."),
                            .day = TRUE},
        [QUOTE_ROW_ALLOWED] = {.label = _("The client says yes"),
                               .help = _("The client knows that the words are shown at the "
                                         "meeting, without a name, and can take them back on any "
                                         "day."),
                               .options = yes_no,
                               .count = 2},
    };
    g_autoptr(Quote) quote = quote_new();
    quote->client_id = client_id;
    PlainPage page = {
        .plain = plain,
        .title = _("Quote for the meeting"),
        .rows = rows,
        .count = QUOTE_ROW_COUNT,
        .values = first_values(),
        .kept = {.kind = DRAFT_QUOTE, .ref_id = client_id},
        .is_new = TRUE,
        .data = quote,
        .check = check_quote,
        .save = save_quote,
    };
    plain_page(&page);
    plain_page_clear(&page);
}

/* --- the list --------------------------------------------------------------------------------- */

static void take_back(Plain *plain, const Quote *quote)
{
    GError *error = NULL;
    if (quote->withdrawn_on != DATE_NONE)
        plain_say(plain, "%s", _("The words are taken back already."));
    else if (plain_yes(plain, _("Does the client no longer want these words to be shown?")) &&
             quote_withdraw(plain->session, quote->id, &error))
        plain_say(plain, "%s", _("The words are taken back. They stand on no paper any more."));
    plain_error(plain, error);
}

/* FALSE when nothing more is to be done. */
static gboolean choose_quote(Plain *plain, gint64 client_id)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) quotes = quote_of_client(plain->session, client_id, &error);
    plain_error(plain, error);
    if (quotes == NULL)
        return FALSE;
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < quotes->len; i++) {
        const Quote *quote = quotes->pdata[i];
        g_autofree char *state = client_words_quote(quote);
        g_ptr_array_add(lines, g_strdup_printf("%s: %s", state, quote->words));
    }
    g_ptr_array_add(lines, g_strdup(_("Note words that the client lets us show")));
    int index = plain_choose(plain, _("Which one? An empty line goes back."), lines);
    if (index == (int)quotes->len)
        plain_new_quote(plain, client_id);
    else if (index >= 0)
        take_back(plain, quotes->pdata[index]);
    return index >= 0;
}

void plain_quotes(Plain *plain, gint64 client_id)
{
    while (!plain->ended && choose_quote(plain, client_id))
        continue;
}
