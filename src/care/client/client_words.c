/* client_words.c: what a card says, in a line each. */
#include "care/client/client_words.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/consent.h"
#include "care/client/decision.h"
#include "care/client/decision_gap.h"
#include "care/unit/pick.h"
#include "care/visit/visit_list.h"

/* --- who it is -------------------------------------------------------------------------------- */

char *client_words_identity(const Client *client)
{
    GString *text = g_string_new(client->id_number);
    if (client->birth_date != DATE_NONE) {
        char born[DATE_SIZE];
        int age = date_age(client->birth_date, clock_today());
        if (client->id_number == NULL)
            g_string_append_printf(text, _("born %s"), date_format(client->birth_date, born));
        g_string_append(text, " · ");
        g_string_append_printf(text, ngettext("%d year", "%d years", (gulong)age), age);
    }
    if (client->sex != SEX_UNKNOWN)
        g_string_append_printf(text, "%s%s", text->len > 0 ? " · " : "", sex_name(client->sex));
    if (client->id_number == NULL)
        g_string_append_printf(text, "%s%s", text->len > 0 ? " · " : "", _("no identity number"));
    return g_string_free(text, FALSE);
}

char *client_words_language(const Client *client)
{
    if (client->language == NULL)
        return client->interpreter ? g_strdup(_("interpreter needed")) : NULL;
    g_autoptr(GPtrArray) languages = pick_languages();
    const PickOption *known = pick_match(languages, client->language);
    const char *name = known != NULL ? known->name : client->language;
    return client->interpreter ? g_strdup_printf(_("%s, interpreter"), name) : g_strdup(name);
}

/* --- what the support rests on ---------------------------------------------------------------- */

/* "Housing support to 2027-01-10 (Social Services Act (2025:400))". New. */
static char *in_force_text(const Decision *decision)
{
    char date[DATE_SIZE];
    const char *what = decision->support != NULL ? decision_support_name(decision->support)
                                                 : decision_kind_name(decision->kind);
    g_autofree char *until = decision->valid_to != DATE_NONE
                                 ? g_strdup_printf(C_("decision", "%s to %s"), what,
                                                   date_format(decision->valid_to, date))
                                 : g_strdup(what);
    return decision->law != NULL
               ? g_strdup_printf("%s, %s", until, decision_law_name(decision->law))
               : g_steal_pointer(&until);
}

/* The latest in force; else the matter that waits for one, or the one that has ended. New; NULL:
 * none. */
static char *decision_text(const GPtrArray *decisions)
{
    char date[DATE_SIZE];
    const Decision *latest = decisions->len > 0 ? decisions->pdata[0] : NULL, *ended = NULL;
    for (guint i = 0; i < decisions->len; i++) {
        const Decision *decision = decisions->pdata[i];
        if (decision_in_force(decisions, decision, clock_today()))
            return in_force_text(decision);
        if (decision_grants(decision) && decision->valid_to != DATE_NONE &&
            decision->valid_to < clock_today() &&
            (ended == NULL || ended->valid_to < decision->valid_to))
            ended = decision;
    }
    if (latest != NULL && latest->decided_on == DATE_NONE && latest->due_on != DATE_NONE)
        return g_strdup_printf(_("to be decided by %s"), date_format(latest->due_on, date));
    return ended != NULL
               ? g_strdup_printf(_("the decision ended on %s"), date_format(ended->valid_to, date))
               : NULL;
}

/* "3 visits that no decision reaches": those planned which nothing supports. New; NULL: none. */
static gboolean after_text(Session *session, gint64 client_id, char **text, GError **error)
{
    gint64 all = 0;
    g_autoptr(GArray) gaps = decision_gaps(session, client_id, error);
    for (guint i = 0; gaps != NULL && i < gaps->len; i++) {
        const DecisionGap *gap = &g_array_index(gaps, DecisionGap, i);
        const VisitQuery within = {
            .from = gap->from, .to = gap->to, .client_id = client_id, .outcome = OUTCOME_NONE};
        gint64 count = 0;
        if (gap->to != DATE_NONE && gap->to < clock_today())
            continue;
        if (!visit_count(session, &within, &count, error))
            return FALSE;
        all += count;
    }
    if (gaps == NULL)
        return FALSE;
    if (all > 0)
        *text = g_strdup_printf(ngettext("%d visit that no decision reaches",
                                         "%d visits that no decision reaches", (gulong)all),
                                (int)all);
    return TRUE;
}

/* "2 consents, next to 2026-12-31": the day on which the first of them ends. New; NULL: none hold.
 */
static char *consents_text(const GPtrArray *consents)
{
    char date[DATE_SIZE];
    int count = 0;
    Date next = DATE_NONE, today = clock_today();
    for (guint i = 0; i < consents->len; i++) {
        const Consent *consent = consents->pdata[i];
        if (!consent_holds(consent, today))
            continue;
        count++;
        if (consent->ends_on != DATE_NONE && (next == DATE_NONE || consent->ends_on < next))
            next = consent->ends_on;
    }
    if (count == 0)
        return NULL;
    if (next == DATE_NONE)
        return g_strdup_printf(ngettext("%d consent", "%d consents", (gulong)count), count);
    return g_strdup_printf(ngettext("%d consent, to %s", "%d consents, next to %s", (gulong)count),
                           count, date_format(next, date));
}

static gboolean is_met(const GPtrArray *consents)
{
    for (guint i = 0; i < consents->len; i++)
        for (guint j = 0; j < consents->len; j++)
            if (consent_meets(consents->pdata[i], consents->pdata[j], clock_today()))
                return TRUE;
    return FALSE;
}

