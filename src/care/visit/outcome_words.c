/* outcome_words.c: what came of a visit, in words. */
#include "care/visit/outcome_words.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/unit/away_cause.h"
#include "care/unit/cause.h"
#include "care/unit/staff.h"
#include "care/visit/cancellation.h"
#include "care/visit/visit_history.h"

static void append_fact(GString *text, const char *fact)
{
    if (fact == NULL || fact[0] == '\0')
        return;
    if (text->len > 0)
        g_string_append(text, ", ");
    g_string_append(text, fact);
}

gboolean outcome_words_away(const VisitOutcome *outcome)
{
    AwayCause away;
    return outcome->outcome == OUTCOME_UNIT_CANCELLED && away_cause_parse(outcome->cause, &away);
}

const char *outcome_words_name(const VisitOutcome *outcome)
{
    return outcome_words_away(outcome) ? C_("visit outcome", "Away")
                                       : outcome_name(outcome->outcome);
}

char *outcome_words(const VisitOutcome *outcome)
{
    if (outcome->outcome == OUTCOME_NONE)
        return g_strdup(_("nothing recorded"));
    g_autoptr(GString) facts = g_string_new(NULL);
    append_fact(facts, cancelled_by_name(outcome->by));
    append_fact(facts, told_by_name(outcome->told));
    if (outcome->notice >= 0 && outcome->outcome == OUTCOME_CANCELLED)
        append_fact(facts, notice_band_name(outcome->notice));
    if (facts->len == 0 || outcome_words_away(outcome))
        return g_strdup(outcome_words_name(outcome));
    return g_strdup_printf("%s (%s)", outcome_words_name(outcome), facts->str);
}

char *outcome_words_cause(Session *session, const VisitOutcome *outcome)
{
    if (outcome->cause == NULL)
        return NULL;
    GString *text = g_string_new(cause_name(session, outcome->cause));
    if (outcome->cause_further != NULL)
        g_string_append_printf(text, ", %s", cause_name(session, outcome->cause_further));
    if (outcome->source != SOURCE_NONE && cause_says_why(outcome->cause))
        g_string_append_printf(text, " (%s)", cause_source_name(outcome->source));
    return g_string_free(text, FALSE);
}

/* Of one carried out on another day than the visit. New. */
static char *another_day_text(const Visit *visit)
{
    char time[TIME_SIZE];
    int year, month, day;
    date_to_ymd(visit->alternative_date, &year, &month, &day);
    if (visit->alternative_outcome == OUTCOME_NONE)
        /* TRANSLATORS: day, month, time */
        return g_strdup_printf(C_("alternative to a visit", "accepted, %d/%d %s"), day, month,
                               time_format(visit->alternative_start, time));
    return g_strdup_printf(outcome_took_place(visit->alternative_outcome)
                               /* TRANSLATORS: day, month */
                               ? C_("alternative to a visit", "accepted, took place %d/%d")
                               /* TRANSLATORS: day, month */
                               : C_("alternative to a visit", "accepted, did not take place %d/%d"),
                           day, month);
}

/* That it was accepted says nothing of whether it took place. New. */
static char *answer_text(const VisitOutcome *outcome, const Visit *visit)
{
    if (outcome->alternative_taken == 0)
        return g_strdup(C_("alternative to a visit", "declined"));
    if (visit == NULL || visit->alternative_date == DATE_NONE)
        return g_strdup(C_("alternative to a visit", "accepted"));
    if (visit->alternative_date != visit->date)
        return another_day_text(visit);
    if (visit->alternative_outcome == OUTCOME_NONE)
        return g_strdup(C_("alternative to a visit", "accepted"));
    return g_strdup(outcome_took_place(visit->alternative_outcome)
                        ? C_("alternative to a visit", "accepted, took place")
                        : C_("alternative to a visit", "accepted, did not take place"));
}

char *outcome_words_alternative(const VisitOutcome *outcome, const Visit *visit)
{
    const char *name = alternative_name(outcome->alternative);
    if (outcome->alternative == OFFER_NONE)
        return NULL;
    if (outcome->alternative == OFFER_NOTHING || outcome->alternative_taken < 0)
        return g_strdup(name);
    g_autofree char *answer = answer_text(outcome, visit);
    return g_strdup_printf("%s: %s", name, answer);
}

char *outcome_words_new_time(const Visit *visit)
{
    if (visit->new_date == DATE_NONE)
        return NULL;
    char date[DATE_SIZE], time[TIME_SIZE];
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_append_printf(text, _("%s %s, %s"), date_weekday_name(date_weekday(visit->new_date)),
                           date_format(visit->new_date, date), time_format(visit->new_start, time));
    if (visit->new_outcome != OUTCOME_NONE)
        g_string_append_printf(text, " (%s)", outcome_name(visit->new_outcome));
    return g_strdup(text->str);
}

/* --- what was recorded before ----------------------------------------------------------------- */

/* `visit`: beside which it is known what came of the alternative; NULL: that is not known. */
static void append_state(Session *session, GString *text, const VisitOutcome *outcome,
                         const Visit *visit)
{
    g_autofree char *what = outcome_words(outcome);
    g_autofree char *instead = outcome_words_alternative(outcome, visit);
    g_string_append_printf(text, "%s\n", what);
    if (outcome->cause != NULL)
        g_string_append_printf(text, _("Cause: %s\n"), cause_name(session, outcome->cause));
    if (outcome->words != NULL)
        g_string_append_printf(text, _("Own words: “%s”\n"), outcome->words);
    if (instead != NULL)
        g_string_append_printf(text, _("Instead: %s\n"), instead);
    if (outcome->note != NULL)
        g_string_append_printf(text, _("Note: %s\n"), outcome->note);
}

static gboolean append_present(Session *session, GString *text, const Visit *visit, GError **error)
{
    if (visit->recorded_ms != 0) {
        g_autoptr(Staff) staff = staff_get(session, visit->recorded_by, error);
        if (staff == NULL)
            return FALSE;
        g_autofree char *moment = clock_text(visit->recorded_ms);
        g_string_append_printf(text, _("Now, recorded %s by %s:\n"), moment, staff->name);
    } else {
        g_string_append(text, _("Now:\n"));
    }
    append_state(session, text, &visit->outcome, visit);
    return TRUE;
}

char *outcome_words_history(Session *session, const Visit *visit, GError **error)
{
    g_autoptr(GPtrArray) versions = visit_history(session, visit->id, error);
    g_autoptr(GString) text = g_string_new(NULL);
    if (versions == NULL || !append_present(session, text, visit, error))
        return NULL;
    for (guint i = 0; i < versions->len; i++) {
        const VisitVersion *version = versions->pdata[i];
        g_autofree char *moment = clock_text(version->replaced_ms);
        g_string_append_printf(text, _("\nBefore, until %s changed it %s:\n"),
                               version->replaced_by != NULL ? version->replaced_by : "–", moment);
        append_state(session, text, &version->outcome, NULL);
    }
    return g_strdup(g_strchomp(text->str));
}
