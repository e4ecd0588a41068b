/* away_cause.c: the causes of being away, and their names. */
#include "care/unit/away_cause.h"

#include "base/code.h"
#include "base/i18n.h"

static const CodeWord CAUSES[AWAY_COUNT] = {
    [AWAY_HOLIDAY] = {"away-holiday", N_("holiday or journey")},
    [AWAY_HOSPITAL] = {"away-hospital", N_("in hospital")},
    [AWAY_PAUSE] = {"away-pause", N_("wants a pause")},
    [AWAY_OTHER] = {"away-other", N_("away for another reason")},
    [AWAY_CLOSED] = {"away-closed", N_("the help has ended")},
};
CODE_AND_NAME_FUNCTIONS(AwayCause, away_cause, CAUSES)

static const CodeWord OF_VISITS[AWAY_COUNT] = {
    [AWAY_HOLIDAY] = {"away-holiday", N_("Away: holiday or journey")},
    [AWAY_HOSPITAL] = {"away-hospital", N_("Away: in hospital")},
    [AWAY_PAUSE] = {"away-pause", N_("Away: wants a pause")},
    [AWAY_OTHER] = {"away-other", N_("Away: another reason")},
    [AWAY_CLOSED] = {"away-closed", N_("The help has ended")},
};

const char *away_cause_of_visit(AwayCause cause)
{
    return code_word(OF_VISITS, AWAY_COUNT, cause);
}

gboolean away_cause_said(const char *said, AwayCause *cause)
{
    const int found = code_value_said(OF_VISITS, AWAY_COUNT, said);
    if (found >= 0)
        *cause = (AwayCause)found;
    return found >= 0;
}
