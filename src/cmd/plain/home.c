/* home.c: at home visits, as lines: out and back, and what whoever goes must know. */
#include "cmd/plain/page.h"
#include "cmd/plain/plain.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/risk_note.h"
#include "care/unit/access.h"
#include "care/visit/out.h"

/* --- out and back ----------------------------------------------------------------------------- */

void plain_say_out(Plain *plain)
{
    g_autoptr(GPtrArray) all =
        access_allows(plain->session, PERMIT_CLIENT_READ) ? out_list(plain->session, NULL) : NULL;
    g_autofree char *words = out_words(plain->session, all);
    if (words != NULL)
        plain_say(plain, "%s", words);
}

static char *ring_fault(PlainPage *page, guint row, const char *text)
{
    (void)page, (void)row;
    return out_moment(text) == 0
               ? g_strdup(_("Write a time later today, as 10:30: somebody rings then."))
               : NULL;
}

static gboolean save_out(PlainPage *page)
{
    GError *error = NULL;
    gint64 id = 0;
    if (!out_go(page->plain->session, *(const gint64 *)page->data, out_moment(page->values[0]), &id,
                &error)) {
        plain_error(page->plain, error);
        return FALSE;
    }
    plain_say(page->plain, "%s", _("Noted that you are out. One key says that you are back."));
    return TRUE;
}

static void go_out(Plain *plain, const Visit *visit)
{
    const PlainRow rows[] = {
        {.label = _("Somebody rings at"),
         .help =
             _("If you are not back by then. As 10:30, later today. Your colleagues see it when "
               "it is late.")},
    };
    char time[TIME_SIZE];
    char **values = g_new0(char *, 2);
    gint64 visit_id = visit != NULL ? visit->id : 0;
    values[0] = g_strdup(time_format(out_proposed(visit, clock_today(), clock_minute()), time));
    PlainPage page = {
        .plain = plain,
        .title = _("Out on a visit"),
        .rows = rows,
        .count = 1,
        .values = values,
        .kept = {.kind = DRAFT_OUT},
        .is_new = TRUE,
        .data = &visit_id,
        .fault = ring_fault,
        .save = save_out,
    };
    plain_page(&page);
    plain_page_clear(&page);
}

/* Back; or of a colleague who is late, reached. TRUE: that was what it was about. */
static gboolean end_one(Plain *plain)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) all = out_list(plain->session, &error);
    plain_error(plain, error);
    const Out *out = out_to_end(plain->session, all);
    const gboolean own = out != NULL && out->staff_id == session_staff_id(plain->session);
    if (all == NULL)
        return TRUE;
    if (out == NULL)
        return FALSE;
    g_autofree char *question =
        own ? g_strdup(_("Are you back?"))
            : g_strdup_printf(_("Has %s been reached, and is all well? No: you go out yourself."),
                              out->staff_name);
    if (!plain_yes(plain, question))
        return own;
    if (out_end(plain->session, out->id, &error))
        plain_say(plain, "%s",
                  own ? _("Welcome back. Nobody rings now.")
                      : _("Noted: the colleague has been reached."));
    plain_error(plain, error);
    return TRUE;
}

void plain_out(Plain *plain, const Visit *visit)
{
    plain_say_out(plain);
    if (!end_one(plain))
        go_out(plain, visit != NULL && out_is_on(plain->session, visit) ? visit : NULL);
}

void plain_out_now(Plain *plain, gint64 unused)
{
    (void)unused;
    plain_out(plain, NULL);
}

/* --- the note on risk ------------------------------------------------------------------------- */

typedef struct {
    gint64 client_id, before_id;
} Risk;

static gboolean save_risk(PlainPage *page)
{
    const Risk *risk = page->data;
    GError *error = NULL;
    if (!risk_note_write(page->plain->session, risk->client_id, page->values[0], risk->before_id,
                         &error)) {
        plain_error(page->plain, error);
        return FALSE;
    }
    plain_say(page->plain, "%s",
              risk_note_stands(page->plain->session, risk->client_id)
                  ? _("Noted. Those who go there see it, and nobody else.")
                  : _("There is no note on risk now."));
    return TRUE;
}

void plain_risk(Plain *plain, gint64 client_id)
{
    GError *error = NULL;
    if (!risk_may_see(plain->session, client_id)) {
        plain_say(plain, "%s", risk_note_not_seen());
        return;
    }
    g_autoptr(RiskNote) note = risk_note_of(plain->session, client_id, &error);
    plain_error(plain, error);
    plain_say(plain, "%s: %s", _("Risk"), note != NULL ? note->words : "–");
    if (!access_allows(plain->session, PERMIT_VISIT_RECORD) ||
        !plain_yes(plain, _("Write another note on risk, or empty it?")))
        return;
    const PlainRow rows[] = {
        {.label = _("Risk"),
         .help =
             _("What whoever goes must know: a dog, who else is there, what to do. Nothing else "
               "about the person. Who reads it may be the client.")},
    };
    char **values = g_new0(char *, 2);
    values[0] = g_strdup("");
    Risk risk = {client_id, note != NULL ? note->id : 0};
    PlainPage page = {
        .plain = plain,
        .title = _("Note on risk"),
        .rows = rows,
        .count = 1,
        .values = values,
        .kept = {.kind = DRAFT_RISK, .ref_id = client_id},
        .is_new = TRUE,
        .data = &risk,
        .save = save_risk,
    };
    plain_page(&page);
    plain_page_clear(&page);
}
