/* home.c: at home visits, as lines: out and back, and what whoever goes must know. */
#include "cmd/plain/page.h"
#include "cmd/plain/plain.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/risk_note.h"
#include "care/unit/access.h"
#include "care/unit/pick.h"
#include "care/visit/out.h"
#include "care/visit/second.h"

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
    plain_say(page->plain, "%s",
              _("Noted that you are out. Say in the same way that you are back."));
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

/* --- two go ----------------------------------------------------------------------------------- */

enum { SECOND_WHO, SECOND_WHICH, SECOND_ROWS };

typedef struct {
    Visit *visit;
    GPtrArray *staff; /* PickOption * */
} Second;

static char *second_fault(PlainPage *page, guint row, const char *text)
{
    const Second *second = page->data;
    return row == SECOND_WHO && *text != '\0' && pick_match(second->staff, text) == NULL
               ? g_strdup(
                     _("No colleague, or more than one, is meant by that. Type more of the name."))
               : NULL;
}

static gboolean save_second(PlainPage *page)
{
    const Second *second = page->data;
    Plain *plain = page->plain;
    const char *typed = page->values[SECOND_WHO];
    const PickOption *who = *typed != '\0' ? pick_match(second->staff, typed) : NULL;
    const gint64 staff_id = who != NULL ? who->value : 0;
    GError *error = NULL;
    g_autofree char *warning = second_warning(plain->session, second->visit, staff_id, NULL);
    if (warning != NULL && *warning != '\0') {
        plain_say(plain, "%s", warning);
        if (!plain_yes(plain, _("Let both stand?")))
            return FALSE;
    }
    if (!second_set(plain->session, second->visit->id, staff_id,
                    g_strcmp0(page->values[SECOND_WHICH], "1") == 0, &error)) {
        plain_error(plain, error);
        return FALSE;
    }
    if (who != NULL)
        plain_say(plain, _("Two go: %s goes along."), who->name);
    else
        plain_say(plain, "%s", _("Nobody goes along."));
    return TRUE;
}

void plain_second(Plain *plain, gint64 visit_id)
{
    GError *error = NULL;
    gint64 staff_id = 0;
    char *found = NULL;
    g_autoptr(Visit) visit = visit_get(plain->session, visit_id, &error);
    g_autoptr(GPtrArray) staff = visit != NULL ? pick_staff(plain->session, &error) : NULL;
    if (staff == NULL || !second_of(plain->session, visit_id, &staff_id, &found, &error)) {
        plain_error(plain, error);
        return;
    }
    g_autofree char *name = found;
    const char *which[] = {_("this visit"), _("the series, from this one on")};
    const PlainRow rows[SECOND_ROWS] = {
        [SECOND_WHO] = {.label = _("Who goes along"),
                        .help = _("The beginning of a name. Empty: nobody goes along.")},
        [SECOND_WHICH] = {.label = _("On which visits"),
                          .options = which,
                          .count = visit->series_id != 0 ? 2 : 1},
    };
    char **values = g_new0(char *, SECOND_ROWS + 1);
    values[SECOND_WHO] = g_strdup(name != NULL ? name : "");
    values[SECOND_WHICH] = g_strdup("0");
    Second second = {visit, staff};
    PlainPage page = {
        .plain = plain,
        .title = _("Two go"),
        .rows = rows,
        .count = SECOND_ROWS,
        .values = values,
        .kept = {.kind = DRAFT_SECOND, .ref_id = visit_id},
        .is_new = TRUE,
        .data = &second,
        .fault = second_fault,
        .save = save_second,
    };
    plain_page(&page);
    plain_page_clear(&page);
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
                  ? _("Noted. It is seen by those who go there, those assigned and the "
                      "team lead.")
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
