/* visit.c: a visit as a value: made, copied, compared, checked. */
#include "care/visit/visit.h"

#include "base/error.h"
#include "base/i18n.h"

void visit_outcome_init(VisitOutcome *outcome)
{
    *outcome = (VisitOutcome){.notice = -1, .alternative_taken = -1};
}

void visit_outcome_clear(VisitOutcome *outcome)
{
    g_free(outcome->cause);
    g_free(outcome->cause_further);
    g_free(outcome->words);
    g_free(outcome->note);
    visit_outcome_init(outcome);
}

void visit_outcome_copy(VisitOutcome *to, const VisitOutcome *from)
{
    *to = *from;
    to->cause = g_strdup(from->cause);
    to->cause_further = g_strdup(from->cause_further);
    to->words = g_strdup(from->words);
    to->note = g_strdup(from->note);
}

gboolean visit_outcome_equal(const VisitOutcome *a, const VisitOutcome *b)
{
    return a->outcome == b->outcome && a->by == b->by && a->told == b->told &&
           a->notice == b->notice && a->source == b->source && a->alternative == b->alternative &&
           a->alternative_taken == b->alternative_taken && g_strcmp0(a->cause, b->cause) == 0 &&
           g_strcmp0(a->cause_further, b->cause_further) == 0 &&
           g_strcmp0(a->words, b->words) == 0 && g_strcmp0(a->note, b->note) == 0;
}

Visit *visit_new(void)
{
    Visit *visit = g_new0(Visit, 1);
    visit->date = visit->client_birth = DATE_NONE;
    visit->new_date = visit->alternative_date = DATE_NONE;
    visit->version = 1;
    visit_outcome_init(&visit->outcome);
    return visit;
}

void visit_free(Visit *visit)
{
    if (visit == NULL)
        return;
    visit_outcome_clear(&visit->outcome);
    g_free(visit->client_name);
    g_free(visit->client_phone);
    g_free(visit->staff_name);
    g_free(visit->covered_by);
    g_free(visit->disputed);
    g_free(visit);
}

gboolean visit_check_time(Date date, int start, int minutes, GError **error)
{
    const char *fault = NULL;
    if (date == DATE_NONE)
        fault = _("The visit has no day. Choose one.");
    else if (start < 0 || start >= DAY_MINUTES)
        fault = _("The visit has no time of day. Write it as 08:30.");
    else if (minutes < 1 || minutes > DAY_MINUTES)
        fault = _("A visit is from 1 minute to 24 hours long. Change its length.");
    if (fault == NULL)
        return TRUE;
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT, fault);
    return FALSE;
}
