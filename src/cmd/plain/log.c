/* log.c: who has opened whose card, as lines, for the team lead. */
#include "cmd/plain/plain.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_reason.h"
#include "care/client/log_review.h"

enum { DAYS_BACK = 30, ROWS_MOST = 200 };

static void say_openings(Plain *plain, GPtrArray *openings)
{
    for (guint i = 0; openings != NULL && i < openings->len; i++) {
        const LogOpening *opening = openings->pdata[i];
        g_autofree char *when = clock_text(opening->at_ms);
        const char *why = opening->reason != NULL ? opening->reason : log_pick_name(opening->pick);
        plain_say(plain, "%s, %s, %s: %s%s%s", when, opening->staff_name,
                  opening->client_name != NULL ? opening->client_name : _("protected"),
                  opening->what, *why != '\0' ? ": " : "", why);
    }
    if (openings != NULL && openings->len == 0)
        plain_say(plain, "%s", _("There is nothing here to look through."));
}

static void by_colleague(Plain *plain, gint64 unused)
{
    (void)unused;
    GError *error = NULL;
    const Date today = clock_today();
    g_autoptr(GPtrArray) all = log_colleagues(plain->session, today - DAYS_BACK, today, &error);
    plain_error(plain, error);
    if (all == NULL)
        return;
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < all->len; i++) {
        const LogColleague *one = all->pdata[i];
        g_ptr_array_add(lines, g_strdup_printf(_("%s: clients %d, openings %d, reasons %d"), one->name,
                                               (int)one->clients, (int)one->openings,
                                               (int)one->reasons));
    }
    if (all->len == 0) {
        plain_say(plain, "%s", _("Nobody has opened a card."));
        return;
    }
    int index = plain_choose(plain, _("Whose openings? An empty line goes back."), lines);
    if (index < 0)
        return;
    error = NULL;
    g_autoptr(GPtrArray) openings =
        log_openings(plain->session, ((const LogColleague *)all->pdata[index])->staff_id,
                     today - DAYS_BACK, today, ROWS_MOST, &error);
    plain_error(plain, error);
    say_openings(plain, openings);
}

static void look_at_reasons(Plain *plain, gint64 unused)
{
    (void)unused;
    GError *error = NULL;
    g_autoptr(GPtrArray) reasons = reason_list(plain->session, FALSE, ROWS_MOST, &error);
    plain_error(plain, error);
    if (reasons != NULL && reasons->len == 0)
        plain_say(plain, "%s", _("There is nothing here to look through."));
    for (guint i = 0; reasons != NULL && i < reasons->len && !plain->ended; i++) {
        const GivenReason *given = reasons->pdata[i];
        g_autofree char *when = clock_text(given->given_ms);
        g_autofree char *question = g_strdup_printf(
            _("%s, %s, %s: %s. Looked at?"), when, given->staff_name,
            given->client_name != NULL ? given->client_name : _("protected"),
            given->words != NULL ? given->words : reason_name(given->reason));
        error = NULL;
        if (!plain_yes(plain, question))
            return;
        if (reason_see(plain->session, given->id, &error))
            plain_say(plain, "%s", _("Marked as looked at."));
        plain_error(plain, error);
    }
}

static void say_signed(Plain *plain, const LogSigned *sign)
{
    g_autofree char *when = clock_text(sign->signed_ms);
    plain_say(plain, _("Signed by %s %s: %s"), sign->who, when,
              sign->found != NULL ? sign->found : _("nothing to remark on"));
}

static void sample_of(Plain *plain, Date month)
{
    GError *error = NULL;
    g_auto(LogSigned) sign = {0};
    g_autoptr(GPtrArray) sample = log_sample(plain->session, month, &error);
    say_openings(plain, sample);
    if (sample == NULL || !log_signed(plain->session, month, &sign, &error)) {
        plain_error(plain, error);
        return;
    }
    if (sign.signed_ms != 0) {
        say_signed(plain, &sign);
        return;
    }
    if (!plain_yes(plain, _("Sign the sample?")))
        return;
    g_autofree char *found = plain_ask(plain, _("What was found in the sample? An empty line says "
                                                "that there is nothing to remark on."));
    if (found != NULL && log_sign(plain->session, month, found, &error))
        plain_say(plain, "%s", _("The sample is signed."));
    plain_error(plain, error);
}

static void last_sample(Plain *plain, gint64 unused)
{
    (void)unused;
    sample_of(plain, log_last_month());
}

static void earlier_sample(Plain *plain, gint64 unused)
{
    (void)unused;
    g_autofree char *typed = plain_ask(plain, _("Of which month? Write it as 2026-09:"));
    if (typed == NULL || *typed == '\0')
        return;
    g_autofree char *first = g_strconcat(typed, "-01", NULL);
    const Date month = date_parse(first);
    if (month == DATE_NONE || month > log_last_month())
        plain_refuse(plain, _("%s is no month that is over. Write it as 2026-09."), typed);
    else
        sample_of(plain, month);
}

void plain_log(Plain *plain, gint64 unused)
{
    static const PlainEntry MENU[] = {
        {N_("By colleague"), PERMIT_LOG, by_colleague},
        {N_("Reasons to look through"), PERMIT_LOG, look_at_reasons},
        {N_("Last month's sample"), PERMIT_LOG, last_sample},
        {N_("An earlier month's sample"), PERMIT_LOG, earlier_sample},
    };
    g_autofree char *waits = log_waits(plain->session);
    if (waits != NULL)
        plain_say(plain, "%s", waits);
    plain_menu(plain, _("The log: who has opened whose card"), MENU, G_N_ELEMENTS(MENU), unused);
}
