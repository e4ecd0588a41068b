/* offer.c: what somebody was cut off in is offered at the next start, as on the full screen. */
#include "cmd/plain/plain.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/response/response.h"
#include "care/response/response_words.h"
#include "care/unit/access.h"
#include "care/unit/draft.h"
#include "care/visit/visit_list.h"

/* TRUE for yes. A line that is neither yes nor no is no, and is the answer to the next question: a
 * script need not know whether something was left. */
static gboolean is_taken_up(Plain *plain, const char *question)
{
    g_autofree char *prompt = g_strdup_printf("%s %s", question, _("(yes or no)"));
    g_autofree char *line = plain_read(plain, prompt);
    if (line == NULL)
        return FALSE;
    int answer = plain_yes_or_no(line);
    if (answer < 0 && *line != '\0')
        plain_unread(plain, line);
    return answer > 0;
}

/* TRUE when it has been gone on with. */
static gboolean offer_form(Plain *plain)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) found = access_allows(plain->session, PERMIT_WALK)
                                     ? response_unfinished(plain->session, TRUE, 1, &error)
                                     : NULL;
    plain_error(plain, error);
    const Response *response = found != NULL && found->len > 0 ? found->pdata[0] : NULL;
    if (response == NULL || !response->held)
        return FALSE;
    const char *title = response_words_title(response);
    const char *subject = response_words_subject(response);
    g_autofree char *when = clock_words(response->continued_ms);
    g_autofree char *question =
        response->at_number > 0
            ? g_strdup_printf(_("%s, %s: you were interrupted at question %d, saved %s. Go on "
                                "there now?"),
                              title, subject, response->at_number, when)
            : g_strdup_printf(_("%s, %s: you were interrupted, saved %s. Go on there now?"), title,
                              subject, when);
    gboolean yes = is_taken_up(plain, question);
    if (yes)
        plain_walk(plain, &(PlainWalk){.response_id = response->id});
    else if (!plain->ended)
        plain_say(plain, "%s", _("It waits among the forms that have been begun."));
    return yes;
}

static void offer_cancellation(Plain *plain)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) drafts = draft_list(plain->session, &error);
    plain_error(plain, error);
    for (guint i = 0; drafts != NULL && i < drafts->len; i++) {
        const Draft *draft = drafts->pdata[i];
        if (!g_str_equal(draft->kind, DRAFT_CANCELLATION))
            continue;
        g_autoptr(Visit) visit = visit_get(plain->session, draft->ref_id, NULL);
        if (visit == NULL)
            continue;
        char date[DATE_SIZE], time[TIME_SIZE];
        g_autofree char *when = clock_words(draft->saved_ms);
        g_autofree char *question = g_strdup_printf(
            _("%s, the visit %s %s: what came of it was begun, saved %s. Go on with it now?"),
            visit->client_name, date_format(visit->date, date), time_format(visit->start, time),
            when);
        if (is_taken_up(plain, question))
            plain_cancel(plain, visit->id);
        return;
    }
}

void plain_offer(Plain *plain)
{
    if (!offer_form(plain) && !plain->ended)
        offer_cancellation(plain);
}