/* What is not NULL, in one line. New; NULL: nothing. */
static char *grounds_text(const GPtrArray *decisions, const char *after, const GPtrArray *consents)
{
    g_autofree char *decision = decision_text(decisions);
    g_autofree char *consent = consents_text(consents);
    const char *const parts[] = {decision, after, consent,
                                 is_met(consents) ? _("a later no meets a consent: say which holds")
                                                  : NULL};
    g_autoptr(GString) line = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        if (parts[i] != NULL)
            g_string_append_printf(line, "%s%s", line->len > 0 ? " · " : "", parts[i]);
    return line->len > 0 ? g_strdup(line->str) : NULL;
}

gboolean client_words_grounds(Session *session, gint64 client_id, char **text, GError **error)
{
    g_autoptr(GPtrArray) decisions = decision_of_client(session, client_id, error);
    g_autoptr(GPtrArray) consents =
        decisions != NULL ? consent_of_client(session, client_id, error) : NULL;
    g_autofree char *after = NULL;
    if (consents == NULL || !after_text(session, client_id, &after, error))
        return FALSE;
    *text = grounds_text(decisions, after, consents);
    return TRUE;
}

/* --- each of them ----------------------------------------------------------------------------- */

char *client_words_consent(const Consent *consent)
{
    char date[DATE_SIZE];
    if (!consent->given)
        return g_strdup(g_strcmp0(consent->settled, "yes") == 0 ? _("said no, but the yes holds")
                                                                : _("said no"));
    if (consent->withdrawn_on != DATE_NONE)
        return g_strdup_printf(_("withdrawn %s"), date_format(consent->withdrawn_on, date));
    if (consent->met_by_no && (consent->ends_on == DATE_NONE || consent->ends_on >= clock_today()))
        return g_strdup(_("a later no: which holds?"));
    if (consent->given_on != DATE_NONE && consent->given_on > clock_today())
        return g_strdup_printf(_("holds from %s"), date_format(consent->given_on, date));
    if (consent->ends_on == DATE_NONE)
        return g_strdup(_("holds"));
    return g_strdup_printf(consent_holds(consent, clock_today()) ? _("holds until %s")
                                                                 : _("ended %s"),
                           date_format(consent->ends_on, date));
}

char *client_words_quote(const Quote *quote)
{
    char date[DATE_SIZE];
    if (quote->withdrawn_on != DATE_NONE)
        return g_strdup_printf(_("taken back %s"), date_format(quote->withdrawn_on, date));
    return g_strdup_printf(_("may be shown, said %s"), date_format(quote->said_on, date));
}

char *client_words_hours(gint64 minutes)
{
    return minutes % 60 == 0
               ? g_strdup_printf(_("%d h"), (int)(minutes / 60))
               : g_strdup_printf(_("%d h %d min"), (int)(minutes / 60), (int)(minutes % 60));
}

gboolean client_words_month(Session *session, const Decision *decision, char **text, GError **error)
{
    gint64 minutes = 0;
    int year, month, day;
    *text = NULL;
    if (decision->month_minutes == 0)
        return TRUE;
    if (!decision_given(session, decision->client_id, clock_today(), &minutes, error))
        return FALSE;
    date_to_ymd(clock_today(), &year, &month, &day);
    g_autofree char *granted = client_words_hours(decision->month_minutes);
    g_autofree char *given = client_words_hours(minutes);
    /* TRANSLATORS: hours granted, a month's name, hours given in it */
    *text = g_strdup_printf(_("%s; in %s %s so far"), granted, date_month_name(month), given);
    return TRUE;
}

char *client_words_law(const Decision *decision)
{
    const char *law = decision_law_name(decision->law);
    return decision->section != NULL ? g_strdup_printf("%s, %s", law, decision->section)
                                     : g_strdup(law);
}

char *client_words_decision(const Decision *decision)
{
    char date[DATE_SIZE];
    if (g_strcmp0(decision->kind, DECISION_REFUSED) == 0 && decision->decided_on != DATE_NONE)
        return g_strdup_printf(_("refused %s"), date_format(decision->decided_on, date));
    if (decision->valid_from != DATE_NONE && decision->valid_from > clock_today())
        return g_strdup_printf(_("holds from %s"), date_format(decision->valid_from, date));
    if (decision->valid_to != DATE_NONE)
        return g_strdup_printf(decision->valid_to >= clock_today() ? _("holds until %s")
                                                                   : _("ended %s"),
                               date_format(decision->valid_to, date));
    if (decision->decided_on != DATE_NONE)
        return g_strdup_printf(_("decided %s"), date_format(decision->decided_on, date));
    if (decision->due_on != DATE_NONE)
        return g_strdup_printf(_("to be decided by %s"), date_format(decision->due_on, date));
    return g_strdup("");
}

const char *client_words_decision_about(const Decision *decision)
{
    return decision->support != NULL     ? decision_support_name(decision->support)
           : decision->asked_for != NULL ? decision->asked_for
                                         : decision_kind_name(decision->kind);
}

const char *client_words_not_withdrawn(const Consent *consent)
{
    if (!consent->given)
        return _("The person said no here, so nothing is shared by it.");
    if (consent->withdrawn_on != DATE_NONE)
        return _("The consent is withdrawn already.");
    if (consent->ends_on != DATE_NONE && consent->ends_on < clock_today())
        return _("The consent has ended, so nothing more is shared by it.");
    return NULL;
}

char *client_words_closed(gint64 count)
{
    return count > 0
               ? g_strdup_printf(ngettext("%d person whose card you may not open is not shown.",
                                          "%d persons whose cards you may not open are not shown.",
                                          (gulong)count),
                                 (int)count)
               : NULL;
}
