/* closing.c: the help to a client ends, as lines: entered, changed, and the client comes here
 * again. */
#include "cmd/plain/page.h"
#include "cmd/plain/plain.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "care/client/closing_rows.h"

/* --- the page --------------------------------------------------------------------------------- */

static void check_closing(PlainPage *page, char *const *values, const char **faults)
{
    (void)page;
    g_autoptr(Closing) scratch = closing_new(0);
    closing_rows_take(values, scratch, faults);
}

static gboolean save_closing(PlainPage *page)
{
    const char *faults[CLOSING_ROW_COUNT];
    Session *session = page->plain->session;
    Closing *closing = page->data;
    ClosingDone done = {0};
    GError *error = NULL;
    closing_rows_take(page->values, closing, faults);
    closing->version = page->is_new ? 1 : page->version;
    if (page->is_new ? closing_add(session, closing, &done, &error)
                     : closing_change(session, closing, &done, &error)) {
        g_autofree char *words = closing_words(closing);
        g_autofree char *what = closing_words_done(&done);
        plain_say(page->plain, _("The help ended %s %s"), words, what);
        return TRUE;
    }
    g_autoptr(Closing) theirs = g_error_matches(error, DAGSFORM_ERROR, ERROR_CONFLICT)
                                    ? closing_get(session, closing->id, NULL)
                                    : NULL;
    if (theirs != NULL)
        plain_page_merge(page, closing_rows_values(theirs), theirs->version);
    plain_error(page->plain, error);
    return FALSE;
}

/* `closing` with id 0: a new one. */
static void enter(Plain *plain, Closing *closing)
{
    const char *reasons[CLOSING_REASON_COUNT], *follows[FOLLOWS_COUNT];
    const gboolean is_new = closing->id == 0;
    for (int i = 0; i < CLOSING_REASON_COUNT; i++)
        reasons[i] = closing_reason_name(i);
    for (int i = 0; i < FOLLOWS_COUNT; i++)
        follows[i] = closing_follows_name(i);
    const PlainRow rows[CLOSING_ROW_COUNT] = {
        [CLOSING_ROW_REASON] = {.label = C_("closing", "Why"),
                                .options = reasons,
                                .count = CLOSING_REASON_COUNT},
        [CLOSING_ROW_LAST] = {.label = C_("closing", "Last day"),
                              .help = _("The last day of help: 21/11, fri, yesterday. Visits after "
                                        "it are called off."),
                              .day = TRUE},
        [CLOSING_ROW_FOLLOWS] = {.label = C_("closing", "Then"),
                                 .options = follows,
                                 .count = FOLLOWS_COUNT},
        [CLOSING_ROW_MONTHS] = {.label = C_("closing", "Asked after (months)"),
                                .help = _("After how many months somebody asks how it has gone; 0: "
                                          "nobody does.")},
        [CLOSING_ROW_WORDS] = {.label = C_("closing", "Note"),
                               .help = _("What the unit should know. Who reads it may be the "
                                         "client. May be left empty.")},
    };
    PlainPage page = {
        .plain = plain,
        .title = _("The help ends"),
        .rows = rows,
        .count = CLOSING_ROW_COUNT,
        .values = closing_rows_values(closing),
        .base = is_new ? NULL : closing_rows_values(closing),
        .version = is_new ? 0 : closing->version,
        .kept = {.kind = is_new ? DRAFT_CLOSING : DRAFT_CLOSING_CHANGE,
                 .ref_id = is_new ? closing->client_id : closing->id},
        .is_new = is_new,
        .data = closing,
        .check = check_closing,
        .save = save_closing,
    };
    plain_page(&page);
    plain_page_clear(&page);
}

void plain_new_closing(Plain *plain, gint64 client_id)
{
    g_autoptr(Closing) closing = closing_new(client_id);
    enter(plain, closing);
}

void plain_change_closing(Plain *plain, gint64 id)
{
    GError *error = NULL;
    g_autoptr(Closing) closing = closing_get(plain->session, id, &error);
    plain_error(plain, error);
    if (closing != NULL)
        enter(plain, closing);
}

/* --- one that is closed ----------------------------------------------------------------------- */

/* `from` DATE_NONE: it was a mistake. */
static void reopen(Plain *plain, gint64 client_id, Date from)
{
    ClosingDone done = {0};
    GError *error = NULL;
    if (closing_reopen(plain->session, client_id, from, &done, &error)) {
        g_autofree char *what = closing_words_done(&done);
        plain_say(plain, _("The client comes here again. %s"), what);
        g_clear_pointer(&plain->card, client_free);
    }
    plain_error(plain, error);
}

static void reopen_from(Plain *plain, gint64 client_id)
{
    g_autofree char *typed =
        plain_ask(plain, _("From which day does the client come here again? 21/11, tomorrow:"));
    const Date from =
        typed != NULL && *typed != '\0' ? date_parse_words(typed, clock_today()) : DATE_NONE;
    if (from != DATE_NONE)
        reopen(plain, client_id, from);
    else if (typed != NULL && *typed != '\0')
        plain_refuse(
            plain,
            _("\"%s\" is no date that is understood here. Nothing was changed; write it as "
              "21/11 or tomorrow."),
            typed);
}

void plain_closing(Plain *plain, gint64 client_id)
{
    GError *error = NULL;
    const Client *client = plain_open_card(plain, client_id);
    g_autoptr(Closing) closing =
        client != NULL ? closing_now(plain->session, client_id, &error) : NULL;
    const gboolean failed = client == NULL || error != NULL;
    plain_error(plain, error);
    if (failed)
        return;
    if (client->active) {
        plain_new_closing(plain, client_id);
        g_clear_pointer(&plain->card, client_free);
        return;
    }
    g_autoptr(GPtrArray) lines = g_ptr_array_new();
    g_ptr_array_add(lines, (char *)_("The client comes here again"));
    if (closing != NULL) {
        g_ptr_array_add(lines, (char *)_("It was a mistake: every visit is planned again"));
        g_ptr_array_add(lines, (char *)_("Change why, the last day or what follows"));
    }
    const int index = plain_choose(plain, _("What about it? An empty line goes back."), lines);
    if (index == 0)
        reopen_from(plain, client_id);
    else if (index == 1)
        reopen(plain, client_id, DATE_NONE);
    else if (index == 2)
        plain_change_closing(plain, closing->id);
}
